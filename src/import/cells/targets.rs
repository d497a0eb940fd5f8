//! Target dates: from a column of their own, and from a column where they occur among prose.

use chrono::NaiveDate;

use super::progress::{self, Dating};
use crate::domain::date_text::{self, Found};
use crate::domain::date_words;
use crate::domain::flag::Flag;
use crate::domain::target::{Span, Target};
use crate::import::words::{clean, number};

/// Words that lead from a name to its date.
const LINKS: [&str; 6] = ["by", "due", "from", "until", "before", "end of"];

/// Words after a date that make it a deadline.
const AFTER: [&str; 2] = ["completion", "deadline"];

/// In days.
const HALF_A_YEAR: i64 = 183;

/// Words before a date, in the same sentence, that say it is still to come.
const AHEAD: [&str; 11] = [
    " due ",
    " to be ",
    " for consultation ",
    " for completion ",
    " deadline ",
    " expected ",
    " scheduled ",
    " target ",
    " complete by ",
    " completed by ",
    " for delivery ",
];

/// The targets of a cell that holds nothing else: dates one below another are several.
pub fn of_cell(raw: &str) -> Vec<Target> {
    let whole = clean::line(raw);
    if whole.trim_matches(['-', '–', '—', ' ']).is_empty() {
        return Vec::new();
    }
    let lines = clean::lines(raw);
    let is_dated = |target: &Target| target.span.is_some();
    // "1.1 – March 2026" above "1.2 – June 2026": each is for the action of that number.
    let bare = |line| number::of(line).map(|found| target(found.text)).filter(is_dated);
    let dated = |line| Some(target(line)).filter(is_dated).or_else(|| bare(line));
    if lines.contains('\n')
        && let Some(dates) = lines.lines().map(dated).collect::<Option<Vec<Target>>>()
    {
        return dates;
    }
    let own = target(&whole);
    let several = if own.span.is_none() { several(&whole) } else { None };
    several.unwrap_or_else(|| vec![own])
}

/// The dates of a cell that holds something else too, such as names or the text of an action; all of them are targets.
pub fn beside_words(raw: &str) -> Vec<Target> {
    let text = clean::line(raw);
    date_text::find(&text, None).iter().map(|found| written(&found.written, found)).collect()
}

/// What else a line holds: "HR, by May 2024" → "HR".
pub fn beside_dates(line: &str) -> String {
    let line = clean::line(line);
    let found = date_text::find(&line, None);
    if found.is_empty() {
        return line;
    }
    let rest = without(&line, &found);
    let words = rest.trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    let name = LINKS
        .iter()
        .find_map(|link| words.strip_suffix(link).filter(|before| !before.ends_with(char::is_alphanumeric)));
    name.unwrap_or(words).trim_end_matches([' ', ',', ';', '-', '–', '(', ':']).to_owned()
}

/// The dates of a cell that names two or more and nothing else.
fn several(whole: &str) -> Option<Vec<Target>> {
    let found = date_text::find(whole, None);
    let is_all = without(whole, &found).is_empty();
    (found.len() > 1 && is_all).then(|| found.iter().map(|found| written(&found.written, found)).collect())
}

/// What is left of a text without its dates and the marks between them.
pub fn without(text: &str, found: &[Found]) -> String {
    let mut rest = String::new();
    let mut from = 0;
    for date in found {
        rest.push_str(text.get(from..date.start).unwrap_or(""));
        rest.push(' ');
        from = date.end;
    }
    rest.push_str(text.get(from..).unwrap_or(""));
    clean::spaces(&rest).trim_matches([' ', ',', ';', '/', '&', '-', '–', ':', '(', ')']).to_owned()
}

/// "Jan 24 completion" is a date too: here it goes without saying that it is a deadline.
fn target(line: &str) -> Target {
    let line = line.strip_prefix("• ").unwrap_or(line).trim();
    let whole = date_text::target(line, None);
    let stem = || AFTER.iter().find_map(|word| line.to_lowercase().ends_with(word).then(|| line.len() - word.len()));
    let bare = if whole.span.is_some() { None } else { stem().and_then(|end| line.get(..end)) };
    if let Some(day) = whole.span.filter(|span| is_zoned(line) && span.first == span.last) {
        return Target { raw: date_words::day(day.first), ..whole };
    }
    match bare.map(|bare| date_text::target(bare.trim(), None)).filter(|bare| bare.span.is_some()) {
        Some(bare) => Target { raw: line.to_owned(), ..bare },
        None => whole,
    }
}

