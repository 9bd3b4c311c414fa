//! A draft as people will see it: single pages in a frame, and a trial run from the first page to the last. Nothing is
//! stored: what was answered travels in the form.

use actix_web::{
    HttpResponse,
    http::StatusCode,
    web::{Data, Path, Query},
};
use serde::Deserialize;
use url::form_urlencoded;
use uuid::Uuid;

use super::drafting::Drafting;
use crate::{
    survey::{
        answers::Answers,
        decode::{DecodeContext, decode_page},
        definition::{Kind, Page},
        encode::encode_page,
        form::Form,
        ids::PageKey,
        journey::{Journey, Next, SavedPages},
        problem::FieldError,
    },
    web::{
        admin::session::SignedInOfficer,
        errors::PageError,
        forms::{self, Submitted},
        middleware::headers::Framing,
        pages::{QuestionPage, TrialEndPage},
        public::view::{Reader, Shown, answer_sections, error_links, question_views},
        site::Site,
        templates::{Layout, SurveyLink},
    },
};

/// Which page is looked at.
#[derive(Debug, Default, Deserialize)]
pub struct At {
    /// Its key; the first, if left out.
    #[serde(default)]
    page: Option<String>,
}

/// What was answered so far in a trial run.
#[derive(Default)]
struct Trial {
    answers: Answers,
    saved: SavedPages,
}

impl Trial {
    /// Takes up what a form carries: the pairs of each page done, in the order of the pages.
    fn of(drafting: &Drafting<'_>, carried: &str) -> Result<Self, PageError> {
        let form = Form::new(forms::parse(carried.as_bytes())?);
        let mut trial = Self::default();
        for (_, page) in drafting.definition().pages() {
            if form.values("done").any(|done| done == page.key.as_str()) {
                let (decoded, _) = trial.decode(drafting, page, &form);
                decoded.merge_into(&mut trial.answers);
                trial.saved.save(&page.key, 0);
            }
        }
        Ok(trial)
    }

    fn decode<'a>(
        &self,
        drafting: &Drafting<'_>,
        page: &'a Page,
        form: &Form,
    ) -> (crate::survey::decode::PageDecoded, &'a Page) {
        let context = DecodeContext {
            definition: drafting.definition(),
            areas: drafting.site.place.as_ref(),
            page,
            before: &self.answers,
            seed: Uuid::nil(),
        };
        (decode_page(&context, form), page)
    }

    /// What the next form carries. It is read as a browser's form is, so a changed one can do no more than a browser.
    fn carried(&self, drafting: &Drafting<'_>) -> String {
        let definition = drafting.definition();
        let mut out = form_urlencoded::Serializer::new(String::new());
        for (_, page) in definition
            .pages()
            .filter(|(_, page)| self.saved.contains(&page.key))
        {
            out.append_pair("done", page.key.as_str());
            out.extend_pairs(encode_page(definition, &self.answers, page));
        }
        out.finish()
    }

    fn journey<'a>(&'a self, drafting: &'a Drafting<'_>) -> Journey<'a> {
        Journey::new(drafting.definition(), &self.answers, &self.saved)
    }
}

/// How a page of a draft is shown.
struct Sight<'a> {
    page: &'a Page,
    form: &'a Form,
    errors: &'a [FieldError],
    /// Whether every question of the page is shown, whatever its condition.
    is_whole: bool,
}

fn find<'a>(drafting: &'a Drafting<'_>, key: Option<&str>) -> Result<&'a Page, PageError> {
    let definition = drafting.definition();
    match key {
        None => definition.pages().next().map(|(_, page)| page),
        Some(key) => PageKey::new(key).ok().and_then(|key| definition.page(&key)),
    }
    .ok_or(PageError::NotFound)
}

/// `GET /admin/surveys/{slug}/edit/preview?page=…`: one page with all its questions, for a frame.
///
/// # Errors
/// [`PageError`] for an unknown draft or page, or a failing store.
pub async fn preview(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    at: Query<At>,
) -> Result<HttpResponse, PageError> {
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let sight = Sight {
        page: find(&drafting, at.page.as_deref())?,
        form: &Form::default(),
        errors: &[],
        is_whole: true,
    };
    let mut response = render(&drafting, &Trial::default(), &sight, StatusCode::OK)?;
    response.extensions_mut().insert(Framing::Framed);
    Ok(response)
}

/// `GET /admin/surveys/{slug}/edit/trial`: the first page of a trial run.
///
/// # Errors
/// As [`preview`].
pub async fn trial(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    at: Query<At>,
) -> Result<HttpResponse, PageError> {
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let sight = Sight {
        page: find(&drafting, at.page.as_deref())?,
        form: &Form::default(),
        errors: &[],
        is_whole: false,
    };
    render(&drafting, &Trial::default(), &sight, StatusCode::OK)
}

