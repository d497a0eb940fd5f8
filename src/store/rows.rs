//! Rows of the log as changes and batches.

use chrono::{DateTime, FixedOffset, SecondsFormat};
use rusqlite::types::Type;
use rusqlite::{Error, Result, Row};

use crate::domain::change::{Batch, Cause, Change, Op};
use crate::domain::id::{Id, Origin};
use crate::wire::{cause, line};

use super::chain::{Header, HeaderWords};

/// A change's columns, in the order that [`change`] reads them.
///
/// A body larger than this program writes is not fetched: it reads as a number, which no body is.
pub const CHANGE: &str =
    "c.lamport, c.origin, c.seq, c.batch, CASE WHEN octet_length(c.body) > 16777216 THEN 0 ELSE c.body END";

/// The author of a batch whose words this copy does not have.
const WITHHELD: &str = "withheld";

/// The largest body of a change, in bytes.
pub const LARGEST_BODY: usize = 16 << 20;

/// A batch's columns, in the order that [`header`] reads them from `first`.
pub const BATCH: &str = "b.id, b.author, b.at, b.meeting, b.cause";

/// The change in columns 0 to 4.
pub fn change(row: &Row<'_>) -> Result<Change> {
    let id = Id { origin: origin(row, 1)?, seq: number(row, 2)? };
    let op = row.get_ref(4)?.as_str_or_null()?.map_or(Op::Absent, line::parse);
    Ok(Change { id, lamport: number(row, 0)?, op })
}

/// A count; the schema's checks keep it above 0.
pub fn number(row: &Row<'_>, column: usize) -> Result<u64> {
    u64::try_from(row.get::<_, i64>(column)?).map_err(|_| unreadable(column))
}

/// A count as `SQLite` stores it.
pub fn sql(number: u64) -> Result<i64> {
    i64::try_from(number).map_err(|error| Error::ToSqlConversionFailure(Box::new(error)))
}

pub fn origin(row: &Row<'_>, column: usize) -> Result<Origin> {
    row.get_ref(column)?.as_str()?.parse().map_err(|_| unreadable(column))
}

/// A batch's row, from column `first` on.
pub fn header(row: &Row<'_>, first: usize) -> Result<Header> {
    let author: Option<String> = row.get(first + 1)?;
    let words = |author| -> Result<HeaderWords> {
        let (at, meeting, cause) = (row.get(first + 2)?, row.get(first + 3)?, row.get(first + 4)?);
        Ok(HeaderWords { author, at, meeting, cause })
    };
    Ok(Header { id: row.get(first)?, words: author.map(words).transpose()? })
}

/// The batch of a row, without its changes. One whose words are withheld says so in place of its author.
pub fn batch(header: Header) -> Result<Batch> {
    let id = header.id.parse().map_err(|_| unreadable(0))?;
    let Some(words) = header.words else {
        let at = DateTime::UNIX_EPOCH.fixed_offset();
        return Ok(Batch { id, author: WITHHELD.into(), at, meeting: None, cause: Cause::Edit, changes: Vec::new() });
    };
    Ok(Batch {
        id,
        author: words.author,
        at: DateTime::parse_from_rfc3339(&words.at).map_err(|_| unreadable(2))?,
        meeting: words.meeting.map(|id| id.parse().map_err(|_| unreadable(3))).transpose()?,
        cause: cause::parse(&words.cause),
        changes: Vec::new(),
    })
}

/// A time as the log writes it, in whole seconds with the local offset: `2026-11-21T10:15:00+00:00`.
pub fn time(at: &DateTime<FixedOffset>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, false)
}

pub fn unreadable(column: usize) -> Error {
    Error::FromSqlConversionFailure(column, Type::Text, "not in the form that docs/FORMAT.md describes".into())
}
