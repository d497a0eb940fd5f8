//! `hub`: sets up a hub, lets laptops in, and keeps a register in step with it.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::context::Context;
use super::hub_args::{self, Init, Join, Laptop, Password, Status, Way};
use super::page::Page;
use super::{Answer, gate, hub_follow};
use crate::desk::{self, Desk};
use crate::domain::date_words;
use crate::domain::id::Id;
use crate::domain::rules::party_called;
use crate::env::Env;
use crate::files::{absolute, data_folder};
use crate::hub::{self, Address, Done, Gets, Given, Hub, Login, Note, Session, State, Ways};
use crate::json;
use crate::problem::Problem;
use crate::store::{Access, Places};
use crate::term::secret::Asked;
use crate::text::counted;

/// What `push`, `pull` and `sync` print as JSON. Where it failed, only why is known.
#[derive(Debug, Default, Serialize)]
struct DoneRow<'a> {
    sent: Option<u64>,
    taken: Option<usize>,
    by: Vec<String>,
    conflicts: Option<usize>,
    /// How much agencies were given, or this agency was.
    given: Option<usize>,
    told: &'a [String],
    problem: Option<String>,
}

/// What `status --json` prints.
#[derive(Debug, Default, Serialize)]
struct StateRow<'a> {
    hub: Option<&'a str>,
    role: Option<&'a str>,
    board: Option<&'a str>,
    uuid: Option<&'a str>,
    agency: Option<String>,
    /// Why the hub cannot be used now.
    away: Option<String>,
    to_send: Option<u64>,
    to_take: Option<u64>,
    clock_ahead_seconds: Option<i64>,
    last_sync: Option<&'a str>,
    told: &'a [String],
}

/// A register that has joined a hub.
pub struct Open {
    pub hub: Hub,
    pub desk: Desk,
    pub note: Note,
    pub data: PathBuf,
}

pub fn hub(context: &Context, command: &hub_args::Hub) -> Result<Answer, Problem> {
    context.only_now()?;
    match command {
        hub_args::Hub::Init(args) => init(args),
        hub_args::Hub::Laptop(args) => laptop(context, args),
        hub_args::Hub::Join(args) => join(context, args),
        hub_args::Hub::Push(args) => go(context, args, Ways::Push),
        hub_args::Hub::Pull(args) => go(context, args, Ways::Pull),
        hub_args::Hub::Sync(args) => go(context, args, Ways::Both),
        hub_args::Hub::Status(args) => status(context, args),
        hub_args::Hub::Follow(args) => Ok(hub_follow::follow(context, opened(context, &args.password)?, args.once)),
    }
}

fn data() -> Result<PathBuf, Problem> {
    data_folder().ok_or_else(|| Problem::new("The hub was not used", "this computer has no home folder", ""))
}

/// The hub at an address. Asks for the password where it is needed and nothing else gives it.
fn reach(address: &Address, password_file: Option<&Path>) -> Result<Hub, Problem> {
    let mut given = Given { file: password_file.map(Path::to_owned), typed: None };
    let mut hub = Hub::at(address.clone(), &Login::of(address, &given)?)?;
    if given.file.is_none()
        && hub.lacks_password()
        && let Ok(Asked::Typed(secret)) = gate::ask_secret(&format!("Password of {} at the hub: ", hub.user))
    {
        given.typed = Some(secret);
        hub = Hub::at(address.clone(), &Login::of(address, &given)?)?;
    }
    Ok(hub)
}

fn init(args: &Init) -> Result<Answer, Problem> {
    let address: Address = args.url.parse()?;
    if args.dry_run {
        return Ok(super::file(hub::init_sql()));
    }
    hub::init(&mut reach(&address, args.password.password_file.as_deref())?)?;
    Ok(Answer::from(
        "The hub is set up. To let a laptop in: arising hub laptop URL ROLE --board NAME --uuid UUID --whole\n"
            .to_owned(),
    ))
}

