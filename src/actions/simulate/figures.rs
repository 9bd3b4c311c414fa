//! The figures in `assets/simulation`: what made-up people care about, where they live and what happens to them.

use std::{collections::HashMap, sync::LazyLock};

/// How much a theme matters to whom.
#[derive(Debug, Clone, Copy)]
pub(super) struct ThemeFigures {
    /// To everybody.
    pub base: f64,
    /// What multiplies it in the countryside.
    pub rural: f64,
    /// What multiplies it at the coast.
    pub coast: f64,
    /// What multiplies it in towns.
    pub town: f64,
    /// What multiplies it for people aged 16 to 34.
    pub young: f64,
    /// What multiplies it for people aged 65 and over.
    pub old: f64,
    /// What multiplies it for women.
    pub female: f64,
    /// What multiplies it for victims of crime.
    pub victim: f64,
}

/// What kind of place a district is.
#[derive(Debug, Clone, Copy)]
pub(super) struct AreaFigures {
    /// How much it is countryside, 0 to 1.
    pub rural: f64,
    /// How much it is coast, 0 to 1.
    pub coast: f64,
    /// How much it is town, 0 to 1.
    pub town: f64,
    /// How readily people answer, 1 being usual.
    pub response: f64,
}

static THEMES: LazyLock<HashMap<&str, ThemeFigures>> = LazyLock::new(|| {
    rows(include_str!("../../../assets/simulation/themes.txt"))
        .map(|row| {
            let [base, rural, coast, town, young, old, female, victim] = figures(&row[1..]);
            let figures = ThemeFigures {
                base,
                rural,
                coast,
                town,
                young,
                old,
                female,
                victim,
            };
            (row[0], figures)
        })
        .collect()
});

static AREAS: LazyLock<HashMap<&str, AreaFigures>> = LazyLock::new(|| {
    rows(include_str!("../../../assets/simulation/areas.txt"))
        .map(|row| {
            let [rural, coast, town, response] = figures(&row[1..]);
            let figures = AreaFigures {
                rural,
                coast,
                town,
                response,
            };
            (row[0], figures)
        })
        .collect()
});

static CHOICES: LazyLock<HashMap<(&str, &str), f64>> = LazyLock::new(|| {
    rows(include_str!("../../../assets/simulation/choices.txt"))
        .map(|row| {
            let [figure] = figures(&row[2..]);
            ((row[0], row[1]), figure)
        })
        .collect()
});

/// The figures of a theme, if they are written down.
pub(super) fn theme(key: &str) -> Option<&'static ThemeFigures> {
    THEMES.get(key)
}

/// The figures of an area, if they are written down.
pub(super) fn area(code: &str) -> Option<&'static AreaFigures> {
    AREAS.get(code)
}

/// The figure of a choice, if it is written down.
pub(super) fn choice(question: &str, code: &str) -> Option<f64> {
    CHOICES.get(&(question, code)).copied()
}

/// Words between spaces, line by line, without comments.
fn rows(file: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    file.lines()
        .map(|line| line.split('#').next().unwrap_or_default())
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|row| !row.is_empty())
}

fn figures<const N: usize>(words: &[&str]) -> [f64; N] {
    let figures: Vec<f64> = words
        .iter()
        .map(|word| {
            word.parse()
                .expect("a test reads every figure of these files")
        })
        .collect();
    figures
        .try_into()
        .expect("a test reads every row of these files")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{geography::Place, survey::definition::Definition};

    #[test]
    fn every_figure_is_one_of_something_that_exists() {
        let yaml = include_str!("../../../assets/surveys/police-and-crime-plan.yaml");
        let definition = Definition::from_yaml(yaml).unwrap();
        for definition_theme in &definition.themes {
            assert!(theme(definition_theme.key.as_str()).is_some());
        }
        assert_eq!(THEMES.len(), definition.themes.len());
        let place = Place::essex();
        assert!(
            place
                .areas()
                .iter()
                .all(|a| area(a.code.as_str()).is_some())
        );
        assert_eq!(AREAS.len(), place.areas().len());
        for (question, code) in CHOICES.keys() {
            let question = definition.question(&question.parse().unwrap()).unwrap();
            assert!(
                question.choice(&code.parse().unwrap()).is_some(),
                "{} {code}",
                question.key
            );
        }
    }
}
