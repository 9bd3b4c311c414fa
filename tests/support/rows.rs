//! A look behind the pages: what the database itself holds.

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement, TryGetable, Value};
use uuid::Uuid;

/// A connection beside the site's own.
pub struct Rows(DatabaseConnection);

impl Rows {
    pub async fn of(url: &str) -> Self {
        let mut options = sea_orm::ConnectOptions::new(url.to_owned());
        options.max_connections(1).sqlx_logging(false);
        Self(Database::connect(options).await.expect("the database"))
    }

    pub async fn close(self) {
        self.0.close().await.expect("it closes");
    }

    pub async fn run(&self, sql: &str) {
        self.0.execute_unprepared(sql).await.expect(sql);
    }

    /// The first column of the first row, if there is one.
    pub async fn one<T: TryGetable>(&self, sql: &str, values: Vec<Value>) -> Option<T> {
        let statement =
            Statement::from_sql_and_values(self.0.get_database_backend(), sql, values);
        let row = self.0.query_one_raw(statement).await.expect(sql)?;
        row.try_get_by_index::<Option<T>>(0).expect(sql)
    }

    pub async fn count(&self, sql: &str) -> i64 {
        self.one(sql, Vec::new()).await.expect("a number")
    }

    /// A response as it is kept.
    pub async fn response(&self, id: Uuid) -> Option<KeptResponse> {
        let of = |column: &str| format!("SELECT {column} FROM response WHERE id = $1");
        let key = || vec![Value::from(id)];
        let text = async |column: &str| self.one::<String>(&of(column), key()).await;
        let state = self
            .one::<i64>(&of("CAST(state AS BIGINT)"), key())
            .await?;
        Some(KeptResponse {
            is_submitted: state == 1,
            reference: text("reference").await,
            document: serde_json::from_str(&text("document").await.unwrap_or_default())
                .expect("a document"),
            pages: serde_json::from_str(&text("pages").await.unwrap_or_default())
                .expect("pages"),
        })
    }

    /// What somebody wrote to a question.
    pub async fn words(&self, id: Uuid, question: &str) -> Option<String> {
        let sql = "SELECT text FROM response_text WHERE response_id = $1 AND question = $2 AND code = ''";
        self.one(sql, vec![id.into(), question.into()]).await
    }
}

/// A response as it is kept.
#[derive(Debug)]
pub struct KeptResponse {
    pub is_submitted: bool,
    pub reference: Option<String>,
    pub document: serde_json::Value,
    pub pages: serde_json::Value,
}

impl KeptResponse {
    /// The answer to a question, as the document writes it.
    pub fn answer(&self, question: &str) -> &serde_json::Value {
        &self.document["a"][question]
    }
}

/// The response that a cookie's value opens.
pub fn response_id(cookie: &str) -> Uuid {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let bytes = URL_SAFE_NO_PAD.decode(cookie).expect("a cookie of ours");
    Uuid::from_slice(&bytes[..16]).expect("an id")
}

/// The value of a cookie that an answer sets.
pub fn cookie_set(headers: &reqwest::header::HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(reqwest::header::SET_COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .filter_map(|value| value.split(';').next()?.split_once('='))
        .find(|(given, _)| *given == name)
        .map(|(_, value)| value.to_owned())
}
