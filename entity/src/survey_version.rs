//! A frozen definition. A row is never changed.

use sea_orm::entity::prelude::*;

/// A frozen definition. A row is never changed.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "survey_version")]
pub struct Model {
    /// Its identity, which responses point at.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The survey it is a version of.
    pub survey_id: Uuid,
    /// 1, 2, 3 … within its survey.
    pub number: i32,
    /// The definition as canonical JSON.
    #[sea_orm(column_type = "Text")]
    pub definition: String,
    /// SHA-256 of `definition`.
    pub sha256: Vec<u8>,
    /// When it was published (unix microseconds).
    pub published_at: i64,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
