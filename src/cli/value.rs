//! Values of arguments: how they are read, and what is wrong with them.

use std::fmt;
use std::num::ParseIntError;
use std::ops::RangeInclusive;

use super::messages::{Lang, say};

/// A value that an argument cannot have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum BadValue {
    /// No whole number.
    Digits(ParseIntError),
    /// A number under or over what is taken.
    OutOfRange {
        /// The number.
        value: i64,
        /// What is taken.
        range: RangeInclusive<i64>,
    },
    /// No number of at least 1.
    NotPositive,
    /// No share from 0 to 1.
    Share,
    /// No size of memory.
    Size,
    /// No year, and no years.
    Years,
    /// Nothing that lines can be grouped by.
    Group,
    /// No number of units beside a hit.
    GroupUnits,
    /// No name of a collection.
    Collection,
    /// No date.
    Date,
    /// Years of which the first comes after the last.
    YearsReversed,
    /// No text that a heading could hold.
    Section,
    /// No role of a section.
    Role,
    /// A restriction without a name or without a value.
    Restriction(String),
    /// A restriction with an invalid name.
    RestrictionName(String),
    /// A restriction to invalid years.
    RestrictionYears,
}

impl BadValue {
    /// What is wrong, as a clause.
    pub(crate) fn sentence(&self, lang: Lang) -> String {
        match self {
            // The words of the standard library, which are those of clap's own numbers.
            Self::Digits(error) if lang == Lang::En => error.to_string(),
            Self::Digits(_) => say!(lang, "value-whole-number"),
            Self::OutOfRange { value, range } => say!(
                lang,
                "value-out-of-range",
                value,
                least = range.start(),
                most = range.end()
            ),
            Self::NotPositive => say!(lang, "value-not-positive"),
            Self::Share => say!(lang, "value-share"),
            Self::Size => say!(lang, "value-size"),
            Self::Years => say!(lang, "value-years"),
            Self::Group => say!(lang, "value-group"),
            Self::GroupUnits => say!(lang, "value-group-units"),
            Self::Collection => say!(lang, "value-collection"),
            Self::Date => say!(lang, "value-date"),
            Self::YearsReversed => say!(lang, "value-years-reversed"),
            Self::Section => say!(lang, "value-section"),
            Self::Role => say!(lang, "value-role"),
            Self::Restriction(text) => say!(lang, "value-restriction", text),
            Self::RestrictionName(name) => say!(lang, "value-restriction-name", name),
            Self::RestrictionYears => say!(lang, "value-restriction-years"),
        }
    }
}

/// As clap shows it, in English.
impl fmt::Display for BadValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Lang::En))
    }
}

impl std::error::Error for BadValue {}

/// Reads a whole number that is in `range`.
pub(crate) fn within<N>(
    range: RangeInclusive<i64>,
) -> impl Fn(&str) -> Result<N, BadValue> + Clone + Send + Sync + 'static
where
    N: TryFrom<i64> + Clone + Send + Sync + 'static,
{
    move |text| {
        // As the widest type, so that `-1` is a number out of range and not no number at all.
        let value = text.parse().map_err(BadValue::Digits)?;
        let range = range.clone();
        let number = Some(value).filter(|value| range.contains(value));
        let number = number.and_then(|value| N::try_from(value).ok());
        number.ok_or(BadValue::OutOfRange { value, range })
    }
}

/// Reads a number of at least 1.
pub(crate) fn at_least_one(text: &str) -> Result<usize, BadValue> {
    match text.trim().parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(BadValue::NotPositive),
    }
}

/// Reads a share from 0 to 1.
pub(crate) fn share(text: &str) -> Result<f64, BadValue> {
    let share: f64 = text.trim().parse().map_err(|_| BadValue::Share)?;
    // Also refuses NaN, which parses as a number and is in no range.
    if (0.0..=1.0).contains(&share) {
        Ok(share)
    } else {
        Err(BadValue::Share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_no_number_of_hits() {
        assert_eq!(at_least_one("30"), Ok(30));
        for text in ["0", "-1", "", "三"] {
            assert_eq!(at_least_one(text), Err(BadValue::NotPositive), "{text}");
        }
    }

    #[test]
    fn numbers_have_bounds() {
        let read = within::<u8>(1..=5);
        assert_eq!(read("5"), Ok(5));
        let over = BadValue::OutOfRange {
            value: 9,
            range: 1..=5,
        };
        assert_eq!(over.to_string(), "9 is not in 1..=5");
        assert_eq!(read("9"), Err(over));
        assert!(matches!(read("x"), Err(BadValue::Digits(_))));
    }

    #[test]
    fn shares_are_from_nothing_to_all() {
        assert_eq!(share("0.7"), Ok(0.7));
        assert_eq!(share("NaN"), Err(BadValue::Share));
        assert_eq!(share("1.1"), Err(BadValue::Share));
    }

    #[test]
    fn a_number_at_a_bound_is_taken_and_the_next_one_is_not() {
        let read = within::<u8>(-3..=300);
        for (text, expected) in [
            ("0", Ok(0)),
            ("255", Ok(255)),
            // In the range, but no number of the type.
            ("256", Err(256)),
            ("-1", Err(-1)),
            ("301", Err(301)),
        ] {
            let expected = expected.map_err(|value| BadValue::OutOfRange {
                value,
                range: -3..=300,
            });
            assert_eq!(read(text), expected, "{text}");
        }
        for text in ["", "1.5", "一", " 1", "99999999999999999999"] {
            assert!(matches!(read(text), Err(BadValue::Digits(_))), "{text}");
        }
    }

    #[test]
    fn both_ends_of_a_share_are_shares() {
        for (text, expected) in [
            ("0", Some(0.0)),
            ("1", Some(1.0)),
            (" 0.25 ", Some(0.25)),
            ("-0.01", None),
            ("1.0001", None),
            ("inf", None),
            ("五成", None),
            ("50%", None),
        ] {
            assert_eq!(share(text).ok(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_wrong_has_words_in_both_languages() {
        let digits = "三".parse::<i64>().expect_err("no digits");
        let values = [
            BadValue::Digits(digits),
            BadValue::NotPositive,
            BadValue::Share,
            BadValue::Size,
            BadValue::Years,
            BadValue::Group,
            BadValue::GroupUnits,
            BadValue::Collection,
            BadValue::Date,
            BadValue::YearsReversed,
            BadValue::Section,
            BadValue::Role,
            BadValue::Restriction("甲".to_owned()),
            BadValue::RestrictionName("甲".to_owned()),
            BadValue::RestrictionYears,
        ];
        for value in &values {
            let (zh, en) = (value.sentence(Lang::Zh), value.sentence(Lang::En));
            assert_ne!(zh, en);
            assert!(!zh.starts_with("value-") && !zh.is_ascii(), "{zh}");
            assert_eq!(value.to_string(), en);
        }
        let said: std::collections::BTreeSet<String> =
            values.iter().map(BadValue::to_string).collect();
        // The years of a restriction are wrong in the same words as others at most.
        assert!(said.len() + 1 >= values.len(), "{said:?}");
    }
}
