//! Samples of the profile of an area, of small maps and of priorities.

use super::{
    super::officers::*,
    officers::{chart, files, filter, head, unfiltered},
    own,
};
use crate::web::templates::{Link, NavItem};

fn table(caption: &str, head: &[&str], rows: &[&[&str]]) -> TableView {
    let words = |cells: &[&str]| cells.iter().map(|cell| own(cell)).collect();
    TableView {
        caption: own(caption),
        head: words(head),
        rows: rows.iter().map(|row| words(row)).collect(),
    }
}

fn link(text: &str) -> Link {
    Link {
        text: own(text),
        href: "/admin/surveys/plan/x".to_owned(),
    }
}

fn measures() -> Vec<NavItem> {
    ["measure-top3", "measure-borda"]
        .into_iter()
        .map(|key| NavItem::current(key, format!("?measure={key}"), key == "measure-top3"))
        .collect()
}

impl AreaPage {
    /// A district that differs, one with few answers, and one without a figure.
    pub fn samples() -> Vec<Self> {
        let themes = table(
            "Among first three, %",
            &["Theme", "Here", "95% interval", "County"],
            &[
                &["Anti-social behaviour", "57%", "51% to 63%", "45%"],
                &["Rural crime", "8%", "5% to 12%", "14%"],
            ],
        );
        let recorded = |title: &str| RecordedView {
            title: own(title),
            sentence: own("12,687 in all"),
            table: title
                .contains("crime")
                .then(|| table(title, &["Kind", "Recorded"], &[&["Burglary", "167"]])),
        };
        let full = Self {
            head: head("officers-themes"),
            filter: filter(),
            name: own("Tendring"),
            lead: own("124,887 residents aged 16 or over. 346 responses."),
            back: link("Themes by area"),
            measures: measures(),
            unmeasured: None,
            wants: Some(AreaWants {
                title: own("What Tendring wants that others do not"),
                sentences: vec![own("Wanted more here: Anti-social behaviour.")],
                top: Some(table(
                    "First five",
                    &["Rank", "Tendring", "County"],
                    &[&["1", "Anti-social behaviour, 57%", "Drugs and gangs, 48%"]],
                )),
                slopes: Some(chart(
                    "slope-title",
                    "What Tendring ranks differently",
                    true,
                )),
                themes: None,
                base: own("Base: 346 people who answered."),
                files: files(),
            }),
            people: vec![
                table("By age", &["Group", "People"], &[&["16 to 24", "21"]]),
                table("By sex", &["Group", "People"], &[&["Female", "180"]]),
            ],
            comments: Some(link("All comments from Tendring")),
            recorded: vec![
                recorded("Recorded crime, July 2024 to June 2025"),
                recorded("Recorded anti-social behaviour, January 2018 to July 2018"),
            ],
            source: own("Source: Office for National Statistics."),
            others: vec![link("Basildon"), link("Braintree")],
        };
        let few = AreaWants {
            title: own("Harlow: too few answers to compare"),
            sentences: Vec::new(),
            top: None,
            slopes: None,
            themes: Some(themes),
            base: own("Base: 4 people who answered."),
            files: files(),
        };
        vec![
            full.clone(),
            Self {
                wants: Some(few),
                filter: unfiltered(),
                comments: None,
                ..full.clone()
            },
            Self {
                unmeasured: Some("themes-no-ranking"),
                wants: None,
                people: Vec::new(),
                recorded: Vec::new(),
                others: Vec::new(),
                ..full
            },
        ]
    }
}

impl MapsPage {
    /// Two maps, and none.
    pub fn samples() -> Vec<Self> {
        let map = |id: &str, title: &str| {
            SmallMapView {
            id: id.to_owned(),
            title: own(title),
            href: "/admin/surveys/plan/themes?theme=asb".to_owned(),
            svg: "<svg viewBox=\"0 0 400 300\" role=\"img\" aria-label=\"⟦map⟧\"><rect width=\"40\" height=\"50\"/></svg>".to_owned(),
            words: own("Highest: Tendring, 57%. Lowest: Uttlesford, 33%."),
        }
        };
        let full = Self {
            head: head("officers-themes"),
            filter: filter(),
            measures: measures(),
            groupings: vec![NavItem::current("grouping-district", "?".to_owned(), true)],
            back: link("Themes by area"),
            unmeasured: None,
            measure_key: "measure-top3",
            maps: vec![
                map("theme-asb", "Anti-social behaviour"),
                map("theme-rural", "Rural crime"),
            ],
            steps: ["0–9", "10–19", "20–29", "30–39", "40–49", "50+"]
                .map(own)
                .to_vec(),
            base: own("Base: 3,287 people, unweighted."),
            source: own("Source: Office for National Statistics."),
        };
        vec![
            full.clone(),
            Self {
                unmeasured: Some("themes-no-ranking"),
                maps: Vec::new(),
                steps: Vec::new(),
                ..full
            },
        ]
    }
}

impl PrioritiesPage {
    /// A whole ranking with ratings, a small base, and neither.
    pub fn samples() -> Vec<Self> {
        let rule = RuleLine {
            name: "rule-schulze",
            about: "rule-schulze-about",
        };
        let ranking = RankingView {
            id: "raw",
            title: own("Anti-social behaviour comes first, however the answers are counted"),
            sentences: vec![own("Anti-social behaviour is first by all 7 rules.")],
            ranks: Some(table(
                "Place by each rule",
                &["Theme", "Points", "Schulze"],
                &[
                    &["Anti-social behaviour", "1", "1"],
                    &["Rural crime", "2=", "–"],
                ],
            )),
            firsts: Some(table(
                "First place by each rule",
                &["Rule", "First", "Stays first"],
                &[&["Schulze", "Anti-social behaviour", "over 99%"]],
            )),
            rules: vec![rule],
            scores: table(
                "Figures",
                &["Theme", "First three"],
                &[&["Rural crime", "14%"]],
            ),
            pairs: table(
                "Pairs",
                &["Put above", "Rural crime"],
                &[&["Rural crime", "–"]],
            ),
            agreement: Some(own("People agree only a little.")),
            base: own("Base: 3,287 people."),
            files: files(),
        };
        let full = Self {
            head: head("officers-priorities"),
            filter: filter(),
            unmeasured: None,
            rankings: vec![
                ranking.clone(),
                RankingView {
                    id: "weighted",
                    ..ranking.clone()
                },
            ],
            importance: Some(chart("importance-title", "Rated low: Rural crime", true)),
        };
        let small = RankingView {
            title: own("Too few answers to put in order"),
            sentences: Vec::new(),
            ranks: None,
            firsts: None,
            agreement: None,
            ..ranking
        };
        vec![
            full.clone(),
            Self {
                filter: unfiltered(),
                rankings: vec![small],
                importance: None,
                ..full.clone()
            },
            Self {
                unmeasured: Some("themes-no-ranking"),
                rankings: Vec::new(),
                importance: None,
                ..full
            },
        ]
    }
}
