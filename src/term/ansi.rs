//! Draws cells in the fewest bytes: a ratatui backend that remembers the cursor position and the current style.
//!
//! It replaces ratatui's crossterm backend for two reasons. On a slow line every key costs what is sent, and this sends
//! about half (short cursor moves, only the attributes that differ, nothing repeated between frames). And it never
//! queries the terminal, while the other waits for a reply about the cursor position.

use std::collections::HashMap;
use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

/// Draws cells with escape sequences that every terminal of the last twenty years supports.
pub(super) struct Ansi<W> {
    out: W,
    place: Place,
    /// The style in effect at the terminal; `None` if unknown.
    pen: Option<Pen>,
    /// The parameters for changes of style so far: a screen has few.
    changes: HashMap<(Option<Pen>, Pen), String>,
    is_cursor_shown: Option<bool>,
}

/// The terminal's cursor position, as far as known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Unknown,
    /// Exactly here.
    At(u16, u16),
    /// Here, unless the terminal's width for the last character differs from ours.
    About(u16, u16),
}

/// The style of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Pen {
    fore: Color,
    back: Color,
    modifier: Modifier,
}

/// How many changes of style are remembered.
const MOST_CHANGES: usize = 256;

const PLAIN: Pen = Pen { fore: Color::Reset, back: Color::Reset, modifier: Modifier::empty() };

/// Each modifier with the codes that switch it on and off.
const MODIFIERS: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Modifiers that are visible even on a blank.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

impl<W: Write> Ansi<W> {
    pub fn new(out: W) -> Ansi<W> {
        Ansi { out, place: Place::Unknown, pen: None, changes: HashMap::new(), is_cursor_shown: None }
    }

    fn go(&mut self, x: u16, y: u16) -> io::Result<()> {
        match self.place {
            Place::At(col, row) | Place::About(col, row) if (col, row) == (x, y) => Ok(()),
            Place::At(col, row) if row == y && x == col + 1 => self.out.write_all(b"\x1b[C"),
            Place::At(col, row) if row == y && x > col => write!(self.out, "\x1b[{}C", x - col),
            Place::Unknown | Place::At(..) | Place::About(..) => {
                self.place = Place::At(x, y);
                write!(self.out, "\x1b[{};{}H", u32::from(y) + 1, u32::from(x) + 1)
            }
        }
    }

    fn put(&mut self, x: u16, y: u16, symbol: &str) -> io::Result<()> {
        let is_sure = symbol.is_ascii() && !matches!(self.place, Place::About(..));
        let after = x.saturating_add(u16::try_from(symbol.width()).unwrap_or(u16::MAX));
        self.place = if is_sure { Place::At(after, y) } else { Place::About(after, y) };
        self.out.write_all(symbol.as_bytes())
    }

    fn wear(&mut self, pen: Pen) -> io::Result<()> {
        if self.pen == Some(pen) {
            return Ok(());
        }
        if self.changes.len() >= MOST_CHANGES {
            self.changes.clear();
        }
        let parameters = self.changes.entry((self.pen, pen)).or_insert_with(|| change(self.pen, pen));
        self.pen = Some(pen);
        self.out.write_all(b"\x1b[")?;
        self.out.write_all(parameters.as_bytes())?;
        self.out.write_all(b"m")
    }

    /// The style to set for a cell. On a blank only the background is visible, so the rest can stay as it is.
    fn pen_for(&self, cell: &Cell) -> Pen {
        let pen = Pen { fore: cell.fg, back: cell.bg, modifier: cell.modifier };
        match self.pen {
            Some(now) if cell.symbol() == " " && !(now.modifier | pen.modifier).intersects(SEEN_ON_BLANKS) => {
                Pen { back: pen.back, ..now }
            }
            Some(_) | None => pen,
        }
    }

    fn show(&mut self, sequence: &str, is_shown: bool) -> io::Result<()> {
        if self.is_cursor_shown.replace(is_shown) == Some(is_shown) {
            return Ok(());
        }
        self.out.write_all(sequence.as_bytes())
    }
}

