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
use uuid::Uuid;

use super::{
    looking::Looking,
    session::SignedInOfficer,
    view::{
        comments::{marked, read_place, write_place},
        filters::{FilteredPage, filter_view},
        themes::ThemesPicture,
        words::Words,
    },
};
use crate::{
    actions::audit::record_sight,
    analysis::{frequency::Figures, theme_choosers::choosers},
    audit::Event,
    results::{Outcome, PageOutcome, ResultQuery, answer},
    storage::comments::{self, Comment, CommentPlace, CommentQuery},
    survey::{
        definition::{Kind, Question},
        ids::{Code, QuestionKey, ThemeKey},
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
    theme: Option<ThemeKey>,
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
                ("theme", key) => asked.theme = Some(known_theme(words, key)?),
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
        let theme = self.theme.as_ref().map(|key| ("theme", key.to_string()));
        search.into_iter().chain(question).chain(theme).collect()
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

fn known_theme(words: &Words<'_>, key: &str) -> Result<ThemeKey, PageError> {
    let themes = &words.definition.themes;
    let found = themes.iter().find(|theme| theme.key.as_str() == key);
    found.map(|theme| theme.key.clone()).ok_or_else(|| {
        let allowed: Vec<&str> = themes.iter().map(|theme| theme.key.as_str()).collect();
        unknown(words, "theme", key, &allowed.join(", "))
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
        None if asked.theme.is_some() => written(&words)
            .map(|question| question.key.to_string())
            .collect(),
        None => text_questions(&words),
    };
    let wanted = Wanted {
        query: CommentQuery {
            survey_id: looking.survey.id,
            questions,
            search: asked.search.clone(),
            after: asked.after.clone(),
            limit: PER_PAGE,
        },
        chosen: chosen(&looking, &query),
        theme: asked
            .theme
            .as_ref()
            .map(|theme| AboutTheme::of(&looking, theme)),
    };
    let listed = wanted.list(&looking).await?;
    note(&looking, &query, &asked, listed.comments.len()).await?;
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
    let mut lists = vec![question_list(&words, &outcome, asked.question.as_ref())];
    lists.extend(theme_list(&words, asked.theme.as_ref()));
    let page = CommentsPage {
        head: looking.head("officers-comments")?,
        filter: filter_view(&words, &here, lists, outcome.state.selected),
        title: title(&looking, &asked, &outcome, &wanted).await?,
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
    let questions = text_questions(&words);
    let of_area = picture
        .of_area()
        .filter(|_| looking.officer.may(Capability::ReadComments) && !questions.is_empty());
    let Some(query) = of_area else {
        return Ok((Vec::new(), None));
    };
    let wanted = Wanted {
        query: CommentQuery {
            survey_id: looking.survey.id,
            questions,
            search: None,
            after: None,
            limit: BESIDE_THEMES,
        },
        chosen: chosen(looking, &query),
        theme: None,
    };
    let listed = wanted.list(looking).await?;
    note(looking, &query, &Asked::default(), listed.comments.len()).await?;
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

/// Writes down that comments are about to be read; where there are none to read, nothing was seen.
async fn note(
    looking: &Looking<'_>,
    query: &ResultQuery,
    asked: &Asked,
    shown: usize,
) -> Result<(), PageError> {
    if shown == 0 {
        return Ok(());
    }
    let event = Event::CommentsRead {
        survey: looking.slug().clone(),
        shown: u32::try_from(shown).unwrap_or(u32::MAX),
        question: asked.question.clone(),
        theme: asked.theme.clone(),
        filter: query.query(),
        searched: asked.search.is_some(),
    };
    Ok(record_sight(&looking.site.store, looking.officer.actor(), &event).await?)
}

/// The questions with written answers.
fn text_questions(words: &Words<'_>) -> Vec<String> {
    let texts = written(words).filter(|question| is_text(question));
    texts.map(|question| question.key.to_string()).collect()
}

/// Who is in the filter; none without one: then the dataset itself says who counts, and no list of everybody is made.
fn chosen(looking: &Looking<'_>, query: &ResultQuery) -> Option<HashSet<Uuid>> {
    let dataset = &looking.snapshot.dataset;
    let is_narrow = !query.filter.is_empty();
    is_narrow.then(|| {
        query
            .filter
            .select(dataset)
            .ids(dataset)
            .into_iter()
            .collect()
    })
}

/// Which comments are meant: to which questions, of whom, about what.
struct Wanted {
    query: CommentQuery,
    chosen: Option<HashSet<Uuid>>,
    theme: Option<AboutTheme>,
}

impl Wanted {
    fn keeps(&self, looking: &Looking<'_>, id: &Uuid, question: &str, code: &str) -> bool {
        let counts = match &self.chosen {
            Some(chosen) => chosen.contains(id),
            None => looking.snapshot.dataset.contains(id),
        };
        counts
            && self
                .theme
                .as_ref()
                .is_none_or(|theme| theme.is_of(id, question, code))
    }

    async fn list(&self, looking: &Looking<'_>) -> Result<comments::CommentPage, PageError> {
        if self.query.questions.is_empty() {
            return Ok(comments::CommentPage::default());
        }
        let keep = |id: &Uuid, question: &str, code: &str| self.keeps(looking, id, question, code);
        Ok(comments::page(&looking.site.store, &self.query, keep).await?)
    }

    async fn count(&self, looking: &Looking<'_>) -> Result<u64, PageError> {
        if self.query.questions.is_empty() {
            return Ok(0);
        }
        let keep = |id: &Uuid, question: &str, code: &str| self.keeps(looking, id, question, code);
        Ok(comments::count(&looking.site.store, &self.query, keep).await?)
    }
}

/// A theme's comments: those to its own questions and choices, and all that people wrote who want it among their first three.
struct AboutTheme {
    /// Question and code of its texts.
    places: HashSet<(String, String)>,
    choosers: HashSet<Uuid>,
}

impl AboutTheme {
    fn of(looking: &Looking<'_>, theme: &ThemeKey) -> Self {
        let mut places = HashSet::new();
        for question in written(&looking.words()) {
            let of_question = question.theme.as_ref() == Some(theme);
            if of_question && is_text(question) {
                places.insert((question.key.to_string(), String::new()));
            }
            for choice in question.choices() {
                let of_choice = choice
                    .theme
                    .as_ref()
                    .map_or(of_question, |own| own == theme);
                if choice.other.is_some() && of_choice {
                    places.insert((question.key.to_string(), choice.code.to_string()));
                }
            }
        }
        Self {
            places,
            choosers: choosers(&looking.snapshot.dataset, theme),
        }
    }

    fn is_of(&self, id: &Uuid, question: &str, code: &str) -> bool {
        self.choosers.contains(id)
            || self
                .places
                .contains(&(question.to_owned(), code.to_owned()))
    }
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

/// What the list holds and how many, on all its pages together.
async fn title(
    looking: &Looking<'_>,
    asked: &Asked,
    outcome: &Outcome,
    wanted: &Wanted,
) -> Result<String, PageError> {
    let words = looking.words();
    let question = asked
        .question
        .as_ref()
        .and_then(|key| words.definition.question(key));
    let of_choice = question.filter(|question| !is_text(question));
    let message = match (&asked.search, &asked.theme, of_choice) {
        (Some(search), _, _) => Message::new("comments-search").with("words", search.as_str()),
        (None, Some(theme), _) => {
            Message::new("comments-of-theme").with("theme", words.theme(theme))
        }
        (None, None, Some(question)) => Message::new("comments-of-choice")
            .with("question", words.plain(question.short_or_label())),
        (None, None, None) => {
            // What is counted already needs no count of the store.
            let listed = |key: &QuestionKey| match question {
                Some(question) => question.key == *key,
                None => wanted.query.questions.iter().any(|own| own == key.as_str()),
            };
            let total: u32 = answered(outcome)
                .filter(|(key, _)| listed(key))
                .map(|(_, count)| count)
                .sum();
            return Ok(words.counted("comments-count", total));
        }
    };
    let total = i64::try_from(wanted.count(looking).await?).unwrap_or(i64::MAX);
    Ok(words.say(&message.with("count", total)))
}

/// The survey's themes; no list where it has none.
fn theme_list(words: &Words<'_>, chosen: Option<&ThemeKey>) -> Option<FilterList> {
    let themes = &words.definition.themes;
    let any = OptionView {
        value: String::new(),
        text: words.id("filter-any"),
        selected: chosen.is_none(),
    };
    let options = themes.iter().map(|theme| OptionView {
        value: theme.key.to_string(),
        text: words.theme(&theme.key),
        selected: chosen == Some(&theme.key),
    });
    (!themes.is_empty()).then(|| FilterList {
        name: "theme",
        key: "filter-theme",
        options: std::iter::once(any).chain(options).collect(),
    })
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
