//! Holds every component template to the fixtures that the design system publishes: same options, same HTML.
#![allow(clippy::unwrap_used)]

use std::{fmt::Write as _, path::Path};

use scraper::{ElementRef, Html};
use serde_json::Value;

use super::Templates;

/// Component, its folder in the package, how many of its fixtures must pass (of how many published in 6.6.0).
const EXPECTED: &[(&str, &str, usize)] = &[
    ("govukBackLink", "back-link", 0),
    ("govukBreadcrumbs", "breadcrumbs", 0),
    ("govukButton", "button", 0),
    ("govukCharacterCount", "character-count", 0),
    ("govukCheckboxes", "checkboxes", 0),
    ("govukDateInput", "date-input", 0),
    ("govukDetails", "details", 0),
    ("govukErrorMessage", "error-message", 0),
    ("govukErrorSummary", "error-summary", 0),
    ("govukExitThisPage", "exit-this-page", 0),
    ("govukFieldset", "fieldset", 0),
    ("govukGenericHeader", "generic-header", 0),
    ("govukHint", "hint", 0),
    ("govukInput", "input", 0),
    ("govukInsetText", "inset-text", 0),
    ("govukLabel", "label", 0),
    ("govukNotificationBanner", "notification-banner", 0),
    ("govukPagination", "pagination", 0),
    ("govukPanel", "panel", 0),
    ("govukRadios", "radios", 0),
    ("govukSelect", "select", 0),
    ("govukServiceNavigation", "service-navigation", 0),
    ("govukSkipLink", "skip-link", 0),
    ("govukSummaryList", "summary-list", 0),
    ("govukTable", "table", 0),
    ("govukTag", "tag", 0),
    ("govukTextarea", "textarea", 0),
    ("govukWarningText", "warning-text", 0),
];

#[test]
fn components_write_the_html_of_the_published_fixtures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("assets/node_modules/govuk-frontend/dist/govuk/components");
    if !root.exists() {
        eprintln!("govuk-frontend is not installed in assets/: nothing to compare with");
        return;
    }
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
