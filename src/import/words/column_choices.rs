//! What the user has said that columns hold, now or earlier for the same header row. It overrides every word list.

use super::clean;
use super::roles::{self, Role};
use super::spelling::distance;
use super::vocabulary::words;
use crate::domain::draft::{DraftTable, address};
use crate::import::options::Options;
use crate::problem::Problem;

/// Bytes by which another spelling of a name may be longer, besides twice its length.
const SPELLING: usize = 40;

/// Every column mapping, ready to be looked up for every row of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnChoices {
    now: Vec<ColumnChoice>,
    before: Vec<(Vec<String>, Vec<ColumnChoice>)>,
    /// Bytes of the longest of these names, with room for another spelling. Longer cells are prose and need no
    /// comparison.
    longest: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct ColumnChoice {
    /// As the user put it.
    name: String,
    /// The same, folded for comparison.
    folded: String,
    roles: Vec<Role>,
}

impl ColumnChoices {
    /// A problem where the user names a role that does not exist.
    pub fn new(options: &Options) -> Result<ColumnChoices, Problem> {
        let now = choices(&options.columns)?;
        let before = options.explained.iter().map(|row| Ok((key(&row.header), choices(&row.columns)?)));
        let headers = options.explained.iter().flat_map(|row| &row.header);
        let names = options.columns.iter().map(|(name, _)| name).chain(headers);
        let longest = names.map(String::len).max().unwrap_or(0) * 2 + SPELLING;
        Ok(ColumnChoices { now, before: before.collect::<Result<_, Problem>>()?, longest })
    }

    /// Whether no column is mapped.
    pub fn is_empty(&self) -> bool {
        self.now.is_empty() && self.before.is_empty()
    }

    /// The roles of each column of a header row that the user has mapped.
    pub fn of(&self, names: &[String]) -> Vec<Option<&[Role]>> {
        if self.is_empty() {
            return vec![None; names.len()];
        }
        let before = if names.iter().all(|name| name.len() <= self.longest) { self.before(names) } else { &[] };
        let all = || self.now.iter().rev().chain(before);
        let is_short = |at: &usize| names.get(*at).is_some_and(|name| name.len() <= self.longest);
        let of = |at: usize| all().find(|choice| choice.means(names, at)).map(|choice| choice.roles.as_slice());
        (0..names.len()).map(|at| Some(at).filter(is_short).and_then(of)).collect()
    }

    /// The earlier mappings of this whole header row.
    fn before(&self, names: &[String]) -> &[ColumnChoice] {
        if self.before.is_empty() {
            return &[];
        }
        let key = key(names);
        let found = self.before.iter().rev().find(|(header, _)| *header == key);
        found.map_or(&[], |(_, choices)| choices.as_slice())
    }

    /// The same for one column on its own, from the mappings given now.
    pub fn named(&self, name: &str) -> Option<&[Role]> {
        let name = folded(name);
        let found = self.now.iter().rev().find(|choice| !name.is_empty() && choice.folded == name);
        found.map(|choice| choice.roles.as_slice())
    }

    /// Whether the user has said, now or earlier, that a column of that name holds this.
    pub fn says(&self, name: &str, role: Role) -> bool {
        let name = folded(name);
        let all = self.now.iter().chain(self.before.iter().flat_map(|(_, choices)| choices));
        all.into_iter().any(|choice| choice.folded == name && choice.roles.contains(&role))
    }

    /// How many of these cells form a whole header row that was explained earlier.
    pub fn prefix(&self, names: &[String]) -> usize {
        let names: Vec<String> = if self.before.is_empty() { Vec::new() } else { names.iter().map(folded).collect() };
        let found = self.before.iter().filter(|(header, _)| names.starts_with(header));
        found.map(|(header, _)| header.len()).max().unwrap_or(0)
    }

    /// The roles of each column of a table without a header row, where the user gave them by position.
    pub fn by_place(&self, width: usize) -> Vec<Option<&[Role]>> {
        let nameless = vec![String::new(); width];
        let of = |at: usize| self.now.iter().rev().find(|choice| choice.means(&nameless, at));
        (0..width).map(|at| of(at).map(|choice| choice.roles.as_slice())).collect()
    }

    /// A problem where the user named a column that none of these tables has.
    pub fn check(&self, tables: &[DraftTable]) -> Result<(), Problem> {
        let is_missing = |choice: &&ColumnChoice| !tables.iter().any(|table| choice.is_in(table));
        self.now.iter().find(is_missing).map_or(Ok(()), |choice| Err(no_column(&choice.name, tables)))
    }
}

