//! A small survey for tests, and short ways to make parts of one.

use super::{
    definition::{Choice, Definition},
    ids::{Code, Lang},
    text::Text,
};

/// A survey of one page and three questions.
pub const SMALL: &str = r#"format: 1
slug: small
languages: [en]
title: {en: What do you think?}
short_title: {en: Small}
summary: {en: A small survey.}
minutes: 4
opens: 2026-01-01T09:00
closes: 2026-03-01T17:00
overview:
  what_we_ask: {en: How you feel.}
  who_can_answer: {en: Anybody.}
  privacy: {en: Nothing is kept.}
  contact: {email: survey@example.org}
themes:
  - key: calm
    label: {en: Calm}
sections:
  - key: all
    title: {en: All}
    pages:
      - key: start
        title: {en: Start}
        questions:
          - key: feel
            kind: single
            label: {en: How do you feel?}
            theme: calm
            choices:
              - code: good_1
                label: {en: Good}
              - code: bad
                label: {en: Bad}
                reveals:
                  - key: reason
                    kind: short_text
                    label: {en: Why?}
          - key: score
            kind: scale
            label: {en: Give a score}
            min: 0
            max: 10
            min_label: {en: Low}
            max_label: {en: High}
"#;

/// [`SMALL`], read.
pub fn small() -> Definition {
    Definition::from_yaml(SMALL).expect("the small survey is a definition")
}

/// English words.
pub fn text(words: &str) -> Text {
    Text([(Lang::new("en").expect("en is a language"), words.to_owned())].into())
}

/// A choice whose label is its code.
pub fn choice(code: &str) -> Choice {
    Choice {
        code: Code::new(code).expect("a code"),
        label: text(code),
        hint: None,
        theme: None,
        exclusive: false,
        apart: false,
        side: None,
        other: None,
        reveals: Vec::new(),
    }
}
