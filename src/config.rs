//! Settings: defaults, then a file, then the environment; one struct per concern.
//!
//! Every setting has one name in the file (`section.name`) and one in the environment (`HYS_…`); [`SETTINGS`] lists them
//! all and is what `docs/settings.md` is held to. Addresses that may carry a password are [`Secret`]s and never printed.

use std::{fmt, net::SocketAddr, path::PathBuf};

use serde::Deserialize;
use url::Url;

use crate::survey::ids::Lang;

/// One setting: its place in the file, its variable, its default and what it is for.
pub struct Setting {
    /// `section.name` in the file.
    pub key: &'static str,
    /// The variable that overrides it.
    pub variable: &'static str,
    /// The value without file and variable; none means "not set".
    pub default: Option<&'static str>,
    /// What it is for.
    pub meaning: &'static str,
}

macro_rules! settings {
    ($($key:literal $variable:literal $default:expr, $meaning:literal;)*) => {
        /// Every setting there is.
        pub const SETTINGS: &[Setting] = &[
            $(Setting { key: $key, variable: $variable, default: $default, meaning: $meaning },)*
        ];
    };
}

settings! {
    "server.bind" "HYS_BIND" Some("127.0.0.1:8080"), "The address and port the pages are served on.";
    "server.base_url" "HYS_BASE_URL" None, "The address residents use; every link in a mail and every check of a form's origin comes from it. Without it, the bound address under http.";
    "server.metrics_bind" "HYS_METRICS_BIND" None, "The address and port of /metrics; without it there is none.";
    "server.workers" "HYS_WORKERS" Some("2"), "How many threads answer requests.";
    "server.trusted_proxies" "HYS_TRUSTED_PROXIES" Some(""), "Addresses of proxies whose X-Forwarded-For is believed, separated by commas.";
    "server.language" "HYS_LANGUAGE" None, "The language of every page; without it, each survey's first.";
    "server.secret_key" "HYS_SECRET_KEY" None, "A long random text that second factors are encrypted with; without it, a key that is made once and kept in the database. If it changes, second factors have to be set up anew.";
    "server.stop_seconds" "HYS_STOP_SECONDS" Some("20"), "How long a stop waits for requests that were accepted.";
    "database.url" "HYS_DATABASE_URL" Some("sqlite://data/have-your-say.sqlite"), "Where answers are kept: sqlite://FILE or postgres://USER:PASSWORD@HOST/NAME.";
    "database.readers" "HYS_DATABASE_READERS" Some("4"), "How many connections read beside the one that writes (SQLite), or connections in all (PostgreSQL).";
    "database.max_pages" "HYS_DATABASE_MAX_PAGES" None, "SQLite only: the most pages the file may grow to.";
    "mail.smtp_url" "HYS_SMTP_URL" None, "The mail server: smtp://, smtps:// or file://FOLDER; without it no mail is offered.";
    "mail.from" "HYS_MAIL_FROM" Some("Have Your Say <no-reply@localhost>"), "The sender of every mail.";
    "place.pack" "HYS_PLACE" Some("essex"), "The place pack: its areas, postcodes and populations.";
    "office.name" "HYS_OFFICE_NAME" Some("Police, Fire and Crime Commissioner for Essex"), "Who runs the consultation.";
    "office.contact_email" "HYS_CONTACT_EMAIL" None, "Whom residents write to.";
    "office.contact_phone" "HYS_CONTACT_PHONE" None, "Whom residents call, as people write the number.";
    "office.contact_address" "HYS_CONTACT_ADDRESS" None, "Where residents send letters, on one line.";
    "office.contact_url" "HYS_CONTACT_URL" Some("https://www.essex.pfcc.police.uk/"), "The office's own site.";
    "office.data_protection_email" "HYS_DATA_PROTECTION_EMAIL" None, "Whom residents write to about their data.";
    "office.retention_years" "HYS_RETENTION_YEARS" Some("5"), "How many years sent answers are kept after a survey closes, as the privacy notice says.";
    "office.exit_url" "HYS_EXIT_URL" Some("https://www.bbc.co.uk/weather"), "Where Exit this page leads.";
    "log.filter" "HYS_LOG" Some("info"), "What is logged: error, warn, info, debug, or a filter by module.";
    "log.format" "HYS_LOG_FORMAT" Some("json"), "How: json or text.";
}

/// All settings, read and checked.
#[derive(Debug, Clone, Deserialize)]
pub struct Config {
    /// How pages are served.
    pub server: Server,
    /// Where answers are kept.
    pub database: Database,
    /// How mail is sent.
    pub mail: Mail,
    /// Which place this is about.
    pub place: PlaceChoice,
    /// Who runs the consultation.
    pub office: Office,
    /// What is logged.
    pub log: Log,
}

/// How pages are served.
#[derive(Debug, Clone, Deserialize)]
pub struct Server {
    /// The address and port.
    pub bind: SocketAddr,
    /// The address residents use; the bound address, if not set.
    pub base_url: Option<Url>,
    /// The address and port of `/metrics`.
    pub metrics_bind: Option<SocketAddr>,
    /// Threads that answer requests.
    pub workers: usize,
    /// Proxies that are believed, separated by commas.
    pub trusted_proxies: String,
    /// The language of every page.
    pub language: Option<Lang>,
    /// What second factors are encrypted with.
    pub secret_key: Option<Secret>,
    /// How long a stop waits, in seconds.
    pub stop_seconds: u64,
}

