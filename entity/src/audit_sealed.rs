//! The place of a sealed row of the audit log.

use sea_orm::entity::prelude::*;

/// The place of a sealed row of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_sealed")]
pub struct Model {
    /// 1, 2, 3 …
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// The row.
    #[sea_orm(unique)]
    pub entry: i64,
    /// SHA-256 of the row as it was sealed.
    pub sha256: Vec<u8>,
}

/// No foreign keys: a row that is gone is what a walk along the chain looks for.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
