//! A new survey: blank, or made from a published one; and a draft of a survey that has none.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use jiff::{ToSpan, civil::DateTime};

use crate::{
    actions::drafts::{DraftError, create_draft},
    live::PublishedSurvey,
    storage::{drafts, surveys},
    survey::{
        definition::{Contact, Definition, FORMAT, Overview, Roles, Section},
        edit::slug_from,
        form::Form,
        ids::{Lang, SectionKey, Slug},
        message::Message,
        text::Text,
    },
    web::{
        admin::session::SignedInOfficer,
        errors::PageError,
        forms::Submitted,
        pages::{ErrorLink, NewSurveyPage, SelectOption},
        public::respondent::{schedule, see_other},
        site::Site,
        urls::Url,
        words::Speaker,
    },
};

/// For how long a blank survey is open, in days.
const OPEN_DAYS: i64 = 28;
/// In how many days a blank survey opens.
const OPENS_IN: i64 = 14;

/// `GET /admin/new-survey`.
///
/// # Errors
/// [`PageError`] when the template can't show it.
pub async fn show(site: Data<Site>, officer: SignedInOfficer) -> Result<HttpResponse, PageError> {
    render(&site, &officer, "", "", &[])
}

/// `POST /admin/new-survey`: makes a draft and goes on to it.
///
/// # Errors
/// [`PageError::StaleForm`], or a failing store.
pub async fn create(
    site: Data<Site>,
    officer: SignedInOfficer,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let title = form.0.first("title").unwrap_or_default().trim().to_owned();
    let from = form.0.first("from").unwrap_or_default();
    let speaker_lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &speaker_lang);
    if title.is_empty() || title.chars().count() > 120 {
        let text = speaker.id("new-title-missing");
        return render(
            &site,
            &officer,
            &title,
            from,
            &[ErrorLink {
                field: "title".to_owned(),
                text,
            }],
        );
    }
    let taken: Vec<String> = drafts::all(&site.store)
        .await?
        .into_iter()
        .map(|draft| draft.slug)
        .collect();
    let is_taken = |slug: &Slug| {
        taken.iter().any(|taken| taken == slug.as_str())
            || site.catalogue.by_slug(slug.as_str()).is_some()
    };
    let slug: Slug = slug_from(&title, "survey", is_taken)
        .map_err(|error| PageError::Unprocessable(error.to_string()))?;
    let mut definition = match site.catalogue.by_slug(from) {
        Some(survey) => Definition::clone(&survey.current.definition),
        None => blank(&site, slug.clone(), &speaker)?,
    };
    let lang = definition.first_language();
    let named = || Text([(lang.clone(), title.clone())].into());
    definition.slug = slug;
    definition.title = named();
    definition.short_title = named();
    definition.overview.dates_changed = None;
    match create_draft(&site.store, &definition, &officer.author()).await {
        Ok(()) => Ok(see_other(&Url::AdminSurvey(&definition.slug, "edit"))),
        Err(error) => Err(error.into()),
    }
}

