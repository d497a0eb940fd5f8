//! How a row relates to the rows above: it begins a recommendation or an action, continues one, or is a title.

use super::{Begins, Gathered, Part, Walk};
use crate::import::table::Rows;
use crate::import::tables::columns::Header;
use crate::import::tables::headings;
use crate::import::tables::minutes::label;
use crate::import::words::roles::Role;
use crate::import::words::{clean, number};

pub enum Standing {
    Aside,
    Continues,
    Begins(Begins),
}

impl Walk<'_> {
    pub fn standing(&self, row: &Gathered, header: &Header, at: usize, cut: Rows) -> Standing {
        let filled: Vec<&Part> = row.parts.iter().filter(|part| part.is_filled()).collect();
        if let [only] = filled.as_slice()
            && label::is_title(&clean::line(&only.text()))
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
        let is_same = self.latest.0.as_ref() == Some(&recommendation);
        let number = row.number();
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
            Rows::Whole => says(Role::Action) || is_numbered,
            Rows::MaybeParts => {
                is_numbered || (says(Role::Action) && (is_anchored(row, header) || self.is_free(row, header)))
            }
        };
        if is_new || last.is_none() { Standing::Begins(Begins::Action) } else { Standing::Continues }
    }

    /// A row of one cell is a title or a section heading, unless it continues the row above or is an action.
    fn is_aside(&self, only: &Part, cut: Rows) -> bool {
        let text = only.pieces.concat();
        if headings::of(&text, self.vocabulary).is_some() {
            return true;
        }
        let holds = |role| only.column.roles.contains(&role);
        let is_heading = text.split_whitespace().count() <= 3
            && text.trim_start().starts_with(char::is_uppercase)
            && !text.trim_end().ends_with(['.', '!', '?', ':', ';']);
        let is_numbered = number::of(&text).is_some();
        match cut {
            Rows::Whole if holds(Role::Action) => is_heading,
            Rows::Whole => !(is_numbered && holds(Role::Recommendation) || holds(Role::Progress)),
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

    /// In a table of nothing but actions and prose, a row that begins a sentence after the end of one is new.
    fn is_free(&self, row: &Gathered, header: &Header) -> bool {
        let anchors = [Role::Lead, Role::Target, Role::Rating, Role::Number];
        let has_anchor = anchors.into_iter().any(|role| header.has(role) && !header.shares(role));
        let begins = row.text(Role::Action).trim_start().starts_with(char::is_uppercase);
        !has_anchor && begins && self.is_between()
    }
}

/// Whether the row gives leads, a date or a status: the rest of a split row never does.
fn is_anchored(row: &Gathered, header: &Header) -> bool {
    let roles = [Role::Lead, Role::Target, Role::Rating];
    roles.into_iter().any(|role| !header.shares(role) && row.has(role))
}
