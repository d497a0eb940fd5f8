//! Whether words describe something to be done: "Write to …", "The board to agree …", "Staff will be trained".

use crate::import::words::vocabulary::Vocabulary;
use crate::import::words::{clean, number};

/// Who is to do it, and that it is to be done, are among this many words at the beginning.
const OPENING: usize = 14;

/// Words between who is to do something and what is to be done.
const AUXILIARIES: [&str; 5] = ["to", "will", "should", "must", "shall"];

/// What is written where there is no action.
const NONE: [&str; 12] = [
    "nil return",
    "nothing",
    "none required",
    "none needed",
    "none identified",
    "not required",
    "no action",
    "no actions",
    "no action required",
    "no action needed",
    "no further action",
    "no further action required",
];

/// Whether a text says that there is no action: "None", "N/A", "No action required", a dash.
pub fn is_none(text: &str) -> bool {
    let said: Vec<String> = spelled(text).collect();
    !text.trim().is_empty() && clean::is_nothing(text) || NONE.contains(&said.join(" ").as_str())
}

/// Whether a text reads like an action.
pub fn is_action(text: &str, vocabulary: &Vocabulary) -> bool {
    let text = clean::action(text);
    let bare = number::of(&text).map_or(text.as_str(), |found| found.text);
    let spelled: Vec<String> = spelled(bare).take(OPENING).collect();
    let is_verb = |word: &String| vocabulary.said.verbs.contains(word);
    if spelled.first().is_some_and(is_verb) {
        return spelled.len() > 1;
    }
    spelled.windows(2).any(|pair| match pair {
        [auxiliary, next] => AUXILIARIES.contains(&auxiliary.as_str()) && (is_verb(next) || next == "be"),
        _ => false,
    })
}

/// Who is to do it, where a sentence begins "X to agree …": the words before " to", capitalised as names are.
pub fn doer<'a>(text: &'a str, vocabulary: &Vocabulary) -> Option<&'a str> {
    let (who, what) = text.split_once(" to ")?;
    let first = spelled(what).next()?;
    let who = who.trim().strip_prefix("The ").unwrap_or(who.trim());
    let joints = ["and", "&", "of", "for", "the", "with", "in", "/"];
    let is_name = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || c == '(' || c.is_ascii_digit()) || joints.contains(&word)
    };
    let count = who.split_whitespace().count();
    let is_verb = spelled(who).next().is_some_and(|first| vocabulary.said.verbs.contains(&first));
    let is_sure = (1..=8).contains(&count)
        && who.split_whitespace().all(is_name)
        && who.starts_with(char::is_uppercase)
        && vocabulary.said.verbs.contains(&first)
        && (!is_verb || count == 1 && who.chars().all(char::is_uppercase));
    is_sure.then_some(who)
}

fn spelled(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_distinguished_from_other_lines() {
        let vocabulary = Vocabulary::built_in().unwrap();
        for text in
            ["Write to all agencies", "1. Review the policy", "JS and PT to meet the team", "Staff will be trained"]
        {
            assert!(is_action(text, &vocabulary), "{text}");
        }
        for text in ["Loss of records", "Referrals received", "Safeguarding Level 3", "Apologies", "Jane Smith"] {
            assert!(!is_action(text, &vocabulary), "{text}");
        }
    }

    #[test]
    fn who_is_to_do_it_is_recognised_only_where_certain() {
        let vocabulary = Vocabulary::built_in().unwrap();
        let doer = |text| doer(text, &vocabulary);
        assert_eq!(doer("The Board Manager to write to all."), Some("Board Manager"));
        assert_eq!(doer("JS to write to the trust"), Some("JS"));
        assert_eq!(doer("Police and Probation to agree a protocol"), Some("Police and Probation"));
        assert_eq!(doer("Write to Police to ask for data"), None);
        assert_eq!(doer("A response from members is to be sent"), None);
        assert_eq!(doer("Everyone was asked to reply"), None);
    }
}
