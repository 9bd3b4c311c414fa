//! Writing a survey: drafts, forms, conflicts, versions, publishing.

use have_your_say::storage::users::Role;
use reqwest::StatusCode;

use crate::support::{
    Engine, TestSite, default_survey, every_kind,
    office::{Officer, draft},
    people::Seen,
};

/// A page of the editor as a browser holds it: what its form would send if nothing were typed.
struct Form {
    action: String,
    pairs: Vec<(String, String)>,
}

impl Form {
    /// The form whose action holds `part`.
    fn of(seen: &Seen, part: &str) -> Self {
        use scraper::{Html, Selector};
        let page = Html::parse_document(&seen.html);
        let css = |css: &str| Selector::parse(css).unwrap();
        let form = page
            .select(&css("form[method=post]"))
            .find(|form| {
                form.attr("action")
                    .is_some_and(|action| action.contains(part))
            })
            .unwrap_or_else(|| panic!("no form for {part}: {}", seen.text()));
        let mut pairs = Vec::new();
        for field in form.select(&css("input[name], textarea[name], select[name]")) {
            let name = field.attr("name").unwrap().to_owned();
            let value = match field.value().name() {
                "textarea" => field
                    .text()
                    .collect::<String>()
                    .trim_start_matches('\n')
                    .to_owned(),
                "select" => {
                    let options: Vec<_> = field.select(&css("option")).collect();
                    let chosen = options
                        .iter()
                        .find(|option| option.attr("selected").is_some());
                    let chosen = chosen.or(options.first());
                    chosen
                        .and_then(|option| option.attr("value"))
                        .unwrap_or_default()
                        .to_owned()
                }
                _ if field.attr("type") == Some("checkbox") && field.attr("checked").is_none() => {
                    continue;
                }
                _ => field.attr("value").unwrap_or_default().to_owned(),
            };
            pairs.push((name, value));
        }
        Self {
            action: form.attr("action").unwrap().to_owned(),
            pairs,
        }
    }

    fn set(mut self, name: &str, value: &str) -> Self {
        self.pairs.retain(|(given, _)| given != name);
        self.pairs.push((name.to_owned(), value.to_owned()));
        self
    }

    async fn send(&self, officer: &Officer<'_>) -> Seen {
        let pairs: Vec<(&str, &str)> = self
            .pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        officer.post(&self.action, &pairs).await
    }

    /// Sends it and goes where it leads.
    async fn save(&self, officer: &Officer<'_>) -> Seen {
        let sent = self.send(officer).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let location = sent.location.expect("a way on");
        officer.get(location.split('#').next().unwrap()).await
    }
}

async fn page(officer: &Officer<'_>, path: &str) -> Seen {
    let seen = officer.get(path).await;
    assert_eq!(seen.status, StatusCode::OK, "{path}: {}", seen.text());
    seen
}

#[actix_web::test]
async fn an_officer_writes_a_survey_from_nothing_and_publishes_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let site = TestSite::on(engine).await;
        let officer = Officer::administrator(&site).await;
        let new = page(&officer, "/admin/new-survey").await;
        let missing = Form::of(&new, "new-survey").send(&officer).await;
        assert_eq!(missing.status, StatusCode::UNPROCESSABLE_ENTITY);
        let outline = Form::of(&new, "new-survey")
            .set("title", "Night buses")
            .save(&officer)
            .await;
        assert!(outline.says("Draft of version 1"), "{}", outline.text());
        let edit = "/admin/surveys/night-buses/edit";
        let outline = Form::of(&outline, edit)
            .set("new.section.section-1", "Your journeys")
            .set("do", "add-page section-1")
            .save(&officer)
            .await;
        let question = Form::of(&outline, edit)
            .set(
                "new.page.your-journeys",
                "How often do you take the night bus?",
            )
            .set("kind.page.your-journeys", "single")
            .set("kind.your-journeys", "single")
            .set("do", "add-question your-journeys")
            .save(&officer)
            .await;
        assert!(
            question.html.contains("how_often_do_you_take_the_nigh"),
            "a key from the words"
        );
        let question = Form::of(&question, "edit/question")
            .set("choices.new", "Often\nSometimes\nNever")
            .set("do", "choices.add")
            .save(&officer)
            .await;
        for code in ["often", "sometimes", "never"] {
            assert!(
                question.html.contains(&format!("value=\"{code}\"")),
                "{code}"
            );
        }
        let moved = Form::of(&question, "edit/question")
            .set("do", "choices.2.up")
            .save(&officer)
            .await;
        let never = moved.html.find("value=\"never\"").unwrap();
        assert!(never < moved.html.find("value=\"sometimes\"").unwrap());
        let publish = page(&officer, &format!("{edit}/publish")).await;
        let published = Form::of(&publish, "edit/publish").save(&officer).await;
        assert!(
            published.says("Version 1 is in force"),
            "{}",
            published.text()
        );
        let overview = officer.get("/surveys/night-buses").await;
        assert_eq!(overview.status, StatusCode::OK);
        assert!(overview.says("Night buses"));
        site.stop().await;
    }
}

