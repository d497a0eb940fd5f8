//! Files that are written where the user says.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, SystemTime};

use crate::kit::desk::{Desk, Said};

fn report(desk: &Desk, to: &str) -> Said {
    desk.run(&["report", "overdue", "--format", "txt", "-o", to])
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn a_new_report_is_private_and_an_old_one_keeps_its_permissions() {
    let desk = Desk::with_plans();
    report(&desk, "new.txt").expect_done();
    assert_eq!(mode(&desk.path("new.txt")), 0o600);
    fs::set_permissions(desk.path("new.txt"), fs::Permissions::from_mode(0o644)).unwrap();
    report(&desk, "new.txt").expect_done();
    assert_eq!(mode(&desk.path("new.txt")), 0o644);
}

#[test]
fn what_a_killed_report_left_is_swept_and_nothing_else() {
    let desk = Desk::with_plans();
    let old = SystemTime::now() - Duration::from_secs(7200);
    let lay = |name: &str, at: SystemTime| {
        fs::write(desk.path(name), "half a report").unwrap();
        fs::File::options().write(true).open(desk.path(name)).unwrap().set_modified(at).unwrap();
    };
    lay(".arising-Ab12cd.tmp", old);
    lay(".arising-Ef34gh.tmp", SystemTime::now());
    lay(".tmpOther", old);
    report(&desk, "new.txt").expect_done();
    let is_there = |name: &str| desk.path(name).exists();
    let found = [".arising-Ab12cd.tmp", ".arising-Ef34gh.tmp", ".tmpOther"].map(is_there);
    assert_eq!(found, [false, true, true]);
}

#[test]
fn a_link_of_another_user_is_not_written_through() {
    let desk = Desk::with_plans();
    fs::write(desk.path("victim.txt"), "mine").unwrap();
    std::os::unix::fs::symlink(desk.path("victim.txt"), desk.path("link.txt")).unwrap();
    report(&desk, "link.txt").expect_done();
    assert!(desk.path("link.txt").symlink_metadata().unwrap().is_symlink(), "one's own link stays a link");
    let written = fs::read_to_string(desk.path("victim.txt")).unwrap();
    assert_ne!(written, "mine");
    if std::os::unix::fs::lchown(desk.path("link.txt"), Some(65534), Some(65534)).is_err() {
        println!("skipped: only root can give a link to another user");
        return;
    }
    report(&desk, "link.txt").expect_refused(&["a link that belongs to another user"]);
    std::os::unix::fs::symlink("nowhere.txt", desk.path("dangling.txt")).unwrap();
    std::os::unix::fs::lchown(desk.path("dangling.txt"), Some(65534), Some(65534)).unwrap();
    report(&desk, "dangling.txt").expect_refused(&["a link that belongs to another user"]);
    assert!(!desk.path("nowhere.txt").exists());
}

#[test]
fn a_pipe_without_a_reader_is_refused_and_devices_are_written() {
    let desk = Desk::with_plans();
    let made = std::process::Command::new("mkfifo").arg(desk.path("pipe")).status().unwrap();
    assert!(made.success());
    report(&desk, "pipe").expect_refused(&["it is a pipe that no program reads from"]);
    let pipe = desk.path("pipe");
    let reader = std::thread::spawn(move || fs::read_to_string(pipe).unwrap());
    let mut said = report(&desk, "pipe");
    while said.code != 0 {
        said = report(&desk, "pipe");
    }
    assert!(reader.join().unwrap().contains("Overdue"));
    report(&desk, "/dev/null").expect_done();
    let said = report(&desk, "/dev/stdout").expect_done();
    assert!(said.out.contains("Overdue"), "{}", said.out);
}
