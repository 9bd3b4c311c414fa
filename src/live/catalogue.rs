//! Published surveys in memory: every page asks for one, few ever change.
//!
//! Versions are immutable, so what is held can only be incomplete, never wrong; [`Catalogue::refresh`] reads what was
//! published since, here or on another node.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use uuid::Uuid;

use crate::{
    storage::{StorageError, Store, surveys},
    survey::{definition::Definition, ids::Slug},
};

/// A published, immutable version of a survey.
#[derive(Debug)]
pub struct Version {
    /// Its id.
    pub id: Uuid,
    /// Its number, from 1.
    pub number: u32,
    /// What it asks.
    pub definition: Arc<Definition>,
}

/// A survey and the version new responses answer.
#[derive(Debug, Clone)]
pub struct PublishedSurvey {
    /// Its id.
    pub id: Uuid,
    /// Its name in addresses.
    pub slug: Slug,
    /// The version new responses answer.
    pub current: Arc<Version>,
}

#[derive(Default)]
struct Held {
    surveys: Vec<Arc<PublishedSurvey>>,
    versions: HashMap<Uuid, Arc<Version>>,
}

/// Published surveys, held in memory.
pub struct Catalogue {
    store: Store,
    held: RwLock<Arc<Held>>,
}

/// Why the catalogue can't be read.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The store failed.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// A stored definition can't be read: it was written by another program.
    #[error("version {number} of survey {slug} can't be read: {reason}")]
    Definition {
        /// The survey.
        slug: String,
        /// The version's number.
        number: u32,
        /// What is wrong.
        reason: String,
    },
}

impl Catalogue {
    /// Reads everything published so far.
    ///
    /// # Errors
    /// [`CatalogueError`].
    pub async fn load(store: Store) -> Result<Self, CatalogueError> {
        let catalogue = Self {
            store,
            held: RwLock::default(),
        };
        catalogue.refresh().await?;
        Ok(catalogue)
    }

    /// Reads what was published since. Cheap when nothing was: one list of surveys.
    ///
    /// # Errors
    /// [`CatalogueError`].
    pub async fn refresh(&self) -> Result<(), CatalogueError> {
        let before = self.held();
        let rows = surveys::all(&self.store).await?;
        let published: Vec<_> = rows
            .into_iter()
            .filter_map(|row| Some((row.current_version?, row)))
            .collect();
        let is_known = published.len() == before.surveys.len()
            && published.iter().all(|(version, _)| {
                before
                    .surveys
                    .iter()
                    .any(|survey| survey.current.id == *version)
            });
        if is_known {
            return Ok(());
        }
        let mut held = Held {
            versions: before.versions.clone(),
            ..Held::default()
        };
        for (version, row) in published {
            let current = match held.versions.get(&version) {
                Some(version) => Arc::clone(version),
                None => self.read(&row.slug, version).await?,
            };
            held.versions.insert(current.id, Arc::clone(&current));
            let slug = current.definition.slug.clone();
            held.surveys.push(Arc::new(PublishedSurvey {
                id: row.id,
                slug,
                current,
            }));
        }
        *self.held.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(held);
        Ok(())
    }

    /// All published surveys, oldest first.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<PublishedSurvey>> {
        self.held().surveys.clone()
    }

    /// The survey with this name.
    #[must_use]
    pub fn by_slug(&self, slug: &str) -> Option<Arc<PublishedSurvey>> {
        self.held()
            .surveys
            .iter()
            .find(|survey| survey.slug.as_str() == slug)
            .cloned()
    }

    /// A version by id: responses in progress finish on the version they began.
    ///
    /// # Errors
    /// [`CatalogueError`].
    pub async fn version(
        &self,
        survey: &PublishedSurvey,
        id: Uuid,
    ) -> Result<Arc<Version>, CatalogueError> {
        if let Some(version) = self.held().versions.get(&id) {
            return Ok(Arc::clone(version));
        }
        let version = self.read(survey.slug.as_str(), id).await?;
        let mut guard = self.held.write().unwrap_or_else(PoisonError::into_inner);
        let mut held = Held {
            surveys: guard.surveys.clone(),
            versions: guard.versions.clone(),
        };
        held.versions.insert(id, Arc::clone(&version));
        *guard = Arc::new(held);
        Ok(version)
    }

    fn held(&self) -> Arc<Held> {
        Arc::clone(&self.held.read().unwrap_or_else(PoisonError::into_inner))
    }

    async fn read(&self, slug: &str, id: Uuid) -> Result<Arc<Version>, CatalogueError> {
        let missing = || StorageError::NotFound(format!("version {id} of survey {slug}"));
        let row = surveys::version(&self.store, id)
            .await?
            .ok_or_else(missing)?;
        let definition =
            Definition::from_json(&row.definition).map_err(|error| CatalogueError::Definition {
                slug: slug.to_owned(),
                number: row.number,
                reason: error.to_string(),
            })?;
        Ok(Arc::new(Version {
            id,
            number: row.number,
            definition: Arc::new(definition),
        }))
    }
}
