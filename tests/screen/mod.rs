//! The screen: keys in, pictures out, without a terminal.

mod agency;
mod clock;
mod closing;
mod counting;
mod erase;
mod every;
mod first;
mod forms;
mod given;
mod glyphs;
mod guide;
mod history;
mod keys;
mod marks;
mod meeting;
mod merge;
mod naming;
mod papers;
mod plain;
mod prompts;
mod review;
mod room;
mod seal;
mod stories;
mod written;
