//! People in lead cells: "Jane Smith, Head of Safeguarding, ICB" is that post of the ICB; a person is never an agency.

use super::heading::is_initials;
use super::names::Names;
use super::parse::Named;
use super::split;
use crate::domain::draft::DraftParty;
use crate::domain::flag::Flag;
use crate::domain::party::PartyKind;
use crate::import::words::clean;
use crate::import::words::vocabulary::Vocabulary;

/// More parts than a person with a post and an agency have.
const PARTS: usize = 4;

/// The people of a cell with what they are, and the cell without them.
pub fn taken(cell: &str, names: &Names<'_>) -> (Vec<Named>, String) {
    let mut people = Vec::new();
    let mut rest = String::new();
    for segment in segments(cell, names) {
        if let Some(found) = person_with_post(&segment, names) {
            people.push(found);
        } else {
            rest.push_str(&segment);
            rest.push('\n');
        }
    }
    if people.is_empty() { (people, cell.to_owned()) } else { (people, rest) }
}

/// The lines of a cell; a person's post and agency are on the lines below the name.
fn segments(cell: &str, names: &Names<'_>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let text = clean::without_marks(cell);
    let mut goes_on = false;
    for line in text.split(['\n', ';', '\u{b}']).flat_map(|line| at_slashes(line, names)) {
        let bare = clean::spaces(clean::without_glyph(line.trim()).unwrap_or(line.trim()));
        let is_person = names.is_person(bare.trim_end_matches(','));
        match all.last_mut().filter(|_| goes_on && !bare.is_empty() && !is_person && !has_person(&bare, names)) {
            Some(last) => {
                last.push_str(", ");
                last.push_str(&bare);
            }
            None => all.push(bare.clone()),
        }
        goes_on = is_person || goes_on && !bare.is_empty();
    }
    all
}

/// "Board – Jane Smith/Tom Brown, ICB": split at the slash between two people.
fn at_slashes<'a>(line: &'a str, names: &Names<'_>) -> Vec<&'a str> {
    let pieces: Vec<&str> = line.split('/').collect();
    let is_one = |piece: &&str| {
        let parts = parts(piece);
        parts.len() > 1 && parts.iter().any(|part| names.is_person(part) || names.could_be_person(part))
    };
    if pieces.iter().any(|piece| has_person(piece, names)) && pieces.iter().any(is_one) { pieces } else { vec![line] }
}

fn has_person(line: &str, names: &Names<'_>) -> bool {
    parts(line).iter().any(|part| names.is_person(part))
}

/// "Jane Smith, Head of Safeguarding, ICB", "Jane Smith (ICB)", "Police – Jane Smith": the post, or else the agency.
fn person_with_post(segment: &str, names: &Names<'_>) -> Option<Named> {
    let parts = parts(segment);
    // "Jane Smith (JS)" is a person twice over.
    let is_spelled_out = matches!(parts.as_slice(), [name, short] if is_initials(short) && name.contains(' ') && !names.is_known(short)
        && name.starts_with(short.get(..1).unwrap_or(short)) && names.could_be_person(name));
    if is_spelled_out || !(2..=PARTS).contains(&parts.len()) || segment.to_lowercase().contains("via ") {
        return None;
    }
    let is_unit = |part: &str| names.is_post(part) || names.is_team(part) || names.is_group(part);
    let (mut agency, mut unit, mut people) = (None, None, 0);
    for part in parts {
        let slot = if is_unit(part) && !names.is_agency(part) {
            &mut unit
        } else if names.is_agency(part) || names.vocabulary.party(part).is_some() {
            &mut agency
        } else if names.is_taken_for_person(part) || unit.is_none() && names.could_be_person(part) {
            // Behind a post, "Early Help" says of what: only a name that is known is a person there.
            people += 1;
            continue;
        } else {
            return None;
        };
        if slot.replace(part.to_owned()).is_some() {
            return None;
        }
    }
    let raw = segment.to_owned();
    let is_post_of = unit.as_deref().is_some_and(|unit| names.begins_post(unit))
        && agency.as_deref().is_some_and(|agency| agency.contains(' '));
    match (unit, agency) {
        // "Head of Safeguarding, Fenwick Council" is one; "Head of Safeguarding, Police" can be two.
        _ if people != 1 && !(people == 0 && is_post_of) => None,
        (Some(unit), Some(agency)) => {
            let name = format!("{unit} ({agency})");
            Some(Named { name, kind: PartyKind::Post, agency: Some(agency), raw })
        }
        (Some(unit), None) => {
            let kind = if names.is_group(&unit) { PartyKind::Subgroup } else { PartyKind::Post };
            Some(Named { name: unit, kind, agency: None, raw })
        }
        (None, Some(agency)) => {
            Some(Named { kind: super::parse::kind(&agency, names), name: agency, agency: None, raw })
        }
        (None, None) => None,
    }
}

/// A doubt about the people among the parties whose agency the document does not say.
pub fn flag(parties: &[DraftParty], vocabulary: &Vocabulary) -> Option<Flag> {
    let names = Names::new(vocabulary, &[], "");
    // "QA" of "QA Lead" is no one's initials.
    let has_posts = |at: usize| parties.iter().any(|party| party.agency == Some(at));
    let is_person = |(at, party): &(usize, &DraftParty)| {
        let is_one = names.is_person(&party.name) || names.could_be_person(&party.name);
        party.kind == PartyKind::Post && party.agency.is_none() && is_one && !has_posts(*at)
    };
    let people: Vec<&str> =
        parties.iter().enumerate().filter(is_person).map(|(_, party)| party.name.as_str()).collect();
    let shown: Vec<&str> = people.iter().copied().take(8).collect();
    let why = format!("people are named as leads without the agency they belong to: {}", shown.join(", "));
    (!people.is_empty()).then(|| Flag { field: "lead".into(), why, raw: people.join("; "), suggestion: None })
}

fn parts(segment: &str) -> Vec<&str> {
    let mut all = vec![segment];
    for mark in [" – ", " — ", " - ", ",", "(", ")", ":"] {
        all = all.into_iter().flat_map(|part| part.split(mark)).collect();
    }
    all.into_iter().map(|part| part.trim().trim_end_matches('.')).filter(|part| !part.is_empty()).collect()
}

/// How many of the cells name a person, so that unknown names are treated as people too.
pub fn are_named(cells: &[super::Different], names: &Names<'_>) -> bool {
    let filled: usize = cells.iter().filter(|(cell, _)| !cell.lead.trim().is_empty()).map(|(_, count)| count).sum();
    let is_person = |(cell, _): &&super::Different| {
        let pieces = split::split(&cell.lead, names).leads;
        pieces.iter().flat_map(|piece| parts(piece)).any(|part| names.is_person(part))
    };
    let people: usize = cells.iter().filter(is_person).map(|(_, count)| count).sum();
    people > 1 && people * 10 >= filled * 3
}
