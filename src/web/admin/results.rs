//! A survey's results: home, questions, one question, themes by area, quality flags; as pages, CSV, JSON, SVG and PNG.
//!
//! The same address with `.csv`, `.json`, `.svg` or `.png` behind the page gives the numbers or the chart on it; `@2x.png`
//! gives a picture twice as large, for sharp screens and print.

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{self, Data, Path},
};

use super::{
    comments::comments_of_area,
    looking::Looking,
    profiles,
    sensitive::keep_sensitive_back,
    session::SignedInOfficer,
    survey_home::{home_page, running_page},
    view::{
        chart_file::chart_file,
        compare::ComparePicture,
        equality::equality_tables,
        filters::FilteredPage,
        maps::maps_of,
        questions,
        reading::{Reading, weights_view},
        theme_choices,
        themes::{self, ThemesPicture},
        variables::only_these,
    },
    who::{protected_page, who_page},
};
use crate::{
    charts::png,
    export::{names, table},
    results::{Outcome, PageOutcome, ResultPage, ResultQuery, State},
    web::{
        access::Capability,
        errors::PageError,
        pages::{ComparePage, EqualityPage, FilterView, QuestionsPage, ThemesPage},
        site::Site,
        templates::Link,
        urls::Url,
    },
};

/// What a results page is given out as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Html,
    Csv,
    Json,
    Svg,
    /// With so many pixels to a unit of the chart.
    Png(u8),
}

impl Format {
    /// Takes the suffix off a page's name.
    fn split(path: &str) -> (&str, Self) {
        let formats = [
            (".csv", Self::Csv),
            (".json", Self::Json),
            (".svg", Self::Svg),
            ("@2x.png", Self::Png(2)),
            (".png", Self::Png(1)),
        ];
        let found = formats
            .iter()
            .find_map(|(suffix, format)| Some((path.strip_suffix(suffix)?, *format)));
        found.unwrap_or((path, Self::Html))
    }
}

/// `GET /admin/surveys/{slug}`.
///
/// # Errors
/// [`PageError`] for an unknown survey, an address that names what there is not, or a failing store.
pub async fn home(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let (slug, format) = Format::split(&slug);
    show(&site, &officer, &request, slug, "overview", format).await
}

/// `GET /admin/surveys/{slug}/{page}`.
///
/// # Errors
/// As [`home`].
pub async fn page(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let (slug, page) = path.into_inner();
    let (page, format) = Format::split(&page);
    show(&site, &officer, &request, &slug, page, format).await
}

/// `GET /admin/surveys/{slug}/question/{key}`.
///
/// # Errors
/// As [`home`].
pub async fn question(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let (slug, key) = path.into_inner();
    let (key, format) = Format::split(&key);
    show(
        &site,
        &officer,
        &request,
        &slug,
        &format!("question/{key}"),
        format,
    )
    .await
}

/// `GET /admin/surveys/{slug}/area/{area}`.
///
/// # Errors
/// As [`home`].
pub async fn area(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let (slug, area) = path.into_inner();
    let (area, format) = Format::split(&area);
    let path = format!("area/{area}");
    show(&site, &officer, &request, &slug, &path, format).await
}

