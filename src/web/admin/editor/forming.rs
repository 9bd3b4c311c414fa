//! Forms made of fields: filled with what was typed or with what the draft says, each with what the linter says of it.

use crate::{
    survey::{
        form::Form,
        ids::{Lang, ThemeKey},
        lint::{Lint, Severity},
        text::Text,
    },
    web::{
        pages::{Control, ErrorLink, FieldView, LintView, SelectOption},
        words::Speaker,
    },
};

/// A finding on the thing that is edited, with the path of its field.
pub(super) struct OwnLint {
    /// As a field is named: `choices.1.label`.
    pub(super) path: String,
    /// What is shown.
    pub(super) view: LintView,
}

/// The name of a field for a path in a document: `choices[1].label` is `choices.1.label`.
pub(super) fn field_path(path: &str) -> String {
    path.replace('[', ".")
        .replace(']', "")
        .trim_start_matches('.')
        .to_owned()
}

pub(super) fn severity_name(lint: &Lint) -> &'static str {
    match lint.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// Makes the fields of a form.
pub(super) struct Forming<'a> {
    pub(super) speaker: Speaker<'a>,
    pub(super) languages: &'a [Lang],
    /// What was typed, where the form comes back with errors.
    pub(super) typed: Option<&'a Form>,
    pub(super) errors: &'a [ErrorLink],
    /// Findings not shown at a field yet.
    pub(super) lints: Vec<OwnLint>,
}

impl Forming<'_> {
    fn field(&mut self, name: &str, label: String, control: Control, saved: String) -> FieldView {
        let value = match self.typed {
            Some(form) => form.first(name).unwrap_or_default().to_owned(),
            None => saved,
        };
        let (own, others): (Vec<_>, Vec<_>) = std::mem::take(&mut self.lints)
            .into_iter()
            .partition(|lint| {
                let path = lint.path.as_str();
                !path.is_empty()
                    && (name == path
                        || name
                            .strip_prefix(path)
                            .is_some_and(|rest| rest.starts_with('.'))
                        || path
                            .strip_prefix(name)
                            .is_some_and(|rest| rest.starts_with('.')))
            });
        self.lints = others;
        FieldView {
            error: self
                .errors
                .iter()
                .find(|error| error.field == name)
                .map(|error| error.text.clone()),
            name: name.to_owned(),
            label,
            hint: None,
            control,
            value,
            checked: false,
            options: Vec::new(),
            lang: None,
            lints: own.into_iter().map(|lint| lint.view).collect(),
        }
    }

    /// A text in every language of the survey, a field for each.
    pub(super) fn text(
        &mut self,
        name: &str,
        label: &str,
        text: Option<&Text>,
        control: Control,
    ) -> Vec<FieldView> {
        let label = self.speaker.id(label);
        let languages = self.languages.to_vec();
        let is_alone = languages.len() == 1;
        let one = |lang: &Lang| {
            let words = text
                .and_then(|text| text.0.get(lang))
                .cloned()
                .unwrap_or_default();
            let label = if is_alone {
                label.clone()
            } else {
                format!("{label} ({lang})")
            };
            let mut field = self.field(&format!("{name}.{lang}"), label, control, words);
            field.lang = (!is_alone).then(|| lang.to_string());
            field
        };
        languages.iter().map(one).collect()
    }

    pub(super) fn line(&mut self, name: &str, label: &str, value: impl ToString) -> FieldView {
        self.field(
            name,
            self.speaker.id(label),
            Control::Line,
            value.to_string(),
        )
    }

    pub(super) fn of(
        &mut self,
        control: Control,
        name: &str,
        label: &str,
        value: String,
    ) -> FieldView {
        self.field(name, self.speaker.id(label), control, value)
    }

    pub(super) fn number<N: ToString>(
        &mut self,
        name: &str,
        label: &str,
        value: Option<N>,
    ) -> FieldView {
        let value = value.map_or_else(String::new, |value| value.to_string());
        self.field(name, self.speaker.id(label), Control::Number, value)
    }

    pub(super) fn check(&mut self, name: &str, label: &str, checked: bool) -> FieldView {
        let mut field = self.field(name, self.speaker.id(label), Control::Check, "1".to_owned());
        field.checked = self
            .typed
            .map_or(checked, |form| form.first(name).is_some());
        "1".clone_into(&mut field.value);
        field
    }

    pub(super) fn select(
        &mut self,
        name: &str,
        label: &str,
        options: Vec<(String, String)>,
        chosen: &str,
    ) -> FieldView {
        let mut field = self.field(
            name,
            self.speaker.id(label),
            Control::Select,
            chosen.to_owned(),
        );
        let value = field.value.clone();
        let option = |(given, text): (String, String)| SelectOption {
            selected: given == value,
            value: given,
            text,
        };
        field.options = options.into_iter().map(option).collect();
        field
    }

    pub(super) fn checks(
        &mut self,
        name: &str,
        label: &str,
        options: Vec<(String, String)>,
        chosen: &[String],
    ) -> FieldView {
        let mut field = self.field(name, self.speaker.id(label), Control::Checks, String::new());
        let option = |(given, text): (String, String)| SelectOption {
            selected: match self.typed {
                Some(form) => form.values(name).any(|value| value == given),
                None => chosen.contains(&given),
            },
            value: given,
            text,
        };
        field.options = options.into_iter().map(option).collect();
        field
    }

    /// A list of themes to point to, or none.
    pub(super) fn theme(
        &mut self,
        name: &str,
        themes: &[(String, String)],
        chosen: Option<&ThemeKey>,
    ) -> FieldView {
        let mut options = vec![(String::new(), self.speaker.id("edit-no-theme"))];
        options.extend(themes.iter().cloned());
        self.select(
            name,
            "field-theme",
            options,
            chosen.map_or("", ThemeKey::as_str),
        )
    }

    /// Findings that no field has taken.
    pub(super) fn left(self) -> Vec<LintView> {
        self.lints.into_iter().map(|lint| lint.view).collect()
    }
}

