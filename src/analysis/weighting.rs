//! Weighting: a survey's responses raked to the Census, by the cells of [`super::strata`].
//!
//! The margins are age × sex together, then area, of people aged 16 and over; the population's counts come with the place.
//! Everybody whose area, age and sex are known is raked; who left one of them out has weight exactly 1, the mean, and who
//! lives outside the place has no part in weighted results. Weights are always made from all responses of a state,
//! whatever a filter then selects.

use serde::{Serialize, Serializer, ser::SerializeStruct};

use super::{
    dataset::Dataset,
    filter::Selection,
    raking::{CAP, Margin, MarginCell, Raking, Unraked, WeightFigures, rake},
    schema::Schema,
    strata::{self, Cell, FIRST, OUTSIDE, STRATA_OF_AREA, Stratum, UNKNOWN},
    weights::Weights,
};
use crate::{
    geography::{AgeBand, Place, Sex},
    survey::ids::Code,
};

/// Something about a person that weighting needs to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trait {
    /// Which area they live in.
    Area,
    /// Their age.
    Age,
    /// Their sex.
    Sex,
}

/// A category of one of the margins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Category {
    /// People of an age band and sex.
    AgeSex(AgeBand, Sex),
    /// People of an area.
    Area(Code),
}

impl Serialize for Category {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut category = serializer.serialize_struct("Category", 3)?;
        let (band, sex, area) = match self {
            Self::AgeSex(band, sex) => (Some(band.code()), Some(sex.code()), None),
            Self::Area(code) => (None, None, Some(code.as_str())),
        };
        category.serialize_field("age", &band)?;
        category.serialize_field("sex", &sex)?;
        category.serialize_field("area", &area)?;
        category.end()
    }
}

/// Why there are no weights; a page says so in words and shows figures without.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum Unweighted {
    /// The survey asks no such thing, or not in the Census's bands.
    NotAsked {
        /// What it doesn't ask.
        lacking: Trait,
    },
    /// Nobody gave area, age and sex.
    Nobody,
    /// People answered of whom the Census counts nobody: the place pack or the survey is wrong.
    NoTarget {
        /// Who.
        category: Category,
    },
    /// No weights meet both margins.
    Contradictory {
        /// Whose number stayed furthest from its target.
        category: Category,
        /// What it should be.
        target: f64,
        /// What it came to.
        reached: f64,
    },
}

/// One category of a margin, and what raking made of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarginLine {
    /// Who.
    pub category: Category,
    /// Their number.
    #[serde(flatten)]
    pub cell: MarginCell,
}

/// The weights of one state of a survey, and what is to be said of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Weighting {
    /// The weight of each stratum.
    #[serde(skip)]
    pub weights: Weights,
    /// Responses whose area, age and sex are known: those that were raked.
    pub raked: u32,
    /// Responses with weight 1, because one of the three is not known.
    pub unknown: u32,
    /// Responses from outside the place, which are in no weighted figure.
    pub outside: u32,
    /// How many times both margins were fitted.
    pub cycles: u32,
    /// The largest weight allowed.
    pub cap: f64,
    /// What weights under the cap were multiplied by, so that their sum stays.
    pub scale: f64,
    /// How many responses have the largest weight allowed.
    pub capped: u32,
    /// The categories of age × sex, then of area; those without respondents have the target 0.
    pub margins: [Vec<MarginLine>; 2],
    /// The weights of those raked, before trimming.
    pub before_trimming: WeightFigures,
    /// The weights of those raked.
    pub of_raked: WeightFigures,
    /// The weights of everybody who is in weighted results.
    pub of_all: WeightFigures,
}

impl Weighting {
    /// Rakes all responses of a dataset.
    ///
    /// # Errors
    /// [`Unweighted`] says why there can be no weights.
    pub fn of(dataset: &Dataset) -> Result<Self, Unweighted> {
        Self::of_selected(dataset, &Selection::all(dataset))
    }

    /// Rakes some responses of a dataset: those of an earlier state, never those of a filter.
    ///
    /// # Errors
    /// As [`Weighting::of`].
    pub fn of_selected(dataset: &Dataset, selection: &Selection) -> Result<Self, Unweighted> {
        let schema = dataset.schema();
        if let Some(lacking) = lacking(schema) {
            return Err(Unweighted::NotAsked { lacking });
        }
        let counts = strata::tally(dataset, selection);
        Self::of_counts(schema.place(), &counts)
    }

