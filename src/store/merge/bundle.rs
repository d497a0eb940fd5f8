//! A bundle: rows of the log in one file, the same to the byte for the same rows.
//!
//! Two lines, `arising bundle 1` and the SHA-256 of the rest in hexadecimal digits, then the lines of [`crate::wire::bundle`],
//! compressed (deflate). Every bit of it is covered by that hash, and every row by its own chain and signature.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::domain::agency_copy::AgencyCopy;
use crate::domain::id::{Id, Origin};
use crate::wire::bundle::{
    BatchLine, BundleLine, ChangeLine, CopyLine, Manifest, OriginLine, WordsLine, line, manifest, print,
};

use super::super::chain::{self, Hash, Header, HeaderWords, Tip, hex, unhex};
use super::super::origins::Began;
use super::super::tips;
use super::super::trouble::Fault;
use super::refused;
use super::sent::{Copied, Sent, SentBatch, SentChange, Words};

const MAGIC: &str = "arising bundle ";
const VERSION: &str = "1";
/// Bytes of a bundle when unpacked: several times what a board writes in ten years.
const LARGEST: u64 = 256 << 20;

/// Whether a file is a bundle, whatever its name and version.
pub fn is_bundle(path: &Path) -> bool {
    let mut start = [0; MAGIC.len()];
    let is_file = path.metadata().is_ok_and(|about| about.is_file());
    is_file && File::open(path).and_then(|mut file| file.read_exact(&mut start)).is_ok() && start == MAGIC.as_bytes()
}

/// The file's bytes.
pub fn bytes(sent: &Sent, after: &BTreeMap<Origin, Tip>) -> Result<Vec<u8>, Fault> {
    let mut packed = DeflateEncoder::new(Vec::new(), Compression::default());
    let first = Manifest {
        uuid: sent.uuid.clone(),
        before: tips::print(&sent.before),
        after: tips::print(after),
        copy: sent.copy.as_ref().map(copy_line),
    };
    writeln!(packed, "{}", print(&first).map_err(io::Error::other)?)?;
    write_rows(&mut packed, sent)?;
    let packed = packed.finish()?;
    let mut bytes = format!("{MAGIC}{VERSION}\n{}\n", hex(&Sha256::digest(&packed))).into_bytes();
    bytes.extend(packed);
    Ok(bytes)
}

fn write_rows(to: &mut impl Write, sent: &Sent) -> Result<(), Fault> {
    let origins = sent.origins.iter().map(|began| BundleLine::Origin(origin_line(began)));
    for line in origins.chain(sent.batches.iter().map(|batch| BundleLine::Batch(batch_line(batch)))) {
        writeln!(to, "{}", print(&line).map_err(io::Error::other)?)?;
    }
    Ok(())
}

/// What a register with the ends `tips` holds beyond the ends `has`, as the lines of a bundle.
pub fn sent_lines(db: &Connection, has: &BTreeMap<Origin, Tip>, tips: &BTreeMap<Origin, Tip>) -> Result<String, Fault> {
    let mut lines = Vec::new();
    write_rows(&mut lines, &Sent::between(db, has, tips)?)?;
    Ok(String::from_utf8(lines).map_err(io::Error::other)?)
}

/// Whether these bytes are a bundle, of whatever version.
pub fn begins(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC.as_bytes())
}

/// Refuses a file that is larger than any bundle.
pub fn bounded(path: &Path) -> Result<(), Fault> {
    if path.metadata()?.len() > LARGEST { Err(too_large()) } else { Ok(()) }
}

pub fn read(path: &Path) -> Result<Sent, Fault> {
    bounded(path)?;
    parsed(&fs::read(path)?)
}

/// The rows in a bundle. Whether they fit the register is for [`super::proof`].
pub fn parsed(bytes: &[u8]) -> Result<Sent, Fault> {
    let text = unpacked(bytes)?;
    let mut lines = text.lines();
    let first = lines.next().and_then(manifest).ok_or_else(damaged)?;
    let before = tips::parse(&first.before).ok_or_else(damaged)?;
    let copy = first.copy.map(|line| copied(line).ok_or_else(damaged)).transpose()?;
    let sent = Sent { uuid: first.uuid, before: before.clone(), copy, ..Sent::default() };
    let mut reader = Lines { sent, ends: before };
    for text in lines {
        reader.add(line(text).ok_or_else(damaged)?).ok_or_else(damaged)?;
    }
    if tips::print(&reader.ends) == first.after { Ok(reader.sent) } else { Err(damaged()) }
}

