//! Reads documents in a separate child process, under limits: a hostile one can end the child, never the program.
//!
//! The child is this same program, started with a hidden first argument. It gets a request and the document on its
//! standard input and answers with one JSON value on its standard output: a draft, or a problem. It opens nothing itself, and
//! could not: see `confine`.
//! Rust ends the whole process when memory or stack runs out, without unwinding, so a thread would not be enough.

mod confine;
mod request;

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;
use std::process::{Child, Command, ExitCode, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use crate::domain::draft::Draft;
use crate::import::options::Options;
use crate::problem::Problem;
use crate::wire::draft as wire;
use request::{Request, Wanted};

/// The first argument that makes this program the reading child.
pub const COMMAND: &str = "read-document";

/// The largest document read, in bytes. Real plans have one megabyte; with pictures, ten.
const LARGEST: u64 = 64 << 20;
/// Processor time and wall-clock time of the child, in seconds.
const SECONDS: u64 = 10;
/// The longest answer accepted from the child, in bytes.
const ANSWER: u64 = 64 << 20;
/// How often to check whether the reading is to stop.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// Exit code of the child when its answer is a problem.
const REFUSED: u8 = 1;

const MEMORY_SPENT: &str = "reading it takes more memory than any action plan needs";

/// Reads the plan in `path` in a limited child process.
pub fn read(path: &Path, options: &Options) -> Result<Draft, Problem> {
    crate::import::plan(look(path, options)?).map_err(|problem| named(path, problem))
}

/// The same for any document with tables: see [`crate::import::look`].
pub fn look(path: &Path, options: &Options) -> Result<Draft, Problem> {
    look_until(path, options, &AtomicBool::new(false))
}

/// The same, abandoned when `stop` is set.
pub fn look_until(path: &Path, options: &Options, stop: &AtomicBool) -> Result<Draft, Problem> {
    let (status, answer, said) = answered(path, options, Wanted::Draft, stop)?;
    understand(path, status, &said, &answer, |answer| wire::parse(answer).ok())
}

/// The rows of its tables as they are written: see [`crate::import::rows`].
pub fn rows(path: &Path, options: &Options) -> Result<Vec<Vec<String>>, Problem> {
    let (status, answer, said) = answered(path, options, Wanted::Rows, &AtomicBool::new(false))?;
    understand(path, status, &said, &answer, |answer| serde_json::from_slice(answer).ok())
}

type Answered = (Option<ExitStatus>, Vec<u8>, Vec<u8>);

/// How a child ended that read the document, what it answered and what it said beside that.
fn answered(path: &Path, options: &Options, wanted: Wanted, stop: &AtomicBool) -> Result<Answered, Problem> {
    let document = open(path)?;
    // The child is held until it has ended.
    let (child, _hold) = start(path, document, options, wanted)
        .map_err(|error| cannot(path, &format!("its reader did not start ({error})")))?;
    match wait(child, stop) {
        Ended::Stopped => Err(cannot(path, "it was stopped")),
        Ended::TooLong => Err(too_large(path, &format!("reading it took more than {SECONDS} seconds"))),
        Ended::TooLarge => Err(too_large(path, MEMORY_SPENT)),
        Ended::TooMuch => Err(too_large(path, "it holds far more than an action plan does")),
        Ended::Answered { status, answer, said } => Ok((status, answer, said)),
    }
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

fn start(path: &Path, document: File, options: &Options, wanted: Wanted) -> std::io::Result<(Child, confine::Hold)> {
    let (name, bytes) = (name_of(path), document.metadata()?.len());
    let request = Request { name, options: options.clone(), wanted, bytes };
    let mut command = Command::new(std::env::current_exe()?);
    command.arg(COMMAND);
    confine::give_nothing(&mut command);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn()?;
    let hold = confine::hold(&child);
    if let Some(stdin) = child.stdin.take() {
        request::send(stdin, request, document);
    }
    Ok((child, hold))
}

/// How the child ended.
enum Ended {
    Answered { status: Option<ExitStatus>, answer: Vec<u8>, said: Vec<u8> },
    Stopped,
    TooLong,
    TooLarge,
    TooMuch,
}

/// Takes the child's answer, and ends the child in any case.
fn wait(mut child: Child, stop: &AtomicBool) -> Ended {
    let (sender, answers) = mpsc::channel();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let said = thread::spawn(move || drain(stderr, 1 << 16));
    thread::spawn(move || sender.send(drain(stdout, ANSWER + 1)));
    let answer = answer_of(&answers, stop, &child);
    // The answer is whole or never will be: nothing the child still does is of any use.
    if !matches!(&answer, Ok(answer) if answer.len() as u64 <= ANSWER) {
        child.kill().ok();
    }
    let status = child.wait().ok();
    match answer {
        Err(why) => why,
        Ok(answer) if answer.len() as u64 > ANSWER => Ended::TooMuch,
        Ok(answer) => Ended::Answered { status, answer, said: said.join().unwrap_or_default() },
    }
}

/// Waits for the child's answer as long as allowed, or until it is to stop.
fn answer_of(answers: &Receiver<Vec<u8>>, stop: &AtomicBool, child: &Child) -> Result<Vec<u8>, Ended> {
    let since = Instant::now();
    loop {
        match answers.recv_timeout(LOOK_EVERY) {
            Ok(answer) => return Ok(answer),
            Err(_) if stop.load(Ordering::Relaxed) => return Err(Ended::Stopped),
            Err(RecvTimeoutError::Disconnected) => return Err(Ended::TooLong),
            Err(_) if since.elapsed() >= Duration::from_secs(SECONDS) => return Err(Ended::TooLong),
            Err(_) if confine::is_too_large(child) => return Err(Ended::TooLarge),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

fn drain(source: Option<impl Read>, most: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    if let Some(source) = source {
        // A pipe that breaks has ended; what came before it is judged like any answer.
        source.take(most).read_to_end(&mut bytes).ok();
    }
    bytes
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
