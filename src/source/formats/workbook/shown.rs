//! Numbers as a sheet displays them, by the code of their format (ECMA-376 18.8.31): `8.5%`, `12,345.67`,
//! `2021年3月12日`.

use super::calendar::Moment;

/// `value` as displayed in a cell with the format `code`; like [`general`] where the code is unknown.
pub(super) fn shown(value: f64, code: &str, is_1904: bool) -> String {
    let sections = sections(code);
    let is_own = |ord: usize| sections.len() > ord;
    // A section of its own for negative numbers writes the sign itself, hence the absolute value.
    let (section, value) = match () {
        () if value < 0.0 && is_own(1) => (&sections[1], -value),
        () if value == 0.0 && is_own(2) => (&sections[2], value),
        () => (&sections[0], value),
    };
    if section.is_date() {
        return Moment::of(value, is_1904)
            .and_then(|moment| section.date(&moment))
            .unwrap_or_else(|| general(value));
    }
    section.number(value).unwrap_or_else(|| general(value))
}

/// Whole numbers up to this one are exact to the last digit.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A number without a format: whole ones in full, others with at most fifteen digits, as a sheet keeps them.
pub(super) fn general(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let size = value.abs();
    if value.fract() == 0.0 && size <= EXACT {
        // Adding 0.0 turns −0 into 0.
        return format!("{:.0}", value + 0.0);
    }
    // Beyond these sizes a sheet switches to scientific notation too.
    if size != 0.0 && !(1e-9..1e21).contains(&size) {
        return format!("{:E}", rounded(value));
    }
    rounded(value).to_string()
}

/// `value` with fifteen digits, which hides the error of binary fractions.
fn rounded(value: f64) -> f64 {
    let Some((digits, exponent)) = fifteen(value) else {
        return value;
    };
    let sign = if value < 0.0 { "-" } else { "" };
    let digits: String = digits
        .iter()
        .map(|&digit| char::from(b'0' + digit))
        .collect();
    let (first, rest) = digits.split_at(1);
    format!("{sign}{first}.{rest}e{exponent}")
        .parse()
        .unwrap_or(value)
}

/// The first fifteen digits of `value` without its sign, rounded half up like a sheet, and the power of ten
/// of the first one.
fn fifteen(value: f64) -> Option<(Vec<u8>, i32)> {
    const N_DIGITS: usize = 15;
    let shortest = format!("{:e}", value.abs());
    let (mantissa, exponent) = shortest.split_once('e')?;
    let mut exponent: i32 = exponent.parse().ok()?;
    let digits = mantissa.bytes().filter(u8::is_ascii_digit);
    let mut digits: Vec<u8> = digits.map(|digit| digit - b'0').collect();
    let rounds_up = digits.get(N_DIGITS).is_some_and(|&digit| digit >= 5);
    digits.resize(N_DIGITS, 0);
    if rounds_up && round_up(&mut digits) {
        digits.insert(0, 1);
        digits.truncate(N_DIGITS);
        exponent += 1;
    }
    Some((digits, exponent))
}

/// Adds one to the last of the digits; returns whether a one must precede them.
fn round_up(digits: &mut [u8]) -> bool {
    for digit in digits.iter_mut().rev() {
        *digit += 1;
        if *digit < 10 {
            return false;
        }
        *digit = 0;
    }
    true
}

/// A piece of a format.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    /// Text as it is.
    Literal(String),
    /// The place of a digit: `0`, or `#` and `?` for a digit that is omitted if it is a leading or trailing
    /// zero.
    Digit(bool),
    Point,
    Comma,
    Percent,
    Exponent,
    /// Letters of a date, in lower case: `yyyy`, `m`, `[h]`.
    Date(String),
    /// `AM/PM` or `上午/下午`.
    HalfDay(&'static str, &'static str),
    General,
}

/// The format of positive numbers, of negative numbers, or of zero.
#[derive(Clone, Debug, Default)]
struct Section(Vec<Piece>);

fn sections(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut rest = code;
    while let Some(ch) = rest.chars().next() {
        if ch == ';' {
            sections.push(Section::default());
            rest = &rest[1..];
            continue;
        }
        let (piece, len) = piece(rest, ch);
        let last = sections.len() - 1;
        sections[last].0.extend(piece);
        rest = &rest[len.min(rest.len())..];
    }
    sections
}

