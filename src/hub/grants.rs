//! What agencies may have: the board's laptops work it out, exactly as for an agency copy, and the hub gives no more.

use std::collections::{BTreeMap, BTreeSet};

use postgres::GenericClient;

use super::connection::{Hub, Member};
use super::ends::{Ends, number, unreadable};
use super::push::sql;
use super::trouble::{Trouble, refused};
use crate::desk::Desk;
use crate::domain::agency_copy::AgencyCopy;
use crate::domain::change::Batch;
use crate::domain::id::{Id, Origin};
use crate::problem::Problem;
use crate::store::{self, Copied, Sent};

/// What a party was given of one change: all its words, or this excerpt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    pub id: Id,
    pub batch: String,
    pub excerpt: Option<String>,
}

/// What a party was given of each change, at last.
pub fn newest(client: &mut impl GenericClient, board: &str, party: Id) -> Result<BTreeMap<Id, Grant>, Trouble> {
    let sql = "SELECT DISTINCT ON (origin, seq) origin, seq, batch, excerpt FROM arising.grant_
               WHERE board = $1 AND party = $2 ORDER BY origin, seq, (excerpt IS NULL) DESC, known DESC";
    let mut all = BTreeMap::new();
    for row in client.query(sql, &[&board, &party.to_string()])? {
        let origin = row.get::<_, String>(0).parse().map_err(|_| unreadable())?;
        let id = Id { origin, seq: number(row.get(1))? };
        all.insert(id, Grant { id, batch: row.get(2), excerpt: row.get(3) });
    }
    Ok(all)
}

/// How many grants a party has, and the newest: if neither has changed, nothing was given since.
pub fn mark(client: &mut impl GenericClient, board: &str, party: Id) -> Result<String, Trouble> {
    let sql = "SELECT count(*), coalesce(max(known), 0) FROM arising.grant_ WHERE board = $1 AND party = $2";
    let row = client.query_one(sql, &[&board, &party.to_string()])?;
    Ok(format!("{} {}", row.get::<_, i64>(0), row.get::<_, i64>(1)))
}

/// For whom an agency's copy is, and what the board had when it was last given something.
pub fn given(hub: &mut Hub, member: &Member, party: Id) -> Result<Copied, Problem> {
    let sql =
        "SELECT name, actions, tips FROM arising.given_ WHERE board = $1 AND party = $2 ORDER BY known DESC LIMIT 1";
    let found = hub.patiently(|client| Ok(client.query_opt(sql, &[&member.board, &party.to_string()])?))?;
    let Some(row) = found else {
        let why = format!("the board {} has given this agency nothing yet", member.name);
        return Err(
            refused(why, "Once an action concerns it, the next sync of a laptop of the board gives it.").problem()
        );
    };
    let given = store::parse_ends(row.get(2)).ok_or_else(|| unreadable().problem())?;
    let actions = number(row.get(1)).map_err(Trouble::problem)?;
    Ok(Copied { of: AgencyCopy { party, name: row.get(0), actions }, given })
}

/// The parties of which a laptop may use this board.
fn parties(client: &mut impl GenericClient, board: &str) -> Result<BTreeSet<Id>, Trouble> {
    let sql = "SELECT DISTINCT party FROM arising.member WHERE board = $1 AND party IS NOT NULL";
    client.query(sql, &[&board])?.iter().map(|row| row.get::<_, String>(0).parse().map_err(|_| unreadable())).collect()
}

/// Which parties there are, in one line: with the ends, that decides what is to be given.
pub fn to_whom(hub: &mut Hub, board: &str) -> Result<BTreeSet<Id>, Problem> {
    Ok(hub.patiently(|client| parties(client, board))?)
}

/// Gives every party what concerns it and it was not given yet. Returns how much that was.
pub fn give(
    hub: &mut Hub,
    desk: &mut Desk,
    member: &Member,
    parties: &BTreeSet<Id>,
    here: &Ends,
) -> Result<usize, Problem> {
    let log = desk.store().log()?;
    let mut count = 0;
    for party in parties {
        count += give_one(hub, desk, member, (*party, &log), here)?;
    }
    Ok(count)
}

