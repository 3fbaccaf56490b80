//! Selects which of the dates in a report is its own.
//!
//! In this order: the record's field; the line under the title that states when a report was delivered, or a
//! statute last adopted or revised; the signature; a field or a metadata line of the page; the title; the
//! document number; the file's name.

use super::delivery::{adoption, delivery};
use super::scan::{find, find_numeric, parse};
use super::signature::{metadata, signature};
use super::{Date, DateSource};
use crate::document::evidence::DocumentEvidence;
use crate::text::numerals::decimal;
use crate::text::punctuation::{DASHES, NUMBER_CLOSES, NUMBER_OPENS};

/// Non-blank lines from the top that are searched for delivery and metadata.
const HEAD_LINES: usize = 40;

/// The document's own date and where it was found; `None` if there is no evidence.
pub(in crate::document) fn of_document(
    evidence: &DocumentEvidence<'_>,
) -> Option<(Date, DateSource)> {
    let DocumentEvidence {
        title,
        texts,
        fields,
        given,
    } = *evidence;
    let record = given.date.as_deref().and_then(parse);
    let head = &texts[..texts.len().min(HEAD_LINES)];
    let start = body_start(texts);
    let adopted = adoption(head, start);
    record
        .map(|date| (date, DateSource::Record))
        // Before delivery: a note on adoption often has the form of one, and the last revision counts.
        .or_else(|| adopted.map(|(_, last)| revised(last, &given.file_stem)))
        .or_else(|| delivery(head, start).map(|date| (date, DateSource::Subtitle)))
        .or_else(|| signature(texts, start).map(|date| (date, DateSource::Signature)))
        .or_else(|| {
            // A field of the page is often the day of publication on the site, hence after the signature.
            let field = fields.date.as_deref().and_then(parse);
            field.map(|date| (date, DateSource::Metadata))
        })
        .or_else(|| metadata(texts, start.min(HEAD_LINES)).map(|date| (date, DateSource::Metadata)))
        .or_else(|| of_title(title).map(|date| (date, DateSource::Title)))
        .or_else(|| {
            // A document number has a year only, hence after every source with a day.
            number(title, &head[..start.min(head.len())])
                .map(|date| (date, DateSource::DocumentNumber))
        })
        .or_else(|| {
            let named = find_numeric(&given.file_stem).map(|found| found.date);
            // A year that the title has in a period is not the document's date in the file's name either.
            let is_period = |date: &Date| {
                date.month.is_none()
                    && title.contains(&date.year.to_string())
                    && of_title(title).is_none()
            };
            named
                .filter(|date| !is_period(date))
                .map(|date| (date, DateSource::FileName))
        })
}

/// The first adoption of a statute, if its page states later revisions as well.
pub(in crate::document) fn first_adopted(texts: &[&str]) -> Option<Date> {
    let head = &texts[..texts.len().min(HEAD_LINES)];
    adoption(head, body_start(texts)).map(|(first, _)| first)
}

/// The date of a statute that was last revised on `last` by its own notes. A later day in brackets at the end
/// of the file's name is that of a revision missing from the notes, or of the publication.
fn revised(last: Date, file_stem: &str) -> (Date, DateSource) {
    let name = file_stem.trim_end_matches([')', '）']);
    let bracket = name.rfind(['(', '（']).map_or("", |at| &name[at..]);
    let named = find_numeric(bracket).map(|found| found.date);
    match named.filter(|named| name.len() < file_stem.len() && named.day.is_some() && *named > last)
    {
        Some(named) => (named, DateSource::FileName),
        None => (last, DateSource::Subtitle),
    }
}

/// The date in a title, unless it ends or begins a period (`2022-2035年`, `2017-10——2018-04`).
fn of_title(title: &str) -> Option<Date> {
    // 一 and ─ are dashes in recognized and converted text.
    const TO: [char; 11] = ['-', '—', '–', '－', '―', '~', '～', '至', '到', '一', '─'];
    let found = find(title)?;
    let before: String = title.chars().take(found.place.start).collect();
    let after: String = title.chars().skip(found.place.end).collect();
    let ends_period = before.trim_end().ends_with(TO)
        && before
            .trim_end()
            .trim_end_matches(TO)
            .ends_with(|ch: char| ch.is_numeric() || ch == '年');
    let begins_period = after.trim_start().starts_with(TO)
        && after
            .trim_start()
            .trim_start_matches(TO)
            .starts_with(char::is_numeric);
    (!ends_period && !begins_period).then_some(found.date)
}