/// The piece that `rest` begins with, and its length in bytes.
fn piece(rest: &str, ch: char) -> (Option<Piece>, usize) {
    if let Some((piece, len)) = keyword(rest) {
        return (Some(piece), len);
    }
    let second = rest.chars().nth(1).map_or(0, char::len_utf8);
    let literal = |text: &str| Some(Piece::Literal(text.to_owned()));
    match ch {
        '"' => {
            let inside = &rest[1..];
            // An unclosed quotation ends with the code.
            let len = inside.find('"').unwrap_or(inside.len());
            (literal(&inside[..len]), len + 2)
        }
        '\\' => (literal(&rest[1..1 + second]), 1 + second),
        // A blank as wide as a character, and a character that fills the cell.
        '_' => (literal(" "), 1 + second),
        '*' => (None, 1 + second),
        '[' => bracket(rest),
        _ => match mark(rest, ch) {
            Some((piece, len)) => (Some(piece), len),
            None => (literal(&rest[..ch.len_utf8()]), ch.len_utf8()),
        },
    }
}

/// A word of formats that `rest` begins with.
fn keyword(rest: &str) -> Option<(Piece, usize)> {
    // Longest mark first, as `A/P` is a part of none of the others but `a` is a letter of dates.
    let words = [
        ("AM/PM", Piece::HalfDay("AM", "PM")),
        ("A/P", Piece::HalfDay("A", "P")),
        ("上午/下午", Piece::HalfDay("上午", "下午")),
        ("General", Piece::General),
    ];
    let begins = |word: &str| {
        let start = rest.get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    let found = words.into_iter().find(|(word, _)| begins(word));
    found.map(|(word, piece)| (piece, word.len()))
}

/// A place of a digit, a sign of numbers, or letters of a date that `rest` begins with.
fn mark(rest: &str, ch: char) -> Option<(Piece, usize)> {
    let piece = match ch {
        '0' => Piece::Digit(true),
        '#' | '?' => Piece::Digit(false),
        '.' => Piece::Point,
        ',' => Piece::Comma,
        '%' => Piece::Percent,
        // `E+` is an exponent, `e` alone a year.
        'E' | 'e' if matches!(rest.as_bytes().get(1), Some(b'+' | b'-')) => {
            return Some((Piece::Exponent, 2));
        }
        'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'a' | 'A' | 'e' | 'E' => {
            let run = rest
                .chars()
                .take_while(|next| next.eq_ignore_ascii_case(&ch))
                .count();
            return Some((Piece::Date(rest[..run].to_ascii_lowercase()), run));
        }
        _ => return None,
    };
    Some((piece, 1))
}

/// `[h]` counts elapsed hours, `[$¥-804]` is a currency; colours, conditions and languages display nothing.
fn bracket(rest: &str) -> (Option<Piece>, usize) {
    let Some(end) = rest.find(']') else {
        return (None, rest.len());
    };
    let inside = &rest[1..end];
    let lower = inside.to_ascii_lowercase();
    let is_elapsed = matches!(&*lower, "h" | "hh" | "m" | "mm" | "s" | "ss");
    let piece = match inside.strip_prefix('$') {
        Some(currency) => {
            let sign = currency.split('-').next().unwrap_or_default();
            (!sign.is_empty()).then(|| Piece::Literal(sign.to_owned()))
        }
        None => is_elapsed.then(|| Piece::Date(format!("[{lower}]"))),
    };
    (piece, end + 1)
}

impl Section {
    fn is_date(&self) -> bool {
        let is_date = |piece: &Piece| matches!(piece, Piece::Date(_) | Piece::HalfDay(..));
        self.0.iter().any(is_date)
    }

    fn date(&self, moment: &Moment) -> Option<String> {
        let has_half = self
            .0
            .iter()
            .any(|piece| matches!(piece, Piece::HalfDay(..)));
        let mut out = String::new();
        // Whether the letters before were hours, which makes `m` minutes; so do seconds after it.
        let mut after_hours = false;
        for (ord, piece) in self.0.iter().enumerate() {
            match piece {
                Piece::Date(letters) => {
                    let is_minutes = after_hours || self.has_seconds_next(ord);
                    out.push_str(&moment.write(letters, is_minutes, has_half)?);
                    after_hours = letters.contains('h');
                }
                Piece::HalfDay(am, pm) => out.push_str(if moment.is_afternoon() { pm } else { am }),
                Piece::Literal(text) => out.push_str(text),
                // Fractions of a second.
                Piece::Point | Piece::Digit(_) => {}
                Piece::Comma => out.push(','),
                Piece::Percent | Piece::Exponent | Piece::General => return None,
            }
        }
        Some(out.trim().to_owned())
    }

