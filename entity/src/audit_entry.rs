//! A row of the audit log. Rows are added; the database refuses to change or delete one.

use sea_orm::entity::prelude::*;

/// A row of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entry")]
pub struct Model {
    /// Its identity; given by the database, never twice.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// When (unix microseconds).
    pub at: i64,
    /// The kind of actor.
    pub actor: String,
    /// The account that acted, if one did.
    pub by_account: Option<Uuid>,
    /// The kind of event.
    pub kind: String,
    /// The number of the format of `details`.
    pub format: i16,
    /// The survey it was about, by its name in addresses.
    pub survey: Option<String>,
    /// The response it was about.
    pub response: Option<Uuid>,
    /// The account it was about.
    pub account: Option<Uuid>,
    /// The event as JSON.
    #[sea_orm(column_type = "Text")]
    pub details: String,
}

/// No foreign keys: the log outlives what it is about.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
