//! A report on the screen: requesting, reading and closing it.

pub mod chasing;
pub mod file;

use crate::app::command::{self, Command, Footer};
use crate::app::commands::no_plans;
use crate::app::message::{Effect, ReportRequest, Route, World};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::scope::Scope;
use crate::app::screen::paper::{self, Paper};
use crate::domain::filter::quoted;
use crate::domain::id::Id;
use crate::domain::meeting::Meeting;
use crate::domain::party::PartyKind;
use crate::domain::query;
use crate::domain::register::Register;
use crate::report::{REPORTS, Readers, Report};

const ROW: Command = Command { scopes: &[Scope::Paper], ..command::ROW };

pub const COMMANDS: &[Command] = &[
    Command {
        name: "report",
        keys: &["x"],
        scopes: &[Scope::Walk, Scope::Plans],
        label: "reports",
        help: "Show a report on what is listed: minutes, the plan, overdue actions, one agency's actions, the dashboard.",
        also: "print export word excel document pack exceptions agenda",
        footer: Footer::Rank(6),
        why_not: no_plans,
        run: choose,
        ..ROW
    },
    Command {
        name: "dashboard",
        keys: &["D"],
        scopes: &[Scope::Walk, Scope::Plans],
        label: "dashboard",
        help: "Show the dashboard for what is listed: ratings over time, by age, by lead and by subgroup.",
        also: "chart figures numbers summary",
        why_not: no_plans,
        run: dashboard,
        ..ROW
    },
    Command {
        name: "paper.write",
        keys: &["w"],
        label: "save",
        help: "Save the report to a file: Word, Excel, web page or text.",
        footer: Footer::Rank(2),
        run: |m, _| file::choose(m),
        ..ROW
    },
    Command {
        name: "paper.open",
        keys: &["o"],
        label: "open file",
        help: "Open the file that was saved last in its own program.",
        why_not: nothing_saved,
        run: |m, _| open(m, Part::Itself),
        ..ROW
    },
    Command {
        name: "paper.folder",
        keys: &["O"],
        label: "open folder",
        help: "Open the folder of the file that was saved last.",
        why_not: nothing_saved,
        run: |m, _| open(m, Part::Folder),
        ..ROW
    },
    Command {
        name: "saved.open",
        keys: &["Ctrl-O"],
        scopes: &[Scope::Walk, Scope::Plans],
        label: "open what was saved",
        help: "Open the file or the folder of mail that was saved last in its own program.",
        why_not: nothing_saved,
        run: |m, _| open(m, Part::Itself),
        ..ROW
    },
    Command {
        name: "paper.next",
        keys: &["n"],
        label: "next section",
        help: "Go to the next section.",
        footer: Footer::Rank(3),
        run: |m, _| on_paper(m, |paper| paper.step_heading(1)),
        ..ROW
    },
    Command {
        name: "paper.previous",
        keys: &["N"],
        label: "previous section",
        help: "Go to the previous section.",
        run: |m, _| on_paper(m, |paper| paper.step_heading(-1)),
        ..ROW
    },
    Command {
        name: "paper.down",
        keys: &["Down", "j"],
        label: "down",
        help: "Move down a line.",
        run: |m, _| scroll(m, 1),
        ..ROW
    },
    Command {
        name: "paper.up",
        keys: &["Up", "k"],
        label: "up",
        help: "Move up a line.",
        run: |m, _| scroll(m, -1),
        ..ROW
    },
    Command {
        name: "paper.page-down",
        keys: &["PgDn", "Space"],
        label: "page",
        help: "Move down a page.",
        footer: Footer::Rank(2),
        run: |m, _| page(m, 1),
        ..ROW
    },
    Command {
        name: "paper.page-up",
        keys: &["PgUp"],
        label: "page",
        help: "Move up a page.",
        run: |m, _| page(m, -1),
        ..ROW
    },
    Command {
        name: "paper.first",
        keys: &["Home"],
        label: "first",
        help: "Go to the beginning.",
        run: |m, _| scroll(m, isize::MIN),
        ..ROW
    },
    Command {
        name: "paper.last",
        keys: &["End"],
        label: "last",
        help: "Go to the end.",
        run: |m, _| scroll(m, 1_000_000),
        ..ROW
    },
    Command {
        name: "paper.close",
        keys: &["Esc"],
        label: "back",
        help: "Go back to where you were.",
        footer: Footer::Rank(1),
        run: |m, w| {
            m.close(w);
            m.asked_again()
        },
        ..ROW
    },
];

/// What of a file is opened.
#[derive(Clone, Copy)]
enum Part {
    Itself,
    Folder,
}

fn nothing_saved(model: &Model, _: World<'_>) -> Option<String> {
    let key = model.keymap.key_of("paper.write");
    model.written.is_none().then(|| format!("Nothing has been saved yet; in a report, {key} saves it"))
}

fn open(model: &Model, part: Part) -> Vec<Effect> {
    let Some(path) = &model.written else { return Vec::new() };
    let folder = path.rfind(['/', '\\']).and_then(|at| path.get(..at.max(1)));
    let opened = match part {
        Part::Itself => path.as_str(),
        Part::Folder => folder.unwrap_or(path),
    };
    vec![Effect::Open(opened.to_owned())]
}

