//! Joining: a register begins to use a hub, or a new one is made from what the hub has.

use std::path::Path;

use super::connection::{Hub, Member};
use super::grants;
use super::trouble::refused;
use crate::desk::Desk;
use crate::problem::Problem;
use crate::store::{Access, Places, Store};

/// What joining came to.
pub struct Joined {
    pub desk: Desk,
    pub member: Member,
    /// Whether the register was made for it, and is still empty.
    pub is_new: bool,
}

/// Opens the register, or makes an empty one for the board that this role is a member of.
pub fn join(hub: &mut Hub, register: &Path, board: Option<&str>, places: &Places) -> Result<Joined, Problem> {
    if register.exists() {
        let desk = Desk::open_in(register, Access::ReadWrite, places)?;
        let member = hub.board(desk.store().uuid())?;
        fits(&desk, &member)?;
        return Ok(Joined { desk, member, is_new: false });
    }
    let member = chosen(hub.boards()?, board, &hub.user)?;
    let copy = member.party.map(|party| grants::given(hub, &member, party)).transpose()?;
    let store = Store::create_of(register, &member.board, copy.as_ref(), places)?;
    Ok(Joined { desk: Desk::over(store)?, member, is_new: true })
}

fn chosen(boards: Vec<Member>, named: Option<&str>, user: &str) -> Result<Member, Problem> {
    let fits = |member: &Member| named.is_none_or(|named| member.name == named || member.board == named);
    let all: Vec<String> = boards.iter().map(|member| member.name.clone()).collect();
    let mut fitting = boards.into_iter().filter(|member| member.writes).filter(fits);
    match (fitting.next(), fitting.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => {
            let why = if all.is_empty() {
                format!("the role {user} is a member of no such board")
            } else {
                format!("the role {user} may only read, or is a member of no such board ({})", all.join(", "))
            };
            Err(refused(why, "Whoever runs the hub makes it one: arising hub laptop.").problem())
        }
        (Some(_), Some(_)) => {
            let why = format!("the role {user} is a member of several boards: {}", all.join(", "));
            Err(refused(why, "Name one: --board NAME.").problem())
        }
    }
}

/// The whole register for a laptop of the board, an agency's copy for the agency's.
pub fn fits(desk: &Desk, member: &Member) -> Result<(), Problem> {
    if !member.writes {
        let hint = "Whoever runs the hub makes one for a laptop: arising hub laptop.";
        return Err(refused("this role may only read", hint).problem());
    }
    let copy = desk.store().agency_copy()?;
    let why = match (&copy, member.party) {
        (None, None) => return Ok(()),
        (Some(copy), Some(party)) if copy.party == party => return Ok(()),
        (None, Some(_)) => "this is the whole register, and the role is an agency's".to_owned(),
        (Some(copy), None) => format!("this is the agency copy for {}, and the role is the board's", copy.name),
        (Some(copy), Some(_)) => format!("this is the agency copy for {}, and the role is another agency's", copy.name),
    };
    let hint = "Begin a register for that role: arising --register NEW.sqlite hub join URL.";
    Err(refused(why, hint).problem())
}
