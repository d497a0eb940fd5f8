//! Which part of the program may use which other, and which crates.

use std::fs;
use std::path::Path;

use super::assert_none;
use super::source::{crates_named, parts_named, sources, statements};

/// A part of the program: where its files are, which other parts it may use, and which crates only it and its like name.
pub struct Layer {
    pub name: &'static str,
    may_use: &'static [&'static str],
    crates: &'static [&'static str],
}

const fn layer(name: &'static str, may_use: &'static [&'static str], crates: &'static [&'static str]) -> Layer {
    Layer { name, may_use, crates }
}

/// Every part of the program may use itself and these. `std` is looked at separately: see [`PURE`].
pub const LAYERS: [Layer; 29] = [
    layer("problem", &[], &[]),
    layer("text", &[], &["unicode_normalization", "unicode_segmentation", "unicode_width"]),
    layer("env", &[], &["chrono"]),
    layer("winsys", &[], &["windows_sys"]),
    layer(
        "seal",
        &[],
        &[
            "base64",
            "bech32",
            "chacha20poly1305",
            "curve25519_dalek",
            "getrandom",
            "hkdf",
            "hmac",
            "scrypt",
            "sha2",
            "zeroize",
        ],
    ),
    layer("files", &[], &["directories", "dunce", "rustix", "tempfile", "winsys"]),
    layer("domain", &["problem", "text"], &["chrono", "memchr", "unicode_segmentation"]),
    layer("wire", &["domain", "problem"], &["chrono", "postcard", "serde", "serde_json"]),
    layer(
        "import",
        &["domain", "files", "problem", "text", "wire"],
        &[
            "calamine",
            "cfb",
            "chardetng",
            "chrono",
            "close_fds",
            "csv",
            "encoding_rs",
            "landlock",
            "mail_parser",
            "memchr",
            "roxmltree",
            "rustix",
            "serde",
            "serde_json",
            "tempfile",
            "toml",
            "winsys",
            "zip",
        ],
    ),
    layer(
        "store",
        &["domain", "files", "problem", "seal", "wire"],
        &[
            "chrono",
            "directories",
            "dunce",
            "ed25519_dalek",
            "flate2",
            "getrandom",
            "rusqlite",
            "rustix",
            "serde",
            "serde_json",
            "sha2",
            "tempfile",
            "winsys",
            "zeroize",
        ],
    ),
    layer(
        "app",
        &["domain", "env", "problem", "report", "seal", "text"],
        &["chrono", "nucleo_matcher", "unicode_segmentation"],
    ),
    layer(
        "view",
        &["app", "domain", "env", "problem", "report", "text"],
        &["chrono", "ratatui", "unicode_segmentation", "unicode_width"],
    ),
    layer(
        "term",
        &["app", "problem", "seal"],
        &["crossterm", "memchr", "ratatui", "rustix", "signal_hook", "unicode_width", "winsys"],
    ),
    layer("desk", &["domain", "env", "problem", "store"], &["chrono"]),
    layer("intake", &["desk", "domain", "env", "import", "problem"], &["chrono"]),
    layer("demo", &["desk", "domain", "env", "import", "intake", "problem"], &["chrono", "serde", "toml"]),
    layer("keys", &["app", "import", "problem"], &["toml"]),
    layer("clock", &["env"], &["chrono"]),
    layer("json", &["domain", "text"], &["chrono", "serde", "serde_json"]),
    layer("writing", &["files", "problem"], &["dunce", "rustix", "tempfile", "winsys"]),
    layer(
        "report",
        &["domain", "json", "problem", "text"],
        &["chrono", "icalendar", "rust_xlsxwriter", "serde_json", "zip"],
    ),
    layer("chasing", &["domain", "problem", "report", "text"], &["chrono", "mail_builder"]),
    layer("post", &["chasing", "desk", "domain", "env", "problem", "report", "writing"], &["chrono"]),
    layer(
        "hub",
        &["desk", "domain", "env", "files", "problem", "seal", "store", "text", "writing"],
        &[
            "chrono",
            "getrandom",
            "postgres",
            "postgres_protocol",
            "rustls",
            "serde",
            "serde_json",
            "tokio_postgres_rustls",
            "zeroize",
        ],
    ),
    layer("docs", ANY, ANY),
    layer("run", ANY, ANY),
    layer("cli", ANY, ANY),
    layer("lib", ANY, &[]),
    layer("main", ANY, &[]),
];

const ANY: &[&str] = &["*"];

/// Crates that exactly these parts or files may name, whatever stands in [`LAYERS`]. `run` only hands the terminal's frame
/// to the view.
const RESERVED: [(&str, &[&str]); 8] = [
    ("postgres", &["hub"]),
    ("postgres_protocol", &["hub"]),
    ("rustls", &["hub"]),
    ("tokio_postgres_rustls", &["hub"]),
    ("rusqlite", &["store"]),
    ("crossterm", &["term"]),
    ("ratatui", &["view", "term", "run"]),
    ("unpdf", &["import/formats/pdf/library.rs"]),
];

/// Parts that touch neither files nor network, start nothing and never read the clock.
const PURE: [&str; 8] = ["problem", "text", "domain", "json", "report", "chasing", "app", "view"];
const IMPURE: [&str; 11] = [
    "std::fs",
    "std::net",
    "std::process",
    "std::thread",
    "std::env",
    "std::time",
    "SystemTime::now",
    "Instant::now",
    "Local::now",
    "Utc::now",
    "Local::today",
];

fn allows(list: &[&str], name: &str) -> bool {
    list == ANY || list.contains(&name)
}

fn our_crates() -> Vec<String> {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("Cargo.toml");
    let mut section = String::new();
    let mut crates = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            line.clone_into(&mut section);
        } else if section.ends_with("dependencies]")
            && let Some((name, _)) = line.split_once('=')
        {
            crates.push(name.trim().replace('-', "_"));
        }
    }
    crates
}