fn on_paper(model: &mut Model, act: impl FnOnce(&mut Paper)) -> Vec<Effect> {
    if let Some(paper) = model.screen.paper_mut() {
        act(paper);
    }
    model.keep_in_view();
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

/// Offers every report, by what a person gets and what it is for.
fn choose(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let option = |report: &Report| ChoiceOption {
        also: report.name.to_owned(),
        ..ChoiceOption::new(format!("{}: {}", report.title, report.purpose), Chosen::Report(report.name))
    };
    let mail = "Chase the leads: a mail to each about what is late, due or unanswered".to_owned();
    let mail = ChoiceOption::new(mail, Chosen::Command(chasing::CHASE));
    let items = REPORTS.iter().map(option).chain([mail]).collect();
    model.overlays.push(Overlay::Choice(Choice::new("Show which report?", items)));
    Vec::new()
}

/// Shows a report; an agency's return first asks for the party if the filter names none, and a pack whose copy it is.
pub fn ask_or_show(model: &mut Model, report: &'static str, world: World<'_>) -> Vec<Effect> {
    let filter = model.screen.walk().map(|walk| walk.filter.to_string()).unwrap_or_default();
    let names_party = ["party:", "lead:", "via:"].iter().any(|term| filter.contains(term));
    match report {
        AGENCY if !names_party => ask_party(model, world),
        PACK => ask_copy(model),
        _ => return show(model, report, world),
    }
    Vec::new()
}

fn ask_party(model: &mut Model, world: World<'_>) {
    let counts = query::party_counts(world.register, world.register.visible_actions(), world.today());
    let items = counts.iter().filter(|count| count.actions > 0).map(|count| ChoiceOption {
        also: world.register.party(count.party).map(|party| party.aliases().join(" ")).unwrap_or_default(),
        note: count.actions.to_string(),
        ..ChoiceOption::new(count.name.clone(), Chosen::AgencyReport(count.party))
    });
    model.overlays.push(Overlay::Choice(Choice::new("Whose actions?", items.collect())));
}

fn ask_copy(model: &mut Model) {
    let members = "Members’ copy: each item’s position, last decision and changes".to_owned();
    let chair = "Chair’s copy: the same, with what you may want to ask about each item".to_owned();
    let items = vec![
        ChoiceOption::new(members, Chosen::Pack(Readers::Members, None)),
        ChoiceOption::new(chair, Chosen::Pack(Readers::Chair, None)),
    ];
    model.overlays.push(Overlay::Choice(Choice::new("Whose copy of the pack?", items)));
}

/// Shows the pack for the meeting that is open; else for that of a body, which is asked for where it could be several.
pub fn show_pack(model: &mut Model, readers: Readers, body: Option<Id>, world: World<'_>) -> Vec<Effect> {
    let bodies = bodies(world.register);
    if body.is_none() && world.register.open_meeting().is_none() && bodies.len() > 1 {
        let name = |id: &Id| world.register.party_name(*id).to_owned();
        let items = bodies.iter().map(|id| ChoiceOption::new(name(id), Chosen::Pack(readers, Some(*id)))).collect();
        model.overlays.push(Overlay::Choice(Choice::new("For whose meeting?", items)));
        return Vec::new();
    }
    let body = body.or_else(|| bodies.first().copied().filter(|_| world.register.open_meeting().is_none()));
    let mut effects = show(model, PACK, world);
    for effect in &mut effects {
        if let Effect::Show(request) = effect {
            request.options.readers = readers;
            request.options.meeting = body.map(|id| world.register.party_name(id).to_owned()).unwrap_or_default();
        }
    }
    effects
}

/// The bodies that can meet: first those that have met, the latest first, then the other subgroups.
fn bodies(register: &Register) -> Vec<Id> {
    let met = register.visible_meetings().rev().filter_map(Meeting::body);
    let listed = query::listed(register);
    let groups = register.parties.iter().filter(|party| party.kind() == PartyKind::Subgroup).map(|party| party.id);
    let mut found: Vec<Id> = Vec::new();
    for body in met.chain(groups.filter(|id| listed.contains(id))) {
        if !found.contains(&body) {
            found.push(body);
        }
    }
    found
}

/// Shows one party's report on the actions that the screen shows.
pub fn show_agency(model: &Model, party: Id, world: World<'_>) -> Vec<Effect> {
    let mut effects = show(model, AGENCY, world);
    for effect in &mut effects {
        if let Effect::Show(request) = effect {
            let party = quoted(world.register.party_name(party));
            let both = [request.filter.as_str(), &format!("party:{party}")].join(" ");
            both.trim().clone_into(&mut request.filter);
        }
    }
    effects
}

/// The report that is about one party.
pub const AGENCY: &str = "agency";

/// The report that has a copy for the chair.
const PACK: &str = "pack";

/// Requests a report on what the screen shows: the plan being walked and the current filter.
pub fn show(model: &Model, report: &'static str, world: World<'_>) -> Vec<Effect> {
    let walk = model.screen.walk();
    let filter = walk.map(|walk| walk.filter.to_string()).unwrap_or_default();
    let takes_filter = Report::named(report).is_some_and(Report::takes_filter);
    let plan = walk.and_then(|walk| match walk.route {
        Route::Plan(id) => world.register.plan(id),
        Route::AllPlans => None,
    });
    let plan = plan.map(|plan| format!("plan:{}", plan.slug())).unwrap_or_default();
    let filter = if takes_filter { format!("{plan} {filter}").trim().to_owned() } else { String::new() };
    vec![Effect::Show(Box::new(ReportRequest { report, filter, options: crate::report::Options::default() }))]
}
