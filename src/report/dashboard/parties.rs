//! By lead and by subgroup: the number of actions, their ratings and how many are overdue.

use super::super::document::Document;
use super::Counted;
use crate::domain::action::Action;
use crate::domain::party::PartyKind;
use crate::domain::query;

pub fn add(document: &mut Document, counted: &Counted) {
    by_kind(document, counted, "By lead", &[PartyKind::Agency, PartyKind::Post, PartyKind::Everyone]);
    by_kind(document, counted, "By subgroup", &[PartyKind::Subgroup]);
}

/// A row for each party of these kinds, most actions first. "For all" counts the actions for all agencies.
fn by_kind(document: &mut Document, counted: &Counted, title: &str, kinds: &[PartyKind]) {
    let (register, today) = (counted.material.register, counted.material.today);
    let counts = query::party_counts(register, counted.actions.iter().copied(), today);
    let shown: Vec<_> = counts.into_iter().filter(|one| kinds.contains(&one.kind) && one.actions > 0).collect();
    let further: &[&str] = if shown.iter().any(|one| one.for_all > 0) { &["Overdue", "For all"] } else { &["Overdue"] };
    let mut chart = counted.levels.chart(title, "Agency", further);
    for one in &shown {
        let is_own = |action: &&Action| query::concerns(register, action, one.party);
        let own: Vec<&Action> = counted.actions.iter().copied().filter(is_own).collect();
        let numbers = [one.overdue, one.for_all];
        counted.levels.add_row(&mut chart, register, &one.name, &own, numbers.get(..further.len()).unwrap_or(&[]));
    }
    if !shown.is_empty() {
        document.heading(1, title);
        document.chart(chart);
    }
}
