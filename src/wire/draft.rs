//! A draft as JSON: what the child process that reads documents hands back.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::draft::{Draft, DraftAction, DraftFinding, DraftLead, DraftParty, DraftRecommendation, DraftUnder};
use crate::domain::flag::{Flag, RawCell, Source};
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
        findings: Vec<DraftFinding>,
        recommendations: Vec<DraftRecommendation>,
        actions: Vec<DraftAction>,
        parties: Vec<DraftParty>,
        flags: Vec<Flag>,
    }
    FindingLine = DraftFinding { number: String, text: String }
    RecommendationLine = DraftRecommendation {
        number: String,
        number_inferred: bool,
        text: String,
        outcome: Option<String>,
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
        rating: Option<String>,
        progress: Vec<EntryText>,
        flags: Vec<Flag>,
        raw: Vec<RawCell>,
        source: Source,
    }
    LeadLine = DraftLead { party: usize, raw: String }
    PartyLine = DraftParty { name: String, kind: PartyKind, aliases: Vec<String>, agency: Option<usize> }
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

/// Fails on anything that is not a whole draft of this version.
pub fn parse(bytes: &[u8]) -> Result<Draft, serde_json::Error> {
    serde_json::from_slice(bytes).map(Draft::from_line)
}
