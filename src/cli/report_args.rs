//! The grammar of `arising report`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;

use super::dates;
use crate::report;

#[derive(Args, Debug)]
#[command(after_help = report_help())]
pub struct Report {
    /// What to report
    #[arg(value_parser = PossibleValuesParser::new(report::REPORTS.iter().map(|report| report.name)))]
    pub kind: String,
    /// Only what concerns actions that match; see `arising --help`
    pub filter: Vec<String>,
    #[command(flatten)]
    pub form: Form,
    /// From which day on something counts as new; the last meeting unless said
    #[arg(long, value_name = "DATE", value_parser = dates::day)]
    pub since: Option<dates::MaybeDay>,
    /// Whose minutes: words of the meeting's body or its day, as 'OPS' or 2026-11-21; the last meeting unless said
    #[arg(long, value_name = "MEETING", default_value = "")]
    pub meeting: String,
    /// Of `changes`: since which day, or since which meeting began; since the last meeting unless said
    #[arg(long, value_name = "MOMENT")]
    pub from: Option<String>,
    /// Of `changes`: until the end of which day or meeting; until now unless said
    #[arg(long, value_name = "MOMENT")]
    pub to: Option<String>,
}

/// As what a report is written, and where.
#[derive(Args, Clone, Debug)]
pub struct Form {
    /// The kind of file
    #[arg(long, short, default_value = "md",
        value_parser = PossibleValuesParser::new(report::FORMATS.iter().map(|format| format.name)))]
    pub format: String,
    /// Where to; standard output unless said
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Tables without merged cells, for publication and screen readers
    #[arg(long)]
    pub accessible: bool,
    /// People the register knows by name (who attended, chaired, wrote, gave an update or leads) appear by their posts or
    /// initials; names that stand only in free text stay
    #[arg(long)]
    pub redact: bool,
    /// What stands at the head of every page, '' for nothing; the marking of the plans unless said
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
  arising report exceptions --since 2026-09-01 --format html -o board.html
  arising report changes --from OPS --format docx -o changes.docx
  arising report minutes --redact";
