//! Sends what the hub lacks: whole batches in pages, each in a transaction of its own, so that a push that is cut goes on where
//! it was cut.

use std::collections::{BTreeMap, BTreeSet};

use postgres::Transaction;

use super::connection::{Hub, Member};
use super::ends::{Both, hash, unreadable};
use super::page;
use super::trouble::{Trouble, refused};
use crate::desk::Desk;
use crate::domain::id::{Id, Origin};
use crate::problem::Problem;
use crate::store::{Began, Sent, SentBatch, SentChange};

/// What is sent, and to which board.
struct Sending<'a> {
    board: &'a str,
    began: &'a BTreeMap<Origin, Began>,
}

/// Sends everything beyond what the hub has. Returns how many changes were new there.
pub fn send(hub: &mut Hub, desk: &mut Desk, member: &Member, both: &Both) -> Result<u64, Problem> {
    let mut sent = desk.beyond(&both.has())?;
    if let Some(party) = member.party {
        own_only(&mut sent, party);
    }
    signed(&sent)?;
    let erasures = desk.store().erasures()?;
    let erased_by = erasures.iter().map(|erasure| (erasure.id, erasure.by)).collect();
    let began = desk.store().began()?;
    let sending = Sending { board: &member.board, began: &began };
    let mut count = 0;
    for page in page::cut(sent.batches, &erased_by) {
        count += hub.patiently(|client| {
            let mut open = client.transaction()?;
            let new = sending.page(&mut open, &page)?;
            let ids: BTreeSet<Id> = page.iter().flat_map(|batch| &batch.changes).map(|change| change.id).collect();
            let of_page: Vec<_> = erasures.iter().filter(|erasure| ids.contains(&erasure.by)).cloned().collect();
            super::erasures::record(&mut open, &member.board, &of_page, false)?;
            open.commit()?;
            Ok(new)
        })?;
    }
    Ok(count)
}

/// An agency sends what was written in its own copies: the board has the rest.
fn own_only(sent: &mut Sent, party: Id) {
    let own: BTreeSet<Origin> =
        sent.origins.iter().filter(|began| began.party == Some(party)).map(|began| began.origin).collect();
    sent.batches.retain(|batch| batch.end().is_some_and(|end| own.contains(&end.id.origin)));
}

/// A hub takes only what is signed.
fn signed(sent: &Sent) -> Result<(), Problem> {
    if sent.batches.iter().all(|batch| batch.signature.is_some()) {
        return Ok(());
    }
    let hint = "Begin a new register from the plan's document, and share that one.";
    Err(refused(
        "this register has changes that bear no signature, as builds before the first release wrote them",
        hint,
    )
    .problem())
}

