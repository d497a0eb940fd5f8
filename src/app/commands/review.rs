//! Reviewing a document before it is taken in: accept, correct, leave, split and join, take in.

use super::{cannot_write, columns, mend};
use crate::app::command::{Command, Place, Scope, always};
use crate::app::model::{Effect, Model, World};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, Chosen, Item as Offer};
use crate::app::screen::Screen;
use crate::app::screen::review::Take;
use crate::app::screen::review::{Cut, Item, Review};
use crate::app::screen::walk::Focus;
use crate::domain::mend::{At, Doubt, Place as Where, options};
use crate::domain::split;

macro_rules! review_row {
    ($name:literal, $keys:expr, $label:literal, $help:literal, $place:expr, $why_not:expr, $run:expr) => {
        Command {
            name: $name,
            keys: $keys,
            scope: Scope::Review,
            label: $label,
            help: $help,
            place: $place,
            why_not: $why_not,
            run: $run,
        }
    };
}

pub const COMMANDS: &[Command] = &[
    review_row!(
        "review.accept",
        &["Enter"],
        "accept",
        "Takes what is suggested; where nothing is, opens the line for correcting, or takes the plan as it was read.",
        Place::Footer(0),
        always,
        accept
    ),
    review_row!(
        "review.correct",
        &["e"],
        "correct",
        "Corrects what was understood.",
        Place::Footer(1),
        always,
        |m, w| { mend::open(m, w) }
    ),
    review_row!(
        "review.leave-as-it-is",
        &["x"],
        "as written",
        "Leaves the doubtful words as they are written; of a difference, keeps what stands here.",
        Place::Footer(2),
        nothing_to_leave,
        leave_as_it_is
    ),
    review_row!(
        "review.rows",
        &["s"],
        "split/join",
        "Splits an action into several, or joins it with the one above.",
        Place::Footer(4),
        no_row,
        rows
    ),
    review_row!(
        "review.columns",
        &["c"],
        "columns",
        "Shows what each column of the document was taken for, and changes it.",
        Place::Footer(5),
        columns::none,
        columns::open
    ),
    review_row!(
        "review.accept-all",
        &["A"],
        "accept all",
        "Takes every suggestion, and the document into the register.",
        Place::Footer(3),
        cannot_take_in,
        accept_all
    ),
    review_row!(
        "review.take-in",
        &["t"],
        "take in",
        "Takes the document into the register as it stands; open doubts stay as marks on their actions.",
        Place::Footer(3),
        cannot_take_in,
        take_in
    ),
    review_row!(
        "review.next-doubt",
        &["n"],
        "next doubt",
        "Goes to the next doubt.",
        Place::HelpOnly,
        always,
        |m, _| { go(m, Review::next_doubt) }
    ),
    review_row!("review.down", &["Down", "j"], "down", "Goes down.", Place::HelpOnly, always, |m, _| step(m, 1)),
    review_row!("review.up", &["Up", "k"], "up", "Goes up.", Place::HelpOnly, always, |m, _| step(m, -1)),
    review_row!("review.page-down", &["PgDn"], "page", "Goes a page down.", Place::HelpOnly, always, |m, _| page(m, 1)),
    review_row!("review.page-up", &["PgUp"], "page", "Goes a page up.", Place::HelpOnly, always, |m, _| page(m, -1)),
    review_row!("review.first", &["Home"], "first", "Goes to the first line.", Place::HelpOnly, always, |m, _| {
        go(m, Review::first)
    }),
    review_row!("review.last", &["End"], "last", "Goes to the last line.", Place::HelpOnly, always, |m, _| {
        go(m, |review| review.put(usize::MAX))
    }),
    review_row!(
        "review.detail",
        &["Right", "l", "Tab"],
        "detail",
        "Goes to the words of the document, to scroll them.",
        Place::HelpOnly,
        always,
        |m, _| go(m, |review| review.focus = Focus::Detail)
    ),
    review_row!(
        "review.list",
        &["Left", "h", "BackTab"],
        "list",
        "Goes back to the list.",
        Place::HelpOnly,
        always,
        |m, _| go(m, |review| review.focus = Focus::List)
    ),
    review_row!(
        "review.close",
        &["Esc"],
        "leave",
        "Leaves the document; nothing of it is written.",
        Place::Footer(6),
        always,
        close
    ),
];

