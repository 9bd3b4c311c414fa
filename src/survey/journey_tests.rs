//! The journey: by example, and as laws over random surveys and random residents.
#![allow(clippy::unwrap_used)]

use proptest::{collection::vec, prelude::*};
use uuid::Uuid;

use super::{
    answers::{Answer, Answers, DecodeContext, Form, TextKey, decode_page},
    build::*,
    condition::Condition,
    definition::{Definition, Page, Question},
    journey::{Journey, Next, SavedPages, is_visible},
};

fn yes_no(name: &str) -> Question {
    question(name, single(choices(&["yes", "no"])))
}

/// Three sections: `start`; `crime` (only after yes), with `police` revealed by yes; `words` (information), `end`.
fn survey() -> Definition {
    let police = question("police", short_text(50)).required();
    let reported = single(vec![choice("yes").revealing(police), choice("no")]);
    definition(vec![
        vec![page("start", vec![yes_no("victim").required()])],
        vec![
            page("crime", vec![question("reported", reported).required()])
                .shown_when(is("victim", &["yes"])),
        ],
        vec![
            page("words", vec![question("told", information())]),
            page(
                "end",
                vec![yes_no("again").shown_when(Condition::Not(Box::new(is("reported", &["no"]))))],
            ),
        ],
    ])
}

fn answers(given: &[(&str, &str)]) -> Answers {
    let mut answers = Answers::default();
    for (name, chosen) in given {
        answers.values.insert(key(name), Answer::One(code(chosen)));
    }
    answers
}

fn saved(pages: &[&str]) -> SavedPages {
    let mut saved = SavedPages::default();
    for (at, name) in (1..).zip(pages) {
        saved.save(&page_key(name), at);
    }
    saved
}

fn names<'a>(pages: impl Iterator<Item = &'a Page>) -> Vec<&'a str> {
    pages.map(|page| page.key.as_str()).collect()
}

#[test]
fn a_page_is_shown_by_the_answers_before_it() {
    let survey = survey();
    let (no, yes) = (answers(&[("victim", "no")]), answers(&[("victim", "yes")]));
    let none = SavedPages::default();
    let journey = Journey::new(&survey, &no, &none);
    assert_eq!(names(journey.pages()), ["start", "words", "end"]);
    assert_eq!(
        journey.previous(&page_key("words")).unwrap().key.as_str(),
        "start"
    );
    let journey = Journey::new(&survey, &yes, &none);
    assert_eq!(names(journey.pages()), ["start", "crime", "words", "end"]);
    assert!(
        matches!(journey.next(&page_key("start")), Next::Page(page) if page.key.as_str() == "crime")
    );
    assert_eq!(journey.next(&page_key("end")), Next::Check);
    assert_eq!(journey.previous(&page_key("start")), None);
}

#[test]
fn hidden_answers_count_in_no_condition() {
    let survey = survey();
    // "Not reported" would hide `again`, but the page it stands on is hidden itself.
    let given = answers(&[("victim", "no"), ("reported", "no")]);
    let all = saved(&["start", "crime", "words", "end"]);
    let journey = Journey::new(&survey, &given, &all);
    assert!(journey.is_visible(&key("again")));
    assert!(!journey.is_visible(&key("reported")));
    assert!(is_visible(&survey, &given, &key("again")));
    assert!(!is_visible(&survey, &given, &key("reported")));
    assert!(!is_visible(&survey, &given, &key("nowhere")));
    let shown = answers(&[("victim", "yes"), ("reported", "no")]);
    assert!(!is_visible(&survey, &shown, &key("again")));
}

#[test]
fn jumping_ahead_leads_to_the_first_page_that_needs_an_answer() {
    let survey = survey();
    let (end, crime) = (page_key("end"), page_key("crime"));
    let none = Answers::default();
    let journey = Journey::new(&survey, &none, &SavedPages::default());
    assert_eq!(journey.may_visit(&end), Err(&page_key("start")));
    assert_eq!(journey.may_visit(&page_key("start")), Ok(()));
    assert_eq!(
        journey.may_visit(&page_key("nowhere")),
        Err(&page_key("start"))
    );

    let no = answers(&[("victim", "no")]);
    // Words only must be seen too.
    let part = saved(&["start"]);
    let journey = Journey::new(&survey, &no, &part);
    assert_eq!(journey.may_visit(&end), Err(&page_key("words")));
    assert_eq!(journey.may_visit(&crime), Err(&page_key("words")));
    let all = saved(&["start", "words", "end"]);
    let journey = Journey::new(&survey, &no, &all);
    assert_eq!(journey.may_visit(&crime), Err(&page_key("words")));
    assert_eq!(journey.resume(), Next::Check);
    assert_eq!(all.last(), Some(3));
}

