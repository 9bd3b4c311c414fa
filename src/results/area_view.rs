//! The profile of one area, or of areas that are shown together.

use crate::{
    analysis::{areas::group_key, themes::Measure},
    geography::{Grouping, Place},
};

use super::themes_view::Areas;

/// Which areas a profile is of, and what is measured there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaView {
    /// Whether it is a district, a partnership's area or a policing area.
    pub areas: Areas,
    /// Its key: a district's code, or a larger group's slug.
    pub key: String,
    /// `measure`: as on the page of themes.
    pub measure: Measure,
}

impl AreaView {
    /// Reads what stands behind `area/`: a district's code or slug, `csp-` or `lpa-` and a larger group's slug.
    #[must_use]
    pub fn read(reference: &str, place: &Place) -> Option<Self> {
        let of = |grouping: Grouping, key: &str| Self {
            areas: Areas(grouping),
            key: key.to_owned(),
            measure: Measure::default(),
        };
        let larger = [("csp-", Grouping::Csp), ("lpa-", Grouping::PolicingArea)];
        for (prefix, grouping) in larger {
            let key = reference.strip_prefix(prefix);
            if let Some(group) = key.and_then(|key| place.find_group(grouping, key)) {
                return Some(of(grouping, group.key.as_str()));
            }
        }
        let district = place
            .areas()
            .iter()
            .find(|area| area.code.as_str() == reference || area.slug.as_str() == reference)?;
        Some(of(Grouping::District, district.code.as_str()))
    }

    /// What stands behind `area/`.
    #[must_use]
    pub fn reference(&self) -> String {
        Self::reference_of(self.areas.0, &self.key)
    }

    /// What stands behind `area/` for a group of a grouping.
    #[must_use]
    pub fn reference_of(grouping: Grouping, key: &str) -> String {
        match grouping {
            Grouping::District => key.to_owned(),
            Grouping::Csp => format!("csp-{key}"),
            Grouping::PolicingArea => format!("lpa-{key}"),
        }
    }

    /// Which of the grouping's groups it is.
    #[must_use]
    pub fn group(&self, place: &Place) -> Option<usize> {
        let groups = 0..place.group(self.areas.0).len();
        groups
            .into_iter()
            .find(|group| group_key(place, self.areas.0, *group) == self.key)
    }
}
