//! Proves that rows which another copy sent continue the chains that are here, unaltered and signed.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;

use crate::domain::id::{Id, Origin};
use crate::wire::line;

use super::super::chain::{self, Hash, Tip};
use super::super::origins::{self, Began};
use super::super::trouble::Fault;
use super::super::{absent, erasures, key, rows, tips};
use super::sent::{Sent, SentBatch, SentChange};
use super::{Unsigned, refused};

const CHECK: &str = "Ask for the file again; this register is unchanged.";

/// Rows that fit the register.
pub struct Proved {
    /// Those that are not here yet.
    pub news: Sent,
    /// In an agency copy, those that are, and whose words may have been withheld.
    pub known: Vec<SentBatch>,
}

/// The rows in what was sent; a problem if any of them does not fit.
pub fn proved(db: &Connection, sent: Sent, unsigned: Unsigned) -> Result<Proved, Fault> {
    let here = tips::tips(db)?;
    let proved = proved_beyond(db, &here, sent, unsigned)?;
    reachable(&here, &proved.news.batches)?;
    Ok(proved)
}

/// The rows that are not here yet, if the chains here ended there.
pub fn proved_beyond(
    db: &Connection,
    here: &BTreeMap<Origin, Tip>,
    sent: Sent,
    unsigned: Unsigned,
) -> Result<Proved, Fault> {
    let origins = known(db, &sent)?;
    let erased = erased(db, &sent)?;
    let may_withhold = absent::agency_copy(db)?.is_some();
    let mut chains = Chains { db, here, origins: &origins, erased: &erased, may_withhold, ends: BTreeMap::new() };
    for (origin, tip) in &sent.before {
        chains.meet(*origin, *tip)?;
    }
    let (mut news, mut known) = (Vec::new(), Vec::new());
    for batch in sent.batches {
        if chains.is_new(&batch)? {
            chains.extend(&batch, unsigned)?;
            news.push(batch);
        } else if may_withhold {
            chains.words(&batch)?;
            known.push(batch);
        }
    }
    Ok(Proved { news: Sent { batches: news, ..sent }, known })
}

/// Each copy's key: the one that is known here must be the one that was sent.
fn known(db: &Connection, sent: &Sent) -> Result<BTreeMap<Origin, Began>, Fault> {
    let mut all = origins::all(db)?;
    for began in &sent.origins {
        let is_same = all.get(&began.origin).is_none_or(|known| known == began);
        let is_new = all.contains_key(&began.origin) || tips::tip(db, began.origin)?.seq == 0;
        if !is_same || !is_new || began.origin == Origin::PENDING {
            let why = format!("it names another key for the copy on {} than the one known here", began.computer);
            return Err(refused(why, "Find out who made that file; this register is unchanged."));
        }
        all.insert(began.origin, began.clone());
    }
    Ok(all)
}

/// The changes whose words are erased, here or by what was sent.
fn erased(db: &Connection, sent: &Sent) -> Result<BTreeSet<Id>, Fault> {
    let mut all: BTreeSet<Id> = erasures::kept(db)?.into_keys().collect();
    for words in sent.batches.iter().flat_map(|batch| &batch.changes).filter_map(|change| change.words.as_ref()) {
        if words.body.starts_with(r#"{"erase""#) {
            all.extend(erasures::erased_by(&line::parse(&words.body)));
        }
    }
    Ok(all)
}

/// The chains here, and how far what was sent continues them.
struct Chains<'a> {
    db: &'a Connection,
    here: &'a BTreeMap<Origin, Tip>,
    origins: &'a BTreeMap<Origin, Began>,
    erased: &'a BTreeSet<Id>,
    /// Whether this is an agency copy, from which words may be withheld.
    may_withhold: bool,
    ends: BTreeMap<Origin, Tip>,
}

