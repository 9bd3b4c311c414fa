//! Background work that one node at a time does.

use sea_orm::entity::prelude::*;

/// Background work that one node at a time does.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Which work.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The node that last took it.
    pub owner: String,
    /// Until when it has it (unix microseconds).
    pub leased_until: Option<i64>,
    /// When it last finished (unix microseconds).
    pub last_run: Option<i64>,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
