//! Parameters of a request, and the arguments of a command that they stand for.

use clap::{Arg, ArgAction};
use form_urlencoded::{Serializer, parse};

use super::questions::Question;

/// Arguments that name files of the machine that runs the command, or what only a person at a terminal has a use for.
const NOT_OVER_HTTP: [&str; 7] = [
    "output",
    "overwrite",
    "queries",
    "list",
    "ocr",
    "config",
    "filter",
];

/// Names and values in the order in which they came, without those that have no value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parameters(Vec<(String, String)>);

/// A parameter that a question does not have, or that has no such value.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{name}")]
pub(crate) struct UnknownParameter {
    /// Its name.
    pub(super) name: String,
}

impl Parameters {
    /// Reads a query string, or the body of a form.
    pub(super) fn of_query(query: &str) -> Self {
        let pairs = parse(query.as_bytes()).into_owned();
        Self::of_pairs(pairs)
    }

    /// An empty value is a field of a form that was left empty.
    pub(crate) fn of_pairs(pairs: impl IntoIterator<Item = (String, String)>) -> Self {
        let filled = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        Self(filled.collect())
    }

    /// Both, one after the other.
    pub(super) fn and(&self, more: Self) -> Self {
        Self(self.0.iter().cloned().chain(more.0).collect())
    }

    /// The first value of a name.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All values of a name.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let named = self.0.iter().filter(move |(known, _)| known == name);
        named.map(|(_, value)| value.as_str())
    }

    /// All of them.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (&**name, &**value))
    }

    /// The same with other values of some names, in their old places where there were any.
    pub(crate) fn with(&self, name: &str, values: &[&str]) -> Self {
        let at = self.0.iter().position(|(known, _)| known == name);
        let mut out = self.without(&[name]).0;
        let new = values
            .iter()
            .map(|value| (name.to_owned(), (*value).to_owned()));
        let at = at.unwrap_or(out.len()).min(out.len());
        out.splice(at..at, new);
        Self(out)
    }

    /// The same without some names.
    pub(crate) fn without(&self, names: &[&str]) -> Self {
        let kept = self.0.iter().filter(|(name, _)| !names.contains(&&**name));
        Self(kept.cloned().collect())
    }

    /// Only those of some names.
    pub(super) fn only(&self, names: &[&str]) -> Self {
        let kept = self.0.iter().filter(|(name, _)| names.contains(&&**name));
        Self(kept.cloned().collect())
    }

    /// The same without one value of a name.
    pub(super) fn without_value(&self, name: &str, value: &str) -> Self {
        let kept = self
            .0
            .iter()
            .filter(|(known, held)| known != name || held != value);
        Self(kept.cloned().collect())
    }

    /// The query string, without its `?`; empty without parameters.
    pub(super) fn query(&self) -> String {
        let mut out = Serializer::new(String::new());
        out.extend_pairs(&self.0);
        out.finish()
    }

    /// A link to `path` with them.
    pub(super) fn url(&self, path: &str) -> String {
        match self.0.is_empty() {
            true => path.to_owned(),
            false => format!("{path}?{}", self.query()),
        }
    }

    /// The arguments of a question's command; `known` are names that mean something to a page alone.
    ///
    /// # Errors
    /// [`UnknownParameter`] with the first that the question does not have.
    pub(crate) fn arguments(
        &self,
        question: &Question,
        known: &[&str],
    ) -> Result<Vec<String>, UnknownParameter> {
        let definition = question.definition();
        let mut flags: Vec<String> = question
            .given
            .iter()
            .map(|flag| (*flag).to_owned())
            .collect();
        let mut words = Vec::new();
        for (name, value) in self.iter() {
            if known.contains(&name) {
                continue;
            }
            if let Some(at) = question.main.iter().position(|main| *main == name) {
                words.push((at, value.to_owned()));
                continue;
            }
            let unknown = || UnknownParameter {
                name: name.to_owned(),
            };
            let mut all = definition.get_arguments();
            let argument = all.find(|argument| is_parameter(argument) && is_called(argument, name));
            flags.extend(flag(argument.ok_or_else(unknown)?, value));
        }
        // Where the command takes two, they are in its order, not in that of the request.
        words.sort_by_key(|(at, _)| *at);
        if !words.is_empty() {
            flags.push("--".to_owned());
            flags.extend(words.into_iter().map(|(_, value)| value));
        }
        Ok(flags)
    }
}

