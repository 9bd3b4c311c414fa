//! Inviting somebody of the office.

use uuid::Uuid;

use super::{Entropy, Secret, audit::record};
use crate::{
    audit::{Actor, Event, InvitationChange},
    storage::{
        StorageError, Store, Tx,
        invitations::{self, Invitation, NewInvitation},
        links::{self, Link, Purpose},
        outbox::{self, NewMail},
        users::{self, Role},
    },
};

/// How long an invitation works, in microseconds: seven days.
const LIFETIME: i64 = 7 * 24 * 60 * 60 * 1_000_000;
/// The template of its mail.
const MAIL: &str = "invitation";

/// Whom to invite.
#[derive(Clone)]
pub struct Invite {
    /// The address.
    pub email: String,
    /// Their name; empty, if they give it themselves.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The language of a mail; none, if none is sent.
    pub mail: Option<String>,
}

/// An invitation that was made or renewed.
#[derive(Clone)]
pub struct Invited {
    /// The secret of its link, to be shown once.
    pub secret: Secret,
    /// Whom it is for.
    pub email: String,
}

/// Makes an invitation for an address. The secret is shown to whoever invites, once.
///
/// # Errors
/// [`StorageError::Duplicate`] if the address has an account.
pub async fn invite(
    store: &Store,
    entropy: &dyn Entropy,
    by: Actor,
    email: &str,
    role: Role,
) -> Result<Secret, StorageError> {
    let whom = Invite {
        email: email.to_owned(),
        name: String::new(),
        role,
        mail: None,
    };
    Ok(invite_person(store, entropy, by, whom).await?.secret)
}

/// Makes an invitation, in place of one to the same address, and puts its mail into the outbox.
///
/// # Errors
/// [`StorageError::Duplicate`] if the address has an account.
pub async fn invite_person(
    store: &Store,
    entropy: &dyn Entropy,
    by: Actor,
    whom: Invite,
) -> Result<Invited, StorageError> {
    if users::find_by_email(store, &whom.email).await?.is_some() {
        return Err(StorageError::Duplicate("an account of this address".into()));
    }
    let new = NewInvitation {
        id: entropy.id(),
        email: users::normal_email(&whom.email),
        name: whom.name,
        role: whom.role,
    };
    let tx = store.begin().await?;
    invitations::add(&tx, new.clone(), LIFETIME).await?;
    let secret = add_link(&tx, entropy, new.id, &new.email, new.role, LIFETIME).await?;
    mail(&tx, entropy, new.id, &new.email, whom.mail).await?;
    let role = new.role.as_str().to_owned();
    record(&tx, by, &Event::Invited { role }).await?;
    tx.commit().await?;
    Ok(Invited {
        secret,
        email: new.email,
    })
}

/// Lets an invitation work for seven days from now, with a new link and mail; links it had stop working.
///
/// # Errors
/// [`StorageError::NotFound`] if there is none that waits.
pub async fn renew_invitation(
    store: &Store,
    entropy: &dyn Entropy,
    by: Actor,
    id: Uuid,
    language: Option<String>,
) -> Result<Invited, StorageError> {
    let Invitation { email, role, .. } = invitations::find(store, id).await?.ok_or_else(none)?;
    let tx = store.begin().await?;
    if !invitations::renew(&tx, id, LIFETIME).await? {
        return Err(none());
    }
    let secret = add_link(&tx, entropy, id, &email, role, LIFETIME).await?;
    mail(&tx, entropy, id, &email, language).await?;
    let renewed = Event::InvitationChanged {
        invitation: id,
        change: InvitationChange::Renewed,
    };
    record(&tx, by, &renewed).await?;
    tx.commit().await?;
    Ok(Invited { secret, email })
}

/// Takes an invitation back; its links stop working.
///
/// # Errors
/// [`StorageError::NotFound`] if there is none that waits.
pub async fn withdraw_invitation(store: &Store, by: Actor, id: Uuid) -> Result<(), StorageError> {
    let tx = store.begin().await?;
    if !invitations::withdraw(&tx, id).await? {
        return Err(none());
    }
    let withdrawn = Event::InvitationChanged {
        invitation: id,
        change: InvitationChange::Withdrawn,
    };
    record(&tx, by, &withdrawn).await?;
    tx.commit().await
}

/// The link of an invitation's mail, made when the mail leaves; none, if the invitation no longer waits.
///
/// # Errors
/// When the database is busy or away.
pub async fn mint_invitation(
    store: &Store,
    entropy: &dyn Entropy,
    id: Uuid,
) -> Result<Option<Secret>, StorageError> {
    let found = invitations::find(store, id).await?;
    let Some(invitation) = found.filter(|invitation| !invitation.expired) else {
        return Ok(None);
    };
    let tx = store.begin().await?;
    let left = invitation.expires_at.saturating_sub(tx.now().await?);
    let (email, role) = (&invitation.email, invitation.role);
    let secret = add_link(&tx, entropy, id, email, role, left).await?;
    tx.commit().await?;
    Ok(Some(secret))
}

async fn add_link(
    tx: &Tx,
    entropy: &dyn Entropy,
    id: Uuid,
    email: &str,
    role: Role,
    lifetime: i64,
) -> Result<Secret, StorageError> {
    let secret = Secret::random(entropy);
    let link = Link {
        purpose: Purpose::Invitation,
        email: Some(email.to_owned()),
        role,
        invitation: Some(id),
    };
    links::add(tx, &secret.hash(), &link, lifetime).await?;
    Ok(secret)
}

async fn mail(
    tx: &Tx,
    entropy: &dyn Entropy,
    id: Uuid,
    email: &str,
    language: Option<String>,
) -> Result<(), StorageError> {
    let Some(language) = language else {
        return Ok(());
    };
    let mail = NewMail {
        id: entropy.id(),
        template: MAIL.to_owned(),
        params: serde_json::json!({ "invitation": id }),
        recipient: email.to_owned(),
        language,
    };
    outbox::add(tx, &mail).await
}

fn none() -> StorageError {
    StorageError::NotFound("the invitation".to_owned())
}
