//! For those who run a hub: the SQL that sets it up, and that which lets a laptop in.

use postgres::Client;
use postgres_protocol::password::scram_sha_256;

use super::connection::{FORMAT, Hub};
use super::trouble::{Trouble, refused};
use crate::domain::id::Id;
use crate::problem::Problem;

const SCHEMA: &str = include_str!("../../assets/hub/schema.sql");
const VIEWS: &str = include_str!("../../assets/hub/views.sql");
const RIGHTS: &str = "GRANT SELECT ON ALL TABLES IN SCHEMA arising TO arising_laptop, arising_reader;

GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA arising TO arising_laptop, arising_reader;

REVOKE EXECUTE ON FUNCTION arising.erase, arising.erases, arising.is_erasure FROM arising_reader;
";

/// A laptop, or a reader, to be let in.
#[derive(Debug)]
pub struct Laptop {
    pub role: String,
    /// What the board is called, or its register's identity; '*' for a reader of all.
    pub board: String,
    /// The register's identity, where the board is new.
    pub uuid: Option<String>,
    pub party: Option<Id>,
    pub is_reader: bool,
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
            Err(refused(why, "Use the newer version; nothing was changed."))
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
            let hint = "Use lower-case letters, digits, - and _, beginning with a letter: sxp-laptop.";
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
        if self.board == "*" && !self.is_reader {
            let hint = "A laptop is of one board; only a reader is of all.";
            return Err(Problem::new("The role was not made", "* stands for all boards", hint));
        }
        Ok(())
    }
}

/// Everything that `laptop` runs; what stands for the password is left out if it is only shown.
pub fn laptop_sql(laptop: &Laptop, is_shown: bool) -> String {
    let (role, board) = (&laptop.role, quoted(&laptop.board));
    let group = if laptop.is_reader { "arising_reader" } else { "arising_laptop" };
    let password = laptop.verifier.as_ref().map(|verifier| {
        let kept = if is_shown { "'(not shown)'".to_owned() } else { quoted(verifier) };
        format!("ALTER ROLE \"{role}\" PASSWORD {kept};\n")
    });
    let new = laptop.uuid.as_ref().map(|uuid| {
        format!("INSERT INTO arising.board (uuid, name) VALUES ({}, {board}) ON CONFLICT DO NOTHING;\n", quoted(uuid))
    });
    let party = laptop.party.map_or_else(|| "NULL".to_owned(), |party| quoted(&party.to_string()));
    let of = if laptop.board == "*" {
        "(VALUES ('*')) AS b (uuid)".to_owned()
    } else {
        format!("arising.board b WHERE b.name = {board} OR b.uuid = {board}")
    };
    format!(
        "BEGIN;
DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
    CREATE ROLE \"{role}\" LOGIN CONNECTION LIMIT 8;
  END IF;
END $$;
{}GRANT {group} TO \"{role}\";
SET LOCAL ROLE arising_owner;
{}INSERT INTO arising.member (role, board, party, writes)
SELECT '{role}', b.uuid, {party}, {} FROM {of}
ON CONFLICT DO NOTHING;
RESET ROLE;
COMMIT;
",
        password.unwrap_or_default(),
        new.unwrap_or_default(),
        !laptop.is_reader
    )
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

/// Lets a laptop in, as the owner of the database. Returns what its board is called.
pub fn laptop(hub: &mut Hub, laptop: &Laptop) -> Result<String, Problem> {
    laptop.check()?;
    hub.patiently(|client| run(client, &laptop_sql(laptop, false)))?;
    let found = hub.patiently(|client| {
        let mut open = client.transaction()?;
        open.batch_execute("SET LOCAL ROLE arising_owner")?;
        let sql = "SELECT coalesce(b.name, 'all boards'), m.party, m.writes FROM arising.member m
                   LEFT JOIN arising.board b ON b.uuid = m.board
                   WHERE m.role = $1 AND (m.board = $2 OR b.name = $2)";
        let row = open.query_opt(sql, &[&laptop.role, &laptop.board])?;
        Ok(row.map(|row| (row.get::<_, String>(0), row.get::<_, Option<String>>(1), row.get::<_, bool>(2))))
    })?;
    let Some((name, party, writes)) = found else {
        let why = format!("the hub has no board called {}", laptop.board);
        let hint = "Where it is new, say which register it is: --uuid UUID, which arising hub join prints on the board's laptop.";
        return Err(Problem::new("The role is a member of no board", why, hint));
    };
    if party != laptop.party.map(|party| party.to_string()) || writes == laptop.is_reader {
        let why = format!("the role {} is already a member of {name}, but as something else", laptop.role);
        return Err(Problem::new("The role was left as it is", why, "Choose another name for the role."));
    }
    Ok(name)
}
