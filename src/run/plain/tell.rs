//! What a screen shows, in lines.

use super::document;
use crate::app::message::World;
use crate::app::screen::Screen;
use crate::app::screen::history::History;
use crate::app::screen::marks::Mark;
use crate::app::screen::plans::Plans;
use crate::app::screen::review::{Review, ReviewLine};
use crate::app::screen::walk::Walk;
use crate::domain::action::Action;
use crate::domain::arrival::Happening;
use crate::domain::challenge;
use crate::domain::chase;
use crate::domain::date_words;
use crate::domain::describe::sentence;
use crate::domain::flag::Flag;
use crate::domain::id::Id;
use crate::domain::meeting::Meeting;
use crate::domain::progress::Entry;
use crate::domain::query::{self, Tally};
use crate::domain::recurring;
use crate::domain::timing;
use crate::run::stage::Stage;
use crate::text::{self, counted};

/// The last line of what is read over the list.
const RETURNS: &str = "“back” returns to the list.";

/// How many changes of a history are told.
const CHANGES: usize = 20;

/// What stands for the screen, to tell one from another, and its lines.
pub fn screen(stage: &Stage) -> (String, Vec<String>) {
    let world = stage.world();
    match &stage.model.screen {
        Screen::Welcome(_) => ("welcome".into(), welcome()),
        Screen::Plans(plans) => ("plans".into(), self::plans(plans, world)),
        Screen::Walk(walk) => {
            let here = walk.action().map(|id| id.to_string()).unwrap_or_default();
            (format!("walk {here} {} {}", walk.filter, walk.shown()), self::walk(walk, stage))
        }
        Screen::Review(review) => (format!("review {} {}", review.cursor, review.doubts()), self::review(review)),
        Screen::Paper(paper) => {
            let lines = document::lines(&paper.document).into_iter().chain([RETURNS.to_owned()]);
            (format!("paper {}", paper.document.title), lines.collect())
        }
        Screen::History(history) => {
            (format!("history {:?} {}", history.subject, history.rows.len()), self::history(history))
        }
    }
}

/// The actions of the list, a line each.
pub fn list(stage: &Stage) -> Vec<String> {
    let world = stage.world();
    match &stage.model.screen {
        Screen::Walk(walk) => {
            let ids = walk.rows.iter().filter_map(crate::app::screen::rows::WalkRow::action);
            let mark = |action: &Action| if walk.mark_of(action.id) == Mark::Set { "Marked: " } else { "" };
            let actions = ids.filter_map(|id| world.register.action(id));
            actions.map(|action| format!("{}{}", mark(action), brief(action, world))).collect()
        }
        Screen::Welcome(_) | Screen::Plans(_) | Screen::Review(_) | Screen::Paper(_) | Screen::History(_) => {
            screen(stage).1
        }
    }
}

/// The action of that number in the list.
pub fn action_called(stage: &Stage, reference: &str) -> Option<Id> {
    let walk = stage.model.screen.walk()?;
    let register = stage.world().register;
    let all = register.visible_actions().filter(|action| register.reference(action).eq_ignore_ascii_case(reference));
    let all: Vec<Id> = all.map(|action| action.id).collect();
    let is_listed = |id: &Id| walk.rows.iter().any(|row| row.action() == Some(*id));
    all.iter().copied().find(is_listed).or_else(|| all.first().copied())
}

fn welcome() -> Vec<String> {
    let words = [
        "There is no plan in this register yet.",
        "1. Try the demo: a fictional plan in a private copy; nothing is kept.",
        "2. Import a plan from a document.",
        "3. Start empty.",
    ];
    words.map(str::to_owned).to_vec()
}

fn plans(plans: &Plans, world: World<'_>) -> Vec<String> {
    let line = |(at, line): (usize, &crate::app::screen::plans::PlanLine)| {
        let title = world.register.plan(line.plan).map_or("", |plan| plan.title());
        format!("{}. {title}: {}", at + 1, tally(&line.tally))
    };
    let head = format!("{} in the register. A number opens one.", counted(plans.lines.len(), "plan"));
    std::iter::once(head).chain(plans.lines.iter().enumerate().map(line)).collect()
}

