//! What the rows of a recommendation say of it besides its text, such as its intended outcome.

use super::cells;
use crate::domain::draft::{Draft, DraftRecommendation};
use crate::domain::particular::{Nature, Particular, Particulars};
use crate::import::tables::columns::Column;
use crate::import::tables::gather::Gathered;
use crate::import::words::clean;
use crate::import::words::roles::Role;

/// What the row says of each particular of its recommendation.
pub fn of(row: &Gathered) -> Particulars {
    let mut particulars = Particulars::default();
    for particular in Particular::ALL.iter().copied() {
        particulars.put(particular, &clean::lines(&row.text(Role::Particular(particular))));
    }
    particulars
}

/// Adds what a further row of the recommendation says of it in other words: each action may have its own measure of success.
pub fn add(recommendation: &mut DraftRecommendation, row: &Gathered) {
    for (particular, more) in of(row).stated() {
        let own = recommendation.particulars.get(particular).to_owned();
        recommendation.particulars.put(particular, &with(&own, more, joint(particular)));
    }
    for cell in cells::raw(row, |column| role(column).is_some()) {
        match recommendation.raw.iter_mut().find(|own| own.column == cell.column) {
            Some(own) => own.text = with(&own.text, &cell.text, "\n"),
            None => recommendation.raw.push(cell),
        }
    }
}

/// What to say where rows say what only a recommendation has, and the plan has none.
pub fn homeless(draft: &Draft, rows: &[Gathered]) -> Option<String> {
    let parts = || rows.iter().flat_map(|row| &row.parts).filter(|part| part.is_filled());
    let name = parts().find(|part| role(&part.column).is_some()).map(|part| clean::line(&part.column.name))?;
    draft
        .recommendations
        .is_empty()
        .then(|| format!("“{name}” says something of recommendations, of which the plan has none, and is not used"))
}

fn role(column: &Column) -> Option<Particular> {
    Particular::ALL.iter().copied().find(|particular| column.roles.contains(&Role::Particular(*particular)))
}

/// What stands between two texts of one particular: lines of prose, or words in a narrow column.
fn joint(particular: Particular) -> &'static str {
    match particular.nature() {
        Nature::Prose => "\n",
        Nature::Term => "; ",
    }
}

/// Both texts; the first alone where it has the second already.
fn with(own: &str, more: &str, joint: &str) -> String {
    let within = |text: &str| format!("{joint}{text}{joint}");
    match own {
        "" => more.to_owned(),
        _ if within(own).contains(&within(more)) => own.to_owned(),
        _ => format!("{own}{joint}{more}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn different_texts_are_kept_once_each() {
        let whole = ["90% of staff trained", "Tool in use", "90% of staff trained", "90%"];
        let whole = whole.into_iter().fold("Tool in use".to_owned(), |own, more| with(&own, more, "\n"));
        assert_eq!(whole, "Tool in use\n90% of staff trained\n90%");
    }
}
