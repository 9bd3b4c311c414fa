//! The whole journey in a language that only looks like English: what still reads as plain English was never translated.

use std::collections::BTreeSet;

use have_your_say::survey::{definition::Definition, reference::Reference};
use reqwest::StatusCode;

use crate::support::{
    Engine, SiteBuilder, TestSite, default_survey, every_kind,
    people::{Resident, Seen},
};

const SLUG: &str = "every-kind";

/// Names that are the same in every language: the office, places, addresses, and what stands for a key on a keyboard.
const NAMES: [&str; 12] = [
    // The office, as a setting names it.
    "police",
    "fire",
    "and",
    "crime",
    "commissioner",
    "for",
    "essex",
    // A contact that the definition gives in no language.
    "park",
    "office",
    "mill",
    "lane",
    "milltown",
];

/// Puts a mark on every letter that has one, outside links and what answers are put in for.
fn disguise(text: &str) -> String {
    const PLAIN: &str = "ACDEGHIKLNORSTUWYZacdeghiklnorstuwyz";
    const MARKED: &str = "ÅÇÐÉĜĤÎĶĻÑÖŔŠŢÛŴÝŽåçðéĝĥîķļñöŕšţûŵýž";
    let (mut out, mut rest) = (String::new(), text);
    while let Some(c) = rest.chars().next() {
        let kept = if rest.starts_with("{{") {
            rest.find("}}").map_or(rest.len(), |end| end + 2)
        } else if rest.starts_with("](") {
            rest.find(')').map_or(rest.len(), |end| end + 1)
        } else {
            0
        };
        if kept > 0 {
            out.push_str(&rest[..kept]);
            rest = &rest[kept..];
            continue;
        }
        let place = PLAIN.chars().position(|plain| plain == c);
        out.push(
            place
                .and_then(|place| MARKED.chars().nth(place))
                .unwrap_or(c),
        );
        rest = &rest[c.len_utf8()..];
    }
    out
}

/// The definition with every text in the pseudo-language, and in no other.
fn disguised(definition: &Definition) -> Definition {
    let json = definition.to_json().unwrap();
    let mut value: serde_json::Value = serde_json::from_str(&json).unwrap();
    value["languages"] = serde_json::json!(["qps"]);
    let mut texts = 0;
    disguise_texts(&mut value, &mut texts);
    assert!(texts > 100, "{texts}");
    Definition::from_json(&value.to_string()).unwrap()
}

fn disguise_texts(value: &mut serde_json::Value, texts: &mut usize) {
    match value {
        serde_json::Value::Object(map) => {
            if let (1, Some(serde_json::Value::String(english))) = (map.len(), map.get("en")) {
                let text = disguise(english);
                map.clear();
                map.insert("qps".to_owned(), text.into());
                *texts += 1;
                return;
            }
            for (_, value) in map.iter_mut() {
                disguise_texts(value, texts);
            }
        }
        serde_json::Value::Array(list) => {
            for value in list {
                disguise_texts(value, texts);
            }
        }
        _ => {}
    }
}

/// Everything a page says: its text, its title, and attributes that are read out or shown.
fn everything_said(html: &str) -> Vec<String> {
    let page = scraper::Html::parse_document(html);
    let all = scraper::Selector::parse("*").unwrap();
    let mut said = Vec::new();
    for element in page.select(&all) {
        if matches!(
            element.value().name(),
            "script" | "style" | "noscript" | "template"
        ) {
            continue;
        }
        for child in element.children() {
            if let Some(text) = child.value().as_text() {
                said.push(text.to_string());
            }
        }
        for name in [
            "title",
            "alt",
            "aria-label",
            "placeholder",
            "aria-description",
            "label",
            "data-prefix",
        ] {
            said.extend(element.value().attr(name).map(ToOwned::to_owned));
        }
        let is_button = element.value().name() == "input"
            && matches!(element.value().attr("type"), Some("submit" | "button"));
        if is_button {
            said.extend(element.value().attr("value").map(ToOwned::to_owned));
        }
        let describes = matches!(element.value().attr("name"), Some("description"))
            || matches!(
                element.value().attr("property"),
                Some("og:title" | "og:description")
            );
        if describes {
            said.extend(element.value().attr("content").map(ToOwned::to_owned));
        }
        // What scripts say when they run.
        for (name, value) in element.value().attrs() {
            if name.starts_with("data-i18n") || name.starts_with("data-text") {
                said.push(value.to_owned());
            }
        }
    }
    said
}

