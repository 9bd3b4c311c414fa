//! The hub: what is open now, coming, and closed.

use actix_web::{HttpRequest, HttpResponse, web::Data};

use super::respondent::{language, schedule};
use crate::{
    live::catalogue::PublishedSurvey,
    survey::schedule::State,
    web::{
        errors::PageError,
        moments,
        pages::{HubPage, SurveyCard, TakenPart},
        site::Site,
        urls::Url,
        words::Speaker,
    },
};

/// `GET /`.
///
/// # Errors
/// [`PageError::Internal`] when a page can't be made.
pub async fn show(site: Data<Site>, request: HttpRequest) -> Result<HttpResponse, PageError> {
    let mut page = HubPage {
        open: Vec::new(),
        coming: Vec::new(),
        closed: Vec::new(),
    };
    for survey in site.catalogue.all() {
        let card = card(&site, &survey)?;
        match schedule(&survey.current)?.state(site.clock.now()) {
            State::Open => page.open.push(card),
            State::Coming => page.coming.push(card),
            State::Grace | State::Closed => page.closed.push(card),
        }
    }
    site.public_page(&request, &site.layout(&site.own_language()), &page)
}

fn card(site: &Site, survey: &PublishedSurvey) -> Result<SurveyCard, PageError> {
    let definition = &survey.current.definition;
    let lang = language(site, &survey.current);
    let fallback = definition.first_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let schedule = schedule(&survey.current)?;
    Ok(SurveyCard {
        title: definition.title.get(&lang, &fallback).to_owned(),
        summary: definition.summary.get(&lang, &fallback).to_owned(),
        href: Url::Overview(&survey.slug).to_string(),
        opens: moments::opening(&schedule, &speaker),
        closes: moments::closing(&schedule, &speaker),
        days_left: schedule.days_left(site.clock.now()).map(i64::from),
        minutes: definition.minutes,
        taken_part: site
            .published_turnout(survey)
            .and_then(|count| TakenPart::on_hub(count, site.is_simulated)),
        resume: None,
    })
}
