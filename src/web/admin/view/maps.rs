//! A small map of every theme, all in one scale of tints.

use crate::{
    analysis::themes::ThemeRow,
    charts::{Caption, Layout},
    results::{ResultPage, ResultQuery, ThemesView},
    survey::ids::Slug,
    web::{
        pages::SmallMapView,
        templates::{Link, NavItem},
        urls::Url,
    },
};

use super::{theme_choices, themes::ThemesPicture, words::Words};

/// The address of the maps with a view.
#[must_use]
pub fn maps_of(slug: &Slug, query: &ResultQuery, view: &ThemesView) -> String {
    let view = ThemesView {
        measure: view.measure,
        areas: view.areas,
        ..ThemesView::default()
    };
    let query = ResultQuery {
        filter: query.filter.clone(),
        ..ResultQuery::of(ResultPage::Maps(view))
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
            description: self.map_about(Some(row)),
        };
        SmallMapView {
            id: format!("theme-{}", row.theme),
            href: self.view(|view| view.theme = Some(row.theme.clone())),
            svg: self.map(Some(row), caption, Layout::Narrow, false, false),
            words: self.extremes(row),
            title,
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
        super::tints::Tints::of(self.table, self.reading.with_weights).steps(self.words)
    }
}
