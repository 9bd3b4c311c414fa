//! A page of questions: shown with what was saved, saved with what was sent.

use std::{iter, sync::Arc};

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path, Query},
};
use serde::Deserialize;

use super::{
    respondent::{Visit, arrive, remember, see_other, started_at},
    view::{Shown, can_have_gaps, error_links, question_views, words_for_gaps},
};
use crate::{
    actions::answer_page::{PageSaved, PageSent, answer_page},
    storage::responses::{Channel, Flags},
    survey::{
        decode::{PageDecoded, find_area},
        definition::{Kind, Page, Question},
        encode::encode_page,
        form::Form,
        ids::{PageKey, QuestionKey},
        journey::{Journey, Progress},
        problem::FieldError,
    },
    web::{
        errors::PageError,
        forms::{Submitted, TRAP},
        pages::{ErrorLink, QuestionPage},
        site::{Site, html_response},
        templates::{Remembered, TemplateError},
        urls::Url,
    },
};

/// What can follow a page's address.
#[derive(Debug, Default, Deserialize)]
pub struct Options {
    /// Whether the page is changed from "check your answers", and leads back there.
    #[serde(default)]
    change: Option<String>,
    /// The question that the answers just saved brought up on this page.
    #[serde(default)]
    more: Option<String>,
}

/// `GET /surveys/{slug}/respond/{page}`.
///
/// # Errors
/// [`PageError`] for an unknown survey or page, or a failing store.
pub async fn show(
    site: Data<Site>,
    request: HttpRequest,
    path: Path<(String, String)>,
    options: Query<Options>,
) -> Result<HttpResponse, PageError> {
    let (slug, key) = path.into_inner();
    let visit = match arrive(&site, &request, &slug).await?.answering() {
        Ok(visit) => visit,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let page = find_page(&visit, &key)?;
    let journey = visit.journey();
    if let Err(instead) = journey.may_visit(&page.key) {
        return Ok(see_other(&Url::Respond(&visit.survey.slug, instead)));
    }
    let form = Form::new(encode_page(
        &visit.version.definition,
        &visit.stored.answers,
        page,
    ));
    let sight = Sight {
        form: &form,
        errors: &[],
        found: None,
        more: options.more.as_deref(),
        is_change: options.change.is_some(),
    };
    render(&site, &visit, page, &journey, &sight, StatusCode::OK)
}

/// `POST /surveys/{slug}/respond/{page}`.
///
/// # Errors
/// As [`show`], and for a form that is not this browser's own.
pub async fn save(
    site: Data<Site>,
    request: HttpRequest,
    path: Path<(String, String)>,
    options: Query<Options>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    let (slug, key) = path.into_inner();
    let Submitted(mut form) = form;
    let visit = match arrive(&site, &request, &slug).await?.answering() {
        Ok(visit) => visit,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if !visit
        .token
        .is_form_token(form.first("csrf").unwrap_or_default())
    {
        return Err(PageError::StaleForm);
    }
    if is_of_another_version(&visit, &form) {
        return Err(PageError::Conflict);
    }
    let page = find_page(&visit, &key)?;
    let is_change = options.change.is_some();
    if let Some(question) = asked_to_find(page, &form) {
        return find_district(&site, &visit, page, question, &mut form, is_change);
    }
    let now = site.clock.now();
    let sent = PageSent {
        survey_id: visit.survey.id,
        version: &visit.version,
        page,
        areas: site.place.as_ref(),
        id: visit.token.id,
        secret: visit.token.hash(),
        read: visit.response.clone(),
        taken_apart: &visit.stored,
        form: &form,
        language: &visit.lang,
        channel: Channel::Web,
        simulated: false,
        started_at: started_at(&visit.token, now),
        now: now.as_microsecond(),
        flags: Flags::of_trap(form.first(TRAP)),
        is_pause: form.first("action") == Some("save"),
    };
    let slug = &visit.survey.slug;
    let outcome = answer_page(&site.store, &sent).await;
    site.metrics.save("page", super::outcome_name(&outcome));
    let url = match outcome? {
        PageSaved::More(question) => Url::More(slug, &page.key, &question, is_change).to_string(),
        PageSaved::Next(_) if is_change => Url::Check(slug).to_string(),
        PageSaved::Next(Some(next)) => Url::Respond(slug, &next).to_string(),
        PageSaved::Next(None) => Url::Check(slug).to_string(),
        PageSaved::Paused => Url::Saved(slug).to_string(),
        PageSaved::Elsewhere(instead) => Url::Respond(slug, &instead).to_string(),
        PageSaved::Sent => Url::Done(slug).to_string(),
        PageSaved::Gone => Url::Overview(slug).to_string(),
        PageSaved::Invalid(decoded) => {
            let sight = Sight {
                form: &form,
                errors: &decoded.errors,
                found: None,
                more: None,
                is_change,
            };
            return render(
                &site,
                &visit,
                page,
                &visit.journey(),
                &sight,
                StatusCode::UNPROCESSABLE_ENTITY,
            );
        }
        PageSaved::Confirm(decoded) => {
            return confirm(&site, &visit, page, &mut form, &decoded, is_change);
        }
    };
    let mut response = HttpResponse::SeeOther()
        .insert_header(("location", url))
        .finish();
    remember(&site, slug, &visit.token, &mut response);
    Ok(response)
}

/// Whether the page was shown in another version than the one that answers are taken for. A response keeps the version of
/// its first page saved: until then a new one can be published under somebody's eyes, and what they answered was another
/// question.
fn is_of_another_version(visit: &Visit, form: &Form) -> bool {
    let shown = form.first("version");
    shown.is_some_and(|shown| shown != visit.version.number.to_string())
}

fn find_page<'a>(visit: &'a Visit, key: &str) -> Result<&'a Page, PageError> {
    let key = PageKey::new(key).map_err(|_| PageError::NotFound)?;
    visit
        .version
        .definition
        .page(&key)
        .ok_or(PageError::NotFound)
}

