//! The line under the title that states when a report was delivered or a statute adopted.

use super::Date;
use super::scan::{Found, find};
use crate::document::kind::of_title;
use crate::text::punctuation::DASHES;

/// The date of delivery or of coming into force, from a line above the body, which begins at `body_start`.
pub(super) fn delivery(head: &[&str], body_start: usize) -> Option<Date> {
    // Where line ends were lost, title, delivery and salutation share the line on which the body begins.
    let behind_title = || {
        let first = head.iter().take(body_start.saturating_add(1));
        first.take(6).find_map(|text| after_title(text))
    };
    // The line with the dash may also contain the salutation and more, where line ends were lost.
    let dashed = || head.iter().find_map(|text| after_dash(text));
    let above = &head[..body_start.min(head.len())];
    let stated = || {
        above
            .iter()
            .find_map(|text| in_brackets(text).or_else(|| at_meeting(text)))
    };
    // From the most specific form to the least: a dash line is written for the purpose, 施行 only says when a
    // statute applies.
    dashed()
        .or_else(stated)
        .or_else(behind_title)
        .or_else(|| in_force(above))
}

/// What a meeting or an authority does to a statute.
const ADOPTED: [&str; 10] = [
    "通过", "公布", "发布", "颁布", "批准", "印发", "修订", "修正", "修改", "废止",
];

/// The first and the last day on which, according to the lines above the body, which begins at `body_start`,
/// a statute was adopted or revised; `None` if they state none.
pub(super) fn adoption(head: &[&str], body_start: usize) -> Option<(Date, Date)> {
    let above = &head[..body_start.min(head.len())];
    let noted: Vec<Date> = above.iter().flat_map(|text| adopted(text)).collect();
    Some((*noted.iter().min()?, *noted.iter().max()?))
}

/// The days in a note on adoption: `1991年4月9日 某会议通过`, `（1991年…通过　根据2007年…《…》修正）`.
fn adopted(text: &str) -> Vec<Date> {
    // The longest notes list a dozen revisions; a longer line is a paragraph.
    const MAX_CHARS: usize = 1_000;
    let inside = text.trim_start_matches(['（', '(', '【', '[']);
    let Some(first) = leading(inside) else {
        return Vec::new();
    };
    let is_note = inside.len() < text.len()
        || text.chars().count() <= 150 && !text.ends_with('。') && names_body(text);
    if !is_note || text.chars().nth(MAX_CHARS).is_some() {
        return Vec::new();
    }
    let mut days = Vec::new();
    let mut rest = inside;
    while let Some(found) = find(rest) {
        let after = rest.char_indices().nth(found.place.end);
        let after = after.map_or("", |(at, _)| &rest[at..]);
        if found.date.day.is_some() && says_adopted(after) {
            days.push(found.date);
        }
        rest = after;
    }
    let is_noted = || ADOPTED.iter().any(|verb| text.contains(verb));
    // The verb may precede the date (`…修正案，2018年3月11日`); the first date is then the only safe one.
    if days.is_empty() && is_noted() {
        days.push(first.date);
    }
    days
}

/// Whether a note names a body that adopts statutes: without brackets it differs from a sentence by that.
fn names_body(text: &str) -> bool {
    const BODIES: [&str; 7] = ["会议", "令", "决定", "公告", "批准", "国务院", "委员会"];
    BODIES.iter().any(|word| text.contains(word))
}

/// Whether the text after a date says that the statute was adopted on it.
fn says_adopted(after: &str) -> bool {
    // The verb belongs to the date before it: 年 begins the next date, a semicolon the next clause.
    let clause = after.split(['年', '；', ';']).next().unwrap_or(after);
    let is_adopted = ADOPTED.iter().any(|verb| clause.contains(verb));
    // A statute that comes into force on a later day was adopted before.
    is_adopted && !clause.trim_start_matches('起').starts_with(['施', '实'])
}

/// `2020年5月1日 施行`, where no line states the adoption.
fn in_force(above: &[&str]) -> Option<Date> {
    above.iter().find_map(|text| {
        let found = leading(text)?;
        let is_note = text.chars().count() <= 150 && !text.ends_with('。');
        (is_note && ["施行", "实施"].iter().any(|verb| text.contains(verb))).then_some(found.date)
    })
}

