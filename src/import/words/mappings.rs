//! The user's column mappings, kept for the next document with the same header row.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{column_choices, roles, taught};
use crate::domain::draft::{Draft, DraftTable};
use crate::import::options::Explained;
use crate::problem::Problem;

const HEAD: &str =
    "# How the columns of your documents were mapped on import. A mapping is used again for every table with the same
# header row. You can change or delete mappings; delete the file to forget them all. A column holds one of these,
# two joined by +, or none:
# ";

/// The header rows that have been explained so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mappings {
    path: Option<PathBuf>,
    rows: Vec<Explained>,
    problem: Option<Problem>,
}

#[derive(Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    table: Vec<Mapping>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Mapping {
    header: Vec<String>,
    columns: BTreeMap<String, RoleText>,
}

/// One role or two, as `--map` takes them.
#[derive(Deserialize, Serialize)]
#[serde(try_from = "String", into = "String")]
struct RoleText(String);

impl TryFrom<String> for RoleText {
    type Error = String;

    fn try_from(text: String) -> Result<RoleText, String> {
        roles::parse(&text).map(|_| RoleText(text)).map_err(|problem| format!("{}: {}", problem.what, problem.why))
    }
}

impl From<RoleText> for String {
    fn from(RoleText(text): RoleText) -> String {
        text
    }
}

impl Clone for RoleText {
    fn clone(&self) -> RoleText {
        RoleText(self.0.clone())
    }
}

impl Mappings {
    /// What a file holds; nothing where there is none or it is damaged, which [`Mappings::problem`] reports.
    pub fn load(path: &Path) -> Mappings {
        let path = path.to_owned();
        match read(&path) {
            Ok(rows) => Mappings { path: Some(path), rows, problem: None },
            Err(why) => Mappings { problem: Some(damaged(&path, &why)), path: Some(path), rows: Vec::new() },
        }
    }

    /// Why the file was ignored.
    pub fn problem(&self) -> Option<&Problem> {
        self.problem.as_ref()
    }

    pub fn explained(&self) -> &[Explained] {
        &self.rows
    }

    /// The earlier mappings of a table's columns.
    pub fn of(&self, table: &DraftTable) -> &[(String, String)] {
        let key = column_choices::key(&table.headers());
        let found = self.rows.iter().find(|row| column_choices::key(&row.header) == key);
        found.map_or(&[], |row| row.columns.as_slice())
    }

    /// Keeps the mappings of some columns of a header row; those of its other columns stay. A table without a
    /// header row could not be recognised again, so nothing is kept for it.
    pub fn remember(&mut self, header: &[String], columns: &[(String, String)]) {
        let key = column_choices::key(header);
        if key.is_empty() || columns.is_empty() {
            return;
        }
        let at = self.rows.iter().position(|row| column_choices::key(&row.header) == key).unwrap_or_else(|| {
            let header = header.iter().take(key.len()).cloned().collect();
            self.rows.push(Explained { header, columns: Vec::new() });
            self.rows.len() - 1
        });
        let Some(row) = self.rows.get_mut(at) else { return };
        row.columns.retain(|(name, _)| !columns.iter().any(|(new, _)| column_choices::is_same(new, name)));
        row.columns.extend(columns.iter().cloned());
    }

    /// The same for all mapped tables of a document; returns what was kept, without repeats.
    pub fn learn(&mut self, draft: &Draft, said: &[(String, String)]) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = Vec::new();
        // Labels are not a header row: another table on end may share only some of them.
        for table in draft.tables.iter().filter(|table| !table.is_on_end) {
            let header = table.headers();
            let columns = column_choices::said_of(table, said);
            if !column_choices::key(&header).is_empty() {
                all.extend(columns.iter().filter(|column| !all.contains(column)).cloned().collect::<Vec<_>>());
                self.remember(&header, &columns);
            }
        }
        all
    }

    /// Forgets the mappings of a document's tables; returns whether there were any.
    pub fn forget(&mut self, draft: &Draft) -> bool {
        let keys: Vec<Vec<String>> = draft.tables.iter().map(|table| column_choices::key(&table.headers())).collect();
        let before = self.rows.len();
        self.rows.retain(|row| !keys.contains(&column_choices::key(&row.header)));
        self.rows.len() < before
    }

    /// Writes the file, all of it or nothing. A damaged file is left as it is: it may hold something worth keeping.
    pub fn save(&self) -> Result<(), Problem> {
        if let Some(problem) = &self.problem {
            return Err(Problem { what: "Could not save the column mappings".into(), ..problem.clone() });
        }
        let Some(path) = &self.path else { return Ok(()) };
        let not_saved = |why: String| {
            let why = format!("{} could not be written ({why})", path.display());
            Problem::new("Could not save the column mappings", why, "The import itself is not affected.")
        };
        let text = print(&self.rows).map_err(|error| not_saved(error.to_string()))?;
        taught::replace(path, &text).map_err(|error| not_saved(error.to_string()))
    }
}

