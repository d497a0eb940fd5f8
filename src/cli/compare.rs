//! `arising compare`: what changed between two dates or meetings, in sentences.

use serde::Serialize;

use super::args::Compare as Args;
use super::context::Context;
use super::matching;
use crate::domain::change::Batch;
use crate::domain::difference::Difference;
use crate::domain::filter::Filter;
use crate::domain::moment::{Moment, Side};
use crate::domain::plan::Plan;
use crate::domain::register::Register;
use crate::json;
use crate::problem::Problem;
use crate::report::{Material, Options, changes};
use crate::text;

#[derive(Debug, Serialize)]
struct Row<'a> {
    plan: Option<&'a str>,
    #[serde(rename = "ref")]
    reference: Option<&'a str>,
    what: &'a str,
    sentence: &'a str,
    from: Option<&'a str>,
    to: Option<&'a str>,
}

pub fn compare(context: &Context, args: &Args) -> Result<String, Problem> {
    let look = context.look()?;
    let (register, today, mut log) = (look.whole_register(), context.today(), look.desk.store().log()?);
    if let Some(day) = context.as_at {
        log.retain(|batch| batch.at.date_naive() <= day);
    }
    let (to, filter) = target_and_filter(args, register, &log, context)?;
    let from = Some(Moment::named(&args.from, Side::Begin, &log, today)?);
    let options = Options { from, to, ..Options::default() };
    let material = Material { register, log: &log, told: &[], today, filter: &filter, options: &options };
    let (then, now) = changes::ends(&material);
    let found = changes::differences(&material, &then.1, &now.1);
    if args.json {
        return Ok(json::array(found.iter().map(|one| row(&now.1, one))));
    }
    let mut page = context.page();
    page.line(&format!("from {} to {}: {}", then.0.words, now.0.words, counted(found.len())));
    let several = now.1.visible_plans().nth(1).is_some();
    let mut plan = None;
    for one in &found {
        // A decision about an action is listed with the meeting that made it.
        let under = one.line.plan.filter(|_| one.line.what != "minute");
        if several && plan != Some(under) {
            plan = Some(under);
            page.blank();
            page.line(under.and_then(|id| now.1.plan(id)).map_or("Meetings and agencies", |plan| plan.title()));
        }
        page.paragraph(2, &one.line.sentence);
    }
    Ok(page.finish())
}

fn counted(count: usize) -> String {
    match count {
        0 => "no differences".into(),
        more => text::counted(more, "difference"),
    }
}

/// The second moment, if given, and the filter, which begins at the first word that is a filter term.
fn target_and_filter(
    args: &Args,
    register: &Register,
    log: &[Batch],
    context: &Context,
) -> Result<(Option<Moment>, Filter), Problem> {
    let today = context.today();
    let Some((second, rest)) = args.to_and_filter.split_first() else { return Ok((None, Filter::default())) };
    let begins_filter = |word: &String| {
        let filter = matching::filter(std::slice::from_ref(word), register, today);
        filter.is_ok_and(|filter| !filter.split_words().0.is_empty())
    };
    if begins_filter(second) {
        return Ok((None, matching::filter(&args.to_and_filter, register, today)?));
    }
    let to = Moment::named(second, Side::End, log, today)?;
    Ok((Some(to), matching::filter(rest, register, today)?))
}

fn row<'a>(register: &'a Register, one: &'a Difference) -> Row<'a> {
    let line = &one.line;
    Row {
        plan: line.plan.and_then(|id| register.plan(id)).map(Plan::slug),
        reference: Some(line.reference.as_str()).filter(|reference| !reference.is_empty()),
        what: &line.what,
        sentence: &line.sentence,
        from: line.from.as_deref(),
        to: line.to.as_deref(),
    }
}