    /// Whether the letters of a date that follow the piece `ord` are those of seconds.
    fn has_seconds_next(&self, ord: usize) -> bool {
        let letters = self.0[ord + 1..].iter().find_map(|next| match next {
            Piece::Date(letters) => Some(letters),
            _ => None,
        });
        letters.is_some_and(|letters| letters.contains('s'))
    }

    fn number(&self, value: f64) -> Option<String> {
        let pieces = &self.0;
        let is_place = |piece: &Piece| matches!(piece, Piece::Digit(_) | Piece::General);
        let Some(first) = pieces.iter().position(is_place) else {
            return self.only_text();
        };
        let last = pieces
            .iter()
            .rposition(|piece| !matches!(piece, Piece::Literal(_) | Piece::Percent))?;
        let is_percent = |piece: &&Piece| **piece == Piece::Percent;
        let n_percents = pieces.iter().filter(is_percent).count();
        // Each percent sign multiplies by a hundred.
        let scaled = (0..n_percents).fold(value, |value, _| value * 100.0);
        let digits = digits(scaled, &pieces[first..=last])?;
        // A number that rounds to zero has no sign.
        let is_nonzero = digits.contains(|ch: char| ('1'..='9').contains(&ch));
        let has_sign = value < 0.0 && !digits.starts_with('-') && is_nonzero;
        let sign = if has_sign { "-" } else { "" };
        let before = self.literals(&pieces[..first]);
        let after = self.literals(&pieces[last + 1..]);
        // Omitted places of digits display nothing for a zero.
        let text = format!("{sign}{before}{digits}{after}").trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// The text of a format without digits, such as `"—"` for zero; `None` for `@` and an empty section, which
    /// display the number itself.
    fn only_text(&self) -> Option<String> {
        let texts: String = self.literals(&self.0);
        let text = texts.trim();
        (!text.is_empty() && text != "@").then(|| text.to_owned())
    }

    /// The text of pieces that are not digits.
    fn literals(&self, pieces: &[Piece]) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Literal(text) => text.clone(),
            Piece::Percent => "%".to_owned(),
            _ => String::new(),
        };
        pieces.iter().map(text).collect()
    }
}

/// The digits of a number by the pieces between its first place and its last.
fn digits(value: f64, body: &[Piece]) -> Option<String> {
    if body.contains(&Piece::General) {
        Some(general(value))
    } else if body.contains(&Piece::Exponent) {
        scientific(value, body)
    } else {
        decimal(value, body)
    }
}

/// A number written by places of digits, without its sign.
fn decimal(value: f64, body: &[Piece]) -> Option<String> {
    let places = Places::of(body)?;
    let scaled = (0..places.n_thousands).fold(value, |value, _| value / 1000.0);
    let (whole, mut fraction) = rounded_at(scaled.abs(), places.n_most)?;
    while fraction.len() > places.n_least && fraction.ends_with('0') {
        fraction.pop();
    }
    let n_whole = places.n_whole;
    let whole = format!("{whole:0>n_whole$}");
    // `#.##` displays 0.5 as `.5`.
    let whole = if n_whole == 0 && whole == "0" {
        String::new()
    } else {
        whole
    };
    let whole = if places.is_grouped {
        grouped(&whole)
    } else {
        whole
    };
    Some(match fraction.is_empty() {
        true => whole,
        false => format!("{whole}.{fraction}"),
    })
}

/// How many digits a format has, and where.
struct Places {
    /// Minimum number of digits before the point.
    n_whole: usize,
    /// Maximum and minimum number of digits after it.
    n_most: usize,
    n_least: usize,
    /// Number of divisions by a thousand.
    n_thousands: usize,
    /// Whether thousands are separated.
    is_grouped: bool,
}

