//! Text pasted where the terminal does not say that it is a paste: it arrives as keys, all at once, and must not be played
//! as commands.
//!
//! No one types forty letters between two looks at the keyboard, but a program that was busy may find several commands
//! waiting, and scripts send many at once. So only what reads as prose counts as pasted: in a form if it has several lines, of
//! which the first would otherwise be saved and the rest be played; elsewhere unless its first letter opens a place to type.

use crate::app::key::Input;
use crate::app::message::World;
use crate::app::model::Model;
use crate::app::overlay::Overlay;

/// The fewest letters that can be prose.
const LETTERS: usize = 40;
/// The fewest words that it has, and the letters of each.
const WORDS: usize = 6;
const WORD: usize = 3;
/// After this many letters it is clear which it is.
const ENOUGH: usize = 400;

/// Commands that open a place to type, so that what follows their key is typed there.
const OPENERS: [&str; 11] = [
    "action.progress",
    "action.text",
    "action.add",
    "action.close",
    "meeting.decide",
    "meeting.carry",
    "meeting.as-read",
    "find.words",
    "find.filter",
    "import",
    "palette",
];

/// The text that these inputs begin with, and how many of them it is, if it was pasted.
pub fn pasted(inputs: &[Input], model: &Model, world: World<'_>) -> Option<(usize, String)> {
    if inputs.len() < LETTERS {
        return None;
    }
    let typed = || inputs.iter().map_while(Input::typed);
    let begins = typed().take(ENOUGH).collect::<String>();
    if !is_prose(&begins) && !is_path(&begins) {
        return None;
    }
    let text: String = typed().collect();
    let is_pasted = match model.overlays.last() {
        Some(Overlay::Form(_) | Overlay::Choice(_) | Overlay::Line(_)) => {
            is_prose(&begins) && text.trim_end().contains('\n')
        }
        Some(Overlay::Help(_) | Overlay::Reading(_) | Overlay::Splitting(_)) => true,
        None if is_path(&text) => (world.is_document)(text.trim()),
        None => !opens(inputs, model),
    };
    is_pasted.then(|| (text.chars().count(), text))
}

fn is_prose(text: &str) -> bool {
    let words = text.split(|letter: char| !letter.is_alphabetic());
    text.chars().count() >= LETTERS && words.filter(|word| word.chars().count() >= WORD).count() >= WORDS
}

/// Whether it may be the path of a document dropped on the window.
fn is_path(text: &str) -> bool {
    text.starts_with(['/', '"', '\'']) && !text.trim_end().contains('\n')
}

/// Whether the first key opens a place to type.
fn opens(inputs: &[Input], model: &Model) -> bool {
    let Some(Input::Key(key)) = inputs.first() else { return false };
    let command = model.keymap.command(model.listening(), *key);
    command.is_some_and(|command| OPENERS.contains(&command.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::table;

    #[test]
    fn prose_is_told_from_keys() {
        assert!(is_prose("Dear all,\nplease rate 7.2 Green and close the others."));
        assert!(!is_prose(&"nnnnnnnnnn".repeat(6)), "a key held down");
        assert!(!is_prose(&" n n n g n".repeat(6)), "items marked as discussed one after another");
        assert!(!is_prose("pFirst note\npSecond note\n"), "two entries typed while the program was busy");
    }

    #[test]
    fn every_opener_is_a_command() {
        for name in OPENERS {
            assert!(table::all().any(|command| command.name == name), "{name}");
        }
    }
}