/// The question whose "Find my district" was pressed.
fn asked_to_find<'a>(page: &'a Page, form: &Form) -> Option<&'a Question> {
    let key = form.first("action")?.strip_prefix("find-")?;
    page.all_questions()
        .find(|question| question.key.as_str() == key)
}

/// "Find my district": the page again, the district chosen and the postcode gone. Nothing is saved, and no address holds
/// the postcode.
fn find_district(
    site: &Site,
    visit: &Visit,
    page: &Page,
    question: &Question,
    form: &mut Form,
    is_change: bool,
) -> Result<HttpResponse, PageError> {
    let field = format!("{}-postcode", question.key);
    let typed = form.first(&field).unwrap_or_default().to_owned();
    match find_area(question, &typed, site.place.as_ref()) {
        Ok(area) => {
            form.choose_area(&question.key, &area);
            let sight = Sight {
                form,
                errors: &[],
                found: Some(&question.key),
                more: None,
                is_change,
            };
            render(site, visit, page, &visit.journey(), &sight, StatusCode::OK)
        }
        Err(problem) => {
            let errors = [FieldError {
                field,
                question: question.key.clone(),
                problem,
            }];
            let sight = Sight {
                form,
                errors: &errors,
                found: None,
                more: None,
                is_change,
            };
            render(
                site,
                visit,
                page,
                &visit.journey(),
                &sight,
                StatusCode::UNPROCESSABLE_ENTITY,
            )
        }
    }
}

/// Continue with a postcode typed: its district is shown once before the page is saved.
fn confirm(
    site: &Site,
    visit: &Visit,
    page: &Page,
    form: &mut Form,
    decoded: &PageDecoded,
    is_change: bool,
) -> Result<HttpResponse, PageError> {
    use crate::survey::answers::Answer;
    for question in &decoded.needs_confirmation {
        if let Some(Some(Answer::One(area))) = decoded.answers.get(question) {
            form.choose_area(question, area);
        }
    }
    let found = decoded.needs_confirmation.first();
    let sight = Sight {
        form,
        errors: &[],
        found,
        more: None,
        is_change,
    };
    render(site, visit, page, &visit.journey(), &sight, StatusCode::OK)
}

/// What stands in a page's fields, and what is wrong with it.
struct Sight<'a> {
    form: &'a Form,
    errors: &'a [FieldError],
    found: Option<&'a QuestionKey>,
    /// The question that the answers just saved brought up, as the address names it.
    more: Option<&'a str>,
    is_change: bool,
}

impl Sight<'_> {
    /// Whether nothing is filled in and nothing is wrong.
    fn is_blank(&self) -> bool {
        self.form.pairs().is_empty() && self.errors.is_empty() && self.found.is_none()
    }
}

