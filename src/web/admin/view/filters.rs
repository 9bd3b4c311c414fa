//! The filter bar of a results page, from its address.

use crate::{
    analysis::{areas::group_key, chunk::Channel, filter::Filter},
    geography::Grouping,
    results::ResultQuery,
    survey::{
        ids::{Code, QuestionKey, Slug},
        message::Message,
    },
    web::{
        pages::{FilterList, FilterView, HiddenField, OptionView},
        templates::Link,
        urls::Url,
    },
};

use super::{proof::moment, variables::answer_name, words::Words};

/// A page with a filter: where it is, and what its address holds besides.
pub struct FilteredPage<'a> {
    /// The survey.
    pub slug: &'a Slug,
    /// The page below the survey's home.
    pub path: &'a str,
    /// The filter, and the page's own view where it is a results page.
    pub query: &'a ResultQuery,
    /// What the page's address holds besides: search words, a chosen question.
    pub extra: &'a [(&'static str, String)],
}

impl FilteredPage<'_> {
    /// The page with another filter or view.
    #[must_use]
    pub fn address(&self, query: &ResultQuery) -> String {
        let mut pairs = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in query.parameters().iter().chain(self.extra) {
            pairs.append_pair(name, value);
        }
        let pairs = pairs.finish();
        let path = Url::AdminSurvey(self.slug, self.path).to_string();
        if pairs.is_empty() {
            path
        } else {
            format!("{path}?{pairs}")
        }
    }
}

/// The filter bar; `lists` are the page's own lists, which come first.
#[must_use]
pub fn filter_view(
    words: &Words<'_>,
    page: &FilteredPage<'_>,
    lists: Vec<FilterList>,
    base: u32,
) -> FilterView {
    let given = page.query.parameters();
    let of_filter = ResultQuery {
        filter: page.query.filter.clone(),
        ..ResultQuery::of(crate::results::ResultPage::Overview)
    };
    let active = of_filter.parameters();
    let mut lists = lists;
    lists.extend(standard_lists(words, &given));
    // A list shows one value; several stay in force as hidden fields, and the list adds to them.
    let shown = |name: &str| {
        lists.iter().any(|list| {
            list.name == name
                && list
                    .options
                    .iter()
                    .any(|option| option.selected && !option.value.is_empty())
        })
    };
    let hidden = given
        .iter()
        .filter(|(name, _)| !shown(name) && !matches!(*name, "from" | "to"))
        .map(|(name, value)| HiddenField {
            name,
            value: value.clone(),
        })
        .collect();
    let less = |name: &str, value: &str| page.address(&page.query.without(name, value));
    let tags = active.iter().map(|(name, value)| Link {
        text: if *name == "answer" {
            answer_name(words, page.query, value)
        } else {
            words.say(
                &Message::new("filter-tag")
                    .with("name", words.id(label(name)))
                    .with("value", filter_value(words, name, value)),
            )
        },
        href: less(name, value),
    });
    let everybody = ResultQuery {
        filter: Filter::default(),
        ..page.query.clone()
    };
    let date =
        |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    FilterView {
        action: Url::AdminSurvey(page.slug, page.path).to_string(),
        active: tags.collect(),
        from: date(page.query.filter.from),
        to: date(page.query.filter.to),
        hidden,
        base: u64::from(base),
        clear: page.address(&everybody),
        lists,
    }
}

fn label(name: &str) -> &'static str {
    match name {
        "area" => "filter-area",
        "csp" => "filter-csp",
        "lpa" => "filter-policing-area",
        "age" => "filter-age",
        "sex" => "filter-sex",
        "victim" => "filter-victim",
        "from" => "filter-from",
        "to" => "filter-to",
        "as_of" => "filter-as-of",
        _ => "filter-channel",
    }
}

