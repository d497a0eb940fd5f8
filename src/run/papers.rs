//! Reports for the screen, and saving them to files.

use std::path::{Path, PathBuf};

use super::reading;
use super::seat::{self, Seat};
use crate::app::Msg;
use crate::app::message::{ChaseRequest, Export, Replace, ReportRequest};
use crate::desk::Written;
use crate::domain::arrival::{self, Happening};
use crate::domain::describe::Quoting;
use crate::domain::filter::Filter;
use crate::domain::trail::{self, Subject};
use crate::env::Env;
use crate::files::absolute;
use crate::files::imported::{remember, remembered};
use crate::post::{self, Chase};
use crate::problem::Problem;
use crate::report::{Format, Material, Report};
use crate::text;
use crate::writing;

/// A report to show.
pub fn shown(seat: &Seat, env: &Env, request: ReportRequest) -> Msg {
    match made(seat, env, &request, Report::document) {
        Ok(document) => Msg::Paper(Box::new(request), Box::new(document)),
        Err(problem) => Msg::Failed(problem),
    }
}

/// Writes a report to the path typed; an existing file is replaced only after confirmation.
pub fn written(seat: &Seat, env: &Env, mut export: Export) -> Msg {
    export.request.options.record = seat.head();
    seat.desk.store().uuid().clone_into(&mut export.request.options.identity);
    let path = expanded(&export.path);
    if export.replace == Replace::Ask && path.is_file() {
        return Msg::InTheWay(Box::new(export));
    }
    let unknown = || Problem::new("There is no such kind of file", export.format, "");
    let written = Format::named(export.format).ok_or_else(unknown).and_then(|format| {
        let both =
            |kind: &Report, material: &Material| Ok((kind.rendered(material, format)?, kind.left_to_check(material)?));
        let (bytes, left) = made(seat, env, &export.request, both)?;
        writing::whole(&path, &bytes).map(|()| left.len())
    });
    match written {
        Ok(to_check) => Msg::Exported { path: shown_whole(&path), to_check },
        Err(problem) => Msg::Failed(problem),
    }
}

/// Writes mail to the leads into the folder typed, and records who was asked.
pub fn chased(seat: &mut Seat, env: &Env, request: &ChaseRequest) -> Result<Written, Problem> {
    let ChaseRequest { days, return_by, contact, .. } = request.clone();
    let chase = Chase { days, by: return_by, contact, ..Chase::default() };
    let folder = expanded(&request.folder);
    let done = post::chase(&mut seat.desk, &chase, &folder, env)?;
    let drafts = text::counted(done.files.len(), "draft");
    let sentence = format!("{}; {drafts} in {}", done.written.sentence, shown_whole(&folder));
    Ok(Written { sentence, ..done.written })
}

/// The suggested folder: beside the plan that was imported last, else the user's documents, else the register's folder, unless that is
/// the program's own, which nobody looks into.
pub fn folder(seat: &Seat, data: Option<&Path>) -> String {
    let own = directories::UserDirs::new();
    let beside = remembered(data, seat.desk.store().uuid());
    let documents = || own.as_ref().and_then(|own| own.document_dir()).filter(|folder| folder.is_dir());
    let register = || seat.path().parent().filter(|folder| !folder.as_os_str().is_empty());
    let is_open = |folder: &&Path| data.is_none_or(|data| !folder.starts_with(data));
    let home = || own.as_ref().map(directories::UserDirs::home_dir);
    let usual = || documents().or_else(|| register().filter(is_open)).or_else(home).map(Path::to_owned);
    beside.or_else(usual).map(|folder| shown_whole(&folder)).unwrap_or_default()
}

/// A plan was imported: what is written from now on goes beside its document.
pub fn put_beside(papers: &mut String, seat: &Seat, data: Option<&Path>, document: &str) {
    let document = reading::expanded(document);
    remember(data, seat.desk.store().uuid(), &document);
    if let Some(folder) = absolute(&document).ok().as_deref().and_then(Path::parent) {
        *papers = folder.display().to_string();
    }
}

/// A path as typed, in full.
pub fn full(typed: &str) -> String {
    shown_whole(&expanded(typed))
}

/// A path in full, so that the file can be found again wherever the program was started.
fn shown_whole(path: &Path) -> String {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    whole.display().to_string()
}

fn made<T>(
    seat: &Seat,
    env: &Env,
    request: &ReportRequest,
    make: impl Fn(&Report, &Material) -> Result<T, Problem>,
) -> Result<T, Problem> {
    // A past moment is always compared with now, whatever is shown.
    let now = seat::world(seat.desk.register(), env);
    let (log, world) = match request.options.from {
        Some(_) => (seat.whole_log()?, now),
        None => (seat.log()?, seat.world(env)),
    };
    let (register, today, told) = (world.register, world.today(), trail::entries_in_full(&log));
    let filter = Filter::parse(&request.filter, register, today)?;
    let unknown = || Problem::new("There is no such report", request.report, "");
    let report = Report::named(request.report).ok_or_else(unknown)?;
    make(report, &Material { register, log: &log, told: &told, today, filter: &filter, options: &request.options })
}

/// "~/minutes.docx" as a shell understands it.
fn expanded(typed: &str) -> PathBuf {
    let rest = typed.strip_prefix("~/").or_else(|| typed.strip_prefix("~\\"));
    let home = directories::UserDirs::new().map(|own| own.home_dir().to_owned());
    match rest.zip(home) {
        Some((rest, home)) => home.join(rest),
        None => PathBuf::from(typed),
    }
}

/// A history to show.
pub fn told(seat: &Seat, subject: Subject) -> Msg {
    match happened(seat, subject) {
        Ok(told) => Msg::History(subject, told),
        Err(problem) => Msg::Failed(problem),
    }
}

fn happened(seat: &Seat, subject: Subject) -> Result<Vec<Happening>, Problem> {
    // The past has no fingerprint: there the log ends earlier than the file does.
    let is_present = !seat.head().is_empty();
    let (entries, arrivals) = match subject {
        Subject::Action(id) if is_present => (seat.desk.history(id, Quoting::Whole)?, Vec::new()),
        Subject::Action(_) => (trail::history(&seat.log()?, subject), Vec::new()),
        Subject::Register => (trail::history(&seat.log()?, subject), seat.arrivals()?),
    };
    Ok(arrival::among(entries, arrivals))
}
