//! A survey's home.

use actix_web::{HttpResponse, http::StatusCode};

use super::{
    looking::Looking,
    view::{
        NUMBERS, WITH_CHART, files, home, quality, running,
        who::{WhoPicture, effective},
    },
    who::who_answered,
};
use crate::{
    results::{Overview, ResultPage, ResultQuery, RunningOutcome, State},
    web::{
        errors::PageError,
        pages::{FigurePage, FilterView, SurveyHomePage},
        templates::{Layout, Link},
        urls::Url,
    },
};

/// The page.
pub(super) fn home_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    filter: FilterView,
    (state, overview): (&State, &Overview),
    layout: &Layout,
) -> Result<HttpResponse, PageError> {
    let words = looking.words();
    let slug = looking.slug();
    let mut days = home::days(&words, overview);
    days.files = files(slug, "overview", &query.query(), WITH_CHART, |id| {
        words.id(id)
    });
    let mut leaving = home::leaving(&words, overview);
    leaving.files = files(slug, "overview", &query.query(), NUMBERS, |id| words.id(id));
    let totals = ResultQuery {
        page: ResultPage::Running,
        ..query.clone()
    };
    let running = running::running(
        &words,
        slug,
        &totals,
        &RunningOutcome::of_days(&overview.days),
    );
    let who = who_answered(looking, query);
    let picture = WhoPicture {
        words: &words,
        outcome: &who,
        days_left: looking.days_left()?,
    };
    let mut figures = home::figures(&words, state, overview, picture.daily_need());
    figures.extend(effective(&words, who.weighting.as_ref()));
    let page = SurveyHomePage {
        head: looking.results_head("officers-live", query, state)?,
        filter: (!query.filter.is_empty()).then_some(filter),
        figures,
        days,
        leaving,
        running,
        missing: picture.worst(slug),
        quality: Link {
            text: words.counted("quality-home", state.flagged),
            href: quality::about(slug, query),
        },
    };
    looking.site.page(StatusCode::OK, layout, &page)
}

/// Responses so far as a page of its own.
pub(super) fn running_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    filter: FilterView,
    (state, found): (&State, &RunningOutcome),
    layout: &Layout,
) -> Result<HttpResponse, PageError> {
    let words = looking.words();
    let page = FigurePage {
        head: looking.results_head("officers-live", query, state)?,
        filter,
        back: Link {
            text: words.id("officers-live"),
            href: Url::AdminSurvey(looking.slug(), "").to_string(),
        },
        title: words.id("running-title"),
        chart: Some(running::running(&words, looking.slug(), query, found)),
        notes: Vec::new(),
    };
    looking.site.page(StatusCode::OK, layout, &page)
}
