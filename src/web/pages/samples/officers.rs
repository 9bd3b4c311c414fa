//! Samples of officers' pages.

use super::{
    super::officers::*,
    own,
    questions::{options, wrong},
    who::missing,
};
use crate::web::templates::{Link, NavItem};

impl SignInPage {
    /// The first try, blank fields, and after a failure.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            action: "/admin/sign-in".to_owned(),
            email: String::new(),
            email_error: None,
            password_error: None,
            errors: Vec::new(),
            forgot: "/admin/forgot".to_owned(),
        };
        let failed = "Check your email address and password";
        vec![
            page.clone(),
            Self {
                email_error: Some(own("Enter your email address")),
                password_error: Some(own("Enter your password")),
                errors: vec![
                    wrong("email", "Enter your email address"),
                    wrong("password", "Enter your password"),
                ],
                ..page.clone()
            },
            Self {
                email: own("priya@example.org"),
                email_error: Some(own(failed)),
                errors: vec![wrong("email", failed)],
                ..page
            },
        ]
    }
}

impl LinkOverPage {
    /// One.
    pub fn samples() -> Vec<Self> {
        vec![Self {
            sign_in: "/admin/sign-in".to_owned(),
        }]
    }
}

impl AcceptPage {
    /// The first administrator, and a faulty form.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            action: "/admin/welcome/token".to_owned(),
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
            responses: (state != "coming").then_some(3412),
            today: (state != "coming").then_some(112),
        };
        vec![
            Self {
                surveys: vec![
                    line("open", "Police and Crime Plan survey 2026"),
                    line("coming", "Your 101 call"),
                    line("closed", "Council tax 2026"),
                ],
                drafts: vec![Link {
                    text: own("night-buses"),
                    href: "/admin/surveys/night-buses/edit".to_owned(),
                }],
                new: Some("/admin/new-survey".to_owned()),
            },
            Self {
                surveys: Vec::new(),
                drafts: Vec::new(),
                new: None,
            },
        ]
    }
}

pub(super) fn head(current: &str) -> SurveyHead {
    let tabs = [
        "officers-live",
        "officers-questions",
        "officers-themes",
        "officers-priorities",
        "officers-compare",
        "officers-equality",
        "officers-who",
        "officers-comments",
        "officers-exports",
    ];
    SurveyHead {
        title: own("Police and Crime Plan survey 2026"),
        state: "open",
        when: own("Closes in 19 days, on Sunday 13 December."),
        as_of: (current != "officers-exports").then(|| own("4:40pm on Tuesday 24 November")),
        all: "/admin".to_owned(),
        tabs: tabs
            .iter()
            .map(|key| NavItem::current(key, format!("/admin/surveys/plan/{key}"), *key == current))
            .collect(),
        proof: matches!(
            current,
            "officers-live" | "officers-questions" | "officers-themes" | "officers-priorities"
        )
        .then(|| ProofView {
            of: own("Made from 3,412 responses to version 1 of the survey, as of 4:40pm."),
            href: format!("/admin/surveys/plan/{current}?as_of=2026-11-24T16:40:00Z"),
            since: (current == "officers-questions").then(|| own("Since then nothing changed.")),
            frozen: "/admin/surveys/plan/frozen".to_owned(),
            may_freeze: current != "officers-live",
            page: format!("{current}?as_of=2026-11-24T16:40:00Z"),
        }),
    }
}

pub(super) fn files() -> Vec<Link> {
    ["CSV", "SVG", "PNG"]
        .iter()
        .map(|name| Link {
            text: own(name),
            href: format!("/admin/surveys/plan/x.{name}"),
        })
        .collect()
}

pub(super) fn chart(id: &str, title: &str, drawn: bool) -> ChartView {
    let svg = |kind: &str| {
        format!(
            "<svg viewBox=\"0 0 400 200\" role=\"img\" aria-label=\"⟦{kind}⟧\"><rect x=\"10\" y=\"40\" width=\"40\" height=\"150\"/></svg>"
        )
    };
    ChartView {
        id: id.to_owned(),
        title: own(title),
        subtitle: own("Responses by day, 2 to 24 November"),
        wide: drawn.then(|| svg("wide")),
        narrow: drawn.then(|| svg("narrow")),
        empty: (!drawn).then(|| own("No figure yet")),
        base: own("Base: 3,412 responses sent."),
        table: drawn.then(|| TableView {
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
        let full = Self {
            head: head("officers-live"),
            filter: Some(filter()),
            figures: vec![
                figure("figure-responses", "3,412", "68% of the 5,000 aimed for"),
                figure("figure-completion", "74%", "3,102 of 4,193 online"),
                figure("figure-median", "4 min 20 s", "Promised: about 4 minutes"),
                figure("figure-today", "112", "28 above the 84 needed"),
            ],
            days: chart("days", "Responses by day", true),
            leaving: chart("leaving", "Where people leave", true),
            running: chart("running", "Responses so far", true),
            missing: missing(),
            quality: Link {
                text: own("41 responses have a quality flag"),
                href: "/admin/surveys/plan/quality".to_owned(),
            },
        };
        vec![
            full.clone(),
            Self {
                filter: None,
                days: chart("days", "Responses by day", false),
                leaving: chart("leaving", "Where people leave", false),
                running: chart("running", "Responses so far", false),
                missing: missing(),
                ..full
            },
        ]
    }
}

pub(super) fn filter() -> FilterView {
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
            name: "measure",
            value: "top3".to_owned(),
        }],
        active: vec![Link {
            text: own("Age: 16 to 24"),
            href: "/admin/surveys/plan/themes".to_owned(),
        }],
        base: 3287,
        clear: "/admin/surveys/plan/themes".to_owned(),
        without_flagged: Some(WithoutFlaggedView {
            text: own("Without 41 flagged responses the largest change is 0.3 percentage points"),
            href: "/admin/surveys/plan/themes?quality=unflagged".to_owned(),
            show_key: "quality-show-without",
            about: "/admin/surveys/plan/quality".to_owned(),
        }),
    }
}

