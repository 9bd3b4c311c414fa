//! All texts of a definition, from LimeSurvey's HTML to what the definition may hold: Markdown or plain words, in every
//! language, no longer than allowed, with earlier answers put in where they can be.

use std::collections::{BTreeSet, HashMap};

use super::{
    Report,
    html::{self, Form},
    report::{Loss, Place, shortened},
    source::Source,
};
use crate::survey::{
    definition::{Definition, Kind, Question},
    ids::{Lang, QuestionKey},
    markdown,
    text::Text,
};

const LABEL: usize = 120;
const LINE: usize = 400;
const PROSE: usize = 10_000;
/// The most elements, or links, that are named of one text.
const MOST_NAMED: usize = 20;
/// The most characters of an expression in a text.
const MOST_EXPRESSION: usize = 200;

/// What a text may be.
#[derive(Clone, Copy)]
struct Rule {
    field: &'static str,
    form: Form,
    most: usize,
    /// Whether earlier answers may be put in.
    piped: bool,
}

const fn rule(field: &'static str, form: Form, most: usize, piped: bool) -> Rule {
    Rule {
        field,
        form,
        most,
        piped,
    }
}

const TITLE: Rule = rule("title", Form::Plain, LINE, false);
const SHORT_TITLE: Rule = rule("short title", Form::Plain, LABEL, false);
const SUMMARY: Rule = rule("description", Form::Plain, LINE, false);
const WELCOME: Rule = rule("welcome text", Form::Prose, PROSE, false);
const WHO: Rule = rule("who can answer", Form::Prose, PROSE, false);
const POLICY: Rule = rule("policy notice", Form::Prose, PROSE, false);
const SECTION: Rule = rule("name of the group", Form::Plain, LABEL, false);
const PAGE: Rule = rule("name of the group", Form::Plain, LINE, true);
const INTRO: Rule = rule("description of the group", Form::Prose, PROSE, true);
const QUESTION: Rule = rule("question", Form::Line, LINE, true);
const HELP: Rule = rule("help", Form::Line, LINE, true);
const BODY: Rule = rule("question", Form::Prose, PROSE, true);
const ANSWER: Rule = rule("answer", Form::Line, LINE, false);
const OTHER: Rule = rule("label of other", Form::Line, LINE, false);
const ROW: Rule = rule("subquestion", Form::Line, LINE, false);
const END: Rule = rule("end of the scale", Form::Line, LABEL, false);
const SUFFIX: Rule = rule("suffix", Form::Plain, LABEL, false);

/// Mends every text of `definition`, and reports what that took.
pub(super) fn finish(
    definition: &mut Definition,
    source: &Source,
    places: &HashMap<QuestionKey, Place>,
    report: &mut Report,
) {
    let mut codes = HashMap::new();
    for group in &source.groups {
        for asked in &group.questions {
            codes.insert(asked.place(), asked.code.clone());
        }
    }
    let mut finisher = Finisher {
        languages: source.languages.clone(),
        places,
        codes,
        earlier: HashMap::new(),
        told: BTreeSet::new(),
        is_quiet: false,
        report,
    };
    let survey = &Place::Survey;
    finisher.text(&mut definition.title, survey, TITLE, "Survey");
    finisher.quietly(&mut definition.short_title, SHORT_TITLE, "Survey");
    finisher.text(&mut definition.summary, survey, SUMMARY, "Survey");
    let overview = &mut definition.overview;
    finisher.text(&mut overview.what_we_ask, survey, WELCOME, "Survey");
    finisher.text(&mut overview.who_can_answer, survey, WHO, "Anybody");
    finisher.text(&mut overview.privacy, survey, POLICY, "Privacy");
    for section in &mut definition.sections {
        let mut first = true;
        let name = section
            .title
            .get(&finisher.languages[0], &finisher.languages[0]);
        let place = Place::Group(shortened(&html::convert(name, Form::Plain).0));
        finisher.text(&mut section.title, &place, SECTION, section.key.as_str());
        for page in &mut section.pages {
            // What is wrong with a group's name was told once.
            if std::mem::take(&mut first) {
                finisher.text(&mut page.title, &place, PAGE, page.key.as_str());
            } else {
                finisher.quietly(&mut page.title, PAGE, page.key.as_str());
            }
            if let Some(intro) = &mut page.intro {
                finisher.text(intro, &place, INTRO, section.key.as_str());
            }
            page.intro = page.intro.take().filter(|intro| !intro.is_empty());
            for question in &mut page.questions {
                finisher.question(question, &page.title);
            }
            for question in page
                .questions
                .iter()
                .filter(|question| can_be_piped(question))
            {
                finisher.is_earlier(&question.key);
            }
        }
    }
}

