//! Pages of results beside themes by area: the profile of an area, small maps, priorities by every rule,
//! quality flags.

use actix_web::{HttpResponse, http::StatusCode};

use super::{
    looking::Looking,
    view::{
        NUMBERS,
        area::AreaPicture,
        files, maps,
        priorities::PrioritiesPicture,
        quality,
        reading::{Reading, measure_words, weights_view},
        themes::{self, ThemesPicture, measure_key},
    },
};
use crate::{
    results::{
        AreaOutcome, PrioritiesOutcome, QualityOutcome, ResultPage, ResultQuery, State,
        ThemesOutcome, ThemesView,
    },
    web::{
        access::Capability,
        errors::PageError,
        pages::{AreaPage, FilterView, MapsPage, PrioritiesPage, QualityPage},
        templates::{Layout, Link},
        urls::Url,
    },
};

/// The profile of an area.
pub(super) fn area_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    filter: FilterView,
    (state, outcome): (&State, &AreaOutcome),
    layout: &Layout,
) -> Result<HttpResponse, PageError> {
    let ResultPage::Area(view) = &query.page else {
        return Err(PageError::NotFound);
    };
    let words = looking.words();
    let picture = AreaPicture {
        words: &words,
        slug: looking.slug(),
        query,
        view,
        outcome,
        reading: Reading::of(state),
    };
    let weights = weights_view(&words, looking.slug(), query, state);
    let reads_comments = looking.officer.may(Capability::ReadComments);
    let page = AreaPage {
        head: looking.results_head("officers-themes", query, state)?,
        filter,
        name: picture.name(),
        lead: picture.lead(),
        back: picture.back(),
        measures: picture.measures(),
        weights,
        people_note: (query.weights.asks_for_weights()).then(|| words.id("area-people-raw")),
        unmeasured: outcome.unmeasured.map(themes::unmeasured_key),
        wants: picture.wants(),
        people: picture.people(),
        comments: reads_comments.then(|| picture.comments()),
        recorded: picture.recorded(),
        source: words.place.attribution().to_owned(),
        others: picture.others(),
    };
    looking.site.page(StatusCode::OK, layout, &page)
}

/// A small map of every theme.
pub(super) fn maps_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    view: &ThemesView,
    filter: FilterView,
    (state, outcome): (&State, &ThemesOutcome),
    layout: &Layout,
) -> Result<HttpResponse, PageError> {
    let words = looking.words();
    let slug = looking.slug();
    let (measures, groupings) = maps::choices(&words, slug, query, view);
    let picture = outcome.table.as_ref().map(|table| ThemesPicture {
        words: &words,
        slug,
        query,
        view,
        outcome,
        table,
        reading: Reading::of(state),
    });
    let back = picture.as_ref().map_or_else(
        || Link {
            text: words.id("officers-themes"),
            href: Url::AdminSurvey(slug, "themes").to_string(),
        },
        ThemesPicture::back,
    );
    let picture = picture.as_ref();
    let page = MapsPage {
        head: looking.results_head("officers-themes", query, state)?,
        filter,
        measures,
        groupings,
        weights: weights_view(&words, slug, query, state),
        back,
        unmeasured: outcome.unmeasured.map(themes::unmeasured_key),
        measure: measure_words(
            &words,
            measure_key(outcome.measure),
            Reading::of(state).with_weights,
        ),
        maps: picture.map(ThemesPicture::small_maps).unwrap_or_default(),
        steps: picture.map(ThemesPicture::steps).unwrap_or_default(),
        base: picture.map(ThemesPicture::base).unwrap_or_default(),
        source: words.place.attribution().to_owned(),
    };
    looking.site.page(StatusCode::OK, layout, &page)
}

/// Priorities by every rule.
pub(super) fn priorities_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    filter: FilterView,
    (state, outcome): (&State, &PrioritiesOutcome),
    layout: &Layout,
) -> Result<HttpResponse, PageError> {
    let words = looking.words();
    let picture = PrioritiesPicture {
        words: &words,
        slug: looking.slug(),
        query,
        outcome,
    };
    let page = PrioritiesPage {
        head: looking.results_head("officers-priorities", query, state)?,
        filter,
        weights: weights_view(&words, looking.slug(), query, state),
        unmeasured: outcome.unmeasured.map(themes::unmeasured_key),
        rankings: picture.rankings(),
        importance: picture.importance(),
    };
    looking.site.page(StatusCode::OK, layout, &page)
}

/// Which responses are flagged, and why.
pub(super) fn quality_page(
    looking: &Looking<'_>,
    query: &ResultQuery,
    filter: FilterView,
    (state, found): (&State, &QualityOutcome),
    layout: &Layout,
) -> Result<HttpResponse, PageError> {
    let words = looking.words();
    let slug = looking.slug();
    let flagged = found.counts.flagged;
    let page = QualityPage {
        head: looking.results_head("officers-live", query, state)?,
        filter,
        flagged: words.counted("quality-flagged", flagged.count),
        flags: quality::flags(&words, found),
        base: words.counted("quality-base", flagged.base.0),
        without: quality::without(&words, slug, query),
        files: files(slug, "quality", &query.query(), NUMBERS, |id| words.id(id)),
    };
    looking.site.page(StatusCode::OK, layout, &page)
}
