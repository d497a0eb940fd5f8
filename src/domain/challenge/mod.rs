//! Challenges: what a chair might ask about an action, each with the words that raise it.

mod context;
mod dates;
mod each;
mod phrases;
mod quote;
mod seen;
#[cfg(test)]
mod tests;
mod when;
mod words;

use chrono::NaiveDate;

use super::action::Action;
use super::register::Register;
use seen::{Quote, Seen};

/// A challenge and what it quotes.
struct Challenge {
    sentence: String,
    /// The sentence of the progress that it quotes: of two challenges about one sentence, the first is raised.
    place: Option<(usize, usize)>,
}

/// Checks for one challenge; `None` where there is nothing to ask.
type Check = fn(&Seen<'_>) -> Option<Challenge>;

/// Every challenge except the last resort, in the order in which they are shown, the most important first.
const CHALLENGES: [Check; 17] = [
    dates::asked_for_longer,
    words::without_progress,
    words::nothing_but_done,
    dates::moved_often,
    words::points_to_unfinished,
    words::points_elsewhere,
    dates::another_year,
    dates::late,
    dates::says_later_than_target,
    dates::ahead_of_today,
    dates::month_without_year,
    each::one_of_all,
    words::in_another_way,
    words::not_all_of_it,
    words::only_begun,
    words::still_to_come,
    words::done_but_not_rated_so,
];

/// The challenges to an action, each a sentence without full stop; most actions raise none. They are suggestions only: they
/// change nothing (product rule 7), and they never make an action overdue (product rule 2). A closed action raises
/// none: those who agreed to close it have seen the evidence.
pub fn challenges(register: &Register, action: &Action, today: NaiveDate) -> Vec<String> {
    if action.is_closed() {
        return Vec::new();
    }
    let seen = Seen::new(register, action, today);
    let mut raised: Vec<Challenge> = Vec::new();
    for challenge in CHALLENGES.iter().filter_map(|check| check(&seen)) {
        if challenge.place.is_none() || raised.iter().all(|known| known.place != challenge.place) {
            raised.push(challenge);
        }
    }
    raised.retain(|challenge| !is_dismissed(action, &challenge.sentence));
    // "When was it done?" could be asked of most settled actions: so only where there is nothing better to ask.
    let last = || dates::without_date(&seen).filter(|challenge| !is_dismissed(action, &challenge.sentence));
    let raised = if raised.is_empty() { last().into_iter().collect() } else { raised };
    raised.into_iter().map(|challenge| challenge.sentence).collect()
}

/// Whether there is any challenge: the same as computing all, but cheaper where most have none.
pub fn is_challenged(register: &Register, action: &Action, today: NaiveDate) -> bool {
    if action.is_closed() {
        return false;
    }
    if !action.dismissed().is_empty() {
        return !challenges(register, action, today).is_empty();
    }
    let seen = Seen::new(register, action, today);
    CHALLENGES.iter().chain(&[dates::without_date as Check]).any(|check| check(&seen).is_some())
}

/// Whether a challenge was dismissed. One that has come to quote other words is a different challenge.
pub fn is_dismissed(action: &Action, challenge: &str) -> bool {
    action.dismissed().iter().any(|one| one.challenge == challenge)
}

impl Challenge {
    /// A challenge that ends in the words it quotes.
    fn quoting(what: &str, quote: &Quote) -> Challenge {
        Challenge { sentence: format!("{what}: {}", quote.words), place: quote.place }
    }

    fn plain(sentence: String) -> Challenge {
        Challenge { sentence, place: None }
    }
}
