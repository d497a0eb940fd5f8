//! What a terminal's bytes mean: keys, pastes and mouse, in the sequences that xterm and all who follow it send.
//!
//! Pure: bytes in, [`Input`]s out; what is no sequence we know is passed over, whatever it is. Sources: xterm's
//! "Control Sequences" (PC-style function keys, SGR mouse, bracketed paste, modifyOtherKeys) and the kitty keyboard
//! protocol's `CSI u`, which some terminals send unasked.

use std::time::Duration;

use super::paste;
use crate::app::key::{Input, Key, KeyCode, Mods};

const ESC: u8 = 0x1b;
const PASTE_END: &[u8] = b"\x1b[201~";

/// A sequence longer than this is none.
const LONGEST_SEQUENCE: usize = 64;
/// How long the rest of a sequence may take. Terminals send one in one piece, but a slow line may cut it; a person who
/// presses Esc and then a letter takes longer.
const SEQUENCE_GRACE: Duration = Duration::from_millis(10);
/// How long a paste may pause before it is taken to have lost its end.
const PASTE_GRACE: Duration = Duration::from_secs(1);

/// Turns bytes into input, keeping what is not complete for the next time.
#[derive(Default)]
pub(super) struct Decoder {
    /// Not understood yet: the beginning of a sequence, or a whole paste so far.
    rest: Vec<u8>,
    /// Inside a bracketed paste: how far its end has been looked for.
    pasting: Option<usize>,
}

/// What the beginning of the bytes is.
enum Step {
    /// Not decidable before more bytes come.
    Incomplete,
    /// So many bytes, meaning this.
    Took(usize, Meaning),
}

enum Meaning {
    Nothing,
    Input(Input),
    PasteBegins,
}

impl Decoder {
    pub fn feed(&mut self, bytes: &[u8], inputs: &mut Vec<Input>) {
        self.rest.extend_from_slice(bytes);
        let mut done = 0;
        loop {
            if self.pasting.is_some() {
                self.rest.drain(..done);
                if !self.finish_paste(inputs) {
                    return;
                }
                done = 0;
            }
            match step(self.rest.get(done..).unwrap_or_default()) {
                Step::Incomplete => break,
                Step::Took(count, meaning) => {
                    done += count;
                    match meaning {
                        Meaning::Nothing => {}
                        Meaning::Input(input) => inputs.push(input),
                        Meaning::PasteBegins => self.pasting = Some(0),
                    }
                }
            }
        }
        self.rest.drain(..done);
    }

    /// How long to wait for the rest of something begun; `None` where nothing has begun.
    pub fn grace(&self) -> Option<Duration> {
        match (self.pasting, self.rest.is_empty()) {
            (Some(_), _) => Some(PASTE_GRACE),
            (None, false) => Some(SEQUENCE_GRACE),
            (None, true) => None,
        }
    }

    /// The rest did not come: what is there stands for itself.
    pub fn give_up(&mut self, inputs: &mut Vec<Input>) {
        let rest = std::mem::take(&mut self.rest);
        if self.pasting.take().is_some() {
            push_paste(&rest, inputs);
            return;
        }
        match rest.as_slice() {
            [ESC] => inputs.push(Input::Key(Key::plain(KeyCode::Esc))),
            [ESC, letter] if letter.is_ascii_graphic() => {
                inputs.push(Input::Key(Key::new(KeyCode::Char(char::from(*letter)), Mods::ALT)));
            }
            _ => {}
        }
    }

    /// Looks for the end of the paste; answers whether it was there.
    fn finish_paste(&mut self, inputs: &mut Vec<Input>) -> bool {
        let from = self.pasting.unwrap_or_default();
        let tail = self.rest.get(from..).unwrap_or_default();
        let Some(at) = memchr::memmem::find(tail, PASTE_END) else {
            // The end may have arrived in part.
            self.pasting = Some(self.rest.len().saturating_sub(PASTE_END.len() - 1));
            return false;
        };
        let text: Vec<u8> = self.rest.drain(..from + at + PASTE_END.len()).collect();
        push_paste(text.get(..from + at).unwrap_or_default(), inputs);
        self.pasting = None;
        true
    }
}

