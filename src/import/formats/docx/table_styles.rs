//! Which cells of a table are struck through by its style: all of them, or those of a row, a column or every second row.

use std::collections::HashMap;

use roxmltree::Node;

use super::styles::{Styles, struck};
use crate::import::formats::xml;

/// The parts of a table that a style can describe, by Word's names.
pub type Parts = HashMap<String, bool>;

/// The name of the part that every cell belongs to.
const WHOLE: &str = "wholeTable";
/// Parts for which a table can ignore its style, each with the name and the bit by which it says so.
const FIRST_ROW: Switch = Switch { part: "firstRow", name: "firstRow", bit: 0x0020 };
const LAST_ROW: Switch = Switch { part: "lastRow", name: "lastRow", bit: 0x0040 };
const FIRST_COLUMN: Switch = Switch { part: "firstCol", name: "firstColumn", bit: 0x0080 };
const LAST_COLUMN: Switch = Switch { part: "lastCol", name: "lastColumn", bit: 0x0100 };
/// It says so about bands the other way round.
const NO_BANDS: Switch = Switch { part: "", name: "noHBand", bit: 0x0200 };

struct Switch {
    part: &'static str,
    name: &'static str,
    bit: u16,
}

/// What the style of a table strikes through, and which of its parts the table uses.
#[derive(Clone, Debug, Default)]
pub struct Strikes {
    parts: Parts,
    used: Vec<&'static str>,
    has_bands: bool,
}

/// The position of a cell in its table.
#[derive(Clone, Copy, Debug)]
pub struct Spot<'a, 'i> {
    pub row: usize,
    pub column: usize,
    pub row_node: Node<'a, 'i>,
    pub cell_node: Node<'a, 'i>,
}

/// What a style says for itself about the parts of its tables.
pub fn parts(style: Node) -> Parts {
    let said = |node: Node| xml::child(node, "rPr").and_then(struck);
    let whole = said(style).map(|is_struck| (WHOLE.to_owned(), is_struck));
    let of_part = |node: Node| Some((xml::attribute(node, "type")?.to_owned(), said(node)?));
    let named = style.children().filter(|node| xml::name(*node) == "tblStylePr").filter_map(of_part);
    whole.into_iter().chain(named).collect()
}

impl Strikes {
    pub fn of(table: Node, styles: &Styles) -> Strikes {
        let properties = xml::child(table, "tblPr");
        let parts = styles.table(properties.and_then(|properties| xml::value(properties, "tblStyle")));
        let look = properties.and_then(|properties| xml::child(properties, "tblLook"));
        let has = |switch: &Switch| look.is_some_and(|look| is_on(look, switch));
        let all = [FIRST_ROW, LAST_ROW, FIRST_COLUMN, LAST_COLUMN];
        let used = all.iter().filter(|switch| has(switch)).map(|switch| switch.part).collect();
        Strikes { parts, used, has_bands: look.is_some() && !has(&NO_BANDS) }
    }

    /// Whether the style strikes through what is in a cell. The part that is described most narrowly decides.
    pub fn reach(&self, spot: Spot) -> bool {
        if self.parts.is_empty() {
            return false;
        }
        let is_last = |node: Node| node.next_siblings().skip(1).all(|next| xml::name(next) != xml::name(node));
        let places = [
            (FIRST_ROW.part, spot.row == 0),
            (LAST_ROW.part, is_last(spot.row_node)),
            (FIRST_COLUMN.part, spot.column == 0),
            (LAST_COLUMN.part, is_last(spot.cell_node)),
        ];
        let named = places.into_iter().filter(|(part, is_there)| *is_there && self.used.contains(part));
        named
            .map(|(part, _)| part)
            .chain(self.band(spot.row))
            .chain([WHOLE])
            .find_map(|part| self.parts.get(part))
            .is_some_and(|on| *on)
    }

    /// Bands are counted from the row after the headings, which are in none.
    fn band(&self, row: usize) -> Option<&'static str> {
        let row = row.checked_sub(usize::from(self.used.contains(&FIRST_ROW.part)))?;
        Some(if row % 2 == 0 { "band1Horz" } else { "band2Horz" }).filter(|_| self.has_bands)
    }
}

/// Newer versions of Word name each switch; older ones write the bits of all.
fn is_on(look: Node, switch: &Switch) -> bool {
    let bits = xml::attribute(look, "val").and_then(|bits| u16::from_str_radix(bits, 16).ok()).unwrap_or(0);
    match xml::attribute(look, switch.name) {
        Some(value) => matches!(value, "1" | "true" | "on"),
        None => bits & switch.bit != 0,
    }
}
