//! Answers: one value per question, in types that can't be wrong about their shape.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::ids::{Code, QuestionKey};
pub use super::{
    decode::{DecodeContext, PageDecoded, decode_page, find_area},
    encode::{encode, encode_page},
    form::{DECLINED, DONT_KNOW, Form},
    pack::{
        Packed, PackedText, ShownOrders, UnpackError, pack, shown_orders, unpack, unpack_orders,
    },
    problem::{FieldError, Problem},
};

/// One question's value, without its free text. Its serde form is short and stable: see the room's `wire`.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// A single choice or an area.
    One(Code),
    /// The ticked choices of a multiple choice; never empty.
    Many(BTreeSet<Code>),
    /// Row → column of a grid; never empty, rows may be left out.
    Grid(BTreeMap<Code, Code>),
    /// A number or a point on a scale.
    Number(i64),
    /// Items in the order they were ranked, first first; never empty, no repeats.
    Ranked(Vec<Code>),
    /// Item → share of a budget; every item given, adding up to the total.
    Shares(BTreeMap<Code, u32>),
    /// A day.
    Date(Date),
    /// A text or email was given; the words are in [`Answers::texts`].
    Text,
    /// "Don't know" on a scale.
    DontKnow,
    /// "Prefer not to say".
    Declined,
}

/// Where a free text belongs: a question, or the "other, please say" of one of its choices.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct TextKey {
    /// The question.
    pub question: QuestionKey,
    /// The choice whose "other, please say" it is.
    pub code: Option<Code>,
}

/// All answers of one response. A question that is not in `values` was not answered.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Answers {
    /// Question → value.
    pub values: BTreeMap<QuestionKey, Answer>,
    /// Free texts, kept apart from the values.
    pub texts: BTreeMap<TextKey, String>,
}
