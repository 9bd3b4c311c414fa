//! How one answer is written in a document: short, and told apart by shape.
//!
//! | answer | written |
//! |---|---|
//! | one code | `"code"` |
//! | a number | `7` |
//! | ticked choices | `["a","b"]` |
//! | ranked items | `{"r":["b","a"]}` |
//! | grid | `{"g":{"row":"column"}}` |
//! | shares | `{"s":{"item":40}}` |
//! | a day | `{"d":"2026-03-01"}` |
//! | a text, don't know, prefer not to say | `"_text"`, `"_dont_know"`, `"_declined"` (no code starts with `_`) |

use std::{collections::BTreeSet, fmt};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{Error, MapAccess, SeqAccess, Visitor},
    ser::SerializeMap,
};

use super::{
    answers::Answer,
    form::{DECLINED, DONT_KNOW},
    ids::Code,
};

const TEXT: &str = "_text";

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(code) => serializer.serialize_str(code.as_str()),
            Self::Many(codes) => serializer.collect_seq(codes),
            Self::Number(number) => serializer.serialize_i64(*number),
            Self::Grid(rows) => tagged(serializer, "g", rows),
            Self::Ranked(items) => tagged(serializer, "r", items),
            Self::Shares(shares) => tagged(serializer, "s", shares),
            Self::Date(date) => tagged(serializer, "d", date),
            Self::Text => serializer.serialize_str(TEXT),
            Self::DontKnow => serializer.serialize_str(DONT_KNOW),
            Self::Declined => serializer.serialize_str(DECLINED),
        }
    }
}

fn tagged<S: Serializer>(
    serializer: S,
    tag: &str,
    value: &impl Serialize,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(tag, value)?;
    map.end()
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnswerVisitor)
    }
}

struct AnswerVisitor;

impl<'de> Visitor<'de> for AnswerVisitor {
    type Value = Answer;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an answer")
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Answer, E> {
        match word {
            TEXT => Ok(Answer::Text),
            DONT_KNOW => Ok(Answer::DontKnow),
            DECLINED => Ok(Answer::Declined),
            code => Code::new(code).map(Answer::One).map_err(E::custom),
        }
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Answer, E> {
        Ok(Answer::Number(number))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Answer, E> {
        i64::try_from(number)
            .map(Answer::Number)
            .map_err(|_| E::custom("a number is too large"))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Answer, A::Error> {
        let mut codes = BTreeSet::new();
        while let Some(code) = items.next_element()? {
            codes.insert(code);
        }
        Ok(Answer::Many(codes))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Answer, A::Error> {
        let tag: Option<String> = map.next_key()?;
        let answer = match tag.as_deref() {
            Some("g") => Answer::Grid(map.next_value()?),
            Some("r") => Answer::Ranked(map.next_value()?),
            Some("s") => Answer::Shares(map.next_value()?),
            Some("d") => Answer::Date(map.next_value()?),
            _ => return Err(A::Error::custom("an answer of unknown shape")),
        };
        match map.next_key::<String>()? {
            None => Ok(answer),
            Some(_) => Err(A::Error::custom("an answer of more than one shape")),
        }
    }
}
