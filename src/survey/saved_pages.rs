//! Which pages of a response were saved, and when: a blank page that was saved is not one that was never seen.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::ids::PageKey;

/// Page → when it was saved last, in microseconds since 1970 by the database's clock.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SavedPages(pub BTreeMap<PageKey, i64>);

impl SavedPages {
    /// Whether a page was saved.
    #[must_use]
    pub fn contains(&self, page: &PageKey) -> bool {
        self.0.contains_key(page)
    }

    /// Records that a page was saved at `at` (microseconds since 1970).
    pub fn save(&mut self, page: &PageKey, at: i64) {
        self.0.insert(page.clone(), at);
    }

    /// When a page was saved last.
    #[must_use]
    pub fn last(&self) -> Option<i64> {
        self.0.values().copied().max()
    }
}
