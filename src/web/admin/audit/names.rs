//! What accounts and surveys of the log are called now.

use std::collections::HashMap;

use uuid::Uuid;

use crate::{
    audit::sentence::Names,
    storage::{StorageError, users},
    survey::{ids::Slug, markdown},
    web::site::Site,
};

/// The names of everybody and everything that the log may be about.
#[derive(Debug, Default)]
pub(super) struct LogNames {
    /// Accounts by name; with the address behind it where two have the same.
    accounts: Vec<(Uuid, String)>,
    by_id: HashMap<Uuid, String>,
    /// Short titles by name in addresses.
    surveys: Vec<(String, String)>,
}

impl LogNames {
    /// Reads them.
    pub(super) async fn read(site: &Site) -> Result<Self, StorageError> {
        let users = users::all(&site.store).await?;
        let mut names = Self::default();
        for user in &users {
            let is_alone = users.iter().filter(|other| other.name == user.name).count() == 1;
            let listed = if is_alone {
                user.name.clone()
            } else {
                format!("{} ({})", user.name, user.email)
            };
            names.accounts.push((user.id, listed));
            names.by_id.insert(user.id, user.name.clone());
        }
        names.accounts.sort_by_key(|(_, name)| name.to_lowercase());
        let lang = site.own_language();
        for survey in site.catalogue.all() {
            let definition = &survey.current.definition;
            let title = definition
                .short_title
                .get(&lang, &definition.first_language());
            let title = markdown::to_plain(title);
            names.surveys.push((survey.slug.to_string(), title));
        }
        Ok(names)
    }

    /// Everybody with an account, by name.
    pub(super) fn accounts(&self) -> impl Iterator<Item = (Uuid, &str)> {
        self.accounts.iter().map(|(id, name)| (*id, name.as_str()))
    }

    /// Every survey, by its name in addresses, with its title.
    pub(super) fn surveys(&self) -> impl Iterator<Item = (&str, &str)> {
        let surveys = self.surveys.iter();
        surveys.map(|(slug, title)| (slug.as_str(), title.as_str()))
    }

    /// Whether there is such an account.
    pub(super) fn is_known(&self, id: Uuid) -> bool {
        self.by_id.contains_key(&id)
    }

    /// A survey's title.
    pub(super) fn title(&self, slug: &str) -> Option<&str> {
        let found = self.surveys().find(|(known, _)| *known == slug);
        found.map(|(_, title)| title)
    }
}

impl Names for LogNames {
    fn account(&self, id: Uuid) -> Option<String> {
        self.by_id.get(&id).cloned()
    }

    fn survey(&self, slug: &Slug) -> Option<String> {
        self.title(slug.as_str()).map(ToOwned::to_owned)
    }
}
