//! Puts sending and taking together, and says what was noticed on the way.

use std::path::Path;

use chrono::{DateTime, FixedOffset};

use super::connection::{Hub, Member};
use super::ends::{self, Both};
use super::names::Forged;
use super::note::Note;
use super::pull::{self, LeftOut};
use super::trouble::Trouble;
use super::{erasures, grants, joining, names, push};
use crate::desk::{Before, Desk, Merge};
use crate::env::Env;
use crate::problem::Problem;
use crate::store::Taken;
use crate::text::counted;

/// Of an agency's copy that was given a file with more than the hub has.
const AHEAD: &str = "This copy knows changes of the board that the hub does not have yet: what was written here is sent once a \
                     laptop of the board has sent those";

/// What was done.
#[derive(Debug, Default)]
pub struct Done {
    /// How many changes were new on the hub.
    pub sent: u64,
    /// What came, if anything did.
    pub merge: Option<Merge>,
    /// How much agencies were given that they did not have.
    pub given: usize,
    /// What whoever runs the command should know.
    pub told: Vec<String>,
}

/// How a register and its hub stand.
#[derive(Debug)]
pub struct State {
    pub member: Member,
    pub to_send: u64,
    pub to_take: u64,
    /// Seconds by which this computer's clock is ahead.
    pub clock_ahead: i64,
    pub told: Vec<String>,
}

/// Which way rows go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ways {
    Push,
    Pull,
    Both,
    /// Both, as often as every second: what agencies may have is worked out later.
    Swift,
}

/// A register, its hub and what is noted of it.
pub struct Session<'a> {
    pub hub: &'a mut Hub,
    pub desk: &'a mut Desk,
    pub note: &'a mut Note,
    /// The data folder.
    pub data: &'a Path,
    pub env: &'a Env,
    /// The computer's own time; that of `env` may be on another day.
    pub clock: DateTime<FixedOffset>,
}

