//! Passwords: Argon2id with the parameters that the OWASP Password Storage Cheat Sheet gives.

use std::{ops::RangeInclusive, sync::Arc};

use argon2::{
    Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version, password_hash::Error,
};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use tokio::sync::Semaphore;

use super::Entropy;
use crate::storage::StorageError;

/// How many characters a password may have (ASVS 2.1: at least 12, and long ones allowed).
pub const PASSWORD_LENGTH: RangeInclusive<usize> = 12..=128;

/// Memory in KiB, passes and lanes: "m=19456 (19 MiB), t=2, p=1".
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// Hashes and checks passwords, off the threads that serve pages and a few at a time: each takes 19 MiB.
#[derive(Clone)]
pub struct Passwords {
    turns: Arc<Semaphore>,
    /// What an unknown account's password is checked against, so that it takes as long.
    nobody: Arc<str>,
    /// How many passwords were verified: tests count the work instead of timing it.
    #[cfg(test)]
    verified: Arc<std::sync::atomic::AtomicU32>,
}

impl Passwords {
    /// Works on up to `at_once` passwords at the same time.
    #[must_use]
    pub fn new(entropy: &dyn Entropy, at_once: usize) -> Self {
        Self {
            turns: Arc::new(Semaphore::new(at_once.max(1))),
            nobody: nobody(entropy).into(),
            #[cfg(test)]
            verified: Arc::default(),
        }
    }

    #[cfg(test)]
    pub(super) fn verified(&self) -> u32 {
        self.verified.load(std::sync::atomic::Ordering::SeqCst)
    }

    /// Whether a hash asks for less work than new ones do: it is made anew when its password is next given.
    #[must_use]
    pub fn is_outdated(&self, stored: &str) -> bool {
        work_of(stored).is_none_or(|(memory, passes, _)| memory < COST.0 || passes < COST.1)
    }

    /// The hash of a new password, in PHC form.
    ///
    /// # Errors
    /// When it can't be computed.
    pub async fn hash(
        &self,
        entropy: &dyn Entropy,
        password: String,
    ) -> Result<String, StorageError> {
        let mut salt = [0; 16];
        entropy.fill(&mut salt);
        self.in_turn(move || hash(password.as_bytes(), &salt))
            .await?
    }

    /// Whether `password` is the one that `stored` is of; without `stored` it takes as long and is never.
    ///
    /// # Errors
    /// When it can't be computed.
    pub async fn check(
        &self,
        password: String,
        stored: Option<String>,
    ) -> Result<bool, StorageError> {
        let nobody = Arc::clone(&self.nobody);
        #[cfg(test)]
        let verified = Arc::clone(&self.verified);
        self.in_turn(move || {
            let known = stored.is_some();
            let stored = stored.as_deref().unwrap_or(&nobody);
            let verdict = argon()?.verify_password(password.as_bytes(), stored);
            #[cfg(test)]
            verified.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            match verdict {
                Ok(()) => Ok(known),
                Err(Error::PasswordInvalid) => Ok(false),
                Err(error) => Err(StorageError::Corrupt(format!(
                    "a stored password hash: {error}"
                ))),
            }
        })
        .await?
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, StorageError> {
        let unexpected =
            |error: &dyn std::error::Error| StorageError::Unexpected(error.to_string());
        let _turn = self
            .turns
            .acquire()
            .await
            .map_err(|error| unexpected(&error))?;
        tokio::task::spawn_blocking(work)
            .await
            .map_err(|error| unexpected(&error))
    }
}

/// A hash that is no password's. It is drawn, not computed: checking against it takes as long, and the start of the
/// program is spared the time and the 19 MiB.
fn nobody(entropy: &dyn Entropy) -> String {
    let (mut salt, mut hash) = ([0; 16], [0; 32]);
    entropy.fill(&mut salt);
    entropy.fill(&mut hash);
    let (memory, passes, lanes) = COST;
    let (salt, hash) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(hash));
    format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${hash}")
}

/// Memory in KiB, passes and lanes that a hash of Argon2id asks for.
fn work_of(stored: &str) -> Option<(u32, u32, u32)> {
    let mut parts = stored.strip_prefix("$argon2id$v=19$")?.split('$');
    let mut numbers = parts.next()?.split(',').map(|part| {
        let (_, number) = part.split_once('=')?;
        number.parse().ok()
    });
    Some((numbers.next()??, numbers.next()??, numbers.next()??))
}

fn argon() -> Result<Argon2<'static>, StorageError> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None)
        .map_err(|error| StorageError::Unexpected(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash(password: &[u8], salt: &[u8]) -> Result<String, StorageError> {
    let hash = argon()?
        .hash_password_with_salt(password, salt)
        .map_err(|error| StorageError::Unexpected(error.to_string()))?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::world::SystemEntropy;

    #[test]
    fn a_hash_of_less_work_is_outdated() {
        let passwords = Passwords::new(&SystemEntropy, 1);
        let made = hash(b"seven-quiet-otters", &[1; 16]).unwrap();
        assert!(!passwords.is_outdated(&made));
        for (now, before) in [
            ("m=19456", "m=9216"),
            ("t=2", "t=1"),
            ("argon2id", "argon2i"),
        ] {
            assert!(
                passwords.is_outdated(&made.replace(now, before)),
                "{before}"
            );
        }
    }

    #[test]
    fn nobodys_hash_asks_for_the_work_of_anybodys() {
        let drawn = nobody(&SystemEntropy);
        let made = hash(b"seven-quiet-otters", &[1; 16]).unwrap();
        let parameters = |hash: &str| -> Vec<String> {
            let mut parts: Vec<String> = hash.split('$').map(ToOwned::to_owned).collect();
            for part in parts.iter_mut().skip(4) {
                *part = part.len().to_string();
            }
            parts
        };
        assert_eq!(parameters(&drawn), parameters(&made));
        let verdict = argon()
            .unwrap()
            .verify_password(b"anything", drawn.as_str());
        assert!(
            matches!(verdict, Err(Error::PasswordInvalid)),
            "it is worked through to the end"
        );
    }
}