pub(super) fn unfiltered() -> FilterView {
    FilterView {
        active: Vec::new(),
        hidden: Vec::new(),
        without_flagged: None,
        ..filter()
    }
}

/// Figures without weights, because there are none; or with them beside.
pub(super) fn weights(are_there: bool) -> WeightsView {
    let keys = ["weights-raw", "weights-weighted", "weights-both"];
    let switch = keys
        .iter()
        .map(|key| NavItem::current(key, format!("?weights={key}"), *key == "weights-both"));
    WeightsView {
        switch: switch.collect(),
        refused: (!are_there).then(|| own("There are no weights: nobody has given age and sex.")),
        notes: if are_there {
            vec![own("Weighted: 3,011 residents, worth 1,702 people.")]
        } else {
            Vec::new()
        },
    }
}

impl QualityPage {
    /// Some flagged, and none.
    pub fn samples() -> Vec<Self> {
        let line = |name: &str, parts: Vec<String>| FlagLine {
            name: own(name),
            rule: own("Took under 3.1 seconds a question."),
            parts,
            count: own("41"),
            share: own("1%"),
        };
        let page = Self {
            head: head("officers-live"),
            filter: filter(),
            flagged: own("41 responses have a flag"),
            flags: vec![
                line("Fast", Vec::new()),
                line("Contradiction", vec![own("Lives here, and does not")]),
            ],
            base: own("Base: 3,412 responses."),
            without: vec![Link {
                text: own("Questions"),
                href: "/admin/surveys/plan/questions?quality=unflagged".to_owned(),
            }],
            files: files(),
        };
        vec![
            page.clone(),
            Self {
                filter: unfiltered(),
                without: Vec::new(),
                files: Vec::new(),
                ..page
            },
        ]
    }
}

impl QuestionsPage {
    /// Every form of result.
    pub fn samples() -> Vec<Self> {
        let question = QuestionResult {
            chart: chart("question-connection", "What connects you with Essex?", true),
            absent: vec![own("125 did not answer.")],
            thin: false,
            comments: None,
            compare: Some(own("/admin/surveys/plan/compare?row=connection")),
            only: vec![Link {
                text: own("I live in Essex"),
                href: "/admin/surveys/plan/questions?answer=connection:live".to_owned(),
            }],
        };
        let words = Link {
            text: own("1,204 comments"),
            href: "/admin/surveys/plan/comments".to_owned(),
        };
        vec![Self {
            head: head("officers-questions"),
            filter: filter(),
            weights: weights(false),
            questions: vec![
                question.clone(),
                QuestionResult {
                    chart: chart("question-gender", "Gender", false),
                    thin: true,
                    ..question.clone()
                },
                QuestionResult {
                    chart: chart("question-better", "What should change?", false),
                    comments: Some(words),
                    ..question
                },
            ],
            all: Some("/admin/surveys/plan/questions".to_owned()),
        }]
    }
}

pub(super) fn comment(words: &str, area: Option<&str>) -> CommentView {
    CommentView {
        text: own(words),
        question: own("What should change?"),
        area: area.map(own),
        when: own("Web, 12 November"),
        simulated: area.is_none(),
    }
}

impl OfficersErrorPage {
    /// As residents see them.
    pub fn samples() -> Vec<Self> {
        super::super::ErrorPage::samples()
            .into_iter()
            .map(Self)
            .collect()
    }
}

impl CommentsPage {
    /// Some, and none.
    pub fn samples() -> Vec<Self> {
        let words = "Every Friday from about seven the <mark>shelters</mark> on the front fill up and families leave.";
        let page = Self {
            head: head("officers-comments"),
            filter: filter(),
            search: own("shelters"),
            title: own("Comments with “shelters”, newest first"),
            comments: vec![
                comment(words, Some("Tendring")),
                comment("I run a café by the pier.", None),
            ],
            first: Some("/admin/surveys/plan/comments".to_owned()),
            next: Some("/admin/surveys/plan/comments?after=x".to_owned()),
        };
        vec![
            page.clone(),
            Self {
                filter: unfiltered(),
                comments: Vec::new(),
                first: None,
                next: None,
                ..page
            },
        ]
    }
}

impl ExportsPage {
    /// With sensitive answers, and without.
    pub fn samples() -> Vec<Self> {
        let file = |key, name: &str| ExportFile {
            key,
            href: format!("/admin/surveys/plan/exports/{name}"),
            name: own(name),
        };
        let page = Self {
            head: head("officers-exports"),
            filter: filter(),
            rows: 3412,
            files: vec![
                file("exports-codes", "internal-plan-codes.csv"),
                file("exports-labels", "internal-plan-labels.csv"),
            ],
            sensitive: vec![file("exports-codes", "internal-plan-codes-sensitive.csv")],
            figures: vec![file("officers-questions", "internal-plan-questions.csv")],
            erase: Some("/admin/surveys/plan/erase".to_owned()),
        };
        vec![
            page.clone(),
            Self {
                sensitive: Vec::new(),
                erase: None,
                ..page
            },
        ]
    }
}
