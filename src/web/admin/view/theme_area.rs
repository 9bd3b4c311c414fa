//! The areas of themes by area: what stands in their cells beside figures, and where they lead.

use crate::{
    analysis::{filter::Filter, themes::ThemeCell},
    geography::Grouping,
    results::{AreaView, Detail, ResultPage, ResultQuery},
    survey::ids::Code,
};

use super::{area::profile, themes::ThemesPicture};

impl ThemesPicture<'_> {
    /// The address of the profile of a column's area; none for the county.
    pub(super) fn profile(&self, column: usize) -> Option<String> {
        let view = AreaView {
            areas: self.view.areas,
            key: self.table.columns[column].key.clone()?,
            measure: self.view.measure,
        };
        Some(profile(self.slug, self.query, view))
    }

    /// What stands in a cell beside its figure.
    pub(super) fn detail(&self, cell: &ThemeCell, is_thin: bool) -> String {
        let print = self.print();
        let with_weights = self.reading.with_weights;
        let standing = cell.standing(with_weights);
        match self.view.detail {
            Detail::None => None,
            Detail::Intervals => {
                let interval = if with_weights {
                    cell.figure.weighted_interval()
                } else {
                    cell.figure.interval()
                };
                interval.map(|interval| {
                    let ends = [interval.low, interval.high].map(|end| print.cell(end));
                    ends.join("–")
                })
            }
            Detail::Ranks if is_thin => None,
            Detail::Ranks => standing.rank.map(|rank| match standing.rank_change {
                None | Some(0) => format!("#{rank}"),
                Some(change @ 1..) => format!("#{rank} +{change}"),
                Some(change) => format!("#{rank} −{}", change.unsigned_abs()),
            }),
        }
        .unwrap_or_default()
    }

    /// The filter that means the chosen area, for what people wrote there.
    #[must_use]
    pub fn of_area(&self) -> Option<ResultQuery> {
        let key = self.outcome.cell.clone()?;
        Some(ResultQuery {
            filter: in_area(&self.query.filter, self.view.areas.0, &key),
            ..ResultQuery::of(ResultPage::Questions)
        })
    }
}

/// A filter with one group of areas in place of its own areas.
pub(super) fn in_area(filter: &Filter, grouping: Grouping, key: &str) -> Filter {
    let mut filter = filter.clone();
    (filter.areas, filter.csps, filter.policing_areas) = Default::default();
    match grouping {
        Grouping::District => filter.areas = Code::new(key).into_iter().collect(),
        Grouping::Csp => filter.csps = [key.to_owned()].into(),
        Grouping::PolicingArea => filter.policing_areas = [key.to_owned()].into(),
    }
    filter
}
