//! The issuing body of a document, where the text states it.

use super::blank::{is_blank, squeeze};
use super::body_name::MAX_NAME;
pub use super::body_name::is_body_name;
use super::evidence::DocumentEvidence;
use super::{date, front, kind};

/// The issuing body: the record's field, else a field of the page or a labelled line (`发文机关：…`), else the
/// signature above or before the date, the red head, the opening of the title (`某县人民政府关于…`), a note on
/// adoption, the government and congress of a work report, a cover, the words before the kind of document in
/// the title (`某县水利局权责清单`), the site that published it; `None` without evidence. Several bodies are joined by
/// `、`.
pub(super) fn of_document(evidence: &DocumentEvidence<'_>) -> Option<String> {
    let texts = evidence.texts;
    evidence
        .given
        .issuer
        .clone()
        .filter(|name| !is_nothing(name))
        .or_else(|| evidence.fields.issuer.clone())
        .or_else(|| texts.iter().take(HEAD).find_map(|text| labelled(text)))
        .or_else(|| signature(texts))
        .or_else(|| red_head(texts))
        .or_else(|| of_title(evidence.title))
        .or_else(|| texts.iter().take(HEAD).find_map(|text| adopting(text)))
        .or_else(|| reporting(evidence.title, texts))
        .or_else(|| on_cover(texts))
        .or_else(|| leading(evidence.title))
        .or_else(|| evidence.fields.publisher.clone())
}

/// Lines from the top that are searched for an issuer.
const HEAD: usize = 30;

/// Placeholders for an empty field.
fn is_nothing(name: &str) -> bool {
    matches!(
        &*squeeze(name),
        "" | "无" | "暂无" | "空" | "不详" | "-" | "/"
    )
}

fn labelled(text: &str) -> Option<String> {
    const LABELS: [&str; 5] = ["发文机关", "发文单位", "发文机构", "制定机关", "印发机关"];
    let (label, name) = text.split_once(['：', ':', '\t'])?;
    let label: String = label.chars().filter(|ch| ch.is_alphanumeric()).collect();
    let name = name.trim();
    let is_name = (2..=MAX_NAME).contains(&name.chars().count())
        && !name.contains(['。', '：', ':', '\t'])
        && !is_nothing(name);
    (LABELS.contains(&&*label) && is_name).then(|| name.to_owned())
}

/// The names above the first line that is only a date, or before that date on its line.
fn signature(texts: &[&str]) -> Option<String> {
    // Bytes, as the cheaper bound: a signature with eight bodies and a date stays below 100 Han characters.
    let is_short = |ord: &usize| texts[*ord].len() <= 300;
    (1..texts.len()).filter(is_short).find_map(|ord| {
        let text = texts[ord].trim_matches(['（', '）', '(', ')']);
        // A year alone closes a title as often as a signature.
        let found = date::find(text).filter(|found| found.date.month.is_some())?;
        let is_last = text.chars().skip(found.place.end).all(char::is_whitespace);
        if !is_last {
            return None;
        }
        let before: String = text.chars().take(found.place.start).collect();
        if !before.trim().is_empty() {
            return signed(&before);
        }
        // Several bodies sign one below the other.
        let above = texts[..ord].iter().rev().map_while(|text| signed(text));
        let mut names: Vec<String> = above.take(MAX_ISSUERS).collect();
        names.reverse();
        (!names.is_empty()).then(|| names.join("、"))
    })
}

/// Maximum number of bodies that issue a document together.
const MAX_ISSUERS: usize = 8;

/// The name in a signature line; blanks between several become `、`.
fn signed(text: &str) -> Option<String> {
    const CLOSINGS: [&str; 6] = ["谨上", "謹上", "敬上", "（章）", "（印）", "（盖章）"];
    let name = CLOSINGS
        .iter()
        .fold(text.trim(), |name, closing| name.trim_end_matches(closing));
    let name = name.trim_end();
    is_body_name(name).then(|| joined(name)).flatten()
}