fn push_paste(bytes: &[u8], inputs: &mut Vec<Input>) {
    let text = paste::normalise(&String::from_utf8_lossy(bytes));
    if !text.is_empty() {
        inputs.push(Input::Paste(text));
    }
}

fn step(bytes: &[u8]) -> Step {
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
        // Which of the two a terminal sends for Backspace is a matter of its settings.
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
        // The first bytes of a character whose others have not come.
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
        // Broken off by something else, which is read for itself.
        return Step::Took(length + 2, Meaning::Nothing);
    }
    let meaning = match parameters {
        [b'<', numbers @ ..] => mouse(&Parameters::of(numbers), last),
        numbers => keyboard(&Parameters::of(numbers), last),
    };
    Step::Took(length + 3, meaning.unwrap_or(Meaning::Nothing))
}

/// The numbers of a control sequence; the second part after a colon is a kitty key's "press, repeat or release".
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

    /// What was held down, as the parameter at `at` says: one more than Shift 1, Alt 2, Ctrl 4.
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
        // Without a parameter or with 1; another number is an answer that nobody asked for.
        _ if parameters.get(0) <= 1 => (named(last)?, parameters.mods(1)),
        _ => return None,
    };
    Some(Meaning::Input(Input::Key(Key::new(shifted(code, mods), mods))))
}

/// A letter sent with Shift told apart is the capital that was typed.
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

