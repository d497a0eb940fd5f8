//! The form that an agency fills in and returns: its actions across all plans, with space for its responses.

use super::Material;
use super::cells;
use super::document::{Cell, Document, Table};
use crate::domain::action::Action;
use crate::domain::date_words;
use crate::domain::form;
use crate::domain::plan::Plan;
use crate::domain::query;
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::text::counted;

/// One party's actions across all plans, including those for all agencies.
pub fn report(material: &Material) -> Result<Document, Problem> {
    let asked = material.filter.to_string();
    let names_party =
        ["party:", "lead:", "via:"].iter().any(|term| asked.split(' ').any(|word| word.starts_with(term)));
    if !names_party {
        let hint = "Add party:NAME, as in `arising report agency 'party:\"Sussex Police\"'`, or --all for every agency; \
                    `arising parties` lists them.";
        return Err(Problem::new("No report was produced", "it is not clear whose actions to list", hint));
    }
    let actions = material.actions();
    let who = subject(&asked);
    let mut document = Document::new(format!("Actions for {who}"), material.today);
    ask(&mut document, material, &actions);
    for plan in material.register.visible_plans() {
        let own: Vec<&Action> = actions.iter().copied().filter(|action| action.plan == plan.id).collect();
        if !own.is_empty() {
            document.heading(1, plan.title());
            document.table(answer_table(material.register, (plan, &who), &own));
        }
    }
    if !actions.is_empty() {
        document.heading(1, form::ABOUT);
        document.table(about(material, &who));
    }
    document.actions = actions.iter().map(|action| action.id).collect();
    Ok(document)
}

/// What to do with the form, by when, and whom to send it to.
fn ask(document: &mut Document, material: &Material, actions: &[&Action]) {
    let late = actions.iter().filter(|action| query::is_overdue(material.register, action, material.today)).count();
    document.paragraph(format!(
        "{}, {late} overdue. Please record progress on each action in the last column. Give a new rating where it has \
         changed, and a proposed new date where you ask for more time, with the reason in the last column. Then return \
         this document. Rows left blank change nothing.",
        counted(actions.len(), "action")
    ));
    if let Some(day) = material.options.return_by {
        document.labelled(form::RETURN_BY, date_words::day(day));
    }
    if !material.options.contact.is_empty() {
        document.labelled(form::RETURN_TO, &material.options.contact);
    }
}

/// "Sussex Police" from `party:"Sussex Police" overdue`.
fn subject(asked: &str) -> String {
    let rest = ["party:", "lead:", "via:"].iter().find_map(|term| asked.split_once(term)).map_or("", |(_, rest)| rest);
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or("").to_owned(),
        None => rest.split(' ').next().unwrap_or("").to_owned(),
    }
}

fn answer_table(register: &Register, (plan, who): (&Plan, &str), actions: &[&Action]) -> Table {
    let columns = [
        (form::REFERENCE, 6),
        (form::RECOMMENDATION, 13),
        (form::ACTION, 20),
        (form::LEAD, 10),
        (form::TARGET, 8),
        (form::RATING, 7),
        (form::PROGRESS, 16),
        (form::NEW_RATING, 8),
        (form::NEW_DATE, 9),
        (&format!("{}{who}", form::RESPONSE), 26),
    ];
    let mut table = Table::new(format!("Actions in {}, with space for responses", plan.title()), columns);
    let levels = register.scheme(plan.id).levels;
    table.offer(form::NEW_RATING, levels.iter().map(|level| format!("{} {}", level.letter, level.word)).collect());
    table.rows = actions.iter().map(|action| answer_row(register, action)).collect();
    table
}

fn answer_row(register: &Register, action: &Action) -> Vec<Cell> {
    let rec = action.recommendation.and_then(|id| register.recommendation(id));
    vec![
        Cell::new(cells::reference(register, action)),
        Cell::new(rec.map_or("", |rec| rec.text())),
        Cell::new(action.text()),
        Cell::new(cells::leads(register, action)),
        Cell::new(cells::targets(action.targets())),
        cells::rating(register, action),
        Cell::new(cells::latest(action)),
        Cell::new(""),
        Cell::new(""),
        Cell::new(""),
    ]
}

/// Which form it is, for the program that reads it again, and who filled it in.
fn about(material: &Material, who: &str) -> Table {
    let mut table = Table::new("About this return", [(form::ABOUT, 20), ("Details", 60)]);
    let return_by = material.options.return_by.map(date_words::day).unwrap_or_default();
    let rows = [
        (form::PERSON, String::new()),
        (form::FILLED, String::new()),
        (form::RETURN_BY, return_by),
        (form::RETURN_TO, material.options.contact.clone()),
        (form::PARTY, who.to_owned()),
        (form::MADE, date_words::day(material.today)),
        (form::RECORD, material.options.record.clone()),
    ];
    let is_asked = |label: &str| [form::PERSON, form::FILLED].contains(&label);
    let rows = rows.into_iter().filter(|(label, value)| is_asked(label) || !value.is_empty());
    table.rows = rows.map(|(label, value)| vec![Cell::new(label), Cell::new(value)]).collect();
    table
}
