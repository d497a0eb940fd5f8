//! The tables of a document as shown to the user: where each is, its columns, and how they were read.

use super::columns::{Column, Header};
use super::gathered::Gathered;
use super::vertical::Item;
use crate::domain::draft::{DraftColumn, DraftTable};
use crate::import::cells::action_words;
use crate::import::table::{Document, Row, Table};
use crate::import::words::roles::{self, Role};
use crate::import::words::vocabulary::Vocabulary;
use crate::import::words::{clean, vocabulary};
use crate::problem::Problem;
use crate::text;

/// How many cells of a column to show.
const SAMPLES: usize = 3;
/// How many letters of such a cell.
const SAMPLE: usize = 200;
/// The longest text of a header.
const LONGEST: usize = 90;
/// How many columns to name for a table that is not shown.
const TITLE: usize = 60;
/// How many tables to name where a document is not a plan.
const SHOWN: usize = 3;

/// A row of a table, from which on its columns have these names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headed {
    pub row: usize,
    pub header: Header,
    /// Whether that row holds the names and is not a row of the plan.
    pub is_row: bool,
}

/// What was found out about one table while it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Its header rows with different columns, in order.
    pub headers: Vec<Headed>,
    /// Whether it has no header and continues the table before it.
    pub continues: bool,
    /// The records of a table with headings down the side.
    pub records: Vec<Gathered>,
}

impl Seen {
    /// A table with headings down the side.
    pub fn on_end(lines: &[Item]) -> Seen {
        let record = |line: &Item| match line {
            Item::Record(record) => Some(record.clone()),
            Item::Title(_) => None,
        };
        Seen { records: lines.iter().filter_map(record).collect(), ..Seen::default() }
    }

    /// Remembers what the columns hold in a table whose header is in no list, or that has none.
    pub fn named(&mut self, header: &Header, row: Option<usize>) {
        self.headers.push(Headed { row: row.unwrap_or(0), header: header.clone(), is_row: row.is_some() });
    }

    /// Remembers a header row with other columns than the previous one in this table.
    pub fn header(&mut self, header: &Header, row: usize) {
        if self.headers.last().is_none_or(|before| before.header != *header) {
            self.headers.push(Headed { row, header: header.clone(), is_row: true });
        }
    }
}

/// Every table of a document; one that continues another counts as part of it, and one with two different header
/// rows is listed once for each. `seen` says the same about each table in document order.
pub fn list(document: &Document, seen: &[Seen]) -> Vec<DraftTable> {
    let mut all: Vec<DraftTable> = Vec::new();
    for (at, (table, seen)) in document.tables().zip(seen).enumerate() {
        match (seen.headers.as_slice(), all.last_mut()) {
            ([], _) if !seen.records.is_empty() => all.push(on_end(table, at + 1, &seen.records)),
            ([], Some(before)) if seen.continues => before.rows += filled(&table.rows),
            ([], _) => all.push(stranger(table, at + 1)),
            (headers, _) => all.extend(headed(table, at + 1, headers)),
        }
    }
    all
}

fn headed(table: &Table, number: usize, headers: &[Headed]) -> Vec<DraftTable> {
    let ends = headers.iter().skip(1).map(|next| next.row).chain([table.rows.len()]);
    let sections = headers.iter().zip(ends).enumerate();
    let section = |(at, (headed, end)): (usize, (&Headed, usize))| {
        let rows = table.rows.get(headed.row.saturating_add(usize::from(headed.is_row))..end).unwrap_or(&[]);
        let from = if at == 0 { String::new() } else { format!(", from row {}", headed.row + 1) };
        let columns = &headed.header.columns;
        let describe_there = |(at, column): (usize, &Column)| match describe(column, &headed.header, rows, at) {
            named if headed.is_row => named,
            nameless => DraftColumn { header: String::new(), ..nameless },
        };
        DraftTable {
            place: place(table, number) + &from,
            rows: filled(rows),
            columns: columns.iter().enumerate().map(describe_there).collect(),
            is_read: true,
            is_on_end: false,
        }
    };
    sections.map(section).collect()
}