impl<W: Write> Backend for Ansi<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.go(x, y)?;
            self.wear(self.pen_for(cell))?;
            self.put(x, y, cell.symbol())?;
        }
        // After a cell at the right edge, terminals disagree about where the cursor is.
        self.place = Place::Unknown;
        Ok(())
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show("\x1b[?25l", false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show("\x1b[?25h", true)
    }

    /// From memory: the terminal is never queried.
    fn get_cursor_position(&mut self) -> io::Result<Position> {
        match self.place {
            Place::At(x, y) | Place::About(x, y) => Ok(Position { x, y }),
            Place::Unknown => Ok(Position::ORIGIN),
        }
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let Position { x, y } = position.into();
        self.place = Place::Unknown;
        self.go(x, y)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    /// Forgets the terminal's state, so that nothing is assumed about it.
    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        (self.place, self.pen, self.is_cursor_shown) = (Place::Unknown, None, None);
        self.wear(PLAIN)?;
        self.out.write_all(match region {
            ClearType::All => b"\x1b[2J",
            ClearType::AfterCursor => b"\x1b[J",
            ClearType::BeforeCursor => b"\x1b[1J",
            ClearType::CurrentLine => b"\x1b[2K",
            ClearType::UntilNewLine => b"\x1b[K",
        })
    }

    fn size(&self) -> io::Result<Size> {
        let (width, height) = crossterm::terminal::size()?;
        Ok(Size { width, height })
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: self.size()?, pixels: Size::ZERO })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Write for Ansi<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The parameters that change one style into another: `22;38;5;1`.
fn change(from: Option<Pen>, to: Pen) -> String {
    let mut numbers = Vec::new();
    let from = from.unwrap_or_else(|| {
        numbers.push("0".to_owned());
        PLAIN
    });
    let gone = from.modifier - to.modifier;
    // Bold and dim are switched off together.
    let faint = Modifier::BOLD | Modifier::DIM;
    let kept = if gone.intersects(faint) { from.modifier - gone - faint } else { from.modifier - gone };
    let off = MODIFIERS.iter().filter(|(modifier, ..)| gone.contains(*modifier)).map(|(_, _, off)| off.to_string());
    numbers.extend(off);
    numbers.dedup();
    let new = to.modifier - kept;
    numbers.extend(MODIFIERS.iter().filter(|(modifier, ..)| new.contains(*modifier)).map(|(_, on, _)| on.to_string()));
    if from.fore != to.fore {
        numbers.push(fore(to.fore));
    }
    if from.back != to.back {
        numbers.push(back(to.back));
    }
    numbers.join(";")
}

/// The eight dark colours use palette indices, because some terminals brighten 30 to 37 in bold text.
fn fore(color: Color) -> String {
    match palette(color) {
        Shade::Default => "39".into(),
        Shade::Indexed(bright @ 8..=15) => (90 + bright - 8).to_string(),
        Shade::Indexed(index) => format!("38;5;{index}"),
        Shade::Rgb(r, g, b) => format!("38;2;{r};{g};{b}"),
    }
}

fn back(color: Color) -> String {
    match palette(color) {
        Shade::Default => "49".into(),
        Shade::Indexed(dark @ 0..=7) => (40 + dark).to_string(),
        Shade::Indexed(bright @ 8..=15) => (100 + bright - 8).to_string(),
        Shade::Indexed(index) => format!("48;5;{index}"),
        Shade::Rgb(r, g, b) => format!("48;2;{r};{g};{b}"),
    }
}

/// A colour in terminal terms.
enum Shade {
    Default,
    Indexed(u8),
    Rgb(u8, u8, u8),
}

