//! What an old Word document says besides its text: struck-through words and footnotes.

use super::*;
use crate::import::{Options, read as read_plan};

const STRUCK: [u8; 3] = [0x37, 0x08, 1];
const STRUCK_TWICE: [u8; 3] = [0x53, 0x2a, 1];
const NOT_STRUCK: [u8; 3] = [0x37, 0x08, 0];

/// A row whose cells are runs with what is changed about each.
fn cells(cells: &[&[(&str, &[u8])]]) -> Vec<Para> {
    let edges: Vec<i16> = (0..=cells.len()).map(|at| i16::try_from(at * 2000).unwrap()).collect();
    let cell = |runs: &&[(&str, &[u8])]| {
        let words = runs.iter().fold(para(""), |words, (text, changes)| words.run(text, changes));
        words.with(&IN_TABLE).mark('\u{7}', &[])
    };
    cells.iter().map(cell).chain([row_end(&edges, &[])]).collect()
}

#[test]
fn struck_words_and_notes_are_kept_apart_from_the_text_of_a_plan() {
    let main = [
        row(&["Action", "Lead", "RAG"]),
        cells(&[
            &[("Write it", &[]), ("\u{2}", &SPECIAL)],
            &[("Fenwick Police", &STRUCK), (" Fenwick", &NOT_STRUCK), (" Council", &[])],
            &[("Green", &[])],
        ]),
        cells(&[&[("Send it", &STRUCK_TWICE)], &[("HR", &[])], &[("Red", &[])]]),
    ];
    let mut sample = Sample::of(main.concat());
    sample.others = vec![other(Text::Footnotes, Part::FootnoteTexts, &["\u{2} Only with consent."])];
    let place = "Action\u{7}Lead\u{7}RAG\u{7}\u{7}Write it".chars().count();
    sample.parts.push((Part::FootnotePlaces, places(&[place, place + 1], &[vec![0, 0]])));
    let draft = read_plan("plan.doc", &sample.file(), &Options::default()).unwrap();
    let [first, second] = draft.actions.as_slice() else { panic!("{:?}", draft.actions) };
    assert_eq!(
        (first.text.as_str(), first.leads[0].raw.as_str()),
        ("Write it [note 1: Only with consent.]", "Fenwick Council")
    );
    assert_eq!(
        (second.text.as_str(), second.flags[0].why.as_str()),
        ("Send it", "struck out in the document: withdrawn?")
    );
    assert_eq!(draft.notices, ["Struck-through words were left out of table 1, row 2: “Fenwick Police”"]);
}

#[test]
fn a_style_strikes_its_paragraphs_through_and_a_run_can_say_that_it_is_not() {
    let all = [
        style(0, 0x0fff, &[], &[]),
        style(0xffe, 0, &[], &STRUCK),
        style(0xffe, 1, &[], &[]),
        style(0xffe, 1, &[], &NOT_STRUCK),
    ];
    let main = [
        para("a").styled(0),
        para("b ").run("c", &NOT_STRUCK).styled(1),
        para("d ").run("e", &[0x37, 0x08, 0x81]).styled(2),
        para("f").styled(3),
    ];
    let mut sample = Sample::of(main);
    sample.parts = vec![(Part::Styles, [&[4, 0, 4, 0, 10, 0], &all.concat()[..]].concat())];
    let found = lines_of(read(&sample.file()).unwrap());
    let shown: Vec<String> = found.iter().map(|line| crate::import::formats::marks::shown(line)).collect();
    assert_eq!(shown, ["a", "c", "e", "f"]);
}
