//! What boards call things: column headers, ratings, agencies, posts. Data, read from `assets/vocabulary`.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use super::column_choices::ColumnChoices;
use crate::domain::party::name_key;
use crate::import::options::Options;
use crate::problem::Problem;
pub use crate::text::words;

/// Every word list that the reader uses.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    pub columns: BTreeMap<String, Synonyms>,
    /// The phrases of all columns by their first word.
    pub by_first: HashMap<String, Vec<Phrase>>,
    pub headings: Headings,
    pub levels: Vec<LevelWords>,
    pub parties: PartyWords,
    /// From the key of a name or alias to the place in `parties.party`.
    pub by_key: HashMap<String, usize>,
    pub said: SaidWords,
    pub choices: ColumnChoices,
}

/// Single words that mark a line as an action, and a name as a person's.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SaidWords {
    pub verbs: HashSet<String>,
    pub first_names: HashSet<String>,
    pub organised: HashSet<String>,
    /// Phrases that say whether a recommendation was accepted.
    pub acceptance: Vec<String>,
}

/// A phrase of a column's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub role: String,
    pub words: Vec<String>,
}

/// The phrases, in [`words`] form, that the headers of one role contain.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Synonyms {
    pub phrases: Vec<String>,
    /// Count only where nothing else in the header says what it is.
    pub weak: Vec<String>,
    /// Count only as the whole header.
    pub alone: Vec<String>,
    /// The whole header, where no column of the table has any other.
    pub stand_in: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headings {
    pub finding: Vec<String>,
    pub all_findings: Vec<String>,
    pub acronyms: Vec<String>,
    pub key: Vec<String>,
    pub note: Vec<String>,
    pub title: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelWords {
    pub hue: String,
    pub settled: bool,
    /// What a scheme with these words says they mean.
    pub meaning: String,
    pub words: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyWords {
    pub everyone: Vec<String>,
    pub posts: Vec<String>,
    pub teams: Vec<String>,
    pub posts_of: Vec<String>,
    pub groups: Vec<String>,
    pub agencies: Vec<String>,
    pub generic: Vec<String>,
    pub safer: Vec<String>,
    pub councils: Vec<String>,
    pub joined: Vec<String>,
    pub remarks: Vec<String>,
    pub party: Vec<KnownParty>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KnownParty {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    /// `agency` by default.
    #[serde(default)]
    pub kind: KnownKind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum KnownKind {
    #[default]
    Agency,
    Team,
    Group,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ColumnsFile {
    field: BTreeMap<String, Synonyms>,
    heading: Headings,
    level: Vec<LevelWords>,
}

impl Vocabulary {
    /// The lists built into the program.
    pub fn built_in() -> Result<Vocabulary, Problem> {
        let named: ColumnsFile = parsed(include_str!("../../../assets/vocabulary/columns.toml"))?;
        let parties: PartyWords = parsed(include_str!("../../../assets/vocabulary/parties.toml"))?;
        let said: SaidWords = parsed(include_str!("../../../assets/vocabulary/words.toml"))?;
        let mut by_key = HashMap::new();
        for (place, party) in parties.party.iter().enumerate() {
            for name in std::iter::once(&party.name).chain(&party.aliases) {
                by_key.entry(name_key(name)).or_insert(place);
            }
        }
        let headings = named.heading.folded();
        let columns: BTreeMap<String, Synonyms> =
            named.field.into_iter().map(|(name, synonyms)| (name, synonyms.folded())).collect();
        let by_first = by_first(&columns);
        Ok(Vocabulary {
            columns,
            by_first,
            headings,
            levels: named.level.into_iter().map(LevelWords::folded).collect(),
            parties,
            by_key,
            said: SaidWords { acceptance: folded(said.acceptance), ..said },
            choices: ColumnChoices::default(),
        })
    }

    /// Indexes the columns' phrases by their first words again.
    pub fn index_columns(&mut self) {
        self.by_first = by_first(&self.columns);
    }

    /// The lists for reading one document, with your own vocabulary and the mappings of its columns.
    pub fn reading(options: &Options) -> Result<Vocabulary, Problem> {
        let vocabulary = Vocabulary::built_in()?.with_own(&options.words)?;
        Ok(Vocabulary { choices: ColumnChoices::new(options)?, ..vocabulary })
    }

    /// Whether a header names the actions of a table that has no better name for them.
    pub fn is_stand_in(&self, header: &[String]) -> bool {
        self.columns.get("action").is_some_and(|action| action.stand_in.contains(&header.join(" ")))
    }

    /// The well-known party of that name.
    pub fn party(&self, name: &str) -> Option<&KnownParty> {
        self.by_key.get(&name_key(name)).and_then(|place| self.parties.party.get(*place))
    }
}

impl Synonyms {
    fn folded(self) -> Synonyms {
        Synonyms {
            phrases: folded(self.phrases),
            weak: folded(self.weak),
            alone: folded(self.alone),
            stand_in: folded(self.stand_in),
        }
    }
}

impl LevelWords {
    fn folded(self) -> LevelWords {
        LevelWords { words: folded(self.words), ..self }
    }
}

impl Headings {
    fn folded(self) -> Headings {
        Headings {
            finding: folded(self.finding),
            all_findings: folded(self.all_findings),
            acronyms: folded(self.acronyms),
            key: folded(self.key),
            note: folded(self.note),
            title: folded(self.title),
        }
    }
}

fn by_first(columns: &BTreeMap<String, Synonyms>) -> HashMap<String, Vec<Phrase>> {
    let mut all: HashMap<String, Vec<Phrase>> = HashMap::new();
    for (field, synonyms) in columns {
        for phrase in &synonyms.phrases {
            let words: Vec<String> = phrase.split(' ').map(str::to_owned).collect();
            let first = words.first().cloned().unwrap_or_default();
            all.entry(first).or_default().push(Phrase { role: field.clone(), words });
        }
    }
    all
}

fn folded(phrases: Vec<String>) -> Vec<String> {
    phrases.into_iter().map(|phrase| words(&phrase).join(" ")).collect()
}

fn parsed<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, Problem> {
    toml::from_str(text).map_err(|error| {
        Problem::new("The program's word lists are damaged", error.message(), "Please install the program again.")
    })
}

/// Whether the words of `phrase` (folded, separated by spaces) occur in sequence in `text`, and where.
pub fn position(text: &[String], phrase: &str) -> Option<(usize, usize)> {
    (0..text.len()).find_map(|at| begins(text.get(at..)?, phrase).map(|count| (at, at + count)))
}

/// How many words of `text` make up the whole phrase; cheap to rule out, as every cell is compared with every phrase.
fn begins(text: &[String], phrase: &str) -> Option<usize> {
    let mut rest = phrase;
    for (before, word) in text.iter().enumerate() {
        rest = rest.strip_prefix(word.as_str())?;
        if rest.is_empty() {
            return Some(before + 1);
        }
        rest = rest.strip_prefix(' ')?;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_lists_are_sound() {
        let vocabulary = Vocabulary::built_in().unwrap();
        assert_eq!(vocabulary.party("clinical commissioning groups").map(|p| p.name.as_str()), Some("CCG"));
        assert!(vocabulary.columns.contains_key("action"));
    }

    #[test]
    fn phrases_are_found_in_any_spelling() {
        assert_eq!(position(&words("Specific Actions, to achieve"), "specific action"), Some((0, 2)));
        assert_eq!(position(&words("Inaction plan"), "action"), None);
    }
}
