//! The mark of a browser that somebody signed in with before: their tries are counted apart from strangers', so that
//! no stranger can use theirs up (OWASP: device cookies).

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq as _;

use super::{Entropy, sign_in::key};
use crate::storage::StorageError;

const NONCE: usize = 16;

/// A new mark for an account's browser. It tells nothing, and opens nothing.
pub(super) fn new_mark(
    entropy: &dyn Entropy,
    limit_key: &[u8],
    email: &str,
) -> Result<String, StorageError> {
    let mut nonce = [0; NONCE];
    entropy.fill(&mut nonce);
    let text = URL_SAFE_NO_PAD.encode(nonce);
    let sign = key(limit_key, "mark", &format!("{text} {email}"))?;
    Ok(format!("{text}{}", URL_SAFE_NO_PAD.encode(sign)))
}

/// The mark's own name, if it is one of this account's.
pub(super) fn name_of<'a>(
    limit_key: &[u8],
    email: &str,
    mark: &'a str,
) -> Result<Option<&'a str>, StorageError> {
    // 16 bytes are 22 letters of base 64.
    let Some((nonce, sign)) = mark.split_at_checked(22) else {
        return Ok(None);
    };
    let expected = key(limit_key, "mark", &format!("{nonce} {email}"))?;
    let given = URL_SAFE_NO_PAD.decode(sign).unwrap_or_default();
    let same: bool = expected.as_slice().ct_eq(&given).into();
    Ok(same.then_some(nonce))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::world::SystemEntropy;

    #[test]
    fn a_mark_is_good_for_its_account_and_key_only() {
        let mark = new_mark(&SystemEntropy, &[7; 32], "a@example.org").unwrap();
        let name = |key: [u8; 32], email: &str, mark: &str| {
            name_of(&key, email, mark).unwrap().map(ToOwned::to_owned)
        };
        assert!(name([7; 32], "a@example.org", &mark).is_some());
        assert!(name([7; 32], "b@example.org", &mark).is_none());
        assert!(name([8; 32], "a@example.org", &mark).is_none());
        for wrong in ["", "é", &mark[1..], &"A".repeat(65)] {
            assert!(name([7; 32], "a@example.org", wrong).is_none(), "{wrong}");
        }
    }
}
