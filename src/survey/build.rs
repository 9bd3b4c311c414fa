//! Small builders of definitions, so that a test shows only what matters to it.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use super::{
    areas::{Areas, PostcodeLookup},
    condition::{Condition, Membership},
    definition::{
        Choice, Definition, Display, Kind, Overview, Page, Question, Roles, Row, Section, Unit,
    },
    ids::{Code, Lang, PageKey, QuestionKey},
    text::Text,
};

pub(crate) fn en() -> Lang {
    Lang::new("en").unwrap()
}

pub(crate) fn text(words: &str) -> Text {
    Text(BTreeMap::from([(en(), words.to_owned())]))
}

pub(crate) fn key(name: &str) -> QuestionKey {
    QuestionKey::new(name).unwrap()
}

pub(crate) fn code(name: &str) -> Code {
    Code::new(name).unwrap()
}

pub(crate) fn page_key(name: &str) -> PageKey {
    PageKey::new(name).unwrap()
}

pub(crate) fn choice(name: &str) -> Choice {
    Choice {
        code: code(name),
        label: text(&format!("The {name}")),
        hint: None,
        theme: None,
        exclusive: false,
        apart: false,
        side: None,
        other: None,
        reveals: Vec::new(),
    }
}

impl Choice {
    pub(crate) fn exclusive(mut self) -> Self {
        self.exclusive = true;
        self
    }

    pub(crate) fn with_other(mut self) -> Self {
        self.other = Some(text("Please say"));
        self
    }

    pub(crate) fn revealing(mut self, question: Question) -> Self {
        self.reveals.push(question);
        self
    }
}

pub(crate) fn choices(names: &[&str]) -> Vec<Choice> {
    names.iter().map(|name| choice(name)).collect()
}

pub(crate) fn question(name: &str, kind: Kind) -> Question {
    Question {
        key: key(name),
        label: text(&format!("What about {name}?")),
        short: Some(text(&format!("About {name}"))),
        hint: None,
        required: false,
        required_message: None,
        show_when: None,
        theme: None,
        sensitive: None,
        prefer_not_to_say: false,
        kind,
    }
}

impl Question {
    pub(crate) fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) fn private(mut self) -> Self {
        self.prefer_not_to_say = true;
        self
    }

    pub(crate) fn sensitive(mut self) -> Self {
        self.sensitive = Some(text("Because of the law"));
        self
    }

    pub(crate) fn shown_when(mut self, condition: Condition) -> Self {
        self.show_when = Some(condition);
        self
    }
}

pub(crate) fn single(choices: Vec<Choice>) -> Kind {
    Kind::Single {
        choices,
        display: Display::Radios,
        shuffle: false,
    }
}

pub(crate) fn multiple(choices: Vec<Choice>, min: Option<u8>, max: Option<u8>) -> Kind {
    Kind::Multiple {
        choices,
        min,
        max,
        shuffle: false,
    }
}

pub(crate) fn grid(rows: &[&str], columns: &[&str]) -> Kind {
    Kind::Grid {
        rows: rows
            .iter()
            .map(|name| Row {
                code: code(name),
                label: text(&format!("The {name}")),
                theme: None,
            })
            .collect(),
        columns: choices(columns),
        shuffle: false,
    }
}

pub(crate) fn scale(min: i32, max: i32, dont_know: bool) -> Kind {
    Kind::Scale {
        min,
        max,
        min_label: text("Not at all"),
        max_label: text("Very"),
        dont_know,
    }
}

pub(crate) fn ranking(items: &[&str], places: u8, min: Option<u8>) -> Kind {
    Kind::Ranking {
        items: choices(items),
        places,
        min,
        shuffle: false,
    }
}

pub(crate) fn budget(items: &[&str], total: u32) -> Kind {
    Kind::Budget {
        items: choices(items),
        total,
        unit: Unit::Pounds,
        shuffle: false,
    }
}

pub(crate) fn number(min: Option<i64>, max: Option<i64>) -> Kind {
    Kind::Number {
        min,
        max,
        suffix: None,
    }
}

pub(crate) fn short_text(max_length: u32) -> Kind {
    Kind::ShortText { max_length }
}

pub(crate) fn long_text(max_length: u32) -> Kind {
    Kind::LongText {
        max_length,
        rows: 5,
    }
}

pub(crate) fn information() -> Kind {
    Kind::Information {
        body: text("Some words"),
    }
}

pub(crate) fn is(question: &str, any_of: &[&str]) -> Condition {
    Condition::Is(Membership {
        question: key(question),
        row: None,
        any_of: any_of.iter().map(|name| code(name)).collect(),
    })
}

pub(crate) fn page(name: &str, questions: Vec<Question>) -> Page {
    Page {
        key: page_key(name),
        title: text(name),
        intro: None,
        show_when: None,
        safety: false,
        questions,
    }
}

impl Page {
    pub(crate) fn shown_when(mut self, condition: Condition) -> Self {
        self.show_when = Some(condition);
        self
    }
}

/// A definition with one section for each list of pages.
pub(crate) fn definition(sections: Vec<Vec<Page>>) -> Definition {
    Definition {
        format: super::definition::FORMAT,
        slug: "survey".parse().unwrap(),
        languages: vec![en()],
        title: text("A survey?"),
        short_title: text("A survey"),
        summary: text("A survey."),
        minutes: 4,
        opens: "2026-01-01T09:00:00".parse().unwrap(),
        closes: "2026-02-01T17:00:00".parse().unwrap(),
        grace_minutes: 60,
        keep_personal_months: None,
        time_zone: "Europe/London".to_owned(),
        overview: Overview::default(),
        themes: Vec::new(),
        roles: Roles::default(),
        checks: Vec::new(),
        sections: sections
            .into_iter()
            .enumerate()
            .map(|(index, pages)| Section {
                key: format!("section-{}", index + 1).parse().unwrap(),
                title: text(&format!("Section {}", index + 1)),
                pages,
            })
            .collect(),
    }
}

/// A place of two areas: postcodes in `AA1` lie in `north`, in `AA2` in `south`, in `ZZ` outside; `AA9` is unknown.
pub(crate) struct TwoAreas;

impl Areas for TwoAreas {
    fn has_area(&self, code: &Code) -> bool {
        ["north", "south"].contains(&code.as_str())
    }

    fn find_postcode(&self, typed: &str) -> PostcodeLookup {
        let postcode: String = typed
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect::<String>()
            .to_ascii_uppercase();
        match postcode.get(..3) {
            Some("AA1") => PostcodeLookup::Area(code("north")),
            Some("AA2") => PostcodeLookup::Area(code("south")),
            Some("AA9") => PostcodeLookup::Unknown,
            Some(start) if start.starts_with("ZZ") => PostcodeLookup::OutsidePlace,
            _ => PostcodeLookup::Malformed,
        }
    }
}