#[test]
fn a_saved_page_still_needs_its_required_shown_questions() {
    let survey = survey();
    let all = saved(&["start", "crime", "words", "end"]);
    let mut given = answers(&[("victim", "yes"), ("reported", "yes")]);
    let journey = Journey::new(&survey, &given, &all);
    assert_eq!(journey.submittable(), Err(&page_key("crime")));
    assert_eq!(journey.visible_questions(&page_key("crime")).len(), 2);
    given.values.insert(key("police"), Answer::Text);
    assert_eq!(
        Journey::new(&survey, &given, &all).submittable(),
        Err(&page_key("crime")),
        "words are missing"
    );
    let words = TextKey {
        question: key("police"),
        code: None,
    };
    given.texts.insert(words, "They came".to_owned());
    assert_eq!(
        Journey::new(&survey, &given, &all).submittable(),
        Ok(given.clone())
    );

    // Now nothing happened after all: what was said of it stays until submit, and is dropped there.
    given.values.insert(key("victim"), Answer::One(code("no")));
    let sent = Journey::new(&survey, &given, &all).submittable().unwrap();
    assert_eq!(sent, answers(&[("victim", "no")]));
}

#[test]
fn progress_counts_sections_with_a_shown_page() {
    let survey = survey();
    let (no, yes) = (answers(&[("victim", "no")]), answers(&[("victim", "yes")]));
    let none = SavedPages::default();
    let journey = Journey::new(&survey, &yes, &none);
    let progress = journey.progress(&page_key("words")).unwrap();
    assert_eq!((progress.section, progress.sections), (3, 3));
    assert_eq!(
        (progress.pages_before, progress.pages, progress.percent()),
        (2, 4, 50)
    );
    let journey = Journey::new(&survey, &no, &none);
    let progress = journey.progress(&page_key("end")).unwrap();
    assert_eq!((progress.section, progress.sections), (2, 2));
    assert_eq!(progress.title, &survey.sections[2].title);
    assert_eq!(journey.progress(&page_key("crime")), None);
}

/// What a random question depends on: how far back, and which code.
type Link = Option<(usize, u8)>;

#[derive(Debug, Clone)]
struct Spec {
    questions: Vec<(bool, Link, bool)>,
    page_link: Link,
}

const CODES: [&str; 3] = ["a", "b", "c"];

fn link(asked: usize, link: Link) -> Option<Condition> {
    let (back, which) = link?;
    let earlier = asked.checked_sub(back + 1)?;
    let condition = is(&format!("q{earlier}"), &[CODES[usize::from(which % 3)]]);
    Some(if which > 2 {
        Condition::Not(Box::new(condition))
    } else {
        condition
    })
}

fn link_spec() -> impl Strategy<Value = Link> {
    prop::option::of((0..4usize, 0..6u8))
}

/// A random survey: up to five sections of a page each; questions and pages hang on earlier answers, some reveal.
fn surveys() -> impl Strategy<Value = Definition> {
    let questions = vec((prop::bool::ANY, link_spec(), prop::bool::ANY), 1..4);
    let spec = (questions, link_spec()).prop_map(|(questions, page_link)| Spec {
        questions,
        page_link,
    });
    vec(spec, 1..6).prop_map(|specs| {
        let mut asked = 0;
        let mut sections = Vec::new();
        for (number, spec) in specs.into_iter().enumerate() {
            let shown = link(asked, spec.page_link);
            let mut questions = Vec::new();
            for (required, when, reveals) in spec.questions {
                let mut offered = choices(&CODES);
                if reveals {
                    let inner = question(&format!("r{asked}"), single(choices(&CODES)));
                    offered[0] = choice("a").revealing(inner.required());
                }
                offered[1] = choice("b").with_other();
                let mut next = question(&format!("q{asked}"), single(offered));
                next.required = required;
                next.show_when = link(asked, when);
                questions.push(next);
                asked += 1;
            }
            let mut next = page(&format!("p{number}"), questions);
            next.show_when = shown;
            sections.push(vec![next]);
        }
        definition(sections)
    })
}

/// A random state a response can be in: some answers, some pages saved.
fn states() -> impl Strategy<Value = (Vec<Option<u8>>, Vec<bool>)> {
    (vec(prop::option::of(0..3u8), 40), vec(prop::bool::ANY, 6))
}

fn state(
    survey: &Definition,
    (chosen, pages): &(Vec<Option<u8>>, Vec<bool>),
) -> (Answers, SavedPages) {
    let mut answers = Answers::default();
    for (question, chosen) in survey.questions().zip(chosen) {
        let Some(chosen) = chosen else { continue };
        let chosen = code(CODES[usize::from(*chosen)]);
        answers
            .values
            .insert(question.key.clone(), Answer::One(chosen));
        let other = TextKey {
            question: question.key.clone(),
            code: Some(code("b")),
        };
        answers.texts.insert(other, "words".to_owned());
    }
    let mut saved = SavedPages::default();
    for ((_, page), is_saved) in survey.pages().zip(pages) {
        if *is_saved {
            saved.save(&page.key, 1);
        }
    }
    (answers, saved)
}

