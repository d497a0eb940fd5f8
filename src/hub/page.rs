//! Pages: batches in the order in which they can be proved, and their rows as the hub has them.

use std::collections::{BTreeMap, BTreeSet};

use postgres::{GenericClient, Row};

use super::ends::{self, Ends, hash, number, unreadable};
use super::trouble::Trouble;
use crate::domain::id::{Id, Origin};
use crate::store::{Began, Header, HeaderWords, SentBatch, SentChange, Words};

/// About how many changes go in one transaction, and bytes of words, when they are sent.
pub const SIZE: u64 = 500;
const BYTES: usize = 4 << 20;

/// A batch on the hub: which changes of its copy it has.
#[derive(Clone, Debug)]
pub struct Listed {
    pub origin: Origin,
    first: u64,
    last: u64,
}

impl Listed {
    pub fn count(&self) -> u64 {
        self.last - self.first + 1
    }
}

/// Rows of the hub, and by which changes those were erased that have no words.
#[derive(Debug, Default)]
pub struct Page {
    pub batches: Vec<SentBatch>,
    pub erased_by: BTreeSet<Id>,
}

/// The batches that the hub has beyond these ends. A batch comes after all that its writer knew.
pub fn listed(client: &mut impl GenericClient, board: &str, here: &Ends) -> Result<Vec<Listed>, Trouble> {
    let sql = "SELECT b.origin, b.first, b.last FROM arising.batch b
               LEFT JOIN unnest($2::text[], $3::int8[]) AS ours (origin, seq) ON ours.origin = b.origin
               WHERE b.board = $1 AND b.last > coalesce(ours.seq, 0) ORDER BY b.lamport, b.origin";
    let (ids, seqs) = ends::lists(here);
    client.query(sql, &[&board, &ids, &seqs])?.iter().map(one_listed).collect()
}

/// These batches of which an agency was given something, in the same order.
pub fn listed_by_id(client: &mut impl GenericClient, board: &str, ids: &[String]) -> Result<Vec<Listed>, Trouble> {
    let sql = "SELECT b.origin, b.first, b.last FROM arising.batch b
               WHERE b.board = $1 AND b.id = ANY($2::text[]) ORDER BY b.lamport, b.origin";
    client.query(sql, &[&board, &ids])?.iter().map(one_listed).collect()
}

fn one_listed(row: &Row) -> Result<Listed, Trouble> {
    let origin = row.get::<_, String>(0).parse().map_err(|_| unreadable())?;
    let (first, last) = (number(row.get(1))?, number(row.get(2))?);
    if first == 0 || last < first { Err(unreadable()) } else { Ok(Listed { origin, first, last }) }
}

/// All copies that have written, as they began.
pub fn origins(client: &mut impl GenericClient, board: &str) -> Result<BTreeMap<Origin, Began>, Trouble> {
    let sql = "SELECT id, key, computer, at, known, party FROM arising.origin WHERE board = $1";
    let mut all = BTreeMap::new();
    for row in client.query(sql, &[&board])? {
        let origin = row.get::<_, String>(0).parse().map_err(|_| unreadable())?;
        let party: Option<String> = row.get(5);
        let party = party.map(|id| id.parse().map_err(|_| unreadable())).transpose()?;
        let key = hash(row.get(1))?;
        all.insert(origin, Began { origin, key, computer: row.get(2), at: row.get(3), known: row.get(4), party });
    }
    Ok(all)
}

/// The rows of these batches. Of what a role may not read there are no words; of what its party may have in part, the excerpt.
pub fn fetch(
    client: &mut impl GenericClient,
    board: &str,
    party: Option<Id>,
    list: &[Listed],
) -> Result<Page, Trouble> {
    let sql = "SELECT c.origin, c.seq, c.lamport, c.digest, c.hash, w.body, w.salt, g.excerpt, e.by_origin, e.by_seq,
                 b.id, b.digest, b.signature, h.author, h.at, h.meeting, h.cause, h.salt
               FROM unnest($2::text[], $3::int8[], $4::int8[]) WITH ORDINALITY AS p (origin, first, last, place)
               JOIN arising.change c ON c.board = $1 AND c.origin = p.origin AND c.seq BETWEEN p.first AND p.last
               JOIN arising.batch b ON b.board = $1 AND b.id = c.batch
               LEFT JOIN arising.change_words w ON w.board = $1 AND w.origin = c.origin AND w.seq = c.seq
               LEFT JOIN arising.batch_words h ON h.board = $1 AND h.id = b.id
               LEFT JOIN arising.erased e ON e.board = $1 AND e.origin = c.origin AND e.seq = c.seq
               LEFT JOIN LATERAL (
                 SELECT g.excerpt FROM arising.grant_ g
                 WHERE g.board = $1 AND g.party = $5 AND g.origin = c.origin AND g.seq = c.seq AND g.excerpt IS NOT NULL
                 ORDER BY g.known DESC LIMIT 1) g ON w.body IS NULL
               ORDER BY p.place, c.seq";
    let origins: Vec<String> = list.iter().map(|listed| listed.origin.to_string()).collect();
    let edge = |edge: fn(&Listed) -> u64| -> Vec<i64> {
        list.iter().map(|listed| i64::try_from(edge(listed)).unwrap_or(i64::MAX)).collect()
    };
    let (firsts, ends) = (edge(|listed| listed.first), edge(|listed| listed.last));
    let party = party.map(|party| party.to_string());
    let mut page = Page::default();
    for row in client.query(sql, &[&board, &origins, &firsts, &ends, &party])? {
        page.add(&row)?;
    }
    Ok(page)
}

