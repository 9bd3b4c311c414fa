//! Samples of officers' pages.

use super::{
    super::officers::*,
    own,
    questions::{options, wrong},
};
use crate::web::templates::{Link, NavItem};

impl SignInPage {
    /// The first try, and after a failure.
    pub fn samples() -> Vec<Self> {
        let page = |failed| Self {
            action: "/admin/sign-in".to_owned(),
            email: own("priya@example.org"),
            failed,
        };
        vec![page(false), page(true)]
    }
}

impl AcceptPage {
    /// The first administrator, and a faulty form.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            action: "/admin/accept/token".to_owned(),
            email: String::new(),
            email_fixed: false,
            name: String::new(),
            password_length: 12,
            name_error: None,
            email_error: None,
            password_error: None,
            errors: Vec::new(),
        };
        vec![
            page.clone(),
            Self {
                email: own("priya@example.org"),
                email_fixed: true,
                name_error: Some(own("Enter your name")),
                password_error: Some(own("Use at least 12 characters")),
                errors: vec![
                    wrong("name", "Enter your name"),
                    wrong("password", "Use at least 12 characters"),
                ],
                ..page
            },
        ]
    }
}

impl SurveysPage {
    /// Some, and none.
    pub fn samples() -> Vec<Self> {
        let line = |state, title: &str| SurveyLine {
            title: own(title),
            href: "/admin/surveys/plan".to_owned(),
            state,
            opens: own("2 November"),
            closes: own("13 December 2026"),
            responses: 3412,
            today: 112,
        };
        vec![
            Self {
                surveys: vec![
                    line("open", "Police and Crime Plan survey 2026"),
                    line("draft", "Road safety"),
                    line("coming", "Your 101 call"),
                    line("closed", "Council tax 2026"),
                ],
            },
            Self {
                surveys: Vec::new(),
            },
        ]
    }
}

fn head(current: &str) -> SurveyHead {
    let tabs = [
        "officers-live",
        "officers-questions",
        "officers-themes",
        "officers-comments",
        "officers-exports",
    ];
    SurveyHead {
        title: own("Police and Crime Plan survey 2026"),
        state: "open",
        closes: own("in 19 days, on Sunday 13 December"),
        as_of: own("Tuesday 24 November, 4:40pm"),
        all: "/admin".to_owned(),
        tabs: tabs
            .iter()
            .map(|key| NavItem::current(key, format!("/admin/surveys/plan/{key}"), *key == current))
            .collect(),
    }
}

fn files() -> Vec<Link> {
    ["CSV", "SVG"]
        .iter()
        .map(|name| Link {
            text: own(name),
            href: format!("/admin/surveys/plan/x.{name}"),
        })
        .collect()
}

fn chart(title: &str, svg: bool) -> ChartView {
    ChartView {
        title: own(title),
        subtitle: own("Responses by day, 2 to 24 November"),
        svg: svg.then(|| "<svg viewBox=\"0 0 400 200\" role=\"img\" aria-label=\"⟦chart⟧\"><rect class=\"app-chart__bar\" x=\"10\" y=\"40\" width=\"40\" height=\"150\"/></svg>".to_owned()),
        base: own("Base: 3,412 responses sent."),
        table: svg.then(|| TableView {
            caption: own("Responses by day"),
            head: vec![own("Day"), own("Responses")],
            rows: vec![vec![own("2 November"), own("270")]],
        }),
        files: files(),
    }
}

impl SurveyHomePage {
    /// A busy survey, and one without answers.
    pub fn samples() -> Vec<Self> {
        let figure = |key, value: &str, yardstick: &str| FigureView {
            key,
            value: own(value),
            yardstick: Some(own(yardstick)),
        };
        let leave = |page: &str, reached, left, width| LeaveView {
            page: own(page),
            reached,
            left,
            left_share: own("5%"),
            width,
            worst: left > 400,
        };
        let full = Self {
            head: head("officers-live"),
            figures: vec![
                figure("figure-responses", "3,412", "68% of the 5,000 aimed for"),
                figure("figure-completion", "74%", "3,102 of 4,193 online"),
                figure("figure-median", "4 min 20 s", "Promised: about 4 minutes"),
                figure("figure-today", "112", "28 above the 84 needed"),
                figure("figure-effective", "2,386", "Design effect 1.43"),
            ],
            days: chart("Three pushes brought in 69% of the answers", true),
            pages: vec![
                leave("About Essex", 4193, 221, 100),
                leave("Feeling safe", 3972, 160, 94),
                leave("What matters most", 3812, 421, 90),
            ],
            started: 4193,
            missing: vec![MissingView {
                group: own("Colchester, 16 to 24"),
                answers: own("4%"),
                residents: own("15%"),
                more: 28,
            }],
            source: own("Census 2021, Office for National Statistics"),
        };
        vec![
            full.clone(),
            Self {
                days: chart("Responses by day", false),
                pages: Vec::new(),
                missing: Vec::new(),
                started: 0,
                ..full
            },
        ]
    }
}

