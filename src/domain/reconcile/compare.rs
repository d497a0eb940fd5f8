//! Things in both, field by field: what the document says now, and whether to adopt it.

use super::pair::{are_as_written, is_as_written, is_row_unchanged, is_same, likeness};
use super::{Difference, Merge};
use crate::domain::action::{Action, Lead, Targets};
use crate::domain::change::Value;
use crate::domain::date_words;
use crate::domain::draft::{DraftAction, DraftFinding, DraftLead, DraftRecommendation};
use crate::domain::finding::Finding;
use crate::domain::flag::{Flag, GONE, is_struck_out};
use crate::domain::id::Id;
use crate::domain::multi_value::Field;
use crate::domain::particular::Particular;
use crate::domain::plan::Plan;
use crate::domain::progress::EntryText;
use crate::domain::rating::Scheme;
use crate::domain::recommendation::{Recommendation, Under};
use crate::domain::target::Target;

/// A rating's absence, in words.
const NOT_RATED: &str = "not rated";

/// One field of one thing, on both sides.
pub(super) struct Sides<'a> {
    pub on: Id,
    pub reference: &'a str,
    pub field: &'static str,
    pub here: String,
    pub document: String,
}

impl Merge<'_> {
    pub(super) fn compare_action(&mut self, own: &Action, new: &DraftAction) {
        let is_unchanged = is_row_unchanged(own.raw.get(), &new.raw);
        let before = self.result.differs.len();
        if is_unchanged {
            self.set_flags(own, flags(own.flags(), &[], &[]));
        } else {
            self.fields(own, new);
        }
        if self.result.differs.len() == before {
            self.result.same.push(own.id);
        }
        if !is_unchanged {
            self.ops.set(own.id, Value::Raw(new.raw.clone()), own.raw.ids());
            self.ops.set(own.id, Value::Source(new.source.clone()), own.source.ids());
        }
    }

    fn fields(&mut self, own: &Action, new: &DraftAction) {
        let reference = self.register.reference(own);
        let mut taken = Vec::new();
        let mut ask = |merge: &mut Self, field, here: String, document: String, heads: Vec<Id>| {
            let sides = Sides { on: own.id, reference: &reference, field, here, document };
            let is_taken = merge.differs(sides, &heads);
            if is_taken {
                taken.push(field);
            }
            is_taken
        };
        if !is_same(own.text(), &new.text) && ask(self, "text", own.text().into(), new.text.clone(), own.text.ids()) {
            self.ops.set(own.id, Value::Text(new.text.clone()), own.text.ids());
        }
        let speaks = self.speaks.clone();
        if speaks.of("lead") && !self.are_same(own.leads(), &new.leads) {
            let (here, document) = (self.names(own.leads()), self.draft_names(&new.leads));
            if ask(self, "lead", here, document, own.leads.ids()) {
                let leads = self.parties.leads(&new.leads);
                self.ops.set(own.id, Value::Leads(leads), own.leads.ids());
            }
        }
        if speaks.of("via") && !self.are_same(own.via(), &new.via) {
            let (here, document) = (self.names(own.via()), self.draft_names(&new.via));
            if ask(self, "via", here, document, own.via.ids()) {
                let via = self.parties.leads(&new.via);
                self.ops.set(own.id, Value::Via(via), own.via.ids());
            }
        }
        if speaks.of("target")
            && !are_same_dates(own.targets(), &new.targets)
            && ask(self, "target", dates(own.targets()), dates(&new.targets), own.targets.ids())
        {
            let targets =
                Targets { dates: new.targets.clone(), reason: "as in the new version of the document".into() };
            self.ops.set(own.id, Value::Targets(targets), own.targets.ids());
        }
        let rating = new.rating.clone().unwrap_or_else(|| NOT_RATED.into());
        if speaks.of("rating")
            && own.rating() != new.rating.as_deref()
            && ask(self, "rating", own.rating().unwrap_or(NOT_RATED).into(), rating, own.rating.ids())
        {
            self.ops.set(own.id, Value::Rating(new.rating.clone()), own.rating.ids());
        }
        self.entries(own, new, &reference);
        self.set_flags(own, with_line(own, new, flags(own.flags(), &new.flags, &taken)));
    }

    fn set_flags(&mut self, own: &Action, flags: Vec<Flag>) {
        if flags != own.flags() {
            self.ops.set(own.id, Value::Flags(flags), own.flags.ids());
        }
    }

    /// Entries are only ever added.
    pub(super) fn entries(&mut self, own: &Action, new: &DraftAction, reference: &str) {
        for entry in new.progress.iter().filter(|said| !is_said(own, said)) {
            let date = entry.date.map(|date| format!("{}: ", date_words::partial(date))).unwrap_or_default();
            let document = format!("{date}{}", entry.text);
            if self.differs(Sides { on: own.id, reference, field: "progress", here: String::new(), document }, &[]) {
                self.ops.entry(own.id, entry);
            }
        }
    }

    pub(super) fn compare_recommendation(&mut self, own: &Recommendation, new: &DraftRecommendation) {
        let under = self.under(new);
        if is_row_unchanged(own.raw.get(), &new.raw) {
            return;
        }
        if under != Under::Nothing && own.under.get() != Some(&under) {
            self.take(own.id, own.number(), "finding", &own.under, Value::Under(under), String::new());
        }
        if own.number_inferred.get() == Some(&true) && !new.number_inferred {
            self.ops.set(own.id, Value::NumberInferred(false), own.number_inferred.ids());
        }
        if own.number() != new.number {
            self.take(
                own.id,
                own.number(),
                "number",
                &own.number,
                Value::Number(new.number.clone()),
                new.number.clone(),
            );
        }
        if !is_same(own.text(), &new.text) {
            self.take(own.id, own.number(), "text", &own.text, Value::Text(new.text.clone()), new.text.clone());
        }
        for particular in Particular::ALL.iter().copied() {
            self.compare_particular(own, new, particular);
        }
        self.ops.set(own.id, Value::Raw(new.raw.clone()), own.raw.ids());
        self.ops.set(own.id, Value::Source(new.source.clone()), own.source.ids());
    }

    fn compare_particular(&mut self, own: &Recommendation, new: &DraftRecommendation, particular: Particular) {
        let (here, document) = (particular.of(own), new.particulars.get(particular));
        if is_same(here, document) || document.is_empty() && !self.speaks.of(particular.key()) {
            return;
        }
        let sides = Sides {
            on: own.id,
            reference: own.number(),
            field: particular.key(),
            here: here.to_owned(),
            document: document.to_owned(),
        };
        let heads = particular.ids(own);
        if self.differs(sides, &heads) {
            self.ops.set(own.id, particular.value(document), heads);
        }
    }

    pub(super) fn compare_finding(&mut self, own: &Finding, new: &DraftFinding) {
        if !is_same(own.text(), &new.text) {
            let reference = format!("finding {}", own.number());
            self.take(own.id, &reference, "text", &own.text, Value::Text(new.text.clone()), new.text.clone());
        }
    }

    pub(super) fn compare_plan(&mut self, own: &Plan) {
        let draft = self.draft;
        if !draft.title.is_empty() && !is_as_written(own.title(), &draft.title) {
            self.take(own.id, "plan", "title", &own.title, Value::Title(draft.title.clone()), draft.title.clone());
        }
        let day = draft.as_at.filter(|day| own.as_at.get().copied().flatten() != Some(*day));
        if let Some(day) = day {
            self.take(own.id, "plan", "as at", &own.as_at, Value::AsAt(Some(day)), day.to_string());
        }
        let scheme = draft.scheme.as_ref().map(|scheme| self.with_ratings_in_use(own, scheme));
        if let Some(scheme) = scheme.filter(|scheme| own.scheme.get() != Some(scheme)) {
            let words = scheme.in_words();
            self.take(own.id, "plan", "ratings", &own.scheme, Value::Scheme(scheme), words);
        }
        if !draft.glossary.is_empty() && !are_as_written(pairs(own.glossary.get()), pairs(Some(&draft.glossary))) {
            let value = Value::Glossary(draft.glossary.clone());
            self.take(own.id, "plan", "acronyms", &own.glossary, value, format!("{} acronyms", draft.glossary.len()));
        }
        if !draft.notes.is_empty() && !are_as_written(own.notes.get().into_iter().flatten(), &draft.notes) {
            self.take(own.id, "plan", "notes", &own.notes, Value::Notes(draft.notes.clone()), draft.notes.join("\n"));
        }
    }

    /// The document's ratings, and after them those that actions here have and it does not mention.
    fn with_ratings_in_use(&self, own: &Plan, stated: &Scheme) -> Scheme {
        let mut scheme = stated.clone();
        let actions = own.actions.iter().filter_map(|id| self.register.action(*id));
        for level in actions.filter_map(|action| self.register.level(action)) {
            if scheme.level(&level.word).is_none() {
                scheme.levels.push(level);
            }
        }
        scheme
    }

    /// Reports a difference and, where it may be adopted, adopts it.
    fn take<T: InWords>(
        &mut self,
        on: Id,
        reference: &str,
        field: &'static str,
        own: &Field<T>,
        value: Value,
        document: String,
    ) {
        let here = own.get().map(InWords::in_words).unwrap_or_default();
        if self.differs(Sides { on, reference, field, here, document }, &own.ids()) {
            self.ops.set(on, value, own.ids());
        }
    }

    /// Records a difference, and returns whether the document's value is adopted: because it was not changed here, or
    /// because the user decided so. An empty cell is never adopted unasked.
    pub(super) fn differs(&mut self, sides: Sides<'_>, heads: &[Id]) -> bool {
        let is_unchanged = heads.iter().all(|head| *head == sides.on || self.decisions.imported.has(*head));
        let is_proposed = is_unchanged && (sides.field == "progress" || !self.asked_only.contains(&sides.on));
        let is_emptied = sides.document.is_empty() || sides.document == NOT_RATED;
        let mut difference = Difference {
            on: sides.on,
            reference: sides.reference.to_owned(),
            field: sides.field,
            here: sides.here,
            document: sides.document,
            is_proposed,
            is_emptied,
            is_taken: is_proposed && !is_emptied,
            why: String::new(),
            answer: None,
        };
        if let Some(decided) = self.decisions.decided.get(&difference.key()) {
            difference.is_taken = *decided;
        }
        let is_taken = difference.is_taken;
        self.result.differs.push(difference);
        is_taken
    }

    /// Whether the same parties are named, or the document names them in the same words as before.
    pub(super) fn are_same(&self, own: &[Lead], new: &[DraftLead]) -> bool {
        let raws = own.iter().map(|lead| &lead.raw).eq(new.iter().map(|lead| &lead.raw));
        let known: Option<Vec<Id>> = new.iter().map(|lead| self.parties.known(lead.party)).collect();
        let is_there = |known: &Vec<Id>| own.len() == known.len() && own.iter().all(|lead| known.contains(&lead.party));
        raws || known.as_ref().is_some_and(is_there)
    }

    fn names(&self, leads: &[Lead]) -> String {
        leads.iter().map(|lead| self.register.party_name(lead.party)).collect::<Vec<_>>().join(", ")
    }

    fn draft_names(&self, leads: &[DraftLead]) -> String {
        let names = leads.iter().filter_map(|lead| self.draft.parties.get(lead.party));
        names.map(|party| party.name.as_str()).collect::<Vec<_>>().join(", ")
    }
}

