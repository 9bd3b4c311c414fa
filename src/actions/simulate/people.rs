//! Made-up people: drawn from the place's Census by area, sex and age, then by who answers such surveys: older people
//! more, some districts less.

use super::{
    dice::{Dice, taste},
    figures::{self, AreaFigures},
    manner::Manner,
};
use crate::geography::{AgeBand, Area, Place, Sex};

/// Somebody who starts the survey. It has no name, and stands for nobody.
#[derive(Debug, Clone)]
pub(super) struct Person<'a> {
    /// Where they live; nobody's area if they only work or study in the place.
    pub area: Option<&'a Area>,
    /// What kind of place that is.
    pub surroundings: AreaFigures,
    /// Their sex as the Census counts it.
    pub sex: Sex,
    /// Their age in years, 16 or more.
    pub age: u8,
    /// Whether they were a victim of crime in the last 12 months.
    pub victim: bool,
    /// How content they are with things, about 0, by standard deviations.
    pub mood: f64,
    /// How ready they are to go on when it gets long: about 1.
    pub patience: f64,
    /// How they go about it.
    pub manner: Manner,
    /// What makes two people of the same kind differ in what they care about.
    tastes: u64,
}

/// Who can be drawn.
pub(super) struct Population<'a> {
    kinds: Vec<(&'a Area, AreaFigures, Sex, AgeBand)>,
    weights: Vec<f64>,
}

/// Of a hundred who start, how many live elsewhere and only work or study in the place.
const OUTSIDERS: f64 = 0.025;

impl<'a> Population<'a> {
    /// Counts a place's people, each by how readily such people answer.
    pub(super) fn of(place: &'a Place) -> Self {
        let (mut kinds, mut weights) = (Vec::new(), Vec::new());
        for area in place.areas() {
            let surroundings = surroundings(area);
            for sex in Sex::ALL {
                for band in AgeBand::ALL {
                    let people = place.population(&area.code, sex, band).unwrap_or_default();
                    let answers = surroundings.response * by_age(band) * by_sex(sex);
                    kinds.push((area, surroundings, sex, band));
                    weights.push(f64::from(people) * answers);
                }
            }
        }
        Self { kinds, weights }
    }

    /// Draws somebody.
    pub(super) fn draw(&self, dice: &mut Dice) -> Person<'a> {
        let kind = dice
            .weighted(&self.weights)
            .and_then(|at| self.kinds.get(at));
        let (area, surroundings, sex, band) = match kind {
            Some(&(area, surroundings, sex, band)) => (Some(area), surroundings, sex, band),
            None => (None, NOWHERE, Sex::Female, AgeBand::From45To54),
        };
        let is_outsider = dice.happens(OUTSIDERS);
        let (youngest, oldest) = years(band);
        let age =
            youngest + u8::try_from(dice.place(usize::from(oldest - youngest) + 1)).unwrap_or(0);
        let mut risk = 0.17 * (1.0 + 0.3 * surroundings.town);
        risk *= match age {
            ..35 => 1.3,
            35..65 => 1.0,
            _ => 0.65,
        };
        let victim = dice.happens(risk);
        Person {
            area: area.filter(|_| !is_outsider),
            surroundings,
            sex,
            age,
            victim,
            mood: dice.normal() + if victim { -0.5 } else { 0.1 },
            patience: dice.between(0.6, 1.4),
            manner: Manner::InEarnest,
            tastes: dice.bits(),
        }
    }
}

const NOWHERE: AreaFigures = AreaFigures {
    rural: 0.2,
    coast: 0.0,
    town: 0.4,
    response: 1.0,
};

/// What is written down for an area, or a judgement from how many people live there.
fn surroundings(area: &Area) -> AreaFigures {
    if let Some(figures) = figures::area(area.code.as_str()) {
        return *figures;
    }
    let density = f64::from(area.population) / area.area_km2.max(0.1);
    AreaFigures {
        rural: ((450.0 - density) / 300.0).clamp(0.0, 1.0),
        coast: 0.0,
        town: ((density - 450.0) / 2000.0).clamp(0.0, 1.0),
        response: 0.7 + 0.6 * taste(&["response", area.code.as_str()]),
    }
}

fn by_age(band: AgeBand) -> f64 {
    match band {
        AgeBand::From16To24 => 0.35,
        AgeBand::From25To34 => 0.6,
        AgeBand::From35To44 => 0.85,
        AgeBand::From45To54 => 1.1,
        AgeBand::From55To64 => 1.4,
        AgeBand::From65To74 => 1.6,
        AgeBand::From75 => 0.95,
    }
}

