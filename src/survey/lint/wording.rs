//! Warnings about wording and length: two ideas in one question, leading words, sentences that are hard to read, long
//! pages, nothing for somebody who does not know, and special-category questions without a reason.
//!
//! The word lists are for English and looked at in English texts alone. They are meant to make an author read a question
//! once more: a warning stops nobody.

use super::{Findings, Located, pages};
use crate::survey::{
    definition::{Definition, Kind, Question},
    ids::Lang,
    reading::grade_of_at_least,
    text::Text,
};

/// The most questions a page is easily answered with on a phone; what opens under a choice does not count.
const MOST_ON_A_PAGE: usize = 6;
/// The school years a text for everybody may need (Flesch–Kincaid, see [`crate::survey::reading`]): reading age 14.
const HIGHEST_GRADE: f64 = 9.0;
/// Below this many words a grade says little.
const WORDS_FOR_A_GRADE: usize = 20;

/// Words and phrases that tell people what to think.
const LEADING: [&str; 16] = [
    "do you agree that",
    "don't you think",
    "don’t you think",
    "wouldn't you",
    "wouldn’t you",
    "surely",
    "obviously",
    "of course",
    "clearly",
    "as we all know",
    "everyone knows",
    "isn't it true",
    "isn’t it true",
    "how much do you support",
    "how good is",
    "how bad is",
];

/// Words with `and` or `or` between them that are one idea.
const ONE_IDEA: [&str; 14] = [
    "and crime",
    "fire and crime",
    "police and crime",
    "women and girls",
    "drugs and alcohol",
    "alcohol and drugs",
    "town and city",
    "villages and towns",
    "more or less",
    "one or more",
    "work or study",
    "live or work",
    "and wales",
    "gay or lesbian",
];

/// Beginnings of questions about an opinion or a rating: there, two ideas can have two answers.
const RATES: [&str; 10] = [
    "do you agree",
    "how satisfied",
    "how confident",
    "how important",
    "how well",
    "how good",
    "how easy",
    "how safe",
    "how likely",
    "do you think",
];

/// Words of questions whose answers are special-category data (UK GDPR, article 9), asked of the person.
const SPECIAL: [&str; 10] = [
    "ethnic group",
    "ethnicity",
    "religion",
    "sexual orientation",
    "trade union",
    "disability",
    "health condition",
    "political",
    "gender identity",
    "mental health condition",
];

pub(super) fn lint(definition: &Definition, located: &[Located<'_>], findings: &mut Findings) {
    for (spot, page) in pages(definition) {
        let count = page
            .questions
            .iter()
            .filter(|question| question.asks())
            .count();
        if count > MOST_ON_A_PAGE {
            findings.warning(
                &spot,
                format!("the page asks {count} questions at once"),
                format!("part it, so that each page asks {MOST_ON_A_PAGE} at most"),
            );
        }
        if let Some(intro) = &page.intro {
            hard_to_read(intro, &spot.at("intro"), findings);
        }
    }
    for entry in located {
        let question = entry.question;
        words(question, entry, findings);
        way_out(question, entry, findings);
        hidden_and_required(entry, findings);
        if question.sensitive.is_none() && question.asks() && !question.is_text() {
            let label = english(&question.label).to_lowercase();
            if let Some(found) = SPECIAL
                .iter()
                .find(|phrase| label.contains(*phrase) && label.contains("your"))
            {
                findings.warning(
                    &entry.spot,
                    format!("“{found}”: the answer may be special-category data, and no reason is given for asking"),
                    "say under “sensitive” why it is asked; the answers are then kept apart",
                );
            }
        }
    }
}

fn english(text: &Text) -> &str {
    let mut words = text.0.iter().filter(|(lang, _)| is_english(lang));
    words.next().map_or("", |(_, words)| words)
}

fn is_english(lang: &Lang) -> bool {
    lang.as_str() == "en" || lang.as_str().starts_with("en-")
}

fn words(question: &Question, entry: &Located<'_>, findings: &mut Findings) {
    let label = english(&question.label).to_lowercase();
    let spot = entry.spot.at("label");
    if let Some(found) = LEADING.iter().find(|phrase| label.contains(*phrase)) {
        findings.warning(
            &spot,
            format!("“{found}” leads people towards an answer"),
            "ask without it, so that every answer is as easy to give",
        );
    }
    if question.asks()
        && let Some(found) = two_ideas(&label)
    {
        findings.warning(
            &spot,
            format!("“{found}” may ask about two ideas at once"),
            "ask one question for each, or name one idea",
        );
    }
    hard_to_read(&question.label, &spot, findings);
    if let Some(hint) = &question.hint {
        hard_to_read(hint, &entry.spot.at("hint"), findings);
    }
    if let Kind::Information { body } = &question.kind {
        hard_to_read(body, &entry.spot.at("body"), findings);
    }
}

/// The words around an `and` or `or` in a question of opinion; none where they are one idea.
fn two_ideas(label: &str) -> Option<String> {
    let is_opinion = RATES.iter().any(|start| label.contains(start));
    let is_one = ONE_IDEA.iter().any(|phrase| label.contains(phrase));
    if !is_opinion || is_one {
        return None;
    }
    let words: Vec<&str> = label.split_whitespace().collect();
    // What stands in a list with commas is a list, not two ideas.
    let at = words
        .iter()
        .position(|word| matches!(*word, "and" | "or"))?;
    let (before, after) = (words.get(at.checked_sub(1)?)?, words.get(at + 1)?);
    let trimmed = after.trim_end_matches(['?', '.', ',']);
    (!before.ends_with(',')).then(|| format!("{before} {} {trimmed}", words[at]))
}

fn hard_to_read(text: &Text, spot: &super::Spot, findings: &mut Findings) {
    let grade = grade_of_at_least(WORDS_FOR_A_GRADE, english(text));
    if let Some(grade) = grade.filter(|grade| *grade > HIGHEST_GRADE) {
        findings.warning(
            spot,
            format!(
                "it takes about {:.0} years of school to read (Flesch–Kincaid grade {grade:.1})",
                grade.ceil()
            ),
            format!(
                "use shorter sentences and shorter words, for a grade of {HIGHEST_GRADE:.0} at most"
            ),
        );
    }
}

/// A required choice nobody can pass without an opinion makes up answers.
fn way_out(question: &Question, entry: &Located<'_>, findings: &mut Findings) {
    let choices = match &question.kind {
        Kind::Single { choices, .. } | Kind::Multiple { choices, .. } => choices,
        _ => return,
    };
    let has_way_out = question.prefer_not_to_say
        || choices
            .iter()
            .any(|choice| choice.apart || choice.exclusive || choice.other.is_some());
    // Two choices are a yes and a no.
    if question.required && choices.len() > 2 && !has_way_out {
        findings.warning(
            &entry.spot.at("required"),
            "an answer is needed, and there is none for somebody who doesn't know or won't say",
            "offer “Don’t know” (set apart) or “Prefer not to say”, or let people leave it out",
        );
    }
}

/// Under a choice, or behind a condition, an answer that is needed surprises people who change an earlier one.
fn hidden_and_required(entry: &Located<'_>, findings: &mut Findings) {
    let question = entry.question;
    if question.required && entry.revealed_by.is_some() && question.show_when.is_some() {
        findings.warning(
            &entry.spot.at("required"),
            "an answer is needed to a question that stands under a choice and behind a condition",
            "let people leave it out, or show it without a condition",
        );
    }
}
