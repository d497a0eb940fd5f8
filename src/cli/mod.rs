//! The command line: parse, run, print, and return an exit code that scripts can rely on.
//!
//! In reading order: the grammar ([`args`]), what every command needs ([`context`]), how it prints ([`page`]), then the commands.

mod addresses;
mod agency_copy;
pub mod args;
pub mod context;
mod correct;
mod correct_args;
pub mod dates;
pub mod keys;
pub mod page;

mod asides;
mod chase;
mod check;
mod closure;
mod closure_args;
mod compare;
mod edit;
mod edit_args;
mod erase;
mod evidence;
mod forms;
mod gate;
mod guard;
mod guide;
mod history;
mod history_args;
mod holdings;
#[cfg(feature = "hub")]
mod hub;
#[cfg(feature = "hub")]
mod hub_args;
#[cfg(feature = "hub")]
mod hub_follow;
mod import;
mod keeping;
mod keeping_args;
mod list;
mod listed;
mod man;
mod manual;
mod marking;
mod matching;
mod meeting;
mod meeting_args;
mod meeting_room;
mod merge;
mod merge_args;
mod naming;
mod negations;
mod opening;
mod reference;
mod regroup;
mod regroup_args;
mod report;
mod report_args;
mod restore;
mod retention;
mod sealing;
mod show;
mod table;
mod trust;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Parser;

use crate::clock::Clock;
use crate::import::child;
use crate::problem::Problem;
use crate::report::Names;
use crate::term::Term;
use args::{Cli, Command, Open};
use context::Context;

/// A command's output.
#[derive(Debug, Default)]
pub struct Answer {
    /// For standard output.
    pub text: String,
    pub kind: gate::Kind,
    /// For standard error, without failing: "read-only: the file is write-protected".
    pub notes: Vec<String>,
    /// For standard error; any of these makes the exit code 1.
    pub problems: Vec<Problem>,
}

/// How the screen is opened: the command line names what to open, and does not know what a screen is.
#[derive(Clone, Copy)]
pub struct Screen {
    /// On a register; where there is none yet, it offers to make one.
    pub open: fn(&Path, &Clock) -> Result<String, Problem>,
    /// On a register as it stood at the end of a day.
    pub show_past: fn(&Path, NaiveDate, &Clock) -> Result<String, Problem>,
    /// In lines and questions, on a register.
    pub plain: fn(&Path, &Clock) -> Result<String, Problem>,
    /// The window for the room, on a register.
    pub present: fn(&Path, Names, &Clock) -> Result<String, Problem>,
    /// On a private copy of the fictional plan.
    pub demo: fn(&Clock) -> Result<String, Problem>,
}

/// Runs the program: 0 done, 1 the answer is no or something failed, 2 bad usage.
pub fn main(screen: Screen) -> ExitCode {
    guard::install();
    let mut arguments = std::env::args_os().skip(1);
    if arguments.next().is_some_and(|first| first == child::COMMAND) {
        return child::serve();
    }
    let arguments: Vec<OsString> = std::env::args_os().collect();
    match opening::parsed(&arguments).map_or_else(|| Cli::try_parse_from(negations::with_negations_last(arguments)), Ok)
    {
        Ok(cli) => {
            print(run(&cli, screen).unwrap_or_else(|problem| Answer { problems: vec![problem], ..Answer::default() }))
        }
        Err(usage) => explain(usage),
    }
}

fn run(cli: &Cli, screen: Screen) -> Result<Answer, Problem> {
    let context = &Context::new(&cli.global);
    carried_out(cli, context, screen).and_then(|answer| context.whole(answer))
}

