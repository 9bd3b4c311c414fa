//! The sentences of the interface: Fluent messages by language, and the pseudo-language that proves none is missed.

use std::{borrow::Cow, collections::HashMap};

use fluent_bundle::{
    FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentNumber,
};
use unic_langid::LanguageIdentifier;

/// The language everything is written in first, and the one others fall back to.
pub const DEFAULT_LANG: &str = "en";

/// The pseudo-language: English with accents and brackets, made at load. Plain English on a page in it was not translated.
pub const PSEUDO_LANG: &str = "qps";

/// What can be wrong with a sentence.
#[derive(Debug, thiserror::Error)]
pub enum TextError {
    /// A Fluent file can't be read.
    #[error("{file}: {problem}")]
    Syntax {
        /// The file's name.
        file: String,
        /// What the parser says.
        problem: String,
    },
    /// Two files define the same message, or a language's tag is malformed.
    #[error("{0}")]
    Load(String),
    /// No such message.
    #[error("there is no text {key:?} in {lang:?}")]
    Missing {
        /// The language asked for.
        lang: String,
        /// The message id.
        key: String,
    },
    /// The message needs an argument that was not given.
    #[error("text {key:?} in {lang:?}: {problem}")]
    Arguments {
        /// The language asked for.
        lang: String,
        /// The message id.
        key: String,
        /// What Fluent says.
        problem: String,
    },
}

struct Language {
    bundle: FluentBundle<FluentResource>,
    /// Messages that take no arguments, formatted once.
    fixed: HashMap<String, String>,
    brackets: bool,
}

/// All languages of the interface.
pub struct Texts {
    languages: HashMap<String, Language>,
    keys: Vec<String>,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Texts")
            .field("messages", &self.keys.len())
            .finish_non_exhaustive()
    }
}

impl Texts {
    /// Loads files given as (language, file name, source); the pseudo-language is made from the English ones.
    ///
    /// # Errors
    /// A file that Fluent can't read, or a message defined twice.
    pub fn load(files: &[(String, String, String)]) -> Result<Self, TextError> {
        let mut languages = HashMap::new();
        let mut keys = Vec::new();
        let mut langs: Vec<&str> = files.iter().map(|(lang, ..)| lang.as_str()).collect();
        langs.sort_unstable();
        langs.dedup();
        for lang in langs {
            let of = |wanted: &str| {
                files
                    .iter()
                    .filter(|(lang, ..)| lang == wanted)
                    .map(|(_, name, source)| (name.clone(), source.clone()))
                    .collect::<Vec<_>>()
            };
            let sources = of(lang);
            if lang == DEFAULT_LANG {
                keys = sources.iter().flat_map(|(_, s)| message_ids(s)).collect();
                languages.insert(PSEUDO_LANG.to_owned(), language(PSEUDO_LANG, &sources)?);
            }
            languages.insert(lang.to_owned(), language(lang, &sources)?);
        }
        Ok(Self { languages, keys })
    }

    /// The ids of all English messages.
    pub fn keys(&self) -> &[String] {
        &self.keys
    }

    /// Whether the interface speaks this language.
    pub fn speaks(&self, lang: &str) -> bool {
        self.languages.contains_key(lang)
    }

    /// One message, in `lang` or else in English. Arguments are put in as they are: where the result is
    /// HTML, escape them first.
    ///
    /// # Errors
    /// No such message, or an argument it needs is missing.
    pub fn message<'a>(
        &'a self,
        lang: &str,
        key: &str,
        args: Option<&FluentArgs<'_>>,
    ) -> Result<Cow<'a, str>, TextError> {
        let missing = || TextError::Missing {
            lang: lang.to_owned(),
            key: key.to_owned(),
        };
        for language in [lang, DEFAULT_LANG]
            .iter()
            .filter_map(|l| self.languages.get(*l))
        {
            if let Some(text) = language.fixed.get(key) {
                return Ok(Cow::Borrowed(text));
            }
            let Some(pattern) = language.bundle.get_message(key).and_then(|m| m.value()) else {
                continue;
            };
            let mut errors = Vec::new();
            let text = language.bundle.format_pattern(pattern, args, &mut errors);
            if let Some(error) = errors.first() {
                return Err(TextError::Arguments {
                    lang: lang.to_owned(),
                    key: key.to_owned(),
                    problem: error.to_string(),
                });
            }
            return Ok(Cow::Owned(bracket(language.brackets, text.into_owned())));
        }
        Err(missing())
    }

    /// One message as plain text, with arguments by name.
    ///
    /// # Errors
    /// As [`Texts::message`].
    pub fn plain(
        &self,
        lang: &str,
        key: &str,
        args: &[(&str, FluentValue<'_>)],
    ) -> Result<String, TextError> {
        let args: FluentArgs<'_> = args
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.clone()))
            .collect();
        self.message(lang, key, Some(&args)).map(Cow::into_owned)
    }
}

