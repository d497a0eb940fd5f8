//! Which column holds what: headers matched with the words that boards use for them.

pub mod chosen;
mod levels;

use crate::import::table::Row;
use crate::import::words::clean;
use crate::import::words::fields::{FIELDS, Field, FieldName};
use crate::import::words::vocabulary::{Vocabulary, position, words};

/// The longest words a header is written with.
const LONGEST: usize = 90;

/// So many words are a name, however few of them are known.
const LONGEST_PHRASE: usize = 6;

/// The longest words that stand as a label in front of a value.
const LONGEST_LABEL: usize = 70;

/// A column: its header as written, and the one or two fields in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub fields: Vec<Field>,
}

/// The columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    pub columns: Vec<Column>,
    /// Whether its findings stand where a plan has recommendations.
    pub is_raised: bool,
}

impl Header {
    /// The columns that a row names; `None` where it is no header of an action plan.
    pub fn of(row: &Row, vocabulary: &Vocabulary) -> Option<Header> {
        let header = Header::guessed(row, vocabulary)?;
        header.place(Field::Action).is_some().then_some(header)
    }

    /// The same for any table, with or without actions.
    pub fn guessed(row: &Row, vocabulary: &Vocabulary) -> Option<Header> {
        let names = names(row, vocabulary)?;
        let chosen = vocabulary.chosen.of(&names);
        let is_long = |(name, chosen): (&String, Option<&[Field]>)| chosen.is_none() && name.len() > LONGEST;
        let is_explained = chosen.iter().flatten().any(|fields| fields.contains(&Field::Action));
        if !is_explained && names.iter().zip(chosen.iter().copied()).any(is_long) {
            return None;
        }
        let found =
            |(name, chosen): (&String, _)| Matched::chosen(chosen).unwrap_or_else(|| Matched::of(name, vocabulary));
        let matched: Vec<Matched> = names.iter().zip(chosen).map(found).collect();
        let filled = names.iter().filter(|name| !name.is_empty()).count();
        let known = matched.iter().filter(|found| found.is_known()).count();
        let least = if is_certain(&matched) { 4 } else { 6 };
        if !is_explained && (known < 2 || known * 10 < filled * least) {
            return None;
        }
        let mut columns: Vec<Column> = Vec::new();
        for (name, found) in names.into_iter().zip(&matched) {
            columns.push(Column { name, fields: found.fields.clone() });
        }
        let mut header = Header { columns, is_raised: false };
        header.promote(&matched);
        header.number_recommendations();
        header.lower_recommendations();
        header.raise_findings();
        Some(header)
    }

    /// How many cells at the beginning of a run are names of columns: up to the last known, before a name comes twice.
    pub fn known_prefix(row: &Row, vocabulary: &Vocabulary) -> usize {
        let names: Vec<String> = row.cells.iter().map(|cell| clean::line(&cell.text)).collect();
        let (mut known, mut prefix) = (0, vocabulary.chosen.prefix(&names));
        if prefix > 0 {
            return prefix;
        }
        let mut seen: Vec<Field> = Vec::new();
        let mut strange = 0;
        for (at, name) in names.iter().enumerate() {
            let found = Matched::named(name, vocabulary);
            if found.fields.iter().any(|field| *field != Field::Other && seen.contains(field)) {
                break;
            }
            seen.extend(&found.fields);
            if at == 0 && !found.is_known() {
                break;
            }
            strange = if found.is_known() { 0 } else { strange + 1 };
            if strange > 1 {
                break;
            }
            known += usize::from(found.is_known());
            if found.is_known() && known * 10 >= (at + 1) * 6 {
                prefix = at + 1;
            }
        }
        prefix
    }

    /// Whether the first cell is the name of a column by itself.
    pub fn begins(row: &Row, vocabulary: &Vocabulary) -> bool {
        row.cells.first().is_some_and(|cell| Matched::named(&clean::line(&cell.text), vocabulary).is_known())
    }

    pub fn place(&self, field: Field) -> Option<usize> {
        self.columns.iter().position(|column| column.fields.contains(&field))
    }

    pub fn has(&self, field: Field) -> bool {
        self.place(field).is_some()
    }

    /// Whether a cell of the column holds this field and another.
    pub fn shares(&self, field: Field) -> bool {
        self.columns.iter().any(|column| column.fields.contains(&field) && column.fields.len() > 1)
    }

