//! Which column holds what: headers matched against the words that boards use for them.

pub mod by_choice;
pub mod counted;
mod levels;

use crate::domain::date_text;
use crate::domain::date_text::order::Order;
use crate::import::table::{Cell, Holds, Row};
use crate::import::words::clean;
use crate::import::words::roles::{self, Role, RoleName, is_field};
use crate::import::words::vocabulary::{Vocabulary, position, words};

/// The longest text of a header.
const LONGEST: usize = 90;

/// This many words are a name, however few of them are known.
const LONGEST_PHRASE: usize = 6;

/// The longest text of a label in front of a value.
const LONGEST_LABEL: usize = 70;

/// A column: its header as written, and its one or two roles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub roles: Vec<Role>,
    /// What comes first in its dates, once they have been judged.
    pub order: Option<Order>,
}

/// The columns of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    pub columns: Vec<Column>,
    /// Whether its findings are where a plan has recommendations.
    pub is_raised: bool,
}

impl Header {
    /// The columns that a row names; `None` where it is not the header of an action plan.
    pub fn of(row: &Row, vocabulary: &Vocabulary) -> Option<Header> {
        let header = Header::guessed(row, vocabulary)?;
        header.place(Role::Action).is_some().then_some(header)
    }

    /// The same for any table, with or without actions.
    pub fn guessed(row: &Row, vocabulary: &Vocabulary) -> Option<Header> {
        let names = names(row, vocabulary)?;
        let chosen = vocabulary.choices.of(&names);
        let is_long = |(name, chosen): (&String, Option<&[Role]>)| chosen.is_none() && name.len() > LONGEST;
        let is_explained = chosen.iter().flatten().any(|roles| roles.contains(&Role::Action));
        if !is_explained && names.iter().zip(chosen.iter().copied()).any(is_long) {
            return None;
        }
        let found = |((name, chosen), cell): ((&String, _), &Cell)| {
            let certain = Matched::chosen(chosen).or_else(|| cell.holds.map(Matched::shown));
            certain.unwrap_or_else(|| Matched::of(name, vocabulary))
        };
        let matched: Vec<Matched> = names.iter().zip(chosen).zip(&row.cells).map(found).collect();
        let filled = names.iter().filter(|name| !name.is_empty()).count();
        let known = matched.iter().filter(|found| found.is_known()).count();
        let least = if is_certain(&matched) { 4 } else { 6 };
        if !is_explained && (known < 2 || known * 10 < filled * least) {
            return None;
        }
        let mut columns: Vec<Column> = Vec::new();
        for (name, found) in names.into_iter().zip(&matched) {
            let roles = found.roles.iter().copied().filter(|role| is_field(*role)).collect();
            columns.push(Column { name, roles, order: roles::order(&found.roles) });
        }
        let mut header = Header { columns, is_raised: false };
        header.promote(&matched);
        header.tell_responses(vocabulary);
        header.number_recommendations();
        header.lower_recommendations();
        header.number_actions();
        header.raise_findings();
        Some(header)
    }

