//! The grammar of `arising report`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::dates;
use crate::report;

#[derive(Args, Debug)]
#[command(after_help = report_help())]
pub struct Report {
    /// The report to produce
    #[arg(value_parser = PossibleValuesParser::new(report::REPORTS.iter().map(|report| report.name)))]
    pub kind: String,
    /// Only actions that match, and what concerns them; see `arising --help`
    pub filter: Vec<String>,
    /// Only what one party leads or oversees; the same as party:PARTY in the filter
    #[arg(long = "for", value_name = "PARTY", conflicts_with = "all")]
    pub only: Option<String>,
    #[command(flatten)]
    pub form: Form,
    /// First day of what counts as new [default: the last meeting]
    #[arg(long, value_name = "DATE", value_parser = dates::day)]
    pub since: Option<dates::MaybeDay>,
    /// For `minutes` and `actions`: the meeting's body or date or both, such as 'OPS 2026-11-21' [default: the last
    /// meeting]; for `pack`: the body that meets [default: the open meeting, else whose meeting was the last]
    #[arg(long, value_name = "MEETING", default_value = "", hide_default_value = true)]
    pub meeting: String,
    /// For `changes`: a day, or a meeting (from its start) [default: the last meeting]
    #[arg(long, value_name = "MOMENT")]
    pub from: Option<String>,
    /// For `changes`: a day or a meeting, up to its end [default: now]
    #[arg(long, value_name = "MOMENT")]
    pub to: Option<String>,
    /// For `pack`: whose copy; only the chair's holds the challenges
    #[arg(long, value_name = "WHOSE", value_parser = ["members", "chair"], default_value = "members")]
    pub copy: String,
    #[command(flatten)]
    pub agency: Agency,
}

/// Options of the form that agencies fill in.
#[derive(Args, Clone, Debug, Default)]
pub struct Agency {
    /// For `agency`: a form for every agency with something to answer, in the folder that -o names, as Word documents
    /// unless --format says otherwise
    #[arg(long, requires = "output")]
    pub all: bool,
    /// For `agency`: the day by which to return it
    #[arg(long, value_name = "DATE", value_parser = dates::day)]
    pub return_by: Option<dates::MaybeDay>,
    /// For `agency`: whom to return it to
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub contact: String,
}

/// The form of a report, and where it is written.
#[derive(Args, Clone, Debug)]
pub struct Form {
    /// File format [default: md]
    #[arg(long, short,
        value_parser = PossibleValuesParser::new(report::FORMATS.iter().map(|format| format.name)))]
    pub format: Option<String>,
    /// File to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Avoid merged table cells, for publication and screen readers
    #[arg(long)]
    pub accessible: bool,
    /// Replace the names of people in the register (attendees, chairs, authors, leads, those who gave updates) with
    /// their posts or initials; other names in free text remain
    #[arg(long)]
    pub redact: bool,
    /// Marking at the head of every page, '' for none [default: the plans' own marking]
    #[arg(long, value_name = "TEXT")]
    pub marking: Option<String>,
}

fn report_help() -> String {
    let kinds = report::REPORTS.iter().map(|report| format!("  {:<12} {}\n", report.name, report.about));
    format!("{REPORT_EXAMPLES}\n\nThe reports:\n{}", kinds.collect::<String>())
}

const REPORT_EXAMPLES: &str = "Examples:
  arising report plan plan:adult-c --format docx -o adult-c.docx
  arising report agency 'party:\"Sussex Police\"' --format docx -o sussex-police.docx
  arising report agency --all -o forms --return-by 2026-12-12 --contact 'sab@example.org'
  arising report exceptions --since 2026-09-01 --format html -o board.html
  arising report changes --from OPS --format docx -o changes.docx
  arising report calendar --for 'Sussex Police' --format ics -o police.ics
  arising report pack --meeting OPS --format docx -o pack.docx
  arising report pack --meeting OPS --copy chair --format docx -o pack-for-the-chair.docx
  arising report actions --meeting 'OPS 2026-11-21' --format docx -o actions.docx
  arising report minutes --redact";
