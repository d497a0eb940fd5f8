//! The hub: the same log of many boards in PostgreSQL, where laptops that work apart catch up. The only part that uses the network.
//!
//! In reading order: where a hub is and who asks (`address`, `password`, `note`), how it is reached (`tls`, `connection`,
//! `trouble`), what both sides have (`ends`), whose it is (`names`), then `push`, `pull`, `erasures` and `grants`; `sync` puts them together. `setting_up`
//! is for those who run the hub.

use std::time::Duration;

mod address;
mod connection;
mod ends;
mod erasures;
mod grants;
mod joining;
mod names;
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
pub use setting_up::{Gets, Laptop, init, init_sql, laptop, laptop_sql, verifier};
pub use sync::{Done, Session, State, Ways};
pub use trouble::is_away;

/// Between two questions to the hub while a meeting is open. What is written on one laptop waits for one question until it goes
/// out, and on another for one until it comes in: both within two seconds leave a second for the way.
pub const POLL: Duration = Duration::from_millis(500);
