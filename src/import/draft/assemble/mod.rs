//! Gathered rows → a draft: recommendations with their actions, everything with its raw cells and its doubts.

mod asides;
mod cells;
mod closing;
mod completion;
mod done;
mod doubts;
mod numbering;
mod orders;
mod particulars;
mod raised;
mod status;
#[cfg(test)]
mod tests;
mod told;
mod under;

use crate::domain::draft::{Draft, DraftAction, DraftRecommendation, DraftUnder};
use crate::domain::flag::{Flag, Source};
use crate::import::cells::leads::{self, LeadCells};
use crate::import::cells::ratings::Ratings;
use crate::import::limits;
use crate::import::options::Options;
use crate::import::table::Document;
use crate::import::tables::gather::{self, Begins, Gathered, Gathering};
use crate::import::tables::inventory;
use crate::import::words::roles::Role;
use crate::import::words::vocabulary::Vocabulary;
use crate::problem::Problem;
use status::StatusColumns;
use told::Told;

/// Interprets a document; the draft of one that is not a plan has no actions, but it has its tables.
pub fn assemble(document: &Document, file: &str, options: &Options, vocabulary: &Vocabulary) -> Result<Draft, Problem> {
    let gathering = gather::gather(document, vocabulary);
    let tables = inventory::list(document, &gathering.tables);
    limits::rows(gathering.rows.len())?;
    let text = document.words();
    let mut reading = Reading::new(gathering, file, options, vocabulary, &text);
    reading.rows();
    let placed = asides::placed(document, &reading);
    let mut draft = reading.finished();
    asides::add(&mut draft, &placed, &document.footnotes);
    draft.notes.extend(document.notes.iter().cloned());
    draft.notices.extend(document.notices.iter().cloned());
    draft.tables = tables;
    Ok(draft)
}

struct Reading<'a> {
    gathering: Gathering,
    vocabulary: &'a Vocabulary,
    options: &'a Options,
    text: &'a str,
    status: StatusColumns,
    ratings: Ratings,
    draft: Draft,
    /// For each row: where its action went, if it has one.
    actions: Vec<Option<ActionPath>>,
}

/// An action's place in the draft: under a recommendation, or in the list of those without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct ActionPath {
    recommendation: Option<usize>,
    action: usize,
}

impl<'a> Reading<'a> {
    fn new(gathering: Gathering, file: &str, options: &'a Options, vocabulary: &'a Vocabulary, text: &'a str) -> Self {
        let status = StatusColumns::of(&gathering.rows, vocabulary);
        let ratings = Ratings::new(&gathering.sections.key, vocabulary);
        let draft = Draft { file: file.to_owned(), ..Draft::default() };
        Reading { gathering, vocabulary, options, text, status, ratings, draft, actions: Vec::new() }
    }

    fn rows(&mut self) {
        let mut rows = std::mem::take(&mut self.gathering.rows);
        self.draft.flags.extend(orders::settle(&mut rows, self.vocabulary));
        completion::settle(&mut rows, self.options.today, self.vocabulary);
        let told = told::of_all(&rows, self.status, self.options.today, self.vocabulary);
        let (mut under, mut heading) = (DraftUnder::Nothing, DraftUnder::Nothing);
        for (row, told) in rows.iter().zip(told) {
            // A heading between the rows counts until a cell names another finding.
            let above = if row.under == heading { under } else { row.under.clone() };
            heading.clone_from(&row.under);
            under = self.under(row, above);
            let has_level = told::has_level(row);
            if has_level && row.begins == Begins::Recommendation {
                let recommendation = self.recommendation(row, under.clone());
                self.draft.recommendations.push(recommendation);
            } else if let Some(above) = self.draft.recommendations.last_mut().filter(|_| has_level) {
                particulars::add(above, row);
            }
            let place = self.action(row, told, has_level);
            self.actions.push(place);
        }
        numbering::give(&mut self.draft, &rows, &self.actions);
        numbering::take_from_text(&mut self.draft);
        self.leads(&rows);
        done::settle(&mut self.draft, &rows, &self.actions, &mut self.ratings, self.vocabulary);
        completion::doubt(
            &mut self.draft,
            &rows,
            &self.actions,
            self.options.today,
            &mut self.ratings,
            self.vocabulary,
        );
        self.gathering.rows = rows;
    }

    /// What a row is under: its own finding cell, the one above, or the headings before its table.
    fn under(&mut self, row: &Gathered, above: DraftUnder) -> DraftUnder {
        let is_column = row.parts.iter().any(|part| part.column.roles.contains(&Role::Finding));
        match (is_column, row.has(Role::Finding)) {
            (true, true) => {
                let cell = row.text(Role::Finding);
                DraftUnder::Findings(self.gathering.sections.finding_in_cell(&cell, self.vocabulary))
            }
            (true, false) => above,
            (false, _) => row.under.clone(),
        }
    }

    fn recommendation(&self, row: &Gathered, under: DraftUnder) -> DraftRecommendation {
        let numbered = numbering::of(row);
        // In a plan that gives only a number, the theme says what it is about.
        let theme = || match &under {
            DraftUnder::Findings(places) => places.first().and_then(|at| self.gathering.sections.findings.get(*at)),
            DraftUnder::Nothing | DraftUnder::AllFindings => None,
        };
        let is_bare = numbered.text.trim().is_empty();
        let theme = theme().filter(|_| is_bare).map(|finding| finding.text.clone());
        DraftRecommendation {
            number: numbered.recommendation.unwrap_or_default(),
            number_inferred: numbered.is_supplied,
            text: theme.unwrap_or(numbered.text),
            particulars: particulars::of(row),
            under,
            raw: cells::raw(row, cells::is_of_recommendation),
            source: self.source(row),
            ..DraftRecommendation::default()
        }
    }

