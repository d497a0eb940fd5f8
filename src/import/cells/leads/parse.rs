//! One piece of a lead cell → the one or more names in it, and what kind of party each is.

use super::heading::is_initials;
use super::names::Names;
use crate::domain::party::PartyKind;
use crate::import::words::clean;
use crate::import::words::vocabulary::{self, KnownKind};

/// More words than the longest name of an agency.
const LONGEST: usize = 7;

/// A post that ends with one of these goes on to say what it is for, not whose it is: "Head of SEND".
const UNFINISHED: [&str; 5] = [" of", " for", " and", " &", " in"];

/// A name as a document writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub name: String,
    pub kind: PartyKind,
    /// The agency that it says it belongs to.
    pub agency: Option<String>,
    /// The words of the document.
    pub raw: String,
}

impl Named {
    /// "Head of Service" below the heading "Westmarsh Police" is that post of the police; the board's own posts are no agency's.
    pub fn belongs_to(&mut self, agency: &str, names: &Names<'_>) {
        let of_board = ["board", "chair", "partnership"];
        let is_board = || vocabulary::words(&self.name).iter().any(|word| of_board.contains(&word.as_str()));
        if self.kind == PartyKind::Post && self.agency.is_none() && !names.is_listed(&self.name) && !is_board() {
            self.name = format!("{} ({agency})", self.name);
            self.agency = Some(agency.to_owned());
        }
    }

    /// Whether the heading above says whose post it is, so that the post's own words alone do not name it.
    pub fn is_by_heading(&self) -> bool {
        self.agency.as_ref().is_some_and(|agency| self.name == format!("{} ({agency})", self.raw))
    }
}

/// All names in a piece, in order.
pub fn names(piece: &str, names: &Names<'_>) -> Vec<Named> {
    let piece = clean::spaces(piece);
    if let Some(named) = whole(&piece, names) {
        return vec![named];
    }
    let parts = at_spaces(&piece, names);
    if parts.len() > 1 && !is_local(&piece, names) {
        return parts.iter().filter_map(|part| whole(part, names).or_else(|| one(part, names))).collect();
    }
    one(&piece, names).into_iter().collect()
}

/// A name that is known as it is, or whose form says what it is.
fn whole(piece: &str, names: &Names<'_>) -> Option<Named> {
    let found = |name: &str, kind, agency: Option<&str>| {
        Some(Named { name: name.to_owned(), kind, agency: agency.map(str::to_owned), raw: piece.to_owned() })
    };
    if names.is_everyone(piece) {
        return found(piece, PartyKind::Everyone, None);
    }
    if let Some((body, inside)) = bracketed(piece) {
        if leading(body).is_some_and(|(_, rest)| names.is_known(rest)) {
            return None;
        }
        return Some(bracket(piece, body, inside, names));
    }
    if let Some((agency, unit)) = dashed(piece, names) {
        return found(&format!("{agency} ({unit})"), PartyKind::Post, Some(agency));
    }
    if names.is_known(piece) || names.is_safer(piece) {
        return found(piece, kind(piece, names), None);
    }
    if let Some((agency, rest)) = leading(piece) {
        let is_unit = names.is_post(rest) || names.is_team(rest);
        if is_unit && !names.is_listed(rest) {
            return found(piece, PartyKind::Post, names.is_agency(agency).then_some(agency));
        }
        if names.is_group(rest) {
            return found(piece, PartyKind::Subgroup, None);
        }
    }
    let (body, last) = piece.rsplit_once(' ')?;
    let is_unit = names.is_post(body) || names.is_team(body);
    let is_complete = !UNFINISHED.iter().any(|word| body.ends_with(word));
    let is_of = is_unit && is_complete && Names::is_acronym(last) && names.is_agency(last) && !names.is_known(body);
    if is_of { found(&format!("{body} ({last})"), PartyKind::Post, Some(last)) } else { None }
}

/// "Head of Safeguarding (ABC)" is a post of ABC, and "Northmere Police (PPU)" one of Northmere Police; "Clinical Commissioning Group (CCG)" is CCG.
fn bracket(piece: &str, body: &str, inside: &str, names: &Names<'_>) -> Named {
    let initials: String =
        body.split([' ', '-']).filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    let is_meaning = names
        .in_glossary(inside)
        .is_some_and(|(_, meaning)| names.in_glossary(body).is_some_and(|own| own.1 == *meaning));
    let raw = piece.to_owned();
    let is_person = is_initials(inside) && names.could_be_person(body) && body.get(..1) == inside.get(..1);
    if is_person || Names::is_acronym(inside) && (initials == inside || is_meaning) {
        return Named { name: body.to_owned(), kind: kind(body, names), agency: None, raw };
    }
    let is_agency = names.is_agency(body) && (names.is_listed(body) || !Names::is_acronym(body));
    if is_agency && !names.is_listed(inside) && !inside.contains(['/', ',', ';']) {
        return Named { name: piece.to_owned(), kind: PartyKind::Post, agency: Some(body.to_owned()), raw };
    }
    let is_of = names.is_agency(inside) || names.is_known(inside);
    let agency = is_of.then(|| inside.to_owned());
    let kind = if is_of && !names.is_group(body) { PartyKind::Post } else { kind(body, names) };
    Named { name: piece.to_owned(), kind, agency, raw }
}