    /// Columns whose only sign is a weak word hold actions, unless a better one does; "sub tasks" are no better.
    fn promote(&mut self, matched: &[Matched]) {
        let is_sub = |column: &Column| words(&column.name).first().is_some_and(|first| first.starts_with("sub"));
        let is_strong = |column: &Column| column.fields.contains(&Field::Action) && !is_sub(column);
        if self.columns.iter().any(is_strong) {
            return;
        }
        let only = matched.iter().position(|found| found.weak && found.fields.is_empty());
        let beside = || {
            let is_shared = |found: &Matched| found.weak && found.fields.iter().all(|f| *f == Field::Recommendation);
            matched.iter().position(is_shared).filter(|_| !self.has(Field::Action))
        };
        if let Some(column) = only.or_else(beside).and_then(|at| self.columns.get_mut(at)) {
            column.fields.retain(|field| *field != Field::Recommendation);
            column.fields.push(Field::Action);
        }
    }
}

/// Whether a header names what is done, who does it and by when, whatever its other columns are.
fn is_certain(matched: &[Matched]) -> bool {
    let names = |field| matched.iter().any(|found| found.fields.contains(&field));
    [Field::Action, Field::Lead, Field::Target].into_iter().all(names)
}

/// What a label in front of a value names ("Lead agency", "By when:"); nothing where it is no label.
pub fn label(name: &str, vocabulary: &Vocabulary) -> Vec<Field> {
    let name = clean::line(name);
    if name.len() > LONGEST_LABEL {
        return Vec::new();
    }
    let found = Matched::named(name.trim_end_matches(':'), vocabulary);
    let is_weak = found.weak && found.fields.is_empty();
    if is_weak { vec![Field::Action] } else { found.fields }
}

/// The names in a row. Nearly every row has a cell of prose, and is no header for that, unless somebody said that it is.
fn names(row: &Row, vocabulary: &Vocabulary) -> Option<Vec<String>> {
    let any = !vocabulary.chosen.is_empty();
    let name = |text: &str| Some(clean::line(text)).filter(|name| any || name.len() <= LONGEST);
    row.cells.iter().map(|cell| name(&cell.text)).collect()
}

/// What one header cell says.
struct Matched {
    fields: Vec<Field>,
    weak: bool,
}

impl Matched {
    fn chosen(fields: Option<&[Field]>) -> Option<Matched> {
        fields.map(|fields| Matched { fields: fields.to_vec(), weak: false })
    }

    /// The same for a cell that is looked at by itself.
    fn named(name: &str, vocabulary: &Vocabulary) -> Matched {
        Matched::chosen(vocabulary.chosen.named(name)).unwrap_or_else(|| Matched::of(name, vocabulary))
    }

    fn of(name: &str, vocabulary: &Vocabulary) -> Matched {
        let text = words(name);
        if matches!(name, "#" | "№") {
            return Matched { fields: vec![Field::Number], weak: false };
        }
        let whole = text.join(" ");
        for named in FIELDS {
            if vocabulary.columns.get(named.list()).is_some_and(|synonyms| synonyms.alone.contains(&whole)) {
                return Matched { fields: vec![named.field], weak: false };
            }
        }
        let mut fields = Vec::new();
        let mut left = text.clone();
        let mut covered = 0;
        while let Some((field, from, to)) = longest(&left, vocabulary) {
            covered += to - from;
            if !fields.contains(&field) {
                fields.push(field);
            }
            left.splice(from..to, [String::from("|")]);
        }
        // A sentence that has a column's name somewhere in it ("Action: publish the guidance …") names no column.
        if covered * 3 < text.len() && text.len() > LONGEST_PHRASE {
            return Matched { fields: Vec::new(), weak: false };
        }
        let is_other_too = fields.len() > 1;
        fields.retain(|field| !(is_other_too && *field == Field::Other));
        let weak = vocabulary
            .columns
            .get("action")
            .is_some_and(|action| action.weak.iter().any(|phrase| position(&left, phrase).is_some()));
        Matched { fields: tidy(fields), weak }
    }

    fn is_known(&self) -> bool {
        self.weak || !self.fields.is_empty()
    }
}

