//! What the user wants to do, before the rules have checked it.

use chrono::{NaiveDate, NaiveTime};

use super::id::Id;
use super::meeting::{Agenda, Presence, Receipt};
use super::recommendation::Acceptance;
use super::target::{PartialDate, Target};
use super::timing::Movement;

/// A party as chosen from a list, or as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartyChoice {
    Known(Id),
    /// A name; it means the party already called that, if there is one.
    New(String),
}

/// Who was at a meeting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    /// None for a person of no agency in the register.
    pub party: Option<PartyChoice>,
    /// The person's name, or empty.
    pub name: String,
    pub presence: Presence,
}

/// What a meeting starts with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begin {
    /// The subgroup or board that meets.
    pub body: PartyChoice,
    pub day: NaiveDate,
    pub chair: String,
    pub attendance: Vec<Attendee>,
    pub agenda: Agenda,
    /// When it meets next, if known.
    pub next: Option<NaiveDate>,
}

/// What becomes of the items that a meeting did not reach. They are on the next agenda unless they are taken as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Rest {
    /// They are minuted as not reached.
    #[default]
    Left,
    /// Carried forward, with a reason or none.
    Carried(String),
    /// Taken as read, with a word on why.
    TakenAsRead(String),
}

/// Proposing to close an action, or agreeing to; the screen asks for all of it at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    pub action: Id,
    pub step: ClosingStep,
    /// What shows that it is done; blank where nothing is shown, or where what the proposal says stands.
    pub evidence: String,
    /// A link, or the name of a file.
    pub at: String,
    /// When it is to be done again; only what is agreed can be.
    pub again: Option<Target>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClosingStep {
    Propose,
    Agree,
}

