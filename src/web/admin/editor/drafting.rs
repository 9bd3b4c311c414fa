//! An officer who edits a draft: the draft, what is in force, and what every page of the editor is made with.

use std::sync::Arc;

use actix_web::{HttpResponse, http::StatusCode};
use jiff::{Timestamp, tz::TimeZone};

use super::forming::{Forming, OwnLint, Reading, field_path, severity_name};
use crate::{
    actions::drafts::{DraftError, OpenDraft, edit_draft, open_draft},
    live::PublishedSurvey,
    survey::{
        definition::{Definition, Question},
        difference::{Change, Place, difference},
        edit::{Edit, Refused},
        form::Form,
        ids::{Code, Lang, Slug},
        lint::{Lint, LintContext, Owner, is_publishable, lint, owner},
        message::Message,
        schedule::{Schedule, State},
        text::Text,
    },
    web::{
        admin::session::SignedInOfficer,
        errors::PageError,
        middleware::headers::Framing,
        moments,
        pages::{ChangeView, EditHead, ErrorLink, LintView},
        public::respondent::{schedule, see_other},
        site::Site,
        templates::{Layout, NavItem, Page, SurveyLink},
        urls::Url,
        words::Speaker,
    },
};

/// The pages of the editor: their words and what stands behind the survey in their addresses.
const TABS: [(&str, &str); 6] = [
    ("edit-tab-outline", "edit"),
    ("edit-tab-front", "edit/front"),
    ("edit-tab-themes", "edit/themes"),
    ("edit-tab-trial", "edit/trial"),
    ("edit-tab-versions", "edit/versions"),
    ("edit-tab-publish", "edit/publish"),
];

impl From<DraftError> for PageError {
    fn from(error: DraftError) -> Self {
        match error {
            DraftError::Storage(error) => error.into(),
            DraftError::Missing => Self::NotFound,
            DraftError::Conflict | DraftError::Taken => Self::Conflict,
            DraftError::Refused(error) => Self::Unprocessable(error.to_string()),
            DraftError::Held(held) => Self::Unprocessable(format!("{held:?}")),
            DraftError::Document(error) => Self::Internal(error.to_string()),
        }
    }
}

/// A draft that an officer edits.
pub(super) struct Drafting<'a> {
    pub(super) site: &'a Site,
    pub(super) officer: &'a SignedInOfficer,
    pub(super) draft: OpenDraft,
    /// The survey as published, if it is.
    pub(super) published: Option<Arc<PublishedSurvey>>,
    pub(super) lang: Lang,
    pub(super) fallback: Lang,
}

impl<'a> Drafting<'a> {
    pub(super) async fn at(
        site: &'a Site,
        officer: &'a SignedInOfficer,
        slug: &str,
    ) -> Result<Self, PageError> {
        let slug = Slug::new(slug).map_err(|_| PageError::NotFound)?;
        let draft = open_draft(&site.store, slug.as_str()).await?;
        Ok(Self {
            published: site.catalogue.by_slug(slug.as_str()),
            lang: site.own_language(),
            fallback: draft.definition.first_language(),
            site,
            officer,
            draft,
        })
    }

    pub(super) fn definition(&self) -> &Definition {
        &self.draft.definition
    }

    pub(super) fn slug(&self) -> &Slug {
        &self.draft.definition.slug
    }

