//! The child that reads documents holds nothing that a hostile document could use.
#![cfg(target_os = "linux")]

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::kit::desk::Desk;

fn status(pid: u32, name: &str, line: &str) -> String {
    let text = fs::read_to_string(format!("/proc/{pid}/{name}")).unwrap_or_default();
    text.lines().find(|found| found.starts_with(line)).unwrap_or_default().to_owned()
}

#[test]
fn the_child_can_open_nothing_and_gain_nothing() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_arising"))
        .arg("read-document")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let since = Instant::now();
    while !status(child.id(), "limits", "Max open files").contains(" 0 ") && since.elapsed() < Duration::from_secs(10) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let files = status(child.id(), "limits", "Max open files");
    let privileges = status(child.id(), "status", "NoNewPrivs");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(files.split_whitespace().skip(3).take(2).collect::<Vec<_>>(), ["0", "0"], "{files}");
    assert!(privileges.ends_with('1'), "{privileges}");
}

/// The reading child of that process, once it has one.
fn child_of(parent: u32) -> Option<u32> {
    let children = fs::read_to_string(format!("/proc/{parent}/task/{parent}/children")).ok()?;
    let pid: u32 = children.split_whitespace().next()?.parse().ok()?;
    let line = fs::read(format!("/proc/{pid}/cmdline")).ok()?;
    String::from_utf8_lossy(&line).contains("read-document").then_some(pid)
}

#[test]
fn the_child_inherits_no_environment_and_no_open_file() {
    let desk = Desk::empty();
    // Large enough that the child is found at work.
    let line = "Recommendation,Action,Lead\n".to_owned() + &"1,Write the protocol,Police\n".repeat(400_000);
    fs::write(desk.path("large.csv"), line).unwrap();
    fs::write(desk.path("secret.txt"), "secret").unwrap();
    let mut shell = Command::new("sh");
    let program = env!("CARGO_BIN_EXE_arising");
    shell.args(["-c", &format!("exec 7<secret.txt; exec {program} import --dry-run large.csv")]);
    shell.env("SECRET", "token").env("ARISING_REGISTER", desk.register()).env("HOME", desk.path(""));
    shell.current_dir(desk.path("")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut parent = shell.spawn().unwrap();
    let since = Instant::now();
    let mut found = None;
    while found.is_none() && since.elapsed() < Duration::from_secs(20) {
        found = child_of(parent.id()).and_then(|pid| {
            let environment = fs::read(format!("/proc/{pid}/environ")).ok()?;
            let files = fs::read_dir(format!("/proc/{pid}/fd")).ok()?;
            let files: Vec<_> = files.flatten().filter_map(|file| fs::read_link(file.path()).ok()).collect();
            Some((environment, files))
        });
    }
    parent.kill().ok();
    parent.wait().unwrap();
    let (environment, files) = found.expect("the child was seen");
    assert!(environment.is_empty(), "{}", String::from_utf8_lossy(&environment));
    assert!(!files.iter().any(|file| file.ends_with("secret.txt")), "{files:?}");
}
