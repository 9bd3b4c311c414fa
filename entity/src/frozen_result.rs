//! A results page as it was at one moment.

use sea_orm::entity::prelude::*;

/// A results page as it was at one moment: figures, never answers of anybody.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "frozen_result")]
pub struct Model {
    /// Its identity.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Its survey.
    pub survey_id: Uuid,
    /// The page's address below the survey's own, fixed at its moment.
    #[sea_orm(column_type = "Text")]
    pub address: String,
    /// Whether it shows figures of a sensitive question.
    pub sensitive: bool,
    /// The moment of the state it shows (unix microseconds).
    pub as_of: i64,
    /// The version of the software that made it.
    pub software: String,
    /// SHA-256 of the document.
    pub sha256: Vec<u8>,
    /// Everything on the page, as JSON.
    #[sea_orm(column_type = "Text")]
    pub document: String,
    /// Its figures as CSV.
    #[sea_orm(column_type = "Text")]
    pub sheet: String,
    /// The name of the officer who froze it.
    pub frozen_by: String,
    /// When it was frozen (unix microseconds).
    pub frozen_at: i64,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
