//! Fills in the form of a page the way a person would, from the page's HTML alone.

use std::collections::BTreeSet;

use scraper::{ElementRef, Html, Selector};

/// The fields of a page's main form, and where it goes.
#[derive(Debug, Clone)]
pub struct PageForm {
    /// Where the form is posted to; empty means the page's own address.
    pub action: String,
    /// Hidden fields as they stand.
    pub hidden: Vec<(String, String)>,
    /// What can be filled in, in order.
    pub fields: Vec<Field>,
}

/// One thing to fill in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// Radios of one name, with their values.
    Radios { name: String, values: Vec<String> },
    /// Checkboxes of one name, with their values.
    Checkboxes { name: String, values: Vec<String> },
    /// A list, with its values other than empty.
    Select { name: String, values: Vec<String> },
    /// A line of text; `total` where it shares a sum.
    Input {
        name: String,
        kind: String,
        total: Option<String>,
    },
    /// Several lines of text.
    Textarea { name: String },
}

fn select(css: &str) -> Selector {
    Selector::parse(css).expect("a selector of ours")
}

fn attribute(element: ElementRef<'_>, name: &str) -> String {
    element.value().attr(name).unwrap_or_default().to_owned()
}

impl PageForm {
    /// Reads the form of a page; the last one, as the page's own stands after any in its header.
    #[must_use]
    pub fn read(html: &str) -> Option<Self> {
        let page = Html::parse_document(html);
        let form = page.select(&select("main form[method=post]")).next()?;
        let mut read = Self {
            action: attribute(form, "action"),
            hidden: Vec::new(),
            fields: Vec::new(),
        };
        let mut seen = BTreeSet::new();
        for element in form.select(&select("input, select, textarea")) {
            let name = attribute(element, "name");
            // People neither see nor fill the trap for robots.
            if name.is_empty() || name == "website" {
                continue;
            }
            let kind = attribute(element, "type");
            match (element.value().name(), kind.as_str()) {
                (_, "hidden") => read.hidden.push((name, attribute(element, "value"))),
                (_, "radio" | "checkbox") if !seen.insert(name.clone()) => {}
                (_, "radio") => {
                    let values = values_of(form, &name);
                    read.fields.push(Field::Radios { name, values });
                }
                (_, "checkbox") => {
                    let values = values_of(form, &name);
                    read.fields.push(Field::Checkboxes { name, values });
                }
                ("select", _) => {
                    let values = element
                        .select(&select("option"))
                        .map(|option| attribute(option, "value"))
                        .filter(|value| !value.is_empty())
                        .collect();
                    read.fields.push(Field::Select { name, values });
                }
                ("textarea", _) => read.fields.push(Field::Textarea { name }),
                _ => {
                    let total = total_of(element);
                    read.fields.push(Field::Input { name, kind, total });
                }
            }
        }
        Some(read)
    }

    /// The value of a hidden field.
    #[must_use]
    pub fn hidden(&self, name: &str) -> Option<&str> {
        self.hidden
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    }

    /// Answers that any question takes: the first choice, places in order, all money on the first item, a few words.
    #[must_use]
    pub fn plain_answers(&self) -> Vec<(String, String)> {
        let mut pairs = self.hidden.clone();
        let ranks = self.ranking_names();
        let mut placed = 0;
        for field in &self.fields {
            match field {
                // "Prefer not to say" instead of an answer.
                Field::Checkboxes { name, .. } if name.ends_with("-declined") => {}
                Field::Radios { name, values } | Field::Checkboxes { name, values } => {
                    if let Some(first) = values.iter().find(|value| !value.starts_with('_')) {
                        pairs.push((name.clone(), first.clone()));
                    }
                }
                Field::Select { name, values } if ranks.contains(name) => {
                    if let Some(value) = values.get(placed) {
                        pairs.push((name.clone(), value.clone()));
                        placed += 1;
                    }
                }
                Field::Select { name, values } => {
                    if let Some(first) = values.first() {
                        pairs.push((name.clone(), first.clone()));
                    }
                }
                Field::Input {
                    name,
                    total: Some(total),
                    ..
                } => {
                    let is_first = !pairs.iter().any(|(given, _)| key(given) == key(name));
                    let share = if is_first {
                        total.clone()
                    } else {
                        "0".to_owned()
                    };
                    pairs.push((name.clone(), share));
                }
                Field::Input { name, .. } if name.ends_with("-day") || name.ends_with("-month") => {
                    pairs.push((name.clone(), "5".to_owned()));
                }
                Field::Input { name, .. } if name.ends_with("-year") => {
                    pairs.push((name.clone(), "2026".to_owned()));
                }
                Field::Input { name, .. } if name.ends_with("-postcode") => {}
                Field::Input { name, kind, .. } if kind == "email" => {
                    pairs.push((name.clone(), "sam@example.org".to_owned()));
                }
                Field::Input { name, .. } => pairs.push((name.clone(), "5".to_owned())),
                Field::Textarea { name } => {
                    pairs.push((name.clone(), "More lights by the park, please.".to_owned()));
                }
            }
        }
        pairs
    }

    fn ranking_names(&self) -> Vec<String> {
        let of = |field: &Field| match field {
            Field::Select { name, .. } if ends_in_number(name) => Some(name.clone()),
            _ => None,
        };
        self.fields.iter().filter_map(of).collect()
    }
}

fn values_of(form: ElementRef<'_>, name: &str) -> Vec<String> {
    form.select(&select("input[type=radio], input[type=checkbox]"))
        .filter(|element| element.value().attr("name") == Some(name))
        .map(|element| attribute(element, "value"))
        .collect()
}

fn ends_in_number(name: &str) -> bool {
    name.rsplit_once('-')
        .is_some_and(|(_, end)| !end.is_empty() && end.chars().all(|c| c.is_ascii_digit()))
}

/// The sum that a field is a share of.
fn total_of(element: ElementRef<'_>) -> Option<String> {
    element
        .ancestors()
        .filter_map(ElementRef::wrap)
        .find_map(|ancestor| ancestor.value().attr("data-total").map(ToOwned::to_owned))
}

/// The question's key at the start of a field's name.
fn key(name: &str) -> &str {
    name.split('-').next().unwrap_or_default()
}
