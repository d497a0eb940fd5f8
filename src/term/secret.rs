//! A passphrase, typed at the terminal and not shown.

use std::io;

use crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use crossterm::terminal;

use crate::seal::Secret;

/// What came of asking.
pub enum Asked {
    Typed(Secret),
    /// The user gave up.
    Stopped,
    /// There is no one to ask.
    NoTerminal,
}

/// The terminal shows nothing of what is typed until this is dropped.
pub struct Silence;

impl Silence {
    pub fn begin() -> io::Result<Silence> {
        terminal::enable_raw_mode()?;
        Ok(Silence)
    }

    /// Waits for a line.
    pub fn listen(self) -> io::Result<Asked> {
        typed()
    }
}

impl Drop for Silence {
    fn drop(&mut self) {
        // A terminal that has gone needs nothing restored.
        terminal::disable_raw_mode().ok();
    }
}

fn typed() -> io::Result<Asked> {
    let mut typed = String::new();
    loop {
        let Event::Key(KeyEvent { code, modifiers, kind, .. }) = event::read()? else { continue };
        if kind == KeyEventKind::Release {
            continue;
        }
        let is_ctrl = modifiers.contains(KeyModifiers::CONTROL) && !modifiers.contains(KeyModifiers::ALT);
        match code {
            KeyCode::Enter => return Ok(Asked::Typed(Secret::new(typed))),
            KeyCode::Esc => return Ok(Asked::Stopped),
            KeyCode::Char('c' | 'd') if is_ctrl => return Ok(Asked::Stopped),
            KeyCode::Char('u') if is_ctrl => typed.clear(),
            KeyCode::Char(c) if !is_ctrl => typed.push(c),
            KeyCode::Backspace => {
                typed.pop();
            }
            _ => {}
        }
    }
}
