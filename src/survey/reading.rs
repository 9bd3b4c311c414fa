//! How hard a text is to read: the Flesch–Kincaid grade.
//!
//! The grade is the number of school years somebody needs to read the text at first sight. Formula: J. P. Kincaid,
//! R. P. Fishburne, R. L. Rogers, B. S. Chissom, "Derivation of new readability formulas (Automated Readability Index,
//! Fog Count and Flesch Reading Ease Formula) for Navy enlisted personnel", Research Branch Report 8-75, 1975:
//!
//! `0.39 × words ÷ sentences + 11.8 × syllables ÷ words − 15.59`
//!
//! Syllables are estimated for English only (see [`syllables`]), so a grade means nothing in another language, and little
//! for a text of fewer than about 20 words.

use std::ops::RangeInclusive;

/// The school years needed to read `text` (Markdown allowed): lower is easier, below 0 is possible; 0 without words.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of words are far below 2^52"
)]
pub fn grade(text: &str) -> f64 {
    let plain = plain(text);
    let sentences = sentences(&plain).len() as f64;
    let words = words(&plain);
    if words.is_empty() {
        return 0.0;
    }
    let syllables: usize = words.iter().map(|word| syllables(word)).sum();
    let count = words.len() as f64;
    0.39 * count / sentences + 11.8 * syllables as f64 / count - 15.59
}

/// Whether `text` has enough words for a grade to mean something, and its grade.
#[must_use]
pub fn grade_of_at_least(words_needed: usize, text: &str) -> Option<f64> {
    (words(&plain(text)).len() >= words_needed).then(|| grade(text))
}

/// The words of a Markdown text: marks, headings' signs and link targets taken away, a list item or heading ended like a
/// sentence.
#[must_use]
pub fn plain(markdown: &str) -> String {
    let mut out = String::with_capacity(markdown.len());
    for line in markdown.lines() {
        let line = line.trim();
        let heading = line.starts_with('#');
        let item = line.starts_with("- ") || line.starts_with("* ");
        if (line.is_empty() || heading || item) && !out.is_empty() {
            end_sentence(&mut out);
        }
        let words = without_links(line.trim_start_matches(['#', '-', '*', ' ']).trim());
        if !words.is_empty() {
            out.push_str(&words);
            out.push(' ');
        }
        if heading {
            end_sentence(&mut out);
        }
    }
    out.replace("**", "").trim().to_owned()
}

fn end_sentence(out: &mut String) {
    let end = out.trim_end().len();
    out.truncate(end);
    if !out.is_empty() && !out.ends_with(['.', '!', '?']) {
        if out.ends_with([':', ';', ',']) {
            out.pop();
        }
        out.push('.');
    }
    out.push(' ');
}

fn without_links(line: &str) -> String {
    let mut out = String::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        match after
            .split_once("](")
            .and_then(|(words, tail)| tail.split_once(')').map(|(_, tail)| (words, tail)))
        {
            Some((words, tail)) => {
                out.push_str(words);
                rest = tail;
            }
            None => {
                out.push('[');
                rest = after;
            }
        }
    }
    out + rest
}

/// The sentences of a plain text: each ends at `.`, `!` or `?` before a space or the end.
///
/// A text without such a mark is one sentence. Abbreviations with a stop would end one too: house style has none.
#[must_use]
pub fn sentences(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let stops = matches!(c, '.' | '!' | '?');
        if stops
            && chars
                .peek()
                .is_none_or(|(_, next)| next.is_whitespace() || *next == '”')
        {
            let end = at + c.len_utf8();
            push_sentence(&mut found, &text[start..end]);
            start = end;
        }
    }
    push_sentence(&mut found, &text[start..]);
    found
}

fn push_sentence<'t>(found: &mut Vec<&'t str>, sentence: &'t str) {
    if sentence.chars().any(char::is_alphanumeric) {
        found.push(sentence.trim());
    }
}

/// The words of a plain text: runs between white space or dashes that hold a letter or a digit.
fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/'))
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .collect()
}

