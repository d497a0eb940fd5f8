//! List numbers, which Word keeps as rules: the number of each paragraph is counted here.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::list_label::{BULLET, Count};

/// Levels of a list, as Word has them.
pub const LEVELS: u8 = 9;
/// The longest pattern of a number to follow; "Recommendation %1.%2:" has 22 characters.
pub const PATTERN: usize = 60;

/// The rules for all lists.
#[derive(Clone, Debug, Default)]
pub struct Lists {
    /// By the list's id: the rules that it follows, and its exceptions to them.
    pub lists: HashMap<String, List>,
    pub rules: HashMap<String, BTreeMap<u8, Level>>,
}

/// A list, as far as it departs from the rules that it follows.
#[derive(Clone, Debug, Default)]
pub struct List {
    pub rules: String,
    pub starts: BTreeMap<u8, u32>,
    pub levels: BTreeMap<u8, Level>,
}

/// How one level of a list is numbered.
#[derive(Clone, Debug)]
pub struct Level {
    pub start: u32,
    pub count: Count,
    /// "%1.%2)", where %2 stands for the number of the second level.
    pub pattern: String,
    /// After which level it restarts, counted from 1; 0 is never, `None` is any level above it.
    pub restart: Option<u8>,
    /// Whether a space follows it.
    pub has_gap: bool,
    /// Whether numbers of other levels are written as decimals.
    pub is_legal: bool,
    pub style: Option<String>,
}

/// How far each list has counted.
#[derive(Clone, Debug, Default)]
pub struct Counters {
    values: HashMap<(String, u8), u32>,
    begun: HashSet<(String, u8)>,
}

impl Lists {
    /// The level of a list that belongs to a style, if the list says so.
    pub fn level_of_style(&self, list: &str, style: &str) -> Option<u8> {
        let rules = self.rules.get(&self.lists.get(list)?.rules)?;
        rules.iter().find(|(_, level)| level.style.as_deref() == Some(style)).map(|(at, _)| *at)
    }

    /// Counts the next item of a list, and returns what precedes it: "2. ", "b) ", "• ".
    pub fn label(&self, list: &str, at: u8, counters: &mut Counters) -> Option<String> {
        let own = self.lists.get(list)?;
        let level = self.level(own, at)?;
        counters.next(list, own, at, self.start(own, at));
        for below in at + 1..LEVELS {
            let restart = self.level(own, below).and_then(|level| level.restart);
            if restart.is_none_or(|after| after > at) {
                counters.values.remove(&(own.rules.clone(), below));
            }
        }
        if level.count == Count::Bullet {
            return Some(BULLET.to_owned());
        }
        let mut label = self.fill(own, level, at, counters);
        if level.has_gap && !label.is_empty() {
            label.push(' ');
        }
        Some(label)
    }

    fn level<'a>(&'a self, list: &'a List, at: u8) -> Option<&'a Level> {
        list.levels.get(&at).or_else(|| self.rules.get(&list.rules)?.get(&at))
    }

    fn start(&self, list: &List, at: u8) -> u32 {
        let rule = || self.level(list, at).map(|level| level.start);
        list.starts.get(&at).copied().or_else(rule).unwrap_or(1)
    }

    fn fill(&self, list: &List, level: &Level, at: u8, counters: &Counters) -> String {
        let mut text = String::new();
        let mut pattern = level.pattern.chars();
        while let Some(c) = pattern.next() {
            let digit = if c == '%' { pattern.clone().next().and_then(|c| c.to_digit(10)) } else { None };
            let Some(named) = digit.and_then(|digit| u8::try_from(digit).ok()?.checked_sub(1)) else {
                text.push(c);
                continue;
            };
            pattern.next();
            let value = counters.values.get(&(list.rules.clone(), named)).copied();
            let own = self.level(list, named).map_or(Count::Decimal, |level| level.count);
            let count = if level.is_legal && named != at { Count::Decimal } else { own };
            text.push_str(&count.write(value.unwrap_or_else(|| self.start(list, named))));
        }
        text.trim().to_owned()
    }
}

impl Counters {
    /// Lists that follow the same rules share one count, except where one of them says where it begins.
    fn next(&mut self, id: &str, list: &List, at: u8, start: u32) {
        let is_first = self.begun.insert((id.to_owned(), at));
        let is_own = is_first && list.starts.contains_key(&at);
        let value = self.values.entry((list.rules.clone(), at));
        value.and_modify(|value| *value = if is_own { start } else { value.saturating_add(1) }).or_insert(start);
    }
}
