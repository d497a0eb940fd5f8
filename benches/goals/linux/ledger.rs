//! What was measured, and the table that sets it beside the goals and the committed figures.

use std::collections::HashMap;

/// Key, row, what, committed figure (or `-`), goal (or `-`), unit.
const FIGURES: &str = include_str!("../figures.tsv");

#[derive(Default)]
pub struct Ledger {
    found: HashMap<String, Found>,
    failed: Vec<String>,
}

enum Found {
    Figure { now: f64, from: String },
    Skipped(String),
}

impl Ledger {
    /// A figure, and what it was made from.
    pub fn tell(&mut self, key: &str, now: f64, from: String) {
        // A sitting that is stopped has told what it knew.
        eprintln!("  {key}: {} ({from})", short(now));
        self.note(key, Found::Figure { now, from });
    }

    /// A ratio of two figures of the same sitting.
    pub fn ratio(&mut self, key: &str, (figure, base): (f64, f64), unit: &str) {
        self.tell(key, figure / base, format!("{} ÷ {} {unit}", short(figure), short(base)));
    }

    pub fn skip(&mut self, key: &str, why: &str) {
        self.note(key, Found::Skipped(why.to_owned()));
    }

    /// A row that could not be measured.
    pub fn fail(&mut self, row: &str) {
        self.failed.push(row.to_owned());
    }

    /// A figure measured before.
    pub fn figure(&self, key: &str) -> Option<f64> {
        match self.found.get(key)? {
            Found::Figure { now, .. } => Some(*now),
            Found::Skipped(_) => None,
        }
    }

    fn note(&mut self, key: &str, found: Found) {
        assert!(FIGURES.lines().any(|line| line.split('\t').next() == Some(key)), "{key} is not in figures.tsv");
        self.found.insert(key.to_owned(), found);
    }

    pub fn print(&self, markdown: bool) {
        let head = ["#", "what", "now", "28 November", "now ÷ then", "goal", "verdict", "measured"];
        let lines = FIGURES.lines().filter(|line| !line.starts_with('#')).filter_map(|line| self.line(line));
        let table: Vec<[String; 8]> = std::iter::once(head.map(str::to_owned)).chain(lines).collect();
        println!();
        if markdown {
            as_markdown(&table);
        } else {
            as_text(&table);
        }
        let count = |verdict: &str| table.iter().filter(|row| row[6] == verdict).count();
        println!("\n{} met, {} missed", count("met"), count("MISSED"));
        self.failed.iter().for_each(|row| println!("row {row}: not measured, the reason is above the table"));
    }

    /// A line of the table; none where its size or its row was left out.
    fn line(&self, line: &str) -> Option<[String; 8]> {
        let [key, row, what, then, goal, unit] = line.split('\t').collect::<Vec<_>>().try_into().expect("six fields");
        let with_unit = |figure: &str| if figure == "-" { "–".into() } else { format!("{figure} {unit}") };
        let (now, ratio, verdict, from) = match self.found.get(key)? {
            Found::Skipped(why) => ("–".into(), "–".into(), "skipped".into(), why.clone()),
            Found::Figure { now, from } => {
                let ratio = then.parse::<f64>().map_or("–".into(), |then| short(now / then));
                (with_unit(&short(*now)), ratio, verdict(*now, goal).into(), from.clone())
            }
        };
        let goal = if goal == "-" { "–".into() } else { format!("≤ {goal} {unit}") };
        Some([row.into(), what.into(), now, with_unit(then), ratio, goal, verdict, from])
    }
}

fn verdict(now: f64, goal: &str) -> &'static str {
    match goal.parse::<f64>() {
        Err(_) => "told",
        Ok(goal) if now <= goal => "met",
        Ok(_) => "MISSED",
    }
}

fn as_markdown(table: &[[String; 8]]) {
    for (at, row) in table.iter().enumerate() {
        println!("| {} |", row.join(" | "));
        if at == 0 {
            println!("|{}", "---|".repeat(row.len()));
        }
    }
}

fn as_text(table: &[[String; 8]]) {
    let wide = |column: usize| table.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..8).map(wide).collect();
    for row in table {
        let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, wide)| format!("{cell:<wide$}")).collect();
        println!("{}", cells.join("  ").trim_end());
    }
}

/// Three digits or so.
pub fn short(figure: f64) -> String {
    match figure.abs() {
        size if size >= 100.0 => format!("{figure:.0}"),
        size if size >= 10.0 => format!("{figure:.1}"),
        _ => format!("{figure:.2}"),
    }
}

pub fn median(samples: &[f64]) -> f64 {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() / 2).copied().unwrap_or(f64::NAN)
}

pub fn greatest(samples: &[f64]) -> f64 {
    samples.iter().copied().fold(f64::NAN, f64::max)
}
