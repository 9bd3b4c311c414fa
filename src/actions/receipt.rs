//! The receipt a resident may ask for.

use serde_json::Value;

use super::Entropy;
use crate::storage::outbox::NewMail;

/// Where a receipt goes. It says that the response counts and quotes its reference, and never an answer.
#[derive(Clone)]
pub struct Receipt {
    /// The address; it is blanked once the mail has left.
    pub recipient: String,
    /// The language of the mail.
    pub language: String,
    /// What the template needs besides `reference`: an object.
    pub params: Value,
}

impl Receipt {
    pub(super) fn into_mail(self, entropy: &dyn Entropy, reference: &str) -> NewMail {
        let mut params = match self.params {
            Value::Object(params) => params,
            _ => serde_json::Map::new(),
        };
        params.insert("reference".to_owned(), Value::from(reference));
        NewMail {
            id: entropy.id(),
            template: "receipt".to_owned(),
            params: Value::Object(params),
            recipient: self.recipient,
            language: self.language,
        }
    }
}
