//! Under whose name rows are on the hub. It can prove no signature itself, and any laptop of a board can send rows of any copy:
//! so a role claims a copy with a signature by its key, and whoever meets rows that part from its own looks who signed them.

use postgres::{Client, GenericClient};

use super::connection::{Hub, Member};
use super::ends::{self, hash, number, unreadable};
use super::trouble::Trouble;
use crate::desk::Desk;
use crate::domain::id::{Id, Origin};
use crate::files;
use crate::problem::Problem;
use crate::store::{self, Store};

/// What a role says of itself on the hub.
struct Claim {
    role: String,
    computer: String,
    signature: Vec<u8>,
    is_ours: bool,
}

/// Rows under a copy's name that it has not signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forged {
    pub origin: Origin,
    pub computer: String,
    /// The role that sent them.
    pub sender: String,
}

impl Forged {
    pub fn sentence(&self) -> String {
        format!(
            "The role {} has sent rows to the hub under the name of the copy on {} (origin {}), which did not sign them. They \
             were left out, and nothing is sent until whoever runs the hub has removed them (docs/HUB.md says how)",
            self.sender, self.computer, self.origin
        )
    }
}

/// What is signed: which role writes to which board as which copy.
fn who(board: &str, origin: Origin, role: &str) -> String {
    format!("{board} {origin} {role}")
}

/// Refuses where another laptop already writes to the board under the name of this copy, and can prove it; what cannot be proved
/// is told.
pub fn claim(hub: &mut Hub, desk: &Desk, member: &Member) -> Result<Vec<String>, Problem> {
    let own = desk.store().origin();
    let Some(began) = desk.store().began()?.remove(&own).filter(|_| member.writes) else { return Ok(Vec::new()) };
    let board = &member.board;
    let (mut told, mut is_noted) = (Vec::new(), false);
    for claim in hub.patiently(|client| claims(client, board, own))? {
        if claim.is_ours {
            is_noted = true;
        } else if !store::has_claimed(&began.key, &who(board, own, &claim.role), &claim.signature) {
            told.push(format!(
                "The role {} says on the hub that it writes as this copy (origin {own}), and cannot prove it. That counts for \
                 nothing; show this to whoever runs the hub",
                claim.role
            ));
        } else if !is_noted {
            return Err(taken(&claim, own));
        }
    }
    if !is_noted {
        let signature = desk.store().claim(&who(board, own, &hub.user)).to_vec();
        let computer = files::computer_name();
        hub.patiently(|client| note(client, board, own, (&computer, &signature)))?;
    }
    Ok(told)
}

/// The first comes first.
fn claims(client: &mut Client, board: &str, origin: Origin) -> Result<Vec<Claim>, Trouble> {
    let sql = "SELECT role, computer, signature, role = current_user FROM arising.writer
               WHERE board = $1 AND origin = $2 ORDER BY at, role";
    let claim = |row: &postgres::Row| Claim {
        role: row.get(0),
        computer: row.get(1),
        signature: row.get(2),
        is_ours: row.get(3),
    };
    Ok(client.query(sql, &[&board, &origin.to_string()])?.iter().map(claim).collect())
}

fn taken(Claim { role, computer, .. }: &Claim, own: Origin) -> Problem {
    let why = format!("the laptop {computer} ({role}) already writes as this copy (origin {own})");
    let hint = "Its data folder or its register was copied to this computer. Move this register to another folder and \
                open it there: it then writes under a name of its own. If that laptop only has another role now, whoever runs \
                the hub frees the name (docs/HUB.md says how).";
    Problem::new("Nothing was sent", why, hint)
}

fn note(client: &mut Client, board: &str, origin: Origin, (computer, signature): (&str, &[u8])) -> Result<(), Trouble> {
    // Before the copy's first change is there, the hub does not know whose it is; then the next push notes it.
    let sql = "INSERT INTO arising.writer (board, origin, computer, signature)
               SELECT $1, o.id, $3, $4 FROM arising.origin o WHERE o.board = $1 AND o.id = $2 ON CONFLICT DO NOTHING";
    client.execute(sql, &[&board, &origin.to_string(), &computer, &signature])?;
    Ok(())
}

/// Of a copy with one history here and another on the hub: who sent the first batch there that is not here, if the copy itself
/// did not sign it. One that it signed is a second history of its own.
pub fn forged(
    client: &mut impl GenericClient,
    (board, store): (&str, &Store),
    ends::Parted { origin, computer }: &ends::Parted,
) -> Result<Option<Forged>, Trouble> {
    let sql = "SELECT b.last, c.hash, b.signature, b.sender FROM arising.batch b
               JOIN arising.change c ON c.board = $1 AND c.origin = $2 AND c.seq = b.last
               WHERE b.board = $1 AND b.origin = $2 ORDER BY b.last";
    let began = store.began()?;
    for row in client.query(sql, &[&board, &origin.to_string()])? {
        let there = hash(row.get(1))?;
        let id = Id { origin: *origin, seq: number(row.get(0))? };
        if store.hash_at(id)? != Some(there) {
            let key = began.get(origin).ok_or_else(unreadable)?.key;
            let is_signed = store::has_signed(&key, &there, row.get(2));
            let forged = Forged { origin: *origin, computer: computer.clone(), sender: row.get(3) };
            return Ok((!is_signed).then_some(forged));
        }
    }
    Ok(None)
}

/// The role that sent the first batch of a copy that is not here.
pub fn sender(client: &mut Client, board: &str, origin: Origin, here: u64) -> Result<Option<String>, Trouble> {
    let sql = "SELECT sender FROM arising.batch WHERE board = $1 AND origin = $2 AND last > $3 ORDER BY last LIMIT 1";
    let after = super::push::sql(here);
    Ok(client.query_opt(sql, &[&board, &origin.to_string(), &after])?.map(|row| row.get(0)))
}