pub fn review_mut(model: &mut Model) -> Option<&mut Review> {
    match &mut model.screen {
        Screen::Review(review) => Some(review),
        Screen::Walk(_) | Screen::Plans(_) | Screen::Welcome(_) | Screen::Paper(_) | Screen::History(_) => None,
    }
}

pub fn review(model: &Model) -> Option<&Review> {
    match &model.screen {
        Screen::Review(review) => Some(review),
        Screen::Walk(_) | Screen::Plans(_) | Screen::Welcome(_) | Screen::Paper(_) | Screen::History(_) => None,
    }
}

fn item(model: &Model) -> Option<Item> {
    review(model).and_then(Review::item).copied()
}

fn go(model: &mut Model, how: impl FnOnce(&mut Review)) -> Vec<Effect> {
    if let Some(review) = review_mut(model) {
        how(review);
    }
    crate::app::screen::keep_in_view(model);
    Vec::new()
}

fn step(model: &mut Model, by: i16) -> Vec<Effect> {
    go(model, |review| match review.focus {
        Focus::List => review.step(isize::from(by)),
        Focus::Detail => review.detail_top = review.detail_top.saturating_add_signed(by),
    })
}

fn page(model: &mut Model, by: i16) -> Vec<Effect> {
    let lines = i16::try_from(crate::app::screen::window::page(model)).unwrap_or(i16::MAX);
    step(model, lines.saturating_sub(1).max(1) * by)
}

fn nothing_to_leave(model: &Model, _: World<'_>) -> Option<String> {
    match item(model) {
        Some(Item::Doubt(_) | Item::Difference(_) | Item::LaterVersion(_)) => None,
        Some(_) | None => Some("Nothing is in doubt on this line".into()),
    }
}

/// The action that the line under the cursor is about.
fn place(model: &Model) -> Option<Where> {
    let review = review(model)?;
    match review.about(review.item()?)? {
        At::Action(place) => Some(place),
        At::Plan | At::Recommendation(_) => None,
    }
}

fn no_row(model: &Model, _: World<'_>) -> Option<String> {
    place(model).is_none().then(|| "No action is under the cursor".into())
}

fn cannot_take_in(model: &Model, _: World<'_>) -> Option<String> {
    let review = review(model)?;
    let is_empty = review.draft().all_actions().next().is_none();
    cannot_write(model).or_else(|| is_empty.then(|| "There is no action in this document to take in".into()))
}

fn accept(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    match item(model) {
        Some(Item::Doubt(doubt)) => accept_doubt(model, doubt, world),
        Some(Item::Difference(at)) => decide(model, at, Take::TheOther, world),
        Some(Item::LaterVersion(plan)) => {
            let known = world.register.plan(plan).map(|plan| plan.slug().to_owned());
            if let (Some(slug), Some(review)) = (known, review_mut(model)) {
                let title = review.draft().title.clone();
                review.call(&title, &slug, world);
                model.say(format!("Compared with {slug}: see what differs"));
            }
            Vec::new()
        }
        Some(Item::Gone(_)) => {
            model.say("It stays in the register; if it is no longer to be done, close it in the walk");
            Vec::new()
        }
        Some(Item::Plan | Item::Level(_) | Item::Row(_)) => mend::open(model, world),
        Some(Item::Gap | Item::Heading(..)) | None => Vec::new(),
    }
}

fn accept_doubt(model: &mut Model, doubt: Doubt, world: World<'_>) -> Vec<Effect> {
    let Some(flag) = review(model).and_then(|review| review.flag(doubt)) else { return Vec::new() };
    if split::offers(flag) {
        return rows(model, world);
    }
    let offered = options(flag);
    match offered.as_slice() {
        // A doubt about the whole plan speaks of no field: accepting is taking it as it was read.
        [] if doubt.at == At::Plan => leave_as_it_is(model, world),
        [] => mend::open(model, world),
        [only] => take_option(model, doubt, only, world),
        several => {
            let items = several.iter().map(|option| Offer {
                label: option.clone(),
                also: String::new(),
                note: String::new(),
                why_not: None,
                chosen: Chosen::Suggestion(doubt, option.clone()),
            });
            model.overlays.push(Overlay::Choice(Choice::new("Which is meant?", items.collect())));
            Vec::new()
        }
    }
}

