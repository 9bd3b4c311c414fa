//! Setting up a second factor, and making recovery codes anew.

use actix_web::{HttpResponse, http::StatusCode, web::Data};
use qrcode::{Color, EcLevel, QrCode};

use super::{
    saying::summary,
    session::{Section, SignedInOfficer},
};
use crate::{
    actions::{self, Enrolment, FactorError, Holder},
    web::{
        errors::PageError,
        forms::Submitted,
        pages::{FactorPage, QrView, RecoveryCodesPage},
        site::Site,
        urls::Url,
        words::Speaker,
    },
};

/// Modules of light around a picture, as readers need (ISO/IEC 18004).
const QUIET: usize = 4;

/// `GET /admin/account/second-factor`: the secret as a picture and for typing. It counts only once a code of it is given.
///
/// # Errors
/// [`PageError`] when the store can't be read.
pub async fn show(site: Data<Site>, officer: SignedInOfficer) -> Result<HttpResponse, PageError> {
    render(&site, &officer, StatusCode::OK, None).await
}

/// `POST /admin/account/second-factor`: the recovery codes are in the answer, once.
///
/// # Errors
/// [`PageError::StaleForm`], or when the store can't be written.
pub async fn set_up(
    site: Data<Site>,
    officer: SignedInOfficer,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let code = form.0.first("code").unwrap_or_default();
    let entropy = site.entropy.as_ref();
    let key = &site.factor_key;
    match actions::set_up_factor(&site.store, entropy, key, holder(&officer), code).await {
        Ok(codes) => {
            let mut officer = officer;
            officer.standing.has_factor = true;
            show_codes(&site, &officer, codes)
        }
        Err(FactorError::Wrong) => {
            let problem = if code.trim().is_empty() {
                "code-missing"
            } else {
                "factor-code-wrong"
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            render(&site, &officer, status, Some(problem)).await
        }
        Err(FactorError::Storage(error)) => Err(error.into()),
    }
}

/// `POST /admin/account/recovery-codes`: new ones, shown once; the old ones stop working.
///
/// # Errors
/// [`PageError::StaleForm`]; [`PageError::NotFound`] without a second factor.
pub async fn renew_codes(
    site: Data<Site>,
    officer: SignedInOfficer,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    if !officer.standing.has_factor {
        return Err(PageError::NotFound);
    }
    let entropy = site.entropy.as_ref();
    let key = &site.factor_key;
    let codes = actions::renew_recovery_codes(&site.store, entropy, key, officer.id).await?;
    show_codes(&site, &officer, codes)
}

fn holder(officer: &SignedInOfficer) -> Holder {
    Holder {
        user_id: officer.id,
        session: *officer.session(),
    }
}

fn show_codes(
    site: &Site,
    officer: &SignedInOfficer,
    codes: Vec<String>,
) -> Result<HttpResponse, PageError> {
    let page = RecoveryCodesPage {
        codes,
        go_on: Url::Admin.to_string(),
    };
    site.page(
        StatusCode::OK,
        &officer.layout_at(site, Section::Account),
        &page,
    )
}

async fn render(
    site: &Site,
    officer: &SignedInOfficer,
    status: StatusCode,
    problem: Option<&'static str>,
) -> Result<HttpResponse, PageError> {
    let offered = Enrolment::offered(&site.store, &site.factor_key, holder(officer)).await?;
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let code_error = problem.map(|id| speaker.id(id));
    let uri = offered.uri(&speaker.id("factor-issuer"), &officer.email);
    let must = officer.standing.needs_factor && !officer.standing.has_factor;
    let page = FactorPage {
        action: Url::Account("second-factor").to_string(),
        qr: picture(&uri)?,
        key: offered.key_text(),
        must,
        replaces: officer.standing.has_factor,
        errors: summary(&[("code", &code_error)]),
        code_error,
    };
    site.page(status, &officer.layout_at(site, Section::Account), &page)
}

/// A QR code as one path of unit squares, a run of dark modules in a row at a time.
fn picture(text: &str) -> Result<QrView, PageError> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)
        .map_err(|error| PageError::Internal(error.to_string()))?;
    let (width, modules) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (y, row) in modules.chunks(width).enumerate() {
        let mut x = 0;
        while x < width {
            let run = row[x..]
                .iter()
                .take_while(|module| **module == Color::Dark)
                .count();
            if run > 0 {
                path.push_str(&format!("M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET));
            }
            x += run.max(1);
        }
    }
    Ok(QrView {
        side: width + 2 * QUIET,
        path,
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_picture_has_a_light_border_and_a_finder_in_its_corner() {
        let view = picture("otpauth://totp/a?secret=ABC").unwrap();
        assert!(view.path.starts_with("M4 4h7v1h-7z"), "{}", view.path);
        assert_eq!((view.side - 2 * QUIET - 17) % 4, 0, "{} modules", view.side);
    }
}
