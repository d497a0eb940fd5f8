//! The JSON that scripts rely on: fixed keys in a fixed order, and no characters that could disturb a terminal.

mod hub;

use std::io;

use serde::{Serialize, Serializer};
use serde_json::ser::Formatter;

use crate::domain::action::{Action, Closure, Extension, Lead};
use crate::domain::chase::{Asked, Request};
use crate::domain::filter::Match;
use crate::domain::flag::{Flag, Source};
use crate::domain::particular::Particular;
use crate::domain::party::PartyKind;
use crate::domain::progress::{Entry, EntryOrigin};
use crate::domain::query;
use crate::domain::recommendation::Recommendation;
use crate::domain::recurring;
use crate::domain::register::Register;
use crate::domain::target::Target;
use crate::text;

use chrono::NaiveDate;

pub use hub::HubEvent;

/// One action, as printed by `list --json` and `show --json`.
#[derive(Debug, Serialize)]
pub struct ActionRow<'a> {
    pub plan: &'a str,
    #[serde(rename = "ref")]
    pub reference: String,
    pub findings: Vec<String>,
    pub recommendation: Option<RecommendationPart<'a>>,
    pub text: &'a str,
    /// The heading above it in the document; absent where it has none.
    #[serde(skip_serializing_if = "str::is_empty")]
    pub heading: &'a str,
    pub leads: Vec<PartyPart<'a>>,
    pub via: Vec<PartyPart<'a>>,
    pub targets: Vec<TargetPart<'a>>,
    /// The later target that is asked for; absent where none is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub extension: Option<ExtensionPart<'a>>,
    /// Who was asked about it by mail; absent where nobody was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<AskedPart<'a>>,
    pub rating: Option<RatingPart>,
    pub overdue: bool,
    pub closed: bool,
    /// What shows that it is done, and where that is; absent where neither is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence: Option<EvidencePart<'a>>,
    /// The action of which it is the next; absent where it is none's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_of: Option<String>,
    /// The next actions of one that is closed; absent where there is none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub again_as: Vec<String>,
    pub progress: Vec<EntryPart<'a>>,
    pub flags: Vec<FlagPart<'a>>,
    pub source: Option<SourcePart<'a>>,
    /// Present only where a party's filter includes the action because it is for all agencies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub for_all: Option<bool>,
    /// Present only in `show`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<Vec<LogRow>>,
}

#[derive(Debug, Serialize)]
pub struct EvidencePart<'a> {
    pub text: &'a str,
    pub at: &'a str,
}

#[derive(Debug, Serialize)]
pub struct ExtensionPart<'a> {
    pub targets: Vec<TargetPart<'a>>,
    pub reason: &'a str,
    pub by: &'a str,
}

#[derive(Debug, Serialize)]
pub struct AskedPart<'a> {
    pub of: Vec<RequestPart<'a>>,
    /// Whether anything was heard since.
    pub answered: bool,
}

#[derive(Debug, Serialize)]
pub struct RequestPart<'a> {
    pub party: &'a str,
    pub day: String,
    /// By when it should answer.
    pub by: Option<String>,
}

#[derive(Debug, Serialize)]
pub struct RecommendationPart<'a> {
    pub number: &'a str,
    pub number_inferred: bool,
    pub text: &'a str,
    #[serde(flatten)]
    pub particulars: ParticularsPart<'a>,
}

/// Every particular under its name, null if not stated.
#[derive(Debug)]
pub struct ParticularsPart<'a>(&'a Recommendation);

impl Serialize for ParticularsPart<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = |of: &Particular| Some(of.of(self.0)).filter(|text| !text.is_empty());
        serializer.collect_map(Particular::ALL.iter().map(|of| (of.key(), text(of))))
    }
}

#[derive(Debug, Serialize)]
pub struct PartyPart<'a> {
    pub name: &'a str,
    pub kind: &'static str,
    /// The agency itself, or the one it rolls up to.
    pub agency: Option<&'a str>,
    pub raw: &'a str,
}

#[derive(Debug, Serialize)]
pub struct TargetPart<'a> {
    pub raw: &'a str,
    pub first: Option<String>,
    pub last: Option<String>,
    pub flag: Option<&'a str>,
}

#[derive(Debug, Serialize)]
pub struct RatingPart {
    pub letter: String,
    pub word: String,
    pub meaning: String,
}

