//! Later versions of a plan take nothing away that they do not speak of.

use serde_json::Value;

use crate::kit::desk::Desk;

const FIRST: &str = "No,Action,Lead,Target date,Status\n\
1,Count the beach huts,Harbour Office,31/03/2027,Open\n\
2,Paint the pier rail,Pier Trust,30/04/2027,Open\n\
3,Circulate the notes of the third meeting,Clerk,31/01/2027,Completed\n\
4,Mend the slipway lamp,Pier Trust,31/05/2027,Open\n";

fn import(desk: &Desk, name: &str, rows: &str, more: &[&str]) -> String {
    std::fs::write(desk.path(name), rows).unwrap();
    desk.run(&[&["import", name], more].concat()).expect_done().out
}

fn board() -> Desk {
    let desk = Desk::empty();
    import(&desk, "huts-april.csv", FIRST, &[]);
    desk
}

/// Number, lead, target and rating of every action.
fn all(desk: &Desk) -> Vec<String> {
    let list = desk.json(&["list", "--json"]);
    let row = |action: &Value| {
        let lead = action["leads"][0]["party"].as_str().or(action["leads"][0]["name"].as_str()).unwrap_or("none");
        let target = action["targets"][0]["raw"].as_str().unwrap_or("none");
        format!(
            "{} {lead} {target} {}",
            action["ref"].as_str().unwrap(),
            action["rating"]["word"].as_str().unwrap_or("none")
        )
    };
    list.as_array().unwrap().iter().map(row).collect()
}

#[test]
fn a_column_that_the_document_lacks_says_nothing() {
    let desk = board();
    let rows = "No,Action,Status\n1,Count the beach huts,Open\n2,Paint the pier rail,Complete\n3,Circulate the notes of the third meeting,Completed\n4,Mend the slipway lamp,Open\n";
    let before = all(&desk);
    let said = import(&desk, "huts-may.csv", rows, &[]);
    assert!(
        said.contains("4 of its 4 actions are already in plan huts-april: imported as its later version"),
        "{said}"
    );
    let now = all(&desk);
    assert_eq!(now[1], before[1].replace("Open", "Complete"));
    assert_eq!((&now[0], &now[2], &now[3]), (&before[0], &before[2], &before[3]));
}

#[test]
fn an_empty_cell_is_shown_and_changes_nothing() {
    let desk = board();
    let before = all(&desk);
    let said = import(&desk, "huts-may.csv", &FIRST.replace("Pier Trust,30/04/2027,Open", ",,"), &[]);
    assert!(
        said.contains("2 lead: in the register “Pier Trust”, in the document “” (empty in the document, so kept)"),
        "{said}"
    );
    assert!(said.contains("2 target: in the register “30/04/2027”"), "{said}");
    assert_eq!(all(&desk), before);
}

#[test]
fn what_is_gone_is_named_and_marked_until_it_comes_back() {
    let desk = board();
    let without = FIRST.lines().filter(|line| !line.starts_with("2,")).collect::<Vec<_>>().join("\n");
    let said = import(&desk, "huts-may.csv", &without, &[]);
    assert!(said.contains("no longer in huts-may.csv: 2 Paint the pier rail"), "{said}");
    assert_eq!(desk.references(&["gone"]), ["2"]);
    assert!(desk.run(&["show", "2"]).expect_done().out.contains("no longer in huts-may.csv"));
    let said = desk.run(&["withdraw", "2"]).expect_done().out;
    assert!(said.contains("saved: 2 withdrawn: no longer in huts-may.csv"), "{said}");
    assert_eq!(desk.references(&["gone"]), Vec::<String>::new());
    desk.run(&["undo"]).expect_done();
    assert_eq!(desk.references(&["gone"]), ["2"]);
    assert!(desk.run(&["withdraw", "1"]).err.contains("there is no reason"));
    import(&desk, "huts-june.csv", FIRST, &[]);
    assert_eq!(desk.references(&["gone"]), Vec::<String>::new());
    import(&desk, "huts-july.csv", &without, &[]);
    desk.run(&["undo"]).expect_done();
    assert_eq!(desk.references(&["gone"]), Vec::<String>::new(), "undo takes the mark back");
}

#[test]
fn done_work_never_opens_again_by_rewording() {
    let desk = board();
    let rows = FIRST.replace("third meeting,Clerk,31/01/2027,Completed", "fourth meeting,Clerk,31/07/2027,New");
    let said = import(&desk, "huts-may.csv", &rows, &[]);
    assert!(said.contains("no longer in huts-may.csv: 3 Circulate the notes of the third meeting"), "{said}");
    let (third, fourth) = (desk.action("3"), desk.action("3b"));
    assert_eq!(
        (&third["text"], &third["rating"]["word"]),
        (&"Circulate the notes of the third meeting".into(), &"Completed".into())
    );
    assert_eq!(
        (&fourth["text"], &fourth["rating"]["word"]),
        (&"Circulate the notes of the fourth meeting".into(), &"New".into())
    );
    assert!(fourth["flags"][0]["why"].as_str().unwrap().contains("another action here is 3"), "{fourth}");
    assert_eq!(desk.references(&["gone"]), Vec::<String>::new(), "what is done may leave the paper");
}

