//! Whatever the board and an agency do apart, and however late the copies reach each other: the board has everything, the agency
//! has what concerns it, and nothing else was ever in its file.

use std::fs;
use std::path::PathBuf;

use crate::kit::folder::Folder;
use crate::kit::headless::env;
use arising::desk::Desk;
use arising::domain::action::{Action, Lead};
use arising::domain::change::{Cause, Kind, Op, Value};
use arising::domain::id::Id;
use arising::domain::intent::{Intent, PartyChoice};
use arising::domain::party::PartyKind;
use arising::domain::register::Register;
use arising::env::Env;
use arising::store::{NONE_SEALED, Places, Store, Target, Terms, Trial};
use proptest::prelude::*;
use proptest::sample::Index;

/// What happens next. The board's first action is the police's, its second the council's until it changes hands.
#[derive(Clone, Debug)]
enum Step {
    BoardRates {
        which: usize,
        word: usize,
    },
    BoardNotes {
        which: usize,
    },
    BoardRewords {
        which: usize,
    },
    BoardUndoes,
    HandOver {
        which: usize,
        to_police: bool,
    },
    AgencyRates {
        word: usize,
    },
    AgencyNotes,
    /// The board makes an agency copy.
    Give,
    /// The agency merges one of them, new or old.
    Receive {
        which: Index,
    },
    GiveBack,
    /// The board merges what was given back, new or old.
    Merge {
        which: Index,
    },
}

fn step() -> impl Strategy<Value = Step> {
    let which = 0..2usize;
    prop_oneof![
        3 => (which.clone(), 0..3usize).prop_map(|(which, word)| Step::BoardRates { which, word }),
        3 => which.clone().prop_map(|which| Step::BoardNotes { which }),
        2 => which.clone().prop_map(|which| Step::BoardRewords { which }),
        1 => Just(Step::BoardUndoes),
        1 => (which, any::<bool>()).prop_map(|(which, to_police)| Step::HandOver { which, to_police }),
        3 => (0..3usize).prop_map(|word| Step::AgencyRates { word }),
        3 => Just(Step::AgencyNotes),
        3 => Just(Step::Give),
        3 => any::<Index>().prop_map(|which| Step::Receive { which }),
        2 => Just(Step::GiveBack),
        3 => any::<Index>().prop_map(|which| Step::Merge { which }),
    ]
}

struct Apart {
    folder: Folder,
    board: Desk,
    agency: Desk,
    police: Id,
    actions: [Id; 2],
    given: Vec<PathBuf>,
    back: Vec<PathBuf>,
    /// What the agency wrote.
    written: Vec<String>,
    /// What was written about the second action while it had never been the police's.
    secrets: Vec<String>,
    was_theirs: bool,
    count: usize,
}

fn party(name: &str) -> Op {
    Op::Add { kind: Kind::Party, values: vec![Value::Name(name.into()), Value::PartyKind(PartyKind::Agency)] }
}

fn action(text: &str, lead: usize) -> Op {
    let leads = vec![Lead { party: Id::pending(lead), raw: String::new() }];
    let values = vec![Value::Text(text.into()), Value::Leads(leads), Value::Reference(text.into())];
    Op::Add { kind: Kind::Action { plan: Id::pending(0), recommendation: None }, values }
}

fn agencys(author: &str) -> Env {
    Env { author: author.into(), ..env() }
}

impl Apart {
    fn new() -> Apart {
        let folder = Folder::in_memory();
        let mut board = Desk::over(folder.create()).unwrap();
        let plan = Op::Add { kind: Kind::Plan, values: vec![Value::Slug("adult-q".into())] };
        let ops = [plan, party("Police"), party("Council"), action("patrol", 1), action("housing", 2)];
        let cause = Cause::Import { file: "q.docx".into() };
        let changes = board.import(&ops, cause, &env()).unwrap().batch.changes;
        let (police, actions) = (changes[1].id, [changes[3].id, changes[4].id]);
        let first = folder.path("given 0");
        board.share_for(Target { path: &first, lock: None }, police).unwrap();
        let places = Places { data: Some(folder.path("agency's computer")) };
        let copy = Store::create_copy(&folder.path("agency.sqlite"), &first, &NONE_SEALED, &places).unwrap();
        let mut agency = Desk::over(copy).unwrap();
        agency.merge(std::slice::from_ref(&first), Terms::usual(Trial::Write), &agencys("D. Okoro")).unwrap();
        let (given, back, written, secrets) = (vec![first], Vec::new(), Vec::new(), Vec::new());
        Apart { folder, board, agency, police, actions, given, back, written, secrets, was_theirs: false, count: 0 }
    }

    /// A word that stands nowhere else.
    fn word(&mut self) -> String {
        self.count += 1;
        format!("Zz{:04}zz", self.count)
    }

    /// What the rules refuse changes nothing.
    fn board_does(&mut self, intent: &Intent) {
        drop(self.board.write(intent, &env()));
    }

