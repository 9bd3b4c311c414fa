//! How often something was tried in a window of time.

use sea_orm::entity::prelude::*;

/// How often something was tried in a window of time.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rate_limit")]
pub struct Model {
    /// A keyed hash of what is counted; no address is kept.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: Vec<u8>,
    /// When the window began (unix microseconds).
    pub window_start: i64,
    /// How often since.
    pub count: i32,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
