//! Any order, repetition, lateness and grouping of bundles over two to five copies gives one record.

use std::fs;
use std::path::PathBuf;

use crate::kit::folder::{Folder, rate, stamp_at, two_actions};
use arising::domain::change::{Kind, Op};
use arising::domain::id::Id;
use arising::domain::progress::{EntryOrigin, EntryText};
use arising::domain::register::Register;
use arising::store::{Access, How, Places, Store, Terms, Trial};
use proptest::prelude::*;
use proptest::sample::Index;

/// What happens next, and in which copy.
#[derive(Clone, Debug)]
enum Step {
    Rate {
        who: usize,
        word: usize,
    },
    Note {
        who: usize,
    },
    /// Everything, or what is new since this copy last gave something away.
    Share {
        who: usize,
        is_new_only: bool,
    },
    /// Some of the bundles there are, or another copy's register itself.
    Merge {
        who: usize,
        bundles: Vec<Index>,
        whose: Option<usize>,
    },
    /// The program ends and starts again.
    Reopen {
        who: usize,
    },
}

const WORDS: [&str; 3] = ["Red", "Amber", "Green"];

fn step() -> impl Strategy<Value = Step> {
    let who = 0..5usize;
    prop_oneof![
        4 => (who.clone(), 0..3usize).prop_map(|(who, word)| Step::Rate { who, word }),
        3 => who.clone().prop_map(|who| Step::Note { who }),
        3 => (who.clone(), any::<bool>()).prop_map(|(who, is_new_only)| Step::Share { who, is_new_only }),
        3 => (who.clone(), prop::collection::vec(any::<Index>(), 0..3), prop::option::of(0..5usize))
            .prop_map(|(who, bundles, whose)| Step::Merge { who, bundles, whose }),
        1 => who.prop_map(|who| Step::Reopen { who }),
    ]
}

struct Board {
    folder: Folder,
    stores: Vec<Store>,
    bundles: Vec<PathBuf>,
    action: Id,
    /// Every entry that was accepted.
    written: Vec<Id>,
}

impl Board {
    fn of(copies: usize) -> Board {
        let folder = Folder::new();
        let places = |number: usize| Places { data: Some(folder.path(&format!("computer {number}"))) };
        let mut first = Store::create_in(&folder.path("0.sqlite"), &places(0)).unwrap();
        let action = first.append(two_actions(), &stamp_at("2026-03-01T09:00:00+00:00")).unwrap().changes[1].id;
        drop(first);
        let open = |number: usize| {
            let path = folder.path(&format!("{number}.sqlite"));
            if number > 0 {
                fs::copy(folder.path("0.sqlite"), &path).unwrap();
            }
            Store::open_in(&path, Access::ReadWrite, &places(number)).unwrap()
        };
        let stores = (0..copies).map(open).collect();
        Board { stores, bundles: Vec::new(), action, written: Vec::new(), folder }
    }

    fn append(&mut self, who: usize, op: Op) -> Id {
        // Clocks differ by years; nothing may depend on them.
        let stamp =
            stamp_at(["2026-03-12T09:00:00+00:00", "2019-01-01T00:00:00+00:00", "2031-12-31T23:59:59-11:00"][who % 3]);
        self.stores[who].append(vec![op], &stamp).unwrap().changes[0].id
    }

    fn act(&mut self, step: Step) {
        let copies = self.stores.len();
        match step {
            Step::Rate { who, word } => {
                let who = who % copies;
                let register = self.stores[who].register().unwrap();
                let replaces = register.action(self.action).unwrap().rating.ids();
                self.append(who, rate(self.action, WORDS[word], &replaces));
            }
            Step::Note { who } => {
                let text = format!("note {}", self.written.len());
                let said = EntryText { date: None, text, by: None, origin: EntryOrigin::Written };
                let kind = Kind::Entry { action: self.action, said };
                let id = self.append(who % copies, Op::Add { kind, values: Vec::new() });
                self.written.push(id);
            }
            Step::Share { who, is_new_only } => {
                let path = self.folder.path(&format!("bundle {}", self.bundles.len()));
                let whom = is_new_only.then_some("anyone");
                self.stores[who % copies].share(&path, whom, &stamp_at("2026-03-12T09:00:00+00:00").at).unwrap();
                self.bundles.push(path);
            }
            Step::Merge { who, bundles, whose } => {
                let mut files: Vec<PathBuf> = Vec::new();
                if !self.bundles.is_empty() {
                    files.extend(bundles.iter().map(|at| at.get(&self.bundles).clone()));
                }
                let other = whose.map(|whose| whose % copies).filter(|whose| *whose != who % copies);
                files.extend(other.map(|other| self.folder.path(&format!("{other}.sqlite"))));
                self.merge(who % copies, &files);
            }
            Step::Reopen { who } => {
                let who = who % copies;
                let places = Places { data: Some(self.folder.path(&format!("computer {who}"))) };
                let path = self.folder.path(&format!("{who}.sqlite"));
                self.stores[who] = Store::open_in(&path, Access::ReadWrite, &places).unwrap();
            }
        }
    }

    /// All of it, or, where something before it is missing, nothing.
    fn merge(&mut self, who: usize, files: &[PathBuf]) {
        let at = stamp_at("2026-03-12T09:00:00+00:00").at;
        let how = How { terms: Terms::usual(Trial::Write), author: "J. Lee", at };
        let before = self.stores[who].head();
        match self.stores[who].merge(files, how) {
            Ok(merged) => assert_eq!(merged.register, self.stores[who].register().unwrap()),
            Err(problem) => {
                assert!(problem.to_string().contains("not here yet"), "{problem}");
                assert_eq!(self.stores[who].head(), before);
            }
        }
    }

    /// Everyone gives everyone everything, in an order of their own and twice.
    fn bring_together(&mut self, order: &[Index]) {
        for who in 0..self.stores.len() {
            self.act(Step::Share { who, is_new_only: false });
        }
        for who in 0..self.stores.len() {
            let mut files = self.bundles.clone();
            for (at, other) in order.iter().enumerate() {
                let (from, to) = (at % files.len(), other.index(files.len()));
                files.swap(from, to);
            }
            let again: Vec<PathBuf> = files.iter().rev().cloned().collect();
            self.merge(who, &files);
            self.merge(who, &again);
        }
    }
}

/// Few by default, because each case writes files; `PROPTEST_CASES` asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(24)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn copies_that_exchange_everything_hold_one_record(
        copies in 2..=5usize,
        steps in prop::collection::vec(step(), 1..18),
        order in prop::collection::vec(any::<Index>(), 0..12),
    ) {
        let mut board = Board::of(copies);
        for step in steps {
            board.act(step);
        }
        board.bring_together(&order);
        let first = (board.stores[0].head(), board.stores[0].log().unwrap());
        let register = Register::fold(&first.1);
        for store in &board.stores {
            prop_assert_eq!(&(store.head(), store.log().unwrap()), &first);
            prop_assert_eq!(&store.register().unwrap(), &register);
            store.check().unwrap();
        }
        for id in &board.written {
            prop_assert!(register.entry(*id).is_some(), "{} is lost", id);
        }
    }
}
