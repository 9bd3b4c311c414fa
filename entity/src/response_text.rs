//! A free text of a response: one row each, never in the document.

use sea_orm::entity::prelude::*;

/// A free text of a response: one row each, never in the document.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "response_text")]
pub struct Model {
    /// The response.
    #[sea_orm(primary_key, auto_increment = false)]
    pub response_id: Uuid,
    /// The question's key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub question: String,
    /// The choice whose "other, please say" it is; empty for the question's own text.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code: String,
    /// The words.
    #[sea_orm(column_type = "Text")]
    pub text: String,
    /// Whether the question is marked sensitive.
    pub sensitive: bool,
}

/// Tables it is joined with.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The response it is part of.
    #[sea_orm(
        belongs_to = "super::response::Entity",
        from = "Column::ResponseId",
        to = "super::response::Column::Id"
    )]
    Response,
}

impl Related<super::response::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Response.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
