//! The detail of one action: text, leads, target, rating, doubts, progress, and its recommendation and findings.

use ratatui::buffer::Buffer;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::page::{self, Page};
use super::paint::span;
use super::theme::shape;
use super::{View, list};
use crate::app::layout::Area;
use crate::app::screen::walk::Walk;
use crate::domain::action::{Action, Closure};
use crate::domain::alike::Like;
use crate::domain::chase;
use crate::domain::conflict;
use crate::domain::date_words;
use crate::domain::describe;
use crate::domain::particular::{Nature, Particular};
use crate::domain::progress::{Entry, EntryOrigin};
use crate::domain::query;
use crate::domain::rating::Hue;
use crate::domain::recommendation::{Acceptance, Recommendation, Under};
use crate::domain::recurring;
use crate::domain::said::{self, Said};
use crate::text;

pub fn draw(view: &View<'_>, walk: &Walk, area: Area, buf: &mut Buffer) {
    let register = view.world.register;
    let action = walk.action().and_then(|id| register.action(id));
    let rec = walk.recommendation(view.world).and_then(|id| register.recommendation(id));
    let lines = match (action, rec) {
        (Some(action), _) => lines(view, action, walk.beside(action.id), page::inside(area)),
        (None, Some(rec)) => answerless(view, rec, page::inside(area)),
        (None, None) => return,
    };
    page::scrolled(view, &lines, (walk.detail_top, walk.focus), area, buf);
}