impl ColumnChoice {
    /// Whether it refers to this column of a header row.
    fn means(&self, names: &[String], at: usize) -> bool {
        let here = names.get(at).map(folded);
        let is_named = here.is_some_and(|name| !name.is_empty() && name == self.folded);
        is_named || self.folded.ends_with(|c: char| c.is_ascii_digit()) && folded(address(names, at)) == self.folded
    }

    fn is_in(&self, table: &DraftTable) -> bool {
        let names = table.headers();
        let is_numbered = |at: usize| !table.is_read && self.folded == folded(format!("column {}", at + 1));
        (0..names.len()).any(|at| self.means(&names, at) || is_numbered(at))
    }
}

/// The mappings of the columns that this table has, as [`crate::import::Explained`] keeps it.
pub fn said_of(table: &DraftTable, columns: &[(String, String)]) -> Vec<(String, String)> {
    let names = table.headers();
    let is_meant = |name: &str| {
        let choice = ColumnChoice { name: name.to_owned(), folded: folded(name), roles: Vec::new() };
        (0..names.len()).find(|at| choice.means(&names, *at))
    };
    columns.iter().filter_map(|(name, role)| Some((address(&names, is_meant(name)?), role.clone()))).collect()
}

/// A header row in the form in which rows are compared: the words of each cell, without blank cells at the end.
pub fn key(names: &[String]) -> Vec<String> {
    let mut key: Vec<String> = names.iter().map(folded).collect();
    while key.last().is_some_and(String::is_empty) {
        key.pop();
    }
    key
}

