//! Reports: a register is turned into a neutral document, and the document into the bytes of a file.
//!
//! In reading order: what a report is ([`document`]), the kinds of report ([`REPORTS`]), the formats ([`FORMATS`]).
//! Pure: the same register, day and options give the same bytes.

#![expect(clippy::unnecessary_wraps, reason = "the tables of reports and formats hold functions of one shape")]
#![expect(
    clippy::format_push_string,
    reason = "writing to a string cannot fail, and `write!` returns a result all the same"
)]

pub mod changes;
pub mod document;
pub mod lines;

mod agency;
mod annual;
mod audit;
mod calendar;
mod cells;
mod chart;
mod columns;
mod dashboard;
mod dates;
mod exceptions;
mod lists;
mod minutes;
mod name;
mod options;
mod pack;
mod plan;
mod plans;
mod redact;
mod svg;
mod to_csv;
mod to_docx;
mod to_html;
mod to_ics;
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
use crate::domain::plan::Plan;
use crate::domain::register::Register;
use crate::domain::trail::TrailEntry;
use crate::problem::Problem;
use crate::text;
use document::Document;
pub use name::file_name;
pub use options::{Names, Options, Readers, Tables};
use redact::Redacted;
pub use redact::without_names;

/// The input to a report.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    pub register: &'a Register,
    /// Every batch, in log order.
    pub log: &'a [Batch],
    /// The audit trail, oldest first.
    pub told: &'a [TrailEntry],
    pub today: NaiveDate,
    /// Selects the actions.
    pub filter: &'a Filter,
    pub options: &'a Options,
}

/// A kind of report.
pub struct Report {
    pub name: &'static str,
    /// One sentence for the help of the command line, which may name its options.
    pub about: &'static str,
    /// What a person gets, in a word or two, and what it is for.
    pub title: &'static str,
    pub purpose: &'static str,
    make: fn(&Material) -> Result<Document, Problem>,
}

/// A file format.
pub struct Format {
    pub name: &'static str,
    pub medium: Medium,
    /// The only report that has this format.
    pub only: Option<&'static str>,
    render: fn(&Document) -> Result<Vec<u8>, Problem>,
}

/// Where a format can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    Text,
    /// Only to a file.
    Binary,
}

/// Every kind, in the order of the help.
pub const REPORTS: &[Report] = &[
    Report {
        name: "plan",
        about: "the whole plan in the board's own columns",
        title: "Action plan",
        purpose: "the whole plan in the board’s own columns",
        make: plan::report,
    },
    Report {
        name: "overdue",
        about: "actions past their target date, longest overdue first",
        title: "Overdue actions",
        purpose: "what is late, the longest first",
        make: lists::overdue,
    },
    Report {
        name: "agency",
        about: "one agency's actions across all plans, with space for its response",
        title: "Agency’s form",
        purpose: "one agency’s actions, to fill in and send back",
        make: agency::report,
    },
    Report {
        name: "exceptions",
        about: "for the board: live, completed and not implemented since the last meeting, extension requests, moved targets, overdue",
        title: "Exceptions",
        purpose: "what the board must know: done, asked for, moved, late",
        make: exceptions::report,
    },
    Report {
        name: "pack",
        about: "for a meeting: the agenda with each item's position, last decision and changes (--meeting BODY, --copy chair for the challenges too)",
        title: "Pack",
        purpose: "papers for a meeting: positions, last decisions, changes",
        make: pack::report,
    },
    Report {
        name: "minutes",
        about: "the last meeting, or the one named with --meeting",
        title: "Minutes",
        purpose: "the record of the last meeting, to agree and send round",
        make: minutes::report,
    },
    Report {
        name: "actions",
        about: "after a meeting: what each attendee and agency is to do by when, a page for each (--meeting)",
        title: "Actions for each attendee",
        purpose: "what each is to do by when, a page each",
        make: minutes::action_lists,
    },
    Report {
        name: "dashboard",
        about: "figures by plan, rating, lead and subgroup",
        title: "Dashboard",
        purpose: "figures and trends by plan, rating, lead and subgroup",
        make: dashboard::report,
    },
    Report {
        name: "annual",
        about: "status of each recommendation, and what was not implemented, with reasons",
        title: "Annual report",
        purpose: "recommendations’ status; what was not done, and why",
        make: annual::report,
    },
    Report {
        name: "changes",
        about: "what changed between two dates or meetings (--from, --to)",
        title: "Changes",
        purpose: "what is different since the last meeting",
        make: changes::report,
    },
    Report {
        name: "calendar",
        about: "when open actions are due and bodies meet next; as ics, what is done is taken out again",
        title: "Calendar",
        purpose: "due dates and next meetings, for Outlook and others",
        make: calendar::report,
    },
    Report {
        name: "audit",
        about: "who changed what, when and in which meeting",
        title: "Audit trail",
        purpose: "every change: who made it, when, in which meeting",
        make: audit::report,
    },
];

/// Every format.
pub const FORMATS: &[Format] = &[
    Format { name: "docx", medium: Medium::Binary, only: None, render: to_docx::render },
    Format { name: "xlsx", medium: Medium::Binary, only: None, render: to_xlsx::render },
    Format { name: "html", medium: Medium::Text, only: None, render: to_html::render },
    Format { name: "csv", medium: Medium::Text, only: None, render: to_csv::render },
    Format { name: "txt", medium: Medium::Text, only: None, render: to_text::render },
    Format { name: "json", medium: Medium::Text, only: None, render: to_json::render },
    Format { name: "md", medium: Medium::Text, only: None, render: to_markdown::render },
    Format { name: "ics", medium: Medium::Text, only: Some("calendar"), render: to_ics::render },
];

