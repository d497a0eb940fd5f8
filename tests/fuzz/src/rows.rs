//! A register whose rows a stranger wrote, with all hashes recomputed and signed by the stranger's own key: it is refused in a
//! sentence and the register is as it was, or it is merged, and everything that reads a log can read the result.
//!
//! The input is a line a row, its parts separated by tabs; `@` in it is the register's own copy:
//! `O id computer at known` begins a copy, `B author at meeting cause` a batch of it, `C lamport body` a change in that
//! batch (without a body, its words are absent), `E id by body` what is left of an erased change, whose words go.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use arising::domain::change::{Kind, Op, Value};
use arising::domain::id::Id;
use arising::domain::register::Register;
use arising::domain::trail;
use arising::store::{Access, How, Places, Stamp, Store, Terms, Trial};
use chrono::DateTime;
use ed25519_dalek::{Signer, SigningKey};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

/// A register that is whole, with a plan and two actions.
struct Good {
    /// Goes when the run ends.
    folder: tempfile::TempDir,
    bytes: Vec<u8>,
    own: String,
    changes: i64,
    head: String,
}

thread_local! {
    static GOOD: RefCell<Option<Good>> = const { RefCell::new(None) };
}

/// Merges a register with these rows into a good one.
pub fn merge(lines: &[u8]) {
    GOOD.with_borrow_mut(|good| good.get_or_insert_with(good_register).meets(&String::from_utf8_lossy(lines)));
}

fn good_register() -> Good {
    let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).expect("a folder");
    let path = folder.path().join("good.sqlite");
    let mut store = Store::create_in(&path, &Places::default()).expect("a register");
    let action = |text: &str| Op::Add {
        kind: Kind::Action { plan: Id::pending(0), recommendation: None },
        values: vec![Value::Text(text.into())],
    };
    let plan = Op::Add { kind: Kind::Plan, values: vec![Value::Slug("adult-q".into())] };
    let at = DateTime::UNIX_EPOCH.fixed_offset();
    let stamp = Stamp { author: "J. Lee".into(), at, meeting: None, cause: arising::domain::change::Cause::Edit };
    store.append(vec![plan, action("Write the protocol"), action("Train the teams")], &stamp).expect("it is written");
    let (own, head) = (store.origin().to_string(), store.head());
    drop(store);
    let bytes = std::fs::read(&path).expect("it is there");
    Good { folder, bytes, own, changes: 3, head }
}

