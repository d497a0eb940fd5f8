//! Keys and other input in the program's own words, and the one spelling of a key's name.
//!
//! The command table, the footer, the help, the configuration and the documentation all write keys as [`Key`] prints
//! them: `r`, `N`, `Space`, `Ctrl-R`, `Alt-Enter`, `PgDn`, `F5`.

use std::fmt;
use std::str::FromStr;

use crate::problem::Problem;

/// A user's input at the terminal, or a change of the terminal itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    Key(Key),
    /// Pasted text; lines end in `\n`, and other control characters have been removed.
    Paste(String),
    /// The window's new size in character cells; both may be 0.
    Resize {
        cols: u16,
        rows: u16,
    },
    /// The wheel was turned: down is positive. The position is counted from 0.
    Wheel {
        lines: i16,
        col: u16,
        row: u16,
    },
    /// The left button was pressed; the position is counted from 0.
    Click {
        col: u16,
        row: u16,
    },
    /// The terminal's content is unknown: redraw everything.
    Redraw,
}

impl Input {
    /// The character that it types, if any; Enter types a line end.
    pub fn typed(&self) -> Option<char> {
        match self {
            Input::Key(key) if *key == Key::plain(KeyCode::Enter) => Some('\n'),
            Input::Key(key) => key.text(),
            Input::Paste(_) | Input::Resize { .. } | Input::Wheel { .. } | Input::Click { .. } | Input::Redraw => None,
        }
    }
}

/// A key with its modifiers.
///
/// A character is stored as typed, so it never has `Shift` (`N`, not `Shift-n`); with `Ctrl` a letter is stored in
/// lower case, because terminals do not distinguish the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: KeyCode,
    pub mods: Mods,
}

/// Which key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyCode {
    Char(char),
    Enter,
    Esc,
    Tab,
    /// Tab with Shift.
    BackTab,
    Backspace,
    Delete,
    Insert,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    /// F1 to F24.
    F(u8),
}

/// The modifiers: any of Ctrl, Alt and Shift.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mods(u8);

impl Mods {
    pub const NONE: Mods = Mods(0);
    pub const CTRL: Mods = Mods(1);
    pub const ALT: Mods = Mods(2);
    pub const SHIFT: Mods = Mods(4);

    /// The union of both.
    #[must_use]
    pub const fn with(self, other: Mods) -> Mods {
        Mods(self.0 | other.0)
    }

    #[must_use]
    pub const fn without(self, other: Mods) -> Mods {
        Mods(self.0 & !other.0)
    }

    pub const fn has(self, other: Mods) -> bool {
        self.0 & other.0 == other.0
    }
}

impl Key {
    /// The key in its canonical form: see [`Key`].
    pub fn new(code: KeyCode, mods: Mods) -> Key {
        let without_shift = mods.without(Mods::SHIFT);
        if let KeyCode::Char(c) = code {
            let c = if mods.has(Mods::CTRL) { c.to_ascii_lowercase() } else { c };
            return Key { code: KeyCode::Char(c), mods: without_shift };
        }
        if code == KeyCode::BackTab || (code == KeyCode::Tab && mods.has(Mods::SHIFT)) {
            return Key { code: KeyCode::BackTab, mods: without_shift };
        }
        Key { code, mods }
    }

    /// The key alone.
    pub fn plain(code: KeyCode) -> Key {
        Key::new(code, Mods::NONE)
    }

    /// A typed character.
    pub fn char(c: char) -> Key {
        Key::plain(KeyCode::Char(c))
    }

    pub const fn ctrl(self) -> bool {
        self.mods.has(Mods::CTRL)
    }

    pub const fn alt(self) -> bool {
        self.mods.has(Mods::ALT)
    }

    pub const fn shift(self) -> bool {
        self.mods.has(Mods::SHIFT)
    }

    /// The character that this key types, if any.
    pub fn text(self) -> Option<char> {
        if let (KeyCode::Char(c), Mods::NONE) = (self.code, self.mods) { Some(c) } else { None }
    }
}

/// Every name with its key; the first name of a key is the one that is printed.
const NAMES: [(&str, KeyCode); 27] = [
    ("Space", KeyCode::Char(' ')),
    ("Enter", KeyCode::Enter),
    ("Return", KeyCode::Enter),
    ("Esc", KeyCode::Esc),
    ("Escape", KeyCode::Esc),
    ("Tab", KeyCode::Tab),
    ("Shift-Tab", KeyCode::BackTab),
    ("BackTab", KeyCode::BackTab),
    ("Backspace", KeyCode::Backspace),
    ("BS", KeyCode::Backspace),
    ("Del", KeyCode::Delete),
    ("Delete", KeyCode::Delete),
    ("Ins", KeyCode::Insert),
    ("Insert", KeyCode::Insert),
    ("Up", KeyCode::Up),
    ("Down", KeyCode::Down),
    ("Left", KeyCode::Left),
    ("Right", KeyCode::Right),
    ("Home", KeyCode::Home),
    ("End", KeyCode::End),
    ("PgUp", KeyCode::PageUp),
    ("PageUp", KeyCode::PageUp),
    ("PgDn", KeyCode::PageDown),
    ("PgDown", KeyCode::PageDown),
    ("PageDown", KeyCode::PageDown),
    ("Minus", KeyCode::Char('-')),
    ("Plus", KeyCode::Char('+')),
];

