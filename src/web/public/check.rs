//! Check your answers, and send them.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web::Data, web::Path};
use validator::Validate;

use super::{
    respondent::{Visit, arrive, remember, remember_sent, schedule, see_other},
    view::{answer_sections, take_words},
};
use crate::{
    actions::{
        Receipt as Wanted,
        send_answers::{Send, Sent, send_answers},
    },
    storage::responses::Flags,
    survey::{form::Form, journey::Journey},
    web::{
        errors::PageError,
        forms::{Submitted, TRAP},
        moments,
        pages::{CheckPage, EmailFields, ErrorLink},
        site::Site,
        urls::Url,
        words::Speaker,
    },
};

/// What can be asked for beside the answers.
#[derive(Debug, Default, Validate)]
struct Receipt {
    #[validate(email, length(max = 254))]
    email: Option<String>,
    wanted: bool,
}

impl Receipt {
    fn of(form: &Form) -> Self {
        let email = form
            .first("email")
            .map(str::trim)
            .filter(|email| !email.is_empty());
        Self {
            email: email.map(ToOwned::to_owned),
            wanted: form.first("receipt") == Some("1"),
        }
    }

    /// The message id of what is wrong, if anything.
    fn problem(&self) -> Option<&'static str> {
        if self.validate().is_err() {
            return Some("check-email-wrong");
        }
        match (&self.email, self.wanted) {
            (None, true) => Some("check-email-missing"),
            (Some(_), false) => Some("check-email-unused"),
            _ => None,
        }
    }
}

/// `GET /surveys/{slug}/respond/check`.
///
/// # Errors
/// [`PageError`] for an unknown survey or a failing store.
pub async fn show(
    site: Data<Site>,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let visit = match arrive(&site, &request, &slug).await?.answering() {
        Ok(visit) => visit,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if let Some(elsewhere) = unfinished(&visit) {
        return Ok(elsewhere);
    }
    render(&site, &visit, &Receipt::default(), StatusCode::OK)
}

/// `POST /surveys/{slug}/respond/check`: sends the answers.
///
/// # Errors
/// As [`show`], and for a form that is not this browser's own.
pub async fn submit(
    site: Data<Site>,
    request: HttpRequest,
    slug: Path<String>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    // A double click, a repeated POST: it counts once, and both see that it does.
    let visit = match arrive(&site, &request, &slug).await?.answering() {
        Ok(visit) => visit,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let Submitted(form) = form;
    if !visit
        .token
        .is_form_token(form.first("csrf").unwrap_or_default())
    {
        return Err(PageError::StaleForm);
    }
    let slug = &visit.survey.slug;
    let receipt = Receipt::of(&form);
    if receipt.problem().is_some() {
        return render(&site, &visit, &receipt, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let Some(read) = &visit.response else {
        return Ok(see_other(&Url::Overview(slug)));
    };
    let send = Send {
        version: &visit.version,
        read: std::sync::Arc::clone(read),
        secret: visit.token.hash(),
        now: site.clock.now(),
        flags: Flags::of_trap(form.first(TRAP)),
        receipt: wanted(&site, &visit, &receipt),
    };
    let outcome = send_answers(&site.store, site.entropy.as_ref(), &send).await;
    site.metrics.save(
        "submit",
        if matches!(outcome, Ok(Sent::Counts(_))) {
            "done"
        } else {
            "failed"
        },
    );
    let url = match outcome? {
        Sent::Counts(_) if receipt.wanted => Url::DoneWithReceipt(slug),
        Sent::Counts(_) => Url::Done(slug),
        Sent::Unfinished(page) => return Ok(see_other(&Url::Respond(slug, &page))),
        Sent::Closed | Sent::Gone => return Ok(see_other(&Url::Overview(slug))),
    };
    let mut response = see_other(&url);
    remember_sent(&site, slug, &visit.token, &mut response);
    Ok(response)
}

/// The receipt to send when the response counts.
fn wanted(site: &Site, visit: &Visit, receipt: &Receipt) -> Option<Wanted> {
    let recipient = receipt
        .email
        .clone()
        .filter(|_| receipt.wanted && site.has_mail)?;
    let definition = &visit.version.definition;
    let fallback = definition.first_language();
    let speaker = Speaker::new(site.templates.texts(), &visit.lang);
    let params = serde_json::json!({
        "office": site.office.name,
        "survey": definition.short_title.get(&visit.lang, &fallback),
        "closes": schedule(&visit.version).ok().map(|schedule| moments::closing(&schedule, &speaker)),
        "link": site.address.link(&Url::Overview(&visit.survey.slug).to_string()),
    });
    Some(Wanted {
        recipient,
        language: visit.lang.to_string(),
        params,
    })
}

/// Where to go instead while a page still needs an answer. Somebody who changed an earlier answer comes back here
/// from it; somebody on the way goes on from it.
fn unfinished(visit: &Visit) -> Option<HttpResponse> {
    let journey = Journey::new(
        &visit.version.definition,
        &visit.stored.answers,
        &visit.stored.saved,
    );
    let page = journey.first_unfinished()?;
    let slug = &visit.survey.slug;
    let is_gap = journey
        .pages()
        .skip_while(|other| other.key != page.key)
        .skip(1)
        .any(|later| visit.stored.saved.contains(&later.key));
    Some(see_other(&if is_gap {
        Url::Change(slug, &page.key)
    } else {
        Url::Respond(slug, &page.key)
    }))
}

fn render(
    site: &Site,
    visit: &Visit,
    receipt: &Receipt,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let slug = &visit.survey.slug;
    let definition = &visit.version.definition;
    let journey = Journey::new(definition, &visit.stored.answers, &visit.stored.saved);
    let fallback = definition.first_language();
    let reader = visit.reader(site, &fallback);
    let mut sections = answer_sections(&reader, &journey, Some(slug));
    let is_invalid = status == StatusCode::UNPROCESSABLE_ENTITY;
    // Many answer the same questions: the page is kept with gaps for the answers.
    let own = (!is_invalid).then(|| take_words(&mut sections));
    let rows = || sections.iter().flat_map(|section| &section.rows);
    let problem = receipt
        .problem()
        .filter(|_| is_invalid)
        .map(|id| reader.speaker.id(id));
    let errors = problem.iter().map(|text| ErrorLink {
        field: "email".to_owned(),
        text: text.clone(),
    });
    let page = CheckPage {
        action: Url::Check(slug).to_string(),
        back: journey
            .last()
            .map_or(Url::Overview(slug), |page| Url::Respond(slug, &page.key))
            .to_string(),
        later: Url::Saved(slug).to_string(),
        answered: rows().filter(|row| row.answer.is_some()).count(),
        asked: rows().count(),
        errors: errors.collect(),
        email: site.has_mail.then(|| EmailFields {
            email: receipt.email.clone().unwrap_or_default(),
            error: problem.clone(),
            receipt: receipt.wanted,
            offer_updates: false,
            updates: false,
        }),
        closes: moments::closing(&schedule(&visit.version)?, &reader.speaker),
        sections,
    };
    let layout = visit.layout(site);
    let mut response = match own {
        Some(own) => site.page_with_gaps(&layout, &page, own)?,
        None => site.page(status, &layout, &page)?,
    };
    remember(site, slug, &visit.token, &mut response);
    Ok(response)
}
