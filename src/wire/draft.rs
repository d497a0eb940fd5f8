//! A draft as JSON: what the child process that reads documents returns.

use std::collections::BTreeMap;
use std::io::Write;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::action::Closure;
use crate::domain::draft::{
    Draft, DraftAction, DraftAnswer, DraftColumn, DraftFinding, DraftForm, DraftLead, DraftParty, DraftRecommendation,
    DraftTable, DraftUnder,
};
use crate::domain::flag::{Flag, RawCell, Source};
use crate::domain::particular::{Particular, Particulars};
use crate::domain::party::PartyKind;
use crate::domain::progress::EntryText;
use crate::domain::rating::Scheme;
use crate::domain::target::Target;

use super::mirror::{Mirror, mirror};

mirror! {
    DraftLine = Draft {
        file: String,
        title: String,
        as_at: Option<NaiveDate>,
        scheme: Option<Scheme>,
        glossary: Vec<(String, String)>,
        notes: Vec<String>,
        notices: Vec<String>,
        findings: Vec<DraftFinding>,
        recommendations: Vec<DraftRecommendation>,
        actions: Vec<DraftAction>,
        parties: Vec<DraftParty>,
        flags: Vec<Flag>,
        tables: Vec<DraftTable>,
        is_return: bool,
        form: DraftForm,
        answers: Vec<DraftAnswer>,
    }
    AnswerLine = DraftAnswer {
        reference: String,
        action: String,
        entries: Vec<EntryText>,
        rating: String,
        targets: Vec<Target>,
        cells: Vec<RawCell>,
        place: String,
        settled: Vec<String>,
    }
    FormLine = DraftForm {
        party: String,
        person: String,
        filled: Option<NaiveDate>,
        made: Option<NaiveDate>,
        record: String,
    }
    TableLine = DraftTable { place: String, rows: usize, columns: Vec<DraftColumn>, is_read: bool, is_on_end: bool }
    ColumnLine = DraftColumn { header: String, fields: Vec<String>, samples: Vec<String> }
    FindingLine = DraftFinding { number: String, text: String }
    RecommendationLine = DraftRecommendation {
        number: String,
        number_inferred: bool,
        text: String,
        particulars: Particulars,
        under: DraftUnder,
        flags: Vec<Flag>,
        raw: Vec<RawCell>,
        source: Source,
        actions: Vec<DraftAction>,
    }
    ActionLine = DraftAction {
        number: Option<String>,
        text: String,
        leads: Vec<DraftLead>,
        via: Vec<DraftLead>,
        targets: Vec<Target>,
        original_targets: Vec<Target>,
        rating: Option<String>,
        closure: Closure,
        progress: Vec<EntryText>,
        flags: Vec<Flag>,
        raw: Vec<RawCell>,
        source: Source,
    }
    LeadLine = DraftLead { party: usize, raw: String }
    PartyLine = DraftParty { name: String, kind: PartyKind, aliases: Vec<String>, agency: Option<usize> }
}

/// By their names in the log.
impl Mirror for Particulars {
    type Line = BTreeMap<String, String>;

    fn line(&self) -> BTreeMap<String, String> {
        self.stated().map(|(particular, text)| (particular.key().to_owned(), text.to_owned())).collect()
    }

    fn from_line(line: BTreeMap<String, String>) -> Particulars {
        line.iter().filter_map(|(key, text)| Some((Particular::named(key)?, text.as_str()))).collect()
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnderLine {
    Nothing,
    Findings(Vec<usize>),
    AllFindings,
}

impl Mirror for DraftUnder {
    type Line = UnderLine;

    fn line(&self) -> UnderLine {
        match self {
            DraftUnder::Nothing => UnderLine::Nothing,
            DraftUnder::Findings(places) => UnderLine::Findings(places.clone()),
            DraftUnder::AllFindings => UnderLine::AllFindings,
        }
    }

    fn from_line(line: UnderLine) -> DraftUnder {
        match line {
            UnderLine::Nothing => DraftUnder::Nothing,
            UnderLine::Findings(places) => DraftUnder::Findings(places),
            UnderLine::AllFindings => DraftUnder::AllFindings,
        }
    }
}

pub fn print(draft: &Draft) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(&draft.line())
}

/// Writes the same, without ever holding the whole of it.
pub fn write(draft: Draft, to: impl Write) -> Result<(), serde_json::Error> {
    serde_json::to_writer(to, &draft.into_line())
}

/// Fails on anything but a whole draft of this version.
pub fn parse(bytes: &[u8]) -> Result<Draft, serde_json::Error> {
    serde_json::from_slice(bytes).map(Draft::from_line)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::domain::progress::EntryOrigin;
    use crate::domain::target::{PartialDate, Span};

    fn draft() -> Draft {
        let first = NaiveDate::from_ymd_opt(2026, 10, 1).unwrap();
        let last = NaiveDate::from_ymd_opt(2026, 10, 31).unwrap();
        let flag = Flag { field: "lead".into(), why: "w".into(), raw: "r".into(), suggestion: Some("s".into()) };
        let action = DraftAction {
            number: Some("Ai".into()),
            text: "Write “it”\nand sign".into(),
            leads: vec![DraftLead { party: 0, raw: "Police".into() }],
            targets: vec![
                Target { raw: "Oct 2026".into(), span: Some(Span { first, last }), flag: None },
                Target { raw: "Oct 202".into(), span: None, flag: Some("no year".into()) },
            ],
            rating: Some("Green".into()),
            progress: vec![EntryText {
                date: Some(PartialDate { year: 2023, month: Some(11), day: None }),
                text: "Begun".into(),
                by: Some("OPS".into()),
                origin: EntryOrigin::Imported,
            }],
            flags: vec![flag.clone()],
            raw: vec![RawCell { column: "Lead".into(), text: "Police / OPS".into() }],
            source: Source { file: "q.txt".into(), place: "table 1, row 6".into() },
            ..DraftAction::default()
        };
        let rec = DraftRecommendation {
            number: "12".into(),
            number_inferred: true,
            particulars: [(Particular::Outcome, "They know")].into_iter().collect(),
            under: DraftUnder::Findings(vec![0]),
            actions: vec![action.clone()],
            ..DraftRecommendation::default()
        };
        Draft {
            file: "q.txt".into(),
            as_at: Some(last),
            scheme: Some(Scheme::brag()),
            glossary: vec![("OPS".into(), "Operations".into())],
            findings: vec![DraftFinding { number: "1".into(), text: "They were not asked".into() }],
            recommendations: vec![rec, DraftRecommendation { under: DraftUnder::AllFindings, ..Default::default() }],
            actions: vec![action],
            parties: vec![DraftParty {
                name: "Police".into(),
                kind: PartyKind::Agency,
                aliases: vec!["SP".into()],
                agency: Some(0),
            }],
            flags: vec![flag],
            notices: vec!["Hidden".into()],
            tables: vec![DraftTable {
                place: "table 1".into(),
                rows: 12,
                columns: vec![DraftColumn {
                    header: "Who".into(),
                    fields: vec!["lead".into()],
                    samples: vec!["Police / OPS".into()],
                }],
                is_read: true,
                is_on_end: false,
            }],
            ..Draft::default()
        }
    }

    #[test]
    fn a_draft_comes_back_as_it_went() {
        assert_eq!(parse(&print(&draft()).unwrap()).unwrap(), draft());
    }

    #[test]
    fn half_a_draft_is_refused() {
        let bytes = print(&draft()).unwrap();
        for end in [0, 1, bytes.len() / 2, bytes.len() - 1] {
            assert!(parse(&bytes[..end]).is_err());
        }
    }
}
