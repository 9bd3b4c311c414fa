//! The audit log as a file, streamed: however long it is, one page of rows is in memory.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::header,
    web::{Bytes, Data},
};
use futures_util::stream;
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;

use super::{Asked, LogNames, Teller};
use crate::{
    actions::audit::record_sight,
    audit::{Event, Row},
    export::{
        csv::{Cell, CsvWriter},
        names,
    },
    storage::audit::{self, LogPlace, LogQuery},
    survey::ids::Lang,
    web::{admin::session::SignedInOfficer, errors::PageError, site::Site, words::Speaker},
};

/// How many rows are read and written at a time.
const BATCH: u32 = 1_000;

/// The columns of the CSV.
const COLUMNS: [&str; 10] = [
    "id",
    "at",
    "actor",
    "by_account",
    "event",
    "survey",
    "response",
    "account",
    "sentence",
    "details",
];

/// What a file is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Csv,
    JsonLines,
}

/// `GET /admin/audit.csv`.
///
/// # Errors
/// As the page.
pub async fn csv(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
) -> Result<HttpResponse, PageError> {
    file(site, &officer, &request, Form::Csv).await
}

/// `GET /admin/audit.jsonl`.
///
/// # Errors
/// As the page.
pub async fn json_lines(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
) -> Result<HttpResponse, PageError> {
    file(site, &officer, &request, Form::JsonLines).await
}

async fn file(
    site: Data<Site>,
    officer: &SignedInOfficer,
    request: &HttpRequest,
    form: Form,
) -> Result<HttpResponse, PageError> {
    let names = LogNames::read(&site).await?;
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let asked = Asked::read(request.query_string(), &names, &speaker)?;
    let zone = TimeZone::get(site.place.time_zone()).unwrap_or(TimeZone::UTC);
    let query = asked.rows(&zone, &names, &speaker);
    let event = Event::LogDownloaded {
        filter: asked.filter(),
        searched: asked.search.is_some(),
    };
    record_sight(&site.store, officer.actor(), &event).await?;
    let (kind, suffix) = match form {
        Form::Csv => ("text/csv; charset=utf-8", "csv"),
        Form::JsonLines => ("application/jsonl; charset=utf-8", "jsonl"),
    };
    let today = zone.to_datetime(site.clock.now()).date();
    let name = format!("internal-audit-log-{today}.{suffix}");
    let writing = Writing {
        site,
        names: Arc::new(names),
        lang,
        query,
        form,
        has_begun: false,
        is_over: false,
    };
    let parts = stream::try_unfold(writing, |mut writing| async move {
        let part = writing.advance().await?;
        Ok::<_, PageError>(part.map(|part| (part, writing)))
    });
    Ok(HttpResponse::Ok()
        .content_type(kind)
        .insert_header((header::CONTENT_DISPOSITION, names::disposition(&name)))
        .streaming(parts))
}

/// Where a file has come to.
struct Writing {
    site: Data<Site>,
    names: Arc<LogNames>,
    lang: Lang,
    query: LogQuery,
    form: Form,
    has_begun: bool,
    is_over: bool,
}

impl Writing {
    async fn advance(&mut self) -> Result<Option<Bytes>, PageError> {
        if self.is_over {
            return Ok(None);
        }
        let rows = audit::page(&self.site.store, &self.query, BATCH).await?;
        self.is_over = rows.len() < BATCH as usize;
        self.query.after = rows.last().map(|row| LogPlace {
            at: row.at,
            id: row.id,
        });
        let begins = !std::mem::replace(&mut self.has_begun, true);
        if rows.is_empty() && !begins {
            return Ok(None);
        }
        let speaker = Speaker::new(self.site.templates.texts(), &self.lang);
        let teller = Teller::new(&self.site, &self.names, speaker);
        let written = match self.form {
            Form::Csv => sheet(&teller, &rows, begins),
            Form::JsonLines => Ok(lines(&teller, &rows)),
        };
        let bytes = written.map_err(|error| PageError::Internal(error.to_string()))?;
        // A part without bytes would end the stream.
        Ok((!bytes.is_empty()).then(|| bytes.into()))
    }
}

fn moment(row: &Row) -> String {
    Timestamp::from_microsecond(row.at)
        .unwrap_or_default()
        .to_string()
}

fn sheet(teller: &Teller<'_>, rows: &[Row], begins: bool) -> std::io::Result<Vec<u8>> {
    let mut csv = if begins {
        CsvWriter::new(Vec::new(), &COLUMNS)?
    } else {
        CsvWriter::resume(Vec::new(), COLUMNS.len())
    };
    let id = |id: Option<uuid::Uuid>| id.map_or(Cell::Empty, |id| Cell::word(id.to_string()));
    for row in rows {
        csv.row([
            Cell::Whole(row.id),
            Cell::word(moment(row)),
            Cell::word(row.actor.as_str()),
            id(row.by_account),
            Cell::word(row.kind.as_str()),
            row.survey.as_deref().map_or(Cell::Empty, Cell::word),
            id(row.response),
            id(row.account),
            Cell::text(teller.sentence(row)),
            Cell::text(row.details.as_str()),
        ])?;
    }
    csv.finish()
}

fn lines(teller: &Teller<'_>, rows: &[Row]) -> Vec<u8> {
    let mut written = Vec::new();
    for row in rows {
        let details: serde_json::Value = serde_json::from_str(&row.details).unwrap_or_default();
        let line = json!({
            "id": row.id,
            "at": moment(row),
            "actor": row.actor,
            "by_account": row.by_account,
            "event": row.kind,
            "survey": row.survey,
            "response": row.response,
            "account": row.account,
            "sentence": teller.sentence(row),
            "details": details,
        });
        written.extend_from_slice(line.to_string().as_bytes());
        written.push(b'\n');
    }
    written
}
