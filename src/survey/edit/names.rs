//! Keys, codes and slugs made from words, and keys changed wherever they are named.

use std::collections::HashSet;

use super::Refused;
use crate::survey::{
    columns::RESPONSE_COLUMNS,
    condition::Condition,
    definition::{Definition, Kind, Question},
    ids::{Code, QuestionKey, ThemeKey},
    lint::{RESERVED_CODES, RESERVED_QUESTIONS},
    text::Text,
};

/// The most characters of a made key or code: room is left for a number behind it.
const MADE: usize = 30;

/// Small letters and digits of `words`, parted by `separator`; accents are taken off where that leaves a letter.
fn plain(words: &str, separator: char, most: usize) -> String {
    let mut out = String::new();
    for c in words.chars().flat_map(char::to_lowercase) {
        let letter = match c {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => 'a',
            'ç' => 'c',
            'è' | 'é' | 'ê' | 'ë' => 'e',
            'ì' | 'í' | 'î' | 'ï' => 'i',
            'ñ' => 'n',
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' => 'o',
            'ù' | 'ú' | 'û' | 'ü' => 'u',
            'ŵ' => 'w',
            'ý' | 'ÿ' | 'ŷ' => 'y',
            '\'' | '’' => continue,
            other => other,
        };
        if letter.is_ascii_alphanumeric() {
            out.push(letter);
        } else if !out.is_empty() && !out.ends_with(separator) {
            out.push(separator);
        }
        if out.len() >= most {
            break;
        }
    }
    out.trim_end_matches(separator).to_owned()
}

/// The first of `name`, `name_2`, `name_3` … that is free.
fn free<T>(
    name: &str,
    separator: char,
    make: impl Fn(&str) -> Option<T>,
    is_taken: impl Fn(&T) -> bool,
) -> Option<T> {
    (1..100_000_u32)
        .filter_map(|number| match number {
            1 => make(name),
            number => make(&format!("{name}{separator}{number}")),
        })
        .find(|made| !is_taken(made))
}

/// A question key made from a label, which no question of the definition has and no column of a file is called.
///
/// # Errors
/// [`Refused::Taken`] when a hundred thousand like it are taken.
pub fn key_from(words: &str, definition: &Definition) -> Result<QuestionKey, Refused> {
    let plain = plain(words, '_', MADE);
    let name = if plain.starts_with(|c: char| c.is_ascii_lowercase()) {
        plain
    } else {
        format!("question_{plain}").trim_end_matches('_').to_owned()
    };
    let taken: HashSet<&QuestionKey> = definition
        .questions()
        .map(|question| &question.key)
        .collect();
    free(
        &name,
        '_',
        |name| QuestionKey::new(name).ok(),
        |key| {
            taken.contains(key)
                || RESPONSE_COLUMNS.contains(&key.as_str())
                || RESERVED_QUESTIONS.contains(&key.as_str())
        },
    )
    .ok_or(Refused::Taken(name))
}

/// A code made from a label, which none of `taken` is.
///
/// # Errors
/// [`Refused::Taken`] when a hundred thousand like it are taken.
pub fn code_from(words: &str, taken: &[&Code]) -> Result<Code, Refused> {
    let plain = plain(words, '_', MADE);
    let name = if plain.is_empty() {
        "choice".to_owned()
    } else {
        plain
    };
    free(
        &name,
        '_',
        |name| Code::new(name).ok(),
        |code| taken.contains(&code) || RESERVED_CODES.contains(&code.as_str()),
    )
    .ok_or(Refused::Taken(name))
}

/// A theme's key made from its name, which none of `taken` is.
///
/// # Errors
/// [`Refused::Taken`] when a hundred thousand like it are taken.
pub fn theme_key_from(words: &str, taken: &[&ThemeKey]) -> Result<ThemeKey, Refused> {
    let plain = plain(words, '_', MADE);
    let name = if plain.starts_with(|c: char| c.is_ascii_lowercase()) {
        plain
    } else {
        format!("theme_{plain}").trim_end_matches('_').to_owned()
    };
    free(
        &name,
        '_',
        |name| ThemeKey::new(name).ok(),
        |key| taken.contains(&key),
    )
    .ok_or(Refused::Taken(name))
}

/// A name for addresses, made from words, which `is_taken` does not know: a slug, or the key of a page or section.
///
/// # Errors
/// [`Refused::Taken`] when a hundred thousand like it are taken.
pub fn slug_from<T: std::str::FromStr>(
    words: &str,
    otherwise: &str,
    is_taken: impl Fn(&T) -> bool,
) -> Result<T, Refused> {
    let plain = plain(words, '-', 60);
    let name = if plain.is_empty() {
        otherwise.to_owned()
    } else {
        plain
    };
    free(&name, '-', |name| name.parse().ok(), is_taken).ok_or(Refused::Taken(name))
}

