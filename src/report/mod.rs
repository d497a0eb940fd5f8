//! Reports: a register read into a neutral document, and a document made into the bytes of a file.
//!
//! In reading order: what a report is ([`document`]), the kinds there are ([`REPORTS`]), the formats ([`FORMATS`]).
//! Pure: the same register, day and options give the same bytes.

#![expect(clippy::unnecessary_wraps, reason = "the tables of reports and formats hold functions of one shape")]
#![expect(
    clippy::format_push_string,
    reason = "writing to a string cannot fail, and `write!` would have to be told so"
)]

pub mod changes;
pub mod document;
pub mod lines;

mod annual;
mod audit;
mod cells;
mod chart;
mod columns;
mod dashboard;
mod exceptions;
mod lists;
mod minutes;
mod name;
mod plan;
mod redact;
mod svg;
mod to_csv;
mod to_docx;
mod to_html;
mod to_json;
mod to_markdown;
mod to_text;
mod to_xlsx;
mod verbatim;
mod xml;

use std::collections::HashSet;

use chrono::NaiveDate;

use crate::domain::action::Action;
use crate::domain::change::Batch;
use crate::domain::filter::Filter;
use crate::domain::id::Id;
use crate::domain::marking;
use crate::domain::meeting::Meeting;
use crate::domain::moment::Moment;
use crate::domain::plan::Plan;
use crate::domain::register::Register;
use crate::domain::told::Told;
use crate::problem::Problem;
use document::Document;
pub use name::file_name;
pub use redact::Redaction;

/// What a report is made from.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    pub register: &'a Register,
    /// Every batch there is, in the log's order.
    pub log: &'a [Batch],
    /// The audit trail, oldest first.
    pub told: &'a [Told],
    pub today: NaiveDate,
    /// Which actions it is about.
    pub filter: &'a Filter,
    pub options: &'a Options,
}

/// What can be asked of any report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The marking on every page, empty for none; that of the plans it is about unless said.
    pub marking: Option<String>,
    /// From which day on something counts as new; the last meeting unless said.
    pub since: Option<NaiveDate>,
    /// Words that name the meeting whose minutes are wanted; empty for the last.
    pub meeting: String,
    /// Between which moments changes are looked for; from the last meeting to now unless said.
    pub from: Option<Moment>,
    pub to: Option<Moment>,
    pub tables: Tables,
    pub names: Names,
}

/// How tables are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tables {
    /// As boards lay them out: one cell for a recommendation beside all its actions.
    #[default]
    Merged,
    /// Every row whole, for publication and screen readers.
    Accessible,
}

/// Whether people are named.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    #[default]
    Shown,
    /// People the register knows by name appear by their initials.
    Redacted,
}

/// A kind of report.
pub struct Report {
    pub name: &'static str,
    /// One sentence for the help.
    pub about: &'static str,
    make: fn(&Material) -> Result<Document, Problem>,
}

/// A kind of file.
pub struct Format {
    pub name: &'static str,
    pub medium: Medium,
    render: fn(&Document) -> Result<Vec<u8>, Problem>,
}

/// Where a format can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    Text,
    /// Only into a file.
    Binary,
}

/// Every kind there is, in the order of the help.
pub const REPORTS: &[Report] = &[
    Report { name: "plan", about: "the whole plan in the board's own columns", make: plan::report },
    Report { name: "overdue", about: "what is overdue, the latest first", make: lists::overdue },
    Report {
        name: "agency",
        about: "one party's actions across all plans, with space for its answer",
        make: lists::agency,
    },
    Report {
        name: "exceptions",
        about: "for the board: live, completed since the last meeting, extension requests, outstanding",
        make: exceptions::report,
    },
    Report { name: "minutes", about: "of the last meeting, or the one named with --meeting", make: minutes::report },
    Report { name: "dashboard", about: "the numbers by plan, rating, lead and subgroup", make: dashboard::report },
    Report {
        name: "annual",
        about: "what became of each recommendation, and what was not implemented and why",
        make: annual::report,
    },
    Report {
        name: "changes",
        about: "what changed between two dates or meetings (--from, --to)",
        make: changes::report,
    },
    Report { name: "audit", about: "who changed what, when, and in which meeting", make: audit::report },
];

/// Every format there is.
pub const FORMATS: &[Format] = &[
    Format { name: "docx", medium: Medium::Binary, render: to_docx::render },
    Format { name: "xlsx", medium: Medium::Binary, render: to_xlsx::render },
    Format { name: "html", medium: Medium::Text, render: to_html::render },
    Format { name: "csv", medium: Medium::Text, render: to_csv::render },
    Format { name: "txt", medium: Medium::Text, render: to_text::render },
    Format { name: "json", medium: Medium::Text, render: to_json::render },
    Format { name: "md", medium: Medium::Text, render: to_markdown::render },
];

impl Report {
    pub fn named(name: &str) -> Option<&'static Report> {
        REPORTS.iter().find(|report| report.name == name)
    }

    /// Whether it lists actions, so that its JSON is a list of them, as that of `list`.
    pub fn lists_actions(&self) -> bool {
        matches!(self.name, "plan" | "overdue" | "agency")
    }

    /// Whether it can be about some actions only.
    pub fn takes_filter(&self) -> bool {
        self.name != "minutes"
    }

    /// The report, as its options ask for it.
    pub fn document(&self, material: &Material) -> Result<Document, Problem> {
        let mut document = (self.make)(material)?;
        document.marking = material.options.marking.clone().unwrap_or_else(|| material.marking(&document));
        let document = match material.options.tables {
            Tables::Merged => document,
            Tables::Accessible => document.without_merges(),
        };
        Ok(match material.options.names {
            Names::Shown => document,
            Names::Redacted => {
                let redaction = Redaction::of(material);
                document.map_text(|text| redaction.text(text))
            }
        })
    }

    /// The report as the bytes of a file: one that lists actions is as JSON a list of them.
    pub fn rendered(&self, material: &Material, format: &Format) -> Result<Vec<u8>, Problem> {
        let document = self.document(material)?;
        if format.name == "json" && self.lists_actions() {
            return Ok(to_json::actions(material, &document).into_bytes());
        }
        format.render(&document)
    }
}

impl Format {
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The bytes of the file.
    pub fn render(&self, document: &Document) -> Result<Vec<u8>, Problem> {
        (self.render)(document)
    }
}

impl<'a> Material<'a> {
    /// The actions that the filter lets through, plan by plan.
    pub fn actions(&self) -> Vec<&'a Action> {
        let matches = |action: &&Action| self.filter.matches(self.register, action, self.today).is_some();
        self.register.visible_actions().filter(matches).collect()
    }

    /// The marking of all plans that the document is about, or that the filter lets through.
    fn marking(&self, document: &Document) -> String {
        let told = document.actions.iter().filter_map(|id| self.register.action(*id));
        let plans: HashSet<Id> = told.chain(self.actions()).map(|action| action.plan).collect();
        let is_in = |plan: &&Plan| plans.is_empty() || plans.contains(&plan.id);
        marking::of(self.register.visible_plans().filter(is_in))
    }

    /// From which day on something is new: the day asked for, or the last meeting before today.
    pub fn since(&self) -> Option<NaiveDate> {
        let last = || self.register.visible_meetings().filter_map(Meeting::day).filter(|day| *day < self.today).max();
        self.options.since.or_else(last)
    }
}
