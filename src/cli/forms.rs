//! `arising report agency --all`: a form for every agency with something to answer, each in a file of its own.

use std::fs;
use std::path::{Path, PathBuf};

use super::report_args::Report as Args;
use super::{Answer, matching, page};
use crate::domain::chase;
use crate::domain::filter::Filter;
use crate::domain::query;
use crate::problem::Problem;
use crate::report::{Format, Material, Report, file_name};
use crate::text::counted;
use crate::writing;

/// Writes the forms into a folder, and says which were made and who has nothing to answer.
pub fn all(
    material: &Material,
    args: &Args,
    (report, format): (&Report, &Format),
    folder: &Path,
) -> Result<Answer, Problem> {
    let (register, today) = (material.register, material.today);
    let (mut text, mut idle) = (String::new(), Vec::new());
    let mut made = 0;
    for party in chase::leads(register) {
        let words = [args.filter.join(" "), format!("lead:\"{}\" open", party.name().replace('"', ""))].join(" ");
        let filter = matching::filter(&[words.trim().to_owned()], register, today)?;
        let own = Material { filter: &filter, ..*material };
        let actions = own.actions();
        if !actions.iter().any(|action| !query::is_done(register, action)) {
            idle.push(party.name());
            continue;
        }
        let path = path(folder, &own, (report, format), &filter)?;
        writing::whole(&path, &report.rendered(&own, format)?)?;
        made += 1;
        let line = format!("{}: {}, {}", party.name(), counted(actions.len(), "action"), path.display());
        text.push_str(&(page::one_line(&line) + "\n"));
    }
    let saved = format!("Saved {} to {}", counted(made, "form"), folder.display());
    text.push_str(&(page::one_line(&saved) + "\n"));
    if !idle.is_empty() {
        text.push_str(&(page::one_line(&format!("Nothing to answer: {}", idle.join(", "))) + "\n"));
    }
    Ok(Answer { text, ..Answer::default() })
}

fn path(
    folder: &Path,
    own: &Material,
    (report, format): (&Report, &Format),
    filter: &Filter,
) -> Result<PathBuf, Problem> {
    if let Err(error) = fs::create_dir_all(folder) {
        let what = format!("Could not make the folder {}", folder.display());
        return Err(Problem::new(what, error.to_string(), "Name another folder with -o."));
    }
    let document = report.document(own)?;
    Ok(folder.join(file_name(report.name, &filter.to_string(), &document, format.name)))
}
