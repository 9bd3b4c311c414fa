//! The map of one theme, each area in the tint of its figure.

use crate::{
    charts::{Caption, Layout, MapLegend, MapShape, MapSpec, map},
    survey::message::Message,
    web::pages::ChartView,
};

use super::{both, files, themes::ThemesPicture, tints::Tints, words::or_none};

const SVG: &[(&str, &str)] = &[("svg", "file-svg")];

impl ThemesPicture<'_> {
    /// The map with its title, source and file.
    pub(super) fn map_view(&self) -> ChartView {
        let theme = self
            .chosen_row()
            .map(|row| self.words.theme(&row.theme))
            .unwrap_or_default();
        let about = self.map_about(&theme);
        let (wide, narrow) = both("map", &theme, &about, |caption, layout| {
            self.map(caption, layout, true)
        });
        ChartView {
            id: "map".to_owned(),
            title: theme,
            subtitle: self.measure(),
            wide: Some(wide),
            narrow: Some(narrow),
            empty: None,
            base: self.words.place.attribution().to_owned(),
            table: None,
            files: files(self.slug, "themes", &self.query.query(), SVG, |id| {
                self.words.id(id)
            }),
        }
    }

    /// The map as a file of its own.
    #[must_use]
    pub fn map_svg(&self) -> String {
        let title = self
            .chosen_row()
            .map(|row| self.words.theme(&row.theme))
            .unwrap_or_default();
        let description = format!(
            "{} {}",
            self.map_about(&title),
            self.words.place.attribution()
        );
        self.map(
            Caption {
                id: "map".to_owned(),
                title,
                description,
            },
            Layout::Wide,
            false,
        )
    }

    fn map_about(&self, theme: &str) -> String {
        self.words.say(
            &Message::new("themes-map-about")
                .with("theme", theme)
                .with("measure", self.measure()),
        )
    }

    fn map(&self, caption: Caption, layout: Layout, has_links: bool) -> String {
        let with_weights = self.reading.with_weights;
        let tints = Tints::of(self.table, with_weights);
        let grouping = self.view.areas.0;
        let outlines = self.words.place.outlines(grouping).iter();
        let groups = self.words.place.group(grouping).iter().zip(outlines);
        let row = self.chosen_row();
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
                    is_selected: column == self.area(),
                    href: has_links.then(|| self.view(|view| view.cell.clone_from(&head.key))),
                }
            })
            .collect();
        let legend = MapLegend {
            tints: tints.steps(self.words),
            hatched: shapes
                .iter()
                .any(|shape| shape.is_hatched)
                .then(|| self.words.id("themes-map-thin")),
            no_value: shapes
                .iter()
                .any(|shape| shape.tint.is_none())
                .then(|| self.words.id("themes-map-none")),
        };
        map(&MapSpec {
            caption,
            layout,
            size: self.words.place.map_size(),
            shapes,
            legend,
        })
    }
}
