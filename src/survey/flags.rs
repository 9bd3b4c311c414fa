//! Marks on a response that whoever weighs results should know of. They are reasons to look, not proof: a marked response
//! counts like any other, nobody is stopped by one, and no resident sees one.

/// A set of marks, one bit each. Bits that this program has no word for are kept as they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Flags(u8);

/// The least time that reading and answering one question takes anybody, in seconds.
///
/// Zhang and Conrad, "Speeding in Web Surveys", Survey Research Methods 8 (2014) 127–135, call an answer too fast to have
/// been read below 300 ms for each word of its question. Two seconds are seven words: fewer than any question has with its
/// choices, so that a quick reader is not marked.
pub const SECONDS_PER_QUESTION: i64 = 2;

impl Flags {
    /// No mark.
    pub const NONE: Self = Self(0);
    /// The field that people never see was filled in (bit 0).
    pub const TRAP: Self = Self(1);
    /// The answers came faster than anybody can read the questions (bit 1).
    pub const TOO_FAST: Self = Self(1 << 1);
    /// Many others were sent from the same address shortly before (bit 2).
    pub const BURST: Self = Self(1 << 2);

    /// Every mark, with its word in files.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::TRAP, "trap"),
        (Self::TOO_FAST, "too_fast"),
        (Self::BURST, "burst"),
    ];

    /// The set with these bits.
    #[must_use]
    pub const fn from_bits(bits: u8) -> Self {
        Self(bits)
    }

    /// Its bits.
    #[must_use]
    pub const fn bits(self) -> u8 {
        self.0
    }

    /// The marks of both.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether every mark of `other` is in it.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The words of its marks, in the order of [`Flags::ALL`].
    pub fn words(self) -> impl Iterator<Item = &'static str> {
        let marks = Self::ALL.into_iter();
        marks
            .filter(move |(mark, _)| self.has(*mark))
            .map(|(_, word)| word)
    }

    /// [`Flags::TOO_FAST`], where `answered` questions took less than [`SECONDS_PER_QUESTION`] each, from the start to
    /// sending (microseconds).
    #[must_use]
    pub fn of_pace(answered: usize, micros: i64) -> Self {
        let questions = i64::try_from(answered).unwrap_or(i64::MAX);
        let least = questions.saturating_mul(SECONDS_PER_QUESTION * 1_000_000);
        if micros < least {
            Self::TOO_FAST
        } else {
            Self::NONE
        }
    }

    /// [`Flags::TRAP`], where anything was put in the field that people never see.
    #[must_use]
    pub fn of_trap(typed: Option<&str>) -> Self {
        match typed {
            None | Some("") => Self::NONE,
            Some(_) => Self::TRAP,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_add_up_and_keep_their_bits() {
        let both = Flags::TRAP.with(Flags::TOO_FAST);
        assert_eq!((Flags::TRAP.bits(), Flags::TOO_FAST.bits()), (1, 2));
        assert_eq!(both.words().collect::<Vec<_>>(), ["trap", "too_fast"]);
        assert!(both.has(Flags::TRAP) && !Flags::TRAP.has(both));
        assert_eq!(Flags::from_bits(0b1000_0000).bits(), 0b1000_0000);
        assert_eq!(Flags::NONE.words().count(), 0);
    }

    #[test]
    fn answers_are_too_fast_below_two_seconds_a_question() {
        let pace = |answered, seconds: i64| Flags::of_pace(answered, seconds * 1_000_000);
        assert_eq!(pace(15, 29), Flags::TOO_FAST);
        assert_eq!(pace(15, 30), Flags::NONE);
        assert_eq!(pace(1, 1), Flags::TOO_FAST);
        assert_eq!(pace(0, 0), Flags::NONE);
        assert_eq!(Flags::of_pace(usize::MAX, i64::MAX - 1), Flags::TOO_FAST);
    }

    #[test]
    fn only_a_trap_with_something_in_it_is_a_mark() {
        assert_eq!(Flags::of_trap(None), Flags::NONE);
        assert_eq!(Flags::of_trap(Some("")), Flags::NONE);
        assert_eq!(Flags::of_trap(Some(" ")), Flags::TRAP);
    }
}