impl Places {
    /// Those of a format that has nothing but digits, a point and commas.
    fn of(body: &[Piece]) -> Option<Self> {
        let is_digit = |piece: &&Piece| matches!(piece, Piece::Digit(_));
        let is_plain = |piece: &Piece| matches!(piece, Piece::Point | Piece::Comma);
        if !body.iter().all(|piece| is_digit(&piece) || is_plain(piece)) {
            return None;
        }
        let point = body.iter().position(|piece| *piece == Piece::Point);
        let (whole, fraction) = body.split_at(point.unwrap_or(body.len()));
        let n_required = |part: &[Piece]| {
            let required = part.iter().filter(|piece| **piece == Piece::Digit(true));
            required.count()
        };
        // Commas after the last place divide by a thousand each, one between places separates thousands.
        let is_comma = |piece: &&Piece| **piece == Piece::Comma;
        let last_digit = whole.iter().rposition(|piece| is_digit(&piece));
        Some(Self {
            n_whole: n_required(whole),
            n_most: fraction.iter().filter(is_digit).count(),
            n_least: n_required(fraction),
            n_thousands: body.iter().rev().take_while(is_comma).count(),
            is_grouped: last_digit.is_some_and(|last| whole[..last].contains(&Piece::Comma)),
        })
    }
}

/// The digits before and after the point of a number rounded to `n_digits`, half up like a sheet: the fifteen
/// digits that the sheet keeps decide, not the binary fraction.
fn rounded_at(value: f64, n_digits: usize) -> Option<(String, String)> {
    if !value.is_finite() || value >= 1e300 {
        return None;
    }
    let (mut all, point) = places_around(fifteen(value)?);
    // More places than this are zeros.
    let n_digits = n_digits.min(60);
    let n_kept = point + n_digits;
    let rounds_up = all.get(n_kept).is_some_and(|&digit| digit >= 5);
    all.resize(n_kept, 0);
    if rounds_up {
        round_up(&mut all);
    }
    let text: String = all.iter().map(|&digit| char::from(b'0' + digit)).collect();
    let (whole, fraction) = text.split_at(point);
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some((whole.to_owned(), fraction.to_owned()))
}

/// Digits after a zero that a carry may fill, and the position of the point among them.
fn places_around((digits, exponent): (Vec<u8>, i32)) -> (Vec<u8>, usize) {
    let mut all = vec![0];
    let point = match usize::try_from(exponent) {
        Ok(exponent) => exponent + 2,
        Err(_) => {
            // The smallest number has 323 zeros after the point.
            let n_zeros = usize::try_from(-exponent).unwrap_or(0).min(400);
            all.extend(std::iter::repeat_n(0, n_zeros));
            2
        }
    };
    all.extend(digits);
    (all, point)
}

fn grouped(whole: &str) -> String {
    let mut out = String::new();
    for (ord, ch) in whole.chars().enumerate() {
        if ord > 0 && (whole.len() - ord).is_multiple_of(3) {
            out.push(',');
        }
        out.push(ch);
    }
    out
}

/// `1.23E+04`
fn scientific(value: f64, body: &[Piece]) -> Option<String> {
    let point = body.iter().position(|piece| *piece == Piece::Point);
    let mark = body.iter().position(|piece| *piece == Piece::Exponent)?;
    let n_digits = point
        .map_or(0, |point| mark.saturating_sub(point + 1))
        .min(20);
    let text = format!("{:.n_digits$e}", rounded(value.abs()));
    let (mantissa, exponent) = text.split_once('e')?;
    let exponent: i32 = exponent.parse().ok()?;
    let sign = if exponent < 0 { '-' } else { '+' };
    Some(format!("{mantissa}E{sign}{:02}", exponent.abs()))
}

/// The code of a built-in format, by its number (ECMA-376 18.8.30, with the forms of Chinese editions);
/// `None` for others.
pub(super) fn built_in(id: u32) -> Option<&'static str> {
    let known = BUILT_IN.iter().find(|(ids, _)| ids.contains(&id));
    known.map(|(_, code)| *code)
}

