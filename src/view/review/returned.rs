//! The lines of an agency's return, and what is beside them: who answers, what the register has, what the return says.

use ratatui::buffer::Buffer;
use ratatui::text::{Line, Span};

use super::super::View;
use super::super::page::Page;
use super::super::paint::span;
use super::list::line;
use crate::app::layout::Area;
use crate::app::screen::review::{Review, ReviewLine};
use crate::domain::date_words;
use crate::domain::flag::RawCell;
use crate::domain::form;
use crate::domain::mend;
use crate::domain::reconcile::{Difference, Query, says_something};
use crate::text::{self, counted};

/// "7.2" of "adult-c:7.2".
pub fn short(reference: &str) -> &str {
    reference.rsplit_once(':').map_or(reference, |(_, short)| short)
}

pub fn draw_query(view: &View<'_>, review: &Review, at: usize, row: Area, buf: &mut Buffer) {
    let Some(query) = review.query(at) else { return };
    let offer = match (query.is_left, query.offers.as_slice()) {
        (true, _) | (false, []) => "left out".to_owned(),
        (false, [only]) => format!("{}?", short(&only.value)),
        (false, _) => "choose".to_owned(),
    };
    let style = if query.is_left { view.theme.dim } else { view.theme.doubt };
    line(view, row, buf, (short(&query.reference), query.field), &query.why, (&offer, style));
}

pub fn draw_answer(view: &View<'_>, review: &Review, at: usize, row: Area, buf: &mut Buffer) {
    let Some(answer) = review.draft().answers.get(at) else { return };
    let words = mend::answer_words(answer);
    let all = [words.rating, words.targets, words.text];
    let said: Vec<String> = all.into_iter().filter(|part| !part.is_empty()).collect();
    line(view, row, buf, (short(&answer.reference), "says"), &said.join(" · "), ("", view.theme.text));
}

/// "Return of Sussex Police   5 answers".
pub fn read(view: &View<'_>, review: &Review) -> Line<'static> {
    let draft = review.draft();
    let answers = draft.answers.iter().filter(|answer| says_something(answer)).count();
    let theme = view.theme;
    let mut spans = vec![
        span("Return of ", theme.dim),
        span(&draft.form.party, theme.strong),
        span(format!("   {}", counted(answers, "answer")), theme.strong),
    ];
    let older = review.found.overtaken.as_ref();
    spans.extend(older.map(|newer| span(format!("   older: {newer}"), theme.doubt)));
    Line::from(spans)
}

/// "2 to import   1 kept   0 the same   by Jane Smith   completed 3 Dec 2026   form of 28 Nov 2026".
pub fn changes(view: &View<'_>, review: &Review) -> Line<'static> {
    let (theme, found, form) = (view.theme, &review.found, &review.draft().form);
    let taken = found.differs.iter().filter(|difference| difference.is_taken).count();
    let style = if taken == 0 { theme.dim } else { theme.strong };
    let kept = format!("   {} kept   {} the same", found.differs.len() - taken, found.same.len());
    let mut spans: Vec<Span<'static>> = vec![span(format!("{taken} to import"), style), span(kept, theme.dim)];
    if !form.person.is_empty() {
        spans.push(span(format!("   by {}", form.person), theme.text));
    }
    for (what, day) in [("completed", form.filled), ("form of", form.made)] {
        spans.extend(day.map(|day| span(format!("   {what} {}", date_words::day(day)), theme.dim)));
    }
    Line::from(spans)
}

impl Page<'_> {
    /// What is asked, and what can be chosen.
    pub(super) fn query(&mut self, query: &Query) {
        let theme = self.view.theme;
        self.text(&format!("{} {}: {}", query.reference, query.field, query.why), theme.doubt, 0);
        for offer in &query.offers {
            self.text(&offer.label, theme.strong, 2);
        }
        let key = |name| self.view.model.keymap.key_of(name);
        let (accept, leave, correct) = (key("review.accept"), key("review.leave-as-it-is"), key("review.correct"));
        let words = match (query.is_left, query.offers.is_empty()) {
            (true, _) => format!("It is left out; {accept} or {correct} answers it after all."),
            (false, true) => {
                format!("Not imported until it is corrected: {correct} does so, {leave} leaves it out.")
            }
            (false, false) => format!(
                "Not imported until it is answered: {accept} chooses, {correct} corrects, {leave} leaves it out."
            ),
        };
        self.text(&words, theme.dim, 0);
        self.gap();
    }

    /// The register's value and the return's, who says so, and why it is kept.
    pub(super) fn returned(&mut self, review: &Review, difference: &Difference) {
        let theme = self.view.theme;
        let (here, said) = if difference.is_taken { (theme.dim, theme.strong) } else { (theme.strong, theme.dim) };
        self.push(vec![span(format!("{} {}", difference.reference, difference.field), theme.accent)]);
        self.fact("Register", &[(or_nothing(&difference.here).to_owned(), here)]);
        self.fact("Return", &[(difference.document.clone(), said)]);
        let form = &review.draft().form;
        let day = form.filled.map(date_words::day).unwrap_or_default();
        self.fact("From", &[(form.giver(), theme.text), (day, theme.dim)]);
        if !difference.why.is_empty() {
            let mut why = difference.why.clone();
            if let Some(first) = why.get(..1).map(str::to_uppercase) {
                why.replace_range(..1, &first);
            }
            self.text(&format!("{why}."), theme.doubt, 0);
        }
        let key = self.view.model.keymap.key_of("review.accept");
        let words = if difference.is_taken {
            format!("It will be imported; {key} leaves the register as it is.")
        } else {
            format!("The register stays as it is; {key} imports this.")
        };
        self.text(&words, theme.dim, 0);
        self.gap();
    }

    /// The row as it came back.
    pub(super) fn row(&mut self, review: &Review, item: &ReviewLine) {
        let theme = self.view.theme;
        let answer = review.answer_of(item).and_then(|at| review.draft().answers.get(at));
        let Some(answer) = answer else { return };
        self.push(vec![span("In the return  ", theme.accent), span(&answer.place, theme.dim)]);
        let is_own = |cell: &&RawCell| form::OWN.iter().any(|own| cell.column.eq_ignore_ascii_case(own));
        let (own, filled): (Vec<&RawCell>, Vec<&RawCell>) =
            answer.cells.iter().filter(|cell| !cell.text.is_empty()).partition(is_own);
        // What was filled in comes first.
        for cell in filled.into_iter().chain(own) {
            self.text(&cell.column, theme.dim, 0);
            self.text(&text::flat(&cell.text), theme.text, 2);
        }
    }
}

fn or_nothing(words: &str) -> &str {
    if words.is_empty() { "nothing" } else { words }
}
