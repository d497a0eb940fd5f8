//! Drafts of unfinished text, kept in the same file until used: a crash costs at most the last second of typing.

use rusqlite::OptionalExtension;

use crate::problem::Problem;

use super::Store;
use super::trouble::Doing;

impl Store {
    /// Stores `text` under `key`, replacing any previous text.
    pub fn save_draft(&mut self, key: &str, text: &str) -> Result<(), Problem> {
        self.change_drafts(
            "INSERT INTO draft (key, text) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET text = excluded.text",
            &[key, text],
        )
    }

    pub fn draft(&self, key: &str) -> Result<Option<String>, Problem> {
        let sql = "SELECT text FROM draft WHERE key = ?1";
        let read = || self.db.prepare_cached(sql)?.query_row([key], |row| row.get(0)).optional();
        read().map_err(|error: rusqlite::Error| Doing::Reading.failed(error))
    }

    /// All drafts with their keys, by key.
    pub fn drafts(&self) -> Result<Vec<(String, String)>, Problem> {
        let read = || {
            let mut statement = self.db.prepare_cached("SELECT key, text FROM draft ORDER BY key")?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<rusqlite::Result<_>>()
        };
        read().map_err(|error| Doing::Reading.failed(error))
    }

    pub fn forget_draft(&mut self, key: &str) -> Result<(), Problem> {
        self.change_drafts("DELETE FROM draft WHERE key = ?1", &[key])
    }

    fn change_drafts(&mut self, sql: &str, values: &[&str]) -> Result<(), Problem> {
        self.may_write()?;
        let params = rusqlite::params_from_iter(values);
        let changed = self.transaction(|store| Ok(store.db.prepare_cached(sql)?.execute(params)?));
        changed.map(|_| ()).map_err(|fault| Doing::Saving.failed(fault))
    }
}
