//! The whole program but for the terminal: the model, the register it sits at, and the carrying out of effects.

use std::path::PathBuf;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::papers;
use super::reading::{self, Reader, Reading};
use super::seat::Seat;
use crate::app::commands::meeting::agenda;
use crate::app::layout::Size;
use crate::app::model::{ColumnKind, LookBack, Reviewed, TakeIn, ThemeChoice};
use crate::app::screen::walk::{self, Prepared, Walk};
use crate::app::{Effect, Model, Msg, World, update};
use crate::desk::Written;
use crate::domain::draft::Draft;
use crate::domain::intent::Intent;
use crate::domain::reconcile::{Wishes, reconcile_with};
use crate::domain::told::{self, Subject};
use crate::env::Env;
use crate::import::words::fields::FIELDS;
use crate::import::words::taught::{self, Taught};
use crate::import::{self, Options, child};
use crate::intake;
use crate::problem::Problem;
use crate::term::Waker;
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
    /// Rings when something done behind the screen is over. Without one, nothing is done behind it.
    pub waker: Option<Waker>,
    /// What reads documents: a child process with limits, unless a test says otherwise.
    pub reader: Reader,
    /// The folder of what a person taught the reader; without one, it knows what is built in.
    pub taught: Option<PathBuf>,
    reading: Option<Reading>,
}

impl Stage {
    pub fn new(seat: Seat, size: Size, theme: ThemeChoice, env: Env) -> Stage {
        let world = World { register: seat.desk.register(), env: &env };
        let mut model = Model::new(size, theme, seat.standing.clone(), world);
        model.drafts = seat.drafts();
        agenda::resume(&mut model, seat.desk.last_in_meeting(), world);
        if let Some(kept) = told_of_drafts(model.drafts.len()) {
            let before = model.remark().map(|words| format!("{words}. ")).unwrap_or_default();
            model.say(before + &kept);
        }
        walk::look(&mut model, world);
        Stage { seat, model, env, waker: None, reader: child::look_until, taught: None, reading: None }
    }

