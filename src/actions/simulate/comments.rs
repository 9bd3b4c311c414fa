//! What made-up people write: sentences put together from lists, in several registers, with slips.

use std::{collections::HashMap, sync::LazyLock};

use super::{dice::Dice, people::Person};

/// The lists of `assets/simulation/comments.txt`.
static LISTS: LazyLock<HashMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut lists: HashMap<&str, Vec<&str>> = HashMap::new();
    let mut name = "";
    for line in include_str!("../../../assets/simulation/comments.txt").lines() {
        let line = line.trim();
        if let Some(opened) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            name = opened;
        } else if !line.is_empty() && !line.starts_with('#') {
            lists.entry(name).or_default().push(line);
        }
    }
    lists
});

/// How somebody writes.
const REGISTERS: [&str; 4] = ["plain", "formal", "cross", "chatty"];

/// What is wanted of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// What should change.
    Change,
    /// What works.
    Works,
}

impl Wanted {
    fn name(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Works => "works",
        }
    }
}

/// A comment of one to five sentences. `theme` is what it is about; `limit` is the most characters allowed.
pub(super) fn comment(
    person: &Person<'_>,
    wanted: Wanted,
    theme: Option<&str>,
    limit: u32,
    dice: &mut Dice,
) -> String {
    let mut parts: Vec<String> = Vec::new();
    let register = register(person, dice);
    if dice.happens(0.2) {
        parts.extend(one_of(person, &format!("short {}", wanted.name()), dice));
    } else {
        // What works is seldom about what worries people most.
        let theme = theme.filter(|_| wanted == Wanted::Change || dice.happens(0.5));
        let topic = topic(wanted, theme);
        if dice.happens(0.3) && wanted == Wanted::Change {
            parts.extend(one_of(person, &format!("opening {register}"), dice));
        }
        parts.extend(one_of(person, &topic, dice));
        // Two sentences that are alike are one too many.
        let more =
            one_of(person, &topic, dice).filter(|more| dice.happens(0.3) && !parts.contains(more));
        parts.extend(more);
        let (detail, closing) = match wanted {
            Wanted::Change => ("detail".to_owned(), format!("closing {register}")),
            Wanted::Works => ("detail works".to_owned(), "closing works".to_owned()),
        };
        if dice.happens(0.4) {
            parts.extend(one_of(person, &detail, dice));
        }
        if dice.happens(0.3) {
            parts.extend(one_of(person, &closing, dice));
        }
    }
    let separator = if dice.happens(0.08) { "\n\n" } else { " " };
    let text = typed_as(&join(&parts, separator), person, dice);
    shorten(&text, limit)
}

/// A few words for a short text or "other, please say".
pub(super) fn line(
    person: &Person<'_>,
    is_about_self: bool,
    limit: u32,
    dice: &mut Dice,
) -> String {
    let list = if is_about_self { "wordy" } else { "line" };
    shorten(&one_of(person, list, dice).unwrap_or_default(), limit)
}

fn topic(wanted: Wanted, theme: Option<&str>) -> String {
    let name = wanted.name();
    theme
        .map(|theme| format!("{name} {theme}"))
        .filter(|list| LISTS.contains_key(list.as_str()))
        .unwrap_or_else(|| format!("{name} general"))
}

