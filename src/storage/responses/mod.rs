//! Responses: saved page by page, submitted once, read back in keyset order.

mod batch;
mod follow;
mod record;
mod write;

pub use batch::{Batches, NewResponse};
pub use follow::{
    Deleted, Place, Progress, Sensitive, deleted_since, progress, read, submitted_since,
};
pub use record::{Channel, ResponseState, StoredResponse, StoredText};
pub(super) use write::{Done, Write, apply};
pub use write::{
    SaveOutcome, SavePage, Saved, Submit, SubmitOutcome, Submitted, TextChange, delete,
    end_session, purge_unsent, save_page, submit,
};

use std::sync::Arc;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::{SecretHash, StorageError, Store};

/// A response with its texts, by its identity; read from the database.
///
/// # Errors
/// When the database can't be read.
pub async fn find(store: &Store, id: Uuid) -> Result<Option<StoredResponse>, StorageError> {
    fetch(store.reads(), id).await
}

/// The response that a session's secret opens. A wrong secret, a response that ended and one that never was look
/// the same.
///
/// # Errors
/// When the database can't be read.
pub async fn find_session(
    store: &Store,
    id: Uuid,
    secret: &SecretHash,
) -> Result<Option<Arc<StoredResponse>>, StorageError> {
    let kept = store.parts.cache.as_ref().and_then(|cache| cache.get(&id));
    let found = match kept {
        Some(kept) => Some(kept),
        None => {
            let read = find(store, id).await?.map(Arc::new);
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

async fn fetch(
    connection: &impl ConnectionTrait,
    id: Uuid,
) -> Result<Option<StoredResponse>, StorageError> {
    let Some(model) = entity::response::Entity::find_by_id(id)
        .one(connection)
        .await?
    else {
        return Ok(None);
    };
    let texts = entity::response_text::Entity::find()
        .filter(entity::response_text::Column::ResponseId.eq(id))
        .order_by_asc(entity::response_text::Column::Question)
        .order_by_asc(entity::response_text::Column::Code)
        .all(connection)
        .await?;
    let mut response = StoredResponse::try_from(model)?;
    response.texts = texts.into_iter().map(StoredText::from).collect();
    Ok(Some(response))
}