/// Whether an argument of a command can be given over HTTP.
pub(super) fn is_parameter(argument: &Arg) -> bool {
    let id = argument.get_id().as_str();
    !argument.is_hide_set() && !argument.is_positional() && !NOT_OVER_HTTP.contains(&id)
}

/// Whether it is a flag without a value.
pub(super) fn is_switch(argument: &Arg) -> bool {
    matches!(
        argument.get_action(),
        ArgAction::SetTrue | ArgAction::SetFalse
    )
}

fn is_called(argument: &Arg, name: &str) -> bool {
    // Names of HTML fields and of Python arguments have an underscore where flags have a hyphen.
    let long = argument.get_long().unwrap_or_default();
    let is_long = long == name || long.replace('-', "_") == name;
    is_long
        || argument
            .get_short()
            .is_some_and(|short| name == short.to_string())
}

/// The flag as it is typed; none if a switch is off.
fn flag(argument: &Arg, value: &str) -> Option<String> {
    let long = argument.get_long().unwrap_or_default();
    if !is_switch(argument) {
        return Some(format!("--{long}={value}"));
    }
    let is_off = ["0", "false", "no", "off"].contains(&value);
    (!is_off).then(|| format!("--{long}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::questions::QUESTIONS;

    fn arguments(path: &str, query: &str) -> Result<Vec<String>, UnknownParameter> {
        let question = Question::at(path).expect("a question");
        Parameters::of_query(query).arguments(question, &[])
    }

    #[test]
    fn parameters_are_the_flags_of_the_command() {
        assert_eq!(
            arguments(
                "search",
                "q=-%E6%B8%A0&year=2005..2010&no_collapse=1&explain=0&kind="
            ),
            Ok(["--year=2005..2010", "--no-collapse", "--", "-渠"]
                .map(String::from)
                .to_vec())
        );
        assert_eq!(
            arguments("count", "query=a"),
            Ok(["--count", "--", "a"].map(String::from).to_vec())
        );
    }

    #[test]
    fn no_parameter_names_a_file() {
        for question in &QUESTIONS {
            for argument in question
                .definition()
                .get_arguments()
                .filter(|one| is_parameter(one))
            {
                let names = argument.get_value_names().unwrap_or_default();
                assert!(
                    !names
                        .iter()
                        .any(|name| matches!(name.as_str(), "FILE" | "DIR" | "PATH")),
                    "{}: {argument}",
                    question.path
                );
            }
        }
        for name in [
            "output",
            "o",
            "queries",
            "keywords",
            "k",
            "config",
            "index",
            "overwrite",
        ] {
            let unknown = arguments("report", &format!("{name}=x"));
            let is_main = Question::at("report").is_some_and(|report| report.main.contains(&name));
            assert_eq!(unknown.is_err(), !is_main, "{name}");
        }
    }

    #[test]
    fn every_question_is_a_command() {
        for question in &QUESTIONS {
            let n_words = question.definition().get_positionals().count();
            let words = std::iter::repeat_n("a*b", n_words);
            let given = question.given.iter().copied().chain(["--"]).chain(words);
            let arguments: Vec<String> = given.map(str::to_owned).collect();
            let read = question.matches(&arguments);
            assert!(read.is_ok(), "{}: {:?}", question.path, read.err());
        }
    }

    #[test]
    fn values_change_in_their_place() {
        let given = Parameters::of_query("q=a&year=1&n=2");
        assert_eq!(
            given.with("year", &["3", "4"]).query(),
            "q=a&year=3&year=4&n=2"
        );
        assert_eq!(
            given.with("by", &["document"]).query(),
            "q=a&year=1&n=2&by=document"
        );
        assert_eq!(given.with("year", &[]).query(), "q=a&n=2");
        assert_eq!(given.without_value("year", "1").query(), "q=a&n=2");
    }
}
