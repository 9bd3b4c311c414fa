//! Somebody asked to join the office.

use sea_orm::entity::prelude::*;

/// Somebody asked to join the office.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitation")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Their address, in small letters.
    pub email: String,
    /// Their name; empty, if they give it themselves.
    pub name: String,
    /// What they may do.
    pub role: String,
    /// When they were asked (unix microseconds).
    pub created_at: i64,
    /// When its links stop working (unix microseconds).
    pub expires_at: i64,
    /// When they accepted (unix microseconds).
    pub accepted_at: Option<i64>,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
