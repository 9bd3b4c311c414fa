//! Signing in and out. Every failure looks the same from outside, and takes as long.
//!
//! Tries are counted so that a stranger's never shut out whose account it is: see decision 0021.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use uuid::Uuid;

use super::{
    Entropy, FactorKey, Passwords, Secret,
    audit::{record, record_sight},
    device, second_factor,
};
use crate::{
    audit::{Actor, Event, Refusal},
    storage::{
        SecretHash, StorageError, Store, Tx, factors, half_sessions, limits,
        limits::Attempts,
        sessions::{self, NewSession},
        users::{self, User, normal_email},
    },
};

/// How long a session lasts at most, in microseconds: a working day.
pub const SESSION_LIFETIME: i64 = 12 * 60 * MINUTE;
/// How long a session may idle, in microseconds.
pub const SESSION_IDLE: i64 = 60 * MINUTE;
/// How long the code may take to come after the password, in microseconds.
pub const HALF_LIFETIME: i64 = 10 * MINUTE;
/// How long somebody who proved who they are need not do so again, in microseconds.
pub const CONFIRMED_FOR: i64 = 10 * MINUTE;

pub(super) const MINUTE: i64 = 60_000_000;
/// The window in which tries are counted, in microseconds.
pub(super) const WINDOW: i64 = 15 * MINUTE;
/// How often an account may be tried in a window from one address, or from one browser it knows.
const PER_PLACE: u32 = 10;
/// How often an account may be tried in a window by all browsers that it does not know.
const PER_ACCOUNT: u32 = 50;
/// How often an address may try in a window: an office shares one.
const PER_ADDRESS: u32 = 50;
/// How many codes may be tried after one right password, and for an account in a window.
const CODES: i32 = 5;
const CODES_PER_ACCOUNT: u32 = 20;

/// Where somebody signs in from.
#[derive(Clone, Default)]
pub struct Place {
    /// The client's address, as text; it is counted by a keyed hash and never stored.
    pub client: String,
    /// The key of that hash, the same on every node.
    pub limit_key: Vec<u8>,
    /// The browser's mark, if it has one.
    pub mark: Option<String>,
    /// The session the browser had before: it ends, so that nobody goes on in a session that a stranger knows.
    pub before: Option<SecretHash>,
}

/// What somebody gave to sign in.
#[derive(Clone)]
pub struct SignIn {
    /// The account's address.
    pub email: String,
    /// The password.
    pub password: String,
    /// Where from.
    pub place: Place,
}

/// Somebody who is signed in.
#[derive(Clone)]
pub struct SignedIn {
    /// Who.
    pub user: User,
    /// The session's secret, for the cookie.
    pub secret: Secret,
    /// The mark of the browser, for a cookie of its own.
    pub mark: String,
}

/// How far a right password leads.
#[derive(Clone)]
pub enum Entered {
    /// In: there is no second factor yet.
    In(Box<SignedIn>),
    /// To the page that asks for a code; the half session's secret.
    CodeNeeded(Secret),
}

/// Why somebody is not.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The account, the password or the code is wrong; which of them is not said.
    #[error("what was given is wrong")]
    Wrong,
    /// The half session is over: the password has to be given again.
    #[error("the password has to be given again")]
    Over,
    /// Too many tries: how long to wait, in seconds.
    #[error("too many tries; wait {wait_seconds} seconds")]
    TooMany {
        /// How long to wait, in seconds.
        wait_seconds: u64,
    },
    /// The store did not answer.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// Checks an address and a password: counts the try, and begins a session, or a half one if a code is still to come.
