//! Secrets of a browser: the token that opens a response, and the token that proves a form is this browser's own.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// What the cookie of a response holds: which response, and the secret that opens it. Only a hash of the secret is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct ResponseToken {
    /// The response's id.
    pub id: Uuid,
    secret: [u8; 32],
}

impl ResponseToken {
    /// A token for a response, from 256 random bits.
    #[must_use]
    pub fn new(id: Uuid, secret: [u8; 32]) -> Self {
        Self { id, secret }
    }

    /// Reads a cookie's value; nothing, if it is not one of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes: [u8; 48] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let id = Uuid::from_slice(&bytes[..16]).ok()?;
        let secret = bytes[16..].try_into().ok()?;
        (id.get_version_num() == 7).then_some(Self { id, secret })
    }

    /// The cookie's value.
    #[must_use]
    pub fn to_cookie(&self) -> String {
        let mut bytes = [0; 48];
        bytes[..16].copy_from_slice(self.id.as_bytes());
        bytes[16..].copy_from_slice(&self.secret);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// What is kept of the secret: its SHA-256. 256 random bits need no slow hash.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.secret).into()
    }

    /// The token that forms of this response carry.
    #[must_use]
    pub fn form_token(&self) -> String {
        form_token(&self.secret)
    }

    /// Whether a form's token is this response's.
    #[must_use]
    pub fn is_form_token(&self, given: &str) -> bool {
        is_form_token(&self.secret, given)
    }
}

/// The token that forms carry, from a browser's secret: an HMAC-SHA-256, so that neither tells the other.
#[must_use]
pub fn form_token(secret: &[u8; 32]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(b"form");
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// Whether `given` is the form token of `secret`, in constant time.
#[must_use]
pub fn is_form_token(secret: &[u8; 32], given: &str) -> bool {
    form_token(secret).as_bytes().ct_eq(given.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_cookie_reads_back_and_nothing_else_does() {
        let id = Uuid::parse_str("019324a6-8a12-7000-8000-000000000001").unwrap();
        let token = ResponseToken::new(id, [7; 32]);
        assert!(ResponseToken::parse(&token.to_cookie()) == Some(token.clone()));
        for wrong in ["", "AAAA", "not base64!", &token.to_cookie()[1..]] {
            assert!(ResponseToken::parse(wrong).is_none());
        }
        let version_4 = ResponseToken::new(Uuid::nil(), [7; 32]);
        assert!(ResponseToken::parse(&version_4.to_cookie()).is_none());
    }

    #[test]
    fn a_form_token_belongs_to_one_secret() {
        assert!(is_form_token(&[1; 32], &form_token(&[1; 32])));
        assert!(!is_form_token(&[1; 32], &form_token(&[2; 32])));
        assert!(!is_form_token(&[1; 32], ""));
    }
}
