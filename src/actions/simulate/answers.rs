//! What made-up people answer: any question of any definition, by its kind; by its role and themes where it has them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{ToSpan, civil::Date};

use super::{
    comments::{Wanted, comment, line},
    dice::{Dice, taste},
    figures,
    people::Person,
};
use crate::{
    geography::{Place, Sex},
    survey::{
        answers::{Answer, Answers, TextKey},
        definition::{Choice, Definition, Kind, OTHER_LENGTH, OUTSIDE, Question, Row},
        evaluate::chooses,
        ids::{Code, QuestionKey},
    },
};

/// Somebody in front of a survey.
pub(super) struct Respondent<'a> {
    /// Who.
    pub person: &'a Person<'a>,
    /// The survey.
    pub definition: &'a Definition,
    /// The place it is about.
    pub place: &'a Place,
    /// The day they answer.
    pub today: Date,
}

impl Respondent<'_> {
    /// Answers a question, or leaves it out, as such a person would.
    pub(super) fn answer(&self, question: &Question, answers: &mut Answers, dice: &mut Dice) {
        if question.prefer_not_to_say && dice.happens(declines(question)) {
            answers
                .values
                .insert(question.key.clone(), Answer::Declined);
            return;
        }
        if !question.required && dice.happens(self.leaves_out(question)) {
            return;
        }
        if let Some(answer) = self.value(question, answers, dice) {
            self.say_others(question, &answer, answers, dice);
            answers.values.insert(question.key.clone(), answer);
        } else if question.required && question.prefer_not_to_say {
            answers
                .values
                .insert(question.key.clone(), Answer::Declined);
        }
    }

    /// How likely an optional question stays empty.
    fn leaves_out(&self, question: &Question) -> f64 {
        let wordy = if self.person.age < 35 { 0.15 } else { 0.0 };
        match &question.kind {
            Kind::LongText { .. } => match wanted(question) {
                Wanted::Change => 0.5 + wordy,
                Wanted::Works => 0.65 + wordy,
            },
            Kind::ShortText { .. } | Kind::Email {} => 0.6,
            Kind::Date { .. } => 0.25,
            Kind::Budget { .. } => 0.13,
            Kind::Number { .. } => 0.1,
            Kind::Ranking { .. } => 0.04,
            _ => 0.025,
        }
    }

    fn value(&self, question: &Question, answers: &mut Answers, dice: &mut Dice) -> Option<Answer> {
        match &question.kind {
            Kind::Single { choices, .. } => self.single(question, choices, dice).map(Answer::One),
            Kind::Multiple {
                choices, min, max, ..
            } => {
                let most = max.map_or(choices.len(), usize::from);
                let least = min.map_or(1, usize::from).max(1);
                self.multiple(question, choices, least, most, dice)
            }
            Kind::Grid { rows, columns, .. } => self.grid(question, rows, columns, dice),
            Kind::Scale {
                min,
                max,
                dont_know,
                ..
            } => {
                if *dont_know && dice.happens(0.06) {
                    return Some(Answer::DontKnow);
                }
                let height = 0.48
                    + 0.15 * self.person.mood
                    + 0.16 * taste(&["scale", question.key.as_str()])
                    + 0.1 * dice.normal();
                let (low, high) = (f64::from(*min), f64::from(*max));
                let point = (low + (high - low) * height).round().clamp(low, high);
                Some(Answer::Number(whole(point)))
            }
            Kind::Ranking {
                items, places, min, ..
            } => {
                let most = usize::from(*places).min(items.len());
                let least = usize::from(min.unwrap_or(1)).clamp(1, most.max(1));
                let count = [most, most.saturating_sub(1), 1][dice.weighted(&[86.0, 8.0, 6.0])?];
                self.ranking(items, count.clamp(least, most.max(1)), dice)
            }
            Kind::Budget { items, total, .. } => self.budget(items, *total, dice),
            Kind::Number { min, max, .. } => {
                let low = min.unwrap_or(0);
                let high = max.unwrap_or_else(|| low.saturating_add(20)).max(low);
                let low = min.unwrap_or_else(|| low.min(high));
                // Small numbers are common, large ones are not.
                let (from, to) = (as_float(low), as_float(high));
                let part = dice.unit();
                let number = whole((from + (to - from) * part * part * part).round());
                Some(Answer::Number(number.clamp(low, high)))
            }
            Kind::Date { min, max } => {
                let back = i64::try_from(dice.place(90)).unwrap_or_default();
                let day = self.today.saturating_sub(back.days());
                let day = max.map_or(day, |max| day.min(max));
                Some(Answer::Date(min.map_or(day, |min| day.max(min))))
            }
            Kind::ShortText { max_length } => {
                let key = question.key.as_str();
                let is_about_self = key.contains("gender") || key.contains("identity");
                let words = line(self.person, is_about_self, *max_length, dice);
                say(answers, question, None, words)
            }
            Kind::LongText { max_length, .. } => {
                let theme = self.topic(question, dice);
                let wanted = wanted(question);
                let words = comment(self.person, wanted, theme.as_deref(), *max_length, dice);
                say(answers, question, None, words)
            }
            Kind::Email {} => {
                // example.org belongs to nobody and never will (RFC 2606).
                let address = format!("resident{}@example.org", dice.place(1_000_000));
                say(answers, question, None, address)
            }
            Kind::Postcode { outside } | Kind::Area { outside } => self
                .area(question, outside.is_some(), dice)
                .map(Answer::One),
            Kind::Information { .. } => None,
        }
    }

    fn single(&self, question: &Question, choices: &[Choice], dice: &mut Dice) -> Option<Code> {
        let roles = &self.definition.roles;
        let is = |role: &Option<QuestionKey>| role.as_ref() == Some(&question.key);
        if is(&roles.age)
            && let Some(band) = choices
                .iter()
                .find(|choice| has_age(choice.code.as_str(), self.person.age))
        {
            return Some(band.code.clone());
        }
        let sex = match self.person.sex {
            Sex::Female => "female",
            Sex::Male => "male",
        };
        if is(&roles.sex)
            && let Some(choice) = choices.iter().find(|choice| choice.code.as_str() == sex)
        {
            return Some(choice.code.clone());
        }
        let last = as_float(i64::try_from(choices.len()).unwrap_or(1) - 1).max(1.0);
        let weights: Vec<f64> = choices
            .iter()
            .enumerate()
            .map(|(place, choice)| {
                if !self.fits_victim(question, choice) {
                    return 0.0;
                }
                let mut weight = self.weight(question, choice);
                if question.sensitive.is_none() && !choice.apart {
                    // Lists go from good to bad more often than not: the contented choose earlier ones.
                    let place = as_float(i64::try_from(place).unwrap_or_default());
                    weight *=
                        (1.0 + 0.35 * self.person.mood * (1.0 - 2.0 * place / last)).max(0.15);
                }
                weight
            })
            .collect();
        let place = dice.weighted(&weights)?;
        choices.get(place).map(|choice| choice.code.clone())
    }

    /// Whether a choice agrees with having been a victim of crime, or not.
    fn fits_victim(&self, question: &Question, choice: &Choice) -> bool {
        match &self.definition.roles.victim {
            Some(victim) if victim.question == question.key => {
                victim.codes.contains(&choice.code) == self.person.victim
            }
            _ => true,
        }
    }

    /// How likely a choice is, against the others.
    fn weight(&self, question: &Question, choice: &Choice) -> f64 {
        let names = [question.key.as_str(), choice.code.as_str()];
        let known = figures::choice(names[0], names[1]);
        let mut weight = known.unwrap_or_else(|| {
            let rare = choice.apart || choice.exclusive || choice.other.is_some();
            (if rare { 5.0 } else { 15.0 }) + 25.0 * taste(&names)
        });
        if let Some(theme) = &choice.theme {
            weight *= (self.person.cares_about(theme.as_str()) / 5.0).clamp(0.5, 1.6);
        }
        weight
    }

    fn multiple(
        &self,
        question: &Question,
        choices: &[Choice],
        least: usize,
        most: usize,
        dice: &mut Dice,
    ) -> Option<Answer> {
        let open = |choice: &&Choice| {
            let lives_elsewhere = choice.code.as_str() == "live" && self.person.area.is_none();
            !choice.exclusive && !lives_elsewhere && self.fits_victim(question, choice)
        };
        if let Some(alone) = choices.iter().find(|choice| {
            choice.exclusive
                && self.fits_victim(question, choice)
                && dice.happens(self.weight(question, choice) / 150.0)
        }) {
            return Some(Answer::Many([alone.code.clone()].into()));
        }
        let open: Vec<&Choice> = choices.iter().filter(open).collect();
        let weights: Vec<f64> = open
            .iter()
            .map(|choice| self.weight(question, choice))
            .collect();
        let mut ticked: BTreeSet<Code> = BTreeSet::new();
        for (choice, weight) in open.iter().zip(&weights) {
            if ticked.len() < most && dice.happens(weight / 100.0) {
                ticked.insert(choice.code.clone());
            }
        }
        while ticked.len() < least {
            let left: Vec<f64> = open
                .iter()
                .zip(&weights)
                .map(|(choice, weight)| match ticked.contains(&choice.code) {
                    true => 0.0,
                    false => *weight,
                })
                .collect();
            ticked.insert(open.get(dice.weighted(&left)?)?.code.clone());
        }
        Some(Answer::Many(ticked))
    }

    fn grid(
        &self,
        question: &Question,
        rows: &[Row],
        columns: &[Choice],
        dice: &mut Dice,
    ) -> Option<Answer> {
        let (apart, scale): (Vec<&Choice>, Vec<&Choice>) = columns.iter().partition(|c| c.apart);
        let mut given = BTreeMap::new();
        for row in rows {
            if !question.required && dice.happens(0.02) {
                continue;
            }
            let name = row.code.as_str();
            let never = 0.005 + 0.05 * taste(&["never", question.key.as_str(), name]);
            let column = if scale.is_empty() || dice.happens(never) {
                dice.pick(&apart).or(scale.first())
            } else {
                // From the best at 0 to the worst at 1.
                let mut place = 0.33 - 0.13 * self.person.mood + 0.14 * dice.normal();
                place += 0.1 * self.person.surroundings.town;
                if name.contains("dark") || name.contains("night") {
                    place += if self.person.sex == Sex::Female {
                        0.2
                    } else {
                        0.1
                    };
                } else if !name.contains("day") {
                    place += 0.3 * (taste(&[question.key.as_str(), name]) - 0.5);
                } else {
                    place -= 0.12;
                }
                let last = as_float(i64::try_from(scale.len()).unwrap_or(1) - 1);
                let at = whole((place * last).round().clamp(0.0, last));
                scale.get(usize::try_from(at).unwrap_or_default())
            };
            if let Some(column) = column.or(apart.first()) {
                given.insert(row.code.clone(), column.code.clone());
            }
        }
        (!given.is_empty()).then_some(Answer::Grid(given))
    }

    fn ranking(&self, items: &[Choice], count: usize, dice: &mut Dice) -> Option<Answer> {
        let mut weights: Vec<f64> = items.iter().map(|item| self.cares(item)).collect();
        let mut ranked = Vec::with_capacity(count);
        while ranked.len() < count {
            let place = dice.weighted(&weights)?;
            weights[place] = 0.0;
            ranked.push(items[place].code.clone());
        }
        (!ranked.is_empty()).then_some(Answer::Ranked(ranked))
    }

    fn budget(&self, items: &[Choice], total: u32, dice: &mut Dice) -> Option<Answer> {
        let mut weights: Vec<f64> = match dice.weighted(&[10.0, 6.0, 84.0])? {
            // To each the same; nearly everything on one; as much as each matters.
            0 => vec![1.0; items.len()],
            style => {
                let power = if style == 1 { 4 } else { 1 };
                let cares = items.iter().map(|item| self.cares(item));
                cares
                    .map(|cares| (0..power).fold(1.0, |p, _| p * cares))
                    .collect()
            }
        };
        if weights.iter().sum::<f64>() <= 0.0 {
            weights.fill(1.0);
        }
        // People think in tens and fives.
        let step = match total % 100 {
            0 => [10, 5, 1][dice.weighted(&[40.0, 42.0, 18.0])?] * (total / 100),
            _ => 1,
        };
        let shares = share_out(&weights, total / step.max(1));
        let shares = items
            .iter()
            .zip(shares)
            .map(|(item, share)| (item.code.clone(), share * step.max(1)));
        Some(Answer::Shares(shares.collect()))
    }

    /// How much an item matters: its theme, or itself.
    fn cares(&self, item: &Choice) -> f64 {
        let theme = item.theme.as_ref().map(|theme| theme.as_str());
        let cares = self.person.cares_about(theme.unwrap_or(item.code.as_str()));
        if item.apart { 0.4 * cares } else { cares }
    }

    fn area(&self, question: &Question, outside: bool, dice: &mut Dice) -> Option<Code> {
        let is_home = self.definition.roles.area.as_ref() == Some(&question.key);
        if let Some(home) = self.person.area
            && (is_home || dice.happens(0.6))
        {
            return Some(home.code.clone());
        }
        if outside && (is_home || dice.happens(0.3)) {
            return Code::new(OUTSIDE).ok();
        }
        if is_home && !question.required {
            return None;
        }
        dice.pick(self.place.areas()).map(|area| area.code.clone())
    }

    /// What a comment is about: the question's theme, or one that matters to the person.
    fn topic(&self, question: &Question, dice: &mut Dice) -> Option<String> {
        if let Some(theme) = &question.theme {
            return Some(theme.to_string());
        }
        let themes = &self.definition.themes;
        let weights: Vec<f64> = themes
            .iter()
            .map(|theme| self.person.cares_about(theme.key.as_str()))
            .collect();
        dice.weighted(&weights)
            .and_then(|at| themes.get(at))
            .map(|theme| theme.key.to_string())
    }

    /// "Other, please say" of the choices made.
    fn say_others(
        &self,
        question: &Question,
        answer: &Answer,
        answers: &mut Answers,
        dice: &mut Dice,
    ) {
        for choice in question.choices() {
            let asks = choice.other.is_some() && chooses(answer, &choice.code);
            if asks && (question.required || dice.happens(0.8)) {
                let words = line(self.person, false, OTHER_LENGTH, dice);
                say(answers, question, Some(&choice.code), words);
            }
        }
    }
}

