//! The reference a resident gets after sending: easy to read aloud, and a slip in it is noticed.
//!
//! Eight characters of an alphabet of 29: digits and capitals without 0 O 1 I L U, which are mistaken for one another,
//! and without S, which is mistaken for 5 and would make the number of characters not prime. The last is a check
//! character: with the characters' values weighted 8, 7, … 1 the sum is a multiple of 29. As 29 is prime and no two
//! weights are alike, every wrong character and every two characters swapped, next to each other or not, are noticed.
//! (The scheme is that of ISBN-10 with another modulus.)
//!
//! A reference identifies; it authorises nothing.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

const ALPHABET: &[u8; 29] = b"23456789ABCDEFGHJKMNPQRTVWXYZ";
const LENGTH: usize = 8;

/// A response's reference, shown as two groups of four, such as `YFV4-X5BK`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reference([u8; LENGTH]);

/// Why a text is not a reference.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// It doesn't have eight characters.
    #[error("a reference has 8 letters and digits, not {0}")]
    Length(usize),
    /// It has a character that references never have.
    #[error("references never contain {0:?}")]
    Character(char),
    /// The check character doesn't fit: somewhere there is a slip.
    #[error("the reference has a slip in it: check each letter and digit")]
    Check,
}

impl Reference {
    /// Makes a reference of random bytes: one of 29⁷ (17 thousand million).
    #[must_use]
    pub fn from_random(bytes: [u8; 8]) -> Self {
        let mut number = u64::from_le_bytes(bytes);
        let mut values = [0_u8; LENGTH];
        for value in &mut values[..LENGTH - 1] {
            *value = u8::try_from(number % 29).expect("a remainder of 29 is a byte");
            number /= 29;
        }
        let rest = weighted_sum(&values);
        values[LENGTH - 1] = u8::try_from((29 - rest) % 29).expect("a remainder of 29 is a byte");
        Self(values.map(|value| ALPHABET[usize::from(value)]))
    }
}

/// The sum of the values weighted 8 … 1, modulo 29.
fn weighted_sum(values: &[u8; LENGTH]) -> u32 {
    (1..=8)
        .rev()
        .zip(values)
        .map(|(weight, &value)| weight * u32::from(value))
        .sum::<u32>()
        % 29
}

impl FromStr for Reference {
    type Err = ReferenceError;

    /// Reads a reference as people type it: any case, with or without hyphens and spaces, and S for 5.
    fn from_str(text: &str) -> Result<Self, ReferenceError> {
        let mut letters = [0_u8; LENGTH];
        let mut values = [0_u8; LENGTH];
        let mut length = 0;
        for c in text
            .chars()
            .filter(|c| !c.is_whitespace() && !"-–—.".contains(*c))
        {
            let letter = match c.to_ascii_uppercase() {
                'S' => '5',
                letter => letter,
            };
            let value = ALPHABET
                .iter()
                .position(|&known| char::from(known) == letter)
                .ok_or(ReferenceError::Character(c))?;
            if length < LENGTH {
                letters[length] = ALPHABET[value];
                values[length] = u8::try_from(value).expect("an index below 29 is a byte");
            }
            length += 1;
        }
        if length != LENGTH {
            return Err(ReferenceError::Length(length));
        }
        if weighted_sum(&values) != 0 {
            return Err(ReferenceError::Check);
        }
        Ok(Self(letters))
    }
}

impl TryFrom<String> for Reference {
    type Error = ReferenceError;
    fn try_from(text: String) -> Result<Self, ReferenceError> {
        text.parse()
    }
}

impl From<Reference> for String {
    fn from(reference: Reference) -> Self {
        reference.to_string()
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, &letter) in self.0.iter().enumerate() {
            if at == LENGTH / 2 {
                f.write_str("-")?;
            }
            write!(f, "{}", char::from(letter))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_alphabet_has_no_confusable_letters() {
        assert!("01OILUS".bytes().all(|c| !ALPHABET.contains(&c)));
    }

    #[test]
    fn it_is_shown_in_two_halves_and_read_as_people_type_it() {
        let reference = Reference::from_random([7, 1, 2, 3, 4, 5, 6, 7]);
        let shown = reference.to_string();
        assert_eq!(shown.len(), 9);
        assert_eq!(shown.as_bytes()[4], b'-');
        for typed in [
            shown.clone(),
            shown.to_lowercase(),
            shown.replace('-', ""),
            format!("  {} ", shown.replace('-', " ")),
            shown.replace('5', "s"),
        ] {
            assert_eq!(typed.parse(), Ok(reference), "{typed}");
        }
    }

    #[test]
    fn what_is_no_reference_says_why() {
        assert_eq!("".parse::<Reference>(), Err(ReferenceError::Length(0)));
        assert_eq!("ABCD".parse::<Reference>(), Err(ReferenceError::Length(4)));
        assert_eq!(
            "2".repeat(1000).parse::<Reference>(),
            Err(ReferenceError::Length(1000))
        );
        assert_eq!(
            "ABCD-EFG0".parse::<Reference>(),
            Err(ReferenceError::Character('0'))
        );
        assert_eq!(
            "ABCD-EFGé".parse::<Reference>(),
            Err(ReferenceError::Character('é'))
        );
    }

    #[test]
    fn serde_keeps_it_as_text() {
        let reference = Reference::from_random([9; 8]);
        let json = serde_json::to_string(&reference).unwrap();
        assert_eq!(serde_json::from_str::<Reference>(&json).unwrap(), reference);
        assert!(serde_json::from_str::<Reference>("\"AAAA-AAAA\"").is_err());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_wrong_character_and_every_swap_is_noticed(bytes: [u8; 8]) {
            let reference = Reference::from_random(bytes);
            prop_assert_eq!(reference.to_string().parse(), Ok(reference));
            let letters = reference.0;
            let parse = |letters: &[u8]| std::str::from_utf8(letters).unwrap().parse::<Reference>();
            for at in 0..LENGTH {
                for &wrong in ALPHABET.iter().filter(|&&wrong| wrong != letters[at]) {
                    let mut slip = letters;
                    slip[at] = wrong;
                    prop_assert_eq!(parse(&slip), Err(ReferenceError::Check));
                }
                for other in at + 1..LENGTH {
                    let mut slip = letters;
                    slip.swap(at, other);
                    prop_assert_eq!(parse(&slip).is_err(), letters[at] != letters[other]);
                }
            }
        }
    }
}
