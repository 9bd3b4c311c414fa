//! Rules about keys and codes: no two alike, none that means something else already.

use std::{collections::HashMap, fmt::Display, hash::Hash};

use super::{Findings, Located, Spot, list_name, pages};
use crate::survey::definition::Definition;

/// Page keys that would shadow the addresses beside the pages.
pub const RESERVED_PAGES: [&str; 6] = ["check", "done", "copy", "exit", "saved", "remove"];

/// Question keys that are names of other fields of the form.
pub const RESERVED_QUESTIONS: [&str; 3] = ["action", "csrf", "website"];

/// Codes that would make the name or id of another part of the same question: `{key}-declined`, `{key}-hint`, …
pub const RESERVED_CODES: [&str; 3] = ["declined", "hint", "error"];

/// The most checks: each is looked at for every response.
const MOST_CHECKS: usize = 20;

/// What has been seen, and where first.
struct Seen<T>(HashMap<T, String>);

impl<T: Eq + Hash + Display + Clone> Seen<T> {
    fn new() -> Self {
        Self(HashMap::new())
    }

    fn see(&mut self, name: &T, what: &str, spot: &Spot, findings: &mut Findings) {
        if let Some(first) = self.0.get(name) {
            findings.error(
                spot,
                format!("the {what} `{name}` is used already at {first}"),
                "give one of them another name",
            );
        } else {
            self.0.insert(name.clone(), spot.path.clone());
        }
    }
}

pub(super) fn lint(definition: &Definition, located: &[Located<'_>], findings: &mut Findings) {
    let mut sections = Seen::new();
    for (index, section) in definition.sections.iter().enumerate() {
        let spot = Spot::new(format!("sections[{index}]")).named(&section.key);
        sections.see(&section.key, "section key", &spot, findings);
        if section.pages.is_empty() {
            findings.error(
                &spot,
                "the section has no page",
                "add a page or remove the section",
            );
        }
    }
    let mut themes = Seen::new();
    for (index, theme) in definition.themes.iter().enumerate() {
        let spot = Spot::new(format!("themes[{index}]")).named(&theme.key);
        themes.see(&theme.key, "theme key", &spot, findings);
        if !uses_theme(located, &theme.key) {
            findings.warning(
                &spot,
                "no question, choice, item or row is about this theme",
                "point to it with `theme`, or remove it",
            );
        }
    }
    if definition.checks.len() > MOST_CHECKS {
        findings.error(
            &Spot::new("checks"),
            format!("there are {} checks", definition.checks.len()),
            format!("keep the {MOST_CHECKS} that matter most"),
        );
    }
    let mut checks = Seen::new();
    for (index, check) in definition.checks.iter().enumerate() {
        let spot = Spot::new(format!("checks[{index}]")).named(&check.code);
        checks.see(&check.code, "code", &spot, findings);
    }
    let mut keys = Seen::new();
    for (spot, page) in pages(definition) {
        keys.see(&page.key, "page key", &spot, findings);
        if RESERVED_PAGES.contains(&page.key.as_str()) {
            findings.error(
                &spot,
                format!("`{}` is the address of a page every survey has", page.key),
                format!("use another key than {}", RESERVED_PAGES.join(", ")),
            );
        }
        match page.questions.len() {
            0 => findings.error(
                &spot,
                "the page has no question",
                "add a question or remove the page",
            ),
            1..=4 => {}
            many => findings.warning(
                &spot,
                format!("the page has {many} questions"),
                "split it: 4 on a page at most",
            ),
        }
    }
    let mut questions = Seen::new();
    for entry in located {
        let key = &entry.question.key;
        questions.see(key, "question key", &entry.spot, findings);
        if RESERVED_QUESTIONS.contains(&key.as_str()) {
            findings.error(
                &entry.spot,
                format!("`{key}` is the name of another field of every form"),
                "use another key",
            );
        }
        codes(entry, findings);
        theme_references(definition, entry, findings);
    }
}

fn codes(entry: &Located<'_>, findings: &mut Findings) {
    let question = entry.question;
    let list = list_name(&question.kind);
    let choices = question
        .choices()
        .iter()
        .map(|choice| (list, &choice.code))
        .enumerate();
    let rows = question
        .rows()
        .iter()
        .map(|row| ("rows", &row.code))
        .enumerate();
    let mut seen_choices = Seen::new();
    let mut seen_rows = Seen::new();
    for (index, (list, code)) in choices.chain(rows) {
        let spot = entry.spot.entry(list, index, code);
        let seen = if list == "rows" {
            &mut seen_rows
        } else {
            &mut seen_choices
        };
        seen.see(code, "code", &spot, findings);
        if RESERVED_CODES.contains(&code.as_str()) {
            findings.error(
                &spot,
                format!("`{code}` would give this part the name of another part of the question"),
                format!("use another code than {}", RESERVED_CODES.join(", ")),
            );
        }
    }
}

fn uses_theme(located: &[Located<'_>], theme: &crate::survey::ids::ThemeKey) -> bool {
    located.iter().any(|entry| {
        let question = entry.question;
        question.theme.as_ref() == Some(theme)
            || question
                .choices()
                .iter()
                .any(|choice| choice.theme.as_ref() == Some(theme))
            || question
                .rows()
                .iter()
                .any(|row| row.theme.as_ref() == Some(theme))
    })
}

fn theme_references(definition: &Definition, entry: &Located<'_>, findings: &mut Findings) {
    let question = entry.question;
    let list = list_name(&question.kind);
    let of_choices = question
        .choices()
        .iter()
        .enumerate()
        .map(|(index, choice)| (entry.spot.entry(list, index, &choice.code), &choice.theme));
    let of_rows = question
        .rows()
        .iter()
        .enumerate()
        .map(|(index, row)| (entry.spot.entry("rows", index, &row.code), &row.theme));
    let own = std::iter::once((entry.spot.clone(), &question.theme));
    for (spot, theme) in own.chain(of_choices).chain(of_rows) {
        if let Some(theme) = theme
            && definition.themes.iter().all(|known| known.key != *theme)
        {
            findings.error(
                &spot.at("theme"),
                format!("there is no theme `{theme}`"),
                "add it to `themes`, or point to one that is there",
            );
        }
    }
}
