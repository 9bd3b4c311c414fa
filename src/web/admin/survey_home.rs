//! A survey's home.

use actix_web::{HttpResponse, http::StatusCode};

use super::{
    looking::Looking,
    view::{
        NUMBERS, WITH_CHART, files, home,
        who::{WhoPicture, effective},
    },
    who::who_answered,
};
use crate::{
    results::{Overview, ResultQuery, State},
    web::{
        errors::PageError,
        pages::{FilterView, SurveyHomePage},
        templates::Layout,
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
        missing: picture.worst(slug),
    };
    looking.site.page(StatusCode::OK, layout, &page)
}
