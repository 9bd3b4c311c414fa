//! Kinds of question made anew, or from another kind with as much kept as fits.

use crate::survey::{
    definition::{Choice, Display, Kind, Row, Unit, five, hundred, long_length, short_length},
    ids::{Code, Lang},
    text::Text,
};

/// The names of all kinds, in the order officers choose from.
pub const KIND_NAMES: [&str; 14] = [
    "single",
    "multiple",
    "grid",
    "scale",
    "ranking",
    "budget",
    "number",
    "short_text",
    "long_text",
    "date",
    "email",
    "postcode",
    "area",
    "information",
];

/// A kind by its name with nothing in it; none for a name that is no kind's.
#[must_use]
pub fn new_kind(name: &str, language: &Lang) -> Option<Kind> {
    let blank = || Text([(language.clone(), String::new())].into());
    Some(match name {
        "single" => Kind::Single {
            choices: Vec::new(),
            display: Display::default(),
            shuffle: false,
        },
        "multiple" => Kind::Multiple {
            choices: Vec::new(),
            min: None,
            max: None,
            shuffle: false,
        },
        "grid" => Kind::Grid {
            rows: Vec::new(),
            columns: Vec::new(),
            shuffle: false,
        },
        "scale" => Kind::Scale {
            min: 0,
            max: 10,
            min_label: blank(),
            max_label: blank(),
            dont_know: false,
        },
        "ranking" => Kind::Ranking {
            items: Vec::new(),
            places: 3,
            min: None,
            shuffle: false,
        },
        "budget" => Kind::Budget {
            items: Vec::new(),
            total: hundred(),
            unit: Unit::default(),
            shuffle: false,
        },
        "number" => Kind::Number {
            min: None,
            max: None,
            suffix: None,
        },
        "short_text" => Kind::ShortText {
            max_length: short_length(),
        },
        "long_text" => Kind::LongText {
            max_length: long_length(),
            rows: five(),
        },
        "date" => Kind::Date {
            min: None,
            max: None,
        },
        "email" => Kind::Email {},
        "postcode" => Kind::Postcode { outside: None },
        "area" => Kind::Area { outside: None },
        "information" => Kind::Information { body: blank() },
        _ => return None,
    })
}

/// `kind` as another kind: choices and shuffling stay where the other kind has them.
#[must_use]
pub fn converted(kind: &Kind, name: &str, language: &Lang) -> Option<Kind> {
    if kind.name() == name {
        return Some(kind.clone());
    }
    let mut other = new_kind(name, language)?;
    let kept: Vec<Choice> = choices(kind).to_vec();
    let opens = matches!(other, Kind::Single { .. } | Kind::Multiple { .. });
    let is_multiple = matches!(other, Kind::Multiple { .. });
    let is_grid = matches!(other, Kind::Grid { .. });
    if let Some(choices) = choices_mut(&mut other) {
        *choices = kept;
        for choice in choices {
            choice.exclusive &= is_multiple;
            choice.side = choice.side.filter(|_| is_grid);
            if !opens {
                choice.other = None;
                choice.reveals.clear();
            }
        }
    }
    if let (
        Kind::Postcode { outside } | Kind::Area { outside },
        Kind::Postcode { outside: kept } | Kind::Area { outside: kept },
    ) = (&mut other, kind)
    {
        outside.clone_from(kept);
    }
    Some(other)
}

fn choices(kind: &Kind) -> &[Choice] {
    match kind {
        Kind::Single { choices, .. } | Kind::Multiple { choices, .. } => choices,
        Kind::Grid { columns, .. } => columns,
        Kind::Ranking { items, .. } | Kind::Budget { items, .. } => items,
        _ => &[],
    }
}

/// The list of choices of a kind that has one.
pub fn choices_mut(kind: &mut Kind) -> Option<&mut Vec<Choice>> {
    match kind {
        Kind::Single { choices, .. } | Kind::Multiple { choices, .. } => Some(choices),
        Kind::Grid { columns, .. } => Some(columns),
        Kind::Ranking { items, .. } | Kind::Budget { items, .. } => Some(items),
        _ => None,
    }
}

/// A choice with nothing but a code and words.
#[must_use]
pub fn new_choice(code: Code, label: Text) -> Choice {
    Choice {
        code,
        label,
        hint: None,
        theme: None,
        exclusive: false,
        apart: false,
        side: None,
        other: None,
        reveals: Vec::new(),
    }
}

/// A row with nothing but a code and words.
#[must_use]
pub fn new_row(code: Code, label: Text) -> Row {
    Row {
        code,
        label,
        theme: None,
    }
}
