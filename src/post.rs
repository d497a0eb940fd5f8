//! Chasing the leads: the drafts are written to a folder, and the register records who was asked.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::chasing::{self, Draft};
use crate::desk::{Desk, Written};
use crate::domain::chase::{Letter, letters};
use crate::domain::filter::Filter;
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::rules;
use crate::env::Env;
use crate::problem::Problem;
use crate::report::{Material, Options};
use crate::writing;

/// Whom to ask, and about what.
#[derive(Clone, Debug, Default)]
pub struct Chase {
    /// How many days ahead an action is due that is asked about.
    pub days: u64,
    /// The only party to ask.
    pub only: Option<Id>,
    /// By when to answer.
    pub by: Option<NaiveDate>,
    /// To whom.
    pub contact: String,
    /// Another marking than that of the plans.
    pub marking: Option<String>,
}

/// What chasing did.
pub struct Outcome {
    pub letters: Vec<Letter>,
    /// The file of each letter.
    pub files: Vec<PathBuf>,
    pub written: Written,
}

/// What would be asked.
pub fn preview(desk: &Desk, chase: &Chase, today: NaiveDate) -> Result<Vec<Letter>, Problem> {
    rules::board_only(desk.register(), "Ask the board to write to the leads.")?;
    let letters = letters(desk.register(), today, chase.days, chase.only);
    if letters.is_empty() {
        let whose = chase.only.map(|party| format!(" of {}", desk.register().party_name(party))).unwrap_or_default();
        let why = format!("nothing{whose} is overdue, due within {} days or waiting for an answer", chase.days);
        return Err(Problem::new("Nobody is to be asked", why, ""));
    }
    Ok(letters)
}

/// Writes the drafts, and then records that the leads were asked: what could not be written was not asked.
pub fn chase(desk: &mut Desk, chase: &Chase, folder: &Path, env: &Env) -> Result<Outcome, Problem> {
    let letters = preview(desk, chase, env.today)?;
    let drafts = drafts(desk, chase, &letters, env.today)?;
    let files: Vec<PathBuf> = drafts.iter().map(|draft| folder.join(&draft.name)).collect();
    free(folder, &files)?;
    for (file, draft) in files.iter().zip(&drafts) {
        writing::whole(file, &draft.bytes)?;
    }
    let each = letters.iter().flat_map(|letter| letter.actions.iter().map(|(action, _)| (*action, letter.party)));
    let intent = Intent::Ask { asked: each.collect(), by: chase.by };
    let written = desk.write(&intent, env).map_err(|problem| Problem {
        hint: format!("The drafts are in {}, but it is not recorded that anyone was asked.", folder.display()),
        ..problem
    })?;
    Ok(Outcome { letters, files, written })
}

fn drafts(desk: &Desk, chase: &Chase, letters: &[Letter], today: NaiveDate) -> Result<Vec<Draft>, Problem> {
    let options = Options {
        return_by: chase.by,
        contact: chase.contact.trim().to_owned(),
        marking: chase.marking.clone(),
        record: desk.store().head(),
        ..Options::default()
    };
    let filter = Filter::default();
    let (register, options) = (desk.register(), &options);
    chasing::drafts(&Material { register, log: &[], told: &[], today, filter: &filter, options }, letters)
}

/// The folder, made where there is none, with no file of these names in it: a draft may have been altered by hand.
fn free(folder: &Path, files: &[PathBuf]) -> Result<(), Problem> {
    if let Err(error) = fs::create_dir_all(folder) {
        let what = format!("Could not make the folder {}", folder.display());
        return Err(Problem::new(what, error.to_string(), "Name another folder."));
    }
    match files.iter().find(|file| file.symlink_metadata().is_ok()) {
        None => Ok(()),
        Some(file) => {
            let why = format!("{} is there already, and may have been altered by hand", file.display());
            Err(Problem::new("Nothing was written", why, "Name another folder, or delete the drafts first."))
        }
    }
}