/// `——1960年4月6日在…会议上`, also after the title on its line.
fn after_dash(text: &str) -> Option<Date> {
    let mut rest = text;
    while let Some(at) = rest.find(DASHES) {
        // A dash after a date introduces the end of a period.
        let is_period = rest[..at]
            .trim_end()
            .ends_with(|ch: char| ch.is_ascii_digit() || matches!(ch, '年' | '月' | '日'));
        rest = rest[at..].trim_start_matches(|ch| {
            DASHES.contains(&ch) || matches!(ch, ' ' | '\u{3000}' | '（' | '(')
        });
        // Sixty characters hold the longest date of several days with its 在.
        let head: String = rest.chars().take(60).collect();
        if let Some(found) = find(&head)
            .filter(|found| !is_period && found.place.start == 0 && found.date.month.is_some())
        {
            let tail: String = head.chars().skip(found.place.end).collect();
            // A delivery of several days continues with 至6日在 or 和22日在.
            let mut near = tail.chars().take(12);
            if tail.trim().is_empty() || near.any(|ch| matches!(ch, '在' | '于' | '）' | ')')) {
                return Some(found.date);
            }
        }
    }
    None
}

/// `（2016年3月5日）`, `（2024年）`, `（2016年3月5日在…会议上）`: a line in brackets that contains a date and at most a
/// meeting.
fn in_brackets(text: &str) -> Option<Date> {
    let inside = text.strip_prefix(['（', '('])?.strip_suffix(['）', ')'])?;
    let found = find(inside).filter(|found| found.place.start == 0)?;
    let rest: String = inside.chars().skip(found.place.end).collect();
    let is_meeting = rest.trim_start().starts_with(['在', '于']) && found.date.day.is_some();
    (rest.trim().is_empty() || is_meeting).then_some(found.date)
}

/// `某某大会上的讲话（2014年2月20日）`: a title followed by brackets with only a date.
fn after_title(text: &str) -> Option<Date> {
    let (title, rest) = text.split_once(['（', '('])?;
    let (inside, rest) = rest.split_once(['）', ')'])?;
    let found = leading(inside)?;
    // Brackets with more than a date belong to the title (`（2014年修订）`).
    let is_all = inside.chars().count() == found.place.end;
    let is_apart = rest.is_empty()
        || rest.starts_with(char::is_whitespace)
        || ["同志", "各位"]
            .iter()
            .any(|salutation| rest.starts_with(salutation));
    // The kind of document makes it a title; a clause may have a date in brackets as well.
    let is_title = !title.contains(['，', '。', ',']) && of_title(title).is_some();
    (is_all && is_apart && is_title).then_some(found.date)
}

/// `2009年3月5日在…会议上`.
fn at_meeting(text: &str) -> Option<Date> {
    let found = leading(text)?;
    let tail: String = text.chars().skip(found.place.end).collect();
    // A sentence of the text may begin with a meeting too; it ends with a full stop.
    let is_meeting =
        tail.trim_start().starts_with('在') && tail.contains('上') && !tail.contains('。');
    is_meeting.then_some(found.date)
}

