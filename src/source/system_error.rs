//! Stored form of system errors: the number, or the message where there is none.

use std::io;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Stored {
    Number(i32),
    Words(String),
}

pub(super) fn serialize<S: Serializer>(
    error: &io::Error,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let stored = match error.raw_os_error() {
        Some(number) => Stored::Number(number),
        None => Stored::Words(error.to_string()),
    };
    stored.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<io::Error, D::Error> {
    Ok(match Stored::deserialize(deserializer)? {
        Stored::Number(number) => io::Error::from_raw_os_error(number),
        Stored::Words(words) => io::Error::other(words),
    })
}
