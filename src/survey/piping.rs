//! Earlier answers in later texts: `{{ question_key }}` stands for the answer's words.

use super::{
    definition::{Kind, Page},
    ids::QuestionKey,
};

enum Piece<'a> {
    Words(&'a str),
    Reference(&'a str),
}

/// Puts answers into `text`: each `{{ key }}` becomes what `answer` says for the key, or nothing.
///
/// The answer's words are put in as they are. Where the text is Markdown, `answer` gives them through
/// [`super::markdown::literal`], so that a resident's words can't become a link.
/// A `{{ … }}` that holds no question key stays as typed; the linter refuses it.
#[must_use]
pub fn fill(text: &str, answer: &dyn Fn(&QuestionKey) -> Option<String>) -> String {
    let mut filled = String::with_capacity(text.len());
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => filled.push_str(words),
            Piece::Reference(name) => match QuestionKey::new(name.trim()) {
                Ok(key) => filled.push_str(&answer(&key).unwrap_or_default()),
                Err(_) => {
                    filled.push_str("{{");
                    filled.push_str(name);
                    filled.push_str("}}");
                }
            },
        }
    }
    filled
}

/// The questions `text` refers to, in order; repeated ones are repeated.
#[must_use]
pub fn references(text: &str) -> Vec<QuestionKey> {
    names(text)
        .filter_map(|name| QuestionKey::new(name).ok())
        .collect()
}

/// What stands between `{{` and `}}` but can't be a question key.
#[must_use]
pub fn broken_references(text: &str) -> Vec<&str> {
    names(text)
        .filter(|name| QuestionKey::new(name).is_err())
        .collect()
}

/// Whether a page shows earlier answers, so that it is not the same for everybody.
#[must_use]
pub fn is_piped(page: &Page) -> bool {
    let of_questions = page.all_questions().flat_map(|question| {
        let body = match &question.kind {
            Kind::Information { body } => Some(body),
            _ => None,
        };
        [Some(&question.label), question.hint.as_ref(), body]
    });
    [Some(&page.title), page.intro.as_ref()]
        .into_iter()
        .chain(of_questions)
        .flatten()
        .flat_map(|text| text.0.values())
        .any(|words| !references(words).is_empty())
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    pieces(text).filter_map(|piece| match piece {
        Piece::Words(_) => None,
        Piece::Reference(name) => Some(name.trim()),
    })
}

fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let open = rest.find("{{");
        if open == Some(0)
            && let Some(close) = rest.find("}}")
        {
            let name = &rest[2..close];
            rest = &rest[close + 2..];
            return Some(Piece::Reference(name));
        }
        // An opening that is never closed is words, and so is all that follows.
        let end = open.filter(|&open| open > 0).unwrap_or(rest.len());
        let words = &rest[..end];
        rest = &rest[end..];
        Some(Piece::Words(words))
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use proptest::prelude::*;

    use super::*;

    fn answer(key: &QuestionKey) -> Option<String> {
        (key.as_str() == "area").then(|| "Maldon {{ area }}".to_owned())
    }

    #[test]
    fn answers_are_put_in_once_and_missing_ones_leave_nothing() {
        assert_eq!(
            fill("In {{ area }} and {{area}}, {{ other }}.", &answer),
            "In Maldon {{ area }} and Maldon {{ area }}, ."
        );
    }

    #[test]
    fn what_is_no_reference_stays() {
        for text in [
            "{{",
            "}}",
            "a {{ b",
            "{{ Not A Key }}",
            "{ {area} }",
            "{{}}",
            "é{{",
        ] {
            assert_eq!(fill(text, &answer), text);
        }
        assert_eq!(broken_references("{{ a }} {{ B }} {{}}"), ["B", ""]);
        let keys: Vec<String> = references("{{ a }} {{ B }} {{ c_1 }}")
            .into_iter()
            .map(String::from)
            .collect();
        assert_eq!(keys, ["a", "c_1"]);
    }

    proptest! {
        #[test]
        fn text_without_references_is_untouched(text in "([{} a-c]|é){0,30}") {
            if references(&text).is_empty() {
                prop_assert_eq!(fill(&text, &answer), text);
            }
        }
    }
}