fn palette(color: Color) -> Shade {
    match color {
        Color::Reset => Shade::Default,
        Color::Black => Shade::Indexed(0),
        Color::Red => Shade::Indexed(1),
        Color::Green => Shade::Indexed(2),
        Color::Yellow => Shade::Indexed(3),
        Color::Blue => Shade::Indexed(4),
        Color::Magenta => Shade::Indexed(5),
        Color::Cyan => Shade::Indexed(6),
        Color::Gray => Shade::Indexed(7),
        Color::DarkGray => Shade::Indexed(8),
        Color::LightRed => Shade::Indexed(9),
        Color::LightGreen => Shade::Indexed(10),
        Color::LightYellow => Shade::Indexed(11),
        Color::LightBlue => Shade::Indexed(12),
        Color::LightMagenta => Shade::Indexed(13),
        Color::LightCyan => Shade::Indexed(14),
        Color::White => Shade::Indexed(15),
        Color::Indexed(index) => Shade::Indexed(index),
        Color::Rgb(r, g, b) => Shade::Rgb(r, g, b),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use ratatui::backend::CrosstermBackend;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    const COLS: u16 = 12;
    const ROWS: u16 = 4;

    /// A few texts at random positions in random styles.
    fn frame() -> impl Strategy<Value = Buffer> {
        let colours = [Color::Reset, Color::Red, Color::White, Color::Indexed(200), Color::Rgb(1, 2, 3)];
        let colour = || prop::sample::select(colours.to_vec());
        // Terminals differ in how they show bold and dim together.
        let strength = prop::sample::select(vec![Modifier::empty(), Modifier::BOLD, Modifier::DIM]);
        let others = [Modifier::empty(), Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED];
        let modifier = (strength, prop::sample::select(others.to_vec())).prop_map(|(one, other)| one | other);
        let text = prop::sample::select(vec!["a", "plan", "é…", "字", "■ R", "            ", "x  y"]);
        let piece = (0..COLS, 0..ROWS, text, colour(), colour(), modifier);
        prop::collection::vec(piece, 0..6).prop_map(|pieces| {
            let mut buffer = Buffer::empty(Rect::new(0, 0, COLS, ROWS));
            for (x, y, text, fore, back, modifier) in pieces {
                buffer.set_string(x, y, text, Style::reset().fg(fore).bg(back).add_modifier(modifier));
            }
            buffer
        })
    }

    /// Draws the frames with a backend; returns the screen after each.
    fn screens<B: Backend<Error = io::Error>>(
        frames: &[Buffer],
        mut backend: B,
        taken: impl Fn(&mut B) -> Vec<u8>,
    ) -> Vec<vt100::Screen> {
        let mut terminal = vt100::Parser::new(ROWS, COLS, 0);
        backend.clear_region(ClearType::All).expect("memory");
        let mut before = Buffer::empty(Rect::new(0, 0, COLS, ROWS));
        let mut screens = Vec::new();
        for buffer in frames {
            backend.draw(before.diff(buffer).into_iter()).expect("memory");
            terminal.process(&taken(&mut backend));
            screens.push(terminal.screen().clone());
            before = buffer.clone();
        }
        screens
    }

    /// Makes the bytes readable while a backend owns the writer.
    #[derive(Clone, Default)]
    struct Tap(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

    impl Tap {
        fn take(&self) -> Vec<u8> {
            std::mem::take(&mut *self.0.lock().expect("no other thread"))
        }
    }

    impl Write for Tap {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().expect("no other thread").write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// The visible part of a cell: for a blank, only its background.
    fn seen(screen: &vt100::Screen, (row, col): (u16, u16)) -> String {
        let cell = screen.cell(row, col).expect("on the screen");
        let ground = if cell.inverse() { cell.fgcolor() } else { cell.bgcolor() };
        match cell.contents() {
            blank @ ("" | " ") => format!("{blank:?} on {ground:?} {}", cell.underline()),
            _ => format!("{cell:?}"),
        }
    }

    proptest! {
        #[test]
        fn every_frame_matches_ratatuis_own_backend(frames in prop::collection::vec(frame(), 1..5)) {
            crossterm::style::force_color_output(true);
            let (ours, theirs) = (Tap::default(), Tap::default());
            let our_screens = screens(&frames, Ansi::new(ours.clone()), |_| ours.take());
            let their_screens = screens(&frames, CrosstermBackend::new(theirs.clone()), |_| theirs.take());
            for (our, their) in our_screens.iter().zip(&their_screens) {
                for at in (0..ROWS).flat_map(|row| (0..COLS).map(move |col| (row, col))) {
                    prop_assert_eq!(seen(our, at), seen(their, at), "at {:?}", at);
                }
            }
        }
    }

    #[test]
    fn no_position_or_style_is_sent_twice() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, COLS, ROWS));
        buffer.set_string(0, 0, "a b", Style::new().fg(Color::White).add_modifier(Modifier::BOLD));
        let mut ansi = Ansi::new(Vec::new());
        ansi.clear().expect("memory");
        ansi.hide_cursor().expect("memory");
        ansi.out.clear();
        let cells = [(0, 0, &buffer[(0, 0)]), (2, 0, &buffer[(2, 0)])];
        ansi.draw(cells.into_iter()).expect("memory");
        ansi.hide_cursor().expect("memory");
        assert_eq!(String::from_utf8_lossy(&ansi.out), "\x1b[1;1H\x1b[1;97ma\x1b[Cb");
    }
}
