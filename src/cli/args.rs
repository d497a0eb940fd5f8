//! The command-line grammar: every command with its options, help and an example.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand};

use super::chase::Chase;
use super::closure_args::{self, Accept, Add, ClosureCommand};
use super::correct_args::{Move, Number, PARTY_EXAMPLES, PartyCommand, Withdraw};
use super::dates;
use super::edit_args::{Lead, Progress, Rate, Retarget, Reword, Via};
use super::erase::Erase;
use super::evidence::Evidence;
pub use super::history_args::{Compare, Log};
use super::keeping_args;
use super::marking::Marking;
use super::meeting_args::{self, MeetingCommand};
use super::merge_args::{Merge, Share, Updates};
use super::regroup_args::{Join, Split};
use super::report_args::Report;
use super::retention::Retention;
use crate::domain::sort;
use crate::import::words::roles;

/// Review safeguarding action plans in meetings: from the keyboard, offline, in one file.
#[derive(Debug, Parser)]
#[command(name = "arising", version = BUILD, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The version, and whether anything in this build can use a network.
#[cfg(feature = "hub")]
const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), " (with hub)");
#[cfg(not(feature = "hub"))]
const BUILD: &str = concat!(env!("CARGO_PKG_VERSION"), " (no network code)");

const EXAMPLES: &str = "Examples:
  arising import adult-c.docx        import the board's own action plan
  arising                            work through it on the screen
  arising list overdue               list what is overdue, across all plans
  arising rate 7.2 amber             change a rating
  arising undo                       undo your last change

A REF is 7.2 (recommendation 7, its second action), or adult-c:7.2 where several plans have a 7.2.
A FILTER is one or more terms, all of which must match:
  lead:\"Sussex Police\"  via:OPS  party:OPS (lead or via)  plan:adult-c  finding:3  rec:7  scope:national
  rating:red,amber  -rating:green  overdue  due:30d  due:<2026-12-31  changed:2026-09-12..
  challenge  duplicate  flag  extension  unanswered  proposed  open  closed
  and any other words, which are searched for in the text";

