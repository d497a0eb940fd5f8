//! The grammar of `arising meeting`.

use chrono::{NaiveDate, NaiveTime};
use clap::{Args, Subcommand};

use super::dates;
use super::report_args::{Agency, Form, Report};
use crate::domain::timing;

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
    /// Record a matter that is about no action: of the whole meeting, or under a recommendation
    #[command(after_help = "Examples:
  arising meeting note 'The learning event is on 3 March'
  arising meeting note 'The hospital asked for an example' --under 7")]
    Note {
        /// The matter
        #[arg(allow_hyphen_values = true)]
        text: String,
        /// The recommendation that it is under, such as 7 or adult-c:7
        #[arg(long, value_name = "RECOMMENDATION")]
        under: Option<String>,
    },
    /// Record who is present, who sent apologies and who chairs; whoever is recorded already stays
    #[command(after_help = "Example:
  arising meeting attendance --present 'Sussex Police=B. Officer' --apologies CFT --chair 'A. Deputy'")]
    Attendance {
        /// Who is present: a party, or a party and a person's name
        #[arg(long, value_name = "PARTY[=NAME]", required_unless_present_any = ["apologies", "chair"])]
        present: Vec<String>,
        /// Who sent apologies
        #[arg(long, value_name = "PARTY[=NAME]")]
        apologies: Vec<String>,
        /// Who chairs from now on
        #[arg(long, value_name = "NAME")]
        chair: Option<String>,
    },
    /// Record who joins the meeting
    #[command(after_help = "Examples:
  arising meeting arrive 'Sussex Police=Ann Lee'
  arising meeting arrive 'Ann Lee' --at 10:20            someone in the attendance, by name")]
    Arrive(ComeOrGo),
    /// Record who leaves the meeting
    #[command(after_help = "Example:\n  arising meeting leave 'Ann Lee' --at 11:40")]
    Leave(ComeOrGo),
    /// Show the agenda, or change it: what has been dealt with stays on it
    #[command(after_help = "Examples:
  arising meeting agenda
  arising meeting agenda --put 7.2 --off 9.1
  arising meeting agenda --rule overdue --rule 'lead:CFT'")]
    Agenda {
        /// Put this action on it
        #[arg(long, value_name = "REF")]
        put: Vec<String>,
        /// Take this one off it
        #[arg(long, value_name = "REF")]
        off: Vec<String>,
        /// Follow these rules from now on, as in `meeting start --agenda`
        #[arg(long, value_name = "RULE", conflicts_with_all = ["put", "off"])]
        rule: Vec<String>,
    },
    /// Plan how many minutes items are given, and when they begin; with neither, forget it
    #[command(after_help = "Examples:
  arising meeting time 7.2 --minutes 15 --from 10:30
  arising meeting time all --minutes 10
  arising meeting time 7.2                               no time any more")]
    Time {
        /// Item of the agenda, such as 7.2 or adult-c:7.2; several are separated by commas, or `all`
        #[arg(value_name = "REF")]
        reference: String,
        /// How many minutes it is given
        #[arg(long, value_name = "MINUTES", value_parser = clap::value_parser!(u32).range(1..=600))]
        minutes: Option<u32>,
        /// When it begins, such as 10:30
        #[arg(long, value_name = "TIME", value_parser = time)]
        from: Option<NaiveTime>,
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
pub struct ComeOrGo {
    /// Who: a party, a party and a person's name, or the name of someone in the attendance
    #[arg(required = true, value_name = "PARTY[=NAME]")]
    pub who: Vec<String>,
    /// When [default: now]
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub at: Option<NaiveTime>,
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
            copy: "members".into(),
            agency: Agency::default(),
        }
    }
}

fn time(text: &str) -> Result<NaiveTime, String> {
    timing::read_time(text).ok_or_else(|| "write the time as 10:20".into())
}

fn one_day(text: &str) -> Result<NaiveDate, String> {
    dates::day(text)?.ok_or_else(|| "write the day as 2026-09-12".into())
}
