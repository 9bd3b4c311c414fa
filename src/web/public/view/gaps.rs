//! Pages with gaps for what is their reader's own: the order of shuffled items, and what was answered. Such a page is
//! rendered once and kept; each reader's words are put into its gaps.

use super::{Shown, question::Item};
use crate::{
    survey::{
        definition::{Kind, Page, Question},
        piping::is_piped,
        shuffle,
    },
    web::{
        pages::{AnswerSection, AnswerView},
        templates::{escaped, gap},
    },
};

/// The gap that a page's own begin with; the one before is the form token's.
const FIRST: usize = 1;

/// Gaps of each item in an order of its reader's: what is sent, and its words plain, as HTML, and the line of help.
const EACH: usize = 4;

/// An item whose words are gaps.
pub(super) fn item_with_gaps(
    page: &Page,
    question: &Question,
    place: usize,
    has_hint: bool,
) -> Item {
    let before = page
        .all_questions()
        .take_while(|other| other.key != question.key)
        .filter(|other| other.shuffles())
        .map(|other| other.choices().len())
        .sum::<usize>();
    let first = FIRST + (before + place) * EACH;
    Item {
        code: gap(first),
        plain: gap(first + 1),
        line: gap(first + 2),
        hint: has_hint.then(|| gap(first + 3)),
    }
}

/// Whether an empty page is the same for everybody but for the order of its items, so that it can be kept with gaps.
#[must_use]
pub fn can_have_gaps(page: &Page) -> bool {
    // What somebody wrote is not kept beside the pages of others.
    !is_piped(page)
        && page
            .all_questions()
            .all(|question| !question.shuffles() || is_list(question))
}

/// Whether every item of a question looks the same but for its words.
fn is_list(question: &Question) -> bool {
    let items = question.choices();
    let hints = items.iter().filter(|item| item.hint.is_some()).count();
    matches!(question.kind, Kind::Ranking { .. } | Kind::Budget { .. })
        && (hints == 0 || hints == items.len())
}

/// What goes into the gaps of an empty page, as HTML.
#[must_use]
pub fn words_for_gaps(shown: &Shown<'_>) -> Vec<String> {
    let shuffled = shown
        .page
        .all_questions()
        .filter(|question| question.shuffles());
    let mut words = Vec::new();
    for question in shuffled {
        for choice in shuffle::choices(shown.seed, question) {
            let reader = &shown.reader;
            // A list to choose from shows plain words; a budget shows lines with help.
            let is_ranking = matches!(question.kind, Kind::Ranking { .. });
            let plain = is_ranking.then(|| escaped(&reader.plain(&choice.label)));
            let line = (!is_ranking).then(|| reader.line(&choice.label));
            let hint = choice.hint.as_ref().filter(|_| !is_ranking);
            words.extend([
                choice.code.to_string(),
                plain.unwrap_or_default(),
                line.unwrap_or_default(),
                hint.map_or_else(String::new, |hint| reader.line(hint)),
            ]);
        }
    }
    words
}

/// Takes the words out of answers and puts gaps in their place; gives the words, as HTML.
pub fn take_words(sections: &mut [AnswerSection]) -> Vec<String> {
    let mut words = Vec::new();
    let mut take = |text: &mut String| {
        let instead = gap(FIRST + words.len());
        words.push(std::mem::replace(text, instead));
    };
    for row in sections.iter_mut().flat_map(|section| &mut section.rows) {
        take(&mut row.question);
        match &mut row.answer {
            None => {}
            Some(AnswerView::Lines { lines } | AnswerView::Ranked { lines }) => {
                lines.iter_mut().for_each(&mut take);
            }
            Some(AnswerView::Pairs { pairs }) => {
                for pair in pairs {
                    take(&mut pair.what);
                    pair.value.iter_mut().for_each(&mut take);
                }
            }
            Some(AnswerView::Words { text }) => {
                *text = escaped(text);
                take(text);
            }
        }
    }
    words
}
