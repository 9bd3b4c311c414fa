//! Samples of who answered.

use super::{
    super::officers::*,
    officers::{chart, filter, head},
    own,
};
use crate::web::templates::Link;

/// Two groups that are missing.
pub(super) fn missing() -> MissingView {
    let line = |name: &str| MissingLine {
        name: own(name),
        says: own("12% of its Census share (3 answered); 41 more would bring it to 80%"),
    };
    MissingView {
        groups: vec![line("Harlow, 16 to 24"), line("Thurrock, 25 to 34")],
        href: "/admin/surveys/plan/who".to_owned(),
    }
}

fn table(caption: &str, width: usize) -> TableView {
    TableView {
        caption: own(caption),
        head: (0..width)
            .map(|column| own(&format!("Column {column}")))
            .collect(),
        rows: vec![
            (0..width)
                .map(|column| own(&format!("Cell {column}")))
                .collect(),
        ],
    }
}

impl WhoPage {
    /// With weights and missing groups, and without either.
    pub fn samples() -> Vec<Self> {
        let full = Self {
            head: head("officers-who"),
            filter: filter(),
            figures: vec![FigureView {
                key: "figure-dissimilarity",
                value: "22%".to_owned(),
                yardstick: Some(own("a random sample: 9%")),
            }],
            missing_note: own("More needed: to reach 80%."),
            missing: Some(table("Groups that are missing", 7)),
            beside: chart("census-title", "2 of 23 groups fall short", true),
            tables: vec![table("By district", 5), table("By age", 5)],
            joint: table("By district and age", 5),
            bases: vec![own("3,011 people gave district, age and sex.")],
            refused: None,
            weighting: vec![own("Weights bring 3,011 responses to the Census.")],
            margins: vec![table("Weights by district", 4)],
            protected: Some(ProtectedView {
                chart: chart("protected-title", "Ethnic group and disability", true),
                notes: vec![own("Groups of fewer than 10 people are left out.")],
            }),
        };
        vec![
            Self {
                missing: None,
                refused: Some(own("There are no weights: nobody has given age.")),
                weighting: Vec::new(),
                margins: Vec::new(),
                beside: chart("census-title", "Nobody answered", false),
                protected: None,
                ..full.clone()
            },
            full,
        ]
    }
}

impl FigurePage {
    /// A chart with something to mind, and none.
    pub fn samples() -> Vec<Self> {
        let full = Self {
            head: head("officers-who"),
            filter: filter(),
            back: Link {
                text: own("Who answered"),
                href: "/admin/surveys/plan/who".to_owned(),
            },
            title: own("Ethnic group and disability"),
            chart: Some(chart(
                "protected-title",
                "Ethnic group and disability",
                true,
            )),
            notes: vec![own("Groups of fewer than 10 people are left out.")],
        };
        vec![
            Self {
                chart: None,
                notes: Vec::new(),
                ..full.clone()
            },
            full,
        ]
    }
}