/// Whether an answer is one in a few words.
fn can_be_piped(question: &Question) -> bool {
    !matches!(
        question.kind,
        Kind::Grid { .. }
            | Kind::Budget { .. }
            | Kind::LongText { .. }
            | Kind::Email {}
            | Kind::Information { .. }
    )
}

struct Finisher<'a> {
    languages: Vec<Lang>,
    places: &'a HashMap<QuestionKey, Place>,
    /// LimeSurvey's code of the question of a place.
    codes: HashMap<Place, String>,
    /// LimeSurvey's code of a question on an earlier page → its key.
    earlier: HashMap<String, QuestionKey>,
    /// What was told of a place already: a question's text may have become part of several.
    told: BTreeSet<(Place, String)>,
    is_quiet: bool,
    report: &'a mut Report,
}

impl Finisher<'_> {
    fn is_earlier(&mut self, key: &QuestionKey) {
        let code = self.places.get(key).and_then(|place| self.codes.get(place));
        if let Some(code) = code {
            self.earlier
                .entry(code.clone())
                .or_insert_with(|| key.clone());
        }
    }

    fn question(&mut self, question: &mut Question, title: &Text) {
        let place = self
            .places
            .get(&question.key)
            .cloned()
            .unwrap_or(Place::Survey);
        let key = question.key.to_string();
        if let Kind::Information { body } = &mut question.kind {
            self.text(body, &place, BODY, &key);
            question.label = heading(body, title);
        } else {
            self.text(&mut question.label, &place, QUESTION, &key);
        }
        if let Some(hint) = &mut question.hint {
            self.text(hint, &place, HELP, "");
        }
        question.hint = question.hint.take().filter(|hint| !hint.is_empty());
        if let Kind::Grid { rows, .. } = &mut question.kind {
            for row in rows {
                self.text(&mut row.label, &place, ROW, row.code.as_str());
            }
        }
        match &mut question.kind {
            Kind::Single { choices, .. }
            | Kind::Multiple { choices, .. }
            | Kind::Grid {
                columns: choices, ..
            }
            | Kind::Ranking { items: choices, .. }
            | Kind::Budget { items: choices, .. } => {
                for choice in choices {
                    self.text(&mut choice.label, &place, ANSWER, choice.code.as_str());
                    if let Some(other) = &mut choice.other {
                        self.text(other, &place, OTHER, choice.code.as_str());
                    }
                    for revealed in &mut choice.reveals {
                        self.question(revealed, title);
                    }
                }
            }
            Kind::Scale {
                min_label,
                max_label,
                min,
                max,
                ..
            } => {
                self.text(min_label, &place, END, &min.to_string());
                self.text(max_label, &place, END, &max.to_string());
            }
            Kind::Number {
                suffix: Some(suffix),
                ..
            } => self.text(suffix, &place, SUFFIX, "–"),
            _ => {}
        }
    }

    /// The same, where what is to be told was told of another text.
    fn quietly(&mut self, text: &mut Text, rule: Rule, otherwise: &str) {
        self.is_quiet = true;
        self.text(text, &Place::Survey, rule, otherwise);
        self.is_quiet = false;
    }

    /// Mends a text; where it has no words at all, `otherwise` stands.
    fn text(&mut self, text: &mut Text, place: &Place, rule: Rule, otherwise: &str) {
        for (lang, words) in &mut text.0 {
            let (written, dropped) = html::convert(words, rule.form);
            let language = lang.to_string();
            let field = rule.field;
            let parts = |set: BTreeSet<String>| -> Vec<String> {
                set.into_iter().take(MOST_NAMED).collect()
            };
            if !dropped.scripts.is_empty() {
                let (language, parts) = (language.clone(), parts(dropped.scripts));
                self.tell(
                    place,
                    Loss::Script {
                        field,
                        language,
                        parts,
                    },
                );
            }
            if !dropped.markup.is_empty() {
                let (language, parts) = (language.clone(), parts(dropped.markup));
                self.tell(
                    place,
                    Loss::Markup {
                        field,
                        language,
                        parts,
                    },
                );
            }
            for target in dropped.links.into_iter().take(MOST_NAMED) {
                let language = language.clone();
                self.tell(
                    place,
                    Loss::Link {
                        field,
                        language,
                        target,
                    },
                );
            }
            let written = self.piped(&written, place, rule, &language);
            let length = written.chars().count() + dropped.unread;
            let is_long = written.chars().count() > rule.most;
            if is_long || dropped.unread > 0 {
                let most = rule.most;
                self.tell(
                    place,
                    Loss::Shortened {
                        field,
                        language,
                        length,
                        most,
                    },
                );
            }
            *words = if is_long {
                cut(&written, rule)
            } else {
                written
            };
        }
        text.0.retain(|_, words| !words.trim().is_empty());
        let base = self.languages[0].clone();
        let spare = match text.get(&base, &base) {
            "" => otherwise.to_owned(),
            words => words.to_owned(),
        };
        if spare.is_empty() {
            return;
        }
        for lang in self.languages.clone() {
            let (field, language) = (rule.field, lang.to_string());
            text.0.entry(lang).or_insert_with(|| {
                self.tell(place, Loss::Untranslated { field, language });
                spare.clone()
            });
        }
    }

    /// Each thing is told once of a place.
    fn tell(&mut self, place: &Place, loss: Loss) {
        if !self.is_quiet && self.told.insert((place.clone(), loss.to_string())) {
            self.report.add(place, loss);
        }
    }

    /// LimeSurvey's `{…}`: an answer of an earlier page is put in, all else becomes "…". A `{` before a blank is a `{`.
    fn piped(&mut self, words: &str, place: &Place, rule: Rule, language: &str) -> String {
        let mut written = String::with_capacity(words.len());
        let mut rest = words;
        while let Some(open) = rest.find('{') {
            written.push_str(&rest[..open]);
            rest = &rest[open..];
            let after = &rest[1..];
            let end = after
                .find('}')
                .filter(|_| !after.starts_with(char::is_whitespace));
            let Some(end) = end else {
                written.push('{');
                rest = after;
                continue;
            };
            let expression = &after[..end];
            rest = &after[end + 1..];
            let name = ["", ".NAOK", ".shown"].iter().find_map(|ending| {
                expression
                    .strip_suffix(ending)
                    .filter(|name| self.earlier.contains_key(*name))
            });
            match name.and_then(|name| self.earlier.get(name)) {
                Some(key) if rule.piped => written.push_str(&["{{ ", key.as_str(), " }}"].concat()),
                _ => {
                    written.push('…');
                    let expression =
                        shortened(&expression.chars().take(MOST_EXPRESSION).collect::<String>());
                    let (field, language) = (rule.field, language.to_owned());
                    self.tell(
                        place,
                        Loss::Placeholder {
                            field,
                            language,
                            expression,
                        },
                    );
                }
            }
        }
        written.push_str(rest);
        written
    }
}

