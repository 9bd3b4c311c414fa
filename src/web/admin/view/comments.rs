//! Comments as they are shown: their words, and their places in the list as addresses hold them.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use crate::{
    storage::comments::CommentPlace,
    survey::{
        ids::{Code, QuestionKey},
        markdown,
    },
};

/// A comment as HTML, with the words that were searched for marked.
#[must_use]
pub fn marked(text: &str, search: Option<&str>) -> String {
    let wanted: Vec<char> = search
        .unwrap_or_default()
        .chars()
        .flat_map(char::to_lowercase)
        .collect();
    if wanted.is_empty() {
        return markdown::escape(text);
    }
    // Small letters may be longer than the letters they are of: each is kept with its own place in the text.
    let small: Vec<(usize, char)> = text
        .char_indices()
        .flat_map(|(at, c)| c.to_lowercase().map(move |c| (at, c)))
        .collect();
    let mut html = String::with_capacity(text.len() + 32);
    let (mut done, mut from) = (0, 0);
    while from + wanted.len() <= small.len() {
        let is_here = small[from..from + wanted.len()]
            .iter()
            .map(|(_, c)| *c)
            .eq(wanted.iter().copied());
        if !is_here {
            from += 1;
            continue;
        }
        let start = small[from].0;
        from += wanted.len();
        let end = small.get(from).map_or(text.len(), |(at, _)| *at);
        if start < done || end <= start {
            continue;
        }
        html.push_str(&markdown::escape(&text[done..start]));
        html.push_str("<mark>");
        html.push_str(&markdown::escape(&text[start..end]));
        html.push_str("</mark>");
        done = end;
    }
    html.push_str(&markdown::escape(&text[done..]));
    html
}

/// A place in the list for an address: it says nothing about a person, and is checked when it comes back.
#[must_use]
pub fn write_place(place: &CommentPlace) -> String {
    let text = format!(
        "{}.{}.{}.{}",
        place.updated_at,
        place.response_id.simple(),
        place.question,
        place.code
    );
    URL_SAFE_NO_PAD.encode(text)
}

/// A place that [`write_place`] wrote.
#[must_use]
pub fn read_place(text: &str) -> Option<CommentPlace> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let mut parts = text.splitn(4, '.');
    Some(CommentPlace {
        updated_at: parts.next()?.parse().ok()?,
        response_id: Uuid::try_parse(parts.next()?).ok()?,
        question: QuestionKey::new(parts.next()?).ok()?.to_string(),
        code: parts
            .next()
            .filter(|code| code.is_empty() || Code::new(code).is_ok())?
            .to_owned(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_was_searched_for_is_marked_and_all_else_escaped() {
        assert_eq!(
            marked("<b>Parks & parks</b>", Some("PARKS")),
            "&lt;b&gt;<mark>Parks</mark> &amp; <mark>parks</mark>&lt;/b&gt;"
        );
        assert_eq!(
            marked("a<script>", Some("<script>")),
            "a<mark>&lt;script&gt;</mark>"
        );
        assert_eq!(marked("İstanbul", Some("stan")), "İ<mark>stan</mark>bul");
        assert_eq!(marked("x", None), "x");
    }

    #[test]
    fn a_place_reads_back_and_nothing_else_does() {
        let place = CommentPlace {
            updated_at: 1_795_000_000_000_000,
            response_id: Uuid::from_u128(7),
            question: "better".to_owned(),
            code: String::new(),
        };
        assert_eq!(read_place(&write_place(&place)), Some(place));
        assert_eq!(read_place("AAAA"), None);
        assert_eq!(read_place("no base64!"), None);
    }
}
