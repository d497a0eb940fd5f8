//! Upgrades a file to the current format, one step per released version; the first step turns an empty database into a
//! register, or a register of a build before it.

use rusqlite::{Connection, Result};

use super::carry;
use super::schema::Format;

/// The upgrade from the previous format to `to`.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    pub to: Format,
    pub sql: &'static str,
    /// The digest of the schema of this format; a test keeps it up to date.
    pub contents: &'static str,
}

/// Append-only: a released step is never edited.
pub const STEPS: &[Step] = &[Step {
    to: Format(10_000),
    sql: include_str!("../../assets/schema/1.0.sql"),
    contents: "321351a5bfc4a86f08f547a8ea542666b2140c8baaf0bfc05a0d77e6c9ed2656",
}];

/// Applies the missing steps, all or none. Another process may have applied them first.
pub fn migrate(db: &Connection, steps: &[Step]) -> Result<()> {
    db.execute_batch("BEGIN IMMEDIATE")?;
    let done = take(db, steps).and_then(|()| db.execute_batch("COMMIT"));
    if done.is_err() && !db.is_autocommit() {
        // The first error is the one that matters.
        drop(db.execute_batch("ROLLBACK"));
    }
    done
}

fn take(db: &Connection, steps: &[Step]) -> Result<()> {
    let from = format(db)?;
    let is_earlier = carry::is_earlier(from);
    if is_earlier {
        carry::clear(db)?;
    }
    for step in steps.iter().filter(|step| step.to > from) {
        db.execute_batch(step.sql)?;
        db.pragma_update(None, "user_version", step.to.0)?;
    }
    if is_earlier { carry::fill(db) } else { Ok(()) }
}

/// The format that a file claims to have; 0.0 for an empty database.
pub fn format(db: &Connection) -> Result<Format> {
    db.pragma_query_value(None, "user_version", |row| row.get(0)).map(Format)
}

#[cfg(test)]
mod tests {
    use super::super::connect;
    use super::super::schema::CURRENT;
    use super::*;

    const NEXT: Step = Step {
        to: Format(CURRENT.0 + 1),
        sql: "CREATE TABLE next (a TEXT) STRICT",
        contents: "321351a5bfc4a86f08f547a8ea542666b2140c8baaf0bfc05a0d77e6c9ed2656",
    };
    const FAULTY: Step = Step {
        to: Format(CURRENT.0 + 2),
        sql: "CREATE TABLE more (a); CREATE TABLE next (a)",
        contents: "321351a5bfc4a86f08f547a8ea542666b2140c8baaf0bfc05a0d77e6c9ed2656",
    };

    fn tables(db: &Connection) -> i64 {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE name IN ('change', 'next', 'more')";
        db.query_row(sql, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn only_the_steps_not_yet_taken_are_taken() {
        let db = connect::memory().unwrap();
        migrate(&db, STEPS).unwrap();
        assert_eq!((format(&db).unwrap(), tables(&db)), (CURRENT, 1));
        let steps = [STEPS, &[NEXT]].concat();
        migrate(&db, &steps).unwrap();
        migrate(&db, &steps).unwrap();
        assert_eq!((format(&db).unwrap(), tables(&db)), (NEXT.to, 2));
    }

    #[test]
    fn a_step_that_fails_leaves_the_file_as_it_was() {
        let db = connect::memory().unwrap();
        migrate(&db, STEPS).unwrap();
        migrate(&db, &[STEPS, &[NEXT, FAULTY]].concat()).unwrap_err();
        assert_eq!((format(&db).unwrap(), tables(&db)), (CURRENT, 1));
    }
}
