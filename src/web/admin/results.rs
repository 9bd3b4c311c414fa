//! A survey's results: home, questions, one question, themes by area, quality flags; as pages, CSV, JSON and SVG.
//!
//! The same address with `.csv`, `.json` or `.svg` behind the page gives the numbers or the chart on it.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path},
};

use super::{
    comments::comments_of_area,
    session::SignedInOfficer,
    view::{
        NUMBERS, files,
        filters::{FilteredPage, filter_view},
        head::survey_head,
        home, quality, questions, theme_choices,
        themes::{self, ThemesPicture},
        words::Words,
    },
};
use crate::{
    charts::{Caption, Layout},
    export::{names, table},
    live::PublishedSurvey,
    results::{
        ChangedFigure, Outcome, PageOutcome, QueryError, ResultPage, ResultQuery, Snapshot, answer,
    },
    survey::ids::{Lang, QuestionKey, Slug},
    web::{
        access::Capability,
        errors::PageError,
        pages::{FilterView, QualityPage, QuestionsPage, SurveyHead, SurveyHomePage, ThemesPage},
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
}

impl Format {
    /// Takes the suffix off a page's name.
    fn split(path: &str) -> (&str, Self) {
        let formats = [
            (".csv", Self::Csv),
            (".json", Self::Json),
            (".svg", Self::Svg),
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
        ResultQuery::parse(path, query, &self.snapshot.definition, &self.snapshot.place)
            .map_err(|error| self.refuse(&error))
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
        let words = self.words();
        let mut view = filter_view(&words, &page, Vec::new(), outcome.state.selected);
        view.without_flagged = quality::without_flagged(&words, self.slug(), query, outcome);
        view
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
    let mut outcome = answer(&query, &looking.snapshot);
    keep_sensitive_back(&mut outcome, officer)?;
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
        Format::Svg => {
            let words = looking.words();
            let svg = svg(&words, looking.slug(), &query, &outcome).ok_or(PageError::NotFound)?;
            Ok(file(
                &looking,
                &query,
                "image/svg+xml",
                "svg",
                svg.into_bytes(),
            ))
        }
    }
}

/// Figures of special-category answers are for those who may see them.
fn keep_sensitive_back(outcome: &mut Outcome, officer: &SignedInOfficer) -> Result<(), PageError> {
    if officer.may(Capability::SeeSensitive) {
        return Ok(());
    }
    match &mut outcome.page {
        PageOutcome::Questions { questions } => {
            questions.retain(|question| !question.frequency.sensitive);
            if let Some(compared) = &mut outcome.without_flagged {
                let shown = |key: &QuestionKey| {
                    questions
                        .iter()
                        .any(|question| question.frequency.question == *key)
                };
                compared.changes.retain(|change| match &change.of {
                    ChangedFigure::Answer { question, .. } => shown(question),
                    ChangedFigure::Theme { .. } => true,
                });
            }
        }
        PageOutcome::Question(question) if question.frequency.sensitive => {
            return Err(PageError::Forbidden);
        }
        _ => {}
    }
    Ok(())
}

async fn html(
    looking: &Looking<'_>,
    query: &ResultQuery,
    outcome: &Outcome,
) -> Result<HttpResponse, PageError> {
    let words = looking.words();
    let slug = looking.slug();
    let layout = looking.layout(outcome.state.simulated);
    let filter = looking.filter(query, outcome);
    match &outcome.page {
        PageOutcome::Overview(overview) => {
            let mut days = home::days(&words, overview);
            days.files = files(
                slug,
                "overview",
                &query.query(),
                super::view::WITH_CHART,
                |id| words.id(id),
            );
            let mut leaving = home::leaving(&words, overview);
            leaving.files = files(slug, "overview", &query.query(), NUMBERS, |id| words.id(id));
            let page = SurveyHomePage {
                head: looking.head("officers-live")?,
                filter: (!query.filter.is_empty()).then_some(filter),
                figures: home::figures(&words, &outcome.state, overview),
                days,
                leaving,
                quality: Link {
                    text: words.counted("quality-home", outcome.state.flagged),
                    href: quality::about(slug, query),
                },
            };
            looking.site.page(StatusCode::OK, &layout, &page)
        }
        PageOutcome::Questions { questions } => {
            questions_page(looking, query, filter, questions, &layout)
        }
        PageOutcome::Question(question) => questions_page(
            looking,
            query,
            filter,
            std::slice::from_ref(&**question),
            &layout,
        ),
        PageOutcome::Themes(themes) => themes_page(looking, query, filter, themes, &layout).await,
        PageOutcome::Quality(found) => {
            let flagged = found.counts.flagged;
            let page = QualityPage {
                head: looking.head("officers-live")?,
                filter,
                flagged: words.counted("quality-flagged", flagged.count),
                flags: quality::flags(&words, found),
                base: words.counted("quality-base", flagged.base.0),
                without: quality::without(&words, slug, query),
                files: files(slug, "quality", &query.query(), NUMBERS, |id| words.id(id)),
            };
            looking.site.page(StatusCode::OK, &layout, &page)
        }
    }
}

fn questions_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    filter: FilterView,
    outcomes: &[crate::results::QuestionOutcome],
    layout: &crate::web::templates::Layout,
) -> Result<HttpResponse, PageError> {
    let words = looking.words();
    let reads_comments = looking.officer.may(Capability::ReadComments);
    let is_one = matches!(query.page, ResultPage::Question(_));
    let all = ResultQuery {
        page: ResultPage::Questions,
        ..query.clone()
    };
    let results = outcomes.iter().filter_map(|outcome| {
        questions::question_result(&words, looking.slug(), query, outcome, reads_comments)
    });
    let page = QuestionsPage {
        head: looking.head("officers-questions")?,
        filter,
        questions: results.collect(),
        all: is_one.then(|| Url::AdminSurvey(looking.slug(), &all.to_url()).to_string()),
    };
    looking.site.page(StatusCode::OK, layout, &page)
}

async fn themes_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    filter: FilterView,
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
            };
            let (comments, all) = comments_of_area(looking, &picture).await?;
            Some(picture.results(comments, all))
        }
        None => None,
    };
    let page = ThemesPage {
        head: looking.head("officers-themes")?,
        filter,
        measures: theme_choices::measures(&words, slug, query, view),
        groupings: theme_choices::groupings(slug, query, view),
        chooser: theme_choices::chooser(&words, slug, query, view),
        unmeasured: outcome.unmeasured.map(themes::unmeasured_key),
        results,
    };
    looking.site.page(StatusCode::OK, layout, &page)
}

/// The chart of a page; none for a page of many, or without figures.
#[must_use]
pub fn svg(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    outcome: &Outcome,
) -> Option<String> {
    match (&outcome.page, &query.page) {
        (PageOutcome::Overview(overview), _) if !overview.days.is_empty() => {
            let caption = Caption {
                id: "days".to_owned(),
                title: words.id("home-days-title"),
                description: words.plain(&words.definition.short_title),
            };
            Some(home::day_columns(words, overview, caption, Layout::Wide))
        }
        (PageOutcome::Question(question), _) => questions::question_svg(words, question),
        (PageOutcome::Themes(themes), ResultPage::Themes(view)) => {
            let table = themes.table.as_ref()?;
            Some(
                ThemesPicture {
                    words,
                    slug,
                    query,
                    view,
                    outcome: themes,
                    table,
                }
                .map_svg(),
            )
        }
        _ => None,
    }
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
