//! Standing pages of words: privacy, cookies, accessibility, contact. What they say stands in `assets/content`.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use rust_embed::RustEmbed;

use crate::{
    survey::{ids::Lang, markdown},
    web::{errors::PageError, pages::StandingPage, site::Site},
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
    let page = StandingPage {
        title_key,
        body: to_html(&fill(site, &lang, &words)),
    };
    site.page(StatusCode::OK, &site.layout(&lang), &page)
}

/// Puts settings in the place of `{{ name }}`; `assets/content/README.md` lists the names.
fn fill(site: &Site, lang: &Lang, words: &str) -> String {
    let office = &site.office;
    let website = office.contact_url.as_str();
    let link = |address: &str| format!("[{}]({address})", markdown::literal(address));
    let mail = |address: &str| format!("[{}](mailto:{address})", markdown::literal(address));
    let mut ways = Vec::new();
    if let Some(address) = &office.contact_email {
        ways.push(format!("- {}", mail(address)));
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
        ("survey_notices", notices(site, lang)),
    ];
    values
        .into_iter()
        .fold(words.to_owned(), |words, (name, value)| {
            words.replace(&format!("{{{{ {name} }}}}"), &value)
        })
}

/// What each survey's own privacy notice adds.
fn notices(site: &Site, lang: &Lang) -> String {
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
    site.catalogue
        .all()
        .iter()
        .filter_map(notice)
        .collect::<Vec<_>>()
        .join("\n\n")
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
