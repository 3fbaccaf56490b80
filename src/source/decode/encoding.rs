//! The encodings that are distinguished.

use encoding_rs::{BIG5, EUC_JP, EUC_KR, GB18030, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::likelihood::Language;

/// The encodings that are distinguished.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, ASCII among it.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// UTF-32, low byte first.
    Utf32Le,
    /// UTF-32, high byte first.
    Utf32Be,
    /// UTF-7.
    Utf7,
    /// GB18030, with GBK and GB2312 as its parts.
    Gb18030,
    /// HZ: GB2312 in seven bits.
    Hz,
    /// Big5.
    Big5,
    /// EUC-TW.
    EucTw,
    /// Shift JIS.
    ShiftJis,
    /// EUC-JP.
    EucJp,
    /// ISO-2022-JP.
    Iso2022Jp,
    /// EUC-KR.
    EucKr,
    /// ISO-2022-CN and ISO-2022-KR.
    Iso2022,
}

impl Encoding {
    /// The encoding named by `label`, as a page or mail declares it; `None` for any other. `unicode`
    /// is what Word and Excel call UTF-16.
    pub fn for_label(label: &str) -> Option<Self> {
        let label = label.trim().to_ascii_lowercase();
        Some(match &*label {
            "hz" | "hz-gb-2312" => Self::Hz,
            "euc-tw" | "x-euc-tw" | "cns11643" => Self::EucTw,
            "utf-7" | "unicode-1-1-utf-7" => Self::Utf7,
            "utf-32" | "utf-32le" => Self::Utf32Le,
            "utf-32be" => Self::Utf32Be,
            "iso-2022-cn" | "iso-2022-kr" => Self::Iso2022,
            "gb-2312" | "gb_2312" | "gb18030-2000" | "cp936" | "936" | "ms936" => Self::Gb18030,
            "cp950" | "950" | "ms950" => Self::Big5,
            label => {
                let codec = encoding_rs::Encoding::for_label(label.as_bytes())?;
                let known = EIGHT_BIT.into_iter().chain([Self::Utf16Le, Self::Utf16Be]);
                // The web's GBK is a part of GB18030, which reads both.
                if codec == encoding_rs::GBK {
                    return Some(Self::Gb18030);
                }
                let mut known = known.chain([Self::Iso2022Jp]);
                return known.find(|encoding| encoding.codec() == Some(codec));
            }
        })
    }

    /// The library's codec for it, if it has one.
    pub(super) fn codec(self) -> Option<&'static encoding_rs::Encoding> {
        Some(match self {
            Self::Utf8 => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Gb18030 => GB18030,
            Self::Big5 => BIG5,
            Self::ShiftJis => SHIFT_JIS,
            Self::EucJp => EUC_JP,
            Self::EucKr => EUC_KR,
            Self::Iso2022Jp => encoding_rs::ISO_2022_JP,
            Self::Utf32Le | Self::Utf32Be | Self::Utf7 | Self::Hz | Self::EucTw | Self::Iso2022 => {
                return None;
            }
        })
    }

    pub(super) fn language(self) -> Language {
        match self {
            Self::ShiftJis | Self::EucJp | Self::Iso2022Jp => Language::Japanese,
            Self::EucKr => Language::Korean,
            _ => Language::Chinese,
        }
    }
}

/// Encodings in which ASCII takes a byte for each character.
pub(super) const EIGHT_BIT: [Encoding; 7] = [
    Encoding::Utf8,
    Encoding::Gb18030,
    Encoding::Big5,
    Encoding::EucTw,
    Encoding::ShiftJis,
    Encoding::EucJp,
    Encoding::EucKr,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_pages_mails_and_programs() {
        use Encoding::*;
        for (labels, expected) in [
            ("utf-8 UTF8 unicode-1-1-utf-8", Some(Utf8)),
            (
                "gbk GB2312 gb18030 gb_2312-80 cp936 936 ms936 gb-2312 x-gbk",
                Some(Gb18030),
            ),
            ("big5 Big5-HKSCS cp950 950 ms950 cn-big5", Some(Big5)),
            ("utf-16 utf-16le unicode csunicode", Some(Utf16Le)),
            ("utf-16be unicodefffe", Some(Utf16Be)),
            ("utf-32 utf-32le", Some(Utf32Le)),
            ("utf-32be", Some(Utf32Be)),
            ("utf-7 unicode-1-1-utf-7", Some(Utf7)),
            ("hz HZ-GB-2312", Some(Hz)),
            ("euc-tw x-euc-tw cns11643", Some(EucTw)),
            ("shift_jis sjis ms_kanji", Some(ShiftJis)),
            ("euc-jp x-euc-jp", Some(EucJp)),
            ("iso-2022-jp", Some(Iso2022Jp)),
            ("euc-kr ks_c_5601-1987 windows-949", Some(EucKr)),
            ("iso-2022-cn iso-2022-kr", Some(Iso2022)),
            ("latin1 windows-1252 koi8-r nonsense", None),
        ] {
            for label in labels.split(' ') {
                assert_eq!(Encoding::for_label(label), expected, "{label}");
            }
        }
        assert_eq!(Encoding::for_label("\t GBK\r\n"), Some(Gb18030));
        assert_eq!(Encoding::for_label(""), None);
    }

    #[test]
    fn a_codec_has_the_name_of_its_encoding() {
        let all = EIGHT_BIT.into_iter().chain([
            Encoding::Utf16Le,
            Encoding::Utf16Be,
            Encoding::Iso2022Jp,
        ]);
        for encoding in all {
            let name = encoding.codec().map(encoding_rs::Encoding::name);
            let named = name.and_then(Encoding::for_label);
            assert_eq!(named, name.map(|_| encoding), "{encoding:?}");
        }
    }

    #[test]
    fn a_reading_is_scored_in_the_language_of_its_encoding() {
        let of = Encoding::language;
        assert_eq!(of(Encoding::ShiftJis), Language::Japanese);
        assert_eq!(of(Encoding::Iso2022Jp), Language::Japanese);
        assert_eq!(of(Encoding::EucKr), Language::Korean);
        assert_eq!(of(Encoding::Big5), Language::Chinese);
        assert_eq!(of(Encoding::Utf8), Language::Chinese);
    }
}
