//! What people wrote: a list to read, newest first, page by page.
//!
//! Who is in the filter is known by the dataset in memory; the texts come from the store, one page of them. The
//! answers to special-category questions are never listed.

use std::collections::HashSet;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Data, Path},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;

use super::{
    looking::Looking,
    session::SignedInOfficer,
    view::{
        filters::{FilteredPage, filter_view},
        themes::ThemesPicture,
        words::Words,
    },
};
use crate::{
    analysis::frequency::Figures,
    results::{Outcome, PageOutcome, ResultQuery, answer},
    storage::comments::{self, Comment, CommentPlace, CommentQuery},
    survey::{
        definition::{Kind, Question},
        ids::{Code, QuestionKey},
        markdown,
        message::Message,
    },
    web::{
        access::Capability,
        errors::PageError,
        pages::{CommentView, CommentsPage, FilterList, OptionView},
        site::Site,
        templates::Link,
    },
};

/// How many comments a page holds.
const PER_PAGE: usize = 50;
/// How many comments stand beside themes by area.
const BESIDE_THEMES: usize = 3;
/// The most characters that are searched for.
const LONGEST_SEARCH: usize = 200;

/// What the address asks for beside the filter.
#[derive(Debug, Default)]
struct Asked {
    search: Option<String>,
    question: Option<QuestionKey>,
    after: Option<CommentPlace>,
    /// The rest of the query string: the filter.
    filter: String,
}

impl Asked {
    fn read(query: &str, words: &Words<'_>) -> Result<Self, PageError> {
        let mut asked = Self::default();
        let mut filter = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            match (&*name, value.trim()) {
                (_, "") => {}
                ("q", text) => asked.search = Some(text.chars().take(LONGEST_SEARCH).collect()),
                ("question", key) => asked.question = Some(known_question(words, key)?),
                ("after", place) => {
                    asked.after =
                        Some(read_place(place).ok_or_else(|| unknown(words, "after", place, ""))?)
                }
                _ => {
                    filter.append_pair(&name, &value);
                }
            }
        }
        asked.filter = filter.finish();
        Ok(asked)
    }

    /// What the address holds besides the filter, without the place in the list.
    fn extra(&self) -> Vec<(&'static str, String)> {
        let search = self.search.clone().map(|words| ("q", words));
        let question = self
            .question
            .as_ref()
            .map(|key| ("question", key.to_string()));
        search.into_iter().chain(question).collect()
    }
}

/// A value that the address can't have; says what it can.
fn unknown(words: &Words<'_>, parameter: &str, given: &str, allowed: &str) -> PageError {
    let given: String = given.chars().filter(|c| !c.is_control()).take(60).collect();
    let message = Message::new("results-error-value")
        .with("parameter", parameter)
        .with("given", given);
    PageError::Unprocessable(words.say(&message.with("allowed", allowed)))
}

fn known_question(words: &Words<'_>, key: &str) -> Result<QuestionKey, PageError> {
    let found = written(words).find(|question| question.key.as_str() == key);
    found.map(|question| question.key.clone()).ok_or_else(|| {
        let allowed: Vec<&str> = written(words)
            .map(|question| question.key.as_str())
            .collect();
        unknown(words, "question", key, &allowed.join(", "))
    })
}

/// The questions whose texts may be read: written answers first, then "other, please say".
fn written<'a>(words: &Words<'a>) -> impl Iterator<Item = &'a Question> + use<'a> {
    let definition = words.definition;
    let readable = || {
        definition
            .questions()
            .filter(|question| question.sensitive.is_none())
    };
    let others = readable().filter(|question| {
        question
            .choices()
            .iter()
            .any(|choice| choice.other.is_some())
    });
    readable()
        .filter(|question| is_text(question))
        .chain(others)
}

fn is_text(question: &Question) -> bool {
    matches!(
        question.kind,
        Kind::ShortText { .. } | Kind::LongText { .. }
    )
}

/// `GET /admin/surveys/{slug}/comments`.
///
/// # Errors
/// [`PageError`] for an unknown survey, an address that names what there is not, or a failing store.
pub async fn list(
    site: Data<Site>,
    officer: SignedInOfficer,
    request: HttpRequest,
    slug: Path<String>,
) -> Result<HttpResponse, PageError> {
    let looking = Looking::at(&site, &officer, &slug).await?;
    let words = looking.words();
    let asked = Asked::read(request.query_string(), &words)?;
    let query = looking.parse("questions", &asked.filter)?;
    let outcome = answer(&query, &looking.snapshot);
    let questions = match &asked.question {
        Some(key) => vec![key.to_string()],
        None => written(&words)
            .filter(|question| is_text(question))
            .map(|question| question.key.to_string())
            .collect(),
    };
    let listed = read(
        &looking,
        &query,
        questions,
        asked.search.clone(),
        asked.after.clone(),
        PER_PAGE,
    )
    .await?;
    let extra = asked.extra();
    let here = FilteredPage {
        slug: looking.slug(),
        path: "comments",
        query: &query,
        extra: &extra,
    };
    let address = here.address(&query);
    let next = listed.next.map(|place| {
        let separator = if address.contains('?') { '&' } else { '?' };
        format!("{address}{separator}after={}", write_place(&place))
    });
    let list = vec![question_list(&words, &outcome, asked.question.as_ref())];
    let page = CommentsPage {
        head: looking.head("officers-comments")?,
        filter: filter_view(&words, &here, list, outcome.state.selected),
        title: title(&words, &asked, &outcome),
        comments: listed
            .comments
            .iter()
            .map(|comment| view(&looking, comment, asked.search.as_deref()))
            .collect(),
        first: asked.after.is_some().then_some(address),
        next,
        search: asked.search.unwrap_or_default(),
    };
    site.page(
        StatusCode::OK,
        &looking.layout(outcome.state.simulated),
        &page,
    )
}