/// "2026-06-29T23:00:00Z": its day is another one where the reader is.
fn is_zoned(line: &str) -> bool {
    let after = line.find(':').and_then(|colon| line.get(colon..)).unwrap_or_default();
    after.ends_with(['Z', 'z']) || after.contains('+')
}

/// What "Within 2 weeks", and "End June" in a plan without dates, mean when counted from the date of the document.
fn counted(raw: &str, neighbours: &[Span], day: NaiveDate) -> Option<(String, String)> {
    let typed = date_text::typed_target(raw, day);
    let is_length = typed.span.is_some_and(|span| span.first == span.last) && !raw.contains('/');
    let explained = format!("counted from the date of the document, {}", date_words::day(day));
    typed.span.filter(|_| is_length || neighbours.is_empty()).map(|_| (explained, typed.raw))
}

/// What is known about the dates of an action besides its targets.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    /// The targets of the plan.
    pub neighbours: &'a [Span],
    /// The day at which the document stands.
    pub as_at: Option<NaiveDate>,
    /// The day on which the action was raised.
    pub raised: Option<NaiveDate>,
}

impl Known<'_> {
    /// What a month or a day without its year means: the first from the day on which the action was raised. Without such a
    /// day, the next one, if that is nearer than the last: otherwise a suggestion could hide that it is late.
    fn yearless(&self, raw: &str) -> Option<String> {
        let next = |from: NaiveDate| {
            let typed = date_text::typed_target(raw, from);
            typed.span.map(|span| (span, typed.raw))
        };
        match (self.raised, self.as_at) {
            (Some(raised), _) => next(raised).map(|(_, words)| words),
            (None, Some(as_at)) => {
                let is_near = |span: Span| (span.first - as_at).num_days() <= HALF_A_YEAR;
                next(as_at).filter(|(span, _)| is_near(*span)).map(|(_, words)| words)
            }
            (None, None) => date_text::suggestion(raw, self.neighbours),
        }
    }
}

/// The doubts about targets, with what they probably mean given the dates around them.
pub fn flags(targets: &[Target], known: Known<'_>) -> Vec<Flag> {
    let Known { neighbours, as_at, .. } = known;
    let doubtful = targets.iter().filter(|target| !date_text::is_dateless(&target.raw));
    let flag = |target: &Target| {
        let why = target.flag.clone()?;
        if says_done(&target.raw) {
            let why = format!("“{}” says when it was done, not when it was due", target.raw);
            return Some(Flag { field: "target".into(), why, raw: target.raw.clone(), suggestion: None });
        }
        if why.contains("has no year") {
            let suggestion = known.yearless(&target.raw);
            return Some(Flag { field: "target".into(), why, raw: target.raw.clone(), suggestion });
        }
        let suggestion = date_text::suggestion(&target.raw, neighbours);
        let counted = as_at.filter(|_| suggestion.is_none()).and_then(|day| counted(&target.raw, neighbours, day));
        let why = counted.as_ref().map_or_else(|| why.clone(), |(explained, _)| format!("{why}; {explained}"));
        let suggestion = suggestion.or(counted.map(|(_, date)| date));
        Some(Flag { field: "target".into(), why, raw: target.raw.clone(), suggestion })
    };
    doubtful.filter_map(flag).collect()
}

/// "Completed May 2023": more than the bare word, and no target.
pub fn says_done(raw: &str) -> bool {
    let first = raw.split_whitespace().next().unwrap_or("").trim_end_matches([':', ',', '-', '–']);
    let is_done = ["complete", "completed", "closed", "done"].contains(&first.to_lowercase().as_str());
    is_done && raw.split_whitespace().count() > 1
}

/// What prose in a column of "deadline and status" says about the deadline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentioned {
    pub targets: Vec<Target>,
    pub flags: Vec<Flag>,
}

