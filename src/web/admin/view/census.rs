//! Who answered beside the Census, as dots and in tables.

use crate::{
    analysis::{
        census_groups::{BesideCensus, CensusGroupShare},
        equality::SUPPRESSED_BELOW,
        representation::{Compared, GroupShare, MISSING_UNDER},
        share::Share,
    },
    charts::{Axis, Caption, DotRow, DotsSpec, Layout, dots},
    geography::CensusTable,
    results::{ResultQuery, WhoOutcome, WhoProtectedOutcome},
    survey::{
        ids::Slug,
        message::{Message, figure},
    },
    web::pages::{ChartView, ProtectedView, TableView},
};

use super::{
    WITH_CHART, both, files,
    who::{fine, group_name},
    words::{NONE, Words, count, or_none, percent},
};

/// Districts, ages and sexes as dots; its tables stand beside it.
#[must_use]
pub fn beside(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    outcome: &WhoOutcome,
) -> ChartView {
    let found = &outcome.representation;
    let kinds = [&found.areas, &found.ages, &found.sexes];
    let groups = || kinds.iter().flat_map(|kind| &kind.groups);
    let short = groups().filter(|group| is_short(group)).count();
    let id = if short == 0 {
        "who-dots-none"
    } else {
        "who-dots-title"
    };
    let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let title = words.say(
        &Message::new(id)
            .with("count", whole(short))
            .with("all", whole(groups().count())),
    );
    let rows: Vec<DotRow> = kinds
        .iter()
        .enumerate()
        .flat_map(|(kind, compared)| rows(words, compared, kind > 0))
        .collect();
    let is_empty = kinds.iter().all(|kind| kind.base.0 == 0);
    let reference = words.say(&Message::new("who-dots-census").with("year", year(words)));
    let drawn = (!is_empty).then(|| {
        let about = words.id("who-dots-about");
        both("who-dots", &title, &about, |caption, layout| {
            draw(words, &rows, &reference, caption, layout)
        })
    });
    let (wide, narrow) = drawn.unzip();
    ChartView {
        id: "census-title".to_owned(),
        title,
        subtitle: words.id("who-dots-lead"),
        wide,
        narrow,
        empty: is_empty.then(|| words.id("officers-no-figures")),
        base: words.place.attribution().to_owned(),
        table: None,
        files: files(slug, "who", &query.query(), WITH_CHART, |id| words.id(id)),
    }
}

fn is_short(group: &GroupShare) -> bool {
    group.ratio.is_some_and(|ratio| ratio < MISSING_UNDER)
}

fn rows<'a>(
    words: &'a Words<'_>,
    compared: &'a Compared,
    begins: bool,
) -> impl Iterator<Item = DotRow> + 'a {
    compared
        .groups
        .iter()
        .enumerate()
        .map(move |(place, group)| DotRow {
            label: group_name(words, group),
            sample: group.answered.value(),
            interval: interval(group.answered),
            reference: Some(group.census_share),
            value_text: value(words, group.answered.value(), Some(group.census_share)),
            is_emphasised: is_short(group),
            begins_kind: begins && place == 0,
        })
}

fn interval(share: Share) -> Option<(f64, f64)> {
    share.wilson().map(|interval| (interval.low, interval.high))
}

fn value(words: &Words<'_>, answered: Option<f64>, census: Option<f64>) -> String {
    words.say(
        &Message::new("who-dots-value")
            .with("answered", or_none(answered, fine))
            .with("census", or_none(census, fine)),
    )
}

fn year(words: &Words<'_>) -> crate::survey::message::Arg {
    figure(i64::from(words.place.population_date().year()))
}

fn draw(
    words: &Words<'_>,
    rows: &[DotRow],
    reference_name: &str,
    caption: Caption,
    layout: Layout,
) -> String {
    let ends = rows.iter().flat_map(|row| {
        let high = row.interval.map(|(_, high)| high);
        [row.sample, high, row.reference]
    });
    dots(&DotsSpec {
        caption,
        layout,
        axis: Axis::to_hold(ends.flatten().fold(0.05, f64::max), percent),
        sample_name: words.id("who-dots-sample"),
        reference_name: reference_name.to_owned(),
        value_heading: words.id("who-dots-heading"),
        rows: rows.to_vec(),
    })
}

