//! An officer's signed-in browser.

use sea_orm::entity::prelude::*;

/// An officer's signed-in browser.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "admin_session")]
pub struct Model {
    /// SHA-256 of the session's secret.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: Vec<u8>,
    /// What it is called on pages: no secret.
    pub id: Uuid,
    /// Who is signed in.
    pub user_id: Uuid,
    /// What its forms are signed with.
    pub csrf: Vec<u8>,
    /// When it began (unix microseconds).
    pub created_at: i64,
    /// When it was last used (unix microseconds, to the minute).
    pub seen_at: i64,
    /// When it ends at the latest (unix microseconds).
    pub expires_at: i64,
    /// When its holder last proved to be who they are (unix microseconds).
    pub confirmed_at: i64,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
