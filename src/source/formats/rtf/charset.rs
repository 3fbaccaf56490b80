//! Code pages: the characters of bytes depend on their font.

use std::collections::BTreeMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, MACINTOSH, SHIFT_JIS, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257,
    WINDOWS_1258,
};

/// A code page by its number; 0 is that of the document.
pub(super) type CodePage = u16;

/// The table of fonts.
#[derive(Default)]
pub(super) struct Fonts {
    pages: BTreeMap<i32, CodePage>,
    ansi: CodePage,
    default: Option<i32>,
    /// The font whose description is being read.
    open: Option<i32>,
}

impl Fonts {
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        match (word, number) {
            ("f", Some(font)) => self.open = Some(font),
            ("fcharset", Some(charset)) => {
                if let (Some(font), Some(page)) = (self.open, code_page(charset)) {
                    self.pages.insert(font, page);
                }
            }
            // More precise than `\fcharset`, which it follows.
            ("cpg", Some(page)) => {
                if let (Some(font), Ok(page)) = (self.open, CodePage::try_from(page)) {
                    self.pages.insert(font, page);
                }
            }
            _ => {}
        }
    }

    pub(super) fn end(&mut self) {
        self.open = None;
    }

    pub(super) fn set_ansi(&mut self, page: Option<i32>) {
        self.ansi = page
            .and_then(|page| CodePage::try_from(page).ok())
            .unwrap_or(0);
    }

    pub(super) fn set_default(&mut self, font: Option<i32>) {
        self.default = font;
    }

    /// The font of text without one.
    pub(super) fn default_font(&self) -> Option<i32> {
        self.default
    }

    /// The code page of a font; 0 if it has none.
    pub(super) fn page(&self, font: Option<i32>) -> CodePage {
        font.and_then(|font| self.pages.get(&font).copied())
            .unwrap_or(0)
    }

    /// The decoder of a code page.
    pub(super) fn codec(&self, page: CodePage) -> &'static Encoding {
        let page = if page == 0 { self.ansi } else { page };
        match page {
            // Numbers of Windows code pages; 1361 (Johab) is read as the more frequent Korean one.
            936 | 54936 => GB18030,
            950 => BIG5,
            932 => SHIFT_JIS,
            949 | 1361 => EUC_KR,
            874 => WINDOWS_874,
            1250 => WINDOWS_1250,
            1251 => WINDOWS_1251,
            1253 => WINDOWS_1253,
            1254 => WINDOWS_1254,
            1255 => WINDOWS_1255,
            1256 => WINDOWS_1256,
            1257 => WINDOWS_1257,
            1258 => WINDOWS_1258,
            10000 => MACINTOSH,
            10008 => GB18030,
            65001 => encoding_rs::UTF_8,
            _ => WINDOWS_1252,
        }
    }
}

/// The code page of a `\fcharset`; `None` for those that do not define one (default, symbol, ANSI).
fn code_page(charset: i32) -> Option<CodePage> {
    // RTF Specification 1.9.1, "Font Table": character sets of GDI.
    Some(match charset {
        77 => 10000,
        128 => 932,
        129 => 949,
        130 => 1361,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        _ => return None,
    })
}

/// Whether characters of the code page may have two bytes.
pub(super) fn is_double_byte(page: CodePage) -> bool {
    matches!(page, 932 | 936 | 949 | 950 | 1361 | 54936)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_have_the_code_page_of_their_character_set() {
        let mut fonts = Fonts::default();
        for (word, number) in [
            ("f", Some(1)),
            ("fcharset", Some(134)),
            ("f", Some(2)),
            ("fcharset", Some(136)),
            ("cpg", Some(936)),
            ("f", Some(3)),
            ("fcharset", Some(0)),
        ] {
            fonts.word(word, number);
        }
        fonts.end();
        // Outside a description nothing is set.
        fonts.word("fcharset", Some(128));
        assert_eq!(
            [1, 2, 3, 9].map(|font| fonts.page(Some(font))),
            [936, 936, 0, 0]
        );
        assert_eq!(fonts.page(None), 0);
        assert_eq!((fonts.codec(936), fonts.codec(950)), (GB18030, BIG5));
        // Without a page that of the document counts, and without one Western.
        assert_eq!(fonts.codec(0), WINDOWS_1252);
        fonts.set_ansi(Some(936));
        assert_eq!(fonts.codec(0), GB18030);
        fonts.set_ansi(Some(-1));
        assert_eq!(fonts.codec(0), WINDOWS_1252);
        fonts.set_default(Some(1));
        assert_eq!(fonts.default_font(), Some(1));
    }

    #[test]
    fn two_byte_pages_are_those_of_east_asia() {
        let charsets = (0..=255).filter_map(code_page);
        let double: Vec<CodePage> = charsets.filter(|page| is_double_byte(*page)).collect();
        assert_eq!(double, [932, 949, 1361, 936, 950]);
        assert!(!is_double_byte(1252) && !is_double_byte(0));
    }
}
