//! The terminal module by itself: keys come in, frames go out, and the terminal is restored after every kind of ending.
//!
//! The program under test is this test binary itself, started in a pseudo-terminal to run [`probe`], the least screen
//! that uses the module. What the real program makes of it is tested in `program.rs`.

use std::path::PathBuf;
use std::time::Duration;

use crate::kit::pty::{Pty, Start};
use arising::app::key::{Input, Key};
use arising::term::{Mouse, Next, Term};
use rustix::process::Signal;

const SOON: Duration = Duration::from_secs(2);

/// Run in a pseudo-terminal by the tests: shows what comes in; `q` leaves, `!` panics, `w` has another thread wake it,
/// `m` and `M` take and leave the mouse.
#[test]
#[ignore = "a program for the other tests, not a test"]
fn probe() {
    let mut lines = vec!["ready".to_owned()];
    let mut rounds = 0;
    let mut term = Term::enter().unwrap_or_else(|problem| {
        eprintln!("{problem}");
        std::process::exit(1);
    });
    let code = loop {
        rounds += 1;
        let text = format!("round {rounds}\n{}", lines[lines.len().saturating_sub(12)..].join("\n"));
        term.draw(|frame| frame.render_widget(ratatui::widgets::Paragraph::new(text), frame.area())).expect("a frame");
        match term.next(None).expect("input") {
            Next::Leave(code) => break i32::from(code),
            Next::Keep => term.kept(),
            Next::Inputs(inputs) if inputs.is_empty() => lines.push("woken".into()),
            Next::Inputs(inputs) => {
                lines.push(format!("{} at once", inputs.len()));
                if inputs.iter().any(|input| act(&mut term, input, &mut lines)) {
                    break 0;
                }
            }
        }
    };
    drop(term);
    std::process::exit(code);
}

/// Whether the program is to end.
fn act(term: &mut Term, input: &Input, lines: &mut Vec<String>) -> bool {
    match input {
        Input::Key(key) => {
            lines.push(format!("key {key}"));
            return on_key(term, *key, lines);
        }
        Input::Redraw => term.forget_screen().expect("a fresh screen"),
        Input::Resize { cols, rows } => lines.push(format!("size {cols}x{rows}")),
        other => lines.push(format!("{other:?}")),
    }
    false
}

fn on_key(term: &mut Term, key: Key, lines: &mut Vec<String>) -> bool {
    match key.to_string().as_str() {
        "q" => return true,
        "!" => panic!("asked to"),
        "w" => {
            let waker = term.waker();
            std::thread::spawn(move || waker.wake());
        }
        "m" => term.mouse(Mouse::On).expect("the mouse"),
        "M" => term.mouse(Mouse::Off).expect("the mouse"),
        "Ctrl-Z" => {
            if let Err(problem) = term.suspend() {
                lines.push(problem.to_string());
            }
        }
        _ => {}
    }
    false
}

fn me() -> PathBuf {
    std::env::current_exe().expect("this test binary")
}

const PROBE: [&str; 5] = ["terminal::module::probe", "--exact", "--ignored", "--nocapture", "--test-threads=1"];

fn start() -> Pty {
    let pty = Start::program(&me(), &PROBE).run();
    pty.wait_for("ready");
    pty
}

#[test]
fn the_terminal_is_restored_after_quitting() {
    let mut pty = start();
    assert!(pty.is_raw());
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
    pty.assert_restored();
}

#[test]
fn the_terminal_is_restored_after_every_signal_that_ends_the_program() {
    for signal in [Signal::TERM, Signal::INT, Signal::QUIT, Signal::HUP] {
        let pty = start();
        pty.signal(signal);
        assert_eq!(pty.exit_code(SOON), 128 + signal.as_raw().cast_unsigned(), "{signal:?}");
        pty.assert_restored();
    }
}

