//! The site's own address: where links lead and where forms must come from. It comes from settings, never from a request.

use std::net::{IpAddr, SocketAddr};

use url::{Host, Url};

/// The address residents use.
#[derive(Debug, Clone)]
pub struct SiteAddress(Url);

impl SiteAddress {
    /// The address from settings, or the bound one under http.
    #[must_use]
    pub fn new(configured: Option<&Url>, bound: SocketAddr) -> Self {
        let derived = || {
            let host = match bound.ip() {
                ip if ip.is_unspecified() => "localhost".to_owned(),
                IpAddr::V6(ip) => format!("[{ip}]"),
                // A cookie belongs to the name in the address bar: links must have the one that was announced.
                IpAddr::V4(ip) => ip.to_string(),
            };
            Url::parse(&format!("http://{host}:{}", bound.port()))
        };
        match configured.cloned().map_or_else(derived, Ok) {
            Ok(url) => Self(url),
            // An IPv6 address without brackets is the one way here: serve it by name instead.
            Err(_) => Self(
                Url::parse(&format!("http://[::1]:{}", bound.port()))
                    .expect("a host and a port make an address"),
            ),
        }
    }

    /// Whether residents reach the site under https.
    #[must_use]
    pub fn is_secure(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// A whole address for a path that starts with `/`.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.0.as_str().trim_end_matches('/'))
    }

    /// Whether a request that says it comes from `origin` comes from this site.
    ///
    /// On a developer's machine `localhost` and `127.0.0.1` are the same place.
    #[must_use]
    pub fn is_origin(&self, origin: &str) -> bool {
        // The address as browsers write it needs no reading.
        if self.0.path() == "/" && self.0.as_str().strip_suffix('/') == Some(origin) {
            return true;
        }
        let Ok(given) = Url::parse(origin) else {
            return false;
        };
        given.origin() == self.0.origin()
            || (is_loopback(&given)
                && is_loopback(&self.0)
                && given.scheme() == self.0.scheme()
                && given.port_or_known_default() == self.0.port_or_known_default())
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_the_configured_origin_is_the_site() {
        let bound = "127.0.0.1:9".parse().unwrap();
        let site = SiteAddress::new(Some(&Url::parse("https://say.example/").unwrap()), bound);
        assert!(site.is_origin("https://say.example"));
        for other in [
            "http://say.example",
            "https://say.example:444",
            "https://evil.example",
            "null",
            "",
        ] {
            assert!(!site.is_origin(other), "{other}");
        }
        assert_eq!(site.link("/a"), "https://say.example/a");
    }

    #[test]
    fn without_a_setting_the_bound_port_counts() {
        let site = SiteAddress::new(None, "127.0.0.1:4711".parse().unwrap());
        assert!(site.is_origin("http://localhost:4711") && site.is_origin("http://127.0.0.1:4711"));
        assert!(!site.is_origin("http://localhost:4712"));
    }
}
