//! The form that ends a meeting, and what becomes of the items that it did not reach.

use super::field::{Echo, FormField, Holds};
use super::form::{Form, Meet, Purpose};
use super::meeting_form::day;
use crate::app::message::World;
use crate::domain::date_words;
use crate::domain::intent::{Intent, Rest};
use crate::domain::meeting::Meeting;
use crate::problem::Problem;
use crate::text;

/// The place of the field for what was not reached; the form has it only if there is something.
pub(super) const LEFT: usize = 1;

const LEAVE: &str = "leave";

/// What may be typed there.
const OFFERS: &str = "Type “leave”, “carry”, “carry: why” or “as read: why”.";

pub fn end(meeting: &Meeting, world: World<'_>) -> Form {
    let next = meeting.next().map(date_words::day).unwrap_or_default();
    let left = meeting.unreached().count();
    let open = if left == 0 { String::new() } else { format!(" ({left} not reached)") };
    let title = format!("End the meeting of {}{open}", world.register.meeting_name(meeting));
    let mut fields = vec![FormField::new("Next meeting", Holds::Day, next)];
    fields.extend((left > 0).then(|| FormField::offering("Left over", Holds::Words, LEAVE)));
    Form::new(Purpose::Meet(Meet::End), title, fields)
}

impl Form {
    pub(super) fn end_intent(&self, world: World<'_>) -> Result<Intent, Problem> {
        Ok(Intent::EndMeeting { next: day(&self.words(0), world)?, rest: rest(&self.words(LEFT))? })
    }

    /// "3 items not reached, so on the next agenda: 1.2, 2.1, 3.1", and what else may be typed.
    pub(super) fn left_over(&self, world: World<'_>) -> Option<Echo> {
        let meeting = world.register.open_meeting()?;
        let items = meeting.unreached().filter_map(|id| world.register.action(id));
        let names: Vec<String> = items.map(|action| world.register.reference(action)).collect();
        let what = match rest(&self.words(LEFT)) {
            Ok(Rest::Left) => "not reached, so on the next agenda".to_owned(),
            Ok(Rest::Carried(_)) => "carried forward".to_owned(),
            Ok(Rest::TakenAsRead(_)) => "taken as read; they do not come again".to_owned(),
            Err(problem) => return Some(Echo::Doubtful(problem.to_string())),
        };
        let (count, names) = (text::counted(names.len(), "item"), names.join(", "));
        Some(Echo::Understood(format!("{count} {what}: {names}. {OFFERS}")))
    }
}

/// "leave", "carry", "carry: Out of time", "as read: Reports circulated".
fn rest(typed: &str) -> Result<Rest, Problem> {
    let (word, why) = typed.split_once(':').unwrap_or((typed, ""));
    let why = why.trim().to_owned();
    match text::lower(word.trim()).as_str() {
        "" | LEAVE => Ok(Rest::Left),
        "carry" | "carry forward" | "carry all" => Ok(Rest::Carried(why)),
        "as read" | "read" | "taken as read" => Ok(Rest::TakenAsRead(why)),
        _ => Err(Problem::new("The meeting was not ended", format!("“{typed}” is not understood"), OFFERS)),
    }
}
