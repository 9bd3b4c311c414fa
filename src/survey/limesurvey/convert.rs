//! The conversion as a whole: questions first, so that all names are known, then routing, then words.

use std::collections::{HashMap, HashSet};

use super::{
    LssError, Report, Why, equation,
    names::Names,
    report::{Loss, Place, shortened},
    routing::{self, Route},
    source::{Asked, Group, Source, Words},
    standing::{self, Standing},
    texts,
    variables::Variables,
    whole,
    xml::at_most,
};
use crate::survey::{
    condition::Condition,
    definition::{Definition, Page, Question, Section},
    ids::{Lang, QuestionKey},
    read::MOST_QUESTIONS,
    text::Text,
};

/// What a page asks at most.
const MOST_ON_PAGE: usize = 4;

/// What is known while questions are made.
pub(super) struct Maker<'a> {
    pub(super) source: &'a Source,
    pub(super) report: &'a mut Report,
    pub(super) names: Names,
    pub(super) variables: Variables,
    /// Where each question comes from.
    pub(super) places: HashMap<QuestionKey, Place>,
    pub(super) uses_standing: bool,
}

/// A question as it was asked, and what became of it.
struct Made<'a> {
    asked: &'a Asked,
    questions: Vec<Question>,
}

/// Converts a survey.
///
/// # Errors
/// `NoQuestions`, or a bound of definitions.
pub(super) fn definition(source: &Source, report: &mut Report) -> Result<Definition, LssError> {
    let mut maker = Maker {
        source,
        report,
        names: Names::default(),
        variables: Variables::default(),
        places: HashMap::new(),
        uses_standing: false,
    };
    let mut groups: Vec<(&Group, Vec<Made<'_>>)> = Vec::new();
    for group in &source.groups {
        let mut made = Vec::new();
        for asked in &group.questions {
            let questions = maker.carry(group, asked);
            // Each field of a question counts; telling them apart takes longer the more there are.
            at_most(maker.places.len(), MOST_QUESTIONS, "questions", || {
                "the survey, with each field that becomes a question".to_owned()
            })?;
            if let [first, .., _] = questions.as_slice() {
                let loss = Loss::Several {
                    count: questions.len(),
                    first: first.key.to_string(),
                };
                maker.report.add(&asked.place(), loss);
            }
            if !questions.is_empty() {
                made.push(Made { asked, questions });
            }
        }
        groups.push((group, made));
    }
    let mut before: HashSet<QuestionKey> = HashSet::new();
    let mut sections = Vec::new();
    for (group, made) in groups {
        sections.extend(maker.section(group, made, &mut before));
    }
    if sections.is_empty() {
        return Err(LssError::NoQuestions);
    }
    let Maker {
        places,
        uses_standing,
        ..
    } = maker;
    if uses_standing {
        for language in source.languages.iter().map(Lang::as_str) {
            if !standing::is_known(language) {
                let language = language.to_owned();
                report.add(&Place::Survey, Loss::StandingWords { language });
            }
        }
    }
    let mut definition = whole::definition(source, sections, report)?;
    texts::finish(&mut definition, source, &places, report);
    // What breaks a bound of definitions is refused here, with the words of the reader.
    Ok(Definition::from_json(&definition.to_json()?)?)
}

impl Maker<'_> {
    /// Words of the program's own.
    pub(super) fn standing(&mut self, standing: Standing) -> Text {
        self.uses_standing = true;
        let languages = self.source.languages.iter();
        let words = languages.map(|lang| {
            let words = standing::words(standing, lang.as_str());
            (lang.clone(), words.to_owned())
        });
        Text(words.collect())
    }

    /// One text after another, `joint` between them.
    pub(super) fn joined(&self, first: &Words, joint: &str, second: &Words) -> Text {
        let base = &self.source.languages[0];
        let of = |words: &Words, lang: &Lang| Text(words.clone()).get(lang, base).to_owned();
        let languages = self.source.languages.iter();
        let words = languages.map(|lang| {
            let words = [of(first, lang), of(second, lang)];
            (lang.clone(), words.join(joint))
        });
        Text(words.collect())
    }

    fn section(
        &mut self,
        group: &Group,
        made: Vec<Made<'_>>,
        before: &mut HashSet<QuestionKey>,
    ) -> Option<Section> {
        let base = &self.source.languages[0];
        let name = super::html::convert(
            Text(group.name.clone()).get(base, base),
            super::html::Form::Plain,
        )
        .0;
        let place = Place::Group(shortened(&name));
        if group.randomised {
            let name = "randomization_group".to_owned();
            self.report.add(
                &place,
                Loss::Attribute {
                    name,
                    value: "set".to_owned(),
                },
            );
        }
        if made.is_empty() {
            self.report.add(&place, Loss::EmptyGroup);
            return None;
        }
        let shares = shared_out(made);
        let page_condition =
            self.relevance(&place, &group.relevance, &[], &|key| before.contains(key));
        if shares.len() > 1 {
            self.report.add(
                &place,
                Loss::Pages {
                    pages: shares.len(),
                },
            );
        }
        let pages = shares.len();
        let section_key = self.names.section(&name)?;
        let mut section = Section {
            key: section_key,
            title: Text(group.name.clone()),
            pages: Vec::new(),
        };
        for (at, share) in shares.into_iter().enumerate() {
            let mut page = Page {
                key: self.names.page(&name)?,
                title: if pages > 1 {
                    self.part_title(group, at + 1, pages)
                } else {
                    Text(group.name.clone())
                },
                intro: (at == 0 && !group.description.is_empty())
                    .then(|| Text(group.description.clone())),
                show_when: page_condition.clone(),
                safety: false,
                questions: Vec::new(),
            };
            for Made { asked, questions } in share {
                let condition = self.relevance(
                    &asked.place(),
                    &asked.relevance,
                    &asked.conditions,
                    &|key| before.contains(key),
                );
                for mut question in questions {
                    question.show_when.clone_from(&condition);
                    let keys = std::iter::once(&question)
                        .chain(question.choices().iter().flat_map(|choice| &choice.reveals));
                    for inner in keys {
                        before.insert(inner.key.clone());
                    }
                    page.questions.push(question);
                }
            }
            section.pages.push(page);
        }
        Some(section)
    }

    fn part_title(&self, group: &Group, at: usize, pages: usize) -> Text {
        let mut title = Text(group.name.clone());
        for words in title.0.values_mut() {
            *words = format!("{words} ({at}/{pages})");
        }
        title
    }

    /// When something is shown; what has no counterpart is reported, and then it always is.
    fn relevance(
        &mut self,
        place: &Place,
        equation: &str,
        conditions: &[super::xml::Row],
        is_before: &dyn Fn(&QuestionKey) -> bool,
    ) -> Option<Condition> {
        let trivial = ["", "1"].contains(&equation);
        let found = if trivial && !conditions.is_empty() {
            routing::of_conditions(conditions, &self.variables)
        } else if trivial {
            Ok(Route::Always)
        } else {
            equation::parse(equation).and_then(|parsed| routing::route(&parsed, &self.variables))
        };
        let found = found.and_then(|route| match route {
            Route::Always => Ok(None),
            Route::Never => Err(Why::Comparison("0".to_owned())),
            Route::When(condition) => match condition
                .questions()
                .into_iter()
                .find(|key| !is_before(key))
            {
                Some(later) => Err(Why::Later(later.to_string())),
                None => Ok(Some(condition)),
            },
        });
        found.unwrap_or_else(|why| {
            let loss = if trivial {
                Loss::Conditions { why }
            } else {
                Loss::Equation {
                    equation: shortened(equation),
                    why,
                }
            };
            self.report.add(place, loss);
            None
        })
    }
}

/// Shares a group's questions out to pages of four at most; what one question became stays together where it can.
fn shared_out(made: Vec<Made<'_>>) -> Vec<Vec<Made<'_>>> {
    let mut shares: Vec<Vec<Made<'_>>> = Vec::new();
    let mut room = 0;
    for one in made {
        let mut questions = one.questions;
        while !questions.is_empty() {
            if questions.len() > room && room < MOST_ON_PAGE {
                shares.push(Vec::new());
                room = MOST_ON_PAGE;
            }
            let rest = questions.split_off(questions.len().min(room));
            room -= questions.len();
            if let Some(share) = shares.last_mut() {
                share.push(Made {
                    asked: one.asked,
                    questions,
                });
            }
            questions = rest;
        }
    }
    shares
}
