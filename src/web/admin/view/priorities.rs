//! Priorities by every rule, in tables and plain words.

use crate::{
    analysis::{
        elections::Rule,
        importance::{ImportancePerformance, Quadrant},
    },
    results::{PrioritiesOutcome, RankingOutcome, ResultQuery, RobustnessOutcome},
    survey::{
        definition::Question,
        ids::{Code, Slug},
        message::Message,
    },
    web::pages::{ChartView, RankingView, RuleLine, TableView},
};

use super::{
    NUMBERS, files,
    importance::ImportanceChart,
    words::{NONE, Words, count, decimal, or_none, percent, whole_percent},
};

/// From this share of resamples a first place counts as beyond chance.
const BEYOND_CHANCE: f64 = 0.95;

/// The page's figures in words.
pub struct PrioritiesPicture<'a> {
    /// How its parts are said.
    pub words: &'a Words<'a>,
    /// The survey.
    pub slug: &'a Slug,
    /// What the address asks for.
    pub query: &'a ResultQuery,
    /// The outcome.
    pub outcome: &'a PrioritiesOutcome,
}

fn rule_line(rule: Rule) -> RuleLine {
    let (name, about) = match rule {
        Rule::TopThree => ("rule-top3", "rule-top3-about"),
        Rule::First => ("rule-first", "rule-first-about"),
        Rule::Borda => ("rule-borda", "rule-borda-about"),
        Rule::Runoff => ("rule-runoff", "rule-runoff-about"),
        Rule::Condorcet => ("rule-condorcet", "rule-condorcet-about"),
        Rule::Schulze => ("rule-schulze", "rule-schulze-about"),
        Rule::Kemeny => ("rule-kemeny", "rule-kemeny-about"),
    };
    RuleLine { name, about }
}

/// A share that is never rounded to all or to none.
fn odds(words: &Words<'_>, share: f64) -> String {
    if (0.995..1.0).contains(&share) {
        words.id("share-nearly-all")
    } else if share > 0.0 && share < 0.005 {
        words.id("share-nearly-none")
    } else {
        percent(share)
    }
}

impl PrioritiesPicture<'_> {
    fn say(&self, message: &Message) -> String {
        self.words.say(message)
    }

    /// What the ballots say, without weights and with; nothing for a question that the newest version no longer asks.
    #[must_use]
    pub fn rankings(&self) -> Vec<RankingView> {
        let rankings = [
            (&self.outcome.ranking, "raw"),
            (&self.outcome.weighted_ranking, "weighted"),
        ];
        let rankings = rankings.into_iter();
        rankings
            .filter_map(|(ranking, id)| self.ranking(ranking.as_ref()?, id))
            .collect()
    }

    fn ranking(&self, ranking: &RankingOutcome, id: &'static str) -> Option<RankingView> {
        let question = self.words.definition.question(&ranking.question)?;
        let of = Ranking {
            page: self,
            question,
            ranking,
        };
        let robustness = ranking.robustness.as_ref();
        let base = if id == "weighted" {
            let worth = ranking.effective_base.unwrap_or_default().round() as i64;
            self.say(
                &Message::new("priorities-base-weighted")
                    .with("count", i64::from(ranking.base.0))
                    .with("worth", worth),
            )
        } else {
            self.words.counted("priorities-base", ranking.base.0)
        };
        Some(RankingView {
            id,
            title: of.title(),
            sentences: robustness
                .map(|robustness| of.sentences(robustness))
                .unwrap_or_default(),
            ranks: (!ranking.rules.is_empty()).then(|| of.ranks()),
            firsts: robustness.map(|robustness| of.firsts(robustness)),
            rules: Rule::ALL.into_iter().map(rule_line).collect(),
            scores: of.scores(),
            pairs: of.pairs(),
            agreement: of.agreement(),
            base,
            files: files(
                self.slug,
                "priorities",
                &self.query.query(),
                NUMBERS,
                |id| self.words.id(id),
            ),
        })
    }

    /// Importance and performance.
    #[must_use]
    pub fn importance(&self) -> Option<ChartView> {
        let importance = self.outcome.importance.as_ref()?;
        let roles = &self.words.definition.roles;
        let question = self.words.definition.question(roles.ratings.as_ref()?)?;
        let chart = ImportanceChart {
            words: self.words,
            slug: self.slug,
            query: self.query,
            question,
            found: importance,
        };
        let table = self.importance_table(importance, question);
        Some(chart.view(self.importance_finding(importance, question), table))
    }

    fn importance_table(&self, found: &ImportancePerformance, question: &Question) -> TableView {
        let head = [
            "officers-theme",
            "importance-performance",
            "result-interval",
            "importance-pleased",
            "importance-importance",
            "importance-place",
            "officers-people",
        ];
        let rows = found.themes.iter().map(|theme| {
            let interval = theme.performance.interval;
            vec![
                self.words.row(question, &theme.code),
                or_none(theme.performance.mean, |mean| format!("{mean:.2}")),
                self.words
                    .mean_interval(interval, |end| format!("{end:.2}")),
                or_none(theme.pleased.value(), percent),
                or_none(theme.importance.map(|found| found.rho), |rho| {
                    format!("{rho:.2}")
                }),
                theme.quadrant.map_or_else(
                    || NONE.to_owned(),
                    |quadrant| self.words.id(quadrant_key(quadrant)),
                ),
                count(theme.performance.base.0),
            ]
        });
        TableView {
            caption: self.words.id("importance-caption"),
            head: head.map(|id| self.words.id(id)).to_vec(),
            rows: rows.collect(),
        }
    }

    fn importance_finding(&self, found: &ImportancePerformance, question: &Question) -> String {
        let urgent: Vec<String> = found
            .themes
            .iter()
            .filter(|theme| theme.quadrant == Some(Quadrant::ConcentrateHere))
            .map(|theme| self.words.row(question, &theme.code))
            .collect();
        if urgent.is_empty() {
            return self.words.id("importance-none");
        }
        self.say(&Message::new("importance-concentrate").with("themes", urgent.join("; ")))
    }
}