fn render(
    site: &Site,
    officer: &SignedInOfficer,
    title: &str,
    from: &str,
    errors: &[ErrorLink],
) -> Result<HttpResponse, PageError> {
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let mut sources = vec![SelectOption {
        value: String::new(),
        text: speaker.id("new-blank"),
        selected: from.is_empty(),
    }];
    let surveys = site.catalogue.all();
    sources.extend(
        surveys
            .iter()
            .rev()
            .map(|survey| source(&speaker, survey, from)),
    );
    let page = NewSurveyPage {
        action: Url::NewSurvey.to_string(),
        title: Some(title.to_owned()),
        sources,
        errors: errors.to_vec(),
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    site.page(status, &officer.layout(site), &page)
}

fn source(speaker: &Speaker<'_>, survey: &PublishedSurvey, from: &str) -> SelectOption {
    let definition = &survey.current.definition;
    let first = definition.first_language();
    let message =
        Message::new("new-copy").with("title", definition.short_title.get(&first, &first));
    SelectOption {
        value: survey.slug.to_string(),
        text: speaker.say(&message),
        selected: survey.slug.as_str() == from,
    }
}

/// A published survey has no draft yet: from which version one is to be made.
pub(super) async fn of_published(
    site: &Site,
    officer: &SignedInOfficer,
    slug: &str,
) -> Result<HttpResponse, PageError> {
    let survey = site.catalogue.by_slug(slug).ok_or(PageError::NotFound)?;
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let versions = surveys::versions(&site.store, survey.id).await?;
    let option = |version: &surveys::SurveyVersion| SelectOption {
        value: version.number.to_string(),
        text: speaker.say(&Message::new("new-version").with("number", i64::from(version.number))),
        selected: version.number == survey.current.number,
    };
    let page = NewSurveyPage {
        action: Url::AdminSurvey(&survey.slug, "edit").to_string(),
        title: None,
        sources: versions.iter().rev().map(option).collect(),
        errors: Vec::new(),
    };
    site.page(StatusCode::OK, &officer.layout(site), &page)
}

/// Makes a draft of a version of a published survey.
pub(super) async fn start(
    site: &Site,
    officer: &SignedInOfficer,
    slug: &str,
    form: &Form,
) -> Result<HttpResponse, PageError> {
    let survey = site.catalogue.by_slug(slug).ok_or(PageError::NotFound)?;
    let wanted = form
        .first("from")
        .and_then(|given| given.parse::<u32>().ok());
    let versions = surveys::versions(&site.store, survey.id).await?;
    let version = versions
        .into_iter()
        .find(|version| Some(version.number) == wanted);
    let version = version.ok_or(PageError::BadRequest)?;
    let mut definition = Definition::from_json(&version.definition)
        .map_err(|error| PageError::Internal(error.to_string()))?;
    definition.slug = survey.slug.clone();
    match create_draft(&site.store, &definition, &officer.author()).await {
        // Somebody else made one just now: that is the draft.
        Ok(()) | Err(DraftError::Taken) => Ok(see_other(&Url::AdminSurvey(&survey.slug, "edit"))),
        Err(error) => Err(error.into()),
    }
}

fn blank(site: &Site, slug: Slug, speaker: &Speaker<'_>) -> Result<Definition, PageError> {
    let lang = Lang::new("en").map_err(|error| PageError::Internal(error.to_string()))?;
    let say = |id: &str| Text([(lang.clone(), speaker.id(id))].into());
    let zone = match site.catalogue.all().first() {
        Some(survey) => schedule(&survey.current)?.time_zone().clone(),
        None => jiff::tz::TimeZone::get(site.place.time_zone()).unwrap_or(jiff::tz::TimeZone::UTC),
    };
    let today = zone.to_datetime(site.clock.now()).date();
    let at =
        |days: i64, hour: i8| -> DateTime { today.saturating_add(days.days()).at(hour, 0, 0, 0) };
    let key =
        SectionKey::new("section-1").map_err(|error| PageError::Internal(error.to_string()))?;
    Ok(Definition {
        format: FORMAT,
        slug,
        languages: vec![lang.clone()],
        title: say("new-title"),
        short_title: say("new-title"),
        summary: say("new-summary"),
        minutes: 5,
        keep_personal_months: None,
        opens: at(OPENS_IN, 9),
        closes: at(OPENS_IN + OPEN_DAYS, 17),
        grace_minutes: 60,
        time_zone: site.place.time_zone().to_owned(),
        overview: Overview {
            what_we_ask: say("new-what-we-ask"),
            who_can_answer: say("new-who-can-answer"),
            privacy: say("new-privacy"),
            contact: Contact::default(),
            ..Overview::default()
        },
        themes: Vec::new(),
        roles: Roles::default(),
        checks: Vec::new(),
        sections: vec![Section {
            key,
            title: say("new-section"),
            pages: Vec::new(),
        }],
    })
}