#[test]
fn every_file_belongs_to_a_part() {
    let strays = sources().into_iter().filter(|source| source.layer().is_none());
    assert_none(
        &strays.map(|source| format!("src/{}: add `{}` to the table", source.path, source.layer)).collect::<Vec<_>>(),
    );
}

#[test]
fn no_part_uses_a_part_above_it() {
    let mut breaches = Vec::new();
    for source in sources() {
        let Some(layer) = source.layer() else { continue };
        for (line, code) in statements(&source.code) {
            for part in parts_named(&code) {
                let known = LAYERS.iter().any(|layer| layer.name == part);
                if known && part != layer.name && !allows(layer.may_use, &part) {
                    breaches.push(format!("src/{}:{line}: `{}` may not use `{part}`", source.path, layer.name));
                }
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn each_crate_is_named_only_where_it_belongs() {
    let crates = our_crates();
    assert!(crates.contains(&"rusqlite".to_owned()), "the manifest was not understood");
    let mut breaches = Vec::new();
    for source in sources() {
        let Some(layer) = source.layer() else { continue };
        for (line, code) in statements(&source.code) {
            for name in crates_named(&code, &crates) {
                let reserved = RESERVED.iter().find(|(reserved, _)| *reserved == name);
                let is_here = |who: &&str| [layer.name, source.path.as_str()].contains(who);
                let allowed = reserved.map_or_else(|| allows(layer.crates, name), |(_, who)| who.iter().any(is_here));
                if !allowed {
                    breaches
                        .push(format!("src/{}:{line}: `{}` may not name the crate `{name}`", source.path, layer.name));
                }
            }
        }
    }
    assert_none(&breaches);
}

#[test]
fn pure_parts_use_neither_files_nor_the_clock() {
    let mut breaches = Vec::new();
    for source in sources().iter().filter(|source| PURE.contains(&source.layer.as_str())) {
        for (line, code) in statements(&source.code) {
            breaches.extend(
                IMPURE
                    .iter()
                    .filter(|impure| code.contains(*impure))
                    .map(|impure| format!("src/{}:{line}: `{impure}` in `{}`", source.path, source.layer)),
            );
        }
    }
    assert_none(&breaches);
}
