//! Pages rendered before, kept by everything that went into them: a page that has nothing of its reader's in it is
//! rendered once and copied from then on. `docs/performance.md` says what that is worth.

use std::{
    collections::HashMap,
    io::Write,
    mem,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use flate2::{Compression, write::GzEncoder};

/// Stands for the form token while a page is kept. No text holds it: it is not a character.
pub(super) const TOKEN: &str = "\u{ffff}";

/// How many bytes of pages and keys one generation holds.
const LIMIT: usize = 4 * 1024 * 1024;

/// A page that is kept, with a gap at every place where its reader's form token goes.
#[derive(Debug)]
pub struct Remembered {
    pieces: Vec<Box<str>>,
    gzip: OnceLock<Option<Vec<u8>>>,
}

impl Remembered {
    pub(super) fn new(html: &str) -> Self {
        Self {
            pieces: html.split(TOKEN).map(Box::from).collect(),
            gzip: OnceLock::new(),
        }
    }

    /// The page for a reader with this form token.
    #[must_use]
    pub fn html(&self, token: &str) -> String {
        self.pieces.join(token)
    }

    /// The page for readers without a form token, compressed. Only such a page is ever compressed: the size of a page
    /// with a secret in it would tell of the secret.
    #[must_use]
    pub fn gzip(&self) -> Option<&[u8]> {
        let compressed = self.gzip.get_or_init(|| {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
            encoder.write_all(self.html("").as_bytes()).ok()?;
            encoder.finish().ok()
        });
        compressed.as_deref()
    }

    fn size(&self) -> usize {
        self.pieces.iter().map(|piece| piece.len()).sum()
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
    fn a_page_gets_its_readers_token_everywhere() {
        let page = Remembered::new(&format!("<a>{TOKEN}</a><b>{TOKEN}</b>"));
        assert_eq!(page.html("xyz"), "<a>xyz</a><b>xyz</b>");
    }

    #[test]
    fn what_is_compressed_reads_back_without_a_token() {
        let page = Remembered::new(&format!("<a>{TOKEN}</a>"));
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
