//! Changes beyond a fork, written again under another copy's name: every id that names one of them is replaced, author and time
//! stay, and each batch says in its cause which one it was.

use std::collections::BTreeMap;
use std::io;

use crate::domain::id::{Id, Origin};
use crate::wire::renamed;

use super::super::chain::{self, HeaderWords, Tip};
use super::super::key::Key;
use super::super::origins::Began;
use super::super::tips;
use super::super::trouble::Fault;
use super::fork::Found;
use super::refused;
use super::sent::{Sent, SentBatch, SentChange, Words};

/// Where the changes of a copy after one of them are found instead.
#[derive(Clone, Copy)]
struct Moved {
    after: u64,
    to: Origin,
    before: u64,
}

/// How the changes of a file are restated.
pub struct Restating<'a> {
    uuid: String,
    forks: &'a [Found],
    moved: BTreeMap<Origin, Moved>,
}

impl<'a> Restating<'a> {
    /// What that file has beyond a fork gets a new name. Where it has taken what is here under a new name, that is here already.
    pub fn of(uuid: &str, forks: &'a [Found]) -> Restating<'a> {
        let mut moved = BTreeMap::new();
        for found in forks {
            let (origin, common) = (found.fork.origin, found.common.seq);
            moved.insert(origin, Moved { after: common, to: found.name(uuid, &found.there), before: 0 });
            moved.insert(found.name(uuid, &found.here), Moved { after: 0, to: origin, before: common });
        }
        Restating { uuid: uuid.to_owned(), forks, moved }
    }

    fn new_id(&self, id: Id) -> Option<Id> {
        let moved = self.moved.get(&id.origin).filter(|moved| id.seq > moved.after)?;
        Some(Id { origin: moved.to, seq: id.seq - moved.after + moved.before })
    }

    /// Leaves out the changes of a file that restate what is here.
    pub fn leave_out(&self, sent: &mut Sent) {
        let ours: Vec<Origin> = self.forks.iter().map(|found| found.name(&self.uuid, &found.here)).collect();
        sent.before.retain(|origin, _| !ours.contains(origin));
        sent.origins.retain(|began| !ours.contains(&began.origin));
        sent.batches.retain(|batch| batch.end().is_none_or(|end| !ours.contains(&end.id.origin)));
    }

    /// The rows as they are to be merged.
    pub fn restated(&self, news: Sent, known: &BTreeMap<Origin, Began>) -> Result<Sent, Fault> {
        let Sent { mut origins, batches, .. } = news;
        let mut all = Vec::new();
        let mut beyond: BTreeMap<Origin, Vec<SentBatch>> = BTreeMap::new();
        for batch in batches {
            let origin = batch.end().map_or(Origin::PENDING, |end| end.id.origin);
            if self.forks.iter().any(|found| found.fork.origin == origin) {
                beyond.entry(origin).or_default().push(batch);
            } else {
                self.stands(&batch)?;
                all.push(batch);
            }
        }
        for found in self.forks {
            let own = known.get(&found.fork.origin);
            let key = Key::of(&found.secret(&self.uuid, &found.there));
            let began = self.began(found, &key, own);
            let mut tip = began.tip();
            origins.push(began);
            for batch in beyond.remove(&found.fork.origin).unwrap_or_default() {
                all.push(self.batch(batch, &key, &mut tip)?);
            }
        }
        Ok(Sent { uuid: self.uuid.clone(), origins, batches: all, ..Sent::default() })
    }

    fn began(&self, found: &Found, key: &Key, own: Option<&Began>) -> Began {
        let computer = own.map_or("an earlier build", |own| &own.computer);
        let common = (found.common.seq > 0).then_some((found.fork.origin, found.common));
        Began {
            origin: found.name(&self.uuid, &found.there),
            key: key.public(),
            computer: format!("{computer} (second history)"),
            at: found.there.at.clone(),
            known: tips::print(&common.into_iter().collect()),
            party: own.and_then(|own| own.party),
        }
    }

    /// Another copy's rows are signed by it and cannot be restated.
    fn stands(&self, batch: &SentBatch) -> Result<(), Fault> {
        let rename = |id| self.new_id(id);
        let words = batch.header.words.as_ref();
        let meeting = words.and_then(|words| words.meeting.as_ref()?.parse().ok());
        let bodies = batch.changes.iter().filter_map(|change| change.words.as_ref());
        let builds_on = meeting.and_then(rename).is_some()
            || words.is_some_and(|words| renamed::names(&words.cause, &rename))
            || bodies.into_iter().any(|words| renamed::names(&words.body, &rename));
        if !builds_on {
            return Ok(());
        }
        let by = words.map(|words| words.author.as_str()).unwrap_or_default();
        Err(refused(
            format!("changes by {by} on a third copy build on that other history"),
            "Merge this register into that copy, with --as-new-copy there; then rename this one, and start again from that copy.",
        ))
    }

    fn batch(&self, batch: SentBatch, key: &Key, tip: &mut Tip) -> Result<SentBatch, Fault> {
        let mut header = batch.header;
        let new = header.id.parse().ok().and_then(|id| self.new_id(id)).map(|id| id.to_string());
        let id = std::mem::replace(&mut header.id, new.unwrap_or_default());
        let words = header.words.as_mut().ok_or_else(withheld)?;
        self.words(words, &id)?;
        let digest = chain::header_digest(batch.salt.as_deref().unwrap_or_default(), &header.id, words);
        let mut changes = Vec::with_capacity(batch.changes.len());
        for change in batch.changes {
            changes.push(self.change(change, &digest, tip)?);
        }
        let signature = Some(key.sign(&tip.hash).to_vec());
        Ok(SentBatch { header, salt: batch.salt, digest, signature, changes })
    }

    fn words(&self, words: &mut HeaderWords, id: &str) -> Result<(), Fault> {
        let rename = |id| self.new_id(id);
        if let Some(new) = words.meeting.as_ref().and_then(|meeting| meeting.parse().ok()).and_then(rename) {
            words.meeting = Some(new.to_string());
        }
        words.cause = renamed::cause(&words.cause, &rename, id).map_err(io::Error::other)?;
        Ok(())
    }

    /// The digest of erased words stays, since they can no longer be restated.
    fn change(&self, change: SentChange, header: &chain::Hash, tip: &mut Tip) -> Result<SentChange, Fault> {
        let rename = |id| self.new_id(id);
        let id = self.new_id(change.id).unwrap_or(change.id);
        let mut digest = change.digest;
        let words = change.words.map(|Words { body, salt }| -> Result<Words, Fault> {
            let body = renamed::body(&body, &rename).map_err(io::Error::other)?;
            digest = chain::digest(&salt, body.as_bytes());
            Ok(Words { body, salt })
        });
        let words = words.transpose()?;
        let hash = chain::link(&tip.hash, change.lamport, id, header, &digest);
        *tip = Tip { seq: id.seq, hash };
        Ok(SentChange { id, words, excerpt: None, digest, hash, lamport: change.lamport })
    }
}

fn withheld() -> Fault {
    refused("the words of some of its changes are withheld", "Merge the full register, or a bundle made from it.")
}
