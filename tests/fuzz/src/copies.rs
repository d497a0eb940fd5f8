//! A bundle given to a register: whatever is in it, the register is as it was, and the answer is a sentence.

use std::cell::RefCell;
use std::io::Write;
use std::path::PathBuf;

use arising::store::{How, NONE_SEALED, Places, Store, Terms, Trial, Unsigned};
use chrono::DateTime;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use sha2::{Digest, Sha256};

/// The lines of a bundle that is whole. The register is a copy of the one that it is of.
const WHOLE: &[u8] = include_bytes!("../corpus/bundle/whole");

struct Register {
    /// Goes when the run ends.
    _folder: tempfile::TempDir,
    bundle: PathBuf,
    store: Store,
    head: String,
}

thread_local! {
    static REGISTER: RefCell<Option<Register>> = const { RefCell::new(None) };
}

/// Merges a bundle with these lines, and takes it back.
pub fn merge(lines: &[u8]) {
    REGISTER.with_borrow_mut(|register| {
        let register = register.get_or_insert_with(register_of_the_whole);
        std::fs::write(&register.bundle, wrapped(lines)).expect("a folder that can be written to");
        let at = DateTime::UNIX_EPOCH.fixed_offset();
        let terms = Terms { unsigned: Unsigned::Take, ..Terms::usual(Trial::Try) };
        let how = How { terms, author: "Fuzz", at };
        if let Err(problem) = register.store.merge(std::slice::from_ref(&register.bundle), how) {
            super::targets::is_a_sentence(&problem);
        }
        assert_eq!(register.store.head(), register.head, "a trial leaves nothing");
    });
}

fn register_of_the_whole() -> Register {
    let folder = tempfile::tempdir().expect("a folder");
    let bundle = folder.path().join("bundle");
    std::fs::write(&bundle, wrapped(WHOLE)).expect("a folder that can be written to");
    let places = Places { data: None };
    let store =
        Store::create_copy(&folder.path().join("register.sqlite"), &bundle, &NONE_SEALED, &places).expect("a register");
    let head = store.head();
    Register { _folder: folder, bundle, store, head }
}

/// The lines as a bundle whose sum is right, so that what is fuzzed is behind it.
fn wrapped(lines: &[u8]) -> Vec<u8> {
    let mut deflater = DeflateEncoder::new(Vec::new(), Compression::fast());
    deflater.write_all(lines).expect("memory");
    let packed = deflater.finish().expect("memory");
    let sum = Sha256::digest(&packed).iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    [format!("arising bundle 1\n{sum}\n").as_bytes(), &packed].concat()
}
