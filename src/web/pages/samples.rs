//! Sample values of every page: the tests render them, and a designer looks at them.

use super::{
    AnswerRow, AnswerSection, AnswerView, CellView, CheckPage, ChoiceView, ColumnView, ContactView,
    CopyPage, DonePage, EmailFields, ErrorLink, ErrorPage, ForgottenPage, HubPage, KindView,
    MeasureView, OptionView, OverviewPage, PairView, PlaceView, QuestionPage, QuestionView,
    RowView, SavedPage, ShareView, StandingPage, StepView, SurveyCard, TextField, Tick,
};
use crate::web::templates::Link;

/// A word of a sample: what authors, residents and settings supply, never a text of the interface. Marked, so that the
/// pseudo-language test can tell them from words that were left in a template.
fn own(words: &str) -> String {
    format!("⟦{words}⟧")
}

fn contact() -> ContactView {
    ContactView {
        email: Some("engagement@example.org".to_owned()),
        phone: Some("01245 000 000".to_owned()),
        phone_link: Some("01245000000".to_owned()),
        address: Some(own("Example House\nChelmsford")),
    }
}

fn choice(question: &str, number: usize, words: &str) -> ChoiceView {
    ChoiceView {
        id: match number {
            1 => question.to_owned(),
            _ => format!("{question}-{number}"),
        },
        value: format!("c{number}"),
        label: own(words),
        ..ChoiceView::default()
    }
}

fn question(key: &str, label: &str, kind: KindView) -> QuestionView {
    QuestionView {
        key: key.to_owned(),
        label: own(label),
        hint: None,
        optional: false,
        error: None,
        legend_is_heading: false,
        nested: false,
        why: None,
        declined: None,
        kind,
    }
}

fn options(words: &[&str], chosen: Option<usize>) -> Vec<OptionView> {
    let empty = OptionView {
        value: String::new(),
        text: own("Choose one"),
        selected: chosen.is_none(),
    };
    std::iter::once(empty)
        .chain(words.iter().enumerate().map(|(i, words)| OptionView {
            value: format!("c{i}"),
            text: own(words),
            selected: chosen == Some(i),
        }))
        .collect()
}

fn grid(error: Option<&str>) -> QuestionView {
    let columns = [
        "Very safe",
        "Fairly safe",
        "A bit unsafe",
        "Very unsafe",
        "Does not apply",
    ];
    let rows = [
        ("At home after dark", Some(0)),
        ("Walking alone near home in daylight", Some(0)),
        ("Walking alone near home after dark", Some(2)),
        ("In your nearest town centre in the evening", Some(2)),
        ("On a bus or train, or waiting for one, after dark", None),
        ("Using the internet", None),
    ];
    let rows = rows
        .iter()
        .enumerate()
        .map(|(r, (label, chosen))| RowView {
            name: format!("safe-row{r}"),
            label: own(label),
            error: error.filter(|_| r == 4).map(own),
            cells: columns
                .iter()
                .enumerate()
                .map(|(c, label)| CellView {
                    id: match c {
                        0 => format!("safe-row{r}"),
                        _ => format!("safe-row{r}-{}", c + 1),
                    },
                    value: format!("c{c}"),
                    label: own(label),
                    checked: *chosen == Some(c),
                    apart: c == 4,
                })
                .collect(),
        })
        .collect();
    question(
        "safe",
        "Thinking about the last 12 months, how safe or unsafe have you felt in these places?",
        KindView::Grid {
            columns: columns
                .iter()
                .enumerate()
                .map(|(c, label)| ColumnView {
                    label: own(label),
                    apart: c == 4,
                })
                .collect(),
            rows,
        },
    )
}

fn changed() -> QuestionView {
    let comment = QuestionView {
        hint: Some(own("Please leave out names, addresses and phone numbers.")),
        optional: true,
        nested: true,
        ..question(
            "what_changed",
            "What did you change?",
            KindView::LongText {
                value: own("I get off the bus a stop later, where it is lit."),
                max_length: 1000,
                rows: 3,
            },
        )
    };
    question(
        "changed",
        "In the last 12 months, have you changed what you do because you felt unsafe?",
        KindView::Radios {
            items: vec![
                ChoiceView {
                    checked: true,
                    reveals: vec![comment],
                    ..choice("changed", 1, "Yes")
                },
                choice("changed", 2, "No"),
                ChoiceView {
                    divider: true,
                    ..choice("changed", 3, "Prefer not to say")
                },
            ],
        },
    )
}

