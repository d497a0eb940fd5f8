//! A terminal that can only print lines, such as one that calls itself dumb. There `q` alone counts as a line at first:
//! people press it to leave what they have started by mistake.

use std::io;

#[cfg(unix)]
use rustix::termios::{OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr};

/// The key that ends a line by itself.
pub const KEY: u8 = b'q';

/// While it lives, `q` ends a line like Enter.
pub struct Eager {
    #[cfg(unix)]
    found: Termios,
}

impl Eager {
    /// # Errors
    /// Standard input is no terminal.
    #[cfg(unix)]
    pub fn begin() -> io::Result<Eager> {
        let terminal = rustix::stdio::stdin();
        let found = tcgetattr(terminal)?;
        let mut eager = found.clone();
        eager.special_codes[SpecialCodeIndex::VEOL] = KEY;
        tcsetattr(terminal, OptionalActions::Now, &eager)?;
        Ok(Eager { found })
    }

    /// # Errors
    /// Always: consoles have no such thing.
    #[cfg(windows)]
    pub fn begin() -> io::Result<Eager> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(unix)]
impl Drop for Eager {
    fn drop(&mut self) {
        // Where the terminal is gone there is nothing to restore.
        let _ = tcsetattr(rustix::stdio::stdin(), OptionalActions::Now, &self.found);
    }
}