impl Chains<'_> {
    /// Where the chain of a copy ends here, with what has been proved.
    fn end(&self, origin: Origin) -> Tip {
        let own = self.ends.get(&origin).or_else(|| self.here.get(&origin)).copied();
        own.unwrap_or_else(|| self.origins.get(&origin).map_or(Tip::START, Began::tip))
    }

    /// The chain here must pass through the point where the rows begin.
    fn meet(&self, origin: Origin, tip: Tip) -> Result<(), Fault> {
        let end = self.end(origin);
        if tip.seq > end.seq {
            let hint = "Merge what came before it first, or ask for all of it: arising share without --to.";
            return Err(refused("it continues changes that are not here yet", hint));
        }
        if tip.seq > 0 && !tips::holds(self.db, origin, tip)? { Err(self.forked(origin)) } else { Ok(()) }
    }

    /// Whether a batch is not here yet. One that is must be the same.
    fn is_new(&self, batch: &SentBatch) -> Result<bool, Fault> {
        let Some(last) = batch.end() else { return Err(altered(batch, "it has no changes")) };
        let end = self.end(last.id.origin);
        if last.id.seq > end.seq {
            return Ok(true);
        }
        let is_same = tips::holds(self.db, last.id.origin, Tip { seq: last.id.seq, hash: last.hash })?;
        if is_same { Ok(false) } else { Err(self.forked(last.id.origin)) }
    }

    /// Follows the chain over one more batch.
    fn extend(&mut self, batch: &SentBatch, unsigned: Unsigned) -> Result<(), Fault> {
        let Some(first) = batch.changes.first() else { return Err(altered(batch, "it has no changes")) };
        let origin = first.id.origin;
        let mut tip = self.end(origin);
        if first.id.seq <= tip.seq {
            return Err(self.forked(origin));
        }
        if batch.header.id != first.id.to_string() || origin == Origin::PENDING {
            return Err(altered(batch, "its number is not that of its first change"));
        }
        self.words(batch)?;
        let mut lamport = 0;
        for change in &batch.changes {
            if change.id.origin != origin || change.id.seq != tip.seq + 1 || change.lamport <= lamport {
                return Err(altered(batch, "changes are missing or out of order"));
            }
            lamport = change.lamport;
            let hash = chain::link(&tip.hash, change.lamport, change.id, &batch.digest, &change.digest);
            if hash != change.hash {
                return Err(if self.here.contains_key(&origin) {
                    self.forked(origin)
                } else {
                    altered(batch, "its position was altered")
                });
            }
            tip = Tip { seq: change.id.seq, hash };
        }
        self.signed(batch, &tip.hash, unsigned)?;
        self.ends.insert(origin, tip);
        Ok(())
    }

    /// All words in a batch fit their digests.
    fn words(&self, batch: &SentBatch) -> Result<(), Fault> {
        if batch.header.words.is_some() {
            header(batch)?;
        } else if !self.may_withhold {
            return Err(withheld());
        }
        batch.changes.iter().try_for_each(|change| self.content(batch, change))
    }

    /// The words fit their digest. They are absent only where they were erased, or withheld from this copy.
    fn content(&self, batch: &SentBatch, change: &SentChange) -> Result<(), Fault> {
        let Some(words) = &change.words else {
            let may_lack = self.may_withhold || self.erased.contains(&change.id);
            return if may_lack { Ok(()) } else { Err(withheld()) };
        };
        let is_fit = words.body.len() <= rows::LARGEST_BODY
            && chain::digest(&words.salt, words.body.as_bytes()) == change.digest;
        if !is_fit {
            return Err(altered(batch, "its content was altered"));
        }
        if line::is_text(&words.body) {
            Ok(())
        } else {
            Err(altered(batch, "its content is not in the form that docs/FORMAT.md describes"))
        }
    }

    fn signed(&self, batch: &SentBatch, end: &Hash, unsigned: Unsigned) -> Result<(), Fault> {
        let origin = batch.end().map_or(Origin::PENDING, |change| change.id.origin);
        match (self.origins.get(&origin), &batch.signature) {
            (Some(began), Some(signature)) if key::has_signed(&began.key, end, signature) => Ok(()),
            (None, None) if unsigned == Unsigned::Take => Ok(()),
            (None, None) => Err(refused(
                "it has changes that bear no signature, as builds before the first release wrote them",
                "If you know where it has been: arising merge --unsigned.",
            )),
            (Some(_), _) | (None, Some(_)) => {
                Err(altered(batch, "it does not bear the signature of the copy that is said to have written it"))
            }
        }
    }

    /// One copy, two histories: a backup that was restored elsewhere, or a copied data folder, and both went on.
    fn forked(&self, origin: Origin) -> Fault {
        let on = self.origins.get(&origin).map(|began| format!(" on {}", began.computer)).unwrap_or_default();
        let why = format!(
            "the copy{on} has written two different histories, one here and one in that file (origin {origin})"
        );
        refused(
            why,
            "It went on from a restored backup or a copied data folder. Keep both files, and enter by hand what only one has.",
        )
    }
}

fn withheld() -> Fault {
    let why = "the words of some of its changes are withheld, and they are not here yet";
    refused(why, "Merge the full register first, or a bundle made from it.")
}

/// Nobody who knows n changes gives a change a higher number than n + 1: a forged one would leave no room for later ones.
fn reachable(here: &BTreeMap<Origin, Tip>, news: &[SentBatch]) -> Result<(), Fault> {
    let mut all = here.clone();
    let ends = news.iter().filter_map(SentBatch::end);
    all.extend(ends.map(|end| (end.id.origin, Tip { seq: end.id.seq, hash: end.hash })));
    let highest = news.iter().flat_map(|batch| &batch.changes).map(|change| change.lamport).max().unwrap_or(0);
    if highest > tips::count(&all) {
        return Err(refused(
            "it has a change with a higher number than there are changes: some are missing, or it was forged",
            CHECK,
        ));
    }
    Ok(())
}

fn header(batch: &SentBatch) -> Result<(), Fault> {
    let salt = batch.salt.as_deref().unwrap_or_default();
    let fits = batch
        .header
        .words
        .as_ref()
        .is_some_and(|words| chain::header_digest(salt, &batch.header.id, words) == batch.digest);
    // What cannot be read back would make the log unreadable.
    if fits && rows::batch(batch.header.clone()).is_ok() {
        Ok(())
    } else {
        Err(altered(batch, "its author, time or cause was altered"))
    }
}

fn altered(batch: &SentBatch, why: &str) -> Fault {
    let by = batch
        .header
        .words
        .as_ref()
        .map(|words| format!(" by {} of {}", words.author, words.at.get(..10).unwrap_or(&words.at)));
    refused(format!("a change{} does not fit: {why}", by.unwrap_or_default()), CHECK)
}
