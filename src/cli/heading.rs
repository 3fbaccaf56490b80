//! Headings as they are printed.

/// The label and the rest of a heading, a blank between them where no punctuation is: `第六章 监督`, but `一、基本做法`.
pub(crate) fn printed(label: Option<&str>, title: &str) -> String {
    let label = label.unwrap_or_default();
    let is_bare = label.chars().last().is_some_and(char::is_alphanumeric);
    let blank = if is_bare && !title.is_empty() {
        " "
    } else {
        ""
    };
    format!("{label}{blank}{title}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blank_stands_where_punctuation_does_not() {
        assert_eq!(printed(Some("第六章"), "监督"), "第六章 监督");
        assert_eq!(printed(Some("第六条"), ""), "第六条");
        assert_eq!(printed(Some("一、"), "做法"), "一、做法");
        assert_eq!(printed(Some("1.1"), "做法"), "1.1 做法");
        assert_eq!(printed(None, "做法"), "做法");
    }
}
