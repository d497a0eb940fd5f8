//! Ratings: a letter, a word and a colour together, in the plan's own scheme and with the plan's own wording.

/// The colour family in which a level is shown; never the only sign of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hue {
    Red,
    Amber,
    Green,
    Blue,
    Grey,
}

/// One step of a scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// `R`, `A`, `G`, `B`; what the list shows and the key that sets it, in lower case.
    pub letter: char,
    /// `Red`. Unique within the scheme; the log stores this.
    pub word: String,
    /// The plan's own wording ("Objective completed / on target"), empty where it gives none.
    pub meaning: String,
    pub hue: Hue,
    /// Whether an action so rated can no longer be overdue (product rule 2).
    pub settled: bool,
}

/// The ratings a plan uses, in the order in which it lists them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    pub levels: Vec<Level>,
}

/// A level without wording.
struct Plain {
    letter: char,
    word: &'static str,
    hue: Hue,
    settled: bool,
}

const BRAG: [Plain; 4] = [
    Plain { letter: 'R', word: "Red", hue: Hue::Red, settled: false },
    Plain { letter: 'A', word: "Amber", hue: Hue::Amber, settled: false },
    Plain { letter: 'G', word: "Green", hue: Hue::Green, settled: true },
    Plain { letter: 'B', word: "Blue", hue: Hue::Blue, settled: true },
];

impl Plain {
    fn level(&self) -> Level {
        let Plain { letter, word, hue, settled } = *self;
        Level { letter, word: word.into(), meaning: String::new(), hue, settled }
    }
}

/// As [`Scheme::is_settled`] of [`Scheme::brag`], without building it: this is checked for every action.
pub fn is_settled_in_brag(name: &str) -> bool {
    in_brag(name).is_some_and(|level| level.settled)
}

/// As [`Scheme::level`] of [`Scheme::brag`].
pub fn level_in_brag(name: &str) -> Option<Level> {
    in_brag(name).map(Plain::level)
}

fn in_brag(name: &str) -> Option<&'static Plain> {
    let name = name.trim();
    let is_letter = |level: &&Plain| name.eq_ignore_ascii_case(level.letter.encode_utf8(&mut [0; 4]));
    BRAG.iter().find(|level| level.word.eq_ignore_ascii_case(name)).or_else(|| BRAG.iter().find(is_letter))
}

impl Default for Scheme {
    fn default() -> Scheme {
        Scheme::brag()
    }
}

impl Scheme {
    /// Red, Amber, Green, Blue with no wording; Green and Blue are settled.
    pub fn brag() -> Scheme {
        Scheme { levels: BRAG.iter().map(Plain::level).collect() }
    }

    /// The level whose word or letter this is, in any case.
    pub fn level(&self, name: &str) -> Option<&Level> {
        let name = name.trim();
        let by_word = self.levels.iter().find(|level| crate::text::is_same_word(&level.word, name));
        by_word.or_else(|| {
            self.levels.iter().find(|level| name.eq_ignore_ascii_case(level.letter.encode_utf8(&mut [0; 4])))
        })
    }

    pub fn is_settled(&self, word: &str) -> bool {
        self.level(word).is_some_and(|level| level.settled)
    }
}

/// Whether this, when typed, means "not rated", unless a level has that name.
pub fn means_not_rated(name: &str) -> bool {
    let words = name.trim().to_lowercase();
    matches!(words.as_str(), "-" | "–" | "none" | "not rated" | "unrated")
}
