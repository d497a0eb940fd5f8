//! The screen in lines and questions, for those who hear it: no boxes, nothing painted over, one question a line.
//!
//! It is the same program: the same `Stage`, the same commands by their names and keys. Only what is shown differs:
//! `tell` says in lines what a screen shows, `ask` asks for what an overlay asks for.

mod ask;
mod document;
mod tell;

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::Path;

use super::papers;
use super::seat::Seat;
use super::stage::{News, Stage};
use crate::app::Msg;
use crate::app::command::Command;
use crate::app::key::{Input, Key, KeyCode};
use crate::app::layout::Size;
use crate::app::message::Effect;
use crate::app::model::{ThemeChoice, Toast};
use crate::app::overlay::Overlay;
use crate::app::overlay::help::Help;
use crate::app::overlay::ranking::rank;
use crate::app::screen::Screen;
use crate::clock::Clock;
use crate::keys::Keys;
use crate::problem::Problem;
use crate::store::Places;
use crate::term::eager::{self, Eager};
use crate::term::is_dumb;
use crate::text;

/// As wide and high as anything that is worked out for a window needs.
const SIZE: Size = Size { cols: 200, rows: 60 };

/// How many commands are offered for words that fit several.
const OFFERED: usize = 9;

/// Commands that change only how the screen looks.
const ONLY_SEEN: [&str; 20] = [
    "theme",
    "blank",
    "blank.while-typing",
    "redraw",
    "suspend",
    "palette",
    "help",
    "walk.fold",
    "walk.unfold",
    "walk.focus",
    "walk.open",
    "walk.card",
    "paper.down",
    "paper.up",
    "paper.page-down",
    "paper.page-up",
    "paper.first",
    "paper.last",
    "paper.next",
    "paper.previous",
];

const USE: &str = "Type a command, its key, or the number of an action. “help” lists the commands, “list” the actions, \
                   “list overdue” those that match, “again” repeats, “back” returns, “quit” ends.";

/// Whether the user has asked for lines instead of a screen, or the terminal can print nothing else.
pub fn is_wanted() -> bool {
    std::env::var_os("ARISING_PLAIN").map_or_else(is_dumb, |value| !value.is_empty() && value != "0")
}

/// Works on the register in lines.
pub fn open(register: &Path, clock: &Clock) -> Result<String, Problem> {
    converse(Seat::take(register)?, clock)
}

/// From standard input to standard output.
pub fn converse(seat: Seat, clock: &Clock) -> Result<String, Problem> {
    let data = Places::of_this_machine().data;
    let mut stage = Stage::new(seat, SIZE, ThemeChoice::Plain, Keys::load(data.as_deref()), clock.env());
    stage.model.papers = papers::folder(&stage.seat, data.as_deref());
    stage.taught = data;
    let is_typed = io::stdin().is_terminal();
    let mut plain = Plain::new(stage, io::stdin().lock(), io::stdout().lock());
    plain.clock = Some(clock);
    plain.is_typed = is_typed;
    plain.eager = is_dumb().then(Eager::begin).and_then(Result::ok);
    let played = plain.play();
    plain.stage.leave();
    match played {
        // Whoever listened has gone.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(String::new()),
        Err(error) => Err(Problem::new("The conversation broke off", error.to_string(), "What was saved is saved.")),
        Ok(()) => Ok(String::new()),
    }
}

/// A conversation.
pub struct Plain<'a, I, O> {
    pub stage: Stage,
    input: I,
    output: O,
    clock: Option<&'a Clock>,
    /// Whether a person types at a terminal, which shows what is typed.
    is_typed: bool,
    /// Until the first line has come, where `q` alone leaves.
    eager: Option<Eager>,
    /// What was last told of the screen: told again only when it is another.
    told: String,
    is_over: bool,
}