/// The headings down the side of a table, without repeats, with the values after them.
fn on_end(table: &Table, number: usize, records: &[Gathered]) -> DraftTable {
    let mut columns: Vec<DraftColumn> = Vec::new();
    for part in records.iter().flat_map(|record| &record.parts) {
        let at = columns.iter().position(|column| column.header == part.column.name).unwrap_or_else(|| {
            columns.push(describe(&part.column, &Header::default(), &[], 0));
            columns.len() - 1
        });
        let value = clean::line(&part.pieces.join("\n"));
        if let Some(column) = columns.get_mut(at).filter(|column| column.samples.len() < SAMPLES && !value.is_empty()) {
            column.samples.push(cut(&value));
        }
    }
    DraftTable { place: place(table, number), rows: records.len(), columns, is_read: true, is_on_end: true }
}

fn describe(column: &Column, header: &Header, rows: &[Row], at: usize) -> DraftColumn {
    let is_raised = |role: &Role| header.is_raised && *role == Role::Recommendation;
    let roles = column.roles.iter().map(|role| if is_raised(role) { Role::Finding } else { *role });
    DraftColumn {
        header: column.name.clone(),
        fields: roles.chain(column.order.map(roles::of_order)).filter_map(roles::key).map(str::to_owned).collect(),
        samples: samples(rows, at),
    }
}

fn stranger(table: &Table, number: usize) -> DraftTable {
    let header = header_row(table);
    let rows = table.rows.get(header.map_or(0, |at| at + 1)..).unwrap_or(&[]);
    let names = header.and_then(|at| table.rows.get(at));
    let column = |at: usize| DraftColumn {
        header: names.map(|row| clean::line(row.text(at))).unwrap_or_default(),
        fields: Vec::new(),
        samples: samples(rows, at),
    };
    DraftTable {
        place: place(table, number),
        rows: filled(rows),
        columns: (0..width(table)).map(column).collect(),
        is_read: false,
        is_on_end: false,
    }
}

/// The row most likely to name the columns of a table about which nothing is known: the first that is as wide as
/// the table, with short and different texts and no numbers.
pub fn header_row(table: &Table) -> Option<usize> {
    let width = table.rows.iter().map(|row| words(row).count()).max().unwrap_or(0);
    let mut filled = table.opening();
    let is_header = |row: &Row| {
        let names: Vec<String> = words(row).collect();
        let is_name = |name: &String| name.len() <= LONGEST && name.chars().any(char::is_alphabetic);
        let is_wide = names.len() * 10 >= width * 6 && (names.len() > 1 || width == 1);
        let is_new = |(at, name): (usize, &String)| !names.iter().take(at).any(|other| other == name);
        is_wide && names.iter().all(is_name) && names.iter().enumerate().all(is_new)
    };
    filled.find(|(_, row)| is_header(row)).map(|(at, _)| at)
}

/// The number of cells in the table's longest row, up to the last with text.
pub fn width(table: &Table) -> usize {
    let used = |row: &Row| row.cells.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1);
    table.rows.iter().map(used).max().unwrap_or(0)
}

fn words(row: &Row) -> impl Iterator<Item = String> {
    row.cells.iter().map(|cell| clean::line(&cell.text)).filter(|text| !text.is_empty())
}

fn place(table: &Table, number: usize) -> String {
    if table.name.trim().is_empty() { format!("table {number}") } else { clean::line(&table.name) }
}

fn filled(rows: &[Row]) -> usize {
    rows.iter().filter(|row| !row.is_blank()).count()
}

fn samples(rows: &[Row], at: usize) -> Vec<String> {
    let cells = rows.iter().map(|row| row.text(at)).filter(|text| !text.trim().is_empty());
    cells.map(clean::line).filter(|text| !text.is_empty()).take(SAMPLES).map(|text| cut(&text)).collect()
}

fn cut(text: &str) -> String {
    text.chars().take(SAMPLE).collect()
}

/// Whether the columns are those of a risk register: what each risk scores is beside what is done about it.
pub fn are_of_risks<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let (mut scores, mut risks) = (0, 0);
    for name in names {
        let words = vocabulary::words(name);
        let says = |all: &[&str]| words.iter().any(|word| all.contains(&word.as_str()));
        scores += usize::from(says(&["likelihood", "probability", "impact", "consequence", "severity", "score"]));
        risks += usize::from(says(&["risk", "hazard", "threat", "inherent", "residual", "mitigating", "mitigation"]));
    }
    scores > 1 && risks > 0
}

