//! From a query and a snapshot to an outcome.

use std::cmp::Ordering;

use jiff::Timestamp;

use super::{
    area_outcome::area,
    compare::compare,
    equality::equality,
    headline::Headline,
    outcome::{Outcome, Overview, PageOutcome, QuestionOutcome, State, ThemesOutcome},
    priorities_outcome::priorities,
    quality::{quality, without_flagged},
    query::{ResultPage, ResultQuery},
    running::RunningOutcome,
    snapshot::Snapshot,
    themes_view::ThemesView,
    weights::{WeightsInForce, WeightsShown},
    who::WhoOutcome,
    who_protected::WhoProtectedOutcome,
};
use crate::{
    analysis::{
        completion::{completion, median_seconds, per_day},
        filter::Selection,
        frequency::weighted_frequency,
        parallel, strata,
        themes::{ThemeTable, weighted_themes},
        weights::Weights,
    },
    survey::ids::ThemeKey,
};

/// Answers a query from one snapshot; what became of an earlier state's responses since ([`State::since`]) is left for
/// whoever can ask the store. A question that the snapshot's versions don't have has no figures: the page of
/// questions comes instead, without any.
#[must_use]
pub fn answer(query: &ResultQuery, snapshot: &Snapshot) -> Outcome {
    let as_of = query.filter.as_of;
    let earlier = as_of
        .filter(|_| query.weights.asks_for_weights())
        .map(|as_of| snapshot.weighted_at(as_of));
    let snapshot = earlier.as_ref().unwrap_or(snapshot);
    let selection = query.filter.select(&snapshot.dataset);
    let weights = in_force(query, snapshot);
    let reading = Reading {
        snapshot,
        selection: &selection,
        weights,
        leads_with_weights: query.weights == WeightsShown::Weighted && weights.is_some(),
    };
    let page = match &query.page {
        ResultPage::Overview => PageOutcome::Overview(overview(snapshot, &selection)),
        ResultPage::Running => PageOutcome::Running(RunningOutcome::of(snapshot, &selection)),
        ResultPage::Questions => PageOutcome::Questions {
            questions: reading.questions(),
        },
        ResultPage::Question(key) => match snapshot.dataset.schema().position(key) {
            Some(column) => PageOutcome::Question(Box::new(reading.question(column))),
            None => PageOutcome::Questions {
                questions: Vec::new(),
            },
        },
        ResultPage::Themes(view) | ResultPage::Maps(view) => {
            PageOutcome::Themes(Box::new(reading.themes_by_area(view)))
        }
        ResultPage::Who => PageOutcome::Who(Box::new(WhoOutcome::of(snapshot, &selection))),
        ResultPage::WhoProtected => {
            PageOutcome::WhoProtected(WhoProtectedOutcome::of(snapshot, &selection))
        }
        ResultPage::Area(view) => match area(view, snapshot, &selection) {
            Some(area) => PageOutcome::Area(Box::new(area)),
            // The place of the snapshot is another than the one the address was read for.
            None => PageOutcome::Questions {
                questions: Vec::new(),
            },
        },
        ResultPage::Priorities => {
            PageOutcome::Priorities(Box::new(priorities(snapshot, &selection, query.weights)))
        }
        ResultPage::Compare(view) => {
            PageOutcome::Compare(Box::new(compare(view, snapshot, &selection)))
        }
        ResultPage::Equality => PageOutcome::Equality(Box::new(equality(snapshot, &selection))),
        ResultPage::Quality => PageOutcome::Quality(Box::new(quality(snapshot, &selection))),
    };
    Outcome {
        state: state(query, snapshot, &selection),
        without_flagged: without_flagged(query, snapshot, &page),
        page,
    }
}

fn state(query: &ResultQuery, snapshot: &Snapshot, selection: &Selection) -> State {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    State {
        survey: snapshot.definition.slug.clone(),
        as_of: Timestamp::from_microsecond(snapshot.as_of_micros).unwrap_or_default(),
        responses: count(snapshot.dataset.len()),
        selected: count(selection.count()),
        flagged: {
            let dataset = &snapshot.dataset;
            dataset.quality().count(dataset, selection).flagged.count
        },
        filter: query.filter.clone(),
        weights: weights(query, snapshot, selection),
        versions: selection.versions(&snapshot.dataset),
        since: None,
        simulated: selection.has_simulated(&snapshot.dataset),
        software: env!("CARGO_PKG_VERSION"),
    }
}

