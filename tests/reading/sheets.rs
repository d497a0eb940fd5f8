//! One fictional plan in every format that a table can be saved in, and the drafts read from it.

use arising::domain::draft::Draft;
use arising::domain::flag::Source;
use arising::import::{Options, read};
use chrono::NaiveDate;

const ROWS: [[&str; 5]; 4] = [
    ["Recommendation", "Action", "Lead", "Target date", "RAG"],
    ["1. Staff are trained in listening.", "Write the course; then hold it, twice.", "HR", "31 Mar 2026", "Green"],
    ["", "Ask those who took part.", "Riverside Council", "Oct 2026", "Amber"],
    ["2. Records are shared.", "Agree a form, and use it.", "HR / Riverside Council", "Ongoing", "Red"],
];

fn draft(name: &str, bytes: &[u8]) -> Draft {
    let options = Options { today: NaiveDate::from_ymd_opt(2026, 9, 12).unwrap(), ..Options::default() };
    let mut draft = read(name, bytes, &options).unwrap();
    draft.file.clear();
    for rec in &mut draft.recommendations {
        rec.source = Source::default();
        for action in &mut rec.actions {
            action.source = Source::default();
        }
    }
    draft
}

fn separated(delimiter: &str) -> String {
    let quoted = |row: &[&str; 5]| row.map(|cell| format!("\"{cell}\"")).join(delimiter);
    let rows: Vec<String> = ROWS.iter().map(quoted).collect();
    format!("Riverside Review Action Plan\n\n{}\n", rows.join("\n"))
}

fn markdown() -> String {
    let line =
        |row: &[&str; 5]| format!("| {} |\n", row.map(|cell| format!("**{cell}**").replace("****", "")).join(" | "));
    let rows: String = ROWS[1..].iter().map(line).collect();
    format!("# Riverside Review Action Plan\n\n{}|---|---|---|---|---|\n{rows}", line(&ROWS[0]))
}

#[test]
fn a_plan_imports_the_same_from_every_format() {
    let wanted = draft("plan.csv", separated(",").as_bytes());
    assert_eq!(wanted.title, "Riverside Review Action Plan");
    let counts: Vec<usize> = wanted.recommendations.iter().map(|rec| rec.actions.len()).collect();
    assert_eq!(counts, [2, 1]);
    let first = &wanted.recommendations[0].actions;
    assert_eq!(
        (first[0].text.as_str(), first[0].rating.as_deref()),
        ("Write the course; then hold it, twice.", Some("Green"))
    );
    assert_eq!(first[1].targets[0].last(), NaiveDate::from_ymd_opt(2026, 10, 31));
    assert_eq!(wanted.recommendations[1].actions[0].leads.len(), 2);
    for (name, text) in [
        ("plan.csv", separated(";")),
        ("plan.tsv", separated("\t")),
        ("plan.psv", separated("|")),
        ("plan.md", markdown()),
        // The content decides, not the name.
        ("plan.xlsx", separated(",")),
        ("plan", separated(";")),
        ("plan.docx", markdown()),
    ] {
        assert_eq!(draft(name, text.as_bytes()), wanted, "{name}");
    }
}

#[test]
fn encodings_change_nothing() {
    let text = separated(",").replace("twice", "“twice” – at Siân’s café, £5");
    let wanted = draft("plan.csv", text.as_bytes());
    let western: Vec<u8> = text
        .chars()
        .map(|c| match c {
            '“' => 0x93,
            '”' => 0x94,
            '–' => 0x96,
            '’' => 0x92,
            other => u8::try_from(u32::from(other)).unwrap(),
        })
        .collect();
    let units = || text.encode_utf16();
    let le: Vec<u8> = [0xff, 0xfe].into_iter().chain(units().flat_map(u16::to_le_bytes)).collect();
    let be: Vec<u8> = [0xfe, 0xff].into_iter().chain(units().flat_map(u16::to_be_bytes)).collect();
    for bytes in [western, le, be, [b"\xef\xbb\xbf", text.as_bytes()].concat()] {
        assert_eq!(draft("plan.csv", &bytes), wanted);
    }
}

#[test]
fn a_long_preamble_does_not_hide_the_table() {
    let particulars: String = [
        "Plan,Riverside",
        "Chair,A. Person",
        "Board,Riverside",
        "Version,3",
        "Date,1 May 2026",
        "Status,Final",
        "Pages,2",
        "Copies,4",
    ]
    .map(|line| format!("{line}\n"))
    .concat();
    let text = separated(",").replacen("\n\n", &format!("\n{particulars}\n\n"), 1);
    let counts: Vec<usize> =
        draft("plan.csv", text.as_bytes()).recommendations.iter().map(|rec| rec.actions.len()).collect();
    assert_eq!(counts, [2, 1]);
}

fn run(args: &[&str]) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_arising")).args(args).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_list_exported_as_json_imports_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (plan, json, one, two) = (path("plan.csv"), path("list.json"), path("one.db"), path("two.db"));
    std::fs::write(&plan, separated(";")).unwrap();
    run(&["--register", &one, "import", &plan, "--plan", "riverside"]);
    let list = run(&["--register", &one, "list", "--json"]);
    assert!(list.contains("Write the course; then hold it, twice."), "{list}");
    std::fs::write(&json, &list).unwrap();
    run(&["--register", &two, "import", &json, "--plan", "riverside"]);
    assert_eq!(run(&["--register", &two, "list", "--json"]), list);
}

#[test]
fn a_row_that_counts_its_heading_is_no_second_header() {
    let head = "Finding,Recommendation,Action,Target date,Lead\n";
    let rows = "Finding 1,1. Agree one pathway.,Write the pathway.,Mar 2026,ACC\n\
                Finding 1,2. Agree another.,Name a lead professional.,Jun 2026,ACC\n\
                Finding 2,3. Lead by example.,Review progress and target dates.,Action 7,Lead 1\n";
    let marked =
        |text: &str| text.lines().map(|line| format!("| {} |\n", line.replace(',', " | "))).collect::<Vec<_>>();
    let (top, body) = (marked(head).concat(), marked(rows).concat());
    let markdown = format!("{top}|---|---|---|---|---|\n{body}");
    let paged = format!("{head}{rows}{head}{}", rows.replace("Finding", "Finding No."));
    for (name, text, wanted) in [
        ("plan.csv", format!("{head}{rows}"), 3),
        ("plan.md", markdown, 3),
        ("plan.tsv", format!("{head}{rows}").replace(',', "\t"), 3),
        ("paged.csv", paged, 6),
    ] {
        let draft = draft(name, text.as_bytes());
        let actions = draft.recommendations.iter().flat_map(|rec| &rec.actions).count();
        assert_eq!(actions, wanted, "{name}: {:?}", draft.tables);
        let columns: Vec<&str> = draft.tables[0].columns.iter().map(|column| column.header.as_str()).collect();
        assert_eq!(columns.join(","), head.trim_end(), "{name}");
    }
}

#[test]
fn the_demo_plan_reads_whole_as_a_table() {
    let plan = draft("riverside.csv", include_bytes!("../../assets/demo/riverside.csv"));
    assert_eq!(plan.recommendations.iter().flat_map(|rec| &rec.actions).count(), 24);
}
