//! The worker that empties the outbox: it leases mails, sends them outside any transaction, and blanks them.

use std::sync::Arc;

use super::{Mint, Render, SendError, Sender, Transport};
use crate::storage::{
    StorageError, Store,
    outbox::{self, LeasedMail},
};

/// How many mails are taken at once.
const AT_ONCE: u32 = 20;
/// How long they are kept from other workers, in microseconds: longer than sending all of them can take.
const LEASE: i64 = 15 * MINUTE;
/// How long a mail is tried before it is given up, in microseconds: an address must not be kept for ever.
const LIFETIME: i64 = 3 * 24 * 60 * MINUTE;
const MINUTE: i64 = 60_000_000;

/// What one round came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Mails that left.
    pub sent: u32,
    /// Mails that stay queued.
    pub waiting: u32,
    /// Mails that were given up.
    pub given_up: u32,
}

/// Carries mails from the outbox to a transport.
#[derive(Clone)]
pub struct Postman {
    sender: Sender,
    transport: Transport,
    render: Arc<dyn Render>,
    mint: Option<Arc<dyn Mint>>,
}

impl Postman {
    /// Makes one.
    #[must_use]
    pub fn new(sender: Sender, transport: Transport, render: Arc<dyn Render>) -> Self {
        Self {
            sender,
            transport,
            render,
            mint: None,
        }
    }

    /// With somebody who makes the links of mails.
    #[must_use]
    pub fn minting(mut self, mint: Arc<dyn Mint>) -> Self {
        self.mint = Some(mint);
        self
    }

    /// Delivers what is due. A server that can't be reached ends the round; its mails stay queued.
    ///
    /// # Errors
    /// When the store is busy or away. A mail that left but could not be noted so is sent again, with the same
    /// Message-ID.
    pub async fn deliver_due(&self, store: &Store) -> Result<Delivered, StorageError> {
        let mut delivered = Delivered::default();
        if !outbox::is_due(store).await? {
            return Ok(delivered);
        }
        let mut unreachable = false;
        for leased in outbox::lease(store, AT_ONCE, LEASE).await? {
            let id = leased.mail.id;
            if unreachable {
                outbox::retry(store, id, delay(leased.attempts)).await?;
                delivered.waiting += 1;
                continue;
            }
            let Some(params) = self.params(store, &leased).await? else {
                // Nobody to write to: the row is blanked like any that is done with.
                outbox::give_up(store, id).await?;
                continue;
            };
            match self.send(&leased, &params).await {
                Ok(()) => {
                    outbox::sent(store, id).await?;
                    delivered.sent += 1;
                }
                Err(error) => {
                    unreachable = matches!(error, SendError::Unreachable(_));
                    let hopeless = matches!(error, SendError::Rejected(_)) || leased.age > LIFETIME;
                    tracing::warn!(mail = %id, attempts = leased.attempts, %error, hopeless, "a mail did not leave");
                    if hopeless {
                        outbox::give_up(store, id).await?;
                        delivered.given_up += 1;
                    } else {
                        outbox::retry(store, id, delay(leased.attempts)).await?;
                        delivered.waiting += 1;
                    }
                }
            }
        }
        Ok(delivered)
    }

    async fn params(
        &self,
        store: &Store,
        leased: &LeasedMail,
    ) -> Result<Option<serde_json::Value>, StorageError> {
        match &self.mint {
            Some(mint) => mint.mint(store, &leased.mail).await,
            None => Ok(Some(leased.mail.params.clone())),
        }
    }

    async fn send(&self, leased: &LeasedMail, params: &serde_json::Value) -> Result<(), SendError> {
        let mail = &leased.mail;
        let words = self
            .render
            .render(&mail.template, &mail.language, params)
            .map_err(|error| SendError::Setting(error.to_string()))?;
        let message = self.sender.compose(mail.id, &mail.recipient, words)?;
        self.transport.send(mail.id, message).await
    }
}

/// How long a mail waits after its attempt number `attempts`, in microseconds: 30 s, 1 min, 2 min … 1 h.
fn delay(attempts: u32) -> i64 {
    let doublings = attempts.saturating_sub(1).min(7);
    ((MINUTE / 2) << doublings).min(60 * MINUTE)
}
