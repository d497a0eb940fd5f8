//! What both sides have: where each copy's chain ends here and on the hub, and whether the two are one history.

use std::collections::{BTreeMap, BTreeSet};

use postgres::GenericClient;

use super::names::Forged;
use super::trouble::{Trouble, refused};
use crate::domain::id::{Id, Origin};
use crate::problem::Problem;
use crate::store::{Hash, Store, Tip};

/// The ends of all chains in one place.
pub type Ends = BTreeMap<Origin, Tip>;

/// One chain on the hub.
#[derive(Clone, Debug)]
struct There {
    computer: String,
    end: Tip,
    /// Its hash where the chain here ends, if it reaches as far.
    at_ours: Option<Hash>,
}

/// A copy with one history here and another on the hub.
#[derive(Clone, Debug)]
pub struct Parted {
    pub origin: Origin,
    pub computer: String,
}

/// Both sides at one moment.
#[derive(Clone, Debug)]
pub struct Both {
    pub here: Ends,
    /// Rows on the hub that a copy did not sign under whose name they are.
    pub forged: Vec<Forged>,
    there: BTreeMap<Origin, There>,
    left_out: BTreeSet<Origin>,
}

/// Asks the hub, for a register whose chains end `here`.
pub fn both(client: &mut impl GenericClient, board: &str, here: Ends) -> Result<Both, Trouble> {
    let sql = "SELECT o.id, o.computer, e.seq, e.hash, c.hash
               FROM arising.origin o
               LEFT JOIN LATERAL (
                 SELECT c.seq, c.hash FROM arising.change c
                 WHERE c.board = $1 AND c.origin = o.id ORDER BY c.seq DESC LIMIT 1) e ON true
               LEFT JOIN unnest($2::text[], $3::int8[]) AS ours (origin, seq) ON ours.origin = o.id
               LEFT JOIN arising.change c ON c.board = $1 AND c.origin = o.id AND c.seq = ours.seq
               WHERE o.board = $1";
    let (ids, seqs) = lists(&here);
    let mut there = BTreeMap::new();
    for row in client.query(sql, &[&board, &ids, &seqs])? {
        let origin: Origin = row.get::<_, String>(0).parse().map_err(|_| unreadable())?;
        let seq: Option<i64> = row.get(2);
        let Some((seq, end)) = seq.zip(row.get::<_, Option<Vec<u8>>>(3)) else { continue };
        let end = Tip { seq: number(seq)?, hash: hash(end)? };
        let at_ours = row.get::<_, Option<Vec<u8>>>(4).map(hash).transpose()?;
        there.insert(origin, There { computer: row.get(1), end, at_ours });
    }
    Ok(Both { here, forged: Vec::new(), there, left_out: BTreeSet::new() })
}

/// Origins and their last numbers, as the hub's SQL takes them.
pub fn lists(ends: &Ends) -> (Vec<String>, Vec<i64>) {
    ends.iter().map(|(origin, tip)| (origin.to_string(), i64::try_from(tip.seq).unwrap_or(i64::MAX))).unzip()
}

impl Both {
    /// From now on these copies count as far as they are here: what else the hub has of them does not fit.
    pub fn leave_out(&mut self, origins: &[Origin]) {
        self.left_out.extend(origins);
        for origin in origins {
            match (self.here.get(origin), self.there.get_mut(origin)) {
                (Some(own), Some(there)) if there.end.seq > own.seq => there.end = *own,
                (None, Some(_)) => drop(self.there.remove(origin)),
                (Some(_) | None, Some(_) | None) => {}
            }
        }
    }

    pub fn is_left_out(&self, origin: Origin) -> bool {
        self.left_out.contains(&origin)
    }

    /// Leaves out rows that are forged: their copy counts as if nothing of it were to be sent or taken.
    pub fn pass_over(&mut self, forged: Forged) {
        let origin = forged.origin;
        self.left_out.insert(origin);
        if let Some((own, there)) = self.here.get(&origin).zip(self.there.get_mut(&origin)) {
            there.end = *own;
            there.at_ours = Some(own.hash);
        }
        self.forged.push(forged);
    }

    /// The copies with one history here and another on the hub.
    pub fn parted(&self, store: &Store) -> Result<Vec<Parted>, Problem> {
        let mut parted = Vec::new();
        for (origin, there) in &self.there {
            let Some(own) = self.here.get(origin) else { continue };
            let is_same = if there.end.seq <= own.seq {
                store.hash_at(Id { origin: *origin, seq: there.end.seq })? == Some(there.end.hash)
            } else {
                there.at_ours == Some(own.hash)
            };
            if !is_same {
                parted.push(Parted { origin: *origin, computer: there.computer.clone() });
            }
        }
        Ok(parted)
    }

    /// Refuses where one copy has two histories, one here and one on the hub.
    pub fn one_history(&self, store: &Store) -> Result<(), Problem> {
        match self.parted(store)?.first() {
            None => Ok(()),
            Some(parted) => Err(fork(parted)),
        }
    }

    /// Where the chains on the hub end, of what is here too: everything after that can be sent.
    pub fn has(&self) -> Ends {
        let has = |(origin, own): (&Origin, &Tip)| {
            let there = self.there.get(origin)?;
            Some((*origin, if there.end.seq <= own.seq { there.end } else { *own }))
        };
        self.here.iter().filter_map(has).collect()
    }

    /// How many changes of each copy are only here.
    pub fn only_here(&self) -> BTreeMap<Origin, u64> {
        let more = |(origin, own): (&Origin, &Tip)| (*origin, own.seq.saturating_sub(self.last_there(*origin)));
        self.here.iter().map(more).filter(|(_, more)| *more > 0).collect()
    }

    /// How many changes are only on the hub.
    pub fn only_there(&self) -> u64 {
        let here = |origin| self.here.get(origin).map_or(0, |own| own.seq);
        self.there.iter().map(|(origin, there)| there.end.seq.saturating_sub(here(origin))).sum()
    }

    /// How many changes the hub no longer has that were there before.
    pub fn lost(&self, seen: &Ends) -> u64 {
        seen.iter().map(|(origin, tip)| tip.seq.saturating_sub(self.last_there(*origin))).sum()
    }

    fn last_there(&self, origin: Origin) -> u64 {
        self.there.get(&origin).map_or(0, |there| there.end.seq)
    }

    /// The ends on the hub.
    pub fn on_hub(&self) -> Ends {
        self.there.iter().map(|(origin, there)| (*origin, there.end)).collect()
    }
}

fn fork(Parted { origin, computer }: &Parted) -> Problem {
    let why = format!(
        "the copy on {computer} has written two different histories, one here and one on the hub (origin {origin})"
    );
    let hint = "A restored backup or a copied data folder went on. Keep this file. On another laptop of the board, merge it with \
                arising merge FILE --as-new-copy, and sync there; then begin again here with arising hub join and a new file.";
    Problem::new("Nothing was sent or taken", why, hint)
}

/// A number of the hub's.
pub fn number(value: i64) -> Result<u64, Trouble> {
    u64::try_from(value).map_err(|_| unreadable())
}

/// 32 bytes of the hub's.
pub fn hash(bytes: Vec<u8>) -> Result<Hash, Trouble> {
    bytes.try_into().map_err(|_| unreadable())
}

pub fn unreadable() -> Trouble {
    refused("one of its rows cannot be read", "Show this to whoever runs the hub; this register is unchanged.")
}
