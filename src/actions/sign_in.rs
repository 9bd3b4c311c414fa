//! Signing in and out. Every failure looks the same from outside, and takes as long.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::{
    Entropy, Passwords, Secret,
    audit::{record, record_sight},
};
use crate::{
    audit::{Actor, Event, Refusal},
    storage::{
        SecretHash, StorageError, Store, limits,
        sessions::{self, NewSession},
        users::{self, User, normal_email},
    },
};

/// How long a session lasts at most, in microseconds: a working day.
pub const SESSION_LIFETIME: i64 = 12 * 60 * MINUTE;
/// How long a session may idle, in microseconds.
pub const SESSION_IDLE: i64 = 60 * MINUTE;

const MINUTE: i64 = 60_000_000;
/// The window in which tries are counted, in microseconds.
const WINDOW: i64 = 15 * MINUTE;
/// How often an account may be tried in a window.
const PER_ACCOUNT: u32 = 10;
/// How often an address may try in a window: an office shares one.
const PER_ADDRESS: u32 = 50;

/// What somebody gave to sign in.
#[derive(Clone)]
pub struct SignIn {
    /// The account's address.
    pub email: String,
    /// The password.
    pub password: String,
    /// The client's address, as text; it is counted by a keyed hash and never stored.
    pub client: String,
    /// The key of that hash, the same on every node.
    pub limit_key: Vec<u8>,
}

/// Somebody who is signed in.
#[derive(Clone)]
pub struct SignedIn {
    /// Who.
    pub user: User,
    /// The session's secret, for the cookie.
    pub secret: Secret,
}

/// Why somebody is not.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The account or the password is wrong; which of them is not said.
    #[error("the email address or password is wrong")]
    Wrong,
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

/// Signs somebody in: counts the try, checks the password, begins a session.
///
/// # Errors
/// See [`SignInError`].
pub async fn sign_in(
    store: &Store,
    entropy: &dyn Entropy,
    passwords: &Passwords,
    given: SignIn,
) -> Result<SignedIn, SignInError> {
    let email = normal_email(&given.email);
    let account = key(&given.limit_key, "account", &email)?;
    let client = key(&given.limit_key, "client", &given.client)?;
    let by_client = limits::count(store, &client, WINDOW).await?;
    let by_account = limits::count(store, &account, WINDOW).await?;
    let limits = [
        (by_client, PER_ADDRESS, Refusal::TooManyFromPlace),
        (by_account, PER_ACCOUNT, Refusal::TooManyForAccount),
    ];
    for (attempts, most, reason) in limits {
        if attempts.count > most {
            // The first of each window: who keeps trying must not fill the log.
            if attempts.count == most + 1 {
                let account = match reason {
                    Refusal::TooManyForAccount => users::find_by_email(store, &email).await?,
                    _ => None,
                };
                refused(store, account.as_ref(), reason).await?;
            }
            let wait_seconds = u64::try_from(attempts.ends_in / 1_000_000).unwrap_or(0) + 1;
            return Err(SignInError::TooMany { wait_seconds });
        }
    }
    let user = users::find_by_email(store, &email).await?;
    let stored = user.as_ref().map(|user| user.password_hash.clone());
    let right = passwords.check(given.password, stored).await?;
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
            refused(store, user.as_ref(), reason).await?;
            return Err(SignInError::Wrong);
        }
    };
    let (secret, mut csrf) = (Secret::random(entropy), [0; 32]);
    entropy.fill(&mut csrf);
    let session = NewSession {
        token: secret.hash(),
        user_id: user.id,
        csrf,
        lifetime: SESSION_LIFETIME,
    };
    let tx = store.begin().await?;
    sessions::start(&tx, &session).await?;
    limits::clear(&tx, &account).await?;
    record(&tx, Actor::Account(user.id), &Event::SignedIn {}).await?;
    tx.commit().await?;
    Ok(SignedIn { user, secret })
}

/// Writes down that somebody was not signed in; the address they typed is not.
async fn refused(
    store: &Store,
    account: Option<&User>,
    reason: Refusal,
) -> Result<(), StorageError> {
    let account = account.map(|user| user.id);
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
fn key(limit_key: &[u8], kind: &str, name: &str) -> Result<SecretHash, StorageError> {
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
            client: client.to_owned(),
            limit_key: vec![7; 32],
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
