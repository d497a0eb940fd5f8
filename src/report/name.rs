//! A suggested file name for a report: "minutes-ops-2026-11-21.docx".

use super::document::Document;

/// Built from its kind, its subject and its date; for minutes, the date of the meeting.
pub fn file_name(report: &str, filter: &str, document: &Document, format: &str) -> String {
    let meeting = |key: &str| document.data.as_ref()?.get("meeting")?.get(key)?.as_str().map(ToOwned::to_owned);
    let subject = meeting("body").unwrap_or_else(|| subject(report, filter));
    let day = meeting("date").unwrap_or_else(|| document.day.to_string());
    let copy = document.data.as_ref().and_then(|data| data.get("copy")?.as_str()).filter(|copy| *copy == "chair");
    let copy = copy.map(|_| "chairs-copy".to_owned()).unwrap_or_default();
    let parts = [report.to_owned(), copy, plain(&subject), day];
    let stem = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    format!("{stem}.{format}")
}

/// The plan or party named by a filter. An agency's form is named after the agency: forms of one plan lie in one folder.
fn subject(report: &str, filter: &str) -> String {
    let plan = ["plan:"].iter();
    let parties = ["party:", "lead:", "via:"].iter();
    let mut terms = if report == "agency" { parties.chain(plan) } else { plan.chain(parties) };
    let found = terms.find_map(|term| filter.split_once(term)).map(|(_, rest)| rest);
    let rest = found.unwrap_or("");
    let end = |rest: &str| rest.find(' ').map_or(rest.len(), |at| at);
    match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next().unwrap_or("").to_owned(),
        None => rest.get(..end(rest)).unwrap_or("").to_owned(),
    }
}

fn plain(words: &str) -> String {
    let words = words.to_lowercase();
    let parts = words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    #[test]
    fn a_file_name_gives_the_report_its_subject_and_its_date() {
        let mut document = Document::new("Minutes", NaiveDate::from_ymd_opt(2026, 11, 22).unwrap());
        assert_eq!(file_name("plan", "plan:adult-c -rating:green", &document, "docx"), "plan-adult-c-2026-11-22.docx");
        let asked = "party:\"Sussex Police\" overdue";
        assert_eq!(file_name("agency", asked, &document, "xlsx"), "agency-sussex-police-2026-11-22.xlsx");
        let asked = "plan:adult-c party:CFT";
        assert_eq!(file_name("agency", asked, &document, "docx"), "agency-cft-2026-11-22.docx");
        assert_eq!(file_name("overdue", "", &document, "md"), "overdue-2026-11-22.md");
        document.data = Some(serde_json::json!({ "meeting": { "body": "OPS", "date": "2026-11-21" } }));
        assert_eq!(file_name("minutes", "", &document, "docx"), "minutes-ops-2026-11-21.docx");
    }
}
