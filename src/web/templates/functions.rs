//! Functions that templates call: sentences, attributes, and what Tera's own language can't say about a component's parameters.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use fluent_bundle::{FluentArgs, FluentValue};
use tera::{Function, Kwargs, Map, State, TeraResult, Value};

use super::texts::{DEFAULT_LANG, Texts};

/// `t(key="…", name=value)`: a sentence of the interface as HTML, in the language of the page.
pub(super) struct Translate {
    texts: Arc<Texts>,
    strict: bool,
}

impl Translate {
    /// `strict`: a missing text is an error, else its key is shown.
    pub(super) fn new(texts: Arc<Texts>, strict: bool) -> Self {
        Self { texts, strict }
    }
}

impl Function<TeraResult<Value>> for Translate {
    fn call(&self, kwargs: Kwargs, state: &State) -> TeraResult<Value> {
        let key = kwargs.must_get::<&str>("key")?;
        let lang = state.get::<String>("lang")?;
        let lang = lang.as_deref().unwrap_or(DEFAULT_LANG);
        let args: FluentArgs<'_> = kwargs
            .iter()
            .filter_map(|(name, value)| Some((name.as_str()?.to_owned(), value)))
            .filter(|(name, _)| name != "key")
            .map(|(name, value)| Ok((name, argument(value, state)?)))
            .collect::<TeraResult<_>>()?;
        match self.texts.message(lang, key, Some(&args)) {
            Ok(text) => Ok(Value::safe_string(&text)),
            Err(error) if self.strict => Err(tera::Error::message(error)),
            Err(_) => Ok(Value::normal_string(key)),
        }
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// Numbers stay numbers, so that Fluent can choose a plural; all else is text, escaped unless it is HTML already.
fn argument(value: &Value, state: &State) -> TeraResult<FluentValue<'static>> {
    if let Some(number) = value.as_i64() {
        return Ok(FluentValue::from(number));
    }
    if let Some(number) = value.as_f64() {
        return Ok(FluentValue::from(number));
    }
    if value.is_none() || value.is_undefined() {
        return Ok(FluentValue::from(""));
    }
    Ok(FluentValue::from(state.escape_if_needed(value)?))
}

/// `attributes(of=map)`: HTML attributes, each with a space before it. A value that is a map with `value` and `optional`
/// is left out when there is none.
pub(super) struct Attributes;

impl Function<TeraResult<Value>> for Attributes {
    fn call(&self, kwargs: Kwargs, state: &State) -> TeraResult<Value> {
        let Some(of) = kwargs.get::<Value>("of")? else {
            return Ok(Value::safe_string(""));
        };
        let mut html = String::new();
        if let Some(map) = of.as_map() {
            // The order of a Tera map is that of its keys' insertion only by feature: sort for a steady page.
            let sorted: BTreeMap<_, _> = map
                .iter()
                .filter_map(|(k, v)| Some((k.as_str()?, v)))
                .collect();
            for (name, value) in sorted {
                attribute(&mut html, name, value, state)?;
            }
        } else if let Some(text) = of.as_str() {
            html.push_str(text);
        }
        Ok(Value::safe_string(&html))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

fn attribute(html: &mut String, name: &str, value: &Value, state: &State) -> TeraResult<()> {
    let options = value
        .as_map()
        .map(|map| (map.get(&"value".into()), map.get(&"optional".into())));
    let (value, optional) = match options {
        Some((value, optional)) => (value, optional.and_then(Value::as_bool) == Some(true)),
        None => (Some(value), false),
    };
    let value = value.filter(|v| !v.is_none() && !v.is_undefined());
    if optional && value.is_none_or(|v| v.as_bool() == Some(false)) {
        return Ok(());
    }
    html.push(' ');
    html.push_str(&state.escape(name)?);
    if optional && value.and_then(Value::as_bool) == Some(true) {
        return Ok(());
    }
    let text = value
        .map(|v| {
            if v.is_safe() {
                Ok(Cow::Owned(v.to_string()))
            } else {
                state.escape(&v.to_string()).map(Cow::Owned)
            }
        })
        .unwrap_or(Ok(Cow::Borrowed("")))?;
    html.push_str("=\"");
    html.push_str(&text);
    html.push('"');
    Ok(())
}

/// `words(of=map)`: the `html` of a map as it is, or its `text` escaped; nothing, where it has neither.
pub(super) struct Words;

impl Function<TeraResult<Value>> for Words {
    fn call(&self, kwargs: Kwargs, state: &State) -> TeraResult<Value> {
        let Some(of) = kwargs.get::<Value>("of")? else {
            return Ok(Value::safe_string(""));
        };
        let Some(map) = of.as_map() else {
            return Ok(Value::safe_string(of.as_str().unwrap_or_default()));
        };
        if let Some(html) = given(map, "html") {
            return Ok(Value::safe_string(&html.to_string()));
        }
        let text = given(map, "text")
            .map(|text| state.escape_if_needed(text))
            .transpose()?;
        Ok(Value::safe_string(&text.unwrap_or_default()))
    }

    fn is_safe(&self) -> bool {
        true
    }
}

/// A value of a map that is there and not empty.
fn given<'m>(map: &'m Map, key: &'static str) -> Option<&'m Value> {
    map.get(&key.into()).filter(|value| value.is_truthy())
}

/// `described_by(by=ids, id=field, hint=…, error=…)`: the ids that describe a field, in the order they stand on the page.
pub(super) fn described_by(kwargs: Kwargs, _: &State) -> TeraResult<String> {
    let there = |name: &str| -> TeraResult<bool> {
        Ok(kwargs.get::<Value>(name)?.is_some_and(|v| v.is_truthy()))
    };
    let text = |name: &str| -> TeraResult<String> {
        let value = kwargs.get::<Value>(name)?;
        Ok(value
            .and_then(|v| v.as_str().map(str::to_owned))
            .unwrap_or_default())
    };
    let id = text("id")?;
    let mut ids = vec![text("by")?];
    if there("hint")? {
        ids.push(format!("{id}-hint"));
    }
    if there("error")? {
        ids.push(format!("{id}-error"));
    }
    ids.retain(|id| !id.is_empty());
    Ok(ids.join(" "))
}

/// `date_items(…)`: the fields of a date, each ready for `govukInput`, from the parameters of `govukDateInput`.
pub(super) fn date_items(kwargs: Kwargs, _: &State) -> TeraResult<Vec<BTreeMap<String, Value>>> {
    let map = |name: &str| -> TeraResult<Option<Map>> {
        Ok(kwargs.get::<Value>(name)?.and_then(Value::into_map))
    };
    let string = |name: &str| -> TeraResult<Option<String>> {
        Ok(kwargs
            .get::<Value>(name)?
            .and_then(|v| v.as_str().map(str::to_owned)))
    };
    let parts = [
        ("day", 2, "component-day"),
        ("month", 2, "component-month"),
        ("year", 4, "component-year"),
    ];
    let defaults: Vec<Map> = parts
        .iter()
        .map(|(name, ..)| {
            let mut part = map(name)?.unwrap_or_default();
            if given(&part, "name").is_none() {
                part.insert("name".into(), Value::from(*name));
            }
            TeraResult::Ok(part)
        })
        .collect::<TeraResult<_>>()?;
    let items: Vec<Map> = match kwargs.get::<Value>("items")? {
        Some(list) if list.is_truthy() => list
            .as_array()
            .unwrap_or_default()
            .iter()
            .filter_map(|item| item.clone().into_map())
            .collect(),
        // A part given as `false` is left out.
        _ => parts
            .iter()
            .zip(&defaults)
            .filter_map(|((name, ..), part)| match kwargs.get::<Value>(name) {
                Ok(Some(value)) if value.as_bool() == Some(false) => None,
                Ok(_) => Some(Ok(part.clone())),
                Err(error) => Some(Err(error)),
            })
            .collect::<TeraResult<_>>()?,
    };
    let values = map("values")?.unwrap_or_default();
    let prefix = string("prefix")?.map_or(String::new(), |p| format!("{p}-"));
    let id = string("id")?.unwrap_or_default();
    let error = kwargs.get::<Value>("error")?.is_some_and(|v| v.is_truthy());
    let marked =
        |item: &Map| given(item, "error").is_some() || classes(item).contains("govuk-input--error");
    let any_marked = items.iter().any(marked);
    Ok(items
        .iter()
        .map(|item| {
            let name = text(item, "name");
            let part = parts
                .iter()
                .zip(&defaults)
                .find(|((part, ..), default)| *part == name || text(default, "name") == name);
            let (width, default) = part.map_or((2, None), |((_, width, _), default)| {
                (*width, Some(default))
            });
            let refused = item.get(&"error".into()).and_then(Value::as_bool) == Some(false);
            let own = classes(item);
            let mut class = vec!["govuk-date-input__input".to_owned()];
            if !own.contains("govuk-input--error")
                && (marked(item) || (!refused && error && !any_marked))
            {
                class.push("govuk-input--error".to_owned());
            }
            if !own.contains("govuk-input--width-") {
                class.push(format!("govuk-input--width-{width}"));
            }
            class.push(own);
            class.retain(|c| !c.is_empty());
            let full = format!("{prefix}{name}");
            let value = item
                .get(&"value".into())
                .or_else(|| default.and_then(|d| d.get(&"value".into())))
                .or_else(|| values.get(&full.clone().into()))
                .filter(|v| !v.is_none() && !v.is_undefined());
            let mut out: BTreeMap<String, Value> = BTreeMap::new();
            for key in ["autocomplete", "pattern", "attributes"] {
                if let Some(value) = given(item, key) {
                    out.insert(key.to_owned(), value.clone());
                }
            }
            if let Some(value) = value {
                out.insert("value".to_owned(), value.clone());
            }
            let own_id = text(item, "id");
            let key = part.map_or("component-day", |((_, _, key), _)| *key);
            let label = match (text(item, "label"), part) {
                (label, _) if !label.is_empty() => label,
                (_, None) => capital(&name),
                // A name of the caller's own is no word: only the three standard ones have a text.
                (_, Some(((standard, ..), _))) if *standard != name => capital(&name),
                _ => String::new(),
            };
            let inputmode = text(item, "inputmode");
            let words = [
                (
                    "id",
                    if own_id.is_empty() {
                        format!("{id}-{name}")
                    } else {
                        own_id
                    },
                ),
                ("name", full),
                ("classes", class.join(" ")),
                ("label", label),
                ("labelKey", key.to_owned()),
                (
                    "inputmode",
                    if inputmode.is_empty() {
                        "numeric".to_owned()
                    } else {
                        inputmode
                    },
                ),
            ];
            out.extend(words.map(|(key, value)| (key.to_owned(), Value::from(value))));
            out
        })
        .collect())
}

fn text(map: &Map, key: &'static str) -> String {
    given(map, key).map(ToString::to_string).unwrap_or_default()
}

fn classes(map: &Map) -> String {
    text(map, "classes")
}

fn capital(name: &str) -> String {
    let mut chars = name.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
