//! All surveys, as officers see them.

use actix_web::{HttpResponse, http::StatusCode, web::Data};

use super::{
    session::SignedInOfficer,
    view::{head::state_name, words::Words},
};
use crate::{
    live::PublishedSurvey,
    results::{Outcome, PageOutcome, ResultPage, ResultQuery, answer},
    storage::drafts,
    survey::ids::Slug,
    web::{
        access::Capability,
        errors::PageError,
        moments,
        pages::{SurveyLine, SurveysPage},
        public::respondent::schedule,
        site::Site,
        templates::Link,
        urls::Url,
        words::Speaker,
    },
};

/// `GET /admin`.
///
/// # Errors
/// [`PageError`] when the template can't show it.
pub async fn list(site: Data<Site>, officer: SignedInOfficer) -> Result<HttpResponse, PageError> {
    let mut surveys = Vec::new();
    for survey in site.catalogue.all().iter().rev() {
        // A survey whose answers can't be read now is listed all the same.
        let snapshot = site.live.snapshot(survey).await;
        let overview = snapshot
            .ok()
            .map(|snapshot| answer(&ResultQuery::of(ResultPage::Overview), &snapshot));
        surveys.push(line(&site, survey, overview.as_ref())?);
    }
    let may_edit = officer.may(Capability::EditSurveys);
    site.page(
        StatusCode::OK,
        &officer.layout(&site),
        &SurveysPage {
            surveys,
            drafts: if may_edit {
                drafts(&site).await?
            } else {
                Vec::new()
            },
            new: may_edit.then(|| Url::NewSurvey.to_string()),
        },
    )
}

/// Drafts of surveys that were never published; those of others are reached from their surveys.
async fn drafts(site: &Site) -> Result<Vec<Link>, PageError> {
    let drafts = drafts::all(&site.store).await?;
    let new = drafts
        .into_iter()
        .filter(|draft| site.catalogue.by_slug(&draft.slug).is_none());
    let link = |draft: drafts::DraftLine| {
        let slug = Slug::new(&draft.slug).ok()?;
        Some(Link {
            href: Url::AdminSurvey(&slug, "edit").to_string(),
            text: draft.slug,
        })
    };
    Ok(new.filter_map(link).collect())
}

fn line(
    site: &Site,
    survey: &PublishedSurvey,
    outcome: Option<&Outcome>,
) -> Result<SurveyLine, PageError> {
    let definition = &survey.current.definition;
    let (lang, fallback) = (site.own_language(), definition.first_language());
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let words = Words {
        definition,
        place: &site.place,
        speaker,
        fallback: &fallback,
    };
    let schedule = schedule(&survey.current)?;
    let today = outcome.and_then(|outcome| match &outcome.page {
        PageOutcome::Overview(overview) => Some(overview.responses_today),
        _ => None,
    });
    Ok(SurveyLine {
        title: words.plain(&definition.short_title),
        href: Url::AdminSurvey(&survey.slug, "").to_string(),
        state: state_name(schedule.state(site.clock.now())),
        opens: moments::opening(&schedule, &speaker),
        closes: moments::closing(&schedule, &speaker),
        responses: outcome.map(|outcome| outcome.state.responses),
        today,
    })
}