impl Good {
    fn meets(&self, lines: &str) {
        let (foreign, register) = (self.path("foreign.sqlite"), self.path("register.sqlite"));
        for path in [&foreign, &register] {
            std::fs::write(path, &self.bytes).expect("a folder that can be written to");
        }
        let stranger = Stranger { db: Connection::open(&foreign).expect("it opens"), lamport: self.changes };
        stranger.write(&lines.replace('@', &self.own));
        let mut store = Store::open_in(&register, Access::ReadWrite, &Places::default()).expect("it opens");
        let at = DateTime::UNIX_EPOCH.fixed_offset();
        let how = How { terms: Terms::usual(Trial::Write), author: "Fuzz", at };
        match store.merge(std::slice::from_ref(&foreign), how) {
            Err(problem) => {
                super::targets::is_a_sentence(&problem);
                assert_eq!(store.head(), self.head, "what is refused changes nothing");
                assert_eq!(store.log().expect("a log").len(), 1);
            }
            Ok(merged) => {
                let log = store.log().expect("a log");
                assert_eq!(merged.register, Register::fold(&log));
                let changes = log.iter().map(|batch| batch.changes.len()).sum::<usize>();
                assert_eq!(trail::entries(&log).len(), changes);
            }
        }
        drop(store);
        whole(&register);
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// The register can be opened again, and all of it fits.
fn whole(register: &Path) {
    let store = Store::open_in(register, Access::ReadOnly, &Places::default()).expect("it opens again");
    store.check().expect("it is whole");
    store.register().expect("it can be folded");
}

struct Stranger {
    db: Connection,
    lamport: i64,
}

/// The copy and the batch that are being written.
#[derive(Default)]
struct Place {
    origin: String,
    seq: i64,
    end: [u8; 32],
    batch: String,
    digest: [u8; 32],
}

impl Stranger {
    /// A row that the file does not take is left out.
    fn write(mut self, lines: &str) {
        let without_checks =
            "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN";
        self.db.execute_batch(without_checks).expect("a database");
        let kept = "SELECT sql FROM sqlite_schema WHERE name = 'batch_keeps_its_words'";
        let trigger: String = self.db.query_row(kept, [], |row| row.get(0)).expect("a trigger");
        self.db.execute_batch("DROP TRIGGER batch_keeps_its_words").expect("it goes");
        let mut place = Place::default();
        self.begin(&mut place, &["00000000000000ff"]);
        for line in lines.lines().take(64) {
            let parts: Vec<&str> = line.split('\t').collect();
            match parts.split_first() {
                Some((&"O", parts)) => self.begin(&mut place, parts),
                Some((&"B", parts)) => self.batch(&mut place, parts),
                Some((&"C", parts)) => self.change(&mut place, parts),
                Some((&"E", parts)) => self.erased(parts),
                Some(_) | None => {}
            }
        }
        self.db.execute_batch(&trigger).and_then(|()| self.db.execute_batch("COMMIT")).expect("it is written");
    }

    fn begin(&self, place: &mut Place, parts: &[&str]) {
        let (id, computer) = (part(parts, 0, "00000000000000fe"), part(parts, 1, "STRANGER"));
        let (at, known) = (part(parts, 2, "2026-03-12T10:15:00+00:00"), part(parts, 3, ""));
        let key = key().verifying_key().to_bytes();
        let number = u64::from_str_radix(&id, 16).unwrap_or(0);
        let mut sha = Sha256::new().chain_update(number.to_be_bytes()).chain_update(key);
        for text in [&computer, &at, &known] {
            update(&mut sha, Some(text));
        }
        let values = (&id, key, &computer, &at, &known);
        self.db.execute("INSERT INTO origin (id, key, computer, at, known) VALUES (?1, ?2, ?3, ?4, ?5)", values).ok();
        *place = Place { origin: id, end: sha.finalize().into(), ..Place::default() };
    }

    fn batch(&self, place: &mut Place, parts: &[&str]) {
        let words = [
            Some(part(parts, 0, "Fuzz")),
            Some(part(parts, 1, "2026-03-12T10:15:00+00:00")),
            Some(part(parts, 2, "")).filter(|meeting| !meeting.is_empty()),
            Some(part(parts, 3, r#"{"kind":"edit"}"#)),
        ];
        place.batch = format!("{}.{}", place.origin, place.seq + 1);
        let mut sha = Sha256::new().chain_update([1; 16]);
        update(&mut sha, Some(&place.batch));
        for text in &words {
            update(&mut sha, text.as_deref());
        }
        place.digest = sha.finalize().into();
        let [author, at, meeting, cause] = words;
        let values = (&place.batch, author, at, meeting, cause, [1_u8; 16], place.digest);
        let sql =
            "INSERT INTO batch (id, author, at, meeting, cause, salt, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.db.execute(sql, values).ok();
    }

    fn change(&mut self, place: &mut Place, parts: &[&str]) {
        if place.batch.is_empty() {
            self.batch(place, &[]);
        }
        self.lamport += 1;
        let lamport: i64 = part(parts, 0, "").parse().unwrap_or(self.lamport);
        let body = parts.get(1).copied().filter(|body| !body.is_empty());
        let salt = body.map(|_| [2_u8; 16]);
        let digest: [u8; 32] =
            Sha256::new().chain_update([2; 16]).chain_update(body.unwrap_or_default()).finalize().into();
        let number = u64::from_str_radix(&place.origin, 16).unwrap_or(0);
        let end: [u8; 32] = Sha256::new()
            .chain_update(place.end)
            .chain_update(lamport.to_be_bytes())
            .chain_update(number.to_be_bytes())
            .chain_update((place.seq + 1).to_be_bytes())
            .chain_update(place.digest)
            .chain_update(digest)
            .finalize()
            .into();
        let values = (lamport, &place.origin, place.seq + 1, &place.batch, body, salt, digest, end);
        let sql = "INSERT INTO change (lamport, origin, seq, batch, body, salt, digest, hash)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        if self.db.execute(sql, values).is_ok() {
            (place.seq, place.end) = (place.seq + 1, end);
            self.sign(place);
        }
    }

    /// Signs the batch at its end as it now is.
    fn sign(&self, place: &Place) {
        let message = [b"arising: the end of a batch\0".as_slice(), &place.end].concat();
        let signature = key().sign(&message).to_bytes();
        self.db.execute("UPDATE batch SET signature = ?1 WHERE id = ?2", (signature, &place.batch)).ok();
    }

    fn erased(&self, parts: &[&str]) {
        let values = [0, 1, 2].map(|at| part(parts, at, ""));
        self.db.execute("INSERT INTO erased (id, by, body) VALUES (?1, ?2, ?3)", values.clone()).ok();
        let gone = "UPDATE change SET body = NULL, salt = NULL WHERE origin || '.' || seq = ?1";
        self.db.execute(gone, [&values[0]]).ok();
    }
}

fn part(parts: &[&str], at: usize, or: &str) -> String {
    (*parts.get(at).unwrap_or(&or)).to_owned()
}

fn key() -> SigningKey {
    SigningKey::from_bytes(&[7; 32])
}

fn update(sha: &mut Sha256, text: Option<&str>) {
    sha.update(text.map_or(u64::MAX, |text| text.len() as u64).to_be_bytes());
    sha.update(text.unwrap_or_default());
}
