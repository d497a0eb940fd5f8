//! A program on a stick: a file beside it keeps the register, backups and settings there.

use std::fs;

use crate::kit::desk::Desk;

#[test]
fn a_file_beside_the_program_keeps_everything_there() {
    let desk = Desk::empty();
    let stick = desk.folder().join("stick");
    fs::create_dir(&stick).unwrap();
    let program = stick.join(if cfg!(windows) { "arising.exe" } else { "arising" });
    fs::copy(env!("CARGO_BIN_EXE_arising"), &program).unwrap();
    fs::write(stick.join("arising-portable.txt"), "").unwrap();
    let run = |arguments: &[&str]| {
        let mut command = desk.command_of(&program, arguments);
        command.env_remove("ARISING_REGISTER").env_remove("ARISING_DATA").output().unwrap()
    };
    assert!(run(&["init"]).status.success());
    assert!(stick.join("arising-data/register.sqlite").is_file());
    assert!(run(&["backup"]).status.success());
    let kept: Vec<_> = fs::read_dir(desk.folder()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(kept, ["stick"], "nothing is kept anywhere else");
}
