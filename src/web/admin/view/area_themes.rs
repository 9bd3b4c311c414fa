//! Every theme in an area beside the county, without weights, with them, or both.

use crate::{
    analysis::themes::{Direction, Figure},
    results::{AreaStanding, AreaTheme},
    survey::message::Message,
    web::pages::TableView,
};

use super::{area::AreaPicture, reading::measure_words, themes::measure_key, words::NONE};

impl AreaPicture<'_> {
    /// The sentences of what is marked: one for more, one for less.
    pub(super) fn marks(
        &self,
        with_weights: bool,
        [more, less]: [&'static str; 2],
    ) -> impl Iterator<Item = String> + '_ {
        let of = [(more, Direction::More), (less, Direction::Less)];
        of.into_iter().filter_map(move |(id, direction)| {
            let themes = self.marked(direction, with_weights);
            (!themes.is_empty()).then(|| {
                self.words
                    .say(&Message::new(id).with("themes", themes.join("; ")))
            })
        })
    }

    /// What differs by the figures with weights.
    pub(super) fn weighted_sentences(&self) -> Vec<String> {
        if self.outcome.is_small(true) {
            return vec![self.words.id("area-few-weighted")];
        }
        let marks = self.marks(true, ["area-more-weighted", "area-less-weighted"]);
        let mut sentences: Vec<String> = marks.collect();
        if sentences.is_empty() {
            sentences.push(self.words.id("area-same-weighted"));
        }
        let tests = self.outcome.weighted_tests.unwrap_or_default();
        let tests = u64::try_from(tests).unwrap_or(u64::MAX);
        sentences.push(self.words.counted("area-corrected-weighted", tests));
        sentences
    }

    /// Every theme, by the figures that lead.
    pub(super) fn themes(&self) -> TableView {
        self.themes_by(self.reading.with_weights)
    }

    /// The same by the figures with weights, where these stand beside.
    pub(super) fn weighted_themes(&self) -> Option<TableView> {
        self.reading.beside.then(|| self.themes_by(true))
    }

    fn themes_by(&self, with_weights: bool) -> TableView {
        let head = [
            "officers-theme",
            "area-here",
            "result-interval",
            "themes-county",
            "area-rank",
            "area-county-rank",
            "area-change",
            "area-against-rest",
        ];
        let rank =
            |rank: Option<u32>| rank.map_or_else(|| NONE.to_owned(), |rank| rank.to_string());
        let row = |theme: &AreaTheme| {
            let standing = theme.standing(with_weights);
            vec![
                self.words.theme(&theme.theme),
                self.one(&theme.here, with_weights),
                self.interval(&theme.here, with_weights),
                self.one(&theme.county, with_weights),
                rank(standing.rank),
                rank(standing.county_rank),
                self.change(standing.rank_change),
                self.against_rest(&standing, with_weights),
            ]
        };
        let key = measure_key(self.outcome.measure);
        TableView {
            caption: measure_words(self.words, key, with_weights),
            head: head.map(|id| self.words.id(id)).to_vec(),
            rows: self.outcome.themes.iter().map(row).collect(),
        }
    }

    fn interval(&self, figure: &Figure, with_weights: bool) -> String {
        self.print()
            .interval(figure, with_weights, self.words)
            .unwrap_or_else(|| NONE.to_owned())
    }

    fn change(&self, change: Option<i32>) -> String {
        let Some(change) = change else {
            return NONE.to_owned();
        };
        let id = match change {
            0 => return self.words.id("rank-same"),
            1.. => "rank-up",
            _ => "rank-down",
        };
        let places = i64::from(change.unsigned_abs());
        self.words.say(&Message::new(id).with("places", places))
    }

    fn against_rest(&self, standing: &AreaStanding, with_weights: bool) -> String {
        self.words.id(match standing.mark {
            _ if self.outcome.is_small(with_weights) => "area-not-compared",
            Some(Direction::More) => "area-wanted-more",
            Some(Direction::Less) => "area-wanted-less",
            None => "area-no-sign",
        })
    }
}
