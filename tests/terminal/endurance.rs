//! What was called saved outlives what happens to the program and to its disk; nothing else is ever called saved.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, Instant, SystemTime};

#[cfg(target_os = "linux")]
use crate::kit::board::errors;
use crate::kit::board::{ACTIONS, Board, PLAN};
use crate::kit::pty::{PATIENCE, Pty, Start};

/// When the program is killed, counted from what starts the write.
#[derive(Clone, Copy, Debug)]
enum Moment {
    /// Most likely before the program has begun.
    AtOnce,
    /// As soon as the journal holds something.
    InTheCommit,
    /// As soon as the register's file has changed: before or after the answer.
    AfterTheCommit,
    /// As soon as the program says that it is saved.
    OnTheAnswer,
}

const MOMENTS: [Moment; 4] = [Moment::AtOnce, Moment::InTheCommit, Moment::AfterTheCommit, Moment::OnTheAnswer];

/// How often the program is killed; more when asked to, fewer where starting it is slow.
fn rounds() -> usize {
    let asked = std::env::var("ARISING_TEST_KILLS").ok().and_then(|rounds| rounds.parse().ok());
    asked.unwrap_or(if cfg!(windows) { 12 } else { 36 })
}

/// Waits for a state of the file system by looking without pause, because it lasts only milliseconds.
fn watch(what: &str, seen: impl Fn() -> bool) {
    let begun = Instant::now();
    while !seen() {
        assert!(begun.elapsed() < PATIENCE, "{what} never came");
        std::thread::yield_now();
    }
}

fn is_filled(path: &std::path::Path) -> bool {
    fs::metadata(path).is_ok_and(|about| about.len() > 0)
}

fn changed(board: &Board) -> Option<SystemTime> {
    fs::metadata(board.register()).and_then(|about| about.modified()).ok()
}

fn write_progress(pty: &mut Pty, text: &str) {
    pty.press("p");
    pty.wait_for("Progress on 1.1");
    // A kept draft of an entry that a kill took away is not what this is about.
    pty.press("ctrl-u");
    pty.type_text(text);
    pty.wait_for(text);
    pty.press("<enter>");
}

fn wait_for_saved(pty: &Pty, text: &str) {
    pty.wait_for(&format!("“{text}”, saved"));
}

/// Fails unless everything called saved is there once, and nothing that was not typed, whole or in part.
fn assert_kept(board: &Board, typed: &[String], saved: &[String], when: &str) {
    board.done(&["check"]);
    let entries: Vec<String> = board.progress("1.1").into_iter().filter(|text| text.contains("Entry")).collect();
    for text in saved {
        let times = entries.iter().filter(|entry| *entry == text).count();
        assert_eq!(times, 1, "{when}: “{text}” was called saved. There are: {entries:?}");
    }
    for entry in &entries {
        assert!(typed.contains(entry), "{when}: nobody typed “{entry}”");
    }
}

#[test]
fn what_the_screen_calls_saved_is_there_after_any_kill() {
    let board = Board::with_plan();
    let (mut typed, mut saved) = (Vec::new(), Vec::new());
    for round in 0..rounds() {
        let mut pty = board.open();
        for number in 0..round % 3 {
            let text = format!("Entry {number} of round {round}.");
            write_progress(&mut pty, &text);
            wait_for_saved(&pty, &text);
            typed.push(text.clone());
            saved.push(text);
        }
        let moment = MOMENTS[round % MOMENTS.len()];
        let text = format!("Entry of round {round}, cut off.");
        let before = changed(&board);
        write_progress(&mut pty, &text);
        match moment {
            Moment::AtOnce => {}
            Moment::InTheCommit => watch("a journal", || is_filled(&board.journal()) || changed(&board) != before),
            Moment::AfterTheCommit => watch("a change", || changed(&board) != before),
            Moment::OnTheAnswer => {
                wait_for_saved(&pty, &text);
                saved.push(text.clone());
            }
        }
        pty.kill();
        typed.push(text);
        assert_kept(&board, &typed, &saved, &format!("round {round}, killed {moment:?}"));
    }
    assert!(saved.len() > rounds(), "most entries were saved: {}", saved.len());
}

