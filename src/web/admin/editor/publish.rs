//! Publishing a draft: what stands in the way, what is different, and what becomes of responses in progress.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, Query},
};
use serde::Deserialize;

use super::drafting::{Drafting, seen};
use crate::{
    actions::drafts::{DraftError, Release, publish_draft},
    survey::{
        definition::Definition,
        difference::difference,
        message::Message,
        release::{Held, may_publish},
        schedule::State,
    },
    web::{
        admin::session::SignedInOfficer, errors::PageError, forms::Submitted, moments,
        pages::EditPublishPage, site::Site,
    },
};

/// What was done just now.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    /// The version published.
    #[serde(default)]
    published: Option<u32>,
}

/// `GET /admin/surveys/{slug}/edit/publish`.
///
/// # Errors
/// [`PageError`] for an unknown draft or a failing store.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    done: Query<Done>,
) -> Result<HttpResponse, PageError> {
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let in_force = drafting
        .published
        .as_ref()
        .map(|survey| survey.current.number);
    let done = done.published.filter(|number| Some(*number) == in_force);
    render(&drafting, done, StatusCode::OK)
}

/// `POST /admin/surveys/{slug}/edit/publish`: freezes the draft as the next version, if the rule lets it.
///
/// # Errors
/// As [`show`], and [`PageError::StaleForm`].
pub async fn publish(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let passes = |definition: &Definition| drafting.passes(definition);
    let release = Release {
        slug: drafting.slug().as_str(),
        seen: seen(&form.0)?,
        is_publishable: &passes,
        in_force: drafting.in_force()?,
    };
    match publish_draft(&site.store, site.entropy.as_ref(), officer.actor(), release).await {
        Ok(published) => {
            site.catalogue.refresh().await?;
            let number = published.version.number;
            Ok(drafting.go(&format!("edit/publish?published={number}")))
        }
        // The page says what stands in the way, or shows what somebody else has just changed.
        Err(DraftError::Held(_)) => render(&drafting, None, StatusCode::UNPROCESSABLE_ENTITY),
        Err(DraftError::Conflict) => {
            let now = Drafting::at(&site, &officer, &slug).await?;
            render(&now, None, StatusCode::CONFLICT)
        }
        Err(error) => Err(error.into()),
    }
}

fn render(
    drafting: &Drafting<'_>,
    done: Option<u32>,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let speaker = drafting.speaker();
    let definition = drafting.definition();
    let in_force = drafting.in_force()?;
    let held = may_publish(definition, drafting.passes(definition), in_force).err();
    let held = held.filter(|_| done.is_none()).map(|held| match held {
        Held::Errors => "publish-held-errors",
        Held::Open => "publish-held-open",
        Held::NoReason => "publish-held-reason",
        Held::Same => "publish-held-same",
    });
    let meanwhile = match in_force {
        None => "publish-meanwhile-first",
        Some((_, State::Coming)) => "publish-meanwhile-coming",
        Some((_, State::Open | State::Grace)) => "publish-meanwhile-open",
        Some((_, State::Closed)) => "publish-meanwhile-closed",
    };
    let dates = drafting.schedule().map_or_else(
        || speaker.id("publish-no-dates"),
        |schedule| {
            let message = Message::new("publish-dates")
                .with("opens", moments::opening(&schedule, &speaker))
                .with("closes", moments::closing(&schedule, &speaker));
            speaker.say(&message)
        },
    );
    let changes = in_force
        .map(|(current, _)| difference(current, definition))
        .unwrap_or_default();
    let view = EditPublishPage {
        head: drafting.head("edit-tab-publish"),
        action: drafting.url("edit/publish"),
        revision: drafting.draft.revision,
        held: held.map(|id| speaker.id(id)),
        meanwhile: speaker.id(meanwhile),
        dates,
        changes: drafting.change_views(&changes),
        lints: drafting
            .findings()
            .into_iter()
            .map(|(_, _, view)| view)
            .collect(),
        done: done.map(|number| {
            speaker.say(&Message::new("publish-done").with("number", i64::from(number)))
        }),
    };
    drafting.site.page(status, &drafting.layout(), &view)
}