/// `ESC [ < button ; column ; row M`, `m` when a button is let go.
fn mouse(parameters: &Parameters, last: u8) -> Option<Meaning> {
    const WHEEL_LINES: i16 = 3;
    let place = |at| u16::try_from(parameters.get(at).saturating_sub(1)).ok();
    let (col, row) = (place(1)?, place(2)?);
    // Shift, Alt and Ctrl (4, 8, 16) change nothing here.
    let input = match (parameters.get(0) & !0b1_1100, last) {
        (0, b'M') => Input::Click { col, row },
        (64, b'M') => Input::Wheel { lines: -WHEEL_LINES, col, row },
        (65, b'M') => Input::Wheel { lines: WHEEL_LINES, col, row },
        _ => return None,
    };
    Some(Meaning::Input(input))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn decode(bytes: &[u8]) -> Vec<Input> {
        let mut decoder = Decoder::default();
        let mut inputs = Vec::new();
        decoder.feed(bytes, &mut inputs);
        decoder.give_up(&mut inputs);
        inputs
    }

    /// The keys' names, or what else came.
    fn told(bytes: &[u8]) -> String {
        let tell = |input: Input| if let Input::Key(key) = input { key.to_string() } else { format!("{input:?}") };
        decode(bytes).into_iter().map(tell).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn keys_of_every_form_are_told() {
        for (bytes, keys) in [
            (&b"rN "[..], "r N Space"),
            (b"\r\t\x7f\x08", "Enter Tab Backspace Backspace"),
            (b"\x12\n\x1a\0", "Ctrl-R Ctrl-J Ctrl-Z Ctrl-Space"),
            (b"\x1b[A\x1bOB\x1b[H\x1bOF", "Up Down Home End"),
            (b"\x1b[5~\x1b[6~\x1b[3~\x1b[2~", "PgUp PgDn Del Ins"),
            (b"\x1b[1~\x1b[4~\x1b[7~\x1b[8~", "Home End Home End"),
            (b"\x1bOP\x1b[15~\x1b[24~\x1b[[B", "F1 F5 F12 F2"),
            (b"\x1b[1;5C\x1b[1;3D\x1b[3;2~", "Ctrl-Right Alt-Left Shift-Del"),
            (b"\x1b[Z", "Shift-Tab"),
            (b"\x1b\r\x1bx\x1b\x7f", "Alt-Enter Alt-x Alt-Backspace"),
            (b"\x1b[13;3u\x1b[27;5;106~\x1b[110;2u", "Alt-Enter Ctrl-J N"),
            (b"\x1b[97;1:3u\x1b[97;1:1u", "a"),
            ("é€字😀".as_bytes(), "é € 字 😀"),
            ("\x1bé".as_bytes(), "Alt-é"),
        ] {
            assert_eq!(told(bytes), keys, "{bytes:?}");
        }
    }

    #[test]
    fn escape_alone_is_the_key_and_before_another_key_too() {
        assert_eq!(told(b"\x1b"), "Esc");
        assert_eq!(told(b"\x1b\x1b[A"), "Esc Up");
        assert_eq!(told(b"\x1b["), "Alt-[");
        assert_eq!(told(b"\x1bO"), "Alt-O");
    }

    #[test]
    fn a_paste_is_one_insertion() {
        let text = decode(b"a\x1b[200~one\r\ntwo\x1b[A\rq\x1b[201~b");
        let paste = Input::Paste("one\ntwo[A\nq".into());
        assert_eq!(text, [Input::Key(Key::char('a')), paste, Input::Key(Key::char('b'))]);
    }

    #[test]
    fn a_paste_that_lost_its_end_is_not_lost() {
        let mut decoder = Decoder::default();
        let mut inputs = Vec::new();
        decoder.feed(b"\x1b[200~half", &mut inputs);
        assert_eq!((inputs.len(), decoder.grace()), (0, Some(PASTE_GRACE)));
        decoder.give_up(&mut inputs);
        decoder.feed(b"j", &mut inputs);
        assert_eq!(inputs, [Input::Paste("half".into()), Input::Key(Key::char('j'))]);
    }

    #[test]
    fn wheel_and_click_say_where() {
        assert_eq!(decode(b"\x1b[<0;10;5M\x1b[<0;10;5m"), [Input::Click { col: 9, row: 4 }]);
        assert_eq!(decode(b"\x1b[<64;1;1M"), [Input::Wheel { lines: -3, col: 0, row: 0 }]);
        assert_eq!(decode(b"\x1b[<65;1;1M\x1b[<35;1;1M"), [Input::Wheel { lines: 3, col: 0, row: 0 }]);
    }

    #[test]
    fn what_is_no_input_is_passed_over() {
        for junk in [
            &b"\x1b[?62;22c"[..],
            b"\x1b[12;40R\x1b[I",
            b"\x1b[99999999999999999999~",
            b"\xff\xfe\xc3",
            b"\xc2\x9b",
            b"\x1b[201~",
        ] {
            assert_eq!(told([junk, b"k"].concat().as_slice()), "k", "{junk:?}");
        }
        assert_eq!(told(b"\x1b[12\rj"), "Enter j", "a broken sequence does not swallow what follows");
    }

    proptest! {
        #[test]
        fn nothing_can_harm_the_decoder_and_cuts_do_not_matter(bytes: Vec<u8>, cut in 0..64usize) {
            let mut decoder = Decoder::default();
            let mut inputs = Vec::new();
            let cut = cut.min(bytes.len());
            decoder.feed(&bytes[..cut], &mut inputs);
            decoder.feed(&bytes[cut..], &mut inputs);
            decoder.give_up(&mut inputs);
            prop_assert_eq!(inputs, decode(&bytes));
        }

        #[test]
        fn typed_text_comes_through_whole(text in "[a-zA-Z0-9 é€字,.;!?'-]{0,80}", cut in 0..80usize) {
            let bytes = text.as_bytes();
            let cut = cut.min(bytes.len());
            let mut decoder = Decoder::default();
            let mut inputs = Vec::new();
            decoder.feed(&bytes[..cut], &mut inputs);
            decoder.feed(&bytes[cut..], &mut inputs);
            let typed: String = inputs.iter().filter_map(|i| if let Input::Key(key) = i { key.text() } else { None }).collect();
            prop_assert_eq!(typed, text);
        }
    }
}
