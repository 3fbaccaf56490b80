//! Who may ask: a server on a person's machine is attacked through that person's browser.
//!
//! A page of another site can make a browser send requests here. `Host` is one of ours, so that a foreign name that was made to
//! mean this machine (DNS rebinding) opens nothing; `Origin`, where a browser names it, is ours.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::http::header::{AUTHORIZATION, COOKIE, HOST, HeaderValue, ORIGIN};
use axum::http::{HeaderMap, Method, Uri};

/// Name of the cookie that holds the token.
const COOKIE_NAME: &str = "xunzhang";
/// Paths that need no token: what the page that asks for it is made of.
const OPEN: [&str; 4] = ["/login", "/healthz", "/assets/app.js", "/assets/app.css"];

/// Who may ask.
pub(crate) struct Guard {
    address: SocketAddr,
    /// Names of this machine that `--host` gave.
    names: Vec<String>,
    /// What a client has to know; none on loopback.
    token: Option<String>,
    /// What a form has to send back, so that only our pages can send it.
    pub(super) form: Arc<str>,
}

/// Why a request is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It is for another host, or for none.
    Host,
    /// A page of another site sends it.
    Origin,
    /// It does not know the token.
    Token,
}

impl Guard {
    /// A guard of a server at `address`.
    ///
    /// # Errors
    /// What the system says if it has no random numbers.
    pub(crate) fn new(
        address: SocketAddr,
        names: Vec<String>,
        token: Option<String>,
    ) -> std::io::Result<Self> {
        Ok(Self {
            address,
            names,
            token,
            form: random()?.into(),
        })
    }

    /// Checks who sends a request.
    pub(super) fn check(
        &self,
        uri: &Uri,
        method: &Method,
        headers: &HeaderMap,
    ) -> Result<(), Refused> {
        let mut hosts = headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return Err(Refused::Host);
        };
        let host = host.to_str().map_err(|_| Refused::Host)?;
        // A request line with a whole URL names a host of its own.
        let of_line = uri.authority().is_none_or(|named| named.as_str() == host);
        if !of_line || !self.is_ours(host) {
            return Err(Refused::Host);
        }
        // A person's folders are named on this page: not even a link of another site leads to it.
        let is_open = !uri.path().starts_with("/build");
        self.check_origin(host, is_open && method == Method::GET, headers)?;
        match &self.token {
            Some(token) if !OPEN.contains(&uri.path()) && !knows(headers, token) => {
                Err(Refused::Token)
            }
            _ => Ok(()),
        }
    }

    /// `may_follow` is whether a link of another site may lead here.
    fn check_origin(
        &self,
        host: &str,
        may_follow: bool,
        headers: &HeaderMap,
    ) -> Result<(), Refused> {
        let says = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        // A browser that sends no referrer names no origin of forms either (Fetch, 3.2); no page can make it say another site's
        // forms are our own.
        let is_own_page = says("sec-fetch-site") == Some("same-origin");
        let is_ours = |origin: &HeaderValue| match origin.to_str() {
            Ok("null") => is_own_page,
            Ok(origin) => origin.strip_prefix("http://") == Some(host),
            Err(_) => false,
        };
        if !headers.get_all(ORIGIN).iter().all(is_ours) {
            return Err(Refused::Origin);
        }
        // What another site loads or sends; to follow its link is a person's own choice, a frame is not.
        let is_followed = may_follow
            && says("sec-fetch-mode") == Some("navigate")
            && says("sec-fetch-dest").is_none_or(|dest| dest == "document");
        match says("sec-fetch-site") {
            Some("cross-site" | "same-site") if !is_followed => Err(Refused::Origin),
            _ => Ok(()),
        }
    }

    /// Whether a request's `Host` means this server.
    fn is_ours(&self, host: &str) -> bool {
        let port = self.address.port();
        let (name, named_port) = match host.rsplit_once(':') {
            Some((name, digits)) if !digits.ends_with(']') => (name, digits.parse().ok()),
            _ => (host, Some(80)),
        };
        if named_port != Some(port) {
            return false;
        }
        let bare = name.trim_start_matches('[').trim_end_matches(']');
        let is_loopback = self.address.ip().is_loopback();
        match bare.parse::<IpAddr>() {
            // An address cannot be made to mean another machine, as a name can.
            Ok(address) => !is_loopback || address.is_loopback(),
            Err(_) => {
                let known = self
                    .names
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(name));
                known || name.eq_ignore_ascii_case("localhost")
            }
        }
    }

    /// Whether only this machine can ask.
    pub(super) fn is_local(&self) -> bool {
        self.address.ip().is_loopback()
    }

    /// Whether a form has sent back what our page gave it.
    pub(super) fn is_own_form(&self, token: Option<&str>) -> bool {
        token.is_some_and(|token| is_same(token, &self.form))
    }

    /// Whether it is the token; the cookie that then stands for it.
    pub(super) fn admit(&self, token: &str) -> Option<String> {
        let known = self.token.as_ref()?;
        let cookie = format!("{COOKIE_NAME}={known}; Path=/; HttpOnly; SameSite=Strict");
        is_same(token, known).then_some(cookie)
    }
}

