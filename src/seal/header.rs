//! The header of a sealed file: for each way to open it a stanza, in lines of text, and a proof that nothing was changed.

use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use hmac::Mac;

use super::file_key::FileKey;
use super::{Needs, Unopened, passphrase};

const MAGIC: &[u8] = b"age-encryption.org/";
const VERSION: &[u8] = b"v1";
const END: &str = "---";
/// Columns of a stanza's body; a shorter line ends it.
const COLUMNS: usize = 64;
/// Bytes of a header: room for several hundred recipients.
const LARGEST: usize = 64 << 10;

/// One way to the key of the file.
pub struct Stanza {
    pub kind: String,
    pub arguments: Vec<String>,
    pub body: Vec<u8>,
}

pub struct Header<'a> {
    stanzas: Vec<Stanza>,
    /// What the proof is of.
    proved: &'a [u8],
    proof: Vec<u8>,
}

pub fn begins(file: &[u8]) -> bool {
    file.starts_with(MAGIC)
}

/// The header as it stands in the file.
pub fn print(stanzas: &[Stanza], key: &FileKey) -> Vec<u8> {
    let mut header = [MAGIC, VERSION, b"\n"].concat();
    for stanza in stanzas {
        let words = [std::slice::from_ref(&stanza.kind), stanza.arguments.as_slice()].concat();
        header.extend(format!("-> {}\n", words.join(" ")).bytes());
        let body = encoded(&stanza.body);
        for line in body.as_bytes().chunks(COLUMNS) {
            header.extend(line);
            header.push(b'\n');
        }
        if body.len().is_multiple_of(COLUMNS) {
            header.push(b'\n');
        }
    }
    header.extend(END.bytes());
    let proof = key.header_mac(&header).finalize().into_bytes();
    header.extend(format!(" {}\n", encoded(&proof)).bytes());
    header
}

impl<'a> Header<'a> {
    /// The header of a file, and what follows it.
    pub fn parse(file: &'a [u8]) -> Result<(Header<'a>, &'a [u8]), Unopened> {
        let mut lines = Lines { file, at: 0 };
        let version = lines.next().and_then(|line| line.as_bytes().strip_prefix(MAGIC)).ok_or(Unopened::Damaged)?;
        if version != VERSION {
            return Err(if version.starts_with(b"v") { Unopened::Newer } else { Unopened::Damaged });
        }
        let header = rest(&mut lines).ok_or(Unopened::Damaged)?;
        let is_whole = header.is_alone();
        let payload = file.get(lines.at..).unwrap_or_default();
        if is_whole { Ok((header, payload)) } else { Err(Unopened::Damaged) }
    }

    /// A passphrase opens a file alone: nobody else can then have sealed it.
    fn is_alone(&self) -> bool {
        self.stanzas.len() == 1 || self.needs() == Needs::Identity
    }

    pub fn needs(&self) -> Needs {
        let is_any = self.stanzas.iter().any(|stanza| stanza.kind == passphrase::KIND);
        if is_any { Needs::Passphrase } else { Needs::Identity }
    }

    pub fn stanzas(&self) -> &[Stanza] {
        &self.stanzas
    }

    /// Whether whoever knows the key wrote this header.
    pub fn fits(&self, key: &FileKey) -> bool {
        key.header_mac(self.proved).verify_slice(&self.proof).is_ok()
    }
}

fn rest<'a>(lines: &mut Lines<'a>) -> Option<Header<'a>> {
    let mut stanzas = Vec::new();
    loop {
        let start = lines.at;
        let line = lines.next()?;
        if let Some(proof) = line.strip_prefix(END) {
            let proved = lines.file.get(..start + END.len())?;
            let proof = decoded(proof.strip_prefix(' ')?)?;
            return (proof.len() == 32 && !stanzas.is_empty()).then_some(Header { stanzas, proved, proof });
        }
        let mut words = line.strip_prefix("-> ")?.split(' ').map(str::to_owned);
        let (kind, arguments): (String, Vec<String>) = (words.next()?, words.collect());
        let is_word = |word: &String| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_word(&kind) || !arguments.iter().all(is_word) {
            return None;
        }
        stanzas.push(Stanza { kind, arguments, body: body(lines)? });
    }
}

fn body(lines: &mut Lines<'_>) -> Option<Vec<u8>> {
    let mut text = String::new();
    loop {
        let line = lines.next()?;
        text.push_str(line);
        if line.len() > COLUMNS {
            return None;
        }
        if line.len() < COLUMNS {
            return decoded(&text);
        }
    }
}

/// The lines of a header, as far as a header may reach.
struct Lines<'a> {
    file: &'a [u8],
    at: usize,
}

impl<'a> Lines<'a> {
    fn next(&mut self) -> Option<&'a str> {
        let rest = self.file.get(self.at..self.file.len().min(LARGEST))?;
        let length = rest.iter().position(|byte| *byte == b'\n')?;
        self.at += length + 1;
        std::str::from_utf8(rest.get(..length)?).ok()
    }
}

pub fn encoded(bytes: &[u8]) -> String {
    STANDARD_NO_PAD.encode(bytes)
}

/// Strictly: each sequence of bytes has one text.
pub fn decoded(text: &str) -> Option<Vec<u8>> {
    STANDARD_NO_PAD.decode(text).ok()
}