#[actix_web::test]
async fn every_kind_of_question_comes_back_from_its_form_as_it_was() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    for definition in [every_kind(), default_survey()] {
        draft(&site, &definition).await;
        let edit = format!("/admin/surveys/{}/edit", definition.slug);
        for question in definition.questions() {
            let path = format!("{edit}/question?key={}", question.key);
            let form = page(&officer, &path).await;
            Form::of(&form, "edit/question")
                .set("do", "save")
                .save(&officer)
                .await;
        }
        for (_, part) in definition.pages() {
            let form = page(&officer, &format!("{edit}/page?key={}", part.key)).await;
            Form::of(&form, "edit/page").save(&officer).await;
        }
        for part in ["front", "themes"] {
            let form = page(&officer, &format!("{edit}/{part}")).await;
            Form::of(&form, part).set("do", "save").save(&officer).await;
        }
        let file = page(&officer, &format!("{edit}/file?as=json")).await;
        let after = have_your_say::survey::definition::Definition::from_json(&file.html).unwrap();
        assert_eq!(
            have_your_say::survey::difference::difference(&definition, &after),
            []
        );
        assert_eq!(after, definition);
    }
    site.stop().await;
}

#[actix_web::test]
async fn of_two_who_edit_the_second_is_told_in_words_and_loses_nothing() {
    let site = TestSite::on(Engine::Sqlite).await;
    let (ada, ben) = (
        Officer::administrator(&site).await,
        Officer::with_role(&site, Role::Officer).await,
    );
    draft(&site, &default_survey()).await;
    let path = "/admin/surveys/police-and-crime-plan/edit/question?key=age";
    let (hers, his) = (page(&ada, path).await, page(&ben, path).await);
    Form::of(&hers, "edit/question")
        .set("label.en", "What is your age band?")
        .save(&ada)
        .await;
    let conflict = Form::of(&his, "edit/question")
        .set("hint.en", "We ask everybody.")
        .send(&ben)
        .await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    assert!(
        conflict.says("What is your age band?"),
        "{}",
        conflict.text()
    );
    assert!(
        conflict.html.contains("We ask everybody."),
        "what was typed is kept"
    );
    assert!(
        page(&ben, path).await.says("What is your age band?"),
        "hers is saved"
    );
    let kept = Form::of(&conflict, "edit/question").save(&ben).await;
    assert!(kept.html.contains("We ask everybody."));
    let versions = page(&ben, "/admin/surveys/police-and-crime-plan/edit/versions").await;
    let back = Form::of(&versions, "edit/versions")
        .set("restore", "2")
        .save(&ben)
        .await;
    assert!(back.says("The draft now"));
    assert!(
        page(&ben, path).await.says("What is your age band?"),
        "hers came back"
    );
    site.stop().await;
}

#[actix_web::test]
async fn an_open_survey_changes_in_harmless_ways_and_its_dates_with_a_reason() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    let edit = "/admin/surveys/police-and-crime-plan/edit";
    let start = page(&officer, edit).await;
    Form::of(&start, "edit")
        .set("do", "start")
        .save(&officer)
        .await;
    let publish = page(&officer, &format!("{edit}/publish")).await;
    assert!(publish.says("nothing is different"), "{}", publish.text());
    let front = page(&officer, &format!("{edit}/front")).await;
    Form::of(&front, "front")
        .set("closes", "2027-03-31T17:00")
        .save(&officer)
        .await;
    let publish = page(&officer, &format!("{edit}/publish")).await;
    assert!(publish.says("Say why to the public"), "{}", publish.text());
    let front = page(&officer, &format!("{edit}/front")).await;
    Form::of(&front, "front")
        .set("dates_changed.en", "The post was late.")
        .save(&officer)
        .await;
    let publish = page(&officer, &format!("{edit}/publish")).await;
    Form::of(&publish, "edit/publish").save(&officer).await;
    let overview = officer.get("/surveys/police-and-crime-plan").await;
    assert!(overview.says("The post was late."), "{}", overview.text());
    let question = page(&officer, &format!("{edit}/question?key=age")).await;
    Form::of(&question, "edit/question")
        .set("required", "1")
        .save(&officer)
        .await;
    let publish = page(&officer, &format!("{edit}/publish")).await;
    assert!(publish.says("the survey is open"), "{}", publish.text());
    assert!(!publish.html.contains("Publish version"), "no button");
    site.stop().await;
}

