//! The text around the tables: title, findings, the key to the ratings, the acronyms, and notes.

use chrono::NaiveDate;

use super::headings::{self, Heading};
use crate::domain::date_text;
use crate::domain::draft::{DraftFinding, DraftUnder};
use crate::import::cells::ratings;
use crate::import::words::clean;
use crate::import::words::vocabulary::{Vocabulary, position, words};

/// What the paragraphs read so far have said.
#[derive(Clone, Debug, Default)]
pub struct Sections {
    pub findings: Vec<DraftFinding>,
    /// Word and wording, as the key has them.
    pub key: Vec<(String, String)>,
    pub glossary: Vec<(String, String)>,
    pub notes: Vec<String>,
    /// The header of each page.
    pub headers: Vec<String>,
    /// The heading above the next table.
    pub under: DraftUnder,
    /// The last line that looks like a heading.
    pub heading: Option<String>,
    /// The findings whose text is being read: those of the last heading, and of earlier headings without text.
    reading: Vec<usize>,
    above: Above,
    place: Destination,
    /// A table has been read since the last finding, so the next finding starts a new group.
    is_used: bool,
}

/// The recommendation that is above the actions and not beside them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Above {
    /// Those named since the last action.
    named: Vec<String>,
    /// The one that the actions below answer.
    current: Option<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Destination {
    #[default]
    Notes,
    /// In the text of the findings above the next table.
    Finding,
    /// Below a recommendation that is only a number so far.
    Recommendation,
    Key,
    Glossary,
}

impl Sections {
    /// Reads a paragraph.
    pub fn paragraph(&mut self, raw: &str, vocabulary: &Vocabulary) {
        let lines = clean::lines(raw);
        for line in lines.lines() {
            self.line(line, vocabulary);
        }
    }

    /// Notes that a table, or a row of one, belongs to the findings before it.
    pub fn table(&mut self) {
        self.is_used = true;
        self.place = Destination::Notes;
    }

    /// The recommendation that the action in the next row answers, if there is only one above it.
    ///
    /// Several in succession are a list of recommendations, not headings: those become notes.
    pub fn above(&mut self) -> Option<String> {
        match self.above.named.as_mut_slice() {
            [] => {}
            [one] => self.above.current = Some(std::mem::take(one)),
            all => {
                self.notes.extend(all.iter_mut().map(std::mem::take));
                self.above.current = None;
            }
        }
        self.above.named.clear();
        self.above.current.clone()
    }

    /// What follows answers recommendations of its own, so a line above it was only a heading.
    pub fn forget_above(&mut self) {
        self.above.current = None;
        for line in std::mem::take(&mut self.above.named) {
            if is_heading(&line) {
                self.heading = Some(line.clone());
            }
            self.notes.push(line);
        }
    }

    /// Takes a line as the recommendation that what follows answers.
    pub fn recommend(&mut self, line: &str) {
        self.above.named.push(clean::line(line));
        self.heading = None;
    }

    /// Ends the document: recommendations without an answer stay as notes.
    pub fn end(&mut self) {
        self.notes.append(&mut self.above.named);
    }

    /// The finding that a cell names, added if it is new.
    pub fn finding_in_cell(&mut self, cell: &str, vocabulary: &Vocabulary) -> Vec<usize> {
        let text = clean::lines(cell);
        let (numbers, words) = match headings::of(&text, vocabulary) {
            Some(Heading::Findings { numbers, text }) => (numbers, text),
            Some(Heading::AllFindings | Heading::Recommendation { .. } | Heading::Key | Heading::Acronyms) | None => {
                match crate::import::words::number::of(&text) {
                    Some(found) => (vec![found.number], found.text.to_owned()),
                    None => (Vec::new(), text),
                }
            }
        };
        if numbers.is_empty() {
            return vec![self.finding_of_text(&words)];
        }
        numbers.into_iter().map(|number| self.finding(number, &words)).collect()
    }

