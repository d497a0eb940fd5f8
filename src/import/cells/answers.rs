//! Whether something is done, as a column of yes and no says it: in words, ticks, boxes or percentages.

/// What a cell answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    Yes,
    No,
    /// Partly, or a percentage between none and all.
    Part,
}

const YES: [&str; 18] =
    ["yes", "y", "true", "t", "x", "1", "tick", "ticked", "[x]", "(x)", "☒", "☑", "✓", "✔", "√", "✅", "🗸", "●"];
const NO: [&str; 15] = ["no", "n", "false", "f", "0", "not yet", "[ ]", "( )", "☐", "□", "○", "✗", "✘", "❌", "✕"];
const PART: [&str; 6] = ["partly", "partially", "partial", "in part", "part", "mostly"];
/// Those that may be followed by more words: the others are letters and figures that begin other things too.
const OPENING: [&str; 4] = ["yes", "no", "true", "false"];

/// The answer that a cell begins with, and what it says besides; `None` where it is something else.
pub fn of(cell: &str) -> Option<(Answer, &str)> {
    let text = cell.trim();
    whole(text).or_else(|| boxes(text)).map(|answer| (answer, "")).or_else(|| opening(text))
}

/// Whether a column's cells are such answers, most of them, and at least one says yes or no.
pub fn are_answers<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let said: Vec<Option<Answer>> =
        cells.filter(|cell| !cell.trim().is_empty()).map(|cell| of(cell).map(|(answer, _)| answer)).collect();
    let answered = said.iter().flatten().count();
    let is_clear = said.iter().flatten().any(|answer| matches!(answer, Answer::Yes | Answer::No));
    (is_clear || answered > 1 && answered == said.len()) && answered * 10 >= said.len() * 6
}

/// Whether a column's heading asks if an action is done: "Complete?", "Done (Y/N)", "% complete".
pub fn is_asked(heading: &[String]) -> bool {
    let says = |all: &[&str]| heading.iter().any(|word| all.contains(&word.as_str()));
    says(&DONE) && !says(&NOT_ASKED)
}

const DONE: [&str; 17] = [
    "complete",
    "completed",
    "completion",
    "done",
    "closed",
    "finished",
    "achieved",
    "implemented",
    "delivered",
    "discharged",
    "actioned",
    "resolved",
    "fulfilled",
    "met",
    "signed",
    "tick",
    "ticked",
];
/// Words that make it another question: who completed it, how many, or whether it is still open.
const NOT_ASKED: [&str; 12] =
    ["by", "not", "number", "how", "who", "open", "outstanding", "overdue", "late", "date", "evidence", "if"];

fn whole(text: &str) -> Option<Answer> {
    let folded = text.trim_end_matches(['.', '\u{fe0f}']).to_lowercase();
    if let Some(share) = folded.strip_suffix('%').and_then(|share| share.trim().parse::<f32>().ok()) {
        return percent(share);
    }
    let is_in = |all: &[&str]| all.contains(&folded.as_str());
    let answers = [(Answer::Yes, is_in(&YES)), (Answer::No, is_in(&NO)), (Answer::Part, is_in(&PART))];
    answers.into_iter().find(|(_, is_it)| *is_it).map(|(answer, _)| answer)
}

fn percent(share: f32) -> Option<Answer> {
    match share {
        share if share <= 0.0 => Some(Answer::No),
        share if share < 100.0 => Some(Answer::Part),
        share if share > 100.0 => None,
        _ => Some(Answer::Yes),
    }
}

/// "☐ Yes ☒ No": the word beside the box that is ticked; no answer is a no.
fn boxes(text: &str) -> Option<Answer> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let is_box = |part: &&str| whole(part).is_some() && !part.chars().any(char::is_alphanumeric);
    let count = parts.iter().filter(|part| is_box(part)).count();
    if count < 2 || count * 2 != parts.len() {
        return None;
    }
    let pairs: Vec<(&str, &str)> = parts.chunks(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?))).collect();
    let (boxes, words): (Vec<&str>, Vec<&str>) =
        if is_box(parts.first()?) { pairs.into_iter().unzip() } else { pairs.into_iter().map(|(a, b)| (b, a)).unzip() };
    let answers: Vec<Answer> = words.into_iter().map(whole).collect::<Option<_>>()?;
    let ticked = boxes.iter().zip(answers).filter(|(sign, _)| whole(sign) == Some(Answer::Yes));
    let ticked: Vec<Answer> = ticked.map(|(_, answer)| answer).collect();
    match ticked.as_slice() {
        [] => Some(Answer::No),
        [only] => Some(*only),
        [_, _, ..] => None,
    }
}

/// "Yes – sent to all on 12 March".
fn opening(text: &str) -> Option<(Answer, &str)> {
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    let (word, rest) = (text.get(..end)?, text.get(end..)?);
    let is_sign = word.is_empty();
    let end = if is_sign { text.chars().next()?.len_utf8() } else { end };
    let (word, rest) = if is_sign { (text.get(..end)?, text.get(end..)?) } else { (word, rest) };
    let answer = whole(word)?;
    let is_letter = matches!(word, "Y" | "N" | "y" | "n") && rest.trim_start().starts_with(['–', '—', '-', ':', ',']);
    let is_one = is_sign || is_letter || OPENING.contains(&word.to_lowercase().as_str());
    let rest = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let has_box = rest.contains(['☒', '☑', '☐', '□']);
    (is_one && !has_box && !rest.is_empty()).then_some((answer, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(cell: &str) -> Option<Answer> {
        of(cell).map(|(answer, _)| answer)
    }

    #[test]
    fn words_ticks_boxes_and_percentages_are_answers() {
        for cell in
            ["Yes", "Y", "TRUE", "x", "☒", "☑", "✓", "✔", "✔️", "1", "100%", "100 %", "[x]", "☒ Yes ☐ No", "Yes ☒ No ☐"]
        {
            assert_eq!(said(cell), Some(Answer::Yes), "{cell}");
        }
        for cell in ["No", "n", "FALSE", "☐", "0", "0%", "✗", "☐ Yes ☒ No", "☐ Yes ☐ No", "Not yet"] {
            assert_eq!(said(cell), Some(Answer::No), "{cell}");
        }
        for cell in ["50%", "Partly"] {
            assert_eq!(said(cell), Some(Answer::Part), "{cell}");
        }
        for cell in ["", "Ongoing", "None", "Yesterday", "2", "X-ray unit", "North", "☒ Yes ☒ No", "110%"] {
            assert_eq!(said(cell), None, "{cell}");
        }
    }

    #[test]
    fn what_follows_the_answer_is_kept() {
        assert_eq!(of("Yes – sent on 12 March"), Some((Answer::Yes, "sent on 12 March")));
        assert_eq!(of("Y – 11/06/2026"), Some((Answer::Yes, "11/06/2026")));
        assert_eq!(of("Y Bwrdd"), None);
        assert_eq!(of("✓ sent"), Some((Answer::Yes, "sent")));
        assert_eq!(of("No, waiting for the keys"), Some((Answer::No, "waiting for the keys")));
    }

    #[test]
    fn only_a_heading_about_being_done_asks() {
        use crate::text::words;
        for heading in ["Complete?", "Done", "Action completed (Y/N)", "% complete", "Signed off"] {
            assert!(is_asked(&words(heading)), "{heading}");
        }
        for heading in ["Completed by", "Not complete", "Funded?", "Date completed", "Outstanding"] {
            assert!(!is_asked(&words(heading)), "{heading}");
        }
    }
}
