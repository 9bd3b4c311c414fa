//! The chain of seals: which rows each covers, its hash, and the walk that finds where it was broken.
//!
//! A row gets a place (1, 2, 3 …) when it is sealed, not when it is written: several nodes commit in another order than
//! they draw identities. A place keeps the row's SHA-256, a seal that of its places and of the seal before it.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Row;

/// SHA-256.
pub type Hash = [u8; 32];

/// What stands before the first seal.
pub const BEFORE_ALL: Hash = [0; 32];

/// A sealed row's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// 1, 2, 3 …
    pub position: i64,
    /// The row's identity.
    pub entry: i64,
    /// [`digest`] of the row as it was sealed.
    pub sha256: Hash,
}

/// A seal over the rows of some places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// 1, 2, 3 …
    pub number: i64,
    /// The first place it covers.
    pub first: i64,
    /// The last place it covers.
    pub last: i64,
    /// The highest identity of its rows and of all sealed before.
    pub highest: i64,
    /// When it was made (unix microseconds).
    pub sealed_at: i64,
    /// The hash of the seal before; [`BEFORE_ALL`] for the first.
    pub previous: Hash,
    /// Its hash.
    pub hash: Hash,
}

/// Where the log is not as it was sealed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// A row says something else.
    #[error("row {entry} (place {position}) was changed after it was sealed")]
    ChangedRow {
        /// Its place.
        position: i64,
        /// Its identity.
        entry: i64,
    },
    /// A row is gone.
    #[error("row {entry} (place {position}) is missing")]
    MissingRow {
        /// Its place.
        position: i64,
        /// Its identity.
        entry: i64,
    },
    /// A place is gone.
    #[error("place {position} is missing")]
    MissingPlace {
        /// Which.
        position: i64,
    },
    /// A seal is gone.
    #[error("seal {number} is missing")]
    MissingSeal {
        /// Its number.
        number: i64,
    },
    /// A seal, or the places it covers, say something else.
    #[error("seal {number} does not fit the rows it covers")]
    ChangedSeal {
        /// Its number.
        number: i64,
    },
    /// A seal before this one was made anew.
    #[error("seal {number} does not follow the seal before it")]
    BrokenLink {
        /// Its number.
        number: i64,
    },
    /// The head that somebody noted is not in the chain.
    #[error("no seal has the hash {0}: the log was cut off or made anew since it was noted")]
    UnknownHead(String),
}

/// SHA-256 of a row: each field with its length before it, so that no two rows share their bytes.
#[must_use]
pub fn digest(position: i64, row: &Row) -> Hash {
    let mut hash = Sha256::new();
    hash.update(b"have-your-say audit row 1\n");
    for number in [position, row.id, row.at, i64::from(row.format)] {
        hash.update(number.to_be_bytes());
    }
    let text = |hash: &mut Sha256, text: Option<&str>| match text {
        Some(text) => {
            hash.update([1]);
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text.as_bytes());
        }
        None => hash.update([0]),
    };
    let id = |hash: &mut Sha256, id: Option<Uuid>| match id {
        Some(id) => {
            hash.update([1]);
            hash.update(id.as_bytes());
        }
        None => hash.update([0]),
    };
    text(&mut hash, Some(&row.actor));
    id(&mut hash, row.by_account);
    text(&mut hash, Some(&row.kind));
    text(&mut hash, row.survey.as_deref());
    id(&mut hash, row.response);
    id(&mut hash, row.account);
    text(&mut hash, Some(&row.details));
    hash.finalize().into()
}

/// Gives rows the places after `last`, in their order.
#[must_use]
pub fn places(last: i64, rows: &[Row]) -> Vec<Place> {
    (last + 1..)
        .zip(rows)
        .map(|(position, row)| Place {
            position,
            entry: row.id,
            sha256: digest(position, row),
        })
        .collect()
}

