//! Quality flags in words: which responses have them, by which rules, and what a page would say without.

use crate::{
    actions::{BURST_MINUTES, BURST_SENDS},
    analysis::quality::{Flag, FlagFilter},
    results::{
        Change, ChangedFigure, Outcome, QualityOutcome, ResultPage, ResultQuery, Rules,
        WithoutFlagged,
    },
    survey::{flags::SECONDS_PER_QUESTION, ids::Slug, message::Message},
    web::{
        pages::{FlagLine, WithoutFlaggedView},
        templates::Link,
        urls::Url,
    },
};

use super::words::{Words, count, decimal, share};
use crate::{analysis::themes::Measure, geography::Grouping};

/// Each flag with its rule and how many have it.
#[must_use]
pub fn flags(words: &Words<'_>, quality: &QualityOutcome) -> Vec<FlagLine> {
    let line = |(flag, of): &(Flag, crate::analysis::share::Share)| FlagLine {
        name: words.id(name(*flag)),
        rule: rule(words, *flag, quality),
        parts: parts(words, *flag),
        count: count(of.count),
        share: share(*of),
    };
    quality.counts.by_flag.iter().map(line).collect()
}

fn name(flag: Flag) -> &'static str {
    match flag {
        Flag::Trap => "flag-trap",
        Flag::TooFast => "flag-too-fast",
        Flag::Burst => "flag-burst",
        Flag::Contradiction => "flag-contradiction",
        Flag::StraightLines => "flag-straight-lines",
        Flag::Speeding => "flag-speeding",
        Flag::RepeatedText => "flag-repeated-text",
    }
}

fn rule(words: &Words<'_>, flag: Flag, quality: &QualityOutcome) -> String {
    let rules = &quality.rules;
    match flag {
        Flag::Trap => words.id("flag-trap-rule"),
        Flag::TooFast => {
            words.say(&Message::new("flag-too-fast-rule").with("seconds", SECONDS_PER_QUESTION))
        }
        Flag::Burst => words.say(
            &Message::new("flag-burst-rule")
                .with("count", i64::from(BURST_SENDS))
                .with("minutes", BURST_MINUTES),
        ),
        Flag::Contradiction if rules.checks.is_empty() => words.id("flag-contradiction-unused"),
        Flag::Contradiction => words.id("flag-contradiction-rule"),
        Flag::StraightLines if rules.grids == 0 => words.id("flag-straight-lines-unused"),
        Flag::StraightLines => straight_lines(words, rules),
        Flag::Speeding => speeding(words, quality),
        Flag::RepeatedText if rules.texts == 0 => words.id("flag-repeated-text-unused"),
        Flag::RepeatedText => words.say(
            &Message::new("flag-repeated-text-rule").with("count", whole(rules.least_characters)),
        ),
    }
}

fn straight_lines(words: &Words<'_>, rules: &Rules) -> String {
    words.say(
        &Message::new("flag-straight-lines-rule")
            .with("many", whole(rules.many_grids))
            .with("short", whole(rules.short_grid))
            .with("long", whole(rules.long_grid)),
    )
}

fn speeding(words: &Words<'_>, quality: &QualityOutcome) -> String {
    match (quality.timing.median, quality.timing.fast_under) {
        (Some(median), Some(under)) => words.say(
            &Message::new("flag-speeding-rule")
                .with("under", decimal(under))
                .with("median", decimal(median)),
        ),
        _ => words.say(
            &Message::new("flag-speeding-few").with("least", i64::from(quality.rules.least_timed)),
        ),
    }
}