fn quadrant_key(quadrant: Quadrant) -> &'static str {
    match quadrant {
        Quadrant::ConcentrateHere => "quadrant-concentrate",
        Quadrant::KeepUp => "quadrant-keep-up",
        Quadrant::LowPriority => "quadrant-low",
        Quadrant::PossibleOverkill => "quadrant-overkill",
    }
}

/// One ranking.
struct Ranking<'a> {
    page: &'a PrioritiesPicture<'a>,
    question: &'a Question,
    ranking: &'a RankingOutcome,
}

impl Ranking<'_> {
    fn words(&self) -> &Words<'_> {
        self.page.words
    }

    fn item(&self, code: &Code) -> String {
        self.words().option(self.question, code)
    }

    /// The least share of resamples in which the top priority stays first, over the rules by which it is first.
    fn least(robustness: &RobustnessOutcome) -> f64 {
        let rules = robustness.first_by.iter();
        let shares = rules.filter_map(|rule| robustness.of_top(*rule));
        shares.fold(1.0, f64::min)
    }

    fn title(&self) -> String {
        let words = self.words();
        if self.ranking.base.0 == 0 {
            return words.id("priorities-nobody");
        }
        let Some(robustness) = &self.ranking.robustness else {
            return words.id("priorities-too-few");
        };
        let top = self.item(&robustness.top);
        let id = match (robustness.not_first_by.is_empty(), Self::least(robustness)) {
            (false, _) => "priorities-depends",
            (true, least) if least >= BEYOND_CHANCE => "priorities-robust",
            (true, _) => "priorities-chance",
        };
        words.say(&Message::new(id).with("theme", top))
    }

    fn sentences(&self, robustness: &RobustnessOutcome) -> Vec<String> {
        let words = self.words();
        let (first, others) = (&robustness.first_by, &robustness.not_first_by);
        let mut sentences = Vec::new();
        let message = Message::new(if others.is_empty() {
            "priorities-by-all"
        } else {
            "priorities-by-some"
        });
        let all = first.len() + others.len();
        let number = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        sentences.push(
            words.say(
                &message
                    .with("theme", self.item(&robustness.top))
                    .with("count", number(first.len()))
                    .with("all", number(all)),
            ),
        );
        for rule in &self.ranking.rules {
            if !others.contains(&rule.rule) {
                continue;
            }
            let name = words.id(rule_line(rule.rule).name);
            let message = match &rule.first {
                Some(first) => {
                    Message::new("priorities-other-first").with("theme", self.item(first))
                }
                None => Message::new("priorities-nothing-first"),
            };
            sentences.push(words.say(&message.with("rule", name)));
        }
        if !first.is_empty() {
            let least = Self::least(robustness);
            let id = if least >= BEYOND_CHANCE {
                "priorities-stays"
            } else {
                "priorities-may-change"
            };
            let message = Message::new(id)
                .with("theme", self.item(&robustness.top))
                .with("share", odds(words, least))
                .with("count", i64::from(robustness.resamples));
            sentences.push(words.say(&message));
        }
        if !robustness.drawn_by.contains(&Rule::Kemeny) {
            sentences.push(words.id("priorities-no-kemeny"));
        }
        sentences
    }

    /// Items by their Borda points, as the tables show them.
    fn order(&self) -> Vec<usize> {
        let items = &self.ranking.items;
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by(|one, other| {
            let points = |item: usize| items[item].score.borda_sum;
            points(*other).total_cmp(&points(*one))
        });
        order
    }

    fn ranks(&self) -> TableView {
        let words = self.words();
        let mut head = vec![words.id("officers-theme")];
        head.extend(
            self.ranking
                .rules
                .iter()
                .map(|rule| words.id(rule_line(rule.rule).name)),
        );
        let rank = |code: &Code, order: &[Vec<Code>]| {
            let mut before = 0;
            for group in order {
                if group.contains(code) {
                    let tie = if group.len() > 1 { "=" } else { "" };
                    return format!("{}{tie}", before + 1);
                }
                before += group.len();
            }
            NONE.to_owned()
        };
        let rows = self.order().into_iter().map(|item| {
            let code = &self.ranking.items[item].code;
            let ranks = self.ranking.rules.iter().map(|rule| {
                rule.order
                    .as_ref()
                    .map_or_else(|| NONE.to_owned(), |order| rank(code, order))
            });
            std::iter::once(self.item(code)).chain(ranks).collect()
        });
        TableView {
            caption: words.id("priorities-ranks"),
            head,
            rows: rows.collect(),
        }
    }

    fn firsts(&self, robustness: &RobustnessOutcome) -> TableView {
        let words = self.words();
        let head = [
            "priorities-rule",
            "priorities-first",
            "priorities-stays-first",
            "priorities-next",
        ];
        let rows = self.ranking.rules.iter().map(|rule| {
            let stays = || {
                robustness
                    .stays
                    .iter()
                    .filter(|stays| stays.rule == rule.rule)
            };
            let own = rule.first.as_ref();
            let share = own
                .filter(|_| robustness.drawn_by.contains(&rule.rule))
                .map(|own| {
                    let found = stays().find(|stays| stays.code == *own);
                    found.map_or(0.0, |stays| stays.share)
                });
            let next = stays().find(|stays| Some(&stays.code) != own);
            vec![
                words.id(rule_line(rule.rule).name),
                own.map_or_else(|| words.id("priorities-tie"), |own| self.item(own)),
                or_none(share, |share| odds(words, share)),
                next.map_or_else(
                    || NONE.to_owned(),
                    |next| {
                        words.say(
                            &Message::new("priorities-next-share")
                                .with("theme", self.item(&next.code))
                                .with("share", odds(words, next.share)),
                        )
                    },
                ),
            ]
        });
        TableView {
            caption: words.counted("priorities-firsts", robustness.resamples),
            head: head.map(|id| words.id(id)).to_vec(),
            rows: rows.collect(),
        }
    }

    fn scores(&self) -> TableView {
        let words = self.words();
        let head = [
            "officers-theme",
            "result-top3",
            "result-interval",
            "result-first",
            "result-interval",
            "measure-borda",
            "result-interval",
            "result-mean-rank",
        ];
        let rows = self.order().into_iter().map(|item| {
            let item = &self.ranking.items[item];
            let score = &item.score;
            vec![
                self.item(&item.code),
                or_none(score.top_three_share, percent),
                words.share_interval(score.top_three_interval),
                or_none(score.first_share, percent),
                words.share_interval(score.first_interval),
                or_none(score.borda.mean, |mean| format!("{mean:.2}")),
                words.mean_interval(score.borda.interval, |end| format!("{end:.2}")),
                or_none(score.mean_rank, decimal),
            ]
        });
        TableView {
            caption: words.id("priorities-scores"),
            head: head.map(|id| words.id(id)).to_vec(),
            rows: rows.collect(),
        }
    }

    fn pairs(&self) -> TableView {
        let words = self.words();
        let order = self.order();
        let items = &self.ranking.items;
        let above = |one: &Code, other: &Code| {
            self.ranking.pairs.iter().find_map(|pair| {
                match (
                    pair.one == *one && pair.other == *other,
                    pair.one == *other && pair.other == *one,
                ) {
                    (true, _) => Some(pair.above),
                    (_, true) => Some(pair.below),
                    _ => None,
                }
            })
        };
        let total = self.ranking.weighted_base;
        let mut head = vec![words.id("priorities-above")];
        head.extend(order.iter().map(|item| self.item(&items[*item].code)));
        let rows = order.iter().map(|row| {
            let own = &items[*row].code;
            let cells = order.iter().map(|column| {
                let votes = above(own, &items[*column].code).filter(|_| total > 0.0);
                or_none(votes, |votes| whole_percent(votes / total))
            });
            std::iter::once(self.item(own)).chain(cells).collect()
        });
        TableView {
            caption: words.id("priorities-pairs"),
            head,
            rows: rows.collect(),
        }
    }

    /// Kendall's W in words, by the steps of Schmidt (1997), Decision Sciences 28: 763–774.
    fn agreement(&self) -> Option<String> {
        let w = self.ranking.agreement?.w;
        let id = match w {
            w if w < 0.1 => "agreement-hardly",
            w if w < 0.3 => "agreement-weak",
            w if w < 0.5 => "agreement-some",
            w if w < 0.7 => "agreement-good",
            _ => "agreement-strong",
        };
        Some(
            self.words()
                .say(&Message::new(id).with("w", format!("{w:.2}"))),
        )
    }
}
