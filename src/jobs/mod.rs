//! Background work: of all nodes, one does each piece at a time.
//!
//! It may use the store, the actions and the mail room. It starts with the server and stops with it: what it has begun it ends.

mod purge;
mod retention;

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

pub use retention::Retention;
use tokio::sync::watch;

use crate::{
    actions::audit::seal_new_rows,
    mail::Postman,
    storage::{
        StorageError, Store, half_sessions, invitations, jobs, limits, links, outbox, sessions,
    },
};

const MINUTE: i64 = 60_000_000;
/// How often the outbox is looked into.
const TICK: Duration = Duration::from_secs(2);

/// When the unsent responses of a survey are to be deleted (unix microseconds), of its definition as it is stored;
/// or why that can't be told. The rule is the survey room's.
pub type PurgeAt = Arc<dyn Fn(&str) -> Result<i64, String> + Send + Sync>;

/// A piece of work that is leased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    /// Deletes unsent responses 30 days after the close.
    PurgeUnsent,
    /// Deletes sessions, links, invitations and counts that are over, and what is left of old mails.
    Expire,
    /// Seals new rows of the audit log.
    SealAudit,
    /// Deletes the personal parts of sent responses when their time is over.
    Retain,
}

impl Work {
    const ALL: [Self; 4] = [
        Self::PurgeUnsent,
        Self::Expire,
        Self::SealAudit,
        Self::Retain,
    ];

    const fn name(self) -> &'static str {
        match self {
            Self::PurgeUnsent => "purge_unsent",
            Self::Expire => "expire",
            Self::SealAudit => "seal_audit",
            Self::Retain => "retention",
        }
    }

    /// How often it is done, in microseconds.
    const fn every(self) -> i64 {
        match self {
            Self::PurgeUnsent | Self::Retain => 60 * MINUTE,
            Self::Expire => 15 * MINUTE,
            Self::SealAudit => MINUTE,
        }
    }
}

/// All background work of one node.
pub struct Jobs {
    store: Store,
    postman: Postman,
    purge_at: PurgeAt,
    retention: Option<Retention>,
    /// What this node calls itself; no two may have the same name.
    node: String,
}

impl Jobs {
    /// Work on `store`, done under the name `node`.
    #[must_use]
    pub fn new(store: Store, postman: Postman, purge_at: PurgeAt, node: String) -> Self {
        Self {
            store,
            postman,
            purge_at,
            retention: None,
            node,
        }
    }

    /// With a rule for what is kept of sent responses; without one, all is kept.
    #[must_use]
    pub fn with_retention(mut self, retention: Retention) -> Self {
        self.retention = Some(retention);
        self
    }

    /// Works until `stop` turns true or its sender is gone.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        loop {
            let stopped = async { stop.wait_for(|stop| *stop).await.map(|_| ()) };
            if tokio::time::timeout(TICK, stopped).await.is_ok() {
                return;
            }
            self.round().await;
        }
    }

    /// Does what is due now. Trouble is logged and tried again at a later round.
    pub async fn round(&self) {
        if let Err(error) = self.postman.deliver_due(&self.store).await {
            tracing::error!(%error, "mails could not be delivered");
        }
        for work in Work::ALL {
            if let Err(error) = self.lease_and_do(work).await {
                tracing::error!(job = work.name(), %error, "a job failed");
            }
        }
    }

    async fn lease_and_do(&self, work: Work) -> Result<(), StorageError> {
        if !jobs::is_due(&self.store, work.name(), work.every()).await?
            || !jobs::lease(
                &self.store,
                work.name(),
                &self.node,
                10 * MINUTE,
                work.every(),
            )
            .await?
        {
            return Ok(());
        }
        match work {
            Work::PurgeUnsent => purge::purge_unsent(&self.store, &self.purge_at).await?,
            Work::Expire => {
                let tx = self.store.begin().await?;
                sessions::purge(&tx).await?;
                half_sessions::purge(&tx).await?;
                links::purge(&tx).await?;
                invitations::purge(&tx, 30 * 24 * 60 * MINUTE).await?;
                // No window is longer than an hour.
                limits::purge(&tx, 60 * MINUTE).await?;
                outbox::purge(&tx, 30 * 24 * 60 * MINUTE).await?;
                tx.commit().await?;
            }
            Work::Retain => {
                if let Some(retention) = &self.retention {
                    retention::delete_due(&self.store, retention).await?;
                }
            }
            Work::SealAudit => {
                seal_new_rows(&self.store).await?;
            }
        }
        jobs::finish(&self.store, work.name(), &self.node).await
    }
}
