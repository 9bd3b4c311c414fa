//! Sections, pages and questions: found, added, moved, taken away.

use std::collections::HashSet;

use super::{Refused, Spot, Step, kinds::choices_mut, names};
use crate::survey::{
    definition::{Definition, Kind, Page, Question, Section},
    ids::{PageKey, QuestionKey, SectionKey},
    lint::RESERVED_PAGES,
    text::Text,
};

fn missing(name: &impl ToString) -> Refused {
    Refused::Missing(name.to_string())
}

fn words(text: &Text) -> &str {
    text.0
        .values()
        .map(String::as_str)
        .find(|words| !words.trim().is_empty())
        .unwrap_or_default()
}

pub(super) fn section<'a>(
    definition: &'a mut Definition,
    key: &SectionKey,
) -> Result<&'a mut Section, Refused> {
    let mut sections = definition.sections.iter_mut();
    sections
        .find(|section| section.key == *key)
        .ok_or_else(|| missing(key))
}

pub(super) fn page<'a>(
    definition: &'a mut Definition,
    key: &PageKey,
) -> Result<&'a mut Page, Refused> {
    let mut pages = definition
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.pages);
    pages
        .find(|page| page.key == *key)
        .ok_or_else(|| missing(key))
}

/// The list a question stands in, and its place there.
fn list_of<'a>(
    definition: &'a mut Definition,
    key: &QuestionKey,
) -> Result<(&'a mut Vec<Question>, usize), Refused> {
    fn within<'a>(
        list: &'a mut Vec<Question>,
        key: &QuestionKey,
    ) -> Option<(&'a mut Vec<Question>, usize)> {
        if let Some(at) = list.iter().position(|question| question.key == *key) {
            return Some((list, at));
        }
        list.iter_mut()
            .filter_map(|question| choices_mut(&mut question.kind))
            .flatten()
            .find_map(|choice| within(&mut choice.reveals, key))
    }
    let mut pages = definition
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.pages);
    pages
        .find_map(|page| within(&mut page.questions, key))
        .ok_or_else(|| missing(key))
}

pub(super) fn question<'a>(
    definition: &'a mut Definition,
    key: &QuestionKey,
) -> Result<&'a mut Question, Refused> {
    let (list, at) = list_of(definition, key)?;
    list.get_mut(at).ok_or_else(|| missing(key))
}

fn neighbour(at: usize, step: Step, len: usize) -> Option<usize> {
    match step {
        Step::Up => at.checked_sub(1),
        Step::Down => Some(at + 1).filter(|next| *next < len),
    }
}

pub(super) fn add_section(definition: &mut Definition, title: Text) {
    let is_taken = |key: &SectionKey| {
        definition
            .sections
            .iter()
            .any(|section| section.key == *key)
    };
    if let Ok(key) = names::slug_from(words(&title), "section", is_taken) {
        definition.sections.push(Section {
            key,
            title,
            pages: Vec::new(),
        });
    }
}

pub(super) fn move_section(
    definition: &mut Definition,
    key: &SectionKey,
    step: Step,
) -> Result<(), Refused> {
    let sections = &mut definition.sections;
    let at = sections
        .iter()
        .position(|section| section.key == *key)
        .ok_or_else(|| missing(key))?;
    let to = neighbour(at, step, sections.len()).ok_or(Refused::AtTheEdge)?;
    sections.swap(at, to);
    Ok(())
}

pub(super) fn remove_section(definition: &mut Definition, key: &SectionKey) -> Result<(), Refused> {
    let at = definition
        .sections
        .iter()
        .position(|section| section.key == *key)
        .ok_or_else(|| missing(key))?;
    definition.sections.remove(at);
    forget_questions(definition)
}

pub(super) fn add_page(
    definition: &mut Definition,
    key: &SectionKey,
    title: Text,
) -> Result<(), Refused> {
    let is_taken =
        |key: &PageKey| definition.page(key).is_some() || RESERVED_PAGES.contains(&key.as_str());
    let page_key = names::slug_from(words(&title), "page", is_taken)?;
    section(definition, key)?.pages.push(Page {
        key: page_key,
        title,
        intro: None,
        show_when: None,
        safety: false,
        questions: Vec::new(),
    });
    Ok(())
}

pub(super) fn move_page(
    definition: &mut Definition,
    key: &PageKey,
    step: Step,
) -> Result<(), Refused> {
    let sections = &mut definition.sections;
    let place = sections.iter().enumerate().find_map(|(s, section)| {
        let p = section.pages.iter().position(|page| page.key == *key)?;
        Some((s, p))
    });
    let (s, p) = place.ok_or_else(|| missing(key))?;
    if let Some(to) = neighbour(p, step, sections[s].pages.len()) {
        sections[s].pages.swap(p, to);
        return Ok(());
    }
    let to = neighbour(s, step, sections.len()).ok_or(Refused::AtTheEdge)?;
    let page = sections[s].pages.remove(p);
    let pages = &mut sections[to].pages;
    let at = if step == Step::Up { pages.len() } else { 0 };
    pages.insert(at, page);
    Ok(())
}

