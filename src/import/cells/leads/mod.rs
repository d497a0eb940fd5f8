//! Lead cells → the parties of a plan, and who leads and oversees each action.

pub mod heading;
mod names;
mod parse;
mod parties;
pub mod people;
mod slips;
mod split;

use crate::domain::draft::{DraftLead, DraftParty};
use crate::domain::flag::Flag;
use crate::domain::party::PartyKind;
use crate::import::words::vocabulary::Vocabulary;
use crate::text::composed;
use names::Names;
use parse::Named;
use parties::Parties;

/// The cells of one action that name parties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cells {
    pub lead: String,
    pub via: String,
}

impl Cells {
    /// With each letter and its accents as one character, because names are told by their letters.
    fn composed(&self) -> Cells {
        Cells { lead: composed(&self.lead).into_owned(), via: composed(&self.via).into_owned() }
    }
}

/// Who leads an action and through whom it is overseen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    pub leads: Vec<DraftLead>,
    pub via: Vec<DraftLead>,
    pub flags: Vec<Flag>,
}

/// Reads the cells of all actions together, because what stands alone in one is how a name in another is recognised.
///
/// `text` is the whole document, `glossary` its acronyms with their meanings.
pub fn read(
    cells: &[Cells],
    glossary: &[(String, String)],
    text: &str,
    vocabulary: &Vocabulary,
) -> (Vec<DraftParty>, Vec<Who>) {
    let (cells, text): (Vec<Cells>, _) = (cells.iter().map(Cells::composed).collect(), composed(text));
    let mut names = Names::new(vocabulary, glossary, &text);
    names.has_people = people::are_named(&cells, &names);
    for cell in &cells {
        learn(cell, &mut names);
    }
    let found: Vec<(Vec<Named>, Vec<Named>)> = cells.iter().map(|cell| parse(cell, &names)).collect();
    let mut parties = Parties::new(&names);
    found.iter().flat_map(|(leads, via)| leads.iter().chain(via)).for_each(|named| parties.add(named));
    let parties = parties.folded();
    let who = found.iter().zip(&cells).map(|((leads, via), cell)| Who {
        leads: assigned(leads, &parties),
        via: assigned(via, &parties),
        flags: slips::flags(leads, cell, &parties.list, &names),
    });
    let who = who.collect();
    (parties.list, who)
}

/// Remembers the names that stand alone in a cell: between separators, or in a form that says that they are one.
fn learn(cell: &Cells, names: &mut Names<'_>) {
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

fn parse(cell: &Cells, names: &Names<'_>) -> (Vec<Named>, Vec<Named>) {
    let (mut leads, lead) = people::taken(&cell.lead, names);
    let pieces = split::split(&lead, names);
    let overseers = split::split(&cell.via, names);
    let all =
        |pieces: &[String]| pieces.iter().flat_map(|piece| parse::names(piece, names)).filter(is_somebody).collect();
    let mut via: Vec<Named> = all(&pieces.via);
    via.extend::<Vec<Named>>(all(&overseers.leads));
    via.extend::<Vec<Named>>(all(&overseers.via));
    for party in &mut via {
        meets(party, names);
    }
    leads.extend::<Vec<Named>>(all(&pieces.leads));
    (leads, via)
}

/// What oversees an action is a body that meets, unless it is known to be an agency.
fn meets(party: &mut Named, names: &Names<'_>) {
    if party.kind == PartyKind::Agency && names.vocabulary.party(&party.name).is_none() {
        party.kind = PartyKind::Subgroup;
    }
}

/// "TBC" and "N/A" name nobody.
fn is_somebody(named: &Named) -> bool {
    let nobody = ["tbc", "tba", "n/a", "na", "none", "to be confirmed", "not applicable", "to be agreed", "unknown"];
    !nobody.contains(&named.name.to_lowercase().as_str())
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
