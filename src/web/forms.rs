//! Form bodies: from bytes to pairs of names and values, strictly and within bounds.
//!
//! `web::Form` is not used: it refuses repeated checkboxes, and replaces what is not UTF-8 where this refuses it.

use std::future::Future;
use std::pin::Pin;

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use futures_util::StreamExt;

use super::errors::PageError;
use crate::survey::form::Form;

/// The most bytes a form may have: the longest comments of a page, percent-encoded, many times over.
pub const MOST_BYTES: usize = 512 * 1024;

/// The most fields a form may have: the largest page allowed has far fewer.
pub const MOST_FIELDS: usize = 2_000;

/// The field that people never see and robots fill in (`honeypotField` in `templates/components/site.html`).
pub const TRAP: &str = "website";

/// A form as it was sent.
pub struct Submitted(pub Form);

impl FromRequest for Submitted {
    type Error = PageError;
    type Future = Pin<Box<dyn Future<Output = Result<Self, PageError>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let declared = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map(|value| {
                value
                    .split(';')
                    .next()
                    .unwrap_or("")
                    .trim()
                    .to_ascii_lowercase()
            });
        let mut payload = payload.take();
        Box::pin(async move {
            if declared.as_deref() != Some("application/x-www-form-urlencoded") {
                return Err(PageError::UnsupportedForm);
            }
            let mut body = Vec::new();
            while let Some(part) = payload.next().await {
                let part = part.map_err(|_| PageError::BadRequest)?;
                if body.len() + part.len() > MOST_BYTES {
                    return Err(PageError::TooLarge);
                }
                body.extend_from_slice(&part);
            }
            parse(&body).map(|pairs| Self(Form::new(pairs)))
        })
    }
}

/// Reads `application/x-www-form-urlencoded` bytes (WHATWG URL standard, section 5.1), refusing what is not UTF-8.
///
/// # Errors
/// [`PageError::BadRequest`] for broken text or a NUL; [`PageError::TooLarge`] for too many fields.
pub fn parse(body: &[u8]) -> Result<Vec<(String, String)>, PageError> {
    let parts = body
        .split(|byte| *byte == b'&')
        .filter(|part| !part.is_empty());
    let mut pairs = Vec::new();
    for part in parts {
        if pairs.len() == MOST_FIELDS {
            return Err(PageError::TooLarge);
        }
        let mut halves = part.splitn(2, |byte| *byte == b'=');
        let name = decode(halves.next().unwrap_or_default())?;
        let value = decode(halves.next().unwrap_or_default())?;
        pairs.push((name, value));
    }
    Ok(pairs)
}

fn decode(part: &[u8]) -> Result<String, PageError> {
    let spaced: Vec<u8> = part
        .iter()
        .map(|byte| if *byte == b'+' { b' ' } else { *byte })
        .collect();
    let bytes: Vec<u8> = percent_encoding::percent_decode(&spaced).collect();
    let text = String::from_utf8(bytes).map_err(|_| PageError::BadRequest)?;
    if text.contains('\0') {
        return Err(PageError::BadRequest);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn repeated_names_and_plus_signs_are_kept() {
        let pairs = parse(b"a=1&a=2+3&b=%C3%A9&c").unwrap();
        let expected = [("a", "1"), ("a", "2 3"), ("b", "é"), ("c", "")];
        assert_eq!(pairs, expected.map(|(n, v)| (n.to_owned(), v.to_owned())));
    }

    #[test]
    fn broken_text_nul_and_floods_are_refused() {
        assert!(matches!(parse(b"a=%FF"), Err(PageError::BadRequest)));
        assert!(matches!(parse(b"a=%00"), Err(PageError::BadRequest)));
        assert!(matches!(
            parse("a=1&".repeat(10_000).as_bytes()),
            Err(PageError::TooLarge)
        ));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(body in proptest::collection::vec(any::<u8>(), 0..2000)) {
            let _ = parse(&body);
        }

        #[test]
        fn what_a_browser_sends_comes_back(pairs in proptest::collection::vec(("[^\0]{0,12}", "[^\0]{0,40}"), 0..20)) {
            let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&pairs).finish();
            let wanted: Vec<_> = pairs.into_iter().collect();
            prop_assert_eq!(parse(body.as_bytes()).unwrap(), wanted);
        }
    }
}
