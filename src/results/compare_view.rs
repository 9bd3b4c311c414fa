//! The address of a comparison: what is down, up to three banners, what cells show.

use super::{
    error::QueryError,
    parameters::{Reader, once, one_of},
    variables::{comparable, may_be_several},
};
use crate::analysis::variable::VariableKey;

/// Parameters of the page, in the order they are written.
pub(super) const COMPARE: [&str; 3] = ["row", "by", "show"];
/// The most banners at once.
pub const MOST_BANNERS: usize = 3;

/// What the cells of a comparison show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// The share of the column.
    #[default]
    Percent,
    /// How many people.
    Counts,
    /// Both.
    Both,
}

impl Show {
    /// Every way, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Percent, Self::Counts, Self::Both];

    /// Its word in addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Percent => "percent",
            Self::Counts => "counts",
            Self::Both => "both",
        }
    }

    fn from_word(given: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|show| show.word() == given)
    }
}

/// What is compared with what.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompareView {
    /// `row`: what is down; the survey's first question that can be, if left out.
    pub row: Option<VariableKey>,
    /// `by`: what is across, up to three; the Local Policing Areas or what there is instead, if left out.
    pub by: Vec<VariableKey>,
    /// `show`: percent, counts or both.
    pub show: Show,
}

impl CompareView {
    /// Its parameters, in the order they are written.
    pub(super) fn parameters(&self) -> impl Iterator<Item = (&'static str, String)> + '_ {
        let row = self.row.iter().map(|row| ("row", row.to_string()));
        let by = self.by.iter().map(|by| ("by", by.to_string()));
        let show = (self.show != Show::default()).then(|| ("show", self.show.word().to_owned()));
        row.chain(by).chain(show)
    }
}

/// Parameters of a comparison as they were given.
#[derive(Default)]
pub(super) struct CompareGiven {
    row: Option<VariableKey>,
    by: Vec<VariableKey>,
    show: Option<Show>,
}

impl CompareGiven {
    pub(super) fn read(
        &mut self,
        reader: &Reader<'_>,
        name: &str,
        given: &str,
    ) -> Result<bool, QueryError> {
        match name {
            "row" => once(
                "row",
                &mut self.row,
                variable(reader, "row", given, |_| true)?,
            )?,
            "by" => {
                let fits = |key: &VariableKey| {
                    !may_be_several(reader.definition, key) && !self.by.contains(key)
                };
                let by = variable(reader, "by", given, fits)?;
                if self.by.len() == MOST_BANNERS {
                    return Err(QueryError::Repeated { parameter: "by" });
                }
                self.by.push(by);
            }
            "show" => {
                let words = || Show::ALL.into_iter().map(Show::word);
                once(
                    "show",
                    &mut self.show,
                    one_of("show", given, words, Show::from_word)?,
                )?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// The comparison; one of a variable with itself is refused, once all is known.
    pub(super) fn finish(self, reader: &Reader<'_>) -> Result<CompareView, QueryError> {
        for by in &self.by {
            let fits = |key: &VariableKey| {
                !may_be_several(reader.definition, key) && Some(key) != self.row.as_ref()
            };
            variable(reader, "by", &by.to_string(), fits)?;
        }
        Ok(CompareView {
            row: self.row,
            by: self.by,
            show: self.show.unwrap_or_default(),
        })
    }
}

fn variable(
    reader: &Reader<'_>,
    parameter: &'static str,
    given: &str,
    fits: impl Fn(&VariableKey) -> bool,
) -> Result<VariableKey, QueryError> {
    let all = comparable(reader.definition).into_iter();
    let names: Vec<String> = all
        .filter(|key| fits(key))
        .map(|key| key.to_string())
        .collect();
    one_of(
        parameter,
        given,
        || names.iter().map(String::as_str),
        VariableKey::read,
    )
}
