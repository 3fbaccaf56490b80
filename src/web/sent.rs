//! What a request sends along: fields of a form, a text, a file.

use std::io::Write;
use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::multipart::{Field, Multipart};
use axum::extract::{DefaultBodyLimit, FromRequest, Request};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use serde_json::Value;
use tempfile::{Builder, TempPath};
use tokio::time::timeout;

use super::parameters::Parameters;
use super::problem::Problem;
use crate::cli::messages::{Lang, say};

/// Bytes of a form or a text: more than the longest draft.
const MAX_TEXT: usize = 4 << 20;
/// Bytes of an upload.
pub(super) const MAX_FILE: usize = 64 << 20;
/// How long a body may take; an upload over a network is a matter of seconds.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a request sends along.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) fields: Parameters,
    /// A body that is a text.
    pub(super) text: Option<String>,
    pub(super) file: Option<Upload>,
}

/// A file that is removed once it is answered.
pub(super) struct Upload {
    /// Its name where it came from.
    pub(super) name: String,
    pub(super) path: TempPath,
}

/// Reads the body of a request.
///
/// # Errors
/// What is wrong with it, in `lang`.
pub(super) async fn received(request: Request, lang: Lang) -> Result<Sent, Problem> {
    let reading = timeout(PATIENCE, read(request, lang)).await;
    reading.unwrap_or_else(|_| {
        let detail = say!(lang, "web-too-slow");
        Err(Problem::new(StatusCode::REQUEST_TIMEOUT, detail))
    })
}

async fn read(request: Request, lang: Lang) -> Result<Sent, Problem> {
    let media = request.headers().get(CONTENT_TYPE);
    let media = media
        .and_then(|media| media.to_str().ok())
        .unwrap_or_default();
    let media = media
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if media == "multipart/form-data" {
        return multipart(request, lang).await;
    }
    let body = to_bytes(request.into_body(), MAX_TEXT).await;
    let body = body.map_err(|_| too_large(MAX_TEXT, lang))?;
    let text = String::from_utf8_lossy(&body);
    let mut sent = Sent::default();
    match &*media {
        _ if body.is_empty() => {}
        "application/x-www-form-urlencoded" => sent.fields = Parameters::of_query(&text),
        "application/json" => sent.fields = of_json(&body).ok_or_else(|| bad(lang))?,
        "text/plain" => sent.text = Some(text.into_owned()),
        _ => {
            let detail = say!(lang, "web-bad-media", media);
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
        }
    }
    Ok(sent)
}

/// The members of an object, those of a list one by one.
fn of_json(body: &[u8]) -> Option<Parameters> {
    let object: serde_json::Map<String, Value> = serde_json::from_slice(body).ok()?;
    let mut pairs = Vec::new();
    for (name, value) in object {
        let values = match value {
            Value::Array(values) => values,
            value => vec![value],
        };
        for value in values {
            let value = match value {
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                Value::Bool(is_on) => is_on.to_string(),
                Value::Null => continue,
                Value::Array(_) | Value::Object(_) => return None,
            };
            pairs.push((name.clone(), value));
        }
    }
    Some(Parameters::of_pairs(pairs))
}

async fn multipart(mut request: Request, lang: Lang) -> Result<Sent, Problem> {
    DefaultBodyLimit::max(MAX_FILE).apply(&mut request);
    let mut parts = Multipart::from_request(request, &())
        .await
        .map_err(|_| bad(lang))?;
    let mut fields = Vec::new();
    let mut room = MAX_TEXT;
    let mut file = None;
    let failed = |error: axum::extract::multipart::MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => too_large(MAX_FILE, lang),
        _ => bad(lang),
    };
    while let Some(part) = parts.next_field().await.map_err(failed)? {
        let named = part.file_name().map(str::to_owned);
        match named {
            // A browser sends a field for a file even if none was chosen.
            Some(name) if name.is_empty() => {}
            Some(name) => file = Some(upload(name, part, lang).await?),
            None => {
                let name = part.name().unwrap_or_default().to_owned();
                let text = text(part, room, lang).await?;
                room -= text.len().min(room);
                fields.push((name, text));
            }
        }
    }
    Ok(Sent {
        fields: Parameters::of_pairs(fields),
        text: None,
        file,
    })
}

/// The text of a field of at most `room` bytes, which is held in memory.
async fn text(mut part: Field<'_>, room: usize, lang: Lang) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    while let Some(more) = part.chunk().await.map_err(|_| bad(lang))? {
        bytes.extend_from_slice(&more);
        if bytes.len() > room {
            return Err(too_large(MAX_TEXT, lang));
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Writes an upload to a file that only this user can read.
async fn upload(name: String, mut part: Field<'_>, lang: Lang) -> Result<Upload, Problem> {
    let unwritten = |_: std::io::Error| {
        Problem::new(
            StatusCode::INSUFFICIENT_STORAGE,
            say!(lang, "web-upload-unwritten"),
        )
    };
    let is_plain = |ch: &char| ch.is_ascii_alphanumeric();
    // Its extension says what it is where its content does not.
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let extension: String = extension.chars().filter(is_plain).take(8).collect();
    let mut file = Builder::new()
        .prefix("xunzhang-")
        .suffix(&format!(".{extension}"))
        .tempfile()
        .map_err(unwritten)?;
    loop {
        match part.chunk().await {
            Ok(Some(bytes)) => file.write_all(&bytes).map_err(unwritten)?,
            Ok(None) => break,
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(too_large(MAX_FILE, lang));
            }
            Err(_) => return Err(bad(lang)),
        }
    }
    Ok(Upload {
        name,
        path: file.into_temp_path(),
    })
}

fn too_large(limit: usize, lang: Lang) -> Problem {
    let megabytes = limit >> 20;
    Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        say!(lang, "web-too-large", megabytes),
    )
}

fn bad(lang: Lang) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, say!(lang, "web-bad-body"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_an_object_are_parameters() {
        let read = of_json(
            "{\"q\":\"水渠\",\"year\":[2009,\"2010\"],\"count\":true,\"kind\":null}".as_bytes(),
        );
        let expected = "q=%E6%B0%B4%E6%B8%A0&year=2009&year=2010&count=true";
        let sorted = |text: &str| {
            let mut parts: Vec<String> = text.split('&').map(str::to_owned).collect();
            parts.sort();
            parts
        };
        assert_eq!(
            read.map(|read| sorted(&read.query())),
            Some(sorted(expected))
        );
        assert_eq!(of_json(b"{\"q\":{}}"), None);
        assert_eq!(of_json(b"[1]"), None);
    }
}
