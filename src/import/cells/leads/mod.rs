//! Lead cells → the parties of a plan, and who leads and oversees each action.

pub mod heading;
mod names;
mod parse;
mod parties;
pub mod people;
pub mod said;
mod slips;
mod split;

use std::collections::HashMap;

use crate::domain::draft::{DraftLead, DraftParty};
use crate::domain::flag::Flag;
use crate::domain::party::PartyKind;
use crate::import::words::number;
use crate::import::words::vocabulary::Vocabulary;
use crate::text::composed;
use names::Names;
use parse::Named;
use parties::Parties;

/// The cells of one action that name parties.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct LeadCells {
    pub lead: String,
    pub via: String,
    /// The agency in the heading above, to which posts without one belong.
    pub under: Option<String>,
}

impl LeadCells {
    /// With each letter and its accents as one character, because names are recognised by their letters.
    fn composed(&self) -> LeadCells {
        let under = self.under.as_deref().map(|under| composed(under).into_owned());
        LeadCells { lead: unlisted(&composed(&self.lead)), via: unlisted(&composed(&self.via)), under }
    }
}

/// "1. Police" and "2. ICB" on lines of their own, without the numbers of the list.
fn unlisted(cell: &str) -> String {
    let is_item = |found: &number::Numbered<'_>| {
        found.number.len() <= 2 && found.number.bytes().all(|byte| byte.is_ascii_digit()) && !found.text.is_empty()
    };
    let lines = cell.lines().map(|line| number::of(line).filter(is_item).map_or(line, |found| found.text));
    lines.collect::<Vec<_>>().join("\n")
}

/// Who leads an action and through whom it is overseen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    pub leads: Vec<DraftLead>,
    pub via: Vec<DraftLead>,
    pub flags: Vec<Flag>,
}

/// Reads the cells of all actions together, because a name that fills one cell is recognised inside another.
///
/// `text` is the whole document, `glossary` its acronyms with their meanings.
pub fn read(
    cells: &[LeadCells],
    glossary: &[(String, String)],
    text: &str,
    vocabulary: &Vocabulary,
) -> (Vec<DraftParty>, Vec<Who>) {
    let cells = repeated(cells);
    let (cells, places) = different(&cells);
    let text = composed(text);
    let mut names = Names::new(vocabulary, glossary, &text);
    names.has_people = people::are_named(&cells, &names);
    learn_all(&cells, &places, &mut names);
    let found: Vec<Parsed> = cells.iter().map(|(cell, _)| parse(cell, &names)).collect();
    let mut parties = Parties::new(&names);
    found.iter().flat_map(|(leads, via)| leads.iter().chain(via)).for_each(|named| parties.add(named));
    let parties = parties.folded();
    let who = found.iter().zip(&cells).map(|((leads, via), (cell, _))| Who {
        leads: assigned(leads, &parties),
        via: assigned(via, &parties),
        flags: slips::flags(leads, cell, &parties.list, &names),
    });
    let who: Vec<Who> = who.collect();
    let each = places.iter().map(|place| who.get(*place).cloned().unwrap_or_default()).collect();
    (parties.list, each)
}

/// "As above" names whoever the row above names.
fn repeated(cells: &[LeadCells]) -> Vec<LeadCells> {
    let mut all: Vec<LeadCells> = Vec::with_capacity(cells.len());
    for cell in cells {
        let is_above = ABOVE.contains(&cell.lead.trim().trim_end_matches('.').to_lowercase().as_str());
        let lead = all.last().filter(|_| is_above).map_or(&cell.lead, |above| &above.lead).clone();
        all.push(LeadCells { lead, ..cell.clone() });
    }
    all
}

/// A cell that differs from those before it, and how often it occurs.
type Different = (LeadCells, usize);

/// The different cells, each of which is read once, because most plans name the same few parties again and again; and which of
/// them each action has.
fn different(cells: &[LeadCells]) -> (Vec<Different>, Vec<usize>) {
    let (mut all, mut known): (Vec<Different>, HashMap<&LeadCells, usize>) = (Vec::new(), HashMap::new());
    let mut places = Vec::with_capacity(cells.len());
    for cell in cells {
        let place = *known.entry(cell).or_insert(all.len());
        match all.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => all.push((cell.composed(), 1)),
        }
        places.push(place);
    }
    (all, places)
}

