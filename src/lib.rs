//! `arising`: reviews safeguarding action plans in meetings.
//!
//! In reading order: [`domain`] is what there is and every rule about it; [`wire`] and [`store`] keep it; [`import`] and
//! [`intake`] read documents into it; [`desk`] holds a register and its file in step; [`app`], [`view`] and [`term`] are the
//! screen; [`run`], [`cli`] and [`demo`] put the parts together.

pub mod app;
pub mod cli;
pub mod clock;
pub mod demo;
pub mod desk;
pub mod domain;
pub mod env;
pub mod import;
pub mod intake;
pub mod json;
pub mod problem;
pub mod report;
pub mod run;
pub mod store;
pub mod term;
pub mod text;
pub mod view;
pub mod wire;
pub mod writing;
