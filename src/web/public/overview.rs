//! The overview page of a survey.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};

use super::{
    respondent::{Arrival, arrive, contact, language, schedule, survey},
    view::Reader,
};
use crate::{
    charts,
    geography::Grouping,
    survey::{
        answers::Answers,
        journey::{Journey, Next},
        schedule::State,
    },
    web::{
        errors::PageError,
        moments,
        pages::{MeasureView, OverviewPage, StepView, TakenPart},
        site::Site,
        urls::Url,
        words::Speaker,
    },
};

/// `GET /surveys/{slug}`.
///
/// # Errors
/// [`PageError`] for an unknown survey or a failing store.
pub async fn show(
    site: Data<Site>,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let survey = survey(&site, &slug)?;
    let version = &survey.current;
    let definition = &version.definition;
    let schedule = schedule(version)?;
    let lang = language(&site, version);
    let fallback = definition.first_language();
    let none = Answers::default();
    let reader = Reader {
        definition,
        place: &site.place,
        answers: &none,
        speaker: Speaker::new(site.templates.texts(), &lang),
        fallback: &fallback,
    };
    let state = schedule.state(site.clock.now());
    let resume = match arrive(&site, &request, &slug).await? {
        Arrival::Answering(visit) if visit.response.is_some() => {
            let journey = Journey::new(
                &visit.version.definition,
                &visit.stored.answers,
                &visit.stored.saved,
            );
            Some(match journey.resume() {
                Next::Page(page) => Url::Respond(&survey.slug, &page.key).to_string(),
                Next::Check => Url::Check(&survey.slug).to_string(),
            })
        }
        _ => None,
    };
    let overview = &definition.overview;
    let page = OverviewPage {
        title: reader.plain(&definition.title),
        short_title: reader.plain(&definition.short_title),
        summary: reader.plain(&definition.summary),
        state: match state {
            State::Coming => "coming",
            State::Open => "open",
            State::Grace | State::Closed => "closed",
        },
        opens: moments::opening(&schedule, &reader.speaker),
        closes: moments::closing(&schedule, &reader.speaker),
        start: (state == State::Open).then(|| Url::Start(&survey.slug).to_string()),
        resume,
        minutes: definition.minutes,
        questions: definition
            .pages()
            // Those that only some people see are not counted.
            .filter(|(_, page)| page.show_when.is_none())
            .flat_map(|(_, page)| &page.questions)
            .filter(|question| question.asks() && question.show_when.is_none())
            .count(),
        taken_part: site
            .published_turnout(&survey)
            .and_then(|count| TakenPart::on_overview(count, site.is_simulated)),
        map: Some(charts::silhouette(
            site.place.outlines(Grouping::District),
            site.place.map_size(),
        )),
        dates_changed: overview
            .dates_changed
            .as_ref()
            .map(|words| reader.paragraphs(words)),
        last_time: overview
            .last_time
            .as_ref()
            .map(|text| reader.paragraphs(text)),
        measures: overview
            .measures
            .iter()
            .map(|measure| MeasureView {
                figure: reader.plain(&measure.figure),
                what: reader.plain(&measure.what),
                source: reader.plain(&measure.source),
            })
            .collect(),
        what_we_ask: reader.paragraphs(&overview.what_we_ask),
        who_can_answer: reader.paragraphs(&overview.who_can_answer),
        other_ways: overview
            .other_ways
            .as_ref()
            .map(|text| reader.paragraphs(text)),
        timeline: steps(&reader),
        privacy: reader.paragraphs(&overview.privacy),
        contact: contact(&site, Some(version)),
    };
    let layout = site.layout(&lang);
    if page.resume.is_some() {
        return site.page(StatusCode::OK, &layout, &page);
    }
    site.public_page(&request, &layout, &page)
}

/// What happens to the answers, step by step.
#[must_use]
pub fn steps(reader: &Reader<'_>) -> Vec<StepView> {
    let timeline = &reader.definition.overview.timeline;
    timeline
        .iter()
        .map(|step| StepView {
            when: reader.plain(&step.when),
            what: reader.plain(&step.what),
        })
        .collect()
}