/// The bodies of one line, with `、` where only blanks separate them; `None` if other words lie between.
fn joined(line: &str) -> Option<String> {
    let names: Vec<&str> = line
        .split(is_blank)
        .filter(|name| !name.is_empty())
        .collect();
    let are_names = names.iter().all(|name| is_body_name(name));
    are_names.then(|| names.join("、"))
}

/// The bodies of a red head: `某县人民政府文件`, or one below the other above 文件.
fn red_head(texts: &[&str]) -> Option<String> {
    const DEPTH: usize = 12;
    let mut starts = 0..texts.len().min(DEPTH);
    let head = starts.find_map(|at| Some(&texts[at..at + front::red_head(&texts[at..])?]))?;
    let (last, above) = head.split_last()?;
    let own = last.trim_end().trim_end_matches("文件");
    // 文件 is printed beside the bodies, and in the file it may precede the last of them.
    let own = own.trim_start_matches("文件");
    let names = above.iter().copied().chain([own]).filter_map(signed);
    let names: Vec<String> = names.collect();
    (!names.is_empty()).then(|| names.join("、"))
}

/// The body at the start of a title: before 关于 or 印发, before a year, or before an activity of the body
/// (`某局工作总结`).
fn of_title(title: &str) -> Option<String> {
    let title = front::without_number(title);
    let before = |word: &str| title.split_once(word).map(|(name, _)| name);
    let stated = before("关于").or_else(|| before("印发"));
    if let Some(name) = stated.map(str::trim).filter(|name| is_body_name(name)) {
        return joined(name);
    }
    let ends = title.char_indices().map(|(at, _)| at).filter(|&at| {
        let rest = &title[at..];
        // 二 begins 二〇〇九年.
        rest.starts_with(|ch: char| ch.is_ascii_digit() || ch == '二')
            || WORK.iter().any(|word| rest.starts_with(word))
    });
    let names = ends.map(|end| title[..end].trim());
    // The longest name wins: 某县水利局 rather than 某县.
    let is_whole = |name: &&str| name.chars().count() >= 4 && is_body_name(name);
    let longest = names.filter(is_whole).max_by_key(|name| name.len());
    longest.map(str::to_owned)
}

/// What follows the name of a body in the title of its own report.
const WORK: [&str; 8] = [
    "工作",
    "年度",
    "部门预算",
    "部门决算",
    "单位预算",
    "单位决算",
    "政府信息公开",
    "信息公开",
];

/// The body whose name begins a title, whatever follows (`某县水利局权责清单`): the longest of several. The title must
/// name a kind of document other than rules about bodies, and the name must be that of one body in a place
/// rather than of a class (`普通高等学校`).
fn leading(title: &str) -> Option<String> {
    const MIN_CHARS: usize = 5;
    if RULES.contains(&kind::of_title(title)?) {
        return None;
    }
    let title = front::without_number(title);
    if ALL.iter().any(|all| title.starts_with(all)) {
        return None;
    }
    let ends = title.char_indices().map(|(at, _)| at).skip(MIN_CHARS);
    let names = ends.filter(|&end| !title[end..].starts_with(GOES_ON));
    names
        .map(|end| &title[..end])
        .filter(|name| is_body_name(name))
        // 人民政府 is exempt from the doubtful endings: 政府 is one for 政府采购 alone.
        .filter(|name| name.ends_with("人民政府") || !UNSURE.iter().any(|end| name.ends_with(end)))
        // Without a place, the words are as often a class of bodies.
        .filter(|name| name.contains(PLACES))
        .max_by_key(|name| name.len())
        .map(str::to_owned)
}

