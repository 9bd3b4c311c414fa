//! Responses: saved page by page, submitted once, read back in keyset order.

mod batch;
mod changes;
mod follow;
mod kept;
mod personal;
mod record;
mod remove;
pub(super) mod script;
mod texts;
mod write;

pub use batch::{Batches, Known, NewResponse};
pub use changes::{
    Changed, Happened, changed_since, count_submitted, happened_since, read_answers, withdraw,
};
pub use follow::{
    Deleted, Place, Progress, Sensitive, deleted_since, progress, read, submitted_since,
};
pub use personal::{
    Kept, PersonalParts, delete_personal_parts, find_by_reference, forget, personal_parts,
    with_personal_parts,
};
pub use record::{Beside, Channel, Flags, ResponseState, StoredResponse, StoredText};
pub use remove::{delete, delete_unsent, erase, unsent};
pub use texts::{LongText, long_texts};
pub(super) use write::{Done, Write, apply, apply_on, refused};
pub use write::{
    SaveOutcome, SavePage, Saved, Submit, SubmitOutcome, Submitted, TextChange, end_session,
    save_page, submit,
};

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Select, sea_query::Expr};
use uuid::Uuid;

use super::{On, SecretHash, StorageError, Store};

/// A response with its texts, by its identity; read from the database.
///
/// # Errors
/// When the database can't be read.
pub async fn find(store: &Store, id: Uuid) -> Result<Option<StoredResponse>, StorageError> {
    fetch(store.reads(), id).await
}

/// How long a session may idle, in microseconds: a day after the last page saved it is over.
pub const SESSION_IDLE: i64 = 24 * 60 * 60 * 1_000_000;

/// Notes that a response begins, under an id just drawn: until its first page is saved, the process that owns a SQLite
/// database need not look for it there.
pub fn begin_session(store: &Store, id: Uuid) {
    if let Some(cache) = &store.parts.cache {
        cache.begin(id);
    }
}

/// The response that a session's secret opens. A wrong secret, a session that ended or idled for a day, and a
/// response that never was look the same.
///
/// # Errors
/// When the database can't be read.
pub async fn find_session(
    store: &Store,
    id: Uuid,
    secret: &SecretHash,
) -> Result<Option<Arc<StoredResponse>>, StorageError> {
    let cache = store.parts.cache.as_ref();
    if cache.is_some_and(|cache| cache.is_new(&id)) {
        return Ok(None);
    }
    let kept = cache.and_then(|cache| cache.get(&id));
    // Only an owner of a SQLite database keeps any, and that database's clock is this machine's.
    let found = match kept.filter(|kept| is_fresh(kept.updated_at)) {
        Some(kept) => Some(kept),
        None => {
            let on = On {
                connection: store.reads(),
                engine: store.engine(),
            };
            let read = fetch_session(&on, id).await?.map(Arc::new);
            if let (Some(cache), Some(response)) = (&store.parts.cache, &read)
                && response.state == ResponseState::InProgress
            {
                cache.put(Arc::clone(response));
            }
            read
        }
    };
    Ok(found.filter(|response| response.opens_with(secret)))
}

fn is_fresh(updated_at: i64) -> bool {
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(now.as_micros()).is_ok_and(|now| now < updated_at.saturating_add(SESSION_IDLE))
}

async fn fetch(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<StoredResponse>, StorageError> {
    with_texts(connection, entity::response::Entity::find_by_id(id)).await
}

/// A response whose session has not idled too long.
async fn fetch_session<C: ConnectionTrait>(
    on: &On<'_, C>,
    id: Uuid,
) -> Result<Option<StoredResponse>, StorageError> {
    let fresh = format!("response.updated_at > {} - {SESSION_IDLE}", on.engine.now());
    let query = entity::response::Entity::find_by_id(id).filter(Expr::cust(fresh));
    with_texts(on.connection, query).await
}

/// Reads a response and its texts in one round trip.
async fn with_texts(
    connection: &impl ConnectionTrait,
    query: Select<entity::response::Entity>,
) -> Result<Option<StoredResponse>, StorageError> {
    use entity::response_text::{Column, Entity};
    let found = query
        .find_with_related(Entity)
        .order_by_asc(Column::Question)
        .order_by_asc(Column::Code)
        .all(connection)
        .await?;
    let Some((model, texts)) = found.into_iter().next() else {
        return Ok(None);
    };
    let mut response = StoredResponse::try_from(model)?;
    response.texts = texts.into_iter().map(StoredText::from).collect();
    Ok(Some(response))
}
