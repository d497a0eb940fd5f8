//! Status prose → dated progress entries. The whole cell stays in the raw row.

use chrono::NaiveDate;

use crate::domain::date_text::{self, Found};
use crate::domain::progress::{EntryOrigin, EntryText};
use crate::domain::target::PartialDate;
use crate::import::words::clean;

/// What may stand in front of a date at the beginning of a line.
const OPENING: [char; 7] = ['(', '[', '•', '·', '-', '–', ' '];

/// What may stand between the date of an update and its words.
const OF_MARK: [&str; 6] = ["update", "Update", "UPDATE", "meeting", "Meeting", "MEETING"];

/// What may stand before the date of an update and names no one.
const TITLES: [&str; 8] = ["Update", "update", "Updated", "Update for", "Update at", "Progress", "As at", "Position"];

/// Words before a date that say it is one to come, or was when they were written.
const AHEAD: [&str; 12] = [
    " to be ",
    " will ",
    " due ",
    " scheduled ",
    " planned for ",
    " expected ",
    " delayed ",
    " deferred ",
    " postponed ",
    " extend ",
    " extended ",
    " next meeting ",
];

/// Words right before a date that is only referred to.
const LIMITS: [&str; 4] = [" until ", " till ", " dated ", " to report in "];

/// The longest date of an update.
const LONGEST: usize = 30;

/// How a column's updates are dated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dating {
    /// By marks, "November 2023: …", and by the dates in sentences.
    MarksAndSentences,
    /// By marks with a colon only: in a column that holds deadlines too, other dates may be those.
    BesideTarget,
}

/// "CFT November 2023:" in front of an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where the mark begins, including the name in it.
    pub start: usize,
    /// Where the update's own words begin.
    pub words: usize,
    pub date: PartialDate,
    pub by: Option<String>,
}

/// The marks in a text, from first to last.
pub fn marks(text: &str, dating: Dating) -> Vec<Mark> {
    let found = date_text::find(text, None);
    found.iter().filter(|found| found.date.month.is_some()).filter_map(|found| mark(text, found, dating)).collect()
}

/// The entries of a cell, in order. Dates after `today` are plans and date nothing.
pub fn entries(raw: &str, dating: Dating, today: NaiveDate) -> Vec<EntryText> {
    let text = clean::without_marks(raw);
    if clean::is_nothing(&text) {
        return Vec::new();
    }
    let marks: Vec<Mark> = marks(&text, dating).into_iter().filter(|mark| is_past(mark.date, today)).collect();
    let head = text.get(..marks.first().map_or(text.len(), |mark| mark.start)).unwrap_or("");
    let mut all = match dating {
        Dating::MarksAndSentences => by_line(head, today),
        Dating::BesideTarget => undated(head).into_iter().collect(),
    };
    for (at, mark) in marks.iter().enumerate() {
        let end = marks.get(at + 1).map_or(text.len(), |next| next.start);
        let words = clean::lines(text.get(mark.words..end).unwrap_or(""));
        let (own, rest) = to_unclear(words.trim_start_matches(['–', '—', '-', ':', ' ', '\n']));
        if !own.is_empty() {
            all.push(entry(Some(mark.date), own, mark.by.clone()));
        }
        all.extend(by_unclear(rest).into_iter().map(|words| entry(None, &words, None)));
    }
    all
}

/// What stands in front of an update as its date, and why it is none: "12 June:" has no year, "31/9/26 -" is no day.
pub fn unclear(line: &str) -> Option<(&str, String)> {
    let end = [":", " –", " -", " —", "]"].iter().filter_map(|mark| line.find(mark)).min()?;
    let mark = line.get(..end)?.trim_start_matches(OPENING).trim();
    let mark = OF_MARK.iter().find_map(|word| mark.strip_suffix(word)).unwrap_or(mark).trim_end();
    if mark.len() > LONGEST || !mark.contains(char::is_alphanumeric) {
        return None;
    }
    let read = date_text::target(mark, None);
    let is_no_day = date_text::is_no_day(&read);
    read.flag.filter(|why| is_no_day || why.contains("has no year")).map(|why| (mark, why))
}