    /// How many cells at the beginning of a run are column names: up to the last known, before a name is repeated.
    pub fn known_prefix(row: &Row, vocabulary: &Vocabulary) -> usize {
        let names: Vec<String> = row.cells.iter().map(|cell| clean::line(&cell.text)).collect();
        let (mut known, mut prefix) = (0, vocabulary.choices.prefix(&names));
        if prefix > 0 {
            return prefix;
        }
        let mut seen: Vec<Role> = Vec::new();
        let mut strange = 0;
        for (at, name) in names.iter().enumerate() {
            let found = Matched::named(name, vocabulary);
            if found.roles.iter().any(|role| *role != Role::Other && seen.contains(role)) {
                break;
            }
            seen.extend(&found.roles);
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

    /// Whether the first cell is the name of a column on its own.
    pub fn begins(row: &Row, vocabulary: &Vocabulary) -> bool {
        row.cells.first().is_some_and(|cell| Matched::named(&clean::line(&cell.text), vocabulary).is_known())
    }

    pub fn place(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.roles.contains(&role))
    }

    pub fn has(&self, role: Role) -> bool {
        self.place(role).is_some()
    }

    /// Whether a cell of the column has this role and another.
    pub fn shares(&self, role: Role) -> bool {
        self.columns.iter().any(|column| column.roles.contains(&role) && column.roles.len() > 1)
    }

    /// Columns marked only by a weak word hold actions, unless there is a better one; "sub tasks" are no better.
    fn promote(&mut self, matched: &[Matched]) {
        let is_sub = |column: &Column| words(&column.name).first().is_some_and(|first| first.starts_with("sub"));
        let is_strong = |column: &Column| column.roles.contains(&Role::Action) && !is_sub(column);
        if self.columns.iter().any(is_strong) {
            return;
        }
        let only = matched.iter().position(|found| found.weak && found.roles.is_empty());
        let beside = || {
            let is_shared = |found: &Matched| found.weak && found.roles.iter().all(|f| *f == Role::Recommendation);
            matched.iter().position(is_shared).filter(|_| !self.has(Role::Action))
        };
        if let Some(column) = only.or_else(beside).and_then(|at| self.columns.get_mut(at)) {
            column.roles.retain(|role| *role != Role::Recommendation);
            column.roles.push(Role::Action);
        }
    }
}

/// Whether a header names what is done, who does it and by when, whatever its other columns are.
fn is_certain(matched: &[Matched]) -> bool {
    let names = |role| matched.iter().any(|found| found.roles.contains(&role));
    [Role::Action, Role::Lead, Role::Target].into_iter().all(names)
}

/// What a label in front of a value names ("Lead agency", "By when:"); nothing where it is not a label.
pub fn label(name: &str, vocabulary: &Vocabulary) -> Vec<Role> {
    let name = clean::line(name);
    if name.len() > LONGEST_LABEL {
        return Vec::new();
    }
    let found = Matched::named(name.trim_end_matches(':'), vocabulary);
    let is_weak = found.weak && found.roles.is_empty();
    if is_weak { vec![Role::Action] } else { found.roles }
}

/// The names in a row. Nearly every row has a cell of prose and so is not a header, unless the user has mapped it.
fn names(row: &Row, vocabulary: &Vocabulary) -> Option<Vec<String>> {
    let any = !vocabulary.choices.is_empty();
    let name = |text: &str| Some(clean::line(text)).filter(|name| any || name.len() <= LONGEST);
    row.cells.iter().map(|cell| name(&cell.text)).collect()
}

/// What one header cell says.
struct Matched {
    roles: Vec<Role>,
    weak: bool,
}

impl Matched {
    fn chosen(roles: Option<&[Role]>) -> Option<Matched> {
        roles.map(|roles| Matched { roles: roles.to_vec(), weak: false })
    }

    /// What the cells below it show.
    fn shown(holds: Holds) -> Matched {
        let role = match holds {
            Holds::Recommendations => Role::Recommendation,
            Holds::Actions => Role::Action,
            Holds::Ratings => Role::Rating,
            Holds::Progress => Role::Progress,
            Holds::Answers => Role::Done,
            Holds::Deadlines => Role::Target,
        };
        Matched { roles: vec![role], weak: false }
    }

    /// The same for a cell looked at on its own.
    fn named(name: &str, vocabulary: &Vocabulary) -> Matched {
        Matched::chosen(vocabulary.choices.named(name)).unwrap_or_else(|| Matched::of(name, vocabulary))
    }

