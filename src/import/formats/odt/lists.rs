//! The list numbers of an OpenDocument text: rules in its styles, counted here for each item.

use std::collections::HashMap;

use roxmltree::Node;

use crate::import::formats::list_label::{BULLET, Count};
use crate::import::formats::xml;

/// Levels of a list.
pub const LEVELS: usize = 10;
/// The longest prefix, suffix or pattern to follow.
const PATTERN: usize = 60;

/// The rules for all lists, by the name of their style.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    styles: HashMap<String, Vec<Option<Level>>>,
}

#[derive(Clone, Debug)]
struct Level {
    count: Count,
    start: u32,
    prefix: String,
    suffix: String,
    /// How many levels the number shows: 2 is "1.2".
    shown: usize,
    /// "%1%.%2%)", in files of newer programs.
    pattern: Option<String>,
}

/// How far a list has counted at each level; 0 has not begun.
pub type Counted = [u32; LEVELS];

impl Lists {
    /// Adds the list styles of a part.
    pub fn add(&mut self, root: Node) {
        for node in xml::all(root, "list-style") {
            let Some(name) = xml::attribute(node, "name") else { continue };
            let mut levels = vec![None; LEVELS];
            for rule in node.children() {
                let place = xml::number::<usize>(rule, "level").and_then(|level| level.checked_sub(1));
                if let Some(slot) = place.and_then(|place| levels.get_mut(place)) {
                    *slot = level(rule);
                }
            }
            self.styles.insert(name.to_owned(), levels);
        }
    }

    /// Counts the next item at a level (from 0), and returns what precedes it.
    pub fn label(&self, style: &str, at: usize, start: Option<u32>, counted: &mut Counted) -> String {
        let Some(level) = self.level(style, at) else { return String::new() };
        if let Some(value) = counted.get_mut(at) {
            let next = if *value == 0 { level.start } else { value.saturating_add(1) };
            *value = start.unwrap_or(next);
        }
        counted.iter_mut().skip(at + 1).for_each(|below| *below = 0);
        match level.count {
            Count::Bullet => BULLET.to_owned(),
            Count::Nothing => String::new(),
            _ => self.number(style, at, level, counted),
        }
    }

    fn level(&self, style: &str, at: usize) -> Option<&Level> {
        self.styles.get(style)?.get(at)?.as_ref()
    }

    fn number(&self, style: &str, at: usize, level: &Level, counted: &Counted) -> String {
        let one = |at: usize| {
            let rule = self.level(style, at);
            let value = counted.get(at).copied().filter(|value| *value > 0);
            let value = value.unwrap_or_else(|| rule.map_or(1, |rule| rule.start));
            rule.map_or(Count::Decimal, |rule| rule.count).write(value)
        };
        let label = if let Some(pattern) = &level.pattern {
            (0..=at).fold(pattern.clone(), |text, at| text.replace(&format!("%{}%", at + 1), &one(at)))
        } else {
            let first = (at + 1).saturating_sub(level.shown);
            let numbers: Vec<String> = (first..=at).map(one).filter(|number| !number.is_empty()).collect();
            format!("{}{}{}", level.prefix, numbers.join("."), level.suffix)
        };
        let label = label.trim();
        if label.is_empty() { String::new() } else { format!("{label} ") }
    }
}

fn level(node: Node) -> Option<Level> {
    let text = |name: &str| xml::attribute(node, name).unwrap_or_default().chars().take(PATTERN).collect::<String>();
    let count = match (xml::name(node), text("num-format").as_str()) {
        ("list-level-style-bullet" | "list-level-style-image", _) => Count::Bullet,
        ("list-level-style-number", "") => Count::Nothing,
        ("list-level-style-number", "a") => Count::LowerLetter,
        ("list-level-style-number", "A") => Count::UpperLetter,
        ("list-level-style-number", "i") => Count::LowerRoman,
        ("list-level-style-number", "I") => Count::UpperRoman,
        ("list-level-style-number", _) => Count::Decimal,
        _ => return None,
    };
    Some(Level {
        count,
        start: xml::number(node, "start-value").unwrap_or(1),
        prefix: text("num-prefix"),
        suffix: text("num-suffix"),
        shown: xml::number(node, "display-levels").unwrap_or(1),
        pattern: Some(text("num-list-format")).filter(|pattern| pattern.contains('%')),
    })
}