fn filter_value(words: &Words<'_>, name: &str, value: &str) -> String {
    let roles = &words.definition.roles;
    match name {
        "area" => words.group(Grouping::District, value),
        "csp" => words.group(Grouping::Csp, value),
        "lpa" => words.group(Grouping::PolicingArea, value),
        "age" => choice(words, roles.age.as_ref(), value),
        "sex" => choice(words, roles.sex.as_ref(), value),
        "victim" => words.id(if value == "yes" {
            "filter-yes"
        } else {
            "filter-no"
        }),
        "from" | "to" => value
            .parse()
            .map_or_else(|_| value.to_owned(), |date| words.day(date)),
        "as_of" => value
            .parse()
            .map_or_else(|_| value.to_owned(), |at| moment(words, at)),
        _ => Channel::from_word(value)
            .map_or_else(|| value.to_owned(), |channel| words.channel(channel)),
    }
}

fn choice(words: &Words<'_>, question: Option<&QuestionKey>, code: &str) -> String {
    let question = question.and_then(|key| words.definition.question(key));
    match (question, Code::new(code)) {
        (Some(question), Ok(code)) => words.option(question, &code),
        _ => code.to_owned(),
    }
}

/// The lists for what the survey asks: area, age, sex, victim of crime.
fn standard_lists(words: &Words<'_>, given: &[(&'static str, String)]) -> Vec<FilterList> {
    let roles = &words.definition.roles;
    let mut lists = Vec::new();
    let mut add = |name: &'static str, options: Vec<(String, String)>| {
        if !options.is_empty() {
            lists.push(FilterList {
                name,
                key: label(name),
                options: one_of(words, given, name, options),
            });
        }
    };
    if roles.area.is_some() {
        for (name, grouping) in [
            ("area", Grouping::District),
            ("csp", Grouping::Csp),
            ("lpa", Grouping::PolicingArea),
        ] {
            // Partnerships that are districts under another name need no list of their own.
            if grouping == Grouping::Csp {
                continue;
            }
            let groups = words.place.group(grouping);
            let option = |index: usize| {
                (
                    group_key(words.place, grouping, index).to_owned(),
                    groups[index].name.clone(),
                )
            };
            add(name, (0..groups.len()).map(option).collect());
        }
    }
    for (name, key) in [("age", roles.age.as_ref()), ("sex", roles.sex.as_ref())] {
        let question = key.and_then(|key| words.definition.question(key));
        let choices = question
            .map(|question| question.choices())
            .unwrap_or_default();
        add(
            name,
            choices
                .iter()
                .map(|choice| (choice.code.to_string(), words.plain(&choice.label)))
                .collect(),
        );
    }
    if roles.victim.is_some() {
        let option = |value: &str, id: &str| (value.to_owned(), words.id(id));
        add(
            "victim",
            vec![option("yes", "filter-yes"), option("no", "filter-no")],
        );
    }
    lists
}

fn one_of(
    words: &Words<'_>,
    given: &[(&'static str, String)],
    name: &str,
    options: Vec<(String, String)>,
) -> Vec<OptionView> {
    let chosen: Vec<&str> = given
        .iter()
        .filter(|(known, _)| *known == name)
        .map(|(_, value)| value.as_str())
        .collect();
    let only = match chosen[..] {
        [only] => Some(only),
        _ => None,
    };
    let empty = OptionView {
        value: String::new(),
        text: words.id(if chosen.len() > 1 {
            "filter-add"
        } else {
            "filter-any"
        }),
        selected: only.is_none(),
    };
    let rest = options.into_iter().map(|(value, text)| OptionView {
        selected: only == Some(value.as_str()),
        value,
        text,
    });
    std::iter::once(empty).chain(rest).collect()
}

/// A list without an empty option: one of its values is always in force.
#[must_use]
pub fn choose(
    name: &'static str,
    key: &'static str,
    chosen: &str,
    options: Vec<(String, String)>,
) -> FilterList {
    let options = options
        .into_iter()
        .map(|(value, text)| OptionView {
            selected: value == chosen,
            value,
            text,
        })
        .collect();
    FilterList { name, key, options }
}
