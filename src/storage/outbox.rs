//! Mail to be sent. A row joins the transaction it belongs to; a worker leases rows and sends them outside any.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};
use uuid::Uuid;

use super::{Engine, StorageError, Store, Tx, statement};

/// A mail to send. Parameters hold no secret: links are made when it is sent.
#[derive(Clone, PartialEq)]
pub struct NewMail {
    /// Its identity.
    pub id: Uuid,
    /// Which template.
    pub template: String,
    /// The template's parameters.
    pub params: serde_json::Value,
    /// The address.
    pub recipient: String,
    /// The language.
    pub language: String,
}

impl std::fmt::Debug for NewMail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewMail")
            .field("id", &self.id)
            .field("template", &self.template)
            .finish_non_exhaustive()
    }
}

/// A mail that this worker has to send, before its lease ends.
#[derive(Debug, Clone, PartialEq)]
pub struct LeasedMail {
    /// The mail.
    pub mail: NewMail,
    /// How often sending was begun, this time included.
    pub attempts: u32,
    /// How long ago it was asked for, in microseconds.
    pub age: i64,
}

/// Puts a mail into the outbox.
///
/// # Errors
/// When the database is busy or away.
pub async fn add(tx: &Tx, mail: &NewMail) -> Result<(), StorageError> {
    let now = tx.now().await?;
    let row = entity::outbox::ActiveModel {
        id: Set(mail.id),
        template: Set(mail.template.clone()),
        params: Set(mail.params.to_string()),
        recipient: Set(mail.recipient.clone()),
        language: Set(mail.language.clone()),
        created_at: Set(now),
        attempts: Set(0),
        next_at: Set(now),
        leased_until: Set(None),
        sent_at: Set(None),
        failed_at: Set(None),
    };
    entity::outbox::Entity::insert(row)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(())
}

/// Whether any mail is due; asked before [`lease`], so that an empty outbox costs a read and no transaction.
///
/// # Errors
/// When the database can't be read.
pub async fn is_due(store: &Store) -> Result<bool, StorageError> {
    let sql = "SELECT 1 FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND next_at <= {now} \
         AND (leased_until IS NULL OR leased_until <= {now}) LIMIT 1";
    let row = store
        .reads()
        .query_one_raw(statement(store.engine(), sql, []))
        .await?;
    Ok(row.is_some())
}

/// Takes up to `limit` mails that are due, for `lease` microseconds; nobody else gets them meanwhile.
///
/// # Errors
/// When the database is busy or away.
pub async fn lease(store: &Store, limit: u32, lease: i64) -> Result<Vec<LeasedMail>, StorageError> {
    let skip = match store.engine() {
        Engine::Sqlite => "",
        Engine::Postgres => "FOR UPDATE SKIP LOCKED",
    };
    let sql = format!(
        "UPDATE outbox SET leased_until = {{now}} + $1, attempts = attempts + 1 WHERE id IN (\
         SELECT id FROM outbox WHERE sent_at IS NULL AND failed_at IS NULL AND next_at <= {{now}} \
         AND (leased_until IS NULL OR leased_until <= {{now}}) ORDER BY next_at, id LIMIT $2 {skip}) \
         RETURNING id, template, params, recipient, language, attempts, {{now}} - created_at"
    );
    let tx = store.begin().await?;
    let rows = tx
        .inner
        .query_all_raw(statement(
            tx.engine,
            &sql,
            [lease.into(), i64::from(limit).into()],
        ))
        .await?;
    let mut mails = Vec::with_capacity(rows.len());
    for row in rows {
        let params: String = row.try_get_by_index(2)?;
        let attempts: i32 = row.try_get_by_index(5)?;
        mails.push(LeasedMail {
            mail: NewMail {
                id: row.try_get_by_index(0)?,
                template: row.try_get_by_index(1)?,
                params: serde_json::from_str(&params).map_err(|error| {
                    StorageError::Corrupt(format!("a mail's parameters: {error}"))
                })?,
                recipient: row.try_get_by_index(3)?,
                language: row.try_get_by_index(4)?,
            },
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            age: row.try_get_by_index(6)?,
        });
    }
    tx.commit().await?;
    Ok(mails)
}

/// Notes that a mail is sent, and blanks whom it went to and what it said.
///
/// # Errors
/// When the database is busy or away.
pub async fn sent(store: &Store, id: Uuid) -> Result<(), StorageError> {
    finish(store, "sent_at", id).await
}

/// Gives a mail up, and blanks whom it should have gone to and what it said.
///
/// # Errors
/// When the database is busy or away.
pub async fn give_up(store: &Store, id: Uuid) -> Result<(), StorageError> {
    finish(store, "failed_at", id).await
}

async fn finish(store: &Store, column: &'static str, id: Uuid) -> Result<(), StorageError> {
    let tx = store.begin().await?;
    let sql = format!(
        "UPDATE outbox SET {column} = {{now}}, leased_until = NULL, recipient = '', params = '{{}}' WHERE id = $1"
    );
    tx.run(&sql, [id.into()]).await?;
    tx.commit().await
}

/// Puts a mail back, to be tried again in `delay` microseconds.
///
/// # Errors
/// When the database is busy or away.
pub async fn retry(store: &Store, id: Uuid, delay: i64) -> Result<(), StorageError> {
    let tx = store.begin().await?;
    let sql = "UPDATE outbox SET leased_until = NULL, next_at = {now} + $2 WHERE id = $1";
    tx.run(sql, [id.into(), delay.into()]).await?;
    tx.commit().await
}

/// Deletes what is left of mails that were sent or given up more than `age` microseconds ago, and says how many.
///
/// # Errors
/// When the database is busy or away.
pub async fn purge(tx: &Tx, age: i64) -> Result<u64, StorageError> {
    let sql = "DELETE FROM outbox WHERE sent_at <= {now} - $1 OR failed_at <= {now} - $1";
    tx.run(sql, [age.into()]).await
}

/// Makes every waiting mail due now.
#[cfg(test)]
pub(crate) async fn hurry(store: &Store) -> Result<(), StorageError> {
    let tx = store.begin().await?;
    tx.run("UPDATE outbox SET next_at = {now}, leased_until = NULL", [])
        .await?;
    tx.commit().await
}
