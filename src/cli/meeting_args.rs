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
everything, or a filter.")]
    Start(Start),
    /// End the open meeting
    End {
        /// Date of the body's next meeting
        #[arg(long, value_name = "DATE", value_parser = one_day)]
        next: Option<NaiveDate>,
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
    /// Who is present: a party, or a party and a person's name
    #[arg(long, value_name = "PARTY[=NAME]")]
    pub present: Vec<String>,
    /// Who sent apologies
    #[arg(long, value_name = "PARTY[=NAME]")]
    pub apologies: Vec<String>,
    /// What is on the agenda; repeat to combine
    #[arg(long, value_name = "RULE")]
    pub agenda: Vec<String>,
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
