//! Published plans, which are not part of the project: tests that read them are skipped where they are unavailable, and
//! each of these tests has a twin on fictional plans that always runs.

use std::path::{Path, PathBuf};

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