/// The newest comments of the chosen area of themes by area, and where all of them are.
///
/// # Errors
/// [`PageError`] when the store can't be read.
pub(super) async fn comments_of_area(
    looking: &Looking<'_>,
    picture: &ThemesPicture<'_>,
) -> Result<(Vec<CommentView>, Option<Link>), PageError> {
    let words = looking.words();
    let questions: Vec<String> = written(&words)
        .filter(|question| is_text(question))
        .map(|question| question.key.to_string())
        .collect();
    let of_area = picture
        .of_area()
        .filter(|_| looking.officer.may(Capability::ReadComments) && !questions.is_empty());
    let Some(query) = of_area else {
        return Ok((Vec::new(), None));
    };
    let listed = read(looking, &query, questions, None, None, BESIDE_THEMES).await?;
    let page = FilteredPage {
        slug: looking.slug(),
        path: "comments",
        query: &query,
        extra: &[],
    };
    let all = Link {
        text: words
            .say(&Message::new("comments-all-of").with("area", picture.area_name(picture.area()))),
        href: page.address(&query),
    };
    Ok((
        listed
            .comments
            .iter()
            .map(|comment| view(looking, comment, None))
            .collect(),
        Some(all),
    ))
}

async fn read(
    looking: &Looking<'_>,
    query: &ResultQuery,
    questions: Vec<String>,
    search: Option<String>,
    after: Option<CommentPlace>,
    limit: usize,
) -> Result<comments::CommentPage, PageError> {
    if questions.is_empty() {
        return Ok(comments::CommentPage::default());
    }
    let dataset = &looking.snapshot.dataset;
    let wanted = CommentQuery {
        survey_id: looking.survey.id,
        questions,
        search,
        after,
        limit,
    };
    let store = &looking.site.store;
    // Without a filter the dataset itself says who counts, and no list of everybody is made.
    if query.filter.is_empty() {
        return Ok(comments::page(store, &wanted, |id| dataset.contains(id)).await?);
    }
    let chosen: HashSet<Uuid> = query
        .filter
        .select(dataset)
        .ids(dataset)
        .into_iter()
        .collect();
    Ok(comments::page(store, &wanted, |id| chosen.contains(id)).await?)
}

/// How many people answered each question, from the outcome.
fn answered(outcome: &Outcome) -> impl Iterator<Item = (&QuestionKey, u32)> {
    let questions = match &outcome.page {
        PageOutcome::Questions { questions } => &questions[..],
        _ => &[],
    };
    questions
        .iter()
        .filter(|question| matches!(question.frequency.figures, Figures::Text))
        .map(|question| (&question.frequency.question, question.frequency.base.0))
}

fn title(words: &Words<'_>, asked: &Asked, outcome: &Outcome) -> String {
    let chosen = asked
        .question
        .as_ref()
        .and_then(|key| words.definition.question(key));
    if let Some(search) = &asked.search {
        return words.say(&Message::new("comments-search").with("words", search.as_str()));
    }
    match chosen {
        Some(question) if !is_text(question) => {
            let name = words.plain(question.short_or_label());
            words.say(&Message::new("comments-of-choice").with("question", name))
        }
        _ => {
            let listed = |key: &QuestionKey| match chosen {
                Some(question) => question.key == *key,
                None => words
                    .definition
                    .question(key)
                    .is_some_and(|question| is_text(question) && question.sensitive.is_none()),
            };
            let total: u32 = answered(outcome)
                .filter(|(key, _)| listed(key))
                .map(|(_, count)| count)
                .sum();
            words.counted("comments-count", total)
        }
    }
}

