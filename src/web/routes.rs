//! The route map: every address, its methods, and what each asks of whoever calls it.

use std::collections::BTreeMap;
use std::sync::Arc;

use actix_web::{
    FromRequest, Handler, HttpMessage, Responder,
    dev::ServiceRequest,
    http::Method,
    middleware::from_fn,
    web::{self, ServiceConfig},
};

use super::{
    access::{Access, Capability},
    admin::{self, editor},
    assets,
    errors::PageError,
    health,
    middleware::{access::guard, requests::Pattern},
    public,
};

/// One line of the map.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The address with its variable parts.
    pub pattern: &'static str,
    /// What it asks.
    pub access: Access,
    handler: actix_web::Route,
}

fn route<F, Args>(method: Method, pattern: &'static str, access: Access, handler: F) -> Route
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let handler = web::method(method.clone()).to(handler);
    Route {
        method,
        pattern,
        access,
        handler,
    }
}

const GET: Method = Method::GET;
const POST: Method = Method::POST;

/// Every route there is.
#[must_use]
pub fn table() -> Vec<Route> {
    use Access::{Confirmed, Officer, Public, Respondent};
    use Capability::{
        EditSurveys, EraseResponses, Export, FreezeResults, ReadComments, SeeAudit, SeeResults,
    };
    vec![
        route(GET, "/healthz", Public, health::alive),
        route(GET, "/readyz", Public, health::ready),
        route(GET, "/assets/{file}", Public, assets::serve),
        route(GET, "/favicon.ico", Public, assets::favicon),
        route(GET, "/robots.txt", Public, assets::robots),
        route(GET, "/", Public, public::hub::show),
        route(GET, "/privacy", Public, public::standing::privacy),
        route(GET, "/cookies", Public, public::standing::cookies),
        route(
            GET,
            "/accessibility",
            Public,
            public::standing::accessibility,
        ),
        route(GET, "/contact", Public, public::standing::contact),
        route(GET, "/surveys/{slug}", Public, public::overview::show),
        route(POST, "/surveys/{slug}/start", Public, public::start::start),
        route(
            GET,
            "/surveys/{slug}/respond/check",
            Respondent,
            public::check::show,
        ),
        route(
            POST,
            "/surveys/{slug}/respond/check",
            Respondent,
            public::check::submit,
        ),
        route(
            GET,
            "/surveys/{slug}/respond/done",
            Respondent,
            public::done::show,
        ),
        route(
            GET,
            "/surveys/{slug}/respond/copy",
            Respondent,
            public::done::copy,
        ),
        route(
            GET,
            "/surveys/{slug}/respond/saved",
            Respondent,
            public::leave::saved,
        ),
        route(
            POST,
            "/surveys/{slug}/respond/remove",
            Respondent,
            public::leave::remove,
        ),
        route(
            GET,
            "/surveys/{slug}/respond/exit",
            Respondent,
            public::leave::exit,
        ),
        route(
            GET,
            "/surveys/{slug}/respond/{page}",
            Respondent,
            public::question::show,
        ),
        route(
            POST,
            "/surveys/{slug}/respond/{page}",
            Respondent,
            public::question::save,
        ),
        route(GET, "/admin/sign-in", Public, admin::sign_in::show),
        route(POST, "/admin/sign-in", Public, admin::sign_in::sign_in),
        route(GET, "/admin/welcome/{token}", Public, admin::welcome::show),
        route(
            POST,
            "/admin/welcome/{token}",
            Public,
            admin::welcome::accept,
        ),
        route(GET, "/admin", Officer(SeeResults), admin::surveys::list),
        route(GET, "/admin/audit", Officer(SeeAudit), admin::audit::show),
        route(
            GET,
            "/admin/audit.csv",
            Officer(SeeAudit),
            admin::audit::csv,
        ),
        route(
            GET,
            "/admin/audit.jsonl",
            Officer(SeeAudit),
            admin::audit::json_lines,
        ),
        route(
            GET,
            "/admin/new-survey",
            Officer(EditSurveys),
            editor::new::show,
        ),
        route(
            POST,
            "/admin/new-survey",
            Officer(EditSurveys),
            editor::new::create,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/edit",
            Officer(EditSurveys),
            editor::outline::show,
        ),
        route(
            POST,
            "/admin/surveys/{slug}/edit",
            Officer(EditSurveys),
            editor::outline::change,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/edit/front",
            Officer(EditSurveys),
            editor::front,
        ),
        route(
            POST,
            "/admin/surveys/{slug}/edit/front",
            Officer(EditSurveys),
            editor::save_front,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/edit/themes",
            Officer(EditSurveys),
            editor::themes,
        ),
        route(
            POST,
            "/admin/surveys/{slug}/edit/themes",
            Officer(EditSurveys),
            editor::save_themes,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/edit/section",
            Officer(EditSurveys),
            editor::section,
        ),
        route(
            POST,
            "/admin/surveys/{slug}/edit/section",
            Officer(EditSurveys),
            editor::save_section,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/edit/page",
            Officer(EditSurveys),
            editor::page,
        ),
        route(
            POST,
            "/admin/surveys/{slug}/edit/page",
            Officer(EditSurveys),
            editor::save_page,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/edit/question",
            Officer(EditSurveys),
            editor::question,
        ),
        route(
            POST,
            "/admin/surveys/{slug}/edit/question",
            Officer(EditSurveys),
            editor::save_question,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/edit/preview",
            Officer(EditSurveys),
            editor::preview,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/edit/trial",
            Officer(EditSurveys),
            editor::trial,
        ),
        route(
            POST,
            "/admin/surveys/{slug}/edit/trial",
            Officer(EditSurveys),
            editor::trial_answer,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/edit/publish",
            Confirmed(EditSurveys),
            editor::publish_page,
        ),
        route(
            POST,
            "/admin/surveys/{slug}/edit/publish",
            Confirmed(EditSurveys),
            editor::publish,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/edit/versions",
            Officer(EditSurveys),
            editor::versions,
        ),
        route(
            POST,
            "/admin/surveys/{slug}/edit/versions",
            Officer(EditSurveys),
            editor::restore,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/edit/file",
            Officer(EditSurveys),
            editor::export,
        ),
        route(
            POST,
            "/admin/surveys/{slug}/edit/file",
            Officer(EditSurveys),
            editor::import,
        ),
        route(
            GET,
            "/admin/surveys/{slug}",
            Officer(SeeResults),
            admin::results::home,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/comments",
            Officer(ReadComments),
            admin::comments::list,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/exports",
            Officer(Export),
            admin::exports::show,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/exports/{file}",
            Confirmed(Export),
            admin::exports::download,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/erase",
            Officer(EraseResponses),
            admin::erase::show,
        ),
        route(
            POST,
            "/admin/surveys/{slug}/erase",
            Officer(EraseResponses),
            admin::erase::erase,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/frozen",
            Officer(SeeResults),
            admin::frozen::show,
        ),
        route(
            POST,
            "/admin/surveys/{slug}/frozen",
            Officer(FreezeResults),
            admin::frozen::freeze,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/question/{key}",
            Officer(SeeResults),
            admin::results::question,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/area/{area}",
            Officer(SeeResults),
            admin::results::area,
        ),
        route(
            GET,
            "/admin/surveys/{slug}/{page}",
            Officer(SeeResults),
            admin::results::page,
        ),
    ]
    .into_iter()
    .chain(accounts())
    .collect()
}

