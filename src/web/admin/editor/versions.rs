//! Published versions with what each changed, and every revision of the draft, to be brought back.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::drafting::{Drafting, seen};
use crate::{
    actions::drafts::{DraftError, restore_revision},
    storage::{drafts, surveys},
    survey::{definition::Definition, difference::difference},
    web::{
        admin::session::SignedInOfficer,
        errors::PageError,
        forms::Submitted,
        pages::{EditVersionsPage, ErrorLink, RevisionLine, VersionLine},
        site::Site,
        templates::Link,
    },
};

/// The most revisions that a page lists.
const MOST_LISTED: u64 = 200;

/// `GET /admin/surveys/{slug}/edit/versions`.
///
/// # Errors
/// [`PageError`] for an unknown draft or a failing store.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    render(&drafting, "", &[]).await
}

/// `POST /admin/surveys/{slug}/edit/versions`: brings the revision in `restore` back as the newest.
///
/// # Errors
/// As [`show`], and [`PageError::StaleForm`].
pub async fn restore(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let wanted = form.0.first("restore").and_then(|given| given.parse().ok());
    let wanted: u32 = wanted.ok_or(PageError::BadRequest)?;
    let slug = drafting.slug().as_str();
    match restore_revision(&site.store, slug, seen(&form.0)?, wanted, &officer.author()).await {
        Ok(_) => Ok(drafting.go("edit/versions")),
        Err(DraftError::Conflict) => {
            let now = Drafting::at(&site, &officer, slug).await?;
            let text = now.speaker().id("edit-versions-meanwhile");
            render(
                &now,
                "",
                &[ErrorLink {
                    field: "revisions".to_owned(),
                    text,
                }],
            )
            .await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn render(
    drafting: &Drafting<'_>,
    typed: &str,
    errors: &[ErrorLink],
) -> Result<HttpResponse, PageError> {
    let store = &drafting.site.store;
    let mut versions = Vec::new();
    if let Some(survey) = &drafting.published {
        let mut before: Option<Definition> = None;
        for version in surveys::versions(store, survey.id).await? {
            let definition = Definition::from_json(&version.definition)
                .map_err(|error| PageError::Internal(error.to_string()))?;
            let changes = before
                .map(|before| difference(&before, &definition))
                .unwrap_or_default();
            versions.push(VersionLine {
                number: version.number,
                at: drafting.at_words(version.published_at),
                changes: drafting.change_views(&changes),
            });
            before = Some(definition);
        }
        versions.reverse();
    }
    let revisions = drafts::revisions(store, drafting.slug().as_str(), MOST_LISTED).await?;
    let line = |line: drafts::DraftLine| RevisionLine {
        number: line.revision,
        at: drafting.at_words(line.saved_at),
        by: line.saved_by,
    };
    let speaker = drafting.speaker();
    let file = |form: &str| Link {
        text: speaker.id(&format!("edit-file-{form}")),
        href: drafting.url(&format!("edit/file?as={form}")),
    };
    let view = EditVersionsPage {
        head: drafting.head("edit-tab-versions"),
        action: drafting.url("edit/versions"),
        revision: drafting.draft.revision,
        versions,
        revisions: revisions.into_iter().map(line).collect(),
        files: vec![file("yaml"), file("json")],
        import: drafting.url("edit/file"),
        typed: typed.to_owned(),
        errors: errors.to_vec(),
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    drafting.site.page(status, &drafting.layout(), &view)
}