fn question_list(words: &Words<'_>, outcome: &Outcome, chosen: Option<&QuestionKey>) -> FilterList {
    let any = OptionView {
        value: String::new(),
        text: words.id("filter-all-questions"),
        selected: chosen.is_none(),
    };
    let options = written(words).map(|question| {
        let name = words.plain(question.short_or_label());
        let count = answered(outcome)
            .find(|(key, _)| **key == question.key)
            .map(|(_, count)| count);
        OptionView {
            value: question.key.to_string(),
            text: count.map_or_else(
                || name.clone(),
                |count| format!("{name} ({})", super::view::words::count(count)),
            ),
            selected: chosen == Some(&question.key),
        }
    });
    FilterList {
        name: "question",
        key: "filter-question",
        options: std::iter::once(any).chain(options).collect(),
    }
}

fn view(looking: &Looking<'_>, comment: &Comment, search: Option<&str>) -> CommentView {
    let words = looking.words();
    let dataset = &looking.snapshot.dataset;
    let question = QuestionKey::new(&comment.place.question).ok();
    let question = question
        .as_ref()
        .and_then(|key| words.definition.question(key));
    let name = question.map_or_else(
        || comment.place.question.clone(),
        |question| match Code::new(&comment.place.code) {
            Ok(code) if !comment.place.code.is_empty() => words.option(question, &code),
            _ => words.plain(question.short_or_label()),
        },
    );
    let submitted = jiff::Timestamp::from_microsecond(comment.submitted_at).unwrap_or_default();
    let day = dataset.schema().time_zone().to_datetime(submitted).date();
    let when = Message::new("comment-when")
        .with("channel", words.channel(comment.channel))
        .with("day", words.day(day));
    CommentView {
        text: marked(&comment.text, search),
        question: name,
        area: dataset
            .area_of(&comment.place.response_id)
            .map(|code| words.area(code)),
        when: words.say(&when),
        // Where all are, the banner says so once.
        simulated: comment.simulated && !looking.site.is_simulated,
    }
}

/// A comment as HTML, with the words that were searched for marked.
fn marked(text: &str, search: Option<&str>) -> String {
    let wanted: Vec<char> = search
        .unwrap_or_default()
        .chars()
        .flat_map(char::to_lowercase)
        .collect();
    if wanted.is_empty() {
        return markdown::escape(text);
    }
    // Small letters may be longer than the letters they are of: each is kept with its own place in the text.
    let small: Vec<(usize, char)> = text
        .char_indices()
        .flat_map(|(at, c)| c.to_lowercase().map(move |c| (at, c)))
        .collect();
    let mut html = String::with_capacity(text.len() + 32);
    let (mut done, mut from) = (0, 0);
    while from + wanted.len() <= small.len() {
        let is_here = small[from..from + wanted.len()]
            .iter()
            .map(|(_, c)| *c)
            .eq(wanted.iter().copied());
        if !is_here {
            from += 1;
            continue;
        }
        let start = small[from].0;
        from += wanted.len();
        let end = small.get(from).map_or(text.len(), |(at, _)| *at);
        if start < done || end <= start {
            continue;
        }
        html.push_str(&markdown::escape(&text[done..start]));
        html.push_str("<mark>");
        html.push_str(&markdown::escape(&text[start..end]));
        html.push_str("</mark>");
        done = end;
    }
    html.push_str(&markdown::escape(&text[done..]));
    html
}

/// A place in the list for an address: it says nothing about a person, and is checked when it comes back.
fn write_place(place: &CommentPlace) -> String {
    let text = format!(
        "{}.{}.{}.{}",
        place.updated_at,
        place.response_id.simple(),
        place.question,
        place.code
    );
    URL_SAFE_NO_PAD.encode(text)
}

fn read_place(text: &str) -> Option<CommentPlace> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    let mut parts = text.splitn(4, '.');
    Some(CommentPlace {
        updated_at: parts.next()?.parse().ok()?,
        response_id: Uuid::try_parse(parts.next()?).ok()?,
        question: QuestionKey::new(parts.next()?).ok()?.to_string(),
        code: parts
            .next()
            .filter(|code| code.is_empty() || Code::new(code).is_ok())?
            .to_owned(),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_was_searched_for_is_marked_and_all_else_escaped() {
        assert_eq!(
            marked("<b>Parks & parks</b>", Some("PARKS")),
            "&lt;b&gt;<mark>Parks</mark> &amp; <mark>parks</mark>&lt;/b&gt;"
        );
        assert_eq!(
            marked("a<script>", Some("<script>")),
            "a<mark>&lt;script&gt;</mark>"
        );
        assert_eq!(marked("İstanbul", Some("stan")), "İ<mark>stan</mark>bul");
        assert_eq!(marked("x", None), "x");
    }

    #[test]
    fn a_place_reads_back_and_nothing_else_does() {
        let place = CommentPlace {
            updated_at: 1_795_000_000_000_000,
            response_id: Uuid::from_u128(7),
            question: "better".to_owned(),
            code: String::new(),
        };
        assert_eq!(read_place(&write_place(&place)), Some(place));
        assert_eq!(read_place("AAAA"), None);
        assert_eq!(read_place("no base64!"), None);
    }
}
