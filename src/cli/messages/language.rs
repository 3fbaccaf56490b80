//! The two languages that the command speaks.

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
    /// The language of a locale: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides, else the desktop.
    pub(crate) fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Self {
        Self::chosen(variable, desktop)
    }

    fn chosen(
        variable: impl Fn(&str) -> Option<String>,
        desktop: impl Fn() -> Option<String>,
    ) -> Self {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .into_iter()
            .filter_map(variable)
            // An empty variable counts as one that is not set (POSIX, XBD 8.2).
            .find(|value| !value.is_empty());
        match set.or_else(desktop) {
            // `zh_CN.UTF-8`, `zh-Hant`: any Chinese.
            Some(locale) if locale.to_lowercase().starts_with("zh") => Self::Zh,
            _ => Self::En,
        }
    }
}

/// The language that the user chose for the desktop.
// Windows sets none of the variables.
#[cfg(windows)]
fn desktop() -> Option<String> {
    sys_locale::get_locale()
}

/// Elsewhere it is in the variables.
#[cfg(not(windows))]
fn desktop() -> Option<String> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(variables: &[(&str, &str)], expected: Lang) {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        };
        let lang = Lang::chosen(variable, || None);
        assert_eq!(lang, expected);
    }

    #[test]
    fn first_variable_that_is_set_decides() {
        check(&[], Lang::En);
        check(&[("LANG", "zh_CN.UTF-8")], Lang::Zh);
        check(&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "C")], Lang::En);
        check(&[("LC_ALL", ""), ("LC_MESSAGES", "zh_TW")], Lang::Zh);
    }

    #[test]
    fn the_desktop_decides_where_no_variable_is_set() {
        let chinese = || Some("zh-Hans-CN".to_owned());
        assert_eq!(Lang::chosen(|_| None, chinese), Lang::Zh);
        let english = |name: &str| (name == "LANG").then(|| "en_US.UTF-8".to_owned());
        assert_eq!(Lang::chosen(english, chinese), Lang::En);
    }
}
