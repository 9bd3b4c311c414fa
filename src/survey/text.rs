//! A text in every language a survey speaks.

use std::{collections::BTreeMap, fmt};

use schemars::JsonSchema;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{MapAccess, Visitor, value::MapAccessDeserializer},
};

use super::ids::Lang;

/// One text in several languages: a map from language tag to words.
///
/// Texts may hold a safe subset of Markdown where the field says so (paragraphs, `- ` lists, `**bold**` and links),
/// and `{{ question_key }}` where an earlier answer is to be piped in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(transparent)]
pub struct Text(pub BTreeMap<Lang, String>);

// Written out for its message: plain words where a map is wanted are what authors get wrong most.
impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from language to words, such as {en: Yes}")
            }

            fn visit_map<A: MapAccess<'de>>(self, words: A) -> Result<Text, A::Error> {
                BTreeMap::deserialize(MapAccessDeserializer::new(words)).map(Text)
            }
        }

        deserializer.deserialize_any(TextVisitor)
    }
}

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
