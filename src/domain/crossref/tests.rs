use super::super::change::Cause;
use super::super::fixture::{Import, Log, Row};
use super::super::recommendation::Under;
use super::pointers;

/// A plan of recommendations 1 (two actions), 2 and 3 (one each), the last with this progress.
fn plan(progress: &str) -> Log {
    let mut import = Import::default();
    let plan = import.plan("x", None);
    let recs = ["1", "2", "3"].map(|number| import.rec(plan, number, "", Under::Nothing));
    let row = Row { progress: &[("", "Paper sent")], ..Row::default() };
    let [one, two, three] = recs;
    for rec in [one, one, two] {
        import.row(plan, rec, &row);
    }
    import.row(plan, three, &Row { progress: &[("", progress)], ..row });
    let mut log = Log::new();
    log.write(Cause::Import { file: "x.txt".into() }, import.ops);
    log
}

/// Each pointer of 3.1 with the references that it means.
fn pointed(progress: &str) -> Vec<(String, Vec<String>)> {
    let log = plan(progress);
    let register = &log.register;
    let reference = |id: &super::Id| register.reference(register.action(*id).unwrap());
    let found = pointers(register, register.action(log.action("3.1")).unwrap());
    found.iter().map(|pointer| (pointer.words.clone(), pointer.meant.iter().map(reference).collect())).collect()
}

#[test]
fn what_is_meant_is_found() {
    let cases: [(&str, &str, &[&str]); 9] = [
        ("As per recommendation 1.", "As per recommendation 1", &["1.1", "1.2"]),
        ("See 1.2", "See 1.2", &["1.2"]),
        ("please refer to action 2.1 for more", "please refer to action 2.1", &["2.1"]),
        ("See the update for Recs 1 and 2", "See the update for Recs 1 and 2", &["1.1", "1.2", "2.1"]),
        ("Covered under recommendations 1-2", "Covered under recommendations 1-2", &["1.1", "1.2", "2.1"]),
        ("See action 2", "See action 2", &["2.1"]),
        ("As above", "As above", &["2.1"]),
        ("To be met by the briefing as outlined above", "as outlined above", &["2.1"]),
        ("See rec. 2", "See rec. 2", &["2.1"]),
    ];
    for (text, words, meant) in cases {
        let wanted = (words.to_owned(), meant.iter().map(|one| (*one).to_owned()).collect());
        assert_eq!(pointed(text), [wanted], "{text}");
    }
}

#[test]
fn an_unclear_reference_stays_unclear() {
    for text in [
        "See recommendation 1 of DHR 17",
        "See recommendation 9",
        "See recommendations 1 and 9",
        "The form was sent. As above it was seen",
        "See action 1",
        "See recommendation 3",
    ] {
        let found = pointed(text);
        assert_eq!(found.len(), 1, "{text}");
        assert!(found[0].1.is_empty(), "{text}: {found:?}");
    }
    for text in
        ["DHR 17 recommendation 1 covers this", "We see 3 people a week", "Seen in 2021", "As per plan", "See 2021"]
    {
        assert_eq!(pointed(text), [], "{text}");
    }
}

#[test]
fn as_above_is_followed_to_where_something_is_said() {
    let mut import = Import::default();
    let plan = import.plan("x", None);
    let rec = import.rec(plan, "1", "", Under::Nothing);
    for progress in ["Paper sent", "As above", "As above."] {
        import.row(plan, rec, &Row { progress: &[("", progress)], ..Row::default() });
    }
    let mut log = Log::new();
    log.write(Cause::Import { file: "x.txt".into() }, import.ops);
    let found = pointers(&log.register, log.register.action(log.action("1.3")).unwrap());
    assert_eq!(found[0].meant, [log.action("1.1")]);
}
