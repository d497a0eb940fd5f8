//! `hello` at a real terminal: the least program that shows a list and moves in it.

use std::io::{self, BufWriter};

use crossterm::event::{Event, KeyCode, read};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use super::hello_screen::Hello;

/// What page-down moves by: the rows of the list on a terminal of 40 lines.
const PAGE: usize = 36;

/// Shows a list of that many rows until `q`, and draws it once for each key.
pub fn hello(rows: &str) {
    let mut hello = Hello::new(rows.parse().expect("a number of rows"));
    enable_raw_mode().expect("a terminal");
    execute!(io::stdout(), EnterAlternateScreen).expect("a terminal");
    let backend = CrosstermBackend::new(BufWriter::with_capacity(64 * 1024, io::stdout()));
    let mut terminal = Terminal::new(backend).expect("a terminal");
    loop {
        terminal.draw(|frame| hello.draw(frame)).expect("a terminal");
        match read().expect("a key") {
            Event::Key(key) if key.code == KeyCode::Char('q') => break,
            Event::Key(key) if matches!(key.code, KeyCode::PageDown | KeyCode::Char(' ')) => hello.step(PAGE),
            Event::Key(key) if key.code == KeyCode::Char('j') => hello.step(1),
            _ => {}
        }
    }
    execute!(io::stdout(), LeaveAlternateScreen).expect("a terminal");
    disable_raw_mode().expect("a terminal");
}