    /// Rakes counts of responses by stratum.
    ///
    /// # Errors
    /// As [`Weighting::of`].
    pub fn of_counts(place: &Place, counts: &[u32]) -> Result<Self, Unweighted> {
        let (elsewhere, cells) = counts
            .split_at_checked(usize::from(FIRST))
            .ok_or(Unweighted::Nobody)?;
        let count_of = |stratum: Stratum| elsewhere[usize::from(stratum)];
        let raking = rake(cells, &margins(place), CAP).map_err(|reason| in_words(place, reason))?;
        let unknown = count_of(UNKNOWN);
        let pairs = |weights: &[f64]| {
            cells
                .iter()
                .copied()
                .zip(weights.iter().copied())
                .collect::<Vec<_>>()
        };
        let trimmed = pairs(&raking.trimmed);
        let figures = |weights: &[(u32, f64)]| WeightFigures::of(weights).unwrap_or_default();
        let mut everybody = trimmed.clone();
        everybody.push((unknown, 1.0));
        Ok(Self {
            weights: by_stratum(&raking),
            raked: raking.respondents,
            unknown,
            outside: count_of(OUTSIDE),
            cycles: raking.cycles,
            cap: CAP,
            scale: raking.scale,
            capped: raking.capped,
            before_trimming: figures(&pairs(&raking.raked)),
            of_raked: figures(&trimmed),
            of_all: figures(&everybody),
            margins: lines(place, &raking),
        })
    }

    /// The categories that have no respondents: nothing stands for them, and the rest of their margin was scaled up.
    pub fn missing(&self) -> impl Iterator<Item = &Category> {
        let lines = self.margins.iter().flatten();
        lines
            .filter(|line| line.cell.respondents == 0 && line.cell.population > 0.0)
            .map(|line| &line.category)
    }
}

/// What the survey would have to ask, and doesn't.
fn lacking(schema: &Schema) -> Option<Trait> {
    let roles = schema.roles();
    let stratifier = schema.stratifier();
    [
        (roles.area.is_none(), Trait::Area),
        (!stratifier.knows_ages(), Trait::Age),
        (!stratifier.knows_sexes(), Trait::Sex),
    ]
    .into_iter()
    .find_map(|(lacks, what)| lacks.then_some(what))
}

/// Age × sex, then area, over the strata from [`FIRST`] on.
fn margins(place: &Place) -> [Margin; 2] {
    let areas = place.areas();
    let people = |cell: Cell| {
        let people = place.population(&areas[cell.area].code, cell.sex, cell.band);
        f64::from(people.unwrap_or(0))
    };
    let mut by_age_and_sex = vec![0.0; STRATA_OF_AREA];
    let mut by_area = vec![0.0; areas.len()];
    let cells = areas.len() * STRATA_OF_AREA;
    for stratum in (FIRST..).take(cells) {
        if let Some(cell) = strata::cell_of(stratum) {
            by_age_and_sex[usize::from(stratum - FIRST) % STRATA_OF_AREA] += people(cell);
            by_area[cell.area] += people(cell);
        }
    }
    [
        Margin {
            population: by_age_and_sex,
            category_of: (0..cells).map(|cell| cell % STRATA_OF_AREA).collect(),
        },
        Margin {
            population: by_area,
            category_of: (0..cells).map(|cell| cell / STRATA_OF_AREA).collect(),
        },
    ]
}

fn category(place: &Place, margin: usize, category: usize) -> Category {
    if margin == 0 {
        let within = strata::cell_of(FIRST + Stratum::try_from(category).unwrap_or_default());
        within.map_or(Category::AgeSex(AgeBand::From16To24, Sex::Female), |cell| {
            Category::AgeSex(cell.band, cell.sex)
        })
    } else {
        Category::Area(place.areas()[category].code.clone())
    }
}

fn lines(place: &Place, raking: &Raking) -> [Vec<MarginLine>; 2] {
    [0, 1].map(|margin| {
        let cells = raking.margins[margin].iter().enumerate();
        cells
            .map(|(at, cell)| MarginLine {
                category: category(place, margin, at),
                cell: *cell,
            })
            .collect()
    })
}

fn by_stratum(raking: &Raking) -> Weights {
    // No response is in a cell without a weight, so that what stands there is never used.
    let cells = raking
        .trimmed
        .iter()
        .map(|weight| if *weight > 0.0 { *weight } else { 1.0 });
    Weights::by_stratum([0.0, 1.0].into_iter().chain(cells).collect())
}

fn in_words(place: &Place, reason: Unraked) -> Unweighted {
    match reason {
        Unraked::Nobody => Unweighted::Nobody,
        Unraked::NoTarget {
            margin,
            category: at,
        } => Unweighted::NoTarget {
            category: category(place, margin, at),
        },
        Unraked::Contradictory {
            margin,
            category: at,
            target,
            reached,
        } => Unweighted::Contradictory {
            category: category(place, margin, at),
            target,
            reached,
        },
    }
}
