//! Renders every page with every sample, in English and in the pseudo-language in which no plain English may remain.
#![allow(clippy::unwrap_used)]

use std::path::PathBuf;

use scraper::{Html, Selector};

use super::*;
use crate::web::templates::{
    DEFAULT_LANG, Layout, NavItem, PSEUDO_LANG, Page, SignedIn, SurveyLink, Templates,
};

/// Where to leave the pages for somebody to look at; nowhere, unless asked.
fn gallery() -> Option<PathBuf> {
    std::env::var_os("HYS_GALLERY").map(PathBuf::from)
}

const OFFICE: &str = "⟦Police, Fire and Crime Commissioner for Essex⟧";

fn residents(lang: &str) -> Layout {
    let mut layout = Layout::residents(lang, OFFICE, "https://example.org").with_csrf("token");
    layout.nav = vec![NavItem::current("nav-surveys", "/", true)];
    layout
}

fn journey(lang: &str) -> Layout {
    let mut layout = residents(lang);
    layout.survey = Some(SurveyLink {
        title: "⟦Police and Crime Plan survey 2026⟧".to_owned(),
        href: "/surveys/plan".to_owned(),
    });
    layout.exit_url = Some("/exit".to_owned());
    layout
}

fn officers(lang: &str) -> Layout {
    let mut layout = Layout::officers(lang, OFFICE, "https://example.org").with_csrf("token");
    layout.user = Some(SignedIn {
        name: "⟦Priya Shah⟧".to_owned(),
        sign_out: "/admin/sign-out".to_owned(),
    });
    layout.simulated = true;
    layout.nav = vec![NavItem::current("nav-officers-surveys", "/admin", true)];
    layout
}

fn check<P: Page>(name: &str, samples: &[P], layout: fn(&str) -> Layout) {
    let templates = Templates::new().unwrap();
    for (i, sample) in samples.iter().enumerate() {
        for lang in [DEFAULT_LANG, PSEUDO_LANG] {
            let html = templates
                .render(&layout(lang), sample)
                .unwrap_or_else(|e| panic!("{name} {i} in {lang}: {e}"));
            sound(name, &html);
            if lang == PSEUDO_LANG {
                nothing_in_english(name, &html);
            }
            if let Some(folder) = gallery() {
                std::fs::create_dir_all(&folder).unwrap();
                let file = folder.join(format!("{name}-{}-{lang}.html", i + 1));
                std::fs::write(file, html.replace(['⟦', '⟧'], "")).unwrap();
            }
        }
    }
}

/// One heading, no id twice, every label's field is there, nothing that the Content-Security-Policy forbids.
fn sound(name: &str, html: &str) {
    let page = Html::parse_document(html);
    let all = |css: &str| Selector::parse(css).unwrap();
    assert_eq!(page.select(&all("h1")).count(), 1, "{name}: one h1");
    let ids: Vec<&str> = page
        .select(&all("[id]"))
        .filter_map(|e| e.attr("id"))
        .collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    for pair in unique.windows(2) {
        assert_ne!(pair[0], pair[1], "{name}: an id twice");
    }
    for (css, attribute) in [
        ("label[for]", "for"),
        ("[aria-describedby]", "aria-describedby"),
        ("[aria-labelledby]", "aria-labelledby"),
        ("[data-aria-controls]", "data-aria-controls"),
    ] {
        for element in page.select(&all(css)) {
            for id in element.attr(attribute).unwrap().split_whitespace() {
                assert!(
                    ids.contains(&id),
                    "{name}: {attribute} names {id}, which is not there"
                );
            }
        }
    }
    for link in page.select(&all(".govuk-error-summary a")) {
        let id = link.attr("href").unwrap().trim_start_matches('#');
        assert!(
            ids.contains(&id),
            "{name}: the error summary leads to {id}, which is not there"
        );
    }
    assert_eq!(
        page.select(&all("[style], style, script:not([src])"))
            .count(),
        0,
        "{name}: nothing inline"
    );
    assert!(
        !html.contains("{{") && !html.contains("{%"),
        "{name}: template left over"
    );
    assert!(page.errors.is_empty(), "{name}: {:?}", page.errors);
}

