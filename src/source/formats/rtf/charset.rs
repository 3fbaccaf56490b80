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
