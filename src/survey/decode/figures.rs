//! Reading figures: whole numbers and days.

use jiff::civil::Date;

use super::Reading;
use crate::survey::{
    answers::Answer,
    form::Form,
    problem::{MissingParts, Problem},
};

/// The largest number kept, up or down: any program that reads the answers as JSON still knows it exactly.
pub const LARGEST: i64 = 999_999_999_999_999;

/// Why something typed is not a whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotWhole {
    /// It is no number.
    NoNumber,
    /// It is a number with a fraction.
    Fraction,
    /// It is larger than [`LARGEST`].
    TooLarge {
        /// Below zero.
        negative: bool,
    },
}

/// Reads a whole number as people type it: spaces, commas between digits, a pound or per cent sign, `.00`.
pub(super) fn whole(typed: &str) -> Result<i64, NotWhole> {
    let bare: String = typed
        .chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && *c != ',')
        .collect();
    let bare = bare.strip_suffix('%').unwrap_or(&bare);
    let (negative, bare) = strip_sign(bare.strip_prefix('£').unwrap_or(bare));
    let bare = bare.strip_prefix('£').unwrap_or(bare);
    let (digits, fraction) = bare.split_once('.').unwrap_or((bare, ""));
    if digits.is_empty() && fraction.is_empty()
        || !digits
            .bytes()
            .chain(fraction.bytes())
            .all(|b| b.is_ascii_digit())
    {
        return Err(NotWhole::NoNumber);
    }
    if fraction.bytes().any(|b| b != b'0') {
        return Err(NotWhole::Fraction);
    }
    let digits = digits.trim_start_matches('0');
    let size: i64 = match digits {
        "" => 0,
        digits => digits.parse().unwrap_or(i64::MAX),
    };
    if size > LARGEST {
        return Err(NotWhole::TooLarge { negative });
    }
    Ok(if negative { -size } else { size })
}

fn strip_sign(typed: &str) -> (bool, &str) {
    match typed.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, typed.strip_prefix('+').unwrap_or(typed)),
    }
}

pub(super) fn number(key: &str, min: Option<i64>, max: Option<i64>, form: &Form) -> Reading {
    let typed = form.first(key).unwrap_or_default().trim();
    if typed.is_empty() {
        return Reading::default();
    }
    let number = match whole(typed) {
        Ok(number) => number,
        Err(NotWhole::NoNumber) => return Reading::wrong(key, Problem::NotNumber),
        Err(NotWhole::Fraction) => return Reading::wrong(key, Problem::NotWhole),
        Err(NotWhole::TooLarge { negative: true }) => i64::MIN,
        Err(NotWhole::TooLarge { negative: false }) => i64::MAX,
    };
    let (least, most) = (min.unwrap_or(-LARGEST), max.unwrap_or(LARGEST));
    let problem = match (min, max) {
        _ if (least..=most).contains(&number) => return Reading::given(Answer::Number(number)),
        (Some(min), Some(max)) => Problem::NumberOutside { min, max },
        _ if number < least => Problem::NumberTooLow { min: least },
        _ => Problem::NumberTooHigh { max: most },
    };
    Reading::wrong(key, problem)
}

pub(super) fn date(key: &str, min: Option<Date>, max: Option<Date>, form: &Form) -> Reading {
    let names = ["day", "month", "year"].map(|part| format!("{key}-{part}"));
    let [day, month, year] = names
        .each_ref()
        .map(|name| form.first(name).unwrap_or_default().trim());
    let [day_field, month_field, year_field] = names.clone();
    let missing = MissingParts {
        day: day.is_empty(),
        month: month.is_empty(),
        year: year.is_empty(),
    };
    match (missing.day, missing.month, missing.year) {
        (true, true, true) => return Reading::default(),
        (false, false, false) => {}
        (true, _, _) => return Reading::wrong(day_field, Problem::DateIncomplete(missing)),
        (_, true, _) => return Reading::wrong(month_field, Problem::DateIncomplete(missing)),
        _ => return Reading::wrong(year_field, Problem::DateIncomplete(missing)),
    }
    let Some(day) = digits(day).filter(|day| (1..=31).contains(day)) else {
        return Reading::wrong(day_field, Problem::DateNotReal);
    };
    let Some(month) = digits(month).filter(|month| (1..=12).contains(month)) else {
        return Reading::wrong(month_field, Problem::DateNotReal);
    };
    if year.len() != 4 || digits(year).is_none() {
        return Reading::wrong(year_field, Problem::DateYear);
    }
    let date = digits(year)
        .and_then(|year| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok());
    let Some(date) = date else {
        return Reading::wrong(day_field, Problem::DateNotReal);
    };
    let problem = match (min, max) {
        (Some(min), Some(max)) if date < min || date > max => Problem::DateOutside { min, max },
        (Some(min), None) if date < min => Problem::DateTooEarly { min },
        (None, Some(max)) if date > max => Problem::DateTooLate { max },
        _ => return Reading::given(Answer::Date(date)),
    };
    Reading::wrong(day_field, problem)
}

/// A part of a day: one to four digits, leading zeros allowed.
fn digits(typed: &str) -> Option<i16> {
    let fits = (1..=4).contains(&typed.len()) && typed.bytes().all(|b| b.is_ascii_digit());
    if fits { typed.parse().ok() } else { None }
}
