//! The profile of an area, small maps and priorities by every rule: on both databases, linked from themes by area.

use have_your_say::survey::{definition::Kind, ids::QuestionKey};
use reqwest::StatusCode;

use crate::support::{
    BOTH, Engine, SiteBuilder, TestSite, every_kind, office::Officer, people::Resident,
};

const SURVEY: &str = "/admin/surveys/police-and-crime-plan";

#[actix_web::test]
async fn an_officer_reads_area_profiles_maps_and_priorities() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        let officer = Officer::administrator(&site).await;
        Resident::of(&site, "police-and-crime-plan")
            .complete()
            .await;
        let pages = [
            ("/area/E07000076", "Tendring"),
            ("/area/tendring?measure=borda", "Tendring"),
            (
                "/area/csp-castle-point-and-rochford?measure=money",
                "Castle Point and Rochford (safety partnership)",
            ),
            ("/area/lpa-north", "North (policing area)"),
            ("/maps?areas=policing", "Maps of every theme"),
            ("/priorities", "Priorities"),
        ];
        for (page, heading) in pages {
            let seen = officer.get(&format!("{SURVEY}{page}")).await;
            assert_eq!(seen.status, StatusCode::OK, "{page}: {}", seen.text());
            assert!(seen.says(heading), "{page}: {}", seen.text());
        }
        site.stop().await;
    }
}

#[actix_web::test]
async fn recorded_crime_is_named_with_its_period_and_kept_apart_from_the_survey() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    let seen = officer.get(&format!("{SURVEY}/area/E07000074")).await;
    for words in [
        "Recorded crime, July 2024 to June 2025",
        "Recorded anti-social behaviour, January 2018 to July 2018",
        "They measure different things",
        "Office for National Statistics",
    ] {
        assert!(seen.says(words), "{words}: {}", seen.text());
    }
    site.stop().await;
}

#[actix_web::test]
async fn table_heads_and_the_list_beside_the_map_lead_to_profiles() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    let seen = officer
        .get(&format!("{SURVEY}/themes?cell=E07000076&detail=intervals"))
        .await;
    let link = format!("href=\"{SURVEY}/area/E07000076\"");
    assert_eq!(
        seen.html.matches(&link).count(),
        3,
        "in the head, in the list and beside the chosen area"
    );
    assert!(seen.html.contains("/maps"), "to the small maps");
    site.stop().await;
}

#[actix_web::test]
async fn new_pages_give_their_numbers_and_say_what_they_do_not_know() {
    let site = TestSite::on(Engine::Sqlite).await;
    let officer = Officer::administrator(&site).await;
    for (path, words) in [
        ("/area/maldon.csv", "anti_social_behaviour"),
        ("/area/lpa-north.json", "\"county_per_thousand\""),
        ("/priorities.csv", "kendall_w"),
        ("/priorities.json", "\"pairs\""),
    ] {
        let seen = officer.get(&format!("{SURVEY}{path}")).await;
        assert_eq!(seen.status, StatusCode::OK, "{path}: {}", seen.html);
        assert!(seen.html.contains(words), "{path}: {}", seen.html);
    }
    for (path, status, words) in [
        ("/area/atlantis", StatusCode::NOT_FOUND, ""),
        (
            "/area/E07000076?theme=x",
            StatusCode::UNPROCESSABLE_ENTITY,
            "measure",
        ),
        (
            "/themes?detail=all",
            StatusCode::UNPROCESSABLE_ENTITY,
            "ranks",
        ),
        (
            "/priorities?measure=first",
            StatusCode::UNPROCESSABLE_ENTITY,
            "channel",
        ),
    ] {
        let seen = officer.get(&format!("{SURVEY}{path}")).await;
        assert_eq!(seen.status, status, "{path}: {}", seen.text());
        assert!(seen.says(words), "{path}: {}", seen.text());
    }
    site.stop().await;
}

#[actix_web::test]
async fn importance_stands_only_where_a_survey_rates_themes() {
    let mut survey = every_kind();
    let key = |key: &str| QuestionKey::new(key).ok();
    (survey.roles.ratings, survey.roles.overall) = (key("safe_places"), key("happy"));
    for question in survey
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.pages)
        .flat_map(|page| &mut page.questions)
    {
        if let Kind::Grid { rows, .. } = &mut question.kind {
            let theme = question.theme.clone();
            rows.iter_mut()
                .for_each(|row| row.theme = row.theme.clone().or(theme.clone()));
        }
    }
    let slug = survey.slug.to_string();
    let site = SiteBuilder::on(Engine::Sqlite).survey(survey).start().await;
    let officer = Officer::administrator(&site).await;
    let title = "What goes with being satisfied overall";
    let rated = officer
        .get(&format!("/admin/surveys/{slug}/priorities"))
        .await;
    assert!(rated.says(title), "{}", rated.text());
    let plain = officer.get(&format!("{SURVEY}/priorities")).await;
    assert_eq!(plain.status, StatusCode::OK);
    assert!(!plain.says(title), "{}", plain.text());
    site.stop().await;
}