fn unpacked(bytes: &[u8]) -> Result<String, Fault> {
    let mut parts = bytes.splitn(3, |byte| *byte == b'\n');
    let mut part = || parts.next().ok_or_else(damaged);
    let (head, sum, packed) = (part()?, part()?, part()?);
    let version = std::str::from_utf8(head).ok().and_then(|head| head.strip_prefix(MAGIC)).ok_or_else(damaged)?;
    if version != VERSION && version.bytes().all(|byte| byte.is_ascii_digit()) && !version.is_empty() {
        let why = format!("it has format {version} of a bundle, and this version of arising reads format {VERSION}");
        return Err(refused(why, "Install the newer version that wrote it; this register is unchanged."));
    }
    if version != VERSION || hex(&Sha256::digest(packed)).as_bytes() != sum {
        return Err(damaged());
    }
    let mut text = String::new();
    DeflateDecoder::new(packed).take(LARGEST + 1).read_to_string(&mut text).map_err(|_| damaged())?;
    if text.len() as u64 > LARGEST { Err(too_large()) } else { Ok(text) }
}

fn damaged() -> Fault {
    refused("it is damaged or incomplete", "Ask for it again; this register is unchanged.")
}

fn too_large() -> Fault {
    refused("it is larger than any bundle that arising writes", "Find out who made it; this register is unchanged.")
}

/// The rows read so far, and where the chains are after them.
pub struct Lines {
    sent: Sent,
    pub ends: BTreeMap<Origin, Tip>,
}

/// Lines that more than one program may have written, some of them twice.
impl Lines {
    pub fn after(before: BTreeMap<Origin, Tip>) -> Lines {
        Lines { sent: Sent { before: before.clone(), ..Sent::default() }, ends: before }
    }

    /// Adds a line unless it is known; `None` if it is not one that arising writes, its words do not fit their digests, or it does not
    /// continue its chain yet.
    pub fn take(&mut self, text: &str) -> Option<()> {
        let line = line(text)?;
        let is_known = match &line {
            BundleLine::Origin(line) => self.ends.contains_key(&line.id.parse().ok()?),
            BundleLine::Batch(line) => {
                let first: Id = line.id.parse().ok()?;
                let end = self.ends.get(&first.origin)?.seq;
                if first.seq > end + 1 || !fits(line) {
                    return None;
                }
                first.seq <= end
            }
        };
        if is_known { Some(()) } else { self.add(line) }
    }

    pub fn is_empty(&self) -> bool {
        self.sent.batches.is_empty()
    }

    /// Those that a register with the ends `has` lacks.
    pub fn beyond(self, uuid: String, has: &BTreeMap<Origin, Tip>) -> Sent {
        let lacks = |batch: &SentBatch| {
            batch.end().is_some_and(|end| has.get(&end.id.origin).is_none_or(|has| has.seq < end.id.seq))
        };
        let batches = self.sent.batches.into_iter().filter(lacks).collect();
        Sent { uuid, batches, ..self.sent }
    }
}

/// Whether all words of a batch are there, and are those of its digests.
fn fits(batch: &BatchLine) -> bool {
    let fits = |change: &ChangeLine| {
        let (body, salt) = (change.body.as_ref()?, bytes_of(change.salt.as_ref()?)?);
        Some(chain::digest(&salt, body.as_bytes()) == unhex(&change.digest)?)
    };
    let header = || {
        let WordsLine { author, at, meeting, cause } = batch.words.as_ref()?;
        let words =
            HeaderWords { author: author.clone(), at: at.clone(), meeting: meeting.clone(), cause: cause.clone() };
        let salt = batch.salt.as_ref().map_or_else(|| Some(Vec::new()), |salt| bytes_of(salt))?;
        Some(chain::header_digest(&salt, &batch.id, &words) == unhex(&batch.digest)?)
    };
    header() == Some(true) && batch.changes.iter().all(|change| fits(change) == Some(true))
}

