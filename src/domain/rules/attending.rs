//! Who comes to the open meeting and who leaves it, and the time planned for its items.

use chrono::NaiveTime;

use super::super::change::{Op, Value};
use super::super::id::Id;
use super::super::intent::PartyChoice;
use super::super::meeting::{Attendance, Presence};
use super::super::party::{PartyKind, name_key};
use super::super::register::Register;
use super::super::timing::{self, CameOrWent, Movement, Moves, Planned, Times};
use super::choosing::party_called;
use super::filled;
use super::meeting::{Naming, open, set};
use crate::problem::Problem;

/// Records that people came, or left. Who comes is present from then on.
pub fn come_or_go(
    register: &Register,
    people: &[(Option<PartyChoice>, String)],
    (movement, at): (Movement, NaiveTime),
) -> Result<Vec<Op>, Problem> {
    let meeting = open(register)?;
    if people.is_empty() {
        return Err(no("no one was named".into(), "Type the party, or the party and the person's name."));
    }
    let mut naming = Naming::new(register);
    let mut room = Room { moves: meeting.moves().to_vec(), attendance: meeting.attendance().to_vec() };
    if people.iter().any(|(party, name)| party.is_none() && filled(name).is_none()) {
        return Err(no("a person has no name".into(), "Type the person's name, or the agency."));
    }
    for (party, name) in people {
        let (party, name) = match known(register, &room.attendance, party.as_ref(), name)? {
            Some(person) => person,
            None if movement == Movement::Left => return Err(not_there(&named(party.as_ref(), name))),
            None => {
                let party = party.as_ref().map(|party| naming.party(party, PartyKind::Agency)).transpose()?;
                (party, name.trim().to_owned())
            }
        };
        let one = CameOrWent { party, name, movement, at };
        let of = party.filter(|party| register.party(*party).is_some());
        let who = timing::person_words(register, of, &one.name);
        room.take(one, &who)?;
    }
    naming.ops.push(set(meeting, &meeting.moves, Value::Moves(Moves(room.moves))));
    if room.attendance != meeting.attendance() {
        naming.ops.push(set(meeting, &meeting.attendance, Value::Attendance(room.attendance)));
    }
    Ok(naming.ops)
}

/// Who is there, as people come and go.
struct Room {
    moves: Vec<CameOrWent>,
    attendance: Vec<Attendance>,
}

impl Room {
    fn take(&mut self, one: CameOrWent, who: &str) -> Result<(), Problem> {
        let is_same = |party: Option<Id>, name: &str| party == one.party && name == one.name;
        let last = self.moves.iter().rfind(|other| is_same(other.party, &other.name));
        let person = self.attendance.iter_mut().find(|person| is_same(person.party, &person.name));
        let is_present = person.as_ref().is_some_and(|person| person.presence == Presence::Present);
        match (one.movement, last) {
            (Movement::Joined, Some(CameOrWent { movement: Movement::Joined, .. })) => {
                return Err(no(format!("{who} has joined already"), ""));
            }
            (Movement::Left, Some(CameOrWent { movement: Movement::Left, .. })) => {
                return Err(no(format!("{who} has left already"), ""));
            }
            (_, Some(last)) if last.at > one.at => {
                let why = format!("what {who} did at {} is recorded already", timing::time_words(last.at));
                return Err(no(why, "Give a later time."));
            }
            (Movement::Left, None) if !is_present => return Err(not_there(who)),
            (Movement::Left | Movement::Joined, _) => {}
        }
        match (one.movement, person) {
            (Movement::Left, _) => {}
            (Movement::Joined, Some(person)) => person.presence = Presence::Present,
            (Movement::Joined, None) => {
                let (party, name) = (one.party, one.name.clone());
                self.attendance.push(Attendance { party, name, presence: Presence::Present });
            }
        }
        // In the order of the clock, whoever is typed in first.
        let place = self.moves.iter().position(|other| other.at > one.at).unwrap_or(self.moves.len());
        self.moves.insert(place, one);
        Ok(())
    }
}

fn no(why: String, hint: &str) -> Problem {
    Problem::new("Not recorded", why, hint)
}

fn not_there(who: &str) -> Problem {
    no(format!("{who} is not recorded as present"), "Record first who is there, or who joins.")
}

fn named(party: Option<&PartyChoice>, name: &str) -> String {
    match party {
        Some(PartyChoice::New(party)) if name.trim().is_empty() => party.trim().to_owned(),
        Some(PartyChoice::New(_) | PartyChoice::Known(_)) | None => name.trim().to_owned(),
    }
}

/// The person of the attendance that is meant: by name, by party and name, or by a party that has sent one person.
fn known(
    register: &Register,
    all: &[Attendance],
    party: Option<&PartyChoice>,
    name: &str,
) -> Result<Option<(Option<Id>, String)>, Problem> {
    let id = party.and_then(|party| match party {
        PartyChoice::Known(id) => Some(*id),
        PartyChoice::New(typed) => party_called(register, typed).map(|party| party.id),
    });
    let same = |one: &str, other: &str| name_key(one) == name_key(other);
    let person = |person: &Attendance| Some((person.party, person.name.clone()));
    if let Some(name) = filled(name) {
        let found = all.iter().find(|one| one.party == id && same(&one.name, name));
        return Ok(found.and_then(person));
    }
    if let Some(PartyChoice::New(typed)) = party {
        let called: Vec<&Attendance> =
            all.iter().filter(|one| !one.name.is_empty() && same(&one.name, typed)).collect();
        match called.as_slice() {
            [] => {}
            [only] => return Ok(person(only)),
            several => {
                let names: Vec<String> =
                    several.iter().map(|one| timing::person_words(register, one.party, &one.name)).collect();
                let why = format!("{} could be {}", typed.trim(), names.join(" or "));
                return Err(no(why, "Give the agency too, as in “RCHT=Ann Lee”."));
            }
        }
    }
    let of: Vec<&Attendance> = all.iter().filter(|one| id.is_some() && one.party == id).collect();
    match of.as_slice() {
        [] => Ok(None),
        [only] => Ok(person(only)),
        several => {
            let names: Vec<&str> = several.iter().map(|one| one.name.as_str()).collect();
            let why = format!("{} people are there for it: {}", several.len(), names.join(", "));
            Err(no(why, "Give the person's name."))
        }
    }
}

/// Plans when items begin and how many minutes they are given; neither takes the time away.
pub fn schedule(
    register: &Register,
    items: &[Id],
    (start, minutes): (Option<NaiveTime>, Option<u32>),
) -> Result<Vec<Op>, Problem> {
    let meeting = open(register)?;
    let off = items.iter().find(|item| meeting.place_of(**item).is_none()).and_then(|id| register.action(*id));
    if let Some(action) = off {
        let why = format!("{} is not on the agenda", register.reference(action));
        return Err(Problem::new("No time was planned", why, "Put it on the agenda first."));
    }
    let mut times = meeting.times.get().cloned().unwrap_or_default().0;
    times.retain(|slot| !items.contains(&slot.item));
    if start.is_some() || minutes.is_some() {
        times.extend(items.iter().map(|item| Planned { item: *item, start, minutes }));
    }
    // In the order of the agenda.
    times.sort_by_key(|slot| meeting.place_of(slot.item));
    let times = Times(times);
    if meeting.times.get().cloned().unwrap_or_default() == times && !meeting.times.in_conflict() {
        return Err(Problem::new("No time was planned", "that is already its time", ""));
    }
    Ok(vec![set(meeting, &meeting.times, Value::Times(times))])
}
