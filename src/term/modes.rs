//! The terminal's modes as they were found, and how the program gets keys, pastes and the mouse one by one.
//!
//! On Unix most of them are codes that are written to the terminal; the console of Windows has them as flags.

use std::io;

use super::session::Mouse;

/// The modes before the program changed them.
#[cfg(unix)]
pub(super) struct Found;
#[cfg(windows)]
pub(super) struct Found(winsys::Modes);

/// The console's modes when the program first asked.
#[cfg(windows)]
static AT_FIRST: std::sync::OnceLock<winsys::Modes> = std::sync::OnceLock::new();

/// Wheel and buttons, with decimal coordinates. Not crossterm's command, which also enables movement events and so
/// would wake the program whenever the mouse moves.
#[cfg(unix)]
const MOUSE_ON: &str = "\x1b[?1000h\x1b[?1006h";
#[cfg(unix)]
const MOUSE_OFF: &str = "\x1b[?1006l\x1b[?1000l";
#[cfg(unix)]
const PASTES_ON: &str = "\x1b[?2004h";
#[cfg(unix)]
const PASTES_OFF: &str = "\x1b[?2004l";

#[cfg(unix)]
impl Found {
    /// Takes the keyboard; also after a shell had it, which may have changed the modes meanwhile.
    pub fn take() -> io::Result<Found> {
        crossterm::terminal::disable_raw_mode()?;
        crossterm::terminal::enable_raw_mode()?;
        Ok(Found)
    }

    #[expect(clippy::unused_self, reason = "elsewhere it is what was found")]
    pub fn give_back_input(&self) {
        // If the terminal has gone, there is nothing to restore.
        let _ = crossterm::terminal::disable_raw_mode();
    }

    #[expect(clippy::unused_self, reason = "elsewhere it is what was found")]
    pub fn give_back_output(&self) {}
}

#[cfg(windows)]
impl Found {
    /// Takes the keyboard.
    pub fn take() -> io::Result<Found> {
        let now = winsys::Modes::now()?;
        winsys::take_input(winsys::Mouse::Console)?;
        Ok(Found(*AT_FIRST.get_or_init(|| now)))
    }

    pub fn give_back_input(&self) {
        // If the console has gone, there is nothing to restore.
        let _ = self.0.restore_input();
    }

    /// After the last code has been written: without its flag the console would show codes as characters.
    pub fn give_back_output(&self) {
        let _ = self.0.restore_output();
    }
}

/// Whether the terminal obeys codes.
#[cfg(unix)]
pub(super) fn obeys_codes() -> bool {
    true
}

/// Asking switches it on, so what was there before is remembered first.
#[cfg(windows)]
pub(super) fn obeys_codes() -> bool {
    if let Ok(now) = winsys::Modes::now() {
        AT_FIRST.get_or_init(|| now);
    }
    crossterm::ansi_support::supports_ansi()
}

/// Leaves the terminal as it was before [`obeys_codes`].
pub(super) fn as_at_first() {
    #[cfg(windows)]
    if let Some(found) = AT_FIRST.get() {
        // If the console has gone, there is nothing to restore.
        let _ = found.restore_output();
    }
}

/// What to write to get pastes in one piece.
pub(super) fn pastes_on() -> &'static str {
    // On Windows they are not reported, and this code only changes the line ends in them (crossterm#962).
    #[cfg(windows)]
    return "";
    #[cfg(unix)]
    PASTES_ON
}

/// What to write to undo all that [`pastes_on`] and [`mouse`] may have written.
pub(super) fn all_off() -> String {
    #[cfg(windows)]
    return String::new();
    #[cfg(unix)]
    [MOUSE_OFF, PASTES_OFF].concat()
}

/// What to write to set who gets the mouse.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub(super) fn mouse(mouse: Mouse) -> io::Result<&'static str> {
    Ok(match mouse {
        Mouse::On => MOUSE_ON,
        Mouse::Off => MOUSE_OFF,
    })
}

/// Nothing is written: it is a flag of the console.
#[cfg(windows)]
pub(super) fn mouse(mouse: Mouse) -> io::Result<&'static str> {
    let mouse = match mouse {
        Mouse::On => winsys::Mouse::Program,
        Mouse::Off => winsys::Mouse::Console,
    };
    winsys::take_input(mouse).map(|()| "")
}