/// In the pseudo-language every text of ours is in [brackets] and every text of a sample in ⟦these⟧.
fn nothing_in_english(name: &str, html: &str) {
    let page = Html::parse_document(html);
    let mut text = page.root_element().text().collect::<Vec<_>>().join(" ");
    for attribute in ["aria-label", "alt", "title", "placeholder"] {
        let css = Selector::parse(&format!("[{attribute}]")).unwrap();
        for element in page.select(&css) {
            text.push_str(element.attr(attribute).unwrap());
            text.push('\n');
        }
    }
    let mut depth = 0;
    let mut plain = String::new();
    for c in text.chars() {
        match c {
            '[' | '⟦' => depth += 1,
            ']' | '⟧' => depth -= 1,
            c if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let words: Vec<&str> = plain
        .split_whitespace()
        .filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
        // Addresses and references are the same in every language.
        .filter(|word| !word.contains('@') && !word.contains("://") && !word.contains('-'))
        .collect();
    assert!(words.is_empty(), "{name} has plain English: {words:?}");
}

#[test]
fn residents_pages_render_with_every_sample_in_every_language() {
    check("hub", &HubPage::samples(), residents);
    check("overview", &OverviewPage::samples(), residents);
    check("question", &QuestionPage::samples(), journey);
    check("check", &CheckPage::samples(), journey);
    check("done", &DonePage::samples(), journey);
    check("copy", &CopyPage::samples(), journey);
    check("saved", &SavedPage::samples(), journey);
    check("forgotten", &ForgottenPage::samples(), residents);
    check("error", &ErrorPage::samples(), residents);
    check("standing", &StandingPage::samples(), residents);
}

#[test]
fn officers_pages_render_with_every_sample_in_every_language() {
    check("sign-in", &SignInPage::samples(), officers);
    check("accept", &AcceptPage::samples(), officers);
    check("link-over", &LinkOverPage::samples(), officers);
    check("code", &CodePage::samples(), officers);
    check("confirm", &ConfirmPage::samples(), officers);
    check("forgot", &ForgotPage::samples(), officers);
    check("reset", &ResetPage::samples(), officers);
    check("factor", &FactorPage::samples(), officers);
    check("recovery-codes", &RecoveryCodesPage::samples(), officers);
    check("own-account", &AccountPage::samples(), officers);
    check("people", &PeoplePage::samples(), officers);
    check("person", &PersonPage::samples(), officers);
    check("invite", &InvitePage::samples(), officers);
    check("invited", &InvitedPage::samples(), officers);
    check("surveys", &SurveysPage::samples(), officers);
    check("survey-home", &SurveyHomePage::samples(), officers);
    check("quality", &QualityPage::samples(), officers);
    check("questions", &QuestionsPage::samples(), officers);
    check("who", &WhoPage::samples(), officers);
    check("figure", &FigurePage::samples(), officers);
    check("themes", &ThemesPage::samples(), officers);
    check("area", &AreaPage::samples(), officers);
    check("maps", &MapsPage::samples(), officers);
    check("priorities", &PrioritiesPage::samples(), officers);
    check("compare", &ComparePage::samples(), officers);
    check("equality", &EqualityPage::samples(), officers);
    check("comments", &CommentsPage::samples(), officers);
    check("exports", &ExportsPage::samples(), officers);
    check("officers-error", &OfficersErrorPage::samples(), officers);
    check("audit", &AuditPage::samples(), officers);
    check("erase", &ErasePage::samples(), officers);
    check("frozen", &FrozenPage::samples(), officers);
    check("edit-outline", &OutlinePage::samples(), officers);
    check("edit-form", &EditFormPage::samples(), officers);
    check("edit-conflict", &EditConflictPage::samples(), officers);
    check("edit-publish", &EditPublishPage::samples(), officers);
    check("edit-versions", &EditVersionsPage::samples(), officers);
    check("edit-new", &NewSurveyPage::samples(), officers);
    check("edit-trial-end", &TrialEndPage::samples(), residents);
    check("frozen-result", &FrozenResultPage::samples(), officers);
}

#[test]
fn the_receipt_escapes_in_html_and_not_in_plain_text() {
    let templates = Templates::new().unwrap();
    let values = serde_json::json!({ "survey": "Police & Crime", "reference": "7KQ4-M2XC" });
    let render = |name: &str| templates.render_named(name, DEFAULT_LANG, &values).unwrap();
    assert!(render("mail/receipt.txt").contains("“Police & Crime”"));
    assert!(render("mail/receipt.subject.txt").contains("Police & Crime"));
    assert!(render("mail/receipt.html").contains("“Police &amp; Crime”"));
}

#[test]
fn every_text_of_the_pages_is_used() {
    let templates = Templates::new().unwrap();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    let mut folders = vec![folder.join("templates"), folder.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            // What only a test names is not shown.
            if path
                .file_name()
                .is_some_and(|name| name == "render_test.rs")
            {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                sources.push_str(&std::fs::read_to_string(path).unwrap_or_default());
            }
        }
    }
    let unused: Vec<&String> = templates
        .texts()
        .keys()
        .iter()
        .filter(|key| {
            let quoted = format!("\"{key}\"");
            let stem = key.rsplit_once('-').map_or(key.as_str(), |(stem, _)| stem);
            // A name put together of a beginning and what the code knows: "export-column-{…}".
            let is_built = key
                .match_indices('-')
                .any(|(at, _)| sources.contains(&format!("\"{}{{", &key[..=at])));
            // Or of what the code knows and an ending: `cell.differs ~ "-sentence"`.
            let has_ending = key
                .match_indices('-')
                .any(|(at, _)| sources.contains(&format!("~ \"{}\"", &key[at..])));
            !sources.contains(&quoted)
                && !sources.contains(&format!("\"{stem}-\""))
                && !is_built
                && !has_ending
        })
        .collect();
    assert!(unused.is_empty(), "texts that nothing shows: {unused:#?}");
}
