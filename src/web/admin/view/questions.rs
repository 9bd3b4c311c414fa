//! Every question in order, each with the chart that suits it.

use crate::{
    analysis::{
        frequency::{Absent, Figures},
        variable::VariableKey,
    },
    results::{Headline, QuestionOutcome, ResultPage, ResultQuery},
    survey::{
        ids::{QuestionKey, Slug},
        message::Message,
    },
    web::{
        pages::{ChartView, QuestionResult},
        templates::Link,
        urls::Url,
    },
};

use super::{
    NUMBERS, WITH_CHART, both,
    figures::{Drawn, Subject},
    files,
    filters::FilteredPage,
    reading::Reading,
    variables::{comparison_of, only_these},
    words::Words,
};

/// One question's results; nothing for a question of an older version that the newest no longer asks.
#[must_use]
pub fn question_result(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    outcome: &QuestionOutcome,
    reads_comments: bool,
    reading: Reading,
) -> Option<QuestionResult> {
    let frequency = &outcome.frequency;
    let question = words.definition.question(&frequency.question)?;
    let asked = words.plain(&question.label);
    let (title, leader) = match &outcome.headline {
        Headline::ChoiceLeads { code, share: of } => {
            let message =
                Message::new("question-leads").with("choice", words.option(question, code));
            (
                words.say(&message.with("share", reading.share(*of))),
                Some(code),
            )
        }
        _ => (asked.clone(), None),
    };
    let subject = Subject {
        words,
        question,
        frequency,
        leader,
        reading,
    };
    let Drawn {
        subtitle,
        chart,
        table,
    } = subject.draw();
    let id = format!("question-{}", question.key);
    let is_empty = frequency.base.0 == 0;
    let about = if matches!(frequency.figures, Figures::Grid { .. }) {
        "question-about-grid"
    } else {
        "question-about"
    };
    let about = words.say(&Message::new(about).with("question", asked.clone()));
    let drawn = chart.filter(|_| !is_empty).map(|chart| {
        both(&id, &title, &about, |caption, layout| {
            chart.draw(caption, layout)
        })
    });
    let of_this = ResultQuery {
        page: ResultPage::Question(question.key.clone()),
        ..query.clone()
    };
    let suffixes = if drawn.is_some() { WITH_CHART } else { NUMBERS };
    let (wide, narrow) = drawn.unzip();
    let is_words = matches!(frequency.figures, Figures::Text);
    let subtitle = if leader.is_some() {
        format!("{asked} {subtitle}")
    } else {
        subtitle
    };
    Some(QuestionResult {
        chart: ChartView {
            id,
            title,
            subtitle,
            wide,
            narrow,
            empty: is_empty.then(|| words.id("officers-no-answers")),
            base: words.counted("officers-base-answered", frequency.base.0),
            table: table.filter(|_| !is_empty),
            files: files(slug, &of_this.path(), &of_this.query(), suffixes, |id| {
                words.id(id)
            }),
        },
        absent: absent(words, frequency.absent),
        thin: !is_empty && frequency.base.is_small(),
        compare: comparison_of(words, question, query)
            .map(|query| Url::AdminSurvey(slug, &query.to_url()).to_string()),
        only: if matches!(query.page, ResultPage::Question(_)) {
            only_of_question(words, slug, query, &question.key)
        } else {
            Vec::new()
        },
        comments: (is_words && !is_empty && !frequency.sensitive && reads_comments).then(|| Link {
            text: words.counted("question-comments", frequency.base.0),
            href: comments(slug, query, &question.key.to_string()),
        }),
    })
}

fn comments(slug: &Slug, query: &ResultQuery, question: &str) -> String {
    let filtered = ResultQuery {
        filter: query.filter.clone(),
        ..ResultQuery::of(ResultPage::Questions)
    };
    let mut pairs = url::form_urlencoded::Serializer::new(filtered.query());
    pairs.append_pair("question", question);
    Url::AdminSurvey(slug, &format!("comments?{}", pairs.finish())).to_string()
}

/// Links to all questions, of those alone who gave one of a question's answers.
fn only_of_question(
    words: &Words<'_>,
    slug: &Slug,
    query: &ResultQuery,
    question: &QuestionKey,
) -> Vec<Link> {
    let all = ResultQuery {
        page: ResultPage::Questions,
        filter: query.filter.clone(),
        weights: query.weights,
    };
    let page = FilteredPage {
        slug,
        path: "questions",
        query: &all,
        extra: &[],
    };
    only_these(words, &page, &VariableKey::Question(question.clone()))
}

fn absent(words: &Words<'_>, absent: Absent) -> Vec<String> {
    [
        ("absent-missing", absent.missing),
        ("absent-not-asked", absent.not_asked),
        ("absent-declined", absent.declined),
        ("absent-dont-know", absent.dont_know),
        ("absent-invalid", absent.invalid),
    ]
    .into_iter()
    .filter(|(_, count)| *count > 0)
    .map(|(id, count)| words.counted(id, count))
    .collect()
}
