//! Whatever three laptops of a board and one of an agency do, in whatever order and by whichever way they meet the hub: one record.

use std::fs;
use std::sync::atomic::{AtomicU32, Ordering};

use arising::desk::Desk;
use arising::domain::action::Lead;
use arising::domain::change::{Cause, Kind, Op, Value};
use arising::domain::erasing::Erasing;
use arising::domain::id::Id;
use arising::domain::intent::{Intent, PartyChoice};
use arising::domain::party::PartyKind;
use arising::domain::register::Register;
use arising::hub::{self, Hub, Login, Note, Session, Ways};
use arising::store::Places;
use proptest::prelude::*;
use zeroize::Zeroizing;

use crate::kit::folder::Folder;
use crate::kit::headless::env;
use crate::kit::server::Server;

use super::office::Office;

/// The board's laptops; after them comes the agency's.
const BOARDS: usize = 3;

#[derive(Clone, Debug)]
enum Step {
    Rate { who: usize, which: usize, word: usize },
    Note { who: usize, which: usize },
    Reword { who: usize, which: usize },
    HandOver { who: usize, which: usize, to_police: bool },
    Erase { who: usize },
    Undo { who: usize },
    AgencyNotes,
    Meet { who: usize, ways: usize },
}

fn step() -> impl Strategy<Value = Step> {
    let (who, which) = (0..BOARDS, 0..2usize);
    prop_oneof![
        3 => (who.clone(), which.clone(), 0..3usize).prop_map(|(who, which, word)| Step::Rate { who, which, word }),
        3 => (who.clone(), which.clone()).prop_map(|(who, which)| Step::Note { who, which }),
        1 => (who.clone(), which.clone()).prop_map(|(who, which)| Step::Reword { who, which }),
        1 => (who.clone(), which, any::<bool>()).prop_map(|(who, which, to_police)| Step::HandOver { who, which, to_police }),
        1 => who.clone().prop_map(|who| Step::Erase { who }),
        1 => who.prop_map(|who| Step::Undo { who }),
        2 => Just(Step::AgencyNotes),
        7 => (0..=BOARDS, 0..4usize).prop_map(|(who, ways)| Step::Meet { who, ways }),
    ]
}

struct Seat {
    folder: Folder,
    desk: Desk,
    hub: Hub,
    note: Note,
}

struct Apart {
    seats: Vec<Seat>,
    police: Id,
    actions: [Id; 2],
    count: usize,
    /// What the agency wrote, and what was erased.
    written: Vec<String>,
    erased: Vec<String>,
    /// What was written about the second action, which is the council's, while it had never been the police's.
    secrets: Vec<String>,
    noted: Vec<String>,
    was_theirs: bool,
}

fn party(name: &str) -> Op {
    Op::Add { kind: Kind::Party, values: vec![Value::Name(name.into()), Value::PartyKind(PartyKind::Agency)] }
}

fn action(text: &str, lead: usize) -> Op {
    let leads = vec![Lead { party: Id::pending(lead), raw: String::new() }];
    let values = vec![Value::Text(text.into()), Value::Leads(leads), Value::Reference(text.into())];
    Op::Add { kind: Kind::Action { plan: Id::pending(0), recommendation: None }, values }
}

fn reach(office: &Office<'_>, role: &str) -> Hub {
    let password = Some(Zeroizing::new(format!("words of {role}").into_bytes()));
    let login = Login { user: role.to_owned(), password };
    Hub::at(office.database.url(role).parse().unwrap(), &login).unwrap()
}

fn places(folder: &Folder) -> Places {
    Places { data: Some(folder.path("data")) }
}

impl Apart {
    fn new(office: &Office<'_>, roles: &[String]) -> Apart {
        static BOARD: AtomicU32 = AtomicU32::new(0);
        let first = Folder::in_memory();
        let mut desk = Desk::create_in(&first.register(), &places(&first)).unwrap();
        let plan = Op::Add { kind: Kind::Plan, values: vec![Value::Slug("adult-q".into())] };
        let ops = [plan, party("Police"), party("Council"), action("patrol", 1), action("housing", 2)];
        let changes = desk.import(&ops, Cause::Import { file: "q.docx".into() }, &env()).unwrap().batch.changes;
        let (police, actions) = (changes[1].id, [changes[3].id, changes[4].id]);
        let (uuid, number) = (desk.store().uuid().to_owned(), BOARD.fetch_add(1, Ordering::Relaxed));
        drop(desk);
        let mut owner = office.database.owner();
        owner.batch_execute("SET ROLE arising_owner").unwrap();
        let board = format!("board {number}");
        owner.execute("INSERT INTO arising.board (uuid, name) VALUES ($1, $2)", &[&uuid, &board]).unwrap();
        let mut seats = Vec::new();
        for (at, role) in roles.iter().enumerate() {
            let party = (at == BOARDS).then(|| police.to_string());
            owner
                .execute("INSERT INTO arising.member (role, board, party) VALUES ($1, $2, $3)", &[role, &uuid, &party])
                .unwrap();
        }
        let mut first = Some(first);
        for role in roles {
            let folder = first.take().unwrap_or_else(Folder::in_memory);
            let mut hub = reach(office, role);
            let joined = hub::join(&mut hub, &folder.register(), Some(&uuid), &places(&folder)).unwrap();
            let note = Note::new(&hub.address, None);
            let mut seat = Seat { folder, desk: joined.desk, hub, note };
            seat.meet(Ways::Both);
            seats.push(seat);
        }
        let (written, erased, secrets, noted) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Apart { seats, police, actions, count: 0, written, erased, secrets, noted, was_theirs: false }
    }

