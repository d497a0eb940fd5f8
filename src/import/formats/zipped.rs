//! Zip files for tests, and the ways they get damaged.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use proptest::sample::Index;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// A zip file with these parts.
pub fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        // An OpenDocument file says what it is in plain bytes at its beginning.
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// What can happen to a file on its way: changed bytes, and a missing end.
pub fn damage() -> impl Strategy<Value = (Vec<(Index, u8)>, Option<Index>)> {
    (prop::collection::vec((any::<Index>(), any::<u8>()), 0..12), any::<Option<Index>>())
}

/// The file after that.
pub fn damaged(mut bytes: Vec<u8>, (flips, cut): (Vec<(Index, u8)>, Option<Index>)) -> Vec<u8> {
    for (at, value) in flips {
        let at = at.index(bytes.len());
        bytes[at] = value;
    }
    if let Some(length) = cut {
        bytes.truncate(length.index(bytes.len()));
    }
    bytes
}

/// A text with some of its pieces repeated where they make no sense.
pub fn jumbled(mut text: String, cuts: Vec<(Index, Index)>) -> String {
    for (from, to) in cuts {
        let (from, to) = (from.index(text.len()), to.index(text.len()));
        let piece = text.get(from.min(to)..from.max(to)).unwrap_or_default().to_owned();
        text.insert_str(to, &piece);
    }
    text
}
