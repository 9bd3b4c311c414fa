//! The second factor: codes of an app (TOTP, RFC 6238), and recovery codes for whoever lost it.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use totp_rs::{Builder, Secret as TotpSecret, Totp};
use uuid::Uuid;

use super::{Entropy, FactorKey, people::changed};
use crate::{
    audit::{AccountChange, Actor},
    storage::{SecretHash, StorageError, Store, Tx, factors, sessions},
};

/// How many recovery codes somebody gets.
pub const RECOVERY_CODES: usize = 10;
/// How many seconds a code lasts, and how many bytes its secret has (RFC 4226: 160 bits).
const STEP: i64 = 30;
const SECRET: usize = 20;
/// Letters that are not taken for others (Crockford's base 32).
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a recovery code: 80 random bits.
const LENGTH: usize = 16;

/// Whose factor it is, and in which session.
#[derive(Clone, Copy)]
pub struct Holder {
    /// Who.
    pub user_id: Uuid,
    /// The hash of their session's secret.
    pub session: SecretHash,
}

/// Why a second factor was not set up.
#[derive(Debug, thiserror::Error)]
pub enum FactorError {
    /// The code is not the app's.
    #[error("the code is wrong")]
    Wrong,
    /// The store did not answer.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// A secret that is offered to an app. It counts only once a code of it was given.
pub struct Enrolment(Vec<u8>);

impl Enrolment {
    /// What a session is offered: the same however often the page is read, another one after it was taken, and nothing
    /// that has to be stored.
    ///
    /// # Errors
    /// When the database can't be read.
    pub async fn offered(
        store: &Store,
        key: &FactorKey,
        holder: Holder,
    ) -> Result<Self, StorageError> {
        let factor = factors::find(store, holder.user_id).await?;
        let since = factor.map_or(0, |factor| factor.confirmed_at);
        let parts: [&[u8]; 3] = [
            holder.user_id.as_bytes(),
            &holder.session,
            &since.to_be_bytes(),
        ];
        Ok(Self(key.derive("enrolment", &parts)[..SECRET].to_vec()))
    }

    /// The secret for typing, in groups of four letters.
    #[must_use]
    pub fn key_text(&self) -> String {
        let text = TotpSecret::from(self.0.clone()).to_base32();
        groups(&text, ' ')
    }

    /// The address that an app reads from a picture (Key URI Format).
    #[must_use]
    pub fn uri(&self, issuer: &str, email: &str) -> String {
        let secret = TotpSecret::from(self.0.clone()).to_base32();
        let [issuer, email] =
            [issuer, email].map(|text| utf8_percent_encode(text, NON_ALPHANUMERIC));
        format!("otpauth://totp/{issuer}:{email}?secret={secret}&issuer={issuer}")
    }

