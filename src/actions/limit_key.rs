//! The key that sign-in's counts are kept under: made once, the same on every node.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::Entropy;
use crate::storage::{StorageError, Store, meta};

const NAME: &str = "limit_key";

/// The key; made, if the database has none yet.
///
/// # Errors
/// When the database is busy or away.
pub async fn limit_key(store: &Store, entropy: &dyn Entropy) -> Result<Vec<u8>, StorageError> {
    if meta::get(store, NAME).await?.is_none() {
        let mut key = [0; 32];
        entropy.fill(&mut key);
        let tx = store.begin().await?;
        meta::set_once(&tx, NAME, &URL_SAFE_NO_PAD.encode(key)).await?;
        tx.commit().await?;
    }
    // Another node may have made it at the same moment: what is stored counts.
    let kept = meta::get(store, NAME).await?.unwrap_or_default();
    URL_SAFE_NO_PAD
        .decode(kept)
        .map_err(|_| StorageError::Corrupt("the key of sign-in's counts".to_owned()))
}
