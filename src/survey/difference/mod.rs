//! What is different between two definitions, in sentences, and what each difference means for answers.
//!
//! Things are told apart by their keys and codes, never by their words: a question with another key is another question.

mod condition;
mod fields;
mod lists;
#[cfg(test)]
mod tests;

pub use condition::condition_words;

use serde::Serialize;
use serde_json::Value;

use super::{
    definition::{Definition, Kind, Page, Question},
    ids::{Lang, PageKey, QuestionKey, SectionKey},
    message::Message,
};
use fields::{Rule, object};

/// What a difference means for answers; the gravest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Everybody is asked the same as before: it may be published while the survey is open.
    Harmless,
    /// Answers before and after are not answers to quite the same thing: comparing them needs a word of caution.
    Comparison,
    /// Somebody halfway through and somebody who starts now would be asked different things.
    Breaks,
}

impl Effect {
    /// Its name, as in a message id.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Harmless => "harmless",
            Self::Comparison => "comparison",
            Self::Breaks => "breaks",
        }
    }
}

/// What a difference is at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The survey as a whole.
    Survey,
    /// A section.
    Section(SectionKey),
    /// A page.
    Page(PageKey),
    /// A question.
    Question(QuestionKey),
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What it means.
    pub effect: Effect,
    /// What it is at.
    pub place: Place,
    /// What it is, as a sentence.
    pub message: Message,
}

/// Every difference between two definitions in the order of the document; none for equal ones.
#[must_use]
pub fn difference(before: &Definition, after: &Definition) -> Vec<Change> {
    let mut changes = Changes {
        before,
        after,
        lang: after.first_language(),
        found: Vec::new(),
    };
    changes.survey();
    changes.sections();
    changes.pages();
    changes.questions();
    if changes.found.is_empty() && before != after {
        changes.add(
            Effect::Comparison,
            Place::Survey,
            Message::new("change-other"),
        );
    }
    changes.found
}

/// The gravest effect of some changes; none of no changes.
#[must_use]
pub fn gravest(changes: &[Change]) -> Option<Effect> {
    changes.iter().map(|change| change.effect).max()
}

struct Changes<'a> {
    before: &'a Definition,
    after: &'a Definition,
    lang: Lang,
    found: Vec<Change>,
}