/// A field with a line of help.
pub(super) fn hinted(mut field: FieldView, hint: String) -> FieldView {
    field.hint = Some(hint);
    field
}

/// Reads a form of the editor; what can't be read becomes an error at its field.
pub(super) struct Reading<'a> {
    pub(super) form: &'a Form,
    pub(super) languages: &'a [Lang],
    pub(super) speaker: Speaker<'a>,
    pub(super) errors: Vec<ErrorLink>,
}

impl Reading<'_> {
    pub(super) fn raw(&self, name: &str) -> &str {
        self.form.first(name).unwrap_or_default().trim()
    }

    pub(super) fn ticked(&self, name: &str) -> bool {
        self.form.first(name).is_some()
    }

    pub(super) fn wrong(&mut self, name: &str, message: &str) {
        let text = self.speaker.id(message);
        self.errors.push(ErrorLink {
            field: name.to_owned(),
            text,
        });
    }

    /// A text; languages without words are left out, `before` keeps those the survey no longer speaks.
    pub(super) fn text(&self, name: &str) -> Option<Text> {
        let words = self.languages.iter().filter_map(|lang| {
            let words = self
                .form
                .first(&format!("{name}.{lang}"))?
                .replace("\r\n", "\n");
            // A line break at the end is how a document's paragraph ends: it stays as it was.
            let words = words.trim_matches([' ', '\t']).to_owned();
            (!words.trim().is_empty()).then(|| (lang.clone(), words))
        });
        let text = Text(words.collect());
        (!text.0.is_empty()).then_some(text)
    }

    /// A text that a document must have; without words it is blank in the first language, and the linter says so.
    pub(super) fn needed_text(&self, name: &str) -> Text {
        self.text(name).unwrap_or_else(|| {
            let first = self.languages.first().cloned();
            Text(
                first
                    .map(|lang| (lang, String::new()))
                    .into_iter()
                    .collect(),
            )
        })
    }

    /// A text that must not be blank.
    pub(super) fn filled_text(&mut self, name: &str) -> Text {
        let text = self.needed_text(name);
        if text.is_empty() {
            let first = self.languages.first().map_or("en", Lang::as_str);
            self.wrong(&format!("{name}.{first}"), "edit-words-missing");
        }
        text
    }

    pub(super) fn number<N: std::str::FromStr>(&mut self, name: &str) -> Option<N> {
        let given = self.raw(name).replace([',', ' '], "");
        if given.is_empty() {
            return None;
        }
        let number = given.parse().ok();
        if number.is_none() {
            self.wrong(name, "edit-number-wrong");
        }
        number
    }

    pub(super) fn needed_number<N: std::str::FromStr + Default>(&mut self, name: &str) -> N {
        if self.raw(name).is_empty() {
            self.wrong(name, "edit-number-missing");
            return N::default();
        }
        self.number(name).unwrap_or_default()
    }

    /// A name that may be left out; `message` says what is wrong with another.
    pub(super) fn name<T: std::str::FromStr>(&mut self, field: &str, message: &str) -> Option<T> {
        let given = self.raw(field).to_owned();
        if given.is_empty() {
            return None;
        }
        let name = given.parse().ok();
        if name.is_none() {
            self.wrong(field, message);
        }
        name
    }
}
