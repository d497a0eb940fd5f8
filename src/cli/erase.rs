//! `erase`: words that the law requires to be erased, for ever, on a ground that the record keeps.

use std::path::PathBuf;

use clap::Args;

use super::context::Context;
use super::gate;
use super::page::Page;
use super::reference;
use crate::domain::erasing::{self, Erasing};
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::text::{self, counted};

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising erase 7.1 --entry 2 --ground 'Request of 3 Nov, granted by the board'
  arising erase --words 'Mrs Smith' --ground 'Article 17 request of 3 Nov'
  arising erase 7.1 --ground 'Not ours to keep' --backups --yes

Nothing brings erased words back. What stays is that they were erased, by whom, when and on what ground, and everything that is not
a text: ratings, dates, who leads. The erasure reaches other copies when they are merged. Printed minutes, exported reports and
bundles that were given away still hold the words.")]
pub struct Erase {
    /// Action whose texts are erased
    #[arg(value_name = "REF", required_unless_present = "words", conflicts_with = "words")]
    pub reference: Option<String>,
    /// Only this progress entry, counted as `arising show` lists them
    #[arg(long, value_name = "N", requires = "reference")]
    pub entry: Option<usize>,
    /// These words, wherever they stand in the register
    #[arg(long, value_name = "TEXT")]
    pub words: Option<String>,
    /// On what ground; the record keeps it
    #[arg(long, value_name = "TEXT", required = true)]
    pub ground: String,
    /// Also remove the backups on this computer that still hold the words
    #[arg(long)]
    pub backups: bool,
    /// Do not ask
    #[arg(long)]
    pub yes: bool,
}

pub fn erase(context: &Context, args: &Erase) -> Result<String, Problem> {
    let mut desk = context.change()?;
    let erasing = meant(desk.register(), args)?;
    let changes = desk.would_erase(&erasing, &args.ground)?;
    if !args.yes {
        agree(&erasing, desk.register(), changes)?;
    }
    let erased = desk.erase(&erasing, &args.ground, &context.clock.env())?;
    let mut page = context.page();
    page.line(&format!("{}.", erasing::told(desk.register(), &erasing, erased.changes, 0)));
    if args.backups && !erased.copies.is_empty() {
        desk.remove_copies(&erased.copies)?;
        page.line(&format!("Removed {} that held the words.", counted(erased.copies.len(), "backup")));
    } else if !erased.copies.is_empty() {
        copies(&mut page, &erased.copies);
    }
    if !erased.others.is_empty() {
        page.line("Other copies beside the register hold the words until the erasure is merged into them, or you remove them:");
        erased.others.iter().for_each(|file| page.line(&format!("  {}", file.display())));
    }
    page.line(
        "Printed minutes, exported reports, bundles, and other copies until they are merged still hold the words.",
    );
    Ok(page.finish())
}

fn copies(page: &mut Page, copies: &[PathBuf]) {
    let (hold, they) = if copies.len() == 1 { ("holds", "It goes") } else { ("hold", "They go") };
    page.line(&format!("{} on this computer still {hold} the words:", counted(copies.len(), "backup")));
    for copy in copies {
        page.line(&format!("  {}", copy.display()));
    }
    page.line(&format!("{they} with `--backups`, or in time, as newer backups are made."));
}

fn meant(register: &Register, args: &Erase) -> Result<Erasing, Problem> {
    if let Some(words) = &args.words {
        return Ok(Erasing::Words(words.clone()));
    }
    let action = reference::find(register, args.reference.as_deref().unwrap_or_default())?;
    let Some(number) = args.entry else { return Ok(Erasing::Action(action.id)) };
    let entry = number.checked_sub(1).and_then(|at| action.progress().nth(at));
    entry.map(|entry| Erasing::Entry(entry.id)).ok_or_else(|| {
        let (reference, count) = (register.reference(action), action.progress().count());
        let why = format!("{reference} has no progress entry {number}: there are {count}");
        Problem::new("Nothing was erased", why, "`arising show` lists them.")
    })
}

/// Asks twice at a terminal; elsewhere refuses, and names the option.
fn agree(erasing: &Erasing, register: &Register, changes: usize) -> Result<(), Problem> {
    let what = quoted(erasing, register);
    let first = format!("{what}\nThis is in {}. Erase it?", counted(changes, "change"));
    let kept = || Problem::new("Nothing was erased", "", "");
    match gate::ask(&first) {
        None => Err(Problem::new(
            "Nothing was erased",
            "there is no terminal to ask at",
            "To erase without being asked: --yes.",
        )),
        Some(false) => Err(kept()),
        Some(true) => match gate::ask("Nothing brings it back. Erase it for ever?") {
            Some(true) => Ok(()),
            Some(false) | None => Err(kept()),
        },
    }
}

fn quoted(erasing: &Erasing, register: &Register) -> String {
    match erasing {
        Erasing::Entry(id) => {
            let said = register.entry(*id).map(|(_, entry)| text::flat(&entry.said.text)).unwrap_or_default();
            format!("{}: “{said}”", text::capital(&erasing.label(register)))
        }
        Erasing::Action(_) => text::capital(&erasing.label(register)),
        Erasing::Words(words) => format!("“{words}”, wherever it stands"),
    }
}
