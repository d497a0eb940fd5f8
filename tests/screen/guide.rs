//! docs/GUIDE.md, played as it is written: its commands are run, its keys pressed, and its pictures drawn.
//!
//! What a reader does not see stands in comments, a step a line, as in the stories; besides those, `open FILE 100x30 on DATE
//! as NAME` opens a register (`demo`: the fictional plan) and `picture NAME` is the picture that follows. A key that the text names is pressed in the next comment.

use std::collections::HashSet;
use std::path::PathBuf;

use crate::kit::desk::Desk as Program;
use crate::kit::headless::{self, Headless};
use crate::kit::story;
use arising::app::key::Key;
use arising::desk::Desk;
use arising::store::{Access, Places};

const TODAY: &str = "2026-11-21";

/// The guide being played.
struct Player {
    program: Program,
    app: Option<Headless>,
    /// The keys that the text has named since the last comment.
    named: Vec<String>,
    /// Pictures taken whose place in the text is still to come.
    taken: Vec<(String, ratatui::buffer::Buffer)>,
    shown: HashSet<String>,
}

#[test]
fn the_guide_does_what_it_says() {
    let guide = std::fs::read_to_string(path("GUIDE.md")).expect("the guide").replace("\r\n", "\n");
    let program = Program::empty();
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/riverside.txt");
    std::fs::copy(plan, program.path("riverside.txt")).expect("the fictional plan");
    let mut player = Player { program, app: None, named: Vec::new(), taken: Vec::new(), shown: HashSet::new() };
    let (mut in_comment, mut in_fence) = (false, false);
    for (at, line) in guide.lines().enumerate() {
        let place = format!("docs/GUIDE.md, line {}: {line}", at + 1);
        match line.trim() {
            "<!--" => in_comment = true,
            "-->" => {
                in_comment = false;
                assert!(player.named.is_empty(), "{place}\nnamed in the text and not pressed: {:?}", player.named);
            }
            step if in_comment => player.step(step, &place),
            fence if fence.starts_with("```") => in_fence = !in_fence,
            command if in_fence => player.run(command, &place),
            text => player.read(text, &place),
        }
    }
    assert!(player.taken.is_empty() && player.shown.len() >= 6, "pictures: {:?}", player.shown);
    let kept = std::fs::read_dir(path("guide")).expect("the pictures").flatten();
    let kept: HashSet<String> = kept.map(|file| file.file_name().to_string_lossy().replace(".svg", "")).collect();
    assert_eq!(kept, player.shown, "pictures in docs/guide, and those that the guide shows");
}

impl Player {
    fn step(&mut self, step: &str, place: &str) {
        let (word, rest) = step.split_once(' ').unwrap_or((step, ""));
        match word {
            "open" => self.open(rest, place),
            "picture" => {
                let buffer = self.app(place).buffer();
                self.taken.push((rest.to_owned(), buffer));
            }
            _ => {
                if word == "keys" {
                    self.named.retain(|key| !rest.split(' ').any(|pressed| pressed == key));
                }
                story::step(step, self.app(place)).unwrap_or_else(|failure| {
                    panic!("{place}\n{failure}\n{}", self.app.as_ref().map(Headless::screen).unwrap_or_default())
                });
            }
        }
    }

    fn app(&mut self, place: &str) -> &mut Headless {
        self.app.as_mut().unwrap_or_else(|| panic!("{place}\nno register is open"))
    }

    /// `board.sqlite 100x30 on 2029-11-21 as The Auditor`
    fn open(&mut self, words: &str, place: &str) {
        let (words, author) = words.split_once(" as ").unwrap_or((words, "The Chair"));
        let (words, day) = words.split_once(" on ").unwrap_or((words, TODAY));
        let (file, size) = words.split_once(' ').unwrap_or((words, "100x30"));
        let (cols, rows) = size.split_once('x').unwrap_or_else(|| panic!("{place}\nno size"));
        let size = (cols.parse().expect("a width"), rows.parse().expect("a height"));
        let mut app = if file == "demo" { Headless::demo(size) } else { self.over(file, author, size, place) };
        let now = format!("{day}T14:05:00+00:00").parse().unwrap_or_else(|_| panic!("{place}\nno day"));
        app.stage.env = arising::env::Env { now, today: now.date_naive(), author: author.into() };
        app.resize(size.0, size.1);
        self.app = Some(app);
    }

    fn over(&mut self, file: &str, author: &str, size: (u16, u16), place: &str) -> Headless {
        self.app = None;
        let places = Places { data: Some(self.program.path(&format!("laptop of {author}"))) };
        let desk = Desk::open_in(&self.program.path(file), Access::ReadWrite, &places);
        Headless::over(desk.unwrap_or_else(|problem| panic!("{place}\n{problem}")), size)
    }

    /// A command that the reader types.
    fn run(&mut self, line: &str, place: &str) {
        self.app = None;
        let words = words(line.split(" #").next().unwrap_or_default());
        let Some((program, arguments)) = words.split_first() else { return };
        assert_eq!(program, "arising", "{place}");
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let output = self.program.command(&arguments).env("ARISING_TODAY", TODAY).output().expect("it runs");
        assert!(output.status.success(), "{place}\n{}", String::from_utf8_lossy(&output.stderr));
    }

    /// Text: the keys that it names, and its pictures.
    fn read(&mut self, line: &str, place: &str) {
        if let Some((title, rest)) = line.strip_prefix("![").and_then(|rest| rest.split_once("](guide/")) {
            let name = rest.trim_end_matches(".svg)");
            let at = self.taken.iter().position(|(taken, _)| taken == name);
            let (name, buffer) = self.taken.remove(at.unwrap_or_else(|| panic!("{place}\nno step takes this picture")));
            compare(&name, title, &buffer);
            self.shown.insert(name);
            return;
        }
        for span in line.split('`').skip(1).step_by(2) {
            if span.parse::<Key>().is_ok() {
                self.named.push(span.to_owned());
            } else if let Some(command) = span.strip_prefix("arising ") {
                let command = command.split(' ').next().unwrap_or_default();
                let known = self.program.run(&[command, "--help"]);
                assert_eq!(known.code, 0, "{place}\n{}", known.err);
            }
        }
    }
}

/// With `UPDATE_PICTURE=1` the picture is updated.
fn compare(name: &str, title: &str, buffer: &ratatui::buffer::Buffer) {
    let picture = crate::kit::svg::picture(title, buffer);
    let file = path(&format!("guide/{name}.svg"));
    if std::env::var_os("UPDATE_PICTURE").is_some() {
        std::fs::write(&file, &picture).expect("the picture can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let shown = headless::text_of(buffer);
    assert!(
        kept == picture,
        "docs/guide/{name}.svg is not what the program shows; UPDATE_PICTURE=1 updates it:\n{shown}"
    );
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs").join(name)
}

/// The words of a command line; those in quotation marks are one.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (at, piece) in line.split(['"', '\'']).enumerate() {
        if at % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(ToOwned::to_owned));
        }
    }
    words
}
