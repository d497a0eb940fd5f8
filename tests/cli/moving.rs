//! `move-home`: a register in a synced folder is moved to the usual place.

use std::fs;

use crate::kit::desk::{Desk, fixture};

#[test]
fn a_register_is_moved_out_of_a_synced_folder_and_both_paths_are_said() {
    let desk = Desk::empty();
    fs::create_dir(desk.path("OneDrive - Board")).unwrap();
    let from = desk.path("OneDrive - Board").join("register.sqlite").display().to_string();
    let data = desk.path("data");
    let at = |arguments: &[&str]| {
        let mut command = desk.command(arguments);
        command.env("ARISING_DATA", &data).env_remove("ARISING_REGISTER");
        crate::kit::desk::Said::from(command.output().unwrap())
    };
    at(&["--register", &from, "import", &fixture("adult-m.txt")]).expect_done();
    let list = at(&["--register", &from, "list", "--json"]).expect_done().out;
    let said = at(&["--register", &from, "move-home"]).expect_done().out;
    let home = data.join("register.sqlite").display().to_string();
    for words in [&from, &home, "The old file is kept as ", "register moved "] {
        assert!(said.contains(words), "no “{words}” in {said}");
    }
    assert_eq!(at(&["list", "--json"]).expect_done().out, list);
    at(&["check"]).expect_done();
    at(&["move-home"]).expect_refused(&["the register is already at"]);
    at(&["--register", &from, "list"]).expect_refused(&["does not exist"]);
    at(&["rate", "1.1", "red"]).expect_done();
    let kept = fs::read_dir(desk.path("OneDrive - Board")).unwrap().next().unwrap().unwrap().path();
    at(&["--register", kept.to_str().unwrap(), "move-home"]).expect_refused(&["there is another register at", "merge"]);
}

#[test]
fn an_erasure_names_the_old_file_that_a_move_left_in_another_folder() {
    let desk = Desk::empty();
    fs::create_dir(desk.path("OneDrive")).unwrap();
    let from = desk.path("OneDrive").join("board.sqlite").display().to_string();
    let at = |arguments: &[&str]| {
        let mut command = desk.command(arguments);
        command.env("ARISING_DATA", desk.path("data")).env_remove("ARISING_REGISTER");
        crate::kit::desk::Said::from(command.output().unwrap())
    };
    at(&["--register", &from, "import", &fixture("adult-m.txt")]).expect_done();
    at(&["--register", &from, "progress", "1.1", "Philomena Hartwright rang."]).expect_done();
    at(&["--register", &from, "backup"]).expect_done();
    at(&["--register", &from, "move-home"]).expect_done();
    let kept = fs::read_dir(desk.path("OneDrive")).unwrap().next().unwrap().unwrap().path();
    let erase = ["erase", "--words", "Philomena Hartwright", "--ground", "Request of 3 Nov", "--yes"];
    let said = at(&erase).expect_done().out;
    assert!(said.contains("still hold the words") && said.contains(&kept.display().to_string()), "{said}");
    assert!(said.contains("board-"), "and the backups made under its old name: {said}");
    at(&["progress", "1.1", "Philomena Hartwright rang again."]).expect_done();
    at(&[&erase[..], &["--backups"]].concat()).expect_done();
    assert!(kept.exists(), "it does not hold the new words");
    let all = ["erase", "1.1", "--ground", "Request of 3 Nov", "--yes", "--backups"];
    assert!(at(&all).expect_done().out.contains("Removed"));
    assert!(!kept.exists());
    at(&["check"]).expect_done();
}
