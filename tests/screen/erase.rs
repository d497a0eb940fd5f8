//! Erasing on the screen: chosen, grounded, asked twice, and gone.

use crate::kit::folder::Folder;
use crate::kit::headless::Headless;
use arising::desk::Desk;
use arising::store::Access;

const WORDS: &str = "Philomena rang in tears";

#[test]
fn an_entry_is_erased_after_its_ground_and_a_second_question() {
    let folder = Folder::new();
    folder.create().append(crate::kit::folder::two_actions(), &crate::kit::folder::stamp()).unwrap();
    let desk = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    let mut app = Headless::over(desk, (120, 30));
    app.press("j p").type_text(WORDS).press("Enter");
    app.press(":").type_text("erase words").press("Enter");
    app.see("Erase what?").see(WORDS).see("Every text about").see("Some words, wherever they stand");
    app.press("Enter");
    app.see("for ever: on what ground?");
    app.press("Enter");
    app.see("an erasure needs its ground");
    app.type_text("Request of 3 Nov").press("Enter");
    app.see("Nothing brings back a progress entry of").see("Keep it").see("Erase it for ever");
    app.press("Enter");
    app.see("on what ground?");
    assert!(!app.log().last().unwrap().contains("erased"), "kept, at the second question");
    app.press("Enter Down Enter");
    app.see("Erased a progress entry of").see("[erased]").not_see(WORDS).not_see("on what ground?");
    assert!(app.log().last().unwrap().contains("erased: a progress entry of"), "{:?}", app.log());
    let bytes = std::fs::read(folder.register()).unwrap();
    assert!(memchr::memmem::find(&bytes, WORDS.as_bytes()).is_none());
    app.press("u");
    app.not_see(WORDS);
}

#[test]
fn words_are_erased_wherever_they_stand() {
    let folder = Folder::new();
    folder.create().append(crate::kit::folder::two_actions(), &crate::kit::folder::stamp()).unwrap();
    let desk = Desk::open_in(&folder.register(), Access::ReadWrite, &folder.places()).unwrap();
    let mut app = Headless::over(desk, (120, 30));
    app.press("p").type_text("Seen by Philomena Hartwright.").press("Enter");
    app.press("j p").type_text("Philomena Hartwright agreed.").press("Enter");
    app.press(":").type_text("erase words").press("Enter").type_text("wherever").press("Enter");
    app.type_text("Philomena Hartwright").press("Tab").type_text("Request of 3 Nov").press("Enter Down Enter");
    app.see("Erased some words wherever they stood, in 2 changes").see("[erased] agreed.");
    let bytes = std::fs::read(folder.register()).unwrap();
    assert!(memchr::memmem::find(&bytes, b"Hartwright").is_none(), "not in a draft of the form either");
}