    fn board_writes(&mut self, which: usize, intent: impl FnOnce(Id, String) -> Intent) {
        let word = self.word();
        self.board_does(&intent(self.actions[which], word.clone()));
        if which == 1 && !self.was_theirs {
            self.secrets.push(word);
        }
    }

    fn act(&mut self, step: &Step) {
        let word = |word: usize| Some(["r", "a", "g"][word].to_owned());
        match *step {
            Step::BoardRates { which, word: to } => {
                self.board_writes(which, |action, note| Intent::Rate { action, rating: word(to), note: Some(note) });
            }
            Step::BoardNotes { which } => {
                self.board_writes(which, |action, text| Intent::Progress { action, date: None, text, by: None });
            }
            Step::BoardRewords { which } => self.board_writes(which, |action, text| Intent::Reword { action, text }),
            Step::BoardUndoes => drop(self.board.undo(&env())),
            Step::HandOver { which, to_police } => {
                self.was_theirs |= which == 1 && to_police;
                let to = if to_police { "Police" } else { "Council" };
                let leads = vec![PartyChoice::New(to.into())];
                self.board_does(&Intent::Assign { action: self.actions[which], leads });
            }
            Step::AgencyRates { word: to } => {
                let action = self.actions[0];
                let intent = Intent::Rate { action, rating: word(to), note: None };
                drop(self.agency.write(&intent, &agencys("D. Okoro")));
            }
            Step::AgencyNotes => {
                let text = self.word();
                let intent = Intent::Progress { action: self.actions[0], date: None, text: text.clone(), by: None };
                if self.agency.write(&intent, &agencys("D. Okoro")).is_ok() {
                    self.written.push(text);
                }
            }
            Step::Give => self.give(),
            Step::Receive { ref which } => self.receive(&which.get(&self.given).clone()),
            Step::GiveBack => self.give_back(),
            Step::Merge { ref which } if !self.back.is_empty() => self.merge(&which.get(&self.back).clone()),
            Step::Merge { .. } => {}
        }
    }

    /// Refused once nothing concerns the police any more.
    fn give(&mut self) {
        let path = self.folder.path(&format!("given {}", self.given.len()));
        if self.board.share_for(Target { path: &path, lock: None }, self.police).is_ok() {
            self.given.push(path);
        }
    }

    fn receive(&mut self, path: &PathBuf) {
        let terms = Terms::usual(Trial::Write);
        self.agency.merge(std::slice::from_ref(path), terms, &agencys("D. Okoro")).unwrap();
    }

    fn give_back(&mut self) {
        let path = self.folder.path(&format!("back {}", self.back.len()));
        self.agency.share(Target { path: &path, lock: None }, None, &agencys("D. Okoro")).unwrap();
        self.back.push(path);
    }

    fn merge(&mut self, path: &PathBuf) {
        self.board.merge(std::slice::from_ref(path), Terms::usual(Trial::Write), &env()).unwrap();
    }
}

/// What is read about an action.
fn told(register: &Register, action: &Action) -> Vec<String> {
    let entries = action.progress().map(|entry| entry.said.text.clone());
    let facts = [register.reference(action), action.text().to_owned(), format!("{:?}", action.rating())];
    facts.into_iter().chain(entries).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn an_agencys_copy_and_the_full_one_come_to_the_full_record(steps in prop::collection::vec(step(), 1..25)) {
        let mut apart = Apart::new();
        for step in &steps {
            apart.act(step);
        }
        apart.give_back();
        let all = apart.back.clone();
        all.iter().rev().for_each(|path| apart.merge(path));
        apart.give();
        let all = apart.given.clone();
        all.iter().rev().for_each(|path| apart.receive(path));
        let (board, agency) = (apart.board.register(), apart.agency.register());
        for text in &apart.written {
            let said = |action: &Action| action.entries.iter().any(|entry| entry.said.text == *text);
            prop_assert!(board.actions.iter().any(said), "the board lacks {text}");
        }
        let theirs = |action: &&Action| action.leads().iter().any(|lead| lead.party == apart.police);
        for action in board.visible_actions().filter(theirs) {
            let copy = agency.action(action.id).expect("the agency has its action");
            prop_assert_eq!(told(agency, copy), told(board, action));
        }
        if !apart.was_theirs {
            let bytes = String::from_utf8_lossy(&fs::read(apart.folder.path("agency.sqlite")).unwrap()).into_owned();
            for secret in &apart.secrets {
                prop_assert!(!bytes.contains(secret.as_str()), "{secret} is in the agency's file");
            }
        }
        let fold = Register::fold(&apart.board.store().log().unwrap());
        prop_assert_eq!(&fold, apart.board.register());
        apart.board.store().check().unwrap();
        apart.agency.store().check().unwrap();
    }
}

/// Few by default, because each case writes files; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}
