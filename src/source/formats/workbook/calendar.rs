//! Days as sheets count them, from 1900 or 1904.

/// A day with a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moment {
    /// The number that it was made from, in days.
    serial: f64,
    year: i64,
    month: u8,
    day: u8,
    /// From 0 for Sunday.
    weekday: u8,
    /// Since midnight.
    seconds: u32,
}

/// The last day that sheets support, 31 December 9999.
const LAST: f64 = 2_958_466.0;
const SECONDS: f64 = 86_400.0;

impl Moment {
    /// The moment of a number; `None` if it is no valid day.
    pub(super) fn of(serial: f64, is_1904: bool) -> Option<Self> {
        // 1,462 days separate the epochs of 1900 and 1904.
        let shifted = if is_1904 { serial + 1462.0 } else { serial };
        if !(0.0..LAST).contains(&shifted) {
            return None;
        }
        // Rounded to seconds first: 0.99999999 of a day is the next midnight.
        let seconds = (shifted * SECONDS).round();
        let mut days = (seconds / SECONDS).floor() as i64;
        let seconds = seconds as i64 - days * 86_400;
        // Sheets treat 1900 as a leap year; its 29 February is their day 60.
        if days < 60 {
            days += 1;
        }
        // 25,569 days from their epoch to 1 January 1970.
        let (year, month, day) = civil(days - 25_569);
        Some(Self {
            serial,
            year,
            month,
            day,
            weekday: u8::try_from((days - 1).rem_euclid(7)).unwrap_or(0),
            seconds: u32::try_from(seconds).unwrap_or(0),
        })
    }

    pub(super) fn is_afternoon(&self) -> bool {
        self.seconds >= 43_200
    }

    /// The text of letters in a format; `None` if they have no meaning. `m` is minutes if `is_minutes`, and
    /// hours are those of half a day if `has_half`.
    pub(super) fn write(&self, letters: &str, is_minutes: bool, has_half: bool) -> Option<String> {
        let is_time = letters.starts_with(['h', 's', '[']);
        if is_time || is_minutes && matches!(letters, "m" | "mm") {
            self.write_time(letters, has_half)
        } else {
            self.write_day(letters)
        }
    }

    /// A year, month, day or weekday.
    fn write_day(&self, letters: &str) -> Option<String> {
        let weekday = usize::from(self.weekday);
        let month_name = MONTHS
            .get(usize::from(self.month).wrapping_sub(1))
            .copied()?;
        Some(match letters {
            "y" | "yy" => format!("{:02}", self.year % 100),
            "yyy" | "yyyy" | "e" | "ee" | "eeee" => format!("{:04}", self.year),
            "m" => self.month.to_string(),
            "mm" => format!("{:02}", self.month),
            "mmm" => month_name[..3].to_owned(),
            "mmmm" => month_name.to_owned(),
            "d" => self.day.to_string(),
            "dd" => format!("{:02}", self.day),
            "ddd" => DAYS[weekday][..3].to_owned(),
            "dddd" => DAYS[weekday].to_owned(),
            "aaa" => HAN_DAYS[weekday].to_owned(),
            "aaaa" => format!("星期{}", HAN_DAYS[weekday]),
            _ => return None,
        })
    }

    /// Hours, minutes or seconds, of the day or since the epoch.
    fn write_time(&self, letters: &str, has_half: bool) -> Option<String> {
        let hour = self.seconds / 3600;
        let hour = match has_half {
            true if hour.is_multiple_of(12) => 12,
            true => hour % 12,
            false => hour,
        };
        let minute = self.seconds / 60 % 60;
        // A millionth absorbs the error of the multiplication: 1.5 hours must not become 89 minutes.
        let elapsed = |unit: f64| format!("{}", (self.serial * unit + 1e-6).floor());
        Some(match letters {
            "m" => minute.to_string(),
            "mm" => format!("{minute:02}"),
            "h" => hour.to_string(),
            "hh" => format!("{hour:02}"),
            "s" => (self.seconds % 60).to_string(),
            "ss" => format!("{:02}", self.seconds % 60),
            "[h]" | "[hh]" => elapsed(24.0),
            "[m]" | "[mm]" => elapsed(1440.0),
            "[s]" | "[ss]" => elapsed(SECONDS),
            _ => return None,
        })
    }

