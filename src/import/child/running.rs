//! The child process: how it is started, how long it is waited for, and how it is ended.

use std::fs::File;
use std::io::Read;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use super::request::{self, Request};
use super::{ANSWER, COMMAND, SECONDS, confine};

/// How often to check whether the reading is to stop.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// A child at work. It is held until it has ended, and ended if its answer is not waited for.
pub struct Running {
    child: Child,
    _hold: confine::Hold,
}

/// What a child that has ended left.
pub struct Answer {
    pub status: Option<ExitStatus>,
    pub bytes: Vec<u8>,
    /// On its standard error.
    pub said: Vec<u8>,
}

/// Why there is no answer.
pub enum Unanswered {
    Stopped,
    TooLong,
    TooLarge,
    TooMuch,
}

impl Running {
    /// Starts one on a document. It does not wait for it: what the child writes beyond what a pipe holds, it writes once it is
    /// asked for its answer.
    pub fn start(request: Request, document: File) -> std::io::Result<Running> {
        let mut command = Command::new(std::env::current_exe()?);
        command.arg(COMMAND);
        confine::give_nothing(&mut command);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let hold = confine::hold(&child);
        if let Some(stdin) = child.stdin.take() {
            request::send(stdin, request, document);
        }
        Ok(Running { child, _hold: hold })
    }

    /// Takes the child's answer, and ends the child in any case.
    pub fn ended(mut self, stop: &AtomicBool) -> Result<Answer, Unanswered> {
        let (sender, answers) = mpsc::channel();
        let (stdout, stderr) = (self.child.stdout.take(), self.child.stderr.take());
        let said = thread::spawn(move || drain(stderr, 1 << 16));
        thread::spawn(move || sender.send(drain(stdout, ANSWER + 1)));
        let bytes = answer_of(&answers, stop, &self.child)?;
        if bytes.len() as u64 > ANSWER {
            return Err(Unanswered::TooMuch);
        }
        let status = self.child.wait().ok();
        Ok(Answer { status, bytes, said: said.join().unwrap_or_default() })
    }
}

/// Where the answer is not whole, it never will be: nothing the child still does is of any use.
impl Drop for Running {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Waits for the child's answer as long as allowed, or until it is to stop.
fn answer_of(answers: &Receiver<Vec<u8>>, stop: &AtomicBool, child: &Child) -> Result<Vec<u8>, Unanswered> {
    let since = Instant::now();
    loop {
        match answers.recv_timeout(LOOK_EVERY) {
            Ok(answer) => return Ok(answer),
            Err(_) if stop.load(Ordering::Relaxed) => return Err(Unanswered::Stopped),
            Err(RecvTimeoutError::Disconnected) => return Err(Unanswered::TooLong),
            Err(_) if since.elapsed() >= Duration::from_secs(SECONDS) => return Err(Unanswered::TooLong),
            Err(_) if confine::is_too_large(child) => return Err(Unanswered::TooLarge),
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
