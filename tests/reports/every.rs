//! What holds for every report: the same numbers, the same bytes, and files that are written whole.

use arising::domain::outline::Outline;

use super::*;
use crate::kit::published;
use crate::kit::snapshot::snapshot;

#[test]
fn the_same_report_is_the_same_bytes() {
    let desk = met();
    for report in REPORTS {
        for format in FORMATS {
            let make = || bytes(&desk, report.name, format.name, &options());
            assert!(make() == make(), "{} as {}", report.name, format.name);
        }
    }
}

#[test]
fn a_report_that_does_not_read_the_log_is_the_same_without_it() {
    let desk = met();
    let (register, today) = (desk.register(), env().today);
    let options = options();
    for report in REPORTS.iter().filter(|report| !report.reads_log(&options)) {
        let asked = if report.name == "agency" { "party:ACC" } else { "" };
        let filter = Filter::parse(asked, register, today).unwrap();
        let without = Material { register, log: &[], told: &[], today, filter: &filter, options: &options };
        assert!(report.document(&without).unwrap() == document(&desk, report.name, asked, &options), "{}", report.name);
    }
}

/// Compares what each report counts with what the register holds.
fn counts_the_same(desk: &Desk) {
    let (register, today) = (desk.register(), env().today);
    let all: Vec<&Action> = register.visible_actions().collect();
    let tally = query::tally(register, all.iter().copied().map(Outline::of), today, None);
    let done = all.iter().filter(|action| query::is_done(register, action)).count();
    assert_eq!(document(desk, "plan", "", &options()).actions.len(), tally.actions);
    assert_eq!(document(desk, "overdue", "", &options()).actions.len(), tally.overdue);
    let exceptions = document(desk, "exceptions", "", &options()).data.unwrap();
    let count = |part: &str| usize::try_from(exceptions[part]["count"].as_u64().unwrap()).unwrap();
    assert_eq!((count("live"), count("outstanding")), (tally.actions - done, tally.overdue));
    let dashboard: serde_json::Value = serde_json::from_str(&text(desk, "dashboard", "json")).unwrap();
    let blocks = dashboard["blocks"].as_array().unwrap().iter();
    let by_plan = blocks.filter_map(|block| block["rows"].as_array()).find(|rows| rows[0].get("Plan").is_some());
    let own = by_plan.unwrap().iter().filter(|row| row["Plan"] != "All plans");
    let sum =
        |column: &str| own.clone().map(|row| row[column].as_str().unwrap().parse::<usize>().unwrap()).sum::<usize>();
    assert_eq!((sum("Actions"), sum("Overdue")), (tally.actions, tally.overdue));
    let annual = rows(&document(desk, "annual", "", &options()));
    let sum = |column: usize| {
        annual.iter().filter(|row| row.len() == 7).map(|row| row[column].parse::<usize>().unwrap()).sum::<usize>()
    };
    assert_eq!((sum(3), sum(4), sum(5)), (tally.actions, done, tally.overdue));
}

#[test]
fn every_report_counts_the_same() {
    counts_the_same(&demo());
    counts_the_same(&two_plans());
}

#[test]
fn every_report_of_a_published_plan_counts_the_same() {
    for name in ["adult-c.docx", "dhrs4.docx"] {
        let Some(bytes) = published::bytes(name) else { continue };
        counts_the_same(&read_back(name, &bytes));
    }
}

#[test]
fn plain_text_fits_a_hundred_columns() {
    let desk = met();
    for report in REPORTS {
        for line in text(&desk, report.name, "txt").lines() {
            assert!(arising::text::width(line) <= 100, "{}: {line}", report.name);
        }
    }
}

#[test]
fn every_report_reads_as_it_should() {
    let desk = met();
    snapshot("reports", "report_minutes", &text(&desk, "minutes", "txt"));
    snapshot("reports", "report_overdue", &text(&desk, "overdue", "txt"));
    snapshot("reports", "report_exceptions", &text(&desk, "exceptions", "md"));
    snapshot("reports", "report_dashboard", &text(&desk, "dashboard", "txt"));
    snapshot("reports", "report_annual", &text(&desk, "annual", "csv"));
    snapshot("reports", "report_agency", &text(&desk, "agency", "csv"));
    snapshot("reports", "report_audit", &text(&desk, "audit", "txt"));
    snapshot("reports", "report_plan", &text(&desk, "plan", "md"));
}

#[test]
fn the_command_writes_whole_files_and_says_why_it_cannot() {
    let desk = crate::kit::desk::Desk::with_plans();
    let said = desk.run(&["report", "plan", "--format", "docx"]);
    assert!(said.code == 1 && said.err.contains("-o FILE"), "{said:?}");
    let said = desk.run(&["report", "plan", "--format", "docx", "-o", "missing/plan.docx"]);
    assert!(said.code == 1 && said.err.contains("there is no folder missing"), "{said:?}");
    std::fs::write(desk.path("plan.docx"), "old").unwrap();
    desk.run(&["report", "plan", "--format", "docx", "-o", "plan.docx"]).expect_done();
    assert!(std::fs::read(desk.path("plan.docx")).unwrap().starts_with(b"PK"));
    let said = desk.run(&["report", "agency"]);
    assert!(said.code == 1 && said.err.contains("party:NAME"), "{said:?}");
    let (listed, reported) =
        (desk.json(&["list", "overdue", "--json"]), desk.json(&["report", "overdue", "--format", "json"]));
    assert_eq!(listed.as_array().unwrap().len(), reported.as_array().unwrap().len());
}

#[cfg(unix)]
#[test]
fn a_report_keeps_its_permissions_and_what_cannot_be_written_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;
    let desk = crate::kit::desk::Desk::with_plans();
    let write = |name: &str| desk.run(&["report", "overdue", "--format", "txt", "-o", name]);
    let mode = |name: &str| std::fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777;
    write("new.txt").expect_done();
    std::fs::set_permissions(desk.path("new.txt"), std::fs::Permissions::from_mode(0o640)).unwrap();
    write("new.txt").expect_done();
    assert_eq!(mode("new.txt"), 0o640);
    std::fs::write(desk.path("old.txt"), "old").unwrap();
    std::fs::set_permissions(desk.path("old.txt"), std::fs::Permissions::from_mode(0o444)).unwrap();
    let said = write("old.txt");
    assert!(said.code == 1 && said.err.contains("read-only"), "{said:?}");
    std::fs::create_dir(desk.path("folder")).unwrap();
    assert!(write("folder").err.contains("it is a folder"));
    std::fs::write(desk.path("open.txt"), "old").unwrap();
    std::fs::write(desk.path(".~lock.open.txt#"), "").unwrap();
    assert!(write("open.txt").err.contains("open in another program"));
    for name in ["old.txt", "open.txt"] {
        assert_eq!(std::fs::read_to_string(desk.path(name)).unwrap(), "old");
    }
}
