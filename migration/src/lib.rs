//! Migrations: every change of the tables, in order, for both engines.

pub use sea_orm_migration::prelude::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m20260901_000001_surveys_and_responses;
mod m20260901_000002_office_and_background;
mod m20261124_000003_response_flags;
mod m20261124_000004_frozen_results;
mod m20261124_000005_people;
mod m20261124_000006_audit;
mod m20261124_000007_drafts;

/// Brings a database to the tables this program works with.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20260901_000001_surveys_and_responses::Migration),
            Box::new(m20260901_000002_office_and_background::Migration),
            Box::new(m20261124_000003_response_flags::Migration),
            Box::new(m20261124_000004_frozen_results::Migration),
            Box::new(m20261124_000005_people::Migration),
            Box::new(m20261124_000006_audit::Migration),
            Box::new(m20261124_000007_drafts::Migration),
        ]
    }
}
