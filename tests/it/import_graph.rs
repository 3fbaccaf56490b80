//! No files import each other in a circle, and a `mod.rs` only lists and re-exports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The segments of a path: `crate::query::Node` without `crate`.
type ModulePath = Vec<String>;

/// A source file.
struct Module {
    file: String,
    path: ModulePath,
    /// What it imports, each as written: with `crate`, `self` or `super` in front, or relative to the module.
    imports: Vec<ModulePath>,
    /// Names that it hands on, with the paths that they come from.
    reexports: Vec<(String, ModulePath)>,
    /// Whether it defines functions.
    has_functions: bool,
}

fn modules() -> Vec<Module> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = walkdir::WalkDir::new(&root).sort_by_file_name();
    let files = files
        .into_iter()
        .map(|entry| entry.expect("a readable tree").into_path());
    let rust = files.filter(|path| path.extension().is_some_and(|end| end == "rs"));
    rust.map(|file| module(&root, &file)).collect()
}

fn module(root: &Path, file: &Path) -> Module {
    let text = std::fs::read_to_string(file).expect("a source file");
    let relative = file.strip_prefix(root).expect("a path below src");
    let name = relative.to_string_lossy().replace('\\', "/");
    let mut path: ModulePath = name
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if path
        .last()
        .is_some_and(|last| ["mod", "lib", "main"].contains(&last.as_str()))
    {
        path.pop();
    }
    let code: String = text
        .lines()
        .take_while(|line| *line != "mod tests {")
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| [line, "\n"])
        .collect();
    let (mut imports, mut reexports) = (Vec::new(), Vec::new());
    for statement in code.split_inclusive(';') {
        let Some(at) = statement.find("use ") else {
            continue;
        };
        let before = statement[..at].trim_end();
        let starts_line = statement[..at]
            .rsplit('\n')
            .next()
            .is_some_and(|line| line.trim().is_empty() || line.trim_start().starts_with("pub"));
        if !starts_line {
            continue;
        }
        let is_public = before.ends_with("pub") || before.ends_with(')');
        let mut paths = Vec::new();
        let tree = statement[at + 4..].trim_end_matches(';');
        expand(tree, &mut Vec::new(), &mut paths);
        for path in paths {
            if let Some(last) = path.last().filter(|_| is_public) {
                reexports.push((last.clone(), path.clone()));
            }
            imports.push(path);
        }
    }
    for line in code
        .lines()
        .filter(|line| !line.trim_start().starts_with("use "))
    {
        imports.extend(inline_paths(line));
    }
    let is_function = |line: &str| line.trim_start().starts_with("fn ") || line.contains(" fn ");
    Module {
        file: name,
        path,
        imports,
        reexports,
        has_functions: code.lines().any(is_function),
    }
}

/// Paths from the crate's root or the parent module in a line of code: `super::units::is_single_unit`.
fn inline_paths(line: &str) -> Vec<ModulePath> {
    let is_part = |ch: char| ch.is_alphanumeric() || matches!(ch, '_' | ':');
    let words = line.split(|ch: char| !is_part(ch));
    let paths = words.filter(|word| word.starts_with("super::") || word.starts_with("crate::"));
    let path = |word: &str| {
        word.trim_end_matches(':')
            .split("::")
            .map(str::to_owned)
            .collect()
    };
    paths.map(path).collect()
}

/// Every path of a `use` tree.
fn expand(tree: &str, prefix: &mut ModulePath, out: &mut Vec<ModulePath>) {
    let tree = tree.trim();
    let Some((start, list)) = tree.split_once('{') else {
        let path = tree.split(" as ").next().unwrap_or_default().trim();
        let segments = path.split("::").map(|segment| segment.trim().to_owned());
        out.push(prefix.iter().cloned().chain(segments).collect());
        return;
    };
    let n_before = prefix.len();
    let start = start.trim().trim_end_matches("::");
    prefix.extend(
        start
            .split("::")
            .filter(|segment| !segment.is_empty())
            .map(str::to_owned),
    );
    let list = list.trim_end().trim_end_matches('}');
    let (mut depth, mut from) = (0, 0);
    for (at, ch) in list.char_indices().chain([(list.len(), ',')]) {
        match ch {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                if !list[from..at].trim().is_empty() {
                    expand(&list[from..at], prefix, out);
                }
                from = (at + 1).min(list.len());
            }
            _ => {}
        }
    }
    prefix.truncate(n_before);
}

