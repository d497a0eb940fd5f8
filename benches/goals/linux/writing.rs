//! Rows 5 and 10: importing documents, and a report of a whole plan.

use std::fs;
use std::path::PathBuf;

use super::documents::{csv, plan, xlsx};
use super::ledger::{Ledger, median};
use super::place::{Place, Register, published};

/// Adds the same 200 rows three times, as plans of their own.
pub fn more_rows(place: &Place, register: &Register, ledger: &mut Ledger) {
    let name = register.size.name;
    let bytes = csv(&plan(200));
    let taken = ["a", "b", "c"].map(|which| {
        let document = place.path(&format!("more-{name}-{which}.csv"));
        fs::write(&document, &bytes).expect("a document");
        place.run(&register.file, &["import", "--new", &document.to_string_lossy()])
    });
    let taken = median(&taken);
    ledger.tell(&format!("5:rows {name}"), taken, "whole process".into());
    if let Some(least) = ledger.figure("5:rows 1k").filter(|_| name != "1k") {
        ledger.ratio(&format!("5:rows {name} ratio"), (taken, least), "ms");
    }
}

/// The rows of a large document: half of what the program allows.
const IN_DOCUMENT: usize = 10_000;

/// Imports of 10,000 and 100,000 rows, each with one command into a register of its own: one document and ten, because a document
/// holds at most 20,000 rows.
pub fn large_imports(place: &Place, ledger: &mut Ledger) {
    if !place.has("100k") {
        return;
    }
    let rows = plan(10 * IN_DOCUMENT);
    let (header, rows) = rows.split_first().expect("a header");
    let documents: Vec<String> = (1..)
        .zip(rows.chunks(IN_DOCUMENT))
        .map(|(which, rows)| {
            let document = place.path(&format!("large-{which:02}.csv"));
            fs::write(&document, csv(&[std::slice::from_ref(header), rows].concat())).expect("a document");
            document.to_string_lossy().into_owned()
        })
        .collect();
    let [(less, _), (more, peak)] = [1, 10].map(|count| {
        let file = place.path(&format!("import-{count}.sqlite"));
        let arguments: Vec<&str> =
            ["import", "--new"].into_iter().chain(documents.iter().take(count).map(String::as_str)).collect();
        let imported = place.run_and_peak(&file, &arguments);
        fs::remove_file(&file).expect("a register");
        imported
    });
    ledger.ratio("5:import", (more, less), "ms");
    ledger.tell("5:import peak", peak, "VmHWM of the largest process; ten documents in one command".into());
}

pub fn documents(place: &Place, ledger: &mut Ledger) {
    for name in ["adult-c.pdf", "dhrs4.pdf"] {
        let key = format!("10:{name}");
        let Some(document) = published(name) else {
            ledger.skip(&key, "skipped: no real plan");
            continue;
        };
        let taken = [0; 7].map(|_| place.run(&fresh(place), &["import", &document.to_string_lossy()]));
        ledger.tell(&key, median(&taken), "whole process, new register".into());
    }
}

pub fn workbook(place: &Place, ledger: &mut Ledger) {
    let document = place.path("workbook.xlsx");
    fs::write(&document, xlsx(&plan(10_000))).expect("a workbook");
    let arguments = ["import", &document.to_string_lossy()];
    let taken = [0; 3].map(|_| place.run(&fresh(place), &arguments));
    ledger.tell("10:workbook", median(&taken), "whole process, new register".into());
    let (_, peak) = place.run_and_peak(&fresh(place), &arguments);
    ledger.tell("10:workbook peak", peak, "VmHWM of the largest process".into());
}

pub fn report(place: &Place, ledger: &mut Ledger) {
    let (file, paper) = (place.made("reported", 1_000, 0), place.path("plan.docx"));
    place.attempt(&file, &["rate", "1.1", "red"]);
    let arguments = ["report", "plan", "--format", "docx", "-o", &paper.to_string_lossy()];
    let taken = [0; 5].map(|_| {
        fs::remove_file(&paper).ok();
        place.run(&file, &arguments)
    });
    ledger.tell("10:report", median(&taken), "whole process".into());
}

/// Where a register is not yet.
fn fresh(place: &Place) -> PathBuf {
    let file = place.path("import.sqlite");
    fs::remove_file(&file).ok();
    file
}
