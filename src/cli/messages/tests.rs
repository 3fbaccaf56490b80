//! Both catalogues say the same things, and the code says nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use super::Lang;
use super::catalogue::{EN, ZH, ZH_HELP};

/// The messages of a catalogue, with the arguments of each.
fn messages(text: &str) -> BTreeMap<String, BTreeSet<String>> {
    let catalogue = parser::parse(text).unwrap_or_else(|(_, errors)| panic!("{errors:?}"));
    let mut out = BTreeMap::new();
    for entry in catalogue.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let mut arguments = BTreeSet::new();
        collect(&message.value.expect("a value"), &mut arguments);
        let old = out.insert(message.id.name.to_owned(), arguments);
        assert_eq!(old, None, "{} is there twice", message.id.name);
    }
    out
}

fn collect(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        let (Expression::Inline(inline)
        | Expression::Select {
            selector: inline, ..
        }) = expression;
        if let InlineExpression::VariableReference { id } = inline {
            arguments.insert(id.name.to_owned());
        }
        if let Expression::Select { variants, .. } = expression {
            for variant in variants {
                collect(&variant.value, arguments);
            }
        }
    }
}

/// The text of all files of the command and its page without their tests, and where each is.
fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, out: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("tests.rs")
            {
                let text = std::fs::read_to_string(&path).unwrap();
                let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
                out.push((path, simplified(code)));
            }
        }
    }
    let mut out = Vec::new();
    for room in ["src/cli", "src/web", "src/mcp"] {
        walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(room), &mut out);
    }
    out.sort();
    out
}

/// The code without comments and without quotation marks that do not open or close a text.
fn simplified(code: &str) -> String {
    let lines = code
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let code = code.replace(r"\\", "").replace("'\"'", "' '");
    code.replace("\\\"", "'")
}

/// The texts between quotation marks.
fn literals(code: &str) -> impl Iterator<Item = &str> {
    code.split('"').skip(1).step_by(2)
}

/// The content of the brackets after whose opening `code` begins.
fn inside(code: &str) -> &str {
    let mut depth = 1;
    let mut is_text = false;
    for (at, ch) in code.char_indices() {
        match ch {
            '"' => is_text = !is_text,
            '(' | '[' | '{' if !is_text => depth += 1,
            ')' | ']' | '}' if !is_text => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &code[..at];
        }
    }
    code
}

/// What commas divide, at the level of the text itself.
fn parts(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut depth, mut start, mut is_text) = (0, 0, false);
    for (at, ch) in text.char_indices() {
        match ch {
            '"' => is_text = !is_text,
            '(' | '[' | '{' if !is_text => depth += 1,
            ')' | ']' | '}' if !is_text => depth -= 1,
            ',' if depth == 0 && !is_text => {
                out.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(text[start..].trim());
    out.retain(|part| !part.is_empty());
    out
}

#[test]
fn both_catalogues_have_every_message_with_the_same_arguments() {
    assert_eq!(messages(ZH), messages(EN));
}

/// All messages of Chinese, those among them that clap and the doc comments have in English.
fn all() -> BTreeMap<String, BTreeSet<String>> {
    let mut all = messages(ZH);
    let n = all.len();
    let help = messages(ZH_HELP);
    let n_help = help.len();
    all.extend(help);
    assert_eq!(all.len(), n + n_help, "a key is in both files");
    all
}

#[test]
fn every_message_that_the_code_names_is_there_with_its_arguments() {
    let messages = all();
    let mut n_named = 0;
    for (path, code) in sources() {
        for (at, _) in code.match_indices("say!(") {
            let call = parts(inside(&code[at + "say!(".len()..]));
            let Some(key) = call
                .get(1)
                .and_then(|key| key.strip_prefix('"')?.strip_suffix('"'))
            else {
                continue;
            };
            let given = call[2..].iter().map(|argument| {
                let name = argument.split_once('=').map_or(*argument, |(name, _)| name);
                name.trim().to_owned()
            });
            let wanted = messages
                .get(key)
                .unwrap_or_else(|| panic!("no message {key}, in {}", path.display()));
            assert_eq!(
                &given.collect::<BTreeSet<String>>(),
                wanted,
                "{key} in {}",
                path.display()
            );
            n_named += 1;
        }
        for (at, _) in code.match_indices(".text(") {
            for key in literals(inside(&code[at + ".text(".len()..])) {
                assert!(
                    messages.contains_key(key),
                    "no message {key}, in {}",
                    path.display()
                );
            }
        }
    }
    assert!(n_named > 150, "only {n_named} messages were found");
}

#[test]
fn every_message_is_used() {
    let sources = sources();
    let used: BTreeSet<&str> = sources
        .iter()
        .flat_map(|(_, code)| literals(code))
        .collect();
    let messages = all();
    let unused: Vec<&String> = messages
        .keys()
        .filter(|key| !used.contains(key.as_str()) && !is_made(key))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

/// Whether the key is put together by the code; the tests of that code hold that each of them is used.
fn is_made(key: &str) -> bool {
    [
        "warning-",
        "warnings-",
        "help-",
        "heading-",
        "placeholder-",
        "what-",
        "damaged-",
        "damage-",
        "protection-",
        "field-",
    ]
    .iter()
    .any(|start| key.starts_with(start))
}

/// Names are used as the catalogue has them, so that they cannot have arguments.
#[test]
fn names_are_plain() {
    for (_, code) in sources() {
        for (at, _) in code.match_indices(".text(") {
            for key in literals(inside(&code[at + ".text(".len()..])) {
                let key: &'static str = Box::leak(key.to_owned().into_boxed_str());
                let help = messages(ZH_HELP);
                for lang in [Lang::Zh, Lang::En] {
                    if lang == Lang::En && help.contains_key(key) {
                        continue;
                    }
                    assert_ne!(lang.text(key), key, "{key}");
                }
            }
        }
    }
}