#[derive(Debug, Serialize)]
pub struct EntryPart<'a> {
    pub date: Option<String>,
    pub text: &'a str,
    pub by: Option<&'a str>,
    pub origin: &'static str,
}

#[derive(Debug, Serialize)]
pub struct FlagPart<'a> {
    pub field: &'a str,
    pub why: &'a str,
    pub raw: &'a str,
}

#[derive(Debug, Serialize)]
pub struct SourcePart<'a> {
    pub file: &'a str,
    pub place: &'a str,
}

/// One line of the audit trail.
#[derive(Clone, Debug, Serialize)]
pub struct LogRow {
    /// RFC 3339, with the UTC offset where the change was made.
    pub at: String,
    pub author: String,
    pub meeting: Option<String>,
    pub plan: Option<String>,
    #[serde(rename = "ref")]
    pub reference: Option<String>,
    pub what: String,
    pub sentence: String,
    pub from: Option<String>,
    pub to: Option<String>,
    pub batch: String,
}

fn evidence(action: &Action) -> Option<EvidencePart<'_>> {
    let text = match action.closure.get() {
        Some(Closure::Proposed { evidence } | Closure::Closed { evidence }) => evidence.as_str(),
        Some(Closure::Open | Closure::NotImplemented { .. }) | None => "",
    };
    let part = EvidencePart { text, at: action.evidence_at() };
    Some(part).filter(|part| !part.text.is_empty() || !part.at.is_empty())
}

impl<'a> ActionRow<'a> {
    pub fn new(register: &'a Register, action: &'a Action, matched: Match, today: NaiveDate) -> ActionRow<'a> {
        ActionRow {
            plan: register.plan(action.plan).map_or("", |plan| plan.slug()),
            reference: register.reference(action),
            findings: register.finding_numbers(action),
            recommendation: recommendation(register, action),
            text: action.text(),
            heading: action.heading(),
            leads: action.leads().iter().map(|lead| party(register, lead)).collect(),
            via: action.via().iter().map(|lead| party(register, lead)).collect(),
            targets: action.targets().iter().map(target).collect(),
            extension: action.extension().map(extension),
            asked: action.asked().map(|asked| asked_part(register, action, asked)),
            rating: rating(register, action),
            overdue: query::is_overdue(register, action, today),
            closed: action.is_closed(),
            evidence: evidence(action),
            next_of: recurring::before(register, action).map(|one| register.reference(one)),
            again_as: recurring::after(register, action).into_iter().map(|one| register.reference(one)).collect(),
            progress: action.progress().map(entry).collect(),
            flags: action.flags().iter().map(flag).collect(),
            source: action.source.get().map(source),
            for_all: (matched == Match::ForAll).then_some(true),
            history: None,
        }
    }
}

fn asked_part<'a>(register: &'a Register, action: &Action, asked: &Asked) -> AskedPart<'a> {
    let part = |one: &Request| RequestPart {
        party: register.party_name(one.party),
        day: one.day.to_string(),
        by: one.by.map(|day| day.to_string()),
    };
    AskedPart { of: asked.of.iter().map(part).collect(), answered: action.unanswered().is_none() }
}

fn extension(asked: &Extension) -> ExtensionPart<'_> {
    ExtensionPart { targets: asked.dates.iter().map(target).collect(), reason: &asked.reason, by: &asked.by }
}

/// The agency a party is or rolls up to; subgroups and "all agencies" have none.
pub fn agency_of<'a>(register: &'a Register, lead: &Lead) -> Option<&'a str> {
    let mut party = register.party(lead.party)?;
    // Chains of agencies are short; the bound stops a circular one from looping for ever.
    for _ in 0..8 {
        match party.agency().and_then(|agency| register.party(agency)) {
            Some(above) => party = above,
            None => break,
        }
    }
    (party.kind() == PartyKind::Agency).then(|| party.name())
}

fn recommendation<'a>(register: &'a Register, action: &Action) -> Option<RecommendationPart<'a>> {
    let rec = register.recommendation(action.recommendation?)?;
    Some(RecommendationPart {
        number: rec.number(),
        number_inferred: rec.number_inferred.get().copied().unwrap_or(false),
        text: rec.text(),
        particulars: ParticularsPart(rec),
    })
}