fn weights(query: &ResultQuery, snapshot: &Snapshot, selection: &Selection) -> WeightsInForce {
    if !query.weights.asks_for_weights() {
        return WeightsInForce::default();
    }
    let selected = strata::tally(&snapshot.dataset, selection);
    let weighting = snapshot.weights().map(|weighting| &**weighting);
    WeightsInForce::of(query.weights, weighting, &selected)
}

fn overview(snapshot: &Snapshot, selection: &Selection) -> Overview {
    let days = per_day(&snapshot.dataset, selection);
    let time_zone = snapshot.dataset.schema().time_zone();
    let today = Timestamp::from_microsecond(snapshot.as_of_micros)
        .ok()
        .map(|instant| time_zone.to_datetime(instant).date());
    let of_today = days.iter().rev().find(|day| Some(day.day) == today);
    Overview {
        completion: completion(&snapshot.definition, &snapshot.progress),
        median_seconds: median_seconds(&snapshot.dataset, selection),
        today,
        responses_today: of_today.map_or(0, |day| day.responses),
        days,
    }
}

/// What figures are taken from.
struct Reading<'a> {
    snapshot: &'a Snapshot,
    selection: &'a Selection,
    /// The weights, where they were asked for and there are any.
    weights: Option<&'a Weights>,
    /// Whether titles, marks and order are by figures with weights.
    leads_with_weights: bool,
}

fn in_force<'a>(query: &ResultQuery, snapshot: &'a Snapshot) -> Option<&'a Weights> {
    let asked = query.weights.asks_for_weights();
    let weighting = asked.then(|| snapshot.weights().ok()).flatten()?;
    Some(&weighting.weights)
}

impl Reading<'_> {
    fn question(&self, column: usize) -> QuestionOutcome {
        let frequency =
            weighted_frequency(&self.snapshot.dataset, self.selection, column, self.weights);
        QuestionOutcome {
            headline: Headline::of_question(&frequency, self.leads_with_weights),
            frequency,
        }
    }

    fn questions(&self) -> Vec<QuestionOutcome> {
        let columns = self.snapshot.dataset.schema().questions().len();
        parallel::map(columns, self.selection.count(), |column| {
            self.question(column)
        })
    }

    fn themes_by_area(&self, view: &ThemesView) -> ThemesOutcome {
        let table = weighted_themes(
            &self.snapshot.dataset,
            self.selection,
            view.measure,
            view.areas.0,
            self.weights,
        );
        let with_weights = self.leads_with_weights;
        let mut outcome = ThemesOutcome {
            measure: view.measure,
            unmeasured: None,
            table: None,
            headline: Headline::Measure,
            order: Vec::new(),
            sort: view.sort.clone(),
            theme: view.theme.clone(),
            cell: view.cell.clone(),
        };
        match table {
            Err(unmeasured) => outcome.unmeasured = Some(unmeasured),
            Ok(table) => {
                outcome.headline = Headline::of_themes(&table, with_weights);
                outcome.order = order(&table, view.sort.as_deref(), with_weights);
                let shown = |theme: &ThemeKey| outcome.order.contains(theme);
                outcome.theme = outcome
                    .theme
                    .filter(|theme| shown(theme))
                    .or_else(|| outcome.order.first().cloned());
                outcome.table = Some(table);
            }
        }
        outcome
    }
}

/// The themes by their figures in one column, most wanted first; those without a figure last.
fn order(table: &ThemeTable, sort: Option<&str>, with_weights: bool) -> Vec<ThemeKey> {
    let column = table
        .columns
        .iter()
        .position(|column| column.key.as_deref() == sort)
        .unwrap_or(0);
    let wanted = |row: usize| {
        let value = table.rows[row].cells[column].value(with_weights);
        value.map(|value| {
            if table.measure.low_is_more() {
                -value
            } else {
                value
            }
        })
    };
    let mut order: Vec<usize> = (0..table.rows.len()).collect();
    order.sort_by(|one, other| match (wanted(*one), wanted(*other)) {
        (Some(one), Some(other)) => other.total_cmp(&one),
        (one, other) => other.is_some().cmp(&one.is_some()).then(Ordering::Equal),
    });
    order
        .into_iter()
        .map(|row| table.rows[row].theme.clone())
        .collect()
}