    fn check(&self, code: &str, seconds: i64) -> Option<i64> {
        step_of(&self.0, code, seconds)
    }
}

/// Sets a second factor up, if `code` is of what was offered, and gives the recovery codes: they are shown once. Other
/// sessions of the same person end.
///
/// # Errors
/// See [`FactorError`].
pub async fn set_up_factor(
    store: &Store,
    entropy: &dyn Entropy,
    key: &FactorKey,
    holder: Holder,
    code: &str,
) -> Result<Vec<String>, FactorError> {
    let offered = Enrolment::offered(store, key, holder).await?;
    let now = store.now().await? / 1_000_000;
    let step = offered
        .check(&digits(code), now)
        .ok_or(FactorError::Wrong)?;
    let sealed = key.seal(entropy, holder.user_id, &offered.0)?;
    let tx = store.begin().await?;
    factors::put(&tx, holder.user_id, &sealed, step).await?;
    let codes = new_codes(&tx, entropy, key, holder.user_id).await?;
    sessions::end_others(&tx, holder.user_id, &holder.session).await?;
    sessions::confirm(&tx, &holder.session).await?;
    let by = Actor::Account(holder.user_id);
    changed(&tx, by, holder.user_id, AccountChange::FactorSet).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Makes new recovery codes; the old ones stop working.
///
/// # Errors
/// When the database is busy or away.
pub async fn renew_recovery_codes(
    store: &Store,
    entropy: &dyn Entropy,
    key: &FactorKey,
    user_id: Uuid,
) -> Result<Vec<String>, StorageError> {
    let tx = store.begin().await?;
    let codes = new_codes(&tx, entropy, key, user_id).await?;
    let by = Actor::Account(user_id);
    changed(&tx, by, user_id, AccountChange::CodesRenewed).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Whether a code is of somebody's app or one of their recovery codes. It is used up by that.
pub(super) async fn take_code(
    store: &Store,
    tx: &Tx,
    key: &FactorKey,
    user_id: Uuid,
    given: &str,
) -> Result<bool, StorageError> {
    let code = digits(given);
    if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        let Some(factor) = factors::find(store, user_id).await? else {
            return Ok(false);
        };
        let secret = key.open(user_id, &factor.sealed)?;
        return match step_of(&secret, &code, tx.now().await? / 1_000_000) {
            Some(step) => factors::use_step(tx, user_id, step).await,
            None => Ok(false),
        };
    }
    let code = plain(given);
    if code.len() != LENGTH {
        return Ok(false);
    }
    factors::take_code(tx, user_id, &key.recovery(user_id, &code)).await
}

async fn new_codes(
    tx: &Tx,
    entropy: &dyn Entropy,
    key: &FactorKey,
    user_id: Uuid,
) -> Result<Vec<String>, StorageError> {
    let codes: Vec<String> = (0..RECOVERY_CODES)
        .map(|_| {
            let mut bytes = [0; LENGTH];
            entropy.fill(&mut bytes);
            bytes
                .iter()
                .map(|byte| char::from(LETTERS[usize::from(byte % 32)]))
                .collect()
        })
        .collect();
    let hashes: Vec<SecretHash> = codes
        .iter()
        .map(|code| key.recovery(user_id, code))
        .collect();
    factors::set_codes(tx, user_id, &hashes).await?;
    Ok(codes.iter().map(|code| groups(code, '-')).collect())
}

/// The step of time whose code this is: now, the one before or the one after.
fn step_of(secret: &[u8], code: &str, seconds: i64) -> Option<i64> {
    let totp: Totp = Builder::new()
        .with_secret(secret.to_vec())
        .with_skew(1)
        .with_step_duration(STEP.unsigned_abs())
        .build()
        .ok()?;
    let step = totp.check(code, u64::try_from(seconds).ok()?)?;
    i64::try_from(step).ok()
}

fn digits(code: &str) -> String {
    code.chars()
        .filter(|c| !c.is_whitespace())
        .take(64)
        .collect()
}

/// A recovery code as it is hashed: however it was typed.
fn plain(code: &str) -> String {
    code.chars()
        .filter(|c| c.is_ascii_alphanumeric())
        .take(64)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

fn groups(text: &str, between: char) -> String {
    let mut out = String::with_capacity(text.len() * 5 / 4);
    for (place, letter) in text.chars().enumerate() {
        if place > 0 && place.is_multiple_of(4) {
            out.push(between);
        }
        out.push(letter);
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// RFC 6238, appendix B, in six digits.
    #[test]
    fn codes_are_those_of_the_standard_for_a_step_before_and_after() {
        let secret = b"12345678901234567890";
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (20_000_000_000, "353130"),
        ] {
            let step = seconds / STEP;
            for now in [seconds, seconds - STEP, seconds + STEP] {
                assert_eq!(step_of(secret, code, now), Some(step), "{code} at {now}");
            }
            assert_eq!(step_of(secret, code, seconds + 2 * STEP), None);
            assert_eq!(step_of(secret, "000000", seconds), None);
        }
    }

    #[test]
    fn a_recovery_code_is_read_however_it_is_typed() {
        assert_eq!(plain("o1l2-abcd-EFGH-jkmn"), "0112ABCDEFGHJKMN");
        assert_eq!(groups("ABCDEFGH", '-'), "ABCD-EFGH");
        assert_eq!(digits(" 123 456 "), "123456");
    }
}
