//! Comments: the free texts of submitted responses, newest first.

use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{Engine, StorageError, Store, responses::Channel, statement};

/// Which comments to list.
#[derive(Debug, Clone)]
pub struct CommentQuery {
    /// The survey.
    pub survey_id: Uuid,
    /// The questions whose texts are listed; all, if empty. Texts of sensitive questions are never listed.
    pub questions: Vec<String>,
    /// Words that must stand in the text, in small letters or capitals; nothing if left out.
    pub search: Option<String>,
    /// Where the page before ended.
    pub after: Option<CommentPlace>,
    /// How many to give at most.
    pub limit: usize,
}

/// A place in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentPlace {
    /// When the response last changed (unix microseconds).
    pub updated_at: i64,
    /// The response.
    pub response_id: Uuid,
    /// The question's key.
    pub question: String,
    /// The choice's code, or nothing.
    pub code: String,
}

/// A comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Where it stands in the list: its identity.
    pub place: CommentPlace,
    /// The words.
    pub text: String,
    /// When the response was submitted (unix microseconds).
    pub submitted_at: i64,
    /// How it came in.
    pub channel: Channel,
    /// Whether a program made it up.
    pub simulated: bool,
}

/// A page of comments.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommentPage {
    /// The comments.
    pub comments: Vec<Comment>,
    /// Where to go on; none at the end.
    pub next: Option<CommentPlace>,
}

/// How many rows are read at once while looking for comments that `keep` keeps.
const BATCH: usize = 500;
/// How many comments are counted at once: no text is read for it.
const COUNTED: usize = 20_000;

/// Lists comments that `keep` keeps, by response, question and code: who is in a filter is known by the dataset in memory, not
/// by SQL.
///
/// # Errors
/// When the database can't be read.
pub async fn page(
    store: &Store,
    query: &CommentQuery,
    keep: impl Fn(&Uuid, &str, &str) -> bool,
) -> Result<CommentPage, StorageError> {
    let mut comments = Vec::new();
    let mut after = query.after.clone();
    // The first batch is the page and one more, which says whether there is a next page.
    let mut batch = query.limit + 1;
    loop {
        let rows = read(store, query, after.as_ref(), batch).await?;
        let more = rows.len() == batch;
        after = rows.last().map(|row| row.place.clone());
        comments.extend(rows.into_iter().filter(|row| {
            let place = &row.place;
            keep(&place.response_id, &place.question, &place.code)
        }));
        if comments.len() > query.limit {
            comments.truncate(query.limit);
            let next = comments.last().map(|comment| comment.place.clone());
            return Ok(CommentPage { comments, next });
        }
        if !more {
            return Ok(CommentPage {
                comments,
                next: None,
            });
        }
        batch = BATCH;
    }
}

/// How many comments there are that `keep` keeps, wherever a list of them stands.
///
/// # Errors
/// When the database can't be read.
pub async fn count(
    store: &Store,
    query: &CommentQuery,
    keep: impl Fn(&Uuid, &str, &str) -> bool,
) -> Result<u64, StorageError> {
    let mut kept = 0;
    let mut after: Option<(Uuid, String, String)> = None;
    loop {
        let mut bound = Bound::default();
        // In the order of the texts' own key: each part is a range of it, and nothing is sorted.
        let mut sql = format!(
            "SELECT t.response_id, t.question, t.code FROM response_text t CROSS JOIN response r \
             WHERE r.id = t.response_id{}",
            conditions(store, query, &mut bound)
        );
        if let Some((id, question, code)) = after.take() {
            let key = [id.into(), question.into(), code.into()].map(|value| bound.bind(value));
            sql.push_str(&format!(
                " AND (t.response_id, t.question, t.code) > ({})",
                key.join(", ")
            ));
        }
        sql.push_str(&format!(
            " ORDER BY t.response_id, t.question, t.code LIMIT {COUNTED}"
        ));
        let rows = store
            .reads()
            .query_all_raw(statement(store.engine(), &sql, bound.0))
            .await?;
        let is_last = rows.len() < COUNTED;
        for row in rows {
            let (id, question, code): (Uuid, String, String) = (
                row.try_get_by_index(0)?,
                row.try_get_by_index(1)?,
                row.try_get_by_index(2)?,
            );
            kept += u64::from(keep(&id, &question, &code));
            after = Some((id, question, code));
        }
        if is_last {
            return Ok(kept);
        }
    }
}