#[test]
fn after_any_kill_during_an_import_the_plan_is_whole_or_absent() {
    for round in 0..24 {
        let board = Board::empty();
        let mut import = board.command(&["import", PLAN]).stdout(Stdio::null()).spawn().expect("arising runs");
        let mut is_over = || import.try_wait().expect("a state").is_some();
        let begun = Instant::now();
        let moment = MOMENTS[round % MOMENTS.len()];
        let is_time = || match moment {
            // Each time a little later, until even the register has been made.
            Moment::AtOnce => begun.elapsed() > Duration::from_millis(round as u64),
            Moment::InTheCommit => is_filled(&board.journal()),
            Moment::AfterTheCommit => board.register().exists(),
            Moment::OnTheAnswer => fs::metadata(board.register()).is_ok_and(|about| about.len() > 60_000),
        };
        while !is_time() && !is_over() {
            std::thread::yield_now();
        }
        import.kill().expect("it can be killed");
        import.wait().expect("it ends");
        let when = format!("round {round}, killed {moment:?}");
        if board.register().exists() {
            board.done(&["check"]);
            let there = board.actions();
            assert!(there == 0 || there == ACTIONS, "{when}: {there} of {ACTIONS} actions");
        }
        board.done(&["import", PLAN]);
        assert_eq!(board.actions(), ACTIONS, "{when}: and the plan can be read again");
        board.done(&["check"]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported_and_typed_text_is_saved_once_there_is_space() {
    let board = Board::with_plan();
    let mut pty = board.open();
    write_progress(&mut pty, "Entry before.");
    wait_for_saved(&pty, "Entry before.");
    pty.limit_file_size(Some(0));
    write_progress(&mut pty, "Entry on a full disk.");
    pty.wait_for("NOT SAVED");
    assert!(pty.screen_text().contains("Entry on a full disk."), "{}", pty.screen_text());
    assert_eq!(board.progress("1.1").last().map(String::as_str), Some("Entry before."));
    pty.limit_file_size(None);
    pty.press("<enter>");
    wait_for_saved(&pty, "Entry on a full disk.");
    pty.press("q");
    assert_eq!(pty.exit_code(PATIENCE), 0);
    let entries = board.progress("1.1");
    assert!(entries.ends_with(&["Entry before.".into(), "Entry on a full disk.".into()]), "{entries:?}");
    board.done(&["check"]);
}

#[cfg(target_os = "linux")]
#[test]
fn the_command_line_says_that_the_disk_is_full_and_leaves_the_register_as_it_was() {
    use rustix::process::{Resource, Rlimit};
    let board = Board::with_plan();
    let before = fs::read(board.register()).expect("a register");
    let program = env!("CARGO_BIN_EXE_arising");
    let script = format!("ulimit -f 0; exec '{program}' progress 1.1 'Entry on a full disk.'");
    let said = board.command_of("/bin/sh".as_ref(), &["-c", &script]).output().expect("a shell");
    let limit = rustix::process::getrlimit(Resource::Fsize);
    assert_eq!(limit, Rlimit { current: None, maximum: None }, "only the program was limited");
    assert_eq!(said.status.code(), Some(1), "{}", errors(&said));
    assert!(errors(&said).starts_with("NOT SAVED") && errors(&said).lines().count() == 1, "{}", errors(&said));
    assert_eq!(fs::read(board.register()).expect("a register"), before);
    board.done(&["check"]);
}

/// The program as a user whom file permissions stop, as they do not stop the superuser; `None` where there
/// is no way to become another user.
#[cfg(target_os = "linux")]
fn as_an_ordinary_user(board: &Board) -> Option<Vec<String>> {
    let program = env!("CARGO_BIN_EXE_arising");
    if !rustix::process::geteuid().is_root() {
        return Some(vec![program.to_owned()]);
    }
    // Nobody may look into the folder where the program was built.
    let copy = board.folder().join("program");
    fs::copy(program, &copy).expect("a copy");
    let become_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"].map(ToOwned::to_owned);
    let there_is_a_way = board.command_of("setpriv".as_ref(), &["--version"]).output().is_ok();
    there_is_a_way.then(|| [&become_nobody[..], &[copy.display().to_string()]].concat())
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_register_opens_and_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let board = Board::with_plan();
    let Some(user) = as_an_ordinary_user(&board) else {
        println!("skipped: no setpriv to become an ordinary user with");
        return;
    };
    let allow = |path: &std::path::Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let before = fs::read(board.register()).unwrap();
    allow(&board.register(), 0o444);
    allow(board.folder(), 0o555);
    let (program, leading) = user.split_first().expect("a program");
    let leading: Vec<&str> = leading.iter().map(String::as_str).collect();
    let run =
        |arguments: &[&str]| board.command_of(program.as_ref(), &[&leading, arguments].concat()).output().unwrap();

    let list = run(&["list", "--json"]);
    assert!(list.status.success(), "{}", errors(&list));
    let rated = run(&["rate", "1.1", "red"]);
    assert_eq!(rated.status.code(), Some(1), "{}", errors(&rated));
    assert!(errors(&rated).starts_with("NOT SAVED: read-only"), "{}", errors(&rated));

    let register = board.register();
    let open = [&leading[..], &["open", register.to_str().expect("a plain path")]].concat();
    let mut pty = Start::program(program.as_ref(), &open).env("HOME", &board.folder().display().to_string()).run();
    pty.wait_for("write-protected");
    pty.press("r");
    pty.wait_for("Read-only");
    assert!(!pty.screen_text().contains(", saved"), "{}", pty.screen_text());
    pty.press("q");
    assert_eq!(pty.exit_code(PATIENCE), 0);

    allow(board.folder(), 0o755);
    assert_eq!(fs::read(board.register()).unwrap(), before);
}

/// The cursor's line, once a text is on the screen.
fn place(pty: &Pty) -> String {
    let text = pty.screen_text();
    text.lines().find(|line| line.starts_with('▌')).unwrap_or_default().chars().take(40).collect()
}

#[test]
fn a_killed_meeting_resumes_at_the_same_item() {
    let board = Board::with_plan();
    let mut pty = board.open();
    pty.press("m");
    pty.wait_for("Start a meeting");
    pty.type_text("POS");
    pty.press("<enter> <enter>");
    pty.wait_for("started, saved");
    // Two items are discussed; of the third something is written, and the fourth is only looked at.
    pty.press("<home> <space>");
    pty.wait_for("1 of");
    pty.press("n <space>");
    pty.wait_for("2 of");
    pty.press("n p");
    pty.wait_for("Progress on");
    pty.type_text("Half way there.");
    pty.press("<enter>");
    wait_for_saved(&pty, "Half way there.");
    let left = place(&pty);
    pty.press("n p");
    pty.wait_for("Progress on");
    pty.type_text("A sentence that nobody");
    pty.wait_for("that nobody");
    std::thread::sleep(Duration::from_millis(1500));
    pty.kill();
    board.done(&["check"]);
    let mut pty = Start::arising(board.folder(), &["open", board.register().to_str().expect("a plain path")]).run();
    pty.wait_for("3 of");
    assert_eq!(place(&pty), left);
    // What was half typed on the fourth is offered there.
    pty.press("n p");
    pty.wait_for("unsaved from earlier: “A sentence that nobody");
    pty.press("<esc>");
    pty.wait_gone("Progress on");
    pty.press("m");
    pty.wait_for("End the meeting of POS");
    pty.type_text("end");
    pty.press("<enter> <enter>");
    pty.wait_for("ended, saved");
    assert_eq!(board.json(&["meetings", "--json"])[0]["discussed"], 3);
}
