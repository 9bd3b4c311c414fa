//! A small map of every theme.

use serde::Serialize;

use super::{FilterView, SurveyHead, WeightsView};
use crate::web::templates::{Link, NavItem, Page};

/// A small map of every theme, in one scale of tints.
#[derive(Debug, Clone, Serialize)]
pub struct MapsPage {
    /// The survey.
    pub head: SurveyHead,
    /// The filter.
    pub filter: FilterView,
    /// The measures to choose from.
    pub measures: Vec<NavItem>,
    /// The ways of grouping areas.
    pub groupings: Vec<NavItem>,
    /// With weights or without.
    pub weights: WeightsView,
    /// The way back to themes by area.
    pub back: Link,
    /// Why there is no map, where there is none.
    pub unmeasured: Option<&'static str>,
    /// The measure in words.
    pub measure: String,
    /// The maps, the most wanted theme first.
    pub maps: Vec<SmallMapView>,
    /// What the six tints stand for, lightest first.
    pub steps: Vec<String>,
    /// Who the figures are of.
    pub base: String,
    /// Where the boundaries come from.
    pub source: String,
}

impl Page for MapsPage {
    const TEMPLATE: &'static str = "officers/maps.html";
}

/// A small map.
#[derive(Debug, Clone, Serialize)]
pub struct SmallMapView {
    /// The id of its heading.
    pub id: String,
    /// The theme.
    pub title: String,
    /// The page of themes with this theme chosen.
    pub href: String,
    /// The map (SVG).
    pub svg: String,
    /// Its highest and lowest figures in words.
    pub words: String,
    /// The same theme with weights, where it stands beside.
    pub weighted: Option<WeightedMapView>,
}

/// A small map of weighted figures, beside that of figures without weights.
#[derive(Debug, Clone, Serialize)]
pub struct WeightedMapView {
    /// The map (SVG).
    pub svg: String,
    /// Its highest and lowest figures in words.
    pub words: String,
}