/// The date, precise to the day, that `text` begins with.
fn leading(text: &str) -> Option<Found> {
    // The longest form, 中华民国一百一十三年十二月三十一日 with blanks between, fits.
    let head: String = text.chars().take(24).collect();
    find(&head).filter(|found| found.place.start == 0 && found.date.day.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(read: fn(&str) -> Option<Date>, texts: &[(&str, &str)]) {
        for (text, expected) in texts {
            let actual = read(text).map_or(String::new(), |date| date.to_string());
            assert_eq!(actual, *expected, "{text}");
        }
    }

    #[test]
    fn a_dash_before_a_date_introduces_it_unless_it_ends_a_period() {
        check(
            after_dash,
            &[
                ("——1960年4月6日在县人大会议上", "1960-04-06"),
                ("工作报告——2014年3月5日在会议上县长某某", "2014-03-05"),
                ("—— （2016年3月）", "2016-03"),
                ("－2016年3月5日至6日在某会议上", "2016-03-05"),
                ("——2016年3月5日", "2016-03-05"),
                ("2017年10月——2018年4月的工作", ""),
                ("——2016年总结", ""),
                ("——2016年3月5日某地发生的事情及其处理情况如下", ""),
                ("2016年3月5日在会议上", ""),
            ],
        );
    }

    #[test]
    fn brackets_hold_a_date_and_at_most_a_meeting() {
        check(
            in_brackets,
            &[
                ("（2016年3月5日）", "2016-03-05"),
                ("(2024年)", "2024"),
                ("（2016年3月5日在县人大会议上）", "2016-03-05"),
                ("（2024年在县人大会议上）", ""),
                ("（2024年修订）", ""),
                ("（自2024年3月1日）", ""),
                ("2016年3月5日", ""),
            ],
        );
        check(
            after_title,
            &[
                ("在全市大会上的讲话（2014年2月20日）", "2014-02-20"),
                ("在全市大会上的讲话（2014年2月20日） 同志们：", "2014-02-20"),
                ("在全市大会上的讲话（2014年2月20日）同志们：", "2014-02-20"),
                ("在全市大会上的讲话（2014年2月20日）提出要求", ""),
                ("某某办法（2014年修订）", ""),
                ("会上，某人的讲话（2014年2月20日）", ""),
                ("某地（2014年2月20日）", ""),
            ],
        );
    }

    #[test]
    fn a_meeting_is_named_without_ending_a_sentence() {
        check(
            at_meeting,
            &[
                ("2009年3月5日在全县工作会议上", "2009-03-05"),
                ("2009年3月5日 在全县工作会议上", "2009-03-05"),
                ("2009年3月5日在全县工作会议上强调要抓好落实。", ""),
                ("2009年3月5日全县工作会议上", ""),
                ("2009年3月在全县工作会议上", ""),
            ],
        );
    }

    #[test]
    fn notes_on_adoption_state_the_first_and_the_last_day() {
        let dates = |head: &[&str]| {
            adoption(head, head.len()).map(|(first, last)| (first.to_string(), last.to_string()))
        };
        let expected = |first: &str, last: &str| Some((first.to_owned(), last.to_owned()));
        let notes = [
            "1991年4月9日某会议通过",
            "根据2007年10月28日某会议决定修正",
            "（1991年4月9日通过 根据2012年8月31日《决定》修正 自2013年1月1日起施行）",
        ];
        assert_eq!(dates(&notes[..1]), expected("1991-04-09", "1991-04-09"));
        assert_eq!(dates(&notes[2..]), expected("1991-04-09", "2012-08-31"));
        // A line that does not begin with a date is no note.
        assert_eq!(dates(&notes[1..2]), None);
        assert_eq!(dates(&["1991年4月9日，某会议通过了决定。"]), None);
        // Below the start of the body nothing counts.
        assert_eq!(adoption(&notes, 0), None);
    }

    #[test]
    fn the_day_of_coming_into_force_is_the_last_resort() {
        assert_eq!(
            in_force(&["2020年5月1日 施行"]),
            Date::new(2020, Some(5), Some(1))
        );
        assert_eq!(in_force(&["2020年5月1日起施行。"]), None);
        let head = ["2020年5月1日 实施", "——2020年3月1日在某会议上"];
        assert_eq!(delivery(&head, 2), Date::new(2020, Some(3), Some(1)));
        assert_eq!(delivery(&head[..1], 1), Date::new(2020, Some(5), Some(1)));
        assert_eq!(delivery(&[], 0), None);
    }

    #[test]
    fn a_statute_is_adopted_on_the_day_before_the_verb() {
        let notes = [
            (" 某会议通过", true),
            ("公布", true),
            ("通过　根据2007年", true),
            // The verb belongs to the next date or clause.
            ("，2007年通过", false),
            ("起施行；2007年通过", false),
            ("起施行", false),
            ("", false),
        ];
        for (after, expected) in notes {
            assert_eq!(says_adopted(after), expected, "{after}");
        }
        assert!(names_body("1991年4月9日某会议通过") && !names_body("1991年4月9日通过"));
    }
}
