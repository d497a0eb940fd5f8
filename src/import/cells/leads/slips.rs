//! Names that may be slips of the pen: queried, never corrected.

use super::LeadCells;
use super::names::Names;
use super::parse::Named;
use super::parties::MOST;
use crate::domain::draft::DraftParty;
use crate::domain::flag::Flag;
use crate::import::words::clean;
use crate::import::words::spelling::distance;

/// The doubts about the leads of one action.
pub fn flags(leads: &[Named], cell: &LeadCells, parties: &[DraftParty], names: &Names<'_>) -> Vec<Flag> {
    let mut flags: Vec<Flag> = leads.iter().filter_map(|named| slip(&named.name, parties, names)).collect();
    let said = clean::line(&cell.lead);
    if leads.is_empty() && !said.is_empty() {
        let said: String = said.chars().take(200).collect();
        let why = format!("“{said}” names no lead");
        flags.push(Flag { field: "lead".into(), why, raw: said, suggestion: None });
    }
    flags
}

/// An acronym that occurs nowhere else in the document and is one letter away from others that do.
fn slip(name: &str, parties: &[DraftParty], names: &Names<'_>) -> Option<Flag> {
    let is_known = names.in_glossary(name).is_some() || names.vocabulary.party(name).is_some();
    if !Names::is_acronym(name) || name.chars().count() < 3 || is_known || names.count(name) > 1 {
        return None;
    }
    let length = name.chars().count();
    let is_near = |other: &&str| {
        let count = other.chars().count();
        let is_often = *other != name && count >= 3 && count.abs_diff(length) <= 1 && names.count(other) > 1;
        is_often && distance(other, name) == 1
    };
    let others = parties.iter().take(MOST).map(|party| party.name.as_str()).filter(|other| Names::is_acronym(other));
    let mut near: Vec<&str> = others.filter(is_near).collect();
    near.sort_by_key(|other| names.first_at(other));
    if near.is_empty() {
        return None;
    }
    let why = format!("“{name}” appears nowhere else in this document; it may be a slip");
    Some(Flag { field: "lead".into(), why, raw: name.to_owned(), suggestion: Some(format!("{}?", near.join(" or "))) })
}
