//! What is wrong with a definition that can be read: each finding names its place and its mend.
//!
//! An error stops publishing; a warning doesn't. Types already see to the shape of names and fields, the reader to
//! syntax and size; what is left to say here is what only the whole shows.

mod census;
mod columns;
mod conditions;
mod names;
mod owner;
mod questions;
mod reach;
mod roles;
mod survey;
#[cfg(test)]
mod tests;
mod texts;
mod wording;

use std::fmt;

pub use names::{RESERVED_CODES, RESERVED_PAGES, RESERVED_QUESTIONS};
pub use owner::{Owner, owner};

use serde::Serialize;

use super::{
    definition::{Choice, Definition, Kind, Page, Question},
    ids::Code,
};

/// What the linter has to be told about the place the survey is for.
pub struct LintContext<'a> {
    /// Whether a code is that of an area of the place.
    pub is_area: &'a dyn Fn(&Code) -> bool,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It can't be published like this.
    Error,
    /// It can be published, and is likely to be wrong.
    Warning,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lint {
    /// How bad it is.
    pub severity: Severity,
    /// Where, such as `sections[1].pages[0].questions[2] (safe_places)`.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub mend: String,
}

impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(
            f,
            "{severity}: {}: {}; {}",
            self.place, self.message, self.mend
        )
    }
}

/// Looks a definition through; errors come first, each group in the order of the document's parts.
#[must_use]
pub fn lint(definition: &Definition, context: &LintContext<'_>) -> Vec<Lint> {
    let mut findings = Findings::default();
    let located = locate(definition);
    survey::lint(definition, &mut findings);
    names::lint(definition, &located, &mut findings);
    columns::lint(&located, &mut findings);
    for question in &located {
        questions::lint(question, &mut findings);
    }
    texts::lint(definition, &located, &mut findings);
    conditions::lint(definition, &located, context, &mut findings);
    reach::lint(definition, &located, &mut findings);
    wording::lint(definition, &located, &mut findings);
    roles::lint(definition, &located, &mut findings);
    census::lint(definition, &located, &mut findings);
    findings.0.sort_by_key(|lint| lint.severity);
    findings.0
}

/// Whether nothing in `lints` stops publishing.
#[must_use]
pub fn is_publishable(lints: &[Lint]) -> bool {
    lints.iter().all(|lint| lint.severity != Severity::Error)
}

#[derive(Default)]
struct Findings(Vec<Lint>);

impl Findings {
    fn add(
        &mut self,
        severity: Severity,
        spot: &Spot,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.0.push(Lint {
            severity,
            place: spot.to_string(),
            message: message.into(),
            mend: mend.into(),
        });
    }

    fn error(&mut self, spot: &Spot, message: impl Into<String>, mend: impl Into<String>) {
        self.add(Severity::Error, spot, message, mend);
    }

    fn warning(&mut self, spot: &Spot, message: impl Into<String>, mend: impl Into<String>) {
        self.add(Severity::Warning, spot, message, mend);
    }
}

/// A place in the document: the path to it, and the key of what stands there.
#[derive(Debug, Clone)]
struct Spot {
    path: String,
    name: String,
}

impl Spot {
    fn new(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            name: String::new(),
        }
    }

    fn named(mut self, name: impl fmt::Display) -> Self {
        self.name = name.to_string();
        self
    }

    /// A field of what stands here.
    fn at(&self, field: impl fmt::Display) -> Self {
        Self {
            path: format!("{}.{field}", self.path),
            name: self.name.clone(),
        }
    }

    /// An entry of a list of what stands here.
    fn entry(&self, list: &str, index: usize, code: impl fmt::Display) -> Self {
        Self {
            path: format!("{}.{list}[{index}]", self.path),
            name: format!("{}: {code}", self.name),
        }
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.is_empty() {
            f.write_str(&self.path)
        } else {
            write!(f, "{} ({})", self.path, self.name)
        }
    }
}

/// A question with where it stands.
struct Located<'a> {
    question: &'a Question,
    spot: Spot,
    page: &'a Page,
    /// The page's place in the order of pages.
    page_index: usize,
    /// The choice that reveals it.
    revealed_by: Option<(&'a Question, &'a Choice)>,
    /// How many reveals deep it stands.
    depth: usize,
}

/// Every question in the order of the document, revealed ones after the one that reveals them.
fn locate(definition: &Definition) -> Vec<Located<'_>> {
    let mut located = Vec::new();
    for (page_index, (spot, page)) in pages(definition).into_iter().enumerate() {
        let mut waiting: Vec<Located<'_>> = Vec::new();
        for (index, question) in page.questions.iter().enumerate().rev() {
            waiting.push(Located {
                question,
                spot: Spot::new(format!("{}.questions[{index}]", spot.path)).named(&question.key),
                page,
                page_index,
                revealed_by: None,
                depth: 0,
            });
        }
        while let Some(next) = waiting.pop() {
            let list = list_name(&next.question.kind);
            let mut revealed = Vec::new();
            for (c, choice) in next.question.choices().iter().enumerate() {
                for (r, question) in choice.reveals.iter().enumerate() {
                    let path = format!("{}.{list}[{c}].reveals[{r}]", next.spot.path);
                    revealed.push(Located {
                        question,
                        spot: Spot::new(path).named(&question.key),
                        page,
                        page_index,
                        revealed_by: Some((next.question, choice)),
                        depth: next.depth + 1,
                    });
                }
            }
            waiting.extend(revealed.into_iter().rev());
            located.push(next);
        }
    }
    located
}

fn pages(definition: &Definition) -> Vec<(Spot, &Page)> {
    let mut pages = Vec::new();
    for (s, section) in definition.sections.iter().enumerate() {
        for (p, page) in section.pages.iter().enumerate() {
            let spot = Spot::new(format!("sections[{s}].pages[{p}]")).named(&page.key);
            pages.push((spot, page));
        }
    }
    pages
}

/// What the list of a kind's choices is called in a document.
const fn list_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Grid { .. } => "columns",
        Kind::Ranking { .. } | Kind::Budget { .. } => "items",
        _ => "choices",
    }
}
