//! Results: what residents sent stands on officers' pages, and the same numbers in files.

use reqwest::{StatusCode, header};

use crate::support::{
    BOTH, Engine, SiteBuilder, TestSite, every_kind, office::Officer, people::Resident,
};

const SURVEY: &str = "/admin/surveys/police-and-crime-plan";

#[actix_web::test]
async fn an_officer_sees_what_a_resident_sent() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let officer = Officer::administrator(&site).await;
        let before = officer.get(SURVEY).await;
        assert_eq!(before.status, StatusCode::OK, "{}", before.html);
        assert!(before.says("No figure yet"));

        Resident::of(&site, "police-and-crime-plan")
            .complete()
            .await;
        let mut home = officer.get(SURVEY).await;
        for _ in 0..200 {
            if home.says("1 of 1 who began") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            home = officer.get(SURVEY).await;
        }
        assert!(home.says("1 of 1 who began"), "{}", home.text());
        for page in [
            "/questions",
            "/themes",
            "/themes?areas=csp&measure=money",
            "/questions?weights=weighted",
            "/themes?weights=both",
            "/question/age?weights=both",
            "/who",
            "/who-protected",
            "/running",
            "/quality",
            "/comments",
            "/exports",
        ] {
            let seen = officer.get(&format!("{SURVEY}{page}")).await;
            assert_eq!(seen.status, StatusCode::OK, "{page}: {}", seen.text());
        }
        let questions = officer.get(&format!("{SURVEY}/questions")).await;
        assert!(questions.html.contains("hys-chart--likert"));
        let who = officer.get(&format!("{SURVEY}/who")).await;
        assert!(who.html.contains("hys-chart--dots"));
        // One answer is fewer than ten: no group has a figure.
        let beside = officer.get(&format!("{SURVEY}/who-protected")).await;
        for words in ["Census 2021, people of all ages", "fewer than 10"] {
            assert!(beside.says(words), "{words}: {}", beside.text());
        }
        let few = officer.get(&format!("{SURVEY}/running")).await;
        assert!(few.says("A line needs two days"), "{}", few.text());
        for (file, holds) in [
            ("question/feel_safe.svg", "1 person who answered"),
            ("question/feel_safe@2x.png", "PNG"),
            ("who.svg", "hys-chart--dots"),
            ("who@2x.png", "PNG"),
        ] {
            let seen = officer.get(&format!("{SURVEY}/{file}")).await;
            assert_eq!(seen.status, StatusCode::OK, "{file}: {}", seen.html);
            assert!(seen.html.contains(holds), "{file}: {}", seen.html);
        }
        let rows = officer
            .get(&format!("{SURVEY}/exports/answers-codes.csv"))
            .await;
        assert_eq!(
            rows.html.trim_end().lines().count(),
            2,
            "a header and one response: {}",
            rows.html
        );
        site.stop().await;
    }
}

#[actix_web::test]
async fn every_page_of_a_survey_with_every_kind_of_question_opens() {
    let survey = every_kind();
    let slug = survey.slug.to_string();
    let site = SiteBuilder::on(Engine::Sqlite).survey(survey).start().await;
    let officer = Officer::administrator(&site).await;
    Resident::of(&site, &slug).complete().await;
    tokio::time::sleep(std::time::Duration::from_millis(800)).await;
    for page in [
        "",
        "/questions",
        "/questions?weights=weighted",
        "/themes",
        "/themes?weights=both",
        "/who",
        "/themes",
        "/quality",
        "/comments",
        "/exports",
    ] {
        let seen = officer.get(&format!("/admin/surveys/{slug}{page}")).await;
        assert_eq!(seen.status, StatusCode::OK, "{page}: {}", seen.text());
    }
    site.stop().await;
}

#[actix_web::test]
async fn the_same_address_with_a_suffix_gives_the_numbers() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    let files = [
        (".csv", "text/csv"),
        (".json", "application/json"),
        ("/questions.csv", "text/csv"),
        ("/question/age.json", "application/json"),
        ("/themes.csv?measure=first&age=16_24", "text/csv"),
        ("/themes.svg?areas=policing", "image/svg+xml"),
        ("/themes.png?areas=policing", "image/png"),
        ("/questions.csv?weights=both", "text/csv"),
        ("/who.csv", "text/csv"),
        ("/who.json", "application/json"),
        ("/who-protected.csv", "text/csv"),
        ("/running.json", "application/json"),
        ("/exports/answers-labels.csv", "text/csv"),
        ("/exports/codebook.csv", "text/csv"),
    ];
    for (path, kind) in files {
        let seen = officer.get(&format!("{SURVEY}{path}")).await;
        assert_eq!(seen.status, StatusCode::OK, "{path}: {}", seen.html);
        let text = |name| {
            seen.headers
                .get(name)
                .expect("a header")
                .to_str()
                .expect("text")
                .to_owned()
        };
        assert!(text(header::CONTENT_TYPE).starts_with(kind), "{path}");
        assert!(
            text(header::CONTENT_DISPOSITION)
                .contains("filename=\"internal-police-and-crime-plan-"),
            "{path}"
        );
    }
    site.stop().await;
}

