//! The table of fields: every field of every kind of thing, each in one row.
//!
//! Nothing but these rows says which fields there are. The structs, [`super::change::Value`], setting, conflicts, undo, differences,
//! sentences, log names and snapshots are built from them by the macros that ask for a table by name.

/// The types of the fields and of what is fixed, for every module that asks for a table.
pub(crate) mod types {
    pub use chrono::{NaiveDate, NaiveTime};

    pub use crate::domain::action::{Above, Closure, Dismissal, Extension, Follows, Lead, RatingMove, Targets};
    pub use crate::domain::chase::{Address, Asked};
    pub use crate::domain::flag::{Flag, RawCell, Source};
    pub use crate::domain::id::{Id, Ids};
    pub use crate::domain::meeting::{Agenda, Attendance, MinuteText, Received, Stage, Worked};
    pub use crate::domain::party::PartyKind;
    pub use crate::domain::progress::EntryText;
    pub use crate::domain::rating::Scheme;
    pub use crate::domain::recommendation::{Acceptance, Scope, Under};
    pub use crate::domain::timing::{Moves, Times};
    pub use crate::domain::withdrawal::Withdrawal;
}

/// What a field can hold, in alphabetical order: the type; its name in the log; what sentences call it; the word that the audit
/// trail files it under; the method of `describe` that says what changed; and, after `or`, what the field is worth unset, where
/// that is not the type's default.
macro_rules! values {
    ($make:ident) => {
        $make! {
            Above(Above) "recommendation" "recommendation" "recommendation" rehomed;
            Acceptance(Acceptance) "acceptance" "acceptance" "acceptance" accepted;
            Address(Address) "address" "address" "party" changed;
            Agency(Option<Id>) "agency" "agency" "party" moved;
            Agenda(Agenda) "agenda" "agenda" "meeting" listed;
            Aliases(Vec<String>) "aliases" "other names" "party" moved;
            AsAt(Option<NaiveDate>) "as_at" "as-at date" "plan" moved;
            Asked(Asked) "asked" "request to the leads" "asked" asked;
            Attendance(Vec<Attendance>) "attendance" "attendance" "meeting" attended;
            Body(Option<Id>) "body" "body" "meeting" moved;
            Chair(String) "chair" "chair" "meeting" moved;
            Closure(Closure) "closure" "closure" "closure" closed;
            Day(NaiveDate) "day" "day" "meeting" moved;
            Dismissed(Vec<Dismissal>) "dismissed" "dismissed challenges" "challenge" dismissed;
            DisposeOn(Option<NaiveDate>) "dispose_on" "disposal date" "plan" moved;
            EvidenceAt(String) "evidence_at" "place of the evidence" "evidence" placed;
            Extension(Option<Extension>) "extension" "extension request" "extension" extended;
            Flags(Vec<Flag>) "flags" "doubts" "flag" doubted;
            Follows(Follows) "follows" "action before it" "follows" followed;
            Glossary(Vec<(String, String)>) "glossary" "glossary" "plan" changed;
            Leads(Vec<Lead>) "leads" "leads" "leads" moved;
            Marking(String) "marking" "marking" "plan" moved or marking::USUAL.into();
            Moves(Moves) "moves" "arrivals and departures" "meeting" came_or_went;
            Name(String) "name" "name" "party" renamed;
            NextMeeting(Option<NaiveDate>) "next_meeting" "next meeting" "meeting" moved;
            Notes(Vec<String>) "notes" "notes" "plan" changed;
            Number(String) "number" "number" "number" moved;
            NumberInferred(bool) "number_inferred" "number" "number" settled;
            Outcome(Option<String>) "outcome" "outcome" "outcome" moved;
            PartyKind(PartyKind) "kind" "kind" "party" moved;
            Rating(Option<String>) "rating" "rating" "rating" rated;
            Raw(Vec<RawCell>) "raw" "words of the document" "source" changed;
            Received(Received) "received" "updates received" "meeting" received;
            Reference(String) "reference" "reference" "number" moved;
            ReviewOn(Option<NaiveDate>) "review_on" "review date" "plan" moved;
            Scheme(Scheme) "scheme" "ratings" "plan" moved;
            Scope(Option<Scope>) "scope" "scope" "scope" moved;
            Slug(String) "slug" "short name" "plan" moved;
            Source(Source) "source" "source" "source" moved;
            Stage(Stage) "stage" "stage" "meeting" staged;
            Targets(Targets) "targets" "target" "target" retargeted;
            Text(String) "text" "text" "text" reworded;
            Times(Times) "times" "times of the items" "meeting" timed;
            Title(String) "title" "title" "plan" moved;
            Under(Under) "under" "findings" "findings" moved;
            Via(Vec<Lead>) "via" "via" "via" moved;
            Withdrawn(Option<Withdrawal>) "withdrawn" "withdrawal" "" withdrawn;
        }
    };
}
pub(crate) use values;

