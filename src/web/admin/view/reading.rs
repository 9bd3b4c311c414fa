//! With weights or without: which of two figures a page reads, and what it says about weights.

use crate::{
    analysis::{
        moments::{Mean, Summary},
        share::{Interval, SMALL_BASE, Share},
        weighting::{Category, Trait, Unweighted},
        weights::WeightedBase,
    },
    results::{ResultQuery, State, WeightsShown},
    survey::{ids::Slug, message::Message},
    web::{pages::WeightsView, templates::NavItem, urls::Url},
};

use super::words::{NONE, Words, count, decimal, percent};

/// Which figures a page reads.
#[derive(Debug, Clone, Copy, Default)]
pub struct Reading {
    /// Whether its figures are those with weights.
    pub with_weights: bool,
    /// Whether those with weights stand beside those without.
    pub beside: bool,
}

impl Reading {
    /// What was asked for, as far as there are weights.
    #[must_use]
    pub fn of(state: &State) -> Self {
        let shown = Some(state.weights.shown).filter(|_| state.weights.are_in_force());
        Self {
            with_weights: shown == Some(WeightsShown::Weighted),
            beside: shown == Some(WeightsShown::Both),
        }
    }

    /// Those with weights, for what stands beside.
    #[must_use]
    pub fn weighted() -> Self {
        Self {
            with_weights: true,
            beside: false,
        }
    }

    /// Whether figures with weights are shown, alone or beside.
    #[must_use]
    pub const fn shows_weights(self) -> bool {
        self.with_weights || self.beside
    }

    /// A share on 0..1.
    #[must_use]
    pub fn value(self, share: Share) -> Option<f64> {
        match share.weighted {
            Some(weighted) if self.with_weights => weighted.value(),
            _ => share.value(),
        }
    }

    /// A share as a whole per cent, or that there is none.
    #[must_use]
    pub fn share(self, share: Share) -> String {
        self.value(share).map_or_else(|| NONE.to_owned(), percent)
    }

    /// The interval of a share.
    #[must_use]
    pub fn interval(self, share: Share) -> Option<Interval> {
        match share.weighted {
            Some(weighted) if self.with_weights => weighted.wilson(),
            _ => share.wilson(),
        }
    }

    /// Whether the base of a share is small.
    #[must_use]
    pub fn is_small(self, share: Share) -> bool {
        match share.weighted {
            Some(weighted) if self.with_weights => thin(weighted.base),
            _ => share.base.is_small(),
        }
    }

    /// A mean.
    #[must_use]
    pub fn mean(self, mean: &Mean) -> Option<f64> {
        match &mean.weighted {
            Some(weighted) if self.with_weights => weighted.mean,
            _ => mean.mean,
        }
    }

    /// The interval of a mean.
    #[must_use]
    pub fn mean_interval(self, mean: &Mean) -> Option<Interval> {
        match &mean.weighted {
            Some(weighted) if self.with_weights => weighted.interval,
            _ => mean.interval,
        }
    }

    /// Whether the base of a mean is small.
    #[must_use]
    pub fn is_small_mean(self, mean: &Mean) -> bool {
        match &mean.weighted {
            Some(weighted) if self.with_weights => thin(weighted.base),
            _ => mean.base.is_small(),
        }
    }

    /// Lower quartile, median and upper quartile.
    #[must_use]
    pub fn quartiles(self, summary: &Summary) -> [Option<f64>; 3] {
        match &summary.weighted_quartiles {
            Some(weighted) if self.with_weights => [weighted.q1, weighted.median, weighted.q3],
            _ => [summary.q1, summary.median, summary.q3],
        }
    }
}

fn thin(base: WeightedBase) -> bool {
    base.effective()
        .is_none_or(|effective| effective < f64::from(SMALL_BASE))
}

/// A measure, and that its figures are weighted where they are.
#[must_use]
pub fn measure_words(words: &Words<'_>, key: &'static str, with_weights: bool) -> String {
    let measure = words.id(key);
    if with_weights {
        words.say(&Message::new("measure-weighted").with("measure", measure))
    } else {
        measure
    }
}

/// Who weighted figures are of, and what they are worth.
#[must_use]
pub fn weighted_base(words: &Words<'_>, people: u32, effective: Option<f64>) -> String {
    let message = Message::new("weights-base-worth").with("count", i64::from(people));
    words.say(&message.with("worth", worth(effective)))
}

/// What a base is worth, as a whole number of people.
#[must_use]
pub fn worth(effective: Option<f64>) -> String {
    effective.map_or_else(
        || NONE.to_owned(),
        |effective| count(effective.round() as u64),
    )
}

/// The switch between figures, and what is to be said about weights.
#[must_use]
pub fn weights_view(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    state: &State,
) -> WeightsView {
    let switch = WeightsShown::ALL.into_iter().map(|shown| {
        let other = ResultQuery {
            weights: shown,
            ..query.clone()
        };
        let href = Url::AdminSurvey(slug, &other.to_url()).to_string();
        NavItem::current(key(shown), href, shown == query.weights)
    });
    let weights = &state.weights;
    let mut notes = Vec::new();
    if let (Some(base), Some(effective)) = (weights.base, weights.effective_selected) {
        let message = Message::new("weights-base")
            .with("people", count(base.0))
            .with("worth", count(effective.round() as u64))
            .with("effect", or_two_decimals(weights.design_effect));
        notes.push(words.say(&message));
    }
    let outside = weights.outside.filter(|base| base.0 > 0);
    notes.extend(outside.map(|base| words.counted("weights-outside", base.0)));
    WeightsView {
        switch: switch.collect(),
        refused: weights
            .refused
            .as_ref()
            .map(|reason| refusal(words, reason)),
        notes,
    }
}

const fn key(shown: WeightsShown) -> &'static str {
    match shown {
        WeightsShown::Raw => "weights-raw",
        WeightsShown::Weighted => "weights-weighted",
        WeightsShown::Both => "weights-both",
    }
}

fn or_two_decimals(number: Option<f64>) -> String {
    number.map_or_else(|| NONE.to_owned(), |number| format!("{number:.2}"))
}

/// Why there are no weights, as a sentence.
#[must_use]
pub fn refusal(words: &Words<'_>, reason: &Unweighted) -> String {
    let message = match reason {
        Unweighted::NotAsked { lacking } => Message::new(match lacking {
            Trait::Area => "weights-no-area",
            Trait::Age => "weights-no-age",
            Trait::Sex => "weights-no-sex",
        }),
        Unweighted::Nobody => Message::new("weights-nobody"),
        Unweighted::NoTarget { category } => {
            Message::new("weights-no-target").with("who", who(words, category))
        }
        Unweighted::Contradictory {
            category,
            target,
            reached,
        } => Message::new("weights-contradictory")
            .with("who", who(words, category))
            .with("target", decimal(*target))
            .with("reached", decimal(*reached)),
    };
    words.say(&message)
}

/// Who a category of a margin is.
#[must_use]
pub fn who(words: &Words<'_>, category: &Category) -> String {
    match category {
        Category::Area(code) => words.area(code),
        Category::AgeSex(band, sex) => words.say(
            &Message::new("weights-age-sex")
                .with("age", words.band(*band))
                .with("sex", words.sex(*sex)),
        ),
    }
}
