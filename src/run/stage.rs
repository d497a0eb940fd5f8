//! The whole program without the terminal: the model, its register, and the execution of effects.

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::burst;
use super::copies;
use super::first_screen::opened;
use super::given;
use super::hub::Hub;
use super::opening;
use super::papers;
use super::reading::{self, Reader, Reading};
use super::seat::{self, Seat};
use crate::app::key::Input;
use crate::app::layout::Size;
use crate::app::message::{ChaseRequest, ColumnKind, ImportRequest, Reviewed, ShowPast};
use crate::app::model::{Hub as HubState, ThemeChoice};
use crate::app::room::Spot;
use crate::app::screen::walk::Prepared;
use crate::app::{Effect, Model, Msg, World, update};
use crate::desk::Written;
use crate::domain::draft::Draft;
use crate::domain::intent::Intent;
use crate::env::Env;
use crate::import::words::roles;
use crate::import::{self, child};
use crate::intake::guidance::Guidance;
use crate::intake::{self, Outcome};
use crate::keys::Keys;
use crate::problem::Problem;
use crate::store;
use crate::term::Waker;
use crate::view;

/// Whether others' changes need showing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    None,
    Some,
}

pub struct Stage {
    pub seat: Seat,
    pub model: Model,
    /// The time of the current message, kept up to date by the caller.
    pub env: Env,
    /// Wakes the loop when background work is done. Without it, nothing runs in the background.
    pub waker: Option<Waker>,
    /// The document reader: a child process with limits, unless a test replaces it.
    pub reader: Reader,
    /// The folder of the user's mappings and vocabulary; without it, only the built-in lists are used.
    pub taught: Option<PathBuf>,
    keys: Keys,
    reading: Option<Reading>,
    /// The name that the user gave, which counts for the rest of this run.
    pub(super) name: Option<String>,
    /// A change that waits for it.
    held: Option<Effect>,
    pub(super) hub: Option<Hub>,
}

impl Stage {
    pub fn new(seat: Seat, size: Size, theme: ThemeChoice, keys: Keys, env: Env) -> Stage {
        let model = opened(&seat, size, theme, &keys, &env);
        let reader = child::look_until;
        Stage {
            seat,
            model,
            env,
            waker: None,
            reader,
            taught: None,
            keys,
            reading: None,
            name: None,
            held: None,
            hub: None,
        }
    }

    /// Ends the session; what the screen knows of the register is not freed, like the register itself.
    pub fn leave(self) {
        std::mem::forget(self.model);
        self.seat.leave();
    }