/// Older people write more formally, discontented ones crossly, younger ones as they talk.
fn register(person: &Person<'_>, dice: &mut Dice) -> &'static str {
    let is = |claim: bool, weight: f64| if claim { weight } else { 1.0 };
    let weights = [
        2.0,
        is(person.age >= 65, 2.5),
        is(person.mood < -0.5, 3.0),
        is(person.age < 35, 3.0),
    ];
    REGISTERS[dice.weighted(&weights).unwrap_or_default()]
}

/// An entry of a list with every `{name}` in it filled in.
fn one_of(person: &Person<'_>, list: &str, dice: &mut Dice) -> Option<String> {
    let mut entry = (*dice.pick(LISTS.get(list)?)?).to_owned();
    while let Some((before, rest)) = entry.split_once('{') {
        let (name, after) = rest.split_once('}')?;
        let filling = match name {
            "district" => person.area.map_or("my area", |area| &area.name).to_owned(),
            "spot" => one_of(person, near(person, dice), dice)?,
            name => one_of(person, name, dice)?,
        };
        entry = format!("{before}{filling}{after}");
    }
    Some(entry)
}

/// Which kind of spot somebody thinks of.
fn near(person: &Person<'_>, dice: &mut Dice) -> &'static str {
    let lives = &person.surroundings;
    let lists = ["spot", "coast_spot", "rural_spot"];
    lists[dice
        .weighted(&[1.0, lives.coast, lives.rural])
        .unwrap_or_default()]
}

/// Puts sentences together; one that ends in "but" or "and" runs into the next.
fn join(parts: &[String], separator: &str) -> String {
    let mut text = String::new();
    for part in parts {
        let runs_on = !text.is_empty() && text.ends_with(char::is_alphabetic);
        if !text.is_empty() {
            text.push_str(if runs_on { " " } else { separator });
        }
        let keeps_capital = !runs_on
            || part.starts_with("I ")
            || part
                .split(' ')
                .next()
                .is_some_and(|word| word.len() < 2 || word.contains('-'));
        if keeps_capital {
            text.push_str(part);
        } else {
            let mut letters = part.chars();
            text.extend(letters.next().map(|first| first.to_ascii_lowercase()));
            text.push_str(letters.as_str());
        }
    }
    text
}

/// How it comes out of somebody's fingers: most write with care, some in small letters, some with slips.
fn typed_as(text: &str, person: &Person<'_>, dice: &mut Dice) -> String {
    let care = if person.age < 35 { 0.62 } else { 0.78 };
    if dice.happens(care) {
        return text.to_owned();
    }
    match dice.place(6) {
        0 => text.to_lowercase(),
        1 => text.trim_end_matches('.').to_owned(),
        2 if text.len() < 60 => text.to_uppercase(),
        3 => text.replace('\'', ""),
        4 => text.replace(". ", "... "),
        _ => with_slips(text, dice),
    }
}

/// Swaps, drops or doubles a letter inside a few words.
fn with_slips(text: &str, dice: &mut Dice) -> String {
    let words: Vec<String> = text
        .split(' ')
        .map(|word| {
            let letters: Vec<char> = word.chars().collect();
            let is_word = letters.len() > 4 && letters.iter().all(|c| c.is_ascii_alphabetic());
            if !is_word || !dice.happens(0.12) {
                return word.to_owned();
            }
            let at = 1 + dice.place(letters.len() - 3);
            let mut slipped = letters;
            match dice.place(3) {
                0 => slipped.swap(at, at + 1),
                1 => drop(slipped.remove(at)),
                _ => slipped.insert(at, slipped[at]),
            }
            slipped.into_iter().collect()
        })
        .collect();
    words.join(" ")
}

/// A text within a limit: it stops at the last whole word, as where a box takes no more.
fn shorten(text: &str, limit: u32) -> String {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if text.chars().count() <= limit {
        return text.to_owned();
    }
    let cut: String = text.chars().take(limit).collect();
    match cut.rsplit_once(' ') {
        Some((whole, _)) if !whole.trim().is_empty() => whole.trim().to_owned(),
        _ => cut.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::HashSet;

    use super::*;
    use crate::{actions::simulate::people::Population, geography::Place};

    fn written(wanted: Wanted, theme: Option<&str>, limit: u32, count: u64) -> Vec<String> {
        let place = Place::essex();
        let population = Population::of(&place);
        (0..count)
            .map(|n| {
                let mut dice = Dice::new(3, "words", n);
                let person = population.draw(&mut dice);
                comment(&person, wanted, theme, limit, &mut dice)
            })
            .collect()
    }

    #[test]
    fn every_entry_can_be_filled_in() {
        let place = Place::essex();
        let person = Population::of(&place).draw(&mut Dice::new(1, "people", 1));
        for (name, entries) in LISTS.iter() {
            assert!(!entries.is_empty(), "{name}");
            for entry in entries {
                for slot in entry.split('{').skip(1) {
                    let slot = slot.split_once('}').unwrap().0;
                    assert!(slot == "district" || LISTS.contains_key(slot), "{entry}");
                }
            }
            for n in 0..50 {
                let filled = one_of(&person, name, &mut Dice::new(n, "fill", 0)).unwrap();
                assert!(!filled.contains(['{', '}']), "{filled}");
            }
        }
    }

    #[test]
    fn comments_vary_and_keep_to_their_limit() {
        let about = written(Wanted::Change, Some("anti_social_behaviour"), 2000, 1000);
        let different: HashSet<_> = about.iter().collect();
        assert!(different.len() > 600, "{}", different.len());
        assert!(about.iter().all(|text| !text.trim().is_empty()));
        let lengths: HashSet<_> = about.iter().map(|text| text.len() / 40).collect();
        assert!(lengths.len() > 4);
        let short = written(Wanted::Works, None, 20, 300);
        assert!(
            short
                .iter()
                .all(|text| (1..=20).contains(&text.chars().count()))
        );
        assert_eq!(
            about,
            written(Wanted::Change, Some("anti_social_behaviour"), 2000, 1000)
        );
        assert!(!written(Wanted::Change, Some("parks"), 500, 50).is_empty());
    }

    #[test]
    fn sentences_run_on_where_they_should() {
        let parts = ["I know you are busy but", "Answer 101 faster.", "Please."].map(str::to_owned);
        assert_eq!(
            join(&parts, " "),
            "I know you are busy but answer 101 faster. Please."
        );
        let own = ["OK so", "I worry."].map(str::to_owned);
        assert_eq!(join(&own, " "), "OK so I worry.");
    }
}
