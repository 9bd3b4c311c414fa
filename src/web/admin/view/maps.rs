//! A small map of every theme, all in one scale of tints.

use crate::{
    analysis::themes::ThemeRow,
    charts::{Caption, Layout},
    results::{ResultPage, ResultQuery, ThemesView},
    survey::{ids::Slug, message::Message},
    web::{
        pages::{SmallMapView, WeightedMapView},
        templates::{Link, NavItem},
        urls::Url,
    },
};

use super::{theme_choices, theme_map::MapDrawn, themes::ThemesPicture, words::Words};

/// The address of the maps with a view.
#[must_use]
pub fn maps_of(slug: &Slug, query: &ResultQuery, view: &ThemesView) -> String {
    let view = ThemesView {
        measure: view.measure,
        areas: view.areas,
        ..ThemesView::default()
    };
    let query = ResultQuery {
        page: ResultPage::Maps(view),
        ..query.clone()
    };
    Url::AdminSurvey(slug, &query.to_url()).to_string()
}

/// The measures and the groupings to choose from, which lead to maps.
#[must_use]
pub fn choices(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    view: &ThemesView,
) -> (Vec<NavItem>, Vec<NavItem>) {
    let of = |view: ThemesView| maps_of(slug, query, &view);
    (
        theme_choices::measures_to(words, view, &of),
        theme_choices::groupings_to(view, &of),
    )
}

impl ThemesPicture<'_> {
    /// The maps, the most wanted theme first.
    #[must_use]
    pub fn small_maps(&self) -> Vec<SmallMapView> {
        self.rows().map(|row| self.small_map(row)).collect()
    }

    fn small_map(&self, row: &ThemeRow) -> SmallMapView {
        let title = self.words.theme(&row.theme);
        let caption = Caption {
            id: format!("map-{}", row.theme),
            title: title.clone(),
            description: self.map_about(Some(row), self.reading.with_weights),
        };
        let beside = self.reading.beside;
        let own = self.extremes(row, self.reading.with_weights);
        SmallMapView {
            id: format!("theme-{}", row.theme),
            href: self.view(|view| view.theme = Some(row.theme.clone())),
            svg: self.map(Some(row), caption, Layout::Narrow, &self.plain()),
            words: if beside {
                self.words.say(&Message::new("maps-raw").with("words", own))
            } else {
                own
            },
            weighted: beside.then(|| self.weighted_small_map(row)),
            title,
        }
    }

    fn weighted_small_map(&self, row: &ThemeRow) -> WeightedMapView {
        let caption = Caption {
            id: format!("map-weighted-{}", row.theme),
            title: self.words.theme(&row.theme),
            description: self.map_about(Some(row), true),
        };
        let drawn = MapDrawn {
            with_weights: true,
            ..self.plain()
        };
        let extremes = Message::new("maps-weighted").with("words", self.extremes(row, true));
        WeightedMapView {
            svg: self.map(Some(row), caption, Layout::Narrow, &drawn),
            words: self.words.say(&extremes),
        }
    }

    /// Without links and legend, which all small maps share.
    fn plain(&self) -> MapDrawn {
        MapDrawn {
            with_weights: self.reading.with_weights,
            has_links: false,
            has_legend: false,
        }
    }

    /// The way back to themes by area.
    #[must_use]
    pub fn back(&self) -> Link {
        Link {
            text: self.words.id("officers-themes"),
            href: self.view(|_| {}),
        }
    }

    /// The ranges of the tints, lightest first.
    #[must_use]
    pub fn steps(&self) -> Vec<String> {
        super::tints::Tints::of(self.table, self.reading).steps(self.words)
    }
}
