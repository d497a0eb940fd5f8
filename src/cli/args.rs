//! The command line's grammar: every command, its options, its help and an example of each.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};

use super::dates;
pub use super::history_args::{Compare, Log};
use super::keeping_args;
use super::marking::Marking;
use super::meeting_args::{self, MeetingCommand};
use super::report_args::Report;
use crate::domain::sort;
use crate::import::fields;

/// Reviews safeguarding action plans in meetings: from the keyboard, offline, in one file.
#[derive(Debug, Parser)]
#[command(name = "arising", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

const EXAMPLES: &str = "Examples:
  arising import adult-c.docx        read a plan from the document the board already has
  arising                            walk it on the screen
  arising list overdue               what is late, across all plans
  arising rate 7.2 amber             change a rating
  arising undo                       take the last change back

A REF is 7.2 (recommendation 7, its second action), or adult-c:7.2 where several plans have a 7.2.
A FILTER is words that must all hold:
  lead:\"Sussex Police\"  via:OPS  party:OPS (lead or via)  plan:adult-c  finding:3  rec:7
  rating:red,amber  -rating:green  overdue  due:30d  due:<2026-12-31  changed:2026-09-12..
  challenge  duplicate  flag  open  closed  and any other words, which are looked for in the text";

/// What every command understands.
#[derive(Args, Debug)]
pub struct Global {
    /// The register to work on; by default the one in your own data folder
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "ARISING_REGISTER",
        hide_env_values = true,
        help_heading = "Everywhere"
    )]
    pub register: Option<PathBuf>,
    /// Shows everything as it stood at the end of that day
    #[arg(long, global = true, value_name = "DATE", value_parser = dates::past_day, help_heading = "Everywhere")]
    pub as_at: Option<NaiveDate>,
    /// Works as if it were that day
    #[arg(
        long,
        global = true,
        value_name = "DATE",
        env = "ARISING_TODAY",
        hide_env_values = true,
        value_parser = dates::day,
        help_heading = "Everywhere"
    )]
    pub today: Option<dates::MaybeDay>,
    /// The name under which changes are recorded; by default yours on this computer
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        env = "ARISING_AUTHOR",
        hide_env_values = true,
        help_heading = "Everywhere"
    )]
    pub author: Option<String>,
    /// Shifts the clock; for checks only.
    #[arg(
        long,
        global = true,
        hide = true,
        hide_env = true,
        value_name = "SECONDS",
        env = "ARISING_CLOCK_OFFSET",
        allow_hyphen_values = true
    )]
    pub clock_offset: Option<i64>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Opens the screen
    #[command(after_help = "Example:\n  arising open board.sqlite")]
    Open {
        /// A register; wins over --register
        file: Option<PathBuf>,
    },
    /// Opens the screen on a fresh copy of a fictional plan, to try things out
    #[command(after_help = "Example:\n  arising demo")]
    Demo,
    /// Makes an empty register
    #[command(after_help = "Example:\n  arising --register board.sqlite init")]
    Init(keeping_args::Init),
    /// Reads plans from the documents the board already has
    Import(Import),
    /// Lists the actions that match a filter
    List(List),
    /// Shows one action whole, with its history
    Show(Show),
    /// Lists the plans in the register
    #[command(after_help = "Example:\n  arising plans --json")]
    Plans(Format),
    /// Lists the agencies, subgroups and posts, and how many actions each leads or oversees
    #[command(after_help = "Example:\n  arising parties")]
    Parties(Format),
    /// Says what the screen and every page of a report about a plan is marked with
    Marking(Marking),
    /// Lists the meetings there were
    #[command(after_help = "Example:\n  arising meetings --json")]
    Meetings(Format),
    /// Begins, goes through and ends a meeting from scripts
    #[command(subcommand, after_help = meeting_args::EXAMPLES)]
    Meeting(MeetingCommand),
    /// Changes how an action is rated
    Rate(Rate),
    /// Adds a dated progress entry to an action
    Progress(Progress),
    /// Moves the target of an action; the first target is kept beside the new one
    Target(Retarget),
    /// Says who leads an action, in place of those who did
    Lead(Lead),
    /// Takes back your last change
    #[command(after_help = "Example:\n  arising undo")]
    Undo,
    /// Puts back what you last took back
    #[command(after_help = "Example:\n  arising redo")]
    Redo,
    /// Prints the audit trail: who changed what, when, and what it said before
    Log(Log),
    /// Tells what changed between two dates or meetings, net and in sentences
    Compare(Compare),
    /// Makes a report: for the meeting, the board, an agency, or the file
    Report(Report),
    /// Verifies the file, the chain of its history, and that the history makes what is shown
    Check(keeping_args::Check),
    /// Writes a copy of the register, checked and complete
    Backup(Backup),
    /// Puts a backup in the place of the register; without BACKUP, lists those there are
    Restore(Restore),
    /// Prints the keys of the screen
    #[command(after_help = "Example:\n  arising keys")]
    Keys(Keys),
    /// Prints a completion script for a shell
    #[command(after_help = "Example:\n  arising completions bash > ~/.local/share/bash-completion/completions/arising")]
    Completions { shell: clap_complete::Shell },
    /// Prints the manual page, or that of one command
    #[command(after_help = "Example:\n  arising man list | man -l -")]
    Man { command: Option<String> },
}