/// Whether the columns are about the document itself: its versions, or those who receive it.
pub fn are_of_document<'a>(names: impl Iterator<Item = &'a str>) -> bool {
    let (mut versions, mut changes, mut contacts, mut people) = (0, 0, 0, 0);
    for name in names {
        let words = vocabulary::words(name);
        let says = |all: &[&str]| words.iter().any(|word| all.contains(&word.as_str()));
        versions += usize::from(says(&["version", "revision"]) && words.len() <= 3);
        changes +=
            usize::from(says(&["author", "amended", "amendment", "amendments", "approved", "changes", "change"]));
        contacts += usize::from(says(&["email", "telephone", "phone", "distribution", "circulated", "recipient"]));
        people += usize::from(matches!(words.as_slice(), [word] if ["name", "recipient"].contains(&word.as_str())));
    }
    versions > 0 && changes > 0 || contacts > 0 && people > 0
}

/// Whether the tables with a column for actions have no words below their headings, but numbers.
fn are_blank_forms(tables: &[DraftTable]) -> bool {
    let is_number =
        |column: &DraftColumn| column.fields.iter().all(|field| field == "number") && !column.fields.is_empty();
    let is_blank =
        |table: &DraftTable| table.columns.iter().all(|column| column.samples.is_empty() || is_number(column));
    let mut read = tables.iter().filter(|table| table.is_read).peekable();
    read.peek().is_some() && read.all(is_blank)
}

/// "This does not look like an action plan", with what was found instead.
pub fn no_plan(tables: &[DraftTable]) -> Problem {
    let shown: Vec<String> = tables.iter().take(SHOWN).map(described).collect();
    let more = tables.len().saturating_sub(SHOWN);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let (count, shown) = (tables.len(), shown.join(", ") + &more);
    let is_read = tables.iter().any(|table| table.is_read);
    let headers = |table: &DraftTable| are_of_risks(table.columns.iter().map(|column| column.header.as_str()));
    let why = match count {
        _ if are_blank_forms(tables) => return unfilled(),
        1 if tables.iter().all(headers) => format!("its table, {shown}, is a risk register with scores"),
        0 => "it holds no table".to_owned(),
        1 if is_read => format!("its table, {shown}, has no rows of actions"),
        1 => format!("it holds one table, {shown}, and none of its columns is for actions"),
        _ if is_read => format!("of its {count} tables, {shown}, none has rows of actions"),
        _ => format!("it holds {count} tables, {shown}, and none of their columns is for actions"),
    };
    let hint = if tables.is_empty() {
        "Import the document whose table has a column headed “Action”, “Task” or similar.".to_owned()
    } else {
        format!("If it is one, say which column holds the actions: --map '{}=action'.", likely(tables))
    };
    Problem::new("This does not look like an action plan", why, hint)
}

fn unfilled() -> Problem {
    let hint = "Import the copy in which the actions have been entered.";
    Problem::new("This does not look like an action plan", "it is a template that has not been filled in", hint)
}

/// "table 2 “Item | Owner” (6 rows)".
fn described(table: &DraftTable) -> String {
    let headers: Vec<&str> = table.columns.iter().map(|column| column.header.as_str()).collect();
    let named: Vec<&str> = headers.iter().copied().filter(|header| !header.is_empty()).collect();
    let first = || table.columns.iter().filter_map(|column| column.samples.first()).map(String::as_str);
    let title = if named.is_empty() { first().collect::<Vec<_>>().join(" | ") } else { named.join(" | ") };
    let rows = if table.rows == 1 { "1 row".to_owned() } else { format!("{} rows", table.rows) };
    format!("“{}” ({rows})", text::truncate(&title, TITLE))
}

