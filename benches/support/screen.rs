//! The program as run by its main loop, drawing to a 120 by 40 terminal that discards the bytes.

use std::io::{self, BufWriter};
use std::path::Path;

use arising::app::Msg;
use arising::app::key::{Input, Key};
use arising::app::layout::Size;
use arising::app::model::ThemeChoice;
use arising::desk::Desk;
use arising::env::Env;
use arising::keys::Keys;
use arising::run::seat::Seat;
use arising::run::stage::Stage;
use arising::store::{Access, Places};
use chrono::{DateTime, FixedOffset};
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

const SIZE: Size = Size { cols: 120, rows: 40 };

pub type Sink = Terminal<CrosstermBackend<BufWriter<io::Sink>>>;

/// A blank terminal.
pub fn terminal() -> Sink {
    let options = TerminalOptions { viewport: Viewport::Fixed(Rect::new(0, 0, SIZE.cols, SIZE.rows)) };
    Terminal::with_options(CrosstermBackend::new(BufWriter::with_capacity(64 * 1024, io::sink())), options)
        .expect("a terminal in memory")
}

/// Draws a frame and discards its bytes.
pub fn draw(terminal: &mut Sink, paint: impl FnOnce(&mut ratatui::Frame<'_>)) {
    terminal.draw(paint).expect("memory can be written to");
}

/// 21 November 2026; the chair.
pub fn env() -> Env {
    let now: DateTime<FixedOffset> = "2026-11-21T14:05:00+00:00".parse().expect("a time");
    Env { now, today: now.date_naive(), author: "The Chair".into() }
}

/// A register open on the screen.
pub struct Screen {
    stage: Stage,
    terminal: Sink,
}

impl Screen {
    /// Opens a register and draws the first frame.
    pub fn open(path: &Path) -> Screen {
        let desk = Desk::open_in(path, Access::ReadWrite, &Places::default()).expect("the register opens");
        let stage = Stage::new(Seat::over(desk), SIZE, ThemeChoice::Dark, Keys::built_in(), env());
        let mut screen = Screen { stage, terminal: terminal() };
        screen.draw();
        screen
    }

    /// Prepares what keys need, as the program does while none is pressed.
    pub fn rest(&mut self) {
        while !self.stage.is_prepared() {
            self.stage.prepare();
        }
    }

    /// Handles one key, from the reader to the terminal.
    pub fn key(&mut self, key: Key) {
        self.stage.take_news();
        self.stage.send(Msg::Input(Input::Key(key)));
        self.draw();
    }

    /// Keys as named in the command table, separated by spaces.
    pub fn keys(&mut self, keys: &str) {
        keys.split(' ').for_each(|key| self.key(key.parse().expect("a key")));
    }

    fn draw(&mut self) {
        let stage = &self.stage;
        draw(&mut self.terminal, |frame| {
            stage.draw(frame);
        });
    }
}
