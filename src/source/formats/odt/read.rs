//! Reads an OpenDocument text.

use super::content::Content;
use super::styles::Styles;
use crate::document::{Line, Reason, SourceMetadata, Style};
use crate::source::formats::Raw;
use crate::source::formats::blocks::Blocks;
use crate::source::formats::docx::property_title_in;
use crate::source::package::Package;
use crate::source::xml::{self, Walk};
use crate::source::{Damage, Damaged, Skip};

const WHAT: Damaged = Damaged::OpenText;

/// Reads the document in `bytes`, which unpack to `limit` bytes at most.
///
/// Lines are paragraphs in order; notes, comments and text boxes follow the paragraph that they are attached
/// to. Text deleted under revision, hidden text, and page headers and footers are boilerplate.
///
/// # Errors
/// [`Skip::Damaged`] if there is no content, and those of [`Package::part`].
pub(in crate::source) fn read(
    bytes: &[u8],
    mut given: SourceMetadata,
    limit: u64,
) -> Result<Raw, Skip> {
    let mut package = Package::open(bytes, limit);
    let manifest = package.part("META-INF/manifest.xml")?.unwrap_or_default();
    // The manifest names the encryption of each part (ODF 1.3 part 2, 4.4).
    if xml::text(&manifest).contains(":encryption-data") {
        return Err(Skip::Encrypted);
    }
    let content = package.part("content.xml")?.ok_or(Skip::Damaged {
        what: WHAT,
        reason: Damage::TextMissing,
    })?;
    let properties = package.part("meta.xml")?.unwrap_or_default();
    given.property_title = property_title_in(&xml::text(&properties));
    let common = package.part("styles.xml")?.unwrap_or_default();
    let (common, content) = (xml::text(&common), xml::text(&content));
    content_of(&[&common, &content], given, package.is_damaged())
}

/// Reads a document in a single XML file (`.fodt`).
///
/// # Errors
/// [`Skip::Damaged`] if no text can be read.
pub(in crate::source) fn read_flat(text: &str, given: SourceMetadata) -> Result<Raw, Skip> {
    content_of(&[text], given, false)
}

/// The document whose text is the last of `parts`; any of them may contain styles.
fn content_of(parts: &[&str], given: SourceMetadata, is_damaged: bool) -> Result<Raw, Skip> {
    let styles = Styles::read(parts);
    let mut walk = Walk::new(parts[parts.len() - 1]);
    while walk.next_start().is_some_and(|tag| tag.name() != "body") {}
    let (lines, mut n_read) = Content::new(&styles).read(&mut walk, "body");
    let is_damaged = is_damaged || walk.is_damaged();
    // A damaged file without text says so; with some text it is a document with a warning.
    if is_damaged && lines.iter().all(|line| line.text.trim().is_empty()) {
        return Err(Skip::Damaged {
            what: WHAT,
            reason: Damage::TextUnreadable,
        });
    }
    let mut blocks = Blocks::default();
    blocks.append(lines);
    for (lines, n_here) in running_heads(parts[0], &styles) {
        n_read += n_here;
        blocks.append(lines);
    }
    Ok(Raw::whole(given, blocks.into_lines(), n_read).incomplete_if(is_damaged))
}

