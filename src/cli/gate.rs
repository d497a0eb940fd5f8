//! The one way out: every line that the command line prints passes here, whoever built it, and none carries a code that a
//! terminal would obey.
//!
//! Values are sanitised where they are put into a page, too, so that tables fit. This gate does not rely on it.

use std::borrow::Cow;
use std::io::{BufRead, ErrorKind, IsTerminal, Write};

use super::page;
use crate::problem::Problem;
use crate::term::secret::{Asked, Silence};
use crate::text;

/// What is printed, which decides how much of it may stay as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// For people: everything unseen is made visible.
    #[default]
    Words,
    /// A file's content, on its way into a file or another program: what the format needs stays. On a terminal it is words.
    File,
}

/// The only escape sequences that are printed: the colours of a page, and their end.
const COLOURS: [&str; 5] = ["\u{1b}[91m", "\u{1b}[92m", "\u{1b}[93m", "\u{1b}[96m", "\u{1b}[0m"];

/// Whether anyone still reads what is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    Listens,
    /// It has closed the pipe, which is not an error.
    HasLeft,
}

/// Whether someone reads standard output, and not another program.
pub fn is_read() -> bool {
    std::io::stdout().is_terminal()
}

/// Prints on standard output, all of it or whole lines of it.
pub fn out(text: &str, kind: Kind) -> std::io::Result<Reader> {
    let mut stdout = std::io::stdout().lock();
    let is_terminal = stdout.is_terminal();
    let passed = match kind {
        Kind::File if !is_terminal => file(text),
        Kind::File | Kind::Words if is_terminal => Cow::Owned(coloured(text)),
        Kind::File | Kind::Words => text::harmless(text),
    };
    match stdout.write_all(passed.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(Reader::HasLeft),
        done => done.map(|()| Reader::Listens),
    }
}

/// Why what is printed ended early.
pub fn unprinted(error: &std::io::Error) -> Problem {
    Problem::new("Could not print the output", error.to_string(), "")
}

/// One line on standard error. If even that is closed, the exit code must suffice.
pub fn error(sentence: &str) {
    let line = format!("{}\n", page::one_line(sentence));
    std::io::stderr().lock().write_all(line.as_bytes()).ok();
}

/// Asks a question at the terminal; only "y" or "yes" means yes. None without a terminal, where no one can answer.
pub fn ask(question: &str) -> Option<bool> {
    let (stdin, mut stderr) = (std::io::stdin(), std::io::stderr());
    if !stdin.is_terminal() || !stderr.is_terminal() {
        return None;
    }
    let asked = format!("{} [y/N] ", text::harmless(question));
    stderr.write_all(asked.as_bytes()).ok()?;
    let mut answer = String::new();
    stdin.lock().read_line(&mut answer).ok()?;
    Some(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

/// Asks for a passphrase at the terminal, which shows nothing of it.
pub fn ask_secret(question: &str) -> std::io::Result<Asked> {
    let mut stderr = std::io::stderr();
    if !std::io::stdin().is_terminal() || !stderr.is_terminal() {
        return Ok(Asked::NoTerminal);
    }
    let silence = Silence::begin()?;
    write!(stderr, "{}", text::harmless(question))?;
    stderr.flush()?;
    let typed = silence.listen();
    writeln!(stderr)?;
    typed
}

/// Several lines on standard error: how a command is used.
pub fn usage(message: &str) {
    std::io::stderr().lock().write_all(text::harmless(message).as_bytes()).ok();
}

/// The text with nothing for a terminal to obey but our own colours.
fn coloured(text: &str) -> String {
    let mut passed = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, escape)) = rest.find('\u{1b}').and_then(|at| rest.split_at_checked(at)) {
        let colour = COLOURS.iter().find(|colour| escape.starts_with(**colour));
        let length = colour.map_or(1, |colour| colour.len());
        passed.push_str(&text::harmless(before));
        passed.push_str(colour.copied().unwrap_or("␛"));
        rest = escape.get(length..).unwrap_or_default();
    }
    passed.push_str(&text::harmless(rest));
    passed
}

/// A file's content: line ends, tabs, a byte order mark and the joiners of scripts and emoji stay, controls and what reverses the
/// reading order do not.
fn file(text: &str) -> Cow<'_, str> {
    let is_obeyed = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut letter = [0; 4];
    let visible = |c: char| {
        if is_obeyed(c) { text::harmless(c.encode_utf8(&mut letter)).into_owned() } else { c.to_string() }
    };
    Cow::Owned(text.chars().map(visible).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_gets_our_colours_and_nothing_else_that_it_would_obey() {
        let hostile = "\u{1b}[91mRed\u{1b}[0m \u{1b}[2J\u{1b}]0;title\u{7}\u{9b}31m\u{202e}\u{7f}\n";
        assert_eq!(coloured(hostile), "\u{1b}[91mRed\u{1b}[0m ␛[2J␛]0;title␇\u{fffd}31m\u{fffd}␡\n");
    }

    #[test]
    fn a_file_keeps_its_line_ends_and_loses_what_a_terminal_would_obey() {
        assert_eq!(file("\u{feff}a\tb\r\n👩\u{200d}👧"), "\u{feff}a\tb\r\n👩\u{200d}👧");
        assert_eq!(file("a\u{1b}[2Jb\u{9b}c\u{202e}d\u{0}"), "a␛[2Jb\u{fffd}c\u{fffd}d␀");
    }
}