/// No key twice: an edit of one question must not take the name of another.
pub(super) fn check_unique(definition: &Definition) -> Result<(), Refused> {
    let mut seen = HashSet::new();
    match definition
        .questions()
        .find(|question| !seen.insert(&question.key))
    {
        Some(twice) => Err(Refused::Taken(twice.key.to_string())),
        None => Ok(()),
    }
}

/// Whatever names a question in a condition: pages and questions by key, checks by code.
pub(super) fn named_by(
    definition: &Definition,
    is_named: &dyn Fn(&QuestionKey) -> bool,
) -> Option<(QuestionKey, String)> {
    let first = |condition: Option<&Condition>, by: &str| {
        let named = condition?
            .questions()
            .into_iter()
            .find(|key| is_named(key))?;
        Some((named.clone(), by.to_owned()))
    };
    let mut pages = definition.pages().map(|(_, page)| page);
    pages
        .find_map(|page| first(page.show_when.as_ref(), page.key.as_str()))
        .or_else(|| {
            let mut questions = definition.questions();
            questions.find_map(|question| first(question.show_when.as_ref(), question.key.as_str()))
        })
        .or_else(|| {
            let mut checks = definition.checks.iter();
            checks.find_map(|check| first(Some(&check.never), check.code.as_str()))
        })
}

/// Every role a question plays: they are taken away with it, or renamed.
pub(super) fn on_roles(
    definition: &mut Definition,
    change: &dyn Fn(&QuestionKey) -> Option<QuestionKey>,
) {
    let roles = &mut definition.roles;
    for role in [
        &mut roles.area,
        &mut roles.age,
        &mut roles.sex,
        &mut roles.priorities,
        &mut roles.budget,
        &mut roles.ratings,
        &mut roles.overall,
    ] {
        *role = role.take().and_then(|key| change(&key));
    }
    roles.victim = roles.victim.take().and_then(|mut victim| {
        victim.question = change(&victim.question)?;
        Some(victim)
    });
}

pub(super) fn rename(
    definition: &mut Definition,
    from: &QuestionKey,
    to: &QuestionKey,
) -> Result<(), Refused> {
    if from == to {
        return Ok(());
    }
    if definition.question(to).is_some() {
        return Err(Refused::Taken(to.to_string()));
    }
    super::parts::question(definition, from)?.key = to.clone();
    on_roles(definition, &|key| {
        Some(if key == from { to.clone() } else { key.clone() })
    });
    for check in &mut definition.checks {
        rename_in(&mut check.never, from, to);
    }
    let piped = [format!("{{{{ {from} }}}}"), format!("{{{{{from}}}}}")];
    let mend = |text: &mut Text| {
        for words in text.0.values_mut() {
            for old in &piped {
                if words.contains(old) {
                    *words = words.replace(old, &format!("{{{{ {to} }}}}"));
                }
            }
        }
    };
    for section in &mut definition.sections {
        for page in &mut section.pages {
            mend(&mut page.title);
            page.intro.iter_mut().for_each(mend);
            page.show_when
                .iter_mut()
                .for_each(|when| rename_in(when, from, to));
            for question in &mut page.questions {
                each(question, &mut |question| {
                    mend(&mut question.label);
                    question.hint.iter_mut().for_each(mend);
                    if let Kind::Information { body } = &mut question.kind {
                        mend(body);
                    }
                    question
                        .show_when
                        .iter_mut()
                        .for_each(|when| rename_in(when, from, to));
                });
            }
        }
    }
    Ok(())
}

fn rename_in(condition: &mut Condition, from: &QuestionKey, to: &QuestionKey) {
    let mend = |key: &mut QuestionKey| {
        if key == from {
            *key = to.clone();
        }
    };
    match condition {
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter_mut().for_each(|part| rename_in(part, from, to));
        }
        Condition::Not(part) => rename_in(part, from, to),
        Condition::Answered(key) => mend(key),
        Condition::Is(membership) => mend(&mut membership.question),
        Condition::Number(bounds) => mend(&mut bounds.question),
    }
}

/// This question and those under its choices. The reader bounds how deep they nest.
pub(super) fn each(question: &mut Question, act: &mut dyn FnMut(&mut Question)) {
    act(question);
    if let Some(choices) = super::kinds::choices_mut(&mut question.kind) {
        for revealed in choices.iter_mut().flat_map(|choice| &mut choice.reveals) {
            each(revealed, act);
        }
    }
}
