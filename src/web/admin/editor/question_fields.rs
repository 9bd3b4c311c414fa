//! The fields of a question's form, for every kind.

use super::{
    drafting::Drafting,
    forming::{Forming, hinted},
    front::{group, row_buttons, row_count},
};
use crate::{
    survey::{
        definition::{Choice, Display, Kind, Question, ScaleSide, Unit},
        edit::KIND_NAMES,
        form::Form,
    },
    web::{
        pages::{Control, EditButton, FieldView, GroupView},
        templates::Link,
        words::Speaker,
    },
};

/// Kinds of question with their words.
pub(super) fn kind_options(speaker: &Speaker<'_>) -> Vec<(String, String)> {
    let option = |name: &&str| {
        (
            (*name).to_owned(),
            speaker.id(&format!("kind-{}", name.replace('_', "-"))),
        )
    };
    KIND_NAMES.iter().map(option).collect()
}

/// Themes by key with their names.
pub(super) fn themes(drafting: &Drafting<'_>) -> Vec<(String, String)> {
    let themes = drafting.definition().themes.iter();
    themes
        .map(|theme| (theme.key.to_string(), drafting.words(&theme.label)))
        .collect()
}

/// What is asked, what kind it is, and what the kind needs; routing stands apart.
pub(super) fn groups(
    drafting: &Drafting<'_>,
    forming: &mut Forming<'_>,
    typed: Option<&Form>,
    question: &Question,
    is_nested: bool,
) -> Vec<GroupView> {
    let speaker = drafting.speaker();
    let mut words = forming.text(
        "label",
        "field-question",
        Some(&question.label),
        Control::Area,
    );
    words.extend(forming.text("hint", "field-hint", question.hint.as_ref(), Control::Line));
    words.push(forming.select(
        "kind",
        "field-kind",
        kind_options(&speaker),
        question.kind.name(),
    ));
    if question.asks() {
        words.push(forming.check("required", "field-required", question.required));
        words.push(forming.check(
            "prefer_not_to_say",
            "field-prefer-not-to-say",
            question.prefer_not_to_say,
        ));
    }
    words.extend(kind_fields(forming, &question.kind));
    let mut more = forming.text(
        "short",
        "field-short",
        question.short.as_ref(),
        Control::Line,
    );
    more.push(forming.theme("theme", &themes(drafting), question.theme.as_ref()));
    if question.asks() {
        let message = question.required_message.as_ref();
        more.extend(forming.text(
            "required_message",
            "field-required-message",
            message,
            Control::Line,
        ));
        let why = forming.text(
            "sensitive",
            "field-sensitive",
            question.sensitive.as_ref(),
            Control::Area,
        );
        more.extend(
            why.into_iter()
                .map(|field| hinted(field, speaker.id("edit-sensitive-hint"))),
        );
    }
    let key = forming.line("key", "field-key", &question.key);
    more.push(hinted(key, speaker.id("edit-key-hint")));
    let mut what = group("question", speaker.id("edit-group-question"), words);
    what.more = more;
    let mut groups = vec![what];
    if matches!(question.kind, Kind::Grid { .. }) {
        groups.extend(row_groups(drafting, forming, typed, question));
    }
    if let Some(list) = list_name(&question.kind) {
        groups.extend(choice_groups(
            drafting, forming, typed, question, list, is_nested,
        ));
    }
    groups
}

/// What the list of a kind's choices is called; none for a kind without one.
pub(super) const fn list_name(kind: &Kind) -> Option<&'static str> {
    match kind {
        Kind::Single { .. } | Kind::Multiple { .. } => Some("choices"),
        Kind::Grid { .. } => Some("columns"),
        Kind::Ranking { .. } | Kind::Budget { .. } => Some("items"),
        _ => None,
    }
}