fn pairs(glossary: Option<&Vec<(String, String)>>) -> impl Iterator<Item = &String> {
    glossary.into_iter().flatten().flat_map(|(acronym, meaning)| [acronym, meaning])
}

/// A value in words, to show both sides.
trait InWords {
    fn in_words(&self) -> String;
}

impl InWords for String {
    fn in_words(&self) -> String {
        self.clone()
    }
}

impl InWords for Option<chrono::NaiveDate> {
    fn in_words(&self) -> String {
        self.map(|day| day.to_string()).unwrap_or_default()
    }
}

impl InWords for Vec<String> {
    fn in_words(&self) -> String {
        self.join("\n")
    }
}

impl InWords for Vec<(String, String)> {
    fn in_words(&self) -> String {
        format!("{} acronyms", self.len())
    }
}

impl InWords for Scheme {
    fn in_words(&self) -> String {
        self.levels.iter().map(|level| level.word.as_str()).collect::<Vec<_>>().join(", ")
    }
}

impl InWords for crate::domain::recommendation::Under {
    fn in_words(&self) -> String {
        String::new()
    }
}

/// The document's doubts about fields adopted from it, and those here about all others.
fn flags(own: &[Flag], new: &[Flag], taken: &[&'static str]) -> Vec<Flag> {
    let is_taken = |flag: &&Flag| taken.contains(&flag.field.as_str());
    let is_back = |flag: &&Flag| flag.field == GONE;
    own.iter().filter(|flag| !is_taken(flag) && !is_back(flag)).chain(new.iter().filter(is_taken)).cloned().collect()
}

/// The doubt whether an action is struck out comes and goes with the line through it, and is not raised again when settled.
fn with_line(own: &Action, new: &DraftAction, mut flags: Vec<Flag>) -> Vec<Flag> {
    let was_out = own.raw.get().is_some_and(|raw| is_struck_out(raw));
    match (was_out, is_struck_out(&new.raw)) {
        (false, true) => {
            flags.retain(|flag| !flag.is_struck_out());
            flags.extend(new.flags.iter().filter(|flag| flag.is_struck_out()).cloned());
        }
        (true, false) => flags.retain(|flag| !flag.is_struck_out()),
        (true, true) | (false, false) => {}
    }
    flags
}

/// Whether an action has, or had, that entry.
pub(super) fn is_said(own: &Action, said: &EntryText) -> bool {
    let is_it = |here: &EntryText| {
        is_same(&here.text, &said.text) || here.date == said.date && likeness(&here.text, &said.text) >= 90
    };
    own.entries.iter().any(|entry| is_it(&entry.said))
}

pub(super) fn are_same_dates(own: &[Target], new: &[Target]) -> bool {
    let is_same_date =
        |(own, new): (&Target, &Target)| own.span == new.span && (own.span.is_some() || own.raw == new.raw);
    own.len() == new.len() && own.iter().zip(new).all(is_same_date)
}

fn dates(targets: &[Target]) -> String {
    targets.iter().map(|target| target.raw.as_str()).collect::<Vec<_>>().join("; ")
}
