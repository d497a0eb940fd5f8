//! `arising report`: a report in the chosen format, on standard output or in a file.

use chrono::NaiveDate;

use super::context::Context;
use super::gate::Kind;
use super::report_args::Report as Args;
use super::{Answer, forms, matching, page};
use crate::domain::change::Batch;
use crate::domain::filter::quoted;
use crate::domain::moment::{Moment, Side};
use crate::domain::trail;
use crate::problem::Problem;
use crate::report::{self, Format, Material, Medium, Names, Options, Readers, Report, Tables};
use crate::writing;

pub fn report(context: &Context, args: &Args) -> Result<Answer, Problem> {
    let unknown = |what: &str| Problem::new(format!("There is no such {what}"), "", "See `arising report --help`.");
    let report = Report::named(&args.kind).ok_or_else(|| unknown("report"))?;
    // Agencies fill in forms in the first of the formats.
    let usual = if args.agency.all { report::FORMATS.first() } else { Format::named("md") };
    let named = args.form.format.as_deref();
    let format = named.map_or(usual, Format::named).ok_or_else(|| unknown("format"))?;
    if args.agency.all {
        return forms(context, args, report, format);
    }
    if format.medium == Medium::Binary && args.form.output.is_none() {
        let why = format!("{} is not a text format and cannot be printed", format.name);
        return Err(Problem::new("Nothing was written", why, "Name a file with -o FILE."));
    }
    let (bytes, notes) = made(context, args, report, format)?;
    if let Some(path) = &args.form.output {
        writing::whole(path, &bytes)?;
        let text = page::one_line(&format!("Saved {} to {}", report.name, path.display())) + "\n";
        return Ok(Answer { text, notes, ..Answer::default() });
    }
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let kind = if format.name == "txt" { Kind::Words } else { Kind::File };
    Ok(Answer { text, kind, notes, ..Answer::default() })
}

/// The report, and what is left to check in it.
fn made(context: &Context, args: &Args, report: &Report, format: &Format) -> Result<(Vec<u8>, Vec<String>), Problem> {
    with_material(context, args, report, |material| {
        Ok((report.rendered(material, format)?, report.left_to_check(material)?))
    })
}

fn forms(context: &Context, args: &Args, report: &Report, format: &Format) -> Result<Answer, Problem> {
    let folder = args.form.output.as_deref().filter(|_| report.name == "agency");
    let Some(folder) = folder else {
        let hint = "As in `arising report agency --all -o FOLDER`.";
        return Err(Problem::new("Nothing was written", "only forms for agencies can be made all at once", hint));
    };
    with_material(context, args, report, |material| forms::all(material, args, (report, format), folder))
}

/// Makes something of the register, as the options ask for it.
fn with_material<T>(
    context: &Context,
    args: &Args,
    report: &Report,
    make: impl FnOnce(&Material) -> Result<T, Problem>,
) -> Result<T, Problem> {
    let look = context.look()?;
    let (register, today) = (look.whole_register(), context.today());
    let party = args.only.as_ref().map(|party| format!("party:{}", quoted(party)));
    let words: Vec<String> = args.filter.iter().cloned().chain(party).collect();
    let filter = matching::filter(&words, register, today)?;
    let mut options = options(args);
    // A meeting that a moment is named after is looked for in the log.
    let is_read = report.reads_log(&options) || args.from.is_some() || args.to.is_some();
    let mut log = if is_read { look.desk.store().log()? } else { Vec::new() };
    let mut told = trail::entries_in_full(&log);
    if let Some(day) = context.as_at {
        log.retain(|batch| batch.at.date_naive() <= day);
        told.retain(|told| told.at.date_naive() <= day);
    }
    options.from = moment(args.from.as_deref(), Side::Begin, &log, today)?;
    options.to = moment(args.to.as_deref(), Side::End, &log, today)?;
    look.desk.store().uuid().clone_into(&mut options.identity);
    if context.as_at.is_none() {
        options.record = look.desk.store().head();
    }
    make(&Material { register, log: &log, told: &told, today, filter: &filter, options: &options })
}

fn options(args: &Args) -> Options {
    Options {
        from: None,
        to: None,
        marking: args.form.marking.as_deref().map(|marking| marking.trim().to_owned()),
        since: args.since.flatten(),
        meeting: args.meeting.trim().to_owned(),
        tables: if args.form.accessible { Tables::Accessible } else { Tables::Merged },
        names: if args.form.redact { Names::Redacted } else { Names::Shown },
        return_by: args.agency.return_by.flatten(),
        contact: args.agency.contact.trim().to_owned(),
        readers: if args.copy == "chair" { Readers::Chair } else { Readers::Members },
        record: String::new(),
        identity: String::new(),
    }
}

fn moment(words: Option<&str>, side: Side, log: &[Batch], today: NaiveDate) -> Result<Option<Moment>, Problem> {
    words.map(|words| Moment::named(words, side, log, today)).transpose()
}
