//! Keys and codes: LimeSurvey's where they keep the rules of ours, made where they don't, no two alike.

use std::collections::HashSet;

use crate::survey::{
    columns::{RESPONSE_COLUMNS, columns},
    definition::Question,
    ids::{Code, IdError, PageKey, QuestionKey, SectionKey, Slug},
    lint::{RESERVED_CODES, RESERVED_PAGES, RESERVED_QUESTIONS},
};

const MOST_KEY: usize = 40;
const MOST_SLUG: usize = 80;

/// The names that are taken.
#[derive(Debug, Default)]
pub(super) struct Names {
    keys: HashSet<String>,
    /// Names of columns in files, in small letters.
    columns: HashSet<String>,
    pages: HashSet<String>,
    sections: HashSet<String>,
}

impl Names {
    /// Gives a question a key like `wanted` that no other question has, nor any column of one; takes it.
    pub(super) fn settle(&mut self, question: &mut Question, wanted: &str) {
        let base = key_like(wanted);
        let key = numbered(&base, MOST_KEY, '_', |name| {
            let Ok(key) = QuestionKey::new(name) else {
                return false;
            };
            question.key = key;
            !self.keys.contains(name)
                && !RESERVED_QUESTIONS.contains(&name)
                && !RESPONSE_COLUMNS.contains(&name)
                && columns(question)
                    .iter()
                    .all(|column| !self.columns.contains(&column.name.to_ascii_lowercase()))
        });
        self.keys.insert(key);
        let taken = columns(question).into_iter();
        let taken = taken.map(|column| column.name.to_ascii_lowercase());
        self.columns.extend(taken);
    }

    /// A page key like `wanted`.
    pub(super) fn page(&mut self, wanted: &str) -> Option<PageKey> {
        let base = slug_like(wanted, "page");
        let name = numbered(&base, MOST_SLUG, '-', |name| {
            !self.pages.contains(name) && !RESERVED_PAGES.contains(&name)
        });
        self.pages.insert(name.clone());
        PageKey::new(&name).ok()
    }

    /// A section key like `wanted`.
    pub(super) fn section(&mut self, wanted: &str) -> Option<SectionKey> {
        let base = slug_like(wanted, "section");
        let name = numbered(&base, MOST_SLUG, '-', |name| !self.sections.contains(name));
        self.sections.insert(name.clone());
        SectionKey::new(&name).ok()
    }
}

/// A slug like `wanted`, or `otherwise`, where it has no letters that a slug may have.
///
/// # Errors
/// None comes of what this makes.
pub(super) fn slug(wanted: &str, otherwise: &str) -> Result<Slug, IdError> {
    Slug::new(&slug_like(wanted, &slug_like(otherwise, "survey")))
}

/// Codes like `wanted`, in order; no two alike, capitals aside.
pub(super) fn codes<'a>(wanted: impl Iterator<Item = &'a str>) -> Vec<Option<Code>> {
    let mut taken: HashSet<String> = HashSet::new();
    wanted
        .map(|wanted| {
            let kept: String = wanted
                .chars()
                .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
                .collect();
            let kept = kept.trim_start_matches('_');
            let base = if kept.is_empty() { "code" } else { kept };
            let name = numbered(base, MOST_KEY, '_', |name| {
                !taken.contains(&name.to_ascii_lowercase())
                    && !RESERVED_CODES.contains(&name.to_ascii_lowercase().as_str())
            });
            taken.insert(name.to_ascii_lowercase());
            Code::new(&name).ok()
        })
        .collect()
}

/// Small letters, digits and `_`, beginning with a letter.
fn key_like(wanted: &str) -> String {
    let small: String = wanted
        .chars()
        .map(|c| match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() => c,
            _ => '_',
        })
        .collect();
    let small = small.trim_matches('_');
    if small.starts_with(|c: char| c.is_ascii_lowercase()) {
        small.to_owned()
    } else {
        format!("q{small}")
    }
}

/// Small letters, digits and single hyphens.
fn slug_like(wanted: &str, otherwise: &str) -> String {
    let mut slug = String::new();
    for c in wanted.chars() {
        let c = c.to_ascii_lowercase();
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 60 {
            break;
        }
    }
    let slug = slug.trim_matches('-');
    if slug.is_empty() {
        otherwise.to_owned()
    } else {
        slug.to_owned()
    }
}

/// `base`, or `base` with the first number from 2 on that is free; at most `most` characters of ASCII.
fn numbered(base: &str, most: usize, joint: char, mut is_free: impl FnMut(&str) -> bool) -> String {
    let cut = |length: usize| base.chars().take(length).collect::<String>();
    let mut name = cut(most);
    let mut number = 2_u32;
    while !is_free(&name) {
        let ending = format!("{joint}{number}");
        let start = cut(most - ending.len());
        name = format!("{}{ending}", start.trim_end_matches(joint));
        number += 1;
    }
    name
}