    /// `2009-08-20`, with the time if there is one; only the time for a number below one.
    pub(super) fn iso(&self) -> String {
        let (hour, minute, second) = (
            self.seconds / 3600,
            self.seconds / 60 % 60,
            self.seconds % 60,
        );
        let day = format!("{:04}-{:02}-{:02}", self.year, self.month, self.day);
        let time = format!("{hour:02}:{minute:02}:{second:02}");
        match self.seconds {
            _ if self.serial < 1.0 => time,
            0 => day,
            _ => format!("{day} {time}"),
        }
    }
}

/// The day of a number in a sheet whose cell has lost its format: `44567` is 2022-01-06.
pub(in crate::source) fn iso_day(serial: u32) -> Option<String> {
    Moment::of(f64::from(serial), false).map(|moment| moment.iso())
}

/// Year, month and day of a number of days since 1 January 1970 (Hinnant, `civil_from_days`).
fn civil(days: i64) -> (i64, u8, u8) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 {
        shifted_month + 3
    } else {
        shifted_month - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (
        year,
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )
}

/// Names of the months.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
/// Names of the days of the week, Sunday first.
const DAYS: [&str; 7] = [
    "Sunday",
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
];
/// The same in Chinese.
const HAN_DAYS: [&str; 7] = ["日", "一", "二", "三", "四", "五", "六"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_both_epochs() {
        let iso = |serial, is_1904| Moment::of(serial, is_1904).map(|moment| moment.iso());
        assert_eq!(iso(44567.0, false).as_deref(), Some("2022-01-06"));
        assert_eq!(iso(43105.0, true).as_deref(), Some("2022-01-06"));
        assert_eq!(iso(1.0, false).as_deref(), Some("1900-01-01"));
        assert_eq!(iso(61.0, false).as_deref(), Some("1900-03-01"));
        assert_eq!(
            iso(40_180.127_824_07, false).as_deref(),
            Some("2010-01-02 03:04:04")
        );
        assert_eq!(iso(0.5, false).as_deref(), Some("12:00:00"));
        assert_eq!(iso(-1.0, false), None);
        assert_eq!(iso(f64::NAN, false), None);
    }

    #[test]
    fn letters_are_of_days_or_of_times() {
        // 1 March 2024, a Friday, 15:04:09.
        let moment = Moment::of(45_352.627_881_944, false).expect("a day");
        let written = |letters: &str| moment.write(letters, false, false);
        let cases = [
            ("yy", "24"),
            ("yyyy", "2024"),
            ("e", "2024"),
            ("m", "3"),
            ("mm", "03"),
            ("mmm", "Mar"),
            ("mmmm", "March"),
            ("d", "1"),
            ("dd", "01"),
            ("ddd", "Fri"),
            ("aaa", "五"),
            ("aaaa", "星期五"),
            ("h", "15"),
            ("hh", "15"),
            ("s", "9"),
            ("ss", "09"),
        ];
        for (letters, expected) in cases {
            assert_eq!(written(letters).as_deref(), Some(expected), "{letters}");
        }
        // Beside hours or seconds `m` is minutes; with a half day, hours are up to twelve.
        assert_eq!(moment.write("m", true, false).as_deref(), Some("4"));
        assert_eq!(moment.write("mm", true, false).as_deref(), Some("04"));
        assert_eq!(moment.write("h", false, true).as_deref(), Some("3"));
        for letters in ["", "mmmmm", "ddddd", "hhh", "sss", "[d]", "x"] {
            assert_eq!(written(letters), None, "{letters}");
        }
    }

    #[test]
    fn elapsed_time_is_counted_beyond_a_day() {
        let moment = Moment::of(1.0625, false).expect("a day");
        let elapsed =
            ["[h]", "[hh]", "[m]", "[s]"].map(|letters| moment.write(letters, false, false));
        let expected = ["25", "25", "1530", "91800"].map(|text| Some(text.to_owned()));
        assert_eq!(elapsed, expected);
    }
}
