//! Postcodes: what one looks like, and which area each lies in.
//!
//! A well-formed postcode is packed into 32 bits, so that a county's list is a sorted array of a third of a megabyte.

use std::io::Read;

use super::error::PlaceError;
use super::place::Area;
use super::table::Table;

/// A well-formed postcode, packed: outward code, then the inward code's digit, then its two letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Postcode(u32);

/// Letters of the inward code; the other six look too much alike in handwriting and are never used there.
const INWARD: &[u8] = b"ABDEFGHJLNPQRSTUWXYZ";
const INWARD_PAIRS: u32 = (INWARD.len() * INWARD.len()) as u32;
/// Letters that may end an outward code such as `W1A` or `EC1A`, in use or retired.
const LAST_OUTWARD: &[u8] = b"ABCDEFGHJKMNPRSTUVWXY";

impl Postcode {
    /// Reads a postcode in any case and spacing.
    ///
    /// Spaces, hyphens and full stops are ignored. O and 0 are taken for each other where only one of them can stand:
    /// a digit is needed after `SS` in `SSO 7XX`, and no outward code has 0 after its first letter, so `C01 1PJ` is
    /// `CO1 1PJ`. Nothing else is guessed.
    pub(super) fn read(typed: &str) -> Option<Self> {
        let mut letters = [0_u8; 7];
        let mut length = 0;
        for c in typed.chars() {
            if c.is_whitespace() || matches!(c, '-' | '.' | '\u{200b}' | '\u{feff}') {
                continue;
            }
            if !c.is_ascii_alphanumeric() || length == letters.len() {
                return None;
            }
            letters[length] = c.to_ascii_uppercase() as u8;
            length += 1;
        }
        let (outward, inward) = letters[..length].split_at(length.checked_sub(3)?);
        Some(Self(
            read_outward(outward)? * 10 * INWARD_PAIRS + read_inward(inward)?,
        ))
    }

    fn sector(self) -> Sector {
        Sector(self.0 / INWARD_PAIRS)
    }
}

/// An outward code and the digit after it, such as `CM2 6`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Sector(u32);

impl Sector {
    fn read(text: &str) -> Option<Self> {
        // Any two letters complete a sector to a postcode of it.
        Postcode::read(&format!("{text}AA")).map(Postcode::sector)
    }
}

fn letter(c: u8) -> Option<u32> {
    match c {
        b'0' => Some(u32::from(b'O' - b'A')),
        b'A'..=b'Z' => Some(u32::from(c - b'A')),
        _ => None,
    }
}

fn digit(c: u8) -> Option<u32> {
    match c {
        b'O' => Some(0),
        b'0'..=b'9' => Some(u32::from(c - b'0')),
        _ => None,
    }
}

/// Reads an outward code: A9, A99, A9A, AA9, AA99 or AA9A. Its first letter is not Q, V or X, its second not I, J or Z.
fn read_outward(outward: &[u8]) -> Option<u32> {
    let (&first, rest) = outward.split_first()?;
    let first = letter(first).filter(|_| !b"QVX".contains(&first))?;
    // No district is 0 after a single letter, so a 0 here is an O.
    let (second, rest) = match rest.split_first()? {
        (b'1'..=b'9', _) => (0, rest),
        (&c, rest) => (letter(c).filter(|_| !b"IJZ".contains(&c))? + 1, rest),
    };
    let (&district, last) = rest.split_first()?;
    let district = digit(district)?;
    let last = match *last {
        [] => 0,
        // A district of two digits doesn't begin with 0.
        [c] if district > 0 && digit(c).is_some() => digit(c)? + 1,
        [c] if LAST_OUTWARD.contains(&c) => u32::from(c - b'A') + 11,
        _ => return None,
    };
    Some(((first * 27 + second) * 10 + district) * 37 + last)
}

fn read_inward(inward: &[u8]) -> Option<u32> {
    let [sector, first, second] = *inward else {
        return None;
    };
    let place = |c: u8| INWARD.iter().position(|&known| known == c);
    let unit = place(first)? * INWARD.len() + place(second)?;
    Some(digit(sector)? * INWARD_PAIRS + u32::try_from(unit).ok()?)
}

