//! `arising meeting` while one is open: who is there, who comes and goes, and its agenda with the times.

use super::meeting_args::ComeOrGo;
use super::page::Page;
use super::reference;
use crate::domain::agenda;
use crate::domain::id::Id;
use crate::domain::intent::{Attendee, Intent, PartyChoice};
use crate::domain::meeting::{Attendance, Meeting, Presence};
use crate::domain::register::Register;
use crate::domain::rules::party_called;
use crate::domain::timing::{self, Movement};
use crate::env::Env;
use crate::problem::Problem;

pub fn open<'a>(register: &'a Register, what: &str) -> Result<&'a Meeting, Problem> {
    let none = || Problem::new(what, "no meeting is open", "Start one with `arising meeting start`.");
    register.open_meeting().ok_or_else(none)
}

pub fn come_or_go(register: &Register, args: &ComeOrGo, movement: Movement, env: &Env) -> Result<Intent, Problem> {
    let now = env.now.time();
    let at = args.at.unwrap_or(now);
    let is_today = register.open_meeting().and_then(Meeting::day).is_none_or(|day| day >= env.today);
    if is_today && at > now {
        let why = format!("{} is still to come", timing::time_words(at));
        return Err(Problem::new("Not recorded", why, "Give the time at which it happened."));
    }
    let people = args.who.iter().map(|text| {
        let Attendee { party, name, .. } = who(register, text, movement)?;
        Ok((party, name))
    });
    Ok(Intent::ComeOrGo { people: people.collect::<Result<_, Problem>>()?, movement, at })
}

/// A person who is recorded already is found by name alone; whoever comes new is written as an attendee is.
fn who(register: &Register, text: &str, movement: Movement) -> Result<Attendee, Problem> {
    let mut known = register.open_meeting().into_iter().flat_map(Meeting::attendance);
    let is_known = known.any(|person| !person.name.is_empty() && person.name.eq_ignore_ascii_case(text.trim()));
    if is_known || movement == Movement::Left {
        return Ok(Attendee::typed(text, Presence::Present));
    }
    Attendee::said(register, text, Presence::Present)
}

/// The attendance with these people: whoever is recorded already stays, with what is now said of them.
pub fn attendance(
    register: &Register,
    (present, apologies): (&[String], &[String]),
    chair: Option<&str>,
) -> Result<Intent, Problem> {
    let meeting = open(register, "The attendance is unchanged")?;
    let mut people: Vec<Attendee> = meeting.attendance().iter().map(recorded).collect();
    let present = present.iter().map(|text| Attendee::said(register, text, Presence::Present));
    for new in present.chain(apologies.iter().map(|text| Attendee::said(register, text, Presence::Apologies))) {
        let new = new?;
        let party = new.party.clone().map(|party| match party {
            PartyChoice::New(name) => {
                party_called(register, &name).map_or(PartyChoice::New(name), |party| PartyChoice::Known(party.id))
            }
            PartyChoice::Known(_) => party,
        });
        match people.iter_mut().find(|one| one.party == party && one.name.eq_ignore_ascii_case(&new.name)) {
            Some(one) => one.presence = new.presence,
            None => people.push(Attendee { party, ..new }),
        }
    }
    let chair = chair.unwrap_or(meeting.chair()).to_owned();
    Ok(Intent::Attend { chair, people })
}

fn recorded(person: &Attendance) -> Attendee {
    Attendee { party: person.party.map(PartyChoice::Known), name: person.name.clone(), presence: person.presence }
}

/// The agenda with some actions put on it or taken off, or under other rules.
pub fn agenda(
    register: &Register,
    (put, off): (&[String], &[String]),
    rules: &[String],
    env: &Env,
) -> Result<Intent, Problem> {
    let meeting = open(register, "The agenda is unchanged")?;
    if !rules.is_empty() {
        let rules = agenda::rules(&rules.join(", "), register, env.today)?;
        return Ok(Intent::SetAgenda { agenda: agenda::rebuilt(register, meeting, rules, env.today) });
    }
    let find = |texts: &[String]| reference::find_all(register, texts);
    let (put, off) = (find(put)?, find(off)?);
    let action = |id: &Id| register.action(*id);
    let mut now = meeting.agenda.get().cloned().unwrap_or_default();
    now = put.iter().filter_map(action).fold(now, |now, action| agenda::put(register, now, action));
    now = off.iter().filter_map(action).fold(now, |now, action| agenda::taken_off(register, now, action));
    Ok(Intent::SetAgenda { agenda: now })
}

/// The items that are meant: `all`, or those of these references.
pub fn items(register: &Register, text: &str) -> Result<Vec<Id>, Problem> {
    if text.trim().eq_ignore_ascii_case("all") {
        return Ok(open(register, "No time was planned")?.items().to_vec());
    }
    reference::find_all(register, std::slice::from_ref(&text.to_owned()))
}

/// The agenda, an item a line with its time, and who is in the room.
pub fn print(page: &mut Page, register: &Register, env: &Env) -> Result<(), Problem> {
    let meeting = open(register, "There is no agenda")?;
    let elapsed =
        meeting.elapsed(env.now.naive_local()).map(|minutes| format!(", open for {}", timing::minutes_words(minutes)));
    page.line(&format!("meeting of {}{}", register.meeting_name(meeting), elapsed.unwrap_or_default()));
    for action in meeting.items().iter().filter_map(|id| register.action(*id)) {
        let done = if meeting.is_dealt_with(action.id) { ", dealt with" } else { "" };
        let slot = meeting.slot(action.id).map(|slot| format!(", {}", timing::slot_words(slot))).unwrap_or_default();
        let name = reference::full(register, action);
        page.paragraph(2, &format!("{name}{slot}{done}: {}", reference::opening(action)));
    }
    let here: Vec<String> =
        timing::in_the_room(meeting).map(|(party, name)| timing::person_words(register, party, name)).collect();
    if !here.is_empty() {
        page.paragraph(2, &format!("in the room: {}", here.join(", ")));
    }
    for one in timing::came_and_went(register, meeting) {
        page.paragraph(2, &one);
    }
    Ok(())
}
