//! Forms must come from this site: the outer of two guards against forged requests (the inner is the form's token).

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header,
    middleware::Next,
    web::Data,
};

use crate::web::{errors::PageError, site::Site};

/// Refuses a changing request from elsewhere.
///
/// A browser sends `Origin` with every POST, and `Sec-Fetch-Site` since 2020 to 2023. A request with neither did not come
/// from a browser that another site could steer, and still needs the form's token.
///
/// # Errors
/// [`PageError::Forbidden`].
pub async fn check(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    if !request.method().is_safe() {
        let header = |name| request.headers().get(name).map(|value| value.to_str().unwrap_or(""));
        let is_ours = match (header(header::ORIGIN), header(header::SEC_FETCH_SITE)) {
            (Some(origin), _) => request
                .app_data::<Data<Site>>()
                .is_some_and(|site| site.address.is_origin(origin)),
            (None, Some(site)) => site == "same-origin",
            (None, None) => true,
        };
        if !is_ours {
            return Err(PageError::Forbidden.into());
        }
    }
    next.call(request).await
}
