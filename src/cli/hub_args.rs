//! The arguments of `hub`.

use std::path::PathBuf;

use clap::{ArgGroup, Args, Subcommand};

const URL: &str = "postgresql://ROLE@HOST/DATABASE?sslrootcert=FILE; through a socket on this computer postgresql://ROLE@/DATABASE?host=FOLDER";

#[derive(Subcommand, Debug)]
#[command(after_help = "Examples:
  arising hub init postgresql://owner@hub.council.example/arising?sslrootcert=council-ca.pem
  arising hub laptop URL sxp-laptop --board 'Sussex SAB' --uuid UUID --whole --laptop-password-file new.txt
  arising hub join postgresql://sxp-laptop@hub.council.example/arising?sslrootcert=council-ca.pem
  arising hub sync

Whoever runs the database uses init and laptop; a board's or an agency's laptop uses join once, and then sync. The password
comes from .pgpass, from --password-file, or is asked for; it may not be in the address. Everything works with the hub away.")]
pub enum Hub {
    /// Set up the database, or bring it up to date, as its owner
    Init(Init),
    /// Make a login role for a laptop and let it use a board, as the owner
    Laptop(Laptop),
    /// Use this hub for the register; where there is none yet, make one of what the hub has
    Join(Join),
    /// Send what the hub lacks
    #[command(after_help = "Example:\n  arising hub push --json")]
    Push(Way),
    /// Take what the hub has and this register lacks
    #[command(after_help = "Example:\n  arising hub pull --json")]
    Pull(Way),
    /// Take and send
    #[command(after_help = "Example:\n  arising hub sync --json")]
    Sync(Way),
    /// Show how the register and the hub stand
    Status(Status),
    /// Stay in step until the input ends; one line of JSON for each event
    Follow(Follow),
}

#[derive(Args, Debug)]
pub struct Follow {
    /// Look once, and end
    #[arg(long, hide = true)]
    pub once: bool,
    #[command(flatten)]
    pub password: Password,
}

/// Where the password is.
#[derive(Args, Debug)]
pub struct Password {
    /// Read the password from the first line of a file, and do not ask
    #[arg(long, value_name = "FILE")]
    pub password_file: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  arising hub init URL --dry-run > hub.sql     for a database administrator to read and run"
)]
pub struct Init {
    #[arg(value_name = "URL", help = URL)]
    pub url: String,
    /// Print the SQL, and connect to nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub password: Password,
}

#[derive(Args, Debug)]
#[command(group(ArgGroup::new("gives_what").required(true).args(["whole", "party", "reader"])))]
#[command(after_help = "Examples:
  arising hub laptop URL sxp-laptop --board 'Sussex SAB' --uuid 3f… --whole
  arising hub laptop URL police-laptop --board 'Sussex SAB' --for 'Sussex Police'
  arising hub laptop URL power-bi --board '*' --reader")]
pub struct Laptop {
    #[arg(value_name = "URL", help = URL)]
    pub url: String,
    /// Name of the login role
    pub role: String,
    /// What the board is called, or its register's identity; * for a reader of all boards
    #[arg(long, value_name = "NAME")]
    pub board: String,
    /// The register's identity, where the board is new [default: that of the register here]
    #[arg(long, value_parser = uuid)]
    pub uuid: Option<String>,
    /// It is the board's own: it gets the whole board, and writes
    #[arg(long)]
    pub whole: bool,
    /// It is this agency's, and gets what concerns it: the agency's name in the register here, or its id
    #[arg(long = "for", value_name = "PARTY")]
    pub party: Option<String>,
    /// It only reads, the whole board: for Power BI or psql
    #[arg(long)]
    pub reader: bool,
    /// Give the role the password in the first line of this file
    #[arg(long = "laptop-password-file", value_name = "FILE")]
    pub gives: Option<PathBuf>,
    /// Print the SQL, and connect to nothing
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub password: Password,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Example:\n  arising hub join postgresql://sxp-laptop@hub.council.example/arising?sslrootcert=council-ca.pem"
)]
pub struct Join {
    #[arg(value_name = "URL", help = URL)]
    pub url: String,
    /// Which board to make a register of, where the role may use several
    #[arg(long, value_name = "NAME")]
    pub board: Option<String>,
    #[command(flatten)]
    pub password: Password,
}

#[derive(Args, Debug)]
pub struct Way {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub password: Password,
}

#[derive(Args, Debug)]
#[command(after_help = "Example:\n  arising hub status")]
pub struct Status {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
    #[command(flatten)]
    pub password: Password,
}

fn uuid(text: &str) -> Result<String, String> {
    let is_one = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if is_one { Ok(text.to_owned()) } else { Err("a register's identity has 32 digits and letters from a to f".into()) }
}
