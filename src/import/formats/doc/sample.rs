//! Writes small old Word documents for tests: real compound files with pieces, properties and parts.

use std::io::{Cursor, Write};

use super::file::{Part, Text};

/// Where the text begins in its stream, and the bytes of a page of properties.
const BEGIN: usize = 0x800;
const PAGE: usize = 512;
/// Runs or paragraphs on one page of properties.
const ON_PAGE: usize = 3;
const PARTS: usize = 136;

/// A document to be written.
#[derive(Clone, Default)]
pub struct Sample {
    pub main: Vec<Para>,
    /// Other texts of the document, each kind with the list of where its texts begin, and its records.
    pub others: Vec<Other>,
    pub parts: Vec<(Part, Vec<u8>)>,
    pub data: Vec<u8>,
    /// Groups of changes that pieces can name.
    pub groups: Vec<Vec<u8>>,
    /// A table of pieces, and a number of characters, in place of the true ones.
    pub table: Option<Vec<u8>>,
    pub count: Option<usize>,
}

#[derive(Clone)]
pub struct Other {
    pub text: Text,
    pub part: Part,
    pub record: Vec<u8>,
    pub texts: Vec<Vec<Para>>,
}

/// A paragraph: what is changed about it, its runs, and its mark, which is a separate run.
#[derive(Clone, Default)]
pub struct Para {
    pub style: u16,
    pub changes: Vec<u8>,
    /// What its piece of the document changes as a whole, as two bytes.
    pub piece: u16,
    runs: Vec<(String, Vec<u8>)>,
    mark: (char, Vec<u8>),
}

pub fn para(text: &str) -> Para {
    Para { runs: vec![(text.to_owned(), Vec::new())], mark: ('\r', Vec::new()), ..Para::default() }
}

impl Para {
    pub fn run(mut self, text: &str, changes: &[u8]) -> Para {
        self.runs.push((text.to_owned(), changes.to_vec()));
        self
    }

    pub fn with(mut self, changes: &[u8]) -> Para {
        self.changes.extend(changes);
        self
    }

    pub fn mark(mut self, mark: char, changes: &[u8]) -> Para {
        self.mark = (mark, changes.to_vec());
        self
    }

    pub fn styled(mut self, style: u16) -> Para {
        self.style = style;
        self
    }

    fn runs(&self) -> impl Iterator<Item = (String, &[u8])> {
        let mark = (self.mark.0.to_string(), self.mark.1.as_slice());
        self.runs.iter().map(|(text, changes)| (text.clone(), changes.as_slice())).chain([mark])
    }
}

/// A cell with these words.
pub fn cell(text: &str) -> Para {
    para(text).with(&IN_TABLE).mark('\u{7}', &[])
}

pub const IN_TABLE: [u8; 3] = [0x16, 0x24, 1];
pub const ROW_END: [u8; 3] = [0x17, 0x24, 1];

/// The end of a row whose cells have these edges and flags.
pub fn row_end(edges: &[i16], flags: &[u16]) -> Para {
    para("").with(&IN_TABLE).with(&ROW_END).with(&shape(edges, flags)).mark('\u{7}', &[])
}

/// The change that gives a row its shape.
pub fn shape(edges: &[i16], flags: &[u16]) -> Vec<u8> {
    let mut value = vec![u8::try_from(edges.len() - 1).unwrap()];
    value.extend(edges.iter().flat_map(|edge| edge.to_le_bytes()));
    for flags in flags {
        value.extend(flags.to_le_bytes());
        value.extend([0; 18]);
    }
    let length = u16::try_from(value.len() + 1).unwrap().to_le_bytes();
    [&[0x08, 0xd6], &length[..], &value].concat()
}

/// A list of places: positions, and a record for each gap.
pub fn places(positions: &[usize], records: &[Vec<u8>]) -> Vec<u8> {
    let positions = positions.iter().flat_map(|position| u32::try_from(*position).unwrap().to_le_bytes());
    positions.chain(records.concat()).collect()
}

/// Text with its length in front.
pub fn words(text: &str) -> Vec<u8> {
    let letters: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = u16::try_from(letters.len() / 2).unwrap().to_le_bytes();
    [&length[..], &letters].concat()
}

/// The streams of a document, by name.
pub struct Streams {
    pub word: Vec<u8>,
    pub table: Vec<u8>,
    pub data: Vec<u8>,
}

impl Streams {
    /// The compound file that holds them.
    pub fn file(&self) -> Vec<u8> {
        compound(&[("/WordDocument", &self.word), ("/1Table", &self.table), ("/Data", &self.data)])
    }
}

