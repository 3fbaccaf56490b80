//! Sizes of memory.

use crate::cli::value::BadValue;

/// Minimum and maximum number of bytes that one of the engine's threads takes.
// The engine refuses a thread with less than 15 MB, or with more than `u32::MAX` bytes less 1 MB.
const THREAD: std::ops::RangeInclusive<u64> = 16_000_000..=4_000_000_000;

/// The share of the memory that the text of one document may be: composed and written it takes some four times as much, beside
/// what waits in the engine.
pub(crate) const TEXT_SHARE: usize = 2;

/// Reads `200`, `200MB`, `1.5 G`; a bare number is megabytes, as is every unit 10³ times the one below it.
pub(crate) fn parse(text: &str) -> Result<u64, BadValue> {
    let text = text.trim().to_ascii_lowercase();
    let digits = text.trim_end_matches(|ch: char| !ch.is_ascii_digit());
    let number: f64 = digits.parse().map_err(|_| BadValue::Size)?;
    let unit = match text[digits.len()..].trim() {
        // The number is a rough bound, for which `GiB` and `GB` are the same.
        "k" | "kb" | "kib" => 1e3,
        "" | "m" | "mb" | "mib" => 1e6,
        "g" | "gb" | "gib" => 1e9,
        _ => return Err(BadValue::Size),
    };
    // Nothing is surely a mistake, and clamping would hide it.
    if number <= 0.0 {
        return Err(BadValue::Size);
    }
    Ok((number * unit) as u64)
}

/// The bytes nearest to `memory` that `jobs` threads of the engine can share.
pub(crate) fn within_reach(memory: u64, jobs: usize) -> usize {
    let jobs = jobs as u64;
    let memory = memory.clamp(THREAD.start() * jobs, THREAD.end() * jobs);
    usize::try_from(memory).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_in_every_unit() {
        for (text, expected) in [
            ("200", Some(200_000_000)),
            ("200MB", Some(200_000_000)),
            ("500k", Some(500_000)),
            ("1.5 G", Some(1_500_000_000)),
            ("1GiB", Some(1_000_000_000)),
            ("0", None),
            ("-1", None),
            ("MB", None),
            ("2T", None),
            ("", None),
        ] {
            assert_eq!(parse(text).ok(), expected, "{text}");
        }
        assert_eq!(within_reach(1_000, 2), 32_000_000);
        assert_eq!(within_reach(200_000_000, 2), 200_000_000);
    }
}
