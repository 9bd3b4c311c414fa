//! What people wrote: how much there is, and whose of it is about a theme.

use reqwest::StatusCode;

use crate::support::{
    BOTH, TestSite, default_survey, office::Officer, people::Resident, rows::Rows,
};

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
        let documents: String = rows
            .one("SELECT string_agg(document, '#') FROM response", Vec::new())
            .await
            .unwrap();
        rows.close().await;
        let ranked: Vec<String> = documents
            .split('#')
            .map(|document| serde_json::from_str::<serde_json::Value>(document).unwrap())
            .map(|document| document["a"]["priorities"].to_string())
            .collect();
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
        ] {
            let seen = comments(query).await;
            assert!(seen.contains(&title), "{query}: {seen}");
        }
        // Each theme has the comments of those who ranked it; the list is shuffled, so that this differs.
        let mut chosen = 0;
        for theme in default_survey()
            .themes
            .iter()
            .map(|theme| theme.key.as_str())
        {
            let count = ranked
                .iter()
                .filter(|ranking| ranking.contains(&format!("\"{theme}\"")))
                .count();
            let title = match count {
                1 => "1 comment on “".to_owned(),
                count => format!("{count} comments on “"),
            };
            let seen = comments(&format!("theme={theme}&question=change")).await;
            assert!(seen.contains(&title), "{theme}: {seen}");
            chosen += count;
        }
        assert!(chosen >= 3, "three people ranked some theme each: {chosen}");
        let unknown = officer
            .get(&format!("/admin/surveys/{PLAN}/comments?theme=luck"))
            .await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unknown.says("visible_policing"), "{}", unknown.text());
        site.stop().await;
    }
}
