//! From frozen results to what officers see of them.

use jiff::Timestamp;

use super::{proof::moment, words::Words};
use crate::{
    results::{ResultPage, ResultQuery},
    storage::frozen::FrozenLine,
    survey::ids::Slug,
    web::{
        pages::{FrozenLineView, TableView},
        urls::Url,
    },
};

/// A frozen page in a list.
#[must_use]
pub fn line(words: &Words<'_>, slug: &Slug, frozen: &FrozenLine) -> FrozenLineView {
    let page = format!("frozen?id={}", frozen.id);
    let address = |suffix: &str| Url::AdminSurvey(slug, &format!("{page}{suffix}")).to_string();
    let as_of = Timestamp::from_microsecond(frozen.as_of).unwrap_or_default();
    FrozenLineView {
        title: title(words, &frozen.address),
        address: frozen.address.clone(),
        href: address(""),
        csv: address("&as=csv"),
        json: address("&as=json"),
        as_of: moment(words, as_of),
        by: frozen.frozen_by.clone(),
        software: frozen.software.clone(),
        sha256: frozen
            .sha256
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
    }
}

/// The name of the page that was frozen; its address, if the survey has no such page any more.
fn title(words: &Words<'_>, address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let Ok(read) = ResultQuery::parse(path, query, words.definition, words.place) else {
        return address.to_owned();
    };
    match &read.page {
        ResultPage::Overview => words.id("officers-live"),
        ResultPage::Questions => words.id("officers-questions"),
        ResultPage::Question(key) => words.definition.question(key).map_or_else(
            || key.to_string(),
            |question| words.plain(question.short_or_label()),
        ),
        ResultPage::Themes(_) => words.id("officers-themes"),
        ResultPage::Maps(_) => words.id("officers-maps"),
        ResultPage::Area(view) => words.group(view.areas.0, &view.key),
        ResultPage::Priorities => words.id("officers-priorities"),
        ResultPage::Compare(_) => words.id("officers-compare"),
        ResultPage::Equality => words.id("officers-equality"),
        ResultPage::Running => words.id("running-title"),
        ResultPage::Who => words.id("officers-who"),
        ResultPage::WhoProtected => words.id("who-protected-title"),
        ResultPage::Quality => words.id("quality-title"),
    }
}

/// The figures of a frozen CSV, without the columns that say in each row what it is of: the page says it once.
#[must_use]
pub fn sheet(written: &str, caption: String) -> TableView {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(written.trim_start_matches('\u{feff}').as_bytes());
    let mut rows = reader.records().filter_map(Result::ok).map(|row| {
        row.iter()
            .map(|cell| crate::export::csv::unguarded(cell).to_owned())
            .collect::<Vec<String>>()
    });
    let mut head = rows.next().unwrap_or_default();
    let figures = head
        .iter()
        .position(|name| name == "survey")
        .unwrap_or(head.len());
    head.truncate(figures);
    let rows = rows.map(|mut row| {
        row.truncate(figures);
        row
    });
    TableView {
        caption,
        rows: rows.collect(),
        head,
    }
}
