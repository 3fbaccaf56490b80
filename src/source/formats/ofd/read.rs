//! Reads an OFD document.

use super::document::Document;
use super::parts::roots;
use crate::document::SourceMetadata;
use crate::source::formats::layout;
use crate::source::formats::{Raw, UnreadPage};
use crate::source::package::Package;
use crate::source::{Damage, Damaged, Skip, Warning};

const WHAT: Damaged = Damaged::Ofd;

/// Reads the documents of the package in `bytes`, which unpack to `limit` bytes at most; calls `each` once
/// for each, with its number as key if there are several.
///
/// Lines are paragraphs and rows of tables in reading order, numbered by their rows; running heads, page
/// numbers and invisible text are lines with their reason.
///
/// # Errors
/// [`Skip::Damaged`] if it has no readable page, [`Skip::OnlyPictures`] if its pages have no text, and those
/// of [`Package::part`].
pub(in crate::source) fn read(
    bytes: &[u8],
    given: &SourceMetadata,
    limit: u64,
    each: &mut dyn FnMut(Raw),
) -> Result<(), Skip> {
    let mut package = Package::open(bytes, limit);
    if package.part("Encryptions.xml")?.is_some() {
        return Err(Skip::Encrypted);
    }
    let roots = roots(&mut package)?;
    let (mut n_pages, mut n_glyphs) = (0, 0);
    for (ord, root) in roots.iter().enumerate() {
        let mut document = Document::open(&mut package, root)?;
        let mut pages = document.pages()?;
        let unread = std::mem::take(&mut document.unread);
        let is_damaged = document.is_damaged || package.is_damaged();
        n_pages += pages.len();
        let n_read: u64 = pages.iter_mut().map(layout::Page::count).sum();
        n_glyphs += n_read;
        if n_read > 0 {
            let given = SourceMetadata::clone(given);
            let raw = Raw::whole(given, Vec::new(), n_read).incomplete_if(is_damaged);
            let key = (roots.len() > 1).then(|| (ord + 1).to_string());
            each(laid_out(pages, &unread, Raw { key, ..raw }));
        }
    }
    match (n_pages, n_glyphs) {
        (_, 1..) => Ok(()),
        (0, 0) => Err(Skip::Damaged {
            what: WHAT,
            reason: Damage::NoPage,
        }),
        (pages, 0) => Err(Skip::OnlyPictures { pages }),
    }
}

/// Adds the lines of the pages to `raw`, and the pages without text that show pictures.
fn laid_out(pages: Vec<layout::Page>, unread: &[(u32, usize)], mut raw: Raw) -> Raw {
    let layout::Lines {
        lines,
        n_hyphens,
        page_ends,
    } = layout::lines(pages);
    let places = unread.iter().map(|&(page, ord)| UnreadPage {
        page,
        after: page_ends.get(ord).copied().unwrap_or(0),
    });
    let pictures = (!unread.is_empty()).then_some(Warning::PicturePages(unread.len()));
    raw.warnings.extend(pictures);
    Raw {
        lines,
        // Hyphens removed at line ends were characters of the page, but are not in the text.
        n_read: raw.n_read.map(|n_read| n_read.saturating_sub(n_hyphens)),
        unread: places.collect(),
        ..raw
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Line, Style};
    use crate::source::package::tests::pack;
    use crate::text::visible::n_visible;

    fn text(x: f64, y: f64, text: &str) -> String {
        format!(
            "<ofd:TextObject Boundary='{x} {y} 100 6' Size='5' Font='1'><ofd:TextCode X='0' Y='5' DeltaX='g 40 5'>{text}</ofd:TextCode></ofd:TextObject>"
        )
    }

    fn page(content: &str) -> String {
        format!(
            "<ofd:Page><ofd:Template TemplateID='9'/><ofd:Content><ofd:Layer>{content}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    }

    fn document() -> Vec<u8> {
        let first = page(&format!(
            "{}{}{}",
            text(
                20.0,
                70.0,
                "园区道路平整，管网齐备，企业进驻，群众满意，秩序良好，"
            ),
            // The order in the file is not the order on the page.
            text(60.0, 40.0, "园区年度总结"),
            text(
                30.0,
                60.0,
                "今年以来，园区班子重视，部署周密，措施有力，成效明显，"
            ),
        ));
        let second = page(&format!(
            "{}<ofd:CompositeObject ResourceID='5' CTM='2 0 0 2 0 0' Boundary='0 0 210 297'/>",
            text(20.0, 40.0, "发展平稳。")
        ));
        pack(&[
            (
                "OFD.xml",
                "<ofd:OFD><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            ),
            (
                "Doc_0/Document.xml",
                "<ofd:Document><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea><ofd:TemplatePage ID='9' BaseLoc='Tpls/T.xml'/>\
                 <ofd:DocumentRes>Res.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages><ofd:Page ID='1' BaseLoc='Pages/P0.xml'/><ofd:Page ID='2' BaseLoc='Pages/P1.xml'/></ofd:Pages></ofd:Document>",
            ),
            ("Doc_0/Pages/P0.xml", &first),
            ("Doc_0/Pages/P1.xml", &second),
            (
                "Doc_0/Tpls/T.xml",
                &page(&format!(
                    "{}{}",
                    text(20.0, 10.0, "内部资料"),
                    text(20.0, 200.0, "园区制表")
                )),
            ),
            (
                "Doc_0/Res.xml",
                &format!(
                    "<ofd:Res><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID='5'><ofd:Content>{}</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>",
                    text(20.0, 60.0, "附图一")
                ),
            ),
        ])
    }

    #[test]
    fn pages_in_reading_order_with_templates_and_units() {
        let mut raws = Vec::new();
        read(
            &document(),
            &SourceMetadata::default(),
            1 << 20,
            &mut |raw| raws.push(raw),
        )
        .expect("a document");
        let shown = |line: &Line| match line.style {
            Style::Boilerplate(reason) => format!("-{reason:?} {}", line.text),
            _ => line.text.clone(),
        };
        let lines: Vec<String> = raws[0].lines.iter().map(shown).collect();
        assert_eq!(
            lines,
            [
                "-RunningHead 内部资料",
                "园区年度总结",
                "今年以来，园区班子重视，部署周密，措施有力，成效明显，园区道路平整，管网齐备，企业进驻，群众满意，秩序良好，",
                "园区制表",
                "-RunningHead 内部资料",
                "发展平稳。",
                "附图一",
                "-RunningHead 园区制表",
            ]
        );
        let n_written: u64 = raws[0].lines.iter().map(|line| n_visible(&line.text)).sum();
        assert_eq!(raws[0].n_read, Some(n_written));
        assert_eq!(raws[0].warnings, []);
    }

    #[test]
    fn documents_without_text_give_the_reason() {
        let error = |bytes: &[u8]| {
            let error = read(bytes, &SourceMetadata::default(), 1 << 20, &mut |_| ())
                .expect_err("an error");
            error.to_string()
        };
        assert_eq!(
            error(b"PK\x05\x06"),
            "is a damaged OFD document: it has no pages that can be read"
        );
        let blank = pack(&[
            ("OFD.xml", "<OFD><DocRoot>D.xml</DocRoot></OFD>"),
            ("D.xml", "<Document><Page BaseLoc='P.xml'/></Document>"),
            ("P.xml", "<Page/>"),
        ]);
        assert!(error(&blank).starts_with("has no text, only pictures on 1 pages"));
    }
}
