//! A link that works once.

use sea_orm::entity::prelude::*;

/// A link that works once.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_link")]
pub struct Model {
    /// SHA-256 of the token in the link.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    /// What it is for.
    pub purpose: String,
    /// Whom it lets in; none for somebody new.
    pub user_id: Option<Uuid>,
    /// The address of somebody new; none if they give it themselves.
    pub email: Option<String>,
    /// The role of somebody new.
    pub role: Option<String>,
    /// When it was made (unix microseconds).
    pub created_at: i64,
    /// When it stops working (unix microseconds).
    pub expires_at: i64,
    /// When it was used (unix microseconds).
    pub used_at: Option<i64>,
    /// The invitation it accepts.
    pub invitation_id: Option<Uuid>,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
