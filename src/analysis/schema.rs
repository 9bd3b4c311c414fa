//! What the columns of a dataset mean: one specification per question, read from a survey's versions and its place.

use std::{collections::HashMap, sync::Arc};

use jiff::tz::TimeZone;
use serde::Serialize;

pub use super::options::{OptionSpec, Options};
use super::strata::Stratifier;
use crate::{
    geography::{CensusTable, Place},
    survey::{
        condition::Condition,
        definition::{CensusAnswers, Choice, Definition, Kind, OUTSIDE, Question, Roles, Unit},
        ids::{Code, QuestionKey, ThemeKey},
    },
};

/// The cell of somebody who was asked and gave no answer.
pub const MISSING: u8 = 0;
/// The cell of somebody who was never asked, because routing hid the question.
pub const NOT_ASKED: u8 = 1;
/// The cell of somebody who preferred not to say.
pub const DECLINED: u8 = 2;
/// The cell of somebody who said "don't know".
pub const DONT_KNOW: u8 = 3;
/// The first cell that means an answer: in columns of codes the first option, elsewhere just "answered".
pub const ANSWERED: u8 = 4;
/// In status columns: an answer that can't be counted (a budget that doesn't add up).
pub const INVALID: u8 = 5;

/// How many options a one-byte column can tell apart.
pub const NARROW_OPTIONS: usize = 256 - ANSWERED as usize;
/// How many options a two-byte column can tell apart.
pub const WIDE_OPTIONS: usize = 65_536 - ANSWERED as usize;

/// How many areas an area column can tell apart.
const MOST_AREAS: usize = 250;

/// A survey that can't be laid out in columns.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SchemaError {
    /// No version was given.
    #[error("a schema needs at least one version of the survey")]
    NoVersion,
    /// The time zone has no rules here.
    #[error("the time zone {0:?} is not known")]
    TimeZone(String),
    /// More options than a column can tell apart.
    #[error("question {question} has {found} options; at most {most} can be analysed")]
    TooManyOptions {
        /// The question.
        question: QuestionKey,
        /// How many it has.
        found: usize,
        /// How many there may be.
        most: usize,
    },
    /// More areas than a byte can tell apart beside its other meanings.
    #[error("the place has {0} areas; at most 250 can be analysed")]
    TooManyAreas(usize),
    /// A budget too large for its column.
    #[error("question {question} shares out {total}; at most 65535 can be analysed")]
    BudgetTooLarge {
        /// The question.
        question: QuestionKey,
        /// What it shares out.
        total: u32,
    },
}

/// How a question's answers are laid out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Layout {
    /// One of some options: a code per row.
    One(Options),
    /// Any of some options: a bit each.
    Many(Options),
    /// One of some columns for each row: a code per grid row.
    Grid {
        /// The rows.
        rows: Options,
        /// The columns.
        columns: Options,
    },
    /// A point on a short scale: a code, which is the point less `min`.
    Scale {
        /// The lowest point.
        min: i32,
        /// The highest point.
        max: i32,
    },
    /// A whole number.
    Number,
    /// Items in order: the item at each place, packed.
    Ranking {
        /// The items.
        items: Options,
        /// How many places there are.
        places: usize,
    },
    /// A sum shared between items.
    Budget {
        /// The items.
        items: Options,
        /// What the shares add up to.
        total: u16,
        /// What is shared.
        unit: Unit,
    },
    /// A day.
    Date,
    /// Words: only whether there are any.
    Text,
}

impl Layout {
    /// How many questions it is for somebody who answers: a grid has one in each row.
    pub(super) fn questions(&self) -> usize {
        match self {
            Self::Grid { rows, .. } => rows.len(),
            _ => 1,
        }
    }
}

/// One question's column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionSpec {
    /// The question.
    pub key: QuestionKey,
    /// The theme it is about.
    pub theme: Option<ThemeKey>,
    /// Whether its answers are special-category data, shown only with that capability.
    pub sensitive: bool,
    /// How its answers are laid out.
    pub layout: Layout,
}

/// Which questions play which part; each is a place in [`Schema::questions`].
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoleColumns {
    /// The area.
    pub area: Option<usize>,
    /// The age band.
    pub age: Option<usize>,
    /// The sex.
    pub sex: Option<usize>,
    /// Victim of crime: the question, and the codes that mean yes.
    pub victim: Option<(usize, Vec<Code>)>,
    /// The ranking of themes.
    pub priorities: Option<usize>,
    /// The budget shared between themes.
    pub budget: Option<usize>,
    /// The grid that rates each theme.
    pub ratings: Option<usize>,
    /// The rating of the whole.
    pub overall: Option<usize>,
    /// The answers that stand for groups of the Census, table by table as [`CensusTable::ALL`] has them.
    pub census: [Vec<CensusColumn>; 2],
}

/// Answers to one question that stand for a group of the Census.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CensusColumn {
    /// The question.
    pub question: QuestionKey,
    /// The codes of its choices.
    pub codes: Vec<Code>,
    /// The group.
    pub group: Code,
}

