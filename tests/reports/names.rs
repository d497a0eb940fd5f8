//! Reports without the names of people.

use super::*;

#[test]
fn names_of_people_leave_a_redacted_report_and_posts_stay() {
    let redacted = bytes(&met(), "minutes", "txt", &Options { names: Names::Redacted, ..options() });
    let redacted = String::from_utf8(redacted).unwrap();
    assert!(!redacted.contains("Ann Other") && !redacted.contains("Bo Less"), "{redacted}");
    assert!(redacted.contains("A.O.") && redacted.contains("B.L. to write to the lawyers"), "{redacted}");
}

/// Every text in a file, whatever it is packed in.
fn all_text(bytes: &[u8]) -> String {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else {
        return String::from_utf8_lossy(bytes).into_owned();
    };
    let mut all = String::new();
    for at in 0..zip.len() {
        let mut content = Vec::new();
        zip.by_index(at).unwrap().read_to_end(&mut content).unwrap();
        all.push_str(&String::from_utf8_lossy(&content));
    }
    all
}

#[test]
fn no_report_in_any_format_names_a_person_when_names_are_redacted() {
    let mut desk = met();
    let action = action(desk.register(), "2.1");
    let by = Some("Cy Less".to_owned());
    act(&mut desk, &Intent::Progress { action, date: None, text: "Ann Other saw it; so did Mr Less".into(), by });
    let leads = vec![PartyChoice::New("Dee Marsh (ACC)".into()), PartyChoice::New("Head of Care (ACC)".into())];
    act(&mut desk, &Intent::Assign { action, leads });
    let written = Env { author: "Eve Writer".into(), ..env() };
    desk.write(&Intent::Rate { action, rating: Some("Red".into()), note: Some("for Eve Writer".into()) }, &written)
        .unwrap();
    let names = ["Ann Other", "Bo Less", "Cy Less", "Mr Less", "Dee Marsh", "Eve Writer"];
    let shown = Options { names: Names::Shown, ..options() };
    let redacted = Options { names: Names::Redacted, ..options() };
    assert!(names.iter().all(|name| all_text(&bytes(&desk, "plan", "txt", &shown)).contains(name)
        || all_text(&bytes(&desk, "audit", "txt", &shown)).contains(name)
        || all_text(&bytes(&desk, "minutes", "txt", &shown)).contains(name)));
    for report in REPORTS {
        for format in FORMATS {
            let text = all_text(&bytes(&desk, report.name, format.name, &redacted));
            for name in names {
                assert!(
                    !text.to_lowercase().contains(&name.to_lowercase()),
                    "{name} in {} as {}",
                    report.name,
                    format.name
                );
            }
        }
    }
    let plan = text_as(&desk, "plan", "txt", &redacted);
    assert!(plan.contains("Head of Care (ACC)") && plan.contains("D.M.") && plan.contains("C.L."), "{plan}");
}
