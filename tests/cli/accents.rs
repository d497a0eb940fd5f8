//! Accents, however they are coded: what a Mac writes in two characters and Windows in one is the same name and word.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::kit::desk::Desk;

const PLAN: &str = "Ref,Recommendation,Action,Lead,Target date,RAG,Progress
1.1,Better café visits,Review the café policy,Cyngor Môn,31/03/2027,Amber,Siân Évans has begun
1.2,Better café visits,Ask the naïve question of Łukasz,Cyngor Môn,31/03/2027,Green,
1.3,Better café visits,Train the teams of the island,Cyngor Mon,31/03/2027,Amber,
";

/// The plan in both forms, and in a third whose first row says something else.
fn desk() -> Desk {
    let desk = Desk::empty();
    let decomposed: String = PLAN.nfd().collect();
    assert_ne!(decomposed, PLAN);
    std::fs::write(desk.path("composed.csv"), PLAN).unwrap();
    std::fs::write(desk.path("changed.csv"), decomposed.replacen("31/03/2027,Amber", "30/04/2027,Amber", 1)).unwrap();
    std::fs::write(desk.path("decomposed.csv"), decomposed).unwrap();
    desk
}

fn parties(desk: &Desk) -> Vec<String> {
    let parties = desk.json(&["parties", "--json"]);
    parties.as_array().unwrap().iter().map(|party| party["name"].as_str().unwrap().to_owned()).collect()
}

fn counts(said: &Value) -> [u64; 3] {
    ["new", "same", "differs"].map(|key| said[key].as_u64().unwrap())
}

#[test]
fn a_document_is_the_same_however_its_accents_are_coded() {
    for (first, second) in [("composed.csv", "decomposed.csv"), ("decomposed.csv", "composed.csv")] {
        let desk = desk();
        desk.run(&["import", "--plan", "island", first]).expect_done();
        let before = std::fs::read(desk.register()).unwrap();
        let again = desk.json(&["import", "--json", "--plan", "island", second]);
        assert_eq!(counts(&again), [0, 3, 0], "{again}");
        assert_eq!(std::fs::read(desk.register()).unwrap(), before, "not one byte of the register changed");
        let later = desk.json(&["import", "--json", "--plan", "island", "changed.csv"]);
        assert_eq!(counts(&later), [0, 2, 1], "{later}");
        assert_eq!(desk.action("1.1")["targets"][0]["raw"], "30/04/2027");
    }
}

#[test]
fn a_party_is_one_however_its_accents_are_coded_and_another_without_them() {
    let desk = desk();
    desk.run(&["import", "--plan", "one", "composed.csv"]).expect_done();
    desk.run(&["import", "--plan", "two", "decomposed.csv"]).expect_done();
    assert_eq!(parties(&desk), ["Cyngor Mon", "Cyngor Môn"]);
    for name in ["Cyngor Môn", "Cyngor Mo\u{302}n"] {
        assert_eq!(desk.references(&[&format!("lead:\"{name}\"")]), ["1.1", "1.2", "1.1", "1.2"]);
    }
    assert_eq!(desk.references(&["lead:\"Cyngor Mon\""]), ["1.3", "1.3"]);
}

#[test]
fn a_search_ignores_accents() {
    for document in ["composed.csv", "decomposed.csv"] {
        let desk = desk();
        desk.run(&["import", "--plan", "island", document]).expect_done();
        for (words, found) in [
            ("\"cafe policy\"", &["1.1"][..]),
            ("\"café policy\"", &["1.1"]),
            ("\"cafe\u{301} policy\"", &["1.1"]),
            ("sian", &["1.1"]),
            ("NAÏVE", &["1.2"]),
            ("lukasz", &["1.2"]),
            ("\"cyngor mon\"", &["1.1", "1.2", "1.3"]),
        ] {
            assert_eq!(desk.references(&[words]), found, "{words} in {document}");
        }
    }
}

#[test]
fn a_mapping_is_remembered_however_the_accents_of_the_header_are_coded() {
    let desk = Desk::empty();
    let table = "Réf,Étape,Qui\n1,Write the policy,Police\n2,Train the staff,Police\n";
    std::fs::write(desk.path("first.csv"), table).unwrap();
    std::fs::write(desk.path("second.csv"), table.nfd().collect::<String>()).unwrap();
    desk.run(&["import", "first.csv", "--map", "Étape=action", "--map", "Qui=lead"]).expect_done();
    desk.run(&["import", "second.csv"]).expect_done();
    desk.run(&["import", "second.csv", "--plan", "third", "--map", "E\u{301}tape=action"]).expect_done();
    assert_eq!(desk.json(&["list", "--json", "plan:second"]).as_array().unwrap().len(), 2);
}
