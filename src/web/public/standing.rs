//! Standing pages of words: privacy, cookies, accessibility, contact. What they say stands in `assets/content`.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use rust_embed::RustEmbed;

use super::respondent::{phone_link, schedule};
use crate::{
    survey::{ids::Lang, markdown, schedule::State},
    web::{
        errors::PageError,
        pages::StandingPage,
        site::Site,
        templates::{PSEUDO_LANG, accented_markdown},
    },
};

#[derive(RustEmbed)]
#[folder = "assets/content/"]
struct Content;

/// `GET /privacy`.
///
/// # Errors
/// [`PageError::Internal`] when the page can't be made.
pub async fn privacy(site: Data<Site>) -> Result<HttpResponse, PageError> {
    show(&site, "privacy", "standing-privacy")
}

/// `GET /cookies`.
///
/// # Errors
/// As [`privacy`].
pub async fn cookies(site: Data<Site>) -> Result<HttpResponse, PageError> {
    show(&site, "cookies", "standing-cookies")
}

/// `GET /accessibility`.
///
/// # Errors
/// As [`privacy`].
pub async fn accessibility(site: Data<Site>) -> Result<HttpResponse, PageError> {
    show(&site, "accessibility", "standing-accessibility")
}

/// `GET /contact`.
///
/// # Errors
/// As [`privacy`].
pub async fn contact(site: Data<Site>) -> Result<HttpResponse, PageError> {
    show(&site, "contact", "standing-contact")
}

fn show(site: &Site, name: &str, title_key: &'static str) -> Result<HttpResponse, PageError> {
    let lang = site.own_language();
    let words = Content::get(&format!("{lang}/{name}.md"))
        .or_else(|| Content::get(&format!("en/{name}.md")))
        .ok_or(PageError::NotFound)?;
    let words = String::from_utf8_lossy(&words.data);
    let words = match lang.as_str() {
        PSEUDO_LANG => accented_markdown(&words),
        _ => words.into_owned(),
    };
    let page = StandingPage {
        title_key,
        body: to_html(&fill(site, &lang, &words)?),
    };
    site.page(StatusCode::OK, &site.layout(&lang), &page)
}

/// Puts settings in the place of `{{ name }}`; `assets/content/README.md` lists the names.
fn fill(site: &Site, lang: &Lang, words: &str) -> Result<String, PageError> {
    let office = &site.office;
    let website = office.contact_url.as_str();
    let link = |address: &str| format!("[{}]({address})", markdown::literal(address));
    let mail = |address: &str| format!("[{}](mailto:{address})", markdown::literal(address));
    let mut ways = Vec::new();
    if let Some(address) = &office.contact_email {
        ways.push(format!("- {}", mail(address)));
    }
    if let Some(phone) = &office.contact_phone {
        let (number, words) = (phone_link(phone), markdown::literal(phone));
        ways.push(format!("- [{words}](tel:{number})"));
    }
    if let Some(address) = &office.contact_address {
        ways.push(format!("- {}", markdown::literal(address)));
    }
    ways.push(format!("- {}", link(website)));
    let protection = office
        .data_protection_email
        .as_deref()
        .map_or_else(|| link(website), mail);
    let values = [
        ("office", markdown::literal(&office.name)),
        ("office_website", website.to_owned()),
        ("base_url", site.address.link("")),
        ("contact_list", ways.join("\n")),
        ("data_protection_contact", protection),
        ("retention_years", office.retention_years.to_string()),
        ("survey_notices", notices(site, lang)?),
    ];
    let filled = values
        .into_iter()
        .fold(words.to_owned(), |words, (name, value)| {
            words.replace(&format!("{{{{ {name} }}}}"), &value)
        });
    Ok(filled)
}

/// What each survey's own privacy notice adds, from its opening until its answers are no longer kept.
fn notices(site: &Site, lang: &Lang) -> Result<String, PageError> {
    let now = site.clock.now();
    let mut kept = Vec::new();
    for survey in site.catalogue.all() {
        let schedule = schedule(&survey.current)?;
        let is_over = now >= schedule.kept_until(site.office.retention_years);
        if schedule.state(now) != State::Coming && !is_over {
            kept.push(survey);
        }
    }
    let notice = |survey: &std::sync::Arc<crate::live::catalogue::PublishedSurvey>| {
        let definition = &survey.current.definition;
        let fallback = definition.first_language();
        let words = definition
            .overview
            .privacy_notice
            .as_ref()?
            .get(lang, &fallback)
            .to_owned();
        Some(format!(
            "## {}\n\n{words}",
            definition.short_title.get(lang, &fallback)
        ))
    };
    let notices: Vec<String> = kept.iter().filter_map(notice).collect();
    Ok(notices.join("\n\n"))
}

/// Headings begin with `## `; what is between them is a survey's Markdown.
fn to_html(words: &str) -> String {
    let mut html = String::new();
    let mut between = String::new();
    for line in words.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            html.push_str(&markdown::to_html(&between));
            between.clear();
            html.push_str(&format!(
                "<h2 class=\"govuk-heading-m\">{}</h2>",
                markdown::inline_html(heading)
            ));
        } else {
            between.push_str(line);
            between.push('\n');
        }
    }
    html.push_str(&markdown::to_html(&between));
    html
}