/// The lines in front of the first that is marked with an unclear date, and the others.
fn to_unclear(words: &str) -> (&str, &str) {
    let mut starts = words.match_indices('\n').map(|(at, _)| at + 1);
    let start = starts.find(|at| words.get(*at..).is_some_and(|rest| unclear(first_line(rest)).is_some()));
    words.split_at(start.unwrap_or(words.len()))
}

/// An update for each line that is marked so, with the lines that follow it.
fn by_unclear(words: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for line in words.lines() {
        match all.last_mut().filter(|_| unclear(line).is_none()) {
            Some(last) => add_line(last, line),
            None => all.push(line.to_owned()),
        }
    }
    all
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

/// The part of the sentence that ends `before`.
pub fn sentence_before(before: &str) -> &str {
    let mut ends = before.char_indices().filter(|(at, c)| match c {
        '.' | '!' | '?' | ';' => {
            before.get(at + 1..).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
        }
        '\n' => true,
        ' ' => before.get(at + 1..).is_some_and(|rest| rest.starts_with(' ')),
        _ => false,
    });
    ends.next_back().and_then(|(at, c)| before.get(at + c.len_utf8()..)).unwrap_or(before)
}

fn mark(text: &str, found: &Found, dating: Dating) -> Option<Mark> {
    let (before, after) = (text.get(..found.start)?, text.get(found.end..)?);
    let sentence = sentence_before(before);
    let line = before.rsplit('\n').next().unwrap_or("");
    let opening = sentence.trim_start().trim_start_matches(OPENING).trim();
    let is_line_start = is_opening(line);
    let bracketed = after_bracket(after).filter(|_| is_line_start && opening.is_empty());
    if let Some((by, rest)) = bracketed {
        let start = found.start - sentence.trim_start().len();
        return Some(Mark { start, words: text.len() - rest.len(), date: found.date, by: Some(by.to_owned()) });
    }
    // "Update 21 May 2026" on a line of its own is the date of what follows.
    let is_headed =
        TITLES.contains(&line.trim().trim_start_matches(OPENING)) && after.trim_start_matches(' ').starts_with('\n');
    let place = match dating {
        Dating::BesideTarget => Place::Prose,
        Dating::MarksAndSentences if is_headed => Place::NewLine,
        Dating::MarksAndSentences => Place::after(before),
    };
    let is_boxed = before.ends_with(['[', '(']) && after.starts_with([']', ')']);
    let words = found.end + after_mark(after, place, found.date.day.is_some() || is_boxed)?;
    let by = match opening {
        title if title.is_empty() || TITLES.contains(&title) => None,
        named if is_name(named) => Some(named.trim_end_matches([',', ':', '-', '–', ' ']).to_owned()),
        _ => return None,
    };
    let start = found.start - sentence.trim_start().len();
    Some(Mark { start, words, date: found.date, by })
}

/// Where a date stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// At the beginning of a line, after the end of a sentence.
    NewLine,
    /// At the beginning of a line.
    Line,
    /// At the beginning of a sentence, in a line that begins with a date.
    Sentence,
    Prose,
}

impl Place {
    /// Where a date stands that follows this text.
    fn after(before: &str) -> Place {
        let line = before.rsplit('\n').next().unwrap_or("");
        match is_opening(line) {
            true if is_between(before) => Place::NewLine,
            true => Place::Line,
            false if is_opening(sentence_before(before)) && begins_with_date(line) => Place::Sentence,
            false => Place::Prose,
        }
    }
}

/// Whether a line says nothing before this.
fn is_opening(line: &str) -> bool {
    line.trim_start().trim_start_matches(OPENING).trim().is_empty()
}

/// "[12/11/2026] No change. [": whether a date begins the line.
fn begins_with_date(line: &str) -> bool {
    let first = date_text::find(line, None).into_iter().next();
    first.is_some_and(|found| line.get(..found.start).is_some_and(is_opening))
}