    fn line(&mut self, line: &str, vocabulary: &Vocabulary) {
        let bare = line.strip_prefix("• ").unwrap_or(line);
        if self.place == Destination::Key && self.key_line(bare, vocabulary)
            || self.place == Destination::Glossary && self.acronym(bare)
        {
            return;
        }
        match headings::of(line, vocabulary) {
            Some(Heading::Findings { numbers, text }) => self.heading(numbers, &text),
            Some(Heading::AllFindings) => {
                self.under = DraftUnder::AllFindings;
                self.is_used = true;
                self.place = Destination::Notes;
            }
            Some(Heading::Recommendation { text, .. }) => {
                self.recommend(line);
                self.place = if text.is_empty() { Destination::Recommendation } else { Destination::Notes };
            }
            Some(Heading::Key) => {
                self.place = Destination::Key;
                if let Some((_, rest)) = line.split_once(':') {
                    self.key_line(rest.trim(), vocabulary);
                }
            }
            Some(Heading::Acronyms) => self.place = Destination::Glossary,
            None => self.prose(line, vocabulary),
        }
    }

    fn prose(&mut self, line: &str, vocabulary: &Vocabulary) {
        if let (Destination::Recommendation, Some(named)) = (self.place, self.above.named.last_mut()) {
            named.push_str(": ");
            named.push_str(line);
            self.place = Destination::Notes;
            return;
        }
        let text = words(line);
        let is_note = vocabulary.headings.note.iter().any(|note| position(&text, note).is_some_and(|at| at.0 == 0));
        let is_finding = self.place == Destination::Finding && !(is_note && line.contains(':'));
        match &self.under {
            DraftUnder::Findings(_) if is_finding => {
                for place in &self.reading {
                    self.findings.get_mut(*place).into_iter().for_each(|finding| add_line(&mut finding.text, line));
                }
            }
            DraftUnder::Findings(_) | DraftUnder::Nothing | DraftUnder::AllFindings => {
                self.place = Destination::Notes;
                if is_heading(line) {
                    self.heading = Some(line.to_owned());
                    self.above.current = None;
                }
                self.notes.push(line.to_owned());
            }
        }
    }

    fn heading(&mut self, numbers: Vec<String>, text: &str) {
        let mut places = match &self.under {
            DraftUnder::Findings(places) if !self.is_used => places.clone(),
            DraftUnder::Findings(_) | DraftUnder::Nothing | DraftUnder::AllFindings => Vec::new(),
        };
        let own: Vec<usize> = numbers.into_iter().map(|number| self.finding(number, text)).collect();
        let has_text = |at: &usize| self.findings.get(*at).is_some_and(|finding| !finding.text.is_empty());
        self.reading = places.iter().copied().filter(|at| !has_text(at)).chain(own.iter().copied()).collect();
        places.extend(own);
        places.dedup();
        self.under = DraftUnder::Findings(places);
        self.above.current = None;
        self.is_used = false;
        self.place = Destination::Finding;
    }

    fn finding(&mut self, number: String, text: &str) -> usize {
        if let Some(place) = self.findings.iter().position(|finding| finding.number == number) {
            return place;
        }
        self.findings.push(DraftFinding { number, text: text.to_owned() });
        self.findings.len() - 1
    }

    fn finding_of_text(&mut self, text: &str) -> usize {
        if let Some(place) = self.findings.iter().position(|finding| finding.text == text) {
            return place;
        }
        self.findings.push(DraftFinding { number: (self.findings.len() + 1).to_string(), text: text.to_owned() });
        self.findings.len() - 1
    }

    /// "Green: Objective completed", or several of these: "R = late; G = on track, not done". Whether it is a line of a key.
    fn key_line(&mut self, line: &str, vocabulary: &Vocabulary) -> bool {
        let (before, mark) = (self.key.len(), if line.contains(';') { ';' } else { ',' });
        for part in line.split(mark).map(str::trim) {
            let level = pair(part).filter(|(word, _)| is_level(word, self.key.len() > before, vocabulary));
            match (level, self.key.get_mut(before..).and_then(<[_]>::last_mut)) {
                (Some(level), _) => self.key.push(level),
                (None, Some((_, meaning))) => *meaning = format!("{meaning}{mark} {part}"),
                (None, None) => return false,
            }
        }
        self.key.len() > before
    }

