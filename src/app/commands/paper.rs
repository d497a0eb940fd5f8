//! A report on the screen: asked for, read, left.

use super::{no_plans, paper_file};
use crate::app::command::{Command, Place, Scope, always};
use crate::app::model::{Effect, Model, Wish, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, Chosen, Item};
use crate::app::screen::paper::{self, Paper};
use crate::app::screen::walk::Scope as Walked;
use crate::app::screen::{self, Screen};
use crate::app::update;
use crate::domain::filter::quoted;
use crate::domain::id::Id;
use crate::domain::query;
use crate::report::{REPORTS, Report};

macro_rules! paper_row {
    ($name:literal, $keys:expr, $label:literal, $help:literal, $place:expr, $run:expr) => {
        Command {
            name: $name,
            keys: $keys,
            scope: Scope::Paper,
            label: $label,
            help: $help,
            place: $place,
            why_not: always,
            run: $run,
        }
    };
}

pub const COMMANDS: &[Command] = &[
    Command {
        name: "report",
        keys: &["x"],
        scope: Scope::Walk,
        label: "reports",
        help: "Shows a report of what is walked: minutes, the plan, what is overdue, one agency's actions, the numbers.",
        place: Place::HelpOnly,
        why_not: no_plans,
        run: choose,
    },
    Command {
        name: "report.in-register",
        keys: &["x"],
        scope: Scope::Plans,
        label: "reports",
        help: "Shows a report of all plans.",
        place: Place::Footer(4),
        why_not: no_plans,
        run: choose,
    },
    Command {
        name: "dashboard",
        keys: &["D"],
        scope: Scope::Walk,
        label: "dashboard",
        help: "Shows the numbers of what is listed: over time, by age, by lead and by subgroup.",
        place: Place::HelpOnly,
        why_not: no_plans,
        run: dashboard,
    },
    Command {
        name: "dashboard.in-register",
        keys: &["D"],
        scope: Scope::Plans,
        label: "dashboard",
        help: "Shows the numbers of all plans: over time, by age, by lead and by subgroup.",
        place: Place::HelpOnly,
        why_not: no_plans,
        run: dashboard,
    },
    paper_row!(
        "paper.write",
        &["w"],
        "write",
        "Writes it to a file: Word, Excel, a page, text.",
        Place::Footer(2),
        |m, _| { paper_file::choose(m) }
    ),
    paper_row!("paper.next", &["n"], "next part", "Goes to the next heading.", Place::Footer(3), |m, _| on_paper(
        m,
        |paper| paper.step_heading(1)
    )),
    paper_row!("paper.previous", &["N"], "part before", "Goes to the heading before.", Place::HelpOnly, |m, _| {
        on_paper(m, |paper| paper.step_heading(-1))
    }),
    paper_row!("paper.down", &["Down", "j"], "down", "Moves down a line.", Place::HelpOnly, |m, _| scroll(m, 1)),
    paper_row!("paper.up", &["Up", "k"], "up", "Moves up a line.", Place::HelpOnly, |m, _| scroll(m, -1)),
    paper_row!("paper.page-down", &["PgDn", "Space"], "page", "Moves down a page.", Place::Footer(2), |m, _| page(
        m, 1
    )),
    paper_row!("paper.page-up", &["PgUp"], "page", "Moves up a page.", Place::HelpOnly, |m, _| page(m, -1)),
    paper_row!("paper.first", &["Home"], "first", "Goes to the beginning.", Place::HelpOnly, |m, _| scroll(
        m,
        isize::MIN
    )),
    paper_row!("paper.last", &["End"], "last", "Goes to the end.", Place::HelpOnly, |m, _| scroll(m, 1_000_000)),
    paper_row!("paper.close", &["Esc"], "back", "Goes back to where you were.", Place::Footer(1), |m, w| {
        m.close(w);
        update::asked_anew(m)
    }),
];

pub fn paper_mut(model: &mut Model) -> Option<&mut Paper> {
    match &mut model.screen {
        Screen::Paper(paper) => Some(paper),
        Screen::Plans(_) | Screen::Walk(_) | Screen::Welcome(_) | Screen::Review(_) | Screen::History(_) => None,
    }
}

fn on_paper(model: &mut Model, act: impl FnOnce(&mut Paper)) -> Vec<Effect> {
    if let Some(paper) = paper_mut(model) {
        act(paper);
    }
    screen::keep_in_view(model);
    Vec::new()
}

fn scroll(model: &mut Model, lines: isize) -> Vec<Effect> {
    on_paper(model, |paper| paper.scroll(lines))
}

fn page(model: &mut Model, pages: isize) -> Vec<Effect> {
    let rows = isize::try_from(paper::rows(model.size)).unwrap_or(1).saturating_sub(2).max(1);
    scroll(model, pages * rows)
}

fn dashboard(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    show(model, "dashboard", world)
}

/// Offers every report there is.
fn choose(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let label = |report: &Report| format!("{}: {}", report.name, report.about);
    let items = REPORTS.iter().map(|report| Item::new(label(report), Chosen::Report(report.name)));
    model.overlays.push(Overlay::Choice(Choice::new("Show which report?", items.collect())));
    Vec::new()
}

/// Shows a report, once it is known whose: an agency's return, where the filter names nobody, asks for the party.
pub fn ask_or_show(model: &mut Model, report: &'static str, world: World<'_>) -> Vec<Effect> {
    let filter = model.screen.walk().map(|walk| walk.filter.to_string()).unwrap_or_default();
    let names_party = ["party:", "lead:", "via:"].iter().any(|term| filter.contains(term));
    if report != AGENCY || names_party {
        return show(model, report, world);
    }
    let counts = query::party_counts(world.register, world.register.visible_actions(), world.today());
    let items = counts.iter().filter(|count| count.actions > 0).map(|count| Item {
        also: world.register.party(count.party).map(|party| party.aliases().join(" ")).unwrap_or_default(),
        note: count.actions.to_string(),
        ..Item::new(count.name.clone(), Chosen::AgencyReport(count.party))
    });
    model.overlays.push(Overlay::Choice(Choice::new("Whose actions?", items.collect())));
    Vec::new()
}

/// Shows what one party has to answer for, of what the screen shows.
pub fn show_agency(model: &Model, party: Id, world: World<'_>) -> Vec<Effect> {
    let mut effects = show(model, AGENCY, world);
    for effect in &mut effects {
        if let Effect::Show(wish) = effect {
            let party = quoted(world.register.party_name(party));
            let both = [wish.filter.as_str(), &format!("party:{party}")].join(" ");
            both.trim().clone_into(&mut wish.filter);
        }
    }
    effects
}

/// The report that is about one party.
const AGENCY: &str = "agency";

/// Asks for a report of what the screen shows: the plan that is walked, and the filter that is on.
pub fn show(model: &Model, report: &'static str, world: World<'_>) -> Vec<Effect> {
    let walk = model.screen.walk();
    let filter = walk.map(|walk| walk.filter.to_string()).unwrap_or_default();
    let takes_filter = Report::named(report).is_some_and(Report::takes_filter);
    let plan = walk.and_then(|walk| match walk.scope {
        Walked::Plan(id) => world.register.plan(id),
        Walked::AllPlans => None,
    });
    let plan = plan.map(|plan| format!("plan:{}", plan.slug())).unwrap_or_default();
    let filter = if takes_filter { format!("{plan} {filter}").trim().to_owned() } else { String::new() };
    vec![Effect::Show(Box::new(Wish { report, filter, options: crate::report::Options::default() }))]
}
