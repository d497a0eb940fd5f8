//! Challenges: what a chair might ask about an action, with the words that raise the question.

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

/// A question and the words that raise it.
struct Question {
    sentence: String,
    /// The sentence of the progress that it quotes: of two questions about one sentence, the first is asked.
    place: Option<(usize, usize)>,
}

/// Asks one question; `None` where there is nothing to ask.
type Ask = fn(&Seen<'_>) -> Option<Question>;

/// Every question except the last resort, in the order in which they are shown, the most important first.
const QUESTIONS: [Ask; 16] = [
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

/// The questions that an action raises, each a sentence without full stop; most raise none. They are suggestions only: they
/// change nothing (product rule 7), and they never make an action overdue (product rule 2). A closed action is asked
/// nothing: those who agreed to close it have seen the evidence.
pub fn challenges(register: &Register, action: &Action, today: NaiveDate) -> Vec<String> {
    if action.is_closed() {
        return Vec::new();
    }
    let seen = Seen::new(register, action, today);
    let mut asked: Vec<Question> = Vec::new();
    for question in QUESTIONS.iter().filter_map(|ask| ask(&seen)) {
        if question.place.is_none() || asked.iter().all(|known| known.place != question.place) {
            asked.push(question);
        }
    }
    asked.retain(|question| !is_dismissed(action, &question.sentence));
    // "When was it done?" could be asked of most settled actions: so only where there is nothing better to ask.
    let last = || dates::without_date(&seen).filter(|question| !is_dismissed(action, &question.sentence));
    let asked = if asked.is_empty() { last().into_iter().collect() } else { asked };
    asked.into_iter().map(|question| question.sentence).collect()
}

/// Whether there is any question: the same as computing all, but cheaper where most have none.
pub fn is_challenged(register: &Register, action: &Action, today: NaiveDate) -> bool {
    if action.is_closed() {
        return false;
    }
    if !action.dismissed().is_empty() {
        return !challenges(register, action, today).is_empty();
    }
    let seen = Seen::new(register, action, today);
    QUESTIONS.iter().chain(&[dates::without_date as Ask]).any(|ask| ask(&seen).is_some())
}

/// Whether a question was dismissed. One that has come to quote other words is a different question.
pub fn is_dismissed(action: &Action, question: &str) -> bool {
    action.dismissed().iter().any(|one| one.challenge == question)
}

impl Question {
    /// A question that ends in the words it quotes.
    fn quoting(what: &str, quote: &Quote) -> Question {
        Question { sentence: format!("{what}: {}", quote.words), place: quote.place }
    }

    fn plain(sentence: String) -> Question {
        Question { sentence, place: None }
    }
}