/// The most telling column: in the longest table, the one most of whose cells read like actions, or the wordiest.
fn likely(tables: &[DraftTable]) -> String {
    let Some(table) = tables.iter().max_by_key(|table| table.rows) else { return "Task".into() };
    let words = Vocabulary::built_in().ok();
    let reads = |sample: &&String| words.as_ref().is_some_and(|words| action_words::is_action(sample, words));
    let said = |column: &DraftColumn| {
        (column.samples.iter().filter(reads).count(), column.samples.iter().map(String::len).sum::<usize>())
    };
    let likely = table.columns.iter().enumerate().max_by_key(|(_, column)| said(column));
    likely.map_or_else(|| "Task".into(), |(at, _)| table.address(at))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::options::Options;
    use crate::import::{look, read};

    fn tables(name: &str, text: &str) -> Vec<DraftTable> {
        look(name, text.as_bytes(), &Options::default()).unwrap().tables
    }

    fn roles(table: &DraftTable) -> Vec<(&str, String)> {
        table.columns.iter().map(|column| (column.header.as_str(), column.fields.join("+"))).collect()
    }

    #[test]
    fn the_tables_of_a_plan_say_how_their_columns_were_read() {
        let text = "Plan\n\nAction,Target date and status,Shelf,Who\nWrite it,May 2024,3,HR\nSend it,,,HR\n";
        let tables = tables("plan.csv", text);
        assert_eq!((tables.len(), tables[0].rows, tables[0].is_read), (1, 2, true));
        assert_eq!(
            roles(&tables[0]),
            [
                ("Action", "action".into()),
                ("Target date and status", "target+status".into()),
                ("Shelf", String::new()),
                ("Who", "lead".into())
            ]
        );
        assert_eq!((tables[0].place.as_str(), tables[0].columns[2].samples.clone()), ("table 1", vec!["3".to_owned()]));
    }

    #[test]
    fn a_table_without_actions_is_listed_and_the_document_is_not_a_plan() {
        let text = "Shelf,Colour,Book\n1,red,Emma\n2,green,Persuasion\n";
        let found = tables("books.csv", text);
        assert_eq!((found[0].is_read, found[0].rows), (false, 2));
        assert_eq!(found[0].columns[2].header, "Book");
        assert_eq!(found[0].columns[2].samples, ["Emma", "Persuasion"]);
        let problem = read("books.csv", text.as_bytes(), &Options::default()).unwrap_err().to_string();
        assert!(problem.contains("This does not look like an action plan"), "{problem}");
        assert!(problem.contains("“Shelf | Colour | Book” (2 rows)"), "{problem}");
        assert!(problem.contains("--map 'Book=action'"), "{problem}");
    }

    #[test]
    fn the_column_offered_is_the_one_whose_words_are_actions() {
        let text = "Shelf,Job,Remarks\n1,Write to all shops,A long story about the shops and what they said\n2,Send the list,Another long story about lists\n";
        let problem = read("jobs.csv", text.as_bytes(), &Options::default()).unwrap_err().to_string();
        assert!(problem.contains("--map 'Job=action'"), "{problem}");
    }

    #[test]
    fn lists_of_versions_and_of_recipients_are_no_plans() {
        assert!(are_of_document(["Version", "Date", "Author", "Changes / action"].into_iter()));
        assert!(are_of_document(["Name", "Organisation", "Email", "Action"].into_iter()));
        assert!(!are_of_document(["Action", "Name", "By when", "Status"].into_iter()));
        assert!(!are_of_document(["Issue", "Action", "Lead", "Approved by"].into_iter()));
    }

    #[test]
    fn a_form_that_is_not_filled_in_is_refused_in_a_sentence() {
        for text in [
            "No,Action,Lead\n1,,\n2,,\n",
            "Task,Lead,By when\n1,,\n2,,\n",
            "Action,Lead,By when\nDescribe the action,Who will do this?,By when?\n,,\n",
        ] {
            let problem = read("form.csv", text.as_bytes(), &Options::default()).unwrap_err().to_string();
            assert!(problem.contains("a template that has not been filled in"), "{problem}");
        }
    }

    #[test]
    fn a_document_without_tables_can_only_be_refused() {
        let problem = look("letter.txt", b"Dear all\n\nthank you.\n", &Options::default()).unwrap_err().to_string();
        assert!(problem.contains("it holds no table"), "{problem}");
    }

    #[test]
    fn a_second_header_in_a_table_is_a_table_of_its_own_to_whoever_is_asked() {
        let text = "Action\tLead\tDue\tStatus\nWrite it\tHR\tMay 2024\tOpen\nAction\tOwner\tDate closed\tNote\nSend it\tHR\t1 May 2024\tx\n";
        let tables = tables("log.tsv", text);
        let places: Vec<&str> = tables.iter().map(|table| table.place.as_str()).collect();
        assert_eq!(places, ["table 1", "table 1, from row 3"]);
        assert_eq!((tables[0].rows, tables[1].rows), (1, 1));
        assert_eq!(tables[1].columns[1].header, "Owner");
    }
}