/// What the columns of a dataset mean. Several versions of a survey are read as one by their stable keys and codes.
#[derive(Debug, Clone)]
pub struct Schema {
    questions: Vec<QuestionSpec>,
    by_key: HashMap<QuestionKey, usize>,
    roles: RoleColumns,
    themes: Vec<ThemeKey>,
    place: Arc<Place>,
    time_zone: TimeZone,
    stratifier: Stratifier,
    /// What no response should say, and the questions that it names.
    checks: (Vec<Condition>, Vec<QuestionKey>),
    long_texts: Vec<QuestionKey>,
}

impl Schema {
    /// Lays out the questions of a survey's versions, newest first: order, roles, themes and time zone are the
    /// newest's; questions and codes that only older versions have come after. Where a question changed its kind, the
    /// newest kind counts and answers of the other kind are read as missing.
    ///
    /// # Errors
    /// When no version is given, or a question has more options than a column can hold.
    pub fn new(versions: &[&Definition], place: Arc<Place>) -> Result<Self, SchemaError> {
        let newest = *versions.first().ok_or(SchemaError::NoVersion)?;
        if place.areas().len() > MOST_AREAS {
            return Err(SchemaError::TooManyAreas(place.areas().len()));
        }
        let time_zone = TimeZone::get(&newest.time_zone)
            .map_err(|_| SchemaError::TimeZone(newest.time_zone.chars().take(60).collect()))?;
        let mut schema = Self {
            questions: Vec::new(),
            by_key: HashMap::new(),
            roles: RoleColumns::default(),
            themes: newest
                .themes
                .iter()
                .map(|theme| theme.key.clone())
                .collect(),
            place,
            time_zone,
            stratifier: Stratifier::default(),
            checks: checks(newest),
            long_texts: Vec::new(),
        };
        for definition in versions {
            for question in definition.questions() {
                schema.add(question)?;
                if is_long_text(question) && !schema.long_texts.contains(&question.key) {
                    schema.long_texts.push(question.key.clone());
                }
            }
        }
        schema.check()?;
        let roles = &newest.roles;
        let column = |key: &Option<QuestionKey>| key.as_ref().and_then(|key| schema.position(key));
        schema.roles = RoleColumns {
            area: column(&roles.area),
            age: column(&roles.age),
            sex: column(&roles.sex),
            victim: roles.victim.as_ref().and_then(|victim| {
                Some((schema.position(&victim.question)?, victim.codes.clone()))
            }),
            priorities: column(&roles.priorities),
            budget: column(&roles.budget),
            ratings: column(&roles.ratings),
            overall: column(&roles.overall),
            census: CensusTable::ALL.map(|table| census_columns(roles, table)),
        };
        schema.stratifier = Stratifier::new(&schema);
        Ok(schema)
    }

    /// The questions' columns, in the order of the survey.
    #[must_use]
    pub fn questions(&self) -> &[QuestionSpec] {
        &self.questions
    }

    /// Where a question's column is.
    #[must_use]
    pub fn position(&self, key: &QuestionKey) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// Which questions play which part.
    #[must_use]
    pub fn roles(&self) -> &RoleColumns {
        &self.roles
    }

    /// The options of a question that takes one of several; none for every other kind.
    #[must_use]
    pub fn options_of(&self, question: Option<usize>) -> Option<&Options> {
        match &self.questions.get(question?)?.layout {
            Layout::One(options) => Some(options),
            _ => None,
        }
    }

    /// The survey's themes, in order.
    #[must_use]
    pub fn themes(&self) -> &[ThemeKey] {
        &self.themes
    }

    /// The place whose areas the survey asks for.
    #[must_use]
    pub fn place(&self) -> &Arc<Place> {
        &self.place
    }

    /// Where the survey's days begin and end.
    #[must_use]
    pub fn time_zone(&self) -> &TimeZone {
        &self.time_zone
    }

    /// What no response should say: the checks of the newest version.
    #[must_use]
    pub fn checks(&self) -> &[Condition] {
        &self.checks.0
    }

    /// The questions that the checks name.
    pub(super) fn checked_questions(&self) -> &[QuestionKey] {
        &self.checks.1
    }

    /// The questions whose answers are compared with others' answers to find the same words again: long texts that are
    /// not special-category data.
    #[must_use]
    pub fn long_texts(&self) -> &[QuestionKey] {
        &self.long_texts
    }

    pub(super) fn stratifier(&self) -> &Stratifier {
        &self.stratifier
    }

    fn add(&mut self, question: &Question) -> Result<(), SchemaError> {
        let Some(layout) = layout_of(question, &self.place)? else {
            return Ok(());
        };
        if let Some(&known) = self.by_key.get(&question.key) {
            merge(&mut self.questions[known].layout, layout);
            return Ok(());
        }
        self.by_key
            .insert(question.key.clone(), self.questions.len());
        self.questions.push(QuestionSpec {
            key: question.key.clone(),
            theme: question.theme.clone(),
            sensitive: question.sensitive.is_some(),
            layout,
        });
        Ok(())
    }