fn kind_fields(forming: &mut Forming<'_>, kind: &Kind) -> Vec<FieldView> {
    let speaker = forming.speaker;
    let named = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        pairs
            .iter()
            .map(|(value, id)| ((*value).to_owned(), speaker.id(id)))
            .collect()
    };
    match kind {
        Kind::Single {
            display, shuffle, ..
        } => {
            let chosen = if *display == Display::Select {
                "select"
            } else {
                "radios"
            };
            let options = named(&[("radios", "display-radios"), ("select", "display-select")]);
            vec![
                forming.select("display", "field-display", options, chosen),
                forming.check("shuffle", "field-shuffle", *shuffle),
            ]
        }
        Kind::Multiple {
            min, max, shuffle, ..
        } => vec![
            forming.number("min", "field-min-choices", *min),
            forming.number("max", "field-max-choices", *max),
            forming.check("shuffle", "field-shuffle", *shuffle),
        ],
        Kind::Grid { shuffle, .. } => vec![forming.check("shuffle", "field-shuffle", *shuffle)],
        Kind::Scale {
            min,
            max,
            min_label,
            max_label,
            dont_know,
        } => {
            let mut fields = vec![
                forming.number("min", "field-min", Some(*min)),
                forming.number("max", "field-max", Some(*max)),
            ];
            fields.extend(forming.text(
                "min_label",
                "field-min-label",
                Some(min_label),
                Control::Line,
            ));
            fields.extend(forming.text(
                "max_label",
                "field-max-label",
                Some(max_label),
                Control::Line,
            ));
            fields.push(forming.check("dont_know", "field-dont-know", *dont_know));
            fields
        }
        Kind::Ranking {
            places,
            min,
            shuffle,
            ..
        } => vec![
            forming.number("places", "field-places", Some(*places)),
            forming.number("min", "field-min-places", *min),
            forming.check("shuffle", "field-shuffle", *shuffle),
        ],
        Kind::Budget {
            total,
            unit,
            shuffle,
            ..
        } => {
            let chosen = match unit {
                Unit::Pounds => "pounds",
                Unit::Percent => "percent",
                Unit::Points => "points",
            };
            let units = named(&[
                ("pounds", "unit-pounds"),
                ("percent", "unit-percent"),
                ("points", "unit-points"),
            ]);
            vec![
                forming.number("total", "field-total", Some(*total)),
                forming.select("unit", "field-unit", units, chosen),
                forming.check("shuffle", "field-shuffle", *shuffle),
            ]
        }
        Kind::Number { min, max, suffix } => {
            let mut fields = vec![
                forming.number("min", "field-min", *min),
                forming.number("max", "field-max", *max),
            ];
            fields.extend(forming.text("suffix", "field-suffix", suffix.as_ref(), Control::Line));
            fields
        }
        Kind::ShortText { max_length } => {
            vec![forming.number("max_length", "field-max-length", Some(*max_length))]
        }
        Kind::LongText { max_length, rows } => vec![
            forming.number("max_length", "field-max-length", Some(*max_length)),
            forming.number("rows", "field-lines", Some(*rows)),
        ],
        Kind::Date { min, max } => {
            let day = |day: &Option<jiff::civil::Date>| {
                day.map_or_else(String::new, |day| day.to_string())
            };
            vec![
                forming.of(Control::Day, "min", "field-earliest", day(min)),
                forming.of(Control::Day, "max", "field-latest", day(max)),
            ]
        }
        Kind::Email {} => Vec::new(),
        Kind::Postcode { outside } | Kind::Area { outside } => {
            forming.text("outside", "field-outside", outside.as_ref(), Control::Line)
        }
        Kind::Information { body } => forming.text("body", "field-body", Some(body), Control::Area),
    }
}

fn row_groups(
    drafting: &Drafting<'_>,
    forming: &mut Forming<'_>,
    typed: Option<&Form>,
    question: &Question,
) -> Vec<GroupView> {
    let speaker = drafting.speaker();
    let rows = question.rows();
    let themes = themes(drafting);
    let mut groups = Vec::new();
    let count = typed.map_or(rows.len(), |form| row_count(form, "rows", "code"));
    groups.push(group("rows", speaker.id("field-rows"), Vec::new()));
    for at in 0..count {
        let saved = rows.get(at);
        let name = |field: &str| format!("rows.{at}.{field}");
        let title = saved
            .map(|row| drafting.words(&row.label))
            .unwrap_or_default();
        let fields = forming.text(
            &name("label"),
            "field-words",
            saved.map(|row| &row.label),
            Control::Line,
        );
        let mut view = group(&format!("rows-{at}"), title.clone(), fields);
        view.more = vec![
            forming.theme(
                &name("theme"),
                &themes,
                saved.and_then(|row| row.theme.as_ref()),
            ),
            hinted(
                forming.line(
                    &name("code"),
                    "field-code",
                    saved.map_or("", |row| row.code.as_str()),
                ),
                speaker.id("edit-code-hint"),
            ),
        ];
        view.is_row = true;
        view.buttons = row_buttons("rows", at, count, &title);
        groups.push(view);
    }
    groups.push(adding(forming, "rows", "edit-add-rows"));
    groups
}

