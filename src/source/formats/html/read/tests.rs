//! Tests of the format as a whole.

use super::*;
use crate::document::{Reason, Row};
use crate::text::visible::n_visible;

/// Asserts the lines of text and their styles; boilerplate is left out, but must account for the rest.
#[track_caller]
fn check(page: &str, expected: &[(Style, &str)]) {
    let raw = read(page.as_bytes(), SourceMetadata::default()).expect("a page");
    let n_kept: u64 = raw.lines.iter().map(|line| n_visible(&line.text)).sum();
    assert_eq!(raw.n_read, Some(n_kept));
    let is_text = |line: &&Line| !matches!(line.style, Style::Boilerplate(_));
    let lines = raw.lines.iter().filter(is_text);
    let actual: Vec<(Style, &str)> = lines.map(|line| (line.style, &*line.text)).collect();
    assert_eq!(actual, expected);
}

fn in_table(is_header: bool) -> Style {
    Style::Row(Row {
        table: 1,
        is_header,
    })
}

#[track_caller]
fn check_aside(page: &str, expected: &[(Reason, &str)]) {
    let raw = read(page.as_bytes(), SourceMetadata::default()).expect("a page");
    let lines = raw.lines.iter();
    let actual: Vec<(Reason, &str)> = lines
        .filter_map(|line| match line.style {
            Style::Boilerplate(reason) => Some((reason, &*line.text)),
            _ => None,
        })
        .collect();
    assert_eq!(actual, expected);
}

#[test]
fn lines_around_the_text_are_boilerplate_in_page_order() {
    let page = format!(
        "<html><body><div>{MENU}</div><div><p>{BODY}</p><p>古<del>旧</del>镇<ruby>甪<rp>（</rp><rt>lù</rt><rp>）</rp></ruby>直。</p><p hidden>隐</p><p>{BODY}</p></div><div>备案号：0号</div></body></html>"
    );
    check(
        &page,
        &[
            (Style::Plain, BODY),
            (Style::Plain, "古镇甪直。"),
            (Style::Plain, BODY),
        ],
    );
    check_aside(
        &page,
        &[
            (Reason::Frame, "首页"),
            (Reason::Frame, "公开"),
            (Reason::Frame, "互动"),
            (Reason::Hidden, "旧"),
            (Reason::Frame, "lù"),
            (Reason::Hidden, "隐"),
            (Reason::Frame, "备案号：0号"),
        ],
    );
}

#[test]
fn merged_cells_keep_their_columns() {
    check(
        "<table><caption>产值表</caption><thead><tr><td rowspan=2>单位<td colspan=2>产值</thead><tr><td>一季度<td>二季度<tr><th>甲厂<td>3<td>4</table>",
        &[
            (Style::Plain, "产值表"),
            (in_table(true), "单位\t产值"),
            (in_table(false), "\t一季度\t二季度"),
            (in_table(false), "甲厂\t3\t4"),
        ],
    );
}

const MENU: &str = "<ul><li><a href='/1'>首页</a></li><li><a href='/2'>公开</a></li><li><a href='/3'>互动</a></li></ul>";
const BODY: &str = "园区班子重视，部署周密，全年走访企业百家，解决难题三十件。";

#[test]
fn the_main_text_without_the_site() {
    for (outer, inner) in [("div", "div"), ("table><tr><td", "td></tr></table")] {
        let (open, close) = (format!("<{outer}>"), format!("</{inner}>"));
        check(
            &format!(
                "<!DOCTYPE html><html><head><title>园区年度总结_公开_园区网</title><style>p{{}}</style></head><body>{open}{MENU}{close}{open}当前位置：首页{close}\
                 {open}<h1>园区年度总结</h1>{open}发布时间：2009-08-20{close}{open}<h2>一、做法</h2><p>　　{BODY}</p><p>{BODY}<br>（一）{BODY}</p>{close}\
                 {open}{MENU}{close}{close}{open}主办单位：园区办公室 备案号：00000000号{close}<script>var a='脚本，脚本，脚本，脚本。'</script></body></html>"
            ),
            &[
                (Style::Title, "园区年度总结"),
                (Style::Plain, "发布时间：2009-08-20"),
                (Style::Heading(2), "一、做法"),
                (Style::Plain, &format!("　　{BODY}")),
                (Style::Plain, BODY),
                (Style::Plain, &format!("（一）{BODY}")),
            ],
        );
    }
}

