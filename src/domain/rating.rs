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

impl Scheme {
    /// Red, Amber, Green, Blue with no wording; Green and Blue are settled.
    pub fn brag() -> Scheme {
        let level = |letter, word: &str, hue, settled| Level {
            letter,
            word: word.into(),
            meaning: String::new(),
            hue,
            settled,
        };
        Scheme {
            levels: vec![
                level('R', "Red", Hue::Red, false),
                level('A', "Amber", Hue::Amber, false),
                level('G', "Green", Hue::Green, true),
                level('B', "Blue", Hue::Blue, true),
            ],
        }
    }

    /// The level whose word or letter this is, in any case.
    pub fn level(&self, name: &str) -> Option<&Level> {
        let name = name.trim();
        let by_word = self.levels.iter().find(|level| level.word.eq_ignore_ascii_case(name));
        by_word.or_else(|| {
            self.levels.iter().find(|level| name.eq_ignore_ascii_case(level.letter.encode_utf8(&mut [0; 4])))
        })
    }

    pub fn is_settled(&self, word: &str) -> bool {
        self.level(word).is_some_and(|level| level.settled)
    }
}

/// Whether a person who types this means "not rated", where no level is so called.
pub fn means_not_rated(name: &str) -> bool {
    let words = name.trim().to_lowercase();
    matches!(words.as_str(), "-" | "–" | "none" | "not rated" | "unrated")
}