fn laptop(context: &Context, args: &Laptop) -> Result<Answer, Problem> {
    let address: Address = args.url.parse()?;
    let new = hub::Laptop {
        role: args.role.clone(),
        board: args.board.clone(),
        uuid: args.uuid.clone(),
        uuid_here: uuid_here(context),
        gets: match args.party.as_deref() {
            Some(party) => Gets::Party(named(context, party)?),
            None if args.reader => Gets::Reader,
            None => Gets::Whole,
        },
        verifier: args.gives.as_deref().map(verifier).transpose()?,
    };
    new.check()?;
    if args.dry_run {
        return Ok(super::file(hub::laptop_sql(&new, true)));
    }
    let given = hub::laptop(&mut reach(&address, args.password.password_file.as_deref())?, &new)?;
    let mut page = context.page();
    let whole = given.board.as_ref().map_or_else(|| "all boards".to_owned(), |board| format!("the whole of {board}"));
    page.line(&match new.gets {
        Gets::Whole => format!("The role {} may now read {whole}, and write to it.", new.role),
        Gets::Party(party) => {
            let party = given.party.unwrap_or_else(|| party.to_string());
            let board = given.board.unwrap_or_default();
            format!("The role {} now gets what concerns {party} of {board}, and may answer.", new.role)
        }
        Gets::Reader => format!("The role {} may now read {whole}, and write nothing.", new.role),
    });
    if new.verifier.is_none() {
        page.line(&format!(
            "It has no new password. To give it one: \\password {} in psql, or --laptop-password-file.",
            new.role
        ));
    }
    Ok(page.finish().into())
}

fn verifier(file: &Path) -> Result<String, Problem> {
    Ok(hub::verifier(&hub::first_line(file)?))
}

/// The identity of the register here, if there is one.
fn uuid_here(context: &Context) -> Option<String> {
    let path = context.register().ok().filter(|path| path.exists())?;
    Some(Desk::open(path, Access::ReadOnly).ok()?.store().uuid().to_owned())
}

/// A party by its id, or by its name in the register here.
fn named(context: &Context, party: &str) -> Result<Id, Problem> {
    if let Ok(id) = party.parse() {
        return Ok(id);
    }
    let look = context.look()?;
    party_called(look.register(), party).map(|party| party.id).ok_or_else(|| {
        let why = format!("there is no agency called {party} in the register here");
        Problem::new(
            "The role was not made",
            why,
            "Run this where the board's register is, or give the id that the view arising.party has.",
        )
    })
}

/// Whoever is refused is told what to read out to those who run the hub.
fn join(context: &Context, args: &Join) -> Result<Answer, Problem> {
    joined(context, args).map_err(|problem| match uuid_here(context) {
        Some(uuid) => {
            let hint = format!("{} This register is {uuid}.", problem.hint);
            Problem::new(problem.what, problem.why, hint.trim_start())
        }
        None => problem,
    })
}

fn joined(context: &Context, args: &Join) -> Result<Answer, Problem> {
    let address: Address = args.url.parse()?;
    let here = std::env::current_dir().unwrap_or_default();
    let address = address.absolute(&here);
    let password_file = args.password.password_file.as_deref().and_then(|file| absolute(file).ok());
    let mut hub = reach(&address, password_file.as_deref())?;
    let hub::Joined { desk, member, is_new } =
        hub::join(&mut hub, context.register()?, args.board.as_deref(), &Places::of_this_machine())?;
    let (data, uuid) = (data()?, desk.store().uuid().to_owned());
    let note = Note::new(&address, password_file);
    note.keep(&data, &uuid)?;
    let mut page = context.page();
    page.line(&format!("This register now uses the hub at {address}, as {} of {}.", hub.user, member.name));
    if !is_new {
        page.line("To send and take what is new: arising hub sync");
        return Ok(page.finish().into());
    }
    let mut open = Open { hub, desk, note, data };
    let done = run(context, &mut open, Ways::Both)?;
    let path = context.register()?.display().to_string();
    page.line(&format!("It is new: {path}."));
    say(&mut page, &done, Ways::Both);
    Ok(page.finish().into())
}

/// The register and the hub that it has joined.
fn opened(context: &Context, password: &Password) -> Result<Open, Problem> {
    let desk = Desk::open(context.existing()?, Access::ReadWrite)?;
    let data = data()?;
    let note = Note::of(&data, desk.store().uuid())?;
    let file = password.password_file.as_deref().or(note.password_file.as_deref());
    let hub = reach(&note.address()?, file)?;
    Ok(Open { hub, desk, note, data })
}

impl Open {
    pub fn session<'a>(&'a mut self, context: &Context, env: &'a Env) -> Session<'a> {
        let Open { hub, desk, note, data } = self;
        Session { hub, desk, note, data, env, clock: context.clock.true_time() }
    }
}

pub fn run(context: &Context, open: &mut Open, ways: Ways) -> Result<Done, Problem> {
    let env = context.clock.env();
    open.session(context, &env).run(ways)
}

fn go(context: &Context, args: &Way, ways: Ways) -> Result<Answer, Problem> {
    let done = opened(context, &args.password).and_then(|mut open| run(context, &mut open, ways));
    if args.json {
        let row = match &done {
            Ok(done) => row(done),
            Err(problem) => DoneRow { problem: Some(problem.to_string()), ..DoneRow::default() },
        };
        return Ok(as_json(&row, done.as_ref().err()));
    }
    let done = done?;
    let mut page = context.page();
    say(&mut page, &done, ways);
    Ok(Answer {
        text: page.finish(),
        notes: done.told.iter().map(|told| format!("{told}.")).collect(),
        ..Answer::default()
    })
}

