//! Where a hub is: a PostgreSQL address, without a password in it.

use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use postgres::Config;
use postgres::config::{Host, SslMode};

use crate::problem::Problem;

/// Where a server's socket usually is.
#[cfg(unix)]
const USUAL: [&str; 2] = ["/tmp", "/var/run/postgresql"];

/// A hub's address.
#[derive(Clone)]
pub struct Address {
    /// As it was given.
    text: String,
    config: Config,
    /// The certificate of the authority that vouches for the server.
    authority: Option<PathBuf>,
    is_open: bool,
}

/// How the connection is protected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Protection {
    /// It does not leave the computer.
    Local,
    /// By TLS, with the certificates of this file.
    Tls(PathBuf),
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl FromStr for Address {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Address, Problem> {
        let begins = ["postgresql://", "postgres://"].iter().any(|scheme| text.starts_with(scheme));
        if !begins {
            return Err(wrong("an address begins with postgresql://"));
        }
        let (mut kept, mut authority, mut mode) = (Vec::new(), None, None);
        let (place, options) = text.split_once('?').unwrap_or((text, ""));
        for option in options.split('&').filter(|option| !option.is_empty()) {
            match option.split_once('=') {
                Some(("sslrootcert", file)) => authority = Some(PathBuf::from(decoded(file))),
                Some(("sslmode", word)) => mode = Some(word.to_owned()),
                _ => kept.push(option),
            }
        }
        // The library's own complaint could repeat what is in the address.
        let plain = if kept.is_empty() { place.to_owned() } else { format!("{place}?{}", kept.join("&")) };
        let config = Config::from_str(&plain).map_err(|_| wrong("it cannot be read"))?;
        if config.get_password().is_some() {
            let hint = "Take it out of the address, and put it in your .pgpass or in a file: --password-file FILE. \
                        Then change it, since this one has been seen.";
            let why =
                "its address holds a password, which others can see in the list of programs and in the shell's history";
            return Err(Problem::new("The hub was not used", why, hint));
        }
        let is_open = is_open(mode.as_deref())?;
        Ok(Address { text: text.to_owned(), config, authority, is_open })
    }
}

impl Address {
    /// What the library connects with; who asks comes later.
    pub fn config(&self) -> Config {
        self.config.clone()
    }

    pub fn user(&self) -> Option<&str> {
        self.config.get_user()
    }

    pub fn database(&self) -> Option<&str> {
        self.config.get_dbname()
    }

    /// The host as a password file names it: of a socket its folder, unless that is the usual one.
    pub fn host(&self) -> String {
        match self.config.get_hosts().first() {
            Some(Host::Tcp(name)) => name.clone(),
            #[cfg(unix)]
            Some(Host::Unix(folder)) if !USUAL.iter().any(|usual| folder == Path::new(usual)) => {
                folder.display().to_string()
            }
            #[cfg(unix)]
            Some(Host::Unix(_)) | None => "localhost".into(),
            #[cfg(not(unix))]
            None => "localhost".into(),
        }
    }

    pub fn port(&self) -> u16 {
        self.config.get_ports().first().copied().unwrap_or(5432)
    }

    /// How the connection is protected. Over a network it always is.
    pub fn protection(&self) -> Result<(Protection, SslMode), Problem> {
        let named: Vec<&str> = self.config.get_hosts().iter().filter_map(tcp_name).collect();
        let numbers = self.config.get_hostaddrs();
        if named.is_empty() && numbers.is_empty() {
            return Ok((Protection::Local, SslMode::Disable));
        }
        if self.is_open {
            let stays = named.iter().all(|host| is_loopback(host)) && numbers.iter().all(IpAddr::is_loopback);
            return if stays {
                Ok((Protection::Local, SslMode::Disable))
            } else {
                Err(wrong("sslmode=disable would send everything readable over the network to another computer"))
            };
        }
        match &self.authority {
            Some(file) => Ok((Protection::Tls(file.clone()), SslMode::Require)),
            None => Err(Problem::new(
                "The hub was not used",
                "its address does not say which certificate vouches for it",
                "Add ?sslrootcert=FILE, the certificate of your council's authority.",
            )),
        }
    }