fn read(path: &Path) -> Result<Vec<Explained>, String> {
    let text = taught::text(path)?.unwrap_or_default();
    let file: File = toml::from_str(&text).map_err(|error| taught::mistake(&text, &error))?;
    let row = |row: Mapping| {
        let columns = row.columns.into_iter().map(|(name, RoleText(field))| (name, field)).collect();
        Explained { header: row.header, columns }
    };
    Ok(file.table.into_iter().map(row).collect())
}

fn print(rows: &[Explained]) -> Result<String, toml::ser::Error> {
    let row = |row: &Explained| {
        let columns = row.columns.iter().map(|(name, field)| (name.clone(), RoleText(field.clone()))).collect();
        Mapping { header: row.header.clone(), columns }
    };
    let names = roles::role_names().collect::<Vec<_>>().join(", ");
    let file = File { table: rows.iter().map(row).collect() };
    Ok(format!("{HEAD}{names}\n\n{}", toml::to_string(&file)?))
}

fn damaged(path: &Path, why: &str) -> Problem {
    Problem::new(
        "Could not use the saved column mappings",
        format!("{}, {why}", path.display()),
        "Correct the file, or delete it to start again.",
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pair(name: &str, field: &str) -> (String, String) {
        (name.to_owned(), field.to_owned())
    }

    fn row(names: &[&str]) -> Vec<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_mapping_is_remembered_for_the_same_header_row_in_any_spelling() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/columns.toml");
        let mut mappings = Mappings::load(&path);
        mappings
            .remember(&row(&["Item", "Owner \"now\"", "", ""]), &[pair("Owner \"now\"", "lead"), pair("Item", "via")]);
        mappings.remember(&row(&["ITEMS", "Owner: now"]), &[pair("item", "target+status"), pair("column 3", "none")]);
        mappings.remember(&row(&["", ""]), &[pair("column 1", "action")]);
        mappings.save().unwrap();
        let again = Mappings::load(&path);
        assert_eq!(again.explained().len(), 1);
        let mut columns = again.explained()[0].columns.clone();
        columns.sort();
        assert_eq!(columns, [pair("Owner \"now\"", "lead"), pair("column 3", "none"), pair("item", "target+status")]);
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("# How the columns") && text.contains("lead"), "{text}");
    }

    #[test]
    fn a_damaged_file_is_reported_with_its_line_and_never_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("columns.toml");
        let why = |text: &str| {
            std::fs::write(&path, text).unwrap();
            let mut mappings = Mappings::load(&path);
            mappings.remember(&row(&["A"]), &[pair("A", "lead")]);
            assert!(mappings.save().is_err());
            assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
            mappings.problem().unwrap().to_string()
        };
        let problem = why("[[table]]\nheader = [\"A\"]\n[table.columns]\nA = \"leed\"\n");
        assert!(problem.contains("line 4") && problem.contains("the nearest is lead"), "{problem}");
        assert!(why("[[table]]\nheader = [\"A\"\n").contains("line "));
        assert!(why("[[tables]]\n").contains("line 1"));
        std::fs::write(&path, [0xff, 0xfe, 0]).unwrap();
        assert!(Mappings::load(&path).problem().unwrap().to_string().contains("UTF-8"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_a_header_says_is_read_back(cells in prop::collection::vec(".{0,12}", 1..5), at in 0..13_usize) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("columns.toml");
            let field = roles::role_names().nth(at).unwrap();
            let columns: Vec<_> = cells.iter().map(|cell| pair(cell, field)).collect();
            let mut mappings = Mappings::load(&path);
            mappings.remember(&cells, &columns);
            mappings.save().unwrap();
            let again = Mappings::load(&path);
            prop_assert_eq!(again.problem(), None);
            let header = |mappings: &Mappings| mappings.explained().first().map(|row| row.header.clone());
            prop_assert_eq!(header(&again), header(&mappings));
        }
    }
}
