//! From errors to pages: one enum, one status, one set of words each, and a reference to quote.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};

use crate::{
    actions::{DownloadError, answer_page::AnswerError},
    live::{LiveError, catalogue::CatalogueError},
    storage::StorageError,
};

/// Why a page can't be shown. The page with its words is made in `middleware::errors`, which knows the language.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PageError {
    /// The request can't be read.
    #[error("the request can't be read")]
    BadRequest,
    /// Nobody is signed in, or the form did not come from this site.
    #[error("not allowed")]
    Forbidden,
    /// The form's secret is missing or stale.
    #[error("the form's token is missing or stale")]
    StaleForm,
    /// There is no such page.
    #[error("no such page")]
    NotFound,
    /// This address does not take this kind of request.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// Something changed meanwhile: what was sent was made for what is no longer there.
    #[error("changed meanwhile")]
    Conflict,
    /// More was sent than a form can hold.
    #[error("too much was sent")]
    TooLarge,
    /// The body is not a form.
    #[error("not a form")]
    UnsupportedForm,
    /// Something in the address is not known; says what, and what is.
    #[error("{0}")]
    Unprocessable(String),
    /// Too many tries.
    #[error("too many tries")]
    TooMany,
    /// The database is busy, full or away.
    #[error("not available: {0}")]
    Unavailable(String),
    /// Something broke that should not.
    #[error("internal: {0}")]
    Internal(String),
}

impl PageError {
    /// The message ids of its page's heading and of what to do.
    #[must_use]
    pub fn message_ids(&self) -> (&'static str, &'static str) {
        match self {
            Self::BadRequest => ("failure-bad-request-title", "failure-bad-request"),
            Self::Forbidden => ("failure-forbidden-title", "failure-forbidden"),
            Self::StaleForm => ("failure-form-expired-title", "failure-form-expired"),
            Self::NotFound => ("failure-not-found-title", "failure-not-found"),
            Self::MethodNotAllowed => ("failure-bad-request-title", "failure-bad-request"),
            Self::Conflict => ("failure-conflict-title", "failure-conflict"),
            Self::TooLarge => ("failure-too-large-title", "failure-too-large"),
            Self::UnsupportedForm => ("failure-bad-request-title", "failure-bad-request"),
            Self::Unprocessable(_) => ("failure-unprocessable-title", "failure-unprocessable"),
            Self::TooMany => ("failure-too-many-title", "failure-too-many"),
            Self::Unavailable(_) => ("failure-unavailable-title", "failure-unavailable"),
            Self::Internal(_) => ("failure-internal-title", "failure-internal"),
        }
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Forbidden | Self::StaleForm => StatusCode::FORBIDDEN,
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Conflict => StatusCode::CONFLICT,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedForm => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::Unprocessable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(self.clone());
        response
    }
}

impl From<StorageError> for PageError {
    fn from(error: StorageError) -> Self {
        if is_passing(&error) {
            Self::Unavailable(error.to_string())
        } else {
            Self::Internal(error.to_string())
        }
    }
}

impl From<AnswerError> for PageError {
    fn from(error: AnswerError) -> Self {
        match error {
            AnswerError::Storage(error) => error.into(),
            AnswerError::Conflict(_) => Self::Conflict,
            error @ AnswerError::Damaged { .. } => Self::Internal(error.to_string()),
        }
    }
}

impl From<CatalogueError> for PageError {
    fn from(error: CatalogueError) -> Self {
        match error {
            CatalogueError::Storage(error) => error.into(),
            error @ CatalogueError::Definition { .. } => Self::Internal(error.to_string()),
        }
    }
}

impl From<LiveError> for PageError {
    fn from(error: LiveError) -> Self {
        let is_passing = match &error {
            LiveError::Storage(inner) => is_passing(inner),
            LiveError::Unsettled | LiveError::Stopped => true,
            LiveError::Catalogue(_) | LiveError::Schema(_) | LiveError::NoVersion => false,
        };
        if is_passing {
            Self::Unavailable(error.to_string())
        } else {
            Self::Internal(error.to_string())
        }
    }
}

impl From<DownloadError> for PageError {
    fn from(error: DownloadError) -> Self {
        match error {
            DownloadError::Storage(error) => error.into(),
            error => Self::Internal(error.to_string()),
        }
    }
}

/// Whether it may go well in a moment.
fn is_passing(error: &StorageError) -> bool {
    matches!(
        error,
        StorageError::Busy(_) | StorageError::Full(_) | StorageError::Unavailable(_)
    )
}
