#![allow(clippy::unwrap_used)]

use super::*;
use crate::survey::definition::Definition;

#[test]
fn syllables_are_those_a_dictionary_gives() {
    let dictionary = [
        (
            1,
            "crime we I the ask asked safe street rules tell you're don't who change names CSP 2026",
        ),
        (
            2,
            "police council people answer cookie reading table being postcode survey wanted noises safely didn't money",
        ),
        (
            3,
            "area policing violence several evidence deleted understand behaviour commission together disabled",
        ),
        (4, "commissioner community information accessible priority"),
        (5, "opportunity organisation"),
    ];
    for (count, words) in dictionary {
        for word in words.split(' ') {
            assert_eq!(syllables(word), count, "{word}");
        }
    }
}

#[test]
fn the_default_survey_is_a_definition() {
    let yaml = include_str!("../../../assets/surveys/police-and-crime-plan.yaml");
    let definition: Definition = serde_saphyr::from_str(yaml).unwrap();
    assert_eq!(definition.slug.as_str(), "police-and-crime-plan");
}

#[test]
fn sentences_end_at_stops_before_a_space() {
    assert_eq!(
        sentences("It costs £2.50. Is that a lot? No!"),
        ["It costs £2.50.", "Is that a lot?", "No!"]
    );
    assert_eq!(sentences("no stop"), ["no stop"]);
    assert!(sentences(" … ").is_empty());
}

#[test]
fn markdown_is_read_as_its_words() {
    let markdown = "## Who\n\nWe ask **you**:\n\n- one [thing](https://example.org/a.b)\n- two";
    assert_eq!(plain(markdown), "Who. We ask you. one thing. two");
}

#[test]
fn the_formula_gives_its_published_constants() {
    // 1 sentence, 3 words, 3 syllables: 0.39 × 3 + 11.8 × 1 − 15.59.
    assert!((grade("The cat sat.") - -2.62).abs() < 1e-9);
    assert!(grade("").abs() < 1e-9);
    assert!(
        grade(
            "Notwithstanding considerable organisational complexity, participation remains encouraged."
        ) > 12.0
    );
}

/// Texts with fewer words are not graded: one long name would decide.
const WORDS: usize = 20;
/// The highest grade a block of text may have.
const LIMIT: f64 = 8.0;
/// The highest grade of all graded blocks together: about reading age 10.
const TOGETHER: f64 = 5.0;

/// Blocks that may be harder than [`LIMIT`]: how they begin, and why.
const EXCEPTIONS: &[(&str, &str)] = &[
    (
        "Do you have any physical or mental health conditions",
        "the wording of the harmonised standard, kept so that answers can be set beside the Census",
    ),
    (
        "The Equality and Human Rights Commission",
        "names that the model accessibility statement must give: two public bodies and the regulations of 2018",
    ),
];

/// A block of text residents read, with where it stands.
type Block = (String, String);

fn too_hard(blocks: &[Block]) -> Vec<String> {
    blocks
        .iter()
        .filter(|(_, text)| !EXCEPTIONS.iter().any(|(start, _)| text.starts_with(start)))
        .filter_map(|(place, text)| {
            let grade = grade_of_at_least(WORDS, text).filter(|grade| *grade > LIMIT)?;
            Some(format!("{place}: grade {grade:.1}: {text}"))
        })
        .collect()
}

/// The grade of all blocks that are long enough, as one text; labels are left out, for each would pass as a short sentence.
fn together(blocks: &[Block]) -> f64 {
    let long: Vec<&str> = blocks
        .iter()
        .map(|(_, text)| text.as_str())
        .filter(|text| grade_of_at_least(WORDS, text).is_some())
        .collect();
    grade(&long.join("\n\n"))
}

/// Every language map in a definition is an object with `en` in it: a walk that no new field can slip past.
fn english(place: &str, value: &serde_json::Value, out: &mut Vec<Block>) {
    match value {
        serde_json::Value::Object(fields) => {
            if let Some(words) = fields.get("en").and_then(serde_json::Value::as_str) {
                out.push((place.to_owned(), words.to_owned()));
            } else {
                for (name, inner) in fields {
                    english(&format!("{place}.{name}"), inner, out);
                }
            }
        }
        serde_json::Value::Array(items) => {
            for (i, inner) in items.iter().enumerate() {
                let name = inner
                    .get("key")
                    .or_else(|| inner.get("code"))
                    .and_then(|key| key.as_str());
                english(
                    &format!("{place}.{}", name.unwrap_or(&i.to_string())),
                    inner,
                    out,
                );
            }
        }
        _ => {}
    }
}

