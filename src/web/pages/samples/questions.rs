//! Samples of pages of questions: every kind, with and without errors.

use super::{
    super::{
        CellView, ChoiceView, ColumnView, ErrorLink, KindView, OptionView, PlaceView, QuestionPage,
        QuestionView, RowView, ShareView, TextField, Tick,
    },
    own,
};

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

pub(super) fn options(words: &[&str], chosen: Option<usize>) -> Vec<OptionView> {
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
        carried: None,
        version: 1,
        back: Some("/surveys/plan/respond/area".to_owned()),
        section: own("Feeling safe"),
        section_number: 2,
        section_count: 6,
        section_percent: 25,
        title: own(title),
        title_is_heading: true,
        intro: None,
        more: None,
        safety: false,
        has_text_box: false,
        questions,
        errors,
        saved: true,
    }
}

pub(super) fn wrong(field: &str, text: &str) -> ErrorLink {
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
            has_text_box: true,
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