fn party<'a>(register: &'a Register, lead: &'a Lead) -> PartyPart<'a> {
    let kind = register.party(lead.party).map_or("agency", |party| kind_word(party.kind()));
    PartyPart { name: register.party_name(lead.party), kind, agency: agency_of(register, lead), raw: &lead.raw }
}

/// The word for a kind of party in JSON.
pub fn kind_word(kind: PartyKind) -> &'static str {
    match kind {
        PartyKind::Agency => "agency",
        PartyKind::Subgroup => "subgroup",
        PartyKind::Post => "post",
        PartyKind::Everyone => "everyone",
    }
}

fn target(target: &Target) -> TargetPart<'_> {
    TargetPart {
        raw: &target.raw,
        first: target.first().map(|day| day.to_string()),
        last: target.last().map(|day| day.to_string()),
        flag: target.flag.as_deref(),
    }
}

fn rating(register: &Register, action: &Action) -> Option<RatingPart> {
    let word = action.rating()?;
    Some(match register.level(action) {
        Some(level) => RatingPart { letter: level.letter.into(), word: level.word, meaning: level.meaning },
        None => RatingPart { letter: word.chars().take(1).collect(), word: word.to_owned(), meaning: String::new() },
    })
}

fn entry(entry: &Entry) -> EntryPart<'_> {
    EntryPart {
        date: entry.said.date.map(|date| date.to_string()),
        text: &entry.said.text,
        by: entry.said.by.as_deref(),
        origin: match entry.said.origin {
            EntryOrigin::Imported => "imported",
            EntryOrigin::Written => "written",
        },
    }
}

/// A flag without its suggestion, which is for the screen.
pub fn flag(flag: &Flag) -> FlagPart<'_> {
    FlagPart { field: &flag.field, why: &flag.why, raw: &flag.raw }
}

fn source(source: &Source) -> SourcePart<'_> {
    SourcePart { file: &source.file, place: &source.place }
}

/// One value on one line.
pub fn line(value: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, Harmless);
    // Writing plain data to memory cannot fail; any script would notice an empty line at once.
    let written = value.serialize(&mut serializer);
    debug_assert!(written.is_ok());
    String::from_utf8(bytes).unwrap_or_default()
}

/// An array with one element per line, so that two lists can be compared line by line.
pub fn array<T: Serialize>(values: impl IntoIterator<Item = T>) -> String {
    let (mut array, mut text) = (Array::default(), String::new());
    values.into_iter().for_each(|value| array.element(&value, &mut text));
    array.end(&mut text);
    text
}

/// The same array, element by element.
#[derive(Debug, Default)]
pub struct Array {
    has_begun: bool,
}

impl Array {
    pub fn element(&mut self, value: &impl Serialize, text: &mut String) {
        text.push_str(if self.has_begun { ",\n" } else { "[\n" });
        text.push_str(&line(value));
        self.has_begun = true;
    }

    pub fn end(self, text: &mut String) {
        text.push_str(if self.has_begun { "\n]\n" } else { "[]\n" });
    }
}

/// Compact JSON that escapes as `\uXXXX` everything that `text` would not print as it is.
struct Harmless;

impl Formatter for Harmless {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        if fragment.bytes().all(|byte| (0x20..0x7f).contains(&byte)) {
            return writer.write_all(fragment.as_bytes());
        }
        let mut plain = [0; 4];
        for letter in fragment.chars() {
            let written: &str = letter.encode_utf8(&mut plain);
            if text::harmless(written) == written {
                writer.write_all(written.as_bytes())?;
            } else {
                let mut units = [0; 2];
                letter.encode_utf16(&mut units).iter().try_for_each(|unit| write!(writer, "\\u{unit:04x}"))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn disturbing_characters_are_escaped_and_read_back_the_same() {
        let hostile = "a\u{202e}b\u{9b}31m\u{7f}\u{1b}[2J\u{200b}\u{e0041} é – “quoted”\n";
        let printed = line(&hostile);
        assert!(printed.chars().all(|c| !c.is_control() && !"\u{202e}\u{200b}\u{e0041}".contains(c)), "{printed}");
        assert!(printed.contains("é – “quoted”"), "ordinary text stays readable: {printed}");
        assert_eq!(serde_json::from_str::<String>(&printed).unwrap(), hostile);
    }

    #[test]
    fn an_array_has_one_element_a_line() {
        assert_eq!(array::<u8>([]), "[]\n");
        assert_eq!(array([1, 2]), "[\n1,\n2\n]\n");
    }
}
