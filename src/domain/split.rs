//! One row of a document that may be several actions: offered by a flag, and split only when the user chooses to.

use super::allot;
use super::draft::{DraftAction, DraftLead};
use super::flag::Flag;
use super::target::Target;

/// The actions that a row would become if it were split; empty where there is nothing to split it by.
///
/// Texts are separated where a line begins "Action:", or else where there are as many numbered lines as targets. A
/// target, lead or rating goes to the piece in its position where there are as many as pieces, and otherwise to every
/// piece. A progress entry goes to the piece that it is about, doubts stay with the first; every piece keeps the raw cells and the place.
pub fn splits(action: &DraftAction) -> Vec<DraftAction> {
    let texts = texts(action);
    let ratings = stacked_ratings(action);
    let counts = [texts.len(), action.targets.len(), action.leads.len(), ratings.len()];
    let Some(count) = pieces(counts) else { return Vec::new() };
    let mut pieces: Vec<DraftAction> = (0..count).map(|at| piece(action, &texts, &ratings, (at, count))).collect();
    allot::share_progress(action, &mut pieces);
    pieces
}

/// Why a row may be several actions, as a flag; `None` where nothing suggests it.
pub fn flag(action: &DraftAction) -> Option<Flag> {
    let count = splits(action).len();
    if count < 2 {
        return None;
    }
    let texts = texts(action).len();
    let field = if texts == count { "text" } else { "target" };
    let named = [
        told(texts, count, "actions"),
        told(action.targets.len(), count, "targets"),
        told(action.leads.len(), count, "leads"),
        told(stacked_ratings(action).len(), count, "ratings"),
    ];
    let named: Vec<String> = named.into_iter().flatten().collect();
    let why = format!("this may be {count} actions, which can be split: {} in one row", named.join(", "));
    let dates = || action.targets.iter().map(|target| target.raw.as_str()).collect::<Vec<_>>().join("\n");
    let raw = if field == "text" { action.text.clone() } else { dates() };
    Some(Flag { field: field.into(), why, raw, suggestion: None })
}

/// As many pieces as there are texts; or else as targets, where there are as many leads or ratings.
fn pieces([texts, targets, leads, ratings]: [usize; 4]) -> Option<usize> {
    let by_targets = targets > 1 && (leads == targets || ratings == targets);
    let by_ratings = ratings > 1 && leads == ratings;
    if texts > 1 {
        Some(texts)
    } else if by_targets {
        Some(targets)
    } else {
        by_ratings.then_some(ratings)
    }
}

fn piece(action: &DraftAction, texts: &[String], ratings: &[String], (at, count): (usize, usize)) -> DraftAction {
    let is_first = at == 0;
    let targets: Vec<Target> = share(&action.targets, at, count);
    let leads: Vec<DraftLead> = share(&action.leads, at, count);
    let is_of_piece = |flag: &&Flag| match flag.field.as_str() {
        "target" => targets.iter().any(|target| target.raw == flag.raw) || is_first && !offers(flag),
        "rating" => is_first && ratings.is_empty(),
        _ => is_first && !offers(flag),
    };
    DraftAction {
        number: action.number.clone().filter(|_| is_first),
        text: if texts.len() == count { texts.get(at).cloned().unwrap_or_default() } else { action.text.clone() },
        leads,
        rating: if ratings.len() == count { ratings.get(at).cloned() } else { action.rating.clone() },
        flags: action.flags.iter().filter(is_of_piece).cloned().collect(),
        targets,
        ..action.clone()
    }
}

/// The one in its position, where there are as many as pieces; otherwise all.
fn share<T: Clone>(all: &[T], at: usize, count: usize) -> Vec<T> {
    if all.len() == count { all.get(at).cloned().into_iter().collect() } else { all.to_vec() }
}

