//! Beside a line of the review: the document's wording, what was understood from it, and what is doubtful.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::Span;

use super::super::View;
use super::super::page::{self, Page};
use super::super::paint::span;

use crate::app::layout::Area;
use crate::app::screen::review::{Review, ReviewLine};
use crate::domain::date_words;
use crate::domain::draft::Draft;
use crate::domain::flag::{COLUMN, Flag, RawCell};
use crate::domain::mend::{self, At};
use crate::domain::reconcile::Difference;
use crate::domain::target::Target;
use crate::text;

/// The command that accepts the selected line.
const ACCEPT: &str = "review.accept";

pub fn draw(view: &View<'_>, review: &Review, area: Area, buf: &mut Buffer) {
    let Some(item) = review.item() else { return };
    let room = page::inside(area);
    let mut page = Page { view, cols: usize::from(room.cols).max(12), lines: Vec::new() };
    match item {
        ReviewLine::Doubt(doubt) => {
            if let Some(flag) = review.flag(*doubt) {
                page.doubt(flag);
            }
            match (doubt.at, review.flag(*doubt)) {
                (At::Plan, Some(flag)) => page.whole(flag),
                (at, _) => page.thing(review, at),
            }
        }
        ReviewLine::Difference(at) if review.is_return() => {
            if let Some(difference) = review.difference(*at) {
                page.returned(review, difference);
            }
            page.row(review, item);
        }
        ReviewLine::Query(at) => {
            if let Some(query) = review.query(*at) {
                page.query(query);
            }
            page.row(review, item);
        }
        ReviewLine::Answer(_) => page.row(review, item),
        ReviewLine::Difference(at) => {
            if let Some(difference) = review.difference(*at) {
                page.difference(difference);
            }
            if let Some(at) = review.about(item) {
                page.thing(review, at);
            }
        }
        ReviewLine::Row(at) => page.thing(review, *at),
        ReviewLine::Plan => page.plan(review.draft()),
        ReviewLine::Level(place) => page.level(review, *place),
        ReviewLine::Gone(id) => page.gone(*id),
        ReviewLine::LaterVersion(id) => page.later(review, *id),
        ReviewLine::Gap | ReviewLine::Heading(..) => {}
    }
    page::scrolled(view, &page.lines, (review.detail_top, review.focus), area, buf);
}

