//! Saves the report on the screen to a file: file format, path and options.

use chrono::NaiveDate;

use super::AGENCY;
use crate::app::message::{Effect, Export, Replace, ReportRequest, World};
use crate::app::model::{Asked, Model};
use crate::app::overlay::Overlay;
use crate::app::overlay::choice::{Choice, ChoiceOption, Chosen};
use crate::app::overlay::field::{FormField, Holds, blank_or_day, day};
use crate::app::overlay::form::{Form, Purpose};
use crate::domain::form as agency_form;
use crate::problem::Problem;
use crate::report::{FORMATS, Format, Names, Report, Tables, file_name};

const ABOUT: [(&str, &str); 8] = [
    ("ics", "for Outlook and other calendars"),
    ("docx", "Word"),
    ("xlsx", "Excel"),
    ("html", "a web page, to print or publish"),
    ("csv", "a table for any spreadsheet program"),
    ("md", "Markdown"),
    ("txt", "plain text"),
    ("json", "for other programs"),
];

/// The fields of an agency's form: the day by which to return it, and to whom.
const BY_WHEN: usize = 3;
const WHOM: usize = 4;

/// Offers the file formats.
pub fn choose(model: &mut Model) -> Vec<Effect> {
    let about = |name: &str| ABOUT.iter().find(|(known, _)| *known == name).map_or("", |(_, about)| *about);
    let report = model.screen.paper().and_then(|paper| Report::named(paper.request.report));
    let suits = |format: &&Format| report.is_none_or(|report| format.suits(report));
    let mut items: Vec<ChoiceOption> = FORMATS
        .iter()
        .filter(suits)
        .map(|format| {
            ChoiceOption::new(format!("{}: {}", format.name, about(format.name)), Chosen::WriteAs(format.name))
        })
        .collect();
    items.sort_by_key(|item| ABOUT.iter().position(|(name, _)| item.label.starts_with(name)));
    model.overlays.push(Overlay::Choice(Choice::new("Save as which kind of file?", items)));
    Vec::new()
}

/// The two layouts of tables: cells merged as in the document, or each cell said, for publication and screen readers.
const MERGED: &str = "as the original";
const ACCESSIBLE: &str = "for screen readers";

/// Asks for the path and options.
pub fn ask(model: &mut Model, format: &'static str) -> Vec<Effect> {
    let folder = model.papers.clone();
    let Some(paper) = model.screen.paper_mut() else { return Vec::new() };
    let name = file_name(paper.request.report, &paper.request.filter, &paper.document, format);
    let path = if folder.is_empty() { name } else { format!("{}/{name}", folder.trim_end_matches(['/', '\\'])) };
    let mut fields = vec![
        FormField::offering("File", Holds::Words, path),
        FormField::offering("Tables", Holds::Words, MERGED),
        FormField::offering("Names", Holds::Words, "shown"),
    ];
    if paper.request.report == AGENCY {
        let Asked { return_by, contact } = model.asked.clone();
        fields.push(FormField::offering(agency_form::RETURN_BY, Holds::Day, return_by));
        fields.push(FormField::offering(agency_form::RETURN_TO, Holds::Words, contact));
    }
    let title = format!("Save as {format} · tables: {MERGED}, or {ACCESSIBLE} · names: shown or redacted");
    model.open_form(Form::new(Purpose::Export(format), title, fields))
}

/// Submits the form, if it can be understood.
pub fn write(model: &mut Model, format: &'static str, world: World<'_>) -> Vec<Effect> {
    let Some(paper) = model.screen.paper() else { return Vec::new() };
    let request = paper.request.clone();
    let Some(Overlay::Form(form)) = model.overlays.last_mut() else { return Vec::new() };
    match export(form, request, format, world.today()) {
        Ok(export) => {
            form.sent = true;
            if form.fields.len() > WHOM {
                // The next agency is asked to answer by the same day, and to the same address.
                model.asked = Asked { return_by: form.words(BY_WHEN), contact: form.words(WHOM) };
            }
            vec![Effect::Export(Box::new(export))]
        }
        Err(problem) => {
            form.problem = Some(problem);
            Vec::new()
        }
    }
}

fn export(form: &Form, mut request: ReportRequest, format: &'static str, today: NaiveDate) -> Result<Export, Problem> {
    let refuse = |why: String, hint: &str| Problem::new("Nothing was saved", why, hint);
    let path = form.words(0);
    if path.is_empty() {
        return Err(refuse("the file has no name".into(), "Type one."));
    }
    let says = |typed: &str, word: &str| !typed.is_empty() && word.starts_with(&typed.to_lowercase());
    request.options.tables = match form.words(1) {
        typed if says(&typed, MERGED) => Tables::Merged,
        typed if says(&typed, ACCESSIBLE) => Tables::Accessible,
        typed => {
            return Err(refuse(
                format!("“{typed}” is not a table layout"),
                "Type “as the original” or “for screen readers”.",
            ));
        }
    };
    request.options.names = match form.words(2) {
        typed if says(&typed, "shown") => Names::Shown,
        typed if says(&typed, "redacted") => Names::Redacted,
        typed => return Err(refuse(format!("names cannot be “{typed}”"), "Type shown or redacted.")),
    };
    let return_by = form.words(BY_WHEN);
    request.options.return_by = day(&return_by, today);
    if !return_by.is_empty() && request.options.return_by.is_none() {
        return Err(refuse(format!("“{return_by}” is not one day"), &blank_or_day(today)));
    }
    form.words(WHOM).trim().clone_into(&mut request.options.contact);
    Ok(Export { request, format, path, replace: Replace::Ask })
}

/// Asks whether to replace the existing file.
pub fn in_the_way(model: &mut Model, export: Export) {
    let agreed = Export { replace: Replace::Agreed, ..export };
    let items = vec![
        ChoiceOption::new("no: go back and choose another name", Chosen::Nothing),
        ChoiceOption::new("yes: replace it", Chosen::Export(Box::new(agreed))),
    ];
    model.overlays.push(Overlay::Choice(Choice::new("That file exists. Replace it?", items)));
}
