//! Results that stay as they were: figures, never answers of anybody.

use sea_orm_migration::{prelude::*, schema::*};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = Table::create()
            .table("frozen_result")
            .col(pk_uuid("id"))
            .col(uuid("survey_id"))
            .col(text("address"))
            .col(boolean("sensitive"))
            .col(big_integer("as_of"))
            .col(string("software"))
            .col(blob("sha256"))
            .col(text("document"))
            .col(text("sheet"))
            .col(string("frozen_by"))
            .col(big_integer("frozen_at"))
            .foreign_key(
                ForeignKey::create()
                    .from("frozen_result", "survey_id")
                    .to("survey", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned();
        manager.create_table(table).await?;
        manager
            .create_index(
                Index::create()
                    .name("frozen_result_survey")
                    .table("frozen_result")
                    .col("survey_id")
                    .col("frozen_at")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .drop_table(Table::drop().table("frozen_result").to_owned())
            .await
    }
}
