//! Prompts for the chair about an action: what to ask, what its wording refers to, and similar actions.

use ratatui::text::Span;

use super::detail::rating_words;
use super::page::Page;
use super::paint::span;
use super::theme::shape;
use crate::domain::action::Action;
use crate::domain::alike::{self, Like};
use crate::domain::challenge;
use crate::domain::crossref::{self, Pointer};
use crate::domain::date_words;
use crate::domain::id::Id;
use crate::text;

/// How many of the actions that a cross-reference points to are shown.
const SHOWN: usize = 4;
/// How much of their progress is shown: the latest entries, and the lines of each.
const ENTRIES: usize = 2;
const LINES: usize = 3;

impl Page<'_> {
    pub fn prompts(&mut self, action: &Action) {
        let register = self.view.world.register;
        let challenges = challenge::challenges(register, action, self.view.world.today());
        if !challenges.is_empty() {
            self.heading("Challenge");
            for challenge in challenges {
                self.text(&challenge, self.view.theme.doubt, 0);
            }
        }
        for pointer in crossref::pointers(register, action) {
            self.pointer(&pointer);
        }
    }

    pub fn likes(&mut self, action: &Action, likes: &[Like]) {
        if !likes.is_empty() {
            self.heading("See also");
            for like in likes {
                self.like(action, like);
            }
        }
    }

    /// The actions that the wording refers to, each with its rating and latest progress.
    fn pointer(&mut self, pointer: &Pointer) {
        self.heading(&format!("“{}”", pointer.words));
        if pointer.meant.is_empty() {
            self.text("It is unclear what in this plan this refers to.", self.view.theme.dim, 0);
        }
        for id in pointer.meant.iter().take(SHOWN) {
            self.pointed_to(*id);
        }
        let more = pointer.meant.len().saturating_sub(SHOWN);
        if more > 0 {
            self.text(&format!("and {more} more"), self.view.theme.dim, 0);
        }
    }

    fn pointed_to(&mut self, id: Id) {
        let (theme, register) = (self.view.theme, self.view.world.register);
        let Some(other) = register.action(id) else { return };
        let (words, hue) = rating_words(self.view, other);
        let head = format!("{}  ", register.reference(other));
        let rating = format!("{} {words}", shape(hue));
        let room = self.cols.saturating_sub(text::width(&head) + text::width(&rating) + 2);
        let what = text::truncate(&text::one_line(other.text()), room);
        self.push(vec![span(head, theme.strong), span(rating, theme.hue(hue)), Span::raw("  "), span(what, theme.dim)]);
        let entries = other.newest_first();
        if entries.is_empty() {
            self.text("Nothing reported yet.", theme.dim, 2);
        }
        for entry in entries.into_iter().take(ENTRIES) {
            let date = entry.said.date.map(|date| format!("{}: ", date_words::partial(date))).unwrap_or_default();
            self.cut(&format!("{date}{}", entry.said.text));
        }
    }

    /// Text cut to a few lines.
    fn cut(&mut self, words: &str) {
        let lines = text::wrap(words, self.cols.saturating_sub(2).max(8));
        let last = lines.len().min(LINES);
        for (at, line) in lines.iter().take(LINES).enumerate() {
            let more = if at + 1 == last && lines.len() > LINES { " …" } else { "" };
            self.push(vec![Span::raw("  "), span(format!("{}{more}", line.trim_end()), self.view.theme.text)]);
        }
    }

    fn like(&mut self, action: &Action, like: &Like) {
        let register = self.view.world.register;
        let standing = alike::standing(register, like);
        self.text(&format!("{} ({standing})", alike::sentence(register, action, like)), self.view.theme.text, 0);
        self.text(&format!("shares: {}", like.words.join(", ")), self.view.theme.dim, 2);
    }
}
