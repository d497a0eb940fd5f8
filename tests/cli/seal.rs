//! Sealed bundles from the command line: by passphrase and by key, opened, refused, and silent about what is in them.

use std::fs;

use serde_json::Value;

use crate::kit::desk::{Desk, Said, fixture};

const PASSPHRASE: &str = "harbour lantern tidal\n";

/// A register with a plan, and two files with passphrases.
fn board() -> Desk {
    let desk = Desk::empty();
    desk.run(&["import", &fixture("adult-m.txt")]).expect_done();
    fs::write(desk.path("passphrase"), PASSPHRASE).unwrap();
    fs::write(desk.path("wrong"), "harbour lantern tide\n").unwrap();
    desk
}

fn key(name: &str) -> String {
    fixture(&format!("sealed/{name}"))
}

fn public(name: &str) -> String {
    let file = fs::read_to_string(key(name)).unwrap();
    file.lines().next().unwrap().trim_start_matches("# public key: ").to_owned()
}

/// Another laptop, which has no register yet.
fn chair(desk: &Desk, arguments: &[&str]) -> Said {
    let path = desk.path("chair.sqlite");
    let arguments = [&["--register", path.to_str().unwrap(), "--author", "D. Okoro"], arguments].concat();
    Said::from(desk.command(&arguments).env("ARISING_DATA", desk.path("chair's laptop")).output().unwrap())
}

fn sealed(desk: &Desk, name: &str) {
    desk.run(&["share", "-o", name, "--seal", "--passphrase-file", "passphrase"]).expect_done();
}

#[test]
fn a_sealed_bundle_is_merged_with_its_passphrase_and_brings_what_an_open_one_brings() {
    let desk = board();
    let said = desk.json(&["share", "-o", "b.arising", "--seal", "--passphrase-file", "passphrase", "--json"]);
    assert_eq!(said["sealed"], true);
    desk.run(&["share", "-o", "open.arising"]).expect_done();
    chair(&desk, &["merge", "b.arising", "--passphrase-file", "passphrase"]).expect_done();
    let said = chair(&desk, &["merge", "open.arising"]).expect_done().out;
    assert!(said.contains("Nothing new"), "{said}");
    let listed: Value = serde_json::from_str(&chair(&desk, &["list", "--json"]).expect_done().out).unwrap();
    assert_eq!(listed, desk.json(&["list", "--json"]));
    assert_eq!(desk.json(&["share", "-o", "plain.arising", "--json"])["sealed"], false);
}

#[test]
fn a_bundle_that_is_sealed_to_keys_is_opened_by_each_of_them_and_by_no_other() {
    let desk = board();
    let (one, other) = (public("key.txt"), public("other-key.txt"));
    desk.run(&["share", "-o", "both.arising", "--seal-to", &one, "--seal-to", &other]).expect_done();
    desk.run(&["share", "-o", "one.arising", "--seal-to", &one]).expect_done();
    for name in ["key.txt", "other-key.txt"] {
        let said = desk.run(&["merge", "both.arising", "--identity", &key(name)]).expect_done().out;
        assert!(said.contains("Nothing new"), "{said}");
    }
    chair(&desk, &["merge", "one.arising", "--identity", &key("other-key.txt")])
        .expect_refused(&["one.arising was not merged: it is sealed to another key"]);
    chair(&desk, &["merge", "one.arising"]).expect_refused(&["it is sealed to a key", "--identity FILE"]);
    chair(&desk, &["merge", "one.arising", "--identity", "passphrase"]).expect_refused(&["holds no key"]);
    assert!(!desk.path("chair.sqlite").exists());
    chair(&desk, &["merge", "one.arising", "--identity", &key("key.txt")]).expect_done();
}

#[test]
fn a_wrong_passphrase_or_none_is_said_in_one_sentence_and_changes_nothing() {
    let desk = board();
    sealed(&desk, "b.arising");
    chair(&desk, &["merge", "b.arising", "--passphrase-file", "wrong"])
        .expect_refused(&["b.arising was not merged: the passphrase is wrong"]);
    let said = chair(&desk, &["merge", "b.arising"]);
    assert!(!said.err.contains("wrong"), "{}", said.err);
    said.expect_refused(&["b.arising was not merged: it is sealed with a passphrase", "--passphrase-file FILE"]);
    assert!(!desk.path("chair.sqlite").exists(), "no register is left behind");
    let head = desk.json(&["check", "--json"])["head"].clone();
    desk.run(&["merge", "b.arising", "--passphrase-file", "wrong"]).expect_refused(&["the passphrase is wrong"]);
    assert_eq!(desk.json(&["check", "--json"])["head"], head);
}

