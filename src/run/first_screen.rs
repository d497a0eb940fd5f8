//! The first screen as it was left, shown at once where a register opens as it was; all that it says is read behind it.
//!
//! A screen follows from the register, the day, the window and the settings. Where all of these are as they were, so is the screen:
//! it is shown before the register has been read, and the one that is drawn from the register changes nothing on it. Keys typed
//! meanwhile count. It is kept outside the register, in the data folder, and an erasure removes it.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::thread::{self, JoinHandle};

use ratatui::Frame;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Color, Modifier};

use super::hub::Hub;
use super::seat::{self, Seat};
use super::stage::Stage;
use crate::app::Model;
use crate::app::commands::meeting::agenda;
use crate::app::layout::Size;
use crate::app::model::ThemeChoice;
use crate::env::Env;
use crate::keys::{self, Keys};
use crate::store::{Access, Store};

/// What a first screen follows from, beside the register.
#[derive(Clone, Debug)]
pub struct Around {
    pub size: Size,
    pub theme: ThemeChoice,
    /// The user's keys, as their file has them.
    keys: Option<String>,
    data: Option<PathBuf>,
}

impl Around {
    pub fn now(size: Size, theme: ThemeChoice, data: Option<&Path>) -> Around {
        Around { size, theme, keys: data.and_then(keys::text), data: data.map(Path::to_owned) }
    }

    /// All that the screen follows from, on one line; none where half-typed text is mentioned on it.
    pub fn of(&self, store: &Store, env: &Env) -> Option<String> {
        let drafts = store.drafts().ok()?;
        let Size { cols, rows } = self.size;
        let hub = Hub::of(store.path(), store.uuid(), self.data.as_deref()).is_some();
        let (state, open) = ((store.path()?, store.head()), (store.access() == Access::ReadWrite, store.notice()));
        let with = (program(), cols, rows, self.theme, &self.keys, hub, env.today, &env.author);
        drafts.is_empty().then(|| format!("{state:?} {open:?} {with:?}"))
    }
}

/// Which program drew it: another one may draw it differently.
fn program() -> Option<(u64, std::time::SystemTime)> {
    let file = std::env::current_exe().and_then(|path| path.metadata()).ok()?;
    Some((file.len(), file.modified().ok()?))
}

/// A screen, and what it follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FirstScreen {
    pub of: String,
    pub buffer: Buffer,
    pub cursor: Option<Position>,
}

/// Between the parts of a line: what no cell of a screen contains.
const RUN: char = '\u{1e}';
const CELL: char = '\u{1f}';

/// A damaged size must not claim more memory than this many cells need.
const MOST_AT_FIRST: usize = 1 << 16;

/// Bytes of one cell: a letter with all its accents, or a picture of several.
const LONGEST: usize = 64;

impl FirstScreen {
    /// The one that was kept, if it follows from just this.
    pub fn kept(store: &Store, of: &str) -> Option<FirstScreen> {
        let text = store.screen_note()?.read()?;
        let is_of = text.split_once('\n').is_some_and(|(kept, _)| kept == of);
        if is_of { FirstScreen::parse(&text) } else { None }
    }

    /// Keeps it, on a thread that it gives. Without the thread, the next first screen takes longer.
    pub fn keep(self, store: &Store) -> Option<JoinHandle<()>> {
        let note = store.screen_note()?;
        thread::Builder::new().name("screen".into()).spawn(move || note.keep(&self.print())).ok()
    }

    pub fn paint(&self, frame: &mut Frame<'_>) {
        let to = frame.buffer_mut();
        if to.area == self.buffer.area {
            to.content.clone_from(&self.buffer.content);
            self.cursor.into_iter().for_each(|at| frame.set_cursor_position(at));
        }
    }

    /// What it follows from, its size and cursor, and a line for each row: runs of cells of one style.
    fn print(&self) -> String {
        let Rect { width, height, .. } = self.buffer.area;
        let cursor = self.cursor.map_or_else(String::new, |at| format!(" {} {}", at.x, at.y));
        let rows = self.buffer.content.chunks(usize::from(width.max(1))).map(row);
        let mut text = format!("{}\n{width} {height}{cursor}\n", self.of.replace('\n', " "));
        rows.for_each(|row| text.extend([row.as_str(), "\n"]));
        text
    }

    /// The reverse; none if it is not one that this program prints.
    fn parse(text: &str) -> Option<FirstScreen> {
        let mut lines = text.lines();
        let of = lines.next()?.to_owned();
        let numbers: Vec<u16> = lines.next()?.split(' ').map(|number| number.parse().ok()).collect::<Option<_>>()?;
        let (width, height, cursor) = match numbers.as_slice() {
            [width, height] => (*width, *height, None),
            [width, height, x, y] => (*width, *height, Some(Position { x: *x, y: *y })),
            _ => return None,
        };
        let mut content = Vec::with_capacity((usize::from(width) * usize::from(height)).min(MOST_AT_FIRST));
        for line in lines {
            content.extend(cells(line)?);
        }
        let area = Rect { x: 0, y: 0, width, height };
        let is_whole = content.len() == usize::from(width) * usize::from(height);
        is_whole.then_some(FirstScreen { of, buffer: Buffer { area, content }, cursor })
    }
}

fn style(cell: &Cell) -> (Color, Color, Modifier) {
    (cell.fg, cell.bg, cell.modifier)
}

