//! Drafts of definitions, and every revision of each that was ever saved.

use sea_orm_migration::{prelude::*, schema::*};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let draft = Table::create()
            .table("draft")
            .col(string("slug").primary_key())
            .col(integer("revision"))
            .col(text("document"))
            .col(string("saved_by"))
            .col(big_integer("saved_at"))
            .to_owned();
        manager.create_table(draft).await?;
        let revision = Table::create()
            .table("draft_revision")
            .col(string("slug"))
            .col(integer("revision"))
            .col(text("document"))
            .col(string("saved_by"))
            .col(big_integer("saved_at"))
            .primary_key(Index::create().col("slug").col("revision"))
            .foreign_key(
                ForeignKey::create()
                    .from("draft_revision", "slug")
                    .to("draft", "slug")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(revision).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("draft_revision").to_owned())
            .await?;
        manager
            .drop_table(Table::drop().table("draft").to_owned())
            .await
    }
}