    /// With the files in it as this folder finds them, so that it can be noted.
    #[must_use]
    pub fn absolute(&self, folder: &Path) -> Address {
        let Some(file) = self.authority.as_ref().filter(|file| file.is_relative()) else { return self.clone() };
        let whole = folder.join(file);
        let text = self.text.replace(
            &format!("sslrootcert={}", encoded(&file.to_string_lossy())),
            &format!("sslrootcert={}", encoded(&whole.to_string_lossy())),
        );
        Address { text, authority: Some(whole), ..self.clone() }
    }
}

fn tcp_name(host: &Host) -> Option<&str> {
    match host {
        Host::Tcp(name) => Some(name),
        #[cfg(unix)]
        Host::Unix(_) => None,
    }
}

fn is_open(mode: Option<&str>) -> Result<bool, Problem> {
    match mode {
        None | Some("require" | "verify-ca" | "verify-full") => Ok(false),
        Some("disable") => Ok(true),
        Some(_) => Err(wrong("sslmode is verify-full, or disable on this computer itself")),
    }
}

fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

fn wrong(why: &str) -> Problem {
    let hint = "For example: postgresql://sxp-laptop@hub.council.example/arising?sslrootcert=council-ca.pem";
    Problem::new("That is no address of a hub", why, hint)
}

/// A file's name in an address may have its special letters written as %20.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let code = digits.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(*first));
        rest = if code.is_some() { after.get(2..).unwrap_or_default() } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Letters that mean something in an address.
const SPECIAL: [(char, &str); 5] = [('%', "%25"), ('&', "%26"), ('?', "%3F"), ('#', "%23"), (' ', "%20")];

fn encoded(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for c in text.chars() {
        if let Some((_, code)) = SPECIAL.iter().find(|(special, _)| *special == c) {
            all.push_str(code);
        } else {
            all.push(c);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Result<Address, Problem> {
        text.parse()
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_repeated() {
        for text in [
            "postgresql://lap:s3cret@hub/arising",
            "postgresql://lap@hub/arising?password=s3cret",
            "postgres://lap:s3cret@hub:notaport/x",
        ] {
            let problem = address(text).expect_err("refused").to_string();
            assert!(!problem.contains("s3cret"), "{problem}");
        }
        let problem = address("postgresql://lap:s3cret@hub/arising").expect_err("refused").to_string();
        assert!(problem.contains("holds a password"), "{problem}");
    }

    #[test]
    fn what_leaves_the_computer_is_protected() {
        let with = address("postgresql://lap@hub/arising?sslrootcert=my%20ca.pem").expect("an address");
        assert_eq!(with.protection().expect("protected").0, Protection::Tls("my ca.pem".into()));
        let without = address("postgresql://lap@hub/arising").expect("an address");
        assert!(without.protection().is_err());
        for open in ["lap@hub/a?", "lap@localhost,hub/a?", "lap@localhost/a?hostaddr=192.0.2.1&"] {
            let open = address(&format!("postgresql://{open}sslmode=disable")).expect("an address");
            assert!(open.protection().is_err(), "{open}");
        }
        for local in ["postgresql://lap@127.0.0.1/a?sslmode=disable", "postgresql:///a?host=/run/x&user=lap"] {
            assert_eq!(address(local).expect("an address").protection().expect("local").0, Protection::Local);
        }
    }

    #[test]
    fn a_certificate_beside_the_user_is_found_from_anywhere() {
        let noted = address("postgresql://lap@hub/a?sslrootcert=my%20ca.pem").expect("an address");
        let noted = noted.absolute(Path::new("/home/lap")).to_string();
        assert_eq!(noted, "postgresql://lap@hub/a?sslrootcert=/home/lap/my%20ca.pem");
    }
}
