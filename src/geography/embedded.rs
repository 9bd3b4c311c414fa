//! The packs that come inside the program.

use std::sync::{Arc, LazyLock};

use super::error::PlaceError;
use super::place::Place;

#[derive(rust_embed::RustEmbed)]
#[folder = "assets/places"]
struct Packs;

static ESSEX: LazyLock<Arc<Place>> =
    LazyLock::new(|| Arc::new(Place::embedded("essex").expect("a test loads this embedded pack")));

impl Place {
    /// Loads a pack that comes inside the program, such as `essex`.
    ///
    /// # Errors
    /// When there is no such pack, or it is damaged.
    pub fn embedded(name: &str) -> Result<Self, PlaceError> {
        Self::load(&|file| Packs::get(&format!("{name}/{file}")).map(|found| found.data))
    }

    /// The default place, loaded once and shared.
    #[must_use]
    pub fn essex() -> Arc<Self> {
        Arc::clone(&ESSEX)
    }
}