/// Continuations that make another word of the ending: 大学生, 中心城区, 局长.
const GOES_ON: [char; 13] = [
    '生', '城', '长', '校', '的', '和', '与', '及', '级', '等', '内', '外', '各',
];
/// All bodies of a class in a place.
const ALL: [&str; 4] = ["全省", "全市", "全县", "全区"];
/// Endings that begin other words as often: 部分, 处理, 科技, 组织, 司法; 政府采购, 银行业.
const UNSURE: [&str; 13] = [
    "布局", "格局", "结局", "部", "处", "科", "组", "司", "署", "银行", "集团", "政府", "支部",
];
/// Rules are as often about the body as by it.
const RULES: [&str; 7] = ["条例", "规定", "办法", "细则", "规则", "法律", "章程"];
/// Endings of the names of places with a government.
const PLACES: [char; 9] = ['省', '市', '县', '区', '州', '旗', '镇', '乡', '盟'];

/// The body in a note on adoption: `…令第12号公布`, `某省第九届人民代表大会常务委员会第三次会议通过`.
fn adopting(text: &str) -> Option<String> {
    const MAX_CHARS: usize = 400;
    // 通 is a quick test for 通过.
    if text.chars().nth(MAX_CHARS).is_some() || !text.contains(['通', '令']) {
        return None;
    }
    let inside = text.trim_matches(['（', '）', '(', ')']);
    let found = date::find(inside).filter(|found| found.place.start == 0)?;
    let rest: String = inside.chars().skip(found.place.end).collect();
    let rest = rest.trim_start_matches(|ch: char| is_blank(ch) || matches!(ch, '经' | '由'));
    if let Some((name, after)) = rest.split_once('令') {
        let is_decree = squeeze(after).starts_with('第') && after.contains('号');
        // 中华人民共和国国务院令 is a decree of 国务院.
        let name = name.trim().trim_start_matches("中华人民共和国");
        return (is_decree && is_body_name(name)).then(|| name.to_owned());
    }
    // 常务委员会 first: its own name has 人民代表大会 in it.
    let (name, after) = ["常务委员会", "人民代表大会"].iter().find_map(|body| {
        let (name, after) = rest.split_once(body)?;
        Some((format!("{name}{body}"), after))
    })?;
    let is_meeting = after.contains("会议") && after.contains("通过");
    is_meeting.then(|| without_term(&name))
}

/// The name without the number of its term: `某省第九届人民代表大会` is `某省人民代表大会`.
fn without_term(name: &str) -> String {
    let to = name.find('届');
    match (to.and_then(|to| name[..to].rfind('第')), to) {
        (Some(from), Some(to)) => {
            format!("{}{}", &name[..from], &name[to + '届'.len_utf8()..])
        }
        _ => name.to_owned(),
    }
}

/// The body whose work a report describes: the government in its title (`2026年某省政府工作报告`) or in the congress
/// that it is delivered to, else the body that its speaker represents.
fn reporting(title: &str, texts: &[&str]) -> Option<String> {
    let mut top = texts.iter().take(HEAD);
    let speaking = || texts.iter().take(HEAD).find_map(|text| speaking(text));
    let Some((before, _)) = title.split_once("政府工作报告") else {
        return speaking();
    };
    // The year precedes the place: `2026年某省`, `2025年度某市`.
    let place = before.rsplit(['年', '度']).next().unwrap_or(before).trim();
    if is_place(place) {
        return Some(format!("{place}人民政府"));
    }
    let body = place.trim_start_matches("中华人民共和国");
    if body == "国务院" {
        return Some(body.to_owned());
    }
    let congress = top.find_map(|text| government_of_congress(text));
    congress.or_else(speaking)
}

/// The government of the place whose congress a line names: `在某省第九届人民代表大会…上`.
fn government_of_congress(text: &str) -> Option<String> {
    let (before, _) = text.split_once("人民代表大会")?;
    let (_, congress) = before
        .rsplit_once('在')
        .or_else(|| before.rsplit_once('日'))?;
    let place = congress.split('第').next().unwrap_or_default().trim();
    // A congress without a place is the national one.
    let is_national = congress.ends_with("全国") || place.is_empty() || place == "中华人民共和国";
    match is_national {
        true => Some("国务院".to_owned()),
        false => is_place(place).then(|| format!("{place}人民政府")),
    }
}

