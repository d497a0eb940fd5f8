//! What leaves the program is harmless and whole: printed lines, files, redacted reports, and the child that reads documents.

mod child;
mod exits;
mod files;
mod formats;
mod limits;
mod redaction;
mod together;

use std::io::{Cursor, Read};

use arising::domain::action::Lead;
use arising::domain::change::{Kind, Op, Value};
use arising::domain::id::Id;
use arising::domain::progress::{EntryOrigin, EntryText};
use arising::domain::rating::{Hue, Level, Scheme};
use arising::store::{Places, Stamp, Store};

use crate::kit::desk::Desk;
use crate::kit::folder::stamp;

/// What a terminal would obey, what a reader would not see, and what a file format forbids.
const HOSTILE: &str =
    "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{7f}\u{202e}\u{2066}\u{0}\u{8}\u{ffff}\u{fffe}\u{fdd0}\u{1ffff}";

/// A desk with one plan, whose title, rating and texts are hostile.
fn hostile() -> Desk {
    let desk = Desk::empty();
    let level = Level {
        letter: '\u{9b}',
        word: format!("Zinc{HOSTILE}"),
        meaning: HOSTILE.into(),
        hue: Hue::Red,
        settled: false,
    };
    let plan = vec![
        Value::Slug("adult-q".into()),
        Value::Title(format!("Adult {HOSTILE} Q")),
        Value::Marking(format!("OFFICIAL {HOSTILE}")),
        Value::Scheme(Scheme { levels: vec![level] }),
    ];
    let party = vec![Value::Name(format!("Police {HOSTILE}"))];
    let said = EntryText { date: None, text: HOSTILE.into(), by: Some(HOSTILE.into()), origin: EntryOrigin::Written };
    let action = vec![
        Value::Text(format!("=HYPERLINK {HOSTILE}")),
        Value::Rating(Some(format!("Zinc{HOSTILE}"))),
        Value::Leads(vec![Lead { party: Id::pending(1), raw: HOSTILE.into() }]),
    ];
    let ops = vec![
        Op::Add { kind: Kind::Plan, values: plan },
        Op::Add { kind: Kind::Party, values: party },
        Op::Add { kind: Kind::Action { plan: Id::pending(0), recommendation: None }, values: action },
        Op::Add { kind: Kind::Entry { action: Id::pending(2), said }, values: vec![] },
    ];
    let mut store = Store::create_in(&desk.register(), &Places::default()).unwrap();
    store.append(ops, &Stamp { author: HOSTILE.into(), ..stamp() }).unwrap();
    desk
}

/// Every part of a file: the file itself, or what is packed in it.
fn parts(bytes: &[u8]) -> Vec<(String, String)> {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return vec![(String::new(), String::from_utf8_lossy(bytes).into_owned())];
    };
    let all = zip.len();
    let read = |at: usize| {
        let mut file = zip.by_index(at).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        (file.name().unwrap().into_owned(), String::from_utf8_lossy(&content).into_owned())
    };
    (0..all).map(read).collect()
}
