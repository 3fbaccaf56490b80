//! What an update comes to: which files the index holds afterwards, and the summary.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;

use super::batch::Outcome;
use super::plan::{Item, Plan, Root};
use super::{SkipReason, Skipped, Summary, UpdateOptions};
use crate::index::files::{Counts, FileRecord};
use crate::index::manifest::{FORMAT, Manifest};

/// What an update comes to.
pub(super) struct Tally {
    files: BTreeMap<String, FileRecord>,
    pub(super) vanished: Vec<String>,
    pub(super) is_changed: bool,
    roots: Vec<String>,
    /// Roots that are gone.
    gone: BTreeSet<String>,
    summary: Summary,
}

impl Tally {
    pub(super) fn new(
        known: BTreeMap<String, FileRecord>,
        mut plan: Plan,
        outcomes: Vec<Outcome>,
    ) -> Self {
        let vanished = take(&mut plan.vanished);
        let (gone, roots): (Vec<_>, Vec<_>) = plan.roots.iter().partition(|root| root.is_gone());
        let path = |root: &Root| root.absolute.display().to_string();
        let mut tally = Self {
            files: known,
            is_changed: !vanished.is_empty(),
            vanished,
            roots: roots.into_iter().map(path).collect(),
            gone: gone.into_iter().map(path).collect(),
            summary: Summary::default(),
        };
        for key in &tally.vanished {
            let file = tally.files.remove(key);
            tally.summary.removed += file.map_or(0, |file| file.counts.documents);
        }
        let (problems, items) = (take(&mut plan.problems), take(&mut plan.items));
        for problem in problems {
            tally.skip(plan.shown(&problem.path), SkipReason::Walk(problem.reason));
        }
        for (item, outcome) in items.into_iter().zip(outcomes) {
            let shown = plan.shown(&item.found.path);
            tally.take(item, outcome, shown);
        }
        tally.summary.skipped.sort_by(|a, b| a.path.cmp(&b.path));
        tally
    }

    fn take(&mut self, item: Item, outcome: Outcome, shown: String) {
        let before = item
            .known
            .as_ref()
            .map_or(0, |known| known.counts.documents);
        self.is_changed |= match &outcome {
            Outcome::Unchanged | Outcome::Kept(_) => false,
            Outcome::Touched(_) | Outcome::Read(..) => true,
            Outcome::Skipped(_) | Outcome::Vanished => item.known.is_some(),
        };
        match outcome {
            Outcome::Unchanged => self.summary.unchanged += before,
            Outcome::Touched(file) => {
                self.summary.unchanged += before;
                self.files.insert(file.key.clone(), file);
            }
            Outcome::Read(file, warnings) => {
                let now = file.counts.documents;
                self.summary.changed += before.min(now);
                self.summary.added += now.saturating_sub(before);
                self.summary.removed += before.saturating_sub(now);
                self.summary.read_bytes += file.size;
                self.summary.warnings.extend(warnings);
                self.files.insert(file.key.clone(), file);
            }
            Outcome::Skipped(skip) => {
                self.files.remove(&item.key);
                self.summary.removed += before;
                self.skip(shown, SkipReason::Read(skip));
            }
            Outcome::Vanished => {
                self.files.remove(&item.key);
                self.summary.removed += before;
            }
            Outcome::Kept(skip) => {
                self.summary.unchanged += before;
                self.skip(shown, SkipReason::Read(skip));
            }
        }
    }

    /// The files that gave no document, by path.
    pub(super) fn skipped(&self) -> &[Skipped] {
        &self.summary.skipped
    }

    fn skip(&mut self, path: String, reason: SkipReason) {
        self.summary.skipped.push(Skipped { path, reason });
    }

    /// What the index says of itself after the update; `old` is what it said before.
    pub(super) fn manifest(&self, old: &Manifest, options: &UpdateOptions) -> Manifest {
        // In the order in which they were first given: ids depend on it.
        let mut roots = old.roots.clone();
        let is_new = |root: &&String| !old.roots.contains(root);
        roots.extend(self.roots.iter().filter(is_new).cloned());
        roots.retain(|root| !self.gone.contains(root));
        let mut counts = Counts::default();
        for file in self.files.values() {
            counts += file.counts;
        }
        let synonyms = options.synonyms.as_ref().unwrap_or(&old.synonyms);
        Manifest {
            format: FORMAT,
            fingerprint: fingerprint(&self.files, [&old.dictionary.text, &synonyms.text]),
            dictionary: old.dictionary.clone(),
            synonyms: synonyms.clone(),
            roots,
            exclude: options
                .exclude
                .as_ref()
                .map_or_else(Vec::new, |exclude| exclude.patterns().to_vec()),
            map: options.read.map.clone(),
            files: self.files.len() as u64,
            documents: counts.documents,
            passages: counts.passages,
            characters: counts.characters,
            bytes: self.files.values().map(|file| file.size).sum(),
        }
    }

    pub(super) fn summary(&mut self) -> Summary {
        let mut summary = take(&mut self.summary);
        for file in self.files.values() {
            summary.documents += file.counts.documents;
            summary.passages += file.counts.passages;
            summary.characters += file.counts.characters;
            summary.bytes += file.size;
        }
        summary
    }
}

/// Hash of all ids and contents, of the dictionary and the synonyms, hexadecimal.
fn fingerprint(files: &BTreeMap<String, FileRecord>, options: [&str; 2]) -> String {
    let mut by_id: Vec<(&str, &str)> = files
        .values()
        .map(|file| (file.id.as_str(), file.hash.as_str()))
        .collect();
    by_id.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for option in options {
        hasher.update(option.as_bytes()).update(b"\0");
    }
    for (id, hash) in by_id {
        hasher
            .update(id.as_bytes())
            .update(b"\0")
            .update(hash.as_bytes())
            .update(b"\0");
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
