//! Equality analysis: a table for each protected characteristic, its groups across and the headline measures down.

use crate::{
    analysis::{
        equality::{Characteristic, Equality, Group, GroupFigure, HeadlineMeasure},
        share::Base,
        themes::{Direction, Figure},
        variable::VariableKey,
    },
    results::ResultQuery,
    survey::{ids::Slug, message::Message},
    web::pages::{CrossCellView, CrossColumnView, CrossRowView, CrossTable},
};

use super::{
    NUMBERS,
    compare::people,
    files,
    variables::{category_name, variable_name},
    words::{NONE, Words, decimal, or_none, percent},
};

/// The tables of an analysis.
#[must_use]
pub fn equality_tables(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    outcome: &Equality,
) -> Vec<CrossTable> {
    let tables = outcome.characteristics.iter().enumerate();
    let mut tables: Vec<CrossTable> = tables
        .map(|(place, characteristic)| table(words, outcome, characteristic, place))
        .collect();
    if let Some(first) = tables.first_mut() {
        first.files = files(slug, "equality", &query.query(), NUMBERS, |id| words.id(id));
    }
    tables
}

fn table(
    words: &Words<'_>,
    outcome: &Equality,
    characteristic: &Characteristic,
    place: usize,
) -> CrossTable {
    let few = words.id("equality-few");
    let column = |group: &Group| CrossColumnView {
        name: category_name(words, &characteristic.variable, &group.code),
        letter: String::new(),
        base: people(group.people, few.clone()),
        thin: group.people.is_none_or(Base::is_small),
    };
    let rows = outcome
        .measures
        .iter()
        .enumerate()
        .map(|(place, measure)| CrossRowView {
            name: measure_name(words, measure),
            note: None,
            is_mean: matches!(measure, HeadlineMeasure::Mean { .. }),
            all: match &characteristic.everybody[place] {
                Some(figure) => CrossCellView::plain(value(figure), interval(words, figure)),
                None => CrossCellView::plain(NONE.to_owned(), String::new()),
            },
            cells: characteristic
                .groups
                .iter()
                .map(|group| cell(words, &group.figures[place]))
                .collect(),
        });
    let rows: Vec<CrossRowView> = rows.collect();
    let shown = characteristic
        .groups
        .iter()
        .filter_map(|group| group.people);
    let all: u32 = shown.map(|people| people.0).sum();
    let nobody = |group: &Group| group.people == Some(Base(0));
    let is_empty = characteristic.groups.iter().all(nobody);
    let mut cells = rows.iter().flat_map(|row| &row.cells);
    let has_thin = cells.any(|cell| cell.thin);
    let suppressed = characteristic
        .groups
        .iter()
        .filter(|group| group.people.is_none())
        .count();
    let suppressed = u32::try_from(suppressed).unwrap_or(u32::MAX);
    let differ = rows
        .iter()
        .flat_map(|row| &row.cells)
        .filter(|cell| !cell.differs.is_empty())
        .count();
    let name = variable_name(words, &characteristic.variable);
    let title = if differ > 0 {
        "equality-differs"
    } else {
        "equality-title"
    };
    let differ = i64::try_from(differ).unwrap_or(i64::MAX);
    CrossTable {
        id: format!("equality-{}", place + 1),
        title: words.say(
            &Message::new(title)
                .with("name", name.clone())
                .with("count", differ),
        ),
        lead: words.id("equality-lead"),
        corner: words.id("equality-measure"),
        has_letters: false,
        columns: characteristic.groups.iter().map(column).collect(),
        all_base: super::words::count(all),
        rows,
        empty: is_empty.then(|| words.id("officers-no-answers")),
        sentences: Vec::new(),
        warnings: if suppressed > 0 && !is_empty {
            vec![words.counted("equality-suppressed", suppressed)]
        } else {
            Vec::new()
        },
        marked: differ > 0,
        has_thin,
        tests: characteristic.tests,
        base: words.counted("equality-base", all),
        files: Vec::new(),
    }
}

fn cell(words: &Words<'_>, of: &GroupFigure) -> CrossCellView {
    let Some(figure) = &of.figure else {
        let value = if of.suppressed {
            words.id("equality-hidden")
        } else {
            NONE.to_owned()
        };
        return CrossCellView {
            thin: of.suppressed,
            ..CrossCellView::plain(value, String::new())
        };
    };
    CrossCellView {
        differs: match of.mark {
            Some(Direction::More) => "higher",
            Some(Direction::Less) => "lower",
            None => "",
        },
        strong: false,
        thin: of.small,
        ..CrossCellView::plain(value(figure), interval(words, figure))
    }
}

fn value(figure: &Figure) -> String {
    match figure {
        Figure::Mean(_) => or_none(figure.value(), decimal),
        _ => or_none(figure.value(), percent),
    }
}

fn interval(words: &Words<'_>, figure: &Figure) -> String {
    match figure {
        Figure::Mean(_) => words.mean_interval(figure.interval(), decimal),
        _ => words.share_interval(figure.interval()),
    }
}

fn measure_name(words: &Words<'_>, measure: &HeadlineMeasure) -> String {
    match measure {
        HeadlineMeasure::Theme { theme } => {
            words.say(&Message::new("equality-theme").with("theme", words.theme(theme)))
        }
        HeadlineMeasure::Mean { variable } => {
            words.say(&Message::new("equality-mean").with("name", variable_name(words, variable)))
        }
        HeadlineMeasure::Victim => words.id("filter-victim"),
        HeadlineMeasure::TopTwo { variable, answers } => {
            let [first, second] = answers
                .each_ref()
                .map(|code| category_name(words, variable, code));
            let name = match variable {
                VariableKey::Part(question, row) => {
                    words.definition.question(question).map_or_else(
                        || variable_name(words, variable),
                        |question| words.row(question, row),
                    )
                }
                _ => variable_name(words, variable),
            };
            let message = Message::new("equality-top-two").with("name", name);
            words.say(&message.with("first", first).with("second", second))
        }
    }
}
