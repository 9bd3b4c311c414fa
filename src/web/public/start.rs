//! Start: a POST, so that crawlers start nothing. It gives the browser a token; the row begins with the first page saved.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path},
};

use super::respondent::{self, Arrival, arrive, remember, see_other};
use crate::{
    storage::responses,
    survey::{
        journey::{Journey, Next},
        schedule::State,
    },
    web::{errors::PageError, site::Site, tokens::ResponseToken, urls::Url},
    world::{new_id, random},
};

/// `POST /surveys/{slug}/start`: begins, or goes on where this device left off.
///
/// # Errors
/// [`PageError`] for an unknown survey or a failing store.
pub async fn start(
    site: Data<Site>,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    if let Arrival::Answering(visit) = arrive(&site, &request, &slug).await?
        && visit.response.is_some()
    {
        let journey = Journey::new(
            &visit.version.definition,
            &visit.stored.answers,
            &visit.stored.saved,
        );
        return Ok(match journey.resume() {
            Next::Page(page) => see_other(&Url::Respond(&visit.survey.slug, &page.key)),
            Next::Check => see_other(&Url::Check(&visit.survey.slug)),
        });
    }
    let survey = respondent::survey(&site, &slug)?;
    let first = survey
        .current
        .definition
        .pages()
        .next()
        .ok_or(PageError::NotFound)?
        .1;
    if respondent::state(&survey.current, site.clock.now())? != State::Open {
        return Ok(see_other(&Url::Overview(&survey.slug)));
    }
    let id = new_id(site.clock.as_ref(), site.entropy.as_ref());
    responses::begin_session(&site.store, id);
    let token = ResponseToken::new(id, random(site.entropy.as_ref()));
    let mut response = see_other(&Url::Respond(&survey.slug, &first.key));
    remember(&site, &survey.slug, &token, &mut response);
    Ok(response)
}
