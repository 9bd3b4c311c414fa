//! A client's address: used for limits on sign-in, as a keyed hash only, and never stored or logged.

use std::net::IpAddr;

use actix_web::HttpRequest;

/// Proxies that are believed about whom they speak for (`HYS_TRUSTED_PROXIES`).
#[derive(Debug, Clone, Default)]
pub struct TrustedProxies(Vec<IpAddr>);

impl TrustedProxies {
    /// Reads addresses separated by commas.
    ///
    /// # Errors
    /// Names the part that is no address.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| {
                part.parse()
                    .map_err(|_| format!("{part:?} in HYS_TRUSTED_PROXIES is not an address"))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// The client's address: the peer's own, or, from a trusted proxy, the nearest address in `X-Forwarded-For` that
    /// is not itself a trusted proxy.
    #[must_use]
    pub fn client(&self, request: &HttpRequest) -> Option<IpAddr> {
        let peer = request.peer_addr()?.ip();
        if !self.0.contains(&peer) {
            return Some(peer);
        }
        let forwarded = request
            .headers()
            .get_all("x-forwarded-for")
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .filter_map(|part| part.trim().parse().ok())
            .collect::<Vec<IpAddr>>();
        forwarded
            .into_iter()
            .rev()
            .find(|ip| !self.0.contains(ip))
            .or(Some(peer))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn a_stranger_cannot_choose_an_address() {
        let request = || {
            TestRequest::get()
                .peer_addr("10.0.0.9:1".parse().unwrap())
                .insert_header(("x-forwarded-for", "1.1.1.1, 2.2.2.2"))
                .to_http_request()
        };
        let nobody = TrustedProxies::default();
        assert_eq!(nobody.client(&request()), Some("10.0.0.9".parse().unwrap()));
        let proxy = TrustedProxies::parse("10.0.0.9, 2.2.2.2").unwrap();
        assert_eq!(proxy.client(&request()), Some("1.1.1.1".parse().unwrap()));
        assert!(TrustedProxies::parse("everyone").is_err());
    }
}
