//! Pages of the audit log cost what they show.

use sea_orm::{ConnectionTrait, Statement};
use uuid::Uuid;

use crate::{
    audit::Actor,
    storage::{
        Engine, Store,
        audit::{About, LogPlace, LogQuery, page, sql},
        fixture::{TestDatabase, on_both},
    },
};

/// A log of `rows` rows about fifty accounts and ten surveys, written at once.
async fn fill(store: &Store, database: &TestDatabase, rows: u32) {
    let tx = store.begin().await.unwrap();
    if database.engine == Engine::Postgres {
        tx.run("SET LOCAL statement_timeout = 0", []).await.unwrap();
    }
    let account = match database.engine {
        Engine::Sqlite => "CAST(substr('0000000000000000' || (n % 50), -16) AS BLOB)",
        Engine::Postgres => {
            "CAST(encode(CAST(lpad(CAST(n % 50 AS text), 16, '0') AS bytea), 'hex') AS uuid)"
        }
    };
    let sql = format!(
        "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows}) \
         INSERT INTO audit_entry (at, actor, by_account, kind, format, survey, details) \
         SELECT CAST(n AS bigint) * 1000000, 'account', {account}, CASE n % 1000 WHEN 0 THEN 'restored' ELSE 'signed_in' END, 1, \
         'survey-' || (n % 10), '{{\"event\":\"signed_in\"}}' FROM numbers"
    );
    tx.run(&sql, []).await.unwrap();
    tx.commit().await.unwrap();
}

fn queries() -> Vec<LogQuery> {
    let all = LogQuery::default();
    let somebody = Uuid::from_bytes(*b"0000000000000007");
    vec![
        all.clone(),
        LogQuery {
            after: Some(LogPlace {
                at: 500_000_000,
                id: 500,
            }),
            ..all.clone()
        },
        LogQuery {
            person: Some(Actor::Account(somebody)),
            ..all.clone()
        },
        LogQuery {
            person: Some(Actor::System),
            ..all.clone()
        },
        LogQuery {
            kind: Some("restored"),
            ..all.clone()
        },
        LogQuery {
            survey: Some("survey-3".to_owned()),
            from: Some(100_000_000),
            until: Some(900_000_000),
            ..all.clone()
        },
        LogQuery {
            about: Some(vec![
                About::Account(somebody),
                About::Survey("survey-4".to_owned()),
                About::Kind("restored"),
                About::Response(somebody),
            ]),
            ..all
        },
    ]
}

/// SQLite says how it would go about each: along an index in the list's own order, with nothing sorted but the few rows of
/// each way.
#[tokio::test]
async fn every_way_to_narrow_the_log_goes_along_an_index() {
    let database = TestDatabase::sqlite();
    let store = database.open().await;
    for query in queries() {
        let (sql, values) = sql(&query, 51).unwrap();
        let explained = Statement::from_sql_and_values(
            store.engine().backend(),
            format!("EXPLAIN QUERY PLAN {sql}"),
            values,
        );
        let mut plan = Vec::new();
        for row in store.reads().query_all_raw(explained).await.unwrap() {
            plan.push(row.try_get_by_index::<String>(3).unwrap());
        }
        let looks: Vec<&String> = plan
            .iter()
            .filter(|step| step.contains(" e ") || step.ends_with(" e"))
            .collect();
        assert!(!looks.is_empty(), "{plan:?}");
        for look in looks {
            assert!(
                look.contains("USING INDEX audit_entry_"),
                "{query:?}: {plan:?}"
            );
        }
    }
}

on_both! {
    async fn a_narrowed_log_is_walked_to_its_end_page_by_page(database) {
        let store = database.open().await;
        fill(&store, database, 2_000).await;
        let mut query = LogQuery { kind: Some("restored"), ..LogQuery::default() };
        assert_eq!(page(&store, &query, 50).await.unwrap().len(), 2);
        query.kind = None;
        query.about = Some(vec![About::Survey("survey-3".to_owned()), About::Kind("restored")]);
        let mut seen = Vec::new();
        loop {
            let rows = page(&store, &query, 50).await.unwrap();
            let Some(last) = rows.last() else { break };
            query.after = Some(LogPlace { at: last.at, id: last.id });
            seen.extend(rows.iter().map(|row| row.id));
        }
        let mut expected: Vec<i64> = (1..=2_000).filter(|n| n % 10 == 3 || n % 1_000 == 0).collect();
        expected.reverse();
        assert_eq!(seen, expected, "newest first, each once");
        query.about = Some(Vec::new());
        assert!(page(&store, &query, 50).await.unwrap().is_empty(), "nothing was found by that name");
    }
}

on_both! {
    #[ignore = "a measurement: a million rows"]
    async fn a_page_of_a_million_rows_is_quick(database) {
        let store = database.open().await;
        fill(&store, database, 1_000_000).await;
        if database.engine == Engine::Postgres {
            database.run_raw("ANALYZE audit_entry").await.unwrap();
        }
        for query in queries() {
            let mut best = std::time::Duration::MAX;
            for _ in 0..5 {
                let begun = std::time::Instant::now();
                page(&store, &query, 51).await.unwrap();
                best = best.min(begun.elapsed());
            }
            println!("{best:?} {query:?}");
            assert!(best.as_millis() < 50, "{query:?}: {best:?}");
        }
    }
}
