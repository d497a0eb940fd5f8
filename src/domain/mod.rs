//! The domain: what a register holds and every rule about it. Pure: no files, no clock, no screen, no serialisation.
//!
//! In reading order: which fields there are (`table`) and what a thing does with them ([`thing`]), what their values mean ([`plan`],
//! [`finding`], [`recommendation`], [`action`], [`party`]), how a field keeps
//! its values ([`multi_value`]), what can happen ([`change`]), what that does to a register ([`register`], [`apply`]),
//! what may happen ([`rules`], [`undo`]), and how it is described and found ([`describe`], [`filter`], [`query`]).

pub mod action;
pub mod actions;
pub mod agency_copy;
pub mod agenda;
pub mod alike;
mod allot;
pub mod apply;
pub mod arrival;
pub mod attending;
pub mod bits;
pub mod brought;
pub mod challenge;
pub mod change;
pub mod chase;
pub mod conflict;
pub mod crossref;
pub mod date_text;
pub mod date_words;
pub mod describe;
pub mod difference;
pub mod draft;
pub mod erasing;
pub mod field;
pub mod filter;
pub mod finding;
#[cfg(test)]
pub(crate) mod fixture;
pub mod flag;
pub mod fork;
pub mod form;
pub mod given;
pub mod id;
pub mod imported;
pub mod index;
pub mod intent;
pub mod lacking;
pub mod marking;
pub mod meeting;
pub mod mend;
pub mod moment;
pub mod multi_value;
pub mod outline;
pub mod particular;
pub mod parts;
pub mod party;
pub mod plan;
pub mod progress;
pub mod query;
pub mod rating;
pub mod recommendation;
pub mod recommendations;
pub mod reconcile;
pub mod recurring;
pub mod reference;
pub mod register;
pub mod retention;
pub mod rules;
pub mod said;
pub mod short;
pub mod slots;
pub mod sort;
pub mod split;
pub(crate) mod table;
pub mod target;
pub mod texts;
pub mod thing;
pub mod timing;
pub mod trail;
pub mod undertaking;
pub mod undo;
pub mod updates;
pub mod withdrawal;
