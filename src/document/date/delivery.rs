//! The line under the title that states when a report was delivered or a statute adopted.

use super::Date;
use super::scan::{Found, find};
use crate::document::kind::of_title;

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
    // Without brackets, a note differs from a sentence by the body that adopted the statute.
    const BODIES: [&str; 7] = ["会议", "令", "决定", "公告", "批准", "国务院", "委员会"];
    let names_body = || BODIES.iter().any(|word| text.contains(word));
    let is_note = inside.len() < text.len()
        || text.chars().count() <= 150 && !text.ends_with('。') && names_body();
    if !is_note || text.chars().nth(MAX_CHARS).is_some() {
        return Vec::new();
    }
    let mut days = Vec::new();
    let mut rest = inside;
    while let Some(found) = find(rest) {
        let after = rest
            .char_indices()
            .nth(found.place.end)
            .map_or("", |(at, _)| &rest[at..]);
        // The verb belongs to the date before it: 年 begins the next date, a semicolon the next clause.
        let clause = after.split(['年', '；', ';']).next().unwrap_or(after);
        let is_adopted = ADOPTED.iter().any(|verb| clause.contains(verb));
        // A statute that comes into force on a later day was adopted before.
        let is_force = clause.trim_start_matches('起').starts_with(['施', '实']);
        if found.date.day.is_some() && is_adopted && !is_force {
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
    while let Some(at) = rest.find(['—', '―', '─', '–', '-', '－', '━']) {
        // A dash after a date introduces the end of a period.
        let is_period = rest[..at]
            .trim_end()
            .ends_with(|ch: char| ch.is_ascii_digit() || matches!(ch, '年' | '月' | '日'));
        rest = rest[at..].trim_start_matches([
            '—', '―', '─', '–', '-', '－', '━', ' ', '\u{3000}', '（', '(',
        ]);
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
