//! Styles, scripts and images from inside the program: named by their content, so kept for a year; compressed beforehand.

use actix_web::{
    HttpRequest, HttpResponse,
    http::header::{self, HeaderValue},
    web::Path,
};

use super::{errors::PageError, templates::Dist};

/// `GET /assets/{file}`.
///
/// # Errors
/// [`PageError::NotFound`].
pub async fn serve(request: HttpRequest, file: Path<String>) -> Result<HttpResponse, PageError> {
    let content_type = match file.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        _ => return Err(PageError::NotFound),
    };
    let encoded = [("br", "br"), ("gzip", "gz")]
        .into_iter()
        .filter(|(coding, _)| accepts(&request, coding))
        .find_map(|(coding, ending)| Some((coding, Dist::get(&format!("{file}.{ending}"))?)));
    let (coding, found) = match encoded {
        Some((coding, found)) => (Some(coding), found),
        None => (None, Dist::get(&file).ok_or(PageError::NotFound)?),
    };
    let mut response = HttpResponse::Ok();
    response
        .content_type(content_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::VARY, "Accept-Encoding"));
    if let Some(coding) = coding {
        response.insert_header((header::CONTENT_ENCODING, HeaderValue::from_static(coding)));
    }
    Ok(response.body(found.data.into_owned()))
}

/// Whether a browser reads a content coding.
#[must_use]
pub fn accepts(request: &HttpRequest, coding: &str) -> bool {
    let accepted = request
        .headers()
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    accepted
        .split(',')
        .any(|part| part.trim().split(';').next() == Some(coding))
}

/// `GET /favicon.ico`: pages name their own icon; browsers that ask all the same are told where there is none.
///
/// # Errors
/// Always [`PageError::NotFound`].
pub async fn favicon() -> Result<HttpResponse, PageError> {
    Err(PageError::NotFound)
}

/// `GET /robots.txt`: surveys may be found, what people answer and officers' pages are nobody's business.
pub async fn robots() -> HttpResponse {
    let rules = "User-agent: *\nDisallow: /admin\nDisallow: /surveys/*/respond/\n";
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body(rules)
}
