//! Mails: each as plain text and as HTML, with the same values; the subject is a text of its own.

use serde::Serialize;

use crate::web::templates::Page;

/// The message id of the receipt's subject; it takes `title`.
pub const RECEIPT_SUBJECT: &str = "receipt-subject";

/// A receipt as plain text.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiptText {
    /// The survey's short title.
    pub title: String,
    /// The reference, as people read it aloud.
    pub reference: String,
    /// When the survey closes, in words.
    pub closes: String,
    /// The survey's overview page: the whole address.
    pub survey: String,
}

impl Page for ReceiptText {
    const TEMPLATE: &'static str = "mails/receipt.txt";
}

/// The same as HTML.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct ReceiptHtml(pub ReceiptText);

impl Page for ReceiptHtml {
    const TEMPLATE: &'static str = "mails/receipt.html";
}
