//! Samples of residents' pages around the questions.

use super::{
    super::{
        AnswerRow, AnswerSection, AnswerView, CheckPage, ContactView, CopyPage, DonePage,
        EmailFields, ErrorPage, ForgottenPage, HubPage, MeasureView, OverviewPage, PairView,
        SavedPage, StandingPage, StepView, SurveyCard, TakenPart,
    },
    contact, own,
    questions::wrong,
};
use crate::{analysis::disclosure::PublishedCount, web::templates::Link};

fn card(title: &str) -> SurveyCard {
    SurveyCard {
        title: own(title),
        summary: own("Your answers shape the next Police and Crime Plan."),
        href: "/surveys/plan".to_owned(),
        opens: own("Monday 2 November 2026"),
        closes: own("11:59pm on Sunday 13 December 2026"),
        days_left: Some(19),
        minutes: 4,
        taken_part: TakenPart::on_hub(PublishedCount::of(3412), false),
        resume: None,
    }
}

impl HubPage {
    /// Full and empty.
    pub fn samples() -> Vec<Self> {
        vec![
            Self {
                open: vec![
                    SurveyCard {
                        resume: Some("/surveys/plan/respond/safe".to_owned()),
                        ..card("What should Essex Police put first for the next four years?")
                    },
                    SurveyCard {
                        taken_part: TakenPart::on_hub(PublishedCount::of(9), true),
                        ..card("Should we spend more on road safety?")
                    },
                ],
                coming: vec![card("How was your 101 call?")],
                closed: vec![SurveyCard {
                    days_left: None,
                    ..card("Council tax 2026")
                }],
            },
            Self {
                open: Vec::new(),
                coming: Vec::new(),
                closed: Vec::new(),
            },
        ]
    }
}

fn steps() -> Vec<StepView> {
    [
        ("Now to 13 December 2026", "You answer."),
        ("January 2027", "Every comment is read by a person, and the results are weighted to match who lives in Essex."),
        ("16 February 2027", "Results are published, for the county and for your district."),
        ("Every year after", "We report what was done about what you said."),
    ]
    .iter()
    .map(|(when, what)| StepView { when: own(when), what: own(what) })
    .collect()
}

impl OverviewPage {
    /// Open, begun on this device, coming, closed.
    pub fn samples() -> Vec<Self> {
        let measure = |figure: &str, what: &str| MeasureView {
            figure: own(figure),
            what: own(what),
            source: own("Essex Police records, 2026"),
        };
        let paragraph = |words: &str| format!("<p>{}</p>", own(words));
        let open = Self {
            title: own("What should Essex Police put first for the next four years?"),
            short_title: own("Police and Crime Plan survey 2026"),
            summary: own("Your answers shape the next Police and Crime Plan. It decides what the police must work on, and where the money goes."),
            state: "open",
            opens: own("9am on Monday 2 November 2026"),
            closes: own("11:59pm on Sunday 13 December 2026"),
            start: Some("/surveys/plan/start".to_owned()),
            resume: None,
            minutes: 4,
            questions: 12,
            taken_part: TakenPart::on_overview(PublishedCount::of(3412), false),
            map: Some("<svg viewBox=\"0 0 100 80\" role=\"img\" aria-label=\"⟦map⟧\"><path class=\"app-map__area\" d=\"M10 10h80v60H10z\"/></svg>".to_owned()),
            dates_changed: Some(paragraph("The post was late, so there is a week more.")),
            last_time: Some(paragraph("Last time, people in Essex asked for a crackdown on anti-social behaviour. It became a priority of the Police and Crime Plan, and since then:")),
            measures: vec![
                measure("16%", "fewer recorded incidents of anti-social behaviour: over 8,000 fewer"),
                measure("350", "people in 40 organisations given extra powers to deal with it"),
                measure("£272,000", "given to the 13 Community Safety Partnerships"),
            ],
            what_we_ask: paragraph("What matters most to you, how safe you feel, how you would share out the money, and what we have missed."),
            who_can_answer: paragraph("Anyone aged 16 or over who lives, works or studies in Essex, Southend-on-Sea or Thurrock."),
            other_ways: Some(paragraph("Ask for a paper form, or answer by phone.")),
            timeline: steps(),
            privacy: paragraph("We ask for your postcode to find your district, then throw it away."),
            contact: contact(),
        };
        vec![
            open.clone(),
            Self {
                resume: Some("/surveys/plan/respond/safe".to_owned()),
                map: None,
                taken_part: TakenPart::on_overview(PublishedCount::of(3), false),
                ..open.clone()
            },
            Self {
                state: "coming",
                start: None,
                other_ways: None,
                dates_changed: None,
                last_time: None,
                timeline: Vec::new(),
                ..open.clone()
            },
            Self {
                state: "closed",
                start: None,
                contact: ContactView::default(),
                ..open
            },
        ]
    }
}