/// Whether the words name a place that has a government.
fn is_place(text: &str) -> bool {
    let n_chars = text.chars().count();
    (2..=16).contains(&n_chars)
        && text.chars().all(char::is_alphabetic)
        && text.ends_with(['省', '市', '县', '区', '州', '旗', '镇', '乡', '盟'])
        // Self-references and bare ranks name no place.
        && !matches!(
            text,
            "全省" | "全市" | "全县" | "全区" | "我省" | "我市" | "我县" | "自治区"
        )
}

/// The body that the speaker under a title represents: `国务院总理　某某`, `青石市市长　某某`, `某县人民法院院长　某某`.
fn speaking(text: &str) -> Option<String> {
    if !front::names_speaker(text) {
        return None;
    }
    let text = text.trim_matches(['（', '）', '(', ')']);
    if text.starts_with("国务院总理") {
        return Some("国务院".to_owned());
    }
    if let Some(government) = OFFICES.iter().find_map(|office| headed_by(text, office)) {
        return Some(government);
    }
    let at = ["院长", "检察长", "主任", "主席", "书记"]
        .iter()
        .find_map(|office| text.find(office))?;
    let name = text[..at].trim();
    // 自治区人民政府主席 does not name the region.
    let is_general = ["自治区", "省人民", "市人民", "县人民", "区人民"];
    let is_general = is_general.iter().any(|opening| name.starts_with(opening));
    (name.chars().count() >= 4 && is_body_name(name) && !is_general).then(|| name.to_owned())
}

/// Heads of governments, each with the ending of the names of its places.
const OFFICES: [(&str, &str); 5] = [
    ("省长", "省"),
    ("市长", "市"),
    ("县长", "县"),
    ("区长", "区"),
    ("州长", "州"),
];

/// The government that the holder of an office heads: 青石市市长 names the place, 市长 alone does not.
fn headed_by(text: &str, (office, place): &(&str, &str)) -> Option<String> {
    let (name, _) = text.split_once(office)?;
    let is_place = name.ends_with(place) && name.chars().count() > 1;
    (is_place && name.chars().all(char::is_alphabetic)).then(|| format!("{name}人民政府"))
}