fn by_sex(sex: Sex) -> f64 {
    match sex {
        Sex::Female => 1.08,
        Sex::Male => 0.92,
    }
}

/// The youngest and the oldest of a band.
fn years(band: AgeBand) -> (u8, u8) {
    match band {
        AgeBand::From16To24 => (16, 24),
        AgeBand::From25To34 => (25, 34),
        AgeBand::From35To44 => (35, 44),
        AgeBand::From45To54 => (45, 54),
        AgeBand::From55To64 => (55, 64),
        AgeBand::From65To74 => (65, 74),
        AgeBand::From75 => (75, 92),
    }
}

impl Person<'_> {
    /// How much a theme, or anything else with a name, matters to this person.
    pub(super) fn cares_about(&self, theme: &str) -> f64 {
        // Everybody differs: a third to three times as much as people of the same kind.
        let own = Dice::new(self.tastes, theme, 0).between(0.35, 1.9);
        own * match figures::theme(theme) {
            Some(figures) => {
                let by = |is: f64, factor: f64| 1.0 + (factor - 1.0) * is;
                let is = |claim: bool| f64::from(u8::from(claim));
                figures.base
                    * by(self.surroundings.rural, figures.rural)
                    * by(self.surroundings.coast, figures.coast)
                    * by(self.surroundings.town, figures.town)
                    * by(is(self.age < 35), figures.young)
                    * by(is(self.age >= 65), figures.old)
                    * by(is(self.sex == Sex::Female), figures.female)
                    * by(is(self.victim), figures.victim)
            }
            // Nobody wrote down what people think of it: then it differs from area to area and from age to age, but
            // always in the same way.
            None => {
                let area = self.area.map_or("outside", |area| area.code.as_str());
                let age = if self.age < 45 { "younger" } else { "older" };
                4.0 * (0.3 + taste(&[theme]))
                    * (0.5 + taste(&[theme, area]))
                    * (0.6 + 0.8 * taste(&[theme, age]))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn draw(count: u64) -> Vec<Person<'static>> {
        let place: &'static Place = Box::leak(Box::new(Place::embedded("essex").unwrap()));
        let population = Population::of(place);
        (0..count)
            .map(|n| population.draw(&mut Dice::new(7, "people", n)))
            .collect()
    }

    #[test]
    fn those_who_answer_are_older_and_some_districts_are_missing() {
        let people = draw(8_000);
        let share = |is: &dyn Fn(&Person<'_>) -> bool| {
            people.iter().filter(|person| is(person)).count() as f64 / people.len() as f64
        };
        // 13 of 100 adults in Essex are 16 to 24, 23 are 65 or over.
        assert!((0.02..0.08).contains(&share(&|p| p.age < 25)));
        assert!((0.27..0.42).contains(&share(&|p| p.age >= 65)));
        assert!((0.50..0.60).contains(&share(&|p| p.sex == Sex::Female)));
        assert!((0.10..0.25).contains(&share(&|p| p.victim)));
        assert!((0.01..0.04).contains(&share(&|p| p.area.is_none())));
        let lives_in = |name: &'static str| {
            share(&move |p: &Person<'_>| p.area.is_some_and(|area| area.name == name))
        };
        // Thurrock has nearly twice as many people as Uttlesford.
        assert!(lives_in("Thurrock") < lives_in("Uttlesford") * 1.2);
        assert!(lives_in("Thurrock") > 0.02);
    }

    #[test]
    fn views_follow_the_place_and_the_person() {
        let people = draw(4_000);
        let mean = |is: &dyn Fn(&Person<'_>) -> bool, theme: &str| {
            let who: Vec<_> = people.iter().filter(|person| is(person)).collect();
            who.iter().map(|p| p.cares_about(theme)).sum::<f64>() / who.len() as f64
        };
        let rural = |p: &Person<'_>| p.surroundings.rural > 0.7;
        let coast = |p: &Person<'_>| p.surroundings.coast > 0.7;
        assert!(mean(&rural, "rural") > mean(&rural, "visible_policing"));
        assert!(mean(&coast, "anti_social_behaviour") > mean(&coast, "visible_policing"));
        assert!(mean(&|p| p.victim, "victims") > 2.0 * mean(&|p| !p.victim, "victims"));
        assert!(mean(&|_| true, "something_nobody_wrote_down") > 0.0);
    }
}
