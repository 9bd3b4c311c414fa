//! The audit log: rows are added and read, never changed; the database's triggers refuse anything else.
//!
//! A row joins the transaction of what it tells of. Seals are made by `actions::audit`; here they are kept.

mod list;

#[cfg(test)]
pub(super) use list::sql;
pub use list::{About, LogPlace, LogQuery, page};

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QueryResult, QuerySelect,
};
use uuid::Uuid;

use crate::audit::{
    Row,
    chain::{Hash, Place, Seal},
};
use crate::storage::{StorageError, Store, Tx, statement};

/// A row to add; its identity and time are the database's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// The kind of actor.
    pub actor: &'static str,
    /// The account that acted, if one did.
    pub by_account: Option<Uuid>,
    /// The kind of event.
    pub kind: &'static str,
    /// The number of the format of `details`.
    pub format: i16,
    /// The survey it is about, by its name in addresses.
    pub survey: Option<String>,
    /// The response it is about.
    pub response: Option<Uuid>,
    /// The account it is about.
    pub account: Option<Uuid>,
    /// The event as JSON.
    pub details: String,
}

/// What stands unsealed, and the last seal.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChainState {
    /// The last seal.
    pub last: Option<Seal>,
    /// How many rows no seal covers yet.
    pub unsealed: u64,
}

/// How long after a row drew its identity it may become visible, in microseconds: a day. No transaction is open so long;
/// rows that were missed all the same are counted by a walk along the chain.
const LATE: i64 = 24 * 60 * 60 * 1_000_000;

/// A row's columns, as [`read_row`] reads them.
const COLUMNS: &str = "e.id, e.at, e.actor, e.by_account, e.kind, e.format, e.survey, e.response, e.account, e.details";

/// Adds a row.
///
/// # Errors
/// When the database is busy or away.
pub async fn add(tx: &Tx, new: NewRow) -> Result<(), StorageError> {
    let sql = "INSERT INTO audit_entry (at, actor, by_account, kind, format, survey, response, account, details) \
         VALUES ({now}, $1, $2, $3, $4, $5, $6, $7, $8)";
    let values = [
        new.actor.into(),
        new.by_account.into(),
        new.kind.into(),
        new.format.into(),
        new.survey.into(),
        new.response.into(),
        new.account.into(),
        new.details.into(),
    ];
    tx.run(sql, values).await?;
    Ok(())
}

/// Rows that are committed and have no place yet, `limit` at most, by identity.
///
/// # Errors
/// When the database can't be read.
pub async fn unsealed(tx: &Tx, limit: u64) -> Result<Vec<Row>, StorageError> {
    let after = settled(&tx.inner, tx.now().await?).await?;
    let sql = format!(
        "SELECT {COLUMNS} FROM audit_entry e WHERE e.id > $1 \
         AND NOT EXISTS (SELECT 1 FROM audit_sealed s WHERE s.entry = e.id) ORDER BY e.id LIMIT $2"
    );
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = tx
        .inner
        .query_all_raw(statement(tx.engine, &sql, [after.into(), limit.into()]))
        .await?;
    rows.iter().map(|row| read_row(row, 0)).collect()
}

/// The highest identity of all rows that were sealed a day ago: those before it have long become visible.
async fn settled(connection: &impl ConnectionTrait, now: i64) -> Result<i64, StorageError> {
    use entity::audit_seal::{Column, Entity};
    let seal = Entity::find()
        .filter(Column::SealedAt.lt(now - LATE))
        .order_by_desc(Column::Number)
        .one(connection)
        .await?;
    Ok(seal.map_or(0, |seal| seal.highest))
}

/// The last seal, asked inside a transaction.
///
/// # Errors
/// When the database can't be read.
pub async fn last_seal(tx: &Tx) -> Result<Option<Seal>, StorageError> {
    newest(&tx.inner).await
}

async fn newest(connection: &impl ConnectionTrait) -> Result<Option<Seal>, StorageError> {
    use entity::audit_seal::{Column, Entity};
    let seal = Entity::find()
        .order_by_desc(Column::Number)
        .one(connection)
        .await?;
    seal.map(read_seal).transpose()
}

/// Keeps a seal with the places it covers.
///
/// # Errors
/// [`StorageError::Duplicate`] if another node has sealed meanwhile.
pub async fn add_seal(tx: &Tx, seal: &Seal, places: &[Place]) -> Result<(), StorageError> {
    let places = places
        .iter()
        .map(|place| entity::audit_sealed::ActiveModel {
            position: Set(place.position),
            entry: Set(place.entry),
            sha256: Set(place.sha256.to_vec()),
        });
    entity::audit_sealed::Entity::insert_many(places)
        .exec_without_returning(&tx.inner)
        .await?;
    let row = entity::audit_seal::ActiveModel {
        number: Set(seal.number),
        first: Set(seal.first),
        last: Set(seal.last),
        highest: Set(seal.highest),
        sealed_at: Set(seal.sealed_at),
        previous: Set(seal.previous.to_vec()),
        hash: Set(seal.hash.to_vec()),
    };
    entity::audit_seal::Entity::insert(row)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(())
}

