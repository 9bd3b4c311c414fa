//! A survey: its name in addresses and which version residents answer now.

use sea_orm::entity::prelude::*;

/// A survey: its name in addresses and which version residents answer now.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its name in addresses.
    #[sea_orm(unique)]
    pub slug: String,
    /// The version new responses answer; none before the first is published.
    pub current_version_id: Option<Uuid>,
    /// When it was first published (unix microseconds).
    pub created_at: i64,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
