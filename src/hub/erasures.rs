//! Erasures on the hub: what is erased here goes there too, and wins over words that come later.

use std::collections::HashMap;

use postgres::{Client, GenericClient, Transaction};

use super::ends::{number, unreadable};
use super::push::sql;
use super::trouble::Trouble;
use crate::domain::id::Id;
use crate::store::Erasure;

/// Records these erasures where the hub has the change and what erased it; `settled` where this laptop knows every change there.
pub fn record(open: &mut Transaction<'_>, board: &str, erasures: &[Erasure], settled: bool) -> Result<(), Trouble> {
    let sql_text = "SELECT arising.erase($1, c.origin, c.seq, b.origin, b.seq, $6, $7)
                    FROM arising.change c JOIN arising.change b ON b.board = $1 AND b.origin = $4 AND b.seq = $5
                    WHERE c.board = $1 AND c.origin = $2 AND c.seq = $3";
    for Erasure { id, by, body } in erasures {
        let (own, other) = (id.origin.to_string(), by.origin.to_string());
        open.query(sql_text, &[&board, &own, &sql(id.seq), &other, &sql(by.seq), &body, &settled])?;
    }
    Ok(())
}

/// Brings the hub's erasures up to what this register says, which knows every change there. Returns how many were told.
pub fn settle(client: &mut Client, board: &str, here: &[Erasure]) -> Result<usize, Trouble> {
    if here.is_empty() {
        return Ok(0);
    }
    let there = on_hub(client, board)?;
    let is_told = |erasure: &&Erasure| there.get(&erasure.id) == Some(&(erasure.by, erasure.body.clone()));
    let untold: Vec<Erasure> = here.iter().filter(|erasure| !is_told(erasure)).cloned().collect();
    if !untold.is_empty() {
        let mut open = client.transaction()?;
        record(&mut open, board, &untold, true)?;
        open.commit()?;
    }
    Ok(untold.len())
}

fn on_hub(client: &mut impl GenericClient, board: &str) -> Result<HashMap<Id, (Id, String)>, Trouble> {
    let sql = "SELECT origin, seq, by_origin, by_seq, body FROM arising.erased WHERE board = $1";
    let mut all = HashMap::new();
    for row in client.query(sql, &[&board])? {
        let id = |at: usize| -> Result<Id, Trouble> {
            let origin = row.get::<_, String>(at).parse().map_err(|_| unreadable())?;
            Ok(Id { origin, seq: number(row.get(at + 1))? })
        };
        all.insert(id(0)?, (id(2)?, row.get(4)));
    }
    Ok(all)
}
