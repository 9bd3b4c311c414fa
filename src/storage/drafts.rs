//! Drafts of definitions with every revision saved. Documents are opaque text here.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{StorageError, Store, Tx};

/// A draft, or one of its revisions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The survey's name in addresses.
    pub slug: String,
    /// Counts up with each save, from 1.
    pub revision: u32,
    /// The definition as JSON.
    pub document: String,
    /// The name of the officer who saved it.
    pub saved_by: String,
    /// When (unix microseconds).
    pub saved_at: i64,
}

/// What a list says about a draft or revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftLine {
    /// The survey's name in addresses.
    pub slug: String,
    /// Which revision.
    pub revision: u32,
    /// Who saved it.
    pub saved_by: String,
    /// When (unix microseconds).
    pub saved_at: i64,
}

/// A revision to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRevision<'a> {
    /// The survey's name in addresses.
    pub slug: &'a str,
    /// The revision it is made from; 0 for a new draft.
    pub expected: u32,
    /// The definition as JSON.
    pub document: String,
    /// The name of the officer.
    pub saved_by: &'a str,
}

/// Saves the next revision of a draft, if the newest is still the one expected, and says its number; none when somebody
/// saved meanwhile. The first makes the draft.
///
/// # Errors
/// [`StorageError::Duplicate`] when a new draft exists already; when the database is busy or away.
pub async fn save(tx: &Tx, new: NewRevision<'_>) -> Result<Option<u32>, StorageError> {
    let now = tx.now().await?;
    let next = new
        .expected
        .checked_add(1)
        .and_then(|next| i32::try_from(next).ok());
    let next = next.ok_or_else(|| StorageError::Refused("too many revisions".to_owned()))?;
    if new.expected == 0 {
        let row = entity::draft::ActiveModel {
            slug: Set(new.slug.to_owned()),
            revision: Set(next),
            document: Set(new.document.clone()),
            saved_by: Set(new.saved_by.to_owned()),
            saved_at: Set(now),
        };
        entity::draft::Entity::insert(row)
            .exec_without_returning(&tx.inner)
            .await?;
    } else {
        use entity::draft::{Column, Entity};
        let changed = Entity::update_many()
            .col_expr(Column::Revision, next.into())
            .col_expr(Column::Document, new.document.clone().into())
            .col_expr(Column::SavedBy, new.saved_by.into())
            .col_expr(Column::SavedAt, now.into())
            .filter(Column::Slug.eq(new.slug))
            .filter(Column::Revision.eq(next - 1))
            .exec(&tx.inner)
            .await?;
        if changed.rows_affected == 0 {
            return Ok(None);
        }
    }
    let row = entity::draft_revision::ActiveModel {
        slug: Set(new.slug.to_owned()),
        revision: Set(next),
        document: Set(new.document),
        saved_by: Set(new.saved_by.to_owned()),
        saved_at: Set(now),
    };
    entity::draft_revision::Entity::insert(row)
        .exec_without_returning(&tx.inner)
        .await?;
    Ok(Some(new.expected + 1))
}

/// A draft.
///
/// # Errors
/// When the database can't be read.
pub async fn find(store: &Store, slug: &str) -> Result<Option<Draft>, StorageError> {
    let row = entity::draft::Entity::find_by_id(slug)
        .one(store.reads())
        .await?;
    Ok(row.map(|row| Draft {
        slug: row.slug,
        revision: row.revision.unsigned_abs(),
        document: row.document,
        saved_by: row.saved_by,
        saved_at: row.saved_at,
    }))
}

/// A revision of a draft.
///
/// # Errors
/// When the database can't be read.
pub async fn revision(
    store: &Store,
    slug: &str,
    revision: u32,
) -> Result<Option<Draft>, StorageError> {
    let Ok(number) = i32::try_from(revision) else {
        return Ok(None);
    };
    let row = entity::draft_revision::Entity::find_by_id((slug.to_owned(), number))
        .one(store.reads())
        .await?;
    Ok(row.map(|row| Draft {
        slug: row.slug,
        revision: row.revision.unsigned_abs(),
        document: row.document,
        saved_by: row.saved_by,
        saved_at: row.saved_at,
    }))
}

type Row = (String, i32, String, i64);

fn line((slug, revision, saved_by, saved_at): Row) -> DraftLine {
    DraftLine {
        slug,
        revision: revision.unsigned_abs(),
        saved_by,
        saved_at,
    }
}

/// Every draft, newest saved first; without documents.
///
/// # Errors
/// When the database can't be read.
pub async fn all(store: &Store) -> Result<Vec<DraftLine>, StorageError> {
    use entity::draft::{Column, Entity};
    let rows: Vec<Row> = Entity::find()
        .select_only()
        .columns([
            Column::Slug,
            Column::Revision,
            Column::SavedBy,
            Column::SavedAt,
        ])
        .order_by_desc(Column::SavedAt)
        .order_by_asc(Column::Slug)
        .into_tuple()
        .all(store.reads())
        .await?;
    Ok(rows.into_iter().map(line).collect())
}

/// The newest `limit` revisions of a draft, newest first; without documents.
///
/// # Errors
/// When the database can't be read.
pub async fn revisions(
    store: &Store,
    slug: &str,
    limit: u64,
) -> Result<Vec<DraftLine>, StorageError> {
    use entity::draft_revision::{Column, Entity};
    let rows: Vec<Row> = Entity::find()
        .select_only()
        .columns([
            Column::Slug,
            Column::Revision,
            Column::SavedBy,
            Column::SavedAt,
        ])
        .filter(Column::Slug.eq(slug))
        .order_by_desc(Column::Revision)
        .limit(limit)
        .into_tuple()
        .all(store.reads())
        .await?;
    Ok(rows.into_iter().map(line).collect())
}
