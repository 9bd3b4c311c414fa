//! The mail room: what a mail is made of, how it leaves the house, and the worker that empties the outbox.
//!
//! It may use the store's outbox and lettre; it knows nothing of surveys or pages. Words come from templates
//! through [`Render`]; which languages there are is the templates' business.

mod deliver;
mod transport;

#[cfg(test)]
mod tests;

pub use deliver::{Delivered, Postman};
pub use transport::{SendError, SentMail, Transport};

use std::{future::Future, pin::Pin};

use lettre::{
    Address, Message,
    message::{Mailbox, MultiPart},
};
use uuid::Uuid;

use crate::storage::{StorageError, Store, outbox::NewMail};

/// A mail in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Its subject: one line.
    pub subject: String,
    /// The whole of it as plain text.
    pub text: String,
    /// The whole of it as HTML.
    pub html: String,
}

/// A template that could not be rendered: a mistake in this program, not in a mail.
#[derive(Debug, thiserror::Error)]
#[error("mail template {template} in {language}: {reason}")]
pub struct RenderError {
    /// Which template.
    pub template: String,
    /// In which language.
    pub language: String,
    /// What is wrong with it.
    pub reason: String,
}

/// Turns a template and its parameters into words: `mail/{template}.subject.txt`, `.txt` and `.html`.
pub trait Render: Send + Sync {
    /// Renders a mail.
    ///
    /// # Errors
    /// When the template is not there or needs a parameter that was not given.
    fn render(
        &self,
        template: &str,
        language: &str,
        params: &serde_json::Value,
    ) -> Result<Rendered, RenderError>;
}

/// What a mail needs and the outbox must not hold: secret links, made when it leaves.
pub trait Mint: Send + Sync {
    /// The parameters of a mail with its links; nothing, if there is nobody to write to any more.
    fn mint<'a>(&'a self, store: &'a Store, mail: &'a NewMail) -> Minted<'a>;
}

/// What [`Mint::mint`] comes to.
pub type Minted<'a> =
    Pin<Box<dyn Future<Output = Result<Option<serde_json::Value>, StorageError>> + Send + 'a>>;

/// Who writes.
#[derive(Debug, Clone)]
pub struct Sender {
    from: Mailbox,
    reply_to: Option<Mailbox>,
}

impl Sender {
    /// Reads addresses such as `Have your say <no-reply@example.org>`.
    ///
    /// # Errors
    /// When one of them is no address.
    pub fn new(from: &str, reply_to: Option<&str>) -> Result<Self, SendError> {
        let parse = |address: &str| {
            address
                .parse::<Mailbox>()
                .map_err(|error| SendError::Setting(format!("{address:?} is no address: {error}")))
        };
        Ok(Self {
            from: parse(from)?,
            reply_to: reply_to.map(parse).transpose()?,
        })
    }

    /// Puts a mail together. `id` makes its Message-ID, the same at every attempt, so that a mail sent twice
    /// because an acknowledgement was lost can be told to be one.
    fn compose(&self, id: Uuid, recipient: &str, words: Rendered) -> Result<Message, SendError> {
        let to = recipient
            .parse::<Address>()
            .map_err(|_| SendError::Rejected("the address is no address".to_owned()))?;
        // A subject is one line, whatever its parameters hold.
        let subject = words
            .subject
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(None, to))
            .subject(subject)
            .message_id(Some(format!("<{id}@{}>", self.from.email.domain())));
        if let Some(reply_to) = &self.reply_to {
            message = message.reply_to(reply_to.clone());
        }
        message
            .multipart(MultiPart::alternative_plain_html(words.text, words.html))
            .map_err(|error| SendError::Setting(error.to_string()))
    }
}
