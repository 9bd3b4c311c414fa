//! Variables: anything that sorts responses into a few categories, or ticks several of them.

mod cells;
mod key;

use serde::Serialize;

use super::{
    areas::{self, group_key},
    chunk::{Channel, VICTIM_NO, VICTIM_YES},
    dataset::Dataset,
    schema::{ANSWERED, Layout, NARROW_OPTIONS, Options, Schema, points},
};
use crate::{
    geography::Grouping,
    survey::{
        definition::ScaleSide,
        ids::{Code, QuestionKey, ThemeKey},
    },
};
pub(super) use cells::TickBuffer;
use cells::{NOT_TICKED, TICKED};
pub use key::VariableKey;

/// The category of those who ticked an option.
pub const YES: &str = "yes";
/// The category of those who answered and did not tick it.
pub const NO: &str = "no";

/// One category of a variable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Category {
    /// Its code: that of a choice or column, a point of a scale, the key of a group of areas, `yes` or `no`.
    pub code: String,
    /// Whether it stands apart from a scale.
    pub apart: bool,
    /// The number it stands for, where means make sense.
    #[serde(skip)]
    pub value: Option<i64>,
    /// On which side of a scale it stands, where the survey says so.
    #[serde(skip)]
    pub side: Option<ScaleSide>,
}

/// Where a variable's codes come from.
#[derive(Debug, Clone)]
enum Source {
    Area,
    Age,
    Sex,
    Victim,
    Channel,
    Version(Vec<u32>),
    Narrow(usize),
    GridRow(usize, usize),
    Ticked(usize, usize),
    Many(usize),
    /// A ranking's column; item → bit.
    TopThree(usize, Vec<u8>),
}

/// A variable of one dataset: its categories, and how each response is sorted into them.
#[derive(Debug, Clone)]
pub struct Variable {
    /// Its name.
    pub key: VariableKey,
    /// Its categories in order. Of a variable of several ticks: its options.
    pub categories: Vec<Category>,
    source: Source,
    /// Cell → category; [`NOBODY`] where nothing is known.
    map: Box<[u8; 256]>,
}

/// The category of those about whom nothing is known.
pub(super) const NOBODY: u8 = u8::MAX;
/// The bit of an item that is not counted.
const NO_BIT: u8 = u8::MAX;

impl Variable {
    /// The variable with this name in a dataset; none where the dataset has no such question or part, or the question
    /// can't be sorted into categories (texts, numbers, dates, budgets, lists of more than 252 options).
    #[must_use]
    pub fn find(dataset: &Dataset, key: &VariableKey) -> Option<Self> {
        match key {
            VariableKey::Version => Some(Self::of_versions(dataset)),
            key => Self::in_schema(dataset.schema(), key),
        }
    }

    /// The same, but for versions, which only a dataset knows.
    pub(super) fn in_schema(schema: &Schema, key: &VariableKey) -> Option<Self> {
        match key {
            VariableKey::Areas(grouping) => Some(Self::of_areas(schema, *grouping)),
            VariableKey::Age => Self::of_role(key, schema, schema.roles().age, Source::Age),
            VariableKey::Sex => Self::of_role(key, schema, schema.roles().sex, Source::Sex),
            VariableKey::Victim => {
                schema.roles().victim.as_ref()?;
                let cells = [VICTIM_YES, VICTIM_NO].into_iter();
                Some(Self::new(key, yes_no(), Source::Victim, cells))
            }
            VariableKey::Channel => {
                let channels = Channel::ALL.into_iter();
                let categories = channels.clone().map(|channel| plain(channel.word()));
                let cells = channels.map(|channel| channel as u8);
                Some(Self::new(key, categories.collect(), Source::Channel, cells))
            }
            VariableKey::Version => None,
            VariableKey::Question(question) => Self::of_question(schema, question),
            VariableKey::Part(question, code) => Self::of_part(schema, question, code),
        }
    }

    /// Each theme, ticked by those who ranked something of it among their first three. None, where the survey has no
    /// ranking of themes.
    pub(super) fn of_themes(schema: &Schema) -> Option<(Self, Vec<ThemeKey>)> {
        let column = schema.roles().priorities?;
        let spec = &schema.questions()[column];
        let Layout::Ranking { items, .. } = &spec.layout else {
            return None;
        };
        let about = |theme: &ThemeKey| {
            items
                .list()
                .iter()
                .any(|item| item.theme.as_ref() == Some(theme))
        };
        let mut themes: Vec<ThemeKey> = schema
            .themes()
            .iter()
            .filter(|theme| about(theme))
            .cloned()
            .collect();
        themes.truncate(64);
        let bit = |theme: Option<&ThemeKey>| {
            let place = themes.iter().position(|known| Some(known) == theme);
            place
                .and_then(|place| u8::try_from(place).ok())
                .unwrap_or(NO_BIT)
        };
        let bits = items
            .list()
            .iter()
            .map(|item| bit(item.theme.as_ref()))
            .collect();
        let categories = themes.iter().map(|theme| plain(theme.as_str())).collect();
        let key = VariableKey::Question(spec.key.clone());
        let variable = Self::new(
            &key,
            categories,
            Source::TopThree(column, bits),
            std::iter::empty(),
        );
        Some((variable, themes))
    }

