//! What people write stays words: on every page that shows it, and in files that spreadsheets open.

use crate::support::{
    Engine, SiteBuilder,
    every_kind,
    officers::Officer,
    people::{Resident, Seen},
};

const ATTACK: &str = "</textarea></script><script>alert(1)</script><img src=x onerror=alert(2)>\"' onmouseover='alert(3) \
     {{ visits }} {% raw %} &lt;b&gt; [click](javascript:alert(4)) **bold**";

/// The page shows the words and made nothing of them.
fn shows_words_only(what: &str, seen: &Seen) {
    let page = scraper::Html::parse_document(&seen.html);
    let all = scraper::Selector::parse("*").unwrap();
    for element in page.select(&all) {
        let value = element.value();
        for (name, content) in value.attrs() {
            assert!(!name.starts_with("on"), "{what}: {name}={content}");
            let is_address = matches!(name, "href" | "src" | "action");
            assert!(!(is_address && content.contains("javascript:")), "{what}: {content}");
        }
        if value.name() == "script" {
            assert!(value.attr("src").is_some(), "{what}: a script inline");
        }
        assert!(value.attr("src") != Some("x"), "{what}: a picture of theirs");
    }
    assert!(!seen.html.contains("<script>alert"), "{what}");
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Puts the attack into every field that takes words.
async fn attack_every_field(resident: &Resident, attack: &str) -> (Seen, usize) {
    let mut page = resident.start().await;
    let mut attacked = 0;
    for _ in 0..60 {
        shows_words_only(&page.path, &page);
        if page.path.ends_with("/check") {
            return (page, attacked);
        }
        let form = page.form();
        let mut pairs = form.plain_answers();
        for field in &form.fields {
            let name = match field {
                crate::support::form::Field::Textarea { name } => name,
                crate::support::form::Field::Input { name, kind, total: None }
                    if kind == "text" && !name.contains("-day") && !name.contains("-month") && !name.contains("-year") && !name.ends_with("-postcode") =>
                {
                    name
                }
                _ => continue,
            };
            for (_, value) in pairs.iter_mut().filter(|(given, _)| given == name) {
                *value = attack.chars().take(80).collect();
                if matches!(field, crate::support::form::Field::Textarea { .. }) {
                    attack.clone_into(value);
                }
                attacked += 1;
            }
        }
        let sent = resident.post(&page.path, &pairs).await;
        shows_words_only(&page.path, &sent);
        if sent.status == reqwest::StatusCode::UNPROCESSABLE_ENTITY {
            // A number, not words: what was typed is shown again, as words, and then mended.
            page = resident.answer(&page, &form.plain_answers()).await;
        } else {
            page = resident.follow(sent).await;
        }
        // What was saved is shown again in its field.
        if let Some(before) = page.html.contains("govuk-back-link").then_some(&page.path) {
            assert!(!before.is_empty());
        }
    }
    panic!("no end of pages at {}", page.path)
}

#[tokio::test]
async fn words_of_residents_stay_words_on_every_page() {
    let site = SiteBuilder::on(Engine::Sqlite)
        .survey(every_kind())
        .start()
        .await;
    for slug in ["police-and-crime-plan", "every-kind"] {
        let sam = Resident::of(&site, slug);
        let (check, attacked) = attack_every_field(&sam, ATTACK).await;
        assert!(attacked > 0, "{slug}");
        if slug == "police-and-crime-plan" {
            assert!(check.text().contains("<script>alert(1)</script>"), "{}", check.text());
        }
        let done = sam.send(&check).await;
        shows_words_only("done", &done);
        let copy = sam.get(&done.path.replace("done", "copy")).await;
        shows_words_only("copy", &copy);
    }
    let officer = Officer::with_role(&site, have_your_say::storage::users::Role::Officer).await;
    for (slug, question) in [("police-and-crime-plan", "change"), ("every-kind", "sports_days")] {
        for page in ["comments", "comments?q=script", "comments?q=%3Cscript%3Ealert(1)%3C/script%3E", "themes", "questions", &format!("question/{question}"), "exports", ""] {
            let seen = officer.get(&format!("/admin/surveys/{slug}/{page}")).await;
            assert_eq!(seen.status, reqwest::StatusCode::OK, "{slug} {page}: {}", seen.text());
            shows_words_only(page, &seen);
        }
    }
    let comments = officer.get("/admin/surveys/police-and-crime-plan/comments").await;
    let words = folded("<img src=x onerror=alert(2)>");
    assert!(comments.text().contains(&words), "{}", comments.text());
    site.stop().await;
}

#[tokio::test]
async fn names_typed_at_the_door_stay_words() {
    let site = SiteBuilder::on(Engine::Sqlite).start().await;
    let stranger = Officer::stranger(&site);
    let form = [("email", ATTACK), ("password", ATTACK)];
    shows_words_only("sign-in", &stranger.post("/admin/sign-in", &form).await);
    let link = site.administrator_link.clone().unwrap();
    let (_, token) = link.rsplit_once('/').unwrap();
    let welcome = format!("/admin/welcome/{token}");
    let form = [("name", ATTACK), ("email", ATTACK), ("password", "short")];
    shows_words_only("welcome", &stranger.post(&welcome, &form).await);
    let form = [
        ("name", ATTACK),
        ("email", "admin@example.org"),
        ("password", "a long enough password"),
    ];
    let accepted = stranger.post(&welcome, &form).await;
    assert_eq!(accepted.location.as_deref(), Some("/admin"), "{}", accepted.text());
    shows_words_only("admin", &stranger.get("/admin").await);
    for path in ["/%3Cscript%3Ealert(1)%3C/script%3E", "/surveys/%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "/admin/welcome/%3Cscript%3Ealert(1)%3C%2Fscript%3E"] {
        shows_words_only(path, &stranger.get(path).await);
    }
    site.stop().await;
}

#[tokio::test]
async fn a_formula_in_a_comment_is_no_formula_in_a_file() {
    let site = SiteBuilder::on(Engine::Sqlite).start().await;
    for formula in ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "  =1+1", "\u{ff1d}1"] {
        let sam = Resident::of(&site, "police-and-crime-plan");
        let (check, _) = attack_every_field(&sam, formula).await;
        sam.send(&check).await;
    }
    let officer = Officer::with_role(&site, have_your_say::storage::users::Role::Officer).await;
    let survey = "/admin/surveys/police-and-crime-plan";
    for file in ["exports/answers-codes.csv", "exports/answers-labels.csv", "exports/codebook.csv", "questions.csv", "themes.csv", "overview.csv"] {
        let seen = officer.get(&format!("{survey}/{file}")).await;
        assert_eq!(seen.status, reqwest::StatusCode::OK, "{file}: {}", seen.text());
        let disposition = seen.headers.get("content-disposition").unwrap().to_str().unwrap();
        assert!(disposition.contains("attachment"), "{file}: {disposition}");
        assert!(disposition.contains("internal-"), "{file}: {disposition}");
        let text = seen.html.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut guarded = 0;
        for record in reader.records() {
            for cell in &record.unwrap() {
                let start = cell.trim_start().chars().next().unwrap_or_default();
                let is_formula = matches!(start, '=' | '+' | '@' | '\u{ff1d}')
                    || (start == '-' && cell.parse::<f64>().is_err());
                assert!(!is_formula, "{file}: {cell:?}");
                guarded += usize::from(cell.starts_with("'="));
            }
        }
        if file.contains("answers") {
            assert!(guarded > 0, "{file} has the comments, guarded");
        }
    }
    site.stop().await;
}
