//! The command line: what it prints, refuses and leaves behind.

mod accents;
mod addresses;
mod agency;
mod answers;
mod calendar;
mod chase;
mod columns;
mod contents;
mod correct;
mod erase;
mod given;
mod habits;
mod history;
mod later;
mod meeting;
mod merge;
mod moving;
mod naming;
mod plans;
mod portable;
mod references;
mod returns;
mod scope;
mod seal;
mod several;
mod split;
#[cfg(windows)]
mod windows;
