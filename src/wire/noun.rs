//! The written form of the types that values consist of.

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::domain::action::{Above, Closure, Dismissal, Extension, Follows, Lead, Targets};
use crate::domain::change::Kind;
use crate::domain::chase::{Address, Asked, Request};
use crate::domain::flag::{Flag, RawCell, Source};
use crate::domain::id::Id;
use crate::domain::meeting::{
    Agenda, AgendaRule, Attendance, MinuteKind, MinuteText, Presence, Reach, Receipt, Received, Stage, Verdict, Whose,
};
use crate::domain::particular::Term;
use crate::domain::party::PartyKind;
use crate::domain::progress::{EntryOrigin, EntryText};
use crate::domain::rating::{Hue, Level, Scheme};
use crate::domain::recommendation::{Acceptance, Under};
use crate::domain::target::{PartialDate, Span, Target};
use crate::domain::timing::{CameOrWent, Movement, Moves, Planned, Times};
use crate::domain::withdrawal::Withdrawal;

use super::mirror::{Mirror, mirror, mirror_words};

mirror! {
    AgendaLine = Agenda { rules: Vec<AgendaRule>, items: Vec<Id>, of: Option<Reach> }
    AskedLine = Asked { of: Vec<Request>, entries: u32, seen: Vec<Id> }
    AttendanceLine = Attendance { party: Option<Id>, name: String, presence: Presence }
    CameOrWentLine = CameOrWent { party: Option<Id>, name: String, movement: Movement, at: NaiveTime }
    DismissalLine = Dismissal { challenge: String, reason: String }
    EntryTextLine = EntryText { date: Option<PartialDate>, text: String, by: Option<String>, origin: EntryOrigin }
    ExtensionLine = Extension { dates: Vec<Target>, reason: String, by: String }
    FlagLine = Flag { field: String, why: String, raw: String, suggestion: Option<String> }
    LeadLine = Lead { party: Id, raw: String }
    LevelLine = Level { letter: char, word: String, meaning: String, hue: Hue, settled: bool }
    MinuteTextLine = MinuteText { action: Option<Id>, recommendation: Option<Id>, kind: MinuteKind, text: String }
    ReceiptLine = Receipt { action: Id, batch: Id, party: Id, verdict: Verdict }
    ReachLine = Reach { whose: Whose, plan: Option<Id> }
    RequestLine = Request { party: Id, day: NaiveDate, by: Option<NaiveDate> }
    RawCellLine = RawCell { column: String, text: String }
    SchemeLine = Scheme { levels: Vec<Level> }
    PlannedLine = Planned { item: Id, start: Option<NaiveTime>, minutes: Option<u32> }
    SourceLine = Source { file: String, place: String }
    SpanLine = Span { first: NaiveDate, last: NaiveDate }
    TargetLine = Target { raw: String, span: Option<Span>, flag: Option<String> }
    TargetsLine = Targets { dates: Vec<Target>, reason: String }
    WithdrawalLine = Withdrawal { reason: String, seen: Vec<Id> }
}

mirror_words! {
    EntryOriginLine = EntryOrigin { Imported, Written }
    HueLine = Hue { Red, Amber, Green, Blue, Grey }
    MovementLine = Movement { Joined, Left }
    MinuteKindLine = MinuteKind { Discussed, CarriedForward, TakenAsRead, Decision, Matter }
    VerdictLine = Verdict { Accepted, Declined }
    WhoseLine = Whose { Body, Any }
    PresenceLine = Presence { Present, Apologies }
    StageLine = Stage { Open, Ended, Reopened, Agreed }
    PartyKindLine = PartyKind { Agency, Subgroup, Post, Everyone }
}

/// A move is written as the id of the recommendation that it led to.
impl Mirror for Above {
    type Line = <Option<Id> as Mirror>::Line;

    fn line(&self) -> Self::Line {
        self.0.line()
    }

    fn from_line(line: Self::Line) -> Above {
        Above(Mirror::from_line(line))
    }
}

/// The action before it is written as its id.
impl Mirror for Follows {
    type Line = <Option<Id> as Mirror>::Line;

