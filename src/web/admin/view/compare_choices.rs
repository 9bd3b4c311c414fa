//! What a comparison can be switched to: what is down and across, and what cells show.

use super::{
    compare::ComparePicture,
    filters::choose,
    variables::{banner_choices, row_choices, variable_name},
};
use crate::{
    results::{CompareView, ResultPage, ResultQuery, Show},
    web::{
        admin::session::SignedInOfficer,
        pages::{ChooserView, HiddenField},
        templates::NavItem,
        urls::Url,
    },
};

impl ComparePicture<'_> {
    /// The form that chooses what is down and across.
    #[must_use]
    pub fn chooser(&self, officer: &SignedInOfficer) -> ChooserView {
        let (words, outcome) = (self.words, self.outcome);
        let name = |key: Option<&crate::analysis::variable::VariableKey>| {
            key.map(ToString::to_string).unwrap_or_default()
        };
        let mut rows = row_choices(words, officer);
        // What the address names is in its list, also where it is offered only there.
        if let Some(row) = &outcome.row
            && rows.iter().all(|(known, _)| *known != row.to_string())
        {
            rows.push((row.to_string(), variable_name(words, row)));
        }
        let banners = banner_choices(words, officer);
        let banner = |place: usize| {
            let mut list = vec![(String::new(), words.id("compare-none"))];
            list.extend(banners.iter().cloned());
            if let Some(by) = outcome.by.get(place)
                && list.iter().all(|(known, _)| *known != by.to_string())
            {
                list.push((by.to_string(), variable_name(words, by)));
            }
            list
        };
        let mut lists = vec![choose(
            "row",
            "compare-row",
            &name(outcome.row.as_ref()),
            rows,
        )];
        for (place, key) in ["compare-by", "compare-by-second", "compare-by-third"]
            .into_iter()
            .enumerate()
        {
            lists.push(choose(
                "by",
                key,
                &name(outcome.by.get(place)),
                banner(place),
            ));
        }
        let hidden = self.query.parameters().into_iter();
        ChooserView {
            action: Url::AdminSurvey(self.slug, "compare").to_string(),
            lists,
            hidden: hidden
                .filter(|(name, _)| !matches!(*name, "row" | "by"))
                .map(|(name, value)| HiddenField { name, value })
                .collect(),
        }
    }

    /// What the cells can show.
    #[must_use]
    pub fn shows(&self) -> Vec<NavItem> {
        let item = |show: Show| {
            let key = match show {
                Show::Percent => "compare-percent",
                Show::Counts => "compare-counts",
                Show::Both => "compare-both",
            };
            let other = ResultQuery {
                page: ResultPage::Compare(CompareView {
                    show,
                    ..self.view.clone()
                }),
                filter: self.query.filter.clone(),
                weights: self.query.weights,
            };
            let href = Url::AdminSurvey(self.slug, &other.to_url()).to_string();
            NavItem::current(key, href, show == self.view.show)
        };
        Show::ALL.map(item).to_vec()
    }
}
