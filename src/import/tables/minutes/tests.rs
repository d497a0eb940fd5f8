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

/// The place, the text and the leads of the actions of a document that have a doubt about where they were found.
fn beside(text: &str) -> Vec<(String, String, String)> {
    let draft = crate::import::read("minutes.md", text.as_bytes(), &crate::import::Options::default()).unwrap();
    let is_beside = |why: &str| why.starts_with("this is in the text beside the table of actions (");
    let of_prose =
        draft.all_actions().map(|(_, action)| action).filter(|action| action.source.place.starts_with("para"));
    let found = of_prose.map(|action| {
        assert_eq!(action.flags.iter().filter(|flag| is_beside(&flag.why)).count(), 1, "{:?}", action.flags);
        let leads: Vec<&str> = action.leads.iter().map(|lead| lead.raw.as_str()).collect();
        (action.source.place.clone(), action.text.clone(), leads.join("; "))
    });
    found.collect()
}

const TABLE: &str = "\n| No | Action | Lead | Target date |\n|---|---|---|---|\n\
    | 1 | Review the key register with the caretakers | KM | 30 June 2026 |\n\
    | 2 | Circulate the rota to all volunteers | TS | 30 April 2026 |\n\n";

#[test]
fn labelled_lines_beside_a_table_of_actions_are_read_where_no_row_says_the_same() {
    let text = format!(
        "# Minutes of the hall committee\n\nAction: TS to circulate the rota to all the volunteers by 30 April 2026.\n\n\
         The boiler was discussed.\n\nACTION 3: KM to ask the plumber for a price.\n{TABLE}Action i): All to note the dates.\n\n\
         Action – TS: Send the deposit to the printers\n\nACTION 3: KM to ask the plumber for a price.\n\nAction: none\n"
    );
    let found = beside(&text);
    let said: Vec<(&str, &str)> = found.iter().map(|(_, text, lead)| (text.as_str(), lead.as_str())).collect();
    let wanted = [
        ("KM to ask the plumber for a price.", "KM"),
        ("All to note the dates.", "All"),
        ("Send the deposit to the printers", "TS"),
    ];
    assert_eq!(said, wanted);
    assert_eq!(found[0].0, "paragraph 4");
}

#[test]
fn lists_and_leads_below_a_label_beside_a_table_are_read_and_prose_is_not() {
    let text = format!(
        "{TABLE}Actions:\n\n- Order more cups\n- Ask for a spade\n\nThe day ended with tea.\n\n- KM to rest\n\nAction: Mend the gate\n\nLead: TS\n"
    );
    let said: Vec<(String, String)> = beside(&text).into_iter().map(|(_, text, lead)| (text, lead)).collect();
    let wanted = [("Order more cups", ""), ("Ask for a spade", ""), ("Mend the gate", "TS")];
    assert_eq!(said, wanted.map(|(text, lead)| (text.to_owned(), lead.to_owned())));
    for prose in [
        "The committee will review the action: plan in May.",
        "Action: what needs to be done",
        "Action: see the table above",
        "Action 2: this was completed in March",
        "Action 2: Nearly there by the end of March",
        "Action 7: Completed at the end of March",
        "Action: Describe the action to be taken",
        "Actions from 3 June",
    ] {
        assert_eq!(beside(&format!("{TABLE}{prose}\n")), [], "{prose}");
    }
}

/// Each action of a labelled text: its number, its text, its leads and its progress.
fn plan(text: &str) -> Vec<[String; 4]> {
    let draft = crate::import::read("plan.txt", text.as_bytes(), &crate::import::Options::default()).unwrap();
    let said = |(_, action): (_, &crate::domain::draft::DraftAction)| {
        let leads: Vec<&str> = action.leads.iter().map(|lead| lead.raw.as_str()).collect();
        let progress: Vec<&str> = action.progress.iter().map(|entry| entry.text.as_str()).collect();
        [action.number.clone().unwrap_or_default(), action.text.clone(), leads.join(" + "), progress.join(" + ")]
    };
    draft.all_actions().map(said).collect()
}

