//! Translates crossterm's events; used where the console delivers events rather than bytes (Windows).

use crossterm::event::{
    Event, KeyCode as TheirCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEvent, MouseEventKind,
};

use super::paste;
use crate::app::key::{Input, Key, KeyCode, Mods};

const WHEEL_LINES: i16 = 3;
/// This many characters at once cannot have been typed.
const BURST: usize = 4;

/// Translates events, tracking which characters are held down.
#[derive(Default)]
pub(super) struct Translator {
    held: Vec<char>,
}

impl Translator {
    /// All queued events. The Windows console has no bracketed paste, so a queued burst of text that is long or
    /// contains a line end counts as one.
    pub fn translate(&mut self, events: impl IntoIterator<Item = Event>) -> Vec<Input> {
        let inputs: Vec<Input> = events.into_iter().filter_map(|event| self.one(event)).collect();
        let typed: Option<String> = inputs.iter().map(typed).collect();
        match typed {
            Some(text) if is_burst(&text) => vec![Input::Paste(paste::normalise(&text))],
            Some(_) | None => inputs,
        }
    }

    fn one(&mut self, event: Event) -> Option<Input> {
        match event {
            Event::Key(key) => self.key(key).map(Input::Key),
            Event::Paste(text) => Some(Input::Paste(paste::normalise(&text))),
            Event::Resize(cols, rows) => Some(Input::Resize { cols, rows }),
            Event::Mouse(mouse) => on_mouse(mouse),
            Event::FocusGained | Event::FocusLost => None,
        }
    }

    /// Presses and repeats. The release of a character counts only if its press was never reported, as with Alt codes
    /// and pasted non-ASCII characters.
    fn key(&mut self, event: KeyEvent) -> Option<Key> {
        let key = translated(event.code, event.modifiers)?;
        let KeyCode::Char(c) = key.code else {
            return (event.kind != KeyEventKind::Release).then_some(key);
        };
        if event.kind != KeyEventKind::Release {
            self.held.push(c);
            return Some(key);
        }
        let was_held = self.held.contains(&c);
        self.held.retain(|held| *held != c);
        (!was_held && !c.is_ascii()).then(|| Key::char(c))
    }
}

/// The text that an input types, if any.
fn typed(input: &Input) -> Option<char> {
    match input {
        Input::Key(key) if *key == Key::plain(KeyCode::Enter) => Some('\n'),
        Input::Key(key) => key.text(),
        Input::Paste(_) | Input::Resize { .. } | Input::Wheel { .. } | Input::Click { .. } | Input::Redraw => None,
    }
}

/// A key held down repeats one character; a paste has several.
fn is_burst(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    text.chars().count() >= BURST && chars.any(|c| Some(c) != first)
}

fn translated(code: TheirCode, modifiers: KeyModifiers) -> Option<Key> {
    let mut mods = Mods::NONE;
    for (theirs, ours) in
        [(KeyModifiers::CONTROL, Mods::CTRL), (KeyModifiers::ALT, Mods::ALT), (KeyModifiers::SHIFT, Mods::SHIFT)]
    {
        if modifiers.contains(theirs) {
            mods = mods.with(ours);
        }
    }
    let code = translated_code(code)?;
    // AltGr arrives as Ctrl and Alt with the character it types. A plain letter with both is not AltGr.
    let alt_gr = Mods::CTRL.with(Mods::ALT);
    if let KeyCode::Char(c) = code
        && mods.has(alt_gr)
        && !c.is_ascii_lowercase()
    {
        mods = mods.without(alt_gr);
    }
    Some(Key::new(code, mods))
}

fn translated_code(code: TheirCode) -> Option<KeyCode> {
    Some(match code {
        TheirCode::Char(c) => KeyCode::Char(c),
        TheirCode::Enter => KeyCode::Enter,
        TheirCode::Esc => KeyCode::Esc,
        TheirCode::Tab => KeyCode::Tab,
        TheirCode::BackTab => KeyCode::BackTab,
        TheirCode::Backspace => KeyCode::Backspace,
        TheirCode::Delete => KeyCode::Delete,
        TheirCode::Insert => KeyCode::Insert,
        TheirCode::Up => KeyCode::Up,
        TheirCode::Down => KeyCode::Down,
        TheirCode::Left => KeyCode::Left,
        TheirCode::Right => KeyCode::Right,
        TheirCode::Home => KeyCode::Home,
        TheirCode::End => KeyCode::End,
        TheirCode::PageUp => KeyCode::PageUp,
        TheirCode::PageDown => KeyCode::PageDown,
        TheirCode::F(n) => KeyCode::F(n),
        _ => return None,
    })
}

fn on_mouse(mouse: MouseEvent) -> Option<Input> {
    let (col, row) = (mouse.column, mouse.row);
    match mouse.kind {
        MouseEventKind::Down(MouseButton::Left) => Some(Input::Click { col, row }),
        MouseEventKind::ScrollUp => Some(Input::Wheel { lines: -WHEEL_LINES, col, row }),
        MouseEventKind::ScrollDown => Some(Input::Wheel { lines: WHEEL_LINES, col, row }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(code: TheirCode, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(code, modifiers))
    }

    fn release(c: char) -> Event {
        Event::Key(KeyEvent::new_with_kind(TheirCode::Char(c), KeyModifiers::NONE, KeyEventKind::Release))
    }

    fn names(events: Vec<Event>) -> String {
        let name = |input: Input| if let Input::Key(key) = input { key.to_string() } else { format!("{input:?}") };
        Translator::default().translate(events).into_iter().map(name).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_release_counts_only_if_its_press_was_not_reported() {
        let ascii = press(TheirCode::Char('j'), KeyModifiers::NONE);
        assert_eq!(names(vec![ascii, release('j'), release('k')]), "j");
        let known = press(TheirCode::Char('é'), KeyModifiers::NONE);
        assert_eq!(names(vec![known, release('é'), release('ł')]), "é ł");
    }

    #[test]
    fn alt_gr_types_text() {
        let both = KeyModifiers::CONTROL | KeyModifiers::ALT;
        assert_eq!(names(vec![press(TheirCode::Char('€'), both), press(TheirCode::Char('@'), both)]), "€ @");
        assert_eq!(names(vec![press(TheirCode::Char('x'), both)]), "Ctrl-Alt-X");
    }

    #[test]
    fn a_burst_is_a_paste_and_a_held_key_is_not() {
        let typed = |text: &str| -> Vec<Event> {
            let code = |c| if c == '\n' { TheirCode::Enter } else { TheirCode::Char(c) };
            text.chars().map(|c| press(code(c), KeyModifiers::NONE)).collect()
        };
        assert_eq!(names(typed("one\ntwo")), "Paste(\"one\\ntwo\")");
        assert_eq!(names(typed("jjjjjj")), "j j j j j j");
        assert_eq!(names(typed("jk")), "j k");
    }

    #[test]
    fn resize_wheel_and_click_come_through() {
        let mouse = |kind| Event::Mouse(MouseEvent { kind, column: 3, row: 4, modifiers: KeyModifiers::NONE });
        let events = [Event::Resize(80, 24), mouse(MouseEventKind::ScrollDown), mouse(MouseEventKind::Moved)];
        let inputs = Translator::default().translate(events);
        assert_eq!(inputs, [Input::Resize { cols: 80, rows: 24 }, Input::Wheel { lines: 3, col: 3, row: 4 }]);
    }
}
