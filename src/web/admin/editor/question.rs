//! The form of a question.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, Query},
};
use serde::Deserialize;

use super::{
    conflict::commit,
    drafting::{Drafting, seen},
    question_fields, question_reading, routing,
};
use crate::{
    actions::drafts::DraftError,
    survey::{
        definition::Question,
        difference::Place,
        edit::{Edit, Spot, new_kind},
        form::Form,
        ids::{Code, QuestionKey},
        lint::Owner,
        text::Text,
    },
    web::{
        admin::session::SignedInOfficer,
        errors::PageError,
        forms::Submitted,
        pages::{EditFormPage, ErrorLink, GroupView},
        site::Site,
    },
};

/// Which thing of a draft an address means.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// Its key; the first, if left out.
    #[serde(default)]
    pub(super) key: String,
}

fn find<'a>(drafting: &'a Drafting<'_>, key: &str) -> Result<&'a Question, PageError> {
    if key.is_empty() {
        return drafting
            .definition()
            .questions()
            .next()
            .ok_or(PageError::NotFound);
    }
    let key = QuestionKey::new(key).map_err(|_| PageError::NotFound)?;
    drafting
        .definition()
        .question(&key)
        .ok_or(PageError::NotFound)
}

/// `GET /admin/surveys/{slug}/edit/question?key=…`.
///
/// # Errors
/// [`PageError`] for an unknown draft or question, or a failing store.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    asked: Query<Asked>,
) -> Result<HttpResponse, PageError> {
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let question = find(&drafting, &asked.key)?;
    render(&drafting, question, None, &[])
}

/// `POST /admin/surveys/{slug}/edit/question?key=…`: saves the whole form, and does what its button says.
///
/// # Errors
/// As [`show`], and [`PageError::StaleForm`].
pub async fn save(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    asked: Query<Asked>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let form = &form.0;
    let saved = find(&drafting, &asked.key)?;
    let mut reading = drafting.reading(form);
    let question = question_reading::read(&drafting, &mut reading, saved)?;
    reading.filled_text("label");
    let renamed: Option<QuestionKey> = reading.name("key", "edit-key-wrong");
    let errors = reading.errors;
    if !errors.is_empty() {
        return render(&drafting, saved, Some(form), &errors);
    }
    let command = form.first("do").unwrap_or_default();
    let page = format!("edit/question?key={}", saved.key);
    let list = command
        .split('.')
        .next()
        .filter(|list| !matches!(*list, "" | "save"));
    let anchor = match list {
        Some("when") => "#show_when".to_owned(),
        Some(list) if command.ends_with(".add") => format!("#{list}-new"),
        Some(list @ ("rows" | "choices" | "columns" | "items")) => format!("#{list}"),
        _ => String::new(),
    };
    let refuse = |error| render(&drafting, saved, Some(form), &[error]);
    let edit = Edit::Question(Box::new(question));
    if let Some(code) = command.strip_prefix("reveal.") {
        let code = Code::new(code).map_err(|_| PageError::BadRequest)?;
        return reveal(&drafting, form, edit, saved, code, &page).await;
    }
    match renamed.filter(|key| *key != saved.key) {
        Some(to) => {
            let revision = match drafting.edit(seen(form)?, edit.clone()).await {
                Ok(revision) => revision,
                // The same edit again finds the same trouble, and shows it.
                Err(DraftError::Conflict | DraftError::Refused(_)) => {
                    return commit(&drafting, form, edit, &page, &page, refuse).await;
                }
                Err(error) => return Err(error.into()),
            };
            match drafting
                .edit(revision, Edit::Rename(saved.key.clone(), to.clone()))
                .await
            {
                Ok(_) => Ok(drafting.go(&format!("edit/question?key={to}"))),
                Err(DraftError::Refused(refused)) => {
                    let text = drafting.refusal(&refused);
                    let now = Drafting::at(&site, &officer, &slug).await?;
                    let error = ErrorLink {
                        field: "key".to_owned(),
                        text,
                    };
                    render(&now, find(&now, saved.key.as_str())?, Some(form), &[error])
                }
                Err(error) => Err(error.into()),
            }
        }
        None => {
            commit(
                &drafting,
                form,
                edit,
                &page,
                &format!("{page}{anchor}"),
                refuse,
            )
            .await
        }
    }
}