/// Words of plain letters that a disguised text has none of: each English word has at least one letter with a mark.
fn plain_words(text: &str, names: &BTreeSet<String>) -> Vec<String> {
    text.split_whitespace()
        // Addresses of pages and of mail are the same in every language.
        .filter(|word| !word.contains('@') && !word.contains("://") && !word.contains("localhost"))
        // Nor has what scripts put something in for a language.
        .filter(|word| !word.contains("%{"))
        // A response's reference has letters of its own.
        .filter(|word| {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            !bare.contains('-') || bare.parse::<Reference>().is_err()
        })
        .flat_map(|word| word.split(|c: char| !c.is_alphanumeric()))
        // So has a reference to quote when something went wrong.
        .filter(|word| !word.chars().any(|c| c.is_ascii_digit()))
        .filter(|word| word.len() > 1 && word.is_ascii())
        .filter(|word| !names.contains(&word.to_lowercase()))
        .filter(|word| word.chars().any(|c| "aeiouyAEIOUY".contains(c)))
        .map(ToOwned::to_owned)
        .collect()
}

/// Collects what is still English on the pages of a journey.
struct Reader {
    names: BTreeSet<String>,
    pages: usize,
    faults: Vec<String>,
}

impl Reader {
    fn new() -> Self {
        let place = have_your_say::geography::Place::embedded("essex").unwrap();
        let mut names: BTreeSet<String> = NAMES.map(ToOwned::to_owned).into();
        for area in place.areas() {
            let words = area.name.split(|c: char| !c.is_alphabetic());
            names.extend(words.map(str::to_lowercase));
        }
        Self {
            names,
            pages: 0,
            faults: Vec::new(),
        }
    }

    /// Reads a page; `typed` are words that the resident wrote.
    fn read(&mut self, seen: &Seen, typed: &[&str]) {
        if !seen.html.contains("<html") {
            return;
        }
        self.pages += 1;
        for text in everything_said(&seen.html) {
            let mut text = text;
            for words in typed {
                text = text.replace(words, " ");
            }
            for word in plain_words(&text, &self.names) {
                let around = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let around: String = around.chars().take(90).collect();
                self.faults.push(format!(
                    "{} {}: {word} in “{around}”",
                    seen.status, seen.path
                ));
            }
        }
    }

    fn verdict(mut self, least: usize) {
        self.faults.sort();
        self.faults.dedup();
        assert!(
            self.faults.is_empty(),
            "plain English remains:\n{}",
            self.faults.join("\n")
        );
        assert!(self.pages >= least, "only {} pages were read", self.pages);
    }
}

const TYPED: [&str; 3] = [
    "More lights by the park, please.",
    "sam@example.org",
    "zz top",
];

async fn pseudo_site() -> TestSite {
    SiteBuilder::on(Engine::Sqlite)
        .setting("HYS_LANGUAGE", "qps")
        .setting("HYS_SMTP_URL", "memory:")
        .survey(disguised(&every_kind()))
        // The survey that a new site begins with, so that nothing on the site is in English.
        .survey(disguised(&default_survey()))
        .start()
        .await
}

/// Values of choices that bring up more pages and questions than the first ones do.
const OTHERS: [(&str, &str); 5] = [
    ("activities", "sport"),
    ("crime", "once"),
    ("happy", "1"),
    ("home", "outside"),
    ("news", "yes"),
];

