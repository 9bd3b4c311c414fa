//! Surveys and their frozen versions. Definitions are opaque text here; a version is never changed.

use std::fmt::Write as _;

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Engine, StorageError, Store, Tx};

/// A survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// Its identity.
    pub id: Uuid,
    /// Its name in addresses.
    pub slug: String,
    /// The version that new responses answer.
    pub current_version: Option<Uuid>,
    /// When it was first published (unix microseconds).
    pub created_at: i64,
}

/// A frozen definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyVersion {
    /// Its identity.
    pub id: Uuid,
    /// Its survey.
    pub survey_id: Uuid,
    /// 1, 2, 3 … within its survey.
    pub number: u32,
    /// The definition as canonical JSON.
    pub definition: String,
    /// SHA-256 of it, in hexadecimal.
    pub sha256: String,
    /// When it was published (unix microseconds).
    pub published_at: i64,
}

/// A definition to publish.
#[derive(Debug, Clone)]
pub struct Publish {
    /// The survey's identity, if its slug is new.
    pub new_survey_id: Uuid,
    /// The version's identity, if it is new.
    pub new_version_id: Uuid,
    /// The survey's name in addresses.
    pub slug: String,
    /// The definition as canonical JSON.
    pub definition: String,
    /// The number it must get; the next one if left out.
    pub number: Option<u32>,
}

/// What publishing came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The version residents answer now.
    pub version: SurveyVersion,
    /// Whether exactly this definition had been published before, so that nothing was added.
    pub unchanged: bool,
}

/// Freezes a definition as a version and makes it the current one. Publishing the same text again changes nothing.
///
/// # Errors
/// [`StorageError::Refused`] if the number is taken by another definition, or would leave a gap.
pub async fn publish(tx: &Tx, publish: Publish) -> Result<Published, StorageError> {
    use entity::{survey, survey_version};
    let now = tx.now().await?;
    let found = survey::Entity::find()
        .filter(survey::Column::Slug.eq(&publish.slug))
        .one(&tx.inner)
        .await?;
    let survey = match found {
        Some(survey) => survey,
        None => {
            let survey = survey::ActiveModel {
                id: Set(publish.new_survey_id),
                slug: Set(publish.slug),
                current_version_id: Set(None),
                created_at: Set(now),
            };
            survey.insert(&tx.inner).await?
        }
    };
    if tx.engine == Engine::Postgres {
        // Two publishers must not both take the next number; SQLite's transaction keeps the second out already.
        tx.run(
            "SELECT 1 FROM survey WHERE id = $1 FOR UPDATE",
            [survey.id.into()],
        )
        .await?;
    }
    let latest = survey_version::Entity::find()
        .filter(survey_version::Column::SurveyId.eq(survey.id))
        .order_by_desc(survey_version::Column::Number)
        .one(&tx.inner)
        .await?;
    let next = latest.as_ref().map_or(1, |version| version.number + 1);
    let number = match publish.number {
        Some(number) => i32::try_from(number)
            .map_err(|_| StorageError::Refused(format!("{number} is too high for a version")))?,
        None => next,
    };
    let sha256 = Sha256::digest(publish.definition.as_bytes()).to_vec();
    let existing = if publish.number.is_none() {
        latest.filter(|version| version.sha256 == sha256)
    } else {
        survey_version::Entity::find()
            .filter(survey_version::Column::SurveyId.eq(survey.id))
            .filter(survey_version::Column::Number.eq(number))
            .one(&tx.inner)
            .await?
    };
    if let Some(version) = existing {
        if version.sha256 != sha256 {
            return Err(StorageError::Refused(format!(
                "version {number} of {} is published and can't be changed; publish a new version",
                survey.slug
            )));
        }
        let version = point_at(tx, survey, version).await?;
        return Ok(Published {
            version,
            unchanged: true,
        });
    }
    if number != next {
        return Err(StorageError::Refused(format!(
            "the next version of {} is {next}, not {number}",
            survey.slug
        )));
    }
    let version = survey_version::ActiveModel {
        id: Set(publish.new_version_id),
        survey_id: Set(survey.id),
        number: Set(number),
        definition: Set(publish.definition),
        sha256: Set(sha256),
        published_at: Set(now),
    };
    let version = version.insert(&tx.inner).await?;
    let version = point_at(tx, survey, version).await?;
    Ok(Published {
        version,
        unchanged: false,
    })
}

async fn point_at(
    tx: &Tx,
    survey: entity::survey::Model,
    version: entity::survey_version::Model,
) -> Result<SurveyVersion, StorageError> {
    if survey.current_version_id != Some(version.id) {
        let mut survey = survey.into_active_model();
        survey.current_version_id = Set(Some(version.id));
        survey.update(&tx.inner).await?;
    }
    version.try_into()
}

/// Every survey, by slug.
///
/// # Errors
/// When the database can't be read.
pub async fn all(store: &Store) -> Result<Vec<Survey>, StorageError> {
    let rows = entity::survey::Entity::find()
        .order_by_asc(entity::survey::Column::Slug)
        .all(store.reads())
        .await?;
    Ok(rows.into_iter().map(Survey::from).collect())
}

/// A survey by its name in addresses.
///
/// # Errors
/// When the database can't be read.
pub async fn find(store: &Store, slug: &str) -> Result<Option<Survey>, StorageError> {
    let row = entity::survey::Entity::find()
        .filter(entity::survey::Column::Slug.eq(slug))
        .one(store.reads())
        .await?;
    Ok(row.map(Survey::from))
}

/// A version by its identity.
///
/// # Errors
/// When the database can't be read.
pub async fn version(store: &Store, id: Uuid) -> Result<Option<SurveyVersion>, StorageError> {
    let row = entity::survey_version::Entity::find_by_id(id)
        .one(store.reads())
        .await?;
    row.map(SurveyVersion::try_from).transpose()
}

/// Every version of a survey, first first.
///
/// # Errors
/// When the database can't be read.
pub async fn versions(store: &Store, survey_id: Uuid) -> Result<Vec<SurveyVersion>, StorageError> {
    let rows = entity::survey_version::Entity::find()
        .filter(entity::survey_version::Column::SurveyId.eq(survey_id))
        .order_by_asc(entity::survey_version::Column::Number)
        .all(store.reads())
        .await?;
    rows.into_iter().map(SurveyVersion::try_from).collect()
}

impl From<entity::survey::Model> for Survey {
    fn from(row: entity::survey::Model) -> Self {
        Self {
            id: row.id,
            slug: row.slug,
            current_version: row.current_version_id,
            created_at: row.created_at,
        }
    }
}

impl TryFrom<entity::survey_version::Model> for SurveyVersion {
    type Error = StorageError;

    fn try_from(row: entity::survey_version::Model) -> Result<Self, StorageError> {
        let mut sha256 = String::with_capacity(64);
        for byte in Sha256::digest(row.definition.as_bytes()) {
            write!(sha256, "{byte:02x}")
                .map_err(|error| StorageError::Unexpected(error.to_string()))?;
        }
        if Sha256::digest(row.definition.as_bytes()).as_slice() != row.sha256 {
            return Err(StorageError::Corrupt(format!(
                "version {} was changed after it was published",
                row.id
            )));
        }
        Ok(Self {
            id: row.id,
            survey_id: row.survey_id,
            number: u32::try_from(row.number).map_err(|_| {
                StorageError::Corrupt(format!("{} is no version number", row.number))
            })?,
            definition: row.definition,
            sha256,
            published_at: row.published_at,
        })
    }
}
