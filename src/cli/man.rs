//! `arising man`: roff for other programs; at a terminal a page to read, in the system's pager for manuals where it has one.

use std::io::Write;
use std::process::{Command, Stdio};

use super::{Answer, gate, manual};
use crate::problem::Problem;

pub fn page(command: Option<&str>) -> Result<Answer, Problem> {
    let roff = manual::man(command)?;
    if !gate::is_read() {
        return Ok(super::file(roff));
    }
    if is_paged(&roff) {
        return Ok(Answer::default());
    }
    manual::plain(command).map(Answer::from)
}

/// Whether `man` has shown it. One that cannot read a page from its input says so with its exit code.
fn is_paged(roff: &str) -> bool {
    let mut man = Command::new("man");
    let Ok(mut child) = man.args(["-l", "-"]).stdin(Stdio::piped()).stderr(Stdio::null()).spawn() else { return false };
    // A reader who closes the pager early closes the pipe too.
    let written = child.stdin.take().map(|mut stdin| stdin.write_all(roff.as_bytes()));
    drop(written);
    child.wait().is_ok_and(|status| status.success())
}
