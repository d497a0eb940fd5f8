//! The connection to a hub: made when it is needed, made anew when it breaks, patient with other laptops.

use std::thread;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta};
use postgres::{Client, Config, NoTls};

use super::address::{Address, Protection};
use super::password::Login;
use super::trouble::{Trouble, refused};
use super::{tls, trouble};
use crate::domain::date_words;
use crate::domain::id::Id;
use crate::problem::Problem;

/// The hub's format that this version knows.
pub const FORMAT: u32 = 1;
/// How often a step is tried where another laptop was in the way, and where the hub was away.
const TRIES: u32 = 12;
const REACHES: u32 = 3;
/// The clocks of a laptop and the hub may differ by this.
const CLOCKS: TimeDelta = TimeDelta::minutes(5);

/// A hub, connected or not.
pub struct Hub {
    pub address: Address,
    pub user: String,
    config: Config,
    protection: Protection,
    client: Option<Client>,
}

/// One board of which a role is a member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The register's identity.
    pub board: String,
    /// What IT calls the board.
    pub name: String,
    /// The party whose laptop it is; none for the board's own.
    pub party: Option<Id>,
    pub writes: bool,
}

impl Hub {
    /// Nothing is connected yet.
    pub fn at(address: Address, login: &Login) -> Result<Hub, Problem> {
        let (protection, mode) = address.protection()?;
        let mut config = address.config();
        config.user(&login.user).ssl_mode(mode).application_name("arising");
        config.connect_timeout(Duration::from_secs(10)).keepalives_idle(Duration::from_secs(30));
        config.tcp_user_timeout(Duration::from_secs(60));
        if let Some(password) = &login.password {
            config.password(password.as_slice());
        }
        Ok(Hub { address, user: login.user.clone(), config, protection, client: None })
    }

    fn connected(&mut self) -> Result<&mut Client, Trouble> {
        let client = match self.client.take().filter(|client| !client.is_closed()) {
            Some(client) => client,
            None => self.connect()?,
        };
        Ok(self.client.insert(client))
    }

    fn connect(&self) -> Result<Client, Trouble> {
        let mut client = match &self.protection {
            Protection::Local => self.config.connect(NoTls)?,
            Protection::Tls(file) => self.config.connect(tls::trusting(file)?)?,
        };
        client.batch_execute("SET statement_timeout = '120s'")?;
        Ok(client)
    }

    /// Whether it asks for a password that is not known here.
    pub fn lacks_password(&mut self) -> bool {
        matches!(self.connected(), Err(Trouble::NoPassword))
    }

    /// Runs one step that may be repeated: a page, a question. Where the connection broke it is made anew.
    pub fn patiently<T>(&mut self, mut step: impl FnMut(&mut Client) -> Result<T, Trouble>) -> Result<T, Trouble> {
        let (mut busy, mut away) = (0, 0);
        loop {
            let trouble = match self.connected().and_then(&mut step) {
                Ok(done) => return Ok(done),
                Err(trouble) => trouble,
            };
            let limit = match trouble {
                Trouble::Told(_) | Trouble::NoPassword => return Err(trouble),
                Trouble::Again => (&mut busy, TRIES),
                Trouble::Away(_) => {
                    self.client = None;
                    (&mut away, REACHES)
                }
            };
            *limit.0 += 1;
            if *limit.0 >= limit.1 {
                return Err(trouble);
            }
            pause(*limit.0);
        }
    }

    /// The boards that this role is a member of, once it is clear that this version knows the hub.
    pub fn boards(&mut self) -> Result<Vec<Member>, Trouble> {
        self.patiently(|client| {
            known_format(client)?;
            let sql = "SELECT m.board, b.name, m.party, m.writes FROM arising.member m
                       JOIN arising.board b ON b.uuid = m.board WHERE m.role = current_user ORDER BY b.name";
            client.query(sql, &[])?.iter().map(member).collect()
        })
    }

    /// The board of a register.
    pub fn board(&mut self, uuid: &str) -> Result<Member, Trouble> {
        let found = self.boards()?.into_iter().find(|member| member.board == uuid);
        if let Some(member) = found {
            return Ok(member);
        }
        // Whether there is such a board is for its members to know.
        let hint = format!(
            "Whoever runs the hub lets it in: arising hub laptop URL {} --board NAME --uuid {uuid}, with --whole or --for AGENCY.",
            self.user
        );
        Err(refused(format!("it has no board of this register that the role {} may use", self.user), hint))
    }

    /// A sentence, if this computer's clock and the hub's differ much.
    pub fn clocks(&mut self, now: DateTime<FixedOffset>) -> Result<Option<String>, Trouble> {
        let ahead = TimeDelta::seconds(self.clock_ahead(now)?);
        if ahead.abs() <= CLOCKS {
            return Ok(None);
        }
        let way = if ahead > TimeDelta::zero() { "ahead of" } else { "behind" };
        let minutes = ahead.num_minutes().abs();
        let day = date_words::day(now.date_naive());
        Ok(Some(format!(
            "This computer's clock ({day}, {}) is {minutes} minutes {way} the hub's: set it, or the minutes will say wrong times",
            now.format("%H:%M")
        )))
    }

    /// How many seconds this computer's clock is ahead of the hub's.
    pub fn clock_ahead(&mut self, now: DateTime<FixedOffset>) -> Result<i64, Trouble> {
        let sql = "SELECT extract(epoch FROM clock_timestamp())::bigint";
        let there: i64 = self.patiently(|client| Ok(client.query_one(sql, &[])?.get(0)))?;
        Ok(now.timestamp() - there)
    }
}

fn known_format(client: &mut Client) -> Result<(), Trouble> {
    let found = client.query_opt("SELECT value FROM arising.about WHERE name = 'format'", &[])?;
    let format: Option<u32> = found.and_then(|row| row.get::<_, String>(0).parse().ok());
    match format {
        Some(format) if format <= FORMAT => Ok(()),
        Some(format) => Err(refused(
            format!("a newer version of arising has set it up (format {format}; this version knows {FORMAT})"),
            "Install the newer version; nothing is lost.",
        )),
        None => Err(refused("this database is no hub yet", "Whoever runs it sets it up with arising hub init.")),
    }
}

fn member(row: &postgres::Row) -> Result<Member, Trouble> {
    let party: Option<String> = row.get(2);
    let unreadable = |_| refused("its list of members cannot be read", "Show this to whoever runs the hub.");
    let party = party.map(|id| id.parse().map_err(unreadable)).transpose()?;
    Ok(Member { board: row.get(0), name: row.get(1), party, writes: row.get(3) })
}

/// A little longer each time, and never the same for two laptops.
fn pause(time: u32) {
    let most = 20 << time.min(6);
    let chance = getrandom::u32().unwrap_or(0) % most;
    thread::sleep(Duration::from_millis(u64::from(most / 2 + chance)));
}

impl From<trouble::Trouble> for Problem {
    fn from(trouble: Trouble) -> Problem {
        trouble.problem()
    }
}
