//! The outline of a draft: sections, pages, questions, moved by buttons; what the linter says of it all.

use std::collections::HashMap;

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{
    conflict::commit, drafting::Drafting, new, question::blank, question_fields::kind_options,
};
use crate::{
    survey::{
        condition::Condition,
        definition::{Page, Question},
        difference::{condition_words, kind_message},
        edit::{Edit, Spot, Step, completeness},
        form::Form,
        ids::{PageKey, QuestionKey, SectionKey},
        lint::Owner,
        message::Message,
        text::Text,
    },
    web::{
        admin::session::SignedInOfficer,
        errors::PageError,
        forms::Submitted,
        pages::{
            ErrorLink, LintView, OutlinePage, OutlinePageLine, OutlineQuestion, OutlineSection,
            SelectOption,
        },
        site::Site,
    },
};

/// `GET /admin/surveys/{slug}/edit`: the outline; where a published survey has no draft, what one can be made of.
///
/// # Errors
/// [`PageError`] for an unknown survey or a failing store.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    match Drafting::at(&site, &officer, &slug).await {
        Ok(drafting) => render(&drafting, &[]),
        Err(PageError::NotFound) => new::of_published(&site, &officer, &slug).await,
        Err(error) => Err(error),
    }
}

/// `POST /admin/surveys/{slug}/edit`: adds, moves, copies or takes away a section, page or question.
///
/// # Errors
/// As [`show`], and [`PageError::StaleForm`].
pub async fn change(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let form = &form.0;
    if form.first("do") == Some("start") {
        return new::start(&site, &officer, &slug, form).await;
    }
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let Some((edit, anchor)) = edit(&drafting, form) else {
        let text = drafting.speaker().id("edit-words-missing");
        return render(
            &drafting,
            &[ErrorLink {
                field: field(form),
                text,
            }],
        );
    };
    // A question that was added is written at once.
    let page = match &edit {
        Edit::AddQuestion(Spot::Page(page), _) => Some(page.clone()),
        _ => None,
    };
    let then = format!("edit#{anchor}");
    let response = commit(&drafting, form, edit, "edit", &then, |error| {
        render(&drafting, &[error])
    })
    .await?;
    if let (Some(page), StatusCode::SEE_OTHER) = (page, response.status()) {
        let now = Drafting::at(&site, &officer, &slug).await?;
        let added = now
            .definition()
            .page(&page)
            .and_then(|page| page.questions.last());
        if let Some(question) = added {
            return Ok(now.go(&format!("edit/question?key={}", question.key)));
        }
    }
    Ok(response)
}

/// The field that the words of something new are typed in.
fn field(form: &Form) -> String {
    let command = form.first("do").unwrap_or_default();
    match command.split_once(' ') {
        Some(("add-page", key)) => format!("new.section.{key}"),
        Some(("add-question", key)) => format!("new.page.{key}"),
        _ => "new-section".to_owned(),
    }
}

/// What a button asks for: `move-up question safe_places`, `add-page section-key`, … and where to go on.
fn edit(drafting: &Drafting<'_>, form: &Form) -> Option<(Edit, String)> {
    let command = form.first("do")?;
    let (act, rest) = command.split_once(' ').unwrap_or((command, ""));
    let words = |field: &str| {
        let given = form.first(field).unwrap_or_default().trim().to_owned();
        (!given.is_empty()).then_some(given)
    };
    let text = |words: String| Text([(drafting.fallback.clone(), words)].into());
    let add = match act {
        "add-section" => {
            return Some((
                Edit::AddSection(text(words("new")?)),
                "sections-end".to_owned(),
            ));
        }
        "add-page" => {
            let edit = Edit::AddPage(
                SectionKey::new(rest).ok()?,
                text(words(&format!("new.section.{rest}"))?),
            );
            Some((edit, format!("section-{rest}")))
        }
        "add-question" => {
            let kind = form.first(&format!("kind.{rest}"))?;
            let new = blank(drafting, words(&format!("new.page.{rest}"))?, kind)?;
            let edit = Edit::AddQuestion(Spot::Page(PageKey::new(rest).ok()?), Box::new(new));
            Some((edit, format!("page-{rest}")))
        }
        "place" => {
            let mut parts = rest.split(' ');
            let key = QuestionKey::new(parts.next()?).ok()?;
            let page = PageKey::new(parts.next()?).ok()?;
            let before = parts.next().and_then(|key| QuestionKey::new(key).ok());
            let anchor = format!("question-{key}");
            Some((Edit::PlaceQuestion(key, page, before), anchor))
        }
        _ => None,
    };
    if add.is_some() {
        return add;
    }
    let (what, key) = rest.split_once(' ')?;
    let step = match act {
        "move-up" => Step::Up,
        _ => Step::Down,
    };
    let anchor = format!("{what}-{key}");
    let edit = match (act, what) {
        ("move-up" | "move-down", "section") => Edit::MoveSection(SectionKey::new(key).ok()?, step),
        ("move-up" | "move-down", "page") => Edit::MovePage(PageKey::new(key).ok()?, step),
        ("move-up" | "move-down", "question") => {
            Edit::MoveQuestion(QuestionKey::new(key).ok()?, step)
        }
        ("copy", "question") => Edit::CopyQuestion(QuestionKey::new(key).ok()?),
        ("remove", "section") => Edit::RemoveSection(SectionKey::new(key).ok()?),
        ("remove", "page") => Edit::RemovePage(PageKey::new(key).ok()?),
        ("remove", "question") => Edit::RemoveQuestion(QuestionKey::new(key).ok()?),
        _ => return None,
    };
    Some((edit, anchor))
}

