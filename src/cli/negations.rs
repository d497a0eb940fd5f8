//! Distinguishes filter terms that begin with a minus (`-rating:green`) from options.

use std::ffi::OsString;

/// The arguments with negated filter terms moved after a `--`, so that none is mistaken for an option.
/// The order of a filter's terms does not matter.
pub fn with_negations_last(arguments: Vec<OsString>) -> Vec<OsString> {
    if !matches!(command_name(&arguments), Some("list" | "log")) || arguments.iter().any(|argument| argument == "--") {
        return arguments;
    }
    let (negations, mut others): (Vec<_>, Vec<_>) = arguments.into_iter().partition(is_negation);
    if !negations.is_empty() {
        others.push("--".into());
        others.extend(negations);
    }
    others
}

/// None of our options has one hyphen and several letters.
fn is_negation(argument: &OsString) -> bool {
    argument.to_str().is_some_and(|text| text.len() > 2 && text.starts_with('-') && !text.starts_with("--"))
}

fn command_name(arguments: &[OsString]) -> Option<&str> {
    let mut rest = arguments.iter().skip(1).filter_map(|argument| argument.to_str());
    while let Some(argument) = rest.next() {
        if matches!(argument, "--register" | "--as-at" | "--today" | "--author" | "--clock-offset") {
            rest.next();
        } else if !argument.starts_with('-') {
            return Some(argument);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::args::{Cli, Command};

    fn parse(line: &str) -> Command {
        let words = line.split(' ').map(OsString::from);
        Cli::try_parse_from(with_negations_last(words.collect())).unwrap().command.unwrap()
    }

    #[test]
    fn a_filter_may_hold_negations_anywhere_and_options_still_count() {
        for line in
            ["arising list -rating:green overdue --json", "arising --register list list overdue --json -rating:green"]
        {
            let Command::List(list) = parse(line) else { panic!("not a list") };
            assert_eq!(list.filter, ["overdue", "-rating:green"]);
            assert!(list.json);
        }
    }

    #[test]
    fn a_text_may_begin_with_a_dash_and_need_no_quotes() {
        let Command::Progress(progress) = parse("arising progress 7.1 -5 beds closed --on today") else { panic!() };
        assert_eq!((progress.text.as_str(), progress.on.as_deref()), ("-5", Some("today")));
        assert_eq!(progress.more, ["beds", "closed"]);
    }
}