/// Seals places after the seal before; none where there are no places.
#[must_use]
pub fn seal(before: Option<&Seal>, places: &[Place], sealed_at: i64) -> Option<Seal> {
    let (first, last) = (places.first()?, places.last()?);
    let highest = places.iter().map(|place| place.entry).max()?;
    let mut seal = Seal {
        number: before.map_or(1, |seal| seal.number + 1),
        first: first.position,
        last: last.position,
        highest: before.map_or(highest, |seal| seal.highest.max(highest)),
        sealed_at,
        previous: before.map_or(BEFORE_ALL, |seal| seal.hash),
        hash: BEFORE_ALL,
    };
    seal.hash = hash_of(&seal, places);
    Some(seal)
}

fn hash_of(seal: &Seal, places: &[Place]) -> Hash {
    let mut hash = Sha256::new();
    hash.update(b"have-your-say audit seal 1\n");
    let numbers = [
        seal.number,
        seal.first,
        seal.last,
        seal.highest,
        seal.sealed_at,
    ];
    for number in numbers {
        hash.update(number.to_be_bytes());
    }
    hash.update(seal.previous);
    for place in places {
        hash.update(place.position.to_be_bytes());
        hash.update(place.entry.to_be_bytes());
        hash.update(place.sha256);
    }
    hash.finalize().into()
}

/// A walk along the chain, from its beginning.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Walk {
    last: Option<Seal>,
}

impl Walk {
    /// The seal it has come to.
    #[must_use]
    pub fn last(&self) -> Option<&Seal> {
        self.last.as_ref()
    }

    /// Goes on to a seal, with the places that are stored between its first and last, each with its row if that is
    /// there, in their order.
    ///
    /// # Errors
    /// The first [`Break`].
    pub fn go_on(&mut self, seal: Seal, stored: &[(Place, Option<Row>)]) -> Result<(), Break> {
        let (number, position, previous) = match &self.last {
            Some(last) => (last.number + 1, last.last + 1, last.hash),
            None => (1, 1, BEFORE_ALL),
        };
        if seal.number != number {
            return Err(Break::MissingSeal { number });
        }
        if seal.previous != previous {
            return Err(Break::BrokenLink { number });
        }
        if seal.first != position || seal.last < seal.first {
            return Err(Break::ChangedSeal { number });
        }
        let mut at = stored.iter();
        let mut places = Vec::with_capacity(stored.len());
        for position in seal.first..=seal.last {
            let Some((place, row)) = at.next().filter(|(place, _)| place.position == position)
            else {
                return Err(Break::MissingPlace { position });
            };
            let entry = place.entry;
            match row {
                None => return Err(Break::MissingRow { position, entry }),
                Some(row) if digest(position, row) != place.sha256 => {
                    return Err(Break::ChangedRow { position, entry });
                }
                Some(_) => places.push(place.clone()),
            }
        }
        if hash_of(&seal, &places) != seal.hash {
            return Err(Break::ChangedSeal { number });
        }
        self.last = Some(seal);
        Ok(())
    }

    /// Ends the walk, where `beyond` places stand after the last seal.
    ///
    /// # Errors
    /// [`Break::MissingSeal`], if there are any: a seal and its places are written together.
    pub fn end(self, beyond: u64) -> Result<Option<Seal>, Break> {
        if beyond > 0 {
            let number = self.last.map_or(1, |seal| seal.number + 1);
            return Err(Break::MissingSeal { number });
        }
        Ok(self.last)
    }
}