    fn line(&self) -> Self::Line {
        self.0.line()
    }

    fn from_line(line: Self::Line) -> Follows {
        Follows(Mirror::from_line(line))
    }
}

/// An address is written as its words.
impl Mirror for Address {
    type Line = String;

    fn line(&self) -> String {
        self.0.clone()
    }

    fn from_line(line: String) -> Address {
        Address(line)
    }
}

/// Who came and went is written as a list.
impl Mirror for Moves {
    type Line = <Vec<CameOrWent> as Mirror>::Line;

    fn line(&self) -> Self::Line {
        self.0.line()
    }

    fn from_line(line: Self::Line) -> Moves {
        Moves(Mirror::from_line(line))
    }
}

/// The times of items are written as a list.
impl Mirror for Times {
    type Line = <Vec<Planned> as Mirror>::Line;

    fn line(&self) -> Self::Line {
        self.0.line()
    }

    fn from_line(line: Self::Line) -> Times {
        Times(Mirror::from_line(line))
    }
}

/// What was received is written as a list.
impl Mirror for Received {
    type Line = <Vec<Receipt> as Mirror>::Line;

    fn line(&self) -> Self::Line {
        self.0.line()
    }

    fn from_line(line: Self::Line) -> Received {
        Received(Mirror::from_line(line))
    }
}

/// A term is written as its words.
impl<T: Term> Mirror for T {
    type Line = String;

    fn line(&self) -> String {
        self.words().to_owned()
    }

