//! Downloads: what, of whom, in which form; and the files themselves.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{
    results::Looking,
    session::SignedInOfficer,
    view::filters::{FilteredPage, filter_view},
};
use crate::{
    results::{ResultPage, ResultQuery, answer},
    web::{
        access::Capability,
        errors::PageError,
        pages::{ExportFile, ExportsPage},
        site::Site,
        urls::Url,
    },
};

/// `GET /admin/surveys/{slug}/exports`.
///
/// # Errors
/// [`PageError`] for an unknown survey, an address that names what there is not, or a failing store.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let looking = Looking::at(&site, &officer, &slug).await?;
    let words = looking.words();
    let query = looking.parse("questions", request.query_string())?;
    let overview = ResultQuery {
        page: ResultPage::Overview,
        filter: query.filter.clone(),
    };
    let outcome = answer(&overview, &looking.snapshot);
    let here = FilteredPage {
        slug: looking.slug(),
        path: "exports",
        query: &query,
        extra: &[],
    };
    let in_force = query.query();
    let separator = if in_force.is_empty() { "" } else { "?" };
    let file = |key, path: &str| ExportFile {
        key,
        href: Url::AdminSurvey(looking.slug(), &format!("{path}{separator}{in_force}")).to_string(),
        name: path.rsplit('/').next().unwrap_or_default().to_owned(),
    };
    let page = ExportsPage {
        head: looking.head("officers-exports")?,
        filter: filter_view(&words, &here, Vec::new(), outcome.state.selected),
        rows: outcome.state.selected,
        files: vec![
            file("exports-codes", "exports/answers-codes.csv"),
            file("exports-labels", "exports/answers-labels.csv"),
        ],
        sensitive: if officer.may(Capability::SeeSensitive) {
            vec![
                file("exports-codes", "exports/answers-codes-sensitive.csv"),
                file("exports-labels", "exports/answers-labels-sensitive.csv"),
            ]
        } else {
            Vec::new()
        },
        codebook: file("exports-codebook", "exports/codebook.csv"),
        figures: vec![
            file("officers-live", "overview.csv"),
            file("officers-questions", "questions.csv"),
            file("officers-themes", "themes.csv"),
        ],
    };
    site.page(
        StatusCode::OK,
        &looking.layout(outcome.state.simulated),
        &page,
    )
}

/// `GET /admin/surveys/{slug}/exports/{file}`.
///
/// # Errors
/// As [`show`].
pub async fn download(
    site: Data<Site>,
    officer: SignedInOfficer,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let (slug, _) = path.into_inner();
    let _ = Looking::at(&site, &officer, &slug).await?;
    Err(PageError::NotFound)
}
