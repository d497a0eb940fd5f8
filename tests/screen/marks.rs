//! Several actions marked, and rated, dated or reassigned in one go.

use crate::kit::headless::Headless;

/// The demonstration plan with three actions marked: 1.1, 1.2 and 2.1.
fn marked() -> Headless {
    let mut app = Headless::demo((120, 36));
    app.press("Home t j t j t");
    app
}

fn rating(app: &Headless, reference: &str) -> String {
    let register = app.stage.seat.desk.register();
    let action = register.visible_actions().find(|action| register.reference(action) == reference).expect("an action");
    action.rating().unwrap_or("not rated").to_owned()
}

fn leads(app: &Headless, reference: &str) -> Vec<String> {
    let register = app.stage.seat.desk.register();
    let action = register.visible_actions().find(|action| register.reference(action) == reference).expect("an action");
    action.leads().iter().map(|lead| register.party_name(lead.party).to_owned()).collect()
}

#[test]
fn marked_actions_are_rated_in_one_go_and_one_undo_takes_it_back() {
    let mut app = marked();
    let before = ["1.1", "1.2", "2.1"].map(|reference| rating(&app, reference));
    let changes = app.log().len();
    app.see("» 3 marked").see("»  1.1").see("3 actions marked: a rating goes to all of them, and so do d target");
    app.press("r").see("3 actions rated Red, saved").see("u undo").see("» 3 marked");
    assert_eq!(["1.1", "1.2", "2.1"].map(|reference| rating(&app, reference)), ["Red", "Red", "Red"]);
    assert_eq!(app.log().len(), changes + 3, "each action has its own line in the trail");
    app.press("u").see("undone: 3 actions rated Red, saved");
    assert_eq!(["1.1", "1.2", "2.1"].map(|reference| rating(&app, reference)), before);
    app.press("Esc").see("No action is marked any more").not_see("» 3 marked").not_see("»  1.1");
    app.press("r");
    assert_eq!(rating(&app, "1.1"), before[0], "only the selected action is changed again");
}

#[test]
fn what_is_refused_is_named_action_by_action_and_the_rest_is_done() {
    let mut app = Headless::demo((120, 36));
    app.press("Home r t j t j t");
    app.press("r").see("2 actions rated Red, saved").see("1 not changed: 1.1 is already Red");
    app.press("r").see("Nothing was changed: 1.1 is already Red; 1.2 is already Red; 2.1 is already Red");
}

#[test]
fn a_mark_that_the_filter_hides_is_kept_and_not_acted_on() {
    let mut app = marked();
    let hidden = rating(&app, "2.1");
    app.press("/").type_text("family").press("Enter");
    let shown = app.stage.model.screen.walk().unwrap().marked_shown().len();
    assert!(shown < 3, "{}", app.screen());
    app.press("Backspace F").type_text("rec:1").press("Enter").see("» 3 marked, 1 of them not shown");
    app.press("r").see("2 actions rated Red, saved").see("1 action marked but not shown: not changed");
    assert_eq!(rating(&app, "2.1"), hidden);
    app.press("d").see("Target of 2 marked actions; 1 more marked but not shown stay as they are");
    app.press("Esc Backspace").see("» 3 marked").not_see("of them not shown");
}

#[test]
fn one_form_gives_all_marked_actions_their_target() {
    let mut app = marked();
    app.press("d").see("Target of 3 marked actions");
    app.type_text("31 mar 2027").press("Enter").see("Why is it moved?");
    app.type_text("The contract is late").press("Enter");
    app.see("target of 3 actions moved to 31 mar 2027 (The contract is late), saved");
    let late = app.log().iter().rev().take(3).filter(|line| line.contains("31 mar 2027")).count();
    assert_eq!(late, 3, "{:?}", app.log());
    app.press("u").see("undone: target of 3 actions moved to 31 mar 2027");
}

#[test]
fn one_form_gives_all_marked_actions_their_leads_and_an_empty_one_takes_none_away() {
    let mut app = marked();
    let before = ["1.1", "1.2", "2.1"].map(|reference| leads(&app, reference));
    app.press("o").see("Leads of 3 marked actions");
    app.press("Enter").see("Type what all the marked actions get");
    assert_eq!(["1.1", "1.2", "2.1"].map(|reference| leads(&app, reference)), before);
    app.type_text("Harbour Trust").press("Enter Enter Enter").see("3 actions now led by Harbour Trust, saved");
    assert!(["1.1", "1.2", "2.1"].iter().all(|reference| leads(&app, reference) == ["Harbour Trust"]));
    let parties = app.stage.seat.desk.register().parties.iter().filter(|party| party.name() == "Harbour Trust").count();
    assert_eq!(parties, 1, "a new party is added once for all of them");
    app.press("u").see("undone: 3 actions now led by Harbour Trust");
    assert_eq!(["1.1", "1.2", "2.1"].map(|reference| leads(&app, reference)), before);
}

#[test]
fn the_subgroup_of_all_that_are_shown_is_changed_with_three_keys() {
    let mut app = Headless::demo((120, 36));
    app.press("F").type_text("rec:1").press("Enter *").see("» 2 marked");
    app.press("v").see("Subgroup overseeing 2 marked actions");
    app.press("Backspace Backspace").type_text("qas").press("Enter Enter");
    app.see("2 actions now overseen by QAS, saved");
}

#[test]
fn the_card_changes_only_the_action_that_it_shows() {
    let mut app = marked();
    let others = ["1.1", "1.2"].map(|reference| rating(&app, reference));
    app.press("z r").see("2.1").see("saved");
    assert_eq!(["1.1", "1.2"].map(|reference| rating(&app, reference)), others);
    assert_eq!(rating(&app, "2.1"), "Red");
    app.press("Esc").see("» 3 marked");
}