/// The first seal after a number, whatever its number is.
///
/// # Errors
/// When the database can't be read.
pub async fn seal_after(store: &Store, number: i64) -> Result<Option<Seal>, StorageError> {
    use entity::audit_seal::{Column, Entity};
    let seal = Entity::find()
        .filter(Column::Number.gt(number))
        .order_by_asc(Column::Number)
        .limit(1)
        .one(store.reads())
        .await?;
    seal.map(read_seal).transpose()
}

/// The places from `first` to `last` that are there, each with its row if that is there.
///
/// # Errors
/// When the database can't be read.
pub async fn sealed_rows(
    store: &Store,
    first: i64,
    last: i64,
) -> Result<Vec<(Place, Option<Row>)>, StorageError> {
    let sql = format!(
        "SELECT s.position, s.entry, s.sha256, {COLUMNS} FROM audit_sealed s \
         LEFT JOIN audit_entry e ON e.id = s.entry WHERE s.position BETWEEN $1 AND $2 ORDER BY s.position"
    );
    let rows = store
        .reads()
        .query_all_raw(statement(store.engine(), &sql, [first.into(), last.into()]))
        .await?;
    let read = |row: &QueryResult| {
        let place = Place {
            position: row.try_get_by_index(0)?,
            entry: row.try_get_by_index(1)?,
            sha256: hash(row.try_get_by_index(2)?)?,
        };
        let is_there = row.try_get_by_index::<Option<i64>>(3)?.is_some();
        let entry = is_there.then(|| read_row(row, 3)).transpose()?;
        Ok((place, entry))
    };
    rows.iter().map(read).collect()
}

/// How many places stand after the last seal: none, unless somebody took it away.
///
/// # Errors
/// When the database can't be read.
pub async fn places_beyond(store: &Store) -> Result<u64, StorageError> {
    let sql = "SELECT count(*) FROM audit_sealed \
         WHERE position > (SELECT coalesce(max(last), 0) FROM audit_seal)";
    count(store, sql, None).await
}

/// How many rows have no place, counted over all: what a walk along the chain says beside its head.
///
/// # Errors
/// When the database can't be read.
pub async fn count_unsealed(store: &Store) -> Result<u64, StorageError> {
    unsealed_after(store, i64::MIN).await
}

async fn unsealed_after(store: &Store, id: i64) -> Result<u64, StorageError> {
    let sql = "SELECT count(*) FROM audit_entry e WHERE e.id > $1 \
         AND NOT EXISTS (SELECT 1 FROM audit_sealed s WHERE s.entry = e.id)";
    count(store, sql, Some(id)).await
}

async fn count(store: &Store, sql: &str, value: Option<i64>) -> Result<u64, StorageError> {
    let values = value.map(Into::into);
    let row = store
        .reads()
        .query_one_raw(statement(store.engine(), sql, values))
        .await?;
    let count: i64 = row.map_or(Ok(0), |row| row.try_get_by_index(0))?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The last seal and how much waits for the next, for a page: only what was written since a day before is counted.
///
/// # Errors
/// When the database can't be read.
pub async fn state(store: &Store) -> Result<ChainState, StorageError> {
    let last = newest(store.reads()).await?;
    let after = settled(store.reads(), store.now().await?).await?;
    Ok(ChainState {
        last,
        unsealed: unsealed_after(store, after).await?,
    })
}

pub(super) fn read_row(row: &QueryResult, from: usize) -> Result<Row, StorageError> {
    Ok(Row {
        id: row.try_get_by_index(from)?,
        at: row.try_get_by_index(from + 1)?,
        actor: row.try_get_by_index(from + 2)?,
        by_account: row.try_get_by_index(from + 3)?,
        kind: row.try_get_by_index(from + 4)?,
        format: row.try_get_by_index(from + 5)?,
        survey: row.try_get_by_index(from + 6)?,
        response: row.try_get_by_index(from + 7)?,
        account: row.try_get_by_index(from + 8)?,
        details: row.try_get_by_index(from + 9)?,
    })
}

fn read_seal(row: entity::audit_seal::Model) -> Result<Seal, StorageError> {
    Ok(Seal {
        number: row.number,
        first: row.first,
        last: row.last,
        highest: row.highest,
        sealed_at: row.sealed_at,
        previous: hash(row.previous)?,
        hash: hash(row.hash)?,
    })
}

fn hash(bytes: Vec<u8>) -> Result<Hash, StorageError> {
    bytes.try_into().map_err(|_| {
        StorageError::Corrupt("a hash of the audit log has the wrong length".to_owned())
    })
}
