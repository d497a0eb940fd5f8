//! `arising meeting` and `arising meetings`: running a meeting from scripts, and listing past meetings.

use chrono::NaiveDate;
use serde::Serialize;

use super::Answer;
use super::args::Format;
use super::context::Context;
use super::edit;
use super::meeting_args::{MeetingCommand, Start};
use super::page::Page;
use super::{meeting_room, reference, report};
use crate::desk::Desk;
use crate::domain::action::Action;
use crate::domain::agenda::{self, Held, Occasion};
use crate::domain::date_words;
use crate::domain::describe;
use crate::domain::id::Id;
use crate::domain::intent::{Attendee, Begin, Intent, PartyChoice, Rest};
use crate::domain::meeting::{Meeting, Presence};
use crate::domain::register::Register;
use crate::domain::rules::party_called;
use crate::domain::timing::Movement;
use crate::env::Env;
use crate::json;
use crate::problem::Problem;
use crate::text::counted;

#[derive(Debug, Serialize)]
struct MeetingRow<'a> {
    body: Option<&'a str>,
    date: Option<NaiveDate>,
    chair: &'a str,
    stage: &'static str,
    agenda: usize,
    discussed: usize,
    next: Option<NaiveDate>,
}

pub fn meetings(context: &Context, format: &Format) -> Result<String, Problem> {
    let look = context.look()?;
    let register = look.register();
    let rows: Vec<MeetingRow<'_>> = register.visible_meetings().map(|meeting| row(register, meeting)).collect();
    if format.json {
        return Ok(json::array(rows));
    }
    let mut page = context.page();
    if rows.is_empty() {
        page.line("no meetings yet; start one with `arising meeting start BODY`");
    }
    for (meeting, row) in register.visible_meetings().zip(&rows) {
        let items = counted(row.agenda, "item");
        let next = row.next.map(|day| format!(", next {}", date_words::day(day))).unwrap_or_default();
        let name = register.meeting_name(meeting);
        page.line(&format!("{name}: {}, {items}, {} discussed{next}", row.stage, row.discussed));
    }
    Ok(page.finish())
}

fn row<'a>(register: &'a Register, meeting: &'a Meeting) -> MeetingRow<'a> {
    MeetingRow {
        body: meeting.body().map(|body| register.party_name(body)),
        date: meeting.day(),
        chair: meeting.chair(),
        stage: describe::stage_word(meeting.stage()),
        agenda: meeting.items().len(),
        discussed: meeting.dealt_with(),
        next: meeting.next(),
    }
}

pub fn meeting(context: &Context, command: &MeetingCommand) -> Result<Answer, Problem> {
    if let MeetingCommand::Minutes(minutes) = command {
        return report::report(context, &minutes.report());
    }
    if is_look(command) {
        let look = context.look()?;
        let mut page = context.page();
        meeting_room::print(&mut page, look.register(), &context.clock.env())?;
        return Ok(Answer::from(page.finish()));
    }
    let (mut desk, env) = (context.change()?, context.clock.env());
    let intent = intent(desk.register(), command, &env)?;
    let open = desk.register().open_meeting().map(|meeting| meeting.id);
    let written = desk.write(&intent, &env)?;
    let mut page = context.page();
    page.line(&format!("saved: {}", written.sentence));
    if let (MeetingCommand::End { .. }, Some(meeting)) = (command, open) {
        ended(&mut page, &desk, meeting);
    }
    if let MeetingCommand::Start(_) = command {
        going(&mut page, &desk, env.today);
    }
    let notes = edit::notes(context, &desk);
    Ok(Answer { text: page.finish(), notes, ..Answer::default() })
}

/// Whether it only shows the agenda.
fn is_look(command: &MeetingCommand) -> bool {
    matches!(command, MeetingCommand::Agenda { put, off, rule } if put.is_empty() && off.is_empty() && rule.is_empty())
}

/// What the meeting leaves for the body's next agenda.
fn ended(page: &mut Page, desk: &Desk, meeting: Id) {
    let register = desk.register();
    let Some(meeting) = register.meeting(meeting) else { return };
    let held = Held::of(register, meeting.body(), meeting.day().unwrap_or_default(), None);
    for action in register.visible_actions() {
        if let Some(carried) = held.carried(action).filter(|_| meeting.items().contains(&action.id)) {
            let words = carried.words();
            page.paragraph(2, &format!("on the next agenda: {} ({words})", reference::full(register, action)));
        }
    }
}

