//! Time in a meeting: who came and went, what was planned for each item, and how long it has taken.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::id::Id;
use super::meeting::{Meeting, Presence};
use super::register::Register;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Movement {
    Joined,
    Left,
}

/// A person came to the meeting, or left it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CameOrWent {
    /// None for a person of no agency.
    pub party: Option<Id>,
    /// The person's name, empty where none was given.
    pub name: String,
    pub movement: Movement,
    pub at: NaiveTime,
}

/// Who came and went, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moves(pub Vec<CameOrWent>);

/// What is planned for an item: when it begins, how many minutes it is given, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    pub item: Id,
    pub start: Option<NaiveTime>,
    pub minutes: Option<u32>,
}

/// The items that have a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times(pub Vec<Planned>);

impl Meeting {
    pub fn moves(&self) -> &[CameOrWent] {
        self.moves.get().map_or(&[], |moves| moves.0.as_slice())
    }

    pub fn slot(&self, item: Id) -> Option<Planned> {
        self.times.get().and_then(|times| times.0.iter().find(|slot| slot.item == item)).copied()
    }

    /// The last that a person did: none for who was there from the beginning.
    pub fn last_move(&self, party: Option<Id>, name: &str) -> Option<Movement> {
        let of = |one: &&CameOrWent| one.party == party && one.name.eq_ignore_ascii_case(name);
        self.moves().iter().rfind(of).map(|one| one.movement)
    }

    /// When it was opened.
    pub fn opened_at(&self) -> Option<NaiveDateTime> {
        self.opened.map(|(day, time)| NaiveDateTime::new(day, time))
    }

    /// How many minutes it has been going on. None for one that was not opened today, or is only open for corrections.
    pub fn elapsed(&self, now: NaiveDateTime) -> Option<u32> {
        let opened = self.opened_at().filter(|opened| opened.date() == now.date() && self.is_first_open())?;
        u32::try_from((to_minute(now) - to_minute(opened)).num_minutes()).ok()
    }
}

/// The beginning of that minute: times of a meeting change together with the clock's.
pub fn to_minute<T: Timelike + Copy>(time: T) -> T {
    time.with_second(0).and_then(|time| time.with_nanosecond(0)).unwrap_or(time)
}

/// "5 min", "1 h 05 min".
pub fn minutes_words(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    }
}

