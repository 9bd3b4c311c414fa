//! What a finding is about: its path in the document, followed to the section, page or question that it stands in.

use super::Lint;
use crate::survey::{
    definition::{Definition, Question},
    ids::{PageKey, QuestionKey, SectionKey},
};

/// The thing a finding concerns, which an editor shows it at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// What stands before the sections.
    Survey,
    /// The list of themes.
    Themes,
    /// The roles or checks.
    Roles,
    /// A section itself.
    Section(SectionKey),
    /// A page itself.
    Page(PageKey),
    /// A question.
    Question(QuestionKey),
}

/// The thing `lint` concerns, and the path from there to the field, such as `choices[1].label.en`.
#[must_use]
pub fn owner(definition: &Definition, lint: &Lint) -> (Owner, String) {
    let path = lint.place.split(" (").next().unwrap_or_default();
    let Some((section, rest)) = entry(path, "sections") else {
        let owner = match path.split(['.', '[']).next() {
            Some("themes") => Owner::Themes,
            Some("roles" | "checks") => Owner::Roles,
            _ => Owner::Survey,
        };
        return (owner, path.to_owned());
    };
    let Some(section) = definition.sections.get(section) else {
        return (Owner::Survey, path.to_owned());
    };
    let page = entry(rest, "pages").and_then(|(p, rest)| Some((section.pages.get(p)?, rest)));
    let Some((page, rest)) = page else {
        return (Owner::Section(section.key.clone()), rest.to_owned());
    };
    let question =
        entry(rest, "questions").and_then(|(q, rest)| Some((page.questions.get(q)?, rest)));
    let Some((question, rest)) = question else {
        return (Owner::Page(page.key.clone()), rest.to_owned());
    };
    let (question, rest) = revealed(question, rest);
    (Owner::Question(question.key.clone()), rest.to_owned())
}

/// Follows `choices[1].reveals[0]` as often as it stands there.
fn revealed<'a, 'p>(mut question: &'a Question, mut rest: &'p str) -> (&'a Question, &'p str) {
    while let Some((choice, inner)) = entry(rest, super::list_name(&question.kind)) {
        let next = entry(inner, "reveals").and_then(|(r, inner)| {
            let choice = question.choices().get(choice)?;
            Some((choice.reveals.get(r)?, inner))
        });
        match next {
            Some((inner_question, inner)) => (question, rest) = (inner_question, inner),
            None => break,
        }
    }
    (question, rest)
}

/// `list[3].rest` → 3 and `rest`.
fn entry<'p>(path: &'p str, list: &str) -> Option<(usize, &'p str)> {
    let (number, rest) = path
        .strip_prefix(list)?
        .strip_prefix('[')?
        .split_once(']')?;
    Some((number.parse().ok()?, rest.strip_prefix('.').unwrap_or(rest)))
}
