//! Holds every component template to the fixtures that the design system publishes: same options, same HTML.
#![allow(clippy::unwrap_used)]

use std::{fmt::Write as _, path::Path};

use scraper::{ElementRef, Html};
use serde_json::Value;

use super::Templates;

/// Component, its folder in the package, how many of its fixtures must pass (of how many published in 6.6.0).
const EXPECTED: &[(&str, &str, usize)] = &[
    ("govukBackLink", "back-link", 7),
    ("govukBreadcrumbs", "breadcrumbs", 12),
    ("govukButton", "button", 38),
    ("govukCharacterCount", "character-count", 34),
    ("govukCheckboxes", "checkboxes", 42),
    ("govukDateInput", "date-input", 50),
    ("govukDetails", "details", 10),
    ("govukErrorMessage", "error-message", 9),
    ("govukErrorSummary", "error-summary", 19),
    ("govukExitThisPage", "exit-this-page", 4),
    ("govukFieldset", "fieldset", 18),
    ("govukGenericHeader", "generic-header", 7),
    ("govukHint", "hint", 6),
    ("govukInput", "input", 45),
    ("govukInsetText", "inset-text", 6),
    ("govukLabel", "label", 17),
    ("govukNotificationBanner", "notification-banner", 21),
    ("govukPagination", "pagination", 15),
    ("govukPanel", "panel", 19),
    ("govukRadios", "radios", 43),
    ("govukSelect", "select", 19),
    ("govukServiceNavigation", "service-navigation", 33),
    ("govukSkipLink", "skip-link", 9),
    ("govukSummaryList", "summary-list", 30),
    ("govukTable", "table", 21),
    ("govukTag", "tag", 12),
    ("govukTextarea", "textarea", 18),
    ("govukWarningText", "warning-text", 8),
];

#[test]
fn components_write_the_html_of_the_published_fixtures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/node_modules/govuk-frontend/dist/govuk/components");
    assert!(
        root.exists(),
        "the design system is not there: run `npm ci` in assets/ first"
    );
    let templates = Templates::new().unwrap();
    let mut report = String::new();
    let mut wrong = Vec::new();
    for (component, folder, expected) in EXPECTED {
        let file = std::fs::read(root.join(folder).join("fixtures.json")).unwrap();
        let fixtures: Value = serde_json::from_slice(&file).unwrap();
        let fixtures = fixtures["fixtures"].as_array().unwrap();
        let mut passed = 0;
        for fixture in fixtures {
            let name = &fixture["name"];
            let want = normal(fixture["html"].as_str().unwrap());
            match templates.render_component(component, &fixture["options"]) {
                Ok(html) if normal(&html) == want => passed += 1,
                Ok(html) => writeln!(
                    report,
                    "  {component} {name}\n    want {want}\n    have {}",
                    normal(&html)
                )
                .unwrap(),
                Err(error) => writeln!(report, "  {component} {name}\n    {error}").unwrap(),
            }
        }
        println!("{component:26} {passed:>3} of {:>3}", fixtures.len());
        if passed != *expected {
            wrong.push(format!("{component}: {passed}, expected {expected}"));
        }
    }
    println!("{report}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The tree of a piece of HTML as text: attributes sorted, white space collapsed, and none at the edges of elements.
fn normal(html: &str) -> String {
    let mut out = String::new();
    write_element(Html::parse_fragment(html).root_element(), &mut out);
    out
}

fn write_element(element: ElementRef<'_>, out: &mut String) {
    let mut attributes: Vec<String> = element
        .value()
        .attrs()
        .map(|(name, value)| format!("{name}={value:?}"))
        .collect();
    attributes.sort();
    writeln!(out, "<{} {}>", element.value().name(), attributes.join(" ")).unwrap();
    for child in element.children() {
        if let Some(text) = child.value().as_text() {
            let words: Vec<&str> = text.split_whitespace().collect();
            if !words.is_empty() {
                writeln!(out, "{}", words.join(" ")).unwrap();
            }
        } else if let Some(child) = ElementRef::wrap(child) {
            write_element(child, out);
        }
    }
    writeln!(out, "</{}>", element.value().name()).unwrap();
}
