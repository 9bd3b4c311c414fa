//! A definition that officers are writing.

use sea_orm::entity::prelude::*;

/// A definition that officers are writing: the newest revision of it.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "draft")]
pub struct Model {
    /// The survey's name in addresses.
    #[sea_orm(primary_key, auto_increment = false)]
    pub slug: String,
    /// Counts up with each save, from 1.
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
