//! `docs/settings.md` lists exactly the settings there are.

use have_your_say::config::SETTINGS;

#[test]
fn the_page_of_settings_lists_each_with_its_default_and_meaning() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/settings.md");
    let page = std::fs::read_to_string(path).unwrap();
    let rows: Vec<&str> = page.lines().filter(|line| line.starts_with("| `")).collect();
    let wanted: Vec<String> = SETTINGS
        .iter()
        .map(|setting| {
            let default = match setting.default {
                Some("") => "empty".to_owned(),
                Some(default) => format!("`{default}`"),
                None => "not set".to_owned(),
            };
            format!(
                "| `{}` | `{}` | {default} | {} |",
                setting.variable, setting.key, setting.meaning
            )
        })
        .collect();
    assert_eq!(rows, wanted, "docs/settings.md should have these rows:\n{}", wanted.join("\n"));
}