/// How likely "Prefer not to say" is.
fn declines(question: &Question) -> f64 {
    if question.sensitive.is_some() {
        0.05
    } else {
        0.02
    }
}

/// Whether a comment is asked for what works, or for what should change.
fn wanted(question: &Question) -> Wanted {
    let key = question.key.as_str();
    let praise = ["working", "works", "good", "praise", "well", "like", "best"];
    match praise.iter().any(|word| key.contains(word)) {
        true => Wanted::Works,
        false => Wanted::Change,
    }
}

fn say(
    answers: &mut Answers,
    question: &Question,
    code: Option<&Code>,
    words: String,
) -> Option<Answer> {
    let key = TextKey {
        question: question.key.clone(),
        code: code.cloned(),
    };
    answers.texts.insert(key, words);
    Some(Answer::Text)
}

/// Whether an age lies in a band such as `16_24` or `75_plus`.
fn has_age(band: &str, age: u8) -> bool {
    band.split_once('_').is_some_and(|(from, to)| {
        let to = if to == "plus" {
            Some(u8::MAX)
        } else {
            to.parse().ok()
        };
        from.parse::<u8>().is_ok_and(|from| from <= age) && to.is_some_and(|to| age <= to)
    })
}

/// Shares `total` by weights, in whole numbers: the largest remainders are rounded up.
fn share_out(weights: &[f64], total: u32) -> Vec<u32> {
    let sum: f64 = weights.iter().sum();
    let exact: Vec<f64> = weights.iter().map(|w| w / sum * f64::from(total)).collect();
    let mut shares: Vec<u32> = exact
        .iter()
        .map(|share| u32::try_from(whole(share.floor())).unwrap_or_default())
        .collect();
    let mut order: Vec<usize> = (0..exact.len()).collect();
    order.sort_by(|a, b| exact[*b].fract().total_cmp(&exact[*a].fract()));
    let left = total.saturating_sub(shares.iter().sum());
    for place in order
        .into_iter()
        .cycle()
        .take(usize::try_from(left).unwrap_or_default())
    {
        shares[place] += 1;
    }
    shares
}

#[allow(clippy::cast_possible_truncation)] // A float beyond the range becomes its end.
fn whole(number: f64) -> i64 {
    number as i64
}

#[allow(clippy::cast_precision_loss)] // Made-up numbers need no more than 53 bits.
fn as_float(number: i64) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn ages_find_their_band() {
        assert!(has_age("16_24", 16) && has_age("16_24", 24) && !has_age("16_24", 25));
        assert!(has_age("75_plus", 92) && !has_age("75_plus", 74));
        assert!(!has_age("unknown", 40) && !has_age("dont_know", 40));
    }

    #[test]
    fn shares_always_add_up() {
        for (weights, total) in [
            (vec![1.0, 1.0, 1.0], 100),
            (vec![0.0, 5.0, 0.1], 10),
            (vec![3.0], 7),
            (vec![1.0, 2.0, 3.0, 4.0], 3),
        ] {
            let shares = share_out(&weights, total);
            assert_eq!(shares.iter().sum::<u32>(), total, "{weights:?}");
        }
    }
}
