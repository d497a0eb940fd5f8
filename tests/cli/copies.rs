//! Registers given back: what each of two copies has is counted before anything is replaced.

use crate::kit::desk::Desk;

fn board() -> (Desk, String) {
    let desk = Desk::empty();
    let file = desk.folder().join("piers.csv");
    std::fs::write(&file, "Ref,Action,Lead\n1,Paint the pier rail,RCFT\n2,Mend the slipway,RCHT\n").unwrap();
    desk.run(&["import", &file.to_string_lossy()]).expect_done();
    let copy = desk.path("given back.db").to_string_lossy().into_owned();
    desk.run(&["backup", "--to", &copy]).expect_done();
    (desk, copy)
}

fn all(desk: &Desk) -> String {
    desk.run(&["list", "--json"]).expect_done().out
}

#[test]
fn a_copy_that_lacks_changes_replaces_nothing_until_it_is_said_and_what_is_put_aside_comes_back() {
    let (desk, copy) = board();
    let then = all(&desk);
    desk.run(&["progress", "1", "First coat"]).expect_done();
    desk.run(&["progress", "2", "Stone ordered"]).expect_done();
    let now = all(&desk);
    let refused = desk.run(&["restore", &copy]);
    let words =
        ["Nothing was restored", "2 changes of this register are not in given back.db (the last by", "--anyway"];
    refused.expect_refused(&words);
    assert_eq!(all(&desk), now);
    desk.run(&["restore", &copy, "--anyway"]).expect_done();
    assert_eq!(all(&desk), then);
    let list = desk.run(&["restore"]).expect_done().out;
    let aside = list.lines().find(|line| line.contains("(put aside by a restore)")).unwrap_or_else(|| panic!("{list}"));
    let name =
        aside.split("changes  ").nth(1).and_then(|name| name.split("  (").next()).unwrap_or_else(|| panic!("{list}"));
    // It has all that is here, so nothing is asked.
    desk.run(&["restore", name]).expect_done();
    assert_eq!(all(&desk), now);
    desk.run(&["check"]).expect_done();
}

#[test]
fn a_copy_that_is_imported_is_recognised_and_both_sides_are_counted() {
    let (desk, copy) = board();
    let said = |words: &[&str]| desk.run(&["import", &copy]).expect_refused(words);
    said(&["copy of this register: 0 changes of this register are not in it, and it has 0 changes that are not here"]);
    desk.run(&["progress", "1", "First coat"]).expect_done();
    said(&["1 change of this register is not in it (the last by", "`arising restore FILE`"]);
    // The other side goes on as well.
    desk.run(&["--register", &copy, "progress", "2", "Stone ordered"]).expect_done();
    said(&["1 change of this register is not in it", "it has 1 change that is not here"]);
    let before = std::fs::read(&copy).unwrap();
    said(&["copy of this register"]);
    assert_eq!(std::fs::read(&copy).unwrap(), before, "a copy is never written to");
}

#[test]
fn another_register_a_damaged_one_and_a_text_of_that_name_are_each_named() {
    let (desk, copy) = board();
    let other = desk.path("other.sqlite").to_string_lossy().into_owned();
    desk.run(&["--register", &other, "init"]).expect_done();
    desk.run(&["import", &other]).expect_refused(&["it is another register", "`arising open FILE`"]);
    let mut bytes = std::fs::read(&copy).unwrap();
    let middle = bytes.len() / 2;
    bytes.iter_mut().skip(middle).take(3000).for_each(|byte| *byte = 0x55);
    std::fs::write(&copy, bytes).unwrap();
    let damaged = desk.run(&["import", &copy]);
    assert!(damaged.code == 1 && !damaged.err.is_empty(), "{}", damaged.err);
    let text = desk.path("plan.sqlite");
    std::fs::write(&text, "Ref,Action,Lead\n3,Count the lifebelts,RCFT\n").unwrap();
    desk.run(&["import", &text.to_string_lossy()]).expect_refused(&["does not look like an action plan"]);
}