    fn of(name: &str, vocabulary: &Vocabulary) -> Matched {
        let text = match name.strip_suffix('#') {
            // "Action #".
            Some(thing) => words(&format!("{thing} number")),
            None => words(name),
        };
        if matches!(name, "#" | "№") {
            return Matched { roles: vec![Role::Number], weak: false };
        }
        if !name.contains(char::is_alphabetic) {
            return Matched { roles: Vec::new(), weak: false };
        }
        let whole = text.join(" ");
        for named in roles::all() {
            if vocabulary.columns.get(named.list()).is_some_and(|synonyms| synonyms.alone.contains(&whole)) {
                return Matched { roles: vec![named.role], weak: false };
            }
        }
        let mut roles = Vec::new();
        let mut left = text.clone();
        let mut covered = 0;
        while let Some((role, from, to)) = longest(&left, vocabulary) {
            covered += to - from;
            if !roles.contains(&role) {
                roles.push(role);
            }
            left.splice(from..to, [String::from("|")]);
        }
        // A sentence that happens to contain a column's name ("Action: publish the guidance …") does not name a column.
        let is_prose = covered * 3 < text.len() && text.len() > LONGEST_PHRASE;
        // "End of Feb 2027" is a deadline and not the name of a column of them.
        if is_prose || roles.contains(&Role::Target) && date_text::span(name).is_some() {
            return Matched { roles: Vec::new(), weak: false };
        }
        let is_other_too = roles.len() > 1;
        roles.retain(|role| !(is_other_too && *role == Role::Other));
        // "Lead comments" say whose they are.
        let is_said =
            |word: &String| ["comment", "commentary", "note", "feedback", "narrative"].contains(&word.as_str());
        if roles == [Role::Lead] && text.last().is_some_and(is_said) {
            roles = vec![Role::Progress];
        }
        if roles.is_empty() && text.len() > 1 && text.last().is_some_and(|last| last == "response") {
            roles = vec![Role::Progress];
        }
        if roles == [Role::Lead] && text.last().is_some_and(|last| last == "date") {
            roles.push(Role::Target);
        }
        let weak = vocabulary
            .columns
            .get("action")
            .is_some_and(|action| action.weak.iter().any(|phrase| position(&left, phrase).is_some()));
        Matched { roles: tidy(roles), weak }
    }