    fn action(&mut self, row: &Gathered, told: Option<Told>, has_level: bool) -> Option<ActionPath> {
        let Some(Told { number, text, targets, original_targets, closure, progress, mut raw, flags }) = told else {
            self.gathering.sections.notes.extend(cells::note(row).filter(|_| !has_level));
            return None;
        };
        let mut doubts = flags.of_targets;
        let rating = self.rating(row, &mut doubts);
        doubts.extend(row.flags.iter().cloned());
        doubts.extend(flags.of_number);
        if text.is_empty() {
            doubts.push(doubts::no_text());
        }
        raw.extend(under::raw(row));
        let action = DraftAction {
            number,
            text,
            targets,
            original_targets,
            rating,
            closure,
            progress,
            flags: doubts,
            raw,
            source: self.source(row),
            ..DraftAction::default()
        };
        Some(self.put(action, has_level))
    }

    /// The rating that the row gives its action; several ratings in one cell are queried.
    fn rating(&mut self, row: &Gathered, flags: &mut Vec<Flag>) -> Option<String> {
        let (cell, shade) = self
            .status
            .rating(row, self.vocabulary)
            .or_else(|| done::rating(row, self.vocabulary).map(|cell| (cell, None)))
            .filter(|(cell, shade)| !cell.trim().is_empty() || shade.is_some())
            .or_else(|| under::rating(row, self.vocabulary).map(|cell| (cell, None)))?;
        let stacked = self.ratings.stacked(&cell, self.vocabulary);
        if !stacked.is_empty() {
            flags.push(doubts::stacked(&stacked));
            return None;
        }
        self.ratings.rate(&cell, shade.as_deref(), self.vocabulary)
    }

    fn put(&mut self, action: DraftAction, has_level: bool) -> ActionPath {
        let count = self.draft.recommendations.len();
        let last = self.draft.recommendations.last_mut().filter(|_| has_level);
        let recommendation = last.is_some().then(|| count.saturating_sub(1));
        let actions = last.map_or(&mut self.draft.actions, |last| &mut last.actions);
        actions.push(action);
        ActionPath { recommendation, action: actions.len().saturating_sub(1) }
    }

    fn leads(&mut self, rows: &[Gathered]) {
        let title = self.gathering.sections.clone().take_title(self.gathering.first.as_deref(), self.vocabulary);
        let headings = under::leads(rows, title.as_deref(), self.vocabulary);
        self.draft.flags.extend(under::flag(&headings));
        let agencies = under::agencies(rows, title.as_deref(), self.vocabulary);
        let each = rows.iter().zip(&headings).zip(agencies);
        let cells: Vec<LeadCells> =
            each.map(|((row, said), agency)| under::cells(row, said.as_ref(), agency)).collect();
        let glossary = &self.gathering.sections.glossary;
        let (parties, who) = leads::read(&cells, glossary, self.text, self.vocabulary);
        self.draft.flags.extend(leads::people::flag(&parties, self.vocabulary));
        self.draft.parties = parties;
        let doubts = rows.iter().zip(&headings).map(|(row, said)| under::doubt(row, said.as_ref(), title.as_deref()));
        for ((place, who), doubt) in self.actions.clone().into_iter().zip(who).zip(doubts) {
            if let Some(action) = place.and_then(|place| action_at(&mut self.draft, place)) {
                action.leads = who.leads;
                action.via = who.via;
                action.flags.extend(who.flags.into_iter().chain(doubt));
            }
        }
    }

    fn finished(mut self) -> Draft {
        numbering::settle(&mut self.draft);
        let sections = &mut self.gathering.sections;
        let title = sections.take_title(self.gathering.first.as_deref(), self.vocabulary).unwrap_or_default();
        self.draft.as_at = sections.as_at(&title);
        under::forget(&mut self.draft, &title);
        self.draft.title = title;
        self.draft.findings = std::mem::take(&mut sections.findings);
        self.draft.glossary = std::mem::take(&mut sections.glossary);
        self.draft.notes = std::mem::take(&mut sections.notes);
        self.draft.notes.extend(sections.headers.iter().map(|header| format!("Header: {header}")));
        self.draft.scheme = self.ratings.scheme();
        self.draft.flags.append(&mut self.gathering.flags);
        self.draft.flags.extend(status::rivals(&self.gathering.rows));
        self.draft.flags.extend(status::painted(self.status));
        self.draft.flags.extend(under::rated(&self.gathering.rows, self.status, self.vocabulary));
        let homeless = particulars::homeless(&self.draft, &self.gathering.rows);
        self.draft.notes.extend(homeless.iter().cloned());
        self.draft.notices.extend(homeless);
        self.draft.flags.extend(status::lowered(&self.gathering.rows, self.vocabulary));
        status::nameless(&mut self.draft);
        status::nested(&mut self.draft, self.vocabulary);
        self.draft.flags.extend(self.ratings.flags.iter().cloned());
        doubts::add(&mut self.draft, &self.ratings.settled());
        self.draft
    }

    fn source(&self, row: &Gathered) -> Source {
        Source { file: self.draft.file.clone(), place: row.place() }
    }
}

fn action_at(draft: &mut Draft, place: ActionPath) -> Option<&mut DraftAction> {
    match place.recommendation {
        Some(at) => draft.recommendations.get_mut(at)?.actions.get_mut(place.action),
        None => draft.actions.get_mut(place.action),
    }
}
