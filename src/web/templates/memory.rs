//! Pages rendered before, kept by everything that went into them: a page is rendered once and copied from then on, with
//! gaps for what is its reader's own. `docs/performance.md` says what that is worth.

use std::{
    collections::HashMap,
    io::Write,
    mem,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use flate2::{Compression, write::GzEncoder};

/// Begins a gap while a page is kept. No text holds it: it is not a character.
const MARK: char = '\u{ffff}';

/// The first of the characters that number gaps, of a plane that no text uses: each stands behind a [`MARK`].
const FIRST_NUMBER: u32 = 0xf_0000;

/// The gap that the reader's form token goes into.
pub(super) const TOKEN_GAP: usize = 0;

/// How many bytes of pages and keys one generation holds.
const LIMIT: usize = 4 * 1024 * 1024;

/// What stands for a gap in the values of a page that is kept: what goes there differs from reader to reader. Gap 0 is the
/// form token's.
#[must_use]
pub fn gap(number: usize) -> String {
    let number = u32::try_from(number)
        .ok()
        .and_then(|number| char::from_u32(FIRST_NUMBER.checked_add(number)?));
    // More gaps than there are characters would be more than a page of 512 KB has.
    [MARK, number.unwrap_or(MARK)].iter().collect()
}

/// A page that is kept, with gaps for what differs from reader to reader.
#[derive(Debug, PartialEq, Eq)]
pub struct Remembered {
    /// What stands before the first gap.
    start: Box<str>,
    /// Each gap's number, and what stands behind it.
    rest: Vec<(usize, Box<str>)>,
    gzip: OnceLock<Option<Vec<u8>>>,
}

impl Remembered {
    pub(super) fn new(html: &str) -> Self {
        let mut pieces = html.split(MARK);
        let start = Box::from(pieces.next().unwrap_or_default());
        let rest = pieces.map(|piece| {
            let mut letters = piece.chars();
            let number = letters
                .next()
                .and_then(|number| u32::from(number).checked_sub(FIRST_NUMBER))
                .and_then(|number| usize::try_from(number).ok());
            (number.unwrap_or(usize::MAX), Box::from(letters.as_str()))
        });
        Self {
            start,
            rest: rest.collect(),
            gzip: OnceLock::new(),
        }
    }

    /// The page for a reader: `fill` has the HTML for each gap, the form token's first. A gap without any stays empty.
    #[must_use]
    pub fn html(&self, fill: &[String]) -> String {
        let filled = |number: &usize| fill.get(*number).map_or("", String::as_str);
        let length: usize = self
            .rest
            .iter()
            .map(|(gap, text)| filled(gap).len() + text.len())
            .sum();
        let mut html = String::with_capacity(self.start.len() + length);
        html.push_str(&self.start);
        for (gap, text) in &self.rest {
            html.push_str(filled(gap));
            html.push_str(text);
        }
        html
    }

    /// The page with its gaps empty, compressed. Only a page without a reader's secrets is ever compressed: the size of a
    /// page with a secret in it would tell of the secret.
    #[must_use]
    pub fn gzip(&self) -> Option<&[u8]> {
        let compressed = self.gzip.get_or_init(|| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(self.html(&[]).as_bytes()).ok()?;
            encoder.finish().ok()
        });
        compressed.as_deref()
    }

    fn size(&self) -> usize {
        let behind = |(_, text): &(usize, Box<str>)| size_of::<(usize, Box<str>)>() + text.len();
        self.start.len() + self.rest.iter().map(behind).sum::<usize>()
    }
}

/// Two generations: what is used moves to the young one; when that is full, the old one is forgotten.
#[derive(Debug, Default)]
struct Generations {
    young: HashMap<Box<[u8]>, Arc<Remembered>>,
    old: HashMap<Box<[u8]>, Arc<Remembered>>,
    young_size: usize,
}

/// The pages kept.
#[derive(Debug, Default)]
pub(super) struct Memory(Mutex<Generations>);

impl Memory {
    pub(super) fn get(&self, key: &[u8]) -> Option<Arc<Remembered>> {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(page) = generations.young.get(key) {
            return Some(Arc::clone(page));
        }
        let (key, page) = generations.old.remove_entry(key)?;
        generations.insert(key, Arc::clone(&page));
        Some(page)
    }

    pub(super) fn put(&self, key: Vec<u8>, page: Arc<Remembered>) {
        let mut generations = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        generations.insert(key.into_boxed_slice(), page);
    }
}

impl Generations {
    fn insert(&mut self, key: Box<[u8]>, page: Arc<Remembered>) {
        let size = key.len() + page.size();
        if self.young_size + size > LIMIT {
            self.old = mem::take(&mut self.young);
            self.young_size = 0;
        }
        self.young_size += size;
        self.young.insert(key, page);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Read;

    use super::*;

    #[test]
    fn a_page_gets_its_readers_own_words_in_every_gap() {
        let (token, name) = (gap(TOKEN_GAP), gap(1));
        let page = Remembered::new(&format!("<a>{token}</a><b>{name}</b><c>{token}</c>"));
        let fill = ["xyz".to_owned(), "Ann".to_owned()];
        assert_eq!(page.html(&fill), "<a>xyz</a><b>Ann</b><c>xyz</c>");
        assert_eq!(page.html(&fill[..1]), "<a>xyz</a><b></b><c>xyz</c>");
    }

    #[test]
    fn many_gaps_are_told_apart() {
        let gaps: String = (0..2000).map(gap).collect();
        let fill: Vec<_> = (0..2000).map(|number| format!("{number},")).collect();
        assert_eq!(Remembered::new(&gaps).html(&fill), fill.concat());
    }

    #[test]
    fn what_is_compressed_reads_back_with_empty_gaps() {
        let page = Remembered::new(&format!("<a>{}</a>", gap(TOKEN_GAP)));
        let mut html = String::new();
        flate2::read::GzDecoder::new(page.gzip().unwrap())
            .read_to_string(&mut html)
            .unwrap();
        assert_eq!(html, "<a></a>");
    }

    #[test]
    fn a_page_that_is_used_stays_and_the_others_are_forgotten_in_time() {
        let memory = Memory::default();
        let page = Arc::new(Remembered::new(&"x".repeat(LIMIT / 4)));
        for number in 0..20_u8 {
            memory.put(vec![number], Arc::clone(&page));
            assert!(memory.get(&[0]).is_some(), "after {number}");
        }
        assert!(memory.get(&[1]).is_none());
    }
}
