//! What this computer notes of a hub, in the data folder and not in the register: where it is, and what was seen there. Never a
//! password.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::address::Address;
use super::ends::Ends;
use crate::domain::id::Origin;
use crate::files::private_folder;
use crate::problem::Problem;
use crate::store;
use crate::writing;

/// The note for one register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub address: String,
    /// The file with the password, if the user named one.
    pub password_file: Option<PathBuf>,
    /// The ends of all chains that were last seen there.
    #[serde(default)]
    seen: String,
    /// When that was.
    #[serde(default)]
    pub at: Option<String>,
    /// What an agency had been given then, or what a laptop of the board had given to agencies.
    #[serde(default)]
    pub given: String,
    /// Copies whose rows there do not fit, as found by the last full sync.
    #[serde(default)]
    left_out: Vec<String>,
}

impl Note {
    pub fn new(address: &Address, password_file: Option<PathBuf>) -> Note {
        Note { address: address.to_string(), password_file, ..Note::default() }
    }

    fn file(data: &Path, uuid: &str) -> PathBuf {
        data.join("hubs").join(format!("{uuid}.json"))
    }

    /// The hub of a register; a problem where none was joined.
    pub fn of(data: &Path, uuid: &str) -> Result<Note, Problem> {
        let text = fs::read_to_string(Note::file(data, uuid)).map_err(|_| {
            let hint = "Join one first: arising hub join postgresql://…";
            Problem::new("The hub was not used", format!("this register ({uuid}) has joined none"), hint)
        })?;
        serde_json::from_str(&text).map_err(|_| {
            Problem::new(
                "The hub was not used",
                "the note about it cannot be read",
                "Join it again: arising hub join URL.",
            )
        })
    }

    pub fn address(&self) -> Result<Address, Problem> {
        self.address.parse()
    }

    pub fn keep(&self, data: &Path, uuid: &str) -> Result<(), Problem> {
        let file = Note::file(data, uuid);
        let failed = |error: std::io::Error| Problem::new("The hub was not noted", error.to_string(), "");
        file.parent().map_or(Ok(()), private_folder).map_err(failed)?;
        let text = serde_json::to_string_pretty(self).map_err(|error| failed(error.into()))?;
        writing::whole(&file, format!("{text}\n").as_bytes())
    }

    pub fn seen(&self) -> Ends {
        store::parse_ends(&self.seen).unwrap_or_default()
    }

    pub fn left_out(&self) -> Vec<Origin> {
        self.left_out.iter().filter_map(|origin| origin.parse().ok()).collect()
    }

    pub fn leave_out(&mut self, origin: Origin) {
        self.left_out.push(origin.to_string());
    }

    /// They are looked at anew: whoever runs the hub may have removed what did not fit.
    pub fn forget_left_out(&mut self) {
        self.left_out.clear();
    }

    pub fn see(&mut self, ends: &Ends) {
        self.seen = store::print_ends(ends);
    }
}