    /// Whether a response may be in several of its categories: those who ticked several options, or ranked several
    /// items among their first three.
    #[must_use]
    pub fn is_several(&self) -> bool {
        matches!(self.source, Source::Many(_) | Source::TopThree(..))
    }

    /// How many categories there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.categories.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.categories.is_empty()
    }

    fn new(
        key: &VariableKey,
        categories: Vec<Category>,
        source: Source,
        cells: impl Iterator<Item = u8>,
    ) -> Self {
        let mut map = Box::new([NOBODY; 256]);
        for (category, cell) in (0..NOBODY).zip(cells) {
            map[usize::from(cell)] = category;
        }
        Self {
            key: key.clone(),
            categories,
            source,
            map,
        }
    }

    fn of_areas(schema: &Schema, grouping: Grouping) -> Self {
        let place = schema.place();
        let groups = place.group(grouping);
        let key = VariableKey::Areas(grouping);
        let categories = (0..groups.len()).map(|group| plain(group_key(place, grouping, group)));
        let mut variable = Self::new(&key, categories.collect(), Source::Area, std::iter::empty());
        for (category, group) in (0..NOBODY).zip(groups) {
            for cell in areas::cells(group) {
                variable.map[usize::from(cell)] = category;
            }
        }
        variable
    }

    fn of_role(
        key: &VariableKey,
        schema: &Schema,
        column: Option<usize>,
        source: Source,
    ) -> Option<Self> {
        let options = narrow(schema.options_of(column)?)?;
        Some(Self::new(
            key,
            categories(options),
            source,
            ANSWERED..=u8::MAX,
        ))
    }

    fn of_versions(dataset: &Dataset) -> Self {
        let mut versions: Vec<u32> = Vec::new();
        for chunk in dataset.chunks() {
            let mut last = None;
            for version in &chunk.version {
                if last != Some(version) && !versions.contains(version) {
                    versions.push(*version);
                }
                last = Some(version);
            }
        }
        versions.sort_unstable();
        versions.truncate(NARROW_OPTIONS);
        let categories = versions.iter().map(|version| plain(&version.to_string()));
        let categories = categories.collect();
        Self::new(
            &VariableKey::Version,
            categories,
            Source::Version(versions),
            ANSWERED..=u8::MAX,
        )
    }

    fn of_question(schema: &Schema, question: &QuestionKey) -> Option<Self> {
        let column = schema.position(question)?;
        let key = VariableKey::Question(question.clone());
        let found = |categories, source| Self::new(&key, categories, source, ANSWERED..=u8::MAX);
        match &schema.questions()[column].layout {
            Layout::One(options) => {
                Some(found(categories(narrow(options)?), Source::Narrow(column)))
            }
            Layout::Scale { min, max } if points(*min, *max) <= NARROW_OPTIONS as u64 => {
                let points = (i64::from(*min)..=i64::from(*max)).map(|point| Category {
                    value: Some(point),
                    ..plain(&point.to_string())
                });
                Some(found(points.collect(), Source::Narrow(column)))
            }
            Layout::Many(options) => Some(found(categories(options), Source::Many(column))),
            Layout::Ranking { items, .. } if items.len() <= 64 => {
                let bits = (0..NO_BIT).take(items.len()).collect();
                Some(found(categories(items), Source::TopThree(column, bits)))
            }
            _ => None,
        }
    }

    fn of_part(schema: &Schema, question: &QuestionKey, code: &Code) -> Option<Self> {
        let column = schema.position(question)?;
        let key = VariableKey::Part(question.clone(), code.clone());
        match &schema.questions()[column].layout {
            Layout::Grid { rows, columns } => {
                let row = rows.position(code)?;
                let mut at = 0;
                let columns = columns.list().iter().map(|column| {
                    at += i64::from(!column.apart);
                    Category {
                        code: column.code.to_string(),
                        apart: column.apart,
                        value: (!column.apart).then_some(at),
                        side: column.side,
                    }
                });
                let source = Source::GridRow(column, row);
                Some(Self::new(
                    &key,
                    columns.collect(),
                    source,
                    ANSWERED..=u8::MAX,
                ))
            }
            Layout::Many(options) => {
                let source = Source::Ticked(column, options.position(code)?);
                Some(Self::new(
                    &key,
                    yes_no(),
                    source,
                    [TICKED, NOT_TICKED].into_iter(),
                ))
            }
            Layout::Ranking { items, .. } if items.len() <= 64 => {
                let source = Source::Ticked(column, items.position(code)?);
                Some(Self::new(
                    &key,
                    yes_no(),
                    source,
                    [TICKED, NOT_TICKED].into_iter(),
                ))
            }
            _ => None,
        }
    }
}

fn narrow(options: &Options) -> Option<&Options> {
    (options.len() <= NARROW_OPTIONS).then_some(options)
}

fn plain(code: &str) -> Category {
    Category {
        code: code.to_owned(),
        apart: false,
        value: None,
        side: None,
    }
}

fn yes_no() -> Vec<Category> {
    vec![plain(YES), plain(NO)]
}

fn categories(options: &Options) -> Vec<Category> {
    let options = options.list().iter().map(|option| Category {
        apart: option.apart,
        ..plain(option.code.as_str())
    });
    options.collect()
}