impl Report {
    pub fn named(name: &str) -> Option<&'static Report> {
        REPORTS.iter().find(|report| report.name == name)
    }

    /// Whether it lists actions, so that its JSON is an array of them like that of `list`.
    pub fn lists_actions(&self) -> bool {
        matches!(self.name, "plan" | "overdue" | "agency")
    }

    /// Whether it can be limited to some actions.
    pub fn takes_filter(&self) -> bool {
        !self.is_of_meeting()
    }

    /// Whether it is the record of a whole meeting.
    pub fn is_of_meeting(&self) -> bool {
        matches!(self.name, "minutes" | "actions")
    }

    /// Whether it needs the log and the audit trail, which take long to read where much was ever written; a report that
    /// does not is the same with both empty.
    pub fn reads_log(&self, options: &Options) -> bool {
        let is_of_register = matches!(self.name, "plan" | "overdue" | "agency" | "exceptions" | "annual" | "calendar");
        // Whose names are redacted is read from the log too.
        !is_of_register || options.names == Names::Redacted
    }

    /// Whether it is a record, which says of which state of the register.
    fn cites_record(&self) -> bool {
        matches!(self.name, "minutes" | "audit")
    }

    /// The report with its options applied.
    pub fn document(&self, material: &Material) -> Result<Document, Problem> {
        match material.options.names {
            Names::Shown => self.named_document(material),
            Names::Redacted => self.named_document(&Redacted::new(material).material()),
        }
    }

    /// The report with all names as the material has them.
    fn named_document(&self, material: &Material) -> Result<Document, Problem> {
        let mut document = (self.make)(material)?;
        if self.cites_record() && !material.options.record.is_empty() {
            document.cite(&material.options.record);
        }
        if let Some(copy) = &material.register.copy.0 {
            document.preface(copy.label(material.register) + ".");
        }
        document.identity.clone_from(&material.options.identity);
        document.marking = material.options.marking.clone().unwrap_or_else(|| material.marking(&document));
        Ok(match material.options.tables {
            Tables::Merged => document,
            Tables::Accessible => document.without_merges(),
        })
    }

    /// The report as the bytes of a file: one that lists actions is as JSON a list of them.
    pub fn rendered(&self, material: &Material, format: &Format) -> Result<Vec<u8>, Problem> {
        match material.options.names {
            Names::Shown => self.rendered_as_named(material, format),
            Names::Redacted => self.rendered_as_named(&Redacted::new(material).material(), format),
        }
    }

    fn rendered_as_named(&self, material: &Material, format: &Format) -> Result<Vec<u8>, Problem> {
        if !format.suits(self) {
            let why = format!("{} is for a calendar", format.name);
            return Err(Problem::new("No report was produced", why, "As in `arising report calendar --format ics`."));
        }
        let document = self.named_document(material)?;
        if format.name == "json" && self.lists_actions() {
            return Ok(to_json::actions(material, &document).into_bytes());
        }
        format.render(&document)
    }

    /// What a person must still look at before a redacted report is published; nothing where names are shown.
    pub fn left_to_check(&self, material: &Material) -> Result<Vec<String>, Problem> {
        if material.options.names == Names::Shown {
            return Ok(Vec::new());
        }
        let redacted = Redacted::new(material);
        let document = self.named_document(&redacted.material())?;
        Ok(redact::near_misses(&redacted, &document))
    }
}

impl Format {
    pub fn named(name: &str) -> Option<&'static Format> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Whether the report can be made in it.
    pub fn suits(&self, report: &Report) -> bool {
        self.only.is_none_or(|only| only == report.name)
    }

    /// The bytes of the file. No format sees a character that it could not hold, or that would be unseen in it.
    pub fn render(&self, document: &Document) -> Result<Vec<u8>, Problem> {
        (self.render)(&document.clone().map_text(|text| text::harmless(text).into_owned()))
    }
}

impl<'a> Material<'a> {
    /// The actions that match the filter, plan by plan.
    pub fn actions(&self) -> Vec<&'a Action> {
        let matches = |action: &&Action| self.filter.matches(self.register, action, self.today).is_some();
        self.register.visible_actions().filter(matches).collect()
    }

    /// The plan of all actions that match the filter, where it is one.
    fn only_plan(&self) -> Option<&'a Plan> {
        plans::only(self.register, &self.actions())
    }

    /// What actions are called in this report: with their plan only where the report is about several.
    fn references(&self) -> impl Fn(&Action) -> String {
        let (register, is_one) = (self.register, self.only_plan().is_some());
        move |action| if is_one { register.reference(action) } else { cells::reference(register, action) }
    }

    /// The combined marking of the plans in the document, or else of those that match the filter.
    fn marking(&self, document: &Document) -> String {
        let told = document.actions.iter().filter_map(|id| self.register.action(*id));
        let plans: HashSet<Id> = told.chain(self.actions()).map(|action| action.plan).collect();
        let is_in = |plan: &&Plan| plans.is_empty() || plans.contains(&plan.id);
        marking::of(self.register.visible_plans().filter(is_in))
    }

    /// The first day of what counts as new: the given day, or the last meeting before today.
    pub fn since(&self) -> Option<NaiveDate> {
        let last = || self.register.visible_meetings().filter_map(Meeting::day).filter(|day| *day < self.today).max();
        self.options.since.or_else(last)
    }
}
