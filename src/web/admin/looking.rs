//! An officer who looks at a survey: its state, and what every page of results is made with.

use std::sync::Arc;

use actix_web::web;

use super::{
    session::SignedInOfficer,
    view::{
        filters::{FilteredPage, filter_view},
        head::survey_head,
        proof::proof,
        words::Words,
    },
};
use crate::{
    live::{self, PublishedSurvey},
    results::{Outcome, QueryError, ResultPage, ResultQuery, Snapshot, State, answer},
    survey::ids::{Lang, Slug},
    web::{
        access::Capability,
        errors::PageError,
        pages::{FilterView, SurveyHead},
        public::respondent::{schedule, survey},
        site::Site,
        templates::{Layout, SurveyLink},
        urls::Url,
        words::Speaker,
    },
};

/// A survey whose results an officer looks at.
pub(super) struct Looking<'a> {
    pub(super) site: &'a Site,
    pub(super) officer: &'a SignedInOfficer,
    pub(super) survey: Arc<PublishedSurvey>,
    pub(super) snapshot: Arc<Snapshot>,
    lang: Lang,
    fallback: Lang,
}

impl<'a> Looking<'a> {
    pub(super) async fn at(
        site: &'a Site,
        officer: &'a SignedInOfficer,
        slug: &str,
    ) -> Result<Self, PageError> {
        let survey = survey(site, slug)?;
        let snapshot = site.live.snapshot(&survey).await?;
        let (lang, fallback) = (site.own_language(), snapshot.definition.first_language());
        Ok(Self {
            site,
            officer,
            survey,
            snapshot,
            lang,
            fallback,
        })
    }

    pub(super) fn words(&self) -> Words<'_> {
        Words {
            definition: &self.snapshot.definition,
            place: &self.snapshot.place,
            speaker: Speaker::new(self.site.templates.texts(), &self.lang),
            fallback: &self.fallback,
        }
    }

    pub(super) fn slug(&self) -> &Slug {
        &self.survey.slug
    }

    pub(super) fn parse(&self, path: &str, query: &str) -> Result<ResultQuery, PageError> {
        let newest =
            jiff::Timestamp::from_microsecond(self.snapshot.as_of_micros).unwrap_or_default();
        let (definition, place) = (&self.snapshot.definition, &self.snapshot.place);
        let query = ResultQuery::parse(path, query, definition, place)
            .and_then(|query| query.until(newest))
            .map_err(|error| self.refuse(&error))?;
        if query.reads_sensitive(definition) && !self.officer.may(Capability::SeeSensitive) {
            return Err(PageError::Forbidden);
        }
        Ok(query)
    }

    /// An address that names something unknown: the page says what, and what is known.
    pub(super) fn refuse(&self, error: &QueryError) -> PageError {
        if error.is_unknown_page() {
            return PageError::NotFound;
        }
        PageError::Unprocessable(self.words().say(&error.message()))
    }

    pub(super) fn head(&self, current: &str) -> Result<SurveyHead, PageError> {
        let schedule = schedule(&self.survey.current)?;
        let as_of = jiff::Timestamp::from_microsecond(self.snapshot.as_of_micros).ok();
        let now = self.site.clock.now();
        Ok(survey_head(
            &self.words(),
            self.slug(),
            &schedule,
            now,
            as_of,
            self.officer,
            current,
        ))
    }

    /// What stands on a page, sensitive figures and all.
    pub(super) async fn outcome(&self, query: &ResultQuery) -> Result<Outcome, PageError> {
        let mut outcome = if matches!(query.page, ResultPage::Priorities) {
            long_answer(self, query).await?
        } else {
            answer(query, &self.snapshot)
        };
        if let Some(as_of) = query.filter.as_of {
            let since = live::since(&self.site.store, self.survey.id, as_of).await?;
            outcome.state.since = Some(since);
        }
        Ok(outcome)
    }

    /// The head of a results page, which also says how its figures are had again.
    pub(super) fn results_head(
        &self,
        current: &str,
        query: &ResultQuery,
        state: &State,
    ) -> Result<SurveyHead, PageError> {
        let mut head = self.head(current)?;
        let may_freeze = self.officer.may(Capability::FreezeResults);
        head.proof = Some(proof(&self.words(), self.slug(), query, state, may_freeze));
        Ok(head)
    }

    pub(super) fn filter(&self, query: &ResultQuery, outcome: &Outcome) -> FilterView {
        let path = query.path();
        let page = FilteredPage {
            slug: self.slug(),
            path: &path,
            query,
            extra: &[],
        };
        filter_view(&self.words(), &page, Vec::new(), outcome.state.selected)
    }

    /// Days until the survey closes, today included; none when it has closed.
    pub(super) fn days_left(&self) -> Result<Option<u32>, PageError> {
        let days = schedule(&self.survey.current)?.days_left(self.site.clock.now());
        Ok(days.and_then(|days| u32::try_from(days + 1).ok()))
    }

    /// The frame of the page, which names the survey and says so where it shows simulated responses.
    pub(super) fn layout(&self, simulated: bool) -> Layout {
        let mut layout = self.officer.layout(self.site);
        layout.simulated |= simulated;
        layout.survey = Some(SurveyLink {
            title: self.words().plain(&self.snapshot.definition.short_title),
            href: Url::AdminSurvey(self.slug(), "").to_string(),
        });
        layout
    }
}

/// An answer that takes longer than other requests should wait: a thousand resamples of a million responses.
async fn long_answer(looking: &Looking<'_>, query: &ResultQuery) -> Result<Outcome, PageError> {
    let kept = &looking.site.kept;
    let address = query.to_url();
    if let Some(outcome) = kept.get(&looking.snapshot, &address) {
        return Ok(outcome);
    }
    let (asked, snapshot) = (query.clone(), Arc::clone(&looking.snapshot));
    let outcome = web::block(move || answer(&asked, &snapshot))
        .await
        .map_err(|error| PageError::Internal(error.to_string()))?;
    kept.keep(&looking.snapshot, address, &outcome);
    Ok(outcome)
}
