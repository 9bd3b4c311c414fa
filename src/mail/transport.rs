//! How a mail leaves the house: by SMTP, into a folder, or into memory for tests.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{self, response::Severity},
};
use uuid::Uuid;

/// How long an SMTP server may take for an answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a mail did not leave.
#[derive(Debug, thiserror::Error)]
pub enum SendError {
    /// Nobody takes mails at the moment; the same for every mail.
    #[error("the mail server can't be reached: {0}")]
    Unreachable(String),
    /// This mail was put off.
    #[error("the mail server put it off: {0}")]
    PutOff(String),
    /// This address takes no mail, ever.
    #[error("the mail server refused the address: {0}")]
    Rejected(String),
    /// A setting can't be used.
    #[error("{0}")]
    Setting(String),
}

/// A mail that was "sent" into memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentMail {
    /// To whom.
    pub recipients: Vec<String>,
    /// The whole mail, headers and all.
    pub text: String,
}

/// A way out.
#[derive(Clone)]
pub enum Transport {
    /// To a mail server.
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Into a folder, as `.eml` files that mail programs open.
    Folder(PathBuf),
    /// Into memory.
    Memory(Arc<Mutex<Vec<SentMail>>>),
}

impl Transport {
    /// Reads `smtp://…`, `smtps://…` (as lettre writes them), `file:FOLDER` or `memory:`.
    ///
    /// # Errors
    /// When the address is none of these.
    pub fn from_url(address: &str) -> Result<Self, SendError> {
        if let Some(folder) = address.strip_prefix("file:") {
            let folder = folder.strip_prefix("//").unwrap_or(folder);
            return Ok(Self::Folder(PathBuf::from(folder)));
        }
        if address == "memory:" {
            return Ok(Self::Memory(Arc::default()));
        }
        // The address may hold a password: it is not repeated.
        let smtp = AsyncSmtpTransport::<Tokio1Executor>::from_url(address).map_err(|error| {
            SendError::Setting(format!("the mail server's address can't be used: {error}"))
        })?;
        Ok(Self::Smtp(smtp.timeout(Some(PATIENCE)).build()))
    }

    /// Sends a mail.
    ///
    /// # Errors
    /// See [`SendError`]; a mail may have left all the same if the connection broke at the end.
    pub(super) async fn send(&self, id: Uuid, message: Message) -> Result<(), SendError> {
        match self {
            Self::Smtp(server) => server
                .send(message)
                .await
                .map(|_| ())
                .map_err(|error| from_smtp(&error)),
            Self::Folder(folder) => {
                let unreachable = |error: std::io::Error| {
                    SendError::Unreachable(format!("{}: {error}", folder.display()))
                };
                tokio::fs::create_dir_all(folder)
                    .await
                    .map_err(unreachable)?;
                let unfinished = folder.join(format!("{id}.part"));
                tokio::fs::write(&unfinished, message.formatted())
                    .await
                    .map_err(unreachable)?;
                let finished = folder.join(format!("{id}.eml"));
                tokio::fs::rename(&unfinished, &finished)
                    .await
                    .map_err(unreachable)
            }
            Self::Memory(sent) => {
                let mail = SentMail {
                    recipients: message
                        .envelope()
                        .to()
                        .iter()
                        .map(ToString::to_string)
                        .collect(),
                    text: String::from_utf8_lossy(&message.formatted()).into_owned(),
                };
                sent.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(mail);
                Ok(())
            }
        }
    }
}

fn from_smtp(error: &smtp::Error) -> SendError {
    // A refusal names the mailbox in its text; only the code is kept.
    match error.status() {
        // 550 no such mailbox, 551 not here, 553 no such name. Other refusals (such as a wrong password of ours)
        // are about this house, not about the address: they can be mended, and the mail waits.
        Some(code) if matches!(u16::from(code), 550 | 551 | 553) => {
            SendError::Rejected(code.to_string())
        }
        Some(code) if code.severity == Severity::TransientNegativeCompletion => {
            SendError::PutOff(code.to_string())
        }
        Some(code) => SendError::Unreachable(code.to_string()),
        None => SendError::Unreachable(error.to_string()),
    }
}
