//! An officer erases a response on request: by its reference, with what will go shown before.

use have_your_say::storage::users::Role;
use reqwest::StatusCode;

use crate::support::{BOTH, TestSite, office::Officer, people::Resident, rows::Rows};

const PLAN: &str = "police-and-crime-plan";
const PAGE: &str = "/admin/surveys/police-and-crime-plan/erase";

#[tokio::test]
async fn a_response_is_erased_by_its_reference_after_what_will_go_was_shown() {
    for engine in BOTH {
        let site = TestSite::on(engine).await;
        Resident::of(&site, PLAN).complete().await;
        Resident::of(&site, PLAN).complete().await;
        let officer = Officer::with_role(&site, Role::Officer).await;
        let rows = Rows::of(&site.database_url).await;
        let reference: String = rows
            .one(
                "SELECT reference FROM response ORDER BY submitted_at LIMIT 1",
                Vec::new(),
            )
            .await
            .unwrap();
        let csrf = officer.csrf().await;
        let send = async |reference: &str, confirm: bool| {
            let mut form = vec![("csrf", csrf.as_str()), ("reference", reference)];
            form.extend(confirm.then_some(("confirm", "yes")));
            officer.post(PAGE, &form).await
        };
        assert!(
            officer
                .get(&format!("/admin/surveys/{PLAN}/exports"))
                .await
                .html
                .contains(PAGE)
        );
        assert_eq!(officer.get(PAGE).await.status, StatusCode::OK);
        for (typed, says) in [
            ("", "Enter the reference"),
            ("7", "one of these is not right"),
            (
                "22222222",
                "No response to this survey has the reference 22222222",
            ),
        ] {
            for confirm in [false, true] {
                let seen = send(typed, confirm).await;
                assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
                assert!(seen.says(says), "{typed}: {}", seen.text());
                assert!(seen.html.contains(&format!("value=\"{typed}\"")) || typed.is_empty());
            }
        }
        // As people read it out.
        let asked = send(&reference.to_lowercase().replace('-', " "), false).await;
        assert_eq!(asked.status, StatusCode::OK, "{}", asked.text());
        for words in [
            "Are you sure you want to erase this response?",
            reference.as_str(),
            "2 texts",
            "Yes, they will go",
        ] {
            assert!(asked.says(words), "{words}: {}", asked.text());
        }
        assert!(!asked.html.contains("lights"), "what it says is not shown");
        assert_eq!(
            rows.count("SELECT count(*) FROM response").await,
            2,
            "nothing went yet"
        );
        let done = send(&reference, true).await;
        let place = done.location.unwrap();
        assert_eq!(
            place,
            format!("{PAGE}?done=1"),
            "no reference in an address"
        );
        assert!(officer.get(&place).await.says("The response is erased."));
        assert_eq!(rows.count("SELECT count(*) FROM response").await, 1);
        assert_eq!(rows.count("SELECT count(*) FROM response_deleted").await, 1);
        let left = "SELECT count(*) FROM response_text t WHERE NOT EXISTS (SELECT 1 FROM response r WHERE r.id = t.response_id)";
        assert_eq!(rows.count(left).await, 0);
        let of_log = "SELECT count(*) FROM audit_entry WHERE kind = 'response_erased' AND response IS NOT NULL";
        assert_eq!(rows.count(of_log).await, 1);
        let said = format!("SELECT count(*) FROM audit_entry WHERE details LIKE '%{reference}%'");
        assert_eq!(rows.count(&said).await, 0, "the reference went with it");
        // The dataset follows.
        for _ in 0..50 {
            if officer
                .get(&format!("/admin/surveys/{PLAN}/exports"))
                .await
                .says("1 response")
            {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        assert!(
            officer
                .get(&format!("/admin/surveys/{PLAN}/exports"))
                .await
                .says("1 response")
        );
        assert!(
            send(&reference, true)
                .await
                .says("No response to this survey")
        );
        let comms = Officer::with_role(&site, Role::Comms).await;
        assert_eq!(comms.get(PAGE).await.status, StatusCode::FORBIDDEN);
        rows.close().await;
        site.stop().await;
    }
}
