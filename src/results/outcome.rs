//! What stands on a results page, as values.

use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use serde_json::Value;

use super::{
    area_outcome::AreaOutcome,
    compare::CompareOutcome,
    headline::Headline,
    priorities_outcome::PrioritiesOutcome,
    quality::{QualityOutcome, WithoutFlagged},
    running::RunningOutcome,
    weights::WeightsInForce,
    who::WhoOutcome,
    who_protected::WhoProtectedOutcome,
};
use crate::{
    analysis::{
        completion::{Completion, DayCount},
        equality::Equality,
        filter::Filter,
        frequency::Frequency,
        themes::{Measure, ThemeTable, Unmeasured},
    },
    survey::ids::{Slug, ThemeKey},
};

/// Which state of the results an outcome shows, and of whom.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct State {
    /// The survey.
    pub survey: Slug,
    /// When the store was in this state.
    pub as_of: Timestamp,
    /// All submitted responses.
    pub responses: u32,
    /// Those the filter lets through.
    pub selected: u32,
    /// Of those, how many have a quality flag.
    pub flagged: u32,
    /// The filter in force.
    pub filter: Filter,
    /// Which weights are in force, or why none.
    pub weights: WeightsInForce,
    /// The numbers of the survey's versions that those selected answer, in order.
    pub versions: Vec<u32>,
    /// Where an earlier state is asked for: what became of its responses since.
    pub since: Option<Since>,
    /// Whether any of those selected was simulated: the page must say so.
    pub simulated: bool,
    /// The version of this software.
    pub software: &'static str,
}

/// What became of an earlier state's responses since, as far as the store knows; whatever the filter.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Since {
    /// Responses of that state whose answers are others now.
    pub changed: u64,
    /// Responses of that state that were taken back.
    pub withdrawn: u64,
    /// Responses that were erased: at most these were of that state, for nothing says when an erased one was sent.
    pub erased: u64,
    /// Responses that a file brought in later, and that say they were sent before.
    pub imported: u64,
}

/// What stands on a results page.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    /// Which state it shows.
    pub state: State,
    /// The page's own part.
    #[serde(flatten)]
    pub page: PageOutcome,
    /// What it would say without flagged responses, where any are in it and its address doesn't ask about flags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_flagged: Option<WithoutFlagged>,
}

impl Outcome {
    /// The whole as JSON; numbers that can't be computed are null.
    #[must_use]
    pub fn to_json(&self) -> Value {
        serde_json::to_value(self).unwrap_or(Value::Null)
    }

    /// Leaves special-category questions out of the page of all questions, and what is said of them. Other pages with
    /// such figures are refused before they are made (`ResultQuery::reads_sensitive`).
    pub fn leave_out_sensitive(&mut self) {
        let PageOutcome::Questions { questions } = &mut self.page else {
            return;
        };
        questions.retain(|question| !question.frequency.sensitive);
        if let Some(compared) = &mut self.without_flagged {
            compared.keep_questions(|key| {
                questions
                    .iter()
                    .any(|question| question.frequency.question == *key)
            });
        }
    }
}

/// A page's own part.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "page", rename_all = "snake_case")]
pub enum PageOutcome {
    /// The figures of the survey's home.
    Overview(Overview),
    /// Responses so far, day by day.
    Running(RunningOutcome),
    /// Every question.
    Questions {
        /// In the survey's order.
        questions: Vec<QuestionOutcome>,
    },
    /// One question.
    Question(Box<QuestionOutcome>),
    /// Themes by area.
    Themes(Box<ThemesOutcome>),
    /// The profile of an area.
    Area(Box<AreaOutcome>),
    /// Priorities by every rule.
    Priorities(Box<PrioritiesOutcome>),
    /// Anything by anything.
    Compare(Box<CompareOutcome>),
    /// Protected characteristics by headline measures.
    Equality(Box<Equality>),
    /// Who answered.
    Who(Box<WhoOutcome>),
    /// Who answered by ethnic group and disability.
    WhoProtected(WhoProtectedOutcome),
    /// Which responses are flagged, and why.
    Quality(Box<QualityOutcome>),
}

/// The figures of the survey's home. Completion is of everybody who began; filters apply to the rest.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Overview {
    /// Who sent their answers, and where the others left.
    pub completion: Completion,
    /// The median time from first page to submission, in seconds; none without responses.
    pub median_seconds: Option<f64>,
    /// The local day of the state shown.
    pub today: Option<Date>,
    /// Responses submitted on it.
    pub responses_today: u32,
    /// Responses by local day.
    pub days: Vec<DayCount>,
}

/// One question's figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct QuestionOutcome {
    /// What its title may claim.
    pub headline: Headline,
    /// The figures.
    #[serde(flatten)]
    pub frequency: Frequency,
}

/// Themes by area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemesOutcome {
    /// What is measured.
    pub measure: Measure,
    /// Why it can't be measured in this survey, where it can't.
    pub unmeasured: Option<Unmeasured>,
    /// The table, where it can.
    pub table: Option<ThemeTable>,
    /// What the title may claim.
    pub headline: Headline,
    /// The themes in the order asked for, most wanted first.
    pub order: Vec<ThemeKey>,
    /// The key of the group they are ordered by; the whole place, if none.
    pub sort: Option<String>,
    /// The theme on the map.
    pub theme: Option<ThemeKey>,
    /// The key of the group whose cell is chosen.
    pub cell: Option<String>,
}
