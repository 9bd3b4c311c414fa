//! The key that second factors are kept under.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    ChaCha20Poly1305,
    aead::{Aead, KeyInit as _, Payload},
};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::Entropy;
use crate::storage::{SecretHash, StorageError, Store, meta};

const NAME: &str = "factor_key";
const NONCE: usize = 12;

/// The key. It has no `Debug`: it is never printed.
#[derive(Clone)]
pub struct FactorKey([u8; 32]);

/// The key of this site: of the operator's secret, or else of one that is made once and kept with the data.
///
/// # Errors
/// When the database is busy or away.
pub async fn factor_key(
    store: &Store,
    entropy: &dyn Entropy,
    configured: Option<&str>,
) -> Result<FactorKey, StorageError> {
    if let Some(secret) = configured {
        return Ok(FactorKey(Sha256::digest(secret).into()));
    }
    if meta::get(store, NAME).await?.is_none() {
        let mut key = [0; 32];
        entropy.fill(&mut key);
        let tx = store.begin().await?;
        meta::set_once(&tx, NAME, &URL_SAFE_NO_PAD.encode(key)).await?;
        tx.commit().await?;
    }
    // Another node may have made it at the same moment: what is stored counts.
    let kept = meta::get(store, NAME).await?.unwrap_or_default();
    let key = URL_SAFE_NO_PAD.decode(kept).ok();
    key.and_then(|key| key.try_into().ok())
        .map(FactorKey)
        .ok_or_else(|| StorageError::Corrupt("the key of second factors".to_owned()))
}

impl FactorKey {
    /// Bytes that only this key gives for `what` and `parts`: HMAC-SHA-256.
    pub(super) fn derive(&self, what: &str, parts: &[&[u8]]) -> [u8; 32] {
        // HMAC pads a key with zeros to the block of its hash (RFC 2104).
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        for part in [&[what.as_bytes()], parts].concat() {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// What is kept of a recovery code.
    pub(super) fn recovery(&self, user_id: Uuid, code: &str) -> SecretHash {
        self.derive("recovery", &[user_id.as_bytes(), code.as_bytes()])
    }

    /// A secret as it is kept: nonce and ciphertext (ChaCha20-Poly1305), bound to whose it is.
    ///
    /// # Errors
    /// When it can't be encrypted.
    pub(super) fn seal(
        &self,
        entropy: &dyn Entropy,
        user_id: Uuid,
        secret: &[u8],
    ) -> Result<Vec<u8>, StorageError> {
        let mut nonce = [0; NONCE];
        entropy.fill(&mut nonce);
        let payload = Payload {
            msg: secret,
            aad: user_id.as_bytes(),
        };
        let sealed = self
            .cipher()
            .encrypt(&nonce.into(), payload)
            .map_err(|_| StorageError::Unexpected("a secret can't be encrypted".to_owned()))?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// A secret that was kept.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`], if it was kept under another key or for somebody else.
    pub(super) fn open(&self, user_id: Uuid, sealed: &[u8]) -> Result<Vec<u8>, StorageError> {
        let corrupt = || StorageError::Corrupt("a second factor is kept under another key".into());
        let (nonce, sealed) = sealed.split_at_checked(NONCE).ok_or_else(corrupt)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| corrupt())?;
        let payload = Payload {
            msg: sealed,
            aad: user_id.as_bytes(),
        };
        self.cipher()
            .decrypt(&nonce.into(), payload)
            .map_err(|_| corrupt())
    }

    fn cipher(&self) -> ChaCha20Poly1305 {
        ChaCha20Poly1305::new(&self.derive("seal", &[]).into())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{storage::fixture::on_both, world::SystemEntropy};

    #[test]
    fn a_secret_opens_to_its_own_key_and_owner_only() {
        let (key, other) = (FactorKey([1; 32]), FactorKey([2; 32]));
        let (owner, stranger) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = key
            .seal(&SystemEntropy, owner, b"twenty bytes of key!")
            .unwrap();
        assert!(!sealed.windows(6).any(|part| part == b"twenty"));
        assert_eq!(key.open(owner, &sealed).unwrap(), b"twenty bytes of key!");
        assert!(key.open(stranger, &sealed).is_err());
        assert!(other.open(owner, &sealed).is_err());
        assert!(key.open(owner, &sealed[..5]).is_err());
    }

    on_both! {
        async fn every_node_finds_the_same_key_unless_one_is_set(database) {
            let store = database.open().await;
            let made = factor_key(&store, &SystemEntropy, None).await.unwrap();
            let again = factor_key(&store, &SystemEntropy, None).await.unwrap();
            let set = factor_key(&store, &SystemEntropy, Some("long and secret")).await.unwrap();
            assert!(made.0 == again.0 && made.0 != set.0);
        }
    }
}