#[test]
fn a_plan_under_another_name_is_found_before_anything_is_saved() {
    let desk = board();
    import(&desk, "Huts FINAL v3.csv", FIRST, &[]);
    assert_eq!(desk.json(&["plans", "--json"]).as_array().unwrap().len(), 1);
    import(&desk, "other.csv", FIRST, &["--new"]);
    assert_eq!(desk.json(&["plans", "--json"]).as_array().unwrap().len(), 2);
}

#[test]
fn half_a_match_is_asked_about_and_nothing_is_written() {
    let desk = board();
    let rows = "No,Action,Lead,Status\n1,Count the beach huts,Harbour Office,Open\n2,Paint the pier rail,Pier Trust,Open\n8,Buy a boat,Clerk,Open\n9,Teach children to swim,Clerk,Open\n";
    std::fs::write(desk.path("mixed.csv"), rows).unwrap();
    desk.run(&["import", "mixed.csv"]).expect_refused(&["2 of its 4 actions", "--plan huts-april", "--new"]);
    assert_eq!(desk.references(&[]), ["1", "2", "3", "4"]);
}

/// Five versions, with changes made here between them: renumbered, reworded, moved, with other columns.
#[test]
fn a_series_of_versions_loses_nothing_that_the_board_wrote() {
    let desk = board();
    let versions = [
        "No,Action,Status\n1,Count the beach huts,Open\n2,Paint the pier rail,Open\n4,Mend the slipway lamp,Open\n5,Label the lifebelts,Open\n",
        "Ref,Action,Owner,Status\n1,Count all of the beach huts,Harbour Office,Open\n2,Paint the pier rail,,Open\n4,Mend the slipway lamp,Pier Trust,Completed\n5,Label the lifebelts,Clerk,Open\n",
        "No,Action,Lead,Target date\n5,Label the lifebelts,Clerk,30/06/2027\n1,Count all of the beach huts,Harbour Office,30/06/2027\n2,Paint the pier rail,Pier Trust,\n",
        "No,Action,Lead,Target date,Status\n1,Count all of the beach huts,Harbour Office,30/06/2027,Completed\n2,Paint the pier rail,Pier Trust,30/04/2027,Open\n5,Label the lifebelts,Clerk,30/06/2027,Open\n6,Count the lifebelts,Clerk,31/08/2027,Open\n",
    ];
    desk.run(&["progress", "1", "Forty huts counted so far"]).expect_done();
    desk.run(&["rate", "2", "Completed"]).expect_done();
    desk.run(&["lead", "4", "Fire Service", "--new"]).expect_done();
    for (at, rows) in versions.iter().enumerate() {
        import(&desk, &format!("huts-{at}.csv"), rows, &[]);
        assert_eq!(desk.json(&["plans", "--json"]).as_array().unwrap().len(), 1, "version {at}");
        assert_eq!(desk.action("1")["progress"][0]["text"], Value::from("Forty huts counted so far"), "version {at}");
        assert_eq!(desk.action("2")["rating"]["word"], Value::from("Completed"), "version {at}");
        assert!(all(&desk)[3].starts_with("4 Fire Service 31/05/2027"), "version {at}: {:?}", all(&desk));
        assert!(all(&desk).iter().all(|row| !row.contains(" none ") || row.starts_with("5 ")), "{:?}", all(&desk));
    }
    assert_eq!(desk.references(&[]), ["1", "2", "3", "4", "5", "6"]);
    assert_eq!(desk.action("1")["text"], Value::from("Count all of the beach huts"));
}

#[test]
fn the_heading_tells_two_actions_apart_that_say_the_same() {
    let desk = Desk::empty();
    let rows = "Action,Owner,Status\nBeach huts,,\nCirculate the notes,Clerk,Open\nCount the keys,Clerk,Open\nPier rail,,\nCirculate the notes,Clerk,Open\nCount the planks,Clerk,Open\n";
    import(&desk, "pier.csv", rows, &[]);
    let rows = "Action,Owner,Status\nPier rail,,\nCirculate the notes,Clerk,Completed\nCount the planks,Clerk,Open\nBeach huts,,\nCount the keys,Clerk,Open\n";
    import(&desk, "pier-may.csv", rows, &["--plan", "pier"]);
    let rated: Vec<String> = all(&desk).iter().map(|row| row.rsplit(' ').next().unwrap().to_owned()).collect();
    assert_eq!(rated, ["Open", "Open", "Completed", "Open"]);
    assert_eq!(desk.references(&["gone"]), ["1"]);
}

#[test]
fn the_next_of_a_kind_is_a_new_action() {
    let desk = Desk::empty();
    let rows = "Action,Owner,Status\nCirculate the notes of the May meeting,Clerk,Open\nPaint the pier rail,Pier Trust,Open\nCount the beach huts twice,Clerk,Open\n";
    import(&desk, "pier.csv", rows, &[]);
    import(&desk, "pier-june.csv", &rows.replace("May", "June").replace("twice", "three times"), &["--plan", "pier"]);
    let texts: Vec<Value> =
        ["1", "2", "3", "4"].iter().map(|reference| desk.action(reference)["text"].clone()).collect();
    assert_eq!(
        texts,
        [
            "Circulate the notes of the May meeting",
            "Paint the pier rail",
            "Count the beach huts three times",
            "Circulate the notes of the June meeting"
        ]
    );
    assert_eq!(desk.references(&["gone"]), ["1"]);
}
