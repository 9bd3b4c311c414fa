//! Residents in a hurry: they answer page after page and note what was acknowledged, to be compared with what is kept.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use reqwest::{Response, StatusCode, header};
use uuid::Uuid;

use super::PLAN;
use crate::support::{
    people::{Resident, browser},
    rows::{Rows, cookie_set, response_id},
};

/// The question whose words tell one save from the next, and its page.
const WORDS: &str = "change";
const WORDS_PAGE: &str = "your-words";

/// Every page's address and answers, found out once by reading forms, then sent by heart.
#[derive(Debug, Clone)]
pub struct Script(Arc<Vec<PageSent>>);

/// A page's address and the fields sent to it.
type PageSent = (String, Vec<(String, String)>);

impl Script {
    pub async fn record(base: &str) -> Self {
        let resident = Resident::at(base, PLAN);
        let mut page = resident.start().await;
        let mut pages = Vec::new();
        while !page.path.ends_with("/check") {
            let pairs = page.form().plain_answers();
            let path = page.path.clone();
            page = resident.answer(&page, &pairs).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text());
            let own = pairs.into_iter().filter(|(name, _)| name != "csrf");
            pages.push((path, own.collect()));
        }
        Self(Arc::new(pages))
    }
}

/// One response, as far as its sender was told.
#[derive(Debug, Clone)]
pub struct Acknowledged {
    pub id: Uuid,
    pub cookie: String,
    /// Pages whose save was answered with a redirect.
    pub pages: Vec<String>,
    /// The words that were last acknowledged.
    pub words: Option<String>,
    /// Words that were sent since, with no answer yet.
    pub words_in_flight: Option<String>,
    /// Whether sending was acknowledged.
    pub submitted: bool,
}

/// What all writers were told.
#[derive(Debug, Clone, Default)]
pub struct Ledger(Arc<Mutex<Vec<Acknowledged>>>);

impl Ledger {
    pub fn entries(&self) -> Vec<Acknowledged> {
        self.0.lock().unwrap().clone()
    }

    pub fn saves(&self) -> usize {
        self.entries().iter().map(|entry| entry.pages.len()).sum()
    }

    pub fn submits(&self) -> usize {
        self.entries()
            .iter()
            .filter(|entry| entry.submitted)
            .count()
    }

    fn note(&self, id: Uuid, change: impl FnOnce(&mut Acknowledged)) {
        let mut all = self.0.lock().unwrap();
        let entry = all.iter_mut().rev().find(|entry| entry.id == id);
        change(entry.expect("a response that was begun"));
    }

    /// Compares with what is kept.
    pub async fn compare(&self, rows: &Rows) {
        for entry in self.entries() {
            if entry.pages.is_empty() {
                continue;
            }
            let kept = rows.response(entry.id).await;
            let kept =
                kept.unwrap_or_else(|| panic!("an acknowledged response is lost: {entry:?}"));
            for page in &entry.pages {
                assert!(
                    kept.pages.get(page).is_some(),
                    "the save of {page} is lost: {entry:?} {kept:?}"
                );
            }
            if let Some(words) = &entry.words {
                let found = rows.words(entry.id, WORDS).await;
                let is_known = found.as_ref() == Some(words)
                    || (found.is_some() && found == entry.words_in_flight);
                assert!(is_known, "{found:?} is kept of {entry:?}");
            }
            if entry.submitted {
                assert!(kept.is_submitted, "a submit is lost: {entry:?}");
                assert!(kept.reference.is_some(), "{kept:?}");
            }
        }
    }
}

/// Whether a writer goes on after an answer that is no acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The server is killed: the first broken connection ends it.
    Ends,
    /// The database is away for moments: the same page is sent again.
    IsTriedAgain,
}

/// Writers at work.
pub struct Writers {
    pub ledger: Ledger,
    stop: Arc<AtomicBool>,
    tasks: Vec<tokio::task::JoinHandle<()>>,
}

impl Writers {
    pub fn start(base: &str, script: &Script, count: usize, trouble: Trouble) -> Self {
        let ledger = Ledger::default();
        let stop = Arc::new(AtomicBool::new(false));
        let tasks = (0..count).map(|_| {
            let writer = Writer {
                base: base.to_owned(),
                script: script.clone(),
                ledger: ledger.clone(),
                stop: Arc::clone(&stop),
                trouble,
            };
            tokio::spawn(async move { while writer.respond().await.is_some() {} })
        });
        let tasks = tasks.collect();
        Self {
            ledger,
            stop,
            tasks,
        }
    }