const HELD: [(&str, Mods); 3] = [("Ctrl-", Mods::CTRL), ("Alt-", Mods::ALT), ("Shift-", Mods::SHIFT)];

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, held) in HELD {
            if self.mods.has(held) {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::Char(c) if c != ' ' && self.ctrl() => write!(f, "{}", c.to_ascii_uppercase()),
            KeyCode::Char(c) if c != ' ' => write!(f, "{c}"),
            KeyCode::F(n) => write!(f, "F{n}"),
            code => f.write_str(NAMES.iter().find(|(_, named)| *named == code).map_or("", |(name, _)| name)),
        }
    }
}

/// Case is ignored in names ("ctrl-r", "PGDN") but not in a single character.
impl FromStr for Key {
    type Err = Problem;

    fn from_str(spelled: &str) -> Result<Key, Problem> {
        let mut rest = spelled;
        let mut mods = Mods::NONE;
        while let Some((name, held)) = HELD.iter().find(|(name, _)| starts_with(rest, name) && rest.len() > name.len())
        {
            mods = mods.with(*held);
            rest = rest.get(name.len()..).unwrap_or_default();
        }
        let code = code_named(rest).ok_or_else(|| unknown(spelled))?;
        Ok(Key::new(code, mods))
    }
}

fn starts_with(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}

fn code_named(name: &str) -> Option<KeyCode> {
    let mut chars = name.chars();
    if let (Some(c), None) = (chars.next(), chars.next()) {
        return (!c.is_control()).then_some(KeyCode::Char(c));
    }
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Some(*code);
    }
    let number = name.strip_prefix(['F', 'f'])?.parse().ok()?;
    (1..=24).contains(&number).then_some(KeyCode::F(number))
}

fn unknown(spelled: &str) -> Problem {
    Problem::new(
        format!("There is no key called `{spelled}`"),
        "",
        "Write it like r, N, Space, Ctrl-R, Alt-Enter, PgDn or F5.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(spelled: &str) -> Key {
        spelled.parse().expect(spelled)
    }

    #[test]
    fn every_key_is_read_back_as_it_is_printed() {
        let mut codes: Vec<KeyCode> = NAMES.iter().map(|(_, code)| *code).collect();
        codes.extend((1..=24).map(KeyCode::F));
        codes.extend(('!'..='~').chain(['é', '€', '字']).map(KeyCode::Char));
        for code in codes {
            for bits in 0..8 {
                let key = Key::new(code, Mods(bits));
                assert_eq!(key.to_string().parse(), Ok(key), "{key} of {code:?}");
            }
        }
    }

    #[test]
    fn keys_are_spelled_in_one_way() {
        for (written, printed) in [
            ("ctrl-r", "Ctrl-R"),
            ("Ctrl-R", "Ctrl-R"),
            ("alt-enter", "Alt-Enter"),
            ("pgdown", "PgDn"),
            ("backtab", "Shift-Tab"),
            ("shift-tab", "Shift-Tab"),
            ("space", "Space"),
            (" ", "Space"),
            ("Minus", "-"),
            ("Ctrl--", "Ctrl--"),
            ("-", "-"),
            ("f5", "F5"),
            ("N", "N"),
            ("Alt-x", "Alt-x"),
            ("Ctrl-Alt-Left", "Ctrl-Alt-Left"),
        ] {
            assert_eq!(key(written).to_string(), printed);
        }
    }

    #[test]
    fn an_unknown_key_is_refused_with_examples() {
        for spelled in ["", "Ctrl-", "F0", "F25", "Hyper-x", "rr", "\u{1b}"] {
            let problem = spelled.parse::<Key>().expect_err(spelled);
            assert!(problem.hint.contains("Ctrl-R"), "{problem}");
        }
    }

    #[test]
    fn only_a_bare_character_is_text() {
        assert_eq!(key("é").text(), Some('é'));
        assert_eq!(key("Space").text(), Some(' '));
        for spelled in ["Ctrl-A", "Alt-a", "Enter", "Tab", "F1"] {
            assert_eq!(key(spelled).text(), None, "{spelled}");
        }
    }
}
