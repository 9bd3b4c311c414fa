//! Samples of themes by area.

use super::{
    super::officers::*,
    officers::{chart, comment, files, filter, head, unfiltered, weights},
    own,
    questions::options,
};
use crate::web::templates::{Link, NavItem};

fn heat() -> HeatTable {
    let areas = [
        "County",
        "Braintree",
        "Chelmsford",
        "Colchester",
        "Maldon",
        "Tendring",
        "Uttlesford",
        "Brentwood",
        "Epping Forest",
        "Harlow",
        "Thurrock",
        "Basildon",
        "Castle Point",
        "Rochford",
        "Southend",
    ];
    let themes = [
        "Anti-social behaviour",
        "Police you can see locally",
        "Burglary and theft",
        "Knife crime and violence",
        "Rural crime",
    ];
    let cell = |r: usize, c: usize| {
        let value = 58_usize.saturating_sub(r * 11 + (c * 7) % 13);
        HeatCell {
            value: if r == 4 && c == 9 {
                String::new()
            } else {
                own(&value.to_string())
            },
            detail: if r == 0 {
                own("51–63")
            } else {
                String::new()
            },
            tint: u8::try_from(value / 10 + 1).unwrap_or(6),
            differs: match (r, c) {
                (0, 5) => "higher",
                (0, 6) => "lower",
                _ => "",
            },
            first: r == 0 && c % 3 == 2,
            thin: c == 9 || c == 10,
            chosen: r == 0 && c == 5,
            href: "/admin/surveys/plan/themes?theme=asb&at=tendring".to_owned(),
        }
    };
    HeatTable {
        title: own("Anti-social behaviour comes first in 7 of 14 districts"),
        measure_key: "measure-top3",
        groups: [("", 1), ("North", 6), ("West", 4), ("South", 4)]
            .iter()
            .map(|(name, span)| HeatGroup {
                name: if name.is_empty() {
                    String::new()
                } else {
                    own(name)
                },
                span: *span,
            })
            .collect(),
        columns: areas
            .iter()
            .enumerate()
            .map(|(c, name)| HeatColumn {
                name: own(name),
                sort: "/admin/surveys/plan/themes?sort=x".to_owned(),
                sorted: c == 0,
                chosen: c == 5,
                base: if c == 0 { 3287 } else { 200 },
                profile: (c > 0).then(|| format!("/admin/surveys/plan/area/{c}")),
                thin: c == 9 || c == 10,
                starts_group: matches!(c, 1 | 7 | 11),
            })
            .collect(),
        rows: themes
            .iter()
            .enumerate()
            .map(|(r, theme)| HeatRow {
                theme: own(theme),
                href: "/admin/surveys/plan/themes?theme=asb".to_owned(),
                chosen: r == 0,
                cells: (0..areas.len()).map(|c| cell(r, c)).collect(),
            })
            .collect(),
        steps: ["0–9", "10–19", "20–29", "30–39", "40–49", "50+"]
            .iter()
            .map(|s| own(s))
            .collect(),
        tests: 168,
        detail_key: Some("detail-intervals-about"),
        base: own("Base: 3,287 people who gave a district"),
        files: files(),
    }
}

fn themes_results() -> ThemesResults {
    let rank = |rank: u32, theme: &str, change: Option<i32>| RankLine {
        rank: (rank > 0).then_some(rank),
        theme: own(theme),
        value: own("57"),
        change,
        places: change.unwrap_or_default().unsigned_abs(),
    };
    ThemesResults {
        table: heat(),
        bars: chart("bars", "Tendring and the county", true),
        map: chart("map", "Anti-social behaviour", true),
        weighted_map: Some(chart("map-weighted", "Anti-social behaviour", true)),
        areas: vec![
            AreaLine {
                name: own("Tendring"),
                href: "/admin/surveys/plan/area/E07000076".to_owned(),
                value: own("57%"),
                base: 346,
                thin: false,
            },
            AreaLine {
                name: own("Harlow"),
                href: "/admin/surveys/plan/area/E07000073".to_owned(),
                value: own("25%"),
                base: 4,
                thin: true,
            },
        ],
        profile: Some("/admin/surveys/plan/area/E07000076".to_owned()),
        cell: CellDetail {
            value: own("57%"),
            theme: own("Anti-social behaviour"),
            county: Some(own("45%")),
            interval: Some(own("51% to 63%")),
            base: 346,
            differs: "higher",
        },
        ranking: vec![
            rank(1, "Anti-social behaviour", Some(0)),
            rank(2, "Drugs and gangs", Some(1)),
            rank(3, "Knife crime and violence", Some(-2)),
            rank(0, "Rural crime", None),
        ],
        area: own("Tendring"),
        has_area: true,
        comments: vec![comment("Every Friday from about seven.", Some("Tendring"))],
        all_comments: Some(Link {
            text: own("All comments from Tendring"),
            href: "/admin/surveys/plan/comments".to_owned(),
        }),
    }
}

impl ThemesPage {
    /// With a chosen cell, without, and where nothing can be measured.
    pub fn samples() -> Vec<Self> {
        let switch = |name: &str, keys: &[&'static str]| -> Vec<NavItem> {
            let item = |(index, key): (usize, &&'static str)| {
                NavItem::current(key, format!("?{name}={key}"), index == 0)
            };
            keys.iter().enumerate().map(item).collect()
        };
        let county = ThemesResults {
            cell: CellDetail {
                county: None,
                interval: None,
                differs: "",
                ..themes_results().cell
            },
            map: chart("map", "Map", false),
            weighted_map: None,
            has_area: false,
            profile: None,
            comments: Vec::new(),
            all_comments: None,
            ..themes_results()
        };
        let small = ThemesResults {
            cell: CellDetail {
                differs: "thin",
                ..themes_results().cell
            },
            comments: Vec::new(),
            ..themes_results()
        };
        let full = Self {
            head: head("officers-themes"),
            filter: filter(),
            weights: weights(true),
            measures: switch(
                "measure",
                &[
                    "measure-top3",
                    "measure-first",
                    "measure-mean-rank",
                    "measure-borda",
                    "measure-money",
                ],
            ),
            groupings: switch(
                "areas",
                &[
                    "grouping-district",
                    "grouping-csp",
                    "grouping-policing-area",
                ],
            ),
            details: switch(
                "detail",
                &["detail-none", "detail-intervals", "detail-ranks"],
            ),
            maps: Some(Link {
                text: own("Maps of every theme"),
                href: "/admin/surveys/plan/maps".to_owned(),
            }),
            chooser: ChooserView {
                action: "/admin/surveys/plan/themes".to_owned(),
                lists: vec![FilterList {
                    name: "cell",
                    key: "chooser-area",
                    options: options(&["Tendring"], Some(0)),
                }],
                hidden: filter().hidden,
            },
            unmeasured: None,
            results: Some(themes_results()),
        };
        vec![
            full.clone(),
            Self {
                filter: unfiltered(),
                results: Some(county),
                ..full.clone()
            },
            Self {
                results: Some(small),
                ..full.clone()
            },
            Self {
                unmeasured: Some("themes-no-budget"),
                results: None,
                ..full
            },
        ]
    }
}