/// The texts of an action, separated by its lines.
fn texts(action: &DraftAction) -> Vec<String> {
    let labelled = parted(&action.text, after_label);
    if labelled.len() > 1 {
        return labelled;
    }
    let whole = || vec![action.text.clone()];
    let dotted = parted(&action.text, after_dotted);
    if dotted.len() > 1 && after_dotted(&action.text).is_some() {
        return dotted;
    }
    if action.targets.len() < 2 {
        return whole();
    }
    let numbered = parted(&action.text, after_number);
    let is_matched = |texts: &Vec<String>| action.targets.len() == texts.len();
    if is_matched(&numbered) {
        return numbered;
    }
    // Two dates and two leads over two sentences: each sentence is a part.
    let sentences = sentences(&action.text);
    let is_led = action.leads.len() == sentences.len() || stacked_ratings(action).len() == sentences.len();
    if is_matched(&sentences) && is_led { sentences } else { whole() }
}

/// A text cut where a line or a sentence begins.
fn sentences(text: &str) -> Vec<String> {
    let starts: Vec<usize> = std::iter::once(0).chain(starts(text)).collect();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    let parts = starts.iter().zip(ends).filter_map(|(from, to)| text.get(*from..to));
    parts.map(|part| part.trim().trim_end_matches(';').to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Where a line or a sentence begins, other than the first.
pub fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut is_over = false;
    let mut has_words = false;
    for (at, c) in text.char_indices() {
        if is_over && has_words && !c.is_whitespace() {
            starts.push(at);
        }
        if !c.is_whitespace() {
            has_words = true;
            is_over = false;
        }
        let next = text.get(at + c.len_utf8()..).and_then(|rest| rest.chars().next());
        let ends = matches!(c, '.' | '!' | '?' | ';') && next.is_some_and(char::is_whitespace);
        is_over |= c == '\n' || ends;
    }
    starts
}

/// How a line shows that something begins with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// "Action 2:".
    Label,
    /// "2.".
    Number,
    /// "(b)".
    Letter,
    Bullet,
}

/// The mark of a line, and what follows it.
fn marked(line: &str) -> Option<(Mark, &str)> {
    let bullet = line.strip_prefix(['•', '–', '-', '*', '▪', '◦', '●']).filter(|rest| rest.starts_with([' ', '\t']));
    let found = [
        (Mark::Label, after_label(line)),
        (Mark::Number, after_number(line)),
        (Mark::Letter, after_letter(line)),
        (Mark::Bullet, bullet),
    ];
    found.into_iter().find_map(|(mark, rest)| rest.map(|rest| (mark, rest)))
}

pub fn mark(line: &str) -> Option<Mark> {
    marked(line).map(|(mark, _)| mark)
}

/// A line without its label, number or bullet.
pub fn unmarked(line: &str) -> &str {
    marked(line).map_or(line, |(_, rest)| rest).trim_start()
}

/// What follows "a)" or "(iv)" at the beginning of a line.
fn after_letter(line: &str) -> Option<&str> {
    let (mark, rest) = line.split_once(')')?;
    let mark = mark.strip_prefix('(').unwrap_or(mark);
    let is_mark = (1..=4).contains(&mark.len()) && mark.chars().all(|c| c.is_ascii_alphanumeric());
    Some(rest).filter(|rest| is_mark && rest.starts_with(' '))
}

/// A text cut before each line that begins one, without what it begins with.
fn parted(text: &str, begins: impl Fn(&str) -> Option<&str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in text.lines() {
        match (begins(line), all.last_mut()) {
            (Some(rest), _) => all.push(rest.trim().to_owned()),
            (None, Some(last)) => {
                last.push('\n');
                last.push_str(line);
            }
            (None, None) => all.push(line.to_owned()),
        }
    }
    all.retain(|text| !text.trim().is_empty());
    all
}

/// What follows "Action:", "Action 2:" or "• Action –" at the beginning of a line.
fn after_label(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(['•', ' ']);
    let head = line.get(..6).filter(|head| head.eq_ignore_ascii_case("action"))?;
    let rest = line.get(head.len()..)?.trim_start_matches(' ');
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim_start_matches(' ');
    rest.strip_prefix(':').or_else(|| rest.strip_prefix(['-', '–']).filter(|rest| rest.starts_with(' ')))
}

