//! The password of a role: from PostgreSQL's own password file, or a file that the user names. It is kept nowhere else.

use std::fs;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::address::Address;
use crate::problem::Problem;
use crate::seal::Secret;

/// Bytes of a password file.
const LARGEST: u64 = 1 << 20;

/// Where a password comes from.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The file that the user named: its first line.
    pub file: Option<PathBuf>,
    /// What the user typed.
    pub typed: Option<Secret>,
}

/// Who asks, and with what.
#[derive(Clone)]
pub struct Login {
    pub user: String,
    pub password: Option<Zeroizing<Vec<u8>>>,
}

impl Login {
    /// The user of an address, with the password that belongs to it, if there is one.
    pub fn of(address: &Address, given: &Given) -> Result<Login, Problem> {
        let user = address.user().map_or_else(account, str::to_owned);
        let password = match (&given.file, &given.typed) {
            (Some(file), _) => Some(first_line(file)?),
            (None, Some(typed)) => Some(Zeroizing::new(typed.expose().as_bytes().to_vec())),
            (None, None) => in_password_file(address, &user)?,
        };
        Ok(Login { user, password })
    }
}

fn account() -> String {
    ["USER", "LOGNAME", "USERNAME"].into_iter().find_map(|key| std::env::var(key).ok()).unwrap_or_default()
}

/// The first line of a file.
pub fn first_line(file: &Path) -> Result<Zeroizing<Vec<u8>>, Problem> {
    let text = read(file)?;
    let line = text.lines().next().unwrap_or_default();
    if line.is_empty() {
        return Err(unread(file, "its first line is empty"));
    }
    Ok(Zeroizing::new(line.as_bytes().to_vec()))
}

fn read(file: &Path) -> Result<Zeroizing<String>, Problem> {
    let size = file.metadata().map_err(|error| unread(file, &error.to_string()))?.len();
    if size > LARGEST {
        return Err(unread(file, "it is too large to hold passwords"));
    }
    fs::read_to_string(file).map(Zeroizing::new).map_err(|error| unread(file, &error.to_string()))
}

fn unread(file: &Path, why: &str) -> Problem {
    Problem::new("The hub was not used", format!("{}: {why}", file.display()), "Check the file with the password.")
}

/// What `.pgpass` has for this address. The file that PGPASSFILE names, or the usual one.
fn in_password_file(address: &Address, user: &str) -> Result<Option<Zeroizing<Vec<u8>>>, Problem> {
    let Some(file) = password_file().filter(|file| file.exists()) else { return Ok(None) };
    if let Some(why) = readable_by_others(&file) {
        let hint = format!("Make it yours alone: chmod 600 {}", file.display());
        return Err(Problem::new("The hub was not used", format!("{} {why}", file.display()), hint));
    }
    let text = read(&file)?;
    let database = address.database().unwrap_or(user).to_owned();
    let wanted = [address.host(), address.port().to_string(), database, user.to_owned()];
    Ok(text.lines().find_map(|line| password_in(line, &wanted)))
}

fn password_file() -> Option<PathBuf> {
    let named = std::env::var_os("PGPASSFILE").filter(|name| !name.is_empty()).map(PathBuf::from);
    named.or_else(usual)
}

#[cfg(not(windows))]
fn usual() -> Option<PathBuf> {
    std::env::var_os("HOME").map(|home| PathBuf::from(home).join(".pgpass"))
}

#[cfg(windows)]
fn usual() -> Option<PathBuf> {
    std::env::var_os("APPDATA").map(|folder| PathBuf::from(folder).join("postgresql").join("pgpass.conf"))
}

#[cfg(unix)]
fn readable_by_others(file: &Path) -> Option<&'static str> {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata().ok()?.permissions().mode();
    (mode & 0o077 != 0).then_some("can be read by others")
}

#[cfg(not(unix))]
fn readable_by_others(_: &Path) -> Option<&'static str> {
    None
}

/// The password of a line `host:port:database:user:password`, if it is for these. A backslash makes the next letter an ordinary one.
fn password_in(line: &str, wanted: &[String; 4]) -> Option<Zeroizing<Vec<u8>>> {
    if line.starts_with('#') {
        return None;
    }
    let mut fields = vec![Zeroizing::new(String::new())];
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        let letter = match letter {
            ':' if fields.len() < 5 => {
                fields.push(Zeroizing::new(String::new()));
                continue;
            }
            '\\' => letters.next()?,
            other => other,
        };
        fields.last_mut()?.push(letter);
    }
    let (password, place) = fields.split_last()?;
    let fits = |(field, wanted): (&Zeroizing<String>, &String)| field.as_str() == "*" || field.as_str() == wanted;
    let is_it = place.len() == 4 && place.iter().zip(wanted).all(fits);
    is_it.then(|| Zeroizing::new(password.as_bytes().to_vec()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(line: &str) -> Option<String> {
        let wanted = ["hub.example", "5432", "arising", "lap"].map(str::to_owned);
        password_in(line, &wanted).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    #[test]
    fn a_line_of_the_password_file_is_read_as_postgresql_reads_it() {
        assert_eq!(found("hub.example:5432:arising:lap:secret").as_deref(), Some("secret"));
        assert_eq!(found("*:*:*:lap:a\\:b\\\\c").as_deref(), Some("a:b\\c"));
        assert_eq!(found("*:*:*:lap:a:b").as_deref(), Some("a:b"));
        assert_eq!(found("hub.example:5432:arising:other:secret"), None);
        assert_eq!(found("# *:*:*:*:secret"), None);
        assert_eq!(found("hub.example:5432:arising"), None);
    }
}