/// "24 actions, 2 Red, 8 Amber, 6 not rated, 5 overdue".
fn tally(tally: &Tally) -> String {
    let levels = tally.by_level.iter().map(|(level, count)| (*count, level.word.clone()));
    let others = [(tally.not_rated, "not rated"), (tally.overdue, "overdue"), (tally.closed, "closed")];
    let counts = levels.chain(others.map(|(count, word)| (count, word.to_owned())));
    let counts = counts.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}"));
    std::iter::once(counted(tally.actions, "action")).chain(counts).collect::<Vec<_>>().join(", ")
}

fn walk(walk: &Walk, stage: &Stage) -> Vec<String> {
    let world = stage.world();
    let filter = (!walk.filter.is_empty())
        .then(|| format!("Shown: {}, {} of {}.", walk.filter, walk.shown(), walk.tally.actions));
    let Some(action) = walk.action().and_then(|id| world.register.action(id)) else {
        let none = if walk.shown() == 0 { "No action is listed.".into() } else { tally(&walk.tally) };
        return filter.into_iter().chain([none]).collect();
    };
    let mut lines: Vec<String> = filter.into_iter().collect();
    lines.push(place(action, walk, world));
    lines.push(action.text().to_owned());
    lines.extend(facts(action, world));
    lines
}

/// "2.1. Amber. 3 of 24. Item 1 of 2 on the agenda."
fn place(action: &Action, walk: &Walk, world: World<'_>) -> String {
    let item = world.register.open_meeting().and_then(|meeting| {
        let place = meeting.place_of(action.id)?;
        let done = if meeting.is_dealt_with(action.id) { ", dealt with" } else { "" };
        let slot = meeting.slot(action.id).map(|slot| format!(", {}", timing::slot_words(slot))).unwrap_or_default();
        let elapsed = meeting.elapsed(world.env.now.naive_local()).filter(|minutes| *minutes > 0);
        let elapsed = elapsed.map(|minutes| format!(" The meeting has lasted {}.", timing::minutes_words(minutes)));
        let (count, elapsed) = (meeting.items().len(), elapsed.unwrap_or_default());
        Some(format!(" Item {place} of {count} on the agenda{slot}{done}.{elapsed}"))
    });
    let place = format!("{} of {}.", walk.place(), walk.shown());
    let mark = if walk.mark_of(action.id) == Mark::Set { " Marked." } else { "" };
    let item = item.unwrap_or_default();
    format!("{}. {}. {place}{item}{mark}", world.register.reference(action), text::capital(sentence::state(action)))
}

fn brief(action: &Action, world: World<'_>) -> String {
    let overdue = if query::is_overdue(world.register, action, world.today()) { ", overdue" } else { "" };
    let words = text::flat(action.text());
    format!(
        "{}, {}{overdue}, {}: {words}",
        world.register.reference(action),
        text::capital(sentence::state(action)),
        leads(action, world)
    )
}

fn leads(action: &Action, world: World<'_>) -> String {
    let names: Vec<&str> = action.leads().iter().map(|lead| world.register.party_name(lead.party)).collect();
    if names.is_empty() { "no lead".into() } else { names.join(" and ") }
}

