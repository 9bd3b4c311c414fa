//! Pages of the audit log: newest first, narrowed, from a place on.

use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use super::{COLUMNS, read_row};
use crate::{
    audit::{Actor, Row},
    storage::{StorageError, Store, statement},
};

/// Where a page of the log begins: after this row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LogPlace {
    /// When the row was written (unix microseconds).
    pub at: i64,
    /// Its identity.
    pub id: i64,
}

/// Something that a row may be about, found by a word that was searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// Somebody, who acted or on whose account it was.
    Account(Uuid),
    /// A survey, by its name in addresses.
    Survey(String),
    /// A kind of event.
    Kind(&'static str),
    /// A response.
    Response(Uuid),
}

/// Which rows are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// Who acted; of an account also what was done on it.
    pub person: Option<Actor>,
    /// The kind of event.
    pub kind: Option<&'static str>,
    /// The survey, by its name in addresses.
    pub survey: Option<String>,
    /// The first moment (unix microseconds).
    pub from: Option<i64>,
    /// The moment after the last (unix microseconds).
    pub until: Option<i64>,
    /// What it must be about, any of these; anything, if left out.
    pub about: Option<Vec<About>>,
    /// Where the page before ended.
    pub after: Option<LogPlace>,
}

/// Rows of the log, newest first, `limit` at most.
///
/// Each way in which a row can fit is read by its own index, `limit` rows at most, and the newest of all are taken: a page
/// costs what it shows, however long the log is.
///
/// # Errors
/// When the database can't be read.
pub async fn page(store: &Store, query: &LogQuery, limit: u32) -> Result<Vec<Row>, StorageError> {
    let Some((sql, values)) = sql(query, limit) else {
        return Ok(Vec::new());
    };
    let rows = store
        .reads()
        .query_all_raw(statement(store.engine(), &sql, values))
        .await?;
    rows.iter().map(|row| read_row(row, 0)).collect()
}

/// The statement and its values; none, if nothing can fit.
pub(in crate::storage) fn sql(query: &LogQuery, limit: u32) -> Option<(String, Vec<Value>)> {
    let mut bound: Vec<Value> = Vec::new();
    let mut ways = Vec::new();
    let anything = [None];
    let about: Vec<Option<&About>> = match &query.about {
        None => anything.to_vec(),
        Some(about) => about.iter().map(Some).collect(),
    };
    for about in about {
        for (person_column, about_column) in columns(query.person, about) {
            let mut conditions = Vec::new();
            let mut equal = |column: &str, value: Value| {
                bound.push(value);
                conditions.push(format!("e.{column} = ${}", bound.len()));
            };
            match (query.person, person_column) {
                (Some(Actor::Account(id)), Some(column)) => equal(column, id.into()),
                (Some(actor), _) => equal("actor", actor.name().into()),
                (None, _) => {}
            }
            match about {
                Some(About::Account(id) | About::Response(id)) => equal(about_column, (*id).into()),
                Some(About::Survey(slug)) => equal(about_column, slug.clone().into()),
                Some(About::Kind(name)) => equal(about_column, (*name).into()),
                None => {}
            }
            if let Some(kind) = query.kind {
                equal("kind", kind.into());
            }
            if let Some(slug) = &query.survey {
                equal("survey", slug.clone().into());
            }
            let mut bind = |value: i64| {
                bound.push(value.into());
                bound.len()
            };
            if let Some(from) = query.from {
                conditions.push(format!("e.at >= ${}", bind(from)));
            }
            if let Some(until) = query.until {
                conditions.push(format!("e.at < ${}", bind(until)));
            }
            if let Some(place) = query.after {
                let (at, id) = (bind(place.at), bind(place.id));
                conditions.push(format!("(e.at, e.id) < (${at}, ${id})"));
            }
            let narrowed = match conditions.is_empty() {
                true => String::new(),
                false => format!(" WHERE {}", conditions.join(" AND ")),
            };
            ways.push(format!(
                "SELECT * FROM (SELECT {COLUMNS} FROM audit_entry e{narrowed} \
                 ORDER BY e.at DESC, e.id DESC LIMIT {limit}) AS way{}",
                ways.len()
            ));
        }
    }
    match ways.len() {
        0 => None,
        // A row that fits in two ways is listed once.
        _ => {
            let ways = ways.join(" UNION ");
            let sql = format!("{ways} ORDER BY at DESC, id DESC LIMIT {limit}");
            Some((sql, bound))
        }
    }
}

/// The columns that an account may stand in: of whoever is asked for, and of whom a row must be about.
fn columns(
    person: Option<Actor>,
    about: Option<&About>,
) -> Vec<(Option<&'static str>, &'static str)> {
    const OF_ACCOUNT: [&str; 2] = ["by_account", "account"];
    let people: Vec<Option<&'static str>> = match person {
        Some(Actor::Account(_)) => OF_ACCOUNT.map(Some).to_vec(),
        _ => vec![None],
    };
    let abouts: &[&'static str] = match about {
        Some(About::Account(_)) => &OF_ACCOUNT,
        Some(About::Survey(_)) => &["survey"],
        Some(About::Kind(_)) => &["kind"],
        Some(About::Response(_)) => &["response"],
        None => &[""],
    };
    people
        .into_iter()
        .flat_map(|person| abouts.iter().map(move |about| (person, *about)))
        .collect()
}