/// Where a path leads that is written in `module`, from the root of the crate; `None` if out of it.
fn absolute(
    module: &ModulePath,
    written: &[String],
    known: &BTreeMap<&[String], usize>,
) -> Option<ModulePath> {
    let mut base = module.clone();
    let mut rest = written;
    match rest.first()?.as_str() {
        "crate" => {
            base.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|segment| segment == "super") {
                base.pop();
                rest = &rest[1..];
            }
        }
        child => {
            base.push(child.to_owned());
            known.get(&base[..])?;
            rest = &rest[1..];
        }
    }
    base.extend(rest.iter().cloned());
    Some(base)
}

/// The module that defines what a path names, through re-exports.
fn definer(
    path: &[String],
    modules: &[Module],
    known: &BTreeMap<&[String], usize>,
) -> Option<usize> {
    let n = (1..=path.len())
        .rev()
        .find(|&n| known.contains_key(&path[..n]))?;
    let at = known[&path[..n]];
    let Some(name) = path.get(n) else {
        return Some(at);
    };
    let module = &modules[at];
    let source = module.reexports.iter().find(|(own, _)| own == name);
    match source.and_then(|(_, written)| absolute(&module.path, written, known)) {
        Some(source) => definer(&source, modules, known),
        None => Some(at),
    }
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let modules = modules();
    let known: BTreeMap<&[String], usize> = modules
        .iter()
        .enumerate()
        .map(|(at, module)| (&module.path[..], at))
        .collect();
    let targets = |at: usize| -> BTreeSet<usize> {
        let module = &modules[at];
        // A list of re-exports depends on nothing.
        if module.file.ends_with("mod.rs") && !module.has_functions {
            return BTreeSet::new();
        }
        let imports = module.imports.iter();
        let paths = imports.filter_map(|written| absolute(&module.path, written, &known));
        let targets = paths.filter_map(|path| definer(&path, &modules, &known));
        targets.filter(|&target| target != at).collect()
    };
    let edges: Vec<BTreeSet<usize>> = (0..modules.len()).map(targets).collect();
    assert!(
        edges.iter().map(BTreeSet::len).sum::<usize>() > modules.len(),
        "imports are read"
    );
    let reachable = |from: usize| {
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![from]);
        while let Some(at) = waiting.pop() {
            waiting.extend(edges[at].iter().filter(|&&to| seen.insert(to)));
        }
        seen
    };
    let reach: Vec<BTreeSet<usize>> = (0..modules.len()).map(reachable).collect();
    let mut circles = BTreeSet::new();
    for at in (0..modules.len()).filter(|at| reach[*at].contains(at)) {
        let members = reach[at]
            .iter()
            .filter(|&&other| reach[other].contains(&at));
        let names: Vec<&str> = members.map(|&other| modules[other].file.as_str()).collect();
        circles.insert(names.join(", "));
    }
    let circles: Vec<String> = circles.into_iter().collect();
    assert!(
        circles.is_empty(),
        "files that import each other:\n{}",
        circles.join("\n")
    );
}

#[test]
fn a_mod_file_only_lists_and_reexports() {
    let modules = modules();
    let with_logic = modules
        .iter()
        .filter(|module| module.file.ends_with("mod.rs") && module.has_functions)
        .map(|module| module.file.as_str());
    assert_eq!(with_logic.collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn use_trees_are_expanded() {
    let mut paths = Vec::new();
    expand("crate::{a::{b, c as d}, e}", &mut Vec::new(), &mut paths);
    let paths: Vec<String> = paths.iter().map(|path| path.join("::")).collect();
    assert_eq!(paths, ["crate::a::b", "crate::a::c", "crate::e"]);
    let paths =
        inline_paths("if super::units::is_single_unit(ch) && crate::a::B::C > x::super_y() {");
    assert_eq!(
        paths,
        [
            vec!["super", "units", "is_single_unit"],
            vec!["crate", "a", "B", "C"]
        ]
    );
}
