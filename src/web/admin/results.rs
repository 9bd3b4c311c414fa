//! A survey's results: home, questions, one question, themes by area; as pages, CSV, JSON, SVG and PNG.
//!
//! The same address with `.csv`, `.json`, `.svg` or `.png` behind the page gives the numbers or the chart on it; `@2x.png`
//! gives a picture twice as large, for sharp screens and print.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{self, Data, Path},
};

use super::{
    comments::comments_of_area,
    profiles,
    sensitive::keep_sensitive_back,
    session::SignedInOfficer,
    survey_home::home_page,
    view::{
        chart_file::chart_file,
        compare::ComparePicture,
        equality::equality_tables,
        filters::{FilteredPage, filter_view},
        head::survey_head,
        maps::maps_of,
        questions,
        reading::{Reading, weights_view},
        theme_choices,
        themes::{self, ThemesPicture},
        variables::only_these,
        words::Words,
    },
    who::who_page,
};
use crate::{
    charts::png,
    export::{names, table},
    live::PublishedSurvey,
    results::{Outcome, PageOutcome, QueryError, ResultPage, ResultQuery, Snapshot, State, answer},
    survey::ids::{Lang, Slug},
    web::{
        access::Capability,
        errors::PageError,
        pages::{ComparePage, EqualityPage, FilterView, QuestionsPage, SurveyHead, ThemesPage},
        public::respondent::{schedule, survey},
        site::Site,
        templates::{Link, SurveyLink},
        urls::Url,
        words::Speaker,
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

/// A survey whose results an officer looks at.
pub(super) struct Looking<'a> {
    pub(super) site: &'a Site,
    pub(super) officer: &'a SignedInOfficer,
    pub(super) survey: Arc<PublishedSurvey>,
    pub(super) snapshot: Arc<Snapshot>,
    lang: Lang,
    fallback: Lang,
}

impl<'a> Looking<'a> {
    pub(super) async fn at(
        site: &'a Site,
        officer: &'a SignedInOfficer,
        slug: &str,
    ) -> Result<Self, PageError> {
        let survey = survey(site, slug)?;
        let snapshot = site.live.snapshot(&survey).await?;
        let (lang, fallback) = (site.own_language(), snapshot.definition.first_language());
        Ok(Self {
            site,
            officer,
            survey,
            snapshot,
            lang,
            fallback,
        })
    }

    pub(super) fn words(&self) -> Words<'_> {
        Words {
            definition: &self.snapshot.definition,
            place: &self.snapshot.place,
            speaker: Speaker::new(self.site.templates.texts(), &self.lang),
            fallback: &self.fallback,
        }
    }

    pub(super) fn slug(&self) -> &Slug {
        &self.survey.slug
    }

    pub(super) fn parse(&self, path: &str, query: &str) -> Result<ResultQuery, PageError> {
        let (definition, place) = (&self.snapshot.definition, &self.snapshot.place);
        let query = ResultQuery::parse(path, query, definition, place)
            .map_err(|error| self.refuse(&error))?;
        if query.reads_sensitive(definition) && !self.officer.may(Capability::SeeSensitive) {
            return Err(PageError::Forbidden);
        }
        Ok(query)
    }

    /// An address that names something unknown: the page says what, and what is known.
    pub(super) fn refuse(&self, error: &QueryError) -> PageError {
        if error.is_unknown_page() {
            return PageError::NotFound;
        }
        PageError::Unprocessable(self.words().say(&error.message()))
    }

    pub(super) fn head(&self, current: &str) -> Result<SurveyHead, PageError> {
        let schedule = schedule(&self.survey.current)?;
        let as_of = jiff::Timestamp::from_microsecond(self.snapshot.as_of_micros).ok();
        let now = self.site.clock.now();
        Ok(survey_head(
            &self.words(),
            self.slug(),
            &schedule,
            now,
            as_of,
            self.officer,
            current,
        ))
    }

    fn filter(&self, query: &ResultQuery, outcome: &Outcome) -> FilterView {
        let path = query.path();
        let page = FilteredPage {
            slug: self.slug(),
            path: &path,
            query,
            extra: &[],
        };
        filter_view(&self.words(), &page, Vec::new(), outcome.state.selected)
    }

    /// Days until the survey closes, today included; none when it has closed.
    pub(super) fn days_left(&self) -> Result<Option<u32>, PageError> {
        let days = schedule(&self.survey.current)?.days_left(self.site.clock.now());
        Ok(days.and_then(|days| u32::try_from(days + 1).ok()))
    }

    /// The frame of the page, which names the survey and says so where it shows simulated responses.
    pub(super) fn layout(&self, simulated: bool) -> crate::web::templates::Layout {
        let mut layout = self.officer.layout(self.site);
        layout.simulated |= simulated;
        layout.survey = Some(SurveyLink {
            title: self.words().plain(&self.snapshot.definition.short_title),
            href: Url::AdminSurvey(self.slug(), "").to_string(),
        });
        layout
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
    let mut outcome = if matches!(query.page, ResultPage::Priorities) {
        long_answer(&looking, &query).await?
    } else {
        answer(&query, &looking.snapshot)
    };
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

/// An answer that takes longer than other requests should wait: a thousand resamples of a million responses.
async fn long_answer(looking: &Looking<'_>, query: &ResultQuery) -> Result<Outcome, PageError> {
    let kept = &looking.site.kept;
    let address = query.to_url();
    if let Some(outcome) = kept.get(&looking.snapshot, &address) {
        return Ok(outcome);
    }
    let (asked, snapshot) = (query.clone(), Arc::clone(&looking.snapshot));
    let outcome = web::block(move || answer(&asked, &snapshot))
        .await
        .map_err(|error| PageError::Internal(error.to_string()))?;
    kept.keep(&looking.snapshot, address, &outcome);
    Ok(outcome)
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
        PageOutcome::Who(who) => who_page(looking, query, filter, who, &layout),
        PageOutcome::Themes(themes) => match &query.page {
            ResultPage::Maps(view) => {
                let themes = (&outcome.state, &**themes);
                profiles::maps_page(looking, query, view, filter, themes, &layout)
            }
            _ => themes_page(looking, query, filter, &outcome.state, themes, &layout).await,
        },
        PageOutcome::Area(area) => profiles::area_page(looking, query, filter, area, &layout),
        PageOutcome::Priorities(priorities) => {
            profiles::priorities_page(looking, query, filter, priorities, &layout)
        }
        PageOutcome::Compare(compared) => compare_page(looking, query, filter, compared, &layout),
        PageOutcome::Equality(equality) => {
            let page = EqualityPage {
                head: looking.head("officers-equality")?,
                filter,
                tables: equality_tables(&looking.words(), looking.slug(), query, equality),
            };
            looking.site.page(StatusCode::OK, &layout, &page)
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
        head: looking.head("officers-questions")?,
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
        head: looking.head("officers-compare")?,
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
        head: looking.head("officers-themes")?,
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
