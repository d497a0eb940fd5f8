//! What a row is beside the rows above it: the begin of a recommendation or an action, the rest of one, or a title.

use super::{Begins, Gathered, Part, Walk};
use crate::import::table::Rows;
use crate::import::tables::columns::Header;
use crate::import::tables::headings;
use crate::import::words::fields::Field;
use crate::import::words::number;

pub enum Standing {
    Aside,
    Continues,
    Begins(Begins),
}

impl Walk<'_> {
    pub fn standing(&self, row: &Gathered, header: &Header, at: usize, cut: Rows) -> Standing {
        let filled: Vec<&Part> = row.parts.iter().filter(|part| part.is_filled()).collect();
        if let ([only], true) = (filled.as_slice(), header.columns.len() > 2)
            && self.is_aside(only, cut)
        {
            return Standing::Aside;
        }
        let says = |field| row.has(field);
        let last = self.gathering.rows.last();
        let recommendation = row.text(Field::Recommendation);
        let is_same = self.latest.0.as_ref() == Some(&recommendation);
        let number = row.number();
        if says(Field::Recommendation) && !is_same {
            let is_new = number.is_some()
                || last.is_none()
                || match cut {
                    Rows::Whole => true,
                    Rows::MaybeParts => is_anchored(row, header) && self.has_gap(at),
                };
            return if is_new { Standing::Begins(Begins::Recommendation) } else { Standing::Continues };
        }
        let is_numbered = says(Field::Number) || says(Field::RecommendationNumber);
        let is_new = match cut {
            Rows::Whole => says(Field::Action) || is_numbered,
            Rows::MaybeParts => {
                is_numbered || (says(Field::Action) && (is_anchored(row, header) || self.is_free(row, header)))
            }
        };
        if is_new || last.is_none() { Standing::Begins(Begins::Action) } else { Standing::Continues }
    }

    /// A row of one cell is a title or a section heading, unless it goes on with the row above or is an action.
    fn is_aside(&self, only: &Part, cut: Rows) -> bool {
        let text = only.pieces.concat();
        if headings::of(&text, self.vocabulary).is_some() {
            return true;
        }
        let holds = |field| only.column.fields.contains(&field);
        let is_heading = text.split_whitespace().count() <= 3
            && text.trim_start().starts_with(char::is_uppercase)
            && !text.trim_end().ends_with(['.', '!', '?', ':', ';']);
        let is_numbered = number::of(&text).is_some();
        match cut {
            Rows::Whole if holds(Field::Action) => is_heading,
            Rows::Whole => !(is_numbered && holds(Field::Recommendation) || holds(Field::Progress)),
            Rows::MaybeParts => is_heading && holds(Field::Action) && self.is_between(),
        }
    }

    /// Whether the last action ended with a sentence, so that what follows need not go on with it.
    fn is_between(&self) -> bool {
        self.latest.1.as_ref().is_none_or(|text| text.trim_end().ends_with(['.', '!', '?', ')']))
    }

    /// Whether a number is missing between the recommendations before and after this row of the document, so that a row
    /// without number is a recommendation that lost it and not the rest of the one above.
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

    /// In a table with nothing but actions and prose, a row that begins a sentence after a sentence's end is new.
    fn is_free(&self, row: &Gathered, header: &Header) -> bool {
        let anchors = [Field::Lead, Field::Target, Field::Rating, Field::Number];
        let has_anchor = anchors.into_iter().any(|field| header.has(field) && !header.shares(field));
        let begins = row.text(Field::Action).trim_start().starts_with(char::is_uppercase);
        !has_anchor && begins && self.is_between()
    }
}

/// Whether the row says who or by when, or how it stands: what the rest of a cut row never does.
fn is_anchored(row: &Gathered, header: &Header) -> bool {
    let fields = [Field::Lead, Field::Target, Field::Rating];
    fields.into_iter().any(|field| !header.shares(field) && row.has(field))
}
