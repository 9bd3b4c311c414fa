//! Running totals as lines.

use jiff::civil::Date;

use crate::{
    analysis::chunk::Channel,
    charts::{Caption, Layout, LinePoint, LineSeries, LineSpec, Moment, Span, line},
    results::{ResultQuery, RunningOutcome},
    survey::{ids::Slug, message::Message},
    web::pages::{ChartView, TableView},
};

use super::{
    WITH_CHART, both, files,
    words::{Words, count},
};

/// More lines than these in one chart are a tangle: the smallest channels are drawn as one.
const MOST_LINES: usize = 4;
/// A line needs a day before and a day after.
const FEWEST_DAYS: usize = 2;

/// Responses so far, day by day and channel by channel.
#[must_use]
pub fn running(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    outcome: &RunningOutcome,
) -> ChartView {
    let title = words.id("running-title");
    let is_drawn = outcome.days.len() >= FEWEST_DAYS;
    let drawn = is_drawn.then(|| {
        let about = words.id("running-about");
        both("running", &title, &about, |caption, layout| {
            lines(words, outcome, caption, layout)
        })
    });
    let (wide, narrow) = drawn.unzip();
    let ends = outcome.days.first().zip(outcome.days.last());
    let subtitle = ends.map_or_else(String::new, |(first, last)| {
        words.say(
            &Message::new("home-days-lead")
                .with("from", words.day(first.day))
                .with("to", words.day(last.day)),
        )
    });
    let total = outcome.days.last().map_or(0, |day| day.responses);
    ChartView {
        id: "running".to_owned(),
        subtitle,
        wide,
        narrow,
        empty: (!is_drawn).then(|| words.id("running-too-few")),
        base: words.counted("running-base", total),
        table: (total > 0).then(|| table(words, outcome, &title)),
        files: files(slug, "running", &query.query(), WITH_CHART, |id| {
            words.id(id)
        }),
        title,
    }
}

/// A line: its name, and which channels it adds up.
struct Line {
    name: String,
    channels: Vec<usize>,
}

/// One line for each channel, largest first; where there are too many, the smallest share one.
fn lines_of(words: &Words<'_>, outcome: &RunningOutcome) -> Vec<Line> {
    let last = outcome.days.last();
    let total = |channel: usize| last.map_or(0, |day| day.by_channel[channel]);
    let mut order: Vec<usize> = (0..outcome.channels.len()).collect();
    order.sort_by_key(|channel| std::cmp::Reverse(total(*channel)));
    let alone = if order.len() > MOST_LINES {
        MOST_LINES - 1
    } else {
        order.len()
    };
    let rest = order.split_off(alone);
    let mut lines: Vec<Line> = order
        .into_iter()
        .map(|channel| Line {
            name: words.channel(outcome.channels[channel]),
            channels: vec![channel],
        })
        .collect();
    if !rest.is_empty() {
        lines.push(Line {
            name: words.id("running-others"),
            channels: rest,
        });
    }
    lines
}

fn lines(words: &Words<'_>, outcome: &RunningOutcome, caption: Caption, layout: Layout) -> String {
    let days = &outcome.days;
    let first = days.first().map(|day| day.day);
    let after = |day: Date| {
        let span = first.and_then(|first| first.until(day).ok());
        span.map_or(0.0, |span| f64::from(span.get_days()))
    };
    let series = lines_of(words, outcome).into_iter().map(|line| {
        let totals = days.iter().map(|day| -> u32 {
            line.channels
                .iter()
                .map(|channel| day.by_channel[*channel])
                .sum()
        });
        let totals: Vec<u32> = totals.collect();
        LineSeries {
            name: line.name,
            end_text: count(totals.last().copied().unwrap_or(0)),
            points: totals
                .into_iter()
                .map(|total| {
                    Some(LinePoint {
                        value: f64::from(total),
                        interval: None,
                    })
                })
                .collect(),
        }
    });
    let series: Vec<LineSeries> = series.collect();
    let values = series.iter().flat_map(|line| &line.points).flatten();
    let most = values.map(|point| point.value).fold(5.0, f64::max);
    line(&LineSpec {
        caption,
        layout,
        span: Span::to_hold(0.0, most, |at| count(at.max(0.0) as u64)),
        moments: days
            .iter()
            .map(|day| Moment {
                at: after(day.day),
                label: words.short_day(day.day),
            })
            .collect(),
        series,
    })
}

fn table(words: &Words<'_>, outcome: &RunningOutcome, caption: &str) -> TableView {
    let mut head = vec![words.id("home-day"), words.id("home-all-channels")];
    let several = outcome.channels.len() > 1;
    let name = |channel: &Channel| words.channel(*channel);
    if several {
        head.extend(outcome.channels.iter().map(name));
    }
    let rows = outcome.days.iter().rev().map(|day| {
        let mut row = vec![words.day(day.day), count(day.responses)];
        if several {
            row.extend(day.by_channel.iter().map(|total| count(*total)));
        }
        row
    });
    TableView {
        caption: caption.to_owned(),
        head,
        rows: rows.collect(),
    }
}
