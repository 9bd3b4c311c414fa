//! A seal over rows of the audit log.

use sea_orm::entity::prelude::*;

/// A seal over rows of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_seal")]
pub struct Model {
    /// 1, 2, 3 …
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// The first place it covers.
    pub first: i64,
    /// The last place it covers.
    pub last: i64,
    /// The highest identity of a row it or an earlier one covers.
    pub highest: i64,
    /// When it was made (unix microseconds).
    pub sealed_at: i64,
    /// The hash of the seal before.
    pub previous: Vec<u8>,
    /// Its own hash.
    pub hash: Vec<u8>,
}

/// Tables it points at: none.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