    pub fn world(&self) -> World<'_> {
        self.seat.world(&self.env)
    }

    /// Tells the windows for the room where the screen is.
    pub fn tell_rooms(&mut self) {
        let spot = Spot::of(&self.model, self.seat.world(&self.env));
        self.seat.tell_rooms(spot);
    }

    /// Returns the position of the text cursor.
    pub fn draw(&self, frame: &mut Frame<'_>) -> Option<Position> {
        view::draw(&self.model, self.world(), frame)
    }

    /// Paints what this register shows first when it is opened.
    pub fn paint_first(&self, theme: ThemeChoice, buf: &mut Buffer) -> Option<Position> {
        let mut model = opened(&self.seat, self.model.size, theme, &self.keys, &self.env);
        model.hub = self.hub.is_some().then_some(HubState::There);
        view::paint_all(&model, seat::world(self.seat.desk.register(), &self.env), buf)
    }

    /// The text that these inputs begin with, if it was pasted; see `burst`.
    pub fn pasted(&self, inputs: &[Input]) -> Option<(usize, String)> {
        burst::pasted(inputs, &self.model, self.world())
    }

    /// Like [`Stage::draw`], into a buffer of any size.
    pub fn paint(&self, buf: &mut Buffer) -> Option<Position> {
        view::paint_all(&self.model, self.world(), buf)
    }

    /// Handles a message, its effects, and their results, until there are no more, and computes what the screen then shows.
    /// Returns the effects that need the terminal.
    pub fn send(&mut self, msg: Msg) -> Vec<Effect> {
        let left = self.take(msg);
        self.look();
        left
    }

    /// Like [`Stage::send`], where more messages come before the screen is drawn: then [`Stage::look`] is called once for all.
    pub fn take(&mut self, msg: Msg) -> Vec<Effect> {
        let mut left = Vec::new();
        let mut msgs = vec![msg];
        while let Some(msg) = msgs.pop() {
            let world = self.seat.world(&self.env);
            for effect in update(&mut self.model, msg, world) {
                if self.must_be_named(&effect) {
                    self.held = Some(effect);
                    msgs.push(Msg::AskName);
                    continue;
                }
                match self.perform(effect) {
                    Done::With(answer) => msgs.extend(answer),
                    Done::NeedsTerminal(effect) => left.push(effect),
                }
            }
        }
        let world = self.seat.world(&self.env);
        self.model.screen.look_at_selected(world);
        left
    }

    /// Computes what the screen shows, before it is drawn.
    pub fn look(&mut self) {
        let world = self.seat.world(&self.env);
        self.model.screen.look(self.model.size, world);
    }

    /// Whether everything a search needs is ready.
    pub fn is_prepared(&self) -> bool {
        self.model.screen.is_prepared(self.model.size)
    }

    /// Prepares a little of it when idle; returns whether the screen needs drawing.
    pub fn prepare(&mut self) -> Prepared {
        let world = self.seat.world(&self.env);
        self.model.screen.prepare(self.model.size, world)
    }

    /// Applies what other programs have written since.
    pub fn take_news(&mut self) -> News {
        let news = match self.seat.news() {
            Ok(sentences) if sentences.is_empty() => News::None,
            Ok(sentences) => self.shown(Msg::News(sentences)),
            Err(problem) => self.shown(Msg::Failed(problem)),
        };
        let heard = self.hub.as_mut().map(Hub::heard).unwrap_or_default();
        let heard = heard.into_iter().map(|(news, is_answer)| Msg::Hub(news, is_answer));
        self.seat.noticed().into_iter().chain(heard).fold(news, |_, noticed| self.shown(noticed))
    }

    fn shown(&mut self, msg: Msg) -> News {
        self.send(msg);
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
            Effect::Read { path, columns } => self.read(path, &columns),
            Effect::StopReading => {
                self.reading = None;
                Done::With(None)
            }
            Effect::Import(reviewed) => answered(self.import(&reviewed)),
            Effect::Show(request) => answered(papers::shown(&self.seat, &self.env, *request)),
            Effect::Open(path) => answered(opening::open(&path)),
            Effect::Chase(request) => answered(self.chase(&request)),
            Effect::Export(export) => answered(papers::written(&self.seat, &self.env, *export)),
            Effect::Tell(subject) => answered(papers::told(&self.seat, subject)),
            Effect::ShowPast(look) => answered(self.show_past(look)),
            Effect::ReturnToPresent => {
                self.seat.return_to_present();
                answered(Msg::PresentShown)
            }
            Effect::Erase { erasing, ground } => answered(copies::erased(&mut self.seat, &erasing, &ground, &self.env)),
            Effect::Merge { path, forks } => answered(copies::merged(&mut self.seat, &path, forks, &self.env)),
            Effect::Unseal { path, passphrase } => {
                answered(copies::unsealed(&mut self.seat, &path, passphrase, &self.env))
            }
            Effect::AskConflicts(on) => answered(copies::conflicts(&self.seat, on)),
            Effect::AskProposer { action, change } => answered(copies::proposer(&self.seat, action, change)),
            Effect::AskUpdates => answered(copies::updates(&self.seat)),
            Effect::Decline { update, reason, draft } => {
                answered(answer(copies::declined(&mut self.seat, &update, &reason, &draft, &self.env)))
            }
            Effect::Name(name) => answered(self.keep_name(&name)),
            Effect::Sync => Done::With(self.sync()),
            Effect::GoOn => match self.held.take() {
                Some(held) => self.perform(held),
                None => Done::With(None),
            },
            Effect::CreateEmpty => answered(self.create()),
            Effect::OpenDemo => self.open_demo(),
            Effect::Copy(_) | Effect::Mouse(_) | Effect::Suspend | Effect::Redraw | Effect::Quit => {
                Done::NeedsTerminal(effect)
            }
        }
    }

    fn write(&mut self, intent: &Intent, draft: Option<&str>) -> Msg {
        answer(match draft {
            Some(draft) => self.seat.desk.write_from_draft(intent, &self.env, draft),
            None => self.seat.desk.write(intent, &self.env),
        })
    }

    fn chase(&mut self, request: &ChaseRequest) -> Msg {
        let chased = papers::chased(&mut self.seat, &self.env, request);
        if chased.is_ok() {
            self.model.written = Some(papers::full(&request.folder));
            // It is only offered again.
            self.seat.desk.forget_draft(&request.draft).ok();
        }
        answer(chased)
    }

    fn show_past(&mut self, look: Box<ShowPast>) -> Msg {
        match self.seat.show_past(&look.moment, &self.env) {
            Ok(()) => Msg::PastShown(look),
            Err(problem) => Msg::Failed(problem),
        }
    }

    fn create(&mut self) -> Msg {
        match self.seat.settle() {
            Ok(()) => {
                Msg::Notice(format!("Created an empty register; {} imports a plan", self.model.keymap.key_of("import")))
            }
            Err(problem) => Msg::Failed(problem),
        }
    }

    fn open_demo(&mut self) -> Done {
        match Seat::demo(&self.env) {
            Ok(seat) => {
                let (waker, taught) = (self.waker.take(), self.taught.take());
                *self = Stage::new(seat, self.model.size, self.model.theme, self.keys.clone(), self.env.clone());
                (self.waker, self.taught) = (waker, taught);
                Done::NeedsTerminal(Effect::OpenDemo)
            }
            Err(problem) => Done::With(Some(Msg::Failed(problem))),
        }
    }

    /// Reads a document: in the background if there is a waker, else immediately.
    fn read(&mut self, path: String, columns: &[(String, String)]) -> Done {
        let file = reading::expanded(&path);
        if let Some(problem) = given::another(&self.seat, &file, self.env.today) {
            return Done::With(Some(Msg::Failed(problem)));
        }
        if store::is_copy(&file) {
            return Done::With(Some(copies::offered(&mut self.seat, &path, &self.env)));
        }
        let guidance = Guidance::load(self.taught.as_deref(), columns);
        let options = guidance.options(self.env.today);
        let reading = Reading::begin(path, options, self.reader, self.waker.clone());
        if self.waker.is_none() {
            return Done::With(Some(self.reviewed(reading.path.clone(), reading.wait())));
        }
        self.reading = Some(reading);
        Done::With(None)
    }

    fn reviewed(&self, path: String, read: Result<Draft, Problem>) -> Msg {
        let looked = read.and_then(|draft| {
            let asked = intake::asked(&self.seat.desk, &draft)?;
            Ok((draft, intake::imported(&self.seat.desk)?, asked))
        });
        match looked {
            Ok((draft, imported, asked)) => {
                let slug = intake::slug(&reading::expanded(&path));
                let notes = self.notes(&draft);
                let kinds = roles::all().map(|field| ColumnKind {
                    key: field.key.into(),
                    name: field.name.into(),
                    sentence: field.sentence.into(),
                });
                Msg::Read(Box::new(Reviewed {
                    path,
                    slug,
                    draft,
                    imported,
                    asked: Arc::new(asked),
                    kinds: kinds.collect(),
                    notes,
                }))
            }
            Err(problem) => Msg::Failed(problem),
        }
    }

    /// Notices about how the document was read: the user's mappings in use, and any that are damaged.
    fn notes(&self, draft: &Draft) -> Vec<String> {
        let guidance = Guidance::load(self.taught.as_deref(), &[]);
        let said = guidance.said_before(draft);
        let said: Vec<String> = said.iter().map(|(column, field)| format!("{column} = {field}")).collect();
        let no_plan = import::no_plan(draft).map(|problem| format!("{}: {}.", problem.what, problem.why));
        let columns = (!said.is_empty()).then(|| format!("Columns as mapped before: {}", said.join(", ")));
        columns.into_iter().chain(no_plan).chain(guidance.problems().iter().map(ToString::to_string)).collect()
    }

    /// Checks whether the document has been read; returns whether there is anything to show.
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

    fn import(&mut self, reviewed: &ImportRequest) -> Msg {
        let ImportRequest { path, draft, slug, decided, columns } = reviewed;
        let mut guidance = Guidance::load(self.taught.as_deref(), columns);
        match intake::import(&mut &*draft, (slug, decided), &mut self.seat, &mut guidance, &self.env) {
            Ok(Outcome { written: Some(Written { batch, sentence, .. }), learnt, .. }) => {
                if !draft.is_return {
                    papers::put_beside(&mut self.model.papers, &self.seat, self.taught.as_deref(), path);
                }
                let problem = learnt.err().map(|problem| format!(". {problem}")).unwrap_or_default();
                Msg::Saved { batch, sentence: sentence + &problem, refused: Vec::new() }
            }
            Ok(Outcome { written: None, .. }) => {
                Msg::Notice("Nothing in this document is new; nothing was changed".into())
            }
            Err(problem) => Msg::Failed(problem),
        }
    }
}

/// The result of an effect.
enum Done {
    With(Option<Msg>),
    NeedsTerminal(Effect),
}

fn answer(done: Result<Written, Problem>) -> Msg {
    match done {
        Ok(Written { batch, sentence, refused }) => Msg::Saved { batch, sentence, refused },
        Err(problem) => Msg::Failed(problem),
    }
}
