//! The program started without arguments: by a double click, by people who have no terminal.

use std::ffi::OsString;
use std::path::PathBuf;

/// The arguments to run: on a desktop without arguments the page in the browser, else those given.
pub(crate) fn arguments(
    given: Vec<OsString>,
    variable: impl Fn(&str) -> Option<String>,
) -> Vec<OsString> {
    if given.len() > 1 || !has_desktop(&variable) {
        return given;
    }
    let mut out = given;
    if let Some(dir) = index(&variable) {
        out.extend(["--index".into(), dir.into()]);
    }
    out.extend(["serve", "--open", "--update"].map(OsString::from));
    out
}

/// Where a person's files are.
pub(crate) fn home() -> Option<PathBuf> {
    std::env::home_dir()
}

/// Whether a browser can be opened.
fn has_desktop(variable: impl Fn(&str) -> Option<String>) -> bool {
    let is_set = |name: &str| variable(name).is_some_and(|value| !value.is_empty());
    cfg!(any(windows, target_os = "macos")) || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// The index in this folder if there is one, else that of the user: a click does not choose a folder to start in.
fn index(variable: impl Fn(&str) -> Option<String>) -> Option<PathBuf> {
    if variable("XUNZHANG_INDEX").is_some() || PathBuf::from("index/meta.json").is_file() {
        return None;
    }
    // The folders that each system has for the data of programs; that of Linux is by the XDG base directory specification.
    let of = |name: &str| {
        variable(name)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    let data = if cfg!(windows) {
        of("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        home().map(|home| home.join("Library/Application Support"))
    } else {
        of("XDG_DATA_HOME").or_else(|| home().map(|home| home.join(".local/share")))
    };
    Some(data?.join("xunzhang").join("index"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_start_without_arguments_on_a_desktop_opens_the_page() {
        let desktop = |name: &str| (name == "DISPLAY").then(|| ":0".to_owned());
        let bare = || vec![OsString::from("xunzhang")];
        let given = arguments(bare(), desktop);
        assert!(
            given.ends_with(&["serve".into(), "--open".into(), "--update".into()]),
            "{given:?}"
        );
        let status = || vec![OsString::from("xunzhang"), OsString::from("status")];
        assert_eq!(arguments(status(), desktop), status());
        if !cfg!(any(windows, target_os = "macos")) {
            assert_eq!(arguments(bare(), |_| None), bare());
        }
    }

    #[test]
    fn the_data_folder_of_the_user_is_taken() {
        if cfg!(any(windows, target_os = "macos")) {
            return;
        }
        let data = |name: &str| (name == "XDG_DATA_HOME").then(|| "/data".to_owned());
        let expected = (!PathBuf::from("index/meta.json").is_file())
            .then(|| PathBuf::from("/data/xunzhang/index"));
        assert_eq!(index(data), expected);
    }
}