fn row(cells: &[Cell]) -> String {
    let run = |run: &[Cell]| {
        let (fg, bg, modifier) = run.first().map(style).unwrap_or_default();
        let mut text = format!("{fg}{CELL}{bg}{CELL}{}", modifier.bits());
        for cell in run {
            // Writing to a text cannot fail.
            write!(text, "{CELL}{}", cell.symbol()).ok();
        }
        text
    };
    let runs: Vec<String> = cells.chunk_by(|one, next| style(one) == style(next)).map(run).collect();
    runs.join(&RUN.to_string())
}

fn cells(line: &str) -> Option<Vec<Cell>> {
    let mut cells = Vec::new();
    for run in line.split(RUN) {
        let mut parts = run.split(CELL);
        let fg = Color::from_str(parts.next()?).ok()?;
        let bg = Color::from_str(parts.next()?).ok()?;
        let modifier = Modifier::from_bits(parts.next()?.parse().ok()?)?;
        for symbol in parts {
            // Nothing that a terminal would obey, and no more than a cell.
            if symbol.len() > LONGEST || symbol.chars().any(char::is_control) {
                return None;
            }
            let mut cell = Cell::EMPTY;
            cell.set_symbol(symbol).set_fg(fg).set_bg(bg);
            cell.modifier = modifier;
            cells.push(cell);
        }
    }
    Some(cells)
}

/// What is on the screen when a register has been opened.
pub fn opened(seat: &Seat, size: Size, theme: ThemeChoice, keys: &Keys, env: &Env) -> Model {
    let world = seat::world(seat.desk.register(), env);
    let mut model = Model::new(size, theme, keys.keymap.clone(), seat.standing.clone(), world);
    model.drafts = seat.drafts();
    agenda::resume(&mut model, seat.desk.last_in_meeting(), world);
    let more =
        told_of_drafts(model.drafts.len(), &keys.keymap.key_of("form.bring-back")).into_iter().chain(keys.remark());
    let words: Vec<String> = model.remark().map(|words| format!("{words}.")).into_iter().chain(more).collect();
    if !words.is_empty() {
        model.say(words.join(" "));
    }
    model.screen.look(model.size, world);
    model
}

/// A remark about drafts from an earlier session; nothing if there are none.
fn told_of_drafts(drafts: usize, back: &str) -> Option<String> {
    match drafts {
        0 => None,
        1 => Some(format!("Unsaved text from earlier is kept; where it was typed, {back} brings it back")),
        more => {
            Some(format!("{more} unsaved texts from earlier are kept; where each was typed, {back} brings it back"))
        }
    }
}

/// Keeps the first screen of the next opening.
pub struct Keeper {
    around: Around,
    /// What the one that was kept last follows from.
    kept: Option<String>,
    /// The one that this opening drew, until it is kept.
    shown: Option<FirstScreen>,
    has_drawn: bool,
    /// Whether something was typed, or has changed, since one was last kept.
    is_stirred: bool,
}

impl Keeper {
    /// `kept` is what the one follows from that is kept already.
    pub fn of(around: &Around, kept: Option<String>) -> Keeper {
        Keeper { around: around.clone(), kept, shown: None, has_drawn: false, is_stirred: false }
    }

    /// The first frame is the first screen, unless what is kept was on it.
    pub fn saw(&mut self, stage: &Stage, buffer: &Buffer, cursor: Option<Position>) {
        if !std::mem::replace(&mut self.has_drawn, true) && self.kept.is_none() {
            self.shown = self.first(stage, buffer.clone(), cursor);
        }
    }

    /// Keeps the first screen, if it is not the one that was kept, and nothing has changed since.
    pub fn keep_shown(&mut self, stage: &Stage) {
        let store = stage.seat.desk.store();
        let now = self.around.of(store, &stage.env);
        if let Some(shown) = self.shown.take().filter(|shown| now.as_ref() == Some(&shown.of)) {
            self.kept = now;
            shown.keep(store);
        }
    }

    /// Something was typed, or has changed.
    pub fn stir(&mut self) {
        self.is_stirred = true;
    }

    /// Whether there may be something to keep.
    pub fn is_stirred(&self) -> bool {
        self.is_stirred
    }

    /// Keeps it, when no key has been pressed for a while.
    pub fn rest(&mut self, stage: &Stage) {
        if std::mem::take(&mut self.is_stirred) {
            self.keep(stage);
        }
    }

    /// Keeps it, unless it is kept already, on a thread that it gives.
    pub fn keep(&mut self, stage: &Stage) -> Option<JoinHandle<()>> {
        self.around.size = stage.model.size;
        let store = stage.seat.desk.store();
        let of = self.around.of(store, &stage.env).filter(|of| self.kept.as_ref() != Some(of))?;
        let first = self.painted(stage)?;
        self.kept = Some(of);
        first.keep(store)
    }

    /// What the next opening would show.
    fn painted(&self, stage: &Stage) -> Option<FirstScreen> {
        let Size { cols, rows } = self.around.size;
        let mut buffer = Buffer::empty(Rect { x: 0, y: 0, width: cols, height: rows });
        let cursor = stage.paint_first(self.around.theme, &mut buffer);
        self.first(stage, buffer, cursor)
    }

    /// A screen, unless it shows what changes by itself: how long a meeting has been going on.
    fn first(&self, stage: &Stage, buffer: Buffer, cursor: Option<Position>) -> Option<FirstScreen> {
        let of = self.around.of(stage.seat.desk.store(), &stage.env)?;
        stage.seat.desk.register().open_meeting().is_none().then_some(FirstScreen { of, buffer, cursor })
    }
}
