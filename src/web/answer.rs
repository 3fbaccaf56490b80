//! An answer: its bytes, what they are, and the headers that go with them.

use axum::body::{Body, Bytes};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE, ETAG, HeaderName, HeaderValue, LOCATION, VARY,
};
use axum::http::{Response, StatusCode};
use form_urlencoded::byte_serialize;

/// A whole answer.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// Its media type.
    pub(super) media: &'static str,
    /// The name of the file that a browser is to save it as; without one it is shown.
    pub(super) file: Option<String>,
    /// How many hits it lists, where it can be requested page by page.
    pub(super) n_hits: Option<u64>,
    pub(super) body: Bytes,
}

/// The header that says how many hits an answer lists.
pub(super) const HITS: HeaderName = HeaderName::from_static("xunzhang-hits");

/// Media types.
pub(super) const HTML: &str = "text/html; charset=utf-8";
pub(super) const JSON: &str = "application/json";
pub(super) const PROBLEM: &str = "application/problem+json";

impl Answer {
    /// A page.
    pub(super) fn html(html: String) -> Self {
        Self::new(HTML, html)
    }

    /// An answer that is shown.
    pub(super) fn new(media: &'static str, body: impl Into<Bytes>) -> Self {
        Self {
            status: StatusCode::OK,
            media,
            file: None,
            n_hits: None,
            body: body.into(),
        }
    }

    /// The same under another status.
    pub(super) fn with_status(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }

    /// The response; `tag` is its entity tag if it stays the same as long as the index does.
    pub(super) fn response(&self, tag: Option<&str>) -> Response<Body> {
        let body = Body::from(self.body.clone());
        let mut response = head(self.status, self.media, self.file.as_deref(), body);
        if let Some(n) = self.n_hits {
            set(&mut response, HITS, n.into());
        }
        if let Some(tag) = tag.and_then(|tag| HeaderValue::from_str(tag).ok()) {
            set(&mut response, ETAG, tag);
            // It may be kept, and has to be asked about: the next commit changes it.
            set(
                &mut response,
                CACHE_CONTROL,
                HeaderValue::from_static("no-cache"),
            );
            set(
                &mut response,
                VARY,
                HeaderValue::from_static("Accept-Language, Cookie"),
            );
        }
        response
    }
}

/// A response with a body that may still be written.
pub(super) fn head(
    status: StatusCode,
    media: &'static str,
    file: Option<&str>,
    body: Body,
) -> Response<Body> {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    set(&mut response, CONTENT_TYPE, HeaderValue::from_static(media));
    // Of a streamed answer too; one with an entity tag says otherwise.
    set(
        &mut response,
        CACHE_CONTROL,
        HeaderValue::from_static("no-store"),
    );
    if let Some(value) = file.and_then(disposition) {
        set(&mut response, CONTENT_DISPOSITION, value);
    }
    response
}

/// Leads to another page.
pub(super) fn see_other(path: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    // Paths are of ASCII characters alone.
    if let Ok(path) = HeaderValue::from_str(path) {
        set(&mut response, LOCATION, path);
    }
    response
}

/// That nothing has changed since the answer with this tag.
pub(super) fn unchanged(tag: &str) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NOT_MODIFIED;
    if let Ok(tag) = HeaderValue::from_str(tag) {
        set(&mut response, ETAG, tag);
    }
    set(
        &mut response,
        CACHE_CONTROL,
        HeaderValue::from_static("no-cache"),
    );
    response
}

fn set(response: &mut Response<Body>, name: HeaderName, value: HeaderValue) {
    response.headers_mut().insert(name, value);
}

/// The name of a file in both forms that browsers know (RFC 6266, 4.3).
fn disposition(file: &str) -> Option<HeaderValue> {
    let plain = |ch: char| {
        if ch.is_ascii_alphanumeric() || ".-_".contains(ch) {
            ch
        } else {
            '_'
        }
    };
    let ascii: String = file.chars().map(plain).collect();
    // `byte_serialize` writes a blank as `+`, which is a plus here.
    let encoded: String = byte_serialize(file.as_bytes())
        .collect::<String>()
        .replace('+', "%20");
    let value = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
    HeaderValue::from_str(&value).ok()
}

/// The media type of a format by its name or extension; `None` of one that there is not.
pub(super) fn media_of(format: &str) -> Option<&'static str> {
    Some(match format {
        "json" => JSON,
        "jsonl" => "application/jsonl",
        "csv" => "text/csv; charset=utf-8",
        "tsv" => "text/tab-separated-values; charset=utf-8",
        "text" | "txt" | "trec" | "dict" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "html" => HTML,
        "svg" => "image/svg+xml",
        "zip" => "application/zip",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_in_ascii_and_in_full() {
        let value = disposition("水渠 a.xlsx").expect("a value");
        assert_eq!(
            value.to_str().expect("ascii"),
            "attachment; filename=\"___a.xlsx\"; filename*=UTF-8''%E6%B0%B4%E6%B8%A0%20a.xlsx"
        );
    }
}
