//! The dashboard: figures by plan, over time, by age, by slippage, by lead and by subgroup, and completed actions.

mod ages;
mod closed;
mod levels;
mod parties;
mod slips;
mod time;

use super::Material;
use super::document::{Chart, Document};
use crate::domain::action::Action;
use crate::domain::query::{self, SOON};
use crate::problem::Problem;
use levels::Levels;

/// What every part of the dashboard is computed from.
struct Counted<'a> {
    material: &'a Material<'a>,
    actions: Vec<&'a Action>,
    levels: Levels,
}

pub fn report(material: &Material) -> Result<Document, Problem> {
    let actions = material.actions();
    let levels = Levels::of(material.register, &actions, material.today);
    let counted = Counted { material, actions, levels };
    let mut document = Document::new("Dashboard", material.today);
    if !material.filter.is_empty() {
        document.paragraph(format!("Filter: {}.", material.filter));
    }
    document.heading(1, "By plan");
    document.chart(by_plan(&counted));
    time::add(&mut document, &counted);
    ages::add(&mut document, &counted);
    slips::add(&mut document, &counted);
    parties::add(&mut document, &counted);
    closed::add(&mut document, &counted);
    Ok(document)
}

/// One line for each plan, and a total if there are several.
fn by_plan(counted: &Counted) -> Chart {
    let Counted { material, actions, levels } = counted;
    let mut chart = levels.chart("Actions by plan and rating", "Plan", &["Overdue", "Due in 30 days"]);
    let mut plans = 0;
    for plan in material.register.visible_plans() {
        let own: Vec<&Action> = actions.iter().copied().filter(|action| action.plan == plan.id).collect();
        if !own.is_empty() {
            plans += 1;
            levels.add_row(&mut chart, material.register, plan.title(), &own, &late_and_soon(material, &own));
        }
    }
    if plans != 1 {
        levels.add_row(&mut chart, material.register, "All plans", actions, &late_and_soon(material, actions));
    }
    chart
}

/// How many are overdue, and how many due within 30 days.
fn late_and_soon(material: &Material, actions: &[&Action]) -> [usize; 2] {
    let (register, today) = (material.register, material.today);
    let count = |is_it: &dyn Fn(&Action) -> bool| actions.iter().filter(|action| is_it(action)).count();
    let late = count(&|action| query::is_overdue(register, action, today));
    [late, count(&|action| query::is_due_within(register, action, today, SOON))]
}