///
/// # Errors
/// See [`SignInError`].
pub async fn sign_in(
    store: &Store,
    entropy: &dyn Entropy,
    passwords: &Passwords,
    given: SignIn,
) -> Result<Entered, SignInError> {
    let (email, place) = (normal_email(&given.email), given.place);
    let own = count(store, &place, &email).await?;
    let user = users::find_by_email(store, &email).await?;
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    let right = passwords.check(given.password.clone(), stored).await?;
    let reason = match &user {
        None => Some(Refusal::NoAccount),
        Some(_) if !right => Some(Refusal::WrongPassword),
        Some(user) if user.disabled => Some(Refusal::ShutOut),
        Some(_) => None,
    };
    let user = match (user, reason) {
        (Some(user), None) => user,
        (user, reason) => {
            // An unknown account is written down like a known one: it must not be told by the time that takes.
            let reason = reason.unwrap_or(Refusal::NoAccount);
            refused(store, user.map(|user| user.id), reason).await?;
            return Err(SignInError::Wrong);
        }
    };
    let renewed = if passwords.is_outdated(&user.password_hash) {
        Some(passwords.hash(entropy, given.password).await?)
    } else {
        None
    };
    let has_factor = factors::find(store, user.id).await?.is_some();
    let tx = store.begin().await?;
    if let Some(hash) = renewed {
        users::set_password(&tx, user.id, &hash).await?;
    }
    if has_factor {
        let half = Secret::random(entropy);
        half_sessions::start(&tx, &half.hash(), user.id, HALF_LIFETIME).await?;
        tx.commit().await?;
        return Ok(Entered::CodeNeeded(half));
    }
    limits::clear(&tx, &own).await?;
    let signed_in = begin(&tx, entropy, user, &place).await?;
    tx.commit().await?;
    Ok(Entered::In(Box::new(signed_in)))
}

/// Checks the code that completes a half session: one of the app, or a recovery code.
///
/// # Errors
/// See [`SignInError`].
pub async fn give_code(
    store: &Store,
    entropy: &dyn Entropy,
    factor_key: &FactorKey,
    half: &Secret,
    code: &str,
    place: &Place,
) -> Result<SignedIn, SignInError> {
    let tx = store.begin().await?;
    let user_id = half_sessions::count_try(&tx, &half.hash(), CODES).await?;
    tx.commit().await?;
    let user_id = user_id.ok_or(SignInError::Over)?;
    let tried = key(&place.limit_key, "codes", &user_id.to_string())?;
    let attempts = limits::count(store, &tried, WINDOW).await?;
    if attempts.count == CODES_PER_ACCOUNT + 1 {
        refused(store, Some(user_id), Refusal::TooManyForAccount).await?;
    }
    enough(attempts, CODES_PER_ACCOUNT)?;
    let user = users::find(store, user_id).await?;
    let user = user
        .filter(|user| !user.disabled)
        .ok_or(SignInError::Over)?;
    let tx = store.begin().await?;
    if !second_factor::take_code(store, &tx, factor_key, user_id, code).await? {
        let waits = half_sessions::waits(&tx, &half.hash(), CODES).await?;
        drop(tx);
        refused(store, Some(user_id), Refusal::WrongCode).await?;
        return Err(if waits {
            SignInError::Wrong
        } else {
            SignInError::Over
        });
    }
    half_sessions::end(&tx, &half.hash()).await?;
    let own = own_key(place, &user.email)?;
    for counted in [&tried, &own] {
        limits::clear(&tx, counted).await?;
    }
    let signed_in = begin(&tx, entropy, user, place).await?;
    tx.commit().await?;
    Ok(signed_in)
}

/// Whether a half session still waits for its code.
///
/// # Errors
/// When the database is busy or away.
pub async fn waits_for_code(store: &Store, half: &Secret) -> Result<bool, StorageError> {
    let tx = store.begin().await?;
    half_sessions::waits(&tx, &half.hash(), CODES).await
}

