//! A survey's home: its figures, its days, where people leave.

use jiff::civil::{Date, Weekday};

use crate::{
    analysis::{
        chunk::Channel,
        completion::{DayCount, PageProgress},
    },
    charts::{
        Axis, Caption, Column, ColumnsSpec, DropoffSpec, Fill, Layout, Series, Step, columns,
        dropoff,
    },
    results::{Overview, State},
    survey::message::Message,
    web::pages::{ChartView, FigureView, TableView},
};

use super::{
    both,
    words::{Words, count, share},
};

/// Up to this many days each week is named under the columns, above only each month.
const DAYS_WITH_WEEKS: usize = 45;

/// The figures, most important first.
#[must_use]
pub fn figures(
    words: &Words<'_>,
    state: &State,
    overview: &Overview,
    daily_need: Option<u32>,
) -> Vec<FigureView> {
    let completed = overview.completion.completed;
    let unsent = completed.base.0.saturating_sub(completed.count);
    let of_started = Message::new("figure-of-started")
        .with("sent", completed.count)
        .with("started", completed.base.0);
    let promised = Message::new("figure-promised").with("minutes", words.definition.minutes);
    let mut figures = vec![
        FigureView {
            key: "figure-responses",
            value: count(state.selected),
            yardstick: (unsent > 0 && state.filter.is_empty())
                .then(|| words.counted("figure-unsent", unsent)),
        },
        FigureView {
            key: "figure-completion",
            value: if completed.base.0 == 0 {
                words.id("figure-none")
            } else {
                share(completed)
            },
            yardstick: (completed.base.0 > 0).then(|| words.say(&of_started)),
        },
        FigureView {
            key: "figure-median",
            value: overview.median_seconds.map_or_else(
                || words.id("figure-none"),
                |seconds| duration(words, seconds),
            ),
            yardstick: Some(words.say(&promised)),
        },
        FigureView {
            key: "figure-today",
            value: count(overview.responses_today),
            yardstick: match daily_need.filter(|need| *need > 0) {
                Some(need) => Some(words.counted("figure-daily-need", need)),
                None => overview.today.map(|day| words.day(day)),
            },
        },
    ];
    let used = channels(&overview.days);
    if used.len() > 1 {
        let sent_by = |channel: &Channel| -> u32 {
            overview
                .days
                .iter()
                .filter_map(|day| day.channels.get(channel))
                .sum()
        };
        let parts = used
            .iter()
            .map(|channel| format!("{} {}", words.channel(*channel), count(sent_by(channel))));
        figures.push(FigureView {
            key: "figure-channels",
            value: count(u32::try_from(used.len()).unwrap_or(u32::MAX)),
            yardstick: Some(parts.collect::<Vec<_>>().join(", ")),
        });
    }
    figures
}

fn duration(words: &Words<'_>, seconds: f64) -> String {
    let seconds = seconds.max(0.0).round() as i64;
    words.say(
        &Message::new("figure-duration")
            .with("minutes", seconds / 60)
            .with("seconds", seconds % 60),
    )
}

/// The channels that any response came in by.
fn channels(days: &[DayCount]) -> Vec<Channel> {
    Channel::ALL
        .into_iter()
        .filter(|channel| days.iter().any(|day| day.channels.contains_key(channel)))
        .collect()
}

/// Responses by day.
#[must_use]
pub fn days(words: &Words<'_>, overview: &Overview) -> ChartView {
    let days = &overview.days;
    let sent: u32 = days.iter().map(|day| day.responses).sum();
    let title = words.id("home-days-title");
    let ends = days.first().zip(days.last());
    let lead = |id: &'static str| {
        ends.map_or_else(String::new, |(first, last)| {
            words.say(
                &Message::new(id)
                    .with("from", words.day(first.day))
                    .with("to", words.day(last.day)),
            )
        })
    };
    let drawn = (sent > 0).then(|| {
        both(
            "days",
            &title,
            &lead("home-days-about"),
            |caption, layout| day_columns(words, overview, caption, layout),
        )
    });
    let (wide, narrow) = drawn.unzip();
    ChartView {
        id: "days".to_owned(),
        title,
        subtitle: lead("home-days-lead"),
        wide,
        narrow,
        empty: (sent == 0).then(|| words.id("officers-no-figures")),
        base: words.counted("home-days-base", sent),
        table: (sent > 0).then(|| day_table(words, days)),
        files: Vec::new(),
    }
}

