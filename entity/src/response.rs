//! One respondent's answers. The row begins with the first page saved.

use sea_orm::entity::prelude::*;

/// One respondent's answers. The row begins with the first page saved.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "response")]
pub struct Model {
    /// Its identity (UUID version 7).
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// The survey answered.
    pub survey_id: Uuid,
    /// The version answered.
    pub version_id: Uuid,
    /// 0 in progress, 1 submitted, 2 withdrawn.
    pub state: i16,
    /// Counts its changes; guards each save.
    pub revision: i32,
    /// How it came in.
    pub channel: i16,
    /// The language it was answered in.
    pub language: String,
    /// Whether a program made it up.
    pub simulated: bool,
    /// SHA-256 of the session's secret; none when nobody may continue it.
    pub token_hash: Option<Vec<u8>>,
    /// What the resident quotes; given at submit.
    #[sea_orm(unique)]
    pub reference: Option<String>,
    /// Answers, opaque here.
    #[sea_orm(column_type = "Text")]
    pub document: String,
    /// Answers to sensitive questions, opaque here.
    #[sea_orm(column_type = "Text", nullable)]
    pub sensitive: Option<String>,
    /// Which pages were saved and when, as JSON page → unix microseconds.
    #[sea_orm(column_type = "Text")]
    pub pages: String,
    /// When it was started (unix microseconds).
    pub started_at: i64,
    /// When it last changed (unix microseconds).
    pub updated_at: i64,
    /// When it was submitted (unix microseconds).
    pub submitted_at: Option<i64>,
    /// Marks for whoever weighs results, one bit each.
    pub flags: i16,
}

/// Tables it is joined with.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// Its free texts.
    #[sea_orm(has_many = "super::response_text::Entity")]
    Text,
}

impl Related<super::response_text::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Text.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