/// What follows "1." or "2)" at the beginning of a line.
fn after_number(line: &str) -> Option<&str> {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = line.len() - rest.len();
    rest.strip_prefix(['.', ')']).filter(|rest| (1..=2).contains(&digits) && rest.starts_with(' '))
}

/// What follows "1.2" at the beginning of a line: where a board prints two such numbers, it means two actions.
fn after_dotted(line: &str) -> Option<&str> {
    let part = |text: &'_ str| text.bytes().take_while(u8::is_ascii_digit).count();
    let (first, rest) = line.split_at_checked(part(line))?;
    let rest = rest.strip_prefix('.')?;
    let (second, rest) = rest.split_at_checked(part(rest))?;
    let rest = rest.trim_start_matches(['.', ')', ':']);
    let is_number = [first, second].iter().all(|part| (1..=2).contains(&part.len()));
    let words = rest.strip_prefix(' ')?.trim_start_matches([' ', '-', '–']);
    words.starts_with(char::is_uppercase).then_some(words).filter(|_| is_number)
}

/// The ratings one under another in the cell, as the flag about them quotes it.
fn stacked_ratings(action: &DraftAction) -> Vec<String> {
    let asked = action.flags.iter().find(|flag| flag.field == "rating" && flag.raw.contains('\n'));
    asked.map(|flag| flag.raw.lines().map(str::to_owned).collect()).unwrap_or_default()
}

/// Whether a flag offers to split its row.
pub fn offers(flag: &Flag) -> bool {
    flag.why.contains("which can be split")
}

fn told(own: usize, count: usize, name: &str) -> Option<String> {
    (own == count && own > 1).then(|| format!("{own} {name}"))
}

#[cfg(test)]
mod tests {
    use super::super::date_text;
    use super::*;

    fn action(text: &str, targets: &[&str], leads: usize) -> DraftAction {
        DraftAction {
            text: text.into(),
            targets: targets.iter().map(|raw| date_text::target(raw, None)).collect(),
            leads: (0..leads).map(|party| DraftLead { party, raw: String::new() }).collect(),
            ..DraftAction::default()
        }
    }

    #[test]
    fn each_piece_gets_what_is_in_its_position() {
        let stacked = action("Write a guide\n• with a picture\nAction: Train staff", &["May 2024", "June 2024"], 2);
        let pieces = splits(&stacked);
        let shown: Vec<_> =
            pieces.iter().map(|p| (p.text.as_str(), p.targets[0].raw.as_str(), p.leads[0].party)).collect();
        assert_eq!(shown, [("Write a guide\n• with a picture", "May 2024", 0), ("Train staff", "June 2024", 1)]);
        assert_eq!(flag(&stacked).unwrap().field, "text");
        let numbered = action("1. Write\n2. Train", &["May 2024", "June 2024"], 1);
        assert_eq!(splits(&numbered).len(), 2);
        assert_eq!(splits(&numbered)[1].leads.len(), 1);
    }

    #[test]
    fn two_targets_and_two_leads_are_offered_and_more_is_not() {
        let stacked = action("Ask people", &["May 2024", "July 2024"], 2);
        assert_eq!(splits(&stacked)[1].text, "Ask people");
        assert_eq!(flag(&stacked).unwrap().field, "target");
        for plain in [
            action("Ask people", &["May 2024"], 2),
            action("Ask people", &["May 2024", "July 2024"], 1),
            action("1. Ask\n2. Write", &["May 2024"], 1),
        ] {
            assert_eq!(splits(&plain), []);
            assert_eq!(flag(&plain), None);
        }
    }

    #[test]
    fn ratings_one_under_the_other_go_with_their_piece() {
        let mut stacked = action("Ask people", &["May 2024", "July 2024"], 1);
        let raw = "Green\nAmber".to_owned();
        stacked.flags.push(Flag { field: "rating".into(), why: "two".into(), raw, suggestion: None });
        let ratings: Vec<_> = splits(&stacked).into_iter().map(|piece| piece.rating.unwrap()).collect();
        assert_eq!(ratings, ["Green", "Amber"]);
    }
}
