//! Facts about the database itself.

use sea_orm::entity::prelude::*;

/// Facts about the database itself.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "meta")]
pub struct Model {
    /// Which fact.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// What it is.
    #[sea_orm(column_type = "Text")]
    pub value: String,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