/// Whether the text so far ends with a sentence or a blank line.
fn is_between(before: &str) -> bool {
    let text = before.trim_end_matches(OPENING).trim_end();
    let lines = before.get(text.len()..).unwrap_or("").matches('\n').count();
    text.is_empty() || text.ends_with(['.', '!', '?', ';', ':']) || lines > 1
}

/// Where the words begin after "November 2023:" or, at the beginning of a line, "12/03/2024 –", "12/03/2024" and a line that
/// says no more than "May 2026 update".
fn after_mark(after: &str, place: Place, is_day: bool) -> Option<usize> {
    let is_line = matches!(place, Place::NewLine | Place::Line);
    let is_mark = place != Place::Prose;
    let rest = after.trim_start_matches([')', ']', ' ', '\u{a0}']);
    let said = OF_MARK.iter().find_map(|word| rest.strip_prefix(word));
    let rest = said.unwrap_or(rest).trim_start_matches([' ', ')', ']']);
    let opened = rest.strip_prefix(':').or_else(|| rest.strip_prefix([';']).filter(|_| is_line));
    let dashed = || rest.strip_prefix(['-', '–', '—']).filter(|_| is_mark);
    let is_title = is_line && said.is_some() || place == Place::NewLine;
    let titled = || rest.strip_prefix('\n').filter(|_| is_title);
    let is_bare = is_line || after.starts_with([']', ')']) && is_mark;
    let bare = || (is_bare && is_day && !rest.is_empty() && rest.len() < after.len()).then_some(rest);
    let words = opened.or_else(dashed).or_else(titled).or_else(bare)?;
    Some(after.len() - words.len())
}

/// Who gave an update, "(CFT):" after its date at the beginning of a line, and the words after that.
fn after_bracket(after: &str) -> Option<(&str, &str)> {
    let (by, words) = after.trim_start_matches([' ', '\u{a0}']).strip_prefix('(')?.split_once("):")?;
    (!by.trim().is_empty() && by.len() <= 80 && !by.contains('\n')).then_some((by.trim(), words))
}

/// A few words with capital letters, as agencies are named: "CFT", "CFT/RCHT", "Sussex Police".
fn is_name(words: &str) -> bool {
    let words = words.trim_end_matches([',', ':', '-', '–', ' ']);
    let is_capital = |word: &str| word.starts_with(char::is_uppercase) || matches!(word, "and" | "&" | "/" | "of");
    let plain = ["In", "On", "Since", "By", "From", "During", "Until", "The", "At", "Completed", "Complete", "Due"];
    let count = words.split_whitespace().count();
    (1..=4).contains(&count)
        && words.split_whitespace().all(is_capital)
        && !plain.contains(&words.split_whitespace().next().unwrap_or(""))
        && !words.ends_with(['.', '!', '?'])
}

/// A line with a date is its own entry; lines without one form an entry together.
fn by_line(text: &str, today: NaiveDate) -> Vec<EntryText> {
    let mut all: Vec<EntryText> = Vec::new();
    let mut is_list = false;
    for line in clean::lines(text).lines() {
        let is_item = is_list && line.starts_with("• ");
        let dated = if is_item { Vec::new() } else { by_sentence(line, today) };
        is_list = is_item || line.ends_with(':');
        if dated.is_empty() {
            match all.last_mut() {
                Some(last) if last.date.is_none() || is_item => add_line(&mut last.text, line),
                Some(_) | None => all.push(entry(None, line, None)),
            }
        }
        for (date, words) in dated {
            match all.last_mut().filter(|last| last.date == Some(date)) {
                Some(last) => add_line(&mut last.text, &words),
                None => all.push(entry(Some(date), &words, None)),
            }
        }
    }
    all
}