/// A resident who answers every shown question of a page.
fn fill_in(survey: &Definition, page: &Page, before: &Answers, chosen: u8) -> Answers {
    let chosen = CODES[usize::from(chosen)];
    let mut pairs = Vec::new();
    for question in page.all_questions() {
        pairs.push((question.key.to_string(), chosen.to_owned()));
        pairs.push((format!("{}-b-text", question.key), "words".to_owned()));
    }
    let context = DecodeContext {
        definition: survey,
        areas: &TwoAreas,
        page,
        before,
        seed: Uuid::nil(),
    };
    let decoded = decode_page(&context, &Form::new(pairs));
    assert_eq!(decoded.errors, []);
    let mut after = before.clone();
    decoded.merge_into(&mut after);
    after
}

proptest! {
    #[test]
    fn every_state_is_submittable_or_names_a_page_that_may_be_visited(
        survey in surveys(), given in states()
    ) {
        let (answers, saved) = state(&survey, &given);
        let journey = Journey::new(&survey, &answers, &saved);
        match (journey.submittable(), journey.first_unfinished()) {
            (Ok(_), None) => prop_assert_eq!(journey.resume(), Next::Check),
            (Err(key), Some(page)) => {
                prop_assert_eq!(key, &page.key);
                prop_assert_eq!(journey.may_visit(key), Ok(()));
            }
            (submittable, unfinished) => prop_assert!(false, "{submittable:?} {unfinished:?}"),
        }
        for (_, page) in survey.pages() {
            if let Err(instead) = journey.may_visit(&page.key) {
                prop_assert!(journey.pages().next().is_none() || journey.may_visit(instead).is_ok());
            }
        }
    }

    #[test]
    fn answering_page_by_page_reaches_the_end(
        survey in surveys(), given in states(), chosen in vec(0..3u8, 20)
    ) {
        let (mut answers, mut saved) = state(&survey, &given);
        let mut steps = 0;
        loop {
            let journey = Journey::new(&survey, &answers, &saved);
            let Next::Page(page) = journey.resume() else { break };
            let page = page.clone();
            answers = fill_in(&survey, &page, &answers, chosen[steps % chosen.len()]);
            saved.save(&page.key, 2);
            steps += 1;
            prop_assert!(steps <= survey.pages().count(), "no page comes twice");
        }
        prop_assert!(Journey::new(&survey, &answers, &saved).submittable().is_ok());
    }

    #[test]
    fn hidden_answers_never_survive_submit(survey in surveys(), given in states()) {
        let (answers, _) = state(&survey, &given);
        let everything = saved(&["p0", "p1", "p2", "p3", "p4"]);
        let journey = Journey::new(&survey, &answers, &everything);
        if let Ok(sent) = journey.submittable() {
            for key in sent.values.keys() {
                prop_assert!(is_visible(&survey, &answers, key));
            }
            for key in sent.texts.keys() {
                let answer = &sent.values[&key.question];
                prop_assert_eq!(answer, &Answer::One(key.code.clone().unwrap()));
            }
            // What is sent shows the same pages as what it was made from, and is whole.
            let again = Journey::new(&survey, &sent, &everything);
            prop_assert_eq!(names(again.pages()), names(journey.pages()));
            prop_assert_eq!(again.submittable(), Ok(sent.clone()));
        }
    }

    #[test]
    fn next_and_previous_undo_each_other(survey in surveys(), given in states()) {
        let (answers, saved) = state(&survey, &given);
        let journey = Journey::new(&survey, &answers, &saved);
        let mut pages = journey.pages().peekable();
        while let Some(page) = pages.next() {
            match (journey.next(&page.key), pages.peek()) {
                (Next::Page(next), Some(expected)) => {
                    prop_assert_eq!(&next.key, &expected.key);
                    prop_assert_eq!(&journey.previous(&next.key).unwrap().key, &page.key);
                }
                (Next::Check, None) => prop_assert_eq!(&journey.last().unwrap().key, &page.key),
                (next, _) => prop_assert!(false, "{next:?}"),
            }
            let progress = journey.progress(&page.key).unwrap();
            prop_assert!((1..=progress.sections).contains(&progress.section));
        }
    }

    #[test]
    fn a_page_asks_the_same_whether_it_is_decoded_or_shown(
        survey in surveys(), given in states(), chosen in 0..3u8
    ) {
        let (answers, saved) = state(&survey, &given);
        for (_, page) in survey.pages() {
            let after = fill_in(&survey, page, &answers, chosen);
            let journey = Journey::new(&survey, &after, &saved);
            if journey.pages().any(|shown| shown.key == page.key) {
                let shown: Vec<_> = journey.visible_questions(&page.key).iter().map(|q| &q.key).collect();
                let answered: Vec<_> =
                    page.all_questions().map(|q| &q.key).filter(|key| after.values.contains_key(*key)).collect();
                prop_assert_eq!(shown, answered);
            }
        }
    }
}
