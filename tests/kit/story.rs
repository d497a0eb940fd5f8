//! Stories: a meeting as a text file, with the keys pressed, what is seen, and what is written down.
//!
//! A line is a step: `size 120x40`, `keys f Enter`, `type some words`, `see words`, `not see words`, `saved words` (the
//! message line says so), `log words` (the newest line of the audit trail says so), `copied words` (they are
//! on the clipboard), `over` (the program has ended).
//! A line that begins with `#` is for the reader.

use super::headless::Headless;

/// Plays a story on a program; fails with the first line that does not hold.
pub fn play(name: &str, story: &str, app: &mut Headless) {
    for (number, line) in story.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        if let Err(failure) = step(line, app) {
            panic!("{name}, line {}: {line}\n{failure}\n{}", number + 1, app.screen());
        }
    }
}

/// One step of a story.
pub fn step(line: &str, app: &mut Headless) -> Result<(), String> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    match word {
        "size" => {
            let (cols, rows) = rest.split_once('x').ok_or("no size")?;
            app.resize(cols.parse().map_err(|_| "no width")?, rows.parse().map_err(|_| "no height")?);
        }
        "keys" => drop(app.press(rest)),
        "type" => drop(app.type_text(rest)),
        "see" => holds(app.screen().contains(rest), "it is not on the screen")?,
        "not" => holds(!app.screen().contains(rest.trim_start_matches("see ")), "it is on the screen")?,
        "saved" => {
            let screen = app.screen();
            let message = screen.lines().rev().nth(1).unwrap_or_default();
            holds(message.contains(rest) && message.contains("saved"), "the message line does not say so")?;
        }
        "log" => {
            let log = app.log();
            let newest = log.last().cloned().unwrap_or_default();
            holds(newest.contains(rest), &format!("the log ends with “{newest}”"))?;
        }
        "copied" => holds(app.clipboard.contains(rest), &format!("the clipboard holds “{}”", app.clipboard))?,
        "over" => holds(app.is_over, "it goes on")?,
        other => return Err(format!("“{other}” is no step")),
    }
    Ok(())
}

fn holds(truth: bool, otherwise: &str) -> Result<(), String> {
    if truth { Ok(()) } else { Err(otherwise.to_owned()) }
}
