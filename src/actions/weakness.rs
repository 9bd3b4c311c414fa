//! What makes a password easy to guess, judged by zxcvbn: how many guesses it takes, not which letters it has.

use zxcvbn::{Score, feedback::Warning, zxcvbn};

use super::PASSWORD_LENGTH;

/// What is wrong with a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weakness {
    /// It has fewer letters than the least.
    Short,
    /// It has more than the most.
    Long,
    /// It is made of its holder's name or address.
    Own,
    /// It is one of those that many people use, or close to one.
    Common,
    /// It is a row of keys, a repetition, a sequence or a date.
    Pattern,
    /// It has too few words or letters that don't belong together.
    Plain,
}

/// The fewest letters that a password has beside its holder's names.
const LEAST_BESIDE_NAMES: usize = 8;

/// What is wrong with a password of somebody whose name and address are `about`; nothing, if it takes more than
/// 10^8 guesses (zxcvbn's score 3).
#[must_use]
pub fn weakness(password: &str, about: &[&str]) -> Option<Weakness> {
    let length = password.chars().count();
    if length < *PASSWORD_LENGTH.start() {
        return Some(Weakness::Short);
    }
    if length > *PASSWORD_LENGTH.end() {
        return Some(Weakness::Long);
    }
    let about: Vec<String> = about
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()).chain([*text]))
        .filter(|word| word.chars().count() > 2)
        .map(str::to_lowercase)
        .take(40)
        .collect();
    // zxcvbn counts a year and a hyphen for much; what is left without one's own names is for somebody to guess.
    let lower = password.to_lowercase();
    let rest = about
        .iter()
        .fold(lower.clone(), |rest, word| rest.replace(word.as_str(), ""));
    if rest.chars().count() < LEAST_BESIDE_NAMES && rest != lower {
        return Some(Weakness::Own);
    }
    let inputs: Vec<&str> = about
        .iter()
        .map(String::as_str)
        .chain(["have your say"])
        .collect();
    let judged = zxcvbn(password, &inputs);
    if judged.score() >= Score::Three {
        return None;
    }
    if about.iter().any(|word| lower.contains(word.as_str())) {
        return Some(Weakness::Own);
    }
    let warning = judged.feedback().and_then(|feedback| feedback.warning());
    Some(match warning {
        Some(
            Warning::ThisIsATop10Password
            | Warning::ThisIsATop100Password
            | Warning::ThisIsACommonPassword
            | Warning::ThisIsSimilarToACommonlyUsedPassword,
        ) => Weakness::Common,
        Some(
            Warning::StraightRowsOfKeysAreEasyToGuess
            | Warning::ShortKeyboardPatternsAreEasyToGuess
            | Warning::RepeatsLikeAaaAreEasyToGuess
            | Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess
            | Warning::SequencesLikeAbcAreEasyToGuess
            | Warning::RecentYearsAreEasyToGuess
            | Warning::DatesAreOftenEasyToGuess,
        ) => Weakness::Pattern,
        _ => Weakness::Plain,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_judged_by_how_many_guesses_it_takes() {
        let about = ["Alex Waterhouse", "alex.waterhouse@example.org"];
        for (password, expected) in [
            ("short", Some(Weakness::Short)),
            ("elevenchars", Some(Weakness::Short)),
            ("alexwaterhouse", Some(Weakness::Own)),
            ("waterhouse12", Some(Weakness::Own)),
            ("Alex-Waterhouse-2026", Some(Weakness::Own)),
            ("alex-kettle-orbit-moss", None),
            ("aaaaaaaaaaaaaa", Some(Weakness::Pattern)),
            ("abcdefghijklm", Some(Weakness::Pattern)),
            ("qwertyuiopasdf", Some(Weakness::Common)),
            ("password1234", Some(Weakness::Common)),
            ("seven-quiet-otters", None),
            ("kettle orbit moss", None),
            ("correcthorsebatterystaple9", None),
        ] {
            assert_eq!(weakness(password, &about), expected, "{password}");
        }
        assert_eq!(weakness(&"x1y".repeat(50), &about), Some(Weakness::Long));
    }
}