#[test]
fn a_page_of_only_text_is_kept_whole() {
    check(
        &format!(
            "<html><body><div>{BODY}</div><div>{BODY}{BODY}{BODY}</div><div>附件</div><ol start=3><li>甲<li>乙</ol><table><tr><th>年份<th>产值<tr><td>2009<td>12</table></body></html>"
        ),
        &[
            (Style::Plain, BODY),
            (Style::Plain, &format!("{BODY}{BODY}{BODY}")),
            (Style::Plain, "附件"),
            (Style::Plain, "3.甲"),
            (Style::Plain, "4.乙"),
            (in_table(true), "年份\t产值"),
            (in_table(false), "2009\t12"),
        ],
    );
    check(
        "<p>园区\n概况<p>a\n b",
        &[(Style::Plain, "园区概况"), (Style::Plain, "a b")],
    );
}

#[test]
fn encodings_by_bytes_and_by_name() {
    let text = |bytes: &[u8]| {
        let raw = read(bytes, SourceMetadata::default()).expect("a page");
        raw.lines[0].text.clone()
    };
    let (gbk, _, _) = encoding_rs::GBK.encode("<meta charset=utf-8><p>园区班子重视部署");
    assert_eq!(text(&gbk), "园区班子重视部署");
    let utf8 = "<meta charset=gb2312><p>园区班子重视部署";
    assert_eq!(text(utf8.as_bytes()), "园区班子重视部署");
    let (jis, _, _) = encoding_rs::SHIFT_JIS.encode("<meta charset=shift_jis><p>かいはつ");
    assert_eq!(text(&jis), "かいはつ");
}

#[test]
fn takes_the_metadata_of_an_article() {
    let page = format!(
        "<html><head><meta name='ArticleTitle' content='园区总结'><meta name='PubDate' content='2009-08-20 10:00'></head><body><p>{BODY}</p></body></html>"
    );
    let raw = read(page.as_bytes(), SourceMetadata::default()).expect("a page");
    assert_eq!(raw.given.title.as_deref(), Some("园区总结"));
    assert_eq!(raw.given.date.as_deref(), Some("2009-08-20 10:00"));
}

#[test]
fn comments_are_hidden_text_in_page_order() {
    let page = "<!-- 模板 --><html><head><!-- 头 --><!--[if gte mso 9]><xml><w:Zoom>0</w:Zoom></xml><![endif]--><script>//<!-- 码 --></script></head><body><p>古镇<!-- 待&#x6838; -->甪直。</p><!--<p>旧的</p><p>两段<script>x</script></p>--><table><tr><td>甲</td><!-- 格间 --><td>乙<!-- 格内 --></td></tr></table><!--[if IE]><p>请换浏览器</p><![endif]--><![if !IE]><p>末段。</p><![endif]><!-- --></body></html>";
    check(
        page,
        &[
            (Style::Plain, "古镇甪直。"),
            (in_table(false), "甲\t乙"),
            (Style::Plain, "末段。"),
        ],
    );
    check_aside(
        page,
        &[
            (Reason::Hidden, "模板"),
            (Reason::Hidden, "头"),
            (Reason::Hidden, "待核"),
            (Reason::Hidden, "旧的 两段"),
            (Reason::Hidden, "格间"),
            (Reason::Hidden, "格内"),
            (Reason::Hidden, "请换浏览器"),
        ],
    );
}
