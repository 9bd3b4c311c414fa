//! Long free texts, for finding the same words in several responses.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use uuid::Uuid;

use crate::storage::{StorageError, Store};

/// A question's own text in one response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LongText {
    /// The response.
    pub response_id: Uuid,
    /// The question's key.
    pub question: String,
    /// The words.
    pub text: String,
}

/// The texts of at least `least` characters of some responses, in no order; without "other, please say" and without
/// those marked sensitive. Ask for a few thousand responses at a time.
///
/// # Errors
/// When the database can't be read.
pub async fn long_texts(
    store: &Store,
    ids: &[Uuid],
    least: usize,
) -> Result<Vec<LongText>, StorageError> {
    use entity::response_text::{Column, Entity};
    let rows: Vec<(Uuid, String, String)> = Entity::find()
        .select_only()
        .columns([Column::ResponseId, Column::Question, Column::Text])
        .filter(Column::ResponseId.is_in(ids.iter().copied()))
        .filter(Column::Code.eq(""))
        .filter(Column::Sensitive.eq(false))
        // Both engines count characters so.
        .filter(Expr::cust(format!("length(response_text.text) >= {least}")))
        .into_tuple()
        .all(store.reads())
        .await?;
    let text = |(response_id, question, text)| LongText {
        response_id,
        question,
        text,
    };
    Ok(rows.into_iter().map(text).collect())
}
