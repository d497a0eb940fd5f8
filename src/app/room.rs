//! What the chair's screen tells the window that the room looks at: where it is, and never what is typed on it.

use std::fmt;
use std::str::FromStr;

use super::message::World;
use super::model::{Curtain, Model};
use super::overlay::Overlay;
use super::overlay::choice::Chosen;
use super::overlay::line::Purpose;
use super::screen::walk::Walk;
use crate::domain::id::{Id, NotAnId};

/// Where the chair's screen is, as far as the room is concerned.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Spot {
    /// On this action.
    Action(Id),
    /// On nothing that the room should follow: it searches, looks back, reads a report, or is not there.
    #[default]
    Calm,
    /// Blanked.
    Blank,
}

impl Spot {
    pub fn of(model: &Model, world: World<'_>) -> Spot {
        if model.curtain == Curtain::Drawn {
            return Spot::Blank;
        }
        let is_elsewhere = model.past.is_some() || model.overlays.iter().any(is_search);
        let action = model.screen.walk().filter(|_| !is_elsewhere).and_then(Walk::action);
        action.filter(|id| world.register.action(*id).is_some()).map_or(Spot::Calm, Spot::Action)
    }
}

/// Whether the list is being searched: the cursor then jumps with every letter.
fn is_search(overlay: &Overlay) -> bool {
    match overlay {
        Overlay::Line(line) => line.purpose != Purpose::ImportPath,
        Overlay::Choice(choice) => choice.items.iter().any(|option| matches!(option.chosen, Chosen::Party(_))),
        Overlay::Reading(_) => true,
        Overlay::Form(_) | Overlay::Help(_) | Overlay::Splitting(_) => false,
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Spot::Action(id) => write!(f, "action {id}"),
            Spot::Calm => f.write_str("calm"),
            Spot::Blank => f.write_str("blank"),
        }
    }
}

impl FromStr for Spot {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Spot, NotAnId> {
        match text {
            "calm" => Ok(Spot::Calm),
            "blank" => Ok(Spot::Blank),
            _ => text.strip_prefix("action ").ok_or(NotAnId)?.parse().map(Spot::Action),
        }
    }
}
