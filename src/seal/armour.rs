//! A sealed file as text, which mail programs leave as it is.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Unopened;

const BEGIN: &str = "-----BEGIN AGE ENCRYPTED FILE-----";
const END: &str = "-----END AGE ENCRYPTED FILE-----";
const COLUMNS: usize = 64;

pub fn begins(file: &[u8]) -> bool {
    file.trim_ascii_start().starts_with(BEGIN.as_bytes())
}

/// The file without its armour, if it has one.
pub fn without(file: &[u8]) -> Result<Cow<'_, [u8]>, Unopened> {
    if !begins(file) {
        return Ok(Cow::Borrowed(file));
    }
    let text = std::str::from_utf8(file.trim_ascii()).map_err(|_| Unopened::Damaged)?;
    decoded(text).map(Cow::Owned).ok_or(Unopened::Damaged)
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    let lines = text.strip_prefix(BEGIN)?.strip_suffix(END)?;
    let lines = lines.strip_prefix("\r\n").or_else(|| lines.strip_prefix('\n'))?;
    let mut lines: Vec<&str> = lines.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect();
    // The line before the end of the armour ends too.
    let after = lines.pop()?;
    let (last, full) = lines.split_last()?;
    let is_even = full.iter().all(|line| line.len() == COLUMNS) && (1..=COLUMNS).contains(&last.len());
    if is_even && after.is_empty() { STANDARD.decode(lines.concat()).ok() } else { None }
}
