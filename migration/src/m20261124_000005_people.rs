//! People: second factors, recovery codes, half sessions, invitations that can be seen and withdrawn.

use sea_orm_migration::{prelude::*, schema::*};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let session = Table::drop().table("admin_session").to_owned();
        manager.drop_table(session).await?;
        for table in tables() {
            manager.create_table(table).await?;
        }
        for (table, column) in [
            ("user_account", big_integer_null("seen_at")),
            ("sign_in_link", uuid_null("invitation_id")),
        ] {
            let change = Table::alter().table(table).add_column(column).to_owned();
            manager.alter_table(change).await?;
        }
        for (name, table, column) in [
            ("admin_session_user", "admin_session", "user_id"),
            ("recovery_code_user", "recovery_code", "user_id"),
        ] {
            let index = Index::create()
                .name(name)
                .table(table)
                .col(column)
                .to_owned();
            manager.create_index(index).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            "invitation",
            "half_session",
            "recovery_code",
            "second_factor",
        ] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        for (table, column) in [
            ("sign_in_link", "invitation_id"),
            ("user_account", "seen_at"),
            ("admin_session", "id"),
            ("admin_session", "confirmed_at"),
        ] {
            let change = Table::alter().table(table).drop_column(column).to_owned();
            manager.alter_table(change).await?;
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
        // Made anew, because its new columns have no value for a session that began before: everybody signs in once more.
        Table::create()
            .table("admin_session")
            .col(blob("token_hash").primary_key())
            .col(uuid("id"))
            .col(uuid("user_id"))
            .col(blob("csrf"))
            .col(big_integer("created_at"))
            .col(big_integer("seen_at"))
            .col(big_integer("expires_at"))
            .col(big_integer("confirmed_at"))
            .foreign_key(&mut of_user("admin_session"))
            .to_owned(),
        Table::create()
            .table("half_session")
            .col(blob("token_hash").primary_key())
            .col(uuid("user_id"))
            .col(big_integer("expires_at"))
            .col(integer("tries"))
            .foreign_key(&mut of_user("half_session"))
            .to_owned(),
        Table::create()
            .table("second_factor")
            .col(pk_uuid("user_id"))
            .col(blob("secret"))
            .col(big_integer("last_step"))
            .col(big_integer("confirmed_at"))
            .foreign_key(&mut of_user("second_factor"))
            .to_owned(),
        Table::create()
            .table("recovery_code")
            .col(blob("code_hash").primary_key())
            .col(uuid("user_id"))
            .foreign_key(&mut of_user("recovery_code"))
            .to_owned(),
        Table::create()
            .table("invitation")
            .col(pk_uuid("id"))
            .col(string("email"))
            .col(string("name"))
            .col(string("role"))
            .col(big_integer("created_at"))
            .col(big_integer("expires_at"))
            .col(big_integer_null("accepted_at"))
            .to_owned(),
    ]
}
