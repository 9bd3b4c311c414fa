//! Surveys, their frozen versions, responses and their texts.

use sea_orm_migration::{prelude::*, schema::*};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in tables() {
            manager.create_table(table).await?;
        }
        manager
            .create_index(
                Index::create()
                    .name("survey_version_number")
                    .table("survey_version")
                    .col("survey_id")
                    .col("number")
                    .unique()
                    .to_owned(),
            )
            .await?;
        // Serves the follow-up of submitted responses, the counts by state and the purge: one index instead of
        // two, because every page saved has to maintain each.
        manager
            .create_index(
                Index::create()
                    .name("response_follow_up")
                    .table("response")
                    .col("survey_id")
                    .col("state")
                    .col("updated_at")
                    .col("id")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("response_deleted_follow_up")
                    .table("response_deleted")
                    .col("survey_id")
                    .col("deleted_at")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "response_deleted",
            "response_text",
            "response",
            "survey_version",
            "survey",
            "meta",
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![
        Table::create()
            .table("meta")
            .col(string("key").primary_key())
            .col(text("value"))
            .to_owned(),
        Table::create()
            .table("survey")
            .col(pk_uuid("id"))
            .col(string_uniq("slug"))
            .col(uuid_null("current_version_id"))
            .col(big_integer("created_at"))
            .to_owned(),
        Table::create()
            .table("survey_version")
            .col(pk_uuid("id"))
            .col(uuid("survey_id"))
            .col(integer("number"))
            .col(text("definition"))
            .col(blob("sha256"))
            .col(big_integer("published_at"))
            .foreign_key(
                ForeignKey::create()
                    .from("survey_version", "survey_id")
                    .to("survey", "id"),
            )
            .to_owned(),
        Table::create()
            .table("response")
            .col(pk_uuid("id"))
            .col(uuid("survey_id"))
            .col(uuid("version_id"))
            .col(small_integer("state"))
            .col(integer("revision"))
            .col(small_integer("channel"))
            .col(string("language"))
            .col(boolean("simulated"))
            .col(blob_null("token_hash"))
            .col(string_null("reference").unique_key())
            .col(text("document"))
            .col(text_null("sensitive"))
            .col(text("pages"))
            .col(big_integer("started_at"))
            .col(big_integer("updated_at"))
            .col(big_integer_null("submitted_at"))
            .foreign_key(
                ForeignKey::create()
                    .from("response", "survey_id")
                    .to("survey", "id"),
            )
            .foreign_key(
                ForeignKey::create()
                    .from("response", "version_id")
                    .to("survey_version", "id"),
            )
            .to_owned(),
        Table::create()
            .table("response_text")
            .col(uuid("response_id"))
            .col(string("question"))
            .col(string("code"))
            .col(text("text"))
            .col(boolean("sensitive"))
            .primary_key(
                Index::create()
                    .col("response_id")
                    .col("question")
                    .col("code"),
            )
            .foreign_key(
                ForeignKey::create()
                    .from("response_text", "response_id")
                    .to("response", "id")
                    .on_delete(ForeignKeyAction::Cascade),
            )
            .to_owned(),
        Table::create()
            .table("response_deleted")
            .col(pk_uuid("id"))
            .col(uuid("survey_id"))
            .col(big_integer("deleted_at"))
            .to_owned(),
    ]
}