impl Changes<'_> {
    fn add(&mut self, effect: Effect, place: Place, message: Message) {
        self.found.push(Change {
            effect,
            place,
            message,
        });
    }

    fn survey(&mut self) {
        let front = |definition: &Definition| {
            let mut front = definition.clone();
            front.sections.clear();
            object(&front)
        };
        let (before, after) = (front(self.before), front(self.after));
        let rule = |field: &str| match field {
            "roles" | "checks" | "themes" => Rule::Plain(Effect::Comparison),
            "slug" | "format" | "time_zone" => Rule::Plain(Effect::Breaks),
            _ => Rule::Plain(Effect::Harmless),
        };
        for field in fields::changed(&before, &after) {
            if matches!(field.as_str(), "overview" | "sections") {
                continue;
            }
            self.field(
                &Place::Survey,
                None,
                &field,
                (&before, &after),
                rule(&field),
            );
        }
        let overview = |value: &Value| value.get("overview").cloned().unwrap_or_default();
        let (before, after) = (overview(&before), overview(&after));
        for field in fields::changed(&before, &after) {
            let harmless = Rule::Plain(Effect::Harmless);
            self.field(&Place::Survey, None, &field, (&before, &after), harmless);
        }
    }

    fn sections(&mut self) {
        let keys = |definition: &Definition| -> Vec<SectionKey> {
            definition
                .sections
                .iter()
                .map(|section| section.key.clone())
                .collect()
        };
        let steps = lists::compare(&keys(self.before), &keys(self.after));
        for key in &steps.removed {
            let title = self
                .before
                .sections
                .iter()
                .find(|section| section.key == *key);
            let title = title.map_or_else(String::new, |section| self.words(&section.title));
            let message = Message::new("change-section-removed").with("name", title);
            self.add(Effect::Comparison, Place::Survey, message);
        }
        let after = self.after;
        for section in &after.sections {
            let name = self.words(&section.title);
            let place = Place::Section(section.key.clone());
            if steps.added.contains(&section.key) {
                self.add(
                    Effect::Harmless,
                    place,
                    Message::new("change-section-added").with("name", name),
                );
                continue;
            }
            if steps.moved.contains(&section.key) {
                let message = Message::new("change-section-moved").with("name", name);
                self.add(Effect::Breaks, place.clone(), message);
            }
            let old = self
                .before
                .sections
                .iter()
                .find(|old| old.key == section.key);
            if let Some(old) = old.filter(|old| old.title != section.title) {
                let pair = (
                    serde_json::json!({ "title": object(&old.title) }),
                    serde_json::json!({ "title": object(&section.title) }),
                );
                self.field(
                    &place,
                    None,
                    "title",
                    (&pair.0, &pair.1),
                    Rule::Plain(Effect::Harmless),
                );
            }
        }
    }

    fn pages(&mut self) {
        let keys = |definition: &Definition| -> Vec<PageKey> {
            definition
                .pages()
                .map(|(_, page)| page.key.clone())
                .collect()
        };
        let steps = lists::compare(&keys(self.before), &keys(self.after));
        for key in &steps.removed {
            let title = self
                .before
                .page(key)
                .map_or_else(String::new, |page| self.words(&page.title));
            let message = Message::new("change-page-removed").with("name", title);
            self.add(Effect::Breaks, Place::Survey, message);
        }
        let after = self.after;
        for (section, page) in after.pages() {
            let place = Place::Page(page.key.clone());
            let name = self.words(&page.title);
            let Some(old) = self.before.page(&page.key) else {
                self.add(
                    Effect::Breaks,
                    place,
                    Message::new("change-page-added").with("name", name),
                );
                continue;
            };
            let was_in = self
                .before
                .section_of(&page.key)
                .map(|section| &section.key);
            if was_in != Some(&section.key) || steps.moved.contains(&page.key) {
                let message = Message::new("change-page-moved").with("name", name);
                self.add(Effect::Breaks, place.clone(), message);
            }
            let front = |page: &Page| {
                let mut page = page.clone();
                page.questions.clear();
                object(&page)
            };
            let (before, after) = (front(old), front(page));
            for field in fields::changed(&before, &after) {
                let effect = if field == "show_when" {
                    Effect::Breaks
                } else {
                    Effect::Harmless
                };
                self.field(&place, None, &field, (&before, &after), Rule::Plain(effect));
            }
        }
    }

    fn questions(&mut self) {
        let keys = |definition: &Definition| -> Vec<QuestionKey> {
            definition
                .questions()
                .map(|question| question.key.clone())
                .collect()
        };
        let steps = lists::compare(&keys(self.before), &keys(self.after));
        for key in &steps.removed {
            let name = self
                .before
                .question(key)
                .map_or_else(String::new, |question| self.name(question));
            let message = Message::new("change-question-removed").with("name", name);
            self.add(Effect::Breaks, Place::Survey, message);
        }
        let after = self.after;
        for question in after.questions() {
            let place = Place::Question(question.key.clone());
            let name = self.name(question);
            let Some(old) = self.before.question(&question.key) else {
                let effect = if question.asks() {
                    Effect::Breaks
                } else {
                    Effect::Harmless
                };
                self.add(
                    effect,
                    place,
                    Message::new("change-question-added").with("name", name),
                );
                continue;
            };
            if home(self.before, &question.key) != home(after, &question.key) {
                let message = Message::new("change-question-moved-page").with("name", name.clone());
                self.add(Effect::Breaks, place.clone(), message);
            } else if steps.moved.contains(&question.key) {
                let message = Message::new("change-question-moved").with("name", name.clone());
                self.add(Effect::Comparison, place.clone(), message);
            }
            self.question(&place, old, question);
        }
    }

    fn question(&mut self, place: &Place, old: &Question, new: &Question) {
        let name = self.name(new);
        if old.kind.name() != new.kind.name() {
            let message = Message::new("change-kind")
                .with("name", name.clone())
                .with("before", Message::new(kind_message(&old.kind)))
                .with("after", Message::new(kind_message(&new.kind)));
            self.add(Effect::Breaks, place.clone(), message);
        }
        let (before, after) = (object(old), object(new));
        for field in fields::changed(&before, &after) {
            match field.as_str() {
                "kind" | "key" => {}
                "choices" | "columns" | "items" => self.choices(place, &name, old, new),
                "rows" if !old.rows().is_empty() || !new.rows().is_empty() => {
                    self.rows(place, &name, old, new)
                }
                _ if old.kind.name() != new.kind.name()
                    && !fields::COMMON.contains(&field.as_str()) => {}
                field => {
                    let rule = fields::question_rule(field, &before, &after);
                    self.field(place, Some(&name), field, (&before, &after), rule);
                }
            }
        }
    }

    fn choices(&mut self, place: &Place, name: &str, old: &Question, new: &Question) {
        let codes = |question: &Question| -> Vec<_> {
            question
                .choices()
                .iter()
                .map(|choice| choice.code.clone())
                .collect()
        };
        let steps = lists::compare(&codes(old), &codes(new));
        for code in &steps.removed {
            let words = old
                .choice(code)
                .map_or_else(String::new, |choice| self.words(&choice.label));
            self.listed("change-choice-removed", Effect::Breaks, place, name, words);
        }
        for choice in new.choices() {
            let words = self.words(&choice.label);
            let Some(was) = old.choice(&choice.code) else {
                self.listed(
                    "change-choice-added",
                    Effect::Comparison,
                    place,
                    name,
                    words,
                );
                continue;
            };
            if steps.moved.contains(&choice.code) {
                self.listed(
                    "change-choice-moved",
                    Effect::Comparison,
                    place,
                    name,
                    words.clone(),
                );
            }
            let front = |choice: &super::definition::Choice| {
                let mut choice = choice.clone();
                // Questions are compared one by one.
                choice.reveals.clear();
                object(&choice)
            };
            let (before, after) = (front(was), front(choice));
            let about = Message::new("change-of-choice")
                .with("choice", words)
                .with("name", name.to_owned());
            for field in fields::changed(&before, &after) {
                let rule = fields::choice_rule(&field, &before, &after);
                self.field_of(place, Some(about.clone()), &field, (&before, &after), rule);
            }
        }
    }

    fn rows(&mut self, place: &Place, name: &str, old: &Question, new: &Question) {
        let codes = |question: &Question| -> Vec<_> {
            question.rows().iter().map(|row| row.code.clone()).collect()
        };
        let steps = lists::compare(&codes(old), &codes(new));
        for row in old
            .rows()
            .iter()
            .filter(|row| steps.removed.contains(&row.code))
        {
            let words = self.words(&row.label);
            self.listed("change-row-removed", Effect::Breaks, place, name, words);
        }
        for row in new.rows() {
            let words = self.words(&row.label);
            let Some(was) = old.rows().iter().find(|was| was.code == row.code) else {
                self.listed("change-row-added", Effect::Comparison, place, name, words);
                continue;
            };
            if steps.moved.contains(&row.code) {
                self.listed(
                    "change-row-moved",
                    Effect::Comparison,
                    place,
                    name,
                    words.clone(),
                );
            }
            let (before, after) = (object(was), object(row));
            let about = Message::new("change-of-choice")
                .with("choice", words)
                .with("name", name.to_owned());
            for field in fields::changed(&before, &after) {
                let rule = fields::choice_rule(&field, &before, &after);
                self.field_of(place, Some(about.clone()), &field, (&before, &after), rule);
            }
        }
    }

    fn listed(
        &mut self,
        id: &'static str,
        effect: Effect,
        place: &Place,
        name: &str,
        words: String,
    ) {
        let message = Message::new(id)
            .with("name", name.to_owned())
            .with("choice", words);
        self.add(effect, place.clone(), message);
    }

    fn field(
        &mut self,
        place: &Place,
        name: Option<&str>,
        field: &str,
        pair: (&Value, &Value),
        rule: Rule,
    ) {
        let about =
            name.map(|name| Message::new("change-of-question").with("name", name.to_owned()));
        self.field_of(place, about, field, pair, rule);
    }

    fn field_of(
        &mut self,
        place: &Place,
        about: Option<Message>,
        field: &str,
        pair: (&Value, &Value),
        rule: Rule,
    ) {
        let value = |from: &Value| from.get(field).cloned().unwrap_or(Value::Null);
        let (mut before, mut after) = (value(pair.0), value(pair.1));
        // What is false is left out of a document.
        if before.is_boolean() && after.is_null() {
            after = Value::Bool(false);
        } else if after.is_boolean() && before.is_null() {
            before = Value::Bool(false);
        }
        let effect = rule.effect(&before, &after, &self.lang);
        let about = about.unwrap_or_else(|| match place {
            Place::Page(key) => {
                let title = self
                    .after
                    .page(key)
                    .map_or_else(String::new, |page| self.words(&page.title));
                Message::new("change-of-page").with("name", title)
            }
            Place::Section(_) => Message::new("change-of-section"),
            _ => Message::new("change-of-survey"),
        });
        let what = fields::name(field);
        let said =
            |value: &Value, definition: &Definition| fields::said(value, &self.lang, definition);
        let (old, new) = (said(&before, self.before), said(&after, self.after));
        let message = match (old, new) {
            (Some(old), Some(new)) => Message::new("change-field")
                .with("about", about)
                .with("what", what)
                .with("before", old)
                .with("after", new),
            _ => Message::new("change-field-other")
                .with("about", about)
                .with("what", what),
        };
        self.add(effect, place.clone(), message);
    }

    fn words(&self, text: &super::text::Text) -> String {
        text.get(&self.lang, &self.lang).to_owned()
    }

    fn name(&self, question: &Question) -> String {
        self.words(question.short_or_label())
    }
}

