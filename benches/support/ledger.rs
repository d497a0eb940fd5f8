//! The times measured by criterion, kept for the table of ratios at the end.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode};

/// Milliseconds per call, one figure per sample, by name.
#[derive(Default)]
pub struct Ledger {
    samples: HashMap<String, Vec<f64>>,
}

impl Ledger {
    /// Measures a repeatable operation.
    pub fn time(&mut self, criterion: &mut Criterion, name: &str, mut work: impl FnMut()) {
        let samples = self.samples.entry(name.to_owned()).or_default();
        let mut group = criterion.benchmark_group("screen");
        // As few calls as possible: opening a huge register takes a second.
        group.sampling_mode(SamplingMode::Flat).bench_function(name, |bencher| {
            bencher.iter_custom(|calls| {
                let begun = Instant::now();
                (0..calls).for_each(|_| work());
                let taken = begun.elapsed();
                samples.push(per_call(taken, calls));
                taken
            });
        });
    }

    /// The median in milliseconds; NaN if nothing was measured.
    pub fn median(&self, name: &str) -> f64 {
        let mut samples = self.samples.get(name).cloned().unwrap_or_default();
        samples.sort_by(f64::total_cmp);
        samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// One line of the table: the ratio of `name` to `base`, and its goal.
    pub fn ratio(&self, row: &str, name: &str, base: &str, goal: Goal) {
        let (taken, base_taken) = (self.median(name), self.median(base));
        goal.print(
            &format!("{row}: {name} ÷ {base}"),
            taken / base_taken,
            &format!("{taken:.3} ms ÷ {base_taken:.3} ms"),
        );
    }

    /// Row 8: two changes and a cursor key, compared with as many cursor keys and two bare commits.
    pub fn saved(&self, row: &str, size: &str, goal: Goal) {
        let taken = self.median(&format!("saved change at {size}, two with the cursor"));
        let base = self.median(&format!("cursor at {size}")) * 3.0 + self.median("bare commit") * 2.0;
        let what = format!("{row}: saved change at {size} ÷ cursor and bare commit");
        goal.print(&what, taken / base, &format!("{taken:.3} ms ÷ {base:.3} ms"));
    }

    /// One line of the table for an absolute time in milliseconds.
    pub fn absolute(&self, row: &str, name: &str, goal: Goal) {
        goal.print(&format!("{row}: {name}, ms"), self.median(name), "");
    }
}

/// The limit for a figure, and the target.
#[derive(Clone, Copy, Debug)]
pub struct Goal {
    pub must: f64,
    pub aim: f64,
}

impl Goal {
    fn print(self, what: &str, figure: f64, remark: &str) {
        let verdict = match figure {
            figure if figure <= self.aim => "meets the target",
            figure if figure <= self.must => "within the limit",
            _ => "TOO SLOW",
        };
        println!("{what:<64} {figure:>7.2}  (limit {}, target {}): {verdict}  {remark}", self.must, self.aim);
    }
}

fn per_call(taken: Duration, calls: u64) -> f64 {
    taken.as_secs_f64() * 1e3 / f64::from(u32::try_from(calls).unwrap_or(u32::MAX))
}