#[tokio::test]
async fn no_plain_english_remains_on_the_whole_journey() {
    let site = pseudo_site().await;
    let mut reader = Reader::new();
    let sam = Resident::of(&site, SLUG);
    reader.read(&sam.get(&format!("/surveys/{SLUG}")).await, &[]);
    for path in ["/", "/privacy", "/cookies", "/accessibility", "/contact"] {
        let seen = sam.get(path).await;
        assert_eq!(seen.status, StatusCode::OK, "{path}");
        reader.read(&seen, &[]);
    }
    let mut page = sam.start().await;
    let mut tried = BTreeSet::new();
    for _ in 0..60 {
        reader.read(&page, &TYPED);
        if page.path.ends_with("/check") {
            break;
        }
        // Every page's errors too: nothing given, then nonsense everywhere.
        let form = page.form();
        let empty = form.hidden.clone();
        let plain = form.plain_answers();
        let mut wrong = plain.clone();
        for (name, value) in &mut wrong {
            let is_hidden = form.hidden.iter().any(|(hidden, _)| hidden == name);
            if !is_hidden && name != "action" {
                "zz top".clone_into(value);
            }
        }
        // Once for each page: a page that is left empty takes back what brings up its other questions.
        let is_new = tried.insert(page.path.clone());
        for given in [empty, wrong].iter().filter(|_| is_new) {
            let refused = sam.post(&page.path, given).await;
            if refused.status == StatusCode::UNPROCESSABLE_ENTITY {
                reader.read(&refused, &TYPED);
            }
        }
        let mut given = plain;
        for (name, value) in OTHERS {
            for (_, old) in given.iter_mut().filter(|(given, _)| given == name) {
                value.clone_into(old);
            }
        }
        page = sam.answer(&page, &given).await;
    }
    assert!(page.path.ends_with("/check"), "{}", page.path);
    let mut bad_mail = page.form().hidden.clone();
    bad_mail.push(("receipt".to_owned(), "1".to_owned()));
    reader.read(&sam.post(&page.path, &bad_mail).await, &TYPED);
    reader.read(
        &sam.get(&format!("/surveys/{SLUG}/respond/saved")).await,
        &TYPED,
    );
    let done = sam.send(&page).await;
    assert!(done.path.ends_with("/done"), "{}", done.path);
    reader.read(&done, &TYPED);
    reader.read(&sam.get(&done.path.replace("done", "copy")).await, &TYPED);
    reader.verdict(34);
    site.stop().await;
}

#[tokio::test]
async fn no_plain_english_remains_when_something_goes_wrong() {
    let site = pseudo_site().await;
    let mut reader = Reader::new();
    let sam = Resident::of(&site, SLUG);
    let first = sam.start().await;
    sam.answer(&first, &first.form().plain_answers()).await;
    for path in ["/no/such/page", "/surveys/none", "/%ff", "/admin/sign-in"] {
        reader.read(&sam.get(path).await, &[]);
    }
    reader.read(&sam.post(&first.path, &[]).await, &[]);
    let json = sam
        .client
        .post(site.url(&first.path))
        .header("origin", &site.base);
    reader.read(&Seen::of(json.body("{}").send().await.unwrap()).await, &[]);
    let huge = vec![("a".to_owned(), "x".repeat(600_000))];
    reader.read(&sam.post(&first.path, &huge).await, &[]);
    reader.read(
        &Seen::of(sam.client.put(site.url("/")).send().await.unwrap()).await,
        &[],
    );
    let saved = sam.get(&format!("/surveys/{SLUG}/respond/saved")).await;
    let token = saved.form().hidden("csrf").unwrap().to_owned();
    let removed = sam
        .post(
            &format!("/surveys/{SLUG}/respond/remove"),
            &[("csrf".to_owned(), token)],
        )
        .await;
    assert_eq!(removed.status, StatusCode::OK);
    reader.read(&removed, &[]);
    reader.verdict(9);
    site.stop().await;
}

#[test]
fn the_reader_of_pages_finds_english() {
    let names = BTreeSet::from(["essex".to_owned()]);
    let plain = plain_words("Ţéxţ in Essex, mail a@b.example 2 km", &names);
    assert_eq!(plain, ["in", "mail"]);
    assert_eq!(
        disguise("Go {{ visits }} [help](#help)"),
        "Ĝö {{ visits }} [ĥéļp](#help)"
    );
}