/// Values bound to a statement.
#[derive(Default)]
struct Bound(Vec<Value>);

impl Bound {
    /// Binds a value; what stands for it.
    fn bind(&mut self, value: Value) -> String {
        self.0.push(value);
        format!("${}", self.0.len())
    }
}

/// Which texts `t` of responses `r` a query is about, as conditions that follow others.
fn conditions(store: &Store, query: &CommentQuery, bound: &mut Bound) -> String {
    let survey = bound.bind(query.survey_id.into());
    let mut sql = format!(" AND r.survey_id = {survey} AND r.state = 1 AND NOT t.sensitive");
    if !query.questions.is_empty() {
        let list: Vec<String> = query
            .questions
            .iter()
            .map(|key| bound.bind(key.clone().into()))
            .collect();
        sql.push_str(&format!(" AND t.question IN ({})", list.join(", ")));
    }
    if let Some(words) = &query.search {
        // SQLite's lower() knows ASCII only; PostgreSQL's knows every letter.
        let words = match store.engine() {
            Engine::Sqlite => words.to_ascii_lowercase(),
            Engine::Postgres => words.to_lowercase(),
        };
        let pattern = format!("%{}%", escape_like(&words));
        sql.push_str(&format!(
            " AND lower(t.text) LIKE {} ESCAPE '!'",
            bound.bind(pattern.into())
        ));
    }
    sql
}

async fn read(
    store: &Store,
    query: &CommentQuery,
    after: Option<&CommentPlace>,
    limit: usize,
) -> Result<Vec<Comment>, StorageError> {
    let mut bound = Bound::default();
    let mut sql = format!(
        "SELECT r.updated_at, r.id, t.question, t.code, t.text, r.submitted_at, r.channel, r.simulated \
         FROM response r JOIN response_text t ON t.response_id = r.id WHERE 1 = 1{}",
        conditions(store, query, &mut bound)
    );
    if let Some(place) = after {
        let (at, id) = (
            bound.bind(place.updated_at.into()),
            bound.bind(place.response_id.into()),
        );
        let (question, code) = (
            bound.bind(place.question.clone().into()),
            bound.bind(place.code.clone().into()),
        );
        // Newest response first, but its texts in their own order.
        sql.push_str(&format!(
            " AND r.updated_at <= {at} AND ((r.updated_at, r.id) < ({at}, {id}) \
             OR (r.id = {id} AND (t.question, t.code) > ({question}, {code})))"
        ));
    }
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    sql.push_str(&format!(
        " ORDER BY r.updated_at DESC, r.id DESC, t.question, t.code LIMIT {}",
        bound.bind(limit.into())
    ));
    let rows = store
        .reads()
        .query_all_raw(statement(store.engine(), &sql, bound.0))
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Comment {
                place: CommentPlace {
                    updated_at: row.try_get_by_index(0)?,
                    response_id: row.try_get_by_index(1)?,
                    question: row.try_get_by_index(2)?,
                    code: row.try_get_by_index(3)?,
                },
                text: row.try_get_by_index(4)?,
                submitted_at: row.try_get_by_index(5)?,
                channel: Channel::from_number(row.try_get_by_index(6)?)?,
                simulated: row.try_get_by_index(7)?,
            })
        })
        .collect()
}

/// Makes `%`, `_` and the escape itself stand for themselves.
fn escape_like(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '%' | '_' | '!') {
            escaped.push('!');
        }
        escaped.push(c);
    }
    escaped
}
