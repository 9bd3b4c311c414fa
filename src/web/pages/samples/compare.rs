//! Samples of comparisons and of equality analysis.

use super::{
    super::officers::*,
    officers::{files, filter, head, unfiltered, weights},
    own,
    questions::options,
};
use crate::web::templates::{Link, NavItem};

fn cell(value: &str, detail: &str, differs: &'static str) -> CrossCellView {
    CrossCellView {
        letters: if differs == "higher" {
            own("B C")
        } else {
            String::new()
        },
        differs,
        strong: differs == "lower",
        thin: differs.is_empty(),
        ..CrossCellView::plain(
            own(value),
            if detail.is_empty() {
                String::new()
            } else {
                own(detail)
            },
        )
    }
}

fn table(id: &str, has_letters: bool) -> CrossTable {
    let row = |name: &str, note: bool, is_mean: bool| CrossRowView {
        name: own(name),
        is_weighted: false,
        note: note.then(|| own("Differs")),
        is_mean,
        all: CrossCellView::plain(own("42%"), own("512")),
        cells: vec![
            cell("48%", "320", "higher"),
            cell("31%", "", "lower"),
            cell("40%", "12", ""),
        ],
    };
    let column = |name: &str, letter: &str, thin: bool| CrossColumnView {
        name: own(name),
        letter: if has_letters {
            own(letter)
        } else {
            String::new()
        },
        base: own("660"),
        thin,
        worth: if thin { String::new() } else { own("512") },
        thin_worth: thin,
    };
    CrossTable {
        id: id.to_owned(),
        title: own("Priority differs by policing area"),
        lead: own("Share of each column, %"),
        corner: own("Priority"),
        has_letters,
        columns: vec![
            column("North", "A", false),
            column("South", "B", false),
            column("West", "C", true),
        ],
        all_base: own("1,124"),
        all_worth: if has_letters {
            own("873")
        } else {
            String::new()
        },
        rows: vec![
            row("Anti-social behaviour", true, false),
            CrossRowView {
                is_weighted: true,
                ..row("Anti-social behaviour", false, false)
            },
            row("Police you can see", false, false),
            row("Mean", false, true),
        ],
        empty: None,
        sentences: vec![own("Chi-square 46.1 on 6 degrees of freedom")],
        warnings: vec![own("3 of 12 cells expect fewer than 5 people.")],
        marked: true,
        has_thin: true,
        tests: 12,
        base: own("Base: 1,124 people."),
        files: files(),
    }
}

fn nothing(id: &str) -> CrossTable {
    CrossTable {
        empty: Some(own("Nobody in this selection answered.")),
        rows: Vec::new(),
        sentences: Vec::new(),
        warnings: Vec::new(),
        marked: false,
        files: Vec::new(),
        ..table(id, true)
    }
}

impl ComparePage {
    /// Three banners, and one without answers.
    pub fn samples() -> Vec<Self> {
        let list = |name, key| FilterList {
            name,
            key,
            options: options(&["Priority", "Age"], Some(0)),
        };
        let chooser = ChooserView {
            action: "/admin/surveys/plan/compare".to_owned(),
            lists: vec![
                list("row", "compare-row"),
                list("by", "compare-by"),
                list("by", "compare-by-second"),
                list("by", "compare-by-third"),
            ],
            hidden: vec![HiddenField {
                name: "age",
                value: "16_24".to_owned(),
            }],
        };
        let full = Self {
            head: head("officers-compare"),
            filter: filter(),
            chooser,
            shows: ["compare-percent", "compare-counts", "compare-both"]
                .iter()
                .enumerate()
                .map(|(place, key)| {
                    NavItem::current(
                        key,
                        format!("/admin/surveys/plan/compare?show={place}"),
                        place == 0,
                    )
                })
                .collect(),
            weights: weights(true),
            tables: vec![table("compare-1", true), table("compare-2", true)],
            only: vec![Link {
                text: own("Anti-social behaviour"),
                href: "/admin/surveys/plan/compare?answer=priority:asb".to_owned(),
            }],
        };
        vec![
            full.clone(),
            Self {
                filter: unfiltered(),
                weights: weights(false),
                tables: vec![nothing("compare-1")],
                only: Vec::new(),
                ..full.clone()
            },
            Self {
                tables: Vec::new(),
                ..full
            },
        ]
    }
}

impl EqualityPage {
    /// Some, and none.
    pub fn samples() -> Vec<Self> {
        let full = Self {
            head: head("officers-equality"),
            filter: filter(),
            weights: weights(true),
            tables: vec![table("equality-1", false), nothing("equality-2")],
        };
        vec![
            full.clone(),
            Self {
                tables: Vec::new(),
                ..full
            },
        ]
    }
}
