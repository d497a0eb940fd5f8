//! Which words of a text say what it is about, and what the forms of one word have in common.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::sync::OnceLock;

use super::super::id::IdHasher;

/// What stands for each common word.
static COMMON_ONES: OnceLock<HashSet<u64, BuildHasherDefault<IdHasher>>> = OnceLock::new();

/// Words that nearly every action plan has, and that say nothing about what is to be done.
#[rustfmt::skip]
const COMMON: [&str; 319] = [
    "about", "achieve", "achieved", "across", "action", "actions", "activity", "after", "again", "against",
    "agencies", "agency", "aim", "aims", "all", "also", "and", "any", "appropriate", "are", "area", "areas",
    "around", "assurance", "assure", "available", "based", "because", "become", "been", "before", "begin", "being",
    "below", "best", "between", "board", "both", "bring", "build", "but", "can", "cannot", "carry", "change",
    "changes", "clear", "complete", "completed", "consider", "considered", "continue", "continued", "could", "cover",
    "create", "current", "currently", "date", "day", "days", "develop", "developed", "developing", "development",
    "did", "different", "discuss", "does", "doing", "down", "during", "each", "effective", "either", "enable",
    "enough", "ensure", "ensured", "ensures", "ensuring", "etc", "even", "every", "existing", "few", "first",
    "follow", "following", "for", "found", "four", "from", "further", "general", "get", "give", "given", "going",
    "good", "group", "had", "has", "have", "having", "help", "her", "his", "how", "identified", "identify",
    "implement", "implementation", "implemented", "include", "included", "includes", "including", "individual",
    "individuals", "into", "issue", "issues", "its", "itself", "just", "keep", "key", "know", "large", "last",
    "lead", "leads", "least", "less", "level", "like", "line", "local", "long", "look", "made", "main", "make",
    "making", "manage", "managed", "manager", "many", "may", "member", "members", "might", "month", "months", "more",
    "most", "much", "multi", "must", "need", "needs", "new", "next", "non", "nor", "not", "note", "now", "number",
    "off", "one", "only", "onto", "open", "order", "other", "others", "our", "out", "over", "own", "part",
    "particular", "partner", "partners", "people", "per", "person", "place", "plan", "planning", "plans", "point",
    "possible", "practice", "practitioner", "practitioners", "present", "previous", "process", "processes",
    "provide", "provided", "put", "quality", "raise", "range", "recommendation", "recommendations", "relation",
    "relevant", "report", "reports", "required", "requires", "respond", "response", "review", "reviewed", "reviews",
    "role", "roles", "sab", "same", "second", "see", "send", "sent", "service", "services", "set", "shall", "share",
    "shared", "she", "short", "should", "since", "some", "specific", "staff", "start", "state", "step", "steps",
    "still", "strategic", "subgroup", "such", "support", "supporting", "take", "taken", "taking", "team", "teams",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "three", "through",
    "time", "timely", "times", "too", "two", "type", "under", "understand", "understanding", "undertake",
    "undertaken", "until", "update", "updated", "updates", "upon", "use", "used", "using", "very", "via", "want",
    "was", "way", "week", "well", "were", "what", "when", "where", "whether", "which", "while", "who", "whom",
    "whose", "why", "will", "with", "within", "without", "work", "working", "would", "year", "years", "yet", "you",
    "your",
];

/// Endings that a word can lose, the longer first.
const ENDINGS: [&str; 16] = [
    "ations", "ation", "ments", "ment", "ings", "ions", "ing", "ion", "ies", "ied", "ors", "ers", "or", "es", "ed", "s",
];

/// The words of a text that say what it is about: what stands for what their forms have in common, and as they are spelled.
pub(super) fn words(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().nth(2).is_some());
    words.filter_map(|word| stem_of(word).map(|stem| (stem, word)))
}

/// What stands for the word's stem; none for a common word.
fn stem_of(word: &str) -> Option<u64> {
    let is_small = word.bytes().all(|byte| byte.is_ascii_lowercase());
    let lower = if is_small { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
    let common = COMMON_ONES.get_or_init(|| COMMON.iter().map(|word| number(word)).collect());
    (!common.contains(&number(&lower))).then(|| number(stem(&lower)))
}

/// A number that stands for a word. Among a million different words, the chance that two have one number is one in thirty million.
fn number(word: &str) -> u64 {
    // FNV-1a, mixed once more: tables of numbers use some of the bits only.
    let sum = word
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    (sum ^ sum >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// `recorded`, `records` and `record` have one stem. At least four letters remain.
fn stem(word: &str) -> &str {
    let last = word.as_bytes().last();
    let endings = ENDINGS.iter().filter(|ending| ending.as_bytes().last() == last);
    let mut stems = endings.filter_map(|ending| word.strip_suffix(ending));
    stems.find(|stem| stem.chars().nth(3).is_some()).unwrap_or(word)
}