/// The chart of days.
#[must_use]
pub fn day_columns(
    words: &Words<'_>,
    overview: &Overview,
    caption: Caption,
    layout: Layout,
) -> String {
    let days = &overview.days;
    let used = channels(days);
    let of_channel = |day: &DayCount, channel: &Channel| {
        f64::from(day.channels.get(channel).copied().unwrap_or(0))
    };
    let series = used.iter().map(|channel| Series {
        name: words.channel(*channel),
        // Never more than four colours in one chart.
        fill: if *channel == Channel::Import {
            Fill::Neutral
        } else {
            Fill::Series(*channel as u8)
        },
    });
    let is_named = |index: usize, day: Date| {
        index == 0
            || if days.len() > DAYS_WITH_WEEKS {
                day.day() == 1
            } else {
                day.weekday() == Weekday::Monday && index > 3
            }
    };
    let column = |(index, day): (usize, &DayCount)| Column {
        label: day.day.day().to_string(),
        note: is_named(index, day.day).then(|| words.short_day(day.day)),
        parts: used
            .iter()
            .map(|channel| of_channel(day, channel))
            .collect(),
        is_shaded: matches!(day.day.weekday(), Weekday::Saturday | Weekday::Sunday),
        is_emphasised: overview.today == Some(day.day),
    };
    let most = days.iter().map(|day| day.responses).max().unwrap_or(0);
    columns(&ColumnsSpec {
        caption,
        layout,
        // People are whole: an axis to 5 has no ticks between them.
        axis: Axis::to_hold(f64::from(most.max(5)), |at| count(at.max(0.0) as u64)),
        series: series.collect(),
        columns: days.iter().enumerate().map(column).collect(),
        reference: None,
    })
}

fn day_table(words: &Words<'_>, days: &[DayCount]) -> TableView {
    let used = channels(days);
    let mut head = vec![words.id("home-day"), words.id("home-all-channels")];
    let several = if used.len() > 1 { &used[..] } else { &[] };
    head.extend(several.iter().map(|channel| words.channel(*channel)));
    let row = |day: &DayCount| {
        let mut row = vec![words.day(day.day), count(day.responses)];
        row.extend(
            several
                .iter()
                .map(|channel| count(day.channels.get(channel).copied().unwrap_or(0))),
        );
        row
    };
    TableView {
        caption: words.id("home-days-title"),
        head,
        rows: days.iter().rev().map(row).collect(),
    }
}

/// Where people leave, page by page.
#[must_use]
pub fn leaving(words: &Words<'_>, overview: &Overview) -> ChartView {
    let started = overview.completion.completed.base;
    let title = words.id("home-leaving-title");
    let about = words.id("home-leaving-about");
    let drawn = (started.0 > 0).then(|| {
        both("leaving", &title, &about, |caption, layout| {
            page_bars(words, overview, caption, layout)
        })
    });
    let (wide, narrow) = drawn.unzip();
    let row = |page: &PageProgress| {
        vec![
            page_title(words, page),
            count(page.saved.count),
            count(page.stopped.count),
            share(page.stopped),
        ]
    };
    let head = ["home-page", "home-reached", "home-left", "result-share"];
    ChartView {
        id: "leaving".to_owned(),
        subtitle: words.id("home-leaving-lead"),
        wide,
        narrow,
        empty: (started.0 == 0).then(|| words.id("officers-no-figures")),
        base: words.counted("home-leaving-base", started.0),
        table: (started.0 > 0).then(|| TableView {
            caption: title.clone(),
            head: head.iter().map(|id| words.id(id)).collect(),
            rows: overview.completion.pages.iter().map(row).collect(),
        }),
        files: Vec::new(),
        title,
    }
}

fn page_bars(words: &Words<'_>, overview: &Overview, caption: Caption, layout: Layout) -> String {
    let completion = &overview.completion;
    let most = completion
        .pages
        .iter()
        .map(|page| page.stopped.count)
        .max()
        .unwrap_or(0);
    let mut worst_named = false;
    let step = |page: &PageProgress| {
        let is_worst = most > 0
            && page.stopped.count == most
            && !std::mem::replace(&mut worst_named, page.stopped.count == most);
        let left = Message::new("home-left-value")
            .with("count", page.stopped.count)
            .with("share", share(page.stopped));
        Step {
            label: page_title(words, page),
            reached: u64::from(page.saved.count),
            left: u64::from(page.stopped.count),
            reached_text: count(page.saved.count),
            left_text: words.say(&left),
            is_worst,
            is_end: false,
        }
    };
    let mut steps: Vec<Step> = completion.pages.iter().map(step).collect();
    steps.push(Step {
        label: words.id("home-sent"),
        reached: u64::from(completion.completed.count),
        left: 0,
        reached_text: count(completion.completed.count),
        left_text: String::new(),
        is_worst: false,
        is_end: true,
    });
    dropoff(&DropoffSpec {
        caption,
        layout,
        reached_heading: words.id("home-reached"),
        left_heading: words.id("home-left"),
        steps,
    })
}

fn page_title(words: &Words<'_>, page: &PageProgress) -> String {
    words
        .definition
        .page(&page.page)
        .map_or_else(|| page.page.to_string(), |page| words.plain(&page.title))
}
