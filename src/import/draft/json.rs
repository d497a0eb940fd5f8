//! The JSON of `arising list --json` and `show --json` → a draft, with everything that the JSON holds.
//!
//! It holds actions only: no title, no text of a finding, no withdrawn action. A filtered plan comes back filtered.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::domain::action::Closure;
use crate::domain::date_text;
use crate::domain::draft::{Draft, DraftAction, DraftFinding, DraftLead, DraftParty, DraftRecommendation, DraftUnder};
use crate::domain::flag::{Flag, Source};
use crate::domain::particular::{Particular, Particulars};
use crate::domain::party::PartyKind;
use crate::domain::progress::{EntryOrigin, EntryText};
use crate::domain::rating::{Hue, Level, Scheme};
use crate::domain::target::{Span, Target};
use crate::import::limits;
use crate::problem::Problem;
use crate::text;
use crate::wire;

use chrono::NaiveDate;

/// One action as it is written; what is recomputed (`overdue`, `history`) is ignored.
#[derive(Debug, Deserialize)]
struct ActionRow {
    #[serde(default)]
    plan: String,
    #[serde(rename = "ref")]
    reference: String,
    #[serde(default)]
    findings: Vec<String>,
    recommendation: Option<RecommendationPart>,
    text: String,
    #[serde(default)]
    leads: Vec<PartyPart>,
    #[serde(default)]
    via: Vec<PartyPart>,
    #[serde(default)]
    targets: Vec<TargetPart>,
    rating: Option<RatingPart>,
    #[serde(default)]
    closed: bool,
    #[serde(default)]
    progress: Vec<EntryPart>,
    #[serde(default)]
    flags: Vec<FlagPart>,
    source: Option<SourcePart>,
}

#[derive(Debug, Deserialize)]
struct RecommendationPart {
    number: String,
    #[serde(default)]
    number_inferred: bool,
    #[serde(default)]
    text: String,
    /// Particulars, and whatever a newer version adds.
    #[serde(flatten)]
    rest: BTreeMap<String, serde_json::Value>,
}

impl RecommendationPart {
    fn particulars(&self) -> Particulars {
        let text = |of: &Particular| Some((*of, self.rest.get(of.key())?.as_str()?));
        Particular::ALL.iter().filter_map(text).collect()
    }
}

#[derive(Debug, Deserialize)]
struct PartyPart {
    name: String,
    kind: Option<LeadKind>,
    agency: Option<String>,
    raw: Option<String>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum LeadKind {
    Agency,
    Subgroup,
    Post,
    Everyone,
}

#[derive(Debug, Deserialize)]
struct TargetPart {
    raw: String,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    flag: Option<String>,
}

#[derive(Debug, Deserialize)]
struct RatingPart {
    letter: Option<char>,
    word: String,
    #[serde(default)]
    meaning: String,
}

#[derive(Debug, Deserialize)]
struct EntryPart {
    date: Option<String>,
    text: String,
    by: Option<String>,
    #[serde(default)]
    origin: Origin,
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Origin {
    #[default]
    Imported,
    Written,
}

#[derive(Debug, Deserialize)]
struct FlagPart {
    field: String,
    why: String,
    #[serde(default)]
    raw: String,
}

#[derive(Debug, Default, Deserialize)]
struct SourcePart {
    #[serde(default)]
    file: String,
    #[serde(default)]
    place: String,
}

/// Whether a file is JSON of some sort: anything else that begins with these characters is not a plan either.
pub fn recognises(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut signs = bytes.iter().filter(|byte| !byte.is_ascii_whitespace());
    match signs.next() {
        Some(b'[') => matches!(signs.next(), Some(b'{' | b']') | None),
        Some(b'{') => matches!(signs.next(), Some(b'"' | b'}') | None),
        Some(_) | None => false,
    }
}

/// The plan whose actions a file lists.
pub fn read(name: &str, bytes: &[u8]) -> Result<Draft, Problem> {
    let mut draft = read_json(bytes)?;
    name.clone_into(&mut draft.file);
    Ok(draft)
}

/// The plan whose actions are listed; a problem where the JSON is something else or lists several plans.
pub fn read_json(bytes: &[u8]) -> Result<Draft, Problem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let is_one = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let rows: Result<Vec<ActionRow>, _> =
        if is_one { serde_json::from_slice(bytes).map(|row| vec![row]) } else { serde_json::from_slice(bytes) };
    // What is wrong is quoted from the file, which can be long.
    let rows = rows.map_err(|error| other(&format!("it is not a list of actions ({})", shown(&error.to_string()))))?;
    limits::rows(rows.len())?;
    let Some(first) = rows.first() else { return Err(other("it lists no actions")) };
    if let Some(second) = rows.iter().find(|row| row.plan != first.plan) {
        let why = format!("it lists actions of several plans (“{}”, “{}”)", shown(&first.plan), shown(&second.plan));
        let hint = format!("Export them one at a time: arising list plan:{} --json", shown(&first.plan));
        return Err(Problem::new("Could not read this JSON", why, hint));
    }
    let mut builder = Builder::default();
    for row in rows {
        builder.add(row);
    }
    Ok(builder.finish())
}

/// At most one line of a text.
fn shown(text: &str) -> String {
    text::truncate(&text::one_line(text), 120)
}

fn other(why: &str) -> Problem {
    Problem::new("Could not read this JSON", why, "Create the file with: arising list --json")
}

#[derive(Default)]
struct Builder {
    draft: Draft,
    levels: Vec<Level>,
    closed: Vec<String>,
}

impl Builder {
    fn add(&mut self, row: ActionRow) {
        if row.closed {
            self.closed.push(row.reference.clone());
        }
        let under = self.under(&row.findings);
        let place = row.recommendation.as_ref().map(|rec| self.recommendation(rec, under));
        let number = row.recommendation.is_none().then(|| row.reference.clone());
        let action = self.action(row, number);
        match place.and_then(|place| self.draft.recommendations.get_mut(place)) {
            Some(rec) => {
                if rec.actions.is_empty() {
                    rec.source = action.source.clone();
                }
                rec.actions.push(action);
            }
            None => self.draft.actions.push(action),
        }
    }