const FILE: &str = "postcodes.csv.gz";
const SECTORS: &str = "sectors.csv";

/// Every postcode of a place with its area, and the sectors that lie in it at least partly.
#[derive(Debug)]
pub(super) struct Postcodes {
    codes: Vec<Postcode>,
    areas: Vec<u8>,
    sectors: Vec<Sector>,
}

impl Postcodes {
    pub(super) fn read(gz: &[u8], sectors: &[u8], areas: &[Area]) -> Result<Self, PlaceError> {
        let mut text = String::new();
        flate2::read::GzDecoder::new(gz)
            .read_to_string(&mut text)
            .map_err(|e| PlaceError::file(FILE, e))?;
        let mut found = read_list(&text, areas)?;
        drop(text);
        found.sort_unstable();
        if found.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return Err(PlaceError::file(FILE, "a postcode comes twice"));
        }
        Ok(Self {
            codes: found.iter().map(|&(code, _)| code).collect(),
            areas: found.iter().map(|&(_, area)| area).collect(),
            sectors: read_sectors(sectors)?,
        })
    }

    pub(super) fn area_of(&self, postcode: Postcode) -> Option<u8> {
        let index = self.codes.binary_search(&postcode).ok()?;
        self.areas.get(index).copied()
    }

    pub(super) fn knows_sector_of(&self, postcode: Postcode) -> bool {
        self.sectors.binary_search(&postcode.sector()).is_ok()
    }

    /// Postcodes in the list.
    #[cfg(test)]
    pub(super) fn len(&self) -> usize {
        self.codes.len()
    }

    /// Bytes the list takes in memory.
    #[cfg(test)]
    pub(super) fn bytes(&self) -> usize {
        self.codes.capacity() * 4 + self.areas.capacity() + self.sectors.capacity() * 4
    }
}

/// Reads the list by hand: it is long, and nothing in it is quoted.
fn read_list(text: &str, areas: &[Area]) -> Result<Vec<(Postcode, u8)>, PlaceError> {
    let mut lines = text.lines();
    if lines.next() != Some("postcode,gss_code") {
        let problem = "the heading should be postcode,gss_code";
        return Err(PlaceError::row(FILE, 1, problem));
    }
    // A line is about 18 bytes.
    let mut found = Vec::with_capacity(text.len() / 18);
    let mut latest = 0;
    for (line, row) in (2..).zip(lines) {
        let odd = |problem: &str| PlaceError::row(FILE, line, format!("{row:?}: {problem}"));
        let (postcode, code) = row
            .split_once(',')
            .ok_or_else(|| odd("a postcode and a code are needed"))?;
        let postcode = Postcode::read(postcode).ok_or_else(|| odd("this is not a postcode"))?;
        if areas
            .get(latest)
            .is_none_or(|area| area.code.as_str() != code)
        {
            latest = areas
                .iter()
                .position(|area| area.code.as_str() == code)
                .ok_or_else(|| odd("the code is not an area of this pack"))?;
        }
        let area = u8::try_from(latest).map_err(|_| odd("there are too many areas"))?;
        found.push((postcode, area));
    }
    Ok(found)
}

fn read_sectors(bytes: &[u8]) -> Result<Vec<Sector>, PlaceError> {
    let heading = ["sector", "gss_code", "postcodes", "share", "in_place"];
    let mut table = Table::new(SECTORS, bytes, &heading)?;
    let mut sectors = Vec::new();
    while let Some(row) = table.next_row()? {
        let sector = Sector::read(row.text(0)?).ok_or_else(|| row.odd("this is not a sector"))?;
        match row.text(4)? {
            "1" => sectors.push(sector),
            "0" => {}
            _ => return Err(row.odd("in_place is 0 or 1")),
        }
    }
    sectors.sort_unstable();
    sectors.dedup();
    sectors.shrink_to_fit();
    Ok(sectors)
}