struct Outline<'a> {
    drafting: &'a Drafting<'a>,
    counts: HashMap<String, usize>,
}

fn render(drafting: &Drafting<'_>, errors: &[ErrorLink]) -> Result<HttpResponse, PageError> {
    let speaker = drafting.speaker();
    let definition = drafting.definition();
    let findings = drafting.findings();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (owner, _, _) in &findings {
        *counts.entry(name(owner)).or_default() += 1;
    }
    let outline = Outline { drafting, counts };
    let languages = completeness(definition);
    let languages = languages
        .iter()
        .filter(|_| languages.len() > 1)
        .map(|language| {
            let message = Message::new("edit-language-complete")
                .with("lang", language.lang.to_string())
                .with(
                    "written",
                    i64::try_from(language.written).unwrap_or(i64::MAX),
                )
                .with("texts", i64::try_from(language.texts).unwrap_or(i64::MAX));
            speaker.say(&message)
        });
    let option = |(value, text): (String, String)| SelectOption {
        selected: value == "single",
        value,
        text,
    };
    let first = definition.pages().next().map(|(_, page)| &page.key);
    let view = OutlinePage {
        head: drafting.head("edit-tab-outline"),
        action: drafting.url("edit"),
        revision: drafting.draft.revision,
        errors: errors.to_vec(),
        pages: definition.pages().count(),
        questions: definition
            .questions()
            .filter(|question| question.asks())
            .count(),
        sections: definition
            .sections
            .iter()
            .map(|section| outline.section(section))
            .collect(),
        languages: languages.collect(),
        kinds: kind_options(&speaker).into_iter().map(option).collect(),
        preview: first.map(|key| drafting.url(&format!("edit/preview?page={key}"))),
        lints: findings
            .into_iter()
            .map(|(_, _, view)| view)
            .collect::<Vec<LintView>>(),
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    drafting.page_with_frame(status, &view)
}

fn name(owner: &Owner) -> String {
    match owner {
        Owner::Section(key) => format!("section {key}"),
        Owner::Page(key) => format!("page {key}"),
        Owner::Question(key) => format!("question {key}"),
        Owner::Survey | Owner::Themes | Owner::Roles => String::new(),
    }
}

impl Outline<'_> {
    fn findings(&self, owner: &Owner) -> usize {
        self.counts.get(&name(owner)).copied().unwrap_or_default()
    }

    fn shown(&self, condition: Option<&Condition>) -> Option<String> {
        let drafting = self.drafting;
        let said = condition_words(drafting.definition(), condition?, &drafting.fallback);
        Some(
            drafting
                .speaker()
                .say(&Message::new("edit-shown-when").with("condition", said)),
        )
    }

    fn section(&self, section: &crate::survey::definition::Section) -> OutlineSection {
        let owner = Owner::Section(section.key.clone());
        OutlineSection {
            key: section.key.to_string(),
            title: self.drafting.words(&section.title),
            href: self.drafting.place(&owner),
            findings: self.findings(&owner),
            pages: section.pages.iter().map(|page| self.page(page)).collect(),
        }
    }

    fn page(&self, page: &Page) -> OutlinePageLine {
        let owner = Owner::Page(page.key.clone());
        let is_nested =
            |key: &QuestionKey| !page.questions.iter().any(|question| question.key == *key);
        OutlinePageLine {
            key: page.key.to_string(),
            title: self.drafting.words(&page.title),
            href: self.drafting.place(&owner),
            shown: self.shown(page.show_when.as_ref()),
            findings: self.findings(&owner),
            questions: page
                .all_questions()
                .map(|question| self.question(question, is_nested(&question.key)))
                .collect(),
        }
    }

    fn question(&self, question: &Question, nested: bool) -> OutlineQuestion {
        let owner = Owner::Question(question.key.clone());
        OutlineQuestion {
            key: question.key.to_string(),
            title: self.drafting.name(question),
            href: self.drafting.place(&owner),
            kind: self.drafting.speaker().id(kind_message(&question.kind)),
            nested,
            shown: self.shown(question.show_when.as_ref()),
            findings: self.findings(&owner),
        }
    }
}
