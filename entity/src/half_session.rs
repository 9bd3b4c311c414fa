//! Somebody whose password was right and whose code is still to come.

use sea_orm::entity::prelude::*;

/// Somebody whose password was right and whose code is still to come.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "half_session")]
pub struct Model {
    /// SHA-256 of its secret.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    /// Who is signing in.
    pub user_id: Uuid,
    /// When it is over (unix microseconds).
    pub expires_at: i64,
    /// How many codes were tried.
    pub tries: i32,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
