//! What a decision asks of whom by when, as its own words say it: "Sussex Police to bring the figures by 31 January 2027".
//!
//! An owner is a party of the register, or a person who was at the meeting or was chairing it, whom the words name as the
//! doer, or name beside a date. Where the words name nobody, nobody is guessed.

mod deadline;
mod names;
mod sentences;

use chrono::NaiveDate;

use super::id::Id;
use super::meeting::Meeting;
use super::register::Register;
pub use deadline::Deadline;
use names::Names;

/// Words of a decision that name an owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undertaking {
    pub words: String,
    /// At least one.
    pub owners: Vec<Owner>,
    /// When it is due; none where the words name no day.
    pub by: Vec<Deadline>,
}

/// Who is to do it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Owner {
    pub name: String,
    /// The party, or the one for which the person was at the meeting.
    pub party: Option<Id>,
}

/// What a decision of a meeting asks, sentence by sentence; the whole of it, where only all of it together says who and when.
pub fn undertakings(register: &Register, meeting: &Meeting, text: &str) -> Vec<Undertaking> {
    let names = Names::of(register, meeting);
    let days = (meeting.day().unwrap_or_default(), meeting.next());
    let sentences = sentences::of(text, &names, days.0);
    let each: Vec<Undertaking> = sentences.iter().filter_map(|words| one(words, &names, days)).collect();
    let says_who = sentences.iter().any(|words| !names.doers(words).is_empty());
    if says_who || each.len() == sentences.len() {
        return each;
    }
    one(text.trim(), &names, days).into_iter().collect()
}

fn one(words: &str, names: &Names, (day, next): (NaiveDate, Option<NaiveDate>)) -> Option<Undertaking> {
    let by = deadline::of(words, day, next);
    let doers = names.doers(words);
    let owners = if doers.is_empty() && !by.is_empty() { names.named(words) } else { doers };
    (!owners.is_empty()).then(|| Undertaking { words: words.to_owned(), owners, by })
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Log, day, harbour, today};
    use super::super::intent::{Attendee, Begin, Intent, PartyChoice};
    use super::super::meeting::{Agenda, Presence};
    use super::*;

    fn log() -> Log {
        let mut log = harbour();
        let people = ["Harbour Police=B. Officer", "IT=C. Late"];
        log.act(&Intent::BeginMeeting(Begin {
            body: PartyChoice::New("Practice Subgroup".into()),
            day: today(),
            chair: "A. Chair".into(),
            attendance: people.map(|one| Attendee::typed(one, Presence::Present)).to_vec(),
            agenda: Agenda::default(),
            next: Some(day("2027-02-20")),
        }))
        .unwrap();
        log
    }

    /// "who: by when" of each undertaking, and its words where they are not the whole text.
    fn asked(text: &str) -> Vec<String> {
        let log = log();
        let found = undertakings(&log.register, log.register.open_meeting().unwrap(), text);
        let line = |one: &Undertaking| {
            let who: Vec<&str> = one.owners.iter().map(|owner| owner.name.as_str()).collect();
            let by: Vec<&str> = one.by.iter().map(|by| by.words.as_str()).collect();
            let words = if one.words == text { String::new() } else { format!(" | {}", one.words) };
            format!("{}: {}{words}", who.join(", "), by.join(", "))
        };
        found.iter().map(line).collect()
    }

    #[test]
    fn a_decision_that_names_an_owner_and_a_date_says_who_is_to_do_what_by_when() {
        assert_eq!(asked("Harbour Police to report back by 12 January 2027"), ["Harbour Police: 12 Jan 2027"]);
        assert_eq!(
            asked("Agreed that the Harbour Police will report by end of January 2027."),
            ["Harbour Police: 31 Jan 2027"]
        );
        assert_eq!(asked("The Harbour Police must report by January 2027"), ["Harbour Police: Jan 2027"]);
        assert_eq!(asked("B. Officer to circulate the note"), ["B. Officer: "]);
        assert_eq!(asked("The chair to write to the minister before 5 February"), ["A. Chair: 5 Feb 2027"]);
        assert_eq!(
            asked("Action: Harbour Police, report by the next meeting"),
            ["Harbour Police: next meeting, 20 Feb 2027"]
        );
        assert_eq!(asked("Figures wanted from Harbour Police for 12 January 2027"), ["Harbour Police: 12 Jan 2027"]);
        assert_eq!(
            asked("Action: Harbour Police and B. Officer, by 31 Jan 2027"),
            ["Harbour Police, B. Officer: 31 Jan 2027"]
        );
        assert_eq!(asked("Jo Bloggs to write up the visit by 31 Jan 2027"), ["Jo Bloggs: 31 Jan 2027"]);
    }

    #[test]
    fn each_sentence_is_its_own_task_and_none_loses_its_words() {
        let two = "Harbour Police to bring the figures by 31 January 2027; B. Officer to circulate the note";
        assert_eq!(
            asked(two),
            [
                "Harbour Police: 31 Jan 2027 | Harbour Police to bring the figures by 31 January 2027",
                "B. Officer:  | B. Officer to circulate the note"
            ]
        );
        assert_eq!(asked("Harbour Police to bring the figures. By 31 January 2027."), ["Harbour Police: 31 Jan 2027"]);
        assert_eq!(asked("Seek the figures; Harbour Police; 31 January 2027"), ["Harbour Police: 31 Jan 2027"]);
    }

    #[test]
    fn what_names_no_doer_asks_nothing_of_anyone() {
        assert_eq!(asked("The board thanks the Harbour Police for its report"), [""; 0]);
        assert_eq!(asked("It to be looked at again by 12 January 2027"), [""; 0], "“it” is not the team called IT");
        assert_eq!(asked("The MARAC Chair was thanked; a report is due 12 January 2027"), [""; 0]);
        assert_eq!(asked("The chair of Wardens to report by 12 January 2027"), [""; 0], "another chair");
        assert_eq!(asked("Write to the minister by 12 January 2027"), [""; 0]);
        assert_eq!(asked("The letter of 1 May 2026 from the Harbour Police was noted"), [""; 0], "a day that is past");
    }
}