#[actix_web::test]
async fn a_draft_goes_out_and_comes_back_and_a_broken_one_is_kept_as_typed() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    draft(&site, &every_kind()).await;
    let edit = format!("/admin/surveys/{}/edit", every_kind().slug);
    for form in ["yaml", "json"] {
        let file = page(&officer, &format!("{edit}/file?as={form}")).await;
        let versions = page(&officer, &format!("{edit}/versions")).await;
        let shorter = Form::of(&versions, "edit/file").set("document", "format: 1\nslug: [");
        let refused = shorter.send(&officer).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.html.contains("slug: ["), "kept");
        Form::of(&versions, "edit/file")
            .set("document", &file.html)
            .save(&officer)
            .await;
        let again = page(&officer, &format!("{edit}/file?as={form}")).await;
        assert_eq!(again.html, file.html);
    }
    site.stop().await;
}

#[actix_web::test]
async fn routing_is_written_in_sentences() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    draft(&site, &default_survey()).await;
    let definition = default_survey();
    let age = definition.question(&"age".parse().unwrap()).unwrap();
    let code = age.choices()[0].code.to_string();
    let pages: Vec<_> = definition.pages().map(|(_, page)| page).collect();
    let later = pages.last().unwrap();
    let after_age = later.all_questions().last().unwrap();
    let path = format!(
        "/admin/surveys/police-and-crime-plan/edit/question?key={}",
        after_age.key
    );
    let form = page(&officer, &path).await;
    let form = Form::of(&form, "edit/question")
        .set("when.new", "age")
        .set("do", "when.add")
        .save(&officer)
        .await;
    assert!(form.says("is answered"), "{}", form.text());
    let form = Form::of(&form, "edit/question")
        .set("when.0.0.op", "is_not")
        .set("when.0.0.codes", &code)
        .set("do", "save")
        .save(&officer)
        .await;
    let label = age.choices()[0]
        .label
        .get(&definition.first_language(), &definition.first_language())
        .to_owned();
    assert!(form.says(&format!("is not {label}")), "{}", form.text());
    let gone = Form::of(&form, "edit/question")
        .set("do", "when.0.0.remove")
        .save(&officer)
        .await;
    assert!(gone.says("Always."), "{}", gone.text());
    site.stop().await;
}

#[actix_web::test]
async fn a_preview_may_stand_in_our_own_frame_alone_and_a_trial_keeps_nothing() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    draft(&site, &every_kind()).await;
    let edit = format!("/admin/surveys/{}/edit", every_kind().slug);
    let policy = |path: String| {
        let request = officer.client.get(site.url(&path));
        async move {
            let answer = request.send().await.unwrap();
            let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
            (header("content-security-policy"), header("x-frame-options"))
        }
    };
    let (framed, options) = policy(format!("{edit}/preview")).await;
    assert!(framed.contains("frame-ancestors 'self'") && options == "SAMEORIGIN");
    for path in [format!("{edit}/trial"), edit.clone(), "/".to_owned()] {
        let (policy, options) = policy(path).await;
        assert!(
            policy.contains("frame-ancestors 'none'") && options == "DENY",
            "{policy}"
        );
    }
    let mut seen = page(&officer, &format!("{edit}/trial")).await;
    for _ in 0..40 {
        if seen.says("End of the trial run") {
            break;
        }
        let form = Form::of(&seen, "edit/trial");
        let answers = seen.form().plain_answers();
        let mut form = form;
        for (name, value) in answers {
            form.pairs
                .retain(|(given, kept)| !(given == &name && kept.is_empty()));
            form.pairs.push((name, value));
        }
        seen = form.send(&officer).await;
        assert_eq!(seen.status, StatusCode::OK, "{}", seen.text());
    }
    assert!(seen.says("Nothing was kept"), "{}", seen.text());
    site.stop().await;
}

#[actix_web::test]
async fn an_outline_of_120_questions_is_made_quickly_enough() {
    use have_your_say::survey::edit::{Edit, apply};
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    let mut definition = every_kind();
    while definition.questions().count() < 120 {
        let key = definition.questions().next().unwrap().key.clone();
        definition = apply(&definition, Edit::CopyQuestion(key)).unwrap();
    }
    draft(&site, &definition).await;
    let edit = format!("/admin/surveys/{}/edit", definition.slug);
    page(&officer, &edit).await;
    let start = std::time::Instant::now();
    page(&officer, &edit).await;
    println!("outline of 120 questions: {:?}", start.elapsed());
    // A debug build on a busy machine; a release build takes a small part of it (docs/authoring.md).
    assert!(start.elapsed().as_secs() < 20);
    site.stop().await;
}