/// 256 random bits in hexadecimal digits.
///
/// # Errors
/// What the system says if it has none.
pub(crate) fn random() -> std::io::Result<String> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(std::io::Error::other)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Compares all bytes, however many agree: the time would reveal how many do.
fn is_same(left: &str, right: &str) -> bool {
    let pairs = left.bytes().zip(right.bytes());
    left.len() == right.len() && pairs.fold(0, |differ, (one, other)| differ | (one ^ other)) == 0
}

fn knows(headers: &HeaderMap, token: &str) -> bool {
    let bearer = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let bearer = bearer.and_then(|value| value.strip_prefix("Bearer "));
    let cookies = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok());
    let ours = cookies
        .flat_map(|line| line.split("; "))
        .filter_map(|pair| pair.strip_prefix(COOKIE_NAME)?.strip_prefix('='));
    bearer
        .into_iter()
        .chain(ours)
        .any(|given| is_same(given, token))
}

#[cfg(test)]
mod tests {
    use axum::http::header::HeaderName;

    use super::*;

    fn check(address: &str, headers: &[(&str, &str)]) -> Result<(), Refused> {
        let token = (!address.starts_with("127")).then(|| "渠".to_owned());
        let address = address.parse().expect("an address");
        let guard = Guard::new(address, vec!["desk".into()], token).expect("a guard");
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: HeaderName = name.parse().expect("a name");
            map.append(
                name,
                HeaderValue::from_bytes(value.as_bytes()).expect("a value"),
            );
        }
        guard.check(&Uri::from_static("/search"), &Method::GET, &map)
    }

    #[test]
    fn only_our_own_names_are_answered() {
        for (host, is_ours) in [
            ("127.0.0.1:8088", true),
            ("localhost:8088", true),
            ("LOCALHOST:8088", true),
            ("[::1]:8088", true),
            ("desk:8088", true),
            ("127.0.0.1", false),
            ("127.0.0.1:80", false),
            ("evil.example:8088", false),
            ("localhost.evil.example:8088", false),
            ("192.168.1.5:8088", false),
            ("", false),
        ] {
            let expected = if is_ours { Ok(()) } else { Err(Refused::Host) };
            assert_eq!(
                check("127.0.0.1:8088", &[("host", host)]),
                expected,
                "{host}"
            );
        }
        assert_eq!(check("127.0.0.1:8088", &[]), Err(Refused::Host));
        let two = [("host", "127.0.0.1:8088"), ("host", "127.0.0.1:8088")];
        assert_eq!(check("127.0.0.1:8088", &two), Err(Refused::Host));
    }

    #[test]
    fn only_our_own_pages_send() {
        let with = |name, value| {
            check(
                "127.0.0.1:8088",
                &[("host", "localhost:8088"), (name, value)],
            )
        };
        assert_eq!(with("origin", "http://localhost:8088"), Ok(()));
        for origin in [
            "null",
            "http://evil.example",
            "https://localhost:8088",
            "http://127.0.0.1:8088",
        ] {
            assert_eq!(with("origin", origin), Err(Refused::Origin), "{origin}");
        }
        let null_from = |site| {
            let host = ("host", "localhost:8088");
            check(
                "127.0.0.1:8088",
                &[host, ("origin", "null"), ("sec-fetch-site", site)],
            )
        };
        assert_eq!(null_from("same-origin"), Ok(()));
        assert_eq!(null_from("cross-site"), Err(Refused::Origin));
        assert_eq!(null_from("none"), Err(Refused::Origin));
        assert_eq!(with("sec-fetch-site", "cross-site"), Err(Refused::Origin));
        assert_eq!(with("sec-fetch-site", "same-origin"), Ok(()));
        assert_eq!(with("sec-fetch-site", "none"), Ok(()));
    }

    #[test]
    fn beyond_this_machine_the_token_is_needed() {
        let host = ("host", "192.168.1.5:8088");
        let with = |value: &str| check("0.0.0.0:8088", &[host, ("cookie", value)]);
        assert_eq!(check("0.0.0.0:8088", &[host]), Err(Refused::Token));
        assert_eq!(with("xunzhang=路"), Err(Refused::Token));
    }

    #[test]
    fn tokens_are_long_and_differ() {
        let (one, other) = (random().expect("bits"), random().expect("bits"));
        assert_eq!(one.len(), 64);
        assert_ne!(one, other);
        assert!(is_same(&one, &one.clone()) && !is_same(&one, &other) && !is_same(&one, ""));
    }
}
