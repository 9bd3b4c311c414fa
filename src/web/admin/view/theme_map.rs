//! The map of one theme, each area in the tint of its figure.

use crate::{
    analysis::themes::ThemeRow,
    charts::{Caption, Layout, MapLegend, MapShape, MapSpec, map},
    survey::message::Message,
    web::pages::{AreaLine, ChartView},
};

use super::{
    both, files,
    reading::measure_words,
    themes::{ThemesPicture, measure_key},
    tints::Tints,
    words::{NONE, or_none},
};

const PICTURES: &[(&str, &str)] = &[("svg", "file-svg"), ("png", "file-png")];

/// How a map is drawn.
pub(super) struct MapDrawn {
    /// Whether its figures are those with weights.
    pub(super) with_weights: bool,
    /// Whether areas are links that choose them.
    pub(super) has_links: bool,
    /// Whether it explains its tints.
    pub(super) has_legend: bool,
}

impl ThemesPicture<'_> {
    /// The map with its title, source and file.
    pub(super) fn map_view(&self) -> ChartView {
        self.map_of("map", self.reading.with_weights)
    }

    /// The same with weights, where these stand beside.
    pub(super) fn weighted_map_view(&self) -> Option<ChartView> {
        self.reading
            .beside
            .then(|| self.map_of("map-weighted", true))
    }

    fn map_of(&self, id: &str, with_weights: bool) -> ChartView {
        let row = self.chosen_row();
        let theme = row
            .map(|row| self.words.theme(&row.theme))
            .unwrap_or_default();
        let about = self.map_about(row, with_weights);
        let drawn = MapDrawn {
            with_weights,
            has_links: true,
            has_legend: true,
        };
        let (wide, narrow) = both(id, &theme, &about, |caption, layout| {
            self.map(row, caption, layout, &drawn)
        });
        ChartView {
            id: id.to_owned(),
            title: theme,
            subtitle: self.measure_of(with_weights),
            wide: Some(wide),
            narrow: Some(narrow),
            empty: None,
            base: self.words.place.attribution().to_owned(),
            table: None,
            files: files(self.slug, "themes", &self.query.query(), PICTURES, |id| {
                self.words.id(id)
            }),
        }
    }

    /// The map as a file of its own.
    #[must_use]
    pub fn map_svg(&self) -> String {
        let row = self.chosen_row();
        let title = row
            .map(|row| self.words.theme(&row.theme))
            .unwrap_or_default();
        let description = format!(
            "{} {}",
            self.map_about(row, self.reading.with_weights),
            self.words.place.attribution()
        );
        self.map(
            row,
            Caption {
                id: "map".to_owned(),
                title,
                description,
            },
            Layout::Wide,
            &MapDrawn {
                with_weights: self.reading.with_weights,
                has_links: false,
                has_legend: true,
            },
        )
    }

    pub(super) fn measure_of(&self, with_weights: bool) -> String {
        measure_words(self.words, measure_key(self.table.measure), with_weights)
    }

    /// What a theme's map shows, its highest and lowest figures among it.
    pub(super) fn map_about(&self, row: Option<&ThemeRow>, with_weights: bool) -> String {
        let theme = row.map(|row| self.words.theme(&row.theme));
        let about = self.words.say(
            &Message::new("themes-map-about")
                .with("theme", theme.unwrap_or_default())
                .with("measure", self.measure_of(with_weights)),
        );
        row.map_or_else(
            || about.clone(),
            |row| format!("{about} {}", self.extremes(row, with_weights)),
        )
    }

    /// The highest and the lowest figure of a theme, over areas whose base is not small.
    pub(super) fn extremes(&self, row: &ThemeRow, with_weights: bool) -> String {
        let mut figures: Vec<(usize, f64)> = (1..self.table.columns.len())
            .filter(|column| !self.table.columns[*column].is_small(with_weights))
            .filter_map(|column| Some((column, row.cells[column].value(with_weights)?)))
            .collect();
        figures.sort_by(|one, other| other.1.total_cmp(&one.1));
        let (Some(highest), Some(lowest)) = (figures.first(), figures.last()) else {
            return self.words.id("themes-map-too-few");
        };
        let full = |value: f64| self.print().full(value, self.words);
        self.words.say(
            &Message::new("themes-map-extremes")
                .with("highest", self.area_name(highest.0))
                .with("high", full(highest.1))
                .with("lowest", self.area_name(lowest.0))
                .with("low", full(lowest.1)),
        )
    }

    /// Every area with the chosen theme's figure, the highest first and small bases last.
    pub(super) fn area_lines(&self) -> Vec<AreaLine> {
        let row = self.chosen_row();
        let with_weights = self.reading.with_weights;
        let value = |column: usize| row.and_then(|row| row.cells[column].value(with_weights));
        let mut columns: Vec<usize> = (1..self.table.columns.len()).collect();
        columns.sort_by(|one, other| {
            let order = |column: usize| value(column).unwrap_or(f64::NEG_INFINITY);
            let small = |column: usize| self.table.columns[column].is_small(with_weights);
            small(*one)
                .cmp(&small(*other))
                .then(order(*other).total_cmp(&order(*one)))
        });
        let line = |column: usize| AreaLine {
            name: self.area_name(column),
            href: self.profile(column).unwrap_or_default(),
            value: row.map_or_else(|| NONE.to_owned(), |row| self.full(&row.cells[column])),
            base: self.table.columns[column].base.0,
            thin: self.table.columns[column].is_small(with_weights),
        };
        columns.into_iter().map(line).collect()
    }

    /// The map of a theme, each area in the tint of its figure, with links to choose areas or without.
    pub(super) fn map(
        &self,
        row: Option<&ThemeRow>,
        caption: Caption,
        layout: Layout,
        drawn: &MapDrawn,
    ) -> String {
        let MapDrawn {
            with_weights,
            has_links,
            has_legend,
        } = *drawn;
        let tints = Tints::of(self.table, self.reading);
        let grouping = self.view.areas.0;
        let outlines = self.words.place.outlines(grouping).iter();
        let groups = self.words.place.group(grouping).iter().zip(outlines);
        let shapes: Vec<MapShape<'_>> = groups
            .zip(1..)
            .map(|((group, outline), column)| {
                let head = &self.table.columns[column];
                let value = row.and_then(|row| row.cells[column].value(with_weights));
                MapShape {
                    code: head.key.clone().unwrap_or_default(),
                    name: group.short_name.clone(),
                    outline,
                    value_text: or_none(value, |value| self.print().cell(value)),
                    tint: value.map(|value| tints.tint(value)),
                    is_hatched: head.is_small(with_weights) && value.is_some(),
                    is_selected: has_links && column == self.area(),
                    href: has_links.then(|| self.view(|view| view.cell.clone_from(&head.key))),
                }
            })
            .collect();
        let legend = if has_legend {
            self.legend(&tints, &shapes)
        } else {
            MapLegend::default()
        };
        map(&MapSpec {
            caption,
            layout,
            size: self.words.place.map_size(),
            shapes,
            legend,
        })
    }

    fn legend(&self, tints: &Tints, shapes: &[MapShape<'_>]) -> MapLegend {
        MapLegend {
            tints: tints.steps(self.words),
            hatched: shapes
                .iter()
                .any(|shape| shape.is_hatched)
                .then(|| self.words.id("themes-map-thin")),
            no_value: shapes
                .iter()
                .any(|shape| shape.tint.is_none())
                .then(|| self.words.id("themes-map-none")),
        }
    }
}
