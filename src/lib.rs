//! `arising`: reviews safeguarding action plans in meetings.
//!
//! In reading order: [`domain`] holds the types and every rule about them; [`wire`] and [`store`] persist them;
//! [`import`] and [`intake`] bring documents in; [`desk`] keeps a register and its file in step; [`app`], [`view`] and
//! [`term`] are the screen; [`run`], [`cli`] and [`demo`] put the parts together.

pub mod app;
pub mod chasing;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod desk;
pub mod domain;
pub mod env;
pub mod files;
#[cfg(feature = "hub")]
pub mod hub;
pub mod import;
pub mod intake;
pub mod json;
pub mod keys;
pub mod post;
pub mod problem;
pub mod report;
pub mod run;
pub mod seal;
pub mod store;
pub mod term;
pub mod text;
pub mod view;
pub mod wire;
pub mod writing;