fn render(
    site: &Site,
    visit: &Visit,
    page: &Page,
    journey: &Journey<'_>,
    sight: &Sight<'_>,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let fallback = visit.version.definition.first_language();
    let shown = Shown {
        reader: visit.reader(site, &fallback),
        page,
        visible: journey.visible_questions(&page.key),
        form: sight.form,
        errors: sight.errors,
        seed: &visit.token.id,
        found: sight.found,
        with_gaps: false,
    };
    let progress = journey.progress(&page.key).ok_or(PageError::NotFound)?;
    let place = Place {
        previous: journey.previous(&page.key),
        progress,
    };
    let kept = if sight.is_blank() && status == StatusCode::OK {
        kept(site, visit, sight, shown, &place)?
    } else {
        None
    };
    let rendered = || {
        let view = view(visit, sight, &shown, &place);
        site.templates.render(&visit.layout(site), &view)
    };
    let internal = |error: TemplateError| PageError::Internal(error.to_string());
    let html = match kept {
        None => rendered().map_err(internal)?,
        Some(kept) => {
            let words = words_for_gaps(&shown);
            let fill: Vec<_> = iter::once(visit.token.form_token()).chain(words).collect();
            let html = kept.html(&fill);
            // Tests and developers see at once if something decides how a page looks that its key does not say.
            if cfg!(debug_assertions) && html != rendered().map_err(internal)? {
                return Err(PageError::Internal(format!("{} is kept wrongly", page.key)));
            }
            html
        }
    };
    let mut response = html_response(status, html);
    remember(site, &visit.survey.slug, &visit.token, &mut response);
    Ok(response)
}

/// The empty page as it is kept for everybody, with gaps; none, if it is not the same for everybody.
fn kept(
    site: &Site,
    visit: &Visit,
    sight: &Sight<'_>,
    shown: Shown<'_>,
    place: &Place<'_>,
) -> Result<Option<Arc<Remembered>>, PageError> {
    let key = key(visit, sight, &shown, place)?;
    if let Some(kept) = site.templates.recall(&key) {
        return Ok(Some(kept));
    }
    if !can_have_gaps(shown.page) {
        return Ok(None);
    }
    let with_gaps = Shown {
        with_gaps: true,
        ..shown
    };
    let view = view(visit, sight, &with_gaps, place);
    site.templates
        .remember(key, &visit.layout(site), &view)
        .map(Some)
        .map_err(|error| PageError::Internal(error.to_string()))
}

/// Where a page stands among the others.
struct Place<'a> {
    previous: Option<&'a Page>,
    progress: Progress<'a>,
}

/// The question that the answers just saved brought up, if the address names one that is shown.
fn more<'a>(sight: &Sight<'_>, shown: &Shown<'a>) -> Option<&'a Question> {
    let mut visible = shown.visible.iter().copied();
    visible.find(|question| sight.more == Some(question.key.as_str()))
}

/// All that decides how an empty page looks, but for what goes into its gaps. What a version asks never changes; the place
/// and the frame of a survey's pages are the site's.
fn key(
    visit: &Visit,
    sight: &Sight<'_>,
    shown: &Shown<'_>,
    place: &Place<'_>,
) -> Result<Vec<u8>, PageError> {
    let visible = shown.visible.iter().map(|question| &question.key);
    let progress = &place.progress;
    let decisive = (
        visit.version.id.as_u128(),
        &visit.survey.slug,
        &visit.lang,
        &shown.page.key,
        visible.collect::<Vec<_>>(),
        place.previous.map(|page| &page.key),
        (progress.section, progress.sections, progress.percent()),
        more(sight, shown).map(|question| &question.key),
        sight.is_change,
        visit.has_saved(),
    );
    serde_json::to_vec(&decisive).map_err(|error| PageError::Internal(error.to_string()))
}

fn view(visit: &Visit, sight: &Sight<'_>, shown: &Shown<'_>, place: &Place<'_>) -> QuestionPage {
    let slug = &visit.survey.slug;
    let (page, reader, progress) = (shown.page, &shown.reader, &place.progress);
    let questions = question_views(shown);
    let more = more(sight, shown).map(|question| ErrorLink {
        field: format!("question-{}", question.key),
        text: reader.plain(&question.label),
    });
    let back = match place.previous {
        _ if sight.is_change => Url::Check(slug),
        None => Url::Overview(slug),
        Some(page) => Url::Respond(slug, &page.key),
    };
    let action = if sight.is_change {
        Url::Change(slug, &page.key)
    } else {
        Url::Respond(slug, &page.key)
    };
    QuestionPage {
        action: action.to_string(),
        version: visit.version.number,
        carried: None,
        back: Some(back.to_string()),
        section: reader.plain(progress.title),
        section_number: progress.section,
        section_count: progress.sections,
        section_percent: progress.percent(),
        title: reader.line(&page.title),
        title_is_heading: !questions.iter().any(|question| question.legend_is_heading),
        intro: page.intro.as_ref().map(|intro| reader.paragraphs(intro)),
        more,
        safety: page.safety,
        has_text_box: page
            .all_questions()
            .any(|question| matches!(question.kind, Kind::LongText { .. })),
        errors: error_links(shown),
        questions,
        saved: visit.has_saved(),
    }
}