/// Remembers the names that fill cells, in the document's order.
fn learn_all(cells: &[Different], places: &[usize], names: &mut Names<'_>) {
    let mut learned = vec![None; cells.len()];
    for place in places {
        let known = Some(names.seen());
        let (Some((cell, _)), Some(before)) = (cells.get(*place), learned.get_mut(*place)) else { continue };
        // A cell that was read with the same names known has nothing more to teach.
        if *before != known {
            *before = known;
            learn(cell, names);
        }
    }
}

/// Remembers the names that fill a cell: between separators, or in a form that marks them as one name.
fn learn(cell: &LeadCells, names: &mut Names<'_>) {
    let pieces = split::split(&cell.lead, names);
    let overseers = split::split(&cell.via, names);
    for piece in pieces.leads.iter().chain(&pieces.via).chain(&overseers.leads) {
        let body = piece.split('(').next().unwrap_or(piece);
        let is_plain = !body.split(' ').any(Names::is_acronym);
        if !is_plain || parse::names(piece, names).len() != 1 {
            continue;
        }
        names.see(piece);
        if let Some(base) = parties::base(piece, names) {
            names.see(&base);
        }
        if let Some((_, unit)) = piece.split_once(" - ").or_else(|| piece.split_once(" – ")) {
            names.see(unit);
        }
    }
}

/// The leads of a cell, and those who oversee them.
type Parsed = (Vec<Named>, Vec<Named>);

fn parse(cell: &LeadCells, names: &Names<'_>) -> Parsed {
    let (mut leads, lead) = people::taken(&cell.lead, names);
    let lead = if is_placeholder(&lead) { String::new() } else { lead };
    let pieces = split::split(&lead, names);
    let overseers = split::split(&cell.via, names);
    let all = |pieces: &[String]| pieces.iter().flat_map(|piece| parse::names(piece, names)).filter(is_named).collect();
    let mut via: Vec<Named> = all(&pieces.via);
    via.extend::<Vec<Named>>(all(&overseers.leads));
    via.extend::<Vec<Named>>(all(&overseers.via));
    for party in &mut via {
        meets(party, names);
    }
    leads.extend::<Vec<Named>>(all(&pieces.leads));
    if let Some(agency) = &cell.under {
        for named in &mut leads {
            named.belongs_to(agency, names);
        }
    }
    (leads, via)
}

/// The body that oversees an action meets, unless it is known to be an agency.
fn meets(party: &mut Named, names: &Names<'_>) {
    if party.kind == PartyKind::Agency && names.vocabulary.party(&party.name).is_none() {
        party.kind = PartyKind::Subgroup;
    }
}

/// What is written for the names above.
const ABOVE: [&str; 6] = ["as above", "see above", "same as above", "ditto", "as before", "\""];

/// What is written where no one is named.
const PLACEHOLDERS: [&str; 19] = [
    "tbc",
    "tba",
    "tbd",
    "n/a",
    "na",
    "none",
    "to be confirmed",
    "to be decided",
    "to be identified",
    "not applicable",
    "not known",
    "to be agreed",
    "unknown",
    "vacant",
    "post vacant",
    "vacancy",
    "not assigned",
    "unassigned",
    "nil",
];

fn is_named(named: &Named) -> bool {
    !is_placeholder(&named.name)
}

fn is_placeholder(text: &str) -> bool {
    PLACEHOLDERS.contains(&text.trim().trim_end_matches('.').to_lowercase().as_str())
}

fn assigned(named: &[Named], parties: &parties::Folded) -> Vec<DraftLead> {
    let mut leads: Vec<DraftLead> = Vec::new();
    for named in named {
        if let Some(party) = parties.place(named).filter(|party| !leads.iter().any(|lead| lead.party == *party)) {
            leads.push(DraftLead { party, raw: named.raw.clone() });
        }
    }
    leads
}

#[cfg(test)]
mod tests;