    pub(super) fn speaker(&self) -> Speaker<'_> {
        Speaker::new(self.site.templates.texts(), &self.lang)
    }

    /// A text in the survey's first language.
    pub(super) fn words(&self, text: &Text) -> String {
        text.get(&self.fallback, &self.fallback).to_owned()
    }

    /// A question's few words; its key, while it has none.
    pub(super) fn name(&self, question: &Question) -> String {
        let words = self.words(question.short_or_label());
        if words.trim().is_empty() {
            question.key.to_string()
        } else {
            words
        }
    }

    pub(super) fn url(&self, page: &str) -> String {
        Url::AdminSurvey(self.slug(), page).to_string()
    }

    /// Where a thing is edited.
    pub(super) fn place(&self, owner: &Owner) -> String {
        self.url(&match owner {
            Owner::Survey => "edit/front".to_owned(),
            Owner::Themes | Owner::Roles => "edit/themes".to_owned(),
            Owner::Section(key) => format!("edit/section?key={key}"),
            Owner::Page(key) => format!("edit/page?key={key}"),
            Owner::Question(key) => format!("edit/question?key={key}"),
        })
    }

    pub(super) fn layout(&self) -> Layout {
        let mut layout = self.officer.layout(self.site);
        layout.survey = Some(SurveyLink {
            title: self.words(&self.definition().short_title),
            href: self.url("edit"),
        });
        layout
    }

    pub(super) fn zone(&self) -> TimeZone {
        TimeZone::get(&self.definition().time_zone).unwrap_or(TimeZone::UTC)
    }

    /// A moment of the store in words.
    pub(super) fn at_words(&self, micros: i64) -> String {
        let at = Timestamp::from_microsecond(micros).unwrap_or_default();
        moments::moment(at, &self.zone(), &self.speaker())
    }

    pub(super) fn head(&self, current: &str) -> EditHead {
        let in_force = self.published.as_ref().map(|survey| survey.current.number);
        let saved = Message::new("edit-saved")
            .with("by", self.draft.saved_by.clone())
            .with("when", self.at_words(self.draft.saved_at));
        let tab = |(key, page): &(&'static str, &str)| {
            NavItem::current(key, self.url(page), *key == current)
        };
        EditHead {
            title: self.words(&self.definition().short_title),
            all: Url::Admin.to_string(),
            saved: self.speaker().say(&saved),
            next_version: in_force.map_or(1, |number| number + 1),
            in_force,
            results: in_force.map(|_| self.url("")),
            tabs: TABS.iter().map(tab).collect(),
        }
    }

    /// What the linter says, each finding with the thing it is about and its path there.
    pub(super) fn findings(&self) -> Vec<(Owner, String, LintView)> {
        let definition = self.definition();
        let view = |found: Lint| {
            let (owner, path) = owner(definition, &found);
            let view = LintView {
                severity: severity_name(&found),
                about: self.about(&owner),
                href: format!("{}#{}", self.place(&owner), anchor(&path, &self.fallback)),
                text: found.message,
                mend: found.mend,
            };
            (owner, path, view)
        };
        self.lints().into_iter().map(view).collect()
    }

    fn lints(&self) -> Vec<Lint> {
        let is_area = |code: &Code| self.site.place.area(code).is_some();
        lint(self.definition(), &LintContext { is_area: &is_area })
    }

    pub(super) fn about(&self, owner: &Owner) -> String {
        let definition = self.definition();
        match owner {
            Owner::Survey => self.speaker().id("edit-tab-front"),
            Owner::Themes | Owner::Roles => self.speaker().id("edit-tab-themes"),
            Owner::Section(key) => {
                let section = definition
                    .sections
                    .iter()
                    .find(|section| section.key == *key);
                section.map_or_else(String::new, |section| self.words(&section.title))
            }
            Owner::Page(key) => definition
                .page(key)
                .map_or_else(String::new, |page| self.words(&page.title)),
            Owner::Question(key) => definition
                .question(key)
                .map_or_else(String::new, |question| self.name(question)),
        }
    }

    /// A form about one thing, with what the linter says of it.
    pub(super) fn forming<'f>(
        &'f self,
        is_own: &dyn Fn(&Owner) -> bool,
        typed: Option<&'f Form>,
        errors: &'f [ErrorLink],
    ) -> Forming<'f> {
        let findings = self
            .findings()
            .into_iter()
            .filter(|(owner, _, _)| is_own(owner));
        Forming {
            speaker: self.speaker(),
            languages: &self.definition().languages,
            typed,
            errors,
            lints: findings
                .map(|(_, path, view)| OwnLint {
                    path: field_path(&path),
                    view,
                })
                .collect(),
        }
    }

    /// The definition in force and where that survey is in its life.
    pub(super) fn in_force(&self) -> Result<Option<(&Definition, State)>, PageError> {
        let Some(survey) = &self.published else {
            return Ok(None);
        };
        let state = schedule(&survey.current)?.state(self.site.clock.now());
        Ok(Some((&survey.current.definition, state)))
    }

    /// When the draft opens and closes; none, while its dates make no sense.
    pub(super) fn schedule(&self) -> Option<Schedule> {
        Schedule::new(self.definition()).ok()
    }

    pub(super) fn passes(&self, definition: &Definition) -> bool {
        let is_area = |code: &Code| self.site.place.area(code).is_some();
        is_publishable(&lint(definition, &LintContext { is_area: &is_area }))
    }

    pub(super) fn change_views(&self, changes: &[Change]) -> Vec<ChangeView> {
        let speaker = self.speaker();
        let view = |change: &Change| ChangeView {
            effect: change.effect.name(),
            text: speaker.say(&change.message),
        };
        changes.iter().map(view).collect()
    }

    /// What is different from the version in force at one thing.
    pub(super) fn changes_at(&self, place: &Place) -> Vec<ChangeView> {
        let Some(survey) = &self.published else {
            return Vec::new();
        };
        let mut changes = difference(&survey.current.definition, self.definition());
        changes.retain(|change| change.place == *place);
        self.change_views(&changes)
    }

    /// Reads a form in the draft's languages.
    pub(super) fn reading<'f>(&'f self, form: &'f Form) -> Reading<'f> {
        Reading {
            form,
            languages: &self.definition().languages,
            speaker: self.speaker(),
            errors: Vec::new(),
        }
    }

    /// Makes an edit of the revision that the form was made from.
    pub(super) async fn edit(&self, seen: u32, edit: Edit) -> Result<u32, DraftError> {
        edit_draft(
            &self.site.store,
            self.slug().as_str(),
            seen,
            edit,
            &self.officer.author(),
        )
        .await
    }

    /// Why an edit is not made, in words.
    pub(super) fn refusal(&self, refused: &Refused) -> String {
        let message = match refused {
            Refused::Missing(name) => {
                Message::new("edit-refused-missing").with("name", name.clone())
            }
            Refused::AtTheEdge => Message::new("edit-refused-edge"),
            Refused::Needed { needed, by } => Message::new("edit-refused-needed")
                .with("needed", needed.to_string())
                .with("by", by.clone()),
            Refused::Taken(name) => Message::new("edit-refused-taken").with("name", name.clone()),
            Refused::CannotReveal => Message::new("edit-refused-reveal"),
            Refused::Bound(why) => Message::new("edit-refused-bound").with("why", why.clone()),
        };
        self.speaker().say(&message)
    }

    /// A page of the editor with a page of the draft in a frame.
    pub(super) fn page_with_frame<P: Page>(
        &self,
        status: StatusCode,
        page: &P,
    ) -> Result<HttpResponse, PageError> {
        let mut response = self.site.page(status, &self.layout(), page)?;
        response.extensions_mut().insert(Framing::HasFrame);
        Ok(response)
    }

    pub(super) fn go(&self, page: &str) -> HttpResponse {
        see_other(&Url::AdminSurvey(self.slug(), page))
    }
}

/// The id of the field a path leads to: texts have a field for each language.
fn anchor(path: &str, first: &Lang) -> String {
    const TEXTS: [&str; 18] = [
        "label",
        "title",
        "short",
        "hint",
        "required_message",
        "sensitive",
        "intro",
        "other",
        "min_label",
        "max_label",
        "suffix",
        "outside",
        "body",
        "short_title",
        "summary",
        "what_we_ask",
        "who_can_answer",
        "privacy",
    ];
    let path = field_path(path);
    let last = path.rsplit('.').next().unwrap_or_default();
    if TEXTS.contains(&last) {
        format!("{path}.{first}")
    } else {
        path
    }
}

/// The revision that a form was made from.
pub(super) fn seen(form: &Form) -> Result<u32, PageError> {
    let given = form.first("revision").and_then(|given| given.parse().ok());
    given.ok_or(PageError::BadRequest)
}