/// Words the rules below get wrong and our texts use.
const KNOWN: &[(&str, usize)] = &[
    ("area", 3),
    ("areas", 3),
    ("behaviour", 3),
    ("being", 2),
    ("business", 2),
    ("cookie", 2),
    ("cookies", 2),
    ("every", 2),
    ("evidence", 3),
    ("idea", 3),
    ("neighbourhood", 3),
    ("people", 2),
    ("someone", 2),
    ("something", 2),
    ("somewhere", 2),
    ("violence", 3),
];

/// The syllables of an English word, estimated.
///
/// Groups of vowels (`y` counts) are counted; a silent `e` at the end, `-es` and `-ed` are not, unless they are heard
/// (`-le` and `-led` after a consonant; `-es` after a hiss; `-ed` after t or d); pairs such as `io` in `-ious` stay one, and pairs that are
/// said apart (`ia`, `eo`, `io`, `ua`, `ue`, `iu` outside `-tion`, `-cial`, `-gue` and their like) count two. Figures and words
/// of capitals are one: they are seen, not spelled out.
#[must_use]
pub fn syllables(word: &str) -> usize {
    const FEW: RangeInclusive<usize> = 1..=3;
    let letters: String = word
        .chars()
        .filter(|c| c.is_alphabetic() || matches!(c, '\'' | '’'))
        .collect();
    let capitals = letters
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(char::is_uppercase);
    if letters.is_empty() || (capitals && letters.chars().count() > 1) {
        return 1;
    }
    let lower = letters.to_lowercase();
    let stem = lower
        .split_once(['\'', '’'])
        .map_or(lower.as_str(), |(before, _)| before);
    if let Some((_, count)) = KNOWN.iter().find(|(known, _)| *known == stem) {
        return *count;
    }
    let c: Vec<char> = stem.chars().collect();
    if FEW.contains(&c.len()) && !stem.ends_with("ia") {
        return groups(&c).max(1);
    }
    let mut count = groups(&c) + said_apart(&c);
    if silent_ending(stem, &c) {
        count = count.saturating_sub(1);
    }
    // "didn't", "couldn't": the n't is heard as a syllable of its own after d, s or t.
    if lower.ends_with("dn't") || lower.ends_with("dn’t") || lower.ends_with("sn't") {
        count += 1;
    }
    count.max(1)
}

fn vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

fn groups(c: &[char]) -> usize {
    (0..c.len())
        .filter(|&i| vowel(c[i]) && (i == 0 || !vowel(c[i - 1])))
        .count()
}

fn said_apart(c: &[char]) -> usize {
    c.windows(2)
        .enumerate()
        .filter(|&(i, pair)| {
            let before = i.checked_sub(1).map(|b| c[b]);
            let soft = matches!(before, Some('t' | 'c' | 's' | 'g' | 'x'));
            match (pair[0], pair[1]) {
                ('i', 'a' | 'o' | 'u') | ('e', 'o') => !soft,
                ('u', 'a') => !matches!(before, Some('q' | 'g')),
                ('y', 'i') => true,
                _ => false,
            }
        })
        .count()
}

fn silent_ending(stem: &str, c: &[char]) -> bool {
    let n = c.len();
    let consonant_at = |back: usize| n >= back && !vowel(c[n - back]);
    if stem.ends_with("le") || stem.ends_with("les") {
        let before_l = if stem.ends_with('s') { 4 } else { 3 };
        return !consonant_at(before_l);
    }
    if stem.ends_with('e') {
        return consonant_at(2);
    }
    if stem.ends_with("es") {
        let hiss = ["ses", "zes", "xes", "ces", "ges", "ches", "shes"];
        return consonant_at(3) && !hiss.iter().any(|end| stem.ends_with(end));
    }
    if stem.ends_with("led") && consonant_at(4) && !matches!(c[n - 4], 'l' | 'r') {
        return false;
    }
    if stem.ends_with("ed") {
        return consonant_at(3) && !matches!(c[n - 3], 't' | 'd');
    }
    // A silent e inside a compound: "safely", "movement", "careful", "homeless".
    ["ely", "ement", "eful", "eless", "etime"]
        .iter()
        .any(|end| stem.ends_with(end) && n > end.len() + 2 && !vowel(c[n - end.len() - 1]))
}

#[cfg(test)]
mod tests;
