//! What is left of a response that was deleted after it counted.

use sea_orm::entity::prelude::*;

/// What is left of a response that was deleted after it counted.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "response_deleted")]
pub struct Model {
    /// The response's identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its survey.
    pub survey_id: Uuid,
    /// When it was deleted (unix microseconds).
    pub deleted_at: i64,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