/// `POST /admin/surveys/{slug}/edit/trial?page=…`: the page that follows, by the same rules as for residents.
///
/// # Errors
/// As [`preview`], and [`PageError::StaleForm`].
pub async fn trial_answer(
    site: Data<Site>,
    officer: SignedInOfficer,
    slug: Path<String>,
    at: Query<At>,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let drafting = Drafting::at(&site, &officer, &slug).await?;
    let page = find(&drafting, at.page.as_deref())?;
    let mut trial = Trial::of(&drafting, form.0.first("carried").unwrap_or_default())?;
    let (decoded, page) = trial.decode(&drafting, page, &form.0);
    if !decoded.errors.is_empty() {
        let sight = Sight {
            page,
            form: &form.0,
            errors: &decoded.errors,
            is_whole: false,
        };
        return render(&drafting, &trial, &sight, StatusCode::UNPROCESSABLE_ENTITY);
    }
    decoded.merge_into(&mut trial.answers);
    trial.saved.save(&page.key, 0);
    let next = match trial.journey(&drafting).next(&page.key) {
        Next::Page(next) => find(&drafting, Some(next.key.as_str()))?,
        Next::Check => return end(&drafting, &trial),
    };
    let filled = Form::new(encode_page(drafting.definition(), &trial.answers, next));
    let sight = Sight {
        page: next,
        form: &filled,
        errors: &[],
        is_whole: false,
    };
    render(&drafting, &trial, &sight, StatusCode::OK)
}

fn reader<'a>(drafting: &'a Drafting<'_>, answers: &'a Answers) -> Reader<'a> {
    Reader {
        definition: drafting.definition(),
        place: &drafting.site.place,
        answers,
        speaker: drafting.speaker(),
        fallback: &drafting.fallback,
    }
}

fn layout(drafting: &Drafting<'_>) -> Layout {
    let officers = drafting.officer.layout(drafting.site);
    let mut layout = drafting
        .site
        .layout(&drafting.lang)
        .with_csrf(officers.csrf);
    layout.survey = Some(SurveyLink {
        title: drafting.words(&drafting.definition().short_title),
        href: drafting.url("edit/trial"),
    });
    layout
}

fn end(drafting: &Drafting<'_>, trial: &Trial) -> Result<HttpResponse, PageError> {
    let journey = trial.journey(drafting);
    let page = TrialEndPage {
        sections: answer_sections(&reader(drafting, &trial.answers), &journey, None),
        again: drafting.url("edit/trial"),
        outline: drafting.url("edit"),
    };
    drafting.site.page(StatusCode::OK, &layout(drafting), &page)
}

fn render(
    drafting: &Drafting<'_>,
    trial: &Trial,
    sight: &Sight<'_>,
    status: StatusCode,
) -> Result<HttpResponse, PageError> {
    let page = sight.page;
    let journey = trial.journey(drafting);
    let whole: Vec<_> = page.all_questions().collect();
    let visible = if sight.is_whole {
        &whole[..]
    } else {
        journey.visible_questions(&page.key)
    };
    let reader = reader(drafting, &trial.answers);
    let shown = Shown {
        reader,
        page,
        visible,
        form: sight.form,
        errors: sight.errors,
        seed: &Uuid::nil(),
        found: None,
        with_gaps: false,
    };
    let questions = question_views(&shown);
    let progress = journey.progress(&page.key);
    let section = drafting
        .definition()
        .section_of(&page.key)
        .ok_or(PageError::NotFound)?;
    let view = QuestionPage {
        action: drafting.url(&format!("edit/trial?page={}", page.key)),
        version: drafting.head("").next_version,
        carried: Some(trial.carried(drafting)),
        back: None,
        section: reader.plain(&section.title),
        section_number: progress.map_or(1, |progress| progress.section),
        section_count: progress.map_or(drafting.definition().sections.len(), |progress| {
            progress.sections
        }),
        section_percent: progress.map_or(0, |progress| progress.percent()),
        title: reader.line(&page.title),
        title_is_heading: !questions.iter().any(|question| question.legend_is_heading),
        intro: page.intro.as_ref().map(|intro| reader.paragraphs(intro)),
        more: None,
        safety: page.safety,
        has_text_box: page
            .all_questions()
            .any(|question| matches!(question.kind, Kind::LongText { .. })),
        errors: error_links(&shown),
        questions,
        saved: false,
    };
    drafting.site.page(status, &layout(drafting), &view)
}
