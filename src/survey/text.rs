//! A text in every language a survey speaks.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::ids::Lang;

/// One text in several languages: a map from language tag to words.
///
/// Texts may hold a safe subset of Markdown where the field says so (paragraphs, `- ` lists, `**bold**` and links),
/// and `{{ question_key }}` where an earlier answer is to be piped in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<Lang, String>);

impl Text {
    /// The words in `lang`, or in `fallback` (the survey's first language), or in any language, or nothing.
    #[must_use]
    pub fn get(&self, lang: &Lang, fallback: &Lang) -> &str {
        self.0
            .get(lang)
            .or_else(|| self.0.get(fallback))
            .or_else(|| self.0.values().next())
            .map_or("", String::as_str)
    }

    /// Whether no language has any words.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.values().all(|words| words.trim().is_empty())
    }
}