/// A name about which nothing is known.
fn one(piece: &str, names: &Names<'_>) -> Option<Named> {
    if !piece.chars().any(char::is_alphabetic) {
        return None;
    }
    let agency =
        leading(piece).map(|(agency, _)| agency).filter(|agency| names.is_agency(agency) && names.is_known(agency));
    let kind = if agency.is_some() { PartyKind::Post } else { kind(piece, names) };
    Some(Named { name: piece.to_owned(), kind, agency: agency.map(str::to_owned), raw: piece.to_owned() })
}

/// What kind of party a name is, judging by its words.
pub fn kind(name: &str, names: &Names<'_>) -> PartyKind {
    let known = names.vocabulary.party(name).map(|party| party.kind);
    if names.is_everyone(name) {
        PartyKind::Everyone
    } else if known == Some(KnownKind::Agency) {
        PartyKind::Agency
    } else if known == Some(KnownKind::Team) {
        PartyKind::Post
    } else if known == Some(KnownKind::Group) || names.is_group_acronym(name) || names.is_group(name) {
        PartyKind::Subgroup
    } else if names.is_post(name) || names.is_team(name) || names.is_taken_for_person(name) {
        PartyKind::Post
    } else {
        PartyKind::Agency
    }
}

/// A piece split at single spaces into known names and acronyms; one part where any of it is neither.
fn at_spaces<'a>(piece: &'a str, names: &Names<'_>) -> Vec<&'a str> {
    let words: Vec<&str> = piece.split(' ').collect();
    let mut parts: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let rest = words.get(at..).unwrap_or(&[]);
        let longest = (1..=rest.len().min(LONGEST)).rev().find(|count| {
            let candidate = rest.get(..*count).unwrap_or(&[]).join(" ");
            let is_all = at == 0 && *count == words.len();
            let is_unit = *count > 1 && whole_unit(&candidate, names);
            !is_all
                && (names.is_known(&candidate)
                    || names.is_safer(&candidate)
                    || is_unit
                    || (*count == 1 && Names::is_acronym(&candidate)))
        });
        let Some(count) = longest else { return vec![piece] };
        let begin: usize = words.iter().take(at).map(|word| word.len() + 1).sum();
        let length: usize = rest.iter().take(count).map(|word| word.len() + 1).sum::<usize>().saturating_sub(1);
        parts.extend(piece.get(begin..begin + length));
        at += count;
    }
    parts
}

/// "SW Police": letters for a place, and what its agency does.
fn is_local(piece: &str, names: &Names<'_>) -> bool {
    let generic = &names.vocabulary.parties.generic;
    leading(piece).is_some_and(|(place, rest)| !names.is_listed(place) && generic.contains(&rest.to_lowercase()))
}

/// "Complex Needs (CC)" after another name: known without its brackets.
fn whole_unit(candidate: &str, names: &Names<'_>) -> bool {
    bracketed(candidate).is_some_and(|(body, _)| names.is_known(body))
}

/// An acronym in front, and the rest.
fn leading(piece: &str) -> Option<(&str, &str)> {
    piece.split_once(' ').filter(|(first, rest)| Names::is_acronym(first) && !rest.is_empty())
}

/// "Public Health - Commissioning": an agency and a part of it.
fn dashed<'a>(piece: &'a str, names: &Names<'_>) -> Option<(&'a str, &'a str)> {
    let (agency, unit) = [" - ", " – ", " — "].iter().find_map(|dash| piece.split_once(dash))?;
    let (agency, unit) = (agency.trim(), unit.trim());
    (names.is_agency(agency) && !unit.is_empty()).then_some((agency, unit))
}

fn bracketed(piece: &str) -> Option<(&str, &str)> {
    let (body, inside) = match piece.strip_suffix(')') {
        Some(round) => round.split_once('(')?,
        None => piece.strip_suffix(']')?.split_once('[')?,
    };
    let (body, inside) = (body.trim(), inside.trim());
    (!body.is_empty() && !inside.is_empty()).then_some((body, inside))
}