/// The body on a line of its own above the text, as on a cover.
fn on_cover(texts: &[&str]) -> Option<String> {
    // A cover has a title, a body and a date; further down, such a line is a heading or an addressee.
    const DEPTH: usize = 8;
    let is_text = |text: &&&str| text.chars().nth(MAX_NAME).is_none() && !text.contains('。');
    let top = texts.iter().take(DEPTH).take_while(is_text);
    let mut names = top.filter(|text| text.chars().count() >= 5 && is_body_name(text));
    names.find_map(|text| joined(text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::SourceMetadata;
    use crate::document::metadata::Fields;

    #[track_caller]
    fn check(title: &str, text: &str, expected: Option<&str>) {
        let texts: Vec<&str> = text.lines().map(str::trim).collect();
        let evidence = DocumentEvidence {
            title,
            texts: &texts,
            fields: &Fields::default(),
            given: &SourceMetadata::default(),
        };
        assert_eq!(of_document(&evidence).as_deref(), expected);
    }

    #[test]
    fn finds_the_issuer() {
        check(
            "某县人民政府关于加强管理的通知",
            "正文。",
            Some("某县人民政府"),
        );
        check(
            "某政办发〔2005〕37号某县人民政府办公室关于印发《办法》的通知",
            "",
            Some("某县人民政府办公室"),
        );
        check("", "发文机关：某市教育局\n正文。", Some("某市教育局"));
        check(
            "",
            "正文。\n某县财政局　某县教育局\n2009年8月20日",
            Some("某县财政局、某县教育局"),
        );
        check(
            "",
            "正文。\n某县财政局\n某县教育局\n2009年8月20日",
            Some("某县财政局、某县教育局"),
        );
        check(
            "",
            "正文。\n某鎮公所　謹上\n中華民國九十八年九月一日",
            Some("某鎮公所"),
        );
        check("", "正文。\n某乡党委 二○○九年八月", Some("某乡党委"));
        check(
            "关于开展检查的通知",
            "来源：某某日报社\n正文。\n2009年8月20日",
            None,
        );
    }

    #[test]
    fn finds_the_issuer_without_a_signature() {
        check("中共中央关于某事的决定", "", Some("中共中央"));
        check("某市建设局2024年信息公开年度报告", "", Some("某市建设局"));
        check("某县教育局工作总结", "", Some("某县教育局"));
        check("某县水利局权责清单", "一、总则", Some("某县水利局"));
        check("某县大学生就业方案", "一、总则", None);
        check("某县中心城区规划", "一、总则", None);
        check("某县科技发展规划", "一、总则", None);
        check("某县政府采购管理办法", "一、总则", None);
        check("人民检察院办案规定", "一、总则", None);
        check("普通高等学校专业目录", "一、总则", None);
        check("某市学校事故处理条例", "一、总则", None);
        check(
            "2001年中华人民共和国国务院政府工作报告",
            "各位代表：",
            Some("国务院"),
        );
        check(
            "某省条例",
            "（2021年3月1日某省第十三届人民代表大会常务委员会第二十次会议通过）\n第一条 甲",
            Some("某省人民代表大会常务委员会"),
        );
        check(
            "某办法",
            "（2021年3月1日某某部令第12号公布）\n第一条 甲",
            Some("某某部"),
        );
        check(
            "政府工作报告",
            "青石市市长　王某\n各位代表：",
            Some("青石市人民政府"),
        );
        check(
            "政府工作报告",
            "国务院总理　王某\n各位代表：",
            Some("国务院"),
        );
        check("政府工作报告", "县长　王某\n各位代表：", None);
        check(
            "2026年甲省政府工作报告",
            "省长　王某\n各位代表：",
            Some("甲省人民政府"),
        );
        check(
            "政府工作报告",
            "——2026年1月28日在甲省第十四届人民代表大会第四次会议上\n省长　王某\n各位代表：",
            Some("甲省人民政府"),
        );
        check(
            "政府工作报告",
            "——2026年3月5日在第十四届全国人民代表大会第四次会议上\n各位代表：",
            Some("国务院"),
        );
        check(
            "关于某事的批复",
            "某局\n某委办公厅\n文件\n某办〔2019〕8号\n关于某事的批复\n各单位：",
            Some("某局、某委办公厅"),
        );
        check(
            "关于某事的批复",
            "某局办公室\n文件某委办公厅\n某办〔2019〕8号\n关于某事的批复\n各单位：",
            Some("某局办公室、某委办公厅"),
        );
    }

    #[test]
    fn heads_of_governments_name_their_places() {
        let heads = [
            ("青石市市长　某某", Some("青石市人民政府")),
            ("某县县长", Some("某县人民政府")),
            ("市长　某某", None),
            ("青石县市长", None),
            ("2020市市长", None),
        ];
        for (text, expected) in heads {
            let found = OFFICES.iter().find_map(|office| headed_by(text, office));
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_report_to_a_congress_is_that_of_its_government() {
        let lines = [
            (
                "2020年1月5日在青石市第九届人民代表大会第一次会议上",
                Some("青石市人民政府"),
            ),
            ("1月5日青石市第九届人民代表大会", Some("青石市人民政府")),
            (
                "在中华人民共和国第十届全国人民代表大会第一次会议上",
                Some("国务院"),
            ),
            ("在第十届全国人民代表大会第一次会议上", Some("国务院")),
            ("青石市第九届人民代表大会", None),
            ("在青石市第九届委员会全体会议上", None),
        ];
        for (text, expected) in lines {
            assert_eq!(government_of_congress(text).as_deref(), expected, "{text}");
        }
    }
}
