//! Frozen results: pages of figures as they were, kept whatever becomes of the responses they were made from.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::{StorageError, Store, Tx};

/// A page to be frozen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFrozen {
    /// Its identity.
    pub id: Uuid,
    /// Its survey.
    pub survey_id: Uuid,
    /// The page's address below the survey's own.
    pub address: String,
    /// Whether it shows figures of a sensitive question.
    pub sensitive: bool,
    /// The moment of the state it shows (unix microseconds).
    pub as_of: i64,
    /// The version of the software that made it.
    pub software: String,
    /// SHA-256 of the document.
    pub sha256: [u8; 32],
    /// Everything on the page, as JSON.
    pub document: String,
    /// Its figures as CSV.
    pub sheet: String,
    /// The name of the officer who freezes it.
    pub frozen_by: String,
}

/// What a list says about a frozen page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrozenLine {
    /// Its identity.
    pub id: Uuid,
    /// The page's address below the survey's own.
    pub address: String,
    /// Whether it shows figures of a sensitive question.
    pub sensitive: bool,
    /// The moment of the state it shows (unix microseconds).
    pub as_of: i64,
    /// The version of the software that made it.
    pub software: String,
    /// SHA-256 of the document.
    pub sha256: Vec<u8>,
    /// The name of the officer who froze it.
    pub frozen_by: String,
    /// When (unix microseconds).
    pub frozen_at: i64,
}

/// A frozen page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// What a list says about it.
    pub line: FrozenLine,
    /// Everything on the page, as JSON.
    pub document: String,
    /// Its figures as CSV.
    pub sheet: String,
}

/// Keeps a page. There is no way to change one.
///
/// # Errors
/// When the database is busy or away.
pub async fn add(tx: &Tx, new: NewFrozen) -> Result<(), StorageError> {
    let row = entity::frozen_result::ActiveModel {
        id: Set(new.id),
        survey_id: Set(new.survey_id),
        address: Set(new.address),
        sensitive: Set(new.sensitive),
        as_of: Set(new.as_of),
        software: Set(new.software),
        sha256: Set(new.sha256.to_vec()),
        document: Set(new.document),
        sheet: Set(new.sheet),
        frozen_by: Set(new.frozen_by),
        frozen_at: Set(tx.now().await?),
    };
    entity::frozen_result::Entity::insert(row)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(())
}

/// The frozen pages of a survey, newest first, `limit` at most; without their documents.
///
/// # Errors
/// When the database can't be read.
pub async fn list(
    store: &Store,
    survey_id: Uuid,
    limit: u64,
) -> Result<Vec<FrozenLine>, StorageError> {
    use entity::frozen_result::{Column, Entity};
    type Row = (Uuid, String, bool, i64, String, Vec<u8>, String, i64);
    let rows: Vec<Row> = Entity::find()
        .select_only()
        .columns([
            Column::Id,
            Column::Address,
            Column::Sensitive,
            Column::AsOf,
            Column::Software,
            Column::Sha256,
            Column::FrozenBy,
            Column::FrozenAt,
        ])
        .filter(Column::SurveyId.eq(survey_id))
        .order_by_desc(Column::FrozenAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .into_tuple()
        .all(store.reads())
        .await?;
    let line =
        |(id, address, sensitive, as_of, software, sha256, frozen_by, frozen_at): Row| FrozenLine {
            id,
            address,
            sensitive,
            as_of,
            software,
            sha256,
            frozen_by,
            frozen_at,
        };
    Ok(rows.into_iter().map(line).collect())
}

/// A frozen page of a survey.
///
/// # Errors
/// When the database can't be read.
pub async fn find(
    store: &Store,
    survey_id: Uuid,
    id: Uuid,
) -> Result<Option<Frozen>, StorageError> {
    use entity::frozen_result::{Column, Entity};
    let row = Entity::find_by_id(id)
        .filter(Column::SurveyId.eq(survey_id))
        .one(store.reads())
        .await?;
    Ok(row.map(|row| Frozen {
        line: FrozenLine {
            id: row.id,
            address: row.address,
            sensitive: row.sensitive,
            as_of: row.as_of,
            software: row.software,
            sha256: row.sha256,
            frozen_by: row.frozen_by,
            frozen_at: row.frozen_at,
        },
        document: row.document,
        sheet: row.sheet,
    }))
}
