//! A lead cell split at the separators between its names: line ends, "/", ",", ";", "and", two spaces, "via".

use super::names::Names;
use crate::import::words::clean;

/// A longer cell is not a list of names.
const LONGEST: usize = 2000;

/// The pieces of a cell: who leads, and through whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    pub leads: Vec<String>,
    pub via: Vec<String>,
}

/// Splits a cell into pieces. Names that are known, or that contain an "and" themselves, stay whole.
pub fn split(cell: &str, names: &Names<'_>) -> Pieces {
    let mut pieces = Pieces::default();
    if cell.len() > LONGEST {
        return pieces;
    }
    for line in lines(&clean::without_marks(cell), names) {
        for segment in line.split(';') {
            let (leads, via) = at_via(without_label(segment.trim_start()));
            pieces.leads.extend(list(leads, names));
            pieces.via.extend(via.map(|via| list(via, names)).unwrap_or_default());
        }
    }
    pieces
}

/// The lines of a cell; a line that only continues the name above is joined to it.
fn lines(cell: &str, names: &Names<'_>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let mut is_gap = true;
    for raw in cell.split(['\n', '\u{b}']) {
        let line = raw.replace('\u{a0}', " ");
        let line = clean::without_glyph(line.trim()).unwrap_or(line.trim()).to_owned();
        if line.is_empty() {
            is_gap = true;
            continue;
        }
        match all.last_mut().filter(|last| !is_gap && goes_on(last, &line, names)) {
            Some(last) => {
                last.push(' ');
                last.push_str(&line);
            }
            None => all.push(line),
        }
        is_gap = false;
    }
    all
}

fn goes_on(above: &str, line: &str, names: &Names<'_>) -> bool {
    let last = above.split_whitespace().last().unwrap_or("").to_lowercase();
    let is_open =
        ["of", "and", "&", "for", "the", "-", "via", "to"].contains(&last.as_str()) || above.ends_with(['/', ',']);
    let is_open = is_open || above.matches('(').count() > above.matches(')').count();
    let begins = line.starts_with(|c: char| c.is_lowercase() || c == '(' || c == '/' || c == '&');
    let is_post_of = names.begins_post(above) && !above.ends_with(')') && !names.is_name_like(line);
    is_open || begins || is_post_of || names.is_known(&format!("{above} {line}")) || names.is_title(line)
}

/// The words before and after "via".
fn at_via(segment: &str) -> (&str, Option<&str>) {
    let lower = segment.to_ascii_lowercase();
    for word in ["via ", "through ", "overseen by ", "reporting to "] {
        let at = lower
            .match_indices(word)
            .map(|(at, _)| at)
            .find(|at| *at == 0 || lower.get(..*at).is_some_and(|b| b.ends_with([' ', '('])));
        if let Some((before, after)) = at.and_then(|at| segment.split_at_checked(at)) {
            return (
                before.trim_end_matches(['(', ' ', ',']),
                after.get(word.len()..).map(|via| via.trim_end_matches([')', '.', ' '])),
            );
        }
    }
    (segment, None)
}

/// The names of a list on one line.
fn list(text: &str, names: &Names<'_>) -> Vec<String> {
    let text = without_remarks(text, names);
    let text = text.trim_end().trim_end_matches('.');
    if names.is_known(text) {
        return vec![clean::spaces(text)];
    }
    let mut all = Vec::new();
    for gap in
        text.split("  ").map(without_help).filter(|gap| !gap.to_lowercase().trim_start().starts_with("previously"))
    {
        let marked = slashes(gap, names);
        let commas = with_qualifiers(&marked, names);
        let is_list = commas.len() > 1;
        for piece in commas {
            all.extend(at_and(&piece, is_list, names));
        }
    }
    all.iter().map(|piece| tidy(piece)).filter(|piece| !piece.is_empty()).collect()
}

/// Without "with input from …": those who help do not lead.
fn without_help(text: &str) -> &str {
    let lower = text.to_ascii_lowercase();
    let helps = [
        "with input from",
        "with support from",
        "supported by",
        "with help from",
        "with advice from",
        "support:",
        "supporting:",
        "in support:",
    ];
    let at = helps.iter().filter_map(|words| lower.find(words)).filter(|at| *at > 0).min();
    at.and_then(|at| text.get(..at)).map_or(text, |text| text.trim_end_matches([' ', '.', ',', '(', '–', '-']))
}

/// Without "Lead:" in front of who leads.
fn without_label(text: &str) -> &str {
    let labels = ["lead:", "leads:", "lead agency:", "lead officer:", "led by:", "led by "];
    let is_in_front = |label: &&str| text.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label));
    labels
        .iter()
        .find(|label| is_in_front(label))
        .and_then(|label| text.get(label.len()..))
        .map_or(text, str::trim_start)
}

