//! Turns what goes wrong on the way to a hub into sentences. None of them holds a password or a word of the record.

use std::error::Error as _;
use std::io;

use postgres::Error;
use postgres::error::SqlState;

use crate::problem::Problem;

const AWAY: &str = "The hub is away";
const BUSY: &str = "The hub is busy";
const SAFE: &str = "Nothing is lost: what was changed here stays here, and goes with the next sync.";

/// Why something on the hub failed.
#[derive(Debug)]
pub enum Trouble {
    /// It cannot be reached, or the connection broke.
    Away(String),
    /// Another laptop wrote at the same moment: the same again.
    Again,
    /// It asks for a password, and none is known.
    NoPassword,
    /// Already a sentence.
    Told(Problem),
}

impl From<Problem> for Trouble {
    fn from(problem: Problem) -> Trouble {
        Trouble::Told(problem)
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Trouble {
        match error.as_db_error() {
            Some(said) => of_server(said.code(), said.message(), said.hint()),
            None => of_way(&error),
        }
    }
}

impl Trouble {
    pub fn problem(self) -> Problem {
        match self {
            Trouble::Away(why) => Problem::new(AWAY, why, SAFE),
            Trouble::Again => {
                Problem::new(BUSY, "other laptops kept writing at the same moment", format!("Try again. {SAFE}"))
            }
            Trouble::NoPassword => Problem::new(
                "The hub was not used",
                "it asks for a password, and none is known here",
                "Put it in your .pgpass, or name its file: --password-file FILE.",
            ),
            Trouble::Told(problem) => problem,
        }
    }
}

/// Whether it passes by itself.
pub fn is_away(problem: &Problem) -> bool {
    problem.what == AWAY || problem.what == BUSY
}

/// A refusal in a sentence.
pub fn refused(why: impl Into<String>, hint: impl Into<String>) -> Trouble {
    Problem::new("The hub was not used", why, hint).into()
}

fn of_server(code: &SqlState, message: &str, hint: Option<&str>) -> Trouble {
    let known = [
        (SqlState::INVALID_PASSWORD, "the password is wrong", "Ask whoever runs the hub for it."),
        (
            SqlState::INVALID_AUTHORIZATION_SPECIFICATION,
            "it does not let this role in from here",
            "Ask whoever runs the hub.",
        ),
        (SqlState::INVALID_CATALOG_NAME, "there is no such database", "Check the end of the address."),
        (SqlState::UNDEFINED_TABLE, NOT_SET_UP.0, NOT_SET_UP.1),
        (SqlState::INVALID_SCHEMA_NAME, NOT_SET_UP.0, NOT_SET_UP.1),
        (
            SqlState::INSUFFICIENT_PRIVILEGE,
            "this role may not do that",
            "Ask whoever runs the hub to make the role with arising hub laptop.",
        ),
        (SqlState::QUERY_CANCELED, "it took too long to answer", SAFE),
        (
            SqlState::LOCK_NOT_AVAILABLE,
            "an open transaction of another connection holds what is to be changed",
            "End it, or wait for it (pg_stat_activity shows it), then run this again.",
        ),
        (SqlState::DISK_FULL, "its disk is full", SAFE),
        (SqlState::READ_ONLY_SQL_TRANSACTION, "it can only be read at present", SAFE),
    ];
    // Already a sentence: assets/hub/laptop.sql.
    if code.code() == "AR003" {
        return refused(message, hint.unwrap_or_default());
    }
    // Roles belong to the whole server: someone else was changing the same one.
    if message == "tuple concurrently updated" {
        return Trouble::Again;
    }
    if [SqlState::T_R_SERIALIZATION_FAILURE, SqlState::T_R_DEADLOCK_DETECTED].contains(code) {
        return Trouble::Again;
    }
    if will_pass(code.code()) {
        return Trouble::Away(format!("it answers that it cannot be used now ({message})"));
    }
    match known.into_iter().find(|(known, ..)| known == code) {
        Some((_, why, hint)) => refused(why, hint),
        None => refused(
            format!("it answered: {message} ({})", code.code()),
            "Show this to whoever runs the hub; this register is unchanged.",
        ),
    }
}

const NOT_SET_UP: (&str, &str) =
    ("this database is no hub yet", "Whoever runs it sets it up with arising hub init, and makes this role.");

/// The server starts, stops, is full, lost the connection, or ended it because it was idle in a transaction.
fn will_pass(code: &str) -> bool {
    code.starts_with("08") || code.starts_with("57P") || ["53300", "25P03", "25P04"].contains(&code)
}

fn of_way(error: &Error) -> Trouble {
    let mut cause = error.source();
    let mut why = None;
    while let Some(inner) = cause {
        if inner.to_string() == "password missing" {
            return Trouble::NoPassword;
        }
        if let Some(tls) = inner.downcast_ref::<rustls::Error>() {
            return of_tls(tls);
        }
        if let Some(io) = inner.downcast_ref::<io::Error>() {
            if let Some(tls) = io.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
                return of_tls(tls);
            }
            let is_absent = io.kind() == io::ErrorKind::NotFound;
            why = Some(if is_absent { "no server listens there".into() } else { io.to_string() });
        }
        cause = inner.source();
    }
    if why.is_none() && !error.is_closed() {
        let said = error.to_string();
        if said.contains("TLS") || said.contains("tls") {
            return refused(
                "it does not speak TLS, and an open connection over a network is refused",
                "Ask whoever runs the hub to turn TLS on (ssl = on).",
            );
        }
        return Trouble::Away(said);
    }
    Trouble::Away(why.unwrap_or_else(|| "the connection was closed".into()))
}

fn of_tls(error: &rustls::Error) -> Trouble {
    let why = match error {
        rustls::Error::InvalidCertificate(_) => {
            format!("its certificate is not vouched for by the authority named in sslrootcert ({error})")
        }
        _ => format!("no safe connection came about ({error})"),
    };
    refused(why, "Do not go on: ask whoever runs the hub for the right certificate, and by another way than this one.")
}
