//! Published plans, which are not part of the project: tests that read them are skipped where they are unavailable, and
//! each of these tests has a twin on fictional plans that always runs.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use arising::domain::draft::Draft;
use arising::import::{Options, read};

/// Drafts by file name, each read once for all tests.
static DRAFTS: Mutex<Option<HashMap<String, &'static OnceLock<Draft>>>> = Mutex::new(None);

/// The folder of the published plans: in `ARISING_SHARED`, or in a folder `shared` beside the project or its parent.
/// Prints that the test was skipped when there is none.
pub fn folder() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let given = std::env::var_os("ARISING_SHARED").map(PathBuf::from);
    let places = [given, Some(root.join("../shared")), Some(root.join("../../shared"))];
    let found = places.into_iter().flatten().map(|place| place.join("plans")).find(|place| place.is_dir());
    if found.is_none() {
        println!("skipped: the published plans are unavailable");
    }
    found
}

/// One of them, by its file name.
pub fn path(name: &str) -> Option<PathBuf> {
    let found = folder()?.join(name);
    if !found.exists() {
        println!("skipped: {name} is unavailable");
        return None;
    }
    Some(found)
}

/// What is in one of them.
pub fn bytes(name: &str) -> Option<Vec<u8>> {
    path(name).map(|path| std::fs::read(path).expect("a readable plan"))
}

/// What the reader makes of one of them on 12 September 2026.
pub fn draft(name: &str) -> Option<&'static Draft> {
    let bytes = bytes(name)?;
    let cell = {
        let mut drafts = DRAFTS.lock().unwrap_or_else(PoisonError::into_inner);
        *drafts.get_or_insert_default().entry(name.to_owned()).or_insert_with(|| Box::leak(Box::default()))
    };
    Some(cell.get_or_init(|| read(name, &bytes, &options()).expect("a plan")))
}

/// The options of [`draft`].
pub fn options() -> Options {
    Options { today: "2026-09-12".parse().expect("a day"), ..Options::default() }
}
