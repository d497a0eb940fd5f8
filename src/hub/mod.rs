//! The hub: the same log of many boards in PostgreSQL, where laptops that work apart catch up. The only part that uses the network.
//!
//! In reading order: where a hub is and who asks (`address`, `password`, `note`), how it is reached (`tls`, `connection`,
//! `trouble`), what both sides have (`ends`), then `push`, `pull`, `erasures` and `grants`; `sync` puts them together. `setting_up`
//! is for those who run the hub.

mod address;
mod connection;
mod ends;
mod erasures;
mod grants;
mod joining;
mod note;
mod page;
mod password;
mod pull;
mod push;
mod setting_up;
mod sync;
mod tls;
mod trouble;

pub use address::Address;
pub use connection::{Hub, Member};
pub use joining::{Joined, join};
pub use note::Note;
pub use password::{Given, Login, first_line};
pub use setting_up::{Laptop, init, init_sql, laptop, laptop_sql, verifier};
pub use sync::{Done, Session, State, Ways};
pub use trouble::is_away;
