//! The whole program but for the terminal: the model, the register it sits at, and the carrying out of effects.

use std::path::{Path, PathBuf};

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::seat::Seat;
use crate::app::layout::Size;
use crate::app::model::ThemeChoice;
use crate::app::screen::walk::{self, Walk};
use crate::app::{Effect, Model, Msg, World, update};
use crate::desk::Written;
use crate::domain::intent::Intent;
use crate::env::Env;
use crate::import::{Options, child};
use crate::intake;
use crate::problem::Problem;
use crate::view;

/// Whether others have done anything that is to be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    None,
    Some,
}

pub struct Stage {
    pub seat: Seat,
    pub model: Model,
    /// The moment at which the present message came; whoever sends messages keeps it going.
    pub env: Env,
}

impl Stage {
    pub fn new(seat: Seat, size: Size, theme: ThemeChoice, env: Env) -> Stage {
        let world = World { register: seat.desk.register(), env: &env };
        let mut model = Model::new(size, theme, seat.standing.clone(), world);
        model.drafts = seat.drafts();
        match model.drafts.len() {
            0 => {}
            1 => model.say("A text that was typed but not saved is kept; the same key on its action offers it"),
            more => {
                model.say(format!("{more} texts that were typed but not saved are kept; the same keys offer them"));
            }
        }
        walk::look(&mut model, world);
        Stage { seat, model, env }
    }

    pub fn world(&self) -> World<'_> {
        World { register: self.seat.desk.register(), env: &self.env }
    }

    pub fn draw(&self, frame: &mut Frame<'_>) {
        view::draw(&self.model, self.world(), frame);
    }

    /// As [`Stage::draw`], into a buffer of any size.
    pub fn paint(&self, buf: &mut Buffer) -> Option<Position> {
        view::paint_all(&self.model, self.world(), buf)
    }

    /// One message, its effects, and what comes of them, until nothing more does. Answers the effects that need the
    /// terminal.
    pub fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let mut left = Vec::new();
        let mut msgs = vec![msg];
        while let Some(msg) = msgs.pop() {
            let world = World { register: self.seat.desk.register(), env: &self.env };
            for effect in update(&mut self.model, msg, world) {
                match self.perform(effect) {
                    Done::With(answer) => msgs.extend(answer),
                    Done::NeedsTerminal(effect) => left.push(effect),
                }
            }
        }
        walk::look(&mut self.model, World { register: self.seat.desk.register(), env: &self.env });
        left
    }

    /// Whether all that a search will need is ready.
    pub fn is_prepared(&self) -> bool {
        self.model.screen.walk().is_none_or(Walk::is_prepared)
    }

    /// Gets a little of it ready, while nobody types.
    pub fn prepare(&mut self) {
        let world = World { register: self.seat.desk.register(), env: &self.env };
        if let Some(walk) = self.model.screen.walk_mut() {
            walk.prepare(world);
        }
    }

    /// Takes in what other programs have written since.
    pub fn take_news(&mut self) -> News {
        match self.seat.news() {
            Ok(sentences) if sentences.is_empty() => return News::None,
            Ok(sentences) => drop(self.send(Msg::News(sentences))),
            Err(problem) => drop(self.send(Msg::Failed(problem))),
        }
        News::Some
    }

    fn perform(&mut self, effect: Effect) -> Done {
        let answered = |msg: Msg| Done::With(Some(msg));
        let silent = |done: Result<(), Problem>| Done::With(done.err().map(Msg::Failed));
        match effect {
            Effect::Write { intent, draft } => answered(self.write(&intent, draft.as_deref())),
            Effect::Undo => answered(answer(self.seat.desk.undo(&self.env))),
            Effect::Redo => answered(answer(self.seat.desk.redo(&self.env))),
            Effect::KeepDraft { key, text } => silent(self.seat.desk.save_draft(&key, &text)),
            Effect::ForgetDraft { key } => silent(self.seat.desk.forget_draft(&key)),
            Effect::Import { path } => answered(self.import(&path)),
            Effect::CreateEmpty => answered(self.create()),
            Effect::OpenDemo => self.open_demo(),
            Effect::Suspend | Effect::Redraw | Effect::Quit => Done::NeedsTerminal(effect),
        }
    }

    fn write(&mut self, intent: &Intent, draft: Option<&str>) -> Msg {
        answer(match draft {
            Some(draft) => self.seat.desk.write_from_draft(intent, &self.env, draft),
            None => self.seat.desk.write(intent, &self.env),
        })
    }

    fn create(&mut self) -> Msg {
        match self.seat.settle() {
            Ok(()) => Msg::Notice("An empty register was made; I reads a plan into it".into()),
            Err(problem) => Msg::Failed(problem),
        }
    }

    fn open_demo(&mut self) -> Done {
        match Seat::demo(&self.env) {
            Ok(seat) => {
                *self = Stage::new(seat, self.model.size, self.model.theme, self.env.clone());
                Done::NeedsTerminal(Effect::OpenDemo)
            }
            Err(problem) => Done::With(Some(Msg::Failed(problem))),
        }
    }

    fn import(&mut self, path: &str) -> Msg {
        match self.try_import(&expanded(path)) {
            Ok(Some(written)) => Msg::Saved { batch: written.batch, sentence: written.sentence },
            Ok(None) => Msg::Notice("Nothing in that document is new; nothing was changed".into()),
            Err(problem) => Msg::Failed(problem),
        }
    }

    fn try_import(&mut self, path: &Path) -> Result<Option<Written>, Problem> {
        let draft = child::read(path, &Options { today: self.env.today, ..Options::default() })?;
        let found = intake::compare(&self.seat.desk, &draft, &intake::slug(path))?;
        if !found.ops.is_empty() {
            self.seat.settle()?;
        }
        intake::take_in(&mut self.seat.desk, &found, &draft.file, &self.env)
    }
}

/// What became of an effect.
enum Done {
    With(Option<Msg>),
    NeedsTerminal(Effect),
}

fn answer(done: Result<Written, Problem>) -> Msg {
    match done {
        Ok(Written { batch, sentence }) => Msg::Saved { batch, sentence },
        Err(problem) => Msg::Failed(problem),
    }
}

/// A path as people type or drop it: in quotes, with `~` for the home folder.
fn expanded(typed: &str) -> PathBuf {
    let bare = typed.trim().trim_matches(['"', '\'']);
    match (bare.strip_prefix("~/"), directories::BaseDirs::new()) {
        (Some(rest), Some(home)) => home.home_dir().join(rest),
        (Some(_) | None, _) => PathBuf::from(bare),
    }
}
