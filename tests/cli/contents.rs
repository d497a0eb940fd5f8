//! Columns are read by what stands in them: yes and no, month-first dates, status words, actions under another name.

use serde_json::Value;

use crate::kit::desk::Desk;

fn import(desk: &Desk, name: &str, rows: &str, more: &[&str]) -> String {
    std::fs::write(desk.path(name), rows).unwrap();
    desk.run(&[&["import", name], more].concat()).expect_done().out.replace("\n  ", " ")
}

/// Of every action its text, its first target in days, its rating and its progress.
fn all(desk: &Desk) -> Vec<String> {
    let list = desk.json(&["list", "--json"]);
    let words = |value: &Value| value.as_str().unwrap_or("none").to_owned();
    let row = |action: &Value| {
        let entries: Vec<String> =
            action["progress"].as_array().unwrap().iter().map(|entry| words(&entry["text"])).collect();
        let target = words(&action["targets"][0]["last"]);
        format!("{} | {target} | {} | {}", words(&action["text"]), words(&action["rating"]["word"]), entries.join("; "))
    };
    list.as_array().unwrap().iter().map(row).collect()
}

#[test]
fn a_column_of_yes_and_no_is_asked_about_once_and_remembered() {
    for (heading, yes, no) in [
        ("Complete?", "Yes", "No"),
        ("Done", "☒", "☐"),
        ("Action completed", "✔", ""),
        ("Closed (Y/N)", "y", "n"),
        ("Finished", "TRUE", "FALSE"),
        ("% complete", "100%", "0%"),
        ("Achieved", "☒ Yes ☐ No", "☐ Yes ☒ No"),
    ] {
        let desk = Desk::empty();
        let rows = format!(
            "Action,Lead,Due date,{heading}\nSweep the boat yard,Marsh Port,31/03/2020,{yes}\nOil the lock gate,Marsh Port,31/03/2020,{no}\n"
        );
        let said = import(&desk, "yard.csv", &rows, &[]);
        let asked = format!("“{heading}” is read as done or not done: 1 action is done and rated Green");
        assert!(said.contains(&asked), "{said}");
        assert_eq!(
            all(&desk),
            ["Sweep the boat yard | 2020-03-31 | Green | ", "Oil the lock gate | 2020-03-31 | none | "],
            "{heading}"
        );
        assert_eq!(desk.references(&["overdue"]), ["2"], "{heading}");
        let said = import(&desk, "yard-2.csv", &rows, &["--new", "--map", &format!("{heading}=done")]);
        assert!(!said.contains("in doubt"), "{said}");
        let said = import(&desk, "yard-3.csv", &rows, &["--new"]);
        assert!(!said.contains("in doubt"), "the answer is remembered: {said}");
    }
}

#[test]
fn what_stands_beside_yes_and_no_is_kept() {
    let desk = Desk::empty();
    let rows = "Action,Lead,Done\nSweep the boat yard,Marsh Port,\"Yes – swept on 3 May 2024\"\nOil the lock gate,Marsh Port,60%\nPaint the buoys,Marsh Port,In progress\nCoil the ropes,Marsh Port,No\nCount the oars,Marsh Port,x\n";
    import(&desk, "yard.csv", rows, &[]);
    assert_eq!(
        all(&desk),
        [
            "Sweep the boat yard | none | Complete | swept on 3 May 2024",
            "Oil the lock gate | none | none | 60% done",
            "Paint the buoys | none | In progress | ",
            "Coil the ropes | none | none | ",
            "Count the oars | none | Complete | ",
        ]
    );
}

#[test]
fn a_rating_that_says_otherwise_than_yes_is_a_doubt() {
    let desk = Desk::empty();
    let rows = "Action,Lead,RAG,Complete?\nSweep the boat yard,Marsh Port,Amber,Yes\nOil the lock gate,Marsh Port,Green,No\nPaint the buoys,Marsh Port,Green,Yes\n";
    let said = import(&desk, "yard.csv", rows, &[]);
    assert!(said.contains("1 rating: “Complete?” says that it is done, but the rating is Amber"), "{said}");
    assert!(said.contains("2 rating: “Complete?” says that it is not done, but the rating is Green"), "{said}");
    assert!(!said.contains("in doubt: 3"), "{said}");
}

