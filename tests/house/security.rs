//! `docs/security.md` names a test for what it claims, and each of them exists.

use std::path::Path;

#[test]
fn every_test_that_the_security_page_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("docs/security.md")).unwrap();
    let named: Vec<&str> = page
        .split('`')
        .filter(|word| word.contains("::") && !word.contains(' '))
        .collect();
    assert!(named.len() > 30, "{}", named.len());
    for name in named {
        let (module, test) = name.rsplit_once("::").unwrap();
        let file = root.join(format!("tests/{}.rs", module.replace("::", "/")));
        let text = std::fs::read_to_string(&file).unwrap_or_default();
        assert!(
            text.contains(&format!("fn {test}(")),
            "there is no test {name}"
        );
    }
}