/// The page headers and footers in `common`, each distinct one once, with the number of its visible
/// characters.
fn running_heads(common: &str, styles: &Styles) -> Vec<(Vec<Line>, u64)> {
    let mut found: Vec<(Vec<Line>, u64)> = Vec::new();
    let mut walk = Walk::new(common);
    while let Some(tag) = walk.next_start() {
        let name = tag.name().to_owned();
        match &*name {
            "body" => break,
            "header" | "header-left" | "header-first" | "footer" | "footer-left"
            | "footer-first" => {}
            _ => continue,
        }
        let (mut lines, n_read) = Content::new(styles).read(&mut walk, &name);
        lines.retain(|line| !line.text.trim().is_empty());
        for line in &mut lines {
            line.style = Style::Boilerplate(Reason::RunningHead);
        }
        if !lines.is_empty() && found.iter().all(|(before, _)| *before != lines) {
            found.push((lines, n_read));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Row;
    use crate::source::package::tests::pack;
    use crate::text::visible::n_visible;

    const STYLES: &str = "<office:styles><style:style style:name='Title' style:family='paragraph'/>\
        <style:style style:name='H' style:display-name='Heading 2' style:family='paragraph' style:default-outline-level='2'/>\
        <text:outline-style><text:outline-level-style text:level='1' style:num-format='一, 二, 三, ...' style:num-suffix='、'/></text:outline-style>\
        <text:list-style style:name='L'><text:list-level-style-number text:level='1' style:num-format='1' loext:num-list-format='(%1%)'/></text:list-style></office:styles>";

    #[track_caller]
    fn check(body: &str, expected: &[(Style, &str)]) {
        let content = format!(
            "<office:document-content><office:automatic-styles><style:style style:name='P1' style:family='paragraph' style:parent-style-name='Title'/>\
             </office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
        );
        let bytes = pack(&[("styles.xml", STYLES), ("content.xml", &content)]);
        let raw = read(&bytes, SourceMetadata::default(), 1 << 20).expect("a document");
        let n_kept: u64 = raw.lines.iter().map(|line| n_visible(&line.text)).sum();
        assert_eq!(raw.n_read, Some(n_kept));
        let lines = raw.lines.iter();
        let actual: Vec<(Style, &str)> = lines.map(|line| (line.style, &*line.text)).collect();
        assert_eq!(actual, expected);
    }

    #[test]
    fn headings_lists_and_boxes() {
        check(
            "<text:p text:style-name='P1'>园区总结</text:p><text:h text:outline-level='1'>概况</text:h>\
             <text:p>园区<text:s text:c='2'/>平稳。<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注。</text:p></text:note-body></text:note>完</text:p>\
             <text:p text:style-name='H'>道路</text:p>\
             <text:list text:style-name='L'><text:list-item><text:p>甲</text:p><text:p>续</text:p></text:list-item><text:list-item><text:p>乙</text:p></text:list-item></text:list>\
             <text:list text:style-name='L' text:continue-numbering='true'><text:list-item><text:p>丙</text:p></text:list-item></text:list>\
             <text:list text:style-name='L'><text:list-item><text:p>丁</text:p></text:list-item></text:list>\
             <text:h text:outline-level='1'>打算</text:h>",
            &[
                (Style::Title, "园区总结"),
                (Style::Heading(1), "一、概况"),
                (Style::Plain, "园区  平稳。完"),
                (Style::Plain, "注。"),
                (Style::Heading(2), "道路"),
                (Style::Plain, "(1)甲"),
                (Style::Plain, "续"),
                (Style::Plain, "(2)乙"),
                (Style::Plain, "(3)丙"),
                (Style::Plain, "(1)丁"),
                (Style::Heading(1), "二、打算"),
            ],
        );
    }

    #[test]
    fn tables_deletions_annotations_and_shapes() {
        let row = |is_header| {
            Style::Row(Row {
                table: 1,
                is_header,
            })
        };
        check(
            "<text:tracked-changes><text:changed-region><text:deletion><office:change-info><dc:creator>某</dc:creator></office:change-info><text:p>删</text:p></text:deletion></text:changed-region></text:tracked-changes>\
             <table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-spanned='2'><text:p>年份</text:p></table:table-cell><table:covered-table-cell/>\
             <table:table-cell><text:p>产值</text:p></table:table-cell></table:table-row></table:table-header-rows>\
             <table:table-row><table:table-cell><text:p>2009</text:p></table:table-cell><table:table-cell/><table:table-cell><text:p>12</text:p></table:table-cell></table:table-row></table:table>\
             <text:p>甲<text:line-break/>乙<text:ruby><text:ruby-base>甪</text:ruby-base><text:ruby-text>lù</text:ruby-text></text:ruby></text:p>\
             <text:p>丙<office:annotation><dc:creator>某</dc:creator><text:p>核实</text:p></office:annotation><draw:custom-shape><text:p>框</text:p></draw:custom-shape>丁</text:p>",
            &[
                (Style::Plain, ""),
                (Style::Boilerplate(Reason::Hidden), "删"),
                (row(true), "年份\t\t产值"),
                (row(false), "2009\t\t12"),
                (Style::Plain, "甲"),
                (Style::Plain, "乙甪"),
                (Style::Boilerplate(Reason::Frame), "lù"),
                (Style::Plain, "丙丁"),
                (Style::Plain, "核实"),
                (Style::Plain, "框"),
            ],
        );
    }
}
