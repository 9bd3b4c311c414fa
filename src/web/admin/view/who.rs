//! Who answered, in tables and sentences.

use crate::{
    analysis::{
        representation::{Compared, GroupShare},
        weighting::{MarginLine, Weighting},
    },
    results::WhoOutcome,
    survey::{ids::Slug, message::Message},
    web::{
        pages::{FigureView, MissingLine, MissingView, TableView},
        urls::Url,
    },
};

use super::{
    reading::{refusal, who},
    words::{NONE, Words, count, decimal, or_none, percent, share},
};

/// How many missing groups a survey's home names.
const WORST: usize = 5;

/// The page of who answered, but for its head, filter and files.
pub struct WhoPicture<'a> {
    /// How its parts are said.
    pub words: &'a Words<'a>,
    /// What is shown.
    pub outcome: &'a WhoOutcome,
    /// Days until the survey closes, today included; none when it has closed.
    pub days_left: Option<u32>,
}

impl WhoPicture<'_> {
    /// The figures, most important first.
    #[must_use]
    pub fn figures(&self) -> Vec<FigureView> {
        let found = &self.outcome.representation;
        let index = found.dissimilarity;
        let chance = index.map(|index| {
            let message = Message::new("who-by-chance").with("chance", percent(index.by_chance));
            self.words.say(&message)
        });
        let mut figures = vec![FigureView {
            key: "figure-dissimilarity",
            value: or_none(index.map(|index| index.index), percent),
            yardstick: chance,
        }];
        figures.extend(effective(self.words, self.outcome.weighting.as_ref()));
        if let Some(weighting) = &self.outcome.weighting {
            let capped = self.words.counted("who-capped", weighting.capped);
            figures.push(FigureView {
                key: "figure-largest-weight",
                value: decimal(weighting.of_all.most),
                yardstick: Some(capped),
            });
        }
        figures
    }

    fn name(&self, group: &GroupShare) -> String {
        group_name(self.words, group)
    }

    fn head(&self, ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| self.words.id(id)).collect()
    }

    fn per_day(&self, needed: u32) -> String {
        let days = self.days_left.filter(|days| *days > 0);
        days.map_or_else(
            || NONE.to_owned(),
            |days| decimal(f64::from(needed) / f64::from(days)),
        )
    }

    /// The groups that are missing; none, where none is.
    #[must_use]
    pub fn missing(&self) -> Option<TableView> {
        let rows = self.outcome.missing.iter().map(|group| {
            let needed = group.needed.unwrap_or_default();
            vec![
                self.name(group),
                count(group.answered.count),
                share_of(group),
                fine(group.census_share),
                or_none(group.ratio, percent),
                count(needed),
                self.per_day(needed),
            ]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        (!rows.is_empty()).then(|| TableView {
            caption: self.words.id("who-missing-caption"),
            head: self.head(&[
                "who-group",
                "result-count",
                "who-share",
                "who-census-share",
                "who-ratio",
                "who-needed",
                "who-per-day",
            ]),
            rows,
        })
    }

    fn compared(&self, caption: &str, first: &str, compared: &Compared) -> TableView {
        let rows = compared.groups.iter().map(|group| {
            vec![
                self.name(group),
                count(group.answered.count),
                share_of(group),
                fine(group.census_share),
                or_none(group.ratio, percent),
            ]
        });
        TableView {
            caption: self.words.id(caption),
            head: self.head(&[
                first,
                "result-count",
                "who-share",
                "who-census-share",
                "who-ratio",
            ]),
            rows: rows.collect(),
        }
    }

    /// Districts, ages and sexes.
    #[must_use]
    pub fn tables(&self) -> Vec<TableView> {
        let found = &self.outcome.representation;
        vec![
            self.compared("who-areas", "who-area", &found.areas),
            self.compared("who-ages", "who-age", &found.ages),
            self.compared("who-sexes", "who-sex", &found.sexes),
        ]
    }

    /// Districts by age.
    #[must_use]
    pub fn joint(&self) -> TableView {
        let found = &self.outcome.representation;
        self.compared("who-areas-and-ages", "who-group", &found.areas_and_ages)
    }

    /// Who is in the tables.
    #[must_use]
    pub fn bases(&self) -> Vec<String> {
        let found = &self.outcome.representation;
        let mut bases = vec![self.words.counted("who-known", found.known.0)];
        if found.outside.0 > 0 {
            bases.push(self.words.counted("who-outside", found.outside.0));
        }
        bases
    }

    /// Why there are no weights.
    #[must_use]
    pub fn refused(&self) -> Option<String> {
        let reason = self.outcome.refused.as_ref();
        reason.map(|reason| refusal(self.words, reason))
    }

    /// What weighting did.
    #[must_use]
    pub fn weighting(&self) -> Vec<String> {
        let Some(weighting) = &self.outcome.weighting else {
            return Vec::new();
        };
        let all = &weighting.of_all;
        let did = Message::new("who-raked")
            .with("raked", count(weighting.raked))
            .with("unknown", count(weighting.unknown))
            .with("outside", count(weighting.outside));
        let worth = Message::new("who-worth")
            .with("people", count(all.respondents))
            .with("effect", format!("{:.2}", all.design_effect))
            .with("worth", count(all.effective_base.round() as u64))
            .with("variation", percent(all.variation));
        let trimmed = Message::new("who-trimmed")
            .with("cap", decimal(weighting.cap))
            .with("before", decimal(weighting.before_trimming.most))
            .with("after", decimal(weighting.of_raked.most))
            .with("capped", i64::from(weighting.capped));
        let mut sentences = vec![
            self.words.say(&did),
            self.words.say(&worth),
            self.words.say(&trimmed),
        ];
        let missing: Vec<String> = weighting
            .missing()
            .map(|category| who(self.words, category))
            .collect();
        if !missing.is_empty() {
            let message = Message::new("who-dropped").with("who", missing.join("; "));
            sentences.push(self.words.say(&message));
        }
        sentences
    }

    /// What weights should come to and do.
    #[must_use]
    pub fn margins(&self) -> Vec<TableView> {
        let Some(weighting) = &self.outcome.weighting else {
            return Vec::new();
        };
        let table = |caption: &str, lines: &[MarginLine]| TableView {
            caption: self.words.id(caption),
            head: self.head(&["who-group", "result-count", "who-target", "who-reached"]),
            rows: lines
                .iter()
                .map(|line| {
                    vec![
                        who(self.words, &line.category),
                        count(line.cell.respondents),
                        decimal(line.cell.target),
                        decimal(line.cell.reached),
                    ]
                })
                .collect(),
        };
        let [by_age_and_sex, by_area] = &weighting.margins;
        vec![
            table("who-margin-age-sex", by_age_and_sex),
            table("who-margin-area", by_area),
        ]
    }

    /// What stands under the list of missing groups.
    #[must_use]
    pub fn missing_note(&self) -> String {
        match self.days_left.filter(|days| *days > 0) {
            Some(days) => self.words.counted("who-missing-note", days),
            None => self.words.id("who-missing-note-closed"),
        }
    }

    /// The groups that are missing most, for the survey's home.
    #[must_use]
    pub fn worst(&self, slug: &Slug) -> MissingView {
        let line = |group: &GroupShare| {
            let needed = group.needed.unwrap_or_default();
            let message = Message::new("who-missing-line")
                .with("ratio", or_none(group.ratio, percent))
                .with("answered", i64::from(group.answered.count))
                .with("needed", count(needed));
            MissingLine {
                name: self.name(group),
                says: self.words.say(&message),
            }
        };
        MissingView {
            groups: self.outcome.missing.iter().take(WORST).map(line).collect(),
            href: Url::AdminSurvey(slug, "who").to_string(),
        }
    }

    /// How many answers a day bring every missing group to its share; none, when there are no days left.
    #[must_use]
    pub fn daily_need(&self) -> Option<u32> {
        let days = self.days_left.filter(|days| *days > 0)?;
        Some(self.outcome.representation.needed().div_ceil(days))
    }
}

/// What all responses are worth with weights, where there are weights.
#[must_use]
pub fn effective(words: &Words<'_>, weighting: Option<&Weighting>) -> Option<FigureView> {
    let all = &weighting?.of_all;
    let message = Message::new("who-design-effect")
        .with("effect", format!("{:.2}", all.design_effect))
        .with("people", count(all.respondents));
    Some(FigureView {
        key: "figure-effective-base",
        value: count(all.effective_base.round() as u64),
        yardstick: Some(words.say(&message)),
    })
}

/// A group by area, age and sex, as far as it is told by them.
pub(super) fn group_name(words: &Words<'_>, group: &GroupShare) -> String {
    let area = group.area.as_ref().map(|code| words.area(code));
    let band = group.age.map(|band| words.band(band));
    let sex = group.sex.map(|sex| words.sex(sex));
    let parts = [area, band, sex].into_iter().flatten();
    parts.collect::<Vec<_>>().join(", ")
}

/// A share of one district and age is often under one per cent.
pub(super) fn fine(share: f64) -> String {
    format!("{:.1}%", share * 100.0)
}

fn share_of(group: &GroupShare) -> String {
    group
        .answered
        .value()
        .map_or_else(|| share(group.answered), fine)
}
