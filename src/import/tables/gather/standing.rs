//! How a row relates to the rows above: it begins a recommendation or an action, continues one, or is a title.

use super::rest::Rest;
use super::{Begins, Gathered, Part, Walk};
use crate::import::cells::action_words;
use crate::import::table::Rows;
use crate::import::tables::columns::Header;
use crate::import::tables::headings;
use crate::import::tables::minutes::label;
use crate::import::words::roles::Role;
use crate::import::words::{clean, number, vocabulary};

pub enum Standing {
    Aside,
    /// News of the action above.
    Update,
    Continues,
    Begins(Begins),
}

impl Walk<'_> {
    pub fn standing(&self, row: &Gathered, header: &Header, at: usize, (cut, rest): (Rows, Rest)) -> Standing {
        let filled: Vec<&Part> = row.parts.iter().filter(|part| part.is_filled()).collect();
        if self.is_update(&filled, cut) {
            return Standing::Update;
        }
        if matches!(rest, Rest::Likely | Rest::Certain) {
            return Standing::Continues;
        }
        if let [only] = filled.as_slice()
            && label::is_title(&clean::line(&only.text()))
        {
            return Standing::Aside;
        }
        if let ([only], 2) = (filled.as_slice(), header.columns.len())
            && cut == Rows::Whole
            && self.is_subject(only)
        {
            return Standing::Aside;
        }
        if let ([only], true) = (filled.as_slice(), header.columns.len() > 2)
            && self.is_aside(only, cut)
        {
            return Standing::Aside;
        }
        let says = |role| row.has(role);
        let last = self.gathering.rows.last();
        let recommendation = row.text(Role::Recommendation);
        let number = row.number();
        let is_same = self.latest.0.as_ref().is_some_and(|last| is_repeated(last, &recommendation, number.is_some()));
        if says(Role::Recommendation) && !is_same {
            let is_new = number.is_some()
                || last.is_none()
                || match cut {
                    Rows::Whole => true,
                    Rows::MaybeParts => is_anchored(row, header) && self.has_gap(at),
                };
            return if is_new { Standing::Begins(Begins::Recommendation) } else { Standing::Continues };
        }
        let is_numbered = says(Role::Number) || says(Role::RecommendationNumber);
        let is_new = match cut {
            Rows::Whole => says(Role::Action) || is_numbered || self.is_of_another_table() && is_anchored(row, header),
            Rows::MaybeParts => {
                is_numbered || (says(Role::Action) && (is_anchored(row, header) || self.is_free(row, header)))
            }
        };
        if is_new || last.is_none() { Standing::Begins(Begins::Action) } else { Standing::Continues }
    }

    /// In a table of actions and one more column, a word or two that say no action are a heading.
    fn is_subject(&self, only: &Part) -> bool {
        let text = clean::line(&only.text());
        only.column.roles == [Role::Action]
            && is_heading(&text)
            && number::of(&text).is_none()
            && !action_words::is_action(&text, self.vocabulary)
    }

    /// A row of one cell is a title or a section heading, unless it continues the row above or is an action.
    fn is_aside(&self, only: &Part, cut: Rows) -> bool {
        let text = only.pieces.concat();
        if headings::of(&text, self.vocabulary).is_some() {
            return true;
        }
        let holds = |role| only.column.roles.contains(&role);
        let is_heading = is_heading(&text);
        let is_numbered = number::of(&text).is_some();
        match cut {
            Rows::Whole if holds(Role::Action) => is_heading,
            Rows::Whole => {
                let is_spilled = text.starts_with(char::is_lowercase) && !only.column.roles.is_empty();
                let is_rest = is_spilled && !holds(Role::Number) && !holds(Role::RecommendationNumber);
                !(is_numbered && holds(Role::Recommendation) || holds(Role::Progress) || is_rest)
            }
            Rows::MaybeParts => is_heading && holds(Role::Action) && self.is_between(),
        }
    }

    /// Whether the last action ended with a complete sentence, so that what follows need not continue it.
    fn is_between(&self) -> bool {
        self.latest.1.as_ref().is_none_or(|text| text.trim_end().ends_with(['.', '!', '?', ')']))
    }

    /// Whether a number is missing between the recommendations before and after this row of the document, so that a row
    /// without a number is a recommendation that lost it, not the rest of the one above.
    fn has_gap(&self, at: usize) -> bool {
        let here = (self.table, at);
        let next = self.numbers.partition_point(|(table, row, _)| (*table, *row) < here);
        let before = next.checked_sub(1).and_then(|at| self.numbers.get(at)).map(|found| found.2);
        let after = self.numbers.get(next).map(|found| found.2);
        match (before, after) {
            (Some(before), Some(after)) => after != before.saturating_add(1),
            (None, _) | (_, None) => true,
        }
    }

    /// Whether the row above is in a table before: nobody leads the end of its action from here.
    fn is_of_another_table(&self) -> bool {
        let last = self.gathering.rows.last().and_then(|row| row.places.last());
        last.is_some_and(|(table, ..)| *table != self.table)
    }

    /// In a table of nothing but actions and prose, a row that begins a sentence after the end of one is new.
    fn is_free(&self, row: &Gathered, header: &Header) -> bool {
        let anchors = [Role::Lead, Role::Target, Role::Rating, Role::Number];
        let has_anchor = anchors.into_iter().any(|role| header.has(role) && !header.shares(role));
        let begins = row.text(Role::Action).trim_start().starts_with(char::is_uppercase);
        !has_anchor && begins && self.is_between()
    }
}

/// A word or a few, with a capital letter and no mark at the end.
fn is_heading(text: &str) -> bool {
    text.split_whitespace().count() <= 3
        && text.trim_start().starts_with(char::is_uppercase)
        && !text.trim_end().ends_with(['.', '!', '?', ':', ';'])
}

/// Whether a recommendation repeats the last one; without a number of its own, however it is spaced and punctuated.
fn is_repeated(last: &str, own: &str, is_numbered: bool) -> bool {
    let bare = |text: &str| {
        let text = clean::line(text);
        vocabulary::words(number::of(&text).map_or(text.as_str(), |found| found.text))
    };
    last == own || !is_numbered && !own.trim().is_empty() && bare(last) == bare(own)
}

/// Whether the row gives leads, a date or a status: the rest of a split row never does.
fn is_anchored(row: &Gathered, header: &Header) -> bool {
    let roles = [Role::Lead, Role::Target, Role::Rating];
    roles.into_iter().any(|role| !header.shares(role) && row.has(role))
}