/// The heading of information: its first paragraph where that is short and more follows, else the page's title.
fn heading(body: &mut Text, title: &Text) -> Text {
    let parts = |words: &str| -> Option<(String, String)> {
        let (first, rest) = words.split_once("\n\n")?;
        let fits = first.chars().count() <= LABEL && !first.starts_with("- ");
        (fits && !rest.trim().is_empty()).then(|| (first.to_owned(), rest.to_owned()))
    };
    let split: Option<Vec<_>> = body
        .0
        .iter()
        .map(|(lang, words)| parts(words).map(|parts| (lang.clone(), parts)))
        .collect();
    let Some(split) = split else {
        // A title is plain words, a label is Markdown.
        let labels = title
            .0
            .iter()
            .map(|(lang, words)| (lang.clone(), html::escaped(words)));
        return Text(labels.collect());
    };
    let mut label = Text::default();
    for (lang, (first, rest)) in split {
        label.0.insert(lang.clone(), first);
        body.0.insert(lang, rest);
    }
    label
}

/// Words cut to what is allowed: prose at a paragraph where there is one, a line at a word. Bold and links are lost.
fn cut(words: &str, rule: Rule) -> String {
    if rule.form == Form::Prose
        && let Some(kept) = paragraphs(words, rule.most)
    {
        return kept;
    }
    let plain = match rule.form {
        Form::Plain => words.to_owned(),
        _ => html::escaped(
            &markdown::to_plain(words)
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
        ),
    };
    let mut kept: String = plain.chars().take(rule.most - 1).collect();
    if let Some(blank) = kept.rfind(' ').filter(|blank| *blank > kept.len() / 2) {
        kept.truncate(blank);
    }
    if let Some(open) = kept
        .rfind("{{")
        .filter(|open| !kept[*open..].contains("}}"))
    {
        kept.truncate(open);
    }
    while kept.ends_with('\\') {
        kept.pop();
    }
    kept.push('…');
    kept
}

/// As many whole paragraphs as fit; none if the first doesn't.
fn paragraphs(words: &str, most: usize) -> Option<String> {
    let end = words
        .char_indices()
        .nth(most)
        .map_or(words.len(), |(end, _)| end);
    let last = words[..end].rfind("\n\n")?;
    Some(words[..last].to_owned())
}