/// Whether two names mean the same column.
pub fn is_same(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

fn choices(columns: &[(String, String)]) -> Result<Vec<ColumnChoice>, Problem> {
    let choice = |(name, role): &(String, String)| {
        Ok(ColumnChoice { name: name.clone(), folded: folded(name), roles: roles::parse(role)? })
    };
    columns.iter().map(choice).collect()
}

fn folded(name: impl AsRef<str>) -> String {
    let name = name.as_ref();
    let words = words(&clean::line(name)).join(" ");
    // "#" and "£" are names too, although they have no words.
    if words.is_empty() { clean::line(name) } else { words }
}

fn no_column(name: &str, tables: &[DraftTable]) -> Problem {
    let mut all: Vec<String> = Vec::new();
    for table in tables {
        all.extend((0..table.columns.len()).map(|at| table.address(at)));
    }
    let wanted = folded(name);
    let apart = |other: &&String| {
        let other = folded(other);
        let is_part = other.contains(&wanted) || wanted.contains(&other);
        (!is_part, distance(&other, &wanted))
    };
    let nearest = all.iter().min_by_key(apart).map(|other| format!("the nearest is “{other}”"));
    let why = nearest.unwrap_or_else(|| "it holds no table".into());
    all.dedup();
    let hint =
        if all.len() > 20 || all.is_empty() { String::new() } else { format!("Its columns are: {}.", all.join(", ")) };
    Problem::new(format!("No column of the document is headed “{name}”"), why, hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::draft::Draft;
    use crate::import::{Explained, look, read};

    fn options(columns: &[(&str, &str)]) -> Options {
        let columns = columns.iter().map(|(name, role)| ((*name).to_owned(), (*role).to_owned()));
        Options { columns: columns.collect(), ..Options::default() }
    }

    fn draft(text: &str, columns: &[(&str, &str)]) -> Draft {
        read("x.csv", text.as_bytes(), &options(columns)).unwrap()
    }

    fn refused(text: &str, columns: &[(&str, &str)]) -> String {
        look("x.csv", text.as_bytes(), &options(columns)).unwrap_err().to_string()
    }

    fn texts(draft: &Draft) -> Vec<&str> {
        draft.all_actions().map(|(_, action)| action.text.as_str()).collect()
    }

    const SHELVES: &str = "Shelf,Book,Reader\n1,Write it,HR\n2,Send it,ICB\n";

    #[test]
    fn an_unknown_table_is_read_as_the_user_says() {
        let draft = draft(SHELVES, &[("Shelf", "number"), ("  BOOKS ", "action"), ("reader", "lead")]);
        assert_eq!(texts(&draft), ["Write it", "Send it"]);
        assert_eq!(draft.parties[draft.actions[1].leads[0].party].name, "ICB");
        assert_eq!(draft.actions[0].number.as_deref(), Some("1"));
        assert!(draft.tables[0].is_read);
        assert_eq!(draft.tables[0].columns[1].fields, ["action"]);
    }

    #[test]
    fn a_mapping_wins_over_the_header() {
        let text = "Action,Task,Lead\nA,Write it,HR\nB,Send it,ICB\n";
        let draft = draft(text, &[("Action", "number"), ("Task", "action"), ("Lead", "none")]);
        assert_eq!(texts(&draft), ["Write it", "Send it"]);
        assert!(draft.actions.iter().all(|action| action.leads.is_empty()));
        assert!(draft.tables[0].columns[2].fields.is_empty());
    }

    #[test]
    fn a_column_feeds_two_fields() {
        let text = "Action,Whereabouts\nWrite it,Nov 2023 - Complete\nSend it,Dec 2023 - Ongoing\n";
        let draft = draft(text, &[("Whereabouts", "target+status")]);
        assert_eq!(draft.actions[0].targets[0].raw, "Nov 2023");
        assert_eq!(draft.tables[0].columns[1].fields, ["target", "status"]);
    }

    #[test]
    fn a_table_without_header_is_read_by_the_places_of_its_columns() {
        let text = "1,Write it to everybody,HR,3\n2,Send it to nobody,ICB,4\n";
        assert!(look("x.csv", text.as_bytes(), &Options::default()).unwrap().all_actions().next().is_none());
        let draft = draft(text, &[("column 2", "action"), ("Column 3", "lead")]);
        assert_eq!(texts(&draft), ["Write it to everybody", "Send it to nobody"]);
        assert_eq!(draft.actions[0].source.place, "table 1, row 1");
        assert_eq!((draft.tables[0].rows, draft.tables[0].columns[1].header.as_str()), (2, ""));
    }

    #[test]
    fn a_column_whose_header_is_blank_or_comes_twice_has_its_place() {
        let text = "Action,,Date,Date\nWrite it,HR,May 2024,June 2024\nSend it,ICB,May 2024,July 2024\n";
        let draft = draft(text, &[("column 2", "lead"), ("column 3", "none"), ("column 4", "target")]);
        assert_eq!(draft.parties.len(), 2);
        assert_eq!(draft.actions[1].targets.len(), 1);
        assert_eq!(draft.actions[1].targets[0].raw, "July 2024");
    }

    #[test]
    fn a_column_that_no_table_has_names_the_nearest() {
        let problem = refused(SHELVES, &[("Reeder", "lead")]);
        assert!(problem.contains("headed “Reeder”: the nearest is “Reader”"), "{problem}");
        assert!(problem.contains("Shelf, Book, Reader"), "{problem}");
        assert!(refused(SHELVES, &[("column 4", "lead")]).contains("headed “column 4”"));
        assert!(refused(SHELVES, &[("Book", "leed")]).contains("the nearest is lead"));
    }

    #[test]
    fn a_remembered_mapping_applies_to_that_header_row_only_and_gives_way_to_a_new_one() {
        let explained = Explained {
            header: ["Shelf", "Book", "Reader", ""].map(String::from).into(),
            columns: vec![("Book".into(), "action".into()), ("Reader".into(), "lead".into())],
        };
        let before = Options { explained: vec![explained], ..Options::default() };
        let read = |text: &str, options: &Options| look("x.csv", text.as_bytes(), options).unwrap();
        assert_eq!(texts(&read(SHELVES, &before)), ["Write it", "Send it"]);
        assert_eq!(read(SHELVES, &before).parties.len(), 2);
        assert!(texts(&read(&SHELVES.replace("Reader", "Readers and more"), &before)).is_empty());
        let now = Options { columns: vec![("Reader".into(), "none".into())], ..before };
        assert!(read(SHELVES, &now).parties.is_empty());
    }

    #[test]
    fn a_header_of_a_whole_sentence_can_be_named() {
        let long =
            "What we are going to do about it, with the steps that each of the agencies needs to take in turn and why";
        let draft = draft(&format!("No,\"{long}\",Who\n1,Write it,HR\n2,Send it,HR\n"), &[(long, "action")]);
        assert_eq!(texts(&draft), ["Write it", "Send it"]);
    }

    #[test]
    fn text_with_one_cell_per_line_finds_its_rows_by_the_mapping() {
        let text = "\tShelf\n\tBook\n\tReader\n\n\t1\n\tWrite it\n\tHR\n\t2\n\tSend it\n\tICB\n";
        let said = options(&[("Book", "action"), ("Shelf", "number"), ("Reader", "lead")]);
        let draft = read("x.txt", text.as_bytes(), &said).unwrap();
        assert_eq!(texts(&draft), ["Write it", "Send it"]);
    }

    #[test]
    fn a_column_without_a_name_of_its_own_has_its_place() {
        let headers = ["Action", "", "Date", "Date "].map(String::from);
        assert_eq!(address(&headers, 0), "Action");
        assert_eq!(address(&headers, 1), "column 2");
        assert_eq!(address(&headers, 3), "column 4");
    }

    #[test]
    fn a_cell_of_names_and_dates_is_cut_between_them() {
        let text = "Action,Who and when\nWrite it,\"HR, by May 2024\"\nSend it,\"ICB\nJune 2024\"\nAsk,Police / ICB 12/03/2024\nTell,HR\n";
        let draft = draft(text, &[("Who and when", "lead+target")]);
        let said = |at: usize| {
            let action = &draft.actions[at];
            let names = action.leads.iter().map(|lead| draft.parties[lead.party].name.as_str()).collect::<Vec<_>>();
            (names.join("+"), action.targets.iter().map(|target| target.raw.as_str()).collect::<Vec<_>>().join("+"))
        };
        assert_eq!(said(0), ("HR".into(), "May 2024".into()));
        assert_eq!(said(1), ("ICB".into(), "June 2024".into()));
        assert_eq!(said(2), ("Police+ICB".into(), "12/03/2024".into()));
        assert_eq!(said(3), ("HR".into(), String::new()));
    }

    #[test]
    fn a_number_in_front_of_an_action_is_its_number_if_the_user_says_so() {
        let text = "Task,Lead\n1.1 Write it,HR\n2a. Send it,HR\nR3: Ask,HR\n12 months after that say it,HR\n";
        let draft = draft(text, &[("Task", "number+action")]);
        assert_eq!(texts(&draft), ["Write it", "Send it", "Ask", "12 months after that say it"]);
        let draft = self::draft("Task,Lead\n1.1 Write it,HR\n2a. Send it,HR\n", &[("Task", "number+action")]);
        let numbers: Vec<Option<&str>> = draft.actions.iter().map(|action| action.number.as_deref()).collect();
        assert_eq!(numbers, [Some("1.1"), Some("2a")]);
    }

    #[test]
    fn a_mapping_overrides_what_the_cells_suggest() {
        let row = |at: usize| format!("{at},Write to all of the agencies,HR,May 2024,Police\n");
        let text: String = (1..6).map(row).collect();
        let inferred = look("x.csv", text.as_bytes(), &Options::default()).unwrap();
        assert!(inferred.tables[0].is_read && inferred.tables[0].columns[1].header.is_empty());
        assert_eq!(inferred.tables[0].columns[1].fields, ["action"]);
        let draft = draft(&text, &[("column 3", "none"), ("column 5", "lead")]);
        assert_eq!((draft.actions.len(), draft.actions[0].targets.len()), (5, 1));
        assert_eq!(draft.parties.iter().map(|party| party.name.as_str()).collect::<Vec<_>>(), ["Police"]);
        assert!(draft.tables[0].columns[2].fields.is_empty());
    }

    #[test]
    fn a_mapping_applies_to_headings_down_the_side() {
        let text =
            "Action,Write it,\nSponsor,HR,\nDue date,May 2024,\nAction,Send it,\nSponsor,ICB,\nDue date,May 2024,\n";
        let draft = draft(text, &[("Sponsor", "lead")]);
        assert_eq!((texts(&draft), draft.parties.len()), (vec!["Write it", "Send it"], 2));
        let table = &draft.tables[0];
        assert!(table.is_on_end && table.is_read);
        assert_eq!((table.rows, table.columns[1].samples.clone()), (2, vec!["HR".to_owned(), "ICB".to_owned()]));
        assert_eq!(table.columns[1].fields, ["lead"]);
    }

    #[test]
    fn a_document_without_tables_has_no_column_to_map() {
        let told = look("x.txt", b"Minutes\n\nAction: HR to write to all by May 2024.\n", &options(&[("Who", "lead")]));
        assert!(told.unwrap_err().to_string().contains("it holds no table"));
    }
}
