//! One completion of the default survey: noted once, then sent again and again.

use std::time::Instant;

use crate::{
    form::PageForm,
    http::{Connection, Reply},
};

/// Where the survey is.
pub const SURVEY: &str = "/surveys/police-and-crime-plan";

/// One page of the recorded completion: its path and the answers without the token.
#[derive(Debug, Clone)]
pub struct Step {
    pub path: String,
    pub body: String,
}

/// Walks the survey once as a person would, and notes every answer.
pub fn record(connection: &mut Connection) -> Vec<Step> {
    let start = connection.post(&format!("{SURVEY}/start"), "", "");
    let cookie = start.cookie.clone().expect("Start sets the cookie");
    let mut path = start.location.clone().expect("Start leads to a page");
    let mut steps = Vec::new();
    loop {
        let page = connection.get(&path, &cookie);
        assert_eq!(page.status, 200, "{path}");
        let form =
            PageForm::read(&String::from_utf8_lossy(&page.body)).expect("a form on every page");
        let is_check = path.ends_with("/check");
        let pairs = if is_check {
            form.hidden.clone()
        } else {
            form.plain_answers()
        };
        let token = form.hidden("csrf").expect("a token").to_owned();
        let rest = pairs.into_iter().filter(|(name, _)| name != "csrf");
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(rest)
            .finish();
        let reply = connection.post(&form.action, &cookie, &format!("csrf={token}&{body}"));
        assert_eq!(
            reply.status,
            303,
            "{path}: {}",
            String::from_utf8_lossy(&reply.body)
        );
        steps.push(Step { path, body });
        path = reply.location.expect("a next page");
        if is_check {
            return steps;
        }
    }
}

/// One completion, and what each request took (µs).
pub fn complete(connection: &mut Connection, script: &[Step], times: &mut Vec<u32>) {
    let timed = |times: &mut Vec<u32>, call: &mut dyn FnMut() -> Reply| {
        let before = Instant::now();
        let reply = call();
        times.push(before.elapsed().as_micros().try_into().unwrap_or(u32::MAX));
        reply
    };
    let start = timed(times, &mut || {
        connection.post(&format!("{SURVEY}/start"), "", "")
    });
    let cookie = start.cookie.expect("Start sets the cookie");
    let mut token = String::new();
    for step in script {
        let page = timed(times, &mut || connection.get(&step.path, &cookie));
        assert_eq!(page.status, 200, "{}", step.path);
        if token.is_empty() {
            token = token_in(&page.body);
        }
        let body = format!("csrf={token}&{}", step.body);
        let reply = timed(times, &mut || connection.post(&step.path, &cookie, &body));
        assert_eq!(reply.status, 303, "{}", step.path);
    }
    let done = timed(times, &mut || {
        connection.get(&format!("{SURVEY}/respond/done"), &cookie)
    });
    assert_eq!(done.status, 200, "done");
}

/// The token of a page's form.
pub fn token_in(body: &[u8]) -> String {
    let html = String::from_utf8_lossy(body);
    let after = html
        .split("name=\"csrf\" value=\"")
        .nth(1)
        .expect("a token in the page");
    after.split('"').next().unwrap_or_default().to_owned()
}