fn sections(change: bool) -> Vec<AnswerSection> {
    let row = |question: &str, answer: Option<AnswerView>| AnswerRow {
        question: own(question),
        answer,
        note: None,
        change: change.then(|| "/surveys/plan/respond/safe?change=1#safe".to_owned()),
    };
    let lines = |words: &[&str]| {
        Some(AnswerView::Lines {
            lines: words.iter().map(|w| own(w)).collect(),
        })
    };
    let pairs = |pairs: &[(&str, Option<&str>)]| {
        Some(AnswerView::Pairs {
            pairs: pairs
                .iter()
                .map(|(what, value)| PairView {
                    what: own(what),
                    value: value.map(own),
                })
                .collect(),
        })
    };
    vec![
        AnswerSection {
            title: own("About you and Essex"),
            rows: vec![
                AnswerRow {
                    note: Some(own("Your postcode was not kept")),
                    ..row("Where you live", lines(&["Braintree district"]))
                },
                row("Connection with Essex", lines(&["Live here", "Work here"])),
            ],
        },
        AnswerSection {
            title: own("Feeling safe"),
            rows: vec![
                row(
                    "How safe you feel",
                    pairs(&[
                        ("At home after dark", Some("Very safe")),
                        ("Bus or train after dark", None),
                    ]),
                ),
                row(
                    "Changed what you do",
                    Some(AnswerView::Words {
                        text: own("I get off the bus\na stop later"),
                    }),
                ),
            ],
        },
        AnswerSection {
            title: own("What matters most"),
            rows: vec![
                row(
                    "Your top three",
                    Some(AnswerView::Ranked {
                        lines: vec![
                            own("Anti-social behaviour"),
                            own("Police you can see locally"),
                        ],
                    }),
                ),
                row(
                    "How you would share out £100",
                    pairs(&[
                        ("More police officers in neighbourhoods", Some("£60")),
                        ("Safer roads", Some("£40")),
                    ]),
                ),
                row("Anything we have missed", None),
            ],
        },
    ]
}

impl CheckPage {
    /// As it comes, and with a wrong email address.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            action: "/surveys/plan/respond/check".to_owned(),
            back: "/surveys/plan/respond/you".to_owned(),
            later: "/surveys/plan/respond/saved".to_owned(),
            answered: 10,
            asked: 12,
            sections: sections(true),
            email: Some(EmailFields::default()),
            closes: own("11:59pm on Sunday 13 December 2026"),
            errors: Vec::new(),
        };
        let error = "Enter an email address, like name@example.org";
        vec![
            page.clone(),
            Self {
                email: Some(EmailFields {
                    email: own("me@"),
                    error: Some(own(error)),
                    receipt: true,
                    offer_updates: true,
                    updates: true,
                }),
                errors: vec![wrong("email", error)],
                ..page
            },
        ]
    }
}

impl DonePage {
    /// With and without a receipt.
    pub fn samples() -> Vec<Self> {
        let page = Self {
            short_title: own("Police and Crime Plan survey 2026"),
            reference: "7KQ4-M2XC".to_owned(),
            receipt: true,
            closes: own("11:59pm on Sunday 13 December 2026"),
            steps: steps(),
            forget: "/surveys/plan/respond/remove".to_owned(),
            copy: Some("/surveys/plan/respond/copy".to_owned()),
            share: "https://have-your-say.example.org/surveys/plan".to_owned(),
            contact: contact(),
        };
        vec![
            page.clone(),
            Self {
                receipt: false,
                copy: None,
                steps: Vec::new(),
                ..page
            },
        ]
    }
}

impl CopyPage {
    /// One.
    pub fn samples() -> Vec<Self> {
        vec![Self {
            title: own("Police and Crime Plan survey 2026"),
            reference: "7KQ4-M2XC".to_owned(),
            sent: own("24 November 2026 at 11:02am"),
            sections: sections(false),
            back: "/surveys/plan/respond/done".to_owned(),
        }]
    }
}

impl SavedPage {
    /// One.
    pub fn samples() -> Vec<Self> {
        vec![Self {
            short_title: own("Police and Crime Plan survey 2026"),
            resume: "/surveys/plan/respond/safe".to_owned(),
            closes: own("11:59pm on Sunday 13 December 2026"),
            hours: 24,
            forget: "/surveys/plan/forget".to_owned(),
        }]
    }
}

impl ForgottenPage {
    /// One.
    pub fn samples() -> Vec<Self> {
        vec![Self {
            home: "/".to_owned(),
        }]
    }
}

impl ErrorPage {
    /// Not found, and a fault with its reference.
    pub fn samples() -> Vec<Self> {
        let page = |title_key, message_key| Self {
            title_key,
            message_key,
            detail: None,
            reference: None,
            way_out: Some(Link {
                text: own("Go to the list of surveys"),
                href: "/".to_owned(),
            }),
            contact: ContactView::default(),
        };
        vec![
            page("failure-not-found-title", "failure-not-found"),
            Self {
                reference: Some("0193-77AC".to_owned()),
                contact: contact(),
                way_out: None,
                ..page("failure-internal-title", "failure-internal")
            },
            page("failure-bad-request-title", "failure-bad-request"),
            page("failure-forbidden-title", "failure-forbidden"),
            page("failure-form-expired-title", "failure-form-expired"),
            page("failure-conflict-title", "failure-conflict"),
            page("failure-too-large-title", "failure-too-large"),
            page("failure-unprocessable-title", "failure-unprocessable"),
            page("failure-too-many-title", "failure-too-many"),
            page("failure-unavailable-title", "failure-unavailable"),
        ]
    }
}

impl StandingPage {
    /// With words and a link.
    pub fn samples() -> Vec<Self> {
        vec![Self {
            title_key: "standing-contact",
            body: format!("<p class=\"govuk-body\">{}</p>", own("Write to us.")),
        }]
    }
}
