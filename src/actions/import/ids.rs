//! Who a row is: the same row of the same file is the same response, however often it comes.

use std::{
    fs::File,
    io::{self, Read, Seek},
};

use sha2::{Digest, Sha256};
use uuid::Uuid;

/// SHA-256 of what a file holds.
pub(super) type Fingerprint = [u8; 32];

/// Reads a file from its beginning, and goes back there.
pub(super) fn fingerprint(file: &mut File) -> io::Result<Fingerprint> {
    file.rewind()?;
    let mut hash = Sha256::new();
    let mut part = vec![0; 64 * 1024];
    loop {
        match file.read(&mut part)? {
            0 => break,
            read => hash.update(&part[..read]),
        }
    }
    file.rewind()?;
    Ok(hash.finalize().into())
}

/// The identity of a response by the id its row brings: an id of ours is kept, so that a file we wrote brings nobody in
/// twice; any other makes one of its own in each survey.
pub(super) fn by_id(survey: &Uuid, id: &str) -> Uuid {
    // The form in which files of answers write one, and no other: "17" is hexadecimal, too.
    if id.len() == 36
        && let Ok(ours) = Uuid::try_parse(id)
    {
        return ours;
    }
    of(&[b"id", survey.as_bytes(), id.as_bytes()])
}

/// The identity of a response by the file and the number of its row.
pub(super) fn by_place(survey: &Uuid, file: &Fingerprint, number: u64) -> Uuid {
    of(&[b"row", survey.as_bytes(), file, &number.to_le_bytes()])
}

/// A UUID of version 8 (RFC 9562): 122 bits of a hash. No part but the last varies in length, so that none is
/// mistaken for another.
fn of(parts: &[&[u8]]) -> Uuid {
    let mut hash = Sha256::new_with_prefix(b"have-your-say import ");
    for part in parts {
        hash.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
