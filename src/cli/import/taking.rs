//! `--take` and `--keep`: the answers to what a document leaves open, given on the command line.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::desk::Desk;
use crate::domain::draft::Draft;
use crate::domain::mend;
use crate::domain::reconcile::{Difference, DifferenceKey, Query, Reconciled};
use crate::intake::{self, Incoming};
use crate::problem::Problem;

/// Everything at once.
const ALL: &str = "all";

/// A document on its way in, with what the user decided about it.
pub struct Taking<'a> {
    pub desk: &'a Desk,
    pub draft: &'a mut Draft,
    pub slug: &'a str,
    pub today: NaiveDate,
    pub decided: BTreeMap<DifferenceKey, bool>,
}

impl Taking<'_> {
    /// Applies `--take`, in the order given, then `--keep`.
    pub fn apply(&mut self, take: &[String], keep: &[String]) -> Result<(), Problem> {
        take.iter().try_for_each(|named| if named == ALL { self.take_all() } else { self.take(named) })?;
        keep.iter().try_for_each(|named| self.keep(named))
    }

    fn found(&self) -> Result<Reconciled, Problem> {
        intake::preview(self.desk, Incoming { draft: self.draft, slug: self.slug, decided: &self.decided })
    }

    fn take_all(&mut self) -> Result<(), Problem> {
        for query in self.found()?.queries {
            if let Some(only) = query.suggestion() {
                mend::answer(self.draft, &query, &only.value, self.today)?;
            }
        }
        let all = self.found()?.differs;
        self.decided.extend(all.iter().map(|difference| (difference.key(), true)));
        Ok(())
    }

    fn take(&mut self, named: &str) -> Result<(), Problem> {
        let (name, value) = named.split_once('=').map_or((named, None), |(name, value)| (name, Some(value.trim())));
        let found = self.found()?;
        let mut lines: Vec<&Difference> = found.differs.iter().filter(|line| is_called(line, name, value)).collect();
        // What is imported anyway needs no word.
        if lines.iter().any(|line| !line.is_taken) {
            lines.retain(|line| !line.is_taken);
        }
        match (lines.as_slice(), found.queries.iter().find(|query| names(query, name))) {
            ([line], _) => {
                self.decided.insert(line.key(), true);
                Ok(())
            }
            ([_, _, ..], _) => Err(several(name, &lines)),
            ([], Some(query)) => {
                let value = value.or(query.suggestion().map(|only| only.value.as_str()));
                let value = value.ok_or_else(|| unanswered(query))?;
                mend::answer(self.draft, query, value, self.today).map(|_| ())
            }
            ([], None) => Err(unknown(named)),
        }
    }

    fn keep(&mut self, named: &str) -> Result<(), Problem> {
        let found = self.found()?;
        let lines: Vec<&Difference> =
            found.differs.iter().filter(|line| named == ALL || is_called(line, named, None)).collect();
        let queries: Vec<&Query> = found.queries.iter().filter(|query| named == ALL || names(query, named)).collect();
        if lines.is_empty() && queries.is_empty() && named != ALL {
            return Err(unknown(named));
        }
        self.decided.extend(lines.iter().map(|line| (line.key(), false)));
        for query in queries {
            mend::leave_out(self.draft, query);
        }
        Ok(())
    }
}

/// Whether a difference is "7.2.rating", and says so where a value is given.
fn is_called(line: &Difference, name: &str, value: Option<&str>) -> bool {
    let short = line.reference.rsplit_once(':').map_or(line.reference.as_str(), |(_, short)| short);
    let is_named = [line.reference.as_str(), short]
        .iter()
        .any(|reference| name.eq_ignore_ascii_case(&format!("{reference}.{}", line.field)));
    is_named && value.is_none_or(|value| value.eq_ignore_ascii_case(line.document.trim()))
}

fn names(query: &Query, name: &str) -> bool {
    name.eq_ignore_ascii_case(&query.name()) || name.eq_ignore_ascii_case(&format!("{}.{}", query.place, query.field))
}

const NOT: &str = "Nothing was imported";

fn unknown(named: &str) -> Problem {
    let hint = "`arising import FILE --dry-run` lists what can be taken, as in --take 7.2.rating.";
    Problem::new(NOT, format!("nothing in this document is called {named}"), hint)
}

fn several(name: &str, lines: &[&Difference]) -> Problem {
    let values: Vec<String> = lines.iter().map(|line| format!("--take '{name}={}'", line.document)).collect();
    Problem::new(NOT, format!("{name} has {} answers", lines.len()), format!("Say which: {}.", values.join(" or ")))
}

fn unanswered(query: &Query) -> Problem {
    let values: Vec<&str> = query.offers.iter().map(|offer| offer.value.as_str()).collect();
    let values = if values.is_empty() { "VALUE".into() } else { values.join(", ") };
    let hint = format!("Say which is meant, as in --take '{}=…': {values}.", query.name());
    Problem::new(NOT, query.why.clone(), hint)
}
