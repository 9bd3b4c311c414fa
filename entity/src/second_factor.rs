//! The app that makes somebody's codes.

use sea_orm::entity::prelude::*;

/// The app that makes somebody's codes.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: Uuid,
    /// Its secret, encrypted.
    pub secret: Vec<u8>,
    /// The last step of time whose code was used.
    pub last_step: i64,
    /// When it was set up (unix microseconds).
    pub confirmed_at: i64,
}

/// Tables it points at; joins are written where they are used.
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
