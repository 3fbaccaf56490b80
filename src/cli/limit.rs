//! How many: the number that `-n` takes.

/// Reads a number of at least 1.
pub(super) fn at_least_one(text: &str) -> Result<usize, &'static str> {
    match text.trim().parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err("expected a number of at least 1"),
    }
}

#[cfg(test)]
mod tests {
    use super::at_least_one;

    #[test]
    fn zero_is_no_number_of_hits() {
        assert_eq!(at_least_one("30"), Ok(30));
        for text in ["0", "-1", "", "三"] {
            assert!(at_least_one(text).is_err(), "{text}");
        }
    }
}