pub fn take_option(model: &mut Model, doubt: Doubt, option: &str, world: World<'_>) -> Vec<Effect> {
    match review_mut(model).map(|review| review.accept(doubt, option, world)) {
        Some(Ok(told)) => model.say(told),
        Some(Err(problem)) => model.refuse(problem),
        None => {}
    }
    Vec::new()
}

fn decide(model: &mut Model, difference: usize, take: Take, world: World<'_>) -> Vec<Effect> {
    if let Some(told) = review_mut(model).and_then(|review| review.decide(difference, take, world)) {
        model.say(told);
    }
    Vec::new()
}

fn leave_as_it_is(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    match item(model) {
        Some(Item::Doubt(doubt)) => {
            if let Some(told) = review_mut(model).and_then(|review| review.leave(doubt, world)) {
                model.say(told);
            }
            Vec::new()
        }
        Some(Item::Difference(at)) => decide(model, at, Take::Here, world),
        Some(Item::LaterVersion(_)) => {
            if let Some(review) = review_mut(model) {
                review.likely = None;
                review.refresh(world);
            }
            model.say("It will be a plan of its own");
            Vec::new()
        }
        Some(_) | None => Vec::new(),
    }
}

/// Offers every way to split the action, and to join it with the one above.
fn rows(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    let (Some(place), Some(review)) = (place(model), review(model)) else { return Vec::new() };
    let offer =
        |label: String, chosen| Offer { label, also: String::new(), note: String::new(), why_not: None, chosen };
    let cuts = review.cuts(place).into_iter().map(|cut| offer(cut.label.clone(), Chosen::Split(place, cut)));
    let mut items: Vec<Offer> = cuts.collect();
    let is_first = place.action == 0 && place.recommendation.is_none_or(|rec| rec == 0);
    if !is_first {
        items.push(offer("Join it with the row above".into(), Chosen::Join(place)));
    }
    if items.is_empty() {
        model.say("This action is one sentence, and nothing is above it");
        return Vec::new();
    }
    model.overlays.push(Overlay::Choice(Choice::new("Split or join", items)));
    Vec::new()
}

pub fn split(model: &mut Model, place: Where, cut: &Cut, world: World<'_>) -> Vec<Effect> {
    if let Some(review) = review_mut(model) {
        review.split(place, cut, world);
        model.say(format!("Split into {} actions", cut.pieces.len()));
    }
    Vec::new()
}

pub fn join(model: &mut Model, place: Where, world: World<'_>) -> Vec<Effect> {
    if let Some(told) = review_mut(model).and_then(|review| review.join(place, world)) {
        model.say(told);
    }
    crate::app::screen::keep_in_view(model);
    Vec::new()
}

fn accept_all(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if let Some(review) = review_mut(model) {
        review.accept_all(world);
    }
    take_in(model, world)
}

fn take_in(model: &mut Model, _: World<'_>) -> Vec<Effect> {
    review(model).map(|review| Effect::TakeIn(Box::new(review.taken()))).into_iter().collect()
}

/// Leaves at once, or asks where corrections would be lost.
/// Leaves the document; where it was corrected, asks first.
pub fn close(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    if let Some(review) = review_mut(model)
        && review.focus == Focus::Detail
    {
        review.focus = Focus::List;
        return Vec::new();
    }
    let corrections = review(model).map_or(0, Review::corrections);
    if corrections == 0 {
        return leave(model, world);
    }
    let offer = |label: &str, chosen| Offer {
        label: label.into(),
        also: String::new(),
        note: String::new(),
        why_not: None,
        chosen,
    };
    let lost =
        if corrections == 1 { "the correction is lost".into() } else { format!("{corrections} corrections are lost") };
    let items = vec![
        offer("Stay", Chosen::Nothing),
        offer(&format!("Leave; nothing is written and {lost}"), Chosen::LeaveReview),
    ];
    model.overlays.push(Overlay::Choice(Choice::new("Leave this document?", items)));
    Vec::new()
}

/// Goes back to where the program begins.
pub fn leave(model: &mut Model, world: World<'_>) -> Vec<Effect> {
    model.show(Screen::first(world));
    model.refresh(world);
    model.say("Left; nothing of the document was written");
    Vec::new()
}
