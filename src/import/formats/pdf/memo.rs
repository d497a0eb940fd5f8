//! What the library has said about the text of a page, so that it is asked only once about each piece: it looks for the
//! font anew every time.

use std::collections::HashMap;
use std::sync::Mutex;

/// The most pieces of text that are remembered on a page.
const MOST: usize = 20_000;

/// The drawing within the drawing whose fonts are meant; none for the page's own.
type Form = Option<(u32, u16)>;
/// By the bytes of a piece.
type Pieces<T> = HashMap<Vec<u8>, T>;

/// Answers about pieces of text, by the font that they are set in.
pub struct Memo<T> {
    known: Mutex<Known<T>>,
}

struct Known<T> {
    count: usize,
    /// By where the font's name is used, and that name.
    fonts: HashMap<Form, HashMap<Vec<u8>, Pieces<T>>>,
}

impl<T> Default for Memo<T> {
    fn default() -> Memo<T> {
        Memo { known: Mutex::new(Known { count: 0, fonts: HashMap::new() }) }
    }
}

impl<T: Clone> Memo<T> {
    /// What was found for these bytes in this font, or is found now.
    pub fn get(&self, (form, font): (Form, &[u8]), bytes: &[u8], find: impl FnOnce() -> T) -> T {
        // A lock that broke is of no use; nothing else is lost with it.
        let Ok(mut known) = self.known.lock() else { return find() };
        let Known { count, fonts } = &mut *known;
        let of_form = fonts.entry(form).or_default();
        if let Some(found) = of_form.get(font).and_then(|pieces| pieces.get(bytes)) {
            return found.clone();
        }
        let found = find();
        if *count < MOST {
            *count += 1;
            of_form.entry(font.to_vec()).or_default().insert(bytes.to_vec(), found.clone());
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_piece_is_asked_about_once_for_each_font() {
        let (memo, mut asked) = (Memo::default(), 0);
        let mut get = |form, font: &[u8], bytes: &[u8]| {
            memo.get((form, font), bytes, || {
                asked += 1;
                asked
            })
        };
        assert_eq!([get(None, b"F1", b"a"), get(None, b"F1", b"a"), get(None, b"F1", b"b")], [1, 1, 2]);
        assert_eq!([get(None, b"F2", b"a"), get(Some((7, 0)), b"F1", b"a"), get(None, b"F1", b"a")], [3, 4, 1]);
    }
}