/// Ethnic group and disability: a chart, its table and what must be said of them. Nothing, where the survey asks neither
/// or the place has no figures.
#[must_use]
pub fn protected(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    outcome: &WhoProtectedOutcome,
) -> Option<ProtectedView> {
    let tables = &outcome.tables;
    if tables.is_empty() {
        return None;
    }
    let title = words.id("who-protected-title");
    let label = words.say(&Message::new("who-all-ages").with("year", year(words)));
    let rows: Vec<DotRow> = tables
        .iter()
        .enumerate()
        .flat_map(|(kind, table)| protected_rows(words, table, kind > 0))
        .collect();
    let is_empty = tables.iter().all(|table| table.base.0 == 0);
    let drawn = (!is_empty).then(|| {
        let about = words.id("who-protected-about");
        both("who-protected", &title, &about, |caption, layout| {
            draw(words, &rows, &label, caption, layout)
        })
    });
    let (wide, narrow) = drawn.unzip();
    let chart = ChartView {
        id: "protected-title".to_owned(),
        subtitle: words.say(&Message::new("who-protected-lead").with("label", label.clone())),
        wide,
        narrow,
        empty: is_empty.then(|| words.id("officers-no-figures")),
        base: format!("{label}. {}", words.place.attribution()),
        table: Some(protected_table(words, tables, &label)),
        files: files(slug, "who-protected", &query.query(), WITH_CHART, |id| {
            words.id(id)
        }),
        title,
    };
    let mut notes: Vec<String> = tables.iter().map(|table| sentences(words, table)).collect();
    notes.push(words.counted("who-protected-small", SUPPRESSED_BELOW));
    notes.push(words.id("who-protected-ages"));
    Some(ProtectedView { chart, notes })
}

/// What a group of the Census is called; a group that only another place's pack has, by its code.
fn census_name(words: &Words<'_>, table: CensusTable, code: &str) -> String {
    let id = match (table, code) {
        (CensusTable::Ethnicity, "asian") => "census-asian",
        (CensusTable::Ethnicity, "black") => "census-black",
        (CensusTable::Ethnicity, "mixed") => "census-mixed",
        (CensusTable::Ethnicity, "white") => "census-white",
        (CensusTable::Ethnicity, "other") => "census-other",
        (CensusTable::Disability, "disabled") => "census-disabled",
        (CensusTable::Disability, "not_disabled") => "census-not-disabled",
        _ => return code.to_owned(),
    };
    words.id(id)
}

const fn table_key(table: CensusTable) -> &'static str {
    match table {
        CensusTable::Ethnicity => "census-ethnicity",
        CensusTable::Disability => "census-disability",
    }
}

fn protected_rows<'a>(
    words: &'a Words<'_>,
    table: &'a BesideCensus,
    begins: bool,
) -> impl Iterator<Item = DotRow> + 'a {
    table
        .groups
        .iter()
        .enumerate()
        .map(move |(place, group)| DotRow {
            label: census_name(words, table.table, group.group.as_str()),
            sample: group.answered.and_then(Share::value),
            interval: group.answered.and_then(interval),
            reference: group.census_share,
            value_text: if group.answered.is_some() {
                let share = group.answered.and_then(Share::value);
                value(words, share, group.census_share)
            } else {
                too_few(words)
            },
            is_emphasised: false,
            begins_kind: begins && place == 0,
        })
}

fn too_few(words: &Words<'_>) -> String {
    words.counted("who-too-few", SUPPRESSED_BELOW)
}

fn protected_table(words: &Words<'_>, tables: &[BesideCensus], label: &str) -> TableView {
    let row = |(table, group): (&BesideCensus, &CensusGroupShare)| {
        vec![
            census_name(words, table.table, group.group.as_str()),
            group
                .answered
                .map_or_else(|| too_few(words), |share| count(share.count)),
            or_none(group.answered.and_then(Share::value), fine),
            or_none(group.census_share, fine),
            or_none(group.ratio, percent),
        ]
    };
    let mut rows = Vec::new();
    for table in tables {
        rows.extend(table.groups.iter().map(|group| row((table, group))));
        let declined = table.declined;
        let name = Message::new("who-declined").with("what", words.id(table_key(table.table)));
        rows.push(vec![
            words.say(&name),
            declined.map_or_else(|| too_few(words), |base| count(base.0)),
            NONE.to_owned(),
            NONE.to_owned(),
            NONE.to_owned(),
        ]);
    }
    let head = [
        "who-group",
        "result-count",
        "who-share",
        "who-census-share",
        "who-ratio",
    ];
    TableView {
        caption: words.say(&Message::new("who-protected-caption").with("label", label.to_owned())),
        head: head.map(|id| words.id(id)).to_vec(),
        rows,
    }
}

/// Who is in the shares of one table, who is not, and how unlike the Census they are.
fn sentences(words: &Words<'_>, table: &BesideCensus) -> String {
    let declined = table
        .declined
        .map_or_else(|| too_few(words), |base| count(base.0));
    let base = Message::new("who-protected-base")
        .with("what", words.id(table_key(table.table)))
        .with("base", count(table.base.0))
        .with("declined", declined)
        .with("others", count(table.others.0));
    let unlike = table.dissimilarity.map(|found| {
        let message = Message::new("who-protected-unlike")
            .with("index", fine(found.index))
            .with("chance", fine(found.by_chance));
        words.say(&message)
    });
    let parts = [Some(words.say(&base)), unlike];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}
