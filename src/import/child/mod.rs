//! Reads documents in a separate child process, under limits: a hostile one can end the child, never the program.
//!
//! The child is this same program, started with a hidden first argument. It gets a request and the document on its
//! standard input and answers with one JSON value on its standard output: a draft, or a problem. It opens nothing itself, and
//! could not: see `confine`.
//! Rust ends the whole process when memory or stack runs out, without unwinding, so a thread would not be enough.

mod confine;
mod request;
mod running;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, ExitStatus};
use std::sync::atomic::AtomicBool;

use crate::domain::draft::Draft;
use crate::import::options::Options;
use crate::problem::Problem;
use crate::wire::draft as wire;
use request::{Request, Wanted};
use running::{Answer, Running, Unanswered};

/// The first argument that makes this program the reading child.
pub const COMMAND: &str = "read-document";

/// The largest document read, in bytes. Real plans have one megabyte; with pictures, ten.
const LARGEST: u64 = 64 << 20;
/// Processor time and wall-clock time of the child, in seconds.
const SECONDS: u64 = 10;
/// The longest answer accepted from the child, in bytes.
const ANSWER: u64 = 64 << 20;
/// Exit code of the child when its answer is a problem.
const REFUSED: u8 = 1;

const MEMORY_SPENT: &str = "reading it takes more memory than any action plan needs";

/// Reads the plan in `path` in a limited child process.
pub fn read(path: &Path, options: &Options) -> Result<Draft, Problem> {
    begin(path, options).plan()
}

/// The same for any document with tables, abandoned when `stop` is set: see [`crate::import::look`].
pub fn look_until(path: &Path, options: &Options, stop: &AtomicBool) -> Result<Draft, Problem> {
    begin(path, options).draft(stop)
}

/// The rows of its tables as they are written: see [`crate::import::rows`].
pub fn rows(path: &Path, options: &Options) -> Result<Vec<Vec<String>>, Problem> {
    let running = start(path, options, Wanted::Rows)?;
    let Answer { status, bytes, said } = answered(path, running, &AtomicBool::new(false))?;
    understand(path, status, &said, &bytes, |answer| serde_json::from_slice(answer).ok())
}

/// Begins to read a document, and does not wait for it.
pub fn begin(path: &Path, options: &Options) -> Begun {
    let running = start(path, options, Wanted::Draft);
    Begun { path: path.to_owned(), options: options.clone(), running }
}

/// A document that is being read. If it is dropped, the reading ends.
pub struct Begun {
    path: PathBuf,
    options: Options,
    running: Result<Running, Problem>,
}

impl Begun {
    /// Whether it is this document, read with the same in mind.
    pub fn is_of(&self, path: &Path, options: &Options) -> bool {
        self.path == path && self.options == *options
    }

    /// The plan in it, when it has been read.
    pub fn plan(self) -> Result<Draft, Problem> {
        let path = self.path.clone();
        let draft = self.draft(&AtomicBool::new(false))?;
        crate::import::plan(draft).map_err(|problem| named(&path, problem))
    }

    fn draft(self, stop: &AtomicBool) -> Result<Draft, Problem> {
        let Answer { status, bytes, said } = answered(&self.path, self.running?, stop)?;
        understand(&self.path, status, &said, &bytes, |answer| wire::parse(answer).ok())
    }
}

fn start(path: &Path, options: &Options, wanted: Wanted) -> Result<Running, Problem> {
    let document = open(path)?;
    let about = document.metadata().map_err(|error| cannot(path, &reason(&error)))?;
    let request = Request { name: name_of(path), options: options.clone(), wanted, bytes: about.len() };
    let started = Running::start(request, document);
    started.map_err(|error| cannot(path, &format!("its reader did not start ({error})")))
}

/// How a child ended that read the document, what it answered and what it said beside that.
fn answered(path: &Path, running: Running, stop: &AtomicBool) -> Result<Answer, Problem> {
    running.ended(stop).map_err(|why| match why {
        Unanswered::Stopped => cannot(path, "it was stopped"),
        Unanswered::TooLong => too_large(path, &format!("reading it took more than {SECONDS} seconds")),
        Unanswered::TooLarge => too_large(path, MEMORY_SPENT),
        Unanswered::TooMuch => too_large(path, "it holds far more than an action plan does"),
    })
}

/// What the child does: limits itself, reads its standard input, answers.
pub fn serve() -> ExitCode {
    let mut to = BufWriter::new(std::io::stdout().lock());
    let (written, code) = match answer() {
        Ok(Found::Draft(draft)) => (wire::write(*draft, &mut to).is_ok(), ExitCode::SUCCESS),
        Ok(Found::Rows(rows)) => (serde_json::to_writer(&mut to, &rows).is_ok(), ExitCode::SUCCESS),
        Err(problem) => (to.write_all(encode_problem(&problem).as_bytes()).is_ok(), ExitCode::from(REFUSED)),
    };
    if written && to.flush().is_ok() { code } else { ExitCode::from(2) }
}

/// What the child found in a document.
enum Found {
    Draft(Box<Draft>),
    Rows(Vec<Vec<String>>),
}