fn filter() -> FilterView {
    FilterView {
        action: "/admin/surveys/plan/themes".to_owned(),
        lists: vec![
            FilterList {
                name: "area",
                key: "filter-area",
                options: options(&["Braintree", "Tendring"], None),
            },
            FilterList {
                name: "age",
                key: "filter-age",
                options: options(&["16 to 24"], Some(0)),
            },
            FilterList {
                name: "sex",
                key: "filter-sex",
                options: options(&["Female", "Male"], None),
            },
            FilterList {
                name: "victim",
                key: "filter-victim",
                options: options(&["Yes", "No"], None),
            },
        ],
        from: String::new(),
        to: "2026-11-24".to_owned(),
        hidden: vec![HiddenField {
            name: "measure".to_owned(),
            value: "top3".to_owned(),
        }],
        active: vec![Link {
            text: own("Age: 16 to 24"),
            href: "/admin/surveys/plan/themes".to_owned(),
        }],
        base: 3287,
        clear: "/admin/surveys/plan/themes".to_owned(),
    }
}

fn unfiltered() -> FilterView {
    FilterView {
        active: Vec::new(),
        hidden: Vec::new(),
        ..filter()
    }
}

fn result(label: &str, width: u8) -> ResultRow {
    ResultRow {
        label: own(label),
        count: 1234,
        share: own(&format!("{width}%")),
        interval: own("43 to 47"),
        width,
        low: width.saturating_sub(4),
        spread: 8,
    }
}

impl QuestionsPage {
    /// Every form of result.
    pub fn samples() -> Vec<Self> {
        let question = QuestionResult {
            key: "connection".to_owned(),
            question: own("What connects you with Essex?"),
            rows: vec![result("I live here", 82), result("I work here", 41)],
            parts: Vec::new(),
            base: 3287,
            missing: 125,
            too_few: false,
            comments: None,
            files: files(),
        };
        vec![Self {
            head: head("officers-questions"),
            filter: filter(),
            questions: vec![
                question.clone(),
                QuestionResult {
                    key: "safe".to_owned(),
                    rows: Vec::new(),
                    parts: vec![ResultPart {
                        title: own("At home after dark"),
                        rows: vec![result("Very safe", 55)],
                        base: 3201,
                    }],
                    ..question.clone()
                },
                QuestionResult {
                    key: "gender".to_owned(),
                    too_few: true,
                    ..question.clone()
                },
                QuestionResult {
                    key: "better".to_owned(),
                    rows: Vec::new(),
                    comments: Some(Link {
                        text: own("1,204 comments"),
                        href: "/admin/surveys/plan/comments".to_owned(),
                    }),
                    ..question
                },
            ],
        }]
    }
}

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
                base: if c == 0 { 3287 } else { 200 },
                thin: c == 9 || c == 10,
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
        base: own("Base: 3,287 people who gave a district"),
        files: files(),
    }
}

impl ThemesPage {
    /// With a chosen cell, and without.
    pub fn samples() -> Vec<Self> {
        let rank = |rank, theme: &str, change: i64| RankLine {
            rank,
            theme: own(theme),
            value: own("57"),
            change,
            places: change.abs(),
        };
        let full = Self {
            head: head("officers-themes"),
            filter: filter(),
            measures: [
                "measure-top3",
                "measure-first",
                "measure-mean-rank",
                "measure-money",
            ]
            .iter()
            .map(|key| NavItem::current(key, format!("?measure={key}"), *key == "measure-top3"))
            .collect(),
            groupings: [
                "grouping-district",
                "grouping-csp",
                "grouping-policing-area",
            ]
            .iter()
            .map(|key| NavItem::current(key, format!("?by={key}"), *key == "grouping-district"))
            .collect(),
            table: heat(),
            map: chart("Highest on the coast, lowest in Uttlesford", true),
            cell: Some(CellDetail {
                value: own("57%"),
                theme: own("Anti-social behaviour"),
                county: own("45%"),
                interval: own("51 to 63"),
                base: 346,
                differs: "higher",
            }),
            ranking: vec![
                rank(1, "Anti-social behaviour", 0),
                rank(2, "Drugs and gangs", 1),
                rank(3, "Knife crime and violence", -1),
            ],
            area: own("Tendring"),
            comments: Some(Link {
                text: own("118 comments from Tendring"),
                href: "/admin/surveys/plan/comments".to_owned(),
            }),
        };
        vec![
            full.clone(),
            Self {
                filter: unfiltered(),
                cell: None,
                comments: None,
                map: chart("Map", false),
                ..full
            },
        ]
    }
}

impl CommentsPage {
    /// Some, and none.
    pub fn samples() -> Vec<Self> {
        let comment = |words: &str, area: Option<&str>| CommentView {
            text: own(words),
            question: own("What should change?"),
            area: area.map(own),
            when: own("Web, 12 November"),
        };
        let page = Self {
            head: head("officers-comments"),
            filter: filter(),
            search: own("shelters"),
            comments: vec![
                comment(
                    "Every Friday from about seven the <mark>shelters</mark> on the front fill up and families leave.",
                    Some("Tendring"),
                ),
                comment("I run a café by the pier.", None),
            ],
            total: 1204,
            previous: Some("/admin/surveys/plan/comments?page=1".to_owned()),
            next: Some("/admin/surveys/plan/comments?page=3".to_owned()),
        };
        vec![
            page.clone(),
            Self {
                filter: unfiltered(),
                comments: Vec::new(),
                total: 0,
                previous: None,
                next: None,
                ..page
            },
        ]
    }
}

impl ExportsPage {
    /// One.
    pub fn samples() -> Vec<Self> {
        vec![Self {
            head: head("officers-exports"),
            filter: filter(),
            codes: "/admin/surveys/plan/export.csv?values=codes".to_owned(),
            labels: "/admin/surveys/plan/export.csv?values=labels".to_owned(),
            codebook: "/admin/surveys/plan/codebook.csv".to_owned(),
            rows: 3412,
        }]
    }
}
