//! Backups, tested by restoring them.

use crate::storage::{
    StorageError, backup,
    fixture::{TestDatabase, first_page, on_both, survey},
    meta, responses, restore,
};

/// Only this user may read it.
fn only_ours(file: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(
        file.metadata().unwrap().permissions().mode() & 0o077,
        0,
        "{}",
        file.display()
    );
}

#[tokio::test]
async fn a_new_database_is_private_and_makes_its_folder() {
    let mut database = TestDatabase::sqlite();
    let path = database
        .folder
        .path()
        .join("new folder")
        .join("answers.sqlite");
    database.config.url = format!("sqlite://{}", path.display());
    let store = database.open_as_owner().await;
    let version = survey(&store, "plan").await;
    responses::save_page(&store, first_page(&version))
        .await
        .unwrap();
    only_ours(&path);
    only_ours(&path.with_extension("sqlite-wal"));
}

on_both! {
    async fn a_backup_made_while_saving_can_be_restored(database) {
        let store = database.open_as_owner().await;
        let version = survey(&store, "plan").await;
        let save = first_page(&version);
        let id = save.id;
        responses::save_page(&store, save).await.unwrap();
        let file = database.folder.path().join("backup");
        let saving = async {
            for _ in 0..30 {
                responses::save_page(&store, first_page(&version)).await.unwrap();
            }
        };
        let (made, ()) = tokio::join!(backup(&store, &file), saving);
        made.unwrap();
        assert!(backup(&store, &file).await.is_err(), "a backup is never overwritten");
        only_ours(&file);
        assert!(matches!(restore(&database.config, &file).await, Err(StorageError::Owned(_) | StorageError::Refused(_))));
        store.close().await.unwrap();

        let other = match database.engine {
            crate::storage::Engine::Sqlite => TestDatabase::sqlite(),
            crate::storage::Engine::Postgres => TestDatabase::postgres().await,
        };
        restore(&other.config, &file).await.unwrap();
        let restored = other.open().await;
        assert!(responses::find(&restored, id).await.unwrap().is_some());
        assert!(!meta::is_simulated(&restored).await.unwrap());
        responses::save_page(&restored, first_page(&version)).await.unwrap();
        assert!(matches!(restore(&other.config, &file).await, Err(StorageError::Refused(_))), "it is not empty");
    }
}

on_both! {
    async fn what_is_no_backup_is_not_restored(database) {
        let file = database.folder.path().join("nonsense");
        std::fs::write(&file, "nonsense").unwrap();
        assert!(restore(&database.config, &file).await.is_err());
        assert!(restore(&database.config, &database.folder.path().join("absent")).await.is_err());
        database.open().await;
    }
}
