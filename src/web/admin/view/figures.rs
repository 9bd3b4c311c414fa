//! From a question's figures to its chart and its table.

use crate::{
    analysis::{
        frequency::{BudgetItem, ChoiceShare, Figures, Frequency, Point},
        moments::{Mean, Summary},
        ranking::RankedItem,
        schema::Purse,
        share::Share,
    },
    charts::{Axis, Bar},
    survey::{
        definition::{Kind, Question},
        ids::Code,
        message::Message,
    },
    web::pages::TableView,
};

use super::{
    chart_kinds::{ChartKind, longest, share_chart},
    reading::Reading,
    words::{Words, count, decimal, or_none},
};

/// What a question's figures look like.
pub struct Drawn {
    /// What is measured.
    pub subtitle: String,
    /// The chart in a layout; none, where there is only a table.
    pub chart: Option<ChartKind>,
    /// The table; none for words.
    pub table: Option<TableView>,
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
    /// Which of its figures are shown.
    pub reading: Reading,
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
                let [_, median, _] = self.reading.quartiles(summary);
                let message = Message::new("question-scale")
                    .with("mean", or_none(self.reading.mean(&summary.mean), decimal))
                    .with("median", or_none(median, decimal));
                self.points(points, words.say(&message), summary)
            }
            Figures::Number { points, summary } => {
                let [q1, median, q3] = self.reading.quartiles(summary);
                let message = Message::new("question-number")
                    .with("mean", or_none(self.reading.mean(&summary.mean), decimal))
                    .with("median", or_none(median, decimal))
                    .with("q1", or_none(q1, decimal))
                    .with("q3", or_none(q3, decimal));
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

    /// A table; figures with weights stand in two more columns, where both are shown.
    fn table(&self, head: &[&str], rows: Vec<Vec<String>>) -> Option<TableView> {
        let mut head = self.head(head);
        if self.reading.beside {
            head.extend(self.head(&["result-weighted", "result-weighted-interval"]));
        }
        Some(TableView {
            caption: self.words.plain(self.question.short_or_label()),
            head,
            rows,
        })
    }

    /// What is measured, and what the marks in the chart are.
    fn subtitle(&self, said: String) -> String {
        if self.reading.beside {
            format!("{said} {}", self.words.id("question-mark-weighted"))
        } else {
            said
        }
    }

    fn beside_share(&self, mut row: Vec<String>, value: Share) -> Vec<String> {
        if self.reading.beside {
            let weighted = Reading::weighted();
            row.push(weighted.share(value));
            row.push(self.words.share_interval(weighted.interval(value)));
        }
        row
    }

    fn beside_mean(
        &self,
        mut row: Vec<String>,
        mean: &Mean,
        print: impl Fn(f64) -> String,
    ) -> Vec<String> {
        if self.reading.beside {
            let weighted = Reading::weighted();
            row.push(or_none(weighted.mean(mean), &print));
            row.push(
                self.words
                    .mean_interval(weighted.mean_interval(mean), print),
            );
        }
        row
    }

    fn share_bar(&self, label: String, value: Share, is_emphasised: bool) -> Bar {
        Bar {
            label,
            value_text: self.reading.share(value),
            value: self.reading.value(value),
            interval: self
                .reading
                .interval(value)
                .map(|interval| (interval.low, interval.high)),
            marker: Some(value)
                .filter(|_| self.reading.beside)
                .and_then(|value| Reading::weighted().value(value)),
            is_emphasised,
            is_hatched: self.reading.is_small(value),
        }
    }

    fn share_row(&self, label: String, value: Share) -> Vec<String> {
        let row = vec![
            label,
            count(value.count),
            self.reading.share(value),
            self.words.share_interval(self.reading.interval(value)),
        ];
        self.beside_share(row, value)
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
            subtitle: self.subtitle(self.words.id(subtitle)),
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
        let (mean, reading) = (&summary.mean, self.reading);
        let interval = self
            .words
            .mean_interval(reading.mean_interval(mean), decimal);
        let row = figure("result-mean", reading.mean(mean), interval);
        rows.push(self.beside_mean(row, mean, decimal));
        let [_, median, _] = reading.quartiles(summary);
        let mut row = figure("result-median", median, String::new());
        if reading.beside {
            let [_, weighted, _] = Reading::weighted().quartiles(summary);
            row.extend([or_none(weighted, decimal), String::new()]);
        }
        rows.push(row);
        Drawn {
            subtitle: self.subtitle(subtitle),
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
        let top = |item: &RankedItem| self.reading.value(item.top_three).unwrap_or(0.0);
        items.sort_by(|one, other| top(other).total_cmp(&top(one)));
        let name = |item: &RankedItem| self.words.option(self.question, &item.code);
        let bars = items
            .iter()
            .map(|item| self.share_bar(name(item), item.top_three, false))
            .collect();
        let rows = items.iter().map(|item| {
            let reading = self.reading;
            let row = vec![
                name(item),
                reading.share(item.top_three),
                self.words.share_interval(reading.interval(item.top_three)),
                reading.share(item.first),
                reading.share(item.ranked),
                or_none(reading.mean(&item.mean_rank), decimal),
            ];
            self.beside_share(row, item.top_three)
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
            subtitle: self.subtitle(self.words.id("question-ranking")),
            chart: Some(share_chart(bars)),
            table: self.table(&head, rows.collect()),
        }
    }

    fn budget(&self, items: &[BudgetItem], purse: Purse) -> Drawn {
        let mut items: Vec<&BudgetItem> = items.iter().collect();
        let mean = |item: &BudgetItem| self.reading.mean(&item.amount.mean);
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
                interval: self
                    .reading
                    .mean_interval(&item.amount.mean)
                    .map(|interval| (interval.low, interval.high)),
                marker: Some(&item.amount.mean)
                    .filter(|_| self.reading.beside)
                    .and_then(|mean| Reading::weighted().mean(mean)),
                is_emphasised: false,
                is_hatched: self.reading.is_small_mean(&item.amount.mean),
            })
            .collect();
        let rows = items.iter().map(|item| {
            let of = &item.amount;
            let interval = self.reading.mean_interval(&of.mean);
            let [_, median, _] = self.reading.quartiles(of);
            let row = vec![
                name(item),
                or_none(mean(item), money),
                self.words.mean_interval(interval, money),
                or_none(median, money),
                self.reading.share(item.nothing),
            ];
            self.beside_mean(row, &of.mean, money)
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
            subtitle: self.subtitle(self.words.say(&total)),
            chart: Some(ChartKind::Bars {
                axis: Axis::to_hold(longest(&bars), money),
                bars,
            }),
            table: self.table(&head, rows.collect()),
        }
    }
}