/// Routes of one's own account and of people.
fn accounts() -> Vec<Route> {
    use Access::{Confirmed, Officer, Public, SettingUp, SignedIn};
    use Capability::{ManagePeople, OwnAccount};
    use admin::{account, code, confirm, factor, forgot, invitations, people, person};
    let (own, staff) = (Officer(OwnAccount), Officer(ManagePeople));
    let (sure, sure_staff) = (Confirmed(OwnAccount), Confirmed(ManagePeople));
    vec![
        route(POST, "/admin/sign-out", SignedIn, admin::sign_in::sign_out),
        route(GET, "/admin/sign-in/code", Public, code::show),
        route(POST, "/admin/sign-in/code", Public, code::give),
        route(GET, "/admin/forgot", Public, forgot::show),
        route(POST, "/admin/forgot", Public, forgot::ask),
        route(GET, "/admin/reset/{token}", Public, forgot::link),
        route(POST, "/admin/reset/{token}", Public, forgot::set),
        route(GET, "/admin/confirm", own, confirm::show),
        route(POST, "/admin/confirm", own, confirm::confirm),
        route(GET, "/admin/account", own, account::show),
        route(
            POST,
            "/admin/account/password",
            own,
            account::change_password,
        ),
        route(POST, "/admin/account/sessions", own, account::end_others),
        route(
            POST,
            "/admin/account/sessions/{id}",
            own,
            account::end_session,
        ),
        route(GET, "/admin/account/second-factor", SettingUp, factor::show),
        route(
            POST,
            "/admin/account/second-factor",
            SettingUp,
            factor::set_up,
        ),
        route(
            POST,
            "/admin/account/second-factor/remove",
            sure,
            account::remove_factor,
        ),
        route(
            POST,
            "/admin/account/recovery-codes",
            sure,
            factor::renew_codes,
        ),
        route(GET, "/admin/people", staff, people::list),
        route(
            POST,
            "/admin/people/second-factor",
            sure_staff,
            people::set_roles,
        ),
        route(GET, "/admin/people/invite", sure_staff, invitations::show),
        route(
            POST,
            "/admin/people/invite",
            sure_staff,
            invitations::invite,
        ),
        route(
            POST,
            "/admin/invitations/{id}/renew",
            sure_staff,
            invitations::renew,
        ),
        route(
            POST,
            "/admin/invitations/{id}/withdraw",
            staff,
            invitations::withdraw,
        ),
        route(GET, "/admin/people/{id}", staff, person::show),
        route(
            POST,
            "/admin/people/{id}/role",
            sure_staff,
            person::change_role,
        ),
        route(POST, "/admin/people/{id}/shut-out", staff, person::shut_out),
        route(
            POST,
            "/admin/people/{id}/let-in",
            sure_staff,
            person::let_in,
        ),
        route(
            POST,
            "/admin/people/{id}/end-sessions",
            staff,
            person::end_sessions,
        ),
        route(
            POST,
            "/admin/people/{id}/remove-factor",
            sure_staff,
            person::remove_factor,
        ),
    ]
}