#[derive(Args, Debug)]
pub struct Format {
    /// Prints JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub struct Keys {
    /// As the Markdown table of docs/KEYS.md
    #[arg(long)]
    pub markdown: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising import adult-c.docx dhrs4.csv
  arising import returns.txt --plan adult-c --dry-run
  arising import log.csv --map 'Task=action' --map 'Who=lead'

Reading the same document again changes nothing; a later version of it brings only what is new,
and nothing that was changed here since is overwritten.

--map: COLUMN is the header as written, or 'column 3' where the header is blank, comes twice or is missing.
FIELD is one of these, or two joined by +:
  number, recommendation_number, finding, recommendation, outcome, action, target, revised, completed,
  lead, via, rating, status, progress, none
What is said so is remembered for the next document with the same header row, in columns.toml in the
program's data folder (ARISING_DATA; on Linux ~/.local/share/arising). Words of your own for columns,
ratings and agencies go into vocabulary.toml beside it; the README says how.")]
pub struct Import {
    /// The documents
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The plan's short name, as in adult-c:7.2; by default the file's name
    #[arg(long, value_name = "NAME")]
    pub plan: Option<String>,
    /// Says what would be done, and does nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Prints one JSON object per document
    #[arg(long)]
    pub json: bool,
    /// The sheet of a workbook
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,
    /// What a column holds, where its header does not say it: 'Task=action', 'Update=progress+status', 'Cost=none'
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = mapping)]
    pub map: Vec<(String, String)>,
    /// Forgets what was said before with --map about tables with these header rows
    #[arg(long)]
    pub forget: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising list overdue
  arising list 'party:\"Sussex Police\"' -rating:green --sort target
  arising list plan:adult-c --json")]
pub struct List {
    /// Words that must all hold; see `arising --help`
    pub filter: Vec<String>,
    /// What comes first: as in the plans, earliest target, worst rating, name of the lead, latest change
    #[arg(long, value_name = "KEY", default_value = "ref", value_parser = sort_key())]
    pub sort: sort::Key,
    /// Prints JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Prints a table for Excel
    #[arg(long)]
    pub csv: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  arising show 7.2\n  arising show adult-c:7.2 --json")]
pub struct Show {
    /// 7.2 or adult-c:7.2
    #[arg(value_name = "REF")]
    pub reference: String,
    /// Prints JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising rate 7.2 amber
  arising rate adult-c:7.2 g --note 'Evidence seen by the chair'
  arising rate 7.2 none                 not rated")]
pub struct Rate {
    /// 7.2 or adult-c:7.2
    #[arg(value_name = "REF")]
    pub reference: String,
    /// A word or letter of the plan's scheme, or `none`
    #[arg(allow_hyphen_values = true)]
    pub rating: String,
    /// Why, kept as a progress entry
    #[arg(long, value_name = "TEXT")]
    pub note: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising progress 7.2 'Training has begun in both localities'
  arising progress 7.2 'Draft circulated' --on '12 sep' --by CFT")]
pub struct Progress {
    /// 7.2 or adult-c:7.2
    #[arg(value_name = "REF")]
    pub reference: String,
    /// What was said
    #[arg(allow_hyphen_values = true)]
    pub text: String,
    /// The rest of a text without quotes.
    #[arg(hide = true)]
    pub more: Vec<String>,
    /// When it was; today unless said
    #[arg(long, value_name = "DATE")]
    pub on: Option<String>,
    /// Whose update it is
    #[arg(long, value_name = "PARTY")]
    pub by: Option<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising target 7.2 'end of feb 2027' --reason 'Waiting for the contract'
  arising target 7.2 2027-03-31
  arising target 4.1 'Jan 2027; Mar 2027'       one date for each of two leads")]
pub struct Retarget {
    /// 7.2 or adult-c:7.2
    #[arg(value_name = "REF")]
    pub reference: String,
    /// A day, a month, a quarter or a year; several with ; between
    pub date: String,
    /// The rest of a date without quotes.
    #[arg(hide = true)]
    pub more: Vec<String>,
    /// Why it moves
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising lead 7.2 'Sussex Police'
  arising lead 7.2 CFT 'Head of Adult Safeguarding (ESCC)'")]
pub struct Lead {
    /// 7.2 or adult-c:7.2
    #[arg(value_name = "REF")]
    pub reference: String,
    /// Agencies, subgroups or posts, by any name the register knows
    #[arg(required = true, value_name = "PARTY")]
    pub parties: Vec<String>,
    /// Takes a name that the register does not know as a new party, however like another it is
    #[arg(long)]
    pub new: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  arising backup\n  arising backup --to /media/usb/register-copy.sqlite")]
pub struct Backup {
    /// Where to; by default among the register's own backups
    #[arg(long, value_name = "FILE")]
    pub to: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  arising restore\n  arising restore register-2026-09-12.sqlite")]
pub struct Restore {
    /// A backup: its path, or its name in the list
    pub backup: Option<PathBuf>,
    /// Restore even if it is a backup of another register
    #[arg(long, requires = "backup")]
    pub force: bool,
}

fn sort_key() -> impl TypedValueParser<Value = sort::Key> {
    PossibleValuesParser::new(sort::Key::ALL.map(sort::Key::name)).try_map(|name| sort::Key::parse(&name))
}

fn mapping(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((column, field)) if !column.trim().is_empty() && !field.trim().is_empty() => {
            fields::parse(field).map_err(|problem| problem.to_string())?;
            Ok((column.trim().into(), field.trim().into()))
        }
        Some(_) | None => Err("write the column's header, =, and what it holds: 'Task=action'".into()),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_grammar_has_no_contradictions() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_explains_itself_with_an_example() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Example") && help.contains("arising "), "{} has no example", command.get_name());
        }
    }

    #[test]
    fn a_mapping_needs_both_sides() {
        assert_eq!(mapping("Task = action"), Ok(("Task".into(), "action".into())));
        assert_eq!(mapping("a = b=lead"), Ok(("a = b".into(), "lead".into())));
        assert!(mapping("Task=leed").is_err_and(|why| why.contains("the nearest is lead")));
        assert!(mapping("Task").is_err());
        assert!(mapping("=action").is_err());
    }
}
