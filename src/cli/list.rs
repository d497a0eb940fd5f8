//! `arising list`: the actions that match a filter.

use chrono::NaiveDate;

use super::args::List;
use super::context::Context;
use super::listed::{self, Listed};
use super::page::Page;
use super::{matching, table};
use crate::domain::action::Action;
use crate::domain::filter::{Filter, Match};
use crate::domain::register::Register;
use crate::json::ActionRow;
use crate::problem::Problem;

pub fn list(context: &Context, args: &List) -> Result<String, Problem> {
    let (look, today) = (context.look()?, context.today());
    let register = look.register();
    let filter = matching::filter(&args.filter, register, today)?;
    let mut read = Vec::new();
    let rows = matching::actions(register, &mut read, &filter, args.sort, today);
    context.whole(())?;
    if args.json {
        let rows = rows.iter().map(|(action, matched)| ActionRow::new(register, action, *matched, today));
        return Listed::print(rows).map(|()| String::new());
    }
    if args.csv {
        return listed::print_lines(table::csv(register, &rows, today)).map(|()| String::new());
    }
    let mut page = context.page();
    let legend = table::print(&mut page, register, &rows, today);
    if rows.is_empty() {
        page.line(&nothing(&filter));
    } else {
        counts(&mut page, register, &rows, legend.as_deref(), today);
    }
    Ok(page.finish())
}

fn nothing(filter: &Filter) -> String {
    let meant = filter.likely_meant().map(|word| format!("; did you mean `{word}`?"));
    format!("no actions match{}", meant.unwrap_or_default())
}

/// The counts of what is listed, and what the marks in it mean.
fn counts(page: &mut Page, register: &Register, rows: &[(&Action, Match)], legend: Option<&str>, today: NaiveDate) {
    page.blank();
    if let Some(legend) = legend {
        page.line(legend);
    }
    page.line(&super::holdings::counts(register, rows.iter().map(|(action, _)| *action), today));
}
