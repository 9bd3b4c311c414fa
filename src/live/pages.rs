//! Which pages the submitted responses saved, counted so that a response can be taken out again.
//!
//! Most people save the same pages, so a response keeps the number of its list of pages, not the list.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use crate::survey::{ids::PageKey, journey::SavedPages};

#[derive(Debug, Default)]
pub(super) struct SavedCounts {
    numbers: HashMap<Vec<PageKey>, u32>,
    /// Each list's pages, and how many responses have saved exactly these.
    lists: Vec<(Vec<PageKey>, u64)>,
    responses: HashMap<Uuid, u32>,
}

impl SavedCounts {
    /// Counts a response in, or anew.
    pub(super) fn put(&mut self, id: Uuid, saved: &SavedPages) {
        let pages: Vec<PageKey> = saved.0.keys().cloned().collect();
        let number = match self.numbers.get(&pages) {
            Some(number) => *number,
            None => {
                let number = u32::try_from(self.lists.len())
                    .expect("there are fewer lists than responses, of which fewer than 2^32 fit");
                self.lists.push((pages.clone(), 0));
                self.numbers.insert(pages, number);
                number
            }
        };
        self.remove(&id);
        self.lists[number as usize].1 += 1;
        self.responses.insert(id, number);
    }

    /// Counts a response out, if it was in.
    pub(super) fn remove(&mut self, id: &Uuid) {
        if let Some(number) = self.responses.remove(id) {
            self.lists[number as usize].1 -= 1;
        }
    }

    /// Page → responses that saved it.
    pub(super) fn counts(&self) -> BTreeMap<PageKey, u64> {
        let mut counts = BTreeMap::new();
        for (pages, count) in self.lists.iter().filter(|(_, count)| *count > 0) {
            for page in pages {
                *counts.entry(page.clone()).or_insert(0) += count;
            }
        }
        counts
    }
}
