//! The command line that opens the screen, understood without the grammar of the other commands: making that takes a millisecond, a
//! sixth of the time to the first screen, and 0.8 MiB.

use std::ffi::OsString;

use clap::{Parser, Subcommand};

use super::args::{Cli, Command, Global, Open};

/// A part of [`Cli`]: what is right here means the same there.
#[derive(Parser)]
#[command(disable_help_flag = true, disable_help_subcommand = true)]
struct Opening {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Option<OnlyOpen>,
}

#[derive(Subcommand)]
enum OnlyOpen {
    #[command(disable_help_flag = true)]
    Open(Open),
}

/// None if the arguments ask for something else, or have a mistake for the whole grammar to explain.
pub fn parsed(arguments: &[OsString]) -> Option<Cli> {
    let Opening { global, command } = Opening::try_parse_from(arguments).ok()?;
    Some(Cli { global, command: command.map(|OnlyOpen::Open(open)| Command::Open(open)) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    #[test]
    fn opening_is_understood_as_the_whole_grammar_understands_it() {
        for line in [
            "arising",
            "arising open",
            "arising open board.sqlite",
            "arising --register board.sqlite",
            "arising --register=board.sqlite open",
            "arising open --today 2026-11-30 board.sqlite --author Chair",
            "arising --as-at 2026-01-31 open -- -board.sqlite",
            "arising --clock-offset -60 open list",
        ] {
            let parsed = parsed(&words(line)).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(format!("{parsed:?}"), format!("{:?}", Cli::try_parse_from(words(line)).unwrap()), "{line}");
        }
    }

    #[test]
    fn everything_else_is_left_to_the_whole_grammar() {
        for line in [
            "arising list",
            "arising open a b",
            "arising board.sqlite",
            "arising help",
            "arising help open",
            "arising --help",
            "arising open --help",
            "arising open -h",
            "arising --version",
            "arising -V",
            "arising ope",
            "arising --reg board.sqlite",
            "arising --today tomorrow-ish",
            "arising --register open list",
            "arising --as-at someday",
        ] {
            assert!(parsed(&words(line)).is_none(), "{line}");
        }
    }
}
