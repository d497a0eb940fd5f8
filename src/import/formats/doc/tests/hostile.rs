//! Files that are damaged, hostile, locked, or not Word documents at all.

use proptest::prelude::*;

use super::*;
use crate::import;

#[test]
fn locked_older_truncated_and_foreign_files_are_refused_in_a_sentence() {
    let why = |bytes: &[u8]| import::read("plan.doc", bytes, &import::Options::default()).unwrap_err();
    let streams = Sample::of(row(&["Action", "Lead"])).streams();
    let changed = |at: usize, value: u8| {
        let mut word = streams.word.clone();
        word[at] = value;
        Streams { word, table: streams.table.clone(), data: Vec::new() }.file()
    };
    let says = |bytes: &[u8], part: &str| assert!(why(bytes).to_string().contains(part), "{}", why(bytes));
    says(&changed(11, 0x13), "password-protected");
    says(&changed(0, 0xdc), "before 1997");
    says(&changed(2, 0x65), "before 1997");
    says(&changed(1, 0), "damaged");
    says(&compound(&[("/WordDocument", &streams.word)]), "damaged");
    let whole = streams.file();
    says(&whole[..whole.len() / 2], "save it as .docx");
    says(&whole[..600], ".docx");
    for (name, part) in [
        ("/PowerPoint Document", "presentation"),
        ("/__properties_version1.0", "no filled-in form"),
        ("/VisioDocument", "drawing"),
        ("/Contents", "older Office format"),
        ("/EncryptedPackage", "password"),
    ] {
        says(&compound(&[(name, b"x")]), part);
    }
}

#[test]
fn a_workbook_with_a_word_document_in_it_is_not_a_word_document() {
    let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
    file.create_storage("/MBD0001").unwrap();
    file.create_stream("/MBD0001/WordDocument").unwrap();
    file.create_stream("/Workbook").unwrap();
    let bytes = file.into_inner().into_inner();
    assert!(!is_one(&bytes));
    let problem = import::read("log.xls", &bytes, &import::Options::default()).unwrap_err();
    assert!(problem.to_string().contains("workbook"), "{problem}");
}

#[test]
fn a_plan_is_read_through_the_table_of_adapters_whatever_its_name() {
    let main = [row(&["Action", "Lead", "Target date"]), row(&["Write a policy", "ICB", "May 2027"])].concat();
    let bytes = Sample::of(main).file();
    for name in ["plan.doc", "plan.docx", "plan"] {
        let draft = import::read(name, &bytes, &import::Options::default()).unwrap();
        assert_eq!(draft.all_actions().count(), 1, "{name}");
    }
}

/// A document whose table of pieces names the same text again and again.
fn repeated(text: &str, times: usize) -> Vec<u8> {
    let mut sample = Sample::of([para(text)]);
    let length = text.len() + 1;
    let positions: Vec<usize> = (0..=times).map(|at| at * length).collect();
    let piece = [&[0, 0][..], &(0x1000_u32 | 0x4000_0000).to_le_bytes(), &[0, 0]].concat();
    let list = places(&positions, &vec![piece; times]);
    let table = [&[2], &u32::try_from(list.len()).unwrap().to_le_bytes()[..], &list].concat();
    sample.table = Some(table);
    sample.count = Some(times * length);
    sample.file()
}

#[test]
fn far_more_text_than_a_plan_has_is_refused() {
    let why = |bytes: &[u8]| read(bytes).unwrap_err().why;
    assert!(why(&repeated(&"x".repeat(50_000), 200)).contains("8 million characters"));
    assert!(why(&repeated(&"\r".repeat(50_000), 12)).contains("500,000"));
}

#[test]
fn a_table_of_sectors_that_names_one_a_million_times_is_refused() {
    let mut bytes = Sample::of([para("x")]).file();
    bytes.resize(512 * 2000, 0xff);
    // The rest of the file is a chain of lists, each of which names the first sector 127 times.
    let first = 100_u32;
    bytes[68..72].copy_from_slice(&first.to_le_bytes());
    for sector in first..1990 {
        let at = (sector as usize + 1) * 512;
        bytes[at..at + 508].fill(0);
        bytes[at + 508..at + 512].copy_from_slice(&(sector + 1).to_le_bytes());
    }
    assert!(!is_one(&bytes));
    assert!(read(&bytes).unwrap_err().why.contains("damaged"));
}

