//! One response is erased, because whoever sent it asks for it: by its reference, with what will go shown before.
//!
//! References stand in forms only, never in an address.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use jiff::Timestamp;

use super::{looking::Looking, session::SignedInOfficer, view::proof::moment};
use crate::{
    actions::retention::{erase_response, find_response},
    storage::responses::Kept,
    survey::{
        message::{Arg, Message},
        reference::Reference,
    },
    web::{
        errors::PageError,
        forms::Submitted,
        pages::{EraseConfirm, EraseFact, ErasePage, ErrorLink},
        public::respondent::see_other,
        site::Site,
        urls::Url,
    },
};

/// The page below a survey's own.
const PAGE: &str = "erase";

/// `GET /admin/surveys/{slug}/erase`: asks for the reference; with `done=1`, says that it is done.
///
/// # Errors
/// [`PageError`] for an unknown survey or a failing store.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let looking = Looking::at(&site, &officer, &slug).await?;
    let is_done = request.query_string() == "done=1";
    render(
        &looking,
        StatusCode::OK,
        Asked {
            is_done,
            ..Asked::default()
        },
    )
}

/// `POST /admin/surveys/{slug}/erase`: shows what will go; with `confirm`, erases it.
///
/// # Errors
/// [`PageError::StaleForm`]; as [`show`].
pub async fn erase(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let looking = Looking::at(&site, &officer, &slug).await?;
    let typed: String = form
        .0
        .first("reference")
        .unwrap_or_default()
        .trim()
        .chars()
        .take(40)
        .collect();
    let wrong = |id| {
        let error = Message::new(id).with("reference", typed.as_str());
        let asked = Asked {
            reference: typed.clone(),
            error: Some(looking.words().say(&error)),
            ..Asked::default()
        };
        render(&looking, StatusCode::UNPROCESSABLE_ENTITY, asked)
    };
    if typed.is_empty() {
        return wrong("erase-reference-missing");
    }
    let Ok(reference) = typed.parse::<Reference>() else {
        return wrong("erase-reference-slip");
    };
    if form.0.first("confirm").is_some() {
        let erased = erase_response(&site.store, officer.actor(), &looking.survey, &reference);
        // One that went meanwhile is not there any more, and that is said.
        return match erased.await? {
            true => Ok(see_other(&Url::AdminSurvey(looking.slug(), "erase?done=1"))),
            false => wrong("erase-reference-unknown"),
        };
    }
    let Some(kept) = find_response(&site.store, &looking.survey, &reference).await? else {
        return wrong("erase-reference-unknown");
    };
    let asked = Asked {
        confirm: Some(confirm(&looking, &reference, &kept)),
        reference: reference.to_string(),
        ..Asked::default()
    };
    render(&looking, StatusCode::OK, asked)
}

/// What a page shows.
#[derive(Default)]
struct Asked {
    reference: String,
    error: Option<String>,
    confirm: Option<EraseConfirm>,
    is_done: bool,
}

fn confirm(looking: &Looking<'_>, reference: &Reference, kept: &Kept) -> EraseConfirm {
    let words = looking.words();
    let sent = Timestamp::from_microsecond(kept.submitted_at).unwrap_or_default();
    let texts = Arg::Number(i64::try_from(kept.texts).unwrap_or(i64::MAX));
    let sensitive = if kept.has_sensitive {
        "erase-sensitive-some"
    } else {
        "erase-sensitive-none"
    };
    let facts = [
        ("erase-reference", reference.to_string()),
        ("erase-sent", moment(&words, sent)),
        (
            "erase-texts",
            words.say(&Message::new("erase-texts-count").with("count", texts)),
        ),
        ("erase-sensitive", words.id(sensitive)),
        ("erase-others", words.id("erase-others-all")),
    ];
    EraseConfirm {
        facts: facts.map(|(key, value)| EraseFact { key, value }).into(),
        cancel: Url::AdminSurvey(looking.slug(), PAGE).to_string(),
    }
}

fn render(
    looking: &Looking<'_>,
    status: StatusCode,
    asked: Asked,
) -> Result<HttpResponse, PageError> {
    let errors = asked.error.iter().map(|text| ErrorLink {
        field: "reference".to_owned(),
        text: text.clone(),
    });
    let page = ErasePage {
        head: looking.head("")?,
        action: Url::AdminSurvey(looking.slug(), PAGE).to_string(),
        errors: errors.collect(),
        reference: asked.reference,
        error: asked.error,
        confirm: asked.confirm,
        done: asked.is_done,
    };
    looking.site.page(status, &looking.layout(false), &page)
}
