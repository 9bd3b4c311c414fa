//! The flags a response can have.

use serde::Serialize;

/// A sign that a response may not be what somebody thinks. Its number is its bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Flag {
    /// A field that people don't see was filled in. Stored with the response when it is sent.
    Trap = 0,
    /// It was sent sooner than anybody can go through the pages. Stored with the response when it is sent.
    TooFast = 1,
    /// Many were sent from one address in a short time. Stored with the response when it is sent.
    Burst = 2,
    /// Two of its answers can't both be true, by a rule of the survey.
    Contradiction = 3,
    /// It has the same answer down whole grids.
    StraightLines = 4,
    /// It took much less time for each question than others took.
    Speeding = 5,
    /// Another response has the same long text.
    RepeatedText = 6,
}

/// The bits that are stored with a response when it is sent; the others follow from the answers.
pub const STORED: u8 = Flag::Trap.bit() | Flag::TooFast.bit() | Flag::Burst.bit();

impl Flag {
    /// All, by their bits.
    pub const ALL: [Self; 7] = [
        Self::Trap,
        Self::TooFast,
        Self::Burst,
        Self::Contradiction,
        Self::StraightLines,
        Self::Speeding,
        Self::RepeatedText,
    ];

    /// Its bit in a byte of flags.
    #[must_use]
    pub const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Its word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Trap => "trap",
            Self::TooFast => "too_fast",
            Self::Burst => "burst",
            Self::Contradiction => "contradiction",
            Self::StraightLines => "straight_lines",
            Self::Speeding => "speeding",
            Self::RepeatedText => "repeated_text",
        }
    }

    /// The flags whose bits are set.
    pub fn of(bits: u8) -> impl Iterator<Item = Self> {
        Self::ALL
            .into_iter()
            .filter(move |flag| bits & flag.bit() != 0)
    }
}

/// Which responses a filter lets through by their flags.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagFilter {
    /// With flags and without.
    #[default]
    All,
    /// Those without any flag.
    Unflagged,
    /// Those with at least one.
    Flagged,
}

impl FlagFilter {
    /// All, in the order they are listed.
    pub const ALL: [Self; 3] = [Self::All, Self::Unflagged, Self::Flagged];

    /// Its word in addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Unflagged => "unflagged",
            Self::Flagged => "flagged",
        }
    }

    /// Reads the word of an address.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.word() == word)
    }

    /// Whether a response with these flags passes.
    #[must_use]
    pub const fn passes(self, flags: u8) -> bool {
        match self {
            Self::All => true,
            Self::Unflagged => flags == 0,
            Self::Flagged => flags != 0,
        }
    }
}