    fn is_known(&self) -> bool {
        self.weak || !self.roles.is_empty()
    }
}

/// At most the two roles that a cell can be split into; a rating beside a status is the rating.
fn tidy(mut roles: Vec<Role>) -> Vec<Role> {
    let has = |roles: &[Role], role| roles.contains(&role);
    if has(&roles, Role::Rating) {
        roles.retain(|role| *role != Role::Status);
    }
    if has(&roles, Role::Number) && has(&roles, Role::Recommendation) {
        return vec![Role::RecommendationNumber];
    }
    if has(&roles, Role::Number) {
        return vec![Role::Number];
    }
    if has(&roles, Role::Action) {
        roles.retain(|role| !matches!(role, Role::Particular(_) | Role::Other));
    }
    // "Agency updates" and "Lead agency RAG" say whose they are.
    if [Role::Progress, Role::Rating, Role::Status].iter().any(|role| has(&roles, *role)) {
        roles.retain(|role| *role != Role::Lead);
    }
    if has(&roles, Role::Lead) {
        roles.retain(|role| matches!(role, Role::Lead | Role::Target));
    }
    roles.truncate(2);
    roles
}

/// The longest phrase of any role in `text`, with its place.
fn longest(text: &[String], vocabulary: &Vocabulary) -> Option<(Role, usize, usize)> {
    let mut best: Option<(Role, usize, usize)> = None;
    for (from, word) in text.iter().enumerate() {
        let rest = text.get(from..).unwrap_or(&[]);
        let here = vocabulary.by_first.get(word).map_or(&[][..], Vec::as_slice);
        for phrase in here.iter().filter(|phrase| rest.starts_with(&phrase.words)) {
            let Some(RoleName { role, .. }) = roles::all().find(|named| named.list() == phrase.role) else {
                continue;
            };
            let length = phrase.words.len();
            let is_better = |(other, first, last): (Role, usize, usize)| {
                length > last - first || (length == last - first && role < other)
            };
            if best.is_none_or(is_better) {
                best = Some((role, from, from + length));
            }
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::particular::Particular as Of;

    fn roles(names: &[&str]) -> Option<Vec<Vec<Role>>> {
        let vocabulary = Vocabulary::built_in().unwrap();
        let header = Header::of(&Row::new(names.iter().copied()), &vocabulary)?;
        Some(header.columns.into_iter().map(|column| column.roles).collect())
    }

    #[test]
    fn headers_of_many_boards_are_understood() {
        use Role::*;
        assert_eq!(
            roles(&[
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
            roles(&[
                "Outcome to be achieved",
                "Specific actions to achieve outcome",
                "Action completion deadline and status",
                "Action owner"
            ]),
            Some(vec![vec![Particular(Of::Outcome)], vec![Action], vec![Target, Status], vec![Lead]])
        );
        assert_eq!(
            roles(&["Ref", "Key actions", "By whom", "By when", "BRAG", "Update"]),
            Some(vec![vec![Number], vec![Action], vec![Lead], vec![Target], vec![Rating], vec![Progress]])
        );
        assert_eq!(
            roles(&["Meeting date & action number", "Actions completed", "Deadline", "Progress"]),
            Some(vec![vec![Number], vec![Action], vec![Target], vec![Progress]])
        );
        assert_eq!(
            roles(&[
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
                vec![Particular(Of::Scope)],
                vec![Action],
                vec![Lead],
                vec![Other],
                vec![Target],
                vec![Progress]
            ])
        );
        assert_eq!(
            roles(&["Rec No", "Recommendation", "Lead", "Target date", "Status"]),
            Some(vec![vec![Number], vec![Action], vec![Lead], vec![Target], vec![Status]])
        );
        assert_eq!(
            roles(&["No.", "What", "Who", "When", "Status"]),
            Some(vec![vec![Number], vec![Action], vec![Lead], vec![Target], vec![Status]])
        );
        assert_eq!(
            roles(&[
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
    fn headings_that_say_it_in_other_words_are_understood() {
        use Role::*;
        assert_eq!(
            roles(&["Action #", "Action item", "Responsible", "When by?", "Delivery confidence", "Closed on"]),
            Some(vec![vec![Number], vec![Action], vec![Lead], vec![Target], vec![Rating], vec![Completed]])
        );
        assert_eq!(
            roles(&["Action", "Lead", "Implementation by", "What we have done", "Comments / evidence"]),
            Some(vec![vec![Action], vec![Lead], vec![Target], vec![Progress], vec![Progress]])
        );
        assert_eq!(
            roles(&["Specific action", "Assigned to", "Time-bound", "Original due", "Revised due"]),
            Some(vec![vec![Action], vec![Lead], vec![Target], vec![Target], vec![Revised]])
        );
        assert_eq!(
            roles(&["Rhif / No.", "Cam gweithredu / Action", "Arweinydd / Lead", "Erbyn / By", "Statws / Status"]),
            Some(vec![vec![Number], vec![Action], vec![Lead], vec![Target], vec![Status]])
        );
        assert_eq!(
            roles(&["Rhif", "Argymhellion", "Camau gweithredu", "Arweinydd", "Erbyn pryd", "Cynnydd"]),
            Some(vec![vec![Number], vec![Recommendation], vec![Action], vec![Lead], vec![Target], vec![Progress]])
        );
    }

    #[test]
    fn a_table_without_actions_and_a_row_of_prose_are_not_headers() {
        assert_eq!(roles(&["Standard", "Met", "Not met"]), None);
        assert_eq!(roles(&["Recommendation", "Page"]), None);
        assert_eq!(roles(&["3c", "", "Action a learning event", "Housing", "End of Feb 2027", "Closed"]), None);
        assert_eq!(roles(&["Write the action plan", "HR", "May 2024"]), None);
    }
}
