//! An action of the register in parts: where its words can be divided, and what belongs to each part.

mod cut;
mod places;

use super::action::{Action, Extension, Lead};
use super::allot;
use super::draft::{DraftAction, DraftLead};
use super::flag::{Flag, GONE};
use super::id::Id;
use super::party::Party;
use super::register::Register;
use super::split::offers;
use super::target::Target;

pub use cut::{beginnings, cut};
pub use places::Place;
use places::places;

/// One part of an action, with what belongs to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub text: String,
    pub leads: Vec<Lead>,
    pub targets: Vec<Target>,
    /// Those first set, where they have been moved.
    pub original: Vec<Target>,
    pub extension: Option<Extension>,
    pub flags: Vec<Flag>,
    /// The progress entries that are about it.
    pub entries: Vec<Id>,
}

/// The parts of an action whose words are these: each has the leads and dates that its words name and the progress that is
/// about it. What no part claims goes with every part, or, if it is progress, with the first.
pub fn parts(register: &Register, action: &Action, texts: &[String]) -> Vec<Part> {
    let whole = whole(register, action, &texts.join("\n"));
    let pieces = allot::parts(&whole, texts);
    let mut parts: Vec<Part> = pieces.iter().enumerate().map(|(at, piece)| part(action, piece, at)).collect();
    for entry in action.progress() {
        if let Some(part) = parts.get_mut(allot::owner(&entry.said, &pieces)) {
            part.entries.push(entry.id);
        }
    }
    give_extension(action, &pieces, &mut parts);
    parts
}

/// Every place at which an action can be divided.
pub fn places_in(register: &Register, action: &Action) -> Vec<Place> {
    let names: Vec<String> = action.leads().iter().flat_map(|lead| names_of(register, lead)).collect();
    let is_paired = action.leads().len() == action.targets().len();
    places(action.text(), &names, if is_paired { action.leads().len() } else { 0 })
}

/// As written, then the party's own names, then those of the agency that a post belongs to.
fn names_of(register: &Register, lead: &Lead) -> Vec<String> {
    let party = register.party(lead.party);
    let agency = party.and_then(Party::agency).and_then(|id| register.party(id));
    let called = party.into_iter().chain(agency).flat_map(|party| {
        let name = std::iter::once(party.name().to_owned());
        name.chain(party.aliases().iter().cloned())
    });
    std::iter::once(lead.raw.clone()).chain(called).filter(|name| !name.trim().is_empty()).collect()
}

/// The action as a document would have it; each lead under the name by which the words call it.
pub fn whole(register: &Register, action: &Action, said: &str) -> DraftAction {
    let lead = |(party, lead): (usize, &Lead)| {
        let names = names_of(register, lead);
        let name = names.iter().find(|name| allot::is_in(name, said)).or(names.first());
        DraftLead { party, raw: name.cloned().unwrap_or_default() }
    };
    let leads = action.leads().iter().enumerate().map(lead).collect();
    DraftAction { text: action.text().to_owned(), leads, targets: action.targets().to_vec(), ..DraftAction::default() }
}

fn part(action: &Action, piece: &DraftAction, at: usize) -> Part {
    let leads = piece.leads.iter().filter_map(|lead| action.leads().get(lead.party)).cloned().collect();
    Part {
        text: piece.text.clone(),
        leads,
        targets: piece.targets.clone(),
        original: original(action, piece),
        extension: None,
        flags: action.flags().iter().filter(|flag| is_of_part(flag, piece, at)).cloned().collect(),
        entries: Vec::new(),
    }
}

/// Of as many first targets as there are now, those in the positions of the part's own; otherwise all.
fn original(action: &Action, piece: &DraftAction) -> Vec<Target> {
    let first = action.original_targets.as_ref().map_or(&[][..], |targets| targets.dates.as_slice());
    if first.len() != action.targets().len() {
        return first.to_vec();
    }
    let paired = first.iter().zip(action.targets());
    paired.filter(|(_, now)| piece.targets.contains(now)).map(|(first, _)| first.clone()).collect()
}

/// A doubt about a date goes with the date, one about the document with every part, and any other stays with the first.
/// That the action may be several is settled.
fn is_of_part(flag: &Flag, piece: &DraftAction, at: usize) -> bool {
    let is_first = at == 0;
    match flag.field.as_str() {
        GONE => true,
        "target" => piece.targets.iter().any(|target| target.raw == flag.raw) || is_first && !offers(flag),
        _ => is_first && !offers(flag),
    }
}

/// A request goes with the parts that are led by whoever asks, or with every part.
fn give_extension(action: &Action, pieces: &[DraftAction], parts: &mut [Part]) {
    let Some(asked) = action.extension() else { return };
    let is_asking = |piece: &DraftAction| piece.leads.iter().any(|lead| allot::is_in(&lead.raw, &asked.by));
    let is_claimed = pieces.iter().any(is_asking);
    for (part, piece) in parts.iter_mut().zip(pieces) {
        part.extension = Some(asked.clone()).filter(|_| !is_claimed || is_asking(piece));
    }
}
