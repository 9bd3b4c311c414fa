//! Marks on responses: what whoever weighs results should know of.

use sea_orm_migration::{prelude::*, schema::*};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A constant default: neither engine rewrites the table for it.
        let flags = Table::alter()
            .table("response")
            .add_column(small_integer("flags").default(0))
            .to_owned();
        manager.alter_table(flags).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let flags = Table::alter()
            .table("response")
            .drop_column("flags")
            .to_owned();
        manager.alter_table(flags).await
    }
}