    fn action(&mut self, row: ActionRow, number: Option<String>) -> DraftAction {
        let source = row.source.unwrap_or_default();
        let mut flags: Vec<Flag> = row.flags.into_iter().map(flag).collect();
        let is_named = |part: &PartyPart| !part.name.trim().is_empty();
        if row.text.trim().is_empty() {
            flags.push(doubt("text", "the list does not say what is to be done"));
        }
        if !row.leads.iter().chain(&row.via).all(is_named) {
            flags.push(doubt("lead", "the list has a party without a name"));
        }
        DraftAction {
            original_targets: Vec::new(),
            closure: Closure::Open,
            number,
            text: row.text,
            leads: row.leads.into_iter().filter(is_named).map(|lead| self.lead(lead)).collect(),
            via: row.via.into_iter().filter(is_named).map(|lead| self.lead(lead)).collect(),
            targets: row.targets.into_iter().map(target).collect(),
            rating: row.rating.map(|rating| self.rating(rating)),
            progress: row.progress.into_iter().map(entry).collect(),
            flags,
            raw: Vec::new(),
            source: Source { file: source.file, place: source.place },
        }
    }

    fn under(&mut self, numbers: &[String]) -> DraftUnder {
        match numbers {
            [] => DraftUnder::Nothing,
            [all] if all == "all" => DraftUnder::AllFindings,
            _ => DraftUnder::Findings(numbers.iter().map(|number| self.finding(number)).collect()),
        }
    }

    fn finding(&mut self, number: &str) -> usize {
        let findings = &mut self.draft.findings;
        findings.iter().position(|finding| finding.number == number).unwrap_or_else(|| {
            findings.push(DraftFinding { number: number.to_owned(), text: String::new() });
            findings.len() - 1
        })
    }

    /// Where the recommendation of an action is in the draft; a list can come in any order.
    fn recommendation(&mut self, part: &RecommendationPart, under: DraftUnder) -> usize {
        let recs = &mut self.draft.recommendations;
        let is_same = |rec: &DraftRecommendation| rec.number == part.number && rec.text == part.text;
        recs.iter().position(is_same).unwrap_or_else(|| {
            recs.push(DraftRecommendation {
                number: part.number.clone(),
                number_inferred: part.number_inferred,
                text: part.text.clone(),
                particulars: part.particulars(),
                under,
                ..DraftRecommendation::default()
            });
            recs.len() - 1
        })
    }

    fn lead(&mut self, part: PartyPart) -> DraftLead {
        let kind = match part.kind.unwrap_or(LeadKind::Agency) {
            LeadKind::Agency => PartyKind::Agency,
            LeadKind::Subgroup => PartyKind::Subgroup,
            LeadKind::Post => PartyKind::Post,
            LeadKind::Everyone => PartyKind::Everyone,
        };
        let above = part.agency.filter(|agency| *agency != part.name && !agency.trim().is_empty());
        let agency = above.map(|name| self.party(&name, PartyKind::Agency, None));
        let raw = part.raw.unwrap_or_else(|| part.name.clone());
        DraftLead { party: self.party(&part.name, kind, agency), raw }
    }

    fn party(&mut self, name: &str, kind: PartyKind, agency: Option<usize>) -> usize {
        let parties = &mut self.draft.parties;
        parties.iter().position(|party| party.name == name).unwrap_or_else(|| {
            parties.push(DraftParty { name: name.to_owned(), kind, aliases: Vec::new(), agency });
            parties.len() - 1
        })
    }

