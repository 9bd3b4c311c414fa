//! Who answered: the page, and its part of a survey's home.

use actix_web::{HttpResponse, http::StatusCode};

use super::{
    looking::Looking,
    view::{census, who::WhoPicture},
};
use crate::{
    results::{
        PageOutcome, ResultPage, ResultQuery, State, WhoOutcome, WhoProtectedOutcome, answer,
    },
    web::{
        access::Capability,
        errors::PageError,
        pages::{FigurePage, FilterView, ProtectedView, WhoPage},
        templates::{Layout, Link},
        urls::Url,
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

/// Ethnic group and disability, for those who may see special-category answers.
fn protected(looking: &Looking<'_>, query: &ResultQuery) -> Option<ProtectedView> {
    if !looking.officer.may(Capability::SeeSensitive) {
        return None;
    }
    let query = ResultQuery {
        filter: query.filter.clone(),
        ..ResultQuery::of(ResultPage::WhoProtected)
    };
    match answer(&query, &looking.snapshot).page {
        PageOutcome::WhoProtected(found) => {
            census::protected(&looking.words(), looking.slug(), &query, &found)
        }
        _ => None,
    }
}

/// Ethnic group and disability as a page of its own.
pub(super) fn protected_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    filter: FilterView,
    (state, found): (&State, &WhoProtectedOutcome),
    layout: &Layout,
) -> Result<HttpResponse, PageError> {
    let words = looking.words();
    let view = census::protected(&words, looking.slug(), query, found);
    let (chart, notes) = view.map(|view| (view.chart, view.notes)).unzip();
    let page = FigurePage {
        head: looking.results_head("officers-who", query, state)?,
        filter,
        back: Link {
            text: words.id("officers-who"),
            href: Url::AdminSurvey(looking.slug(), "who").to_string(),
        },
        title: words.id("who-protected-title"),
        chart,
        notes: notes.unwrap_or_default(),
    };
    looking.site.page(StatusCode::OK, layout, &page)
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
        beside: census::beside(&words, looking.slug(), query, who),
        protected: protected(looking, query),
    };
    looking.site.page(StatusCode::OK, layout, &page)
}