/// "10:20".
pub fn time_words(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// A time of day as typed: 10:20, 10.20, 1020.
pub fn read_time(typed: &str) -> Option<NaiveTime> {
    let typed = typed.trim();
    let (hours, minutes) = match typed.split_once([':', '.']) {
        Some(parts) => parts,
        None if typed.len() == 4 => typed.split_at_checked(2)?,
        None => return None,
    };
    let is_number = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let both = is_number(hours) && is_number(minutes) && minutes.len() == 2;
    both.then(|| NaiveTime::from_hms_opt(hours.parse().ok()?, minutes.parse().ok()?, 0)).flatten()
}

/// "10:30, 15 min".
pub fn slot_words(slot: Planned) -> String {
    let parts = [slot.start.map(time_words), slot.minutes.map(minutes_words)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// How an item keeps to its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeping {
    /// So many minutes of those planned.
    Within { spent: u32, planned: u32 },
    /// It is to be over by then.
    Until(NaiveTime),
    /// So many minutes over its time.
    Over { by: u32, slot: Planned },
}

/// How an item keeps to its time after so many minutes; none without a time. Where only beginnings are planned, the next
/// item's is the end of this one.
pub fn keeping(meeting: &Meeting, item: Id, spent: u32, now: NaiveTime) -> Option<Keeping> {
    let slot = meeting.slot(item);
    if let Some((slot, planned)) = slot.and_then(|slot| Some((slot, slot.minutes?))) {
        return Some(match spent.checked_sub(planned).filter(|over| *over > 0) {
            Some(by) => Keeping::Over { by, slot },
            None => Keeping::Within { spent, planned },
        });
    }
    let place = meeting.items().iter().position(|one| *one == item)?;
    let later = meeting.items().get(place + 1..)?;
    let end = later.iter().find_map(|next| meeting.slot(*next)?.start)?;
    let over = (now - end).num_minutes();
    Some(match u32::try_from(over).ok().filter(|by| *by > 0) {
        Some(by) => Keeping::Over { by, slot: slot.unwrap_or(Planned { item, start: None, minutes: None }) },
        None => Keeping::Until(end),
    })
}

impl Keeping {
    /// "4 of 15 min", "until 10:45", "3 min over its 15 min".
    pub fn words(self) -> String {
        match self {
            Keeping::Within { spent, planned } => format!("{spent} of {}", minutes_words(planned)),
            Keeping::Until(end) => format!("until {}", time_words(end)),
            Keeping::Over { by, slot: Planned { minutes: Some(planned), .. } } => {
                format!("{} over its {}", minutes_words(by), minutes_words(planned))
            }
            Keeping::Over { by, .. } => format!("{} over time", minutes_words(by)),
        }
    }
}

/// Who came and went, a sentence each, in order: "Ann Lee (Sussex Police) joined at 10:20".
pub fn came_and_went(register: &Register, meeting: &Meeting) -> Vec<String> {
    let moves = meeting.moves();
    moves.iter().enumerate().map(|(at, one)| move_words(register, moves.get(..at).unwrap_or_default(), one)).collect()
}

fn move_words(register: &Register, before: &[CameOrWent], one: &CameOrWent) -> String {
    move_words_of(&|party| register.party_name(party).to_owned(), before, one)
}

/// The sentence of one, after what came before.
pub fn move_words_of(party_name: &dyn Fn(Id) -> String, before: &[CameOrWent], one: &CameOrWent) -> String {
    let who = person_of(one.party.map(party_name).as_deref(), &one.name);
    let was_there = before.iter().any(|other| other.party == one.party && other.name == one.name);
    let did = match one.movement {
        Movement::Joined if was_there => "returned",
        Movement::Joined => "joined",
        Movement::Left => "left",
    };
    format!("{who} {did} at {}", time_words(one.at))
}

/// "Ann Lee (Sussex Police)", or the party where no name was given.
pub fn person_words(register: &Register, party: Option<Id>, name: &str) -> String {
    person_of(party.map(|party| register.party_name(party)), name)
}

fn person_of(party: Option<&str>, name: &str) -> String {
    match party {
        None => name.to_owned(),
        Some(party) if name.is_empty() => party.to_owned(),
        Some(party) => format!("{name} ({party})"),
    }
}

/// Who is in the room now: present, and not left.
pub fn in_the_room(meeting: &Meeting) -> impl Iterator<Item = (Option<Id>, &str)> {
    let present = meeting.attendance().iter().filter(|person| person.presence == Presence::Present);
    let here = present.filter(|person| meeting.last_move(person.party, &person.name) != Some(Movement::Left));
    here.map(|person| (person.party, person.name.as_str()))
}

/// The day and time as the register keeps them.
pub fn opened(at: NaiveDateTime) -> (NaiveDate, NaiveTime) {
    (at.date(), at.time())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveTime {
        read_time(text).expect("a time")
    }

    #[test]
    fn a_time_of_day_is_read_as_it_is_typed() {
        assert_eq!(["9:05", "09.05", "0905"].map(read_time), [Some(at("09:05")); 3]);
        assert!(
            ["", "9", "905", "25:00", "10:60", "10:2", "ten", "-1:00", "10:20 pm"]
                .iter()
                .all(|t| read_time(t).is_none())
        );
    }

    #[test]
    fn an_item_is_within_its_minutes_or_over_them() {
        let mut meeting = Meeting::new(Id::pending(1));
        let (first, next) = (Id::pending(2), Id::pending(3));
        let set = |meeting: &mut Meeting, slots: Vec<Planned>| {
            let head = super::super::multi_value::Head {
                id: Id::pending(9),
                lamport: 1,
                day: NaiveDate::default(),
                value: Times(slots),
            };
            meeting.times = super::super::multi_value::Field::of(vec![head]);
        };
        let agenda = super::super::meeting::Agenda { items: vec![first, next], ..Default::default() };
        meeting.agenda = super::super::multi_value::Field::of(vec![super::super::multi_value::Head {
            id: Id::pending(8),
            lamport: 1,
            day: NaiveDate::default(),
            value: agenda,
        }]);
        assert_eq!(keeping(&meeting, first, 3, at("10:00")), None);
        set(&mut meeting, vec![Planned { item: first, start: None, minutes: Some(15) }]);
        let words = |spent| keeping(&meeting, first, spent, at("10:00")).map(Keeping::words);
        assert_eq!(words(15).as_deref(), Some("15 of 15 min"));
        assert_eq!(words(18).as_deref(), Some("3 min over its 15 min"));
        set(&mut meeting, vec![Planned { item: next, start: Some(at("10:45")), minutes: None }]);
        let words = |now| keeping(&meeting, first, 0, at(now)).map(Keeping::words);
        assert_eq!(words("10:45").as_deref(), Some("until 10:45"));
        assert_eq!(words("11:50").as_deref(), Some("1 h 05 min over time"));
    }
}