fn ranking(error: Option<&str>) -> QuestionView {
    let items = [
        "Anti-social behaviour",
        "Burglary and theft",
        "Knife crime and violence",
        "Police you can see locally",
        "Violence against women and girls",
        "Domestic abuse",
        "Safer roads",
        "Fraud and online crime",
        "Drugs and gangs",
        "Rural crime",
        "Support for victims",
        "Shop theft and business crime",
    ];
    let chosen = match error {
        None => [0, 3, 8],
        Some(_) => [0, 6, 6],
    };
    let places = chosen
        .iter()
        .enumerate()
        .map(|(i, chosen)| PlaceView {
            name: format!("priorities-{}", i + 1),
            number: i + 1,
            error: error.filter(|_| i == 2).map(own),
            options: options(&items, Some(*chosen)),
        })
        .collect();
    QuestionView {
        hint: Some(own("You can choose fewer than three.")),
        ..question(
            "priorities",
            "Which three should the police and their partners put first?",
            KindView::Ranking {
                places,
                items: items.len(),
            },
        )
    }
}

fn budget(error: Option<&str>) -> QuestionView {
    let items = [
        (
            "More police officers in neighbourhoods",
            "Walking and cycling patrols",
            "35",
        ),
        (
            "Work with young people",
            "To stop trouble before it starts",
            "20",
        ),
        (
            "Local partnerships",
            "The 13 Community Safety Partnerships",
            "10",
        ),
        (
            "Help for victims of crime",
            "Advice, counselling, safe homes",
            "15",
        ),
        ("Safer roads", "Speed cameras, education", "5"),
        (
            "Fighting online crime",
            "Specialist staff, advice for residents",
            "0",
        ),
    ];
    QuestionView {
        hint: Some(own("Use whole pounds. Your shares must add up to £100.")),
        error: error.map(own),
        ..question(
            "budget",
            "If you had £100 to share out, how would you spend it?",
            KindView::Budget {
                total: 100,
                left: 15,
                used: 85,
                unit: "pounds",
                items: items
                    .iter()
                    .enumerate()
                    .map(|(i, (label, hint, value))| ShareView {
                        name: format!("budget-item{i}"),
                        label: own(label),
                        hint: Some(own(hint)),
                        value: (*value).to_owned(),
                        wrong: error.is_some(),
                    })
                    .collect(),
            },
        )
    }
}

fn postcode(found: bool, open: bool, postcode_error: Option<&str>) -> QuestionView {
    let areas = [
        "Basildon",
        "Braintree",
        "Chelmsford",
        "I live somewhere else",
    ];
    question(
        "area",
        "Where do you live?",
        KindView::Postcode {
            postcode: if found { String::new() } else { own("CM7") },
            found: found.then(|| own("Braintree")),
            open,
            items: options(&areas, found.then_some(1)),
            postcode_error: postcode_error.map(own),
        },
    )
}

fn page(title: &str, questions: Vec<QuestionView>, errors: Vec<ErrorLink>) -> QuestionPage {
    QuestionPage {
        action: "/surveys/plan/respond/safe".to_owned(),
        back: Some("/surveys/plan/respond/area".to_owned()),
        section: own("Feeling safe"),
        section_number: 2,
        section_count: 6,
        section_percent: 25,
        title: own(title),
        title_is_heading: true,
        intro: None,
        safety: false,
        questions,
        errors,
        saved: true,
    }
}

fn wrong(field: &str, text: &str) -> ErrorLink {
    ErrorLink {
        field: field.to_owned(),
        text: own(text),
    }
}

impl QuestionPage {
    /// Every kind of question, with and without errors.
    pub fn samples() -> Vec<Self> {
        let safe = Self {
            intro: Some(format!(
                "<p>{}</p>",
                own(
                    "There are no right answers. Choose the one that comes closest, or leave a line out."
                )
            )),
            safety: true,
            ..page("How safe you feel", vec![grid(None), changed()], Vec::new())
        };
        let row = "Choose how safe you feel on a bus or train";
        let twice = "You chose “Safer roads” twice. Choose something else, or leave third empty";
        let sum = "Your shares add up to £85. They must add up to £100";
        let unknown = "We do not know that postcode. Check it, or choose your district";
        vec![
            safe,
            page(
                "How safe you feel",
                vec![grid(Some(row))],
                vec![wrong("safe-row4", row)],
            ),
            page(
                "What matters most to you",
                vec![ranking(None), budget(None)],
                Vec::new(),
            ),
            page(
                "What matters most to you",
                vec![ranking(Some(twice)), budget(Some(sum))],
                vec![wrong("priorities-3", twice), wrong("budget-item0", sum)],
            ),
            Self {
                title_is_heading: false,
                back: None,
                saved: false,
                ..page(
                    "Where do you live?",
                    vec![QuestionView {
                        legend_is_heading: true,
                        ..postcode(false, false, None)
                    }],
                    Vec::new(),
                )
            },
            page(
                "About where you live",
                vec![postcode(true, true, None)],
                Vec::new(),
            ),
            page(
                "About where you live",
                vec![postcode(false, true, Some(unknown))],
                vec![wrong("area-postcode", unknown)],
            ),
            page("About you", every_other_kind(None), Vec::new()),
            page(
                "About you",
                every_other_kind(Some("This is not right")),
                vec![wrong("confidence", "This is not right")],
            ),
        ]
    }
}

