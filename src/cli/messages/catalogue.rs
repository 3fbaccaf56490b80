//! Sentences by key.

use std::borrow::Cow;
use std::fmt::Display;
use std::path;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::language::Lang;

/// The catalogue of English.
pub(super) const EN: &str = concat!(
    include_str!("en.ftl"),
    "\n",
    include_str!("web-en.ftl"),
    "\n",
    include_str!("mcp-en.ftl")
);
/// The catalogue of Chinese.
pub(super) const ZH: &str = concat!(
    include_str!("zh.ftl"),
    "\n",
    include_str!("web-zh.ftl"),
    "\n",
    include_str!("mcp-zh.ftl")
);
/// What clap and the doc comments of the arguments say in English, in Chinese.
pub(super) const ZH_HELP: &str = include_str!("zh-help.ftl");

/// A catalogue ready for use, read when the first message is needed: a run speaks one language.
type Catalogue = LazyLock<FluentBundle<FluentResource>>;

static ENGLISH: Catalogue = LazyLock::new(|| bundle("en", &[EN]));
static CHINESE: Catalogue = LazyLock::new(|| bundle("zh", &[ZH, ZH_HELP]));

fn bundle(language: &str, texts: &[&str]) -> FluentBundle<FluentResource> {
    let language = language.parse().unwrap_or_default();
    // Several threads make messages: those of a batch of queries.
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    // The marks that isolate arguments of another direction would be visible in files and terminals.
    bundle.set_use_isolating(false);
    for text in texts {
        // A test holds that all of them are read without an error; what is well-formed is kept in any case.
        let resource = FluentResource::try_new((*text).to_owned());
        bundle.add_resource_overriding(resource.unwrap_or_else(|(read, _)| read));
    }
    bundle
}

impl Lang {
    fn catalogue(self) -> &'static FluentBundle<FluentResource> {
        match self {
            Self::Zh => &CHINESE,
            Self::En => &ENGLISH,
        }
    }

    /// Whether there is a message of that key.
    pub(crate) fn has(self, key: &str) -> bool {
        self.catalogue().has_message(key)
    }

    /// The message of a key that has neither arguments nor blanks at an end nor several lines: a name, a heading.
    pub(crate) fn text(self, key: &'static str) -> &'static str {
        match pattern(self, key, None) {
            Some(Cow::Borrowed(text)) => text,
            // A test proves that no other kind is requested in this way.
            _ => key,
        }
    }
}

fn pattern(lang: Lang, key: &str, arguments: Option<&FluentArgs<'_>>) -> Option<Cow<'static, str>> {
    let catalogue = lang.catalogue();
    let pattern = catalogue.get_message(key)?.value()?;
    // A missing argument leaves a gap in the sentence, which is better than no sentence; tests hold that none is missing.
    Some(catalogue.format_pattern(pattern, arguments, &mut Vec::new()))
}

/// The message of a key, its arguments filled in.
pub(crate) fn render(lang: Lang, key: &str, arguments: &FluentArgs<'static>) -> String {
    let text = pattern(lang, key, Some(arguments));
    // The key itself is a word that can be searched for; tests hold that all keys exist.
    text.map_or_else(|| key.to_owned(), Cow::into_owned)
}

/// The message of a key with its arguments: `say!(lang, "verify-problems", n, files = grouped(files))`.
macro_rules! say {
    ($lang:expr, $key:expr $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        #[allow(unused_mut, reason = "a message may have no arguments")]
        let mut arguments = fluent_bundle::FluentArgs::new();
        $(
            let value = $crate::cli::messages::catalogue_argument!($name $(= $value)?);
            arguments.set(stringify!($name), value);
        )*
        $crate::cli::messages::render($lang, $key, &arguments)
    }};
}
pub(crate) use say;

/// The value of an argument, which is the variable of its name where none is given.
macro_rules! catalogue_argument {
    ($name:ident) => {
        $crate::cli::messages::Argument::value(&$name)
    };
    ($name:ident = $value:expr) => {
        $crate::cli::messages::Argument::value(&$value)
    };
}
pub(crate) use catalogue_argument;

/// The names of several things, as a sentence lists them.
pub(crate) fn listed<S: AsRef<str>>(names: &[S], lang: Lang) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    names.join(&say!(lang, "list-separator"))
}

/// What can be an argument: whole numbers, by which a catalogue may choose a plural; all else is text.
pub(crate) trait Argument {
    /// The argument as the catalogue takes it.
    fn value(&self) -> FluentValue<'static>;
}

impl<T: Argument + ?Sized> Argument for &T {
    fn value(&self) -> FluentValue<'static> {
        (**self).value()
    }
}

fn text(value: &(impl Display + ?Sized)) -> FluentValue<'static> {
    FluentValue::String(Cow::Owned(value.to_string()))
}

macro_rules! numbers {
    ($($number:ty)+) => { $(
        impl Argument for $number {
            fn value(&self) -> FluentValue<'static> {
                FluentValue::from(*self)
            }
        }
    )+ };
}

// Fluent would print a fraction as the nearest number of twice the precision: 14.199999809265137 for 14.2.
macro_rules! texts {
    ($($text:ty)+) => { $(
        impl Argument for $text {
            fn value(&self) -> FluentValue<'static> {
                text(self)
            }
        }
    )+ };
}

numbers! { i32 i64 u8 u16 u32 u64 usize }
texts! { str String Cow<'_, str> f32 f64 path::Display<'_> xunzhang::document::Date }
