//! Somebody of the office.

use sea_orm::entity::prelude::*;

/// Somebody of the office.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "user_account")]
pub struct Model {
    /// Their identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Their address, in small letters.
    #[sea_orm(unique)]
    pub email: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: String,
    /// Argon2id, in PHC form.
    #[sea_orm(column_type = "Text")]
    pub password_hash: String,
    /// When they joined (unix microseconds).
    pub created_at: i64,
    /// Whether they are shut out.
    pub disabled: bool,
    /// When they were last here (unix microseconds, to the minute).
    pub seen_at: Option<i64>,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