/// Asks somebody who is signed in to prove again who they are: by a code if they have a second factor, else by their
/// password.
///
/// # Errors
/// See [`SignInError`]; never [`SignInError::Over`].
pub async fn confirm(
    store: &Store,
    factor_key: &FactorKey,
    passwords: &Passwords,
    user_id: Uuid,
    session: &SecretHash,
    given: &str,
    limit_key: &[u8],
) -> Result<(), SignInError> {
    let tried = key(limit_key, "confirm", &user_id.to_string())?;
    enough(limits::count(store, &tried, WINDOW).await?, PER_PLACE)?;
    let user = users::find(store, user_id)
        .await?
        .ok_or(SignInError::Wrong)?;
    let by_code = factors::find(store, user_id).await?.is_some();
    let password = !by_code
        && passwords
            .check(given.to_owned(), Some(user.password_hash))
            .await?;
    let tx = store.begin().await?;
    let code = by_code && second_factor::take_code(store, &tx, factor_key, user_id, given).await?;
    if !password && !code {
        return Err(SignInError::Wrong);
    }
    sessions::confirm(&tx, session).await?;
    limits::clear(&tx, &tried).await?;
    tx.commit().await?;
    Ok(())
}

/// Begins a session under a new secret; the one the browser had before ends.
async fn begin(
    tx: &Tx,
    entropy: &dyn Entropy,
    user: User,
    place: &Place,
) -> Result<SignedIn, StorageError> {
    let (secret, mut csrf) = (Secret::random(entropy), [0; 32]);
    entropy.fill(&mut csrf);
    if let Some(before) = &place.before {
        sessions::end(tx, before).await?;
    }
    let session = NewSession {
        id: entropy.id(),
        token: secret.hash(),
        user_id: user.id,
        csrf,
        lifetime: SESSION_LIFETIME,
    };
    sessions::start(tx, &session).await?;
    record(tx, Actor::Account(user.id), &Event::SignedIn {}).await?;
    let mark = device::new_mark(entropy, &place.limit_key, &user.email)?;
    Ok(SignedIn { user, secret, mark })
}

/// Counts a try, whoever's account it may be, and gives what to forget once it was right.
async fn count(store: &Store, place: &Place, email: &str) -> Result<SecretHash, SignInError> {
    let client = key(&place.limit_key, "client", &place.client)?;
    let account = key(&place.limit_key, "account", email)?;
    let own = own_key(place, email)?;
    let mut limits = vec![
        (&client, PER_ADDRESS, Refusal::TooManyFromPlace),
        (&own, PER_PLACE, Refusal::TooManyFromPlace),
    ];
    if !is_known(place, email)? {
        limits.push((&account, PER_ACCOUNT, Refusal::TooManyForAccount));
    }
    for (counted, most, reason) in limits {
        let attempts = limits::count(store, counted, WINDOW).await?;
        // The first of each window: who keeps trying must not fill the log.
        if attempts.count == most + 1 {
            let account = match reason {
                Refusal::TooManyForAccount => users::find_by_email(store, email).await?,
                _ => None,
            };
            refused(store, account.map(|user| user.id), reason).await?;
        }
        enough(attempts, most)?;
    }
    Ok(own)
}

/// What tries of this browser are counted under: its mark, or else its address.
fn own_key(place: &Place, email: &str) -> Result<SecretHash, StorageError> {
    let mark = place.mark.as_deref().unwrap_or_default();
    match device::name_of(&place.limit_key, email, mark)? {
        Some(name) => key(&place.limit_key, "device", name),
        None => key(
            &place.limit_key,
            "place",
            &format!("{email} {}", place.client),
        ),
    }
}

fn is_known(place: &Place, email: &str) -> Result<bool, StorageError> {
    let mark = place.mark.as_deref().unwrap_or_default();
    Ok(device::name_of(&place.limit_key, email, mark)?.is_some())
}

/// Refuses a try beyond the `most`.
pub(super) fn enough(attempts: Attempts, most: u32) -> Result<(), SignInError> {
    if attempts.count > most {
        let wait_seconds = u64::try_from(attempts.ends_in / 1_000_000).unwrap_or(0) + 1;
        return Err(SignInError::TooMany { wait_seconds });
    }
    Ok(())
}

/// Writes down that somebody was not signed in; the address they typed is not.
async fn refused(
    store: &Store,
    account: Option<Uuid>,
    reason: Refusal,
) -> Result<(), StorageError> {
    record_sight(
        store,
        Actor::Nobody,
        &Event::SignInRefused { account, reason },
    )
    .await
}