/// The options of every command.
#[derive(Args, Debug)]
pub struct Global {
    /// Register to use [default: the one in your data folder]
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        env = "ARISING_REGISTER",
        hide_env_values = true,
        help_heading = "Global options"
    )]
    pub register: Option<PathBuf>,
    /// Show everything as at the end of this day
    #[arg(long, global = true, value_name = "DATE", value_parser = dates::past_day, help_heading = "Global options")]
    pub as_at: Option<NaiveDate>,
    /// Work as if today were this day
    #[arg(
        long,
        global = true,
        value_name = "DATE",
        env = "ARISING_TODAY",
        hide_env_values = true,
        value_parser = dates::day,
        help_heading = "Global options"
    )]
    pub today: Option<dates::MaybeDay>,
    /// Name to record changes under [default: your user name]
    #[arg(
        long,
        global = true,
        value_name = "NAME",
        env = "ARISING_AUTHOR",
        hide_env_values = true,
        help_heading = "Global options"
    )]
    pub author: Option<String>,
    /// Shifts the clock; for testing only.
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
    /// Open the screen
    #[command(after_help = "Example:\n  arising open board.sqlite")]
    Open(Open),
    /// Work in lines and questions instead of on the screen, for a screen reader
    #[command(after_help = "Example:\n  arising plain\n\nARISING_PLAIN=1 makes every `arising` do so.")]
    Plain,
    /// Show the room what the chair's screen is on, in a second window
    #[command(
        after_help = "Example:\n  arising present --redact     on the projector, beside arising on the laptop's screen"
    )]
    Present {
        /// Show posts or initials for the names of people
        #[arg(long)]
        redact: bool,
    },
    /// Try things out on the screen, in a fresh copy of a fictional plan
    #[command(after_help = "Example:\n  arising demo")]
    Demo,
    /// Create an empty register
    #[command(after_help = "Example:\n  arising --register board.sqlite init")]
    Init(keeping_args::Init),
    /// Import action plans from the board's own documents
    Import(Import),
    /// List the actions that match a filter
    List(List),
    /// Show one action in full, with its history
    Show(Show),
    /// List the plans in the register
    #[command(after_help = "Example:\n  arising plans --json")]
    Plans(Format),
    /// List the agencies, subgroups and posts, with the number of actions each leads or oversees
    #[command(after_help = "Example:\n  arising parties")]
    Parties(Format),
    /// Show or set a plan's protective marking, on the screen and on every page of its reports
    Marking(Marking),
    /// Show or set when a plan is due for review and for disposal
    Retention(Retention),
    /// List past meetings
    #[command(after_help = "Example:\n  arising meetings --json")]
    Meetings(Format),
    /// Start, record and end a meeting from scripts
    #[command(subcommand, after_help = meeting_args::EXAMPLES)]
    Meeting(MeetingCommand),
    /// Change the rating of one action or several
    Rate(Rate),
    /// Add a dated progress entry to an action
    Progress(Progress),
    /// Move an action's target; the original target is kept beside the new one
    Target(Retarget),
    /// Replace an action's leads
    Lead(Lead),
    /// Change the subgroup that oversees an action
    Via(Via),
    /// Change an action's text
    Text(Reword),
    /// Propose, agree or take back the closure of an action
    #[command(subcommand, after_help = closure_args::EXAMPLES)]
    Closure(ClosureCommand),
    /// Add an action to a plan
    Add(Add),
    /// Record whether a recommendation is accepted, in part or not, and why
    Accept(Accept),
    /// Say where the evidence for an action's closure is: a link, or the name of a file
    #[command(after_help = "Example:\n  arising evidence 7.1 minutes-2026-11-21.docx")]
    Evidence(Evidence),
    /// Withdraw an action, a party or a plan: it is hidden, and kept in the history
    Withdraw(Withdraw),
    /// Change the number by which an action is called
    Number(Number),
    /// Move an action to another recommendation of its plan
    Move(Move),
    /// Split an action into several, each with the leads, dates and progress that belong to it
    Split(Split),
    /// Join actions of one plan into one; the others are withdrawn
    Join(Join),
    /// Rename a party, or say that two names are one party
    #[command(subcommand, after_help = PARTY_EXAMPLES)]
    Party(PartyCommand),
    /// Undo your last change
    #[command(after_help = "Example:\n  arising undo")]
    Undo,
    /// Redo the change you last undid
    #[command(after_help = "Example:\n  arising redo")]
    Redo,
    /// Print the audit trail: who changed what, when, and what it said before
    Log(Log),
    /// Show the net changes between two dates or meetings, in sentences
    Compare(Compare),
    /// Produce a report for a meeting, the board, an agency or your records
    Report(Report),
    /// Write a mail to every lead with something overdue, due or unanswered, and record who was asked
    Chase(Chase),
    /// Verify the file and its history, and that what is shown agrees with the history
    Check(keeping_args::Check),
    /// Write a complete, verified copy of the register
    Backup(keeping_args::Backup),
    /// Move the register out of a synced folder to the usual place on this computer
    #[command(after_help = "Example:\n  arising --register ~/OneDrive/register.sqlite move-home")]
    MoveHome,
    /// Bring changes made in other copies of this register together with it
    Merge(Merge),
    /// Write a bundle: the register's changes in one file, for another copy to merge
    Share(Share),
    /// Keep in step with the other copies through a PostgreSQL database that the council runs
    #[cfg(feature = "hub")]
    #[command(subcommand)]
    Hub(super::hub_args::Hub),
    /// Show what agencies wrote in their own copies, and accept it into the open meeting
    Updates(Updates),
    /// Erase words that the law requires to be erased, for ever, on a ground that the record keeps
    Erase(Erase),
    /// Replace the register with a backup; without BACKUP, list the backups
    Restore(keeping_args::Restore),
    /// Print the keys used on the screen
    #[command(after_help = "Example:\n  arising keys")]
    Keys(Keys),
    /// Print the guide: a quarter in the life of a board, a chapter for each reader
    #[command(after_help = "Example:\n  arising guide chair")]
    Guide {
        /// Word of the chapter's title: manager, chair, lead, auditor; without it, the whole guide
        #[arg(default_value = "", hide_default_value = true)]
        chapter: String,
    },
    /// Show or change your name, under which your changes are recorded
    #[command(after_help = "Example:\n  arising name 'A. Name'\n\n--author and ARISING_AUTHOR count before it.")]
    Name {
        /// Your name; without it, shows the present one
        name: Vec<String>,
    },
    /// Print a completion script for a shell
    #[command(after_help = "Example:\n  arising completions bash > ~/.local/share/bash-completion/completions/arising")]
    Completions {
        /// Shell to generate the script for
        shell: clap_complete::Shell,
    },
    /// Show the manual page of the program or of one command; into a file or a pipe, as roff
    #[command(after_help = "Example:\n  arising man list\n  arising man list > arising-list.1")]
    Man {
        /// Command to describe; without it, the program as a whole
        command: Option<String>,
    },
}

