#!/usr/bin/env python3
"""Writes the licences of all crates that the program is linked with, for one target.

    packaging/licences.py TARGET OUT [CARGO]

TARGET is a target triple, such as x86_64-pc-windows-gnu. Crates that only build or test the program are left out. Equal texts are printed
once. A crate that ships no text is in the list with its licence and authors; the text of that licence is among those of the others.
Needs the crates' sources, which `cargo fetch` brings. Exit status 1 if a crate states no licence at all.
"""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

NAMES = ("LICENSE", "LICENCE", "COPYING", "NOTICE", "UNLICENSE", "COPYRIGHT")


def linked(metadata):
    """The ids of the crates that the root package is linked with, itself left out."""
    nodes = {node["id"]: node for node in metadata["resolve"]["nodes"]}
    packages = {package["id"]: package for package in metadata["packages"]}
    root = metadata["resolve"]["root"]
    seen, waiting = {root}, [root]
    while waiting:
        for dependency in nodes[waiting.pop()]["deps"]:
            is_normal = any(kind["kind"] is None for kind in dependency["dep_kinds"])
            package = packages[dependency["pkg"]]
            is_macro = any("proc-macro" in target["kind"] for target in package["targets"])
            if is_normal and not is_macro and dependency["pkg"] not in seen:
                seen.add(dependency["pkg"])
                waiting.append(dependency["pkg"])
    seen.remove(root)
    return sorted((packages[found] for found in seen), key=lambda found: (found["name"], found["version"]))


def texts(package):
    """The licence files of a crate."""
    folder = Path(package["manifest_path"]).parent
    found = [path for path in sorted(folder.iterdir()) if path.name.upper().startswith(NAMES)]
    for path in [inner for path in found if path.is_dir() for inner in sorted(path.iterdir())] + found:
        if path.is_file() and path.suffix != ".rs":
            yield path.read_text(encoding="utf-8", errors="replace").replace("\r\n", "\n").strip()


def main():
    target, out, *cargo = sys.argv[1:]
    command = [*(cargo or ["cargo"]), "metadata", "--locked", "--format-version", "1", "--filter-platform", target]
    root = Path(__file__).resolve().parent.parent
    metadata = json.loads(subprocess.run(command, cwd=root, check=True, stdout=subprocess.PIPE).stdout)
    packages = linked(metadata)
    holders, silent = defaultdict(list), []
    for package in packages:
        name = f"{package['name']} {package['version']}"
        if not package["license"] and not package["license_file"]:
            silent.append(name)
        for text in texts(package):
            holders[text].append(name)
    rule = "=" * 80
    lines = [f"xunzhang for {target} is linked with {len(packages)} crates under these licences:", ""]
    for package in packages:
        authors = ", ".join(author.split(" <")[0] for author in package["authors"])
        source = package["repository"] or ""
        parts = [f"{package['name']} {package['version']}", package["license"] or "see its text", authors, source]
        lines.append("  " + " · ".join(part for part in parts if part))
    lines += ["", "and with the standard library of Rust: MIT OR Apache-2.0 · The Rust Project contributors"]
    for text, names in holders.items():
        lines += ["", rule, *[f"  {name}" for name in names], rule, "", text]
    Path(out).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(packages)} crates, {len(holders)} texts: {out}")
    if silent:
        sys.exit(f"no licence stated by {', '.join(silent)}")


main()
