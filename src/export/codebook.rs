//! What the columns and codes of a file of answers mean, as a file of its own that stands beside it.
//!
//! One rectangle with four kinds of rows, told apart by `entry`: `file` (what was taken out, when, with which filter),
//! `missing` (the codes for what is missing), `column` (a column and what it holds) and `code` (a code of a column and
//! its words). Words that differ between versions have a row each; `versions` says whose they are.

use std::io::{self, Write};

use jiff::Timestamp;

use super::{
    answers::{DECLINED, DONT_KNOW, INVALID, NOT_ASKED, UNRANKED},
    csv::{Cell, CsvWriter},
    layout::{ABOUT_AREA, ABOUT_RESPONSE, Layout, Sensitive, Values, Version},
};
use crate::{
    geography::Place,
    survey::{
        columns::{Part, columns},
        definition::{Definition, Kind, OUTSIDE, Question},
        ids::{Lang, ThemeKey},
        text::Text,
    },
};

/// The columns of a codebook.
pub const HEADER: [&str; 10] = [
    "entry",
    "column",
    "question",
    "kind",
    "wording",
    "code",
    "label",
    "theme",
    "sensitive",
    "versions",
];

/// What a file of answers was taken from.
#[derive(Debug, Clone)]
pub struct Source<'a> {
    /// When the store was in the state that the responses were chosen by.
    pub as_of: Timestamp,
    /// How many responses were chosen.
    pub responses: u64,
    /// The filter in force, as in the address of a results page; empty for none.
    pub filter: &'a str,
    /// Whether any of them was made up by a program; none, where that is not known.
    pub simulated: Option<bool>,
    /// The version of this software.
    pub software: &'a str,
}

/// Writes the codebook of a layout in a language. `say` gives a sentence of `exports.ftl` by its id.
///
/// # Errors
/// When the writer refuses.
pub fn write<W: Write>(
    out: W,
    layout: &Layout,
    place: &Place,
    source: &Source<'_>,
    lang: &Lang,
    say: &dyn Fn(&str) -> String,
) -> io::Result<W> {
    let mut rows = about_file(layout, source);
    for (code, id) in [
        ("", "export-missing-not-answered"),
        (NOT_ASKED, "export-missing-not-asked"),
        (DECLINED, "export-missing-declined"),
        (DONT_KNOW, "export-missing-dont-know"),
        (UNRANKED, "export-missing-unranked"),
        (INVALID, "export-missing-invalid"),
    ] {
        rows.push(Entry::new("missing").code(code).label(say(id)));
    }
    let about_area = layout.has_area.then_some(ABOUT_AREA).into_iter().flatten();
    for column in ABOUT_RESPONSE.into_iter().chain(about_area) {
        let id = format!("export-column-{}", column.replace('_', "-"));
        rows.push(Entry::new("column").column(column).wording(&say(&id)));
    }
    for name in &layout.names {
        rows.extend(about_column(layout, place, name, lang));
    }
    let mut csv = CsvWriter::new(out, &HEADER)?;
    for row in &rows {
        csv.row(row.cells())?;
    }
    csv.finish()
}

/// A row of the codebook.
#[derive(Debug, Clone, Default, PartialEq)]
struct Entry {
    entry: &'static str,
    column: String,
    question: String,
    kind: &'static str,
    wording: String,
    code: String,
    label: String,
    theme: String,
    sensitive: Option<bool>,
    versions: Vec<u32>,
}

impl Entry {
    fn new(entry: &'static str) -> Self {
        Self {
            entry,
            ..Self::default()
        }
    }

    fn column(mut self, name: &str) -> Self {
        name.clone_into(&mut self.column);
        self
    }

    fn wording(mut self, words: &str) -> Self {
        words.clone_into(&mut self.wording);
        self
    }

    fn code(mut self, code: &str) -> Self {
        code.clone_into(&mut self.code);
        self
    }

    fn label(mut self, words: impl Into<String>) -> Self {
        self.label = words.into();
        self
    }

    fn theme(mut self, theme: Option<&ThemeKey>) -> Self {
        self.theme = theme.map(ToString::to_string).unwrap_or_default();
        self
    }

    fn cells(&self) -> [Cell<'_>; 10] {
        let word = |word| match word {
            "" => Cell::Empty,
            word => Cell::word(word),
        };
        let text = |text| match text {
            "" => Cell::Empty,
            text => Cell::text(text),
        };
        let versions: Vec<String> = self.versions.iter().map(ToString::to_string).collect();
        [
            word(self.entry),
            word(&self.column),
            word(&self.question),
            word(self.kind),
            text(&self.wording),
            word(&self.code),
            text(&self.label),
            word(&self.theme),
            self.sensitive
                .map_or(Cell::Empty, |is| Cell::Whole(i64::from(is))),
            match versions.as_slice() {
                [] => Cell::Empty,
                versions => Cell::text(versions.join(" ")),
            },
        ]
    }

    /// Whether two rows say the same, of whichever version.
    fn says_the_same(&self, other: &Self) -> bool {
        let of_no_version = |entry: &Self| Self {
            versions: Vec::new(),
            ..entry.clone()
        };
        of_no_version(self) == of_no_version(other)
    }
}