fn every_other_kind(error: Option<&str>) -> Vec<QuestionView> {
    let scale = KindView::Scale {
        points: (0..=10)
            .map(|n| choice("confidence", n + 1, &n.to_string()))
            .collect(),
        min_label: own("None at all"),
        max_label: own("A great deal"),
        apart: vec![ChoiceView {
            divider: true,
            ..choice("confidence", 12, "Don’t know")
        }],
    };
    let other = TextField {
        name: "contact-other-text".to_owned(),
        label: own("Please say"),
        value: own("By pigeon"),
        error: error.map(own),
    };
    let checkboxes = KindView::Checkboxes {
        items: vec![
            ChoiceView {
                hint: Some(own("A help line")),
                ..choice("contact", 1, "By phone")
            },
            ChoiceView {
                checked: true,
                other: Some(other),
                ..choice("contact", 2, "Other")
            },
            ChoiceView {
                divider: true,
                exclusive: true,
                ..choice("contact", 3, "None of these")
            },
        ],
    };
    let mut all = vec![
        question(
            "confidence",
            "How much confidence do you have in your local police?",
            scale,
        ),
        question(
            "contact",
            "How have you been in touch with the police?",
            checkboxes,
        ),
        question(
            "age",
            "How old are you?",
            KindView::Select {
                items: options(&["16 to 24", "25 to 34"], Some(1)),
            },
        ),
        question(
            "household",
            "How many people live with you?",
            KindView::Number {
                value: "3".to_owned(),
                suffix: Some(own("people")),
            },
        ),
        question(
            "work",
            "What is your job?",
            KindView::ShortText {
                value: own("Nurse"),
                max_length: 200,
            },
        ),
        question(
            "better",
            "What should change?",
            KindView::LongText {
                value: String::new(),
                max_length: 2000,
                rows: 5,
            },
        ),
        question(
            "moved",
            "When did you move here?",
            KindView::Date {
                day: "31".into(),
                month: "2".into(),
                year: "2020".into(),
                wrong: vec!["day", "month"],
            },
        ),
        question(
            "mail",
            "What is your email address?",
            KindView::Email {
                value: String::new(),
            },
        ),
    ];
    for q in &mut all {
        q.error = error.map(own);
        q.optional = true;
        q.why = Some(own("It helps us to see who we have not heard from."));
    }
    all[5].declined = Some(Tick {
        name: "better-declined".to_owned(),
        checked: false,
    });
    all.push(question(
        "note",
        "",
        KindView::Information {
            body: format!("<p>{}</p>", own("Only words.")),
        },
    ));
    all
}

fn card(title: &str) -> SurveyCard {
    SurveyCard {
        title: own(title),
        summary: own("Your answers shape the next Police and Crime Plan."),
        href: "/surveys/plan".to_owned(),
        opens: own("Monday 2 November 2026"),
        closes: own("11:59pm on Sunday 13 December 2026"),
        days_left: Some(19),
        minutes: 4,
        taken_part: Some(3412),
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
                    card("Should we spend more on road safety?"),
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
            taken_part: Some(3412),
            map: Some("<svg viewBox=\"0 0 100 80\" role=\"img\" aria-label=\"⟦map⟧\"><path class=\"app-map__area\" d=\"M10 10h80v60H10z\"/></svg>".to_owned()),
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
                taken_part: None,
                ..open.clone()
            },
            Self {
                state: "coming",
                start: None,
                other_ways: None,
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
            page("failure-closed-title", "failure-closed"),
        ]
    }
}

impl StandingPage {
    /// With a heading, words and a link.
    pub fn samples() -> Vec<Self> {
        vec![Self {
            title_key: "standing-contact",
            body: "<p class=\"govuk-body\">Write to <a class=\"govuk-link\" href=\"mailto:a@example.org\">us</a>.</p>".to_owned(),
        }]
    }
}