    /// "CCG: Clinical Commissioning Group"; whether it is a line of a glossary.
    fn acronym(&mut self, line: &str) -> bool {
        let Some((word, meaning)) = pair(line) else { return false };
        let is_acronym = word.split(' ').count() <= 4 && word.chars().filter(|c| c.is_uppercase()).count() >= 2;
        if is_acronym {
            self.glossary.push((word, meaning));
        }
        is_acronym
    }

    /// Takes the title out of the notes: the line that calls itself a plan, else the first line before any table, else
    /// the page header that calls itself a plan.
    pub fn take_title(&mut self, first: Option<&str>, vocabulary: &Vocabulary) -> Option<String> {
        let titles = &vocabulary.headings.title;
        let says = |line: &str, is_long: bool| {
            let text = words(line);
            let phrases = titles.iter().filter(|phrase| phrase.contains(' ') == is_long);
            line.len() <= 200
                && !line.ends_with('.')
                && phrases.into_iter().any(|phrase| position(&text, phrase).is_some())
        };
        let named = |is_long| self.notes.iter().find(|line| says(line, is_long)).cloned();
        let at_head = || self.headers.iter().find(|line| says(line, true) || says(line, false)).cloned();
        let first = first.map(clean::line).filter(|line| line.len() <= 120 && !line.ends_with('.'));
        let first = first.filter(|line| self.notes.contains(line));
        let title = named(true).or_else(|| named(false)).or(first).or_else(at_head)?;
        self.notes.retain(|note| *note != title);
        self.headers.retain(|header| *header != title);
        Some(title.trim_start_matches(['#', ' ']).to_owned())
    }

    /// The date of the plan according to the title, or to a line such as "Updated 3 May 2024".
    pub fn as_at(&self, title: &str) -> Option<NaiveDate> {
        let says = |line: &&String| {
            let text = words(line).join(" ");
            let signs = [
                "as at",
                "as of",
                "updated",
                "update",
                "position",
                "correct at",
                "version",
                "dated",
                "published",
                "last reviewed",
            ];
            let is_date = || date_text::span(line).is_some();
            line.len() <= 160 && (signs.iter().any(|sign| text.contains(sign)) || is_date())
        };
        let last = |text: &str| date_text::find(text, None).last().map(|found| found.span.last);
        last(title).or_else(|| self.notes.iter().filter(says).find_map(|line| last(line)))
    }
}

/// Whether a word before a meaning is that of a level. After another one on its line it must be known: "Green: done, evidence: yes".
fn is_level(word: &str, is_further: bool, vocabulary: &Vocabulary) -> bool {
    let is_letter = word.chars().count() == 1;
    let is_known = || is_letter || ratings::known(word, vocabulary).is_some();
    word.split(' ').count() <= 4 && word.chars().any(char::is_alphabetic) && (!is_further || is_known())
}

/// Short, and not a sentence.
fn is_heading(line: &str) -> bool {
    line.len() <= 120
        && line.contains(char::is_alphabetic)
        && !line.ends_with(['.', ';', ','])
        && !line.starts_with("• ")
}

/// "A: b", "A – b", "A = b"; neither part empty.
fn pair(line: &str) -> Option<(String, String)> {
    let marks = [": ", ":", " – ", " - ", " — ", " = ", "="];
    let (word, meaning) = marks.iter().find_map(|mark| line.split_once(mark))?;
    let (word, meaning) = (clean::line(word), clean::line(meaning));
    (!word.is_empty() && !meaning.is_empty()).then_some((word, meaning))
}

fn add_line(text: &mut String, line: &str) {
    if !text.is_empty() {
        text.push('\n');
    }
    text.push_str(line);
}