fn about_file(layout: &Layout, source: &Source<'_>) -> Vec<Entry> {
    let survey = layout
        .versions
        .last()
        .map(|version| &version.definition.slug);
    let versions: Vec<String> = layout
        .versions
        .iter()
        .map(|version| version.number.to_string())
        .collect();
    let values = match &layout.values {
        Values::Codes => "codes".to_owned(),
        Values::Labels(lang) => format!("labels {lang}"),
    };
    let yes_or_no = |is: bool| if is { "yes" } else { "no" }.to_owned();
    let facts = [
        (
            "survey",
            survey.map(ToString::to_string).unwrap_or_default(),
        ),
        ("versions", versions.join(" ")),
        ("as_of", source.as_of.to_string()),
        ("responses", source.responses.to_string()),
        ("filter", source.filter.to_owned()),
        ("values", values),
        (
            "sensitive",
            yes_or_no(layout.sensitive == Sensitive::Include),
        ),
        (
            "simulated",
            source.simulated.map(yes_or_no).unwrap_or_default(),
        ),
        ("software", format!("have-your-say {}", source.software)),
    ];
    facts
        .into_iter()
        .map(|(name, value)| Entry::new("file").code(name).label(value))
        .collect()
}

/// What every version says of a column, each thing once.
fn about_column(layout: &Layout, place: &Place, name: &str, lang: &Lang) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for version in &layout.versions {
        for question in version.definition.questions() {
            for column in columns(question)
                .iter()
                .filter(|column| column.name == name)
            {
                let teller = Teller {
                    place,
                    version,
                    question,
                    name,
                    lang,
                };
                for told in teller.entries(column.part) {
                    match entries.iter_mut().find(|entry| entry.says_the_same(&told)) {
                        Some(entry) => entry.versions.extend(told.versions),
                        None => entries.push(told),
                    }
                }
            }
        }
    }
    // All that says what the column is comes before what its codes mean.
    entries.sort_by_key(|entry| entry.entry != "column");
    entries
}

/// Tells of one column of one version.
struct Teller<'a> {
    place: &'a Place,
    version: &'a Version,
    question: &'a Question,
    name: &'a str,
    lang: &'a Lang,
}

impl Teller<'_> {
    fn definition(&self) -> &Definition {
        &self.version.definition
    }

    fn words<'t>(&self, text: &'t Text) -> &'t str {
        text.get(self.lang, &self.definition().first_language())
    }

    fn entry(&self, entry: &'static str) -> Entry {
        Entry {
            question: self.question.key.to_string(),
            versions: vec![self.version.number],
            ..Entry::new(entry).column(self.name)
        }
    }

    fn entries(&self, part: Part<'_>) -> Vec<Entry> {
        let question = self.question;
        let mut column = Entry {
            kind: question.kind.name(),
            sensitive: Some(question.sensitive.is_some()),
            ..self.entry("column")
        }
        .wording(self.words(&question.label))
        .theme(question.theme.as_ref());
        let choice = |code| question.choice(code);
        match part {
            Part::Whole => {}
            Part::Ticked(code) | Part::Rank(code) | Part::Share(code) => {
                column = column.code(code.as_str());
                if let Some(choice) = choice(code) {
                    let theme = choice.theme.as_ref().or(question.theme.as_ref());
                    column = column.label(self.words(&choice.label)).theme(theme);
                }
            }
            Part::Row(code) => {
                column = column.code(code.as_str());
                if let Some(row) = question.rows().iter().find(|row| row.code == *code) {
                    let theme = row.theme.as_ref().or(question.theme.as_ref());
                    column = column.label(self.words(&row.label)).theme(theme);
                }
            }
            Part::OtherText(code) => {
                let field = choice(code).and_then(|choice| choice.other.as_ref());
                let label = field.map_or("", |text| self.words(text));
                column = column.code(code.as_str()).label(label);
            }
        }
        let mut entries = vec![column];
        entries.extend(self.codes(part));
        entries
    }

    fn codes(&self, part: Part<'_>) -> Vec<Entry> {
        let code = |code: &str, label: &str| self.entry("code").code(code).label(label);
        let choices = || {
            let of = |choice: &crate::survey::definition::Choice| {
                code(choice.code.as_str(), self.words(&choice.label)).theme(choice.theme.as_ref())
            };
            self.question.choices().iter().map(of).collect()
        };
        match (part, &self.question.kind) {
            (Part::Whole, Kind::Single { .. }) | (Part::Row(_), _) => choices(),
            (
                Part::Whole,
                Kind::Scale {
                    min,
                    max,
                    min_label,
                    max_label,
                    ..
                },
            ) => vec![
                code(&min.to_string(), self.words(min_label)),
                code(&max.to_string(), self.words(max_label)),
            ],
            (Part::Whole, Kind::Area { outside } | Kind::Postcode { outside }) => {
                let areas = self.place.areas().iter();
                let mut codes: Vec<Entry> = areas
                    .map(|area| code(area.code.as_str(), &area.name))
                    .collect();
                if let Some(outside) = outside {
                    codes.push(code(OUTSIDE, self.words(outside)));
                }
                codes
            }
            _ => Vec::new(),
        }
    }
}