impl Sending<'_> {
    fn page(&self, open: &mut Transaction<'_>, page: &[SentBatch]) -> Result<u64, Trouble> {
        self.origins(open, page)?;
        self.batches(open, page)?;
        let changes: Vec<(&SentBatch, &SentChange)> =
            page.iter().flat_map(|batch| batch.changes.iter().map(move |change| (batch, change))).collect();
        let new = self.changes(open, &changes)?;
        self.same(open, &changes)?;
        self.words(open, &changes)?;
        Ok(new)
    }

    /// The copies that wrote the page; one that is there must have begun in the same way.
    fn origins(&self, open: &mut Transaction<'_>, page: &[SentBatch]) -> Result<(), Trouble> {
        let ids: BTreeSet<Origin> = page.iter().filter_map(SentBatch::end).map(|end| end.id.origin).collect();
        let insert = "INSERT INTO arising.origin (board, id, key, computer, at, known, party)
                      VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
        let look = "SELECT key, known, sender FROM arising.origin WHERE board = $1 AND id = $2";
        for began in ids.iter().filter_map(|id| self.began.get(id)) {
            let (id, key) = (began.origin.to_string(), began.key.to_vec());
            let party = began.party.map(|party| party.to_string());
            open.execute(insert, &[&self.board, &id, &key, &began.computer, &began.at, &began.known, &party])?;
            let there = open.query_one(look, &[&self.board, &id])?;
            if hash(there.get(0))? != began.key || there.get::<_, String>(1) != began.known {
                let (on, sender) = (&began.computer, there.get::<_, String>(2));
                let why = format!(
                    "it knows another key for the copy on {on} (origin {id}) than this register, sent by the role {sender}"
                );
                return Err(refused(why, "Show this to whoever runs the hub; nothing was sent, and nothing is lost."));
            }
        }
        Ok(())
    }

    fn batches(&self, open: &mut Transaction<'_>, page: &[SentBatch]) -> Result<(), Trouble> {
        let first = |batch: &SentBatch| batch.changes.first().map_or(Id::pending(0), |change| change.id);
        let ids: Vec<&str> = page.iter().map(|batch| batch.header.id.as_str()).collect();
        let origins: Vec<String> = page.iter().map(|batch| first(batch).origin.to_string()).collect();
        let firsts: Vec<i64> = page.iter().map(|batch| sql(first(batch).seq)).collect();
        let lasts: Vec<i64> = page.iter().map(|batch| sql(batch.end().map_or(0, |end| end.id.seq))).collect();
        let lamports: Vec<i64> =
            page.iter().map(|batch| sql(batch.changes.first().map_or(0, |change| change.lamport))).collect();
        let digests: Vec<&[u8]> = page.iter().map(|batch| batch.digest.as_slice()).collect();
        let signatures: Vec<Option<&[u8]>> = page.iter().map(|batch| batch.signature.as_deref()).collect();
        let insert = "INSERT INTO arising.batch (board, id, origin, first, last, lamport, digest, signature)
                      SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int8[], $5::int8[], $6::int8[], $7::bytea[], $8::bytea[])
                      ON CONFLICT DO NOTHING";
        open.execute(insert, &[&self.board, &ids, &origins, &firsts, &lasts, &lamports, &digests, &signatures])?;
        self.headers(open, page)
    }

    /// Who, when, in which meeting and why.
    fn headers(&self, open: &mut Transaction<'_>, page: &[SentBatch]) -> Result<(), Trouble> {
        let all: Vec<_> = page.iter().filter_map(|batch| Some((batch, batch.header.words.as_ref()?))).collect();
        let ids: Vec<&str> = all.iter().map(|(batch, _)| batch.header.id.as_str()).collect();
        let authors: Vec<&str> = all.iter().map(|(_, words)| words.author.as_str()).collect();
        let times: Vec<&str> = all.iter().map(|(_, words)| words.at.as_str()).collect();
        let meetings: Vec<Option<&str>> = all.iter().map(|(_, words)| words.meeting.as_deref()).collect();
        let causes: Vec<&str> = all.iter().map(|(_, words)| words.cause.as_str()).collect();
        let salts: Vec<Option<&[u8]>> = all.iter().map(|(batch, _)| batch.salt.as_deref()).collect();
        let insert = "INSERT INTO arising.batch_words (board, id, author, at, meeting, cause, salt)
                      SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[])
                      ON CONFLICT DO NOTHING";
        open.execute(insert, &[&self.board, &ids, &authors, &times, &meetings, &causes, &salts])?;
        Ok(())
    }

    fn changes(&self, open: &mut Transaction<'_>, all: &[(&SentBatch, &SentChange)]) -> Result<u64, Trouble> {
        let (origins, seqs) = places(all.iter().map(|(_, change)| *change));
        let lamports: Vec<i64> = all.iter().map(|(_, change)| sql(change.lamport)).collect();
        let batches: Vec<&str> = all.iter().map(|(batch, _)| batch.header.id.as_str()).collect();
        let digests: Vec<&[u8]> = all.iter().map(|(_, change)| change.digest.as_slice()).collect();
        let hashes: Vec<&[u8]> = all.iter().map(|(_, change)| change.hash.as_slice()).collect();
        let insert = "INSERT INTO arising.change (board, origin, seq, lamport, batch, digest, hash)
                      SELECT $1, * FROM unnest($2::text[], $3::int8[], $4::int8[], $5::text[], $6::bytea[], $7::bytea[])
                      ON CONFLICT DO NOTHING";
        Ok(open.execute(insert, &[&self.board, &origins, &seqs, &lamports, &batches, &digests, &hashes])?)
    }

    /// What was there already must be the same.
    fn same(&self, open: &mut Transaction<'_>, all: &[(&SentBatch, &SentChange)]) -> Result<(), Trouble> {
        let (origins, seqs) = places(all.iter().map(|(_, change)| *change));
        let hashes: Vec<&[u8]> = all.iter().map(|(_, change)| change.hash.as_slice()).collect();
        let look = "SELECT p.origin FROM unnest($2::text[], $3::int8[], $4::bytea[]) AS p (origin, seq, hash)
                    LEFT JOIN arising.change c ON c.board = $1 AND c.origin = p.origin AND c.seq = p.seq
                    WHERE c.hash IS DISTINCT FROM p.hash LIMIT 1";
        let Some(row) = open.query_opt(look, &[&self.board, &origins, &seqs, &hashes])? else { return Ok(()) };
        let origin: Origin = row.get::<_, String>(0).parse().map_err(|_| unreadable())?;
        let on = self.began.get(&origin).map(|began| format!(" on {}", began.computer)).unwrap_or_default();
        let why =
            format!("the copy{on} has written two different histories, one here and one on the hub (origin {origin})");
        Err(Problem::new("Nothing more was sent", why, "Sync again to see what can be done; nothing is lost.").into())
    }

    fn words(&self, open: &mut Transaction<'_>, all: &[(&SentBatch, &SentChange)]) -> Result<(), Trouble> {
        let told: Vec<&SentChange> =
            all.iter().map(|(_, change)| *change).filter(|change| change.words.is_some()).collect();
        let (origins, seqs) = places(told.iter().copied());
        let words = || told.iter().filter_map(|change| change.words.as_ref());
        let bodies: Vec<&str> = words().map(|words| words.body.as_str()).collect();
        let salts: Vec<&[u8]> = words().map(|words| words.salt.as_slice()).collect();
        let insert = "INSERT INTO arising.change_words (board, origin, seq, body, salt)
                      SELECT $1, * FROM unnest($2::text[], $3::int8[], $4::text[], $5::bytea[])
                      ON CONFLICT DO NOTHING";
        open.execute(insert, &[&self.board, &origins, &seqs, &bodies, &salts])?;
        Ok(())
    }
}

fn places<'a>(all: impl Iterator<Item = &'a SentChange>) -> (Vec<String>, Vec<i64>) {
    all.map(|change| (change.id.origin.to_string(), sql(change.id.seq))).unzip()
}

/// A number as the hub keeps it; none of ours is larger.
pub fn sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
