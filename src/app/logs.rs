//! Structured logs on stderr: what happened, never to whom.

use tracing_subscriber::{EnvFilter, layer::SubscriberExt, util::SubscriberInitExt};

use super::AppError;
use crate::config::{Log, LogFormat};

/// Starts logging.
///
/// # Errors
/// [`AppError::Setting`] for a filter that can't be read.
pub(super) fn start(log: &Log) -> Result<(), AppError> {
    let filter = EnvFilter::try_new(&log.filter)
        .map_err(|error| AppError::Setting(format!("HYS_LOG can't be read: {error}")))?;
    let registry = tracing_subscriber::registry().with(filter);
    let started = match log.format {
        LogFormat::Json => registry
            .with(
                tracing_subscriber::fmt::layer()
                    .json()
                    .flatten_event(true)
                    .with_writer(std::io::stderr),
            )
            .try_init(),
        LogFormat::Text => registry
            .with(tracing_subscriber::fmt::layer().with_writer(std::io::stderr))
            .try_init(),
    };
    started.map_err(|error| AppError::Setting(format!("logs can't be started: {error}")))
}