/// A line split where its sentences give another date; nothing where none gives one.
fn by_sentence(line: &str, today: NaiveDate) -> Vec<(PartialDate, String)> {
    let mut all: Vec<(PartialDate, String)> = Vec::new();
    let mut opening = String::new();
    for sentence in sentences(line) {
        let date = happened(sentence).filter(|date| date.month.is_some() && is_past(*date, today)).max();
        match (date, all.last_mut()) {
            (Some(date), Some(last)) if last.0 == date => last.1.push_str(sentence),
            (Some(date), _) => all.push((date, std::mem::take(&mut opening) + sentence)),
            (None, Some(last)) => last.1.push_str(sentence),
            (None, None) => opening.push_str(sentence),
        }
    }
    all.into_iter().map(|(date, words)| (date, words.trim().to_owned())).collect()
}

/// The dates on which something happened according to a sentence, and not those until which it was put off.
fn happened(sentence: &str) -> impl Iterator<Item = PartialDate> {
    let found = date_text::find(sentence, None);
    let begins: Vec<usize> = std::iter::once(0).chain(found.iter().map(|found| found.end)).collect();
    let words = |(found, begin): (&Found, &usize)| sentence.get(*begin..found.start).unwrap_or("").to_lowercase();
    let befores: Vec<String> = found.iter().zip(&begins).map(words).collect();
    let is_other = |before: &str| {
        let before = format!(" {} ", before.replace(['(', ','], " ").trim());
        AHEAD.iter().any(|word| before.contains(word)) || LIMITS.iter().any(|word| before.ends_with(word))
    };
    found.into_iter().zip(befores).filter(move |(_, before)| !is_other(before)).map(|(found, _)| found.date)
}

/// The sentences of a line, each with the space after it.
fn sentences(line: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut start = 0;
    for (at, _) in line.match_indices(". ") {
        let next = line.get(at + 2..).unwrap_or("");
        if next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) {
            all.extend(line.get(start..at + 2));
            start = at + 2;
        }
    }
    all.extend(line.get(start..).filter(|rest| !rest.is_empty()));
    all
}

fn undated(text: &str) -> Option<EntryText> {
    let words = clean::lines(text);
    (!words.is_empty()).then(|| entry(None, &words, None))
}

fn entry(date: Option<PartialDate>, text: &str, by: Option<String>) -> EntryText {
    EntryText { date, text: text.trim().to_owned(), by, origin: EntryOrigin::Imported }
}

fn add_line(text: &mut String, line: &str) {
    text.push('\n');
    text.push_str(line);
}

