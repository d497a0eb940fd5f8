//! Pasted text: one insertion, with line ends as the program writes them.

/// Line ends become `\n`; tabs stay; other control characters, which are never intended, are removed.
pub(super) fn normalise(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace('\r', "\n");
    unix.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_of_every_system_become_one() {
        assert_eq!(normalise("a\r\nb\rc\nd\te"), "a\nb\nc\nd\te");
    }

    #[test]
    fn escape_sequences_lose_their_power() {
        assert_eq!(normalise("a\x1b[2Jb\u{9b}c\0"), "a[2Jbc");
    }
}