/// Where answers are kept.
#[derive(Debug, Clone, Deserialize)]
pub struct Database {
    /// `sqlite://` or `postgres://`.
    pub url: Secret,
    /// Connections that read.
    pub readers: u32,
    /// SQLite only: the most pages the file may grow to.
    pub max_pages: Option<u32>,
}

/// How mail is sent.
#[derive(Debug, Clone, Deserialize)]
pub struct Mail {
    /// `smtp://`, `smtps://` or `file://`.
    pub smtp_url: Option<Secret>,
    /// The sender.
    pub from: String,
}

/// Which place pack is used.
#[derive(Debug, Clone, Deserialize)]
pub struct PlaceChoice {
    /// Its folder under `assets/places`.
    pub pack: String,
}

/// Who runs the consultation.
#[derive(Debug, Clone, Deserialize)]
pub struct Office {
    /// Its name.
    pub name: String,
    /// Whom residents write to.
    pub contact_email: Option<String>,
    /// Whom residents call.
    pub contact_phone: Option<String>,
    /// Where residents send letters.
    pub contact_address: Option<String>,
    /// Its own site.
    pub contact_url: Url,
    /// Whom residents write to about their data.
    pub data_protection_email: Option<String>,
    /// How many years sent answers are kept after a survey closes.
    pub retention_years: u8,
    /// Where Exit this page leads.
    pub exit_url: Url,
}

/// What is logged, and how.
#[derive(Debug, Clone, Deserialize)]
pub struct Log {
    /// A filter as tracing-subscriber reads it.
    pub filter: String,
    /// `json` or `text`.
    pub format: LogFormat,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// One JSON object a line.
    Json,
    /// For reading at a terminal.
    Text,
}

/// A value that is never printed.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Wraps a value.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself, for the one place that needs it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// Settings that can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file or value could not be read.
    #[error("settings can't be read: {0}")]
    Read(#[from] config::ConfigError),
    /// A value is out of its range.
    #[error("setting {key} ({variable}) is {found:?}: {wanted}")]
    Value {
        /// `section.name`.
        key: &'static str,
        /// The variable.
        variable: &'static str,
        /// What was found.
        found: String,
        /// What is wanted.
        wanted: &'static str,
    },
}

impl Config {
    /// Reads settings: defaults, then `file` if given, then what `variable` finds.
    ///
    /// # Errors
    /// [`ConfigError`] names the setting that can't be used.
    pub fn read(
        file: Option<PathBuf>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, ConfigError> {
        let mut builder = config::Config::builder();
        for setting in SETTINGS {
            if let Some(default) = setting.default {
                builder = builder.set_default(setting.key, default)?;
            }
        }
        if let Some(file) = file {
            builder = builder.add_source(config::File::from(file));
        }
        for setting in SETTINGS {
            let given = variable(setting.variable).filter(|value| !value.is_empty());
            builder = builder.set_override_option(setting.key, given)?;
        }
        let read: Self = builder.build()?.try_deserialize()?;
        read.checked()
    }

    fn checked(self) -> Result<Self, ConfigError> {
        let refuse = |key: &'static str, found: &str, wanted| {
            let variable = SETTINGS
                .iter()
                .find(|setting| setting.key == key)
                .map_or("", |setting| setting.variable);
            Err(ConfigError::Value {
                key,
                variable,
                found: found.to_owned(),
                wanted,
            })
        };
        if let Some(base) = &self.server.base_url
            && (!matches!(base.scheme(), "http" | "https") || base.host().is_none())
        {
            return refuse(
                "server.base_url",
                base.as_str(),
                "give http:// or https:// and a host",
            );
        }
        if let Some(secret) = &self.server.secret_key
            && secret.expose().len() < 32
        {
            return refuse(
                "server.secret_key",
                "[secret]",
                "give at least 32 characters",
            );
        }
        if self.server.workers == 0 {
            return refuse("server.workers", "0", "at least one thread is needed");
        }
        if !matches!(self.office.exit_url.scheme(), "http" | "https") {
            return refuse(
                "office.exit_url",
                self.office.exit_url.as_str(),
                "give a web address",
            );
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn defaults_are_enough_to_start() {
        let config = Config::read(None, |_| None).unwrap();
        assert_eq!(config.server.bind.port(), 8080);
        assert!(config.mail.smtp_url.is_none());
    }

    #[test]
    fn the_environment_wins_over_the_file_and_the_file_over_defaults() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hys.toml");
        std::fs::write(&file, "[server]\nbind = '127.0.0.1:1'\nworkers = 7\n").unwrap();
        let config = Config::read(Some(file), |name| {
            (name == "HYS_BIND").then(|| "127.0.0.1:2".to_owned())
        })
        .unwrap();
        assert_eq!(config.server.bind.port(), 2);
        assert_eq!(config.server.workers, 7);
    }

    #[test]
    fn a_bad_value_is_named_and_a_secret_is_not_printed() {
        let bad = Config::read(None, |name| (name == "HYS_WORKERS").then(|| "0".to_owned()));
        assert!(bad.unwrap_err().to_string().contains("HYS_WORKERS"));
        let config = Config::read(None, |name| {
            (name == "HYS_DATABASE_URL").then(|| "postgres://u:hunter2@h/d".to_owned())
        })
        .unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
    }
}
