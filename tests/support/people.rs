//! The people who use a site, as types: one method per thing they do.

use reqwest::{Client, Response, StatusCode, header, redirect::Policy};

use super::{TestSite, form::PageForm};

/// A page as somebody sees it.
pub struct Seen {
    pub status: StatusCode,
    pub path: String,
    pub location: Option<String>,
    pub headers: header::HeaderMap,
    pub html: String,
}

impl Seen {
    pub async fn of(response: Response) -> Self {
        let path = response.url().path().to_owned();
        let status = response.status();
        let headers = response.headers().clone();
        let location = headers
            .get(header::LOCATION)
            .map(|value| value.to_str().expect("a location").to_owned());
        Self {
            status,
            path,
            location,
            headers,
            html: response.text().await.expect("a body"),
        }
    }

    /// The page's form.
    pub fn form(&self) -> PageForm {
        PageForm::read(&self.html)
            .unwrap_or_else(|| panic!("{} has no form: {}", self.path, self.html))
    }

    /// The text of the one element that a selector finds.
    pub fn one(&self, selector: &str) -> String {
        let all = self.all(selector);
        assert_eq!(all.len(), 1, "{selector} on {}: {}", self.path, self.html);
        all[0].clone()
    }

    /// The text of every element that a selector finds.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let selector = scraper::Selector::parse(selector).expect("a selector");
        scraper::Html::parse_document(&self.html)
            .select(&selector)
            .map(|element| element.text().collect())
            .collect()
    }

    /// The token that the page's forms carry.
    pub fn csrf(&self) -> String {
        let marker = "name=\"csrf\" value=\"";
        let from = self.html.find(marker);
        let from = from.unwrap_or_else(|| panic!("{} has no form: {}", self.path, self.html));
        let rest = &self.html[from + marker.len()..];
        rest.split('"').next().expect("its end").to_owned()
    }

    pub fn says(&self, words: &str) -> bool {
        self.text().contains(words)
    }

    /// The words of the page's main part, spaces folded.
    pub fn text(&self) -> String {
        let page = scraper::Html::parse_document(&self.html);
        let main = scraper::Selector::parse("main").expect("a selector");
        page.select(&main)
            .flat_map(|main| main.text())
            .flat_map(str::split_whitespace)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// A browser that keeps cookies and follows nothing by itself.
pub fn browser() -> Client {
    Client::builder()
        .cookie_store(true)
        .redirect(Policy::none())
        .build()
        .expect("a browser")
}

/// A resident with a browser of their own.
pub struct Resident {
    pub base: String,
    pub client: Client,
    pub slug: String,
}

impl Resident {
    pub fn of(site: &TestSite, slug: &str) -> Self {
        Self::at(&site.base, slug)
    }

    /// A resident of a site that another process serves.
    pub fn at(base: &str, slug: &str) -> Self {
        Self {
            base: base.to_owned(),
            client: browser(),
            slug: slug.to_owned(),
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    pub async fn get(&self, path: &str) -> Seen {
        Seen::of(
            self.client
                .get(self.url(path))
                .send()
                .await
                .expect("an answer"),
        )
        .await
    }

    /// Posts a form as a browser does, from this site.
    pub async fn post(&self, path: &str, pairs: &[(String, String)]) -> Seen {
        let request = self
            .client
            .post(self.url(path))
            .header(header::ORIGIN, &self.base);
        Seen::of(request.form(pairs).send().await.expect("an answer")).await
    }

    /// Follows redirects, at most ten.
    pub async fn follow(&self, mut seen: Seen) -> Seen {
        for _ in 0..10 {
            let Some(location) = seen.location.clone() else {
                return seen;
            };
            seen = self.get(&location).await;
        }
        panic!("redirects without end at {}", seen.path)
    }

    /// Presses Start and sees the first page.
    pub async fn start(&self) -> Seen {
        let started = self
            .post(&format!("/surveys/{}/start", self.slug), &[])
            .await;
        assert_eq!(started.status, StatusCode::SEE_OTHER, "{}", started.html);
        self.follow(started).await
    }

    /// Answers a page and goes on; the next page, or the same with its errors.
    pub async fn answer(&self, page: &Seen, pairs: &[(String, String)]) -> Seen {
        let action = page.form().action;
        let path = if action.is_empty() {
            &page.path
        } else {
            &action
        };
        let saved = self.post(path, pairs).await;
        self.follow(saved).await
    }

    /// Goes from `page` to "check your answers" with the first answer to everything.
    pub async fn answer_all(&self, mut page: Seen) -> Seen {
        for _ in 0..60 {
            if page.path.ends_with("/check") {
                return page;
            }
            let before = (page.path.clone(), page.form().fields);
            let pairs = page.form().plain_answers();
            page = self.answer(&page, &pairs).await;
            assert_eq!(
                page.status,
                StatusCode::OK,
                "at {}: {}",
                before.0,
                page.text()
            );
            // An answer can bring up another question of the same page.
            let after = (page.path.clone(), page.form().fields);
            assert_ne!(after, before, "no progress: {}", page.text());
        }
        panic!("no end of pages at {}", page.path)
    }

    /// Sends the answers from "check your answers".
    pub async fn send(&self, check: &Seen) -> Seen {
        let pairs = check.form().hidden.clone();
        self.answer(check, &pairs).await
    }

    /// Starts, answers everything and sends; the page after.
    pub async fn complete(&self) -> Seen {
        let first = self.start().await;
        let check = self.answer_all(first).await;
        self.send(&check).await
    }
}
