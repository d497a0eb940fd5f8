//! Mail that asks the leads of actions for their answers: one draft for each lead, with the form to fill in.
//!
//! In reading order: what it says (`words`), and its bytes (`mail`). Pure: nothing is written or sent here.

mod mail;
mod words;

use chrono::{Days, NaiveDate};

use crate::domain::chase::{Letter, open_actions_of};
use crate::domain::filter::{Filter, quoted};
use crate::domain::id::Id;
use crate::domain::party::Party;
use crate::domain::register::Register;
use crate::problem::Problem;
use crate::report::{Format, Material, Report, file_name};

/// A draft, as the file that mail programs open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub party: Id,
    /// The file's name: "chase-sussex-police-2026-11-12.eml".
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The days that a lead has to answer, unless a day is named.
const TO_ANSWER: u64 = 14;

/// The day by which to answer, where none is named.
pub fn usual_return(today: NaiveDate) -> Option<NaiveDate> {
    today.checked_add_days(Days::new(TO_ANSWER))
}

/// The drafts of letters, in their order. The material's filter is not asked.
pub fn drafts(material: &Material, letters: &[Letter]) -> Result<Vec<Draft>, Problem> {
    let mut drafts: Vec<Draft> = Vec::new();
    for letter in letters {
        let mut draft = draft(material, letter)?;
        let stem = draft.name.trim_end_matches(".eml").to_owned();
        let mut count = 1;
        // Two parties may be called nearly the same.
        while drafts.iter().any(|other| other.name == draft.name) {
            count += 1;
            draft.name = format!("{stem}-{count}.eml");
        }
        drafts.push(draft);
    }
    Ok(drafts)
}

fn draft(material: &Material, letter: &Letter) -> Result<Draft, Problem> {
    let register = material.register;
    let party = register.party(letter.party).ok_or_else(|| Problem::new("There is no such agency", "", ""))?;
    let report = Report::named("agency").ok_or_else(missing)?;
    let format = Format::named("docx").ok_or_else(missing)?;
    let filter = asked_of(register, party, letter)?;
    let own = Material { filter: &filter, ..*material };
    let document = report.document(&own)?;
    let named = |kind: &str, ending: &str| file_name(kind, &filter.to_string(), &document, ending);
    let form = (named("agency", format.name).replacen("agency", "return", 1), report.rendered(&own, format)?);
    let bytes = mail::draft(&mail::Mail {
        to: &letter.to,
        subject: &words::subject(material, party, letter, &document.marking),
        body: &words::body(material, party, letter, &document.marking),
        form: (&form.0, &form.1),
    });
    let name = named("agency", "eml").replacen("agency", "chase", 1);
    Ok(Draft { party: party.id, name, bytes })
}

/// The filter for exactly what a letter asks about.
fn asked_of(register: &Register, party: &Party, letter: &Letter) -> Result<Filter, Problem> {
    let actions = letter.actions.iter().filter_map(|(id, _)| register.action(*id));
    let references = actions.map(|action| {
        let slug = register.plan(action.plan).map_or("", |plan| plan.slug());
        quoted(&format!("{slug}:{}", register.reference(action)))
    });
    let references: Vec<String> = references.collect();
    Filter::parse_unread(&format!("{} ref:{}", open_actions_of(party), references.join(",")), register)
}

fn missing() -> Problem {
    Problem::new("The form could not be made", "", "")
}