impl<I: BufRead, O: Write> Plain<'_, I, O> {
    pub fn new(stage: Stage, input: I, output: O) -> Self {
        Plain { stage, input, output, clock: None, is_typed: false, eager: None, told: String::new(), is_over: false }
    }

    /// Until the user quits, or there is no more input.
    pub fn play(&mut self) -> io::Result<()> {
        self.say(USE)?;
        self.tell_remark()?;
        while !self.is_over {
            self.tell_screen()?;
            match self.stage.model.overlays.last() {
                Some(_) => self.answer()?,
                None => self.command()?,
            }
        }
        self.stage.send(Msg::Pause);
        Ok(())
    }

    /// Asks for a command and does it.
    fn command(&mut self) -> io::Result<()> {
        let Some(typed) = self.ask("Command?")? else { return Ok(()) };
        if self.stage.take_news() == News::Some {
            self.tell_remark()?;
        }
        match typed.as_str() {
            "" | "again" => self.told.clear(),
            "quit" => self.is_over = true,
            "help" | "?" => self.help()?,
            "back" => self.send(Msg::Input(Input::Key(Key::plain(KeyCode::Esc)))),
            "list" => self.say_all(&tell::list(&self.stage))?,
            _ if typed.starts_with("list ") && self.lists_actions() => {
                self.list_of(typed.trim_start_matches("list").trim())?;
            }
            _ if self.goes_to(&typed) => {}
            _ => self.run_words(&typed)?,
        }
        Ok(())
    }

    /// Goes to the action or line of that number; false if there is none.
    fn goes_to(&mut self, typed: &str) -> bool {
        let number = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        match (&mut self.stage.model.screen, number) {
            (Screen::Plans(plans), Some(at)) if at < plans.lines.len() => {
                plans.cursor = at;
                self.run("plans.walk");
                return true;
            }
            (Screen::Welcome(welcome), Some(at)) => {
                welcome.cursor = at;
                self.run("start.choose");
                return true;
            }
            _ => {}
        }
        let Some(id) = tell::action_called(&self.stage, typed) else { return false };
        self.stage.model.screen.go_to(id, SIZE);
        self.told.clear();
        let is_there = self.stage.model.screen.walk().is_some_and(|walk| walk.action() == Some(id));
        if !is_there {
            self.stage.model.say(format!("{typed} is not in this list; find.clear lists every action"));
        }
        true
    }

    fn lists_actions(&self) -> bool {
        self.stage.model.screen.walk().is_some()
    }

    /// The actions that match a filter, which stays.
    fn list_of(&mut self, filter: &str) -> io::Result<()> {
        self.run("find.filter");
        self.take_words(filter.to_owned())?;
        match self.stage.model.overlays.last() {
            Some(_) => {
                self.run("line.close");
                Ok(())
            }
            None => self.say_all(&tell::list(&self.stage)),
        }
    }

    /// The command of that name or key, or one of those whose words fit.
    fn run_words(&mut self, typed: &str) -> io::Result<()> {
        let here = self.here();
        let by_name = here.iter().find(|command| command.name == typed).copied();
        let key = typed.parse::<Key>().ok();
        let by_key = || key.and_then(|key| self.stage.model.keymap.command(self.stage.model.listening(), key));
        if let Some(command) = by_name.or_else(by_key) {
            self.run(command.name);
            return self.tell_remark();
        }
        if typed.chars().count() == 1 {
            return self.say(&format!("No command here has the key “{typed}”; “help” lists them."));
        }
        let spelled: Vec<String> = here.iter().map(|command| command.name.replace(['.', '-'], " ")).collect();
        let also: Vec<String> =
            spelled.iter().zip(&here).map(|(name, command)| [name, command.also].join(" ")).collect();
        let texts = here.iter().zip(&also).map(|(command, also)| (command.help, also.as_str()));
        let fitting: Vec<&Command> =
            rank(typed, texts).into_iter().filter_map(|at| here.get(at).copied()).take(OFFERED).collect();
        match fitting.as_slice() {
            [] => self.say(&format!("No command here is called “{typed}”; “help” lists them.")),
            [only] => {
                self.run(only.name);
                self.tell_remark()
            }
            several => self.offer(several),
        }
    }

    fn offer(&mut self, commands: &[&Command]) -> io::Result<()> {
        for (at, command) in commands.iter().enumerate() {
            self.say(&format!("{}. {}", at + 1, command.help))?;
        }
        let chosen = self.ask("Which number, or an empty line for none?")?;
        let at = chosen.and_then(|chosen| chosen.parse::<usize>().ok()).and_then(|number| number.checked_sub(1));
        if let Some(command) = at.and_then(|at| commands.get(at)) {
            self.run(command.name);
            self.tell_remark()?;
        }
        Ok(())
    }

    /// The commands that work here and do something that can be heard.
    fn here(&self) -> Vec<&'static Command> {
        let scopes = self.stage.model.listening();
        let bindings = self.stage.model.keymap.all().iter().map(|binding| binding.command);
        let heard = bindings.filter(|command| !ONLY_SEEN.contains(&command.name));
        heard.filter(|command| command.scopes.iter().any(|scope| scopes.contains(scope))).collect()
    }

    fn help(&mut self) -> io::Result<()> {
        self.say(USE)?;
        for command in self.here() {
            let key = self.stage.model.keymap.key_of(command.name);
            let key = if key.is_empty() { String::new() } else { format!(", key {key}") };
            self.say(&format!("{}{key}: {}", command.name, command.help))?;
        }
        Ok(())
    }

    /// Runs a command by its name.
    fn run(&mut self, name: &'static str) {
        self.send(Msg::Command(name));
    }

    fn send(&mut self, msg: Msg) {
        let env = self.clock.map_or_else(|| self.stage.env.clone(), Clock::env);
        self.stage.set_env(env);
        // Whatever is told from now on comes of this.
        self.stage.model.toast = None;
        for effect in self.stage.send(msg) {
            match effect {
                Effect::Quit => self.is_over = true,
                Effect::Copy(text) => self.stage.model.say(text),
                _ => {}
            }
        }
        // What works here is told by name.
        if let Some(Overlay::Help(Help { .. })) = self.stage.model.overlays.last() {
            self.stage.model.overlays.pop();
            self.stage.model.say("“help” lists the commands that work here");
        }
    }

    fn tell_screen(&mut self) -> io::Result<()> {
        self.tell_remark()?;
        let (key, lines) = tell::screen(&self.stage);
        if self.stage.model.overlays.is_empty() && key != self.told {
            self.told = key;
            self.say_all(&lines)?;
        }
        Ok(())
    }

    /// What came of the last command.
    fn tell_remark(&mut self) -> io::Result<()> {
        let remark = match self.stage.model.toast.take() {
            Some(Toast::Saved(sentence) | Toast::Said(sentence)) => Some(sentence),
            Some(Toast::Refused(problem)) => Some(problem.to_string()),
            None => None,
        };
        for sentence in remark.into_iter().chain(self.stage.model.elsewhere.take()) {
            self.say(&sentence)?;
        }
        Ok(())
    }

    fn say_all(&mut self, lines: &[String]) -> io::Result<()> {
        lines.iter().try_for_each(|line| self.say(line))
    }

    /// A line, of which the terminal obeys nothing. Marks that would be read out by their names, or left out, are words.
    fn say(&mut self, line: &str) -> io::Result<()> {
        let line = text::flat(line).replace(" → ", " to ").replace(" · ", ", ");
        writeln!(self.output, "{}", text::harmless(&line))
    }

    /// A question, and the line typed; none at the end of all input, which ends the conversation.
    fn ask(&mut self, question: &str) -> io::Result<Option<String>> {
        write!(self.output, "{} ", text::harmless(&text::flat(question)))?;
        self.output.flush()?;
        let mut bytes = Vec::new();
        let is_there = !self.is_left_at_once()? && self.input.read_until(b'\n', &mut bytes)? > 0;
        let line = String::from_utf8_lossy(&bytes);
        if !self.is_typed || !is_there {
            writeln!(self.output)?;
        }
        self.is_over |= !is_there;
        Ok(is_there.then(|| line.trim().to_owned()))
    }

    /// Whether the first thing typed is `q` alone, without Enter, where that leaves.
    fn is_left_at_once(&mut self) -> io::Result<bool> {
        let eager = self.eager.take();
        let is_left = eager.is_some() && self.input.fill_buf()? == [eager::KEY];
        Ok(is_left)
    }
}
