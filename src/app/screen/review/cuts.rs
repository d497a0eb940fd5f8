//! Where an action can be cut: at each line and each sentence of its words.

use crate::domain::draft::DraftAction;
use crate::domain::mend;
use crate::domain::split::{splits, starts};

/// A way to cut an action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// Its description.
    pub label: String,
    pub pieces: Vec<DraftAction>,
}

/// The most cuts offered.
const MOST: usize = 60;

pub fn of(action: &DraftAction) -> Vec<Cut> {
    let text = action.text.as_str();
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let pieces = |texts: &[&str]| mend::cut(action, texts);
    let mut cuts: Vec<Cut> = whole(action).into_iter().collect();
    if lines.len() > 1 {
        cuts.push(Cut { label: format!("Make each of the {} lines an action", lines.len()), pieces: pieces(&lines) });
    }
    for at in starts(text).into_iter().take(MOST) {
        let (upper, lower) = text.split_at(at);
        let label = format!("Start another action at “{}”", crate::text::truncate(&crate::text::one_line(lower), 56));
        cuts.push(Cut { label, pieces: pieces(&[upper.trim(), lower.trim()]) });
    }
    cuts
}

/// The cut that follows the document's own divisions: texts, targets, leads and ratings, each to its own action.
fn whole(action: &DraftAction) -> Option<Cut> {
    let pieces = splits(action);
    let count = pieces.len();
    (count > 1).then(|| Cut { label: format!("Split into {count} actions, each with what belongs to it"), pieces })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(cut: &Cut) -> Vec<&str> {
        cut.pieces.iter().map(|piece| piece.text.as_str()).collect()
    }

    #[test]
    fn an_action_can_be_split_at_lines_and_sentences() {
        let action = DraftAction { text: "Write it. Send it\nTell all".into(), ..DraftAction::default() };
        let cuts = of(&action);
        assert_eq!(cuts[0].label, "Make each of the 2 lines an action");
        assert_eq!(texts(&cuts[0]), ["Write it. Send it", "Tell all"]);
        assert_eq!(cuts[1].label, "Start another action at “Send it Tell all”");
        assert_eq!(texts(&cuts[1]), ["Write it.", "Send it\nTell all"]);
        assert_eq!(texts(&cuts[2]), ["Write it. Send it", "Tell all"]);
        assert_eq!(cuts.len(), 3);
        assert!(of(&DraftAction { text: "One v1.2 thing".into(), ..DraftAction::default() }).is_empty());
    }
}
