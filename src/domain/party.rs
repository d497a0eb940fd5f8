//! Parties: the agencies, subgroups and posts that lead or oversee actions.

use super::id::Id;
pub use super::thing::Party;

/// What sort of party it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum PartyKind {
    #[default]
    Agency,
    Subgroup,
    /// A post or team inside an agency ("Head of Adult Safeguarding (ESCC)").
    Post,
    /// "All agencies": filtering by any agency includes its actions.
    Everyone,
}

impl Party {
    pub fn name(&self) -> &str {
        self.name.get().map_or("", String::as_str)
    }

    pub fn kind(&self) -> PartyKind {
        self.kind.get().copied().unwrap_or(PartyKind::Agency)
    }

    pub fn agency(&self) -> Option<Id> {
        self.agency.get().copied().flatten()
    }

    pub fn aliases(&self) -> &[String] {
        self.aliases.get().map_or(&[], Vec::as_slice)
    }

    /// Whether `name` in a document means this party.
    pub fn is_called(&self, name: &str) -> bool {
        let key = name_key(name);
        name_key(self.name()) == key || self.aliases().iter().any(|alias| name_key(alias) == key)
    }
}

/// What two spellings of one name have in common: "District and Borough" and "District & Boroughs", "Firstlight" and
/// "First Light" have the same key. Case, punctuation, spaces, a leading "the" and a plural s do not count.
pub fn name_key(name: &str) -> String {
    let spelled = crate::text::lower(name).replace('&', " and ").replace(['\'', '’'], "");
    let words = spelled.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.enumerate().filter(|(place, word)| *place > 0 || *word != "the");
    words.map(|(_, word)| singular(word)).collect()
}

fn singular(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 3 && !stem.ends_with(['s', 'u', 'i']) => stem,
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_together() {
        assert_eq!(name_key("District and Borough"), name_key("District & Boroughs "));
        assert_eq!(name_key("Firstlight"), name_key("First Light"));
        assert_eq!(name_key("First light"), name_key("The First Light."));
        assert_ne!(name_key("RCHT"), name_key("CFT"));
        assert_eq!(name_key("Cyngor Môn"), name_key("Cyngor Mo\u{302}n"), "however an accent is written");
        assert_ne!(name_key("Cyngor Môn"), name_key("Cyngor Mon"), "but with it");
        assert_ne!(name_key("OPS"), name_key("OP"));
    }
}
