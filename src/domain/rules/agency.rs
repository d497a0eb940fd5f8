//! What an agency does in its own copy: it rates its actions, records progress, asks for extensions and proposes closure. The rest
//! is the board's.

use super::super::agency_copy::AgencyCopy;
use super::super::intent::{Closing, ClosingStep, Intent};
use super::super::register::Register;
use crate::problem::Problem;

/// Refuses, in an agency copy, what the board decides.
pub fn may(register: &Register, intent: &Intent) -> Result<(), Problem> {
    instead(intent).map_or(Ok(()), |hint| board_only(register, hint))
}

/// Refuses, in an agency copy, what only the board does.
pub fn board_only(register: &Register, hint: &str) -> Result<(), Problem> {
    let refused = |copy: &AgencyCopy| {
        let why = format!("this is the agency copy for {}, and the board decides that", copy.name);
        Err(Problem::new("Not changed", why, hint))
    };
    register.copy.0.as_ref().map_or(Ok(()), refused)
}

/// What the agency can do instead; none where it may do it.
fn instead(intent: &Intent) -> Option<&'static str> {
    const WRITE: &str = "Write it as progress; the board sees it when it merges what you give back.";
    match intent {
        Intent::Rate { .. }
        | Intent::Progress { .. }
        | Intent::RequestExtension { .. }
        | Intent::ProposeClosure { .. }
        | Intent::Close(Closing { step: ClosingStep::Propose, .. })
        | Intent::PlaceEvidence { .. }
        | Intent::Settle { .. }
        // Each of them is asked about by itself.
        | Intent::Several(_) => None,
        Intent::Reopen { .. }
        | Intent::AgreeClosure { .. }
        | Intent::Close(Closing { step: ClosingStep::Agree, .. }) => Some("Propose closure with the evidence for it."),
        Intent::Retarget { .. } | Intent::DeclineExtension { .. } => Some("Ask for an extension."),
        Intent::Assign { .. }
        | Intent::Oversee { .. }
        | Intent::Reword { .. }
        | Intent::Renumber { .. }
        | Intent::Move { .. }
        | Intent::AddAction { .. }
        | Intent::SplitAction { .. }
        | Intent::JoinActions { .. }
        | Intent::Withdraw { .. }
        | Intent::Abandon { .. }
        | Intent::Dismiss { .. }
        | Intent::Accept { .. }
        | Intent::BeginMeeting(_)
        | Intent::EndMeeting { .. }
        | Intent::ReopenMeeting { .. }
        | Intent::AgreeMinutes { .. }
        | Intent::Discuss { .. }
        | Intent::CarryForward { .. }
        | Intent::TakeAsRead { .. }
        | Intent::Decide { .. }
        | Intent::Note { .. }
        | Intent::Attend { .. }
        | Intent::ComeOrGo { .. }
        | Intent::Schedule { .. }
        | Intent::SetAgenda { .. }
        | Intent::Receive { .. }
        | Intent::RenameParty { .. }
        | Intent::SameParty { .. }
        | Intent::WithdrawParty { .. }
        | Intent::WithdrawPlan { .. }
        | Intent::Mark { .. }
        | Intent::Retain { .. }
        | Intent::Address { .. }
        | Intent::Ask { .. }
        | Intent::SettleFlag { .. } => Some(WRITE),
    }
}
