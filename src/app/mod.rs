//! The program's state, without a terminal, a database or a clock.
//!
//! A message arrives ([`Msg`]), [`update()`] changes the [`Model`] and returns [`Effect`]s; the stage carries them out
//! and sends back the results. Only what is safely on disk is in the register, so only that is drawn.

pub mod command;
pub mod commands;
pub mod editor;
pub mod guide;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod manual;
pub mod message;
pub mod model;
pub mod overlay;
pub mod pace;
pub mod rebinding;
pub mod room;
pub mod scope;
pub mod screen;
pub mod table;
pub mod update;

pub use message::{Effect, Msg, World};
pub use model::{Model, Toast};
pub use update::update;
