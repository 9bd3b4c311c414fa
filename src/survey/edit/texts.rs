//! How many texts of a definition there are, and how many each language has.

use crate::survey::{
    definition::{Definition, Kind, Question},
    ids::Lang,
    text::Text,
};

/// How complete a language is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completeness {
    /// The language.
    pub lang: Lang,
    /// Texts that have words in it.
    pub written: usize,
    /// Texts in all.
    pub texts: usize,
}

/// How complete each language of a definition is, in their order.
#[must_use]
pub fn completeness(definition: &Definition) -> Vec<Completeness> {
    let texts = all(definition);
    let has = |text: &&Text, lang: &Lang| {
        text.0
            .get(lang)
            .is_some_and(|words| !words.trim().is_empty())
    };
    definition
        .languages
        .iter()
        .map(|lang| Completeness {
            lang: lang.clone(),
            written: texts.iter().filter(|text| has(text, lang)).count(),
            texts: texts.len(),
        })
        .collect()
}

fn all(definition: &Definition) -> Vec<&Text> {
    let overview = &definition.overview;
    let mut texts = vec![
        &definition.title,
        &definition.short_title,
        &definition.summary,
        &overview.what_we_ask,
        &overview.who_can_answer,
        &overview.privacy,
    ];
    texts.extend(
        [
            &overview.last_time,
            &overview.dates_changed,
            &overview.other_ways,
            &overview.privacy_notice,
        ]
        .into_iter()
        .flatten(),
    );
    texts.extend(
        overview
            .measures
            .iter()
            .flat_map(|measure| [&measure.figure, &measure.what, &measure.source]),
    );
    texts.extend(
        overview
            .timeline
            .iter()
            .flat_map(|step| [&step.when, &step.what]),
    );
    texts.extend(
        definition
            .themes
            .iter()
            .flat_map(|theme| Some(&theme.label).into_iter().chain(&theme.description)),
    );
    texts.extend(definition.checks.iter().map(|check| &check.label));
    texts.extend(definition.sections.iter().map(|section| &section.title));
    texts.extend(
        definition
            .pages()
            .flat_map(|(_, page)| Some(&page.title).into_iter().chain(&page.intro)),
    );
    texts.extend(definition.questions().flat_map(of_question));
    texts
}

fn of_question(question: &Question) -> Vec<&Text> {
    let mut texts = vec![&question.label];
    texts.extend(
        [
            &question.short,
            &question.hint,
            &question.required_message,
            &question.sensitive,
        ]
        .into_iter()
        .flatten(),
    );
    for choice in question.choices() {
        texts.push(&choice.label);
        texts.extend([&choice.hint, &choice.other].into_iter().flatten());
    }
    texts.extend(question.rows().iter().map(|row| &row.label));
    match &question.kind {
        Kind::Scale {
            min_label,
            max_label,
            ..
        } => texts.extend([min_label, max_label]),
        Kind::Number {
            suffix: Some(text), ..
        }
        | Kind::Postcode {
            outside: Some(text),
        }
        | Kind::Area {
            outside: Some(text),
        }
        | Kind::Information { body: text } => texts.push(text),
        _ => {}
    }
    texts
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::survey::sample::small;

    #[test]
    fn a_language_is_as_complete_as_its_texts() {
        let mut definition = small();
        let welsh = Lang::new("cy").unwrap();
        definition.languages.push(welsh.clone());
        definition.title.0.insert(welsh.clone(), "Beth?".to_owned());
        definition.summary.0.insert(welsh, " ".to_owned());
        let found = completeness(&definition);
        let texts = found[0].texts;
        assert_eq!(
            (found[0].written, found[1].written, found[1].texts),
            (texts, 1, texts)
        );
        // Three titles of the front, three of the overview, a theme, a section, a page; three questions, two choices, two ends.
        assert_eq!(texts, 16);
    }
}
