//! What a stored response looks like outside this room.

use std::{any::Any, fmt, sync::Arc};

use uuid::Uuid;

pub use crate::survey::{channel::Channel, flags::Flags};

use crate::storage::{SecretHash, StorageError};

/// Where a response stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResponseState {
    /// Pages are being saved; it is not read, counted or exported.
    InProgress,
    /// It counts.
    Submitted,
    /// The resident took it back.
    Withdrawn,
}

impl ResponseState {
    pub(in crate::storage) const fn number(self) -> i16 {
        match self {
            Self::InProgress => 0,
            Self::Submitted => 1,
            Self::Withdrawn => 2,
        }
    }

    fn from_number(number: i16) -> Result<Self, StorageError> {
        match number {
            0 => Ok(Self::InProgress),
            1 => Ok(Self::Submitted),
            2 => Ok(Self::Withdrawn),
            _ => Err(StorageError::Corrupt(format!(
                "{number} is no state of a response"
            ))),
        }
    }
}

impl Channel {
    /// The number it is stored as.
    #[must_use]
    pub const fn number(self) -> i16 {
        match self {
            Self::Web => 0,
            Self::Paper => 1,
            Self::Telephone => 2,
            Self::Event => 3,
            Self::Import => 4,
        }
    }

    pub(in crate::storage) fn from_number(number: i16) -> Result<Self, StorageError> {
        match number {
            0 => Ok(Self::Web),
            1 => Ok(Self::Paper),
            2 => Ok(Self::Telephone),
            3 => Ok(Self::Event),
            4 => Ok(Self::Import),
            _ => Err(StorageError::Corrupt(format!("{number} is no channel"))),
        }
    }
}

fn flags(number: i16) -> Result<Flags, StorageError> {
    u8::try_from(number)
        .map(Flags::from_bits)
        .map_err(|_| StorageError::Corrupt(format!("{number} is no set of marks")))
}

/// A free text of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredText {
    /// The question's key.
    pub question: String,
    /// The choice whose "other, please say" it is; empty for the question's own text.
    pub code: String,
    /// The words.
    pub text: String,
    /// Whether the question is marked sensitive.
    pub sensitive: bool,
}

impl From<entity::response_text::Model> for StoredText {
    fn from(model: entity::response_text::Model) -> Self {
        Self {
            question: model.question,
            code: model.code,
            text: model.text,
            sensitive: model.sensitive,
        }
    }
}

/// What another room has made of a response's documents, kept in memory beside them for as long as they are. The store
/// neither looks into it nor writes it; of a response read from a database there is none.
#[derive(Clone, Default)]
pub struct Beside(Option<Arc<dyn Any + Send + Sync>>);

impl Beside {
    /// Keeps what was made of the documents.
    #[must_use]
    pub fn new<T: Any + Send + Sync>(made: Arc<T>) -> Self {
        Self(Some(made))
    }

    /// What was made of the documents, if it is kept and of this type.
    #[must_use]
    pub fn get<T: Any + Send + Sync>(&self) -> Option<Arc<T>> {
        Arc::clone(self.0.as_ref()?).downcast().ok()
    }
}

impl fmt::Debug for Beside {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Answers do not belong in logs.
        f.debug_struct("Beside").finish_non_exhaustive()
    }
}

impl PartialEq for Beside {
    /// It follows from the documents, so it never makes a difference.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Beside {}

/// A response as it is stored; its documents are opaque here. Times are unix microseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredResponse {
    /// Its identity.
    pub id: Uuid,
    /// The survey answered.
    pub survey_id: Uuid,
    /// The version answered.
    pub version_id: Uuid,
    /// Where it stands.
    pub state: ResponseState,
    /// How many changes were made to it.
    pub revision: i32,
    /// How it came in.
    pub channel: Channel,
    /// The language it was answered in.
    pub language: String,
    /// Whether a program made it up.
    pub simulated: bool,
    /// What the resident quotes, once it is submitted.
    pub reference: Option<String>,
    /// Answers.
    pub document: String,
    /// Answers to sensitive questions.
    pub sensitive: Option<String>,
    /// Which pages were saved and when, as JSON.
    pub pages: String,
    /// When it was started.
    pub started_at: i64,
    /// When it last changed.
    pub updated_at: i64,
    /// When it was submitted.
    pub submitted_at: Option<i64>,
    /// Marks for whoever weighs results.
    pub flags: Flags,
    /// Its free texts, by question and code.
    pub texts: Vec<StoredText>,
    /// What was made of its documents.
    pub beside: Beside,
    pub(in crate::storage) token_hash: Option<SecretHash>,
}

impl StoredResponse {
    /// Whether the session whose secret hashes to `secret` may continue it.
    pub(in crate::storage) fn opens_with(&self, secret: &SecretHash) -> bool {
        // Hashes of random secrets: comparing them in varying time tells nothing about a secret.
        self.token_hash.as_ref() == Some(secret)
    }
}

impl TryFrom<entity::response::Model> for StoredResponse {
    type Error = StorageError;

    fn try_from(model: entity::response::Model) -> Result<Self, StorageError> {
        let token_hash = match model.token_hash {
            None => None,
            Some(bytes) => Some(SecretHash::try_from(bytes).map_err(|_| {
                StorageError::Corrupt("a session's hash has the wrong length".to_owned())
            })?),
        };
        Ok(Self {
            id: model.id,
            survey_id: model.survey_id,
            version_id: model.version_id,
            state: ResponseState::from_number(model.state)?,
            revision: model.revision,
            channel: Channel::from_number(model.channel)?,
            language: model.language,
            simulated: model.simulated,
            reference: model.reference,
            document: model.document,
            sensitive: model.sensitive,
            pages: model.pages,
            started_at: model.started_at,
            updated_at: model.updated_at,
            submitted_at: model.submitted_at,
            flags: flags(model.flags)?,
            texts: Vec::new(),
            beside: Beside::default(),
            token_hash,
        })
    }
}
