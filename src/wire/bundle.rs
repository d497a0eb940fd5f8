//! The lines of a bundle: what one copy of a register sends to another, as JSON.

use serde::{Deserialize, Serialize};

/// The first line: of which register the bundle is, and where its chains are before and after it. The ends are written as in
/// the register: `<origin> <seq> <hash>` per line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    pub uuid: String,
    pub before: String,
    pub after: String,
    /// In a bundle that is an agency copy, or comes from one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<CopyLine>,
}

/// The first line of what is noted since a backup: of which register it is, the backup's path in the data folder, and where the chains
/// are before what follows.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beginning {
    pub uuid: String,
    pub backup: String,
    pub before: String,
}

/// For which party an agency copy is, how many actions the register had when it was made, and the ends of all chains then.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CopyLine {
    pub party: String,
    pub name: String,
    pub actions: u64,
    pub tips: String,
}

/// Every further line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum BundleLine {
    Origin(OriginLine),
    Batch(BatchLine),
}

/// A copy that writes; `key` in hexadecimal digits.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OriginLine {
    pub id: String,
    pub key: String,
    pub computer: String,
    pub at: String,
    pub known: String,
    /// The party in whose agency copy it writes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
}

/// A batch with its changes; bytes in hexadecimal digits.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BatchLine {
    pub id: String,
    pub words: Option<WordsLine>,
    pub salt: Option<String>,
    pub digest: String,
    pub signature: Option<String>,
    pub changes: Vec<ChangeLine>,
}

/// Who, when, in which meeting and why.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordsLine {
    pub author: String,
    pub at: String,
    pub meeting: Option<String>,
    pub cause: String,
}

/// A change; its number follows from its place, its hash from the chain.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeLine {
    pub lamport: u64,
    pub digest: String,
    pub body: Option<String>,
    pub salt: Option<String>,
    /// What the copy may know of a change whose words are withheld.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
}

pub fn print(line: &impl Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(line)
}

pub fn manifest(line: &str) -> Option<Manifest> {
    serde_json::from_str(line).ok()
}

pub fn beginning(line: &str) -> Option<Beginning> {
    serde_json::from_str(line).ok()
}

pub fn line(line: &str) -> Option<BundleLine> {
    serde_json::from_str(line).ok()
}