fn survey_texts() -> Vec<Block> {
    let yaml = include_str!("../../../assets/surveys/police-and-crime-plan.yaml");
    let value: serde_json::Value = serde_saphyr::from_str(yaml).unwrap();
    let mut out = Vec::new();
    english("survey", &value, &mut out);
    out
}

#[derive(rust_embed::Embed)]
#[folder = "assets/content/en/"]
struct Pages;

#[derive(rust_embed::Embed)]
#[folder = "assets/locales/en/"]
struct Interface;

/// The files of a folder: name and words.
fn files<F: rust_embed::Embed>() -> Vec<(String, String)> {
    F::iter()
        .map(|name| {
            let words = String::from_utf8(F::get(&name).unwrap().data.into_owned()).unwrap();
            (name.into_owned(), words)
        })
        .collect()
}

/// Interface texts that only officers, clerks and operators see.
const NOT_FOR_RESIDENTS: &[&str] = &[
    "admin", "officer", "officers", "analysis", "weighted", "export", "cli",
];

/// The paragraphs and lists of a page; a list belongs to the paragraph that leads to it.
fn paragraphs(place: &str, markdown: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for part in markdown
        .split("\n\n")
        .map(str::trim)
        .filter(|part| !part.is_empty())
    {
        match out.last_mut() {
            Some((_, text)) if part.starts_with("- ") && !text.starts_with('#') => {
                text.push_str("\n\n");
                text.push_str(part);
            }
            _ => out.push((place.to_owned(), part.to_owned())),
        }
    }
    out
}

/// The messages of a Fluent file: a placeable reads as a figure, continued lines belong together.
fn messages(place: &str, ftl: &str) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::new();
    for line in ftl.lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, value)) = line
            .split_once('=')
            .filter(|_| !line.starts_with([' ', '}']))
        {
            out.push((format!("{place} {}", id.trim()), value.trim().to_owned()));
        } else if let Some((_, text)) = out.last_mut() {
            // Attributes and variants start a text of their own.
            let line = line.trim();
            text.push_str(if line.starts_with(['.', '[', '*']) {
                "\n\n"
            } else {
                " "
            });
            text.push_str(line);
        }
    }
    out.into_iter()
        .flat_map(|(place, text)| {
            text.split("\n\n")
                .map(|part| (place.clone(), without_placeables(part)))
                .collect::<Vec<_>>()
        })
        .collect()
}

fn without_placeables(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    for c in text.chars() {
        match c {
            '{' => {
                depth += 1;
                out.push('1');
            }
            '}' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn page_and_interface_texts() -> Vec<Block> {
    let pages = files::<Pages>();
    let interface = files::<Interface>();
    let ours = interface.iter().filter(|(name, _)| {
        !NOT_FOR_RESIDENTS
            .iter()
            .any(|start| name.starts_with(start))
    });
    pages
        .iter()
        .flat_map(|(name, words)| paragraphs(name, words))
        .chain(ours.flat_map(|(name, words)| messages(name, words)))
        .collect()
}

#[test]
fn residents_can_read_the_default_survey() {
    let texts = survey_texts();
    assert!(texts.len() > 200, "the walk found {}", texts.len());
    assert_eq!(too_hard(&texts), Vec::<String>::new());

    assert!(
        together(&texts) <= TOGETHER,
        "together: grade {:.1}",
        together(&texts)
    );
}

#[test]
fn residents_can_read_the_pages_and_the_interface() {
    let texts = page_and_interface_texts();
    assert!(texts.len() > 50, "the walk found {}", texts.len());
    assert_eq!(too_hard(&texts), Vec::<String>::new());
    assert!(
        together(&texts) <= TOGETHER,
        "together: grade {:.1}",
        together(&texts)
    );
}

#[test]
fn every_exception_is_still_needed() {
    let texts = [survey_texts(), page_and_interface_texts()].concat();
    for (start, _) in EXCEPTIONS {
        let needed = texts
            .iter()
            .any(|(_, text)| text.starts_with(start) && grade(text) > LIMIT);
        assert!(needed, "no longer needed: {start}");
    }
}

#[test]
fn pages_use_only_the_placeholders_that_are_listed() {
    let listed = include_str!("../../../assets/content/README.md");
    for (name, words) in files::<Pages>() {
        for placeholder in words.split("{{").skip(1) {
            let placeholder = placeholder.split("}}").next().unwrap();
            assert!(
                listed.contains(&format!("`{{{{{placeholder}}}}}`")),
                "{name}: {placeholder}"
            );
        }
    }
}
