//! Makes the program's own input of what the console of Windows reports.
//!
//! It is read as the console gives it, and not through crossterm, which drops the key and so cannot distinguish an Alt code from
//! a key that comes up: a `3` still held when Shift goes down comes up as `£`.

use winsys::{Pointer, Report, Stroke};

use super::paste;
use crate::app::key::{Input, Key, KeyCode, Mods};

const WHEEL_LINES: i16 = 3;
/// This many characters at once cannot have been typed.
const BURST: usize = 4;
/// A key held down while the program was busy counts no more often than this.
const REPEATS: u16 = 64;

/// The states of a key, as Windows numbers them.
const ALT: u32 = 0x1 | 0x2;
const CTRL: u32 = 0x4 | 0x8;
const SHIFT: u32 = 0x10;
/// A key of those between the letters and the block of digits.
const APART: u32 = 0x100;

/// The key of Alt, as Windows numbers it.
const MENU: u16 = 0x12;

/// What the mouse reports beside a button.
const WHEELED: u32 = 4;

/// Translates reports. A character beyond the first 65,536 comes in two, and a button counts when it goes down.
#[derive(Default)]
pub(super) struct Translator {
    half: Option<u16>,
    buttons: u32,
}

impl Translator {
    /// All that was queued. The console reports no paste, so a queued burst of text that is long or contains a line end counts
    /// as one.
    pub fn translate(&mut self, reports: impl IntoIterator<Item = Report>) -> Vec<Input> {
        let inputs: Vec<Input> = reports.into_iter().flat_map(|report| self.one(report)).collect();
        let typed: Option<String> = inputs.iter().map(Input::typed).collect();
        match typed {
            Some(text) if is_burst(&text) => vec![Input::Paste(paste::normalise(&text))],
            Some(_) | None => inputs,
        }
    }

    fn one(&mut self, report: Report) -> Vec<Input> {
        match report {
            Report::Key(stroke) => {
                let times = usize::from(stroke.times.clamp(1, REPEATS));
                self.key(stroke).map(|key| vec![Input::Key(key); times]).unwrap_or_default()
            }
            Report::Pointer(pointer) => self.pointer(pointer).into_iter().collect(),
            Report::Size => vec![Input::Resize { cols: 0, rows: 0 }],
        }
    }

    /// A key counts when it goes down; Alt alone when it comes up with the character whose code was typed meanwhile.
    fn key(&mut self, stroke: Stroke) -> Option<Key> {
        if !stroke.is_down {
            let is_code = stroke.key == MENU && stroke.character != 0;
            return self.letter(stroke.character).filter(|c| is_code && !c.is_control()).map(Key::char);
        }
        if is_part_of_code(stroke) {
            return None;
        }
        let mods = mods(stroke.state);
        match named(stroke.key) {
            Some(code) => Some(Key::new(code, mods)),
            None if stroke.character < 0x20 || stroke.character == 0x7f => command(stroke, mods),
            None => self.letter(stroke.character).map(|c| Key::new(KeyCode::Char(c), typing(c, mods))),
        }
    }

    fn letter(&mut self, unit: u16) -> Option<char> {
        let units = self.half.take().into_iter().chain([unit]);
        let letter = char::decode_utf16(units).last()?.ok();
        self.half = letter.is_none().then_some(unit);
        letter
    }

    fn pointer(&mut self, Pointer { column, row, buttons, flags }: Pointer) -> Option<Input> {
        const LEFT: u32 = 1;
        let (col, row) = (u16::try_from(column).ok()?, u16::try_from(row).ok()?);
        if flags == WHEELED {
            let turned = i16::from_ne_bytes(u16::try_from(buttons >> 16).ok()?.to_ne_bytes());
            let lines = -turned.signum() * WHEEL_LINES;
            return (lines != 0).then_some(Input::Wheel { lines, col, row });
        }
        let before = std::mem::replace(&mut self.buttons, buttons);
        (buttons & !before & LEFT != 0).then_some(Input::Click { col, row })
    }
}

/// A key held down repeats one character; a paste has several.
fn is_burst(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    text.chars().count() >= BURST && chars.any(|c| Some(c) != first)
}

/// A digit of the block typed with Alt, which is an arrow or the like while Num Lock is off.
fn is_part_of_code(stroke: Stroke) -> bool {
    let is_alt_alone = stroke.state & ALT != 0 && stroke.state & CTRL == 0;
    let is_digit = matches!(stroke.key, 0x60..=0x69);
    let is_digit_without_lock = matches!(stroke.key, 0x0c | 0x21..=0x28 | 0x2d) && stroke.state & APART == 0;
    is_alt_alone && (is_digit || is_digit_without_lock)
}

fn mods(state: u32) -> Mods {
    let held = [(CTRL, Mods::CTRL), (ALT, Mods::ALT), (SHIFT, Mods::SHIFT)];
    held.into_iter().filter(|(bits, _)| state & bits != 0).fold(Mods::NONE, |mods, (_, held)| mods.with(held))
}

/// AltGr is reported as Ctrl and Alt. What types a character with both, or one that is no letter of a command, is text.
fn typing(c: char, mods: Mods) -> Mods {
    let alt_gr = Mods::CTRL.with(Mods::ALT);
    if mods.has(alt_gr) || !c.is_ascii() { mods.without(alt_gr) } else { mods }
}