/// Where the body begins: its first heading or article, salutation, or paragraph that ends a sentence.
fn body_start(texts: &[&str]) -> usize {
    texts
        .iter()
        .position(|text| opens_body(text))
        .unwrap_or(texts.len())
}

fn opens_body(text: &str) -> bool {
    const OPENINGS: [&str; 8] = [
        "一、",
        "第一条",
        "第一章",
        "第一编",
        "第一部分",
        "（一）",
        "各位",
        "同志们",
    ];
    // Lengths separate a salutation or a title from a paragraph: 30 characters that end a sentence, or any 150.
    let n_chars = text.chars().count();
    let is_salutation = n_chars <= 30
        && text.ends_with(['：', ':'])
        // `2020年3月：` heads a chronicle and is no salutation.
        && !text.contains(|ch: char| ch.is_ascii_digit());
    OPENINGS.iter().any(|opening| text.starts_with(opening))
        || is_salutation && text.starts_with(['各', '全', '市', '县', '区', '省'])
        || (n_chars >= 30 && text.ends_with('。') && !starts_aside(text))
        || n_chars >= 150
}

/// Whether a line is an aside under the title, in brackets or after a dash.
fn starts_aside(text: &str) -> bool {
    text.starts_with(['（', '(']) || text.starts_with(DASHES)
}

/// The year of the document number in the title or on a line of its own: `国办发〔2005〕37号`.
fn number(title: &str, above: &[&str]) -> Option<Date> {
    // A longer line only cites a document number.
    let alone = above.iter().filter(|text| text.chars().count() <= 40);
    std::iter::once(&title)
        .chain(alone)
        .find_map(|text| year_of_number(text))
}

fn year_of_number(text: &str) -> Option<Date> {
    let (_, rest) = text.split_once(NUMBER_OPENS)?;
    let (year, rest) = rest.split_once(NUMBER_CLOSES)?;
    let is_year = year.chars().count() == 4
        && rest
            .split_once('号')
            .is_some_and(|(serial, _)| is_serial(serial));
    // Brackets with four digits are a document number only with a serial number and 号 after them (GB/T
    // 9704-2012, 7.2.5).
    is_year.then(|| parse(year)).flatten()
}