#[test]
fn a_labelled_line_belongs_to_the_action_above_it_with_all_its_words() {
    let text = "Action plan: SAR Olive\n\nAction 1.1: Publish guidance on meetings\n\
                Lead: Adult Social Care; Lewmarsh Homes\nProgress: Draft written\n\n\
                Action 1.2: Newsletter\nLead: Police (Fenwick Homes)\nNotes: Sent. Lead: to be thanked\n\n\
                Action 1.3: Leaflets\nTimescale: May 2027\nUpdate: none\n";
    let wanted = [
        ["1.1", "Publish guidance on meetings", "Adult Social Care + Lewmarsh Homes", "Draft written"],
        ["1.2", "Newsletter", "Police (Fenwick Homes)", "Sent. Lead: to be thanked"],
        ["1.3", "Leaflets", "", ""],
    ];
    assert_eq!(plan(text), wanted);
}

#[test]
fn fields_of_an_action_may_be_items_share_a_line_or_go_on_in_the_next() {
    let text = "Action 1: Publish guidance\n- Owner: ICB | RAG: Red\n- Progress: Draft written\n  and sent round\n\
                Cost: £500\nComments: The board asked:\n- for pictures\n- for a summary\n\n\
                Action 2: Order a display for the\nfoyer by May\nUpdate: Ordered.\nIt comes in June.\nLead: Housing\n";
    let wanted = [
        [
            "1",
            "Publish guidance",
            "ICB",
            "Draft written and sent round + The board asked:\n• for pictures\n• for a summary",
        ],
        ["2", "Order a display for the foyer by May", "Housing", "Ordered.\nIt comes in June."],
    ];
    assert_eq!(plan(text), wanted);
}

#[test]
fn prose_with_a_colon_ends_what_is_about_an_action() {
    assert_eq!(
        read("Action: KM to ring the\nprinters by 3 May 2027\nThe chair said: all agreed\nStatus: noted"),
        [action("KM to ring the printers by 3 May 2027", "KM", "3 May 2027")]
    );
}

#[test]
fn a_lead_with_a_label_replaces_the_one_that_the_words_suggest() {
    let text = "Action 1: Publish guidance (Policy Subgroup)\nLead: Housing\n";
    assert_eq!(plan(text), [["1", "Publish guidance (Policy Subgroup)", "Housing", ""]]);
}

#[test]
fn a_short_heading_of_a_recommendation_has_its_actions() {
    let text = "Rec 1 - Raise awareness\n  Action: Hold a week of events\n  Owner: ICB\n\n\
                Rec 2 - Improve referral\n  Action: Visit the practices\n  Notes: No capacity. To be escalated.\n";
    let draft = crate::import::read("plan.txt", text.as_bytes(), &crate::import::Options::default()).unwrap();
    let found: Vec<(&str, &str, usize)> =
        draft.recommendations.iter().map(|rec| (rec.number.as_str(), rec.text.as_str(), rec.actions.len())).collect();
    assert_eq!(found, [("1", "Raise awareness", 1), ("2", "Improve referral", 1)]);
    assert_eq!(draft.recommendations[1].actions[0].progress[0].text, "No capacity. To be escalated.");
    assert!(draft.notes.is_empty(), "{:?}", draft.notes);
}

#[test]
fn the_number_of_an_action_may_stand_on_a_line_of_its_own() {
    let text = "Recommendation One: Share what is known of risk.\n\nAction 1.1\nSet up a group to\nshare data.\nLead: Police\n\n\
                Action 1.2:\nWrite an agreement.\nLead: Housing\n\n\
                R2 – The board should ask for assurance.\n\nAction 2.1\nSurvey practitioners.\nLead: SAB\n";
    let draft = crate::import::read("plan.txt", text.as_bytes(), &crate::import::Options::default()).unwrap();
    let found: Vec<(&str, usize)> =
        draft.recommendations.iter().map(|rec| (rec.text.as_str(), rec.actions.len())).collect();
    assert_eq!(found, [("Share what is known of risk.", 2), ("The board should ask for assurance.", 1)]);
    let wanted = [
        ["1.1", "Set up a group to share data.", "Police", ""],
        ["1.2", "Write an agreement.", "Housing", ""],
        ["2.1", "Survey practitioners.", "SAB", ""],
    ];
    assert_eq!(plan(text), wanted);
    assert_eq!(plan("Action 3:\n• Write to all\n• Ring the printers\n").len(), 2, "a list below its label");
}