/// The agenda with why each item is on it, and what it leaves out.
fn going(page: &mut Page, desk: &Desk, today: NaiveDate) {
    let register = desk.register();
    let Some(meeting) = register.open_meeting() else { return };
    let items: Vec<&Action> = meeting.items().iter().filter_map(|id| register.action(*id)).collect();
    let whose = agenda::reach_words(register, meeting.reach());
    page.line(&format!("  agenda, {}, from the actions of {whose}:", counted(items.len(), "item")));
    let occasion = Occasion::of(meeting, today);
    let why = agenda::why_each(register, meeting, &occasion);
    for action in &items {
        let why = why(action);
        page.paragraph(4, &format!("{} ({why})", reference::full(register, action)));
    }
    let rules = meeting.agenda.get().map(|agenda| agenda.rules.clone()).unwrap_or_default();
    let (_, others) = agenda::agenda_and_rest(register, &occasion, rules);
    if others > 0 {
        let hint = "`--of all` puts them on the agenda";
        page.paragraph(
            2,
            &format!("left out, though the rules select them: {others} of other bodies or plans; {hint}"),
        );
    }
    page.line(&format!("  not on this agenda: {}", register.visible_actions().count().saturating_sub(items.len())));
}

fn rest(carry: bool, reason: &str, as_read: Option<&str>) -> Rest {
    match as_read {
        Some(word) => Rest::TakenAsRead(word.to_owned()),
        None if carry => Rest::Carried(reason.to_owned()),
        None => Rest::Left,
    }
}

fn intent(register: &Register, command: &MeetingCommand, env: &Env) -> Result<Intent, Problem> {
    let today = env.today;
    let action = |text: &str| reference::find(register, text).map(|action| action.id);
    Ok(match command {
        MeetingCommand::Start(start) => Intent::BeginMeeting(begin(register, start, today)?),
        MeetingCommand::End { next, carry, reason, as_read } => {
            Intent::EndMeeting { next: *next, rest: rest(*carry, reason, as_read.as_deref()) }
        }
        MeetingCommand::AsRead { reference, word } => {
            Intent::TakeAsRead { action: action(reference)?, word: word.clone() }
        }
        MeetingCommand::Discuss { reference } => Intent::Discuss { action: action(reference)? },
        MeetingCommand::Carry { reference, reason } => {
            Intent::CarryForward { action: action(reference)?, reason: reason.clone() }
        }
        MeetingCommand::Decide { text, about } => {
            Intent::Decide { action: about.as_deref().map(action).transpose()?, text: text.clone() }
        }
        MeetingCommand::Note { text, under } => {
            let under = under.as_deref().map(|under| reference::recommendation_called(register, under));
            Intent::Note { recommendation: under.transpose()?, text: text.clone() }
        }
        MeetingCommand::Attendance { present, apologies, chair } => {
            meeting_room::attendance(register, (present, apologies), chair.as_deref())?
        }
        MeetingCommand::Arrive(args) => meeting_room::come_or_go(register, args, Movement::Joined, env)?,
        MeetingCommand::Leave(args) => meeting_room::come_or_go(register, args, Movement::Left, env)?,
        MeetingCommand::Agenda { put, off, rule } => meeting_room::agenda(register, (put, off), rule, env)?,
        MeetingCommand::Time { reference, minutes, from } => {
            let items = meeting_room::items(register, reference)?;
            Intent::Schedule { items, start: *from, minutes: *minutes }
        }
        MeetingCommand::Minutes(_) => return Err(Problem::new("Nothing was changed", "minutes are a report", "")),
        MeetingCommand::Reopen => Intent::ReopenMeeting { meeting: latest(register)? },
        MeetingCommand::Agree => Intent::AgreeMinutes { meeting: latest(register)? },
    })
}

fn begin(register: &Register, start: &Start, today: NaiveDate) -> Result<Begin, Problem> {
    let day = start.on.unwrap_or(today);
    let text = if start.agenda.is_empty() { agenda::USUAL.to_owned() } else { start.agenda.join(", ") };
    let rules = agenda::rules(&text, register, today)?;
    let body = party_called(register, &start.body).map(|party| party.id);
    let reach = match &start.of {
        Some(text) => agenda::typed_reach(register, text, None)?,
        None => agenda::usual_reach(register, body, &start.body, None),
    };
    let occasion = Occasion { body, day, next: start.next, reach, meeting: None };
    let present = start.present.iter().map(|text| Attendee::said(register, text, Presence::Present));
    let apologies = start.apologies.iter().map(|text| Attendee::said(register, text, Presence::Apologies));
    Ok(Begin {
        body: PartyChoice::New(start.body.clone()),
        day,
        chair: start.chair.clone(),
        attendance: present.chain(apologies).collect::<Result<_, _>>()?,
        agenda: agenda::agenda(register, &occasion, rules),
        next: start.next,
    })
}

/// The latest meeting.
fn latest(register: &Register) -> Result<Id, Problem> {
    let last = register.visible_meetings().next_back().map(|meeting| meeting.id);
    last.ok_or_else(|| {
        Problem::new("There is no meeting", "none has been started", "Start one with `arising meeting start`.")
    })
}