    pub fn world(&self) -> World<'_> {
        self.seat.world(&self.env)
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
            let world = self.seat.world(&self.env);
            for effect in update(&mut self.model, msg, world) {
                match self.perform(effect) {
                    Done::With(answer) => msgs.extend(answer),
                    Done::NeedsTerminal(effect) => left.push(effect),
                }
            }
        }
        walk::look(&mut self.model, self.seat.world(&self.env));
        left
    }

    /// Whether all that a search will need is ready.
    pub fn is_prepared(&self) -> bool {
        self.model.screen.walk().is_none_or(Walk::is_prepared)
    }

    /// Gets a little of it ready, while nobody types; answers whether that is to be drawn.
    pub fn prepare(&mut self) -> Prepared {
        let world = self.seat.world(&self.env);
        self.model.screen.walk_mut().map_or(Prepared::Unseen, |walk| walk.prepare(world))
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
            Effect::Read { path, columns } => self.read(path, columns),
            Effect::StopReading => {
                self.reading = None;
                Done::With(None)
            }
            Effect::TakeIn(reviewed) => answered(self.take_in(&reviewed)),
            Effect::Show(wish) => answered(papers::shown(&self.seat, &self.env, *wish)),
            Effect::Export(export) => answered(papers::written(&self.seat, &self.env, *export)),
            Effect::Tell(subject) => answered(self.tell(subject)),
            Effect::LookBack(look) => answered(self.look_back(look)),
            Effect::ComeBack => {
                self.seat.come_back();
                answered(Msg::CameBack)
            }
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

    fn tell(&self, subject: Subject) -> Msg {
        match self.seat.log() {
            Ok(log) => Msg::Told(subject, told::tell_of(&log, subject)),
            Err(problem) => Msg::Failed(problem),
        }
    }

    fn look_back(&mut self, look: Box<LookBack>) -> Msg {
        match self.seat.look_back(&look.moment, &self.env) {
            Ok(()) => Msg::LookedBack(look),
            Err(problem) => Msg::Failed(problem),
        }
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
                let (waker, taught) = (self.waker.take(), self.taught.take());
                *self = Stage::new(seat, self.model.size, self.model.theme, self.env.clone());
                self.waker = waker;
                self.taught = taught;
                Done::NeedsTerminal(Effect::OpenDemo)
            }
            Err(problem) => Done::With(Some(Msg::Failed(problem))),
        }
    }

    /// Has a document read: behind the screen where there is one, else here and now.
    fn read(&mut self, path: String, columns: Vec<(String, String)>) -> Done {
        let taught = Taught::load(self.taught.as_deref());
        let options = Options { columns, ..taught.options(self.env.today) };
        let reading = Reading::begin(path, options, self.reader, self.waker.clone());
        if self.waker.is_none() {
            return Done::With(Some(self.reviewed(reading.path.clone(), reading.wait())));
        }
        self.reading = Some(reading);
        Done::With(None)
    }

    fn reviewed(&self, path: String, read: Result<Draft, Problem>) -> Msg {
        let imported = read.and_then(|draft| Ok((draft, intake::imported(&self.seat.desk)?)));
        match imported {
            Ok((draft, imported)) => {
                let slug = intake::slug(&reading::expanded(&path));
                let notes = self.notes(&draft);
                let kinds = FIELDS.iter().map(|field| ColumnKind {
                    key: field.key.into(),
                    name: field.name.into(),
                    sentence: field.sentence.into(),
                });
                Msg::Read(Box::new(Reviewed { path, slug, draft, imported, kinds: kinds.collect(), notes }))
            }
            Err(problem) => Msg::Failed(problem),
        }
    }

    /// What a person must know about how the document was read: what they taught the reader, and what of it is broken.
    fn notes(&self, draft: &Draft) -> Vec<String> {
        let taught = Taught::load(self.taught.as_deref());
        let mut said: Vec<String> = draft
            .tables
            .iter()
            .flat_map(|table| taught.mappings.of(table))
            .map(|(column, field)| format!("{column} = {field}"))
            .collect();
        said.sort();
        said.dedup();
        let no_plan = import::no_plan(draft).map(|problem| format!("{}: {}.", problem.what, problem.why));
        let columns = (!said.is_empty()).then(|| format!("Columns as you said before: {}", said.join(", ")));
        columns.into_iter().chain(no_plan).chain(taught.problems.iter().map(ToString::to_string)).collect()
    }

    /// Looks whether the document that is being read has been; answers whether anything is to be seen.
    pub fn look_at_reading(&mut self) -> News {
        let Some(reading) = &self.reading else { return News::None };
        let msg = match reading.answer() {
            Some(read) => {
                let path = reading.path.clone();
                self.reading = None;
                self.reviewed(path, read)
            }
            None => Msg::StillReading(reading.taken()),
        };
        self.send(msg);
        News::Some
    }

    pub fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    fn take_in(&mut self, reviewed: &TakeIn) -> Msg {
        match self.try_take_in(reviewed) {
            Ok(Some(written)) => Msg::Saved { batch: written.batch, sentence: written.sentence },
            Ok(None) => Msg::Notice("Nothing in this document is new; nothing was changed".into()),
            Err(problem) => Msg::Failed(problem),
        }
    }

    fn try_take_in(&mut self, reviewed: &TakeIn) -> Result<Option<Written>, Problem> {
        let wishes = Wishes { imported: intake::imported(&self.seat.desk)?, decided: reviewed.decided.clone() };
        let register = self.seat.desk.register();
        let found = reconcile_with(&reviewed.draft, &reviewed.slug, register, &wishes);
        if !found.ops.is_empty() {
            self.seat.settle()?;
        }
        let mut written = intake::take_in(&mut self.seat.desk, &found, &reviewed.draft.file, &self.env)?;
        if let Some(written) = &mut written
            && let Err(problem) = taught::learn(self.taught.as_deref(), &reviewed.draft, &reviewed.columns)
        {
            // The plan is in all the same.
            written.sentence = format!("{}. {problem}", written.sentence);
        }
        Ok(written)
    }
}

/// That half-typed texts of an earlier sitting are there; nothing where there are none.
fn told_of_drafts(drafts: usize) -> Option<String> {
    match drafts {
        0 => None,
        1 => Some("A text that was typed but not saved is kept; the same key on its action offers it".into()),
        more => Some(format!("{more} texts that were typed but not saved are kept; the same keys offer them")),
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
