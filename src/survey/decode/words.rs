//! Reading words: short and long texts, email addresses.

use unicode_segmentation::UnicodeSegmentation;
use validator::ValidateEmail;

use super::Reading;
use crate::survey::{form::Form, problem::Problem};

/// How many code points a character may have on average before a text counts as too long: real scripts and emoji need
/// fewer, and stacks of combining marks would otherwise be one character of any size.
const POINTS_PER_CHARACTER: usize = 12;

/// Whether a text has more characters (graphemes, as people count) than allowed.
pub(super) fn is_longer(text: &str, max: u32) -> bool {
    let max = usize::try_from(max).unwrap_or(usize::MAX);
    // A text of few bytes can't have many characters: most are decided without looking for their borders.
    text.len() > max
        && (text.chars().count() > max.saturating_mul(POINTS_PER_CHARACTER)
            || text.graphemes(true).nth(max).is_some())
}

/// Whether a character has no place in a text: controls, and those that turn the direction of what is around them.
fn is_unwanted(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\t')
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Whether nothing of a text can be seen.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_whitespace() || matches!(c, '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{00AD}')
    })
}

/// A text of several lines as it is kept: line ends are `\n`, controls are gone, blank ends are cut; empty, if there
/// is nothing to see.
pub(super) fn clean_lines(typed: &str) -> String {
    let text: String = typed
        .replace("\r\n", "\n")
        .replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n")
        .chars()
        .filter(|c| !is_unwanted(*c))
        .collect();
    match is_blank(&text) {
        true => String::new(),
        false => text.trim().to_owned(),
    }
}

/// A text of one line as it is kept: as [`clean_lines`], with spaces for line ends and tabs.
pub(super) fn clean_line(typed: &str) -> String {
    clean_lines(typed).replace(['\n', '\t'], " ")
}

pub(super) fn short_text(key: &str, max: u32, form: &Form) -> Reading {
    text(key, max, clean_line(form.first(key).unwrap_or_default()))
}

pub(super) fn long_text(key: &str, max: u32, form: &Form) -> Reading {
    text(key, max, clean_lines(form.first(key).unwrap_or_default()))
}

fn text(key: &str, max: u32, words: String) -> Reading {
    if words.is_empty() {
        return Reading::default();
    }
    if is_longer(&words, max) {
        return Reading::wrong(key, Problem::TooLong { max });
    }
    Reading::text(words)
}

pub(super) fn email(key: &str, form: &Form) -> Reading {
    let address = clean_line(form.first(key).unwrap_or_default());
    if address.is_empty() {
        return Reading::default();
    }
    if !address.validate_email() {
        return Reading::wrong(key, Problem::EmailMalformed);
    }
    Reading::text(address)
}