fn is_past(date: PartialDate, today: NaiveDate) -> bool {
    date.first().is_some_and(|first| first <= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(raw: &str, dating: Dating) -> Vec<(String, String, String)> {
        let today = NaiveDate::from_ymd_opt(2026, 1, 31).unwrap();
        let entries = entries(raw, dating, today).into_iter();
        let date = |date: Option<PartialDate>| date.map(|date| date.to_string()).unwrap_or_default();
        entries.map(|entry| (date(entry.date), entry.by.unwrap_or_default(), entry.text)).collect()
    }

    fn row(date: &str, by: &str, text: &str) -> (String, String, String) {
        (date.into(), by.into(), text.into())
    }

    #[test]
    fn date_marks_date_the_updates_and_name_who_gave_them() {
        let raw =
            "Carers are told.  NHT November 2023: a leaflet is out. It went to all.  ANT/RWH March 24: signs are up";
        let expected = [
            row("", "", "Carers are told."),
            row("2023-11", "NHT", "a leaflet is out. It went to all."),
            row("2024-03", "ANT/RWH", "signs are up"),
        ];
        assert_eq!(dated(raw, Dating::BesideTarget), expected);
        let raw = "12/03/2024 – Group met.\n[15/06/2024] Draft sent\nMay 2024 update: agreed";
        let dates: Vec<String> = dated(raw, Dating::MarksAndSentences).into_iter().map(|entry| entry.0).collect();
        assert_eq!(dates, ["2024-03-12", "2024-06-15", "2024-05"]);
    }

    #[test]
    fn a_date_without_a_year_begins_an_update_of_its_own() {
        let raw = "Aug 25: tender out\n22nd September: bids in\nand scored\nNov meeting: award\n01.10.2025 (JS): done";
        let expected = [
            row("2025-08", "", "tender out"),
            row("", "", "22nd September: bids in\nand scored"),
            row("", "", "Nov meeting: award"),
            row("2025-10-01", "JS", "done"),
        ];
        assert_eq!(dated(raw, Dating::MarksAndSentences), expected);
        let raw = "10/06/25: begun\n31/9/25 - workshop held";
        let expected = [row("2025-06-10", "", "begun"), row("", "", "31/9/25 - workshop held")];
        assert_eq!(dated(raw, Dating::MarksAndSentences), expected);
        let raw = "10/06/25: begun\nNote: the June group will decide";
        assert_eq!(dated(raw, Dating::MarksAndSentences).len(), 1);
    }

    #[test]
    fn dates_in_front_of_the_sentences_of_a_line_date_each() {
        let expected = [row("2025-11-12", "", "No change."), row("2025-09-01", "", "Paper written.")];
        for raw in [
            "[12/11/2025] No change. [01/09/2025] Paper written.",
            "(12/11/2025) No change. (01/09/2025) Paper written.",
            "12/11/2025 – No change. 01/09/2025 – Paper written.",
        ] {
            assert_eq!(dated(raw, Dating::MarksAndSentences), expected, "{raw}");
        }
        let after = "No change. [12/11/2025] Paper written. [01/09/2025]";
        let texts: Vec<String> = dated(after, Dating::MarksAndSentences).into_iter().map(|entry| entry.2).collect();
        assert!(texts.iter().all(|text| text != "Paper written."), "{texts:?}");
    }

    #[test]
    fn a_line_that_is_only_a_date_is_the_title_of_the_lines_below() {
        let expected =
            [row("2025-05", "", "Funding agreed.\nPost advertised."), row("2025-08", "", "Post filled; starts soon.")];
        let raw = "May 2025 update\nFunding agreed.\nPost advertised.\n\nAug 2025 update\nPost filled; starts soon.";
        assert_eq!(dated(raw, Dating::MarksAndSentences), expected);
        let raw = "May 2025\nFunding agreed.\nPost advertised.\nAug 2025:\nPost filled; starts soon.";
        assert_eq!(dated(raw, Dating::MarksAndSentences), expected);
        let wrapped = "The group met on\n12 March 2025\nand agreed";
        assert!(!dated(wrapped, Dating::MarksAndSentences).contains(&row("2025-03-12", "", "and agreed")));
    }

    #[test]
    fn sentences_with_a_date_are_entries_of_that_date() {
        let raw = "Protocol published on 16/12/2021.  Meetings began January 2022.";
        let expected = [
            row("2021-12-16", "", "Protocol published on 16/12/2021."),
            row("2022-01", "", "Meetings began January 2022."),
        ];
        assert_eq!(dated(raw, Dating::MarksAndSentences), expected);
        let raw = "Draft done in 21/22.\nIn August 2022, it was approved.\nThe Care Act 2014 applies.";
        let dates: Vec<String> = dated(raw, Dating::MarksAndSentences).into_iter().map(|entry| entry.0).collect();
        assert_eq!(dates, ["", "2022-08", ""]);
    }

    #[test]
    fn a_date_that_is_only_referred_to_dates_nothing() {
        for raw in [
            "Agreed to extend to June 2025.",
            "To be signed off by the Board on 12 March 2025.",
            "Policy (dated May 2019) is under review",
            "Delayed until January 2025 because of vacancies",
        ] {
            assert_eq!(dated(raw, Dating::MarksAndSentences), [row("", "", raw)], "{raw}");
        }
        let raw = "Agreed on 3 March 2025 to extend to June 2025.";
        assert_eq!(dated(raw, Dating::MarksAndSentences), [row("2025-03-03", "", raw)]);
    }

    #[test]
    fn a_date_to_come_and_a_date_inside_prose_date_nothing() {
        assert_eq!(
            dated("To be launched in May 2031.", Dating::MarksAndSentences),
            [row("", "", "To be launched in May 2031.")]
        );
        let raw = "Completed March 2022 and shared in June 2022";
        assert_eq!(dated(raw, Dating::BesideTarget), [row("", "", raw)]);
    }
}
