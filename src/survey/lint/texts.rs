//! Rules about words: there in every language, neither empty nor too long, and piping only what can be piped.

use super::{Findings, Located, Spot, list_name, pages};
use crate::survey::{
    definition::{Definition, Kind},
    ids::Lang,
    markdown, piping,
    text::Text,
};

/// The most characters of what is read at a glance, of a line or two, and of several paragraphs.
const LABEL: usize = 120;
const LINE: usize = 400;
const PROSE: usize = 10_000;

/// What a text may hold and how long it may be.
#[derive(Clone, Copy)]
struct Rule<'a> {
    most: usize,
    markdown: bool,
    /// The questions before it, whose answers may be piped in; none where nothing can be.
    before: Option<&'a [Located<'a>]>,
}

const SHORT: Rule<'static> = Rule {
    most: LABEL,
    markdown: false,
    before: None,
};
const SENTENCE: Rule<'static> = Rule {
    most: LINE,
    ..SHORT
};
const PARAGRAPHS: Rule<'static> = Rule {
    most: PROSE,
    markdown: true,
    before: None,
};

struct Texts<'a> {
    languages: &'a [Lang],
    findings: &'a mut Findings,
}

pub(super) fn lint(definition: &Definition, located: &[Located<'_>], findings: &mut Findings) {
    let mut texts = Texts {
        languages: &definition.languages,
        findings,
    };
    overview(definition, &mut texts);
    for (index, theme) in definition.themes.iter().enumerate() {
        let spot = Spot::new(format!("themes[{index}]")).named(&theme.key);
        texts.check(&theme.label, &spot.at("label"), SHORT);
        texts.maybe(
            theme.description.as_ref(),
            &spot.at("description"),
            SENTENCE,
        );
    }
    for (index, check) in definition.checks.iter().enumerate() {
        let spot = Spot::new(format!("checks[{index}]")).named(&check.code);
        texts.check(&check.label, &spot.at("label"), SHORT);
    }
    for (index, section) in definition.sections.iter().enumerate() {
        let spot = Spot::new(format!("sections[{index}]")).named(&section.key);
        texts.check(&section.title, &spot.at("title"), SHORT);
    }
    for (index, (spot, page)) in pages(definition).into_iter().enumerate() {
        let before = located.partition_point(|entry| entry.page_index < index);
        let before = Some(&located[..before]);
        texts.check(&page.title, &spot.at("title"), Rule { before, ..SENTENCE });
        texts.maybe(
            page.intro.as_ref(),
            &spot.at("intro"),
            Rule {
                before,
                ..PARAGRAPHS
            },
        );
    }
    for (index, entry) in located.iter().enumerate() {
        // An answer given on the same page is not known when the page is shown.
        let before = located[..index].partition_point(|other| other.page_index < entry.page_index);
        question(entry, &located[..before], &mut texts);
    }
}

fn overview(definition: &Definition, texts: &mut Texts<'_>) {
    texts.check(&definition.title, &Spot::new("title"), SENTENCE);
    texts.check(&definition.short_title, &Spot::new("short_title"), SHORT);
    texts.check(&definition.summary, &Spot::new("summary"), SENTENCE);
    let spot = Spot::new("overview");
    let overview = &definition.overview;
    texts.maybe(
        overview.last_time.as_ref(),
        &spot.at("last_time"),
        PARAGRAPHS,
    );
    for (index, measure) in overview.measures.iter().enumerate() {
        let spot = spot.at(format!("measures[{index}]"));
        texts.check(&measure.figure, &spot.at("figure"), SHORT);
        texts.check(&measure.what, &spot.at("what"), SENTENCE);
        texts.check(&measure.source, &spot.at("source"), SENTENCE);
    }
    texts.maybe(
        overview.dates_changed.as_ref(),
        &spot.at("dates_changed"),
        PARAGRAPHS,
    );
    texts.check(&overview.what_we_ask, &spot.at("what_we_ask"), PARAGRAPHS);
    texts.check(
        &overview.who_can_answer,
        &spot.at("who_can_answer"),
        PARAGRAPHS,
    );
    texts.maybe(
        overview.other_ways.as_ref(),
        &spot.at("other_ways"),
        PARAGRAPHS,
    );
    for (index, step) in overview.timeline.iter().enumerate() {
        let spot = spot.at(format!("timeline[{index}]"));
        texts.check(&step.when, &spot.at("when"), SHORT);
        texts.check(&step.what, &spot.at("what"), SENTENCE);
    }
    texts.check(&overview.privacy, &spot.at("privacy"), PARAGRAPHS);
    texts.maybe(
        overview.privacy_notice.as_ref(),
        &spot.at("privacy_notice"),
        PARAGRAPHS,
    );
}

fn question(entry: &Located<'_>, before: &[Located<'_>], texts: &mut Texts<'_>) {
    let (question, spot) = (entry.question, &entry.spot);
    let before = Some(before);
    let piped = Rule { before, ..SENTENCE };
    texts.check(&question.label, &spot.at("label"), piped);
    texts.maybe(question.short.as_ref(), &spot.at("short"), SHORT);
    texts.maybe(question.hint.as_ref(), &spot.at("hint"), piped);
    texts.maybe(
        question.required_message.as_ref(),
        &spot.at("required_message"),
        SENTENCE,
    );
    texts.maybe(question.sensitive.as_ref(), &spot.at("sensitive"), SENTENCE);
    let list = list_name(&question.kind);
    for (index, choice) in question.choices().iter().enumerate() {
        let spot = spot.entry(list, index, &choice.code);
        texts.check(&choice.label, &spot.at("label"), SENTENCE);
        texts.maybe(choice.hint.as_ref(), &spot.at("hint"), SENTENCE);
        texts.maybe(choice.other.as_ref(), &spot.at("other"), SENTENCE);
    }
    for (index, row) in question.rows().iter().enumerate() {
        texts.check(
            &row.label,
            &spot.entry("rows", index, &row.code).at("label"),
            SENTENCE,
        );
    }
    match &question.kind {
        Kind::Scale {
            min_label,
            max_label,
            ..
        } => {
            texts.check(min_label, &spot.at("min_label"), SHORT);
            texts.check(max_label, &spot.at("max_label"), SHORT);
        }
        Kind::Number { suffix, .. } => texts.maybe(suffix.as_ref(), &spot.at("suffix"), SHORT),
        Kind::Postcode { outside } | Kind::Area { outside } => {
            texts.maybe(outside.as_ref(), &spot.at("outside"), SENTENCE);
        }
        Kind::Information { body } => {
            texts.check(
                body,
                &spot.at("body"),
                Rule {
                    before,
                    ..PARAGRAPHS
                },
            );
        }
        _ => {}
    }
}

