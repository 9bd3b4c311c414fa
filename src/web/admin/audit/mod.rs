//! The audit log: read, narrowed, searched, and taken out in a file.

mod asked;
mod files;
mod names;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data};
use jiff::{Timestamp, tz::TimeZone};

use self::{asked::Asked, names::LogNames};
use super::session::{Section, SignedInOfficer};
use crate::{
    audit::{Row, chain, sentence::sentence},
    storage::audit::{self, ChainState, LogPlace},
    survey::message::{Arg, Message, day},
    web::{
        errors::PageError,
        moments,
        pages::{AuditLine, AuditPage, ChainView, FilterList},
        site::Site,
        templates::Link,
        urls::Url,
        words::Speaker,
    },
};

pub use files::{csv, json_lines};

/// How many rows a page holds.
const PER_PAGE: u32 = 50;

/// `GET /admin/audit`. Looking at it is not an event: it shows what colleagues did, and nothing of residents.
///
/// # Errors
/// [`PageError::Unprocessable`] for an address that asks for what there is not; or a failing store.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
) -> Result<HttpResponse, PageError> {
    let names = LogNames::read(&site).await?;
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let asked = Asked::read(request.query_string(), &names, &speaker)?;
    let teller = Teller::new(&site, &names, speaker);
    let query = asked.rows(&teller.zone, &names, &speaker);
    // One more says whether there is a next page.
    let mut rows = audit::page(&site.store, &query, PER_PAGE + 1).await?;
    let has_next = rows.len() > PER_PAGE as usize;
    rows.truncate(PER_PAGE as usize);
    let last = rows.last().filter(|_| has_next);
    let next = last.map(|row| {
        let place = LogPlace {
            at: row.at,
            id: row.id,
        };
        address(Url::Audit, &asked.query(Some(place)))
    });
    let list = |name, key, options| FilterList { name, key, options };
    let narrowed = asked.query(None);
    let page = AuditPage {
        action: Url::Audit.to_string(),
        lists: vec![
            list("person", "audit-person", asked.people(&names, &speaker)),
            list("kind", "audit-kind", asked.kinds(&speaker)),
            list("survey", "audit-survey", asked.surveys(&names, &speaker)),
        ],
        from: asked.from.map_or_else(String::new, |day| day.to_string()),
        to: asked.to.map_or_else(String::new, |day| day.to_string()),
        search: asked.search.clone().unwrap_or_default(),
        clear: (!narrowed.is_empty()).then(|| Url::Audit.to_string()),
        lines: rows.iter().map(|row| teller.line(row)).collect(),
        newest: asked
            .is_later_page()
            .then(|| address(Url::Audit, &narrowed)),
        next,
        files: vec![
            Link {
                text: speaker.id("audit-file-csv"),
                href: address(Url::AuditFile("csv"), &narrowed),
            },
            Link {
                text: speaker.id("audit-file-json-lines"),
                href: address(Url::AuditFile("jsonl"), &narrowed),
            },
        ],
        chain: teller.chain(&audit::state(&site.store).await?),
    };
    let layout = officer.layout_at(&site, Section::Audit);
    site.page(StatusCode::OK, &layout, &page)
}

fn address(url: Url<'_>, query: &str) -> String {
    if query.is_empty() {
        url.to_string()
    } else {
        format!("{url}?{query}")
    }
}

/// Tells rows in sentences, and moments by the place's clock.
struct Teller<'a> {
    names: &'a LogNames,
    speaker: Speaker<'a>,
    zone: TimeZone,
}

impl<'a> Teller<'a> {
    fn new(site: &'a Site, names: &'a LogNames, speaker: Speaker<'a>) -> Self {
        Self {
            names,
            speaker,
            zone: TimeZone::get(site.place.time_zone()).unwrap_or(TimeZone::UTC),
        }
    }

    /// What happened. A row that another version wrote is told by its kind.
    fn sentence(&self, row: &Row) -> String {
        let told = row.by().zip(row.event().ok());
        self.speaker.say(&match told {
            Some((by, event)) => sentence(by, &event, self.names),
            None => Message::new("audit-unreadable").with("kind", row.kind.as_str()),
        })
    }

    fn line(&self, row: &Row) -> AuditLine {
        let at = Timestamp::from_microsecond(row.at).unwrap_or_default();
        let local = self.zone.to_datetime(at);
        let hour = i64::from(local.hour());
        let two = |number: i8| format!("{number:02}");
        let when = Message::new("audit-moment")
            .with("day", day(local.date()))
            .with("hour", if hour % 12 == 0 { 12 } else { hour % 12 })
            .with("minute", two(local.minute()))
            .with("second", two(local.second()))
            .with("half", if hour < 12 { "am" } else { "pm" });
        AuditLine {
            at: at.to_string(),
            when: self.speaker.say(&when),
            sentence: self.sentence(row),
        }
    }

    fn chain(&self, state: &ChainState) -> ChainView {
        let count = |count: u64| Arg::Number(i64::try_from(count).unwrap_or(i64::MAX));
        let last = state.last.as_ref().map(|seal| {
            let at = Timestamp::from_microsecond(seal.sealed_at).unwrap_or_default();
            self.speaker.say(
                &Message::new("audit-chain-last")
                    .with("when", moments::moment(at, &self.zone, &self.speaker))
                    .with("number", seal.number)
                    .with("rows", seal.last),
            )
        });
        let waiting = Message::new("audit-chain-waiting").with("count", count(state.unsealed));
        ChainView {
            last: last.unwrap_or_else(|| self.speaker.id("audit-chain-none")),
            waiting: self.speaker.say(&waiting),
            head: state.last.as_ref().map(|seal| chain::hex(&seal.hash)),
        }
    }
}
