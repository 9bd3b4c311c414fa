//! What was answered, in words, for "check your answers" and the copy.

use super::Reader;
use crate::{
    survey::{
        answers::Answer,
        definition::{Kind, Question},
        display::{Words, answer_words},
        ids::{Code, Slug},
        journey::Journey,
        markdown,
    },
    web::{
        pages::{AnswerRow, AnswerSection, AnswerView, PairView},
        urls::Url,
    },
};

/// The shown questions of a journey with their answers, section by section; each with a link to change it, for `change`.
#[must_use]
pub fn answer_sections(
    reader: &Reader<'_>,
    journey: &Journey<'_>,
    change: Option<&Slug>,
) -> Vec<AnswerSection> {
    let shown: Vec<_> = journey.pages().map(|page| &page.key).collect();
    let sections = reader.definition.sections.iter().map(|section| {
        let pages = section
            .pages
            .iter()
            .filter(|page| shown.contains(&&page.key));
        let rows = pages.flat_map(|page| {
            let questions = journey
                .visible_questions(&page.key)
                .iter()
                .filter(|question| question.asks());
            questions.map(|question| AnswerRow {
                question: reader.line(question.short_or_label()),
                answer: answer_view(reader, question),
                note: note(reader, question),
                change: change.map(|slug| {
                    format!("{}#{}", Url::Change(slug, &page.key), first_field(question))
                }),
            })
        });
        AnswerSection {
            title: reader.plain(&section.title),
            rows: rows.collect(),
        }
    });
    sections
        .filter(|section| !section.rows.is_empty())
        .collect()
}

fn note(reader: &Reader<'_>, question: &Question) -> Option<String> {
    let is_found = matches!(question.kind, Kind::Postcode { .. })
        && matches!(
            reader.answers.values.get(&question.key),
            Some(Answer::One(_))
        );
    is_found.then(|| reader.speaker.id("check-postcode-not-kept"))
}

/// The id of the first field of a question.
fn first_field(question: &Question) -> String {
    let key = &question.key;
    match &question.kind {
        Kind::Grid { rows, .. } => rows.first().map(|row| format!("{key}-{}", row.code)),
        Kind::Ranking { .. } => Some(format!("{key}-1")),
        Kind::Budget { items, .. } => items.first().map(|item| format!("{key}-{}", item.code)),
        Kind::Date { .. } => Some(format!("{key}-day")),
        Kind::Postcode { .. } => Some(format!("{key}-postcode")),
        _ => None,
    }
    .unwrap_or_else(|| key.to_string())
}

fn answer_view(reader: &Reader<'_>, question: &Question) -> Option<AnswerView> {
    let area_name = |code: &Code| reader.area_name(code);
    let lang = reader.speaker.lang;
    let html = |phrase| reader.speaker.html(phrase);
    Some(
        match answer_words(
            reader.definition,
            question,
            reader.answers,
            lang,
            &area_name,
        ) {
            Words::NotAnswered => return None,
            Words::Lines(lines) if matches!(question.kind, Kind::LongText { .. }) => {
                AnswerView::Words {
                    text: lines
                        .iter()
                        .map(|line| reader.speaker.phrase(line))
                        .collect::<Vec<_>>()
                        .join("\n"),
                }
            }
            Words::Lines(lines) => AnswerView::Lines {
                lines: lines.iter().map(html).collect(),
            },
            Words::Pairs(pairs) if matches!(question.kind, Kind::Ranking { .. }) => {
                AnswerView::Ranked {
                    lines: pairs.iter().map(|(_, item)| html(item)).collect(),
                }
            }
            Words::Pairs(pairs) => {
                let mut pairs: Vec<_> = pairs
                    .iter()
                    .map(|(what, value)| PairView {
                        what: html(what),
                        value: Some(html(value)),
                    })
                    .collect();
                // Lines left out of a grid are shown as left out.
                for row in question.rows() {
                    let what = reader.line(&row.label);
                    if !pairs.iter().any(|pair| {
                        pair.what == what
                            || pair.what == markdown::escape(&reader.plain(&row.label))
                    }) {
                        pairs.push(PairView { what, value: None });
                    }
                }
                AnswerView::Pairs { pairs }
            }
        },
    )
}
