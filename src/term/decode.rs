//! Decodes a terminal's bytes into input, keeping incomplete sequences and deciding how long to wait for the rest.
//!
//! Pure: bytes in, [`Input`]s out, however the bytes are split.

use std::time::Duration;

use super::paste;
use super::sequence::{ESC, Meaning, Step, step};
use crate::app::key::{Input, Key, KeyCode, Mods};

const PASTE_END: &[u8] = b"\x1b[201~";

/// How long the rest of a sequence may take. Terminals send it in one piece, but a slow line may split it; a person
/// pressing Esc and then a letter takes longer.
const SEQUENCE_GRACE: Duration = Duration::from_millis(10);
/// How long a paste may pause before its end is assumed lost.
const PASTE_GRACE: Duration = Duration::from_secs(1);

/// Decodes bytes into input, keeping what is incomplete for the next call.
#[derive(Default)]
pub(super) struct Decoder {
    /// Not decoded yet: the start of a sequence, or the whole paste so far.
    rest: Vec<u8>,
    /// Inside a bracketed paste: how far the search for its end has got.
    pasting: Option<usize>,
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

    /// How long to wait for the rest of an incomplete sequence; `None` if there is none.
    pub fn grace(&self) -> Option<Duration> {
        match (self.pasting, self.rest.is_empty()) {
            (Some(_), _) => Some(PASTE_GRACE),
            (None, false) => Some(SEQUENCE_GRACE),
            (None, true) => None,
        }
    }

    /// The rest did not come: what has arrived is decoded as it is.
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

    /// Looks for the end of the paste; returns whether it was found.
    fn finish_paste(&mut self, inputs: &mut Vec<Input>) -> bool {
        let from = self.pasting.unwrap_or_default();
        let tail = self.rest.get(from..).unwrap_or_default();
        let Some(at) = memchr::memmem::find(tail, PASTE_END) else {
            // Part of the end may have arrived.
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

    /// The names of the keys, or the other input.
    fn names(bytes: &[u8]) -> String {
        let name = |input: Input| if let Input::Key(key) = input { key.to_string() } else { format!("{input:?}") };
        decode(bytes).into_iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn keys_of_every_form_are_named() {
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
            assert_eq!(names(bytes), keys, "{bytes:?}");
        }
    }

    #[test]
    fn escape_alone_is_the_key_and_before_another_key_too() {
        assert_eq!(names(b"\x1b"), "Esc");
        assert_eq!(names(b"\x1b\x1b[A"), "Esc Up");
        assert_eq!(names(b"\x1b["), "Alt-[");
        assert_eq!(names(b"\x1bO"), "Alt-O");
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
    fn what_is_no_input_is_skipped() {
        for junk in [
            &b"\x1b[?62;22c"[..],
            b"\x1b[12;40R\x1b[I",
            b"\x1b[99999999999999999999~",
            b"\xff\xfe\xc3",
            b"\xc2\x9b",
            b"\x1b[201~",
        ] {
            assert_eq!(names([junk, b"k"].concat().as_slice()), "k", "{junk:?}");
        }
        assert_eq!(names(b"\x1b[12\rj"), "Enter j", "a broken sequence does not swallow what follows");
    }

    proptest! {
        #[test]
        fn no_bytes_harm_the_decoder_however_they_are_split(bytes: Vec<u8>, cut in 0..64usize) {
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