fn parts(words: &Words<'_>, flag: Flag) -> Vec<String> {
    match flag {
        Flag::Contradiction => {
            let checks = words.definition.checks.iter();
            checks.map(|check| words.plain(&check.label)).collect()
        }
        _ => Vec::new(),
    }
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Links to results without flagged responses, with the filter in force.
#[must_use]
pub fn without(words: &Words<'_>, slug: &Slug, query: &ResultQuery) -> Vec<Link> {
    let pages = [
        ("officers-questions", ResultPage::Questions),
        ("officers-themes", ResultPage::Themes(Default::default())),
    ];
    let link = |(id, page): (&str, ResultPage)| {
        let mut filter = query.filter.clone();
        filter.quality = FlagFilter::Unflagged;
        Link {
            text: words.id(id),
            href: address(
                slug,
                &ResultQuery {
                    page,
                    filter,
                    weights: query.weights,
                },
            ),
        }
    };
    pages.into_iter().map(link).collect()
}

fn address(slug: &Slug, query: &ResultQuery) -> String {
    Url::AdminSurvey(slug, &query.to_url()).to_string()
}

/// Where the flags are explained, with the filter in force.
#[must_use]
pub fn about(slug: &Slug, query: &ResultQuery) -> String {
    let query = ResultQuery {
        filter: query.filter.clone(),
        ..ResultQuery::of(ResultPage::Quality)
    };
    address(slug, &query)
}

/// What a page would say without the flagged responses among those it is about, or says without them; nothing where
/// there are none. The difference is of figures without weights, which is said where weights are asked for.
#[must_use]
pub fn without_flagged(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    outcome: &Outcome,
) -> Option<WithoutFlaggedView> {
    let compared = outcome.without_flagged.as_ref()?;
    let mut text = match compared.largest() {
        Some(change) => change_text(words, change, compared),
        None if compared.left_out => words.counted("quality-some-left-out", compared.flagged),
        None => words.counted("quality-some-flagged", compared.flagged),
    };
    if query.weights.asks_for_weights() && compared.largest().is_some() {
        text = format!("{text} {}", words.id("quality-change-raw"));
    }
    let mut other = query.clone();
    let show_key = if compared.left_out {
        other.filter.quality = FlagFilter::All;
        "quality-show-with"
    } else {
        other.filter.quality = FlagFilter::Unflagged;
        "quality-show-without"
    };
    Some(WithoutFlaggedView {
        text,
        href: address(slug, &other),
        show_key,
        about: about(slug, query),
    })
}

fn change_text(words: &Words<'_>, change: &Change, compared: &WithoutFlagged) -> String {
    let is_rank = matches!(
        change.of,
        ChangedFigure::Theme {
            measure: Measure::MeanRank,
            ..
        }
    );
    let scale = if is_rank { 1.0 } else { 100.0 };
    let id = match (is_rank, compared.left_out) {
        (true, false) => "quality-rank-changes",
        (false, false) => "quality-share-changes",
        (true, true) => "quality-rank-left-out",
        (false, true) => "quality-share-left-out",
    };
    words.say(
        &Message::new(id)
            .with("count", i64::from(compared.flagged))
            .with("size", decimal(change.size() * scale))
            .with("with", decimal(change.with * scale))
            .with("without", decimal(change.without * scale))
            .with("what", figure(words, &change.of)),
    )
}

/// Which figure, in words.
fn figure(words: &Words<'_>, of: &ChangedFigure) -> String {
    match of {
        ChangedFigure::Theme { theme, area, .. } => {
            let area = area.as_deref().map(|key| area_name(words, key));
            let area = area.unwrap_or_else(|| words.id("themes-county"));
            said(words, area, words.theme(theme))
        }
        ChangedFigure::Answer {
            question,
            row,
            answer,
        } => {
            let Some(asked) = words.definition.question(question) else {
                return said(words, question.to_string(), answer.clone());
            };
            let short = asked.short.as_ref().unwrap_or(&asked.label);
            let row = row.as_ref().map(|row| words.row(asked, row));
            let code = crate::survey::ids::Code::new(answer);
            // A point on a scale has no code: it is its own name.
            let known = code.ok().filter(|_| answer.parse::<i64>().is_err());
            let option = known.map_or_else(|| answer.clone(), |code| words.option(asked, &code));
            said(words, row.unwrap_or_else(|| words.plain(short)), option)
        }
    }
}

/// A group of areas by its key, whichever way areas are grouped: no key has two meanings.
fn area_name(words: &Words<'_>, key: &str) -> String {
    let groupings = [Grouping::District, Grouping::Csp, Grouping::PolicingArea];
    let names = groupings.map(|grouping| words.group(grouping, key));
    let known = names.into_iter().find(|name| name != key);
    known.unwrap_or_else(|| key.to_owned())
}

fn said(words: &Words<'_>, name: String, value: String) -> String {
    words.say(
        &Message::new("filter-tag")
            .with("name", name)
            .with("value", value),
    )
}
