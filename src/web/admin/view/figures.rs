//! From a question's figures to its chart and its table.

use crate::{
    analysis::{
        frequency::{BudgetItem, ChoiceShare, Figures, Frequency, Point},
        moments::Summary,
        ranking::RankedItem,
        schema::Purse,
        share::Share,
    },
    charts::{
        Axis, Bar, BarsSpec, Caption, Layout, LikertColumn, LikertRow, LikertSpec, Series,
        StackedRow, StackedSpec, bars, likert, stacked,
    },
    survey::{
        definition::{Kind, Question},
        ids::Code,
        message::Message,
    },
    web::pages::TableView,
};

use super::words::{Words, count, decimal, or_none, percent, share};

/// What a question's figures look like.
pub struct Drawn {
    /// What is measured.
    pub subtitle: String,
    /// The chart in a layout; none, where there is only a table.
    pub chart: Option<ChartKind>,
    /// The table; none for words.
    pub table: Option<TableView>,
}

/// A chart of a question, before it is laid out.
pub enum ChartKind {
    /// Bars along an axis.
    Bars {
        /// The axis.
        axis: Axis,
        /// The bars.
        bars: Vec<Bar>,
    },
    /// Rows that share out.
    Stacked {
        /// The parts of every row.
        series: Vec<Series>,
        /// The rows.
        rows: Vec<StackedRow>,
    },
    /// Rows on both sides of a centre line.
    Likert {
        /// The answers, from the most unfavourable.
        columns: Vec<LikertColumn>,
        /// What stands over the bases.
        base_heading: String,
        /// The rows.
        rows: Vec<LikertRow>,
    },
}

impl ChartKind {
    /// The SVG for one layout.
    #[must_use]
    pub fn draw(&self, caption: Caption, layout: Layout) -> String {
        match self {
            Self::Bars { axis, bars: list } => bars(&BarsSpec {
                caption,
                layout,
                axis: axis.clone(),
                bars: list.clone(),
            }),
            Self::Stacked { series, rows } => stacked(&StackedSpec {
                caption,
                layout,
                series: series.clone(),
                rows: rows.clone(),
            }),
            Self::Likert {
                columns,
                base_heading,
                rows,
            } => likert(&LikertSpec {
                caption,
                layout,
                columns: columns.clone(),
                base_heading: base_heading.clone(),
                rows: rows.clone(),
            }),
        }
    }
}

/// A question whose figures are drawn.
pub struct Subject<'a> {
    /// How its parts are said.
    pub words: &'a Words<'a>,
    /// The question.
    pub question: &'a Question,
    /// Its figures.
    pub frequency: &'a Frequency,
    /// The choice that its title speaks of.
    pub leader: Option<&'a Code>,
}

