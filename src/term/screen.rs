//! Drawing: ratatui's frames onto the terminal, each in one write.

use std::io::{self, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::layout::Rect;
use ratatui::{Frame, Terminal};

use super::ansi::Ansi;
use super::session::Shared;

/// The drawing side of the terminal.
pub(super) struct Screen {
    terminal: Terminal<Ansi<Output>>,
    /// While set, flushing does nothing: ratatui flushes up to four times per frame.
    gathering: Arc<AtomicBool>,
}

/// Tells the terminal to show what follows all at once.
const BEGIN: &[u8] = b"\x1b[?2026h";
const END: &[u8] = b"\x1b[?2026l";

/// Collects a frame's bytes and sends them while we have the terminal.
struct Output {
    /// Always begins with [`BEGIN`]; a frame without changes is not sent.
    bytes: Vec<u8>,
    gathering: Arc<AtomicBool>,
    shared: Arc<Shared>,
}

impl Screen {
    pub fn new(shared: Arc<Shared>) -> io::Result<Screen> {
        let gathering = Arc::new(AtomicBool::new(false));
        let mut bytes = Vec::with_capacity(32 * 1024);
        bytes.extend_from_slice(BEGIN);
        let output = Output { bytes, gathering: Arc::clone(&gathering), shared };
        Ok(Screen { terminal: Terminal::new(Ansi::new(output))?, gathering })
    }

    pub fn draw(&mut self, paint: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.gathering.store(true, Ordering::Relaxed);
        let drawn = self.terminal.draw(paint).map(|_| ());
        self.gathering.store(false, Ordering::Relaxed);
        drawn?;
        Write::flush(self.terminal.backend_mut())
    }

    /// Used instead of ratatui's `clear`, which queries the cursor position and waits for the reply.
    pub fn forget(&mut self) -> io::Result<()> {
        let size = self.terminal.size()?;
        self.gathering.store(true, Ordering::Relaxed);
        self.terminal.resize(Rect::from((ratatui::layout::Position::ORIGIN, size)))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.gathering.load(Ordering::Relaxed) || self.bytes.len() <= BEGIN.len() {
            return Ok(());
        }
        self.bytes.extend_from_slice(END);
        let sent = self.shared.write(&self.bytes);
        self.bytes.truncate(BEGIN.len());
        sent
    }
}
