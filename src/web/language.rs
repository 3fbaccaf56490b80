//! The language of an answer.

use axum::http::HeaderMap;
use axum::http::header::ACCEPT_LANGUAGE;

use super::parameters::Parameters;
use crate::cli::messages::Lang;

/// The language that a request wants: by its parameter `lang`, else by what its browser prefers, else `default`.
pub(super) fn language(parameters: &Parameters, headers: &HeaderMap, default: Lang) -> Lang {
    let named = parameters.get("lang").and_then(of_tag);
    named.or_else(|| preferred(headers)).unwrap_or(default)
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
    }
}
