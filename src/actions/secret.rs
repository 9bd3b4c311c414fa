//! Secrets: 256 random bits that are shown once and stored only as a hash.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Entropy;
use crate::storage::SecretHash;

/// A secret. It is never logged: it has no `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret([u8; 32]);

impl Secret {
    /// A new one.
    #[must_use]
    pub fn random(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0; 32];
        entropy.fill(&mut bytes);
        Self(bytes)
    }

    /// The secret that a link or cookie holds, if it is well-formed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// What a link or cookie holds.
    #[must_use]
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What is stored.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        Sha256::digest(self.0).into()
    }
}

/// What a resident's cookie holds: which response, and the secret that opens it.
#[derive(Clone, PartialEq, Eq)]
pub struct ResponseCookie {
    /// The response; its row begins with the first page saved.
    pub response: Uuid,
    /// The secret.
    pub secret: Secret,
}

impl ResponseCookie {
    /// A new response's.
    #[must_use]
    pub fn new(entropy: &dyn Entropy) -> Self {
        Self {
            response: entropy.id(),
            secret: Secret::random(entropy),
        }
    }

    /// Reads a cookie's value, if it is well-formed.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (response, secret) = bytes.split_first_chunk::<16>()?;
        Some(Self {
            response: Uuid::from_bytes(*response),
            secret: Secret(secret.try_into().ok()?),
        })
    }

    /// The cookie's value.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut bytes = [0; 48];
        bytes[..16].copy_from_slice(self.response.as_bytes());
        bytes[16..].copy_from_slice(&self.secret.0);
        URL_SAFE_NO_PAD.encode(bytes)
    }
}
