//! `arising party addresses`: a two-column list of names and addresses, each row of which is told.

use std::path::Path;

use super::Answer;
use super::context::Context;
use super::edit::{done, is_like};
use crate::domain::id::Id;
use crate::domain::intent::Intent;
use crate::domain::party::Party;
use crate::domain::register::Register;
use crate::domain::rules;
use crate::import::{Options, child};
use crate::problem::Problem;

/// What a row of the list says.
enum Row {
    Taken {
        party: Id,
        told: String,
        address: String,
    },
    /// A heading, or nothing.
    Nothing,
}

pub fn import(context: &Context, file: &Path, is_dry_run: bool) -> Result<Answer, Problem> {
    context.only_now()?;
    let options = Options { today: context.today(), ..Options::default() };
    let list = child::rows(file, &options)?;
    let mut desk = context.change()?;
    let (mut answer, mut of) = (Answer::default(), Vec::<(Id, String)>::new());
    let mut page = context.page();
    for (place, cells) in list.iter().enumerate() {
        match row(desk.register(), cells, place) {
            Ok(Row::Taken { party, told, address }) => {
                page.line(&told);
                add(&mut of, party, &address);
            }
            Ok(Row::Nothing) => {}
            Err(problem) => answer.problems.push(problem),
        }
    }
    answer.text = page.finish();
    if of.is_empty() {
        let hint = "The list has a name and an address on each row.";
        answer.problems.push(Problem::new("No address was taken", "no row of the list could be taken", hint));
    } else if is_dry_run {
        answer.text.push_str("Nothing was changed: this was a dry run.\n");
    } else {
        let written = desk.write(&Intent::Address { of }, &context.clock.env())?;
        let saved = done(context, &desk, &written);
        answer.text.push_str(&saved.text);
        answer.notes.extend(saved.notes);
    }
    Ok(answer)
}

/// Two rows of one party give it two addresses.
fn add(of: &mut Vec<(Id, String)>, party: Id, address: &str) {
    match of.iter_mut().find(|(known, _)| *known == party) {
        Some((_, known)) if known.split(", ").any(|one| one == address) => {}
        Some((_, known)) => known.extend([", ", address]),
        None => of.push((party, address.to_owned())),
    }
}

fn row(register: &Register, cells: &[String], place: usize) -> Result<Row, Problem> {
    let mut filled = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
    let (Some(name), written) = (filled.next(), filled.next().unwrap_or_default()) else { return Ok(Row::Nothing) };
    let called: Vec<&Party> = visible(register).filter(|party| party.is_called(name)).collect();
    // A heading names no party and has no address.
    if place == 0 && called.is_empty() && !written.contains('@') {
        return Ok(Row::Nothing);
    }
    let not = |why: String, hint: String| Problem::new(format!("Row {} was not taken", place + 1), why, hint);
    if written.is_empty() {
        return Err(not(format!("there is no address beside “{name}”"), "Write it in the second column.".into()));
    }
    let address = rules::addresses(written)
        .map_err(|why| not(why, "Write it as name@example.org; several are separated by commas.".into()))?;
    let exact: Vec<&Party> = called.iter().copied().filter(|party| party.name() == name).collect();
    match if exact.is_empty() { &called[..] } else { &exact[..] } {
        [party] => {
            let told = format!("{}: {address}", party.name());
            Ok(Row::Taken { party: party.id, told, address })
        }
        [] => Err(not(format!("no agency is called “{name}”"), instead(register, name))),
        several => {
            let names: Vec<&str> = several.iter().map(|party| party.name()).collect();
            let why = format!("“{name}” may mean {}", names.join(" or "));
            Err(not(why, "Write the name in full, or say that they are one agency: arising party same.".into()))
        }
    }
}

fn instead(register: &Register, name: &str) -> String {
    match visible(register).find(|party| is_like(name, party.name())) {
        Some(party) => format!("If you mean {}, write that in the list.", party.name()),
        None => "`arising parties` lists them.".into(),
    }
}

fn visible(register: &Register) -> impl Iterator<Item = &Party> {
    register.parties.iter().filter(|party| !register.is_hidden(party.id))
}