impl Page {
    fn add(&mut self, row: &Row) -> Result<(), Trouble> {
        let change = change(row)?;
        let by: Option<(String, i64)> = row.get::<_, Option<String>>(8).zip(row.get(9));
        if let (None, Some((origin, seq))) = (&change.words, by) {
            let origin = origin.parse().map_err(|_| unreadable())?;
            self.erased_by.insert(Id { origin, seq: number(seq)? });
        }
        let id: String = row.get(10);
        match self.batches.last_mut() {
            Some(batch) if batch.header.id == id => batch.changes.push(change),
            Some(_) | None => self.batches.push(batch(row, id, change)?),
        }
        Ok(())
    }

    /// Adds the page that follows.
    pub fn extend(&mut self, next: Page) {
        self.batches.extend(next.batches);
        self.erased_by.extend(next.erased_by);
    }

    /// Whether what has erased any of it is in it too, or in what is here.
    pub fn is_closed(&self, here: &Ends) -> bool {
        let is_here = |id: &Id| here.get(&id.origin).is_some_and(|tip| id.seq <= tip.seq);
        let own: BTreeSet<Id> = self.batches.iter().flat_map(|batch| &batch.changes).map(|change| change.id).collect();
        self.erased_by.iter().all(|id| is_here(id) || own.contains(id))
    }
}

fn change(row: &Row) -> Result<SentChange, Trouble> {
    let origin = row.get::<_, String>(0).parse().map_err(|_| unreadable())?;
    let words: Option<(String, Vec<u8>)> = row.get::<_, Option<String>>(5).zip(row.get(6));
    Ok(SentChange {
        id: Id { origin, seq: number(row.get(1))? },
        lamport: number(row.get(2))?,
        words: words.map(|(body, salt)| Words { body, salt }),
        excerpt: row.get(7),
        digest: hash(row.get(3))?,
        hash: hash(row.get(4))?,
    })
}

fn batch(row: &Row, id: String, first: SentChange) -> Result<SentBatch, Trouble> {
    let author: Option<String> = row.get(13);
    let words = author.map(|author| -> Result<HeaderWords, Trouble> {
        let (at, cause): (Option<String>, Option<String>) = (row.get(14), row.get(16));
        let (at, cause) = at.zip(cause).ok_or_else(unreadable)?;
        Ok(HeaderWords { author, at, meeting: row.get(15), cause })
    });
    Ok(SentBatch {
        header: Header { id, words: words.transpose()? },
        salt: row.get(17),
        digest: hash(row.get(11))?,
        signature: Some(row.get(12)),
        changes: vec![first],
    })
}

/// Batches in pages of about [`SIZE`] changes, in the order in which they can be proved. What has erased words is in the same
/// page as what lacks them, or in an earlier one.
pub fn cut(mut batches: Vec<SentBatch>, erased_by: &BTreeMap<Id, Id>) -> Vec<Vec<SentBatch>> {
    let place = |batch: &SentBatch| batch.changes.first().map(|change| (change.lamport, change.id));
    batches.sort_by_key(place);
    let coming: BTreeSet<Id> = batches.iter().flat_map(|batch| &batch.changes).map(|change| change.id).collect();
    let mut pages: Vec<Vec<SentBatch>> = vec![Vec::new()];
    let (mut count, mut bytes, mut awaited) = (0, 0, BTreeSet::new());
    for batch in batches {
        for change in &batch.changes {
            awaited.remove(&change.id);
            bytes += change.words.as_ref().map_or(0, |words| words.body.len());
            if let (None, Some(by)) = (&change.words, erased_by.get(&change.id))
                && coming.contains(by)
            {
                awaited.insert(*by);
            }
        }
        count += batch.changes.len() as u64;
        if let Some(page) = pages.last_mut() {
            page.push(batch);
        }
        if (count >= SIZE || bytes >= BYTES) && awaited.is_empty() {
            pages.push(Vec::new());
            (count, bytes) = (0, 0);
        }
    }
    pages.retain(|page| !page.is_empty());
    pages
}
