//! The audit log and the chain of seals over it: added to, never changed.

use sea_orm_migration::{
    prelude::*,
    schema::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// The migration.
#[derive(DeriveMigrationName)]
pub struct Migration;

/// What is added to only.
const TABLES: [&str; 3] = ["audit_entry", "audit_sealed", "audit_seal"];

/// What a list is narrowed by; each index goes on in the list's own order, so that a page costs what it shows.
const NARROWED_BY: [&str; 6] = [
    "kind",
    "actor",
    "by_account",
    "account",
    "survey",
    "response",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let entry = Table::create()
            .table("audit_entry")
            .col(big_pk_auto("id"))
            .col(big_integer("at"))
            .col(string("actor"))
            .col(uuid_null("by_account"))
            .col(string("kind"))
            .col(small_integer("format"))
            .col(string_null("survey"))
            .col(uuid_null("response"))
            .col(uuid_null("account"))
            .col(text("details"))
            .to_owned();
        let sealed = Table::create()
            .table("audit_sealed")
            .col(big_integer("position").primary_key())
            .col(big_integer_uniq("entry"))
            .col(blob("sha256"))
            .to_owned();
        let seal = Table::create()
            .table("audit_seal")
            .col(big_integer("number").primary_key())
            .col(big_integer("first"))
            .col(big_integer("last"))
            .col(big_integer("highest"))
            .col(big_integer("sealed_at"))
            .col(blob("previous"))
            .col(blob("hash"))
            .to_owned();
        for table in [entry, sealed, seal] {
            manager.create_table(table).await?;
        }
        for column in [None].into_iter().chain(NARROWED_BY.map(Some)) {
            let name = format!("audit_entry_{}", column.unwrap_or("at"));
            let mut index = Index::create().name(name).table("audit_entry").to_owned();
            if let Some(column) = column {
                index.col(column);
            }
            manager
                .create_index(index.col("at").col("id").to_owned())
                .await?;
        }
        let connection = manager.get_connection();
        for sql in triggers(manager.get_database_backend()) {
            connection.execute_unprepared(&sql).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // A table's triggers go with it.
        for table in TABLES {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        if manager.get_database_backend() == DbBackend::Postgres {
            manager
                .get_connection()
                .execute_unprepared("DROP FUNCTION audit_is_only_added_to")
                .await?;
        }
        Ok(())
    }
}

/// What refuses every change of what is written.
fn triggers(backend: DbBackend) -> Vec<String> {
    if backend == DbBackend::Postgres {
        let function = "CREATE FUNCTION audit_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$";
        let triggers = TABLES.map(|table| {
            format!(
                "CREATE TRIGGER {table}_is_only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} \
                 FOR EACH STATEMENT EXECUTE FUNCTION audit_is_only_added_to()"
            )
        });
        return [function.to_owned()].into_iter().chain(triggers).collect();
    }
    let of = |table: &str, change: &str| {
        format!(
            "CREATE TRIGGER {table}_{change}_refused BEFORE {change} ON {table} \
             BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END"
        )
    };
    let mut all = Vec::new();
    for table in TABLES {
        all.extend(["UPDATE", "DELETE"].map(|change| of(table, change)));
    }
    all
}
