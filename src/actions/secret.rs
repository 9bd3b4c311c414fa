//! Secrets: 256 random bits that are shown once and stored only as a hash.

use super::Entropy;
use crate::storage::SecretHash;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::SystemEntropy;

    #[test]
    fn a_secret_reads_back_from_its_text_and_nothing_else_does() {
        let secret = Secret::random(&SystemEntropy);
        assert!(Secret::parse(&secret.to_text()) == Some(secret));
        for broken in ["", "x", "é", &"A".repeat(65)] {
            assert!(Secret::parse(broken).is_none(), "{broken}");
        }
    }
}
