//! Opens a file or a folder in the program that the system has for it: started directly, without a shell, away from the
//! terminal, and not waited for.

use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use crate::app::Msg;
use crate::problem::Problem;

/// The program that opens whatever it is given, and what it is told before.
const OPENER: (&str, &[&str]) = if cfg!(windows) {
    // What `start` does, without a shell that would read the name.
    ("rundll32", &["url.dll,FileProtocolHandler"])
} else if cfg!(target_os = "macos") {
    ("open", &[])
} else {
    ("xdg-open", &[])
};

/// Opens what is at a full path.
pub fn open(path: &str) -> Msg {
    let refuse = |why: String, hint: String| Msg::Failed(Problem::new("Nothing was opened", why, hint));
    if !Path::new(path).exists() {
        return refuse(format!("{path} is no longer there"), "Save it again.".into());
    }
    match started(path) {
        Ok(()) => Msg::Notice(format!("Opening {path}")),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let why = format!("this computer has no {} to open files with", OPENER.0);
            refuse(why, format!("Open it from your own file manager: {path}."))
        }
        Err(error) => refuse(error.to_string(), format!("Open it from your own file manager: {path}.")),
    }
}

fn started(path: &str) -> std::io::Result<()> {
    let (program, before) = OPENER;
    let mut command = Command::new(program);
    command.args(before).arg(path).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Keys that end this program are none of its business.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command.spawn()?;
    // Its end must be noticed, or it stays in the list of processes.
    thread::Builder::new().name("opening".into()).spawn(move || child.wait().map(drop))?;
    Ok(())
}