/// A date is a deadline only if the words say so: it comes first, it is the whole sentence, "due …", "… completion".
pub fn in_prose(raw: &str) -> Mentioned {
    let text = clean::without_marks(raw).replace(['\n', '\u{a0}'], " ");
    let updates = progress::marks(&text, Dating::BesideTarget).first().map_or(text.len(), |mark| mark.start);
    let mut mentioned = Mentioned::default();
    for found in date_text::find(&text, None) {
        let (before, after) = (text.get(..found.start).unwrap_or(""), text.get(found.end..).unwrap_or(""));
        if let Some(word) = AFTER.iter().find(|word| starts_with(after.trim_start(), word)) {
            mentioned.targets.push(written(&format!("{} {word}", found.written), &found));
        } else if found.start < updates {
            mentioned.add(&found, before, after);
        }
    }
    mentioned.targets.dedup();
    mentioned
}

impl Mentioned {
    fn add(&mut self, found: &Found, before: &str, after: &str) {
        let sentence = progress::sentence_before(before);
        let is_start = sentence.trim().is_empty();
        let is_alone = is_start && (after.trim().is_empty() || after.trim_start().starts_with(['.', ';']));
        let is_period = found.date.month.is_none() && found.written.contains(['-', '–']);
        let is_first = before.trim().is_empty() && after.trim_start().starts_with(['-', '–', '—']);
        let is_vague = found.date.month.is_none() && found.written.starts_with(char::is_uppercase) && !is_period;
        let said = format!(" {} ", sentence.to_lowercase());
        let is_ahead = AHEAD.iter().any(|words| said.contains(words)) || said.trim_end().ends_with(" by");
        if is_alone && is_period {
            self.flags.push(Flag {
                field: "target".into(),
                why: format!("the status says only “{}”; it may be the target", found.written),
                raw: found.written.clone(),
                suggestion: Some(found.written.clone()),
            });
        } else if is_alone || is_first || is_ahead || is_vague && !is_named_month(found) {
            self.targets.push(written(&found.written, found));
        }
    }
}

/// "January/ February 2024" begins with a capital letter anywhere, "Early 2024" only where a sentence begins.
fn is_named_month(found: &Found) -> bool {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    months.iter().any(|month| starts_with(&found.written, month))
}

fn written(raw: &str, found: &Found) -> Target {
    Target { raw: raw.to_owned(), span: Some(found.span), flag: None }
}

fn starts_with(text: &str, word: &str) -> bool {
    text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raws(text: &str) -> Vec<String> {
        in_prose(text).targets.into_iter().map(|target| target.raw).collect()
    }

    #[test]
    fn dates_one_under_the_other_are_several_targets() {
        let raws: Vec<String> = of_cell("Jan 2022\n\n\nMar 2022").into_iter().map(|target| target.raw).collect();
        assert_eq!(raws, ["Jan 2022", "Mar 2022"]);
        assert_eq!(of_cell("end of\nMarch 2022").len(), 1);
        assert_eq!(of_cell(" \n"), []);
    }

    #[test]
    fn a_time_with_a_zone_is_its_day_and_other_times_stay_as_written() {
        assert_eq!(target("2026-06-29T23:00:00+00:00").raw, "30 Jun 2026");
        assert_eq!(target("3 May 2026 10:00-12:00").raw, "3 May 2026 10:00-12:00");
    }

    #[test]
    fn an_incomplete_date_is_a_doubt_and_ongoing_is_not() {
        let around = [date_text::target("May 2023", None).span.unwrap()];
        let flags = flags(&[target("Oct 202"), target("Ongoing")], Known { neighbours: &around, ..Known::default() });
        assert_eq!(flags.len(), 1);
        assert_eq!(flags[0].suggestion.as_deref(), Some("Oct 2023"));
    }

    #[test]
    fn prose_gives_a_deadline_only_where_it_says_so() {
        assert_eq!(raws("May 2023 – after the event a report follows"), ["May 2023"]);
        assert_eq!(raws("As the plan says. March 2022.  June 2023: done"), ["March 2022"]);
        assert_eq!(raws("The draft is to be shared in May/ June 2024."), ["May/ June 2024"]);
        assert_eq!(raws("Discussed in workshops Early 2024 review"), ["Early 2024"]);
        assert_eq!(raws("June 2023: more staff trained. Feb 24 completion"), ["Feb 24 completion"]);
        assert_eq!(raws("The audit was done in June 2021 and a report issued in July 2022."), [""; 0]);
        assert_eq!(in_prose("Roll-out goes on. May 2023- early 2024.").flags.len(), 1);
    }
}
