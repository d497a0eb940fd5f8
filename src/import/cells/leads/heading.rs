//! Headings that say who leads the rows below them: "Housing – Lead JT/BM", "Lead agency: Police", "Probation".

use std::collections::{HashMap, HashSet};

use super::names::Names;
use super::split;
use crate::import::words::clean;
use crate::import::words::vocabulary::Vocabulary;

/// A heading with more words does not name an agency.
const LONGEST: usize = 9;

/// The words of a heading that name its leads, and how certain that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub lead: String,
    /// The heading calls them leads.
    pub is_explicit: bool,
}

/// Who leads under each heading; `None` where it names no one.
pub fn all(headings: &[Option<&str>], vocabulary: &Vocabulary) -> Vec<Option<Said>> {
    let names = Names::new(vocabulary, &[], "");
    let explicit: Vec<Option<String>> = headings.iter().map(|heading| explicit((*heading)?, &names)).collect();
    let called: HashSet<String> = explicit.iter().flatten().flat_map(|lead| split::split(lead, &names).leads).collect();
    let each = headings.iter().zip(explicit).map(|(heading, explicit)| {
        let known = || by_name((*heading)?, &called, &names).map(|lead| Said { lead, is_explicit: false });
        explicit.map(|lead| Said { lead, is_explicit: true }).or_else(known)
    });
    each.collect()
}

/// The agency that each heading names.
pub fn agencies(headings: &[Option<&str>], vocabulary: &Vocabulary) -> Vec<Option<String>> {
    let names = Names::new(vocabulary, &[], "");
    let mut known: HashMap<&str, Option<String>> = HashMap::new();
    let mut each = Vec::with_capacity(headings.len());
    for heading in headings.iter().copied() {
        let of = |own: &&str| agency(&clean::line(own), &names);
        each.push(heading.and_then(|heading| known.entry(heading).or_insert_with_key(of).clone()));
    }
    each
}

/// "… – Lead HS/BB", "Lead agency: Police", "(Lead: ICB)".
fn explicit(heading: &str, names: &Names<'_>) -> Option<String> {
    let lower = heading.to_ascii_lowercase();
    let words = ["lead agency", "lead officer", "lead organisation", "leads", "lead", "owner", "responsible"];
    let found = words.iter().flat_map(|word| lower.match_indices(word).map(|(at, word)| (at, at + word.len())));
    let stands = |(at, _): &(usize, usize)| {
        let before = lower.get(..*at).unwrap_or("").trim_end();
        before.is_empty() || before.ends_with(['-', '–', '—', '(', '[', '|', ':', ',', '.'])
    };
    let (at, end) = found.filter(stands).max_by_key(|(at, end)| (*at, *end))?;
    let rest = heading.get(end..)?;
    let is_marked = rest.trim_start().starts_with([':', '-', '–', '=']);
    let lead = rest.trim_matches(|c: char| c.is_whitespace() || "():[]-–—=.".contains(c));
    let is_name = |piece: &String| is_initials(piece) || names.is_known(piece) || names.is_name_like(piece);
    let pieces = split::split(lead, names).leads;
    let is_sure = is_marked || (at > 0 && !pieces.is_empty() && pieces.iter().all(is_name));
    let is_written = rest.starts_with(|c: char| !c.is_alphabetic()) && !lead.is_empty() && lead.len() <= 80;
    (is_sure && is_written).then(|| lead.to_owned())
}

/// "Data licensing – GS/JT", where both are called leads elsewhere; or the heading is an agency's name.
fn by_name(heading: &str, called: &HashSet<String>, names: &Names<'_>) -> Option<String> {
    let heading = clean::line(heading);
    let tail = ["–", "—", "- "].iter().filter_map(|dash| heading.rsplit_once(dash)).map(|(_, tail)| tail.trim()).next();
    let is_called = |tail: &&str| {
        let pieces = split::split(tail, names).leads;
        !pieces.is_empty() && pieces.iter().all(|piece| called.contains(piece))
    };
    tail.filter(is_called).map(str::to_owned).or_else(|| agency(&heading, names))
}

/// "Westmarsh Police", "Westmarsh Police action plan", "Actions for Housing".
fn agency(heading: &str, names: &Names<'_>) -> Option<String> {
    let mut name = heading.trim_matches(|c: char| c.is_whitespace() || ":.-–".contains(c));
    for ending in ["action plan", "actions", "recommendations", "single agency", "individual agency"] {
        let cut = name.len().checked_sub(ending.len()).filter(|at| name.is_char_boundary(*at));
        let ends = cut.filter(|at| name.get(*at..).is_some_and(|end| end.eq_ignore_ascii_case(ending)));
        name = ends.and_then(|at| name.get(..at)).unwrap_or(name).trim_end_matches([' ', ':', '-', '–']);
    }
    for opening in ["actions for ", "recommendations for ", "agency: "] {
        let head = name.get(..opening.len()).filter(|head| head.eq_ignore_ascii_case(opening));
        name = head.and_then(|head| name.get(head.len()..)).unwrap_or(name);
    }
    let is_short = name.split_whitespace().count() <= LONGEST && name.starts_with(char::is_uppercase);
    let is_known = names.vocabulary.party(name).is_some();
    let is_one = (is_known || name.contains(' ')) && names.is_agency(name);
    let is_agency = (is_one || is_part_of_one(name, names)) && !names.is_group(name);
    (is_short && is_agency).then(|| name.to_owned())
}

/// "Westmarsh Council Adult Social Care": an agency within another.
fn is_part_of_one(name: &str, names: &Names<'_>) -> bool {
    let mut cuts = name.match_indices(' ').map(|(at, _)| name.split_at(at));
    cuts.any(|(whole, part)| names.vocabulary.party(part.trim()).is_some() && names.is_agency(whole))
}

/// "JT", "JTe": the letters of a person's name.
pub fn is_initials(word: &str) -> bool {
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    (2..=3).contains(&capitals)
        && word.chars().count() <= 4
        && word.starts_with(|c: char| c.is_ascii_uppercase())
        && word.chars().all(|c| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_name_leads() {
        let vocabulary = Vocabulary::built_in().unwrap();
        let headings = [
            "Address data – Lead HS/BB",
            "Open data - with rivers - Lead GSe",
            "Licensing – GSe/BB",
            "Training – MCA",
            "Lead agency: Westmarsh Police",
            "Westmarsh Police action plan",
            "Housing",
            "Lead Professional Pathway",
            "Westmarsh Council Adult Social Care",
            "Communications",
            "Key lines of enquiry – lead practitioner role",
        ];
        let said = all(&headings.map(Some), &vocabulary);
        let said: Vec<_> =
            said.iter().map(|said| said.as_ref().map(|said| (said.lead.as_str(), said.is_explicit))).collect();
        let wanted = [
            Some(("HS/BB", true)),
            Some(("GSe", true)),
            Some(("GSe/BB", false)),
            None,
            Some(("Westmarsh Police", true)),
            Some(("Westmarsh Police", false)),
            Some(("Housing", false)),
            None,
            Some(("Westmarsh Council Adult Social Care", false)),
            None,
            None,
        ];
        assert_eq!(said, wanted);
    }
}