fn carried_out(cli: &Cli, context: &Context, screen: Screen) -> Result<Answer, Problem> {
    let text = match &cli.command {
        None | Some(Command::Open(Open { file: None })) => open(context, context.register()?, screen),
        Some(Command::Open(Open { file: Some(file) })) => open(context, file, screen),
        Some(Command::Plain) => context.only_now().and_then(|()| (screen.plain)(context.register()?, &context.clock)),
        Some(Command::Present { redact }) => (screen.present)(context.register()?, names(*redact), &context.clock),
        Some(Command::Demo) => (screen.demo)(&context.clock),
        Some(Command::Init(args)) => keeping::init(context, args),
        Some(Command::Import(args)) => return import::import(context, args),
        Some(Command::List(args)) => list::list(context, args),
        Some(Command::Show(args)) => show::show(context, args),
        Some(Command::Plans(format)) => holdings::plans(context, format),
        Some(Command::Parties(format)) => holdings::parties(context, format),
        Some(Command::Marking(args)) => return marking::marking(context, args),
        Some(Command::Retention(args)) => return retention::retention(context, args),
        Some(Command::Meetings(format)) => meeting::meetings(context, format),
        Some(Command::Meeting(command)) => return meeting::meeting(context, command),
        Some(Command::Rate(args)) => return edit::rate(context, args),
        Some(Command::Progress(args)) => return edit::progress(context, args),
        Some(Command::Target(args)) => return edit::target(context, args),
        Some(Command::Lead(args)) => return edit::lead(context, args),
        Some(Command::Via(args)) => return edit::via(context, args),
        Some(Command::Text(args)) => return edit::text(context, args),
        Some(Command::Closure(command)) => return closure::closure(context, command),
        Some(Command::Add(args)) => return closure::add(context, args),
        Some(Command::Accept(args)) => return closure::accept(context, args),
        Some(Command::Evidence(args)) => return evidence::place(context, args),
        Some(Command::Withdraw(args)) => return correct::withdraw(context, args),
        Some(Command::Number(args)) => return correct::number(context, args),
        Some(Command::Move(args)) => return correct::moved(context, args),
        Some(Command::Split(args)) => return regroup::split(context, args),
        Some(Command::Join(args)) => return regroup::join(context, args),
        Some(Command::Party(command)) => return correct::party(context, command),
        Some(Command::Undo) => return edit::undo(context),
        Some(Command::Redo) => return edit::redo(context),
        Some(Command::Log(args)) => history::log(context, args),
        Some(Command::Compare(args)) => compare::compare(context, args),
        Some(Command::Report(args)) => return report::report(context, args),
        Some(Command::Chase(args)) => return chase::chase(context, args),
        Some(Command::Check(args)) => return Ok(check::check(context, args)),
        Some(Command::Backup(args)) => keeping::backup(context, args),
        Some(Command::MoveHome) => keeping::move_home(context),
        Some(Command::Merge(args)) => merge::merge(context, args),
        Some(Command::Share(args)) => merge::share(context, args),
        #[cfg(feature = "hub")]
        Some(Command::Hub(command)) => return hub::hub(context, command),
        Some(Command::Updates(args)) => agency_copy::updates(context, args),
        Some(Command::Erase(args)) => erase::erase(context, args),
        Some(Command::Restore(args)) => restore::restore(context, args),
        Some(Command::Keys(args)) => return Ok(keys::print(context, args)),
        Some(Command::Guide { chapter }) => guide::print(context, chapter),
        Some(Command::Completions { shell }) => return Ok(file(manual::completions(*shell))),
        Some(Command::Name { name }) => return naming::name(context, name),
        Some(Command::Man { command }) => return man::page(command.as_deref()),
    };
    text.map(Answer::from)
}

/// The screen, on the register as it is or as at the day given.
fn open(context: &Context, register: &Path, screen: Screen) -> Result<String, Problem> {
    match context.as_at {
        Some(day) => (screen.show_past)(register, day, &context.clock),
        None => (screen.open)(register, &context.clock),
    }
}

fn names(redact: bool) -> Names {
    if redact { Names::Redacted } else { Names::Shown }
}

/// An answer that is the content of a file.
fn file(text: String) -> Answer {
    Answer { text, kind: gate::Kind::File, ..Answer::default() }
}

impl From<String> for Answer {
    fn from(text: String) -> Answer {
        Answer { text, ..Answer::default() }
    }
}

fn print(answer: Answer) -> ExitCode {
    let mut problems = answer.problems;
    if let Err(error) = gate::out(&answer.text, answer.kind) {
        problems.push(gate::unprinted(&error));
    }
    let said = answer.notes.into_iter().chain(problems.iter().map(ToString::to_string));
    said.for_each(|sentence| gate::error(&sentence));
    Term::printed();
    if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) }
}

/// Prints help, the version or a usage error.
fn explain(usage: clap::Error) -> ExitCode {
    let usage = if usage.use_stderr() { quoting_harmlessly(usage) } else { usage };
    let message = usage.render().to_string();
    if usage.use_stderr() {
        gate::usage(&message);
        return ExitCode::from(2);
    }
    print(Answer::from(message))
}

/// The same error about the arguments made harmless, each on one line: it quotes them, and one with line ends in it could add
/// lines that look like ours.
fn quoting_harmlessly(usage: clap::Error) -> clap::Error {
    let harmless = |argument: OsString| page::one_line(&argument.to_string_lossy()).into();
    let arguments = std::env::args_os().map(harmless).collect();
    Cli::try_parse_from(negations::with_negations_last(arguments)).err().unwrap_or(usage)
}