    fn from_line(line: String) -> T {
        T::read(&line)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum ClosureLine {
    Open,
    Proposed { evidence: String },
    Closed { evidence: String },
    NotImplemented { reason: String },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum AcceptanceLine {
    NotStated,
    Accepted,
    Partly { reason: String },
    NotAccepted { reason: String },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgendaRuleLine {
    Overdue,
    Changed,
    Due,
    ProposedForClosure,
    Challenged,
    RedAndAmber,
    CarriedForward,
    Filter(String),
    Everything,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnderLine {
    Nothing,
    Findings(<Vec<Id> as Mirror>::Line),
    AllFindings,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum KindLine {
    Plan,
    Party,
    Finding { plan: <Id as Mirror>::Line },
    Recommendation { plan: <Id as Mirror>::Line },
    Action { plan: <Id as Mirror>::Line, recommendation: Option<<Id as Mirror>::Line> },
    Entry { action: <Id as Mirror>::Line, said: EntryTextLine },
    Meeting,
    Minute { meeting: <Id as Mirror>::Line, said: MinuteTextLine },
}

impl Mirror for Closure {
    type Line = ClosureLine;

    fn line(&self) -> ClosureLine {
        match self {
            Closure::Open => ClosureLine::Open,
            Closure::Proposed { evidence } => ClosureLine::Proposed { evidence: evidence.clone() },
            Closure::Closed { evidence } => ClosureLine::Closed { evidence: evidence.clone() },
            Closure::NotImplemented { reason } => ClosureLine::NotImplemented { reason: reason.clone() },
        }
    }

    fn from_line(line: ClosureLine) -> Closure {
        match line {
            ClosureLine::Open => Closure::Open,
            ClosureLine::Proposed { evidence } => Closure::Proposed { evidence },
            ClosureLine::Closed { evidence } => Closure::Closed { evidence },
            ClosureLine::NotImplemented { reason } => Closure::NotImplemented { reason },
        }
    }
}

impl Mirror for Acceptance {
    type Line = AcceptanceLine;

    fn line(&self) -> AcceptanceLine {
        match self {
            Acceptance::NotStated => AcceptanceLine::NotStated,
            Acceptance::Accepted => AcceptanceLine::Accepted,
            Acceptance::Partly { reason } => AcceptanceLine::Partly { reason: reason.clone() },
            Acceptance::NotAccepted { reason } => AcceptanceLine::NotAccepted { reason: reason.clone() },
        }
    }

    fn from_line(line: AcceptanceLine) -> Acceptance {
        match line {
            AcceptanceLine::NotStated => Acceptance::NotStated,
            AcceptanceLine::Accepted => Acceptance::Accepted,
            AcceptanceLine::Partly { reason } => Acceptance::Partly { reason },
            AcceptanceLine::NotAccepted { reason } => Acceptance::NotAccepted { reason },
        }
    }
}

impl Mirror for AgendaRule {
    type Line = AgendaRuleLine;

    fn line(&self) -> AgendaRuleLine {
        match self {
            AgendaRule::Overdue => AgendaRuleLine::Overdue,
            AgendaRule::Changed => AgendaRuleLine::Changed,
            AgendaRule::Due => AgendaRuleLine::Due,
            AgendaRule::ProposedForClosure => AgendaRuleLine::ProposedForClosure,
            AgendaRule::Challenged => AgendaRuleLine::Challenged,
            AgendaRule::RedAndAmber => AgendaRuleLine::RedAndAmber,
            AgendaRule::CarriedForward => AgendaRuleLine::CarriedForward,
            AgendaRule::Filter(text) => AgendaRuleLine::Filter(text.clone()),
            AgendaRule::Everything => AgendaRuleLine::Everything,
        }
    }

    fn from_line(line: AgendaRuleLine) -> AgendaRule {
        match line {
            AgendaRuleLine::Overdue => AgendaRule::Overdue,
            AgendaRuleLine::Changed => AgendaRule::Changed,
            AgendaRuleLine::Due => AgendaRule::Due,
            AgendaRuleLine::ProposedForClosure => AgendaRule::ProposedForClosure,
            AgendaRuleLine::Challenged => AgendaRule::Challenged,
            AgendaRuleLine::RedAndAmber => AgendaRule::RedAndAmber,
            AgendaRuleLine::CarriedForward => AgendaRule::CarriedForward,
            AgendaRuleLine::Filter(text) => AgendaRule::Filter(text),
            AgendaRuleLine::Everything => AgendaRule::Everything,
        }
    }
}

impl Mirror for Under {
    type Line = UnderLine;

    fn line(&self) -> UnderLine {
        match self {
            Under::Nothing => UnderLine::Nothing,
            Under::Findings(ids) => UnderLine::Findings(ids.line()),
            Under::AllFindings => UnderLine::AllFindings,
        }
    }

    fn from_line(line: UnderLine) -> Under {
        match line {
            UnderLine::Nothing => Under::Nothing,
            UnderLine::Findings(ids) => Under::Findings(Mirror::from_line(ids)),
            UnderLine::AllFindings => Under::AllFindings,
        }
    }
}

impl Mirror for Kind {
    type Line = KindLine;

    fn line(&self) -> KindLine {
        match self {
            Kind::Plan => KindLine::Plan,
            Kind::Party => KindLine::Party,
            Kind::Finding { plan } => KindLine::Finding { plan: plan.line() },
            Kind::Recommendation { plan } => KindLine::Recommendation { plan: plan.line() },
            Kind::Action { plan, recommendation } => {
                KindLine::Action { plan: plan.line(), recommendation: recommendation.line() }
            }
            Kind::Entry { action, said } => KindLine::Entry { action: action.line(), said: said.line() },
            Kind::Meeting => KindLine::Meeting,
            Kind::Minute { meeting, said } => KindLine::Minute { meeting: meeting.line(), said: said.line() },
        }
    }

    fn from_line(line: KindLine) -> Kind {
        match line {
            KindLine::Plan => Kind::Plan,
            KindLine::Party => Kind::Party,
            KindLine::Finding { plan } => Kind::Finding { plan: Id::from_line(plan) },
            KindLine::Recommendation { plan } => Kind::Recommendation { plan: Id::from_line(plan) },
            KindLine::Action { plan, recommendation } => {
                Kind::Action { plan: Id::from_line(plan), recommendation: Mirror::from_line(recommendation) }
            }
            KindLine::Entry { action, said } => {
                Kind::Entry { action: Id::from_line(action), said: EntryText::from_line(said) }
            }
            KindLine::Meeting => Kind::Meeting,
            KindLine::Minute { meeting, said } => {
                Kind::Minute { meeting: Id::from_line(meeting), said: MinuteText::from_line(said) }
            }
        }
    }
}