fn give_one(
    hub: &mut Hub,
    desk: &mut Desk,
    member: &Member,
    (party, log): (Id, &[Batch]),
    here: &Ends,
) -> Result<usize, Problem> {
    let board = &member.board;
    let there = hub.patiently(|client| newest(client, board, party))?;
    let had = there.values().filter(|grant| grant.excerpt.is_none()).map(|grant| grant.id).collect();
    // Nothing concerns it yet.
    let Some((of, sent)) = desk.as_given(log, party, had)? else { return Ok(0) };
    let own = own_of(desk, party)?;
    let known = sql(here.values().map(|tip| tip.seq).sum());
    let done = hub.patiently(|client| {
        let mut open = client.transaction()?;
        let there = newest(&mut open, board, party)?;
        let new: Vec<Grant> = wanted(&sent, &own).into_iter().filter(|grant| is_new(&there, grant)).collect();
        if let Some(of) = &of {
            note_given(&mut open, board, (of, here), known, !new.is_empty())?;
        }
        insert(&mut open, board, party, known, &new)?;
        open.commit()?;
        Ok(new.len())
    })?;
    Ok(done)
}

/// What the party itself wrote it has.
fn own_of(desk: &Desk, party: Id) -> Result<BTreeSet<Origin>, Problem> {
    let all = desk.store().began()?.into_values();
    Ok(all.filter(|began| began.party == Some(party)).map(|began| began.origin).collect())
}

fn wanted(sent: &Sent, own: &BTreeSet<Origin>) -> Vec<Grant> {
    let mut all = Vec::new();
    for batch in &sent.batches {
        for change in batch.changes.iter().filter(|change| !own.contains(&change.id.origin)) {
            if change.words.is_some() || change.excerpt.is_some() {
                let excerpt = change.excerpt.clone();
                all.push(Grant { id: change.id, batch: batch.header.id.clone(), excerpt });
            }
        }
    }
    all
}

/// All the words are never taken back; an excerpt is given again where it now says something else.
fn is_new(there: &BTreeMap<Id, Grant>, grant: &Grant) -> bool {
    there.get(&grant.id).is_none_or(|known| known.excerpt.is_some() && known.excerpt != grant.excerpt)
}

fn insert(client: &mut impl GenericClient, board: &str, party: Id, known: i64, new: &[Grant]) -> Result<(), Trouble> {
    let origins: Vec<String> = new.iter().map(|grant| grant.id.origin.to_string()).collect();
    let seqs: Vec<i64> = new.iter().map(|grant| sql(grant.id.seq)).collect();
    let batches: Vec<&str> = new.iter().map(|grant| grant.batch.as_str()).collect();
    let excerpts: Vec<Option<&str>> = new.iter().map(|grant| grant.excerpt.as_deref()).collect();
    let insert = "INSERT INTO arising.grant_ (board, party, known, origin, seq, batch, excerpt)
                  SELECT $1, $2, $3, * FROM unnest($4::text[], $5::int8[], $6::text[], $7::text[])
                  ON CONFLICT DO NOTHING";
    client.execute(insert, &[&board, &party.to_string(), &known, &origins, &seqs, &batches, &excerpts])?;
    Ok(())
}

fn note_given(
    client: &mut impl GenericClient,
    board: &str,
    (of, here): (&AgencyCopy, &Ends),
    known: i64,
    has_more: bool,
) -> Result<(), Trouble> {
    let party = of.party.to_string();
    let sql_text =
        "SELECT name, actions FROM arising.given_ WHERE board = $1 AND party = $2 ORDER BY known DESC LIMIT 1";
    let last = client.query_opt(sql_text, &[&board, &party])?;
    let actions = sql(of.actions);
    let is_told = last.is_some_and(|row| row.get::<_, String>(0) == of.name && row.get::<_, i64>(1) == actions);
    if is_told && !has_more {
        return Ok(());
    }
    let insert = "INSERT INTO arising.given_ (board, party, known, name, actions, tips)
                  VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    client.execute(insert, &[&board, &party, &known, &of.name, &actions, &store::print_ends(here)])?;
    Ok(())
}