/// A key that types nothing but with Ctrl or Alt has a meaning, and a control character that is on no key.
fn command(stroke: Stroke, mods: Mods) -> Option<Key> {
    let is_held = mods.has(Mods::CTRL) || mods.has(Mods::ALT);
    let on_key = char::from_u32(stroke.key.into()).filter(|c| matches!(c, '0'..='9' | 'A'..='Z' | ' '));
    let code = match (on_key, stroke.character) {
        (Some(c), _) if is_held => KeyCode::Char(c.to_ascii_lowercase()),
        (_, 0x0a | 0x0d) => KeyCode::Enter,
        (_, 0x09) => KeyCode::Tab,
        (_, 0x08) => KeyCode::Backspace,
        (_, 0x1b) => KeyCode::Esc,
        _ => return None,
    };
    Some(Key::new(code, mods))
}

/// The keys that are known by their number.
fn named(key: u16) -> Option<KeyCode> {
    Some(match key {
        0x08 => KeyCode::Backspace,
        0x09 => KeyCode::Tab,
        0x0d => KeyCode::Enter,
        0x1b => KeyCode::Esc,
        0x21 => KeyCode::PageUp,
        0x22 => KeyCode::PageDown,
        0x23 => KeyCode::End,
        0x24 => KeyCode::Home,
        0x25 => KeyCode::Left,
        0x26 => KeyCode::Up,
        0x27 => KeyCode::Right,
        0x28 => KeyCode::Down,
        0x2d => KeyCode::Insert,
        0x2e => KeyCode::Delete,
        0x70..=0x87 => KeyCode::F(u8::try_from(key - 0x6f).ok()?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALT_GR: u32 = 0x1 | 0x8;

    fn down(key: u16, c: char, state: u32) -> Report {
        let character = u16::try_from(u32::from(c)).unwrap();
        Report::Key(Stroke { is_down: true, times: 1, key, character, state })
    }

    fn up(key: u16, c: char, state: u32) -> Report {
        let Report::Key(stroke) = down(key, c, state) else { unreachable!() };
        Report::Key(Stroke { is_down: false, ..stroke })
    }

    fn names(reports: impl IntoIterator<Item = Report>) -> String {
        let name = |input: Input| if let Input::Key(key) = input { key.to_string() } else { format!("{input:?}") };
        Translator::default().translate(reports).into_iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_key_counts_as_it_goes_down_whatever_it_comes_up_as() {
        let shift = || down(0x10, '\0', SHIFT);
        let overlapping = [down(0x33, '3', 0), shift(), up(0x33, '£', SHIFT), down(0x42, 'B', SHIFT), up(0x42, 'b', 0)];
        assert_eq!(names(overlapping), "3 B");
    }

    #[test]
    fn an_alt_code_is_the_character_that_alt_comes_up_with() {
        let digits = [0x60, 0x61, 0x66, 0x63].into_iter().flat_map(|key| [down(key, '\0', 2), up(key, '\0', 2)]);
        let code = |c| [up(MENU, c, 0)];
        assert_eq!(names([down(MENU, '\0', 2)].into_iter().chain(digits).chain(code('£'))), "£");
        let without_lock = [down(0x2d, '\0', 2), down(0x23, '\0', 2), down(0x27, '\0', 2)];
        assert_eq!(names(without_lock.into_iter().chain(code('@'))), "@");
        assert_eq!(names([down(0x26, '\0', 2 | APART)]), "Alt-Up");
        assert_eq!(names(code('\r').into_iter().chain([up(MENU, '\0', 0)])), "");
    }

    #[test]
    fn alt_gr_types_text_and_ctrl_with_alt_is_a_command() {
        assert_eq!(names([down(0x34, '€', ALT_GR), down(0x45, 'é', ALT_GR), down(0x51, '@', ALT_GR)]), "€ é @");
        assert_eq!(
            names([down(0x58, '\0', ALT_GR), down(0x58, 'x', 2), down(0x44, '\u{4}', 8)]),
            "Ctrl-Alt-X Alt-x Ctrl-D"
        );
        assert_eq!(
            names([down(0x0d, '\n', 8), down(0x09, '\t', SHIFT), down(0x20, ' ', 0)]),
            "Ctrl-Enter Shift-Tab Space"
        );
    }

    #[test]
    fn a_character_in_two_halves_is_one() {
        let half = |unit| {
            [true, false].map(|is_down| Report::Key(Stroke { is_down, times: 1, character: unit, ..Stroke::default() }))
        };
        assert_eq!(names([half(0xd83d), half(0xdc1d)].concat()), "🐝");
        assert_eq!(names([half(0xd83d).to_vec(), vec![down(0x41, 'a', 0)]].concat()), "a");
    }

    #[test]
    fn a_burst_is_a_paste_and_a_held_key_is_not() {
        let typed = |text: &str| text.chars().map(|c| down(if c == '\r' { 0x0d } else { 0 }, c, 0)).collect::<Vec<_>>();
        assert_eq!(names(typed("one\rtwo")), "Paste(\"one\\ntwo\")");
        assert_eq!(names(typed("jjjjjj")), "j j j j j j");
        assert_eq!(names(typed("jk")), "j k");
        let held = Report::Key(Stroke { is_down: true, times: 3, key: 0x28, ..Stroke::default() });
        assert_eq!(names([held]), "Down Down Down");
    }

    #[test]
    fn resize_wheel_and_click_come_through() {
        let mouse = |buttons, flags| Report::Pointer(Pointer { column: 3, row: 4, buttons, flags });
        let towards = (-120_i32).cast_unsigned() << 16;
        let reports = [Report::Size, mouse(towards, WHEELED), mouse(0, WHEELED), mouse(1, 0), mouse(1, 0), mouse(0, 0)];
        let (wheel, click) = (Input::Wheel { lines: 3, col: 3, row: 4 }, Input::Click { col: 3, row: 4 });
        assert_eq!(Translator::default().translate(reports), [Input::Resize { cols: 0, rows: 0 }, wheel, click]);
    }
}
