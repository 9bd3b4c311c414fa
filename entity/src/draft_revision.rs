//! A draft as it once was.

use sea_orm::entity::prelude::*;

/// A draft as it once was; never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft_revision")]
pub struct Model {
    /// The survey's name in addresses.
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    /// Which revision, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub revision: i32,
    /// The definition as JSON.
    #[sea_orm(column_type = "Text")]
    pub document: String,
    /// The name of the officer who saved it.
    pub saved_by: String,
    /// When it was saved (unix microseconds).
    pub saved_at: i64,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
