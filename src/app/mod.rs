//! What the program is doing, without a terminal, a database or a clock.

pub mod key;