    fn rating(&mut self, part: RatingPart) -> String {
        if !self.levels.iter().any(|level| level.word == part.word) {
            let usual = Scheme::brag().levels.into_iter().find(|level| level.word == part.word);
            if usual.is_none() {
                self.draft.flags.push(unsettled(&part.word));
            }
            let (hue, settled) = usual.map_or((Hue::Grey, false), |level| (level.hue, level.settled));
            let letter = part.letter.or_else(|| part.word.chars().next()).unwrap_or('?');
            self.levels.push(Level { letter, word: part.word.clone(), meaning: part.meaning, hue, settled });
        }
        part.word
    }

    fn finish(mut self) -> Draft {
        let mut scheme = Scheme::brag();
        for level in self.levels {
            match scheme.levels.iter_mut().find(|usual| usual.word == level.word) {
                Some(usual) => *usual = level,
                None => scheme.levels.push(level),
            }
        }
        self.draft.scheme = Some(scheme).filter(|scheme| *scheme != Scheme::brag());
        if !self.closed.is_empty() {
            self.draft
                .notes
                .push(format!("Closed in the register that produced this list: {}.", self.closed.join(", ")));
        }
        self.draft
    }
}

fn target(part: TargetPart) -> Target {
    let span = part.first.zip(part.last).map(|(first, last)| Span { first, last });
    let is_backwards = span.is_some_and(|span| span.first > span.last);
    if is_backwards || span.is_none() && part.flag.is_none() {
        // What the list says is not a date, so its words are read as any document's would be.
        return date_text::target(&part.raw, None);
    }
    Target { raw: part.raw, span, flag: part.flag }
}

fn entry(part: EntryPart) -> EntryText {
    let origin = match part.origin {
        Origin::Imported => EntryOrigin::Imported,
        Origin::Written => EntryOrigin::Written,
    };
    EntryText { date: part.date.as_deref().and_then(wire::partial_date), text: part.text, by: part.by, origin }
}

fn flag(part: FlagPart) -> Flag {
    Flag { field: part.field, why: part.why, raw: part.raw, suggestion: None }
}

fn doubt(field: &str, why: &str) -> Flag {
    Flag { field: field.into(), why: why.into(), raw: String::new(), suggestion: None }
}

fn unsettled(word: &str) -> Flag {
    Flag {
        field: "rating".into(),
        why: "the list does not say whether an action with this rating can still be overdue; it is assumed that it can"
            .into(),
        raw: word.to_owned(),
        suggestion: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = r#"[
{"plan":"riverside","ref":"2.1","findings":["1","3"],"recommendation":{"number":"2","number_inferred":true,"text":"Train all staff","outcome":"Staff know"},"text":"Write the course","leads":[{"name":"HR","kind":"agency","agency":"HR","raw":"H.R."},{"name":"Head of Care (RCC)","kind":"post","agency":"RCC","raw":"Head of Care"}],"via":[{"name":"Training group","kind":"subgroup","agency":null,"raw":"TG"}],"targets":[{"raw":"Jan 2022","first":"2022-01-01","last":"2022-01-31","flag":null},{"raw":"soon","first":null,"last":null,"flag":"no date"}],"rating":{"letter":"G","word":"Green","meaning":"Done"},"overdue":false,"closed":true,"progress":[{"date":"2022-01","text":"Begun","by":"HR","origin":"imported"},{"date":null,"text":"Typed","by":null,"origin":"written"}],"flags":[{"field":"target","why":"unclear","raw":"soon"}],"source":{"file":"plan.docx","place":"table 1, row 6"}},
{"plan":"riverside","ref":"1.1","findings":["all"],"recommendation":{"number":"1","number_inferred":false,"text":"Listen","outcome":null},"text":"Ask","leads":[{"name":"RCC","kind":"agency","agency":"RCC","raw":"RCC"}],"via":[],"targets":[],"rating":{"letter":"C","word":"Carried forward","meaning":""},"overdue":false,"closed":false,"progress":[],"flags":[],"source":null},
{"plan":"riverside","ref":"2.2","findings":["1","3"],"recommendation":{"number":"2","number_inferred":true,"text":"Train all staff","outcome":"Staff know"},"text":"Hold it","leads":[],"via":[],"targets":[],"rating":null,"overdue":true,"closed":false,"progress":[],"flags":[],"source":null,"for_all":true,"history":[]},
{"plan":"riverside","ref":"9","findings":[],"recommendation":null,"text":"Alone","leads":[],"via":[],"targets":[],"rating":null,"overdue":false,"closed":false,"progress":[],"flags":[],"source":null}
]"#;

    #[test]
    fn everything_that_a_list_holds_is_read() {
        let draft = read("riverside.json", LIST.as_bytes()).unwrap();
        assert_eq!(draft.file, "riverside.json");
        let recs: Vec<_> = draft.recommendations.iter().map(|rec| (rec.number.as_str(), rec.actions.len())).collect();
        assert_eq!(recs, [("2", 2), ("1", 1)]);
        let rec = &draft.recommendations[0];
        assert!(
            rec.number_inferred
                && rec.text == "Train all staff"
                && rec.particulars.get(Particular::Outcome) == "Staff know"
        );
        assert_eq!(
            (&rec.under, &draft.recommendations[1].under),
            (&DraftUnder::Findings(vec![0, 1]), &DraftUnder::AllFindings)
        );
        assert_eq!(draft.findings.iter().map(|finding| finding.number.as_str()).collect::<Vec<_>>(), ["1", "3"]);
        let action = &rec.actions[0];
        let name = |lead: &DraftLead| {
            (draft.parties[lead.party].name.as_str(), draft.parties[lead.party].kind, lead.raw.clone())
        };
        assert_eq!(name(&action.leads[0]), ("HR", PartyKind::Agency, "H.R.".into()));
        assert_eq!(name(&action.leads[1]), ("Head of Care (RCC)", PartyKind::Post, "Head of Care".into()));
        assert_eq!(name(&action.via[0]), ("Training group", PartyKind::Subgroup, "TG".into()));
        let post = &draft.parties[action.leads[1].party];
        assert_eq!(
            post.agency,
            Some(draft.recommendations[1].actions[0].leads[0].party),
            "the post's agency is the party RCC"
        );
        let last = |target: &Target| target.last().map(|day| day.to_string());
        assert_eq!(action.targets.iter().map(last).collect::<Vec<_>>(), [Some("2022-01-31".into()), None]);
        assert_eq!(action.targets[1].flag.as_deref(), Some("no date"));
        let entries: Vec<_> =
            action.progress.iter().map(|entry| (entry.date.map(|date| date.to_string()), entry.origin)).collect();
        assert_eq!(entries, [(Some("2022-01".into()), EntryOrigin::Imported), (None, EntryOrigin::Written)]);
        assert_eq!((action.flags[0].why.as_str(), action.source.place.as_str()), ("unclear", "table 1, row 6"));
        assert_eq!((draft.actions[0].number.as_deref(), draft.actions[0].text.as_str()), (Some("9"), "Alone"));
        assert_eq!(draft.notes, ["Closed in the register that produced this list: 2.1."]);
    }

    #[test]
    fn ratings_keep_their_wording_and_unknown_ones_are_doubts() {
        let draft = read_json(LIST.as_bytes()).unwrap();
        let scheme = draft.scheme.unwrap();
        let green = scheme.level("Green").unwrap();
        assert_eq!((green.meaning.as_str(), green.settled), ("Done", true));
        assert_eq!(scheme.level("Carried forward").map(|level| level.settled), Some(false));
        assert_eq!(draft.flags.iter().map(|flag| flag.raw.as_str()).collect::<Vec<_>>(), ["Carried forward"]);
    }

    #[test]
    fn what_makes_no_sense_is_a_doubt_and_no_date() {
        let bent = r#"{"plan":"p","ref":"1","text":" ","leads":[{"name":" "},{"name":"HR"}],"targets":[{"raw":"Oct 2025","first":"2025-10-31","last":"2025-10-01"},{"raw":"soon"}]}"#;
        let action = read_json(bent.as_bytes()).unwrap().actions.remove(0);
        let days: Vec<_> = action.targets.iter().map(|target| target.last().map(|day| day.to_string())).collect();
        assert_eq!(days, [Some("2025-10-31".into()), None]);
        assert!(action.targets[1].flag.is_some());
        assert_eq!(action.flags.iter().map(|flag| flag.field.as_str()).collect::<Vec<_>>(), ["text", "lead"]);
        assert_eq!(action.leads.len(), 1);
    }

    #[test]
    fn one_action_is_a_list_of_one_and_other_json_is_refused() {
        let one = r#"{"plan":"p","ref":"1.1","text":"Ask","rating":null,"history":[{"at":"x"}]}"#;
        assert_eq!(read_json(one.as_bytes()).unwrap().actions.len(), 1);
        let why = |text: &str| read_json(text.as_bytes()).unwrap_err().to_string();
        assert!(why("[]").contains("no action"));
        assert!(why(r#"{"a": [{"a": 1}]}"#).contains("not a list of actions"));
        assert!(why(&"[".repeat(100_000)).contains("not a list of actions"));
        let two = LIST.replacen(r#""plan":"riverside""#, r#""plan":"lakeside""#, 1);
        assert!(why(&two).contains("several plans"), "{}", why(&two));
        assert!(recognises(LIST.as_bytes()) && recognises(b"\xef\xbb\xbf {\"a\":1}") && !recognises(b"[a] list"));
    }
}
