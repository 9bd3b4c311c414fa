//! Where somebody goes on after a page in between: to officers' pages of this site, and nowhere else.

use url::Url as Address;

use crate::web::{address::SiteAddress, urls::Url};

/// The longest way back that is kept.
const LONGEST: usize = 2_000;

/// A path as it was given, if it leads to an officers' page of this site.
#[must_use]
pub fn safe_path(given: &str) -> Option<String> {
    // What browsers read as another host, or drop on the way: `//host`, `\`, tabs and line ends.
    let odd = |c: char| c.is_control() || c.is_whitespace() || c == '\\';
    if given.len() > LONGEST || given.contains(odd) || given.starts_with("//") {
        return None;
    }
    let base = Address::parse("http://here.invalid/").ok()?;
    let address = base.join(given).ok()?;
    let path = address.path();
    let is_ours = given.starts_with('/')
        && address.origin() == base.origin()
        && (path == "/admin" || path.starts_with("/admin/"))
        && !path.starts_with(&Url::Confirm("").to_string());
    let query = address.query().map(|query| format!("?{query}"));
    is_ours.then(|| format!("{path}{}", query.unwrap_or_default()))
}

/// The path of a whole address, if it is of an officers' page of this site.
#[must_use]
pub fn path_here(site: &SiteAddress, address: &str) -> Option<String> {
    let given = Address::parse(address).ok()?;
    if !site.is_origin(&given.origin().ascii_serialization()) {
        return None;
    }
    let query = given.query().map(|query| format!("?{query}"));
    safe_path(&format!("{}{}", given.path(), query.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_leads_to_officers_pages_of_this_site_only() {
        for good in [
            "/admin",
            "/admin/people",
            "/admin/surveys/plan/exports?area=E07000076&q=a%2Fb",
        ] {
            assert_eq!(safe_path(good).as_deref(), Some(good));
        }
        for bad in [
            "",
            "admin",
            "/",
            "/surveys/plan",
            "/administrator",
            "//evil.example/admin",
            "///evil.example/admin",
            "/\\evil.example/admin",
            "\\/evil.example/admin",
            "https://evil.example/admin",
            "http:/admin",
            "javascript:alert(1)",
            "/admin/../../surveys",
            "/admin/%2e%2e/x",
            "/\t/evil.example/admin",
            "/admin\r\nSet-Cookie: a=b",
            "/admin/confirm?next=/admin/confirm",
        ] {
            assert_eq!(safe_path(bad), None, "{bad:?}");
        }
        assert_eq!(safe_path(&format!("/admin/{}", "a".repeat(3000))), None);
    }

    #[test]
    fn a_page_of_another_site_is_no_way_back() {
        let site = SiteAddress::new(None, ([127, 0, 0, 1], 9).into());
        let here = path_here(&site, "http://127.0.0.1:9/admin/people?a=b");
        assert_eq!(here.as_deref(), Some("/admin/people?a=b"));
        for other in [
            "http://evil.example/admin",
            "http://127.0.0.1:8/admin",
            "nonsense",
        ] {
            assert_eq!(path_here(&site, other), None, "{other}");
        }
    }
}