/// The page a question stands on and the choice it opens under.
fn home(
    definition: &Definition,
    key: &QuestionKey,
) -> Option<(PageKey, Option<(QuestionKey, String)>)> {
    let page = definition.page_of(key)?;
    let parent = page.all_questions().find_map(|question| {
        let choice = question
            .choices()
            .iter()
            .find(|choice| choice.reveals.iter().any(|inner| inner.key == *key))?;
        Some((question.key.clone(), choice.code.to_string()))
    });
    Some((page.key.clone(), parent))
}

/// The message that names a kind.
#[must_use]
pub const fn kind_message(kind: &Kind) -> &'static str {
    match kind {
        Kind::Single { .. } => "kind-single",
        Kind::Multiple { .. } => "kind-multiple",
        Kind::Grid { .. } => "kind-grid",
        Kind::Scale { .. } => "kind-scale",
        Kind::Ranking { .. } => "kind-ranking",
        Kind::Budget { .. } => "kind-budget",
        Kind::Number { .. } => "kind-number",
        Kind::ShortText { .. } => "kind-short-text",
        Kind::LongText { .. } => "kind-long-text",
        Kind::Date { .. } => "kind-date",
        Kind::Email {} => "kind-email",
        Kind::Postcode { .. } => "kind-postcode",
        Kind::Area { .. } => "kind-area",
        Kind::Information { .. } => "kind-information",
    }
}
