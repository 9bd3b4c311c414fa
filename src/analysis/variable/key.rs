//! The names of variables.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::{
    analysis::areas,
    geography::Grouping,
    survey::ids::{Code, QuestionKey},
};

/// The name of a variable, as addresses and files write it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VariableKey {
    /// `district`, `csp` or `policing`: where somebody lives.
    Areas(Grouping),
    /// `age`: the age question.
    Age,
    /// `sex`: the sex question.
    Sex,
    /// `victim`: whether a victim of crime.
    Victim,
    /// `channel`: how the response came in.
    Channel,
    /// `version`: which version of the survey it answers.
    Version,
    /// `{key}`: a question; `.{key}`, where the key is one of the words above.
    Question(QuestionKey),
    /// `{key}.{code}`: a row of a grid, or one option of a multiple choice or ranking.
    Part(QuestionKey, Code),
}

impl VariableKey {
    /// The variables that every response has.
    pub const STANDING: [Self; 8] = [
        Self::Areas(Grouping::District),
        Self::Areas(Grouping::Csp),
        Self::Areas(Grouping::PolicingArea),
        Self::Age,
        Self::Sex,
        Self::Victim,
        Self::Channel,
        Self::Version,
    ];

    /// The word of a variable that every response has; none for a question.
    #[must_use]
    pub fn standing_word(&self) -> Option<&'static str> {
        Some(match self {
            Self::Areas(grouping) => areas::word(*grouping),
            Self::Age => "age",
            Self::Sex => "sex",
            Self::Victim => "victim",
            Self::Channel => "channel",
            Self::Version => "version",
            Self::Question(_) | Self::Part(..) => return None,
        })
    }

    /// The variable with this name; none, if the name has not the form of one. The inverse of [`fmt::Display`].
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        let standing = |name: &str| {
            Self::STANDING
                .into_iter()
                .find(|known| known.standing_word() == Some(name))
        };
        if let Some(known) = standing(name) {
            return Some(known);
        }
        if let Some(key) = name.strip_prefix('.') {
            standing(key)?;
            return QuestionKey::new(key).ok().map(Self::Question);
        }
        match name.split_once('.') {
            None => QuestionKey::new(name).ok().map(Self::Question),
            Some((key, code)) => Some(Self::Part(
                QuestionKey::new(key).ok()?,
                Code::new(code).ok()?,
            )),
        }
    }

    /// The question it is about; none for a variable that every response has.
    #[must_use]
    pub fn question(&self) -> Option<&QuestionKey> {
        match self {
            Self::Question(key) | Self::Part(key, _) => Some(key),
            _ => None,
        }
    }
}

impl fmt::Display for VariableKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(word) = self.standing_word() {
            return f.write_str(word);
        }
        match self {
            Self::Part(key, code) => write!(f, "{key}.{code}"),
            Self::Question(key) => {
                let taken = Self::STANDING
                    .iter()
                    .any(|known| known.standing_word() == Some(key.as_str()));
                write!(f, "{}{key}", if taken { "." } else { "" })
            }
            _ => Ok(()),
        }
    }
}

impl Serialize for VariableKey {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
