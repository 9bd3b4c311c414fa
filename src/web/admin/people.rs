//! The people of the office: who has an account, who is invited, and which roles need a second factor.

use actix_web::{HttpResponse, http::StatusCode, web::Data};

use super::{
    saying::when,
    session::{Section, SignedInOfficer},
};
use crate::{
    actions,
    storage::{
        factors, invitations,
        users::{self, Role},
    },
    web::{
        errors::PageError,
        forms::Submitted,
        pages::{InvitationLine, PeoplePage, PersonLine, RoleBox},
        public::respondent::see_other,
        site::Site,
        urls::Url,
        words::Speaker,
    },
};

/// `GET /admin/people`.
///
/// # Errors
/// [`PageError`] when the store can't be read.
pub async fn list(site: Data<Site>, officer: SignedInOfficer) -> Result<HttpResponse, PageError> {
    let lang = site.own_language();
    let speaker = Speaker::new(site.templates.texts(), &lang);
    let holders = factors::holders(&site.store).await?;
    let people = users::all(&site.store).await?;
    let people = people.into_iter().map(|user| PersonLine {
        href: Url::Person(user.id, "").to_string(),
        name: user.name,
        email: user.email,
        role: user.role.as_str(),
        has_factor: holders.contains(&user.id),
        seen: user.seen_at.map(|at| when(&site, &speaker, at)),
        is_out: user.disabled,
    });
    let waiting = invitations::waiting(&site.store).await?;
    let waiting = waiting.into_iter().map(|invitation| InvitationLine {
        name: invitation.name,
        email: invitation.email,
        role: invitation.role.as_str(),
        expires: when(&site, &speaker, invitation.expires_at),
        expired: invitation.expired,
        renew: Url::Invitation(invitation.id, "renew").to_string(),
        withdraw: Url::Invitation(invitation.id, "withdraw").to_string(),
    });
    let required = factors::required_roles(&site.store).await?;
    let boxes = Role::ALL.into_iter().map(|role| RoleBox {
        role: role.as_str(),
        ticked: required.contains(&role),
        fixed: role == Role::Administrator,
    });
    let page = PeoplePage {
        people: people.collect(),
        waiting: waiting.collect(),
        invite: Url::People("invite").to_string(),
        roles: Url::People("second-factor").to_string(),
        boxes: boxes.collect(),
    };
    let layout = officer.layout_at(&site, Section::People);
    site.page(StatusCode::OK, &layout, &page)
}

/// `POST /admin/people/second-factor`: which roles need one; administrators always do.
///
/// # Errors
/// [`PageError::StaleForm`]; [`PageError::BadRequest`] for a role that is none.
pub async fn set_roles(
    site: Data<Site>,
    officer: SignedInOfficer,
    form: Submitted,
) -> Result<HttpResponse, PageError> {
    officer.check(&form.0)?;
    let mut roles = vec![Role::Administrator];
    for name in form.0.values("roles") {
        roles.push(name.parse().map_err(|_| PageError::BadRequest)?);
    }
    actions::require_factor(&site.store, officer.actor(), &roles).await?;
    Ok(see_other(&Url::People("")))
}