impl Lines {
    /// Adds a line; `None` if it is not one that arising writes.
    fn add(&mut self, line: BundleLine) -> Option<()> {
        match line {
            BundleLine::Origin(line) => {
                let began = began(line)?;
                self.ends.entry(began.origin).or_insert_with(|| began.tip());
                self.sent.origins.push(began);
            }
            BundleLine::Batch(line) => {
                let batch = self.batch(line)?;
                self.sent.batches.push(batch);
            }
        }
        Some(())
    }

    fn batch(&mut self, line: BatchLine) -> Option<SentBatch> {
        let first: Id = line.id.parse().ok()?;
        let digest = unhex(&line.digest)?;
        let end = self.ends.entry(first.origin).or_insert(Tip::START);
        let mut changes = Vec::new();
        for (at, change) in (first.seq..).zip(line.changes) {
            let id = Id { origin: first.origin, seq: at };
            let change = sent_change(id, &end.hash, &digest, change)?;
            *end = Tip { seq: at, hash: change.hash };
            changes.push(change);
        }
        let read = |digits: &String| bytes_of(digits);
        let (salt, signature) = (line.salt.as_ref().map(read), line.signature.as_ref().map(read));
        if salt == Some(None) || signature == Some(None) {
            return None;
        }
        let words = line.words.map(|words| HeaderWords {
            author: words.author,
            at: words.at,
            meeting: words.meeting,
            cause: words.cause,
        });
        Some(SentBatch {
            header: Header { id: line.id, words },
            salt: salt.flatten(),
            digest,
            signature: signature.flatten(),
            changes,
        })
    }
}

fn sent_change(id: Id, before: &Hash, header: &Hash, line: ChangeLine) -> Option<SentChange> {
    let digest = unhex(&line.digest)?;
    let words = match (line.body, line.salt) {
        (Some(body), Some(salt)) => Some(Words { body, salt: bytes_of(&salt)? }),
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => return None,
    };
    let hash = chain::link(before, line.lamport, id, header, &digest);
    Some(SentChange { id, lamport: line.lamport, words, excerpt: line.excerpt, digest, hash })
}

fn copy_line(copy: &Copied) -> CopyLine {
    let Copied { of: AgencyCopy { party, name, actions }, given } = copy;
    CopyLine { party: party.to_string(), name: name.clone(), actions: *actions, tips: tips::print(given) }
}

fn copied(line: CopyLine) -> Option<Copied> {
    let CopyLine { party, name, actions, tips } = line;
    Some(Copied { of: AgencyCopy { party: party.parse().ok()?, name, actions }, given: tips::parse(&tips)? })
}

fn origin_line(began: &Began) -> OriginLine {
    let Began { origin, key, computer, at, known, party } = began;
    OriginLine {
        id: origin.to_string(),
        key: hex(key),
        computer: computer.clone(),
        at: at.clone(),
        known: known.clone(),
        party: party.map(|party| party.to_string()),
    }
}

fn began(line: OriginLine) -> Option<Began> {
    let OriginLine { id, key, computer, at, known, party } = line;
    let party = party.map(|id| id.parse()).transpose().ok()?;
    Some(Began { origin: id.parse().ok()?, key: unhex(&key)?, computer, at, known, party })
}

fn batch_line(batch: &SentBatch) -> BatchLine {
    let words = batch.header.words.clone().map(|words| WordsLine {
        author: words.author,
        at: words.at,
        meeting: words.meeting,
        cause: words.cause,
    });
    let change = |change: &SentChange| ChangeLine {
        lamport: change.lamport,
        digest: hex(&change.digest),
        body: change.words.as_ref().map(|words| words.body.clone()),
        salt: change.words.as_ref().map(|words| hex(&words.salt)),
        excerpt: change.excerpt.clone(),
    };
    BatchLine {
        id: batch.header.id.clone(),
        words,
        salt: batch.salt.as_deref().map(hex),
        digest: hex(&batch.digest),
        signature: batch.signature.as_deref().map(hex),
        changes: batch.changes.iter().map(change).collect(),
    }
}

fn bytes_of(text: &str) -> Option<Vec<u8>> {
    let digit = |digit: &u8| char::from(*digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let pair = |pair: &[u8]| Some(digit(pair.first()?)? << 4 | digit(pair.get(1)?)?);
    text.as_bytes().chunks(2).map(pair).collect()
}
