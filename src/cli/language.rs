//! The two languages that the command speaks, a sentence and its translation side by side.

use clap::ValueEnum;

/// The language of reports and messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lang {
    /// Chinese.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The language of a locale: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides.
    pub(super) fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Self {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(variable)
            .find(|value| !value.is_empty());
        match set {
            Some(locale) if locale.to_lowercase().starts_with("zh") => Self::Zh,
            _ => Self::En,
        }
    }

    /// A number of things: `2 段`, `1 passage`, `2 passages`; English nouns take an s.
    pub(super) fn count(self, n: u64, zh: &str, en: &str) -> String {
        match (self, n) {
            (Self::Zh, _) => format!("{n} {zh}"),
            (Self::En, 1) => format!("1 {en}"),
            (Self::En, _) => format!("{n} {en}s"),
        }
    }

    /// The one of two that is in this language.
    pub(super) fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// Formats the sentence in the language: `say!(lang, "{n} 篇", "{n} documents")`.
macro_rules! say {
    ($lang:expr, $zh:literal, $en:literal $(, $argument:expr)* $(,)?) => {
        match $lang {
            $crate::cli::language::Lang::Zh => format!($zh $(, $argument)*),
            $crate::cli::language::Lang::En => format!($en $(, $argument)*),
        }
    };
}
pub(super) use say;

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(variables: &[(&str, &str)], expected: Lang) {
        let lang = Lang::of_locale(|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        });
        assert_eq!(lang, expected);
    }

    #[test]
    fn numbers_of_things() {
        assert_eq!(Lang::Zh.count(1, "段", "passage"), "1 段");
        assert_eq!(Lang::En.count(1, "段", "passage"), "1 passage");
        assert_eq!(Lang::En.count(0, "段", "passage"), "0 passages");
    }

    #[test]
    fn first_variable_that_is_set_decides() {
        check(&[], Lang::En);
        check(&[("LANG", "zh_CN.UTF-8")], Lang::Zh);
        check(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], Lang::En);
        check(&[("LC_ALL", ""), ("LC_MESSAGES", "zh_TW")], Lang::Zh);
    }
}
