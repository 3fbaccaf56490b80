//! The language of an answer.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE};

use super::parameters::Parameters;
use crate::cli::messages::Lang;

/// The language that a request wants: by its parameter `lang`, else by its cookie of that name, else by what its browser prefers, else
/// `default`.
pub(super) fn language(parameters: &Parameters, headers: &HeaderMap, default: Lang) -> Lang {
    let named = parameters.get("lang").and_then(of_tag);
    let chosen = || named.or_else(|| of_cookie(headers));
    chosen().or_else(|| preferred(headers)).unwrap_or(default)
}

/// The language that was chosen on a page.
fn of_cookie(headers: &HeaderMap) -> Option<Lang> {
    let lines = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split("; "));
    pairs.find_map(|pair| of_tag(pair.strip_prefix("lang=")?))
}

/// The first language of `Accept-Language` that we speak; browsers list the preferred one first (RFC 9110, 12.5.4).
fn preferred(headers: &HeaderMap) -> Option<Lang> {
    let value = headers.get(ACCEPT_LANGUAGE)?.to_str().ok()?;
    value
        .split(',')
        .find_map(|range| of_tag(range.split(';').next()?.trim()))
}

fn of_tag(tag: &str) -> Option<Lang> {
    match tag.get(..2)?.to_ascii_lowercase().as_str() {
        "zh" => Some(Lang::Zh),
        "en" => Some(Lang::En),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameter_wins_over_the_browser() {
        let mut headers = HeaderMap::new();
        let of = |query: &str, headers: &HeaderMap| {
            language(&Parameters::of_query(query), headers, Lang::Zh)
        };
        assert_eq!(of("", &headers), Lang::Zh);
        headers.insert(
            ACCEPT_LANGUAGE,
            "fr, en-GB;q=0.8, zh;q=0.5".parse().expect("a value"),
        );
        assert_eq!(of("", &headers), Lang::En);
        assert_eq!(of("lang=zh-CN", &headers), Lang::Zh);
        assert_eq!(of("lang=渠", &headers), Lang::En);
        headers.insert(COOKIE, "a=b; lang=zh".parse().expect("a value"));
        assert_eq!(of("", &headers), Lang::Zh);
        assert_eq!(of("lang=en", &headers), Lang::En);
    }
}