#[test]
fn one_date_shows_the_order_of_its_column() {
    let rows = "Action,Lead,Due date\nSweep the boat yard,Marsh Port,12/31/2026\nOil the lock gate,Marsh Port,01/02/2027\nPaint the buoys,Marsh Port,3/4/27\n";
    let desk = Desk::empty();
    let said = import(&desk, "yard.csv", rows, &[]);
    assert!(
        said.contains("have the month first: 12/31/2026 can only be read that way, so 01/02/2027 is 2 Jan 2027"),
        "{said}"
    );
    assert_eq!(said.matches("in doubt").count(), 1, "{said}");
    let days =
        |desk: &Desk| all(desk).iter().map(|row| row.split(" | ").nth(1).unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(days(&desk), ["2026-12-31", "2027-01-02", "2027-03-04"]);
    assert_eq!(desk.action("2")["targets"][0]["raw"], "2 Jan 2027");
    let other = Desk::empty();
    let said = import(&other, "yard.csv", rows, &["--map", "Due date=target+day_first"]);
    assert!(said.contains("1 target: “12/31/2026” is not a date with the day first"), "{said}");
    assert_eq!(days(&other), ["none", "2027-02-01", "2027-04-03"]);
}

#[test]
fn a_day_that_a_spreadsheet_has_made_beside_month_first_dates_is_doubted() {
    let desk = Desk::empty();
    let rows =
        "Action,Lead,Due date\nSweep the boat yard,Marsh Port,12/31/2026\nOil the lock gate,Marsh Port,1 Feb 2027\n";
    let said = import(&desk, "yard.csv", rows, &[]);
    assert!(said.contains("if a spreadsheet made 1 Feb 2027 of digits, its day and month may be exchanged"), "{said}");
    assert_eq!(desk.action("2")["targets"][0]["last"], "2027-02-01");
}

#[test]
fn dates_in_both_orders_are_a_doubt_and_the_day_comes_first() {
    let desk = Desk::empty();
    let rows = "Action,Lead,Due date\nSweep the boat yard,Marsh Port,12/31/2026\nOil the lock gate,Marsh Port,31/12/2026\nPaint the buoys,Marsh Port,01/02/2027\n";
    let said = import(&desk, "yard.csv", rows, &[]);
    assert!(said.contains("are in both orders (12/31/2026 and 31/12/2026)"), "{said}");
    assert_eq!(desk.action("3")["targets"][0]["last"], "2027-02-01");
}

#[test]
fn a_time_with_a_zone_is_its_day_in_the_united_kingdom() {
    let desk = Desk::empty();
    let rows = "Action,Lead,Due date\nSweep the boat yard,Marsh Port,2026-06-29T23:00:00Z\nOil the lock gate,Marsh Port,2026-12-31T00:00:00.000Z\nPaint the buoys,Marsh Port,2026-06-30T00:00:00+01:00\nCoil the ropes,Marsh Port,2026-10-25T00:30:00Z\n";
    import(&desk, "yard.csv", rows, &[]);
    let days: Vec<String> = all(&desk).iter().map(|row| row.split(" | ").nth(1).unwrap().to_owned()).collect();
    assert_eq!(days, ["2026-06-30", "2026-12-31", "2026-06-30", "2026-10-25"]);
}

#[test]
fn a_bare_month_is_the_first_since_the_action_was_raised() {
    let desk = Desk::empty();
    let rows = "Date raised,Action,Lead,Due date\n19/05/2025,Sweep the boat yard,Marsh Port,August\n19/05/2025,Oil the lock gate,Marsh Port,February\n";
    let said = import(&desk, "yard.csv", rows, &[]);
    assert!(said.contains("“August” has no year (table 1, row 2); perhaps August 2025"), "{said}");
    assert!(said.contains("“February” has no year (table 1, row 3); perhaps February 2026"), "{said}");
    let log = "# Action log as at 2 September 2025\n\n| Action | Lead | Due |\n|---|---|---|\n| Sweep the boat yard | Marsh Port | August |\n| Oil the lock gate | Marsh Port | November |\n";
    let said = import(&desk, "log.md", log, &["--new"]);
    assert!(said.contains("perhaps November 2025"), "{said}");
    assert!(said.contains("“August” has no year (table 1, row 2)") && !said.contains("perhaps August"), "{said}");
}

#[test]
fn a_list_whose_header_has_no_word_for_actions_is_read() {
    for (header, row, entry) in [
        (
            "Title,Assigned To,Due Date,Status,Comments",
            "Sweep the yard,Marsh Port,31/03/2027,Ongoing,Brooms are here",
            "Brooms are here",
        ),
        ("Commitment,Lead department(s)", "The port will sweep the yard,Marsh Port", ""),
        (
            "Recommendation,Response,Delivery timeline",
            "Recommendation 4: Sweep the yard,Agree. The port will sweep it.,Spring 2027",
            "Response: Agree. The port will sweep it.",
        ),
        (
            "Ref,Recommendation,Management response,Owner,Due date",
            "4,Sweep the yard,Partly agreed. The port will sweep it.,Marsh Port,May 2027",
            "Management response: Partly agreed. The port will sweep it.",
        ),
    ] {
        let desk = Desk::empty();
        let said = import(&desk, "list.csv", &format!("{header}\n{row}\n"), &[]);
        let is_told = |name: &str| said.contains(&format!("each entry under “{name}” is read as an action"));
        assert!(header.split(',').any(is_told), "{said}");
        let rows = all(&desk);
        assert!(rows[0].to_lowercase().contains("sweep the yard |"), "{rows:?}");
        assert!(rows[0].ends_with(&format!("| {entry}")), "{rows:?}");
        if row.contains('4') {
            assert_eq!(desk.references(&[]), ["4"], "{header}");
        }
    }
}

#[test]
fn status_words_are_the_rating_whatever_their_column_is_called() {
    let desk = Desk::empty();
    let rows = "Action,Owner,Progress,Progress note\nSweep the boat yard,Marsh Port,On track,3 brooms are bought\nOil the lock gate,Marsh Port,Complete,\nPaint the buoys,Marsh Port,Initial stages,Paint is ordered\n";
    import(&desk, "yard.csv", rows, &[]);
    let rows = all(&desk);
    assert!(rows[0].ends_with("On track | 3 brooms are bought"), "{rows:?}");
    assert!(rows[1].ends_with("Complete | "), "{rows:?}");
    let desk = Desk::empty();
    import(
        &desk,
        "yard.csv",
        "Action,Follow-up\nSweep the boat yard,Completed. It is clean.\nOil the lock gate,Ongoing\n",
        &[],
    );
    assert_eq!(
        all(&desk),
        ["Sweep the boat yard | none | Completed | Completed. It is clean.", "Oil the lock gate | none | Ongoing | "]
    );
}