/// The things: what is fixed when one is added, in brackets; its fields, each with the [`super::thing::Weight`] of an edit of it;
/// and what belongs to it. The order is that in which differences are reported.
///
/// A field that `reads` as text is also one of the recommendation's [`super::particular::Particular`]s: its label, its heading in a
/// document, and what such a column says.
macro_rules! things {
    ($make:ident) => {
        $make! {
            /// One review's action plan, with its own rating scheme, key, glossary and source.
            Plan() {
                /// Short name on the command line (`adult-c`); unique among plans not withdrawn.
                slug: Slug(String) Edit;
                title: Title(String) Edit;
                scheme: Scheme(Scheme) Edit;
                /// Acronym and meaning, in the document's order.
                glossary: Glossary(Vec<(String, String)>) Edit;
                /// Text of the document outside its findings and tables.
                notes: Notes(Vec<String>) Edit;
                /// The document's as-at date, where it gives one.
                as_at: AsAt(Option<NaiveDate>) Edit;
                /// The words on every page produced from it, empty for none.
                marking: Marking(String) Edit;
                /// When the board decides whether it is still needed.
                review_on: ReviewOn(Option<NaiveDate>) Edit;
                /// From when it is no longer kept.
                dispose_on: DisposeOn(Option<NaiveDate>) Edit;
                source: Source(Source) Aside;
                /// Doubts about the document as a whole.
                flags: Flags(Vec<Flag>) Edit;
                withdrawn: Withdrawn(Option<Withdrawal>) Trace;
            } with {
                /// In document order.
                findings: Ids,
                recommendations: Ids,
                actions: Ids,
            }
            /// An agency, a subgroup or a post that leads or oversees actions.
            Party() {
                name: Name(String) Name;
                kind: PartyKind(PartyKind) Name;
                /// The party it belongs to: a post's agency, a team's agency.
                agency: Agency(Option<Id>) Name;
                /// Other ways in which documents write the name.
                aliases: Aliases(Vec<String>) Name;
                /// Where mail to it goes; in no report and no form.
                address: Address(Address) Name;
                withdrawn: Withdrawn(Option<Withdrawal>) Trace;
            } with {}
            /// What the review found.
            Finding(plan: Id) {
                number: Number(String) Edit;
                text: Text(String) Edit;
                withdrawn: Withdrawn(Option<Withdrawal>) Trace;
            } with {}
            /// Numbered text that answers findings and is answered by actions.
            Recommendation(plan: Id) {
                number: Number(String) Edit;
                /// The number is missing from the document and was inferred from its neighbours.
                number_inferred: NumberInferred(bool) Aside;
                text: Text(String) Edit;
                outcome: Outcome(Option<String>) Edit
                    reads Prose "Outcome" "Outcome to be achieved" "What is to be achieved";
                scope: Scope(Option<Scope>) Edit
                    reads Term "Scope" "Scope of recommendation" "Whether it is local, regional or national";
                under: Under(Under) Edit;
                flags: Flags(Vec<Flag>) Edit;
                acceptance: Acceptance(Acceptance) Edit;
                raw: Raw(Vec<RawCell>) Trace;
                source: Source(Source) Trace;
                withdrawn: Withdrawn(Option<Withdrawal>) Trace;
            } with {
                /// Every action under it, withdrawn ones too: those that were added to it, then those that were moved to it.
                actions: Ids,
            }
            /// What will be done, by whom, by when, its rating and its progress. The `recommendation` is the one that it is
            /// under now; none in a log that has none. `ordinal` is its position among the actions of the recommendation (or
            /// plan) that it was added to, from 1: its reference in registers made before references were stored.
            Action(plan: Id, recommendation: Option<Id>, ordinal: u32) {
                /// The action's own number as the document writes it ("Ai"), where it has one.
                number: Number(String) Edit;
                /// What it is called, given with it; only the user changes it. See [`super::reference`].
                reference: Reference(String) Edit;
                /// Where it was moved to after it was added.
                above: Above(Above) Edit;
                text: Text(String) Edit;
                /// The word of the level in the plan's scheme; `None` is "not rated".
                rating: Rating(Option<String>) Edit;
                targets: Targets(Targets) Edit;
                /// The extension that its lead asks for and that is not decided yet.
                extension: Extension(Option<Extension>) Edit;
                /// Who was asked about it by mail, and when.
                asked: Asked(Asked) Trace;
                leads: Leads(Vec<Lead>) Edit;
                via: Via(Vec<Lead>) Edit;
                closure: Closure(Closure) Edit;
                /// Where the evidence for its closure is: a link, or the name of a file.
                evidence_at: EvidenceAt(String) Edit;
                /// The closed action of which this is the next.
                follows: Follows(Follows) Trace;
                /// Dismissed challenges.
                dismissed: Dismissed(Vec<Dismissal>) Edit;
                flags: Flags(Vec<Flag>) Edit;
                raw: Raw(Vec<RawCell>) Trace;
                source: Source(Source) Trace;
                withdrawn: Withdrawn(Option<Withdrawal>) Trace;
            } with {
                /// The recommendation under which it was added.
                added_under: Option<Id>,
                /// In the order in which they were added.
                entries: Vec<Entry>,
                /// The targets as first set, once they have been moved.
                original_targets: Option<Targets>,
                /// How often the targets were moved.
                slips: u32,
                rating_move: Option<RatingMove>,
                /// The last day on which it was changed (being imported does not count).
                changed: Option<NaiveDate>,
            }
            /// A progress entry; withdrawn only by undo, as a slip, or as it goes with a part of its action that is split off.
            Entry(said: EntryText) {
                withdrawn: Withdrawn(Option<Withdrawal>) Trace;
            } with {}
            /// Which body met, when, under whom, who was there, and what was on the agenda.
            Meeting() {
                /// The subgroup or board that met.
                body: Body(Option<Id>) Edit;
                day: Day(NaiveDate) Edit;
                chair: Chair(String) Edit;
                attendance: Attendance(Vec<Attendance>) Edit;
                /// Who came and went while it was open.
                moves: Moves(Moves) Edit;
                agenda: Agenda(Agenda) Edit;
                /// When items begin, and how many minutes they are given.
                times: Times(Times) Edit;
                /// When the body meets next.
                next: NextMeeting(Option<NaiveDate>) Edit;
                stage: Stage(Stage) Edit;
                /// The updates of agencies that the meeting accepted.
                received: Received(Received) Aside;
                withdrawn: Withdrawn(Option<Withdrawal>) Trace;
            } with {
                /// In the order in which they were written.
                minutes: Vec<Minute>,
                /// What was changed while it was open and not undone.
                worked: Vec<Worked>,
                /// When it was opened, by the clock of who opened it.
                opened: Option<(NaiveDate, NaiveTime)>,
            }
            /// What a meeting recorded about an item.
            Minute(said: MinuteText) {
                withdrawn: Withdrawn(Option<Withdrawal>) Trace;
            } with {}
        }
    };
}
pub(crate) use things;