pub(super) fn remove_page(definition: &mut Definition, key: &PageKey) -> Result<(), Refused> {
    page(definition, key)?;
    for section in &mut definition.sections {
        section.pages.retain(|page| page.key != *key);
    }
    forget_questions(definition)
}

/// After something was taken away: what names it is in the way, roles go with it.
fn forget_questions(definition: &mut Definition) -> Result<(), Refused> {
    let left: HashSet<QuestionKey> = definition
        .questions()
        .map(|question| question.key.clone())
        .collect();
    if let Some((needed, by)) = names::named_by(definition, &|key| !left.contains(key)) {
        return Err(Refused::Needed { needed, by });
    }
    names::on_roles(definition, &|key| left.contains(key).then(|| key.clone()));
    Ok(())
}

pub(super) fn add_question(
    definition: &mut Definition,
    spot: &Spot,
    mut new: Question,
) -> Result<(), Refused> {
    new.key = names::key_from(words(&new.label), definition)?;
    match spot {
        Spot::Page(key) => page(definition, key)?.questions.push(new),
        Spot::Choice(key, code) => {
            let is_on_page = definition
                .pages()
                .any(|(_, page)| page.questions.iter().any(|question| question.key == *key));
            let parent = question(definition, key)?;
            if !is_on_page || !matches!(parent.kind, Kind::Single { .. } | Kind::Multiple { .. }) {
                return Err(Refused::CannotReveal);
            }
            let choices = choices_mut(&mut parent.kind).ok_or(Refused::CannotReveal)?;
            let choice = choices.iter_mut().find(|choice| choice.code == *code);
            choice.ok_or_else(|| missing(code))?.reveals.push(new);
        }
    }
    Ok(())
}

pub(super) fn move_question(
    definition: &mut Definition,
    key: &QuestionKey,
    step: Step,
) -> Result<(), Refused> {
    let (list, at) = list_of(definition, key)?;
    if let Some(to) = neighbour(at, step, list.len()) {
        list.swap(at, to);
        return Ok(());
    }
    // Beyond its page: onto the neighbouring one. A revealed question stays with its choice.
    let pages: Vec<PageKey> = definition
        .pages()
        .map(|(_, page)| page.key.clone())
        .collect();
    let on = definition
        .pages()
        .position(|(_, page)| page.questions.iter().any(|question| question.key == *key));
    let on = on.ok_or(Refused::AtTheEdge)?;
    let to = neighbour(on, step, pages.len()).ok_or(Refused::AtTheEdge)?;
    let moved = page(definition, &pages[on])?;
    let at = moved
        .questions
        .iter()
        .position(|question| question.key == *key)
        .ok_or_else(|| missing(key))?;
    let question = moved.questions.remove(at);
    let questions = &mut page(definition, &pages[to])?.questions;
    let at = if step == Step::Up { questions.len() } else { 0 };
    questions.insert(at, question);
    Ok(())
}

pub(super) fn place_question(
    definition: &mut Definition,
    key: &QuestionKey,
    to: &PageKey,
    before: Option<&QuestionKey>,
) -> Result<(), Refused> {
    if before == Some(key) {
        return Ok(());
    }
    page(definition, to)?;
    let is_on_page = definition
        .pages()
        .any(|(_, page)| page.questions.iter().any(|question| question.key == *key));
    if !is_on_page {
        return Err(missing(key));
    }
    let (list, at) = list_of(definition, key)?;
    let question = list.remove(at);
    let questions = &mut page(definition, to)?.questions;
    let at = match before {
        None => questions.len(),
        Some(before) => {
            let at = questions
                .iter()
                .position(|question| question.key == *before);
            at.ok_or_else(|| missing(before))?
        }
    };
    questions.insert(at, question);
    Ok(())
}

pub(super) fn copy_question(definition: &mut Definition, key: &QuestionKey) -> Result<(), Refused> {
    let mut copy = question(definition, key)?.clone();
    if let Some(choices) = choices_mut(&mut copy.kind) {
        // What opens under a choice has keys of its own: it is not copied along.
        choices.iter_mut().for_each(|choice| choice.reveals.clear());
    }
    copy.key = names::key_from(words(&copy.label), definition)?;
    let (list, at) = list_of(definition, key)?;
    list.insert(at + 1, copy);
    Ok(())
}

pub(super) fn remove_question(
    definition: &mut Definition,
    key: &QuestionKey,
) -> Result<(), Refused> {
    let (list, at) = list_of(definition, key)?;
    list.remove(at);
    forget_questions(definition)
}