/// A document with a bit of everything.
fn everything() -> Sample {
    let level = [item(1, 0, "Plan"), item(2, 0, "point"), para("\u{13} DATE \u{14}May\u{15}\u{8}\u{5}Łódź")];
    let tracked = [para("a").run("b", &DELETED).mark('\r', &DELETED), para("").run("c", &HIDDEN), para("d").styled(1)];
    let inner = [inner("a", &[0x4b, 0x24, 1]), inner("", &[0x4c, 0x24, 1])];
    let table = [
        wide_row(&["1. Share", "Write", "ICB"], &[0, 2000, 4000, 6000], &[BEGINS_DOWN, 0, 0]),
        wide_row(&["", "Print"], &[0, 2000, 6000], &[GOES_ON, 0]),
        [&inner[..], &[cell("x"), row_end(&[0, 900, 1000], &[0, BESIDE]).with(&[0x09, 0xd6, 2, 0xc0, 0])]].concat(),
    ];
    let mut sample = Sample::of([&level[..], &tracked, &table.concat()].concat());
    sample.others = vec![
        other(Text::Footnotes, Part::FootnoteTexts, &["See annex."]),
        other(Text::Pages, Part::PageTexts, &["", "", "", "", "", "", "Head"]),
        other(Text::Comments, Part::CommentTexts, &["Why?"]),
        Other { record: vec![7; 22], ..other(Text::Boxes, Part::BoxTexts, &["boxed"]) },
    ];
    sample.parts = numbering();
    sample.parts.extend([styles(), (Part::Authors, words("A")), (Part::Shapes, places(&[25, 26], &[vec![7; 26]]))]);
    sample
}

/// Some bytes with a few of them changed.
fn flipped(bytes: &[u8], flips: &[(prop::sample::Index, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, value) in flips {
        let at = at.index(bytes.len());
        bytes[at] = *value;
    }
    bytes
}

fn flips(most: usize) -> impl Strategy<Value = Vec<(prop::sample::Index, u8)>> {
    let value = prop_oneof![any::<u8>(), Just(0), Just(1), Just(0x7f), Just(0xff)];
    prop::collection::vec((any::<prop::sample::Index>(), value), 0..most)
}

proptest! {
    #[test]
    fn a_damaged_file_is_read_or_refused(
        flips in flips(12),
        length in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = flipped(&everything().file(), &flips);
        if is_cut {
            bytes.truncate(length.index(bytes.len()));
        }
        if let Err(problem) = read(&bytes) {
            prop_assert!(!problem.why.is_empty());
        }
    }

    /// Damage inside the streams, within an intact container: in the header, the text and its properties, the parts.
    #[test]
    fn senseless_streams_are_read_or_refused(head in flips(3), word in flips(20), table in flips(20), data in flips(3)) {
        let mut streams = everything().streams();
        streams.data = flipped(&[9; 100], &data);
        let text = flipped(&streams.word[2048..], &word);
        streams.word = [&flipped(&streams.word[..0x600], &head), &[0; 0x200][..], &text].concat();
        streams.table = flipped(&streams.table, &table);
        if let Err(problem) = read(&streams.file()) {
            prop_assert!(!problem.why.is_empty());
        }
    }

    #[test]
    fn any_bytes_as_streams_are_read_or_refused(
        word in prop::collection::vec(any::<u8>(), 0..3000),
        table in prop::collection::vec(any::<u8>(), 0..600),
    ) {
        let mut whole = everything().streams();
        for (place, byte) in whole.word.iter_mut().skip(0x800).zip(&word) {
            *place = *byte;
        }
        let streams = Streams { word: whole.word, table, data: word };
        if let Err(problem) = read(&streams.file()) {
            prop_assert!(!problem.why.is_empty());
        }
    }
}
