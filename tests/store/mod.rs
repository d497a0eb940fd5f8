//! The register's file: what it keeps, survives and refuses.

mod agencies;
mod blocks;
mod converging;
mod files;
mod fork;
mod formats;
mod history;
mod keeping;
mod merge;
mod moving;
mod pages;
mod points;
mod recommendations;
mod sharing;
mod snapshots;
mod whole;
#[cfg(windows)]
mod windows;