fn is_serial(text: &str) -> bool {
    let digits = text.trim().trim_start_matches('第');
    !digits.is_empty() && digits.chars().all(|ch| decimal(ch).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::document::SourceMetadata;
    use crate::document::metadata::Fields;

    const BODY: &str = "各单位要高度重视，认真组织，把各项任务落到实处，确保取得成效，为全年目标任务的完成打下基础。";

    #[track_caller]
    fn check(title: &str, text: &str, expected: Option<(&str, DateSource)>) {
        let texts: Vec<&str> = text.lines().map(str::trim).collect();
        let given = SourceMetadata {
            file_stem: "某办法(2019-06-29)".to_owned(),
            ..SourceMetadata::default()
        };
        let actual = of_document(&DocumentEvidence {
            title,
            texts: &texts,
            fields: &Fields::default(),
            given: &given,
        });
        let actual = actual.map(|(date, source)| (date.to_string(), source));
        assert_eq!(
            actual,
            expected.map(|(date, source)| (date.to_owned(), source))
        );
    }

    #[test]
    fn delivery_comes_before_the_page_s_date() {
        use DateSource::*;
        let page = "2006年02月27日　来源：某网\n工作报告\n";
        check(
            "",
            &format!("{page}——1960年4月6日在县人大会议上\n各位代表：\n{BODY}"),
            Some(("1960-04-06", Subtitle)),
        );
        check(
            "",
            &format!("{page}（2016年3月5日）\n{BODY}"),
            Some(("2016-03-05", Subtitle)),
        );
        check(
            "",
            &format!("2009年3月5日在全县工作会议上\n{BODY}"),
            Some(("2009-03-05", Subtitle)),
        );
        check(
            "",
            &format!("报告——2014年3月5日在会议上县长某某各位代表：{BODY}"),
            Some(("2014-03-05", Subtitle)),
        );
        check(
            "",
            "1991年4月9日 某会议通过\n2023年9月1日 某会议修正\n第一条 甲",
            Some(("2023-09-01", Subtitle)),
        );
        check(
            "",
            "（1991年4月9日某会议通过　根据2007年10月28日某会议《关于修改某法的决定》修正）\n第一条 甲",
            Some(("2019-06-29", FileName)),
        );
        check(
            "总结",
            &format!("（2024年）\n{BODY}"),
            Some(("2024", Subtitle)),
        );
        check(
            "要闻",
            &format!("（1883年3月14日，某人在某地逝世\n{BODY}"),
            Some(("2019-06-29", FileName)),
        );
        check(
            "",
            "2020年5月1日 施行\n2020年3月1日 某会议通过\n第一条 甲",
            Some(("2020-03-01", Subtitle)),
        );
        check("", &format!("{page}{BODY}"), Some(("2006-02-27", Metadata)));
    }

    #[test]
    fn delivery_after_the_title() {
        let line = format!(
            "在全市大会上的讲话（2014年2月20日） 同志们：{}",
            BODY.repeat(4)
        );
        check("", &line, Some(("2014-02-20", DateSource::Subtitle)));
        let quoting = format!("根据《某某办法》（2014年2月20日）的要求，{BODY}");
        check("", &quoting, Some(("2019-06-29", DateSource::FileName)));
        let under_issuer = format!("某某报告\n某某委员会\n2013年7月\n{BODY}");
        check("", &under_issuer, Some(("2013-07", DateSource::Metadata)));
    }

    #[test]
    fn signatures() {
        use DateSource::*;
        check(
            "",
            &format!("{BODY}\n某县人民政府办公室\n二○○五年七月九日\n附件：名单\n{BODY}\n{BODY}"),
            Some(("2005-07-09", Signature)),
        );
        check(
            "",
            &format!("{BODY}\n某县教育局 2009年8月20日"),
            Some(("2009-08-20", Signature)),
        );
        check(
            "",
            &format!("{BODY}\n（2009年8月）\n责任编辑：某某"),
            Some(("2009-08", Signature)),
        );
        let chronicle = format!("{BODY}\n2009年8月20日\n{BODY}\n2009年9月1日\n{BODY}");
        check("", &chronicle, Some(("2019-06-29", FileName)));
    }

    #[test]
    fn metadata_titles_and_other_sources() {
        use DateSource::*;
        check(
            "",
            &format!("总结\n时间:2022-09-01 06:12:00\n{BODY}"),
            Some(("2022-09-01", Metadata)),
        );
        check(
            "",
            &format!("時　　間　中華民國101年3月22日（星期四）上午9時\n{BODY}"),
            Some(("2012-03-22", Metadata)),
        );
        check(
            "",
            &format!("要闻\n2026-02-03 09:02:33\n{BODY}"),
            Some(("2026-02-03", Metadata)),
        );
        check("2009年度工作总结", BODY, Some(("2009", Title)));
        check(
            "规划纲要（2022-2035年）",
            BODY,
            Some(("2019-06-29", FileName)),
        );
        check(
            "会议纪要",
            &format!("会议时间\t2020年 4 月 30 日\n{BODY}"),
            Some(("2020-04-30", Metadata)),
        );
        check(
            "申请书",
            &format!("{BODY}\n申请人：某某\n日期：2020 年 4 月 30 日"),
            Some(("2020-04-30", Metadata)),
        );
        check(
            "某某的意见",
            &format!("某政办发〔2005〕37号\n{BODY}"),
            Some(("2005", DocumentNumber)),
        );
        check(
            "总结",
            &format!("{BODY}\n会议时间：2009年3月5日上午。"),
            Some(("2019-06-29", FileName)),
        );
    }
}