impl Page<'_> {
    fn doubt(&mut self, flag: &Flag) {
        let theme = self.view.theme;
        let mut why = flag.why.clone();
        if let Some(first) = why.get(..1).map(str::to_uppercase) {
            why.replace_range(..1, &first);
        }
        self.text(&why, theme.doubt, 0);
        if let Some(suggestion) = flag.suggested() {
            let label = if flag.field == COLUMN { "Read as: " } else { "Perhaps: " };
            self.push(vec![span(label, theme.dim), span(suggestion, theme.strong)]);
        }
        self.gap();
    }

    /// A doubt about the whole plan has no cell: what it is about, and what can be done.
    fn whole(&mut self, flag: &Flag) {
        let theme = self.view.theme;
        let named: Vec<&str> = flag.raw.split(['\n', ';']).map(str::trim).filter(|name| !name.is_empty()).collect();
        if !named.is_empty() {
            self.push(vec![span("In the document", theme.accent)]);
            for name in named {
                self.text(name, theme.text, 2);
            }
            self.gap();
        }
        let key = |name| self.view.model.keymap.key_of(name);
        let (accept, columns) = (key(ACCEPT), key("review.columns"));
        let words = if flag.field == COLUMN {
            format!("{accept} confirms it for this document and later ones; {columns} changes what the columns hold.")
        } else {
            format!(
                "This concerns the whole plan. {accept} accepts it as read; {columns} changes what the columns hold."
            )
        };
        self.text(&words, theme.dim, 0);
    }

    fn difference(&mut self, difference: &Difference) {
        let theme = self.view.theme;
        let who = if difference.is_proposed {
            "In the register, as imported"
        } else {
            "In the register, changed since import"
        };
        let (here, document) = if difference.is_taken { (theme.dim, theme.strong) } else { (theme.strong, theme.dim) };
        self.push(vec![span(who, theme.accent)]);
        self.text(or_nothing(&difference.here), here, 0);
        self.heading("In the document now");
        self.text(or_nothing(&difference.document), document, 0);
        self.gap();
        let key = self.view.model.keymap.key_of(ACCEPT);
        let words = match (difference.is_taken, difference.is_proposed) {
            (true, _) => format!("The document’s wording will be used; {key} keeps the register’s."),
            (false, _) if difference.is_emptied => {
                format!("The document’s cell is empty, so the register’s wording stays; {key} empties it here too.")
            }
            (false, true) => format!("The register’s wording stays; {key} uses the document’s."),
            (false, false) => {
                format!("It was changed in the register, so that stays; {key} uses the document’s wording instead.")
            }
        };
        self.text(&words, theme.doubt, 0);
        self.gap();
    }

    /// The cells of the document, then what was understood.
    fn thing(&mut self, review: &Review, at: At) {
        let draft = review.draft();
        let doubtful = match review.item() {
            Some(ReviewLine::Doubt(doubt)) => review.flag(*doubt).map_or("", |flag| flag.raw.as_str()),
            Some(_) | None => "",
        };
        self.raw(draft, at, doubtful);
        self.push(vec![span("Understood as", self.view.theme.accent)]);
        self.understood(draft, at);
        self.other_doubts(review, at);
    }

    fn raw(&mut self, draft: &Draft, at: At, doubtful: &str) {
        let theme = self.view.theme;
        let place = mend::source(draft, at).map(|source| source.place.clone()).unwrap_or_default();
        self.push(vec![span("In the document  ", theme.accent), span(place, theme.dim)]);
        let mut cells: Vec<&RawCell> = mend::raw(draft, at).iter().collect();
        // The cell that raised the doubt comes first.
        cells.sort_by_key(|cell| !holds(cell, doubtful));
        for cell in cells {
            if !cell.column.is_empty() {
                self.text(&cell.column, theme.dim, 0);
            }
            self.quote(&cell.text, doubtful);
        }
        if mend::raw(draft, at).is_empty() {
            self.text("It has no cell in the document.", theme.dim, 0);
        }
        self.gap();
    }

    /// The text of a cell, with the doubtful words marked.
    fn quote(&mut self, words: &str, doubtful: &str) {
        let theme = self.view.theme;
        for line in text::wrap(words, self.cols.saturating_sub(2).max(8)) {
            let mut spans = vec![Span::raw("  ")];
            match line.split_once(doubtful).filter(|_| !doubtful.is_empty()) {
                Some((before, after)) => {
                    spans.extend([span(before, theme.text), span(doubtful, theme.alarm), span(after, theme.text)]);
                }
                None => spans.push(span(line, theme.text)),
            }
            self.push(spans);
        }
    }

    fn understood(&mut self, draft: &Draft, at: At) {
        let theme = self.view.theme;
        let words = mend::words(draft, at);
        if let Some(rec) = mend::recommendation(draft, at) {
            let inferred = if rec.number_inferred { "  number inferred" } else { "" };
            self.fact("Rec.", &[(rec.number.clone(), theme.strong), (inferred.trim().into(), theme.doubt)]);
        }
        self.fact(if matches!(at, At::Action(_)) { "Action" } else { "Text" }, &[(words.text, theme.text)]);
        for (particular, text) in words.particulars.stated() {
            self.fact(particular.label(), &[(text.to_owned(), theme.text)]);
        }
        let At::Action(place) = at else { return };
        for (label, names) in [("Lead", words.leads), ("Overseen by", words.via)] {
            if !names.is_empty() {
                self.fact(label, &[(names.join(" · "), theme.text)]);
            }
        }
        for target in &words.targets {
            self.fact("Target", &target_words(target, theme.text, theme.dim, theme.doubt));
        }
        let rating = if words.rating.is_empty() { "not rated".to_owned() } else { words.rating };
        self.fact("Rating", &[(rating, theme.text)]);
        let entries = mend::action(draft, place).map(|action| action.progress.as_slice()).unwrap_or_default();
        for entry in entries {
            let date = entry.date.map_or_else(|| "undated".to_owned(), date_words::partial);
            self.fact("Progress", &[(date, theme.dim), (entry.text.clone(), theme.text)]);
        }
    }

    /// Other doubts about the same item.
    fn other_doubts(&mut self, review: &Review, at: At) {
        let here = match review.item() {
            Some(ReviewLine::Doubt(doubt)) if doubt.at == at => Some(doubt.flag),
            Some(_) | None => None,
        };
        let flags = mend::flags(review.draft(), at);
        let others: Vec<&Flag> = flags.iter().enumerate().filter(|(at, _)| Some(*at) != here).map(|(_, f)| f).collect();
        if others.is_empty() {
            return;
        }
        self.heading(if here.is_some() { "Also in doubt" } else { "In doubt" });
        for flag in others {
            self.text(&format!("? {}: {}", flag.field, flag.why), self.view.theme.doubt, 0);
        }
    }

    fn plan(&mut self, draft: &Draft) {
        let theme = self.view.theme;
        self.push(vec![span("The plan", theme.accent)]);
        self.fact("Title", &[(draft.title.clone(), theme.text)]);
        if let Some(day) = draft.as_at {
            self.fact("As at", &[(date_words::day(day), theme.text)]);
        }
        for finding in &draft.findings {
            self.fact("Finding", &[(finding.number.clone(), theme.strong), (finding.text.clone(), theme.text)]);
        }
        if !draft.parties.is_empty() {
            self.heading("Agencies");
            let names: Vec<&str> = draft.parties.iter().map(|party| party.name.as_str()).collect();
            self.text(&names.join(" · "), theme.text, 0);
        }
        let unused = draft.unused_columns();
        if !unused.is_empty() {
            self.heading("Columns not used");
            self.text(&unused.join(" · "), theme.doubt, 0);
        }
        if !draft.glossary.is_empty() {
            self.heading("Acronyms");
            for (short, long) in &draft.glossary {
                self.fact(short, &[(long.clone(), theme.text)]);
            }
        }
        if !draft.notes.is_empty() {
            self.heading("Notes");
            for note in &draft.notes {
                self.text(note, theme.text, 0);
            }
        }
    }

    fn level(&mut self, review: &Review, place: usize) {
        let theme = self.view.theme;
        let scheme = review.scheme();
        let Some(level) = scheme.levels.get(place) else { return };
        self.push(vec![span("A rating of this plan", theme.accent)]);
        self.fact("Word", &[(level.word.clone(), theme.strong)]);
        self.fact("Letter", &[(level.letter.to_string(), theme.hue(level.hue))]);
        if !level.meaning.is_empty() {
            self.fact("Meaning", &[(level.meaning.clone(), theme.text)]);
        }
        let done = if level.settled { "settled: never overdue" } else { "not settled: overdue after its target" };
        self.fact("Settled?", &[(done.into(), theme.text)]);
        self.gap();
        let key = self.view.model.keymap.key_of("review.correct");
        self.text(&format!("{key} changes what the plan’s word means."), theme.dim, 0);
    }

    fn gone(&mut self, id: crate::domain::id::Id) {
        let theme = self.view.theme;
        let words = self.view.world.register.action(id).map_or("", |action| action.text()).to_owned();
        self.push(vec![span("In the register", theme.accent)]);
        self.text(&words, theme.text, 0);
        self.gap();
        self.text("No longer in the document. It stays in the register with its history.", theme.doubt, 0);
    }

    fn later(&mut self, review: &Review, id: crate::domain::id::Id) {
        let theme = self.view.theme;
        let Some(plan) = self.view.world.register.plan(id) else { return };
        let count = review.likely.map_or(0, |(_, count)| count);
        let words = format!(
            "{count} of its {} actions are already in “{}”, in much the same words.",
            review.draft().all_actions().count(),
            plan.title()
        );
        self.text(&words, theme.doubt, 0);
        self.gap();
        let (accept, leave) =
            (self.view.model.keymap.key_of(ACCEPT), self.view.model.keymap.key_of("review.leave-as-it-is"));
        self.text(&format!("{accept} compares the two; {leave} makes this a separate plan."), theme.text, 0);
    }
}

fn holds(cell: &RawCell, doubtful: &str) -> bool {
    !doubtful.is_empty() && cell.text.contains(doubtful)
}

fn or_nothing(words: &str) -> &str {
    if words.is_empty() { "nothing" } else { words }
}

fn target_words(target: &Target, text: Style, dim: Style, doubt: Style) -> Vec<(String, Style)> {
    let mut words = vec![(target.raw.clone(), text)];
    match (target.span, &target.flag) {
        (Some(span), _) => words.push((date_words::span(span), dim)),
        (None, Some(why)) => words.push((why.clone(), doubt)),
        (None, None) => words.push(("no date".into(), dim)),
    }
    words
}
