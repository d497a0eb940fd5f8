//! The byte sequences of keys, clicks and paste markers, as sent by xterm and compatible terminals.
//!
//! Unknown sequences are skipped. Sources: xterm's "Control Sequences" (PC-style function keys, SGR mouse, bracketed
//! paste, modifyOtherKeys) and the kitty keyboard protocol's `CSI u`, which some terminals send unasked.

use crate::app::key::{Input, Key, KeyCode, Mods};

pub(super) const ESC: u8 = 0x1b;
/// The longest possible sequence.
const LONGEST_SEQUENCE: usize = 64;

/// What the bytes begin with.
pub(super) enum Step {
    /// Undecided until more bytes arrive.
    Incomplete,
    /// The number of bytes, and what they mean.
    Took(usize, Meaning),
}

pub(super) enum Meaning {
    Nothing,
    Input(Input),
    PasteBegins,
}

/// Decodes the start of `bytes`.
pub(super) fn step(bytes: &[u8]) -> Step {
    match bytes {
        [] | [ESC] => Step::Incomplete,
        [ESC, ESC, ..] => key(1, KeyCode::Esc, Mods::NONE),
        [ESC, b'[', b'[', rest @ ..] => linux_function_key(rest),
        [ESC, b'[', rest @ ..] => control_sequence(rest),
        [ESC, b'O', rest @ ..] => application_key(rest),
        [ESC, rest @ ..] => with_alt(character(rest)),
        _ => character(bytes),
    }
}

fn key(count: usize, code: KeyCode, mods: Mods) -> Step {
    Step::Took(count, Meaning::Input(Input::Key(Key::new(code, mods))))
}

/// A key after an escape byte was pressed with Alt.
fn with_alt(step: Step) -> Step {
    match step {
        Step::Took(count, Meaning::Input(Input::Key(pressed))) => {
            key(count + 1, pressed.code, pressed.mods.with(Mods::ALT))
        }
        Step::Took(count, meaning) => Step::Took(count + 1, meaning),
        Step::Incomplete => Step::Incomplete,
    }
}

/// One character or control key.
fn character(bytes: &[u8]) -> Step {
    match bytes {
        [] => Step::Incomplete,
        [b'\r', ..] => key(1, KeyCode::Enter, Mods::NONE),
        [b'\t', ..] => key(1, KeyCode::Tab, Mods::NONE),
        // Which of the two a terminal sends for Backspace depends on its settings.
        [0x7f | 0x08, ..] => key(1, KeyCode::Backspace, Mods::NONE),
        [0, ..] => key(1, KeyCode::Char(' '), Mods::CTRL),
        [c @ 0x01..=0x1a, ..] => key(1, KeyCode::Char(char::from(c - 1 + b'a')), Mods::CTRL),
        [c @ 0x1b..=0x1f, ..] => key(1, KeyCode::Char(char::from(c - 0x1b + b'[')), Mods::CTRL),
        [c @ 0x20..=0x7e, ..] => key(1, KeyCode::Char(char::from(*c)), Mods::NONE),
        _ => beyond_ascii(bytes),
    }
}

fn beyond_ascii(bytes: &[u8]) -> Step {
    let start = bytes.get(..bytes.len().min(4)).unwrap_or_default();
    match start.utf8_chunks().next().map(|chunk| (chunk.valid().chars().next(), chunk.invalid().len())) {
        Some((Some(c), _)) if c.is_control() => Step::Took(c.len_utf8(), Meaning::Nothing),
        Some((Some(c), _)) => key(c.len_utf8(), KeyCode::Char(c), Mods::NONE),
        // The first bytes of an incomplete character.
        Some((None, count)) if count == bytes.len() && may_go_on(start) => Step::Incomplete,
        Some((None, count)) => Step::Took(count.max(1), Meaning::Nothing),
        None => Step::Incomplete,
    }
}

fn may_go_on(start: &[u8]) -> bool {
    std::str::from_utf8(start).is_err_and(|error| error.error_len().is_none())
}

/// F1 to F5 of the Linux console: `ESC [ [ A`.
fn linux_function_key(rest: &[u8]) -> Step {
    match rest {
        [] => Step::Incomplete,
        [c @ b'A'..=b'E', ..] => key(4, KeyCode::F(c - b'A' + 1), Mods::NONE),
        _ => Step::Took(3, Meaning::Nothing),
    }
}

/// Cursor and function keys in the form `ESC O P`.
fn application_key(rest: &[u8]) -> Step {
    match rest {
        [] => Step::Incomplete,
        [b'M', ..] => key(3, KeyCode::Enter, Mods::NONE),
        [last, ..] => match named(*last) {
            Some(code) => key(3, code, Mods::NONE),
            None => Step::Took(2, Meaning::Input(Input::Key(Key::new(KeyCode::Char('O'), Mods::ALT)))),
        },
    }
}

fn named(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'F' => KeyCode::End,
        b'H' => KeyCode::Home,
        b'P'..=b'S' => KeyCode::F(last - b'P' + 1),
        _ => return None,
    })
}

