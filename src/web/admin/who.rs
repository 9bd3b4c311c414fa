//! Who answered: the page, and its part of a survey's home.

use actix_web::{HttpResponse, http::StatusCode};

use super::{
    looking::Looking,
    view::{NUMBERS, files, who::WhoPicture},
};
use crate::{
    results::{PageOutcome, ResultPage, ResultQuery, State, WhoOutcome, answer},
    web::{
        errors::PageError,
        pages::{FilterView, WhoPage},
        templates::Layout,
    },
};

/// Who answered, of the responses a page is about.
pub(super) fn who_answered(looking: &Looking<'_>, query: &ResultQuery) -> WhoOutcome {
    let query = ResultQuery {
        filter: query.filter.clone(),
        ..ResultQuery::of(ResultPage::Who)
    };
    match answer(&query, &looking.snapshot).page {
        PageOutcome::Who(who) => *who,
        // Nothing else answers that page.
        _ => WhoOutcome::default(),
    }
}

/// The page.
pub(super) fn who_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    filter: FilterView,
    (state, who): (&State, &WhoOutcome),
    layout: &Layout,
) -> Result<HttpResponse, PageError> {
    let words = looking.words();
    let picture = WhoPicture {
        words: &words,
        outcome: who,
        days_left: looking.days_left()?,
    };
    let page = WhoPage {
        head: looking.results_head("officers-who", query, state)?,
        filter,
        figures: picture.figures(),
        missing_note: picture.missing_note(),
        missing: picture.missing(),
        tables: picture.tables(),
        joint: picture.joint(),
        bases: picture.bases(),
        refused: picture.refused(),
        weighting: picture.weighting(),
        margins: picture.margins(),
        source: looking.snapshot.place.attribution().to_owned(),
        files: files(looking.slug(), "who", &query.query(), NUMBERS, |id| {
            words.id(id)
        }),
    };
    looking.site.page(StatusCode::OK, layout, &page)
}