/// At most the two fields that a cell can be cut into; a rating beside a status is the rating.
fn tidy(mut fields: Vec<Field>) -> Vec<Field> {
    let has = |fields: &[Field], field| fields.contains(&field);
    if has(&fields, Field::Rating) {
        fields.retain(|field| *field != Field::Status);
    }
    if has(&fields, Field::Number) && has(&fields, Field::Recommendation) {
        return vec![Field::RecommendationNumber];
    }
    if has(&fields, Field::Number) {
        return vec![Field::Number];
    }
    if has(&fields, Field::Action) {
        fields.retain(|field| !matches!(field, Field::Outcome | Field::Other));
    }
    if has(&fields, Field::Lead) {
        fields.retain(|field| *field == Field::Lead);
    }
    fields.truncate(2);
    fields
}

/// The longest phrase of any field in `text`, with its place.
fn longest(text: &[String], vocabulary: &Vocabulary) -> Option<(Field, usize, usize)> {
    let mut best: Option<(Field, usize, usize)> = None;
    for (from, word) in text.iter().enumerate() {
        let rest = text.get(from..).unwrap_or(&[]);
        let here = vocabulary.by_first.get(word).map_or(&[][..], Vec::as_slice);
        for phrase in here.iter().filter(|phrase| rest.starts_with(&phrase.words)) {
            let Some(FieldName { field, .. }) = FIELDS.iter().find(|named| named.list() == phrase.field) else {
                continue;
            };
            let length = phrase.words.len();
            let is_better = |(other, first, last): (Field, usize, usize)| {
                length > last - first || (length == last - first && *field < other)
            };
            if best.is_none_or(is_better) {
                best = Some((*field, from, from + length));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(names: &[&str]) -> Option<Vec<Vec<Field>>> {
        let vocabulary = Vocabulary::built_in().unwrap();
        let header = Header::of(&Row::new(names.iter().copied()), &vocabulary)?;
        Some(header.columns.into_iter().map(|column| column.fields).collect())
    }

    #[test]
    fn headers_of_many_boards_are_understood() {
        use Field::*;
        assert_eq!(
            fields(&[
                "Recommendations / Aims",
                "Action (s)",
                "Target Date",
                "Lead",
                "Progress/ next steps",
                "Status (RAG) Rating"
            ]),
            Some(vec![vec![Recommendation], vec![Action], vec![Target], vec![Lead], vec![Progress], vec![Rating]])
        );
        assert_eq!(
            fields(&[
                "Outcome to be achieved",
                "Specific actions to achieve outcome",
                "Action completion deadline and status",
                "Action owner"
            ]),
            Some(vec![vec![Outcome], vec![Action], vec![Target, Status], vec![Lead]])
        );
        assert_eq!(
            fields(&["Ref", "Key actions", "By whom", "By when", "BRAG", "Update"]),
            Some(vec![vec![Number], vec![Action], vec![Lead], vec![Target], vec![Rating], vec![Progress]])
        );
        assert_eq!(
            fields(&["Meeting date & action number", "Actions completed", "Deadline", "Progress"]),
            Some(vec![vec![Number], vec![Action], vec![Target], vec![Progress]])
        );
        assert_eq!(
            fields(&[
                "Recommendation",
                "Scope of recommendation i.e. local or regional",
                "Action to take",
                "Lead Agency",
                "Key milestones in enacting the recommendation",
                "Target Date",
                "Date of Completion and Outcome"
            ]),
            Some(vec![
                vec![Recommendation],
                vec![Other],
                vec![Action],
                vec![Lead],
                vec![Other],
                vec![Target],
                vec![Progress]
            ])
        );
        assert_eq!(
            fields(&["Rec No", "Recommendation", "Lead", "Target date", "Status"]),
            Some(vec![vec![Number], vec![Action], vec![Lead], vec![Target], vec![Status]])
        );
        assert_eq!(
            fields(&["No.", "What", "Who", "When", "Status"]),
            Some(vec![vec![Number], vec![Action], vec![Lead], vec![Target], vec![Status]])
        );
        assert_eq!(
            fields(&[
                "Recommendation No",
                "Recommendation",
                "Agency response",
                "Responsible officer",
                "Timescale",
                "Evidence"
            ]),
            Some(vec![
                vec![RecommendationNumber],
                vec![Recommendation],
                vec![Action],
                vec![Lead],
                vec![Target],
                vec![Progress]
            ])
        );
    }

    #[test]
    fn a_table_without_actions_and_a_row_of_prose_are_no_header() {
        assert_eq!(fields(&["Standard", "Met", "Not met"]), None);
        assert_eq!(fields(&["Recommendation", "Page"]), None);
        assert_eq!(fields(&["Write the action plan", "HR", "May 2024"]), None);
    }
}
