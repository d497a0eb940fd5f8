//! The whole program without a terminal: keys go in, the screen and the register come out.

use arising::app::Msg;
use arising::app::key::{Input, Key};
use arising::app::layout::Size;
use arising::app::message::Effect;
use arising::app::model::ThemeChoice;
use arising::desk::Desk;
use arising::domain::draft::Draft;
use arising::env::Env;
use arising::import::Options;
use arising::keys::Keys;
use arising::problem::Problem;
use arising::run::seat::Seat;
use arising::run::stage::Stage;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, FixedOffset};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

/// The program under test.
pub struct Headless {
    pub stage: Stage,
    /// Whether it has been quit.
    pub is_over: bool,
    /// The text last put on the clipboard.
    pub clipboard: String,
}

/// 21 November 2026, 14:05, in London; the chair.
pub fn env() -> Env {
    let now: DateTime<FixedOffset> = "2026-11-21T14:05:00+00:00".parse().expect("a time");
    Env { now, today: now.date_naive(), author: "The Chair".into() }
}

/// Reads a document here and now, without a child process.
pub fn read(path: &Path, options: &Options, _: &AtomicBool) -> Result<Draft, Problem> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let bytes = std::fs::read(path).map_err(|error| Problem::new("Not read", error.to_string(), ""))?;
    arising::import::look(&name, &bytes, options)
}

impl Headless {
    pub fn over(desk: Desk, size: (u16, u16)) -> Headless {
        Headless::with_keys(desk, size, Keys::built_in())
    }

    /// With the user's own keys.
    pub fn with_keys(desk: Desk, size: (u16, u16), keys: Keys) -> Headless {
        let size = Size { cols: size.0, rows: size.1 };
        let mut stage = Stage::new(Seat::over(desk), size, ThemeChoice::Dark, keys, env());
        stage.reader = read;
        Headless { stage, is_over: false, clipboard: String::new() }
    }

    /// The built-in plan with its history.
    pub fn demo(size: (u16, u16)) -> Headless {
        Headless::over(super::demo::desk(&env()), size)
    }

    /// Presses keys, spelled as in the command table and separated by spaces.
    pub fn press(&mut self, keys: &str) -> &mut Headless {
        for spelled in keys.split_whitespace() {
            let key: Key = spelled.parse().unwrap_or_else(|_| panic!("{spelled} is no key"));
            self.input(Input::Key(key));
        }
        self
    }

    /// Types words letter by letter.
    pub fn type_text(&mut self, text: &str) -> &mut Headless {
        text.chars().for_each(|c| self.input(Input::Key(Key::char(c))));
        self
    }

    pub fn input(&mut self, input: Input) {
        let effects = self.stage.send(Msg::Input(input));
        self.is_over |= effects.contains(&Effect::Quit);
        for effect in effects {
            if let Effect::Copy(text) = effect {
                self.clipboard = text;
            }
        }
    }

    pub fn resize(&mut self, cols: u16, rows: u16) -> &mut Headless {
        self.input(Input::Resize { cols, rows });
        self
    }

    pub fn theme(&mut self, theme: ThemeChoice) -> &mut Headless {
        self.stage.model.theme = theme;
        self
    }

    pub fn buffer(&self) -> Buffer {
        let Size { cols, rows } = self.stage.model.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, cols, rows));
        self.stage.paint(&mut buffer);
        buffer
    }

    /// What a person sees, without colours; lines without the blanks at their ends.
    pub fn screen(&self) -> String {
        text_of(&self.buffer())
    }

    /// Fails, showing the screen, unless `text` is on it.
    pub fn see(&self, text: &str) -> &Headless {
        let screen = self.screen();
        assert!(screen.contains(text), "“{text}” is not on the screen:\n{screen}");
        self
    }

    pub fn not_see(&self, text: &str) -> &Headless {
        let screen = self.screen();
        assert!(!screen.contains(text), "“{text}” is on the screen:\n{screen}");
        self
    }

    /// The sentences of the audit trail, oldest first.
    pub fn log(&self) -> Vec<String> {
        let told = self.stage.seat.desk.log().expect("the log can be read");
        told.into_iter().map(|told| told.line.sentence).collect()
    }

    /// The screen, then where each style is on it, then what the styles are.
    pub fn screen_and_styles(&self) -> String {
        with_styles(&self.buffer())
    }
}

/// What a person sees of a buffer.
pub fn text_of(buffer: &Buffer) -> String {
    lines(buffer).join("\n")
}

/// The text, then where each style is on it, then what the styles are.
pub fn with_styles(buffer: &Buffer) -> String {
    let mut styles: Vec<Style> = Vec::new();
    let rows = buffer.content.chunks(usize::from(buffer.area.width.max(1)));
    let map: Vec<String> = rows.map(|row| row.iter().map(|cell| letter(&mut styles, cell.style())).collect()).collect();
    let map: Vec<&str> = map.iter().map(|line| line.trim_end()).collect();
    let legend: Vec<String> =
        styles.iter().enumerate().map(|(at, style)| format!("{} {}", name(at), said(*style))).collect();
    format!("{}\n--- styles\n{}\n--- legend\n{}\n", text_of(buffer), map.join("\n"), legend.join("\n"))
}

fn lines(buffer: &Buffer) -> Vec<String> {
    let rows = buffer.content.chunks(usize::from(buffer.area.width.max(1)));
    rows.map(|row| row.iter().map(ratatui::buffer::Cell::symbol).collect::<String>().trim_end().to_owned()).collect()
}

fn letter(styles: &mut Vec<Style>, style: Style) -> char {
    let at = styles.iter().position(|known| *known == style).unwrap_or_else(|| {
        styles.push(style);
        styles.len() - 1
    });
    name(at)
}

fn name(at: usize) -> char {
    if at == 0 { ' ' } else { char::from(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"[at - 1]) }
}

fn said(style: Style) -> String {
    let colour = |colour: Option<Color>| colour.map_or_else(|| "-".into(), |colour| colour.to_string());
    let bold = if style.add_modifier.contains(Modifier::BOLD) { " bold" } else { "" };
    let reversed = if style.add_modifier.contains(Modifier::REVERSED) { " reversed" } else { "" };
    format!("{} on {}{bold}{reversed}", colour(style.fg), colour(style.bg))
}
