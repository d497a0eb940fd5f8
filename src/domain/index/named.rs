//! Which parties each action of a list names as its leads and as those it goes via.

use super::super::action::{Action, Lead};
use super::super::bits::Bits;
use super::super::id::Id;
use super::super::register::Register;
use super::super::slots::Slot;

/// The parties of each action, by their positions among the register's.
#[derive(Clone, Debug, Default)]
pub struct Named {
    parties: Vec<u32>,
    spans: Vec<Span>,
}

/// Where an action's parties are: its leads, then the others.
#[derive(Clone, Copy, Debug, Default)]
struct Span {
    start: u32,
    leads: u16,
    via: u16,
}

/// The parties of one action.
#[derive(Clone, Copy, Debug)]
pub struct Parties<'a> {
    pub leads: &'a [u32],
    pub via: &'a [u32],
}

impl<'a> Parties<'a> {
    pub fn all(self) -> impl Iterator<Item = usize> + 'a {
        self.leads.iter().chain(self.via).map(|party| *party as usize)
    }
}

impl Named {
    pub fn add(&mut self, register: &Register, action: &Action) {
        let span = self.put(register, action);
        self.spans.push(span);
    }

    /// What was there before stays where it was, unused.
    pub fn replace(&mut self, place: usize, register: &Register, action: &Action) {
        let span = self.put(register, action);
        if let Some(old) = self.spans.get_mut(place) {
            *old = span;
        }
    }

    fn put(&mut self, register: &Register, action: &Action) -> Span {
        let start = self.parties.len();
        self.parties.extend(known(register, action.leads()));
        let via = self.parties.len();
        self.parties.extend(known(register, action.via()));
        let count = |from: usize, to: usize| u16::try_from(to - from).unwrap_or(u16::MAX);
        Span {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            leads: count(start, via),
            via: count(via, self.parties.len()),
        }
    }

    /// The parties of every action, in the order of the list.
    pub fn iter(&self) -> impl Iterator<Item = Parties<'_>> {
        self.spans.iter().map(|span| {
            let start = span.start as usize;
            let (leads, end) =
                (start + usize::from(span.leads), start + usize::from(span.leads) + usize::from(span.via));
            let of = |from: usize, to: usize| self.parties.get(from..to).unwrap_or_default();
            Parties { leads: of(start, leads), via: of(leads, end) }
        })
    }

    /// The actions with such a party.
    pub fn having(&self, is_so: impl Fn(Parties<'_>) -> bool) -> Bits {
        self.iter().enumerate().filter(|(_, parties)| is_so(*parties)).map(|(place, _)| place).collect()
    }
}

/// The position of a party among the register's.
pub fn position(register: &Register, party: Id) -> Option<usize> {
    if let Slot::Party(at) = register.slot(party)? { Some(at) } else { None }
}

fn known<'a>(register: &'a Register, leads: &'a [Lead]) -> impl Iterator<Item = u32> + 'a {
    leads.iter().filter_map(|lead| position(register, lead.party)).filter_map(|at| u32::try_from(at).ok())
}
