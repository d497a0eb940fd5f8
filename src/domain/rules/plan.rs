//! The marking of a plan, how long it is kept, and whether the agencies accept its recommendations.

use chrono::NaiveDate;

use super::super::change::{Op, Value};
use super::super::date_words;
use super::super::id::Id;
use super::super::marking;
use super::super::multi_value::Field;
use super::super::recommendation::Acceptance;
use super::super::register::Register;
use super::filled;
use crate::problem::Problem;
use crate::text;

/// Changes the marking of a plan.
pub fn mark(register: &Register, id: Id, marking: &str) -> Result<Vec<Op>, Problem> {
    let Some(plan) = register.plan(id).filter(|plan| !register.is_hidden(plan.id)) else {
        return Err(Problem::new("The marking is unchanged", "there is no such plan, or it is withdrawn", ""));
    };
    let marking = text::one_line(marking).trim().to_owned();
    let no =
        |why: &str, hint: &str| Err(Problem::new(format!("The marking of {} is unchanged", plan.slug()), why, hint));
    if plan.marking() == marking && !plan.marking.in_conflict() {
        return no("that is already its marking", "");
    }
    if text::width(&marking) > marking::LONGEST {
        return no("the marking is too long", &format!("Use at most {} characters.", marking::LONGEST));
    }
    Ok(vec![Op::Set { on: id, value: Value::Marking(marking), replaces: plan.marking.ids() }])
}

/// Changes how long a plan is kept. Only a date that is another one is written, or one that settles a conflict.
pub fn retain(
    register: &Register,
    id: Id,
    review_on: Option<NaiveDate>,
    dispose_on: Option<NaiveDate>,
) -> Result<Vec<Op>, Problem> {
    let Some(plan) = register.plan(id).filter(|plan| !register.is_hidden(plan.id)) else {
        return Err(Problem::new("The dates are unchanged", "there is no such plan, or it is withdrawn", ""));
    };
    let no = |why: String, hint: &str| {
        Err(Problem::new(format!("The review and disposal dates of {} are unchanged", plan.slug()), why, hint))
    };
    if let (Some(review), Some(dispose)) = (review_on, dispose_on)
        && dispose < review
    {
        let (dispose, review) = (date_words::day(dispose), date_words::day(review));
        return no(
            format!("it would be disposed of on {dispose}, before it is reviewed on {review}"),
            "Enter a disposal date on or after the review date.",
        );
    }
    let fields = [
        (&plan.review_on, review_on, Value::ReviewOn(review_on)),
        (&plan.dispose_on, dispose_on, Value::DisposeOn(dispose_on)),
    ];
    let ops = fields.into_iter().filter(|(field, day, _)| is_news(field, *day));
    let ops: Vec<Op> = ops.map(|(field, _, value)| Op::Set { on: id, value, replaces: field.ids() }).collect();
    if ops.is_empty() { no("those are already its dates".into(), "") } else { Ok(ops) }
}

fn is_news(field: &Field<Option<NaiveDate>>, day: Option<NaiveDate>) -> bool {
    field.get().copied().flatten() != day || field.in_conflict()
}

/// Records whether a recommendation is accepted; one not accepted as it stands needs a reason.
pub fn accept(register: &Register, id: Id, acceptance: &Acceptance) -> Result<Vec<Op>, Problem> {
    let Some(rec) = register.recommendation(id).filter(|rec| !register.is_hidden(rec.id)) else {
        return Err(Problem::new("There is no such recommendation", "", "Press Esc and choose it again."));
    };
    let no =
        |why: &str, hint: &str| Err(Problem::new(format!("Recommendation {} is unchanged", rec.number()), why, hint));
    match acceptance {
        Acceptance::Partly { reason } | Acceptance::NotAccepted { reason } if filled(reason).is_none() => {
            return no("there is no reason", "Say why it is not accepted as it stands.");
        }
        Acceptance::NotStated | Acceptance::Accepted | Acceptance::Partly { .. } | Acceptance::NotAccepted { .. } => {}
    }
    if rec.acceptance.get().cloned().unwrap_or_default() == *acceptance && !rec.acceptance.in_conflict() {
        return no("that is already recorded", "");
    }
    let value = Value::Acceptance(acceptance.clone());
    Ok(vec![Op::Set { on: id, value, replaces: rec.acceptance.ids() }])
}