impl Session<'_> {
    /// Sends, takes, or both.
    pub fn run(&mut self, ways: Ways) -> Result<Done, Problem> {
        if ways != Ways::Swift {
            self.note.forget_left_out();
        }
        let member = self.member()?;
        let mut done = Done { told: self.noticed(&member)?, ..Done::default() };
        done.told.extend(names::claim(self.hub, self.desk, &member)?);
        let before = self.desk.before()?;
        let mut taken = Taken::default();
        let came = self.exchange(ways, &member, &mut taken, &mut done);
        // What came before something went wrong is here, and is shown.
        self.bring_up_to_date(before, taken, &mut done)?;
        came?;
        if matches!(ways, Ways::Push | Ways::Both) {
            self.give(&member, &mut done)?;
        }
        self.remember(&member)?;
        Ok(done)
    }

    fn member(&mut self) -> Result<Member, Problem> {
        let member = self.hub.board(self.desk.store().uuid())?;
        joining::fits(self.desk, &member)?;
        Ok(member)
    }

    /// The clocks, and a hub that has lost something.
    fn noticed(&mut self, member: &Member) -> Result<Vec<String>, Problem> {
        let mut told: Vec<String> = self.hub.clocks(self.clock)?.into_iter().collect();
        if !self.note.left_out().is_empty() {
            told.push(
                "Some changes on the hub do not fit and are left out; arising hub sync says whose they are".to_owned(),
            );
        }
        let both = self.both(member)?;
        told.extend(both.forged.iter().map(Forged::sentence));
        let lost = both.lost(&self.note.seen());
        if lost > 0 {
            let changes = counted(usize::try_from(lost).unwrap_or(usize::MAX), "change");
            told.push(format!(
                "The hub has {changes} fewer than when it was last seen here: it was restored from an older backup. What this \
                 laptop has is sent again"
            ));
        }
        Ok(told)
    }

    fn both(&mut self, member: &Member) -> Result<Both, Problem> {
        let here = self.desk.store().ends()?;
        let mut both = self.hub.patiently(|client| ends::both(client, &member.board, here.clone()))?;
        both.leave_out(&self.note.left_out());
        for parted in both.parted(self.desk.store())? {
            let at = (member.board.as_str(), self.desk.store());
            if let Some(forged) = self.hub.patiently(|client| names::forged(client, at, &parted))? {
                both.pass_over(forged);
            }
        }
        Ok(both)
    }

    fn exchange(&mut self, ways: Ways, member: &Member, taken: &mut Taken, done: &mut Done) -> Result<(), Problem> {
        if ways != Ways::Push {
            self.take(member, taken, done)?;
        }
        if ways != Ways::Pull {
            let both = self.both(member)?;
            both.one_history(self.desk.store())?;
            if !both.forged.is_empty() {
                // What was written on rows that are not sent could not be proved there.
            } else if self.is_ahead(member, &both)? {
                done.told.push(AHEAD.to_owned());
            } else {
                done.sent = push::send(self.hub, self.desk, member, &both)?;
            }
            if done.sent > 0 {
                names::claim(self.hub, self.desk, member)?;
            }
        }
        // Something may have come meanwhile.
        if matches!(ways, Ways::Both | Ways::Swift) { self.take(member, taken, done) } else { Ok(()) }
    }

    fn take(&mut self, member: &Member, taken: &mut Taken, done: &mut Done) -> Result<(), Problem> {
        let both = self.both(member)?;
        both.one_history(self.desk.store())?;
        if both.only_there() > 0 {
            let (more, left) = pull::take(self.hub, self.desk, member, &both, self.env)?;
            taken.changes += more.changes;
            taken.filled += more.filled;
            for LeftOut { origin, computer, why } in left {
                self.note.leave_out(origin);
                let here = self.desk.store().ends()?.get(&origin).map_or(0, |tip| tip.seq);
                let of = self.hub.patiently(|client| names::sender(client, &member.board, origin, here))?;
                let of = of.map(|role| format!(", sent by {role}")).unwrap_or_default();
                done.told.push(format!(
                    "The hub has changes of {computer} that do not fit ({why}). They were left out here, and hold nobody up; \
                     show this to whoever runs the hub (origin {origin}{of})"
                ));
            }
        }
        let Some(party) = member.party else { return Ok(()) };
        let mark = self.hub.patiently(|client| grants::mark(client, &member.board, party))?;
        if mark != self.note.given {
            taken.filled += pull::fill(self.hub, self.desk, member, self.env)?.filled;
            self.note.given = mark;
        }
        Ok(())
    }

    fn bring_up_to_date(&mut self, before: Before, taken: Taken, done: &mut Done) -> Result<(), Problem> {
        if taken != Taken::default() {
            done.merge = Some(self.desk.came(before, taken, self.env)?);
        }
        Ok(())
    }

    /// Erasures and grants, from a laptop of the board that knows every change on the hub.
    fn give(&mut self, member: &Member, done: &mut Done) -> Result<(), Problem> {
        let both = self.both(member)?;
        // What is still to be sent may have been written a moment ago: the hub cannot know what it is about.
        if member.party.is_some() || both.only_there() > 0 || !both.only_here().is_empty() || !both.forged.is_empty() {
            return Ok(());
        }
        let erased = self.desk.store().erasures()?;
        self.hub.patiently(|client| erasures::settle(client, &member.board, &erased))?;
        let parties = grants::to_whom(self.hub, &member.board)?;
        let count: u64 = both.here.values().map(|tip| tip.seq).sum();
        let mark = format!("{count} {parties:?}");
        if !parties.is_empty() && mark != self.note.given {
            done.given = grants::give(self.hub, self.desk, member, &parties, &both.here)?;
            self.note.given = mark;
        }
        Ok(())
    }

    fn remember(&mut self, member: &Member) -> Result<(), Problem> {
        let both = self.both(member)?;
        // What a restored hub still lacks is told again; forged rows are to go.
        if both.lost(&self.note.seen()) == 0 && both.forged.is_empty() {
            self.note.see(&both.on_hub());
        }
        self.note.at = Some(self.env.now.to_rfc3339());
        self.note.keep(self.data, self.desk.store().uuid())
    }

    /// How the two stand; nothing is sent or taken.
    pub fn state(&mut self) -> Result<State, Problem> {
        let member = self.member()?;
        let told = self.noticed(&member)?;
        let both = self.both(&member)?;
        both.one_history(self.desk.store())?;
        let clock_ahead = self.hub.clock_ahead(self.clock).map_err(Trouble::problem)?;
        Ok(State { to_send: self.to_send(&member, &both)?, to_take: both.only_there(), member, clock_ahead, told })
    }

    /// Whether an agency's copy knows changes of others that the hub does not: what was written after them could not be proved there.
    fn is_ahead(&self, member: &Member, both: &Both) -> Result<bool, Problem> {
        let all: u64 = both.only_here().values().sum();
        Ok(member.party.is_some() && all > self.to_send(member, both)?)
    }

    /// An agency sends only what was written in its own copies.
    fn to_send(&self, member: &Member, both: &Both) -> Result<u64, Problem> {
        let began = self.desk.store().began()?;
        let is_ours =
            |origin| member.party.is_none_or(|_| began.get(origin).is_some_and(|own| own.party == member.party));
        Ok(both.only_here().iter().filter(|(origin, _)| is_ours(origin)).map(|(_, count)| count).sum())
    }

    /// Whether there is nothing to send or to take: one question to the hub, or two of an agency's laptop.
    pub fn is_in_step(&mut self, member: &Member) -> Result<bool, Problem> {
        let both = self.both(member)?;
        let is_even = both.only_there() == 0 && self.to_send(member, &both)? == 0;
        let Some(party) = member.party else { return Ok(is_even) };
        let mark = self.hub.patiently(|client| grants::mark(client, &member.board, party))?;
        Ok(is_even && mark == self.note.given)
    }
}
