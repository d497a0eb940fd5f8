//! STAND-IN
pub mod child;
pub mod reconcile;
use crate::domain::draft::{Draft, DraftAction, DraftFinding, DraftLead, DraftParty, DraftRecommendation, DraftUnder};
use crate::domain::party::PartyKind;
use crate::domain::progress::{EntryOrigin, EntryText};
use crate::problem::Problem;
use chrono::NaiveDate;
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub today: NaiveDate,
    pub sheet: Option<String>,
    pub columns: Vec<(String, String)>,
}
pub fn read(_n: &str, _bytes: &[u8], _options: &Options) -> Result<Draft, Problem> {
    let text = include_str!("../../assets/demo/riverside.csv");
    let mut rows: Vec<Vec<String>> = vec![vec![String::new()]];
    let mut q = false;
    for c in text.chars() {
        match c {
            '"' => q = !q,
            ',' if !q => rows.last_mut().unwrap().push(String::new()),
            '\n' if !q => rows.push(vec![String::new()]),
            c => rows.last_mut().unwrap().last_mut().unwrap().push(c),
        }
    }
    let mut d = Draft {
        file: "riverside.txt".into(),
        title: "Riverside Safeguarding Adults Review (SAR) Action Plan".into(),
        ..Draft::default()
    };
    let party = |d: &mut Draft, n: &str| {
        d.parties.iter().position(|p| p.name == n).unwrap_or_else(|| {
            d.parties.push(DraftParty {
                name: n.into(),
                kind: if n == "All agencies" { PartyKind::Everyone } else { PartyKind::Agency },
                aliases: vec![],
                agency: None,
            });
            d.parties.len() - 1
        })
    };
    for r in rows.into_iter().skip(1).filter(|r| r.len() == 7) {
        let f = r[0].trim_start_matches("Finding ").to_owned();
        let fi = d.findings.iter().position(|x| x.number == f).unwrap_or_else(|| {
            d.findings.push(DraftFinding {
                number: f.clone(),
                text: "What the review found here, in the words of the review itself, at some length.".into(),
            });
            d.findings.len() - 1
        });
        if !r[1].is_empty() {
            let (n, t) = r[1].split_once(". ").unwrap();
            d.recommendations.push(DraftRecommendation {
                number: n.into(),
                text: t.into(),
                under: DraftUnder::Findings(vec![fi]),
                ..Default::default()
            });
        }
        let (l, v) = r[4].split_once(" via ").unwrap_or((&r[4], ""));
        let leads = l
            .split('/')
            .filter(|x| !x.trim().is_empty())
            .map(|x| DraftLead { party: party(&mut d, x.trim()), raw: x.into() })
            .collect();
        let via = v
            .split('/')
            .filter(|x| !x.trim().is_empty())
            .map(|x| DraftLead { party: party(&mut d, x.trim()), raw: x.into() })
            .collect();
        let t = crate::domain::date_text::target(&r[3], None);
        let a = DraftAction {
            text: r[2].clone(),
            leads,
            via,
            targets: if r[3].is_empty() { vec![] } else { vec![t] },
            rating: Some(r[6].trim().to_owned()).filter(|x| !x.is_empty()),
            progress: if r[5].is_empty() {
                vec![]
            } else {
                vec![EntryText { date: None, text: r[5].clone(), by: None, origin: EntryOrigin::Imported }]
            },
            ..Default::default()
        };
        d.recommendations.last_mut().unwrap().actions.push(a);
    }
    Ok(d)
}
pub mod clean;
pub mod columns;
pub mod decode;
pub mod docx;
pub mod flow;
pub mod gather;
pub mod headings;
pub mod limits;
pub mod list_label;
pub mod number;
pub mod progress;
pub mod ratings;
mod remnant;
pub mod sections;
pub mod shade;
pub mod table;
pub mod targets;
pub mod text;
pub mod vocabulary;
pub mod xml;
pub mod zip_parts;
