//! Any form at all, sent to any page of the survey of every kind: it is read without a panic, and merging what was read
//! twice changes nothing more.
//!
//! The first byte chooses the page; the rest is lines of `name=value`.

#![no_main]

use std::sync::LazyLock;

use have_your_say::survey::{
    answers::Answers,
    areas::{Areas, PostcodeLookup},
    decode::{DecodeContext, decode_page},
    definition::Definition,
    form::Form,
    ids::Code,
};
use libfuzzer_sys::fuzz_target;
use uuid::Uuid;

static DEFINITION: LazyLock<Definition> = LazyLock::new(|| {
    Definition::from_yaml(include_str!("../../../assets/surveys/every-kind.yaml"))
        .expect("the survey of every kind is a definition")
});

/// A place that takes every code for an area and knows no postcode.
struct Anywhere;

impl Areas for Anywhere {
    fn has_area(&self, _: &Code) -> bool {
        true
    }

    fn find_postcode(&self, typed: &str) -> PostcodeLookup {
        if typed.len() > 8 {
            PostcodeLookup::Malformed
        } else {
            PostcodeLookup::Unknown
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    let Some((&first, rest)) = bytes.split_first() else {
        return;
    };
    let pages: Vec<_> = DEFINITION.pages().map(|(_, page)| page).collect();
    let page = pages[usize::from(first) % pages.len()];
    let pairs = String::from_utf8_lossy(rest)
        .lines()
        .map(|line| {
            let (name, value) = line.split_once('=').unwrap_or((line, ""));
            (name.to_owned(), value.to_owned())
        })
        .collect();
    let before = Answers::default();
    let context = DecodeContext {
        definition: &DEFINITION,
        areas: &Anywhere,
        page,
        before: &before,
        seed: Uuid::nil(),
    };
    let decoded = decode_page(&context, &Form::new(pairs));
    let mut once = before.clone();
    decoded.merge_into(&mut once);
    let mut twice = once.clone();
    decoded.merge_into(&mut twice);
    assert_eq!(once, twice);
});
