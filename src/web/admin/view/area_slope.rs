//! What changes place between the county's themes and an area's, as slopes.

use crate::{
    analysis::themes::Direction,
    charts::{SlopeLine, SlopeSpec, Trend, slope},
    results::AreaTheme,
    survey::message::Message,
    web::pages::ChartView,
};

use super::{WITH_CHART, area::AreaPicture, both, files, themes::measure_key, words::NONE};

impl AreaPicture<'_> {
    /// The ranks of themes in the county and here. Nothing, where the area is not ranked.
    #[must_use]
    pub fn slopes(&self) -> Option<ChartView> {
        if self.outcome.unmeasured.is_some() || self.outcome.small {
            return None;
        }
        let words = self.words;
        let say = |id: &'static str| words.say(&Message::new(id).with("area", self.name()));
        let lines: Vec<SlopeLine> = self
            .outcome
            .themes
            .iter()
            .map(|theme| self.line(theme))
            .collect();
        let (title, about) = (say("area-slope-title"), say("area-slope-about"));
        let drawn = both("area-slope", &title, &about, |caption, layout| {
            slope(&SlopeSpec {
                caption,
                layout,
                from_heading: words.id("themes-county"),
                to_heading: self.name(),
                lines: lines.clone(),
            })
        });
        Some(ChartView {
            id: "slope-title".to_owned(),
            title,
            subtitle: words.say(
                &Message::new("area-slope-lead")
                    .with("measure", words.id(measure_key(self.outcome.measure))),
            ),
            wide: Some(drawn.0),
            narrow: Some(drawn.1),
            empty: None,
            base: words.counted("officers-base-answered", self.outcome.base.0),
            table: Some(self.themes()),
            files: files(
                self.slug,
                &self.query.path(),
                &self.query.query(),
                WITH_CHART,
                |id| words.id(id),
            ),
        })
    }

    /// A change of place is marked only where the theme also differs from the rest of the county beyond chance.
    fn line(&self, theme: &AreaTheme) -> SlopeLine {
        let change = theme.rank_change.unwrap_or(0);
        let text =
            |rank: Option<u32>| rank.map_or_else(|| NONE.to_owned(), |rank| rank.to_string());
        SlopeLine {
            name: self.words.theme(&theme.theme),
            from: theme.county_rank.map(f64::from),
            to: theme.rank.map(f64::from),
            from_text: text(theme.county_rank),
            to_text: text(theme.rank),
            trend: match theme.mark {
                Some(Direction::More) if change > 0 => Trend::Rise,
                Some(Direction::Less) if change < 0 => Trend::Fall,
                _ => Trend::Unmarked,
            },
            change_text: change.unsigned_abs().to_string(),
        }
    }
}
