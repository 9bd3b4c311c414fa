//! New passwords: for somebody who forgot theirs, and for somebody who is signed in.

use uuid::Uuid;

use super::{
    Entropy, Passwords, Place, Secret, SignInError, Weakness, device,
    people::changed,
    sign_in::{MINUTE, enough, key},
    weakness,
};
use crate::{
    audit::{AccountChange, Actor},
    storage::{
        SecretHash, StorageError, Store, limits, links,
        outbox::{self, NewMail},
        sessions,
        users::{self, normal_email},
    },
};

/// How long a link to a new password works, in microseconds.
const LIFETIME: i64 = 60 * MINUTE;
/// How often links may be asked for in an hour: for an account from one address, and from one address for all.
const PER_PLACE: u32 = 3;
const PER_ADDRESS: u32 = 10;
/// How many links to one account are mailed in an hour, whoever asks.
const PER_ACCOUNT: u32 = 6;
/// The template of the mail.
const MAIL: &str = "password_reset";

/// Why a password was not set.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// The link was used, has expired, or never was.
    #[error("the link does not work any more")]
    Over,
    /// The password they have is not what was given.
    #[error("the current password is wrong")]
    Wrong,
    /// Too many tries.
    #[error("too many tries")]
    TooMany,
    /// The new password is refused.
    #[error("the password is refused: {0:?}")]
    Weak(Weakness),
    /// The store did not answer.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Asks for a link to a new password. Whether there is an account is not looked up here: a mail is queued for any
/// address alike, and whoever carries the mails drops it if nobody has the address.
///
/// # Errors
/// [`SignInError::TooMany`] or [`SignInError::Storage`].
pub async fn ask_reset(
    store: &Store,
    entropy: &dyn Entropy,
    email: &str,
    language: &str,
    place: &Place,
) -> Result<(), SignInError> {
    let email = normal_email(email);
    let client = key(&place.limit_key, "reset-client", &place.client)?;
    let own = format!("{email} {}", place.client);
    let own = key(&place.limit_key, "reset-place", &own)?;
    let account = key(&place.limit_key, "reset-account", &email)?;
    let window = LIFETIME;
    enough(limits::count(store, &client, window).await?, PER_ADDRESS)?;
    enough(limits::count(store, &own, window).await?, PER_PLACE)?;
    enough(limits::count(store, &account, window).await?, PER_ACCOUNT)?;
    let mail = NewMail {
        id: entropy.id(),
        template: MAIL.to_owned(),
        params: serde_json::json!({}),
        recipient: email,
        language: language.to_owned(),
    };
    let tx = store.begin().await?;
    outbox::add(&tx, &mail).await?;
    tx.commit().await?;
    Ok(())
}

/// The link of such a mail, made when the mail leaves; none, if nobody who may sign in has the address.
///
/// # Errors
/// When the database is busy or away.
pub async fn mint_reset(
    store: &Store,
    entropy: &dyn Entropy,
    email: &str,
) -> Result<Option<Secret>, StorageError> {
    let user = users::find_by_email(store, email).await?;
    let Some(user) = user.filter(|user| !user.disabled) else {
        return Ok(None);
    };
    let secret = Secret::random(entropy);
    let tx = store.begin().await?;
    links::add_reset(&tx, &secret.hash(), user.id, LIFETIME).await?;
    tx.commit().await?;
    Ok(Some(secret))
}

/// Sets a new password by a link, and ends every session. The second factor stays: the next sign-in asks for it. Gives
/// the browser a mark, so that its holder gets in although strangers used up the tries of the account.
///
/// # Errors
/// See [`PasswordError`]; never [`PasswordError::Wrong`].
pub async fn reset_password(
    store: &Store,
    entropy: &dyn Entropy,
    passwords: &Passwords,
    secret: &Secret,
    password: String,
    limit_key: &[u8],
) -> Result<String, PasswordError> {
    let token = secret.hash();
    let found = links::find_reset(store, &token).await?;
    let user_id = found.ok_or(PasswordError::Over)?;
    let hash = hash_new(store, entropy, passwords, user_id, password).await?;
    let tx = store.begin().await?;
    if links::take_reset(&tx, &token).await? != Some(user_id) {
        return Err(PasswordError::Over);
    }
    users::set_password(&tx, user_id, &hash).await?;
    links::withdraw_resets(&tx, user_id).await?;
    sessions::end_all(&tx, user_id).await?;
    changed(&tx, Actor::Nobody, user_id, AccountChange::PasswordReset).await?;
    tx.commit().await?;
    let user = users::find(store, user_id).await?;
    let email = user.ok_or(PasswordError::Over)?.email;
    Ok(device::new_mark(entropy, limit_key, &email)?)
}

/// Sets a new password for somebody who is signed in and gives the one they have; their other sessions end.
///
/// # Errors
/// See [`PasswordError`].
pub async fn change_password(
    store: &Store,
    entropy: &dyn Entropy,
    passwords: &Passwords,
    user_id: Uuid,
    session: &SecretHash,
    (current, new): (String, String),
    limit_key: &[u8],
) -> Result<(), PasswordError> {
    let tried = key(limit_key, "change", &user_id.to_string())?;
    let attempts = limits::count(store, &tried, LIFETIME).await?;
    enough(attempts, 10).map_err(|_| PasswordError::TooMany)?;
    let user = users::find(store, user_id).await?;
    let user = user.ok_or(PasswordError::Over)?;
    if !passwords.check(current, Some(user.password_hash)).await? {
        return Err(PasswordError::Wrong);
    }
    let hash = hash_new(store, entropy, passwords, user_id, new).await?;
    let tx = store.begin().await?;
    users::set_password(&tx, user_id, &hash).await?;
    links::withdraw_resets(&tx, user_id).await?;
    sessions::end_others(&tx, user_id, session).await?;
    limits::clear(&tx, &tried).await?;
    let by = Actor::Account(user_id);
    changed(&tx, by, user_id, AccountChange::PasswordChanged).await?;
    tx.commit().await?;
    Ok(())
}

async fn hash_new(
    store: &Store,
    entropy: &dyn Entropy,
    passwords: &Passwords,
    user_id: Uuid,
    password: String,
) -> Result<String, PasswordError> {
    let user = users::find(store, user_id).await?;
    let user = user
        .filter(|user| !user.disabled)
        .ok_or(PasswordError::Over)?;
    if let Some(weakness) = weakness(&password, &[&user.name, &user.email]) {
        return Err(PasswordError::Weak(weakness));
    }
    Ok(passwords.hash(entropy, password).await?)
}