    fn check(&self) -> Result<(), SchemaError> {
        for spec in &self.questions {
            let (found, most) = match &spec.layout {
                Layout::One(options) => (options.len(), WIDE_OPTIONS),
                Layout::Grid { columns, .. } => (columns.len(), NARROW_OPTIONS),
                Layout::Ranking { items, .. } => (items.len(), NARROW_OPTIONS),
                _ => (0, 0),
            };
            if found > most {
                return Err(SchemaError::TooManyOptions {
                    question: spec.key.clone(),
                    found,
                    most,
                });
            }
        }
        Ok(())
    }
}

fn census_columns(roles: &Roles, table: CensusTable) -> Vec<CensusColumn> {
    let entries = match table {
        CensusTable::Ethnicity => &roles.ethnicity,
        CensusTable::Disability => &roles.disability,
    };
    let column = |entry: &CensusAnswers| CensusColumn {
        question: entry.question.clone(),
        codes: entry.codes.clone(),
        group: entry.group.clone(),
    };
    entries.iter().map(column).collect()
}

fn is_long_text(question: &Question) -> bool {
    matches!(question.kind, Kind::LongText { .. }) && question.sensitive.is_none()
}

fn checks(definition: &Definition) -> (Vec<Condition>, Vec<QuestionKey>) {
    let never: Vec<Condition> = definition
        .checks
        .iter()
        .map(|check| check.never.clone())
        .collect();
    let mut questions: Vec<QuestionKey> = never
        .iter()
        .flat_map(Condition::questions)
        .cloned()
        .collect();
    questions.sort();
    questions.dedup();
    (never, questions)
}

fn layout_of(question: &Question, place: &Place) -> Result<Option<Layout>, SchemaError> {
    let choices = |choices: &[Choice]| {
        let mut options = Options::default();
        options.add_choices(choices);
        options
    };
    Ok(Some(match &question.kind {
        Kind::Single { choices: list, .. } => Layout::One(choices(list)),
        Kind::Multiple { choices: list, .. } => Layout::Many(choices(list)),
        Kind::Grid { rows, columns, .. } => {
            let mut lines = Options::default();
            lines.add_rows(rows);
            Layout::Grid {
                rows: lines,
                columns: choices(columns),
            }
        }
        Kind::Scale { min, max, .. } if points(*min, *max) <= WIDE_OPTIONS as u64 => {
            Layout::Scale {
                min: *min,
                max: *max,
            }
        }
        Kind::Scale { .. } | Kind::Number { .. } => Layout::Number,
        Kind::Ranking { items, places, .. } => Layout::Ranking {
            items: choices(items),
            places: usize::from(*places).max(1),
        },
        Kind::Budget {
            items, total, unit, ..
        } => Layout::Budget {
            items: choices(items),
            total: u16::try_from(*total).map_err(|_| SchemaError::BudgetTooLarge {
                question: question.key.clone(),
                total: *total,
            })?,
            unit: *unit,
        },
        Kind::ShortText { .. } | Kind::LongText { .. } | Kind::Email {} => Layout::Text,
        Kind::Date { .. } => Layout::Date,
        Kind::Postcode { outside } | Kind::Area { outside } => {
            let mut options = Options::default();
            for area in place.areas() {
                options.add(&area.code, None, false);
            }
            if outside.is_some()
                && let Ok(code) = Code::new(OUTSIDE)
            {
                options.add(&code, None, true);
            }
            Layout::One(options)
        }
        Kind::Information { .. } => return Ok(None),
    }))
}

/// How many points a scale has; 0 when it is upside down.
pub(super) fn points(min: i32, max: i32) -> u64 {
    u64::try_from(i64::from(max) - i64::from(min) + 1).unwrap_or(0)
}

/// Adds to a newer layout what only the older one has.
fn merge(newer: &mut Layout, older: Layout) {
    fn join(newer: &mut Options, older: &Options) {
        for option in &older.list {
            newer.add_option(option);
        }
    }
    match (newer, older) {
        (Layout::One(newer), Layout::One(older)) | (Layout::Many(newer), Layout::Many(older)) => {
            join(newer, &older);
        }
        (
            Layout::Grid { rows, columns },
            Layout::Grid {
                rows: old_rows,
                columns: old_columns,
            },
        ) => {
            join(rows, &old_rows);
            join(columns, &old_columns);
        }
        (
            Layout::Scale { min, max },
            Layout::Scale {
                min: old_min,
                max: old_max,
            },
        ) => {
            let (low, high) = ((*min).min(old_min), (*max).max(old_max));
            if points(low, high) <= WIDE_OPTIONS as u64 {
                (*min, *max) = (low, high);
            }
        }
        (
            Layout::Ranking { items, places },
            Layout::Ranking {
                items: old,
                places: old_places,
            },
        ) => {
            join(items, &old);
            *places = (*places).max(old_places);
        }
        (Layout::Budget { items, .. }, Layout::Budget { items: old, .. }) => join(items, &old),
        _ => {}
    }
}

/// A budget's unit and total, as results name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Purse {
    /// What the shares add up to.
    pub total: u16,
    /// What is shared.
    pub unit: Unit,
}
