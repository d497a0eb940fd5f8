//! Old Excel workbooks built here, record by record, and what is read from them.

use super::*;
use crate::import::formats::marks;

/// One record of an old Excel stream.
fn record(kind: u16, parts: &[&[u8]]) -> Vec<u8> {
    let data = parts.concat();
    [&kind.to_le_bytes()[..], &u16::try_from(data.len()).unwrap().to_le_bytes(), &data].concat()
}

fn short(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

fn label(row: u16, column: u16, text: &str) -> Vec<u8> {
    let length = u16::try_from(text.len()).unwrap();
    record(0x0204, &[&short(&[row, column, 0, length]), &[0], text.as_bytes()])
}

fn real(row: u16, column: u16, format: u16, value: f64) -> Vec<u8> {
    record(0x0203, &[&short(&[row, column, format]), &value.to_le_bytes()])
}

/// An old Excel workbook with one hidden sheet of these records.
fn xls(cells: &[u8]) -> Vec<u8> {
    xls_with(&[], cells)
}

/// The same with further records about the look of cells, after the formats 0 (plain) and 1 (a date).
fn xls_with(looks: &[u8], cells: &[u8]) -> Vec<u8> {
    let begin = |kind: u16| record(0x0809, &[&short(&[0x0600, kind, 0, 0, 0, 0, 0, 0])]);
    let format = |number: u16| record(0x00e0, &[&short(&[0, number]), &[0; 16]]);
    let end = record(0x000a, &[]);
    let start = [begin(5), format(0), format(14), looks.to_vec()].concat();
    let sheet = |at: u32| record(0x0085, &[&at.to_le_bytes(), &[1, 0, 4, 0], b"Plan"]);
    let length = start.len() + sheet(0).len() + end.len();
    let mut stream =
        [start, sheet(u32::try_from(length).unwrap()), end.clone(), begin(0x10), cells.to_vec(), end].concat();
    stream.resize(4096, 0);
    compound_file(&stream)
}

/// The file that holds a stream of eight sectors: header, sector table, directory, stream.
fn compound_file(stream: &[u8]) -> Vec<u8> {
    let (free, last) = (0xffff_ffff_u32, 0xffff_fffe_u32);
    let mut header = vec![0_u8; 76];
    header[..8].copy_from_slice(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1");
    header[24..34].copy_from_slice(&short(&[0x3e, 3, 0xfffe, 9, 6]));
    let words: [(usize, u32); 6] = [(44, 1), (48, 1), (56, 4096), (60, last), (64, 0), (68, last)];
    for (at, word) in words {
        header[at..at + 4].copy_from_slice(&word.to_le_bytes());
    }
    header.extend([0_u32].into_iter().chain(std::iter::repeat_n(free, 108)).flat_map(u32::to_le_bytes));
    let chain = [0xffff_fffd, last, 3, 4, 5, 6, 7, 8, 9, last];
    let table = chain.into_iter().chain(std::iter::repeat_n(free, 118)).flat_map(u32::to_le_bytes);
    let entry = |name: &str, kind: u8, child: u32, start: u32, size: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = u16::try_from(entry.len() + 2).unwrap();
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([free, free, child].into_iter().flat_map(u32::to_le_bytes));
        entry.resize(116, 0);
        entry.extend([start, size, 0].into_iter().flat_map(u32::to_le_bytes));
        entry
    };
    let directory = [entry("Root Entry", 5, 1, last, 0), entry("Workbook", 2, free, 2, 4096), vec![0; 256]].concat();
    [header, table.collect(), directory, stream.to_vec()].concat()
}

#[test]
fn an_old_workbook_gives_words_numbers_dates_and_merged_cells() {
    let cells = [
        label(1, 0, "Recommendation"),
        label(1, 1, "Action"),
        label(1, 2, "Due"),
        label(2, 0, "1. Train"),
        label(2, 1, "Write"),
        real(2, 2, 1, 45382.0),
        label(3, 1, "Call"),
        real(3, 2, 0, 7.0),
        record(0x00e5, &[&short(&[1, 2, 3, 0, 0])]),
    ];
    let book = xls(&cells.concat());
    let document = read(&book, None).unwrap();
    let table = document.tables().next().unwrap();
    assert_eq!(texts(table, 1), ["Recommendation", "Action", "Due"]);
    assert_eq!((texts(table, 2), texts(table, 3)), (vec!["1. Train", "Write", "31 Mar 2024"], vec!["", "Call", "7"]));
    assert!(table.rows[3].cells[0].is_merged);
    assert_eq!(document.notes, ["The sheet “Plan” is hidden; it was read too."]);
    for cut in [8, 600, 1500, 2000, book.len() - 3000] {
        assert!(read(&book[..cut], None).is_err(), "{cut}");
    }
}

#[test]
fn struck_through_cells_of_an_old_workbook_are_marked() {
    let font = |style: u16| record(0x0031, &[&short(&[200, style]), &[0; 12]]);
    // The fifth font has the number 5: there is no font 4.
    let looks = [font(0), font(0), font(0), font(0), font(0x0a), record(0x00e0, &[&short(&[5, 0]), &[0; 16]])].concat();
    let gone = record(0x0204, &[&short(&[1, 0, 2, 5]), &[0], b"Write"]);
    let book = xls_with(&looks, &[label(0, 0, "Action"), label(0, 1, "Lead"), gone, label(1, 1, "HR")].concat());
    assert_eq!(texts(&table(&book), 1), [marks::struck("Write").as_str(), "HR"]);
}

/// Numbers of each kind of record; the format 2 strikes through.
#[test]
fn struck_through_numbers_of_an_old_workbook_are_marked() {
    let font = |style: u16| record(0x0031, &[&short(&[200, style]), &[0; 12]]);
    let looks = [font(0), font(8), record(0x00e0, &[&short(&[1, 0]), &[0; 16]])].concat();
    let whole = |number: u32| (number << 2 | 2).to_le_bytes();
    let many = record(0x00bd, &[&short(&[1, 1, 2]), &whole(7), &short(&[0]), &whole(8), &short(&[2])]);
    let one = record(0x027e, &[&short(&[1, 3, 2]), &whole(9)]);
    let head = [label(0, 0, "Action"), label(0, 1, "First"), label(0, 2, "Second"), label(0, 3, "Third")].concat();
    let book =
        xls_with(&looks, &[head, label(0, 4, "Fourth"), label(1, 0, "Write"), many, one, real(1, 4, 2, 2.5)].concat());
    let gone = |text: &str| marks::struck(text);
    assert_eq!(texts(&table(&book), 1), ["Write".to_owned(), gone("7"), "8".to_owned(), gone("9"), gone("2.5")]);
}

/// Passages with fonts of their own; the list of texts is continued in the middle of a word, with wide letters.
#[test]
fn struck_through_words_inside_a_cell_of_an_old_workbook_are_marked() {
    let font = |style: u16| record(0x0031, &[&short(&[200, style]), &[0; 12]]);
    let looks = [font(0), font(8), record(0x00e0, &[&short(&[1, 0]), &[0; 16]])].concat();
    let wide: Vec<u8> = "ick Council".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let plain = |text: &str| [&short(&[u16::try_from(text.len()).unwrap()])[..], &[0], text.as_bytes()].concat();
    let spoken = [&short(&[4])[..], &[4], &[3, 0, 0, 0], b"Call", &[1, 2, 3]].concat();
    let rich = [&short(&[31])[..], &[8], &short(&[2]), b"Fenwick Police, Fenw"].concat();
    let runs = short(&[0, 1, 15, 0]);
    let second = [&short(&[11])[..], &[8], &short(&[1]), b"Train staff", &short(&[6, 0])].concat();
    let list = [&5_u32.to_le_bytes()[..], &4_u32.to_le_bytes(), &plain("Write"), &spoken, &rich].concat();
    let strings = [record(0x00fc, &[&list]), record(0x003c, &[&[1], &wide, &runs, &second])].concat();
    let text = |row: u16, column: u16, format: u16, at: u16| record(0x00fd, &[&short(&[row, column, format, at, 0])]);
    let rows = [text(1, 0, 0, 0), text(1, 1, 0, 2), text(2, 0, 2, 3), text(2, 1, 0, 1), text(3, 0, 2, 0)].concat();
    let book = xls_with(&[looks, strings].concat(), &[label(0, 0, "Action"), label(0, 1, "Lead"), rows].concat());
    let table = table(&book);
    let shown = |row: usize| texts(&table, row).iter().map(|text| marks::shown(text)).collect::<Vec<_>>();
    assert_eq!(
        (shown(1), shown(2), shown(3)),
        (
            vec!["Write".to_owned(), "Fenwick Council".to_owned()],
            vec!["staff".to_owned(), "Call".to_owned()],
            vec![String::new()],
        )
    );
}

/// 65,536 rows by 256 columns, only two of them filled, would take gigabytes in the library that reads them.
#[test]
fn cells_far_apart_and_claimed_sizes_allocate_nothing() {
    let far = [label(0, 0, "Action"), label(65_535, 65_535, "x")].concat();
    assert!(read(&xls(&far), None).unwrap_err().why.contains("500,000 cells"));
    let number = record(0x00bd, &[&short(&[65_535, 0]), &[0; 6], &short(&[65_535])]);
    assert!(read(&xls(&[label(0, 0, "Action"), number].concat()), None).is_err());
    let claim = record(0x0200, &[&[0; 4], &u32::MAX.to_le_bytes(), &short(&[0, 256, 0])]);
    let book = xls(&[claim, label(0, 0, "Action"), label(0, 1, "Lead")].concat());
    assert_eq!(texts(&table(&book), 0), ["Action", "Lead"]);
}

#[test]
fn an_old_workbook_with_a_password_is_refused_as_such() {
    let mut book = xls(&label(0, 0, "Action"));
    let place = memchr::memmem::find(&book, &[0xe0, 0, 20, 0]).unwrap();
    book[place] = 0x2f;
    book[place + 4] = 1;
    assert!(read(&book, None).unwrap_err().why.contains("password"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn damaged_old_workbooks_give_a_document_or_a_problem(at in 512..5632_usize, bytes in proptest::collection::vec(any::<u8>(), 1..12)) {
        let mut book = xls(&[label(0, 0, "Action"), real(1, 0, 1, 45382.0)].concat());
        for (byte, new) in book.iter_mut().skip(at).zip(bytes) {
            *byte = new;
        }
        prop_assert!(read(&book, None).map_or(true, |document| document.blocks.len() < 4));
    }
}
