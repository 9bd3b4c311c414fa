//! The ways in which a response comes in.

use serde::{Deserialize, Serialize};

/// How a response came in.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// A browser.
    #[default]
    Web,
    /// A paper form, keyed in.
    Paper,
    /// A telephone call, keyed in.
    Telephone,
    /// An event, keyed in.
    Event,
    /// An import.
    Import,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 5] = [
        Self::Web,
        Self::Paper,
        Self::Telephone,
        Self::Event,
        Self::Import,
    ];

    /// Its word in addresses and files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Web => "web",
            Self::Paper => "paper",
            Self::Telephone => "telephone",
            Self::Event => "event",
            Self::Import => "import",
        }
    }

    /// The channel a word means.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.word() == word)
    }
}