fn adding(forming: &mut Forming<'_>, list: &str, label: &str) -> GroupView {
    let speaker = forming.speaker;
    let new = forming.of(Control::Area, &format!("{list}.new"), label, String::new());
    let new = hinted(new, speaker.id("edit-one-a-line"));
    let mut view = group(&format!("{list}-new"), speaker.id(label), vec![new]);
    view.is_row = true;
    view.buttons.push(EditButton {
        value: format!("{list}.add"),
        key: "edit-add",
        about: String::new(),
    });
    view
}

fn choice_groups(
    drafting: &Drafting<'_>,
    forming: &mut Forming<'_>,
    typed: Option<&Form>,
    question: &Question,
    list: &'static str,
    is_nested: bool,
) -> Vec<GroupView> {
    let speaker = drafting.speaker();
    let choices = question.choices();
    let count = typed.map_or(choices.len(), |form| row_count(form, list, "code"));
    let mut groups = vec![group(
        list,
        speaker.id(&format!("field-{list}")),
        Vec::new(),
    )];
    for at in 0..count {
        let saved = choices.get(at);
        let mut view = choice_group(drafting, forming, question, (list, at), saved);
        let title = view.title.clone();
        view.buttons = row_buttons(list, at, count, &title);
        let reveals =
            matches!(question.kind, Kind::Single { .. } | Kind::Multiple { .. }) && !is_nested;
        if let Some(choice) = saved.filter(|_| reveals) {
            view.links = choice
                .reveals
                .iter()
                .map(|inner| Link {
                    text: drafting.name(inner),
                    href: drafting.url(&format!("edit/question?key={}", inner.key)),
                })
                .collect();
            view.buttons.push(EditButton {
                value: format!("reveal.{}", choice.code),
                key: "edit-add-reveal",
                about: title,
            });
        }
        groups.push(view);
    }
    groups.push(adding(forming, list, "edit-add-choices"));
    groups
}

fn choice_group(
    drafting: &Drafting<'_>,
    forming: &mut Forming<'_>,
    question: &Question,
    (list, at): (&str, usize),
    saved: Option<&Choice>,
) -> GroupView {
    let speaker = drafting.speaker();
    let name = |field: &str| format!("{list}.{at}.{field}");
    let title = saved
        .map(|choice| drafting.words(&choice.label))
        .unwrap_or_default();
    let fields = forming.text(
        &name("label"),
        "field-words",
        saved.map(|choice| &choice.label),
        Control::Line,
    );
    let mut view = group(&format!("{list}-{at}"), title, fields);
    view.is_row = true;
    let hint = saved.and_then(|choice| choice.hint.as_ref());
    view.more = forming.text(&name("hint"), "field-hint", hint, Control::Line);
    let theme = saved.and_then(|choice| choice.theme.as_ref());
    view.more
        .push(forming.theme(&name("theme"), &themes(drafting), theme));
    if matches!(question.kind, Kind::Multiple { .. }) {
        let exclusive = saved.is_some_and(|choice| choice.exclusive);
        view.more
            .push(forming.check(&name("exclusive"), "field-exclusive", exclusive));
    }
    view.more.push(forming.check(
        &name("apart"),
        "field-apart",
        saved.is_some_and(|choice| choice.apart),
    ));
    if matches!(question.kind, Kind::Grid { .. }) {
        let side = match saved.and_then(|choice| choice.side) {
            None => "",
            Some(ScaleSide::Favourable) => "favourable",
            Some(ScaleSide::Neutral) => "neutral",
            Some(ScaleSide::Unfavourable) => "unfavourable",
        };
        let sides = [
            ("", "side-none"),
            ("favourable", "side-favourable"),
            ("neutral", "side-neutral"),
            ("unfavourable", "side-unfavourable"),
        ];
        let options = sides
            .iter()
            .map(|(side, id)| ((*side).to_owned(), speaker.id(id)));
        view.more
            .push(forming.select(&name("side"), "field-side", options.collect(), side));
    }
    if matches!(question.kind, Kind::Single { .. } | Kind::Multiple { .. }) {
        let other = saved.and_then(|choice| choice.other.as_ref());
        view.more
            .extend(forming.text(&name("other"), "field-other", other, Control::Line));
    }
    let code = forming.line(
        &name("code"),
        "field-code",
        saved.map_or("", |choice| choice.code.as_str()),
    );
    view.more.push(hinted(code, speaker.id("edit-code-hint")));
    view
}