/// Without "(cited by …)": brackets that hold a remark rather than a name.
fn without_remarks(text: &str, names: &Names<'_>) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('(') {
        kept.push_str(before);
        let (inside, behind) = after.split_once(')').unwrap_or((after, ""));
        if !names.is_remark(inside) {
            kept.push('(');
            kept.push_str(inside);
            kept.push(')');
        }
        rest = behind;
    }
    kept + rest
}

/// Slashes outside brackets as commas, except inside a name such as "D/Bs".
fn slashes(text: &str, names: &Names<'_>) -> Vec<String> {
    let mut all: Vec<String> = vec![String::new()];
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        depth = if c == '(' { depth + 1 } else { depth.saturating_sub(usize::from(c == ')')) };
        let is_cut = matches!(c, '/' | '|' | '\t') && depth == 0 && !is_inside_name(text, at, names);
        match all.last_mut().filter(|_| !is_cut) {
            Some(last) => last.push(c),
            None => all.push(String::new()),
        }
    }
    all
}

fn is_inside_name(text: &str, at: usize, names: &Names<'_>) -> bool {
    let before = text.get(..at).and_then(|before| before.rsplit([' ', ',']).next()).unwrap_or("");
    let after = text.get(at + 1..).and_then(|after| after.split([' ', ',', '/']).next()).unwrap_or("");
    !before.is_empty() && !after.is_empty() && names.is_known(&format!("{before}/{after}"))
}

/// "Early Help" behind "Head of Service": what a post is for, and no party of its own.
fn is_subject(part: &str, names: &Names<'_>) -> bool {
    let is_party = |part: &str| names.is_known(part) || names.is_agency(part) || names.is_taken_for_person(part);
    let is_unit = |part: &str| names.is_post(part) || names.is_team(part) || names.is_group(part);
    let is_plain = |part: &str| part.starts_with(char::is_uppercase) && !Names::is_acronym(part);
    part.split(" and ").all(|part| is_plain(part) && !is_party(part) && !is_unit(part))
}

/// Split at commas; "Team, CC" becomes "Team (CC)", and "Head of Service, Early Help" is one.
fn with_qualifiers(pieces: &[String], names: &Names<'_>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for piece in pieces {
        for (at, part) in outside_brackets(piece).into_iter().enumerate() {
            let tidied = tidy(&part);
            let last = all.last_mut().filter(|_| at > 0);
            match last {
                Some(last) if names.is_council(&tidied) && !names.is_agency(last) => {
                    *last = format!("{} ({tidied})", tidy(last));
                }
                Some(last) if names.is_post(&tidy(last)) && is_subject(&tidied, names) => {
                    *last = format!("{}, {tidied}", tidy(last));
                }
                Some(_) | None => all.push(part),
            }
        }
    }
    all
}

fn outside_brackets(text: &str) -> Vec<String> {
    let mut all = vec![String::new()];
    let mut depth = 0_usize;
    for c in text.chars() {
        depth = if c == '(' { depth + 1 } else { depth.saturating_sub(usize::from(c == ')')) };
        match all.last_mut().filter(|_| c != ',' || depth > 0) {
            Some(last) => last.push(c),
            None => all.push(String::new()),
        }
    }
    all
}

/// Split at "and" or "&" where both sides are names, or where it ends a list.
fn at_and(piece: &str, is_list: bool, names: &Names<'_>) -> Vec<String> {
    if names.is_known(piece) {
        return vec![piece.to_owned()];
    }
    for joint in [" and ", " & ", " + "] {
        for (at, _) in piece.match_indices(joint) {
            let (left, right) =
                (piece.get(..at).unwrap_or("").trim(), piece.get(at + joint.len()..).unwrap_or("").trim());
            let is_bracketed = left.matches('(').count() > left.matches(')').count();
            let are_people = names.is_person(left) && names.is_person(right);
            let are_names = are_people || names.is_name_like(left) && names.is_name_like(right);
            let is_end = is_list && names.is_name_like(right);
            if !is_bracketed
                && !left.is_empty()
                && !right.is_empty()
                && !names.is_joined(left, right)
                && (are_names || is_end)
            {
                let mut all = at_and(left, is_list, names);
                all.extend(at_and(right, is_list, names));
                return all;
            }
        }
    }
    let bare = if is_list { piece.trim_start().strip_prefix("and ") } else { None };
    vec![bare.unwrap_or(piece).to_owned()]
}

fn tidy(piece: &str) -> String {
    clean::spaces(piece).trim_matches(|c: char| matches!(c, ' ' | '-' | '–' | '—' | ',' | ':' | '.')).to_owned()
}
