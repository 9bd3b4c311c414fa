//! What every handler works with: the parts of the house, wired once.

use std::sync::Arc;

use crate::{
    config::Office,
    geography::Place,
    live::{Live, catalogue::Catalogue},
    storage::Store,
    web::{address::SiteAddress, client::TrustedProxies, metrics::Metrics, templates::Templates},
    world::{Clock, Entropy},
};

/// The parts of a running site.
pub struct Site {
    /// Where it is reached.
    pub address: SiteAddress,
    /// Who runs the consultation.
    pub office: Office,
    /// Pages and their words.
    pub templates: Templates,
    /// Where answers are kept.
    pub store: Store,
    /// Areas, postcodes, populations.
    pub place: Arc<Place>,
    /// Published surveys.
    pub catalogue: Arc<Catalogue>,
    /// Datasets in memory.
    pub live: Arc<Live>,
    /// Whether mail can be sent.
    pub has_mail: bool,
    /// Whether every response in this database was made up by a program.
    pub is_simulated: bool,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Chance.
    pub entropy: Arc<dyn Entropy>,
    /// Counters.
    pub metrics: Metrics,
    /// Whose word on a client's address is taken.
    pub proxies: TrustedProxies,
}
