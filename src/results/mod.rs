//! The results room: an address of a results page, and what stands on it.
//!
//! Pure: a [`ResultQuery`] is read from a path and query string and written back exactly; [`answer`] makes an
//! [`Outcome`] of it and a [`Snapshot`]. Pages, CSV, JSON, charts and the command line are all made from outcomes, so
//! that they can't disagree. It may use the survey, geography and analysis rooms; it never knows a request or a store.

mod answering;
mod area_outcome;
mod area_rows;
mod area_view;
mod compare;
mod compare_rows;
mod compare_view;
mod equality;
mod error;
mod headline;
mod outcome;
mod parameters;
mod priorities_outcome;
mod priorities_rows;
mod quality;
mod query;
mod rows;
mod running;
mod snapshot;
mod themes_view;
pub mod variables;
mod weighted_rows;
mod weights;
mod who;
mod who_protected;

pub use answering::answer;
pub use area_outcome::{AreaOutcome, AreaRecorded, AreaTheme, RecordedFigure};
pub use area_view::AreaView;
pub use compare::CompareOutcome;
pub use compare_view::{CompareView, MOST_BANNERS, Show};
pub use error::QueryError;
pub use headline::Headline;
pub use outcome::{Outcome, Overview, PageOutcome, QuestionOutcome, Since, State, ThemesOutcome};
pub use priorities_outcome::{
    PairOutcome, PrioritiesOutcome, RankedItemOutcome, RankingOutcome, RobustnessOutcome,
    RuleOutcome,
};
pub use quality::{Change, ChangedFigure, QualityOutcome, Rules, WithoutFlagged};
pub use query::{ResultPage, ResultQuery, answer_word};
pub use rows::{Cell, Table};
pub use running::{RunningDay, RunningOutcome};
pub use snapshot::{Snapshot, WeightingOnce};
pub use themes_view::{Areas, Detail, ThemesView};
pub use weights::{WeightsInForce, WeightsShown};
pub use who::WhoOutcome;
pub use who_protected::WhoProtectedOutcome;

#[cfg(test)]
mod address_tests;
#[cfg(test)]
mod quality_tests;
#[cfg(test)]
mod tests;
