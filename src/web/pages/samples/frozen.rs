//! Samples of frozen results.

use super::{
    super::officers::*,
    officers::{files, head},
    own,
};

fn line() -> FrozenLineView {
    FrozenLineView {
        title: own("Themes by area"),
        address: own("themes?as_of=2026-11-24T16:40:00Z"),
        href: "/admin/surveys/plan/frozen?id=1".to_owned(),
        csv: "/admin/surveys/plan/frozen?id=1&as=csv".to_owned(),
        json: "/admin/surveys/plan/frozen?id=1&as=json".to_owned(),
        as_of: own("4:40pm on Tuesday 24 November 2026"),
        by: own("Ada Officer"),
        software: own("0.1.0"),
        sha256: own(&"0f".repeat(32)),
    }
}

impl FrozenPage {
    /// Some, and none.
    pub fn samples() -> Vec<Self> {
        let page = |lines| Self {
            head: head(""),
            lines,
        };
        vec![page(vec![line(), line()]), page(Vec::new())]
    }
}

impl FrozenResultPage {
    /// With figures, and without.
    pub fn samples() -> Vec<Self> {
        let page = |rows: Vec<Vec<String>>| Self {
            head: head(""),
            line: line(),
            frozen_at: own("4:45pm on Tuesday 24 November 2026"),
            table: TableView {
                caption: own("Themes by area"),
                head: vec![own("theme"), own("value")],
                rows,
            },
            files: files(),
            live: "/admin/surveys/plan/themes?as_of=2026-11-24T16:40:00Z".to_owned(),
            all: "/admin/surveys/plan/frozen".to_owned(),
        };
        vec![
            page(vec![vec![own("Anti-social behaviour"), own("0.31")]]),
            page(Vec::new()),
        ]
    }
}
