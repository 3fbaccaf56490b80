//! The style and the script of all pages, kept in the program.

use std::sync::LazyLock;

use axum::body::Body;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::http::{Response, StatusCode};

use super::answer::Answer;

const STYLE: &str = include_str!("assets/app.css");
const SCRIPT: &str = include_str!("assets/app.js");

/// The path of the style; it changes with its content, so that a browser never shows a page with an old one.
pub(super) static STYLE_URL: LazyLock<String> = LazyLock::new(|| url("app.css", STYLE));
/// The path of the script.
pub(super) static SCRIPT_URL: LazyLock<String> = LazyLock::new(|| url("app.js", SCRIPT));

fn url(name: &str, text: &str) -> String {
    let hash = blake3::hash(text.as_bytes()).to_hex();
    format!("/assets/{name}?{}", &hash[..12])
}

/// Answers with a file of the pages.
pub(super) async fn asset(Path(name): Path<String>) -> Response<Body> {
    let answer = match &*name {
        "app.css" => Answer::new("text/css; charset=utf-8", STYLE),
        "app.js" => Answer::new("text/javascript; charset=utf-8", SCRIPT),
        _ => Answer::new("text/plain", "").with_status(StatusCode::NOT_FOUND),
    };
    let mut response = answer.response(None);
    // The path names the content.
    let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
    if answer.status == StatusCode::OK {
        response.headers_mut().insert(CACHE_CONTROL, forever);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_small() {
        assert!(SCRIPT.len() <= 20_000, "{} bytes", SCRIPT.len());
    }
}