async fn show(
    site: &Site,
    officer: &SignedInOfficer,
    request: &HttpRequest,
    slug: &str,
    path: &str,
    format: Format,
) -> Result<HttpResponse, PageError> {
    let looking = Looking::at(site, officer, slug).await?;
    let query = looking.parse(path, request.query_string())?;
    let mut outcome = looking.outcome(&query).await?;
    keep_sensitive_back(&mut outcome, officer);
    match format {
        Format::Html => html(&looking, &query, &outcome).await,
        Format::Csv => {
            let bytes = table::write(Vec::new(), &outcome.to_csv_rows())
                .map_err(|error| PageError::Internal(error.to_string()))?;
            Ok(file(
                &looking,
                &query,
                "text/csv; charset=utf-8",
                "csv",
                bytes,
            ))
        }
        Format::Json => {
            let bytes = serde_json::to_vec_pretty(&outcome.to_json())
                .map_err(|error| PageError::Internal(error.to_string()))?;
            Ok(file(&looking, &query, "application/json", "json", bytes))
        }
        Format::Svg | Format::Png(_) => {
            let words = looking.words();
            let svg = chart_file(&words, looking.slug(), &query, &outcome);
            let svg = svg.ok_or(PageError::NotFound)?;
            let (kind, suffix, bytes) = match format {
                Format::Png(scale) => ("image/png", "png", picture(svg, scale).await?),
                _ => ("image/svg+xml", "svg", svg.into_bytes()),
            };
            Ok(file(&looking, &query, kind, suffix, bytes))
        }
    }
}

/// A chart as a picture: drawn beside the threads that serve, since drawing takes a while.
async fn picture(svg: String, scale: u8) -> Result<Vec<u8>, PageError> {
    let drawn = web::block(move || png(&svg, scale)).await;
    drawn
        .map_err(|error| PageError::Internal(error.to_string()))?
        .map_err(|error| PageError::Internal(error.to_string()))
}

async fn html(
    looking: &Looking<'_>,
    query: &ResultQuery,
    outcome: &Outcome,
) -> Result<HttpResponse, PageError> {
    let layout = looking.layout(outcome.state.simulated);
    let filter = looking.filter(query, outcome);
    match &outcome.page {
        PageOutcome::Overview(overview) => {
            home_page(looking, query, filter, (&outcome.state, overview), &layout)
        }
        PageOutcome::Questions { questions } => {
            questions_page(looking, query, filter, &outcome.state, questions, &layout)
        }
        PageOutcome::Question(question) => questions_page(
            looking,
            query,
            filter,
            &outcome.state,
            std::slice::from_ref(&**question),
            &layout,
        ),
        PageOutcome::Who(who) => who_page(looking, query, filter, (&outcome.state, who), &layout),
        PageOutcome::Running(found) => {
            running_page(looking, query, filter, (&outcome.state, found), &layout)
        }
        PageOutcome::WhoProtected(found) => {
            protected_page(looking, query, filter, (&outcome.state, found), &layout)
        }
        PageOutcome::Themes(themes) => match &query.page {
            ResultPage::Maps(view) => {
                let themes = (&outcome.state, &**themes);
                profiles::maps_page(looking, query, view, filter, themes, &layout)
            }
            _ => themes_page(looking, query, filter, &outcome.state, themes, &layout).await,
        },
        PageOutcome::Area(area) => {
            profiles::area_page(looking, query, filter, (&outcome.state, area), &layout)
        }
        PageOutcome::Priorities(priorities) => profiles::priorities_page(
            looking,
            query,
            filter,
            (&outcome.state, priorities),
            &layout,
        ),
        PageOutcome::Compare(compared) => {
            compare_page(looking, query, filter, &outcome.state, compared, &layout)
        }
        PageOutcome::Equality(equality) => {
            let page = EqualityPage {
                head: looking.results_head("officers-equality", query, &outcome.state)?,
                filter,
                tables: equality_tables(&looking.words(), looking.slug(), query, equality),
            };
            looking.site.page(StatusCode::OK, &layout, &page)
        }
        PageOutcome::Quality(found) => {
            profiles::quality_page(looking, query, filter, (&outcome.state, found), &layout)
        }
    }
}

