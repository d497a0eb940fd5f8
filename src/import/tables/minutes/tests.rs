//! Lines of minutes that are actions, and those that are not.

use super::*;
use crate::import::table::{Row, Table};

fn read(text: &str) -> Vec<(String, String, String)> {
    let blocks = text.lines().map(|line| Block::Paragraph(line.to_owned())).collect();
    let document = Document { blocks, ..Document::default() };
    let (rows, used) = actions(&document, &Vocabulary::built_in().unwrap());
    assert!(used.len() >= rows.len());
    assert!(rows.iter().all(|row| row.flags.len() == 1));
    rows.iter().map(|row| (row.text(Role::Action), row.text(Role::Lead), row.text(Role::Target))).collect()
}

fn action(text: &str, lead: &str, target: &str) -> (String, String, String) {
    (text.into(), lead.into(), target.into())
}

#[test]
fn lines_that_say_action_are_actions() {
    assert_eq!(
        read(
            "The group talked.\nAction: The Board Manager to write to all by 31 March 2024.\nAction: none\nAction 3 (JT): ask for data"
        ),
        [
            action("The Board Manager to write to all by 31 March 2024.", "Board Manager", "31 March 2024"),
            action("ask for data", "JT", ""),
        ]
    );
    assert_eq!(
        read("The chair will ask the trust for its data.\nAction: JT/PS\nThe plan was noted. [Action: All]"),
        [action("The chair will ask the trust for its data.", "JT; PS", ""), action("The plan was noted.", "All", "")]
    );
    assert_eq!(
        read("Actions:\n1. Review the protocol by next meeting\n2. Share the leaflet\nNext meeting\nWrite soon"),
        [action("Review the protocol by next meeting", "", "next meeting"), action("Share the leaflet", "", "")]
    );
    assert_eq!(
        read("Action: Update the form\nLead: Westmarsh Police\nBy when: May 2024"),
        [action("Update the form", "Westmarsh Police", "May 2024")]
    );
}

#[test]
fn prose_without_actions_has_none() {
    for text in [
        "Dear all,\nPlease find attached the plan.",
        "Action log – update: noted",
        "The action: plan was discussed",
        "1. Welcome\n2. Apologies\n3. Action plan",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn each_spelling_of_who_does_it_is_read() {
    let leads = |text: &str| read(text).into_iter().map(|(_, lead, _)| lead).collect::<Vec<_>>();
    let text = "Action i): KM to polish the brass.\nAction ii): A second key is to be cut. (TS)\n\
                **Action** (PH): ring the printers\nAction – Treasurer: pay the bill\nAll: thanked the hosts\n\
                ACTION 3: Ines and Marek to water the plants\nAction for KM: ring the printers\nAction: All to note the dates";
    assert_eq!(leads(text), ["KM", "TS", "PH", "Treasurer", "Ines; Marek", "KM", "All"]);
    let present =
        "Present: Kit Moss (KM), Ada Lunn, Tess Oram\nAction: KM to ring the printers\nAction: AL and TO to pay";
    assert_eq!(leads(present), ["Kit Moss (KM)", "Ada Lunn (AL); Tess Oram (TO)"]);
}

#[test]
fn a_list_ends_where_its_marks_do() {
    let text = "Actions: for Treasurer\n• Pay the bill for\nthe hall\n• Ring the printers\n\
                The group will review the rota.\nMembers to send in their views was the wish of all.";
    assert_eq!(
        read(text),
        [action("Pay the bill for the hall", "Treasurer", ""), action("Ring the printers", "Treasurer", "")]
    );
    let text = "Actions:\nKM:\n• Pay the bill\nTS:\n• Ring the printers\n6. Any other business\n7. Send thanks to all";
    assert_eq!(read(text), [action("Pay the bill", "KM", ""), action("Ring the printers", "TS", "")]);
}

#[test]
fn rows_of_one_column_below_a_title_of_actions_are_actions_under_their_heading() {
    let table = |rows: &[&str]| {
        let rows = rows.iter().map(|row| Row::new([*row])).collect();
        Block::Table(Table { rows, ..Table::default() })
    };
    let line = |text: &str| Block::Paragraph(text.to_owned());
    let blocks = vec![
        table(&["Ada Lunn of the mill"]),
        line("Action Log – 3rd May 2027"),
        line("Kitchen"),
        table(&["Order more of the blue cups", "Hang up the rota"]),
        line("Garden"),
        table(&["Ask for a new spade"]),
    ];
    let document = Document { blocks, ..Document::default() };
    let (rows, _) = actions(&document, &Vocabulary::built_in().unwrap());
    let found: Vec<_> =
        rows.iter().map(|row| (row.text(Role::Action), row.heading.clone().unwrap_or_default())).collect();
    let wanted = [
        ("Order more of the blue cups", "Kitchen"),
        ("Hang up the rota", "Kitchen"),
        ("Ask for a new spade", "Garden"),
    ];
    assert_eq!(found, wanted.map(|(text, heading)| (text.to_owned(), heading.to_owned())));
}

#[test]
fn items_below_a_title_of_actions_are_actions_in_plain_text_too() {
    let text = "Actions from 3 June\nKitchen\n- Order more cups\n- Hang up the rota\nGarden\n- Ask for a spade\nThe day ended with tea.\n- Tea\n";
    let found: Vec<String> = read(text).into_iter().map(|(text, ..)| text).collect();
    assert_eq!(found, ["Order more cups", "Hang up the rota", "Ask for a spade"]);
}

#[test]
fn lettered_items_and_leads_with_a_label_are_read() {
    let text = "Present: Kit Moss (KM)\nAction: Buy rope. Lead: KM\nActions:\na) Ring the printers\nb) KM to pay\nThe day was long.";
    let wanted = [
        action("Buy rope. Lead: KM", "Kit Moss (KM)", ""),
        action("Ring the printers", "", ""),
        action("KM to pay", "Kit Moss (KM)", ""),
    ];
    assert_eq!(read(text), wanted);
}