const BUILT_IN: [(&[u32], &str); 35] = [
    (&[0], "General"),
    (&[1], "0"),
    (&[2], "0.00"),
    (&[3], "#,##0"),
    (&[4], "#,##0.00"),
    (&[5, 6], "¥#,##0;¥-#,##0"),
    (&[7, 8], "¥#,##0.00;¥-#,##0.00"),
    (&[9], "0%"),
    (&[10], "0.00%"),
    (&[11], "0.00E+00"),
    (&[14], "yyyy/m/d"),
    (&[15], "d-mmm-yy"),
    (&[16], "d-mmm"),
    (&[17], "mmm-yy"),
    (&[18], "h:mm AM/PM"),
    (&[19], "h:mm:ss AM/PM"),
    (&[20], "h:mm"),
    (&[21], "h:mm:ss"),
    (&[22], "yyyy/m/d h:mm"),
    (&[27, 36, 50, 52, 57], "yyyy\"年\"m\"月\""),
    (&[28, 29, 51, 53, 54, 58], "m\"月\"d\"日\""),
    (&[30], "m-d-yy"),
    (&[31], "yyyy\"年\"m\"月\"d\"日\""),
    (&[32], "h\"时\"mm\"分\""),
    (&[33], "h\"时\"mm\"分\"ss\"秒\""),
    (&[34, 55], "上午/下午h\"时\"mm\"分\""),
    (&[35, 56], "上午/下午h\"时\"mm\"分\"ss\"秒\""),
    (&[37, 38], "#,##0;-#,##0"),
    (&[39, 40], "#,##0.00;-#,##0.00"),
    (&[41, 42], "#,##0"),
    (&[43, 44], "#,##0.00"),
    (&[45, 47], "mm:ss"),
    (&[46], "[h]:mm:ss"),
    (&[48], "0.0E+0"),
    (&[49], "@"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(code: &str, expected: &[(f64, &str)]) {
        for (value, text) in expected {
            assert_eq!(shown(*value, code, false), *text, "{code}");
        }
    }

    #[test]
    fn numbers_as_shown() {
        check("0.0%", &[(0.085, "8.5%"), (-0.5, "-50.0%")]);
        check("0%", &[(0.085, "9%"), (1.0, "100%")]);
        check(
            "#,##0.00",
            &[
                (12345.67, "12,345.67"),
                (0.5, "0.50"),
                (-1234567.0, "-1,234,567.00"),
                (2.675, "2.68"),
                (999.995, "1,000.00"),
                (1.005, "1.01"),
            ],
        );
        check(
            "#,##0_);(#,##0)",
            &[(-1200.0, "(1,200)"), (1200.0, "1,200")],
        );
        check(
            "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"??_ ;_ @_ ",
            &[(1234.5, "1,234.50"), (0.0, "-"), (-2.0, "-2.00")],
        );
        check("[$¥-804]#,##0.0", &[(1234.56, "¥1,234.6")]);
        check("0.00E+00", &[(12345.0, "1.23E+04")]);
        check("000000", &[(310.0, "000310")]);
        check("0.0,\"千\"", &[(12345.0, "12.3千")]);
        check("#.##", &[(0.5, ".5"), (3.0, "3")]);
        check(
            "General",
            &[
                (0.1 + 0.2, "0.3"),
                (44567.0, "44567"),
                (3.2010219900101e14, "320102199001010"),
                (1_500_000_000_000_001.0, "1500000000000001"),
                (0.4285714285714285, "0.428571428571429"),
                (1e22, "1E22"),
                (-0.0, "0"),
            ],
        );
        check("@", &[(5.0, "5")]);
    }

    #[test]
    fn days_and_times_as_shown() {
        check(
            "yyyy-mm-dd",
            &[(44267.0, "2021-03-12"), (44567.0, "2022-01-06")],
        );
        check("yyyy\"年\"m\"月\"d\"日\";@", &[(44267.0, "2021年3月12日")]);
        check(
            "[$-804]yyyy/m/d h:mm:ss",
            &[(45021.354166666664, "2023/4/5 8:30:00")],
        );
        check("h:mm AM/PM", &[(0.75, "6:00 PM")]);
        check("[h]:mm", &[(1.5, "36:00")]);
        check("mm:ss", &[(0.5 + 61.0 / 86400.0, "01:01")]);
        check("yyyy\\-mm\\-dd\\ aaaa", &[(44267.0, "2021-03-12 星期五")]);
    }

    #[test]
    fn malformed_codes_are_tolerated() {
        for code in [
            "", ";", "\"", "[", "\\", "_", "*", "0E+", ".", ",", "%", "[$", "年0月", "yyyy年",
        ] {
            shown(1.5, code, false);
            shown(-1.5, code, true);
            shown(f64::NAN, code, false);
            shown(1e300, code, false);
        }
    }
}