/// A compound file with these streams.
pub fn compound(streams: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (name, bytes) in streams {
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
    file.into_inner().into_inner()
}

impl Sample {
    pub fn of(main: impl IntoIterator<Item = Para>) -> Sample {
        Sample { main: main.into_iter().collect(), ..Sample::default() }
    }

    pub fn file(&self) -> Vec<u8> {
        self.streams().file()
    }

    pub fn streams(&self) -> Streams {
        let mut writer = Writer { word: vec![0; BEGIN], ..Writer::default() };
        let mut counts = [0_usize; 8];
        let mut parts = self.parts.clone();
        counts[0] = writer.text(&self.main);
        for other in &self.others {
            let mut positions = vec![0];
            for text in &other.texts {
                counts[other.text as usize] += writer.text(text);
                positions.push(counts[other.text as usize]);
            }
            let records = vec![other.record.clone(); other.texts.len()];
            parts.push((other.part, places(&positions, &records)));
        }
        parts.push((Part::Pieces, self.table.clone().unwrap_or_else(|| writer.table(&self.groups))));
        counts[0] = self.count.unwrap_or(counts[0]);
        let (runs, paragraphs) = (std::mem::take(&mut writer.runs), std::mem::take(&mut writer.paras));
        parts.push((Part::Characters, writer.pages(&runs, 1)));
        parts.push((Part::Paragraphs, writer.pages(&paragraphs, 13)));
        let table = writer.head(&counts, &parts);
        Streams { word: writer.word, table, data: self.data.clone() }
    }
}

/// A run of the same properties: where it begins and ends, and what its page says about it.
type Run = (usize, usize, Vec<u8>);

#[derive(Default)]
struct Writer {
    word: Vec<u8>,
    characters: usize,
    pieces: Vec<(usize, u32, u16)>,
    runs: Vec<Run>,
    paras: Vec<Run>,
}

impl Writer {
    /// Writes paragraphs, each as a separate piece: narrow, unless it has a letter outside Windows-1252.
    fn text(&mut self, paras: &[Para]) -> usize {
        let before = self.characters;
        for para in paras {
            let whole: String = para.runs().map(|(text, _)| text).collect();
            let is_narrow = !encoding_rs::WINDOWS_1252.encode(&whole).2;
            let begin = self.word.len();
            let place = u32::try_from(begin).unwrap();
            self.pieces.push((self.characters, if is_narrow { (place * 2) | 0x4000_0000 } else { place }, para.piece));
            for (text, changes) in para.runs() {
                let begin = self.word.len();
                if is_narrow {
                    self.word.extend_from_slice(&encoding_rs::WINDOWS_1252.encode(&text).0);
                } else {
                    self.word.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
                }
                self.characters += text.encode_utf16().count();
                let entry = [&[u8::try_from(changes.len()).unwrap()], changes].concat();
                self.runs.push((begin, self.word.len(), if changes.is_empty() { Vec::new() } else { entry }));
            }
            let content = [&para.style.to_le_bytes()[..], &para.changes].concat();
            self.paras.push((begin, self.word.len(), paragraph(content)));
        }
        self.characters - before
    }

    fn table(&self, groups: &[Vec<u8>]) -> Vec<u8> {
        let positions: Vec<usize> = self.pieces.iter().map(|piece| piece.0).chain([self.characters]).collect();
        let record = |(_, place, change): &(usize, u32, u16)| {
            [&[0, 0], &place.to_le_bytes()[..], &change.to_le_bytes()].concat()
        };
        let list = places(&positions, &self.pieces.iter().map(record).collect::<Vec<_>>());
        let group = |group: &Vec<u8>| [&[1], &u16::try_from(group.len()).unwrap().to_le_bytes()[..], group].concat();
        let groups: Vec<u8> = groups.iter().flat_map(group).collect();
        [&groups, &[2][..], &u32::try_from(list.len()).unwrap().to_le_bytes(), &list].concat()
    }

    /// Writes pages of properties, and returns the list of where they are.
    fn pages(&mut self, runs: &[Run], record: usize) -> Vec<u8> {
        let (mut positions, mut numbers) = (Vec::new(), Vec::new());
        for group in runs.chunks(ON_PAGE) {
            self.word.resize(self.word.len().next_multiple_of(PAGE), 0);
            positions.push(group[0].0);
            numbers.push(u32::try_from(self.word.len() / PAGE).unwrap().to_le_bytes().to_vec());
            self.word.extend(page(group, record));
        }
        positions.extend(runs.last().map(|run| run.1));
        places(&positions, &numbers)
    }

    /// Writes the header, and returns the stream of all parts.
    fn head(&mut self, counts: &[usize; 8], parts: &[(Part, Vec<u8>)]) -> Vec<u8> {
        let mut table = vec![0; 16];
        let mut put = |at: usize, bytes: &[u8]| self.word[at..at + bytes.len()].copy_from_slice(bytes);
        put(0, &[0xec, 0xa5, 0xc1, 0, 0, 0, 0, 0, 0, 0, 0, 0x12]);
        for (at, count) in counts.iter().enumerate() {
            put(0x4c + at * 4, &u32::try_from(*count).unwrap().to_le_bytes());
        }
        put(0x98, &u16::try_from(PARTS).unwrap().to_le_bytes());
        for (part, bytes) in parts {
            let place = u32::try_from(table.len()).unwrap().to_le_bytes();
            put(0x9a + *part as usize * 8, &place);
            // The levels of lists come after what counts as their part.
            let length = if *part == Part::Lists { 2 + 28 * usize::from(bytes[0]) } else { bytes.len() };
            put(0x9e + *part as usize * 8, &u32::try_from(length).unwrap().to_le_bytes());
            table.extend(bytes);
        }
        table
    }
}

/// What a page says about a paragraph: its length in pairs of bytes, in front of it.
fn paragraph(mut content: Vec<u8>) -> Vec<u8> {
    if content.len().is_multiple_of(2) {
        return [&[0, u8::try_from(content.len() / 2).unwrap()], &content[..]].concat();
    }
    content.insert(0, u8::try_from(content.len().div_ceil(2)).unwrap());
    content
}

fn page(group: &[Run], record: usize) -> Vec<u8> {
    let mut page = vec![0; PAGE];
    page[PAGE - 1] = u8::try_from(group.len()).unwrap();
    let mut free = PAGE - 1;
    for (at, (begin, end, content)) in group.iter().enumerate() {
        page[at * 4..at * 4 + 4].copy_from_slice(&u32::try_from(*begin).unwrap().to_le_bytes());
        page[at * 4 + 4..at * 4 + 8].copy_from_slice(&u32::try_from(*end).unwrap().to_le_bytes());
        if !content.is_empty() {
            free = (free - content.len()) / 2 * 2;
            page[free..free + content.len()].copy_from_slice(content);
            page[(group.len() + 1) * 4 + at * record] = u8::try_from(free / 2).unwrap();
        }
    }
    page
}
