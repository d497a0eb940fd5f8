//! The pack for a meeting: how each item stands, and what only the chair's copy says.

use arising::report::Readers;

use super::*;

/// The demonstration after a meeting, with an extension asked for, a challenge dismissed and a doubt settled since.
fn busy() -> Desk {
    let mut desk = met();
    let today = env().today;
    let challenged: Vec<(Id, String)> = desk
        .register()
        .visible_actions()
        .filter_map(|action| Some((action.id, query::challenges(desk.register(), action, today).first()?.clone())))
        .collect();
    let (action, challenge) = challenged[0].clone();
    act(&mut desk, &Intent::Dismiss { action, challenge, reason: "Seen in May".into() });
    let item = super::action(desk.register(), "2.1");
    act(&mut desk, &Intent::Progress { action: item, date: None, text: "The lawyers have answered".into(), by: None });
    desk
}

fn of(readers: Readers) -> Options {
    Options { readers, ..options() }
}

/// Every sentence that is for the chair alone.
fn for_chair(desk: &Desk) -> Vec<String> {
    let register = desk.register();
    let challenges = register.visible_actions().flat_map(|action| query::challenges(register, action, env().today));
    let dismissed =
        register.visible_actions().flat_map(|action| action.dismissed().iter().map(|one| one.challenge.clone()));
    let flags = register.visible_actions().flat_map(|action| action.flags().iter().map(|flag| flag.why.clone()));
    challenges.chain(dismissed).chain(flags).collect()
}

fn plain(bytes: &[u8]) -> String {
    super::unpacked(bytes).split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[test]
fn nothing_of_what_the_chair_may_ask_is_in_the_members_copy() {
    for mut desk in [busy(), two_plans()] {
        let items: Vec<Id> = desk.register().visible_actions().map(|action| action.id).collect();
        let begin = Begin {
            body: PartyChoice::New("POS".into()),
            day: env().today,
            chair: "Ann Other".into(),
            attendance: Vec::new(),
            agenda: Agenda { rules: vec![AgendaRule::Overdue, AgendaRule::Challenged], items, of: None },
            next: None,
        };
        act(&mut desk, &Intent::BeginMeeting(begin));
        let all = for_chair(&desk);
        assert!(all.len() >= 3, "{all:?}");
        for format in FORMATS.iter().filter(|format| format.name != "ics") {
            let members = plain(&bytes(&desk, "pack", format.name, &of(Readers::Members)));
            let chair = plain(&bytes(&desk, "pack", format.name, &of(Readers::Chair)));
            for sentence in all.iter().map(|sentence| sentence.split_whitespace().collect::<Vec<_>>().join(" ")) {
                assert!(!members.contains(&sentence.to_lowercase()), "{}: “{sentence}”", format.name);
            }
            for word in ["challeng", "doubt", "dismissed", "for the chair", "for_chair"] {
                assert!(!members.contains(word), "“{word}” in the members' {}", format.name);
            }
            assert!(chair.contains("for the chair") || chair.contains("for_chair"), "{}", format.name);
        }
        let chair = text_as(&desk, "pack", "json", &of(Readers::Chair));
        let chair: serde_json::Value = serde_json::from_str(&chair).unwrap();
        let asked: usize =
            chair["items"].as_array().unwrap().iter().map(|item| item["for_chair"].as_array().unwrap().len()).sum();
        assert!(asked > 0, "the chair's copy has them");
    }
}

#[test]
fn the_pack_says_of_each_item_how_it_stands_what_was_decided_and_what_has_changed() {
    let desk = busy();
    let pack = text_as(&desk, "pack", "md", &of(Readers::Members));
    assert!(pack.starts_with("# Meeting pack: POS, 21 Nov 2026\n"), "{pack}");
    let (_, item) = pack.split_once("Action 2.1\n").expect("2.1 is on the agenda");
    let item = item.split("\n## ").next().unwrap();
    for words in
        ["31 Oct 2026, 21 days late", "Bo Less to write to the lawyers (POS, 21 Nov 2026)", "The lawyers have answered"]
    {
        assert!(item.contains(words), "no “{words}” in {item}");
    }
    assert!(item.contains("Since the last meeting"), "{item}");
    // What was not reached is on it, with why.
    assert!(pack.contains("carried once since 21 Nov 2026"), "{pack}");
    let filtered = document(&desk, "pack", "ref:2.1", &of(Readers::Members));
    assert_eq!(filtered.actions.len(), 1);
}

#[test]
fn the_pack_of_a_meeting_that_is_open_has_its_agenda_and_a_body_without_one_its_usual_agenda() {
    let mut desk = demo();
    let items: Vec<Id> = ["1.2", "2.1"].iter().map(|one| action(desk.register(), one)).collect();
    let begin = Begin {
        body: PartyChoice::New("POS".into()),
        day: env().today,
        chair: "Ann Other".into(),
        attendance: Vec::new(),
        agenda: Agenda { rules: vec![AgendaRule::Challenged], items: items.clone(), of: None },
        next: None,
    };
    act(&mut desk, &Intent::BeginMeeting(begin));
    assert_eq!(document(&desk, "pack", "", &of(Readers::Members)).actions, items);
    desk.undo(&env()).unwrap();
    let of_body = Options { meeting: "POS".into(), ..of(Readers::Members) };
    let usual = document(&desk, "pack", "", &of_body);
    assert!(usual.title.contains("POS") && usual.actions.len() > 2, "{}", usual.title);
}

#[test]
fn the_copy_is_chosen_on_the_command_line_and_its_file_says_whose_it_is() {
    let desk = crate::kit::desk::Desk::with_plans();
    let pack = desk.run(&["report", "pack", "plan:adult-m"]).expect_done().out;
    let chair = desk.run(&["report", "pack", "plan:adult-m", "--copy", "chair"]).expect_done().out;
    assert!(chair.contains("For the chair only") && !pack.to_lowercase().contains("for the chair"), "{pack}");
    assert_eq!(desk.run(&["report", "pack", "--copy", "nobody"]).code, 2);
    desk.run(&["report", "pack", "--meeting", "Nobody at All"]).expect_refused(&["is not the name of a body"]);
    let demo = busy();
    let name = |readers| report::file_name("pack", "", &document(&demo, "pack", "", &of(readers)), "docx");
    assert_eq!(name(Readers::Members), "pack-pos-2026-11-21.docx");
    assert_eq!(name(Readers::Chair), "pack-chairs-copy-pos-2026-11-21.docx");
}