impl Texts<'_> {
    fn maybe(&mut self, text: Option<&Text>, spot: &Spot, rule: Rule<'_>) {
        if let Some(text) = text {
            self.check(text, spot, rule);
        }
    }

    fn check(&mut self, text: &Text, spot: &Spot, rule: Rule<'_>) {
        for language in self.languages {
            match text.0.get(language) {
                None => self.findings.error(
                    spot,
                    format!("the words in `{language}` are missing"),
                    format!("add `{language}: …`"),
                ),
                Some(words) if words.trim().is_empty() => self.findings.error(
                    spot,
                    format!("the words in `{language}` are empty"),
                    "write them, or leave the field out if it may be",
                ),
                Some(_) => {}
            }
        }
        for (language, words) in &text.0 {
            if !self.languages.contains(language) {
                self.findings.warning(
                    spot,
                    format!(
                        "the survey has words in `{language}`, which is not one of its languages"
                    ),
                    format!("add `{language}` to `languages`, or remove them"),
                );
            }
            self.words(words, &spot.at(language), rule);
        }
    }

    fn words(&mut self, words: &str, spot: &Spot, rule: Rule<'_>) {
        let length = words.chars().count();
        if length > rule.most {
            self.findings.error(
                spot,
                format!("it has {length} characters"),
                format!("shorten it to {} at most", rule.most),
            );
        }
        let is_control = |c: char| c.is_control() && !(rule.markdown && "\n\t\r".contains(c));
        if words.trim_end().contains(is_control) {
            self.findings.error(
                spot,
                "it has a line break or another control character in it",
                "write it on one line without such characters",
            );
        }
        if rule.markdown {
            let links = words.matches("](").count();
            if markdown::to_html(words).matches("<a ").count() < links {
                self.findings.warning(
                    spot,
                    "one of its links will not be a link",
                    "link to https://…, mailto:…, tel:…, /a-page or #an-anchor, without spaces",
                );
            }
        }
        self.piping(words, spot, rule);
    }

    fn piping(&mut self, words: &str, spot: &Spot, rule: Rule<'_>) {
        for broken in piping::broken_references(words) {
            self.findings.error(
                spot,
                format!("{{{{{broken}}}}} does not name a question"),
                "write a question key between the braces",
            );
        }
        for key in piping::references(words) {
            let Some(before) = rule.before else {
                self.findings.error(
                    spot,
                    format!("the answer to `{key}` can't be put in here"),
                    "put it into a label, hint, page title, intro or information of a later page",
                );
                continue;
            };
            let Some(entry) = before.iter().find(|entry| entry.question.key == key) else {
                self.findings.error(
                    spot,
                    format!("no page before this one asks `{key}`"),
                    "name a question of an earlier page",
                );
                continue;
            };
            let kind = &entry.question.kind;
            if entry.question.sensitive.is_some() {
                self.findings.error(
                    spot,
                    format!("`{key}` is sensitive"),
                    "do not show its answer on other pages",
                );
            } else if matches!(
                kind,
                Kind::Grid { .. }
                    | Kind::Budget { .. }
                    | Kind::LongText { .. }
                    | Kind::Email {}
                    | Kind::Information { .. }
            ) {
                self.findings.error(
                    spot,
                    format!(
                        "the answer to `{key}` ({}) can't be put into words",
                        kind.name()
                    ),
                    "name a question with one short answer",
                );
            }
        }
    }
}