    /// A word that stands nowhere else.
    fn word(&mut self) -> String {
        self.count += 1;
        format!("Zz{:04}zz", self.count)
    }

    /// What the rules refuse changes nothing.
    fn writes(&mut self, who: usize, which: usize, intent: impl FnOnce(Id, String) -> Intent) {
        let word = self.word();
        let intent = intent(self.actions[which], word.clone());
        if self.seats[who].desk.write(&intent, &env()).is_ok() && which == 1 && !self.was_theirs {
            self.secrets.push(word);
        }
    }

    fn act(&mut self, step: &Step) {
        match *step {
            Step::Rate { who, which, word } => self.writes(who, which, |action, note| Intent::Rate {
                action,
                rating: Some(["r", "a", "g"][word].to_owned()),
                note: Some(note),
            }),
            Step::Note { who, which } => {
                self.writes(who, which, |action, text| Intent::Progress { action, date: None, text, by: None });
                self.noted.push(format!("Zz{:04}zz", self.count));
            }
            Step::Reword { who, which } => self.writes(who, which, |action, text| Intent::Reword { action, text }),
            Step::HandOver { who, which, to_police } => {
                self.was_theirs |= which == 1 && to_police;
                let to = if to_police { "Police" } else { "Council" };
                let leads = vec![PartyChoice::New(to.into())];
                drop(self.seats[who].desk.write(&Intent::Assign { action: self.actions[which], leads }, &env()));
            }
            Step::Erase { who } => {
                let Some(word) = self.noted.last().cloned() else { return };
                if self.seats[who].desk.erase(&Erasing::Words(word.clone()), "Request of 3 Nov", &env()).is_ok() {
                    self.erased.push(word);
                }
            }
            Step::Undo { who } => drop(self.seats[who].desk.undo(&env())),
            Step::AgencyNotes => {
                let text = self.word();
                let intent = Intent::Progress { action: self.actions[0], date: None, text: text.clone(), by: None };
                let env = arising::env::Env { author: "D. Okoro".into(), ..env() };
                if self.seats[BOARDS].desk.write(&intent, &env).is_ok() {
                    self.written.push(text);
                }
            }
            Step::Meet { who, ways } => {
                self.seats[who].meet([Ways::Push, Ways::Pull, Ways::Both, Ways::Swift][ways]);
            }
        }
    }
}

impl Seat {
    fn meet(&mut self, ways: Ways) {
        let (env, data) = (env(), self.folder.path("data"));
        let Seat { hub, desk, note, .. } = self;
        let clock = chrono::Utc::now().fixed_offset();
        let done = Session { hub, desk, note, data: &data, env: &env, clock }.run(ways).unwrap();
        assert!(done.told.is_empty(), "{:?}", done.told);
    }

    /// What is in its register's file.
    fn bytes(&self) -> String {
        String::from_utf8_lossy(&fs::read(self.folder.register()).unwrap()).into_owned()
    }
}

/// Few by default, because each case writes files; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(8)
}

#[test]
fn whatever_laptops_do_apart_the_hub_brings_them_to_one_record() {
    let Some(server) = Server::shared() else { return };
    let office = Office::new(server);
    let roles: Vec<String> = (0..=BOARDS).map(|at| office.database.name_of(&format!("random{at}"))).collect();
    for role in &roles {
        office
            .database
            .owner()
            .batch_execute(&format!("CREATE ROLE {role} LOGIN; GRANT arising_laptop TO {role}"))
            .unwrap();
        office.database.set_password(role, &format!("words of {role}"));
    }
    let config = ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(steps in prop::collection::vec(step(), 1..40))| {
        let mut apart = Apart::new(&office, &roles);
        for step in &steps {
            apart.act(step);
        }
        for _ in 0..2 {
            apart.seats.iter_mut().rev().for_each(|seat| seat.meet(Ways::Both));
        }
        let (boards, agency) = apart.seats.split_at(BOARDS);
        let log = boards[0].desk.store().log().unwrap();
        for seat in boards {
            prop_assert_eq!(seat.desk.store().log().unwrap(), log.clone());
            prop_assert_eq!(seat.desk.register(), &Register { here: seat.desk.register().here, ..Register::fold(&log) });
            seat.desk.store().check().unwrap();
        }
        let agency = &agency[0];
        agency.desk.store().check().unwrap();
        let said = |text: &String| {
            let actions = &boards[0].desk.register().actions;
            actions.iter().any(|action| action.entries.iter().any(|entry| entry.said.text == *text))
        };
        for text in &apart.written {
            prop_assert!(said(text), "the board lacks {text}");
        }
        let kept = agency.bytes();
        for secret in apart.secrets.iter().filter(|_| !apart.was_theirs) {
            prop_assert!(!kept.contains(secret.as_str()), "{secret} is in the agency's file");
        }
        for word in &apart.erased {
            for seat in &apart.seats {
                prop_assert!(!seat.bytes().contains(word.as_str()), "{word} was erased");
            }
            let board = boards[0].desk.store().uuid();
            let sql = format!(
                "SELECT (SELECT count(*) FROM arising.change_words WHERE board = '{board}' AND body LIKE '%{word}%')
                   + (SELECT count(*) FROM arising.grant_ WHERE board = '{board}' AND excerpt LIKE '%{word}%')"
            );
            prop_assert_eq!(office.number(&sql), 0);
        }
        let theirs = agency.desk.register();
        let ours = boards[0].desk.register();
        for action in ours.visible_actions().filter(|action| action.leads().iter().any(|lead| lead.party == apart.police)) {
            let copy = theirs.action(action.id).expect("the agency has its action");
            prop_assert_eq!((copy.text(), copy.rating()), (action.text(), action.rating()));
        }
    });
}