/// What the addresses of the journey begin with, which nearly all requests are for. It is matched once and first: to match
/// the whole of each address in turn cost 4 % of the processor's time.
const JOURNEY: &str = "/surveys/{slug}/respond";

/// Puts the whole map into the application, each address behind its guard.
pub fn configure(config: &mut ServiceConfig) {
    let mut addresses: BTreeMap<&'static str, Vec<Route>> = BTreeMap::new();
    let mut order = Vec::new();
    for route in table() {
        if !addresses.contains_key(route.pattern) {
            order.push(route.pattern);
        }
        addresses.entry(route.pattern).or_default().push(route);
    }
    let mut journey = web::scope(JOURNEY);
    let mut others = Vec::new();
    for pattern in order {
        let routes = addresses.remove(pattern).unwrap_or_default();
        let rules = Arc::new(
            routes
                .iter()
                .map(|route| (route.method.clone(), route.access))
                .collect::<Vec<_>>(),
        );
        let below = pattern.strip_prefix(JOURNEY);
        let mut resource = web::resource(below.unwrap_or(pattern));
        for route in routes {
            resource = resource.route(route.handler);
        }
        let guarded = resource.wrap(from_fn(move |request: ServiceRequest, next| {
            request.extensions_mut().insert(Pattern(pattern));
            let rules = Arc::clone(&rules);
            async move { guard(rules, request, next).await }
        }));
        if below.is_some() {
            journey = journey.service(guarded);
        } else {
            others.push(guarded);
        }
    }
    config.service(journey);
    for other in others {
        config.service(other);
    }
    config.default_service(web::to(|| async { Err::<&str, _>(PageError::NotFound) }));
}