/// `rest` follows `ESC [`: parameters, then a final byte.
fn control_sequence(rest: &[u8]) -> Step {
    let Some(length) = rest.iter().take(LONGEST_SEQUENCE).position(|byte| !(0x20..=0x3f).contains(byte)) else {
        let is_too_long = rest.len() >= LONGEST_SEQUENCE;
        return if is_too_long { Step::Took(LONGEST_SEQUENCE + 2, Meaning::Nothing) } else { Step::Incomplete };
    };
    let (parameters, last) = (rest.get(..length).unwrap_or_default(), rest.get(length).copied().unwrap_or_default());
    if !(0x40..=0x7e).contains(&last) {
        // Interrupted by something else, which is decoded separately.
        return Step::Took(length + 2, Meaning::Nothing);
    }
    let meaning = match parameters {
        [b'<', numbers @ ..] => mouse(&Parameters::of(numbers), last),
        numbers => keyboard(&Parameters::of(numbers), last),
    };
    Step::Took(length + 3, meaning.unwrap_or(Meaning::Nothing))
}

/// The numbers of a control sequence; the part after a colon is a kitty key's "press, repeat or release".
struct Parameters {
    numbers: Vec<u32>,
    is_release: bool,
}

impl Parameters {
    fn of(bytes: &[u8]) -> Parameters {
        let text = String::from_utf8_lossy(bytes);
        let first = |part: &str| part.split(':').next().and_then(|number| number.parse().ok()).unwrap_or(0);
        let is_release = text.split(';').nth(1).and_then(|part| part.split(':').nth(1)) == Some("3");
        Parameters { numbers: text.split(';').map(first).collect(), is_release }
    }

    fn get(&self, at: usize) -> u32 {
        self.numbers.get(at).copied().unwrap_or(0)
    }

    /// The modifiers in the parameter at `at`: one more than the sum of Shift 1, Alt 2, Ctrl 4.
    fn mods(&self, at: usize) -> Mods {
        let bits = self.get(at).saturating_sub(1);
        [(1, Mods::SHIFT), (2, Mods::ALT), (4, Mods::CTRL)]
            .into_iter()
            .filter(|(bit, _)| bits & bit != 0)
            .fold(Mods::NONE, |mods, (_, held)| mods.with(held))
    }
}

fn keyboard(parameters: &Parameters, last: u8) -> Option<Meaning> {
    if parameters.is_release {
        return None;
    }
    let (code, mods) = match last {
        b'~' if parameters.get(0) == 200 => return Some(Meaning::PasteBegins),
        b'~' if parameters.get(0) == 27 => (by_code_point(parameters.get(2))?, parameters.mods(1)),
        b'~' => (numbered(parameters.get(0))?, parameters.mods(1)),
        b'u' => (by_code_point(parameters.get(0))?, parameters.mods(1)),
        b'Z' => (KeyCode::BackTab, Mods::NONE),
        // Without a parameter or with 1; any other number is a reply that was not requested.
        _ if parameters.get(0) <= 1 => (named(last)?, parameters.mods(1)),
        _ => return None,
    };
    Some(Meaning::Input(Input::Key(Key::new(shifted(code, mods), mods))))
}

/// A letter sent with a separate Shift is the capital letter that was typed.
fn shifted(code: KeyCode, mods: Mods) -> KeyCode {
    match code {
        KeyCode::Char(c) if mods.has(Mods::SHIFT) => KeyCode::Char(c.to_ascii_uppercase()),
        code => code,
    }
}

fn numbered(number: u32) -> Option<KeyCode> {
    let function = |n: u32| u8::try_from(n).ok().map(KeyCode::F);
    match number {
        1 | 7 => Some(KeyCode::Home),
        2 => Some(KeyCode::Insert),
        3 => Some(KeyCode::Delete),
        4 | 8 => Some(KeyCode::End),
        5 => Some(KeyCode::PageUp),
        6 => Some(KeyCode::PageDown),
        11..=15 => function(number - 10),
        17..=21 => function(number - 11),
        23..=26 => function(number - 12),
        28 | 29 => function(number - 13),
        31..=34 => function(number - 14),
        _ => None,
    }
}

fn by_code_point(number: u32) -> Option<KeyCode> {
    match number {
        9 => Some(KeyCode::Tab),
        13 => Some(KeyCode::Enter),
        27 => Some(KeyCode::Esc),
        8 | 127 => Some(KeyCode::Backspace),
        _ => char::from_u32(number).filter(|c| !c.is_control()).map(KeyCode::Char),
    }
}

/// `ESC [ < button ; column ; row M`, or `m` when a button is released.
fn mouse(parameters: &Parameters, last: u8) -> Option<Meaning> {
    const WHEEL_LINES: i16 = 3;
    let place = |at| u16::try_from(parameters.get(at).saturating_sub(1)).ok();
    let (col, row) = (place(1)?, place(2)?);
    // Shift, Alt and Ctrl (4, 8, 16) make no difference here.
    let input = match (parameters.get(0) & !0b1_1100, last) {
        (0, b'M') => Input::Click { col, row },
        (64, b'M') => Input::Wheel { lines: -WHEEL_LINES, col, row },
        (65, b'M') => Input::Wheel { lines: WHEEL_LINES, col, row },
        _ => return None,
    };
    Some(Meaning::Input(input))
}
