//! Forms must come from this site: the outer of two guards against forged requests (the inner is the form's token).

use actix_web::{
    Error,
    body::{BoxBody, EitherBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderName},
    middleware::Next,
    web::Data,
};

use crate::web::{errors::PageError, site::Site};

/// What browsers say of where a request comes from (Fetch Metadata, W3C).
pub const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses a changing request from elsewhere.
///
/// A browser sends `Origin` with every POST, and `Sec-Fetch-Site` since 2020 to 2023. A request with neither did not come
/// from a browser that another site could steer, and still needs the form's token.
///
/// # Errors
/// None of its own: a refusal is a response with [`PageError::Forbidden`].
pub async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<EitherBody<impl MessageBody, BoxBody>>, Error> {
    if !request.method().is_safe() {
        let header = |name: HeaderName| {
            request
                .headers()
                .get(name)
                .map(|value| value.to_str().unwrap_or(""))
        };
        let is_ours = match (header(header::ORIGIN), header(SEC_FETCH_SITE)) {
            (Some(origin), _) => request
                .app_data::<Data<Site>>()
                .is_some_and(|site| site.address.is_origin(origin)),
            (None, Some(site)) => site == "same-origin",
            (None, None) => true,
        };
        if !is_ours {
            return Ok(request
                .error_response(PageError::Forbidden)
                .map_into_right_body());
        }
    }
    Ok(next.call(request).await?.map_into_left_body())
}