/// Whoever reads the JSON is told in it; the exit code and standard error say the same.
fn as_json(row: &impl Serialize, problem: Option<&Problem>) -> Answer {
    Answer { text: json::line(row) + "\n", problems: problem.into_iter().cloned().collect(), ..Answer::default() }
}

fn row(done: &Done) -> DoneRow<'_> {
    let brought = done.merge.as_ref().map(|merge| &merge.brought);
    let filled = brought.map_or(0, |brought| usize::try_from(brought.filled).unwrap_or(usize::MAX));
    DoneRow {
        sent: Some(done.sent),
        taken: Some(brought.map_or(0, |brought| brought.changes)),
        by: brought.map(|brought| brought.by.clone()).unwrap_or_default(),
        conflicts: Some(brought.map_or(0, |brought| brought.conflicts.len())),
        given: Some(done.given + filled),
        told: &done.told,
        problem: None,
    }
}

fn say(page: &mut Page, done: &Done, ways: Ways) {
    if let Some(desk::Merge { brought, first, .. }) = &done.merge
        && !brought.is_empty()
    {
        page.line(&format!("Taken: {}.", brought.sentence()));
        for new in first {
            page.line(&format!("{}.", new.sentence()));
        }
        if !brought.conflicts.is_empty() {
            page.line(
                "The last of each is shown until it is settled: `arising list conflict`, then set the field again.",
            );
        }
    } else if ways != Ways::Push {
        page.line("Nothing new on the hub.");
    }
    match done.sent {
        0 if ways == Ways::Pull => {}
        0 => page.line("The hub has everything that is here."),
        sent => page.line(&format!("Sent: {}.", counted(usize::try_from(sent).unwrap_or(usize::MAX), "change"))),
    }
    if done.given > 0 {
        page.line(&format!("Agencies may now have {} more.", counted(done.given, "change")));
    }
}

fn status(context: &Context, args: &Status) -> Result<Answer, Problem> {
    let mut open = match opened(context, &args.password) {
        Err(problem) if args.json => {
            let row = StateRow { away: Some(problem.to_string()), ..StateRow::default() };
            return Ok(as_json(&row, Some(&problem)));
        }
        opened => opened?,
    };
    let env = context.clock.env();
    let found = open.session(context, &env).state();
    let (address, user) = (open.hub.address.to_string(), open.hub.user.clone());
    let uuid = open.desk.store().uuid().to_owned();
    if args.json {
        let state = found.as_ref().ok();
        let row = StateRow {
            hub: Some(&address),
            role: Some(&user),
            board: state.map(|state| state.member.name.as_str()),
            uuid: Some(&uuid),
            agency: state.and_then(|state| state.member.party).map(|party| party.to_string()),
            away: found.as_ref().err().map(ToString::to_string),
            to_send: state.map(|state| state.to_send),
            to_take: state.map(|state| state.to_take),
            clock_ahead_seconds: state.map(|state| state.clock_ahead),
            last_sync: open.note.at.as_deref(),
            told: state.map(|state| state.told.as_slice()).unwrap_or_default(),
        };
        return Ok(as_json(&row, found.as_ref().err()));
    }
    let mut page = context.page();
    page.line(&format!("The hub at {address}, as {user}. This register is {uuid}."));
    if let Some(at) = open.note.at.as_deref().and_then(|at| chrono::DateTime::parse_from_rfc3339(at).ok()) {
        page.line(&format!("Last in step on {}, {}.", date_words::day(at.date_naive()), at.format("%H:%M")));
    }
    let state = match found {
        Ok(state) => state,
        Err(problem) => return Ok(Answer { text: page.finish(), problems: vec![problem], ..Answer::default() }),
    };
    page.line(&standing(&state));
    Ok(Answer {
        text: page.finish(),
        notes: state.told.iter().map(|told| format!("{told}.")).collect(),
        ..Answer::default()
    })
}

fn standing(state: &State) -> String {
    let changes = |count: u64| counted(usize::try_from(count).unwrap_or(usize::MAX), "change");
    let board = &state.member.name;
    match (state.to_send, state.to_take) {
        (0, 0) => format!("{board}: in step."),
        (send, 0) => format!("{board}: {} to send.", changes(send)),
        (0, take) => format!("{board}: {} to take.", changes(take)),
        (send, take) => format!("{board}: {} to send, {} to take.", changes(send), changes(take)),
    }
}
