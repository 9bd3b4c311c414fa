//! How the themes page shows themes by area, as its address says.

use super::{
    error::QueryError,
    parameters::{Reader, once, one_of},
};
use crate::{analysis::themes::Measure, geography::Grouping, survey::ids::ThemeKey};

/// Parameters of the themes page, in the order they are written.
pub(super) const THEMES: [&str; 6] = ["measure", "areas", "detail", "theme", "sort", "cell"];

/// How the themes page shows themes by area.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ThemesView {
    /// `measure`: top3, first, mean_rank, borda or money.
    pub measure: Measure,
    /// `areas`: district, csp or policing.
    pub areas: Areas,
    /// `detail`: none, intervals or ranks.
    pub detail: Detail,
    /// `theme`: the theme on the map; the first, if left out.
    pub theme: Option<ThemeKey>,
    /// `sort`: the key of the group that themes are sorted by; the whole place, if left out.
    pub sort: Option<String>,
    /// `cell`: the key of the group whose cell of `theme` is chosen, to read what people there wrote.
    pub cell: Option<String>,
}

/// What areas are put together into; each by itself, unless told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Areas(pub Grouping);

impl Default for Areas {
    fn default() -> Self {
        Self(Grouping::District)
    }
}

/// What stands in a cell of themes by area beside its figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    #[default]
    None,
    /// `intervals`: its 95 % interval.
    Intervals,
    /// `ranks`: the theme's rank there, and how that differs from the whole place.
    Ranks,
}

impl Detail {
    /// Every detail, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::None, Self::Intervals, Self::Ranks];

    /// Its word in addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Intervals => "intervals",
            Self::Ranks => "ranks",
        }
    }
}

/// Parameters of the themes page as they were given; group keys are checked once the grouping is known.
#[derive(Default)]
pub(super) struct ViewGiven {
    pub(super) measure: Option<Measure>,
    areas: Option<Grouping>,
    detail: Option<Detail>,
    theme: Option<ThemeKey>,
    sort: Option<String>,
    cell: Option<String>,
}

impl ViewGiven {
    pub(super) fn read(
        &mut self,
        reader: &Reader<'_>,
        name: &str,
        given: &str,
    ) -> Result<bool, QueryError> {
        match name {
            "measure" => {
                let words = || Measure::ALL.into_iter().map(Measure::word);
                once(
                    "measure",
                    &mut self.measure,
                    one_of("measure", given, words, Measure::from_word)?,
                )?;
            }
            "areas" => once("areas", &mut self.areas, reader.grouping(given)?)?,
            "detail" => {
                let words = || Detail::ALL.into_iter().map(Detail::word);
                let read =
                    |word: &str| Detail::ALL.into_iter().find(|detail| detail.word() == word);
                let detail = one_of("detail", given, words, read)?;
                once("detail", &mut self.detail, detail)?;
            }
            "theme" => {
                let keys = || {
                    reader
                        .definition
                        .themes
                        .iter()
                        .map(|theme| theme.key.as_str())
                };
                let theme = one_of("theme", given, keys, |word| ThemeKey::new(word).ok())?;
                once("theme", &mut self.theme, theme)?;
            }
            "sort" => once("sort", &mut self.sort, given.to_owned())?,
            "cell" => once("cell", &mut self.cell, given.to_owned())?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    pub(super) fn finish(self, reader: &Reader<'_>) -> Result<ThemesView, QueryError> {
        let areas = self.areas.unwrap_or(Areas::default().0);
        let group = |parameter: &'static str, given: Option<String>| {
            given
                .map(|given| reader.group(parameter, areas, &given))
                .transpose()
        };
        Ok(ThemesView {
            measure: self.measure.unwrap_or_default(),
            areas: Areas(areas),
            detail: self.detail.unwrap_or_default(),
            theme: self.theme,
            sort: group("sort", self.sort)?,
            cell: group("cell", self.cell)?,
        })
    }
}
