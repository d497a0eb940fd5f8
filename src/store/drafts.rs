//! Half-typed text, kept in the same file until it is used: a crash costs no more than the last second of typing.

use rusqlite::OptionalExtension;

use crate::problem::Problem;

use super::Store;
use super::trouble::Doing;

impl Store {
    /// Keeps `text` under `key`, in place of what was there.
    pub fn save_draft(&mut self, key: &str, text: &str) -> Result<(), Problem> {
        let sql = "INSERT INTO draft (key, text) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET text = excluded.text";
        self.db.execute(sql, [key, text]).map(|_| ()).map_err(|error| Doing::Saving.failed(&error))
    }

    pub fn draft(&self, key: &str) -> Result<Option<String>, Problem> {
        let found = self.db.query_row("SELECT text FROM draft WHERE key = ?1", [key], |row| row.get(0)).optional();
        found.map_err(|error| Doing::Reading.failed(&error))
    }

    /// All drafts, by key.
    pub fn drafts(&self) -> Result<Vec<(String, String)>, Problem> {
        let read = || {
            let mut statement = self.db.prepare_cached("SELECT key, text FROM draft ORDER BY key")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| Doing::Reading.failed(&error))
    }

    pub fn forget_draft(&mut self, key: &str) -> Result<(), Problem> {
        let gone = self.db.execute("DELETE FROM draft WHERE key = ?1", [key]);
        gone.map(|_| ()).map_err(|error| Doing::Saving.failed(&error))
    }
}
