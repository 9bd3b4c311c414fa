//! What people wrote: how much there is, and whose of it is about a theme.

use reqwest::StatusCode;

use crate::support::{BOTH, TestSite, office::Officer, people::Resident, rows::Rows};

const PLAN: &str = "police-and-crime-plan";

#[tokio::test]
async fn the_list_says_how_many_comments_there_are_whatever_is_asked_for() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        for _ in 0..3 {
            let done = Resident::of(&site, PLAN).complete().await;
            assert!(done.path.ends_with("/done"), "{}", done.text());
        }
        let rows = Rows::of(&site.database_url).await;
        let texts = rows
            .count("SELECT count(*) FROM response_text WHERE question IN ('change', 'working')")
            .await;
        rows.close().await;
        assert!(texts >= 3, "{texts}");
        let officer = Officer::administrator(&site).await;
        let comments = async |query: &str| {
            let seen = officer
                .get(&format!("/admin/surveys/{PLAN}/comments?{query}"))
                .await;
            assert_eq!(seen.status, StatusCode::OK, "{query}: {}", seen.text());
            seen.text()
        };
        let all = comments("").await;
        assert!(
            all.contains(&format!("{texts} comments, newest first")),
            "{all}"
        );
        for (query, title) in [
            ("q=LIGHTS", format!("{texts} comments with “LIGHTS”")),
            (
                "q=no+such+words",
                "0 comments with “no such words”".to_owned(),
            ),
            (
                "q=lights&question=change",
                "3 comments with “lights”".to_owned(),
            ),
            // Everybody ranked the first themes of the list, and nobody the last.
            (
                "theme=visible_policing&question=change",
                "3 comments on “".to_owned(),
            ),
            ("theme=prevention", "0 comments on “".to_owned()),
        ] {
            let seen = comments(query).await;
            assert!(seen.contains(&title), "{query}: {seen}");
        }
        let unknown = officer
            .get(&format!("/admin/surveys/{PLAN}/comments?theme=luck"))
            .await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unknown.says("visible_policing"), "{}", unknown.text());
        site.stop().await;
    }
}
