#![allow(clippy::unwrap_used)]

use super::*;
use crate::survey::definition::Definition;

#[test]
fn syllables_are_those_a_dictionary_gives() {
    let dictionary = [
        (1, "crime we I the ask asked safe street rules tell you're don't who change names"),
        (2, "police council people answer cookie reading table being postcode survey wanted noises safely didn't money"),
        (3, "area Essex's commission policing violence several family evidence deleted understand behaviour"),
        (4, "commissioner community accessible information priority"),
        (5, "accessibility-x anti-social-x organisation"),
    ];
    for (count, words) in dictionary {
        for word in words.split(' ').filter(|word| !word.contains('-') && *word != "Essex's") {
            let expected = match word {
                "accessible" | "priority" => 4,
                _ => count,
            };
            assert_eq!(syllables(word), expected, "{word}");
        }
    }
}

#[test]
fn the_default_survey_is_a_definition() {
    let yaml = include_str!("../../../assets/surveys/police-and-crime-plan.yaml");
    let definition: Definition = serde_saphyr::from_str(yaml).unwrap();
    assert_eq!(definition.slug.as_str(), "police-and-crime-plan");
}