    /// Lets each end what it is at.
    pub async fn stop(self) -> Ledger {
        self.stop.store(true, Ordering::SeqCst);
        for task in self.tasks {
            task.await.unwrap();
        }
        self.ledger
    }
}

struct Writer {
    base: String,
    script: Script,
    ledger: Ledger,
    stop: Arc<AtomicBool>,
    trouble: Trouble,
}

impl Writer {
    /// One whole response; none when it is time to end.
    async fn respond(&self) -> Option<()> {
        let client = browser();
        let post = |path: &str, pairs: &[(String, String)]| {
            let request = client.post(format!("{}{path}", self.base));
            let request = request.header(header::ORIGIN, &self.base);
            request.form(pairs).send()
        };
        let started = self
            .until_acknowledged(|| post(&format!("/surveys/{PLAN}/start"), &[]))
            .await?;
        let cookie = cookie_set(started.headers(), "hys_response").expect("a cookie");
        let first = &self.script.0[0].0;
        let csrf = loop {
            let page = client.get(format!("{}{first}", self.base)).send().await;
            let text = match page {
                Ok(page) => page.text().await.unwrap_or_default(),
                Err(_) => String::new(),
            };
            match text.split_once("name=\"csrf\" value=\"") {
                Some((_, rest)) => break rest.split('"').next().unwrap_or_default().to_owned(),
                None if self.trouble == Trouble::Ends => return None,
                None => self.rest().await?,
            }
        };
        let id = response_id(&cookie);
        self.ledger.0.lock().unwrap().push(Acknowledged {
            id,
            cookie,
            pages: Vec::new(),
            words: None,
            words_in_flight: None,
            submitted: false,
        });
        for (path, pairs) in self.script.0.iter() {
            let page = path.rsplit('/').next().unwrap_or_default();
            // The page of words is saved three times over: the last one acknowledged counts.
            for _ in 0..if page == WORDS_PAGE { 3 } else { 1 } {
                let words = Uuid::new_v4().to_string();
                let mut pairs = pairs.clone();
                pairs.push(("csrf".to_owned(), csrf.clone()));
                for (_, value) in pairs.iter_mut().filter(|(name, _)| name == WORDS) {
                    value.clone_from(&words);
                }
                if page == WORDS_PAGE {
                    let sent = Some(words.clone());
                    self.ledger.note(id, |entry| entry.words_in_flight = sent);
                }
                self.until_acknowledged(|| post(path, &pairs)).await?;
                self.ledger.note(id, |entry| {
                    entry.pages.push(page.to_owned());
                    if page == WORDS_PAGE {
                        entry.words = Some(words);
                        entry.words_in_flight = None;
                    }
                });
            }
        }
        let pairs = [("csrf".to_owned(), csrf.clone())];
        let sent = self
            .until_acknowledged(|| post(&format!("/surveys/{PLAN}/respond/check"), &pairs))
            .await?;
        let location = sent.headers().get(header::LOCATION).cloned().unwrap();
        assert!(
            location.to_str().unwrap().ends_with("/done"),
            "{location:?}"
        );
        self.ledger.note(id, |entry| entry.submitted = true);
        (!self.stop.load(Ordering::SeqCst)).then_some(())
    }

    /// Sends something until it is acknowledged with a redirect, or it is time to end.
    async fn until_acknowledged<F>(&self, send: impl Fn() -> F) -> Option<Response>
    where
        F: Future<Output = reqwest::Result<Response>>,
    {
        loop {
            match send().await {
                Ok(answer) if answer.status() == StatusCode::SEE_OTHER => return Some(answer),
                Ok(answer) => {
                    let status = answer.status();
                    assert!(
                        status == StatusCode::SERVICE_UNAVAILABLE
                            || status == StatusCode::UNPROCESSABLE_ENTITY,
                        "{status}: {}",
                        answer.text().await.unwrap_or_default()
                    );
                    if status == StatusCode::UNPROCESSABLE_ENTITY {
                        panic!("the script does not fit the survey");
                    }
                }
                Err(_) if self.trouble == Trouble::Ends => return None,
                Err(_) => {}
            }
            if self.trouble == Trouble::Ends {
                return None;
            }
            self.rest().await?;
        }
    }

    async fn rest(&self) -> Option<()> {
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        (!self.stop.load(Ordering::SeqCst)).then_some(())
    }
}
