//! Your own vocabulary, added to the built-in lists: `vocabulary.toml`, laid out like the files in `assets/vocabulary`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::roles;
use super::spelling::distance;
use super::taught;
use super::vocabulary::{KnownKind, KnownParty, LevelWords, Synonyms, Vocabulary, words};
use crate::domain::party::name_key;
use crate::problem::Problem;

/// Every part is optional.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OwnWords {
    field: BTreeMap<FieldKey, Synonyms>,
    heading: Headings,
    level: Vec<Level>,
    everyone: Vec<String>,
    posts: Vec<String>,
    teams: Vec<String>,
    posts_of: Vec<String>,
    groups: Vec<String>,
    agencies: Vec<String>,
    generic: Vec<String>,
    safer: Vec<String>,
    councils: Vec<String>,
    joined: Vec<String>,
    remarks: Vec<String>,
    verbs: Vec<String>,
    first_names: Vec<String>,
    organised: Vec<String>,
    acceptance: Vec<String>,
    party: Vec<KnownParty>,
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Headings {
    finding: Vec<String>,
    all_findings: Vec<String>,
    acronyms: Vec<String>,
    key: Vec<String>,
    note: Vec<String>,
    title: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Level {
    hue: HueWord,
    settled: bool,
    /// What a scheme with these words says they mean.
    #[serde(default)]
    meaning: String,
    words: Vec<String>,
}

/// The name of a role in the word lists.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
struct FieldKey(String);

impl TryFrom<String> for FieldKey {
    type Error = String;

    fn try_from(key: String) -> Result<FieldKey, String> {
        let all = || roles::all().map(|role| role.list());
        if all().any(|known| known == key) {
            return Ok(FieldKey(key));
        }
        let nearest = all().min_by_key(|known| distance(known, &key)).unwrap_or_default();
        Err(format!("“{key}” is not a column type; the nearest is {nearest}"))
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum HueWord {
    Red,
    Amber,
    Green,
    Blue,
    Grey,
}

impl HueWord {
    fn name(&self) -> &'static str {
        match self {
            HueWord::Red => "red",
            HueWord::Amber => "amber",
            HueWord::Green => "green",
            HueWord::Blue => "blue",
            HueWord::Grey => "grey",
        }
    }
}

/// Your own lists as text, checked; empty where there are none.
pub fn load(path: &Path) -> Result<String, Problem> {
    let text = taught::text(path).map_err(|why| damaged(path, &why))?.unwrap_or_default();
    match toml::from_str::<OwnWords>(&text) {
        Ok(_) => Ok(text),
        Err(error) => Err(damaged(path, &taught::mistake(&text, &error))),
    }
}

impl Vocabulary {
    /// The built-in lists with your own on top: where both have an entry, yours counts.
    pub fn with_own(mut self, text: &str) -> Result<Vocabulary, Problem> {
        if text.trim().is_empty() {
            return Ok(self);
        }
        let own: OwnWords = toml::from_str(text)
            .map_err(|error| damaged(Path::new(taught::VOCABULARY), &taught::mistake(text, &error)))?;
        self.add_columns(&own);
        self.add_headings(&own.heading);
        let level = |level: Level| LevelWords {
            hue: level.hue.name().to_owned(),
            settled: level.settled,
            meaning: level.meaning,
            words: folded(&level.words),
        };
        // A word means the first level that has it.
        self.levels.splice(0..0, own.level.iter().cloned().map(level));
        self.add_names(&own);
        own.party.iter().for_each(|party| self.add_party(party));
        Ok(self)
    }

    fn add_columns(&mut self, own: &OwnWords) {
        for (FieldKey(field), synonyms) in &own.field {
            let lists =
                [&synonyms.phrases, &synonyms.weak, &synonyms.alone, &synonyms.stand_in].map(|list| folded(list));
            let is_own = |phrase: &String| lists.iter().any(|list| list.contains(phrase));
            for other in self.columns.values_mut() {
                for list in [&mut other.phrases, &mut other.weak, &mut other.alone, &mut other.stand_in] {
                    list.retain(|phrase| !is_own(phrase));
                }
            }
            let [phrases, weak, alone, stand_in] = lists;
            let all = self.columns.entry(field.clone()).or_default();
            all.phrases.extend(phrases);
            all.weak.extend(weak);
            all.alone.extend(alone);
            all.stand_in.extend(stand_in);
        }
        self.index_columns();
    }

    fn add_headings(&mut self, own: &Headings) {
        let all = &mut self.headings;
        all.finding.extend(folded(&own.finding));
        all.all_findings.extend(folded(&own.all_findings));
        all.acronyms.extend(folded(&own.acronyms));
        all.key.extend(folded(&own.key));
        all.note.extend(folded(&own.note));
        all.title.extend(folded(&own.title));
    }

    fn add_names(&mut self, own: &OwnWords) {
        let all = &mut self.parties;
        all.everyone.extend(lower(&own.everyone));
        all.posts.extend(lower(&own.posts));
        all.teams.extend(lower(&own.teams));
        all.posts_of.extend(lower(&own.posts_of));
        all.groups.extend(lower(&own.groups));
        all.agencies.extend(lower(&own.agencies));
        all.generic.extend(lower(&own.generic));
        all.safer.extend(lower(&own.safer));
        all.councils.extend(lower(&own.councils));
        all.joined.extend(lower(&own.joined));
        all.remarks.extend(lower(&own.remarks));
        self.said.verbs.extend(lower(&own.verbs));
        self.said.first_names.extend(lower(&own.first_names));
        self.said.organised.extend(lower(&own.organised));
        self.said.acceptance.extend(folded(&own.acceptance));
    }

    /// A party that is already known gains the aliases; an alias that belonged to another party moves here.
    fn add_party(&mut self, own: &KnownParty) {
        if name_key(&own.name).is_empty() {
            return;
        }
        let aliases: Vec<String> = kept_words(&own.aliases);
        let known = self.by_key.get(&name_key(&own.name)).copied();
        let place = known.unwrap_or(self.parties.party.len());
        for other in &mut self.parties.party {
            other.aliases.retain(|alias| !aliases.iter().any(|own| name_key(own) == name_key(alias)));
        }
        match self.parties.party.get_mut(place) {
            Some(party) => {
                party.aliases.extend(aliases.iter().cloned());
                if own.kind != KnownKind::Agency {
                    party.kind = own.kind;
                }
            }
            None => self.parties.party.push(KnownParty { aliases: aliases.clone(), ..own.clone() }),
        }
        for name in std::iter::once(&own.name).chain(&aliases) {
            self.by_key.insert(name_key(name), place);
        }
    }
}

fn kept_words(list: &[String]) -> Vec<String> {
    list.iter().map(|phrase| phrase.trim().to_owned()).filter(|phrase| !words(phrase).is_empty()).collect()
}

fn folded(list: &[String]) -> Vec<String> {
    kept_words(list).iter().map(|phrase| words(phrase).join(" ")).collect()
}

fn lower(list: &[String]) -> Vec<String> {
    kept_words(list).iter().map(|phrase| crate::text::lower(phrase)).collect()
}

fn damaged(path: &Path, why: &str) -> Problem {
    Problem::new(
        "Could not use your own vocabulary",
        format!("{}, {why}", path.display()),
        "The built-in lists apply until it is corrected.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::draft::Draft;
    use crate::import::options::Options;
    use crate::import::{look, read};

    fn draft(text: &str, own: &str) -> Draft {
        read("x.csv", text.as_bytes(), &Options { words: own.to_owned(), ..Options::default() }).unwrap()
    }

    fn why(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("vocabulary.toml");
        std::fs::write(&path, text).unwrap();
        load(&path).unwrap_err().to_string()
    }

    #[test]
    fn own_phrases_name_columns_and_win_over_the_built_in_ones() {
        let text = "Homework,Sponsor,Update\nWrite it,HR,Red\nSend it,ICB,Green\n";
        assert!(look("x.csv", text.as_bytes(), &Options::default()).unwrap().all_actions().next().is_none());
        let own = "[field.action]\nphrases = [\"Homework\"]\n[field.lead]\nalone = [\"SPONSORS\"]\n[field.rating]\nphrases = [\"update\"]\n";
        let draft = draft(text, own);
        assert_eq!(draft.actions[1].text, "Send it");
        assert_eq!(draft.parties.len(), 2);
        assert_eq!(draft.actions[0].rating.as_deref(), Some("Red"));
        assert!(draft.actions[0].progress.is_empty());
    }

    #[test]
    fn own_levels_say_what_a_word_means() {
        let text = "Action,RAG\nWrite it,Parked\nSend it,Ongoing\n";
        let own = "[[level]]\nhue = \"blue\"\nsettled = true\nwords = [\"Parked\"]\n[[level]]\nhue = \"green\"\nsettled = false\nwords = [\"ongoing\"]\n";
        let scheme = draft(text, own).scheme.unwrap();
        let level = |word: &str| scheme.levels.iter().find(|level| level.word == word).unwrap();
        assert!(level("Parked").settled);
        assert_eq!(level("Ongoing").hue, crate::domain::rating::Hue::Green);
    }

    #[test]
    fn own_parties_are_known_by_their_aliases() {
        let text = "Action,Lead\nWrite it,The Hive\nSend it,Hive & Partners\nAsk,ICS Board\n";
        let own = "groups = [\"Board\"]\n[[party]]\nname = \"Hive and Partners\"\naliases = [\"Hive\"]\n";
        let draft = draft(text, own);
        let names: Vec<&str> = draft.parties.iter().map(|party| party.name.as_str()).collect();
        assert_eq!(names.iter().filter(|name| name.contains("Hive")).count(), 1, "{names:?}");
        let of = |at: usize| draft.actions[at].leads[0].party;
        assert_eq!(of(0), of(1));
    }

    #[test]
    fn a_mistake_is_a_sentence_with_its_line() {
        assert!(why("everyone = [\"all\"]\n[field.leed]\nphrases = []\n").contains("the nearest is lead"));
        assert!(why("everyone = [\"all\"]\n[field.leed]\nphrases = []\n").contains("line 2"));
        assert!(why("[[level]]\nhue = \"mauve\"\nsettled = true\nwords = []\n").contains("line 2"));
        assert!(why("[heading]\nfindings = []\n").contains("line 2"));
        let problem = why("[field.lead]\nphrases = [\"a\"\n");
        assert!(problem.contains("line ") && problem.contains("built-in lists apply"), "{problem}");
        assert!(!problem.contains('\n'));
    }

    #[test]
    fn the_built_in_lists_have_the_form_that_own_ones_have() {
        for text in [
            include_str!("../../../assets/vocabulary/columns.toml"),
            include_str!("../../../assets/vocabulary/parties.toml"),
            include_str!("../../../assets/vocabulary/words.toml"),
        ] {
            assert!(Vocabulary::built_in().unwrap().with_own(text).is_ok());
        }
    }
}
