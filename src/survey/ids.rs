//! Names that can't be wrong: keys, codes, slugs and languages, checked once where they enter.

use std::{
    borrow::{Borrow, Cow},
    fmt,
    sync::Arc,
};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

/// A name that breaks its rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{given:?} is not {kind}: {rule}")]
pub struct IdError {
    kind: &'static str,
    rule: &'static str,
    given: String,
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $kind:literal, $pattern:literal, $rule:literal, $ok:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Arc<str>);

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "pattern": $pattern, "description": $rule })
            }
        }

        impl $name {
            /// Parses a name; the error says the rule it breaks.
            pub fn new(text: &str) -> Result<Self, IdError> {
                let ok: fn(&str) -> bool = $ok;
                if ok(text) {
                    Ok(Self(text.into()))
                } else {
                    let given = text.chars().take(60).collect();
                    Err(IdError { kind: $kind, rule: $rule, given })
                }
            }

            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(&text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.0.as_ref().to_owned()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

fn is_key(text: &str) -> bool {
    text.len() <= 40
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn is_code(text: &str) -> bool {
    (1..=40).contains(&text.len())
        && !text.starts_with('_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn is_slug(text: &str) -> bool {
    (1..=80).contains(&text.len())
        && !text.starts_with('-')
        && !text.ends_with('-')
        && !text.contains("--")
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    parts
        .next()
        .is_some_and(|p| (2..=3).contains(&p.len()) && p.chars().all(|c| c.is_ascii_lowercase()))
        && parts.all(|p| (2..=8).contains(&p.len()) && p.chars().all(|c| c.is_ascii_alphanumeric()))
}

id!(
    /// The stable name of a question: what answers are stored and exported under, in every version and wave.
    QuestionKey, "a question key", "^[a-z][a-z0-9_]{0,39}$",
    "use small letters, digits and _, starting with a letter, 40 at most", is_key
);
id!(
    /// The stable name of a page inside a survey; it is the last part of the page's address.
    PageKey, "a page key", "^[a-z0-9]+(-[a-z0-9]+)*$",
    "use small letters, digits and single hyphens, 80 at most", is_slug
);
id!(
    /// The stable name of a section.
    SectionKey, "a section key", "^[a-z0-9]+(-[a-z0-9]+)*$",
    "use small letters, digits and single hyphens, 80 at most", is_slug
);
id!(
    /// The stable name of a theme: a candidate plan priority.
    ThemeKey, "a theme key", "^[a-z][a-z0-9_]{0,39}$",
    "use small letters, digits and _, starting with a letter, 40 at most", is_key
);
id!(
    /// The stable code of a choice, grid row, grid column, ranked item, budget item or area.
    Code, "a code", "^[A-Za-z0-9][A-Za-z0-9_]{0,39}$",
    "use letters, digits and _, not starting with _, 40 at most", is_code
);
id!(
    /// The name of a survey in addresses.
    Slug, "a slug", "^[a-z0-9]+(-[a-z0-9]+)*$",
    "use small letters, digits and single hyphens, 80 at most", is_slug
);
id!(
    /// A language tag (BCP 47), such as `en` or `en-GB`.
    Lang, "a language tag", "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$",
    "use a tag such as en, cy or pt-BR", is_language
);

impl QuestionKey {
    /// A key to begin with, where a question is made before its own key is known.
    pub(super) fn provisional() -> Self {
        Self("q".into())
    }
}
