//! From answers to what storage keeps of a response, and back: a document, a second one for sensitive answers, and
//! the free texts, one by one. Storage keeps the documents as they are and never looks into them.
//!
//! A document is `{"f":1,"a":{question: answer},"o":{question: positions}}`; answers are written as [`super::wire`]
//! says. `o` is left out when nothing was shuffled.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    answers::{Answer, Answers, TextKey},
    definition::{Definition, Kind, Question},
    ids::QuestionKey,
    shuffle,
};

/// The number of the document format this program writes and reads.
pub const DOCUMENT_FORMAT: u16 = 1;

/// Question → the positions, in the definition, of its choices, items or rows in the order they were shown.
pub type ShownOrders = BTreeMap<QuestionKey, Vec<u16>>;

/// The orders a response saw, for the questions it has answered; `seed` is what they were shuffled by.
#[must_use]
pub fn shown_orders(definition: &Definition, answers: &Answers, seed: &Uuid) -> ShownOrders {
    let answered =
        |question: &&Question| question.shuffles() && answers.values.contains_key(&question.key);
    definition
        .questions()
        .filter(answered)
        .map(|question| {
            let order = match question.kind {
                Kind::Grid { .. } => positions(question.rows(), &shuffle::rows(seed, question)),
                _ => positions(question.choices(), &shuffle::choices(seed, question)),
            };
            (question.key.clone(), order)
        })
        .collect()
}

/// Where each of `shown` stands in `all`.
fn positions<T>(all: &[T], shown: &[&T]) -> Vec<u16> {
    shown
        .iter()
        .filter_map(|item| all.iter().position(|other| std::ptr::eq(other, *item)))
        .filter_map(|position| u16::try_from(position).ok())
        .collect()
}

/// A response's answers as storage keeps them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packed {
    /// The answers that are not sensitive, and the orders shown.
    pub document: String,
    /// The sensitive answers, if there are any.
    pub sensitive: Option<String>,
    /// The free texts.
    pub texts: Vec<PackedText>,
}

/// One free text as storage keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackedText {
    /// Where it belongs.
    pub key: TextKey,
    /// The words.
    pub text: String,
    /// Whether its question is sensitive.
    pub sensitive: bool,
}

/// Why a document can't be read. It never quotes the document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnpackError {
    /// The document is of a format this program doesn't know.
    #[error("the answers are of format {found}; this program reads format {DOCUMENT_FORMAT}")]
    UnknownFormat {
        /// The number of the format.
        found: u64,
    },
    /// The document is damaged.
    #[error("the answers can't be read: damaged at line {line}, column {column}")]
    Damaged {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
}

#[derive(Serialize)]
struct Written<'a> {
    f: u16,
    a: BTreeMap<&'a QuestionKey, &'a Answer>,
    #[serde(skip_serializing_if = "Option::is_none")]
    o: Option<&'a ShownOrders>,
}

#[derive(Deserialize)]
struct Read {
    f: u16,
    a: BTreeMap<QuestionKey, Answer>,
    #[serde(default)]
    o: ShownOrders,
}

#[derive(Deserialize)]
struct FormatOnly {
    f: u64,
}

/// Packs a response's answers.
///
/// An answer to a question the definition doesn't have is kept with the sensitive ones, to be safe.
#[must_use]
pub fn pack(definition: &Definition, answers: &Answers, orders: &ShownOrders) -> Packed {
    let open: BTreeSet<&QuestionKey> = definition
        .questions()
        .filter(|question| question.sensitive.is_none())
        .map(|question| &question.key)
        .collect();
    let (ordinary, sensitive): (BTreeMap<_, _>, BTreeMap<_, _>) = answers
        .values
        .iter()
        .partition(|(question, _)| open.contains(question));
    let texts = answers.texts.iter().map(|(key, text)| PackedText {
        sensitive: !open.contains(&key.question),
        key: key.clone(),
        text: text.clone(),
    });
    Packed {
        document: write(ordinary, Some(orders).filter(|orders| !orders.is_empty())),
        sensitive: (!sensitive.is_empty()).then(|| write(sensitive, None)),
        texts: texts.collect(),
    }
}

fn write(answers: BTreeMap<&QuestionKey, &Answer>, orders: Option<&ShownOrders>) -> String {
    let document = Written {
        f: DOCUMENT_FORMAT,
        a: answers,
        o: orders,
    };
    serde_json::to_string(&document).expect("maps with text keys and plain values are always JSON")
}

fn read(document: &str) -> Result<Read, UnpackError> {
    match serde_json::from_str::<Read>(document) {
        Ok(read) if read.f == DOCUMENT_FORMAT => Ok(read),
        Ok(read) => Err(UnpackError::UnknownFormat {
            found: u64::from(read.f),
        }),
        // Another format may have another shape: its number says more than where it stopped making sense.
        Err(error) => match serde_json::from_str::<FormatOnly>(document) {
            Ok(FormatOnly { f }) if f != u64::from(DOCUMENT_FORMAT) => {
                Err(UnpackError::UnknownFormat { found: f })
            }
            _ => Err(UnpackError::Damaged {
                line: error.line(),
                column: error.column(),
            }),
        },
    }
}

/// Unpacks what [`pack`] made; without the sensitive document or texts, their answers are missing from the result.
///
/// # Errors
/// A document of an unknown format, or a damaged one.
pub fn unpack(
    document: &str,
    sensitive: Option<&str>,
    texts: impl IntoIterator<Item = (TextKey, String)>,
) -> Result<Answers, UnpackError> {
    let mut values = read(document)?.a;
    if let Some(sensitive) = sensitive {
        values.extend(read(sensitive)?.a);
    }
    Ok(Answers {
        values,
        texts: texts.into_iter().collect(),
    })
}

/// The orders recorded in a document.
///
/// # Errors
/// As [`unpack`].
pub fn unpack_orders(document: &str) -> Result<ShownOrders, UnpackError> {
    Ok(read(document)?.o)
}