/// A hash in hexadecimal.
#[must_use]
pub fn hex(hash: &Hash) -> String {
    use std::fmt::Write as _;
    hash.iter()
        .fold(String::with_capacity(64), |mut text, byte| {
            // Writing to a text can't fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: i64) -> Row {
        Row {
            id,
            at: 1_000 + id,
            actor: "system".to_owned(),
            by_account: None,
            kind: "signed_in".to_owned(),
            format: 1,
            survey: Some("plan".to_owned()),
            response: None,
            account: None,
            details: "{}".to_owned(),
        }
    }

    /// Seals, each with the places it covers and their rows.
    type Sealed = Vec<(Seal, Vec<(Place, Option<Row>)>)>;
    /// A change behind the program's back.
    type Tamper = fn(&mut Sealed);

    /// Three seals over seven rows that became visible out of order.
    fn chain() -> Sealed {
        let mut sealed = Sealed::new();
        for ids in [&[1, 3, 4][..], &[2], &[5, 7, 6]] {
            let before = sealed.last().map(|(seal, _)| seal.clone());
            let rows: Vec<Row> = ids.iter().map(|id| row(*id)).collect();
            let places = places(before.as_ref().map_or(0, |seal| seal.last), &rows);
            let seal = seal(before.as_ref(), &places, 9_000).expect("rows");
            sealed.push((
                seal,
                places.into_iter().zip(rows.into_iter().map(Some)).collect(),
            ));
        }
        sealed
    }

    fn walk(chain: &Sealed) -> Result<Option<Seal>, Break> {
        let mut walk = Walk::default();
        for (seal, places) in chain {
            walk.go_on(seal.clone(), places)?;
        }
        walk.end(0)
    }

    #[test]
    fn an_untouched_chain_is_walked_to_its_head() {
        let chain = chain();
        let head = walk(&chain).expect("no break").expect("a seal");
        assert_eq!(
            (head.number, head.first, head.last, head.highest),
            (3, 5, 7, 7)
        );
        assert_eq!(chain[1].0.highest, 4, "the highest of all until then");
        assert_eq!(walk(&Sealed::new()), Ok(None));
        assert_eq!(seal(Some(&head), &[], 1), None, "no rows, no seal");
    }

    #[test]
    fn every_field_of_a_row_counts() {
        let changes: [fn(&mut Row); 10] = [
            |row| row.id += 1,
            |row| row.at += 1,
            |row| row.actor = "nobody".to_owned(),
            |row| row.by_account = Some(Uuid::nil()),
            |row| row.kind = "signed_out".to_owned(),
            |row| row.format = 2,
            |row| row.survey = None,
            |row| row.response = Some(Uuid::nil()),
            |row| row.account = Some(Uuid::nil()),
            |row| row.details.push(' '),
        ];
        let mut seen = std::collections::HashSet::from([digest(1, &row(1)), digest(2, &row(1))]);
        for change in changes {
            let mut changed = row(1);
            change(&mut changed);
            assert!(seen.insert(digest(1, &changed)), "{changed:?}");
        }
    }

    #[test]
    fn every_way_to_tamper_is_named() {
        let ways: [(Tamper, Break); 8] = [
            (
                |chain| chain[0].1[1].1.as_mut().expect("a row").details.push('x'),
                Break::ChangedRow {
                    position: 2,
                    entry: 3,
                },
            ),
            (
                |chain| chain[2].1[0].1 = None,
                Break::MissingRow {
                    position: 5,
                    entry: 5,
                },
            ),
            (
                |chain| drop(chain[2].1.remove(1)),
                Break::MissingPlace { position: 6 },
            ),
            (
                |chain| drop(chain.remove(1)),
                Break::MissingSeal { number: 2 },
            ),
            (
                |chain| drop(chain.remove(0)),
                Break::MissingSeal { number: 1 },
            ),
            (
                |chain| chain[1].0.sealed_at -= 1,
                Break::ChangedSeal { number: 2 },
            ),
            // A row changed with its place: the seal doesn't fit.
            (
                |chain| {
                    let (place, row) = &mut chain[1].1[0];
                    let row = row.as_mut().expect("a row");
                    row.at += 1;
                    place.sha256 = digest(4, row);
                },
                Break::ChangedSeal { number: 2 },
            ),
            // And with its seal: the next doesn't follow.
            (
                |chain| {
                    let (seal, stored) = &mut chain[1];
                    let row = stored[0].1.as_mut().expect("a row");
                    row.at += 1;
                    stored[0].0.sha256 = digest(4, row);
                    seal.hash = hash_of(seal, &[stored[0].0.clone()]);
                },
                Break::BrokenLink { number: 3 },
            ),
        ];
        for (tamper, expected) in ways {
            let mut chain = chain();
            tamper(&mut chain);
            assert_eq!(walk(&chain), Err(expected));
        }
        let mut walk = Walk::default();
        let (seal, places) = &chain()[0];
        walk.go_on(seal.clone(), places).expect("the first");
        assert_eq!(walk.end(1), Err(Break::MissingSeal { number: 2 }));
    }
}