impl Subject<'_> {
    /// Draws the figures in the way that suits their kind.
    #[must_use]
    pub fn draw(&self) -> Drawn {
        let words = self.words;
        match &self.frequency.figures {
            Figures::Single { options } => self.choices(options, "question-share"),
            Figures::Multiple { options, .. } => self.choices(options, "question-share-many"),
            Figures::Grid { rows } => self.grid(rows),
            Figures::Scale { points, summary } => {
                let message = Message::new("question-scale")
                    .with("mean", or_none(summary.mean.mean, decimal))
                    .with("median", or_none(summary.median, decimal));
                self.points(points, words.say(&message), summary)
            }
            Figures::Number { points, summary } => {
                let message = Message::new("question-number")
                    .with("mean", or_none(summary.mean.mean, decimal))
                    .with("median", or_none(summary.median, decimal))
                    .with("q1", or_none(summary.q1, decimal))
                    .with("q3", or_none(summary.q3, decimal));
                self.points(points, words.say(&message), summary)
            }
            Figures::Ranking { items, .. } => self.ranking(items),
            Figures::Budget { items, purse } => self.budget(items, *purse),
            Figures::Date { earliest, latest } => {
                let day = |day: &Option<jiff::civil::Date>| {
                    day.map_or_else(String::new, |day| words.day(day))
                };
                let message = Message::new("question-date")
                    .with("earliest", day(earliest))
                    .with("latest", day(latest));
                let subtitle = if earliest.is_some() {
                    words.say(&message)
                } else {
                    String::new()
                };
                Drawn {
                    subtitle,
                    chart: None,
                    table: None,
                }
            }
            Figures::Text => Drawn {
                subtitle: words.id("question-words"),
                chart: None,
                table: None,
            },
        }
    }

    pub(super) fn head(&self, ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| self.words.id(id)).collect()
    }

    fn table(&self, head: &[&str], rows: Vec<Vec<String>>) -> Option<TableView> {
        Some(TableView {
            caption: self.words.plain(self.question.short_or_label()),
            head: self.head(head),
            rows,
        })
    }

    fn share_bar(&self, label: String, value: Share, is_emphasised: bool) -> Bar {
        Bar {
            label,
            value_text: share(value),
            value: value.value(),
            interval: value.wilson().map(|interval| (interval.low, interval.high)),
            marker: None,
            is_emphasised,
            is_hatched: value.base.is_small(),
        }
    }

    fn share_row(&self, label: String, value: Share) -> Vec<String> {
        vec![
            label,
            count(value.count),
            share(value),
            self.words.share_interval(value.wilson()),
        ]
    }

    fn choices(&self, options: &[ChoiceShare], subtitle: &str) -> Drawn {
        let name = |option: &ChoiceShare| self.words.option(self.question, &option.code);
        let bars = options.iter().map(|option| {
            self.share_bar(
                name(option),
                option.share,
                self.leader == Some(&option.code),
            )
        });
        let rows = options
            .iter()
            .map(|option| self.share_row(name(option), option.share))
            .collect();
        let bars: Vec<Bar> = bars.collect();
        Drawn {
            subtitle: self.words.id(subtitle),
            chart: Some(share_chart(bars)),
            table: self.table(
                &[
                    "result-answer",
                    "result-count",
                    "result-share",
                    "result-interval",
                ],
                rows,
            ),
        }
    }

    fn points(&self, points: &[Point], subtitle: String, summary: &Summary) -> Drawn {
        let ends = match &self.question.kind {
            Kind::Scale {
                min,
                max,
                min_label,
                max_label,
                ..
            } => {
                vec![(i64::from(*min), min_label), (i64::from(*max), max_label)]
            }
            _ => Vec::new(),
        };
        let name = |value: i64| {
            let end = ends.iter().find(|(at, _)| *at == value);
            end.map_or_else(
                || value.to_string(),
                |(_, words)| {
                    let message = Message::new("scale-end").with("value", value.to_string());
                    self.words
                        .say(&message.with("words", self.words.plain(words)))
                },
            )
        };
        let bars: Vec<Bar> = points
            .iter()
            .map(|point| self.share_bar(name(point.value), point.share, false))
            .collect();
        let mut rows: Vec<Vec<String>> = points
            .iter()
            .map(|point| self.share_row(name(point.value), point.share))
            .collect();
        let figure = |id: &str, value: Option<f64>, interval: String| {
            vec![
                self.words.id(id),
                String::new(),
                or_none(value, decimal),
                interval,
            ]
        };
        let interval = self.words.mean_interval(summary.mean.interval, decimal);
        rows.push(figure("result-mean", summary.mean.mean, interval));
        rows.push(figure("result-median", summary.median, String::new()));
        Drawn {
            subtitle,
            chart: (!bars.is_empty()).then(|| share_chart(bars)),
            table: self.table(
                &[
                    "result-answer",
                    "result-count",
                    "result-share",
                    "result-interval",
                ],
                rows,
            ),
        }
    }

    fn ranking(&self, items: &[RankedItem]) -> Drawn {
        let mut items: Vec<&RankedItem> = items.iter().collect();
        items.sort_by_key(|item| std::cmp::Reverse(item.top_three.count));
        let name = |item: &RankedItem| self.words.option(self.question, &item.code);
        let bars = items
            .iter()
            .map(|item| self.share_bar(name(item), item.top_three, false))
            .collect();
        let rows = items.iter().map(|item| {
            vec![
                name(item),
                share(item.top_three),
                self.words.share_interval(item.top_three.wilson()),
                share(item.first),
                share(item.ranked),
                or_none(item.mean_rank.mean, decimal),
            ]
        });
        let head = [
            "result-answer",
            "result-top3",
            "result-interval",
            "result-first",
            "result-ranked",
            "result-mean-rank",
        ];
        Drawn {
            subtitle: self.words.id("question-ranking"),
            chart: Some(share_chart(bars)),
            table: self.table(&head, rows.collect()),
        }
    }

    fn budget(&self, items: &[BudgetItem], purse: Purse) -> Drawn {
        let mut items: Vec<&BudgetItem> = items.iter().collect();
        let mean = |item: &BudgetItem| item.amount.mean.mean;
        items.sort_by(|one, other| {
            mean(other)
                .unwrap_or(0.0)
                .total_cmp(&mean(one).unwrap_or(0.0))
        });
        let money = |amount: f64| self.words.money(purse, amount);
        let name = |item: &BudgetItem| self.words.option(self.question, &item.code);
        let bars: Vec<Bar> = items
            .iter()
            .map(|item| Bar {
                label: name(item),
                value_text: or_none(mean(item), money),
                value: mean(item),
                interval: item
                    .amount
                    .mean
                    .interval
                    .map(|interval| (interval.low, interval.high)),
                marker: None,
                is_emphasised: false,
                is_hatched: item.amount.mean.base.is_small(),
            })
            .collect();
        let rows = items.iter().map(|item| {
            vec![
                name(item),
                or_none(mean(item), money),
                self.words.mean_interval(item.amount.mean.interval, money),
                or_none(item.amount.median, money),
                share(item.nothing),
            ]
        });
        let total = Message::new("question-budget").with("total", money(f64::from(purse.total)));
        let head = [
            "result-answer",
            "result-mean",
            "result-interval",
            "result-median",
            "result-nothing",
        ];
        Drawn {
            subtitle: self.words.say(&total),
            chart: Some(ChartKind::Bars {
                axis: Axis::to_hold(longest(&bars), money),
                bars,
            }),
            table: self.table(&head, rows.collect()),
        }
    }
}

/// Bars of shares, on an axis in per cent.
#[must_use]
pub fn share_chart(bars: Vec<Bar>) -> ChartKind {
    ChartKind::Bars {
        axis: Axis::to_hold(longest(&bars).max(0.05), percent),
        bars,
    }
}

/// How far the bars and their intervals reach.
#[must_use]
pub fn longest(bars: &[Bar]) -> f64 {
    let ends = bars
        .iter()
        .flat_map(|bar| [bar.value, bar.interval.map(|(_, high)| high), bar.marker]);
    ends.flatten().fold(0.0, f64::max)
}
