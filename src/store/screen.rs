//! Keeps the first screen of a register, as compressed text (deflate), beside the note of where its chain ended. It is only a cache,
//! and it holds words of the register: an erasure removes it.

use std::fs;
use std::io::{self, Read, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;

use crate::files::{private_file, private_folder};

use super::Store;
use super::origin::note_of;
use super::since::small_file;

const ENDING: &str = ".screen";

/// Bytes when unpacked: several times the largest window's.
const LARGEST: u64 = 4 << 20;

/// Where the screen of one register is kept.
#[derive(Clone, Debug)]
pub struct ScreenNote(PathBuf);

impl ScreenNote {
    pub fn read(&self) -> Option<String> {
        let (mut text, packed) = (String::new(), small_file(&self.0, LARGEST)?);
        DeflateDecoder::new(packed.as_slice()).take(LARGEST).read_to_string(&mut text).ok()?;
        Some(text)
    }

    /// If it cannot be kept, the only cost is that the next first screen takes longer.
    pub fn keep(&self, text: &str) {
        let keep = || -> io::Result<()> {
            self.0.parent().map_or(Ok(()), private_folder)?;
            fs::remove_file(&self.0).ok();
            let mut packed = DeflateEncoder::new(private_file(&self.0)?, Compression::fast());
            packed.write_all(text.as_bytes())?;
            packed.finish().map(drop)
        };
        keep().ok();
    }
}

impl Store {
    /// None for a register in memory, and where the computer has no data folder.
    pub fn screen_note(&self) -> Option<ScreenNote> {
        let (data, place) = (self.places.data.as_ref()?, self.place.as_ref()?);
        let mut path = note_of(data, &self.uuid, &place.path).into_os_string();
        path.push(ENDING);
        Some(ScreenNote(path.into()))
    }
}
