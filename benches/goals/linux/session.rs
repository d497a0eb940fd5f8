//! A program in a pseudo-terminal of 120 by 40, and how long it takes to answer. No query of the program is answered.

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{ChildKiller, CommandBuilder, MasterPty, PtySize, native_pty_system};

use super::proc;

/// A burst of output has ended when nothing came for so long. The wait is not part of any figure.
const QUIET: Duration = Duration::from_millis(25);
/// A program rests when it has used no processor time for so long.
const RESTED: Duration = Duration::from_millis(250);
const PATIENCE: Duration = Duration::from_secs(300);
const SIZE: PtySize = PtySize { rows: 40, cols: 120, pixel_width: 0, pixel_height: 0 };

pub struct Session {
    begun: Instant,
    pub pid: u32,
    writer: Box<dyn Write + Send>,
    chunks: Receiver<(Instant, Vec<u8>)>,
    ended: Receiver<Instant>,
    killer: Box<dyn ChildKiller + Send + Sync>,
    has_left: bool,
    screen: vt100::Parser,
    /// What was written since the last key, and a little before.
    recent: Vec<u8>,
    last: Instant,
    _master: Box<dyn MasterPty + Send>,
}

impl Session {
    pub fn start(command: CommandBuilder) -> Session {
        let pair = native_pty_system().openpty(SIZE).expect("a pseudo-terminal");
        let reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let ((sender, chunks), (end, ended)) = (channel(), channel());
        thread::spawn(move || read(reader, &sender));
        let begun = Instant::now();
        let mut child = pair.slave.spawn_command(command).expect("the program starts");
        let (pid, killer) = (child.process_id().expect("a process"), child.clone_killer());
        thread::spawn(move || child.wait().map(|_| end.send(Instant::now())));
        let screen = vt100::Parser::new(SIZE.rows, SIZE.cols, 0);
        let (recent, last, has_left) = (Vec::new(), begun, false);
        Session { begun, pid, writer, chunks, ended, killer, has_left, screen, recent, last, _master: pair.master }
    }

    /// From the start of the process to the first whole frame with that text.
    pub fn shown(&mut self, text: &str) -> f64 {
        self.wait(text);
        self.since_start()
    }

    /// From the start of the process to the last byte so far.
    pub fn since_start(&self) -> f64 {
        ms(self.last - self.begun)
    }

    /// Types keys in one write; to the end of the frame that shows the text.
    pub fn until(&mut self, keys: &str, text: &str) -> f64 {
        let from = self.send(keys);
        self.wait(text);
        ms(self.last - from)
    }

    /// Types keys in one write; to the last byte of the burst that answers.
    pub fn key(&mut self, keys: &str) -> f64 {
        let from = self.send(keys);
        assert!(self.pump(PATIENCE), "{keys:?} was not answered. The screen:\n{}", self.text());
        self.settle();
        ms(self.last - from)
    }

    /// Types a key some times, waiting for each answer.
    pub fn keys(&mut self, key: &str, times: usize) -> Vec<f64> {
        (0..times).map(|_| self.key(key)).collect()
    }

    /// Waits for the end of a burst.
    pub fn settle(&mut self) {
        while self.pump(QUIET) {}
    }

    /// Waits until the program does nothing any more.
    pub fn rest(&mut self) {
        let begun = Instant::now();
        let mut ticks = None;
        while ticks != Some(proc::ticks(self.pid)) && begun.elapsed() < PATIENCE {
            ticks = Some(proc::ticks(self.pid));
            let from = Instant::now();
            while self.pump(RESTED.saturating_sub(from.elapsed())) {}
        }
    }

    /// Types `q`; to the end of the process.
    pub fn leave(mut self) -> f64 {
        let from = self.send("q");
        let ended = self.ended.recv_timeout(PATIENCE).expect("the program ends");
        self.has_left = true;
        ms(ended - from)
    }

    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    fn send(&mut self, keys: &str) -> Instant {
        while self.pump(Duration::ZERO) {}
        self.recent.drain(..self.recent.len().saturating_sub(64));
        let from = Instant::now();
        self.writer.write_all(keys.as_bytes()).and_then(|()| self.writer.flush()).expect("the terminal takes keys");
        from
    }

    fn wait(&mut self, text: &str) {
        while self.is_half_drawn() || !self.text().contains(text) {
            assert!(self.pump(PATIENCE), "{text:?} never came. The screen:\n{}", self.text());
        }
    }

    /// Whether a frame has begun whose end has not arrived.
    fn is_half_drawn(&self) -> bool {
        let last = |mark: &[u8]| memchr::memmem::rfind(&self.recent, mark);
        last(b"\x1b[?2026h") > last(b"\x1b[?2026l")
    }

    fn pump(&mut self, patience: Duration) -> bool {
        let Ok((at, bytes)) = self.chunks.recv_timeout(patience) else { return false };
        self.last = at;
        self.recent.extend_from_slice(&bytes);
        self.screen.process(&bytes);
        true
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if !self.has_left {
            let _ = self.killer.kill();
        }
    }
}

fn read(mut reader: Box<dyn Read + Send>, chunks: &Sender<(Instant, Vec<u8>)>) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(count @ 1..) = reader.read(&mut buffer) {
        if chunks.send((Instant::now(), buffer[..count].to_vec())).is_err() {
            return;
        }
    }
}

pub fn ms(taken: Duration) -> f64 {
    taken.as_secs_f64() * 1e3
}
