//! Merges in the history: what this file received from other copies, and when. Not part of the record, which is the same in
//! every copy: each copy received it in its own way.

use chrono::{DateTime, FixedOffset};

use super::trail::TrailEntry;
use crate::text;

/// One merge of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    pub at: DateTime<FixedOffset>,
    /// Who merged it.
    pub author: String,
    /// The name of the file.
    pub source: String,
    pub changes: u64,
}

impl Arrival {
    /// "Merged 14 changes from police.arising".
    pub fn sentence(&self) -> String {
        let changes = text::counted(usize::try_from(self.changes).unwrap_or(usize::MAX), "change");
        format!("Merged {changes} from {}", text::one_line(&self.source))
    }
}

/// A line of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Happening {
    Change(Box<TrailEntry>),
    Arrival(Arrival),
}

impl Happening {
    pub fn change(&self) -> Option<&TrailEntry> {
        match self {
            Happening::Change(entry) => Some(entry),
            Happening::Arrival(_) => None,
        }
    }
}

/// Each merge at its time among the changes, which stay in the log's order: after the last change that was written by then.
pub fn among(entries: Vec<TrailEntry>, arrivals: Vec<Arrival>) -> Vec<Happening> {
    let place = |arrival: &Arrival| entries.iter().rposition(|entry| entry.at <= arrival.at).map_or(0, |last| last + 1);
    let mut placed: Vec<(usize, Arrival)> = arrivals.into_iter().map(|arrival| (place(&arrival), arrival)).collect();
    placed.sort_by_key(|(place, arrival)| (*place, arrival.at));
    let mut placed = placed.into_iter().peekable();
    let mut all = Vec::with_capacity(entries.len() + placed.len());
    for (at, entry) in entries.into_iter().enumerate() {
        while let Some((_, arrival)) = placed.next_if(|(place, _)| *place <= at) {
            all.push(Happening::Arrival(arrival));
        }
        all.push(Happening::Change(Box::new(entry)));
    }
    all.extend(placed.map(|(_, arrival)| Happening::Arrival(arrival)));
    all
}

#[cfg(test)]
mod tests {
    use super::super::fixture::harbour;
    use super::super::trail;
    use super::*;

    #[test]
    fn a_merge_stands_at_its_time_and_no_change_moves() {
        let mut log = harbour();
        let days = ["2026-11-21", "2026-11-23", "2026-11-22", "2026-11-25"];
        for (day, rating) in days.iter().zip(["Red", "Amber", "Green", "Blue"]) {
            log.today = day.parse().unwrap();
            log.act(&log.rate("7.2", rating)).unwrap();
        }
        let entries = trail::history(&log.batches, trail::Subject::Action(log.action("7.2")));
        let arrival = |at: &str| Arrival {
            at: format!("{at}T18:00:00+00:00").parse().unwrap(),
            author: "J. Lee".into(),
            source: format!("{at}.arising"),
            changes: 1,
        };
        let arrivals = vec![arrival("2026-11-24"), arrival("2026-11-26"), arrival("2020-01-01")];
        let told = among(entries.clone(), arrivals);
        let lines: Vec<String> = told
            .iter()
            .map(|one| match one {
                Happening::Change(entry) => entry.line.to.clone().unwrap_or_default(),
                Happening::Arrival(arrival) => arrival.sentence(),
            })
            .skip_while(|line| line != "Red")
            .collect();
        let merged = |day: &str| format!("Merged 1 change from {day}.arising");
        assert_eq!(lines, ["Red", "Amber", "Green", &merged("2026-11-24"), "Blue", &merged("2026-11-26")]);
        assert_eq!(told.first().unwrap().change(), None, "before everything that is known");
        let changes: Vec<TrailEntry> = told.iter().filter_map(Happening::change).cloned().collect();
        assert_eq!(changes, entries);
    }
}
