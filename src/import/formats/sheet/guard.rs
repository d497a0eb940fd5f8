//! What a workbook claims about itself, checked before anything allocates room for it.

use super::archive::Archive;
use super::tags::{Piece, Tags};
use super::trouble;
use crate::import::limits;
use crate::problem::Problem;

/// Bytes of the part that lists formats: its shortest entries take up many times their length in memory.
const STYLES: usize = 4 * 1024 * 1024;
/// Sheets of a workbook.
const SHEETS: usize = 200;

/// Refuses a workbook whose lists claim to be longer than they are, or are longer than any plan's.
pub fn check(archive: &mut Archive) -> Result<(), Problem> {
    let names = archive.names().to_vec();
    for name in names {
        let lower = name.to_ascii_lowercase();
        if lower.ends_with("sharedstrings.xml") {
            words(&archive.part(&name)?.unwrap_or_default())?;
        } else if lower.ends_with("styles.xml") {
            let length = archive.part(&name)?.map_or(0, |part| part.len());
            if length > STYLES {
                return Err(trouble::too_large("its list of cell formats is larger than 4 MB"));
            }
        } else if lower.ends_with("workbook.xml") {
            let part = archive.part(&name)?.unwrap_or_default();
            if opened(&part, "sheet").take(SHEETS + 1).count() > SHEETS {
                return Err(trouble::too_large("it has more than 200 sheets"));
            }
        }
    }
    Ok(())
}

/// The list of all texts begins with how many it holds, and readers trust that.
fn words(part: &str) -> Result<(), Problem> {
    let claimed = opened(part, "sst").next().and_then(|list| list.get("uniqueCount"));
    let claimed = claimed.map_or(Some(0), |count| count.trim().parse::<usize>().ok());
    let most = part.len() / "<si/>".len();
    if claimed.is_none_or(|claimed| claimed > most.max(1_000)) {
        return Err(trouble::damaged_because("its list of texts is not as long as it says"));
    }
    let found = opened(part, "si").take(limits::CELLS + 1).count();
    limits::cells(found)
}

fn opened<'a>(part: &'a str, name: &'a str) -> impl Iterator<Item = super::tags::Tag<'a>> {
    Tags::new(part).filter_map(move |piece| match piece {
        Piece::Open(tag) if tag.name == name => Some(tag),
        Piece::Open(_) | Piece::Close(_) | Piece::Text(_) => None,
    })
}
