//! For those who run a hub: the SQL that sets it up, and that which lets a laptop in.

use postgres::Client;
use postgres_protocol::password::scram_sha_256;

use super::connection::{FORMAT, Hub};
use super::trouble::{self, Trouble, refused};
use crate::domain::id::Id;
use crate::problem::Problem;

const SCHEMA: &str = include_str!("../../assets/hub/schema.sql");
const VIEWS: &str = include_str!("../../assets/hub/views.sql");
const LAPTOP: &str = include_str!("../../assets/hub/laptop.sql");
const RIGHTS: &str = "GRANT SELECT ON ALL TABLES IN SCHEMA arising TO arising_laptop, arising_reader;
";

/// What a role may have of a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gets {
    /// All of it, and add to it.
    Whole,
    /// What concerns a party, and add to that.
    Party(Id),
    /// Read all of it.
    Reader,
}

/// What was given.
#[derive(Debug)]
pub struct Given {
    /// What the board is called; none for all.
    pub board: Option<String>,
    /// What the party was first called.
    pub party: Option<String>,
}

/// A laptop, or a reader, to be let in.
#[derive(Debug)]
pub struct Laptop {
    pub role: String,
    /// What the board is called, or its register's identity; '*' for a reader of all.
    pub board: String,
    /// The register's identity, as it was said; one that is a board already must be this one.
    pub uuid: Option<String>,
    /// That of the register here, for a board that is new.
    pub uuid_here: Option<String>,
    pub gets: Gets,
    /// What the server keeps in place of the password.
    pub verifier: Option<String>,
}

/// Everything that `init` runs.
pub fn init_sql() -> String {
    // Rather an answer than a queue of laptops behind someone's open transaction.
    format!(
        "BEGIN;\n\nSET LOCAL lock_timeout = '10s';\n\n{SCHEMA}\nSET LOCAL ROLE arising_owner;\n\n{VIEWS}\n{RIGHTS}\nRESET ROLE;\n\nCOMMIT;\n"
    )
}

/// Creates what is not there, as the owner of the database.
pub fn init(hub: &mut Hub) -> Result<(), Problem> {
    Ok(hub.patiently(|client| {
        not_newer(client)?;
        run(client, &init_sql())
    })?)
}

/// Runs a transaction from its BEGIN on; one that failed before is ended first.
fn run(client: &mut Client, sql: &str) -> Result<(), Trouble> {
    client.batch_execute("ROLLBACK")?;
    Ok(client.batch_execute(sql)?)
}

fn not_newer(client: &mut Client) -> Result<(), Trouble> {
    let exists: bool = client.query_one("SELECT to_regclass('arising.about') IS NOT NULL", &[])?.get(0);
    if !exists {
        return Ok(());
    }
    let row = client.query_opt("SELECT value FROM arising.about WHERE name = 'format'", &[])?;
    let found: Option<u32> = row.and_then(|row| row.get::<_, String>(0).parse().ok());
    match found {
        Some(format) if format > FORMAT => {
            let why =
                format!("a newer version of arising has set it up (format {format}; this version knows {FORMAT})");
            Err(refused(why, "Gets the newer version; nothing was changed."))
        }
        Some(_) | None => Ok(()),
    }
}

/// What a server keeps in place of a password: so that the password itself never reaches it, nor its log.
pub fn verifier(password: &[u8]) -> String {
    scram_sha_256(password)
}

impl Laptop {
    /// Refuses names that would have to be quoted everywhere.
    pub fn check(&self) -> Result<(), Problem> {
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '-';
        let begins = self.role.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
        if !begins || self.role.len() > 63 || !self.role.chars().all(is_plain) {
            let hint = "Gets lower-case letters, digits, - and _, beginning with a letter: sxp-laptop.";
            return Err(Problem::new("The role was not made", "that is no good name for a role", hint));
        }
        if ["postgres", "public"].contains(&self.role.as_str())
            || ["pg_", "arising_"].iter().any(|own| self.role.starts_with(own))
        {
            let hint = "Name the laptop: sxp-laptop.";
            return Err(Problem::new("The role was not made", "that name is the server's own, or the hub's", hint));
        }
        if self.board.is_empty() || self.board.chars().any(char::is_control) {
            return Err(Problem::new(
                "The role was not made",
                "that is no good name for a board",
                "Give it in one line.",
            ));
        }
        if self.board == "*" && self.gets != Gets::Reader {
            let hint = "A laptop is of one board; only a reader is of all.";
            return Err(Problem::new("The role was not made", "* stands for all boards", hint));
        }
        Ok(())
    }
}

/// Everything that `laptop` runs; what stands for the password is left out if it is only shown.
pub fn laptop_sql(laptop: &Laptop, is_shown: bool) -> String {
    let password = laptop.verifier.as_ref().map(|verifier| {
        let kept = if is_shown { "'(not shown)'".to_owned() } else { quoted(verifier) };
        format!("ALTER ROLE \"{}\" PASSWORD {kept};\n\n", laptop.role)
    });
    let (group, party) = match laptop.gets {
        Gets::Whole => ("arising_laptop", None),
        Gets::Party(party) => ("arising_laptop", Some(party.to_string())),
        Gets::Reader => ("arising_reader", None),
    };
    let text = |text: &Option<String>| quoted(text.as_deref().unwrap_or_default());
    LAPTOP
        .replace("{role}", &quoted(&laptop.role))
        .replace("{group}", &quoted(group))
        .replace("{uuid}", &text(&laptop.uuid))
        .replace("{here}", &text(&laptop.uuid_here))
        .replace("{party}", &text(&party))
        .replace("{password}", &password.unwrap_or_default())
        .replace("{board}", &quoted(&laptop.board))
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Lets a laptop in, as the owner of the database: all of it, or nothing. Returns what it was given.
pub fn laptop(hub: &mut Hub, laptop: &Laptop) -> Result<Given, Problem> {
    laptop.check()?;
    hub.patiently(|client| run(client, &laptop_sql(laptop, false))).map_err(|trouble| {
        let problem = trouble.problem();
        if trouble::is_away(&problem) { problem } else { Problem { what: "Nothing was given".to_owned(), ..problem } }
    })?;
    Ok(hub.patiently(|client| given(client, laptop))?)
}

fn given(client: &mut Client, laptop: &Laptop) -> Result<Given, Trouble> {
    let mut open = client.transaction()?;
    open.batch_execute("SET LOCAL ROLE arising_owner")?;
    let sql = "SELECT b.name, (SELECT w.body::json #>> '{values,name}' FROM arising.change_words w
                 WHERE w.board = m.board AND w.origin || '.' || w.seq = m.party)
               FROM arising.member m LEFT JOIN arising.board b ON b.uuid = m.board
               WHERE m.role = $1 AND (m.board = $2 OR b.name = $2)";
    let row = open.query_one(sql, &[&laptop.role, &laptop.board])?;
    Ok(Given { board: row.get(0), party: row.get(1) })
}
