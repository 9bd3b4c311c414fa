//! Accounts, sessions, limits, the outbox and background work.

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
                    .name("outbox_due")
                    .table("outbox")
                    .col("sent_at")
                    .col("failed_at")
                    .col("next_at")
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(
                Index::create()
                    .name("admin_session_user")
                    .table("admin_session")
                    .col("user_id")
                    .to_owned(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "job",
            "outbox",
            "rate_limit",
            "admin_session",
            "sign_in_link",
            "user_account",
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}

fn tables() -> Vec<TableCreateStatement> {
    let of_user = |table: &'static str| {
        ForeignKey::create()
            .from(table, "user_id")
            .to("user_account", "id")
            .on_delete(ForeignKeyAction::Cascade)
            .to_owned()
    };
    vec![
        Table::create()
            .table("user_account")
            .col(pk_uuid("id"))
            .col(string_uniq("email"))
            .col(string("name"))
            .col(string("role"))
            .col(text("password_hash"))
            .col(big_integer("created_at"))
            .col(boolean("disabled"))
            .to_owned(),
        Table::create()
            .table("sign_in_link")
            .col(blob("token_hash").primary_key())
            .col(string("purpose"))
            .col(uuid_null("user_id"))
            .col(string_null("email"))
            .col(string_null("role"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .col(big_integer_null("used_at"))
            .foreign_key(&mut of_user("sign_in_link"))
            .to_owned(),
        Table::create()
            .table("admin_session")
            .col(blob("token_hash").primary_key())
            .col(uuid("user_id"))
            .col(blob("csrf"))
            .col(big_integer("created_at"))
            .col(big_integer("seen_at"))
            .col(big_integer("expires_at"))
            .foreign_key(&mut of_user("admin_session"))
            .to_owned(),
        Table::create()
            .table("rate_limit")
            .col(blob("key").primary_key())
            .col(big_integer("window_start"))
            .col(integer("count"))
            .to_owned(),
        Table::create()
            .table("outbox")
            .col(pk_uuid("id"))
            .col(string("template"))
            .col(text("params"))
            .col(string("recipient"))
            .col(string("language"))
            .col(big_integer("created_at"))
            .col(integer("attempts"))
            .col(big_integer("next_at"))
            .col(big_integer_null("leased_until"))
            .col(big_integer_null("sent_at"))
            .col(big_integer_null("failed_at"))
            .to_owned(),
        Table::create()
            .table("job")
            .col(string("name").primary_key())
            .col(string("owner"))
            .col(big_integer_null("leased_until"))
            .col(big_integer_null("last_run"))
            .to_owned(),
    ]
}