/// Everything else about an action, a line each.
fn facts(action: &Action, world: World<'_>) -> Vec<String> {
    let register = world.register;
    let mut lines = vec![format!("Lead: {}.", leads(action, world))];
    let via: Vec<&str> = action.via().iter().map(|lead| register.party_name(lead.party)).collect();
    lines.extend((!via.is_empty()).then(|| format!("Overseen by {}.", via.join(", "))));
    lines.push(format!("Target: {}.", target(action, world)));
    lines
        .extend(action.extension().map(|asked| format!("Extension asked for: {}{}.", asked.wanted(), asked.because())));
    lines.extend(chase::asked_words(register, action).map(|asked| text::capital(&asked) + "."));
    lines.extend(sentence::closure(action));
    let at = Some(action.evidence_at()).filter(|at| !at.is_empty());
    lines.extend(at.map(|at| format!("The evidence is at {at}.")));
    lines.extend(recurring::words(register, action).iter().map(|words| text::capital(words) + "."));
    lines.extend(register.open_meeting().into_iter().flat_map(|meeting| minutes(meeting, action.id)));
    lines.extend(action.newest_first().into_iter().take(2).map(progress));
    let rec = action.recommendation.and_then(|id| register.recommendation(id));
    lines.extend(rec.map(|rec| format!("Recommendation {}: {}", rec.number(), rec.text())));
    lines.extend(action.flags().iter().map(doubt));
    let challenges = challenge::challenges(register, action, world.today());
    lines.extend(challenges.into_iter().map(|challenge| format!("Challenge: {challenge}")));
    lines
}

fn target(action: &Action, world: World<'_>) -> String {
    let dates: Vec<&str> = action.targets().iter().map(|target| target.raw.as_str()).collect();
    let dates = if dates.is_empty() { "none stated".to_owned() } else { dates.join(" and ") };
    let moved = query::slips(action).map(|moved| format!(", {moved}")).unwrap_or_default();
    let late = action.due().filter(|_| query::is_overdue(world.register, action, world.today()));
    let late = late.map(|due| format!(", overdue by {}", query::late_by(due, world.today()))).unwrap_or_default();
    format!("{dates}{moved}{late}")
}

fn minutes(meeting: &Meeting, action: Id) -> Vec<String> {
    meeting.minutes_of(action).map(|minute| format!("In this meeting: {}", sentence::minuted(&minute.said))).collect()
}

fn progress(entry: &Entry) -> String {
    format!("Progress, {}: {}", entry.said_by(), entry.said.text)
}

fn doubt(flag: &Flag) -> String {
    let perhaps = flag.suggested().map(|words| format!(" Perhaps: {words}")).unwrap_or_default();
    format!("In doubt, {}: {}.{perhaps}", flag.field, flag.why)
}

/// A document under review: what was read, and the selected doubt.
fn review(review: &Review) -> Vec<String> {
    let draft = review.draft();
    let count = draft.all_actions().count();
    let mut lines = vec![format!(
        "{}: {}, {}. Nothing is written yet. review.accept-all imports it with every suggestion, review.take-in as it is, \
         review.close leaves it.",
        draft.title,
        counted(count, "action"),
        counted(review.doubts(), "doubt")
    )];
    lines.extend(match review.item() {
        Some(ReviewLine::Doubt(at)) => {
            let reference = review.reference_of(at.at);
            review.flag(*at).map(|flag| format!("{reference} {}", doubt(flag)))
        }
        Some(ReviewLine::Difference(at)) => review.difference(*at).map(|difference| {
            format!(
                "{} Changed in the document, {}: {} here, {} there.",
                difference.reference, difference.field, difference.here, difference.document
            )
        }),
        Some(_) | None => None,
    });
    lines
}

/// The changes shown, newest first.
fn history(history: &History) -> Vec<String> {
    let line = |happening: &Happening| match happening {
        Happening::Change(entry) => {
            let at = entry.at.format("%H:%M");
            format!("{} {at}, {}: {}", date_words::day(entry.at.date_naive()), entry.author, entry.line.sentence)
        }
        Happening::Arrival(arrival) => arrival.sentence(),
    };
    let from = history.cursor;
    let lines = (from..history.rows.len()).filter_map(|row| history.row(row)).take(CHANGES).map(line);
    let more = history.rows.len().saturating_sub(from + CHANGES);
    let head = format!("{}, newest first.", counted(history.rows.len(), "change"));
    let rest = (more > 0).then(|| format!("{more} more; history.page-down goes on."));
    std::iter::once(head).chain(lines).chain(rest).chain([RETURNS.to_owned()]).collect()
}