/// The whole detail, wrapped to the available width.
fn lines(view: &View<'_>, action: &Action, likes: &[Like], room: Area) -> Vec<Line<'static>> {
    let mut page = Page { view, cols: usize::from(room.cols).max(12), lines: Vec::new() };
    page.head(action);
    page.gap();
    page.words_and_facts(action, room.rows);
    page.doubts(action);
    page.prompts(action);
    page.minutes(action);
    page.progress(action);
    page.said(action);
    page.likes(action, likes);
    page.above(action);
    page.source(action);
    page.lines
}

/// The selected recommendation, when its actions are folded away or it has none.
fn answerless(view: &View<'_>, rec: &Recommendation, room: Area) -> Vec<Line<'static>> {
    let mut page = Page { view, cols: usize::from(room.cols).max(12), lines: Vec::new() };
    let actions = rec.actions.iter().filter(|id| !view.world.register.is_hidden(**id)).count();
    let words = if actions == 0 {
        format!("No actions yet; {} adds one.", view.model.keymap.key_of("action.add"))
    } else {
        let them = if actions == 1 { "it" } else { "them" };
        let actions = text::counted(actions, "action");
        format!("{actions}, folded away; {} unfolds {them}.", view.model.keymap.key_of("walk.unfold"))
    };
    page.text(&words, view.theme.dim, 0);
    page.recommendation(rec);
    page.lines
}

impl Page<'_> {
    fn head(&mut self, action: &Action) {
        let (reference, (words, hue)) = (self.view.world.register.reference(action), badge_words(self.view, action));
        let chip = format!(" {} {} ", shape(hue), words.to_uppercase());
        let room = self.cols.saturating_sub(text::width(&reference) + text::width(&chip));
        self.push(vec![
            span(reference, self.view.theme.strong),
            Span::raw(" ".repeat(room)),
            span(chip, self.view.theme.chip(hue)),
        ]);
    }

    /// The action's text, then its facts; in reverse order where the text would fill more than half the screen.
    fn words_and_facts(&mut self, action: &Action, rows: u16) {
        let style = self.view.theme.text;
        let words = text::wrap(action.text(), self.cols).len();
        if words * 2 > usize::from(rows) {
            self.facts(action);
            self.gap();
            self.text(action.text(), style, 0);
        } else {
            self.text(action.text(), style, 0);
            self.gap();
            self.facts(action);
        }
    }

    fn facts(&mut self, action: &Action) {
        let theme = self.view.theme;
        let names = |leads: &[crate::domain::action::Lead]| {
            let names = leads.iter().map(|lead| self.view.world.register.party_name(lead.party));
            names.collect::<Vec<_>>().join(" · ")
        };
        let (leads, via) = (names(action.leads()), names(action.via()));
        if !action.heading().is_empty() {
            self.fact("Heading", &[(action.heading().to_owned(), theme.text)]);
        }
        self.fact("Lead", &[if leads.is_empty() { ("none named".into(), theme.doubt) } else { (leads, theme.text) }]);
        if !via.is_empty() {
            self.fact("Overseen by", &[(via, theme.text)]);
        }
        self.refusal(action);
        self.targets(action);
        self.rating(action);
        self.closure(action);
        self.conflicts(action);
    }

    fn targets(&mut self, action: &Action) {
        let theme = self.view.theme;
        let written: Vec<String> = action.targets().iter().map(|target| text::flat(&target.raw)).collect();
        let mut pieces = vec![if written.is_empty() {
            ("none stated".into(), theme.dim)
        } else {
            (written.join(" · "), theme.text)
        }];
        pieces.extend(lateness(self.view, action));
        self.fact("Target", &pieces);
        if let Some(asked) = action.extension() {
            let key = self.view.model.keymap.key_of("action.target");
            let is_board = self.view.world.register.copy.0.is_none();
            let decide = if is_board { format!("{key} decides") } else { "the board decides".into() };
            let words = format!("{}{}", asked.wanted(), asked.because());
            self.fact("Asked", &[(words, theme.doubt), (decide, theme.dim)]);
        }
        if let Some(words) = chase::asked_words(self.view.world.register, action) {
            let style = if action.unanswered().is_some() { theme.doubt } else { theme.dim };
            self.fact("Chased", &[(words, style)]);
        }
        if let Some(original) = &action.original_targets {
            let first: Vec<&str> = original.dates.iter().map(|target| target.raw.as_str()).collect();
            let times = query::times_moved(action).unwrap_or_default();
            let reason = action.targets.get().map(|targets| targets.reason.clone()).unwrap_or_default();
            self.fact("Original", &[(first.join(" · "), theme.text), (times, theme.doubt), (reason, theme.dim)]);
        }
    }

    /// Warns that the recommendation was not fully accepted, which anyone discussing the action needs to know.
    fn refusal(&mut self, action: &Action) {
        let theme = self.view.theme;
        let rec = action.recommendation.and_then(|id| self.view.world.register.recommendation(id));
        let (words, reason) = match rec.and_then(|rec| rec.acceptance.get()) {
            Some(Acceptance::Partly { reason }) => ("partly accepted", reason),
            Some(Acceptance::NotAccepted { reason }) => ("not accepted", reason),
            Some(Acceptance::NotStated | Acceptance::Accepted) | None => return,
        };
        self.fact("Rec.", &[(words.into(), theme.doubt), (reason.clone(), theme.text)]);
    }

    fn rating(&mut self, action: &Action) {
        let theme = self.view.theme;
        let (words, hue) = rating_words(self.view, action);
        let mut pieces = vec![(words, theme.hue(hue))];
        if let Some(moved) = &action.rating_move {
            let from = moved.from.clone().unwrap_or_else(|| "not rated".into());
            pieces.insert(0, (format!("{from} →"), theme.dim));
            let day = if moved.day == self.view.world.today() { "today".into() } else { date_words::day(moved.day) };
            pieces.push((day, theme.dim));
        }
        let meaning = self.view.world.register.level(action).map(|level| level.meaning).unwrap_or_default();
        pieces.push((meaning, theme.dim));
        self.fact("Rating", &pieces);
    }

    /// Each field that two people changed separately, with its values and when they were recorded.
    fn conflicts(&mut self, action: &Action) {
        let theme = self.view.theme;
        for conflict in conflict::of(action, action.id) {
            let values: Vec<String> = conflict.values(self.view.world.register);
            let settle = format!("{} settles", self.view.model.keymap.key_of("flag.settle"));
            let words = format!("≠ {}: {}, recorded separately;", conflict.field(), values.join(" and "));
            self.fact("", &[(words, theme.alarm), (settle, theme.dim)]);
        }
    }

    fn closure(&mut self, action: &Action) {
        let theme = self.view.theme;
        let at = action.evidence_at();
        match action.closure.get() {
            None | Some(Closure::Open) => {}
            Some(Closure::Proposed { evidence }) => {
                self.fact("Closure", &[("proposed".into(), theme.doubt), (evidence.clone(), theme.text)]);
            }
            Some(Closure::Closed { evidence }) => {
                self.fact("Closure", &[("agreed, closed".into(), theme.strong), (evidence.clone(), theme.text)]);
            }
            Some(Closure::NotImplemented { reason }) => {
                self.fact("Closure", &[("not implemented".into(), theme.strong), (reason.clone(), theme.text)]);
            }
        }
        if !at.is_empty() {
            self.fact("Evidence", &[(format!("at {at}"), theme.text)]);
        }
        for words in recurring::words(self.view.world.register, action) {
            self.fact("Again", &[(words, theme.text)]);
        }
    }

    fn doubts(&mut self, action: &Action) {
        let theme = self.view.theme;
        if !action.flags().is_empty() {
            self.heading("Doubts");
            for flag in action.flags() {
                let likely = flag
                    .suggestion
                    .as_ref()
                    .map(|likely| format!(" Perhaps {}.", likely.trim_end_matches(['.', '?'])))
                    .unwrap_or_default();
                let why = flag.why.trim_end_matches('.');
                self.text(&format!("{}: {why}.{likely}", flag.field), theme.doubt, 0);
            }
        }
    }

    /// What the open meeting has recorded about it so far.
    fn minutes(&mut self, action: &Action) {
        let Some(meeting) = self.view.open_meeting() else { return };
        let minutes: Vec<_> = meeting.minutes_of(action.id).collect();
        if minutes.is_empty() {
            return;
        }
        self.heading("In this meeting");
        for minute in minutes {
            let what = describe::minute_word(minute.said.kind);
            let between = if minute.said.text.is_empty() { "" } else { ": " };
            self.text(&format!("{what}{between}{}", minute.said.text), self.view.theme.strong, 0);
        }
    }

    /// What earlier meetings said about it, and how challenges were answered; what the open one says is further up.
    fn said(&mut self, action: &Action) {
        let theme = self.view.theme;
        let open = self.view.open_meeting().map(|meeting| meeting.id);
        let said: Vec<Said> = said::about(self.view.world.register, action, open).collect();
        if said.is_empty() {
            return;
        }
        self.heading("Minutes");
        for Said { day, body, words } in said {
            let day = day.map(|day| format!("{}  ", date_words::day(day))).unwrap_or_default();
            self.text(&[day, body, words].concat(), theme.text, 0);
        }
    }

    fn progress(&mut self, action: &Action) {
        self.heading("Progress");
        let mut none = true;
        for entry in action.newest_first() {
            if !none {
                self.gap();
            }
            none = false;
            self.entry(entry);
        }
        if none {
            self.text("Nothing reported yet.", self.view.theme.dim, 0);
        }
    }

    fn entry(&mut self, entry: &Entry) {
        let theme = self.view.theme;
        let mut head = Vec::new();
        if let Some(date) = entry.said.date {
            head.push(span(date_words::partial(date), theme.strong));
            head.push(Span::raw("  "));
        }
        if let Some(by) = &entry.said.by {
            head.push(span(by, theme.text));
            head.push(Span::raw("  "));
        }
        if entry.said.origin == EntryOrigin::Imported {
            head.push(span("as imported", theme.dim));
        }
        self.push(head);
        self.text(&entry.said.text, theme.text, 2);
    }

    /// Whether the agencies accepted the recommendation, where this is recorded.
    fn acceptance(&mut self, rec: &Recommendation) {
        let theme = self.view.theme;
        let (words, reason) = match rec.acceptance.get() {
            None | Some(Acceptance::NotStated) => return,
            Some(Acceptance::Accepted) => ("Accepted", ""),
            Some(Acceptance::Partly { reason }) => ("Partly accepted", reason.as_str()),
            Some(Acceptance::NotAccepted { reason }) => ("Not accepted", reason.as_str()),
        };
        self.gap();
        let words = if reason.is_empty() { words.to_owned() } else { format!("{words}: {reason}") };
        self.text(&words, theme.strong, 0);
    }

    /// The recommendation and findings that the action addresses.
    fn above(&mut self, action: &Action) {
        let rec = action.recommendation.and_then(|id| self.view.world.register.recommendation(id));
        if let Some(rec) = rec {
            self.recommendation(rec);
        }
    }

    fn recommendation(&mut self, rec: &Recommendation) {
        let (theme, register) = (self.view.theme, self.view.world.register);
        self.heading(&format!("Recommendation {}", rec.number()));
        if rec.number_inferred.get() == Some(&true) {
            self.text("The number was missing from the document and is inferred from its neighbours.", theme.doubt, 0);
        }
        self.text(rec.text(), theme.text, 0);
        self.acceptance(rec);
        for particular in Particular::ALL {
            self.particular(rec, *particular);
        }
        match rec.under.get() {
            None | Some(Under::Nothing) => {}
            Some(Under::AllFindings) => self.heading("Under all findings"),
            Some(Under::Findings(ids)) => ids.iter().filter_map(|id| register.finding(*id)).for_each(|finding| {
                self.heading(&format!("Finding {}", finding.number()));
                self.text(finding.text(), theme.text, 0);
            }),
        }
    }

    /// A heading with the text below it, or a term on one line; both values if it is in conflict.
    fn particular(&mut self, rec: &Recommendation, particular: Particular) {
        let theme = self.view.theme;
        let stated = particular.of(rec);
        if stated.is_empty() && !particular.is_in_conflict(rec) {
            return;
        }
        self.gap();
        match particular.nature() {
            Nature::Prose => {
                self.push(vec![span(particular.title(), theme.dim)]);
                self.text(stated, theme.text, 0);
            }
            Nature::Term => self.fact(particular.label(), &[(stated.to_owned(), theme.text)]),
        }
        if particular.is_in_conflict(rec) {
            let both = particular.all(rec).into_iter().map(|text| if text.is_empty() { "none" } else { text });
            let both = both.collect::<Vec<_>>().join(" and ");
            self.text(&format!("{both}: recorded separately"), theme.alarm, 0);
        }
    }

    fn source(&mut self, action: &Action) {
        if let Some(source) = action.source.get() {
            self.gap();
            self.text(&format!("From {}, {}", source.file, source.place), self.view.theme.dim, 0);
        }
    }
}

/// An action's rating as a word and a colour.
pub fn rating_words(view: &View<'_>, action: &Action) -> (String, Hue) {
    let (_, hue) = list::rating(view, action);
    (action.rating().unwrap_or("not rated").to_owned(), hue)
}

/// What stands at the head of an action: its rating, or how it ended.
pub fn badge_words(view: &View<'_>, action: &Action) -> (String, Hue) {
    action.ending().map_or_else(|| rating_words(view, action), |ending| (ending.to_owned(), Hue::Grey))
}

/// "overdue by 5 years 3 months", or how soon it is due; nothing once the action is settled or closed.
pub fn lateness(view: &View<'_>, action: &Action) -> Option<(String, Style)> {
    let (register, today) = (view.world.register, view.world.today());
    let due = action.due()?;
    if query::is_overdue(register, action, today) {
        return Some((format!("overdue by {}", query::late_by(due, today)), view.theme.alarm));
    }
    if due < today || query::is_done(register, action) {
        return None;
    }
    Some((format!("due {}", query::due_in(due, today)), view.theme.dim))
}
