//! Frozen results: pages of figures as they were, each with what it was of.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path},
};
use jiff::Timestamp;
use url::form_urlencoded;
use uuid::Uuid;

use super::{
    looking::Looking,
    results::file_name,
    sensitive::{keep_sensitive_back, note_page},
    session::SignedInOfficer,
    view::{
        frozen::{line, sheet},
        proof::moment,
    },
};
use crate::{
    actions::{Freeze, FreezeError, freeze_result},
    audit::SightForm,
    export::names,
    results::QueryError,
    storage::frozen::{self, Frozen},
    web::{
        access::Capability,
        errors::PageError,
        forms::Submitted,
        pages::{FrozenPage, FrozenResultPage},
        public::respondent::see_other,
        site::Site,
        templates::Link,
        urls::Url,
    },
};

/// The most frozen pages that a list shows.
const MOST_LISTED: u64 = 500;
/// What a frozen page is given out as, besides a page.
const FORMS: [&str; 2] = ["csv", "json"];

impl From<FreezeError> for PageError {
    fn from(error: FreezeError) -> Self {
        match error {
            FreezeError::Storage(error) => error.into(),
            FreezeError::Write(error) => Self::Internal(error),
        }
    }
}

/// `POST /admin/surveys/{slug}/frozen`: freezes the results page whose address is in `page`.
///
/// # Errors
/// [`PageError::StaleForm`]; as a results page.
pub async fn freeze(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let looking = Looking::at(&site, &officer, &slug).await?;
    let address = form.0.first("page").unwrap_or_default();
    let (path, parameters) = address.split_once('?').unwrap_or((address, ""));
    let query = looking.parse(path, parameters)?;
    let mut outcome = looking.outcome(&query).await?;
    keep_sensitive_back(&mut outcome, &officer);
    let frozen = Freeze {
        survey_id: looking.survey.id,
        slug: looking.slug(),
        query: &query,
        outcome,
        sensitive: query.reads_sensitive(&looking.snapshot.definition),
        frozen_by: &officer.name,
        by: officer.actor(),
    };
    let id = freeze_result(&site.store, site.entropy.as_ref(), frozen).await?;
    let page = format!("frozen?id={id}");
    Ok(see_other(&Url::AdminSurvey(looking.slug(), &page)))
}

/// What is asked of the frozen results of a survey.
#[derive(Default)]
struct Asked {
    id: Option<Uuid>,
    form: Option<&'static str>,
}

impl Asked {
    fn read(looking: &Looking<'_>, query: &str) -> Result<Self, PageError> {
        let mut asked = Self::default();
        let pairs = form_urlencoded::parse(query.as_bytes());
        for (name, value) in pairs.filter(|(_, value)| !value.is_empty()) {
            match &*name {
                "id" => asked.id = Some(value.parse().map_err(|_| PageError::NotFound)?),
                "as" => {
                    let known = FORMS.into_iter().find(|form| *form == value);
                    asked.form =
                        Some(known.ok_or_else(|| {
                            looking.refuse(&QueryError::value("as", &value, FORMS))
                        })?);
                }
                other => return Err(looking.refuse(&QueryError::parameter(other, ["id", "as"]))),
            }
        }
        Ok(asked)
    }
}

/// `GET /admin/surveys/{slug}/frozen`: all frozen results; with `id` one of them, and with `as` as a file.
///
/// # Errors
/// [`PageError`] for an unknown survey or result, a result that is not for this officer, or a failing store.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let looking = Looking::at(&site, &officer, &slug).await?;
    let asked = Asked::read(&looking, request.query_string())?;
    let may_see = |sensitive: bool| !sensitive || officer.may(Capability::SeeSensitive);
    let Some(id) = asked.id else {
        let lines = frozen::list(&site.store, looking.survey.id, MOST_LISTED).await?;
        let shown = lines.iter().filter(|frozen| may_see(frozen.sensitive));
        let page = FrozenPage {
            head: looking.head("")?,
            lines: shown
                .map(|frozen| line(&looking.words(), looking.slug(), frozen))
                .collect(),
        };
        return site.page(StatusCode::OK, &looking.layout(false), &page);
    };
    let found = frozen::find(&site.store, looking.survey.id, id)
        .await?
        .ok_or(PageError::NotFound)?;
    if !may_see(found.line.sensitive) {
        return Err(PageError::Forbidden);
    }
    if found.line.sensitive {
        let form = match asked.form {
            None => SightForm::Page,
            Some(_) => SightForm::File,
        };
        note_page(&looking, found.line.address.clone(), form).await?;
    }
    match asked.form {
        None => page(&looking, &found),
        Some("json") => Ok(file(&looking, "json", "application/json", found.document)),
        Some(_) => Ok(file(
            &looking,
            "csv",
            "text/csv; charset=utf-8",
            found.sheet,
        )),
    }
}

fn page(looking: &Looking<'_>, frozen: &Frozen) -> Result<HttpResponse, PageError> {
    let words = looking.words();
    let line = line(&words, looking.slug(), &frozen.line);
    let at = |micros: i64| {
        let at = Timestamp::from_microsecond(micros).unwrap_or_default();
        moment(&words, at)
    };
    let link = |id: &str, href: &str| Link {
        text: words.id(id),
        href: href.to_owned(),
    };
    let page = FrozenResultPage {
        head: looking.head("")?,
        frozen_at: at(frozen.line.frozen_at),
        table: sheet(&frozen.sheet, line.title.clone()),
        files: vec![link("file-csv", &line.csv), link("file-json", &line.json)],
        live: Url::AdminSurvey(looking.slug(), &frozen.line.address).to_string(),
        all: Url::AdminSurvey(looking.slug(), "frozen").to_string(),
        line,
    };
    // A frozen page says so, too, where any of its responses was made up.
    let document: serde_json::Value = serde_json::from_str(&frozen.document)
        .map_err(|error| PageError::Internal(error.to_string()))?;
    let is_simulated = document["state"]["simulated"] == true;
    looking
        .site
        .page(StatusCode::OK, &looking.layout(is_simulated), &page)
}

fn file(
    looking: &Looking<'_>,
    suffix: &str,
    content_type: &'static str,
    text: String,
) -> HttpResponse {
    let name = file_name(looking, "frozen", suffix);
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CONTENT_DISPOSITION, names::disposition(&name)))
        .body(text)
}