#[test]
fn a_panic_restores_the_terminal_first() {
    let mut pty = start();
    pty.press("m !");
    assert_eq!(pty.exit_code(SOON), 101);
    pty.assert_restored();
    // What is said of the panic is on the shell's screen, where it can be read.
    assert!(pty.screen_text().contains("panicked at"), "{}", pty.screen_text());
}

#[test]
fn a_closed_window_ends_the_program() {
    let mut pty = start();
    pty.close_window();
    assert_eq!(pty.exit_code(SOON), 129);
}

#[test]
fn keys_pastes_and_resizing_arrive() {
    let mut pty = start();
    pty.press("ctrl-r alt-enter pgdn é");
    pty.wait_for("key Alt-Enter");
    pty.wait_for("key é");
    pty.paste("two\r\nlines");
    pty.wait_for(r#"Paste("two\nlines")"#);
    pty.resize(90, 30);
    pty.wait_for("size 90x30");
    pty.press("m");
    pty.wait_until("the mouse", |screen| screen.mouse_protocol_mode() != vt100::MouseProtocolMode::None);
    pty.send(b"\x1b[<0;10;5M");
    pty.wait_for("Click { col: 9, row: 4 }");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
    pty.assert_restored();
}

#[test]
fn a_burst_larger_than_any_buffer_arrives_complete_and_is_drawn_a_few_times() {
    let mut pty = start();
    pty.send("j".repeat(3000).as_bytes());
    pty.send(b"k");
    pty.wait_for("key k");
    let text = pty.screen_text();
    let rounds: u32 =
        text.lines().next().and_then(|line| line.strip_prefix("round ")?.trim().parse().ok()).expect(&text);
    assert!(rounds < 60, "{rounds} frames for one burst");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
}

#[test]
fn another_thread_can_wake_the_reader_and_nothing_else_does() {
    let mut pty = start();
    pty.press("w");
    pty.wait_for("woken");
    pty.press("x");
    pty.wait_for("key x");
    // The first frame, the key w, the waking, the key x.
    pty.wait_for("round 4");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
}

#[test]
fn suspending_gives_the_terminal_to_the_shell_and_resuming_takes_it_back() {
    let mut pty = Start::program("/bin/sh".as_ref(), &["-i"]).env("PS1", "$ ").env("ENV", "").run();
    pty.wait_for("$");
    for round in 0..2 {
        let command = if round == 0 { format!("'{}' {}\r", me().display(), PROBE.join(" ")) } else { "fg\r".into() };
        pty.type_text(&command);
        pty.wait_until("the screen", |screen| screen.alternate_screen() && screen.contents().contains("ready"));
        pty.press("ctrl-z");
        pty.wait_until("the shell", |screen| !screen.alternate_screen() && !screen.hide_cursor());
        pty.wait_until("word of the job", |screen| screen.contents().matches("Stopped").count() > round);
    }
    pty.type_text("fg\r");
    pty.wait_until("the screen", |screen| screen.alternate_screen() && screen.contents().contains("ready"));
    pty.press("q");
    pty.wait_until("the shell", |screen| !screen.alternate_screen());
    pty.type_text("exit\r");
    assert_eq!(pty.exit_code(SOON), 0);
    pty.assert_restored();
}

#[test]
fn without_a_shell_behind_it_the_program_says_that_it_cannot_suspend() {
    let mut pty = start();
    pty.press("ctrl-z");
    pty.wait_for("no shell is waiting behind this window");
    pty.press("q");
    assert_eq!(pty.exit_code(SOON), 0);
}

#[test]
fn a_terminal_that_cannot_show_a_screen_is_refused_in_one_line() {
    for start in [Start::program(&me(), &PROBE).env("TERM", "dumb"), Start::program(&me(), &PROBE).without_env("TERM")]
    {
        let pty = start.run();
        assert_eq!(pty.exit_code(SOON), 1);
        assert!(pty.screen_text().contains("Could not open the screen: "), "{}", pty.screen_text());
        pty.assert_restored();
    }
}
