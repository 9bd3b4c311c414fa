//! A mail to be sent: a template and its parameters, no token and no rendered text.

use sea_orm::entity::prelude::*;

/// A mail to be sent: a template and its parameters, no token and no rendered text.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Which template.
    pub template: String,
    /// Its parameters as JSON; emptied after sending.
    #[sea_orm(column_type = "Text")]
    pub params: String,
    /// The address; emptied after sending.
    pub recipient: String,
    /// The language of the mail.
    pub language: String,
    /// When it was asked for (unix microseconds).
    pub created_at: i64,
    /// How often sending was begun.
    pub attempts: i32,
    /// When it may be tried next (unix microseconds).
    pub next_at: i64,
    /// Until when one worker has it (unix microseconds).
    pub leased_until: Option<i64>,
    /// When it was sent (unix microseconds).
    pub sent_at: Option<i64>,
    /// When it was given up (unix microseconds).
    pub failed_at: Option<i64>,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