fn language(lang: &str, sources: &[(String, String)]) -> Result<Language, TextError> {
    let pseudo = lang == PSEUDO_LANG;
    let tag: LanguageIdentifier = if pseudo { DEFAULT_LANG } else { lang }
        .parse()
        .map_err(|e| TextError::Load(format!("language {lang:?}: {e}")))?;
    let mut bundle = FluentBundle::new_concurrent(vec![tag]);
    // The isolating marks around arguments would be copied into attributes and files.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(thousands));
    if pseudo {
        bundle.set_transform(Some(accents));
    }
    for (name, source) in sources {
        let resource =
            FluentResource::try_new(source.clone()).map_err(|(_, errors)| TextError::Syntax {
                file: format!("{lang}/{name}"),
                problem: errors
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("; "),
            })?;
        bundle.add_resource(resource).map_err(|errors| {
            TextError::Load(format!(
                "{lang}/{name}: {}",
                errors
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("; ")
            ))
        })?;
    }
    let mut fixed = HashMap::new();
    for key in sources.iter().flat_map(|(_, source)| message_ids(source)) {
        let Some(pattern) = bundle.get_message(&key).and_then(|m| m.value()) else {
            continue;
        };
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, None, &mut errors)
            .into_owned();
        if errors.is_empty() {
            fixed.insert(key, bracket(pseudo, text));
        }
    }
    Ok(Language {
        bundle,
        fixed,
        brackets: pseudo,
    })
}

/// Message ids of a Fluent source: they start a line and are followed by an equals sign; terms start with `-`.
fn message_ids(source: &str) -> Vec<String> {
    source
        .lines()
        .filter_map(|line| line.split_once('='))
        .map(|(id, _)| id.trim_end())
        .filter(|id| {
            id.starts_with(|c: char| c.is_ascii_alphabetic())
                && id
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        })
        .map(str::to_owned)
        .collect()
}

fn bracket(wanted: bool, text: String) -> String {
    if wanted { format!("[{text}]") } else { text }
}

/// Whole numbers from 1,000 on are grouped; pass years and codes as strings.
fn thousands(
    value: &FluentValue<'_>,
    _: &intl_memoizer::concurrent::IntlLangMemoizer,
) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else {
        return None;
    };
    (value.fract() == 0.0 && value.abs() >= 1000.0).then(|| group(*value as i64))
}

/// A whole number with a comma between groups of three digits.
pub fn group(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        grouped.push('−');
    }
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Puts an accent on every letter it can, outside tags and character references.
fn accents(text: &str) -> Cow<'_, str> {
    let mut out = String::with_capacity(text.len() * 2);
    // A text between two placeables can begin inside a tag: `<a href="{ $href }">`.
    let mut in_tag = match (text.find('>'), text.find('<')) {
        (Some(close), Some(open)) => close < open,
        (Some(_), None) => true,
        _ => false,
    };
    let mut in_reference = false;
    for c in text.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            '&' => in_reference = true,
            ';' => in_reference = false,
            _ => {}
        }
        out.push(if in_tag || in_reference { c } else { accent(c) });
        if c.is_whitespace() {
            in_reference = false;
        }
    }
    Cow::Owned(out)
}

/// A page of words in the pseudo-language: an accent on every letter that has one, but for the targets of links and what is
/// put in later (`{{ … }}`).
pub fn accented_markdown(words: &str) -> String {
    let mut out = String::with_capacity(words.len() * 2);
    let mut rest = words;
    while let Some(c) = rest.chars().next() {
        let end = if rest.starts_with("{{") {
            rest.find("}}").map(|at| at + 2)
        } else if rest.starts_with("](") {
            rest.find(')')
        } else {
            None
        };
        match end {
            Some(end) => {
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
            None => {
                out.push(accent(c));
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

fn accent(c: char) -> char {
    const PLAIN: &str = "ACDEGHIKLNORSTUWYZacdeghiklnorstuwyz";
    const MARKED: &str = "ÅÇÐÉĜĤÎĶĻÑÖŔŠŢÛŴÝŽåçðéĝĥîķļñöŕšţûŵýž";
    PLAIN
        .chars()
        .position(|p| p == c)
        .and_then(|i| MARKED.chars().nth(i))
        .unwrap_or(c)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn texts() -> Texts {
        let source = "hello = Hello { $name }\nplain = Text &amp; <b>more</b>\nlink = <a href=\"{ $href }\">Go</a>\ncount = { $n ->\n    [one] one\n   *[other] { $n } people\n}\n";
        Texts::load(&[("en".into(), "a.ftl".into(), source.into())]).unwrap()
    }

    #[test]
    fn a_message_takes_arguments_and_groups_thousands() {
        let t = texts();
        assert_eq!(
            t.plain("en", "hello", &[("name", "Ann".into())]).unwrap(),
            "Hello Ann"
        );
        assert_eq!(
            t.plain("en", "count", &[("n", 3412.into())]).unwrap(),
            "3,412 people"
        );
        assert_eq!(t.plain("en", "count", &[("n", 1.into())]).unwrap(), "one");
    }

    #[test]
    fn the_pseudo_language_spares_tags_references_and_arguments() {
        let t = texts();
        assert_eq!(
            t.message("qps", "plain", None).unwrap(),
            "[Ţéxţ &amp; <b>möŕé</b>]"
        );
        assert_eq!(
            t.plain("qps", "link", &[("href", "/go".into())]).unwrap(),
            "[<a href=\"/go\">Ĝö</a>]"
        );
    }

    #[test]
    fn a_page_of_words_keeps_its_links_and_what_is_put_in() {
        assert_eq!(
            accented_markdown("Go to {{ office }} [here](/contact), **now**"),
            "Ĝö ţö {{ office }} [ĥéŕé](/contact), **ñöŵ**"
        );
        assert_eq!(accented_markdown("{{ open"), "{{ öþéñ".replace('þ', "p"));
    }

    #[test]
    fn a_missing_message_or_argument_is_an_error() {
        let t = texts();
        assert!(matches!(
            t.plain("en", "nothing", &[]),
            Err(TextError::Missing { .. })
        ));
        assert!(matches!(
            t.plain("en", "hello", &[]),
            Err(TextError::Arguments { .. })
        ));
    }
}
