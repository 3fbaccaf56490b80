//! Colours, by what they mean.

use clap::builder::styling::{AnsiColor, Style};

/// Whether a stream is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// Text alone.
    Plain,
    /// With the terminal's own sixteen colours, which its user has chosen to be legible.
    Coloured,
}

/// What a piece of text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ink {
    /// Ordinary text.
    Text,
    /// A title: what the eye looks for first.
    Title,
    /// What was searched for.
    Hit,
    /// A place: document and line.
    Place,
    /// A heading on the way to a passage.
    Heading,
    /// Details that can be skipped.
    Faint,
    /// What a text has and its variant does not.
    Removed,
    /// What a variant has and the text does not.
    Added,
    /// An error.
    Error,
}

impl Paint {
    /// Colours on a terminal that can show them, unless `NO_COLOR` is set to anything (<https://no-color.org>).
    pub(crate) fn automatic(is_terminal: bool, variable: impl Fn(&str) -> Option<String>) -> Self {
        // An empty value counts as unset.
        let is_refused = variable("NO_COLOR").is_some_and(|value| !value.is_empty());
        // A terminal that knows no escape codes, as in Emacs.
        let is_dumb = variable("TERM").is_some_and(|value| value == "dumb");
        if is_terminal && !is_refused && !is_dumb {
            Self::Coloured
        } else {
            Self::Plain
        }
    }

    /// `text` in the colour of `ink`.
    pub(crate) fn ink(self, ink: Ink, text: &str) -> String {
        let style = match (self, ink) {
            (Self::Plain, _) | (_, Ink::Text) => return text.to_owned(),
            _ if text.is_empty() => return String::new(),
            (Self::Coloured, Ink::Title) => Style::new().bold(),
            // As `grep` marks what it finds.
            (Self::Coloured, Ink::Hit) => AnsiColor::Red.on_default().bold(),
            (Self::Coloured, Ink::Place) => AnsiColor::Cyan.on_default(),
            (Self::Coloured, Ink::Heading) => AnsiColor::Green.on_default(),
            (Self::Coloured, Ink::Faint) => Style::new().dimmed(),
            (Self::Coloured, Ink::Removed) => AnsiColor::Red.on_default().strikethrough(),
            (Self::Coloured, Ink::Added) => AnsiColor::Green.on_default().underline(),
            (Self::Coloured, Ink::Error) => AnsiColor::Red.on_default().bold(),
        };
        // Reset after each piece: a line that is cut off colours nothing after it.
        format!("{style}{text}{style:#}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_only_where_they_are_seen() {
        let nothing = |_: &str| None;
        assert_eq!(Paint::automatic(true, nothing), Paint::Coloured);
        assert_eq!(Paint::automatic(false, nothing), Paint::Plain);
        let set = |name: &'static str, value: &'static str| {
            move |asked: &str| (asked == name).then(|| value.to_owned())
        };
        assert_eq!(Paint::automatic(true, set("NO_COLOR", "1")), Paint::Plain);
        assert_eq!(Paint::automatic(true, set("NO_COLOR", "")), Paint::Coloured);
        assert_eq!(Paint::automatic(true, set("TERM", "dumb")), Paint::Plain);
    }

    #[test]
    fn plain_is_untouched_and_colour_ends_where_it_began() {
        assert_eq!(Paint::Plain.ink(Ink::Hit, "招商"), "招商");
        assert_eq!(
            Paint::Coloured.ink(Ink::Hit, "招商"),
            "\u{1b}[1m\u{1b}[31m招商\u{1b}[0m"
        );
        assert_eq!(Paint::Coloured.ink(Ink::Faint, ""), "");
    }
}