#[derive(Args, Debug)]
pub struct Open {
    /// Register to open; overrides --register
    pub file: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct Format {
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub struct Keys {
    /// Print them as Markdown tables, as in docs/KEYS.md
    #[arg(long)]
    pub markdown: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising import adult-c.docx dhrs4.csv
  arising import returns.txt --plan adult-c --dry-run
  arising import log.csv --map 'Task=action' --map 'Who=lead'

Importing the same document again changes nothing. A later version adds only what is new in it;
nothing that has been changed in the register since is overwritten.

--map: COLUMN is the header as written, or 'column 3' where the header is blank, repeated or missing.
FIELD is one of these, or two joined with +:
  number, recommendation_number, finding, recommendation, outcome, scope, action, target, revised,
  completed, lead, via, rating, status, done, progress, none
Beside a field, +month_first or +day_first says how its dates are written.
Mappings are remembered for the next document with the same header row, in columns.toml in the data
folder (ARISING_DATA; on Linux ~/.local/share/arising). Your own vocabulary for columns, ratings and
agencies goes into vocabulary.toml beside it; see the README.")]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag on the command line")]
pub struct Import {
    /// Documents to import
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Short name for the plan, as in adult-c:7.2 [default: the file's name]
    #[arg(long, value_name = "NAME")]
    pub plan: Option<String>,
    /// Make a plan of its own, even if a plan here seems to be an earlier version of it
    #[arg(long, conflicts_with = "plan")]
    pub new: bool,
    /// Show what would be imported, and change nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Print one JSON object per document
    #[arg(long)]
    pub json: bool,
    /// Sheet of the workbook to read
    #[arg(long, value_name = "SHEET")]
    pub sheet: Option<String>,
    /// Say what a column holds if its header is not recognised: 'Task=action', 'Update=progress+status', 'Cost=none'
    #[arg(long, value_name = "COLUMN=FIELD", value_parser = mapping)]
    pub map: Vec<(String, String)>,
    /// Forget earlier mappings for tables with these header rows
    #[arg(long)]
    pub forget: bool,
    /// Import what would be kept as it is in the register, or answer a doubt about a return: 7.2.rating, 7.2.rating=Amber,
    /// 7.9.action=7.2, or all
    #[arg(long, value_name = "REF.FIELD[=VALUE]")]
    pub take: Vec<String>,
    /// Keep what the register has: 7.2.rating, or all
    #[arg(long, value_name = "REF.FIELD")]
    pub keep: Vec<String>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:
  arising list overdue
  arising list 'party:\"Sussex Police\"' -rating:green --sort target
  arising list plan:adult-c --json")]
pub struct List {
    /// Terms that must all match; see `arising --help`
    pub filter: Vec<String>,
    /// Order: as in the plans, earliest target, worst rating, lead's name, or latest change
    #[arg(long, value_name = "KEY", default_value = "ref", value_parser = sort_key())]
    pub sort: sort::Key,
    /// Print JSON
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// Print a table for Excel
    #[arg(long)]
    pub csv: bool,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  arising show 7.2\n  arising show adult-c:7.2 --json")]
pub struct Show {
    /// Action, such as 7.2 or adult-c:7.2
    #[arg(value_name = "REF")]
    pub reference: String,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

fn sort_key() -> impl TypedValueParser<Value = sort::Key> {
    PossibleValuesParser::new(sort::Key::ALL.map(sort::Key::name)).try_map(|name| sort::Key::parse(&name))
}

fn mapping(text: &str) -> Result<(String, String), String> {
    match text.rsplit_once('=') {
        Some((column, field)) if !column.trim().is_empty() && !field.trim().is_empty() => {
            roles::parse(field).map_err(|problem| problem.to_string())?;
            Ok((column.trim().into(), field.trim().into()))
        }
        Some(_) | None => Err("write the column's header, then =, then what it holds: 'Task=action'".into()),
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