#[test]
fn a_cut_a_changed_and_a_costly_seal_are_refused() {
    let desk = board();
    sealed(&desk, "b.arising");
    let bytes = fs::read(desk.path("b.arising")).unwrap();
    let mut changed = bytes.clone();
    *changed.last_mut().unwrap() ^= 1;
    fs::write(desk.path("changed.arising"), changed).unwrap();
    fs::write(desk.path("cut.arising"), &bytes[..bytes.len() / 2]).unwrap();
    for name in ["changed.arising", "cut.arising"] {
        desk.run(&["merge", name, "--passphrase-file", "passphrase"])
            .expect_refused(&["it is damaged or incomplete", "this register is unchanged"]);
    }
    desk.run(&["import", "b.arising"]).expect_refused(&["a bundle of changes", "arising merge \"b.arising\""]);
    let at = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(1).unwrap().0;
    let costly = [&bytes[..at - 2], b"30", &bytes[at..]].concat();
    fs::write(desk.path("costly.arising"), costly).unwrap();
    desk.run(&["merge", "costly.arising", "--passphrase-file", "passphrase"])
        .expect_refused(&["takes more time and memory to open than arising allows"]);
    fs::write(desk.path("words.txt"), "No bundle.").unwrap();
    fs::write(desk.path("other.arising"), fs::read(fixture("sealed/with-passphrase.age")).unwrap()).unwrap();
    desk.run(&["merge", "other.arising", "--passphrase-file", "passphrase"])
        .expect_refused(&["what is sealed in it is not a bundle"]);
}

#[test]
fn in_a_folder_a_sealed_bundle_without_its_passphrase_is_refused_by_name() {
    let desk = board();
    fs::create_dir(desk.path("stick")).unwrap();
    sealed(&desk, "stick/sealed.arising");
    desk.run(&["share", "-o", "stick/open.arising"]).expect_done();
    chair(&desk, &["merge", "stick"])
        .expect_refused(&["sealed.arising was not merged: it is sealed with a passphrase"]);
    chair(&desk, &["merge", "stick", "--passphrase-file", "passphrase"]).expect_done();
}

#[test]
fn an_agency_copy_is_sealed_like_any_bundle() {
    let desk = board();
    let parties = desk.json(&["parties", "--json"]);
    let name = parties[0]["name"].as_str().unwrap();
    let share = ["share", "--for", name, "-o", "b.arising", "--passphrase-file", "passphrase", "--json"];
    assert_eq!(desk.json(&share)["sealed"], true);
    chair(&desk, &["merge", "b.arising"]).expect_refused(&["it is sealed with a passphrase"]);
    chair(&desk, &["merge", "b.arising", "--passphrase-file", "passphrase"]).expect_done();
}

#[test]
fn nothing_of_the_register_is_outside_the_seal() {
    let desk = board();
    sealed(&desk, "b.arising");
    let sealed = fs::read(desk.path("b.arising")).unwrap();
    let uuid = desk.json(&["check", "--json"])["uuid"].as_str().map(str::to_owned);
    let words = fs::read_to_string(fixture("adult-m.txt")).unwrap();
    let letters = |word: &&str| word.len() > 4;
    let words = words.split(|c: char| !c.is_alphanumeric()).filter(letters).map(str::to_owned);
    let others = ["arising", "origin", "Ann Other", "harbour lantern"].map(str::to_owned);
    for word in words.chain(uuid).chain(others) {
        assert!(!sealed.windows(word.len()).any(|bytes| bytes == word.as_bytes()), "“{word}” can be read");
    }
}

#[test]
fn what_cannot_seal_is_refused_and_nothing_is_written() {
    let desk = board();
    let refused = |arguments: &[&str], words: &[&str]| {
        desk.run(&[&["share", "-o", "b.arising"], arguments].concat()).expect_refused(words);
        assert!(!desk.path("b.arising").exists());
    };
    refused(&["--seal"], &["there is no terminal to ask for a passphrase at", "--passphrase-file FILE"]);
    refused(&["--seal-to", "age1nobody"], &["age1nobody is not a key to seal to"]);
    refused(&["--seal-to", &public("key.txt").to_uppercase().replace("AGE1", "AGE2")], &["is not a key to seal to"]);
    fs::write(desk.path("empty"), "\n").unwrap();
    refused(&["--seal", "--passphrase-file", "empty"], &["the passphrase is empty"]);
    refused(&["--seal", "--passphrase-file", "nothing"], &["nothing: "]);
    assert_eq!(desk.run(&["share", "-o", "b", "--seal", "--seal-to", &public("key.txt")]).code, 2);
}
