//! What `hub follow` prints, a line for each event: written by the process beside the screen, read by the screen.

use serde::{Deserialize, Serialize};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum HubEvent {
    /// Both have everything.
    Step {
        sent: u64,
        taken: usize,
        /// Who wrote what was taken.
        by: Vec<String>,
        /// The same in a sentence, if anything was taken.
        said: Option<String>,
    },
    /// The hub cannot be used now.
    Away { why: String },
    /// The hub and the register do not fit together; nothing goes on until that is settled.
    Refused { why: String },
    /// Something that the user should know.
    Told { what: String },
}

impl HubEvent {
    /// The event of a line; none where it is not one, as of a newer version.
    pub fn of(line: &str) -> Option<HubEvent> {
        serde_json::from_str(line).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_is_one_line_that_reads_back_as_it_was() {
        let step = HubEvent::Step { sent: 1, taken: 2, by: vec!["Ann".into()], said: Some("2 changes by Ann".into()) };
        let line = crate::json::line(&step);
        assert_eq!(line, r#"{"event":"step","sent":1,"taken":2,"by":["Ann"],"said":"2 changes by Ann"}"#);
        let why = || "The hub is away: no server listens there.".to_owned();
        let others = [HubEvent::Away { why: why() }, HubEvent::Refused { why: why() }, HubEvent::Told { what: why() }];
        for event in others.into_iter().chain([step]) {
            assert_eq!(HubEvent::of(&crate::json::line(&event)), Some(event));
        }
        assert_eq!(HubEvent::of(r#"{"event":"newer"}"#), None);
    }
}