fn answer() -> Result<Found, Problem> {
    confine::confine().map_err(|error| {
        let why = format!("the limits on its reader could not be set ({error})");
        Problem::new("Could not read the document", why, "")
    })?;
    let received = request::receive(&mut std::io::stdin().lock());
    let (Request { name, options, wanted, bytes }, document) =
        received.map_err(|error| cannot(Path::new("the document"), &error.to_string()))?;
    let name = Path::new(&name);
    if (document.len() as u64) < bytes {
        return Err(cannot(name, "it could not be read to the end"));
    }
    let name = name.to_string_lossy();
    match wanted {
        Wanted::Draft => crate::import::look(&name, &document, &options).map(|draft| Found::Draft(Box::new(draft))),
        Wanted::Rows => crate::import::rows(&name, &document, &options).map(Found::Rows),
    }
}

/// Opens an ordinary file; a pipe or a device could keep us waiting for ever.
fn open(path: &Path) -> Result<File, Problem> {
    let about = std::fs::metadata(path).map_err(|error| cannot(path, &reason(&error)))?;
    if about.is_dir() {
        return Err(cannot(path, "it is a folder"));
    }
    if !about.is_file() {
        return Err(cannot(path, "it is not an ordinary file"));
    }
    if about.len() > LARGEST {
        return Err(cannot(path, &format!("it is larger than {} MB", LARGEST >> 20)));
    }
    File::open(path).map_err(|error| cannot(path, &reason(&error)))
}

fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".into(),
        std::io::ErrorKind::PermissionDenied => "you do not have permission to read it".into(),
        _ => error.to_string(),
    }
}

fn understand<T>(
    path: &Path,
    status: Option<ExitStatus>,
    said: &[u8],
    answer: &[u8],
    parse: impl FnOnce(&[u8]) -> Option<T>,
) -> Result<T, Problem> {
    match status.and_then(|status| status.code()) {
        Some(0) => parse(answer).ok_or_else(|| cannot(path, "the reader failed on it")),
        Some(code) if code == i32::from(REFUSED) => {
            let problem = decode_problem(answer).map(|problem| named(path, problem));
            Err(problem.unwrap_or_else(|| cannot(path, "the reader failed on it")))
        }
        Some(_) | None => Err(too_large(path, why_it_died(status, said))),
    }
}

/// Why a child ended without an answer.
fn why_it_died(status: Option<ExitStatus>, said: &[u8]) -> &'static str {
    if memchr::memmem::find(said, b"memory allocation").is_some() {
        return MEMORY_SPENT;
    }
    if memchr::memmem::find(said, b"overflowed its stack").is_some() {
        return "its parts are nested too deep";
    }
    match signal(status) {
        Some(24 | 9) => "reading it takes longer than any action plan needs",
        Some(7 | 11) => MEMORY_SPENT,
        Some(_) | None => "the reader failed on it",
    }
}

#[cfg(unix)]
fn signal(status: Option<ExitStatus>) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&status?)
}

/// What a job object ends a process with corresponds to a signal.
#[cfg(windows)]
fn signal(status: Option<ExitStatus>) -> Option<i32> {
    const ERROR_NOT_ENOUGH_QUOTA: i32 = 1816;
    (status?.code()? == ERROR_NOT_ENOUGH_QUOTA).then_some(24)
}

/// The problem with the document's name in it; among several documents it would otherwise be unclear which is meant.
fn named(path: &Path, problem: Problem) -> Problem {
    let name = name_of(path);
    let is_named = problem.what.contains(&name) || problem.why.contains(&name);
    if is_named { problem } else { Problem { what: format!("{name}: {}", problem.what), ..problem } }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn cannot(path: &Path, why: &str) -> Problem {
    Problem::new(format!("Could not read {}", path.display()), why, "Nothing was imported.")
}

fn too_large(path: &Path, why: &str) -> Problem {
    let hint = "Save the plan on its own in a new file, and import that. The register is unchanged.";
    Problem { hint: hint.into(), ..cannot(path, why) }
}

fn encode_problem(problem: &Problem) -> String {
    serde_json::json!([problem.what, problem.why, problem.hint]).to_string()
}

fn decode_problem(answer: &[u8]) -> Option<Problem> {
    let (what, why, hint): (String, String, String) = serde_json::from_slice(answer).ok()?;
    Some(Problem { what, why, hint })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_crosses_from_the_child_unchanged() {
        let problem = Problem::new("Could not read \"x\"", "it is\u{1b} broken", "Save it again.");
        assert_eq!(decode_problem(encode_problem(&problem).as_bytes()), Some(problem));
        assert_eq!(decode_problem(b"half an ans"), None);
    }

    #[test]
    fn anything_but_an_ordinary_file_is_refused_before_any_child_is_started() {
        let folder = tempfile::tempdir().unwrap();
        let why = |path: &Path| open(path).unwrap_err().to_string();
        assert!(why(folder.path()).contains("it is a folder"));
        assert!(why(&folder.path().join("none.docx")).contains("there is no such file"));
        #[cfg(unix)]
        assert!(why(Path::new("/dev/zero")).contains("not an ordinary file"));
    }
}
