//! Downloads: what, of whom, in which form; and the files themselves.

use std::sync::Arc;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Path},
};
use jiff::Timestamp;

use super::{
    looking::Looking,
    results::file_name,
    session::SignedInOfficer,
    view::filters::{FilteredPage, filter_view},
};
use crate::{
    actions::{AnswersDownload, Download, audit::record_sight},
    audit::{AnswersForm, Event},
    export::{
        codebook::Source,
        layout::{Sensitive, Values},
        names,
    },
    results::{ResultPage, ResultQuery, answer},
    web::{
        access::Capability,
        errors::PageError,
        pages::{ExportFile, ExportsPage},
        site::Site,
        urls::Url,
    },
};

/// `GET /admin/surveys/{slug}/exports`.
///
/// # Errors
/// [`PageError`] for an unknown survey, an address that names what there is not, or a failing store.
pub async fn show(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let looking = Looking::at(&site, &officer, &slug).await?;
    let words = looking.words();
    let query = looking.parse("questions", request.query_string())?;
    let overview = ResultQuery {
        filter: query.filter.clone(),
        ..ResultQuery::of(ResultPage::Overview)
    };
    let outcome = answer(&overview, &looking.snapshot);
    let here = FilteredPage {
        slug: looking.slug(),
        path: "exports",
        query: &query,
        extra: &[],
    };
    let in_force = query.query();
    let separator = if in_force.is_empty() { "" } else { "?" };
    let address = |path: &str| {
        Url::AdminSurvey(looking.slug(), &format!("{path}{separator}{in_force}")).to_string()
    };
    let answers = |key, name: &str| ExportFile {
        key,
        href: address(&format!("exports/{name}")),
        name: file_name(&looking, name.trim_end_matches(".csv"), "csv"),
    };
    let figures = |key, page: &str| ExportFile {
        key,
        href: address(&format!("{page}.csv")),
        name: file_name(&looking, page, "csv"),
    };
    let sensitive = [
        answers("exports-codes", "answers-codes-sensitive.csv"),
        answers("exports-labels", "answers-labels-sensitive.csv"),
        answers("exports-codebook", "codebook-sensitive.csv"),
    ];
    let page = ExportsPage {
        head: looking.head("officers-exports")?,
        filter: filter_view(&words, &here, Vec::new(), outcome.state.selected),
        rows: outcome.state.selected,
        files: vec![
            answers("exports-codes", "answers-codes.csv"),
            answers("exports-labels", "answers-labels.csv"),
            answers("exports-codebook", "codebook.csv"),
        ],
        sensitive: sensitive
            .into_iter()
            .filter(|_| officer.may(Capability::SeeSensitive))
            .collect(),
        figures: vec![
            figures("officers-live", "overview"),
            figures("officers-questions", "questions"),
            figures("officers-themes", "themes"),
        ],
        erase: officer
            .may(Capability::EraseResponses)
            .then(|| Url::AdminSurvey(looking.slug(), "erase").to_string()),
    };
    site.page(
        StatusCode::OK,
        &looking.layout(outcome.state.simulated),
        &page,
    )
}

/// A file that can be taken out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum File {
    Answers { labels: bool, sensitive: bool },
    Codebook { sensitive: bool },
}

impl File {
    /// The file with this name in addresses.
    fn named(name: &str) -> Option<Self> {
        FILES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, file)| *file)
    }

    fn is_sensitive(self) -> bool {
        match self {
            Self::Answers { sensitive, .. } | Self::Codebook { sensitive } => sensitive,
        }
    }
}

/// Every file, by its name in addresses.
const FILES: [(&str, File); 6] = [
    (
        "answers-codes.csv",
        File::Answers {
            labels: false,
            sensitive: false,
        },
    ),
    (
        "answers-labels.csv",
        File::Answers {
            labels: true,
            sensitive: false,
        },
    ),
    ("codebook.csv", File::Codebook { sensitive: false }),
    (
        "answers-codes-sensitive.csv",
        File::Answers {
            labels: false,
            sensitive: true,
        },
    ),
    (
        "answers-labels-sensitive.csv",
        File::Answers {
            labels: true,
            sensitive: true,
        },
    ),
    ("codebook-sensitive.csv", File::Codebook { sensitive: true }),
];

/// `GET /admin/surveys/{slug}/exports/{file}`: the file, streamed.
///
/// # Errors
/// As [`show`]; [`PageError::Forbidden`] for sensitive answers without that capability.
pub async fn download(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
    path: Path<(String, String)>,
) -> Result<HttpResponse, PageError> {
    let (slug, name) = path.into_inner();
    let file = File::named(&name).ok_or(PageError::NotFound)?;
    if file.is_sensitive() && !officer.may(Capability::SeeSensitive) {
        return Err(PageError::Forbidden);
    }
    let looking = Looking::at(&site, &officer, &slug).await?;
    let query = looking.parse("questions", request.query_string())?;
    let dataset = &looking.snapshot.dataset;
    let chosen = query.filter.select(dataset);
    let lang = looking.snapshot.definition.first_language();
    let wanted = Download {
        survey_id: looking.survey.id,
        ids: chosen.ids(dataset),
        flags: chosen.flags(dataset),
        values: match file {
            File::Answers { labels: true, .. } => Values::Labels(lang.clone()),
            _ => Values::Codes,
        },
        sensitive: if file.is_sensitive() {
            Sensitive::Include
        } else {
            Sensitive::LeaveOut
        },
    };
    let answers =
        AnswersDownload::open(&site.store, Arc::clone(&looking.snapshot.place), wanted).await?;
    let mut response = HttpResponse::Ok();
    let kept = file_name(&looking, name.trim_end_matches(".csv"), "csv");
    response
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, names::disposition(&kept)));
    if let File::Codebook { .. } = file {
        let source = Source {
            as_of: Timestamp::from_microsecond(looking.snapshot.as_of_micros).unwrap_or_default(),
            responses: u64::try_from(chosen.count()).unwrap_or(u64::MAX),
            filter: &query.query(),
            simulated: Some(chosen.has_simulated(dataset)),
            software: env!("CARGO_PKG_VERSION"),
        };
        let words = looking.words();
        return Ok(response.body(answers.codebook(&source, &lang, &|id| words.id(id))?));
    }
    if let File::Answers { labels, sensitive } = file {
        let event = Event::AnswersDownloaded {
            survey: looking.slug().clone(),
            form: if labels {
                AnswersForm::Labels
            } else {
                AnswersForm::Codes
            },
            sensitive,
            filter: query.query(),
            responses: u64::try_from(answers.len()).unwrap_or(u64::MAX),
        };
        record_sight(&site.store, officer.actor(), &event).await?;
    }
    Ok(response.streaming(answers.chunks()))
}
