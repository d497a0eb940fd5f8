//! The grammar of `arising meeting`.

use chrono::NaiveDate;
use clap::{Args, Subcommand};

use super::dates;
use super::report_args::{Agency, Form, Report};

pub const EXAMPLES: &str = "Examples:
  arising meeting start OPS --chair 'A. Chair' --agenda overdue
  arising meeting discuss 7.2
  arising meeting end --next 2026-12-12";

#[derive(Debug, Subcommand)]
pub enum MeetingCommand {
    /// Start a meeting; every change made until it ends belongs to it
    #[command(after_help = "Examples:
  arising meeting start OPS --chair 'A. Chair' --present 'Sussex Police=B. Officer' --apologies CFT
  arising meeting start OPS --agenda overdue --agenda 'lead:CFT' --next 2026-12-12

An agenda combines any of: overdue, changed, due, proposed, challenged, 'red and amber', 'carried forward',
everything, or a filter. Whatever the body carried forward or did not reach is on it until it is dealt with.

WHOSE is 'this body' (what it leads or oversees), a plan, 'this body in' a plan, or all. A board reviews all
unless told otherwise.")]
    Start(Start),
    /// End the open meeting; items that it did not reach are on the body's next agenda
    #[command(after_help = "Examples:
  arising meeting end --next 2026-12-12
  arising meeting end --carry --reason 'Out of time'
  arising meeting end --as-read 'Reports circulated'")]
    End {
        /// Date of the body's next meeting
        #[arg(long, value_name = "DATE", value_parser = one_day)]
        next: Option<NaiveDate>,
        /// Minute the items that were not reached as carried forward
        #[arg(long)]
        carry: bool,
        /// Reason for carrying them forward
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true, requires = "carry")]
        reason: String,
        /// Take the items that were not reached as read, with this word; they are not carried forward
        #[arg(long, value_name = "TEXT", conflicts_with = "carry")]
        as_read: Option<String>,
    },
    /// Mark an item as discussed, or unmark it
    Discuss {
        /// Action, such as 7.2 or adult-c:7.2
        #[arg(value_name = "REF")]
        reference: String,
    },
    /// Carry an item forward to the next meeting
    Carry {
        /// Action, such as 7.2 or adult-c:7.2
        #[arg(value_name = "REF")]
        reference: String,
        /// Reason
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        reason: String,
    },
    /// Take an item as read, with a word on why; it is not carried forward
    AsRead {
        /// Action, such as 7.2 or adult-c:7.2
        #[arg(value_name = "REF")]
        reference: String,
        /// Why, in a word
        #[arg(value_name = "TEXT")]
        word: String,
    },
    /// Record a decision
    Decide {
        /// The decision
        text: String,
        /// The action it concerns
        #[arg(long, value_name = "REF")]
        about: Option<String>,
    },
    /// Produce the minutes of the latest meeting, or of the one named
    #[command(after_help = "Examples:
  arising meeting minutes
  arising meeting minutes OPS 2026-11-21 --format docx -o minutes.docx")]
    Minutes(Minutes),
    /// Reopen the latest meeting for corrections, until its minutes are agreed
    Reopen,
    /// Record that the latest meeting's minutes are agreed
    Agree,
}

#[derive(Args, Debug)]
pub struct Start {
    /// The subgroup or board that meets
    #[arg(value_name = "BODY")]
    pub body: String,
    /// Date of the meeting [default: today]
    #[arg(long, value_name = "DATE", value_parser = one_day)]
    pub on: Option<NaiveDate>,
    /// Who chairs it
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    pub chair: String,
    /// Who is present: an agency, or a person of one ("Ann Lee, ICB", "ICB=Ann Lee"); "NEW=Ann Lee" adds an agency, "=Ann Lee" is of none
    #[arg(long, value_name = "WHO")]
    pub present: Vec<String>,
    /// Who sent apologies
    #[arg(long, value_name = "WHO")]
    pub apologies: Vec<String>,
    /// What is on the agenda; repeat to combine
    #[arg(long, value_name = "RULE")]
    pub agenda: Vec<String>,
    /// Whose actions the agenda draws on [default: what the body leads or oversees; all for a board]
    #[arg(long, value_name = "WHOSE")]
    pub of: Option<String>,
    /// Date of the body's next meeting
    #[arg(long, value_name = "DATE", value_parser = one_day)]
    pub next: Option<NaiveDate>,
}

/// The same as `arising report minutes --meeting MEETING`.
#[derive(Args, Debug)]
pub struct Minutes {
    /// The meeting's body or date or both, such as OPS 2026-11-21 [default: the latest]
    pub meeting: Vec<String>,
    #[command(flatten)]
    pub form: Form,
}

impl Minutes {
    /// The equivalent report command.
    pub fn report(&self) -> Report {
        Report {
            kind: "minutes".into(),
            only: None,
            filter: Vec::new(),
            form: self.form.clone(),
            since: None,
            meeting: self.meeting.join(" "),
            from: None,
            to: None,
            agency: Agency::default(),
        }
    }
}

fn one_day(text: &str) -> Result<NaiveDate, String> {
    dates::day(text)?.ok_or_else(|| "write the day as 2026-09-12".into())
}
