//! The changes that one copy of a register has and another lacks, in words.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::change::Batch;
use super::date_words;
use super::describe;
use super::id::{Id, Origin};
use super::register::Register;
use crate::text;

/// How many batches and how many authors are named, and how many columns each may take: all of it is one sentence.
const QUOTED: usize = 3;
const NAMED: usize = 2;
const COLUMNS: usize = 50;

/// What is lacking, batch by batch, in the log's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lacking {
    batches: Vec<Part>,
}

/// What is lacking of one batch.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    day: NaiveDate,
    author: String,
    changes: usize,
    sentence: String,
}

impl Lacking {
    /// The changes of a log beyond those that both copies share. `shared` says, for each origin, how many of its changes
    /// that is.
    pub fn beyond(log: &[Batch], shared: &BTreeMap<Origin, u64>) -> Lacking {
        let is_shared = |id: Id| shared.get(&id.origin).is_some_and(|last| id.seq <= *last);
        let mut before = Register::default();
        let mut batches = Vec::new();
        for batch in log {
            let changes = batch.changes.iter().filter(|change| !is_shared(change.id)).count();
            if changes > 0 {
                let sentence = describe::batch(&before, batch);
                batches.push(Part { day: batch.at.date_naive(), author: batch.author.clone(), changes, sentence });
            }
            before.apply(batch);
        }
        Lacking { batches }
    }

    pub fn is_empty(&self) -> bool {
        self.batches.is_empty()
    }

    /// How many changes there are.
    pub fn count(&self) -> usize {
        self.batches.iter().map(|part| part.changes).sum()
    }

    /// "2 changes made today by Ann Other".
    pub fn counted(&self, today: NaiveDate) -> String {
        format!("{} made {} by {}", text::counted(self.count(), "change"), self.when(today), self.authors())
    }

    /// "2 changes made today by Ann Other are".
    pub fn counted_are(&self, today: NaiveDate) -> String {
        format!("{} {}", self.counted(today), if self.count() == 1 { "is" } else { "are" })
    }

    /// "1.1 Green → Red; 1.2 progress added: “Agreed”; and more".
    pub fn quoted(&self) -> String {
        let quoted = self.batches.iter().take(QUOTED).map(|part| text::truncate(&part.sentence, COLUMNS));
        let more = (self.batches.len() > QUOTED).then(|| "and more".to_owned());
        quoted.chain(more).collect::<Vec<_>>().join("; ")
    }

    /// "today", "on 21 Nov 2026", "between 21 Nov 2026 and today".
    fn when(&self, today: NaiveDate) -> String {
        let days = || self.batches.iter().map(|part| part.day);
        let (first, last) = (days().min().unwrap_or(today), days().max().unwrap_or(today));
        let named = |day: NaiveDate| if day == today { "today".to_owned() } else { date_words::day(day) };
        match (first == last, first == today) {
            (true, true) => named(first),
            (true, false) => format!("on {}", named(first)),
            (false, _) => format!("between {} and {}", named(first), named(last)),
        }
    }

    fn authors(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for part in &self.batches {
            let name = text::truncate(&part.author, COLUMNS);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let others = names.len().saturating_sub(NAMED);
        names.truncate(NAMED);
        match others {
            0 => names.join(" and "),
            _ => format!("{} and {}", names.join(", "), text::counted(others, "other")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::harbour;
    use super::*;

    #[test]
    fn what_is_lacking_is_counted_and_named_with_its_days_and_authors() {
        let mut log = harbour().batches;
        let last = log.last().unwrap().clone();
        let shared: BTreeMap<Origin, u64> = log.iter().flat_map(|batch| &batch.changes).fold(
            BTreeMap::new(),
            |mut shared: BTreeMap<Origin, u64>, change| {
                let most = shared.entry(change.id.origin).or_default();
                *most = (*most).max(change.id.seq);
                shared
            },
        );
        assert!(Lacking::beyond(&log, &shared).is_empty());
        let all = Lacking::beyond(&log, &BTreeMap::new());
        assert_eq!(all.count(), log.iter().map(|batch| batch.changes.len()).sum::<usize>());
        assert!(all.quoted().contains("harbour imported"), "{}", all.quoted());
        let today = last.at.date_naive();
        assert!(all.counted(today).contains(" by "), "{}", all.counted(today));
        for (at, author) in ["B", "C", "D"].iter().enumerate() {
            let day = chrono::Duration::days(i64::try_from(at).unwrap() + 1);
            log.push(Batch { author: (*author).into(), at: last.at + day, ..last.clone() });
        }
        let words = Lacking::beyond(&log, &BTreeMap::new()).counted(today + chrono::Duration::days(3));
        assert!(words.contains("between ") && words.contains(" and today by "), "{words}");
        assert!(words.ends_with("and 2 others"), "{words}");
    }
}
