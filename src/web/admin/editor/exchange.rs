//! A draft as a document, out and in: YAML or JSON, the same format as `survey import` and `survey export`.

use actix_web::{
    HttpResponse,
    http::header,
    web::{Data, Path, Query},
};
use serde::Deserialize;

use super::{conflict::commit, drafting::Drafting, versions};
use crate::{
    export::names,
    survey::{definition::Definition, edit::Edit},
    web::{
        admin::session::SignedInOfficer, errors::PageError, forms::Submitted, pages::ErrorLink,
        site::Site,
    },
};

/// As what a draft is wanted.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    /// `yaml` or `json`; YAML, if left out.
    #[serde(default, rename = "as")]
    form: Option<String>,
}

/// `GET /admin/surveys/{slug}/edit/file?as=yaml|json`.
///
/// # Errors
/// [`PageError`] for an unknown draft or form, or a failing store.
pub async fn export(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    wanted: Query<Wanted>,
) -> Result<HttpResponse, PageError> {
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let definition = drafting.definition();
    let (text, form, content_type) = match wanted.form.as_deref() {
        None | Some("yaml") => (
            definition.to_yaml(),
            "yaml",
            "application/yaml; charset=utf-8",
        ),
        Some("json") => (definition.to_json(), "json", "application/json"),
        Some(_) => return Err(PageError::NotFound),
    };
    let text = text.map_err(|error| PageError::Internal(error.to_string()))?;
    let name = format!(
        "{}-draft-{}.{form}",
        drafting.slug(),
        drafting.draft.revision
    );
    Ok(HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CONTENT_DISPOSITION, names::disposition(&name)))
        .body(text))
}

/// `POST /admin/surveys/{slug}/edit/file`: puts the document typed into `document` in the draft's place.
///
/// # Errors
/// As [`export`], and [`PageError::StaleForm`].
pub async fn import(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let typed = form.0.first("document").unwrap_or_default();
    // JSON is read by its own reader, whose messages say JSON.
    let read = if typed.trim_start().starts_with('{') {
        Definition::from_json(typed)
    } else {
        Definition::from_yaml(typed)
    };
    let definition = match read {
        Ok(definition) => definition,
        Err(error) => {
            let error = ErrorLink {
                field: "document".to_owned(),
                text: error.to_string(),
            };
            return versions::render(&drafting, typed, &[error]).await;
        }
    };
    let edit = Edit::Whole(Box::new(definition));
    commit(&drafting, &form.0, edit, "edit/file", "edit", |error| {
        Err(PageError::Unprocessable(error.text))
    })
    .await
}
