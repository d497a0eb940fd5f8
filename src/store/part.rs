//! A part of the snapshot, as it is in the file.

use rusqlite::blob::Blob;
use rusqlite::ffi::SQLITE_ERROR;
use rusqlite::{Connection, Error, MAIN_DB, OptionalExtension};
use sha2::{Digest, Sha256};

use super::chain::Hash;
use super::trouble::Fault;

/// How many bytes of a part are read at once where no more is wanted than its digest.
const PIECE: usize = 64 << 10;

/// The bytes of one part, if they are those that its digest names.
pub fn proved(db: &Connection, digest: &Hash) -> Result<Option<Vec<u8>>, Fault> {
    Ok(unproved(db, digest)?.filter(|state| is_named(state, digest)))
}

/// The bytes of one part, whatever they are.
pub fn unproved(db: &Connection, digest: &Hash) -> Result<Option<Vec<u8>>, Fault> {
    let Some(part) = part(db, digest)? else { return Ok(None) };
    let mut bytes = vec![0; part.len()];
    part.read_at_exact(&mut bytes, 0)?;
    Ok(Some(bytes))
}

/// One part, to be read from the file's pages as they are: a query would gather it in memory first.
fn part<'a>(db: &'a Connection, digest: &Hash) -> Result<Option<Blob<'a>>, Fault> {
    let sql = "SELECT rowid FROM snapshot_part WHERE digest = ?1";
    let row: Option<i64> = db.prepare_cached(sql)?.query_row([digest], |row| row.get(0)).optional()?;
    match row.map(|row| db.blob_open(MAIN_DB, "snapshot_part", "state", row, true)).transpose() {
        // Another program has removed it meanwhile, or what is there is not bytes.
        Err(Error::SqliteFailure(why, _)) if why.extended_code == SQLITE_ERROR => Ok(None),
        part => Ok(part?),
    }
}

/// Whether a digest is that of these bytes.
pub fn is_named(state: &[u8], digest: &Hash) -> bool {
    Hash::from(Sha256::digest(state)) == *digest
}

/// Whether a part is there, and what its digest says.
pub fn is_whole(db: &Connection, digest: &Hash) -> Result<bool, Fault> {
    let Some(part) = part(db, digest)? else { return Ok(false) };
    Ok(digest_of(&part)? == *digest)
}

/// Read piece by piece: a part can have megabytes.
fn digest_of(part: &Blob<'_>) -> Result<Hash, Fault> {
    let (mut hasher, mut piece, mut at) = (Sha256::new(), vec![0; PIECE], 0);
    loop {
        let read = part.read_at(&mut piece, at)?;
        let Some(read) = piece.get(..read).filter(|read| !read.is_empty()) else { break };
        hasher.update(read);
        at += read.len();
    }
    Ok(hasher.finalize().into())
}