/// Adds a question under a choice, and goes on to it.
async fn reveal(
    drafting: &Drafting<'_>,
    form: &Form,
    edit: Edit,
    saved: &Question,
    code: Code,
    page: &str,
) -> Result<HttpResponse, PageError> {
    let refuse = |error| render(drafting, saved, Some(form), &[error]);
    let revision = match drafting.edit(seen(form)?, edit.clone()).await {
        Ok(revision) => revision,
        Err(DraftError::Conflict | DraftError::Refused(_)) => {
            return commit(drafting, form, edit, page, page, refuse).await;
        }
        Err(error) => return Err(error.into()),
    };
    let words = drafting.speaker().id("edit-new-revealed");
    let new = blank(drafting, words, "short_text").ok_or(PageError::BadRequest)?;
    let add = Edit::AddQuestion(Spot::Choice(saved.key.clone(), code.clone()), Box::new(new));
    match drafting.edit(revision, add).await {
        Ok(_) => {
            let now =
                Drafting::at(drafting.site, drafting.officer, drafting.slug().as_str()).await?;
            let parent = find(&now, saved.key.as_str())?;
            let inner = parent
                .choice(&code)
                .and_then(|choice| choice.reveals.last());
            let inner = inner.map_or(&saved.key, |inner| &inner.key);
            Ok(now.go(&format!("edit/question?key={inner}")))
        }
        Err(DraftError::Refused(refused)) => refuse(ErrorLink {
            field: "main-content".to_owned(),
            text: drafting.refusal(&refused),
        }),
        Err(error) => Err(error.into()),
    }
}

/// A new question of a kind.
pub(super) fn blank(drafting: &Drafting<'_>, words: String, kind: &str) -> Option<Question> {
    Some(Question {
        // Made from the words where it is added.
        key: drafting.definition().questions().next().map_or_else(
            || QuestionKey::new("question").ok(),
            |question| Some(question.key.clone()),
        )?,
        label: Text([(drafting.fallback.clone(), words)].into()),
        short: None,
        hint: None,
        required: false,
        required_message: None,
        show_when: None,
        theme: None,
        sensitive: None,
        prefer_not_to_say: false,
        kind: new_kind(kind, &drafting.fallback)?,
    })
}

fn render(
    drafting: &Drafting<'_>,
    question: &Question,
    typed: Option<&Form>,
    errors: &[ErrorLink],
) -> Result<HttpResponse, PageError> {
    let own = Owner::Question(question.key.clone());
    let mut forming = drafting.forming(&|owner| *owner == own, typed, errors);
    let page = drafting
        .definition()
        .page_of(&question.key)
        .ok_or(PageError::NotFound)?;
    let is_nested = !page.questions.iter().any(|other| other.key == question.key);
    let mut groups = question_fields::groups(drafting, &mut forming, typed, question, is_nested);
    let before = routing::earlier(drafting, &page.key, Some(&question.key));
    groups.extend(routing::groups(
        drafting,
        &mut forming,
        question.show_when.as_ref(),
        &before,
    ));
    let view = EditFormPage {
        head: drafting.head("edit-tab-outline"),
        title: drafting.name(question),
        action: drafting.url(&format!("edit/question?key={}", question.key)),
        revision: drafting.draft.revision,
        errors: errors.to_vec(),
        lints: forming.left(),
        changes: drafting.changes_at(&Place::Question(question.key.clone())),
        groups: groups.into_iter().map(GroupView::opened).collect(),
        preview: Some(drafting.url(&format!(
            "edit/preview?page={}#question-{}",
            page.key, question.key
        ))),
        back: drafting.url("edit"),
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    drafting.page_with_frame(status, &view)
}
