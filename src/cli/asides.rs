//! Prompts beside an action in `arising show`: what to ask, what its wording refers to, and similar actions.

use chrono::NaiveDate;

use super::page::Page;
use crate::domain::action::Action;
use crate::domain::alike::{self, Like};
use crate::domain::chase;
use crate::domain::crossref::{self, Pointer};
use crate::domain::id::Id;
use crate::domain::query;
use crate::domain::register::Register;
use crate::text::{one_line, truncate};

/// How much of another action's text is shown, in columns.
const SHOWN: usize = 200;

pub fn asides(page: &mut Page, register: &Register, action: &Action, alike: &[Like], today: NaiveDate) {
    for challenge in query::challenges(register, action, today) {
        page.labelled("Challenge", &challenge);
    }
    for pointer in crossref::pointers(register, action) {
        page.labelled("Refers to", &pointed(register, &pointer));
    }
    for like in alike {
        let (what, standing) = (alike::sentence(register, action, like), alike::standing(register, like));
        page.labelled("See also", &format!("{what} ({standing}); shares {}", like.words.join(", ")));
    }
}

/// "asked 12 Nov 2026 (Sussex Police), no answer".
pub fn asked(page: &mut Page, register: &Register, action: &Action) {
    if let Some(words) = chase::asked_words(register, action) {
        page.labelled("Chased", &words);
    }
}

/// “As per recommendation 1”: 1.1 (Green) “Jan 2022: meetings commenced”.
fn pointed(register: &Register, pointer: &Pointer) -> String {
    if pointer.meant.is_empty() {
        return format!("“{}”: it is unclear what in this plan this refers to", pointer.words);
    }
    let meant: Vec<String> = pointer.meant.iter().map(|id| progress_of(register, *id)).collect();
    format!("“{}”: {}", pointer.words, meant.join("; "))
}

fn progress_of(register: &Register, id: Id) -> String {
    let Some(other) = register.action(id) else { return String::new() };
    let said: Vec<&str> = other.progress().map(|entry| entry.said.text.as_str()).collect();
    let said =
        if said.is_empty() { "nothing reported yet".into() } else { truncate(&one_line(&said.join(" ")), SHOWN) };
    format!("{} ({}) “{said}”", register.reference(other), other.rating().unwrap_or("not rated"))
}