#[actix_web::test]
async fn an_address_that_names_what_there_is_not_says_what_there_is() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    let refused = [
        ("/themes?age=12", StatusCode::UNPROCESSABLE_ENTITY, "16_24"),
        (
            "/questions?shoe=9",
            StatusCode::UNPROCESSABLE_ENTITY,
            "area",
        ),
        (
            "/comments?question=age",
            StatusCode::UNPROCESSABLE_ENTITY,
            "question",
        ),
        (
            "/comments?after=zzz",
            StatusCode::UNPROCESSABLE_ENTITY,
            "after",
        ),
        ("/nothing", StatusCode::NOT_FOUND, ""),
        ("/questions.svg", StatusCode::NOT_FOUND, ""),
        ("/questions.png", StatusCode::NOT_FOUND, ""),
        ("/exports/everything.zip", StatusCode::NOT_FOUND, ""),
    ];
    for (path, status, words) in refused {
        let seen = officer.get(&format!("{SURVEY}{path}")).await;
        assert_eq!(seen.status, status, "{path}: {}", seen.text());
        assert!(seen.says(words), "{path}: {}", seen.text());
    }
    assert_eq!(
        officer.get("/admin/surveys/nothing").await.status,
        StatusCode::NOT_FOUND
    );
    site.stop().await;
}

#[actix_web::test]
async fn without_anybody_to_weight_a_sentence_gives_the_reason_and_figures_stay_raw() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    for page in [
        "/questions?weights=weighted",
        "/themes?weights=both",
        "/who",
    ] {
        let seen = officer.get(&format!("{SURVEY}{page}")).await;
        assert_eq!(seen.status, StatusCode::OK, "{page}: {}", seen.text());
        assert!(
            seen.says("nobody has given district, age and sex"),
            "{page}: {}",
            seen.text()
        );
        assert!(seen.says("Weights correct for age, sex and district"));
        assert!(!seen.says("NaN"), "{page}");
    }
    let wrong = officer
        .get(&format!("{SURVEY}/questions?weights=heavy"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.says("raw, weighted, both"), "{}", wrong.text());
    site.stop().await;
}

#[actix_web::test]
async fn what_many_sent_from_one_address_is_flagged_and_can_be_left_out() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let officer = Officer::administrator(&site).await;
        for _ in 0..12 {
            Resident::of(&site, "police-and-crime-plan")
                .complete()
                .await;
        }
        let page = async |path: &str| officer.get(&format!("{SURVEY}{path}")).await;
        let mut flags = page("/quality.json").await;
        for _ in 0..200 {
            if flags.html.contains("\"selected\": 12") {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            flags = page("/quality.json").await;
        }
        let found: serde_json::Value =
            serde_json::from_str(&flags.html).expect("an answer of this form");
        let of = |name: &str| {
            let flags = found["by_flag"]
                .as_array()
                .expect("an answer of this form")
                .iter();
            let flag = flags
                .clone()
                .find(|flag| flag[0] == name)
                .expect("an answer of this form");
            flag[1]["count"].as_u64().expect("an answer of this form")
        };
        // The tests' people all write from one address; what came after ten of them is a burst.
        assert_eq!(of("burst"), 2, "{found:#}");
        assert_eq!(of("trap"), 0);
        let seen = page("/quality").await;
        assert_eq!(seen.status, StatusCode::OK);
        for words in [
            "Many from one source",
            "Came after 10 others",
            "Lives outside Essex, and lives in Essex",
            "Judged once 100 responses",
        ] {
            assert!(seen.says(words), "{words}: {}", seen.text());
        }
        let flagged = found["flagged"]["count"]
            .as_u64()
            .expect("an answer of this form");
        let home = page("").await;
        assert!(home.says("have a quality flag. See why"), "{}", home.text());
        let questions = page("/questions").await;
        assert!(questions.says(&format!("{flagged} responses here have a quality flag.")));
        let without = page("/questions?quality=unflagged").await;
        assert!(
            without.says("Quality: Without flagged"),
            "{}",
            without.text()
        );
        assert!(without.says(&format!("{} people left", 12 - flagged)) || flagged == 11);
        let rows = page("/exports/answers-codes.csv?quality=flagged").await;
        assert_eq!(rows.html.trim_end().lines().count() as u64, flagged + 1);
        assert!(rows.html.contains("burst"));
        let refused = page("/themes?quality=perfect").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.says("unflagged"));
        site.stop().await;
    }
}