/// Ends a session; one that has ended already is no error.
///
/// # Errors
/// When the database is busy or away.
pub async fn sign_out(store: &Store, secret: &SecretHash) -> Result<(), StorageError> {
    let tx = store.begin().await?;
    if let Some(user) = sessions::end(&tx, secret).await? {
        record(&tx, Actor::Account(user), &Event::SignedOut {}).await?;
    }
    tx.commit().await
}

/// What a count is kept under: without the key nobody can find out an address by trying them all.
pub(super) fn key(limit_key: &[u8], kind: &str, name: &str) -> Result<SecretHash, StorageError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(limit_key)
        .map_err(|error| StorageError::Setting(error.to_string()))?;
    mac.update(kind.as_bytes());
    mac.update(&[0]);
    mac.update(name.as_bytes());
    Ok(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::{
        actions::{Accept, accept_link, invite},
        storage::{fixture::on_both, users::Role},
        world::SystemEntropy,
    };

    const PASSWORD: &str = "seven-quiet-otters";

    fn attempt(client: &str, email: &str, password: &str) -> SignIn {
        SignIn {
            email: email.to_owned(),
            password: password.to_owned(),
            place: Place {
                client: client.to_owned(),
                limit_key: vec![7; 32],
                ..Place::default()
            },
        }
    }

    async fn officer(store: &Store, passwords: &Passwords) {
        let link = invite(
            store,
            &SystemEntropy,
            Actor::Command,
            "a@example.org",
            Role::Officer,
        )
        .await
        .unwrap();
        let accept = Accept {
            name: "Alex".to_owned(),
            email: None,
            password: PASSWORD.to_owned(),
        };
        accept_link(store, &SystemEntropy, passwords, &link, accept)
            .await
            .unwrap();
    }

    on_both! {
        async fn an_address_may_try_fifty_times_whatever_the_account(database) {
            let store = database.open().await;
            let passwords = Passwords::new(&SystemEntropy, 2);
            officer(&store, &passwords).await;
            let counted = key(&[7; 32], "client", "192.0.2.1").unwrap();
            for _ in 1..PER_ADDRESS {
                limits::count(&store, &counted, WINDOW).await.unwrap();
            }
            let try_from = async |client: &str, email: &str, password: &str| {
                sign_in(&store, &SystemEntropy, &passwords, attempt(client, email, password)).await
            };
            let fiftieth = try_from("192.0.2.1", "nobody@example.org", "wrong").await;
            assert!(matches!(fiftieth, Err(SignInError::Wrong)));
            for (email, password) in [("another@example.org", "wrong"), ("a@example.org", PASSWORD)] {
                let late = try_from("192.0.2.1", email, password).await;
                let Err(SignInError::TooMany { wait_seconds }) = late else { panic!("{email} from there") };
                assert!((1..=901).contains(&wait_seconds), "{wait_seconds}");
            }
            assert!(try_from("192.0.2.2", "a@example.org", PASSWORD).await.is_ok(), "from elsewhere");
        }
    }

    on_both! {
        async fn an_unknown_account_costs_the_same_work_as_a_known_one(database) {
            let store = database.open().await;
            let passwords = Passwords::new(&SystemEntropy, 2);
            officer(&store, &passwords).await;
            let mut work = Vec::new();
            for (email, password) in [
                ("a@example.org", "wrong"),
                ("a@example.org", PASSWORD),
                ("nobody@example.org", "wrong"),
                ("nobody@example.org", PASSWORD),
            ] {
                let before = passwords.verified();
                let given = attempt("192.0.2.1", email, password);
                let outcome = sign_in(&store, &SystemEntropy, &passwords, given).await;
                assert_eq!(outcome.is_ok(), (email, password) == ("a@example.org", PASSWORD));
                work.push(passwords.verified() - before);
            }
            assert_eq!(work, [1, 1, 1, 1]);
        }
    }
}
