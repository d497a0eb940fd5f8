//! What `check --trust` says of each copy that has written to the register.

use serde::Serialize;

use crate::store::{Signatory, Writer, day};
use crate::text::counted;

/// A copy, as `check --trust --json` prints it.
#[derive(Debug, Serialize)]
pub struct CopyRow {
    origin: String,
    /// False for one that wrote before format 1.0: it has no key, and what it said of itself is not known.
    signed: bool,
    computer: Option<String>,
    key: Option<String>,
    began: Option<String>,
    /// When this computer first met it.
    met: Option<String>,
    authors: Vec<String>,
    changes: u64,
}

pub fn rows(writers: &[Writer]) -> Vec<CopyRow> {
    writers.iter().map(row).collect()
}

fn row(writer: &Writer) -> CopyRow {
    let said = |of: fn(&Signatory) -> String| writer.signed.as_ref().map(of);
    CopyRow {
        origin: writer.origin.to_string(),
        signed: writer.signed.is_some(),
        computer: said(|signed| signed.computer.clone()),
        key: said(|signed| signed.key.clone()),
        began: said(|signed| signed.began.clone()),
        met: writer.signed.as_ref().and_then(|signed| signed.met.clone()),
        authors: writer.authors.clone(),
        changes: writer.changes,
    }
}

/// "SXP-L-0417, key 4F3A-91C2-07BD-E1A2-9C33: 14 changes by D. Okoro; began 12 Nov 2026, first met here 14 Nov 2026".
pub fn line(writer: &Writer) -> String {
    let changes = counted(usize::try_from(writer.changes).unwrap_or(usize::MAX), "change");
    let wrote = format!("{changes} by {}", writer.authors.join(", "));
    let Some(signed) = &writer.signed else {
        return format!("Unsigned, from a build before 1.0: {wrote}");
    };
    let met = signed.met.as_ref().map(|at| format!(", first met here {}", day(at))).unwrap_or_default();
    format!("{}, key {}: {wrote}; began {}{met}", signed.computer, signed.key, day(&signed.began))
}