/// One act. Ids name the action (or the plan) it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Intent {
    /// A level of the plan's scheme by its word or letter; `None` is "not rated". The note becomes a progress entry.
    Rate {
        action: Id,
        rating: Option<String>,
        note: Option<String>,
    },
    /// No date means today. `by` is the party whose update it is, as named.
    Progress {
        action: Id,
        date: Option<PartialDate>,
        text: String,
        by: Option<String>,
    },
    /// No dates: the target is removed.
    Retarget {
        action: Id,
        dates: Vec<Target>,
        reason: String,
    },
    /// A later target that a lead asks for, for the chair to accept (as a new target) or to decline.
    RequestExtension {
        action: Id,
        dates: Vec<Target>,
        reason: String,
        by: String,
    },
    /// A reason becomes a progress entry.
    DeclineExtension {
        action: Id,
        reason: String,
    },
    /// No leads: it no longer has a lead.
    Assign {
        action: Id,
        leads: Vec<PartyChoice>,
    },
    /// No parties: it is no longer overseen.
    Oversee {
        action: Id,
        via: Vec<PartyChoice>,
    },
    Reword {
        action: Id,
        text: String,
    },
    /// The number by which the action is called.
    Renumber {
        action: Id,
        reference: String,
    },
    /// To another recommendation of its plan; with the number by which it is called from now on, or under the one that it has.
    Move {
        action: Id,
        to: Id,
        reference: Option<String>,
    },
    /// Without a recommendation only in a plan that has none.
    AddAction {
        plan: Id,
        recommendation: Option<Id>,
        text: String,
        /// Empty where no lead is named yet.
        leads: Vec<PartyChoice>,
        /// Empty where no target is set yet.
        dates: Vec<Target>,
    },
    /// Each of these texts becomes an action; the first stays this one.
    SplitAction {
        action: Id,
        texts: Vec<String>,
    },
    /// One action takes over what the others say, and they are withdrawn.
    JoinActions {
        into: Id,
        others: Vec<Id>,
    },
    ProposeClosure {
        action: Id,
        evidence: String,
    },
    /// Blank evidence keeps that of the proposal.
    AgreeClosure {
        action: Id,
        evidence: String,
    },
    Close(Closing),
    /// Where the evidence for an action's closure is; blank for nowhere.
    PlaceEvidence {
        action: Id,
        at: String,
    },
    /// Takes back a proposal or a closure. A reason becomes a progress entry.
    Reopen {
        action: Id,
        reason: String,
    },
    Withdraw {
        action: Id,
        reason: String,
    },
    /// The action will not be done.
    Abandon {
        action: Id,
        reason: String,
    },
    /// A challenge, named by its sentence, is dismissed.
    Dismiss {
        action: Id,
        challenge: String,
        reason: String,
    },
    /// Whether the agencies accept a recommendation.
    Accept {
        recommendation: Id,
        acceptance: Acceptance,
    },
    BeginMeeting(Begin),
    /// Ends the meeting that is open; `next` is when the body meets again, where that was agreed.
    EndMeeting {
        next: Option<NaiveDate>,
        rest: Rest,
    },
    /// Opens an ended meeting for corrections.
    ReopenMeeting {
        meeting: Id,
    },
    AgreeMinutes {
        meeting: Id,
    },
    /// Marks an item as discussed in the open meeting, or unmarks it.
    Discuss {
        action: Id,
    },
    /// An item goes to the next meeting.
    CarryForward {
        action: Id,
        reason: String,
    },
    /// An item is taken as read, with a word on why: it is not carried forward.
    TakeAsRead {
        action: Id,
        word: String,
    },
    /// A decision of the open meeting: on an action, or on no particular one.
    Decide {
        action: Option<Id>,
        text: String,
    },
    /// A point that is about no action: under a recommendation, or of the meeting as a whole.
    Note {
        recommendation: Option<Id>,
        text: String,
    },
    /// Who is at the open meeting, and who chairs it.
    Attend {
        chair: String,
        people: Vec<Attendee>,
    },
    /// People come to the open meeting or leave it: a party and a name each; without a name, the one whom that
    /// party sent, and without a party, a person of no agency.
    ComeOrGo {
        people: Vec<(Option<PartyChoice>, String)>,
        movement: Movement,
        at: NaiveTime,
    },
    /// When items of the open meeting begin and how many minutes they are given; neither takes the time away.
    Schedule {
        items: Vec<Id>,
        start: Option<NaiveTime>,
        minutes: Option<u32>,
    },
    /// The agenda of the open meeting.
    SetAgenda {
        agenda: Agenda,
    },
    /// What agencies wrote in their own copies becomes part of the open meeting.
    Receive {
        updates: Vec<Receipt>,
    },
    /// Gives a party another name; the old one stays as an alias.
    RenameParty {
        party: Id,
        name: String,
    },
    /// Two names are one party: what the other has goes to the one that is kept.
    SameParty {
        kept: Id,
        other: Id,
    },
    WithdrawParty {
        party: Id,
        reason: String,
    },
    WithdrawPlan {
        plan: Id,
        reason: String,
    },
    /// The marking on every page produced from the plan; blank for none.
    Mark {
        plan: Id,
        marking: String,
    },
    /// How long a plan is kept; no date clears one.
    Retain {
        plan: Id,
        review_on: Option<NaiveDate>,
        dispose_on: Option<NaiveDate>,
    },
    /// Where mail to these parties goes; blank for nowhere.
    Address {
        of: Vec<(Id, String)>,
    },
    /// The leads were asked about actions: which action, and which party.
    Ask {
        asked: Vec<(Id, Id)>,
        /// By when they should answer.
        by: Option<NaiveDate>,
    },
    /// Of the values of a field that were recorded separately, the one that `change` wrote is kept.
    Settle {
        on: Id,
        change: Id,
    },
    /// The same for several actions, in one batch; those that it cannot be done to stay as they are.
    Several(Vec<Intent>),
    /// The doubt at this position in `Action::flags` is settled.
    SettleFlag {
        action: Id,
        index: usize,
    },
}