fn questions_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    filter: FilterView,
    state: &State,
    outcomes: &[crate::results::QuestionOutcome],
    layout: &crate::web::templates::Layout,
) -> Result<HttpResponse, PageError> {
    let words = looking.words();
    let reading = Reading::of(state);
    let reads_comments = looking.officer.may(Capability::ReadComments);
    let is_one = matches!(query.page, ResultPage::Question(_));
    let all = ResultQuery {
        page: ResultPage::Questions,
        ..query.clone()
    };
    let results = outcomes.iter().filter_map(|outcome| {
        questions::question_result(
            &words,
            looking.slug(),
            query,
            outcome,
            reads_comments,
            reading,
        )
    });
    let page = QuestionsPage {
        head: looking.results_head("officers-questions", query, state)?,
        filter,
        weights: weights_view(&words, looking.slug(), query, state),
        questions: results.collect(),
        all: is_one.then(|| Url::AdminSurvey(looking.slug(), &all.to_url()).to_string()),
    };
    looking.site.page(StatusCode::OK, layout, &page)
}

fn compare_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    filter: FilterView,
    state: &State,
    outcome: &crate::results::CompareOutcome,
    layout: &crate::web::templates::Layout,
) -> Result<HttpResponse, PageError> {
    let ResultPage::Compare(view) = &query.page else {
        return Err(PageError::NotFound);
    };
    let words = looking.words();
    let here = FilteredPage {
        slug: looking.slug(),
        path: "compare",
        query,
        extra: &[],
    };
    let only = outcome
        .row
        .as_ref()
        .map(|row| only_these(&words, &here, row));
    let picture = ComparePicture {
        words: &words,
        slug: looking.slug(),
        query,
        view,
        outcome,
    };
    let page = ComparePage {
        head: looking.results_head("officers-compare", query, state)?,
        filter,
        chooser: picture.chooser(looking.officer),
        shows: picture.shows(),
        tables: picture.tables(),
        only: only.unwrap_or_default(),
    };
    looking.site.page(StatusCode::OK, layout, &page)
}

async fn themes_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    filter: FilterView,
    state: &State,
    outcome: &crate::results::ThemesOutcome,
    layout: &crate::web::templates::Layout,
) -> Result<HttpResponse, PageError> {
    let ResultPage::Themes(view) = &query.page else {
        return Err(PageError::NotFound);
    };
    let words = looking.words();
    let slug = looking.slug();
    let results = match &outcome.table {
        Some(table) => {
            let picture = ThemesPicture {
                words: &words,
                slug,
                query,
                view,
                outcome,
                table,
                reading: Reading::of(state),
            };
            let (comments, all) = comments_of_area(looking, &picture).await?;
            Some(picture.results(comments, all))
        }
        None => None,
    };
    let page = ThemesPage {
        head: looking.results_head("officers-themes", query, state)?,
        filter,
        weights: weights_view(&words, slug, query, state),
        measures: theme_choices::measures(&words, slug, query, view),
        groupings: theme_choices::groupings(slug, query, view),
        details: theme_choices::details(slug, query, view),
        maps: outcome.table.is_some().then(|| Link {
            text: words.id("officers-maps"),
            href: maps_of(slug, query, view),
        }),
        chooser: theme_choices::chooser(&words, slug, query, view),
        unmeasured: outcome.unmeasured.map(themes::unmeasured_key),
        results,
    };
    looking.site.page(StatusCode::OK, layout, &page)
}

/// A file for inside the office, which its name says.
fn file(
    looking: &Looking<'_>,
    query: &ResultQuery,
    content_type: &'static str,
    suffix: &str,
    bytes: Vec<u8>,
) -> HttpResponse {
    let page = query.path().replace(['/', '_'], "-");
    let name = file_name(looking, &page, suffix);
    HttpResponse::Ok()
        .content_type(content_type)
        .insert_header((header::CONTENT_DISPOSITION, names::disposition(&name)))
        .body(bytes)
}

/// `internal-{survey}-{page}-{day}.{suffix}`.
pub(super) fn file_name(looking: &Looking<'_>, page: &str, suffix: &str) -> String {
    let as_of =
        jiff::Timestamp::from_microsecond(looking.snapshot.as_of_micros).unwrap_or_default();
    let zone = looking.snapshot.dataset.schema().time_zone();
    format!(
        "internal-{}-{page}-{}.{suffix}",
        looking.slug(),
        zone.to_datetime(as_of).date()
    )
}
