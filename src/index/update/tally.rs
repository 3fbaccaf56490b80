//! The outcome of an update: which files the index holds afterwards, and the summary.

use std::collections::{BTreeMap, BTreeSet};
use std::mem::take;

use super::batch::Outcome;
use super::options::{Summary, UpdateOptions};
use super::plan::{Item, Plan, Root};
use crate::index::files::{Counts, FileRecord, key_of, path_of};
use crate::index::manifest::{CollectionRecord, FORMAT, Manifest};
use crate::index::run::{LeftOut, Run};
use crate::index::skipped::{SkipReason, Skipped};
use crate::source::Warning;

/// The outcome of an update.
pub(super) struct Tally {
    files: BTreeMap<String, FileRecord>,
    pub(super) vanished: Vec<String>,
    pub(super) is_changed: bool,
    places: Vec<CollectionRecord>,
    /// Absolute paths of places that are gone.
    gone: BTreeSet<String>,
    summary: Summary,
    /// What the update leaves to the next one.
    pub(super) run: Run,
}

impl Tally {
    pub(super) fn new(
        known: BTreeMap<String, FileRecord>,
        mut plan: Plan,
        outcomes: Vec<Outcome>,
        before: Run,
    ) -> Self {
        let vanished = take(&mut plan.vanished);
        let (gone, roots): (Vec<_>, Vec<_>) = plan.roots.iter().partition(|root| root.is_gone());
        let mut tally = Self {
            files: known,
            is_changed: !vanished.is_empty(),
            vanished,
            places: roots.into_iter().map(Root::to_record).collect(),
            gone: gone.into_iter().map(|root| root.to_record().path).collect(),
            summary: Summary::default(),
            run: Run::default(),
        };
        let mut before = tally.keep_of_other_files(before, &plan);
        for key in &tally.vanished {
            let file = tally.files.remove(key);
            tally.summary.removed += file.map_or(0, |file| file.counts.documents);
        }
        let (problems, items) = (take(&mut plan.problems), take(&mut plan.items));
        for problem in problems {
            let key = key_of(&problem.path);
            tally.skip(
                key,
                plan.shown(&problem.path),
                SkipReason::Walk(problem.reason),
            );
        }
        for (item, outcome) in items.into_iter().zip(outcomes) {
            let shown = plan.shown(&item.found.path);
            let before = before.take(&item.key);
            tally.take(item, outcome, shown, before);
        }
        let by_path = |a: &LeftOut, b: &LeftOut| (&a.path, &a.key).cmp(&(&b.path, &b.key));
        tally.run.left_out.sort_by(by_path);
        tally
    }

    fn take(&mut self, item: Item, outcome: Outcome, shown: String, before_it: OfFile) {
        let known = item.known.as_ref();
        let before = known.map_or(0, |known| known.counts.documents);
        self.is_changed |= match &outcome {
            Outcome::Unchanged | Outcome::Kept(_) => false,
            Outcome::Touched(_) | Outcome::Read(..) => true,
            Outcome::Skipped(..) | Outcome::Vanished => known.is_some(),
        };
        match outcome {
            Outcome::Unchanged => {
                self.summary.unchanged += before;
                self.keep(item.key, before_it);
            }
            Outcome::Touched(file) => {
                self.summary.unchanged += before;
                self.keep(item.key, before_it);
                self.files.insert(file.key.clone(), file);
            }
            Outcome::Read(file, warnings, pages) => {
                self.leave_out_parts(&item.key, &shown, &warnings);
                self.keep_pages(item.key, pages);
                self.summary.warnings.extend(warnings);
                self.count(file, before);
            }
            Outcome::Skipped(skip, pages) => {
                self.remove(&item.key, before);
                self.keep_pages(item.key.clone(), pages);
                self.skip(item.key, shown, SkipReason::Read(skip));
            }
            Outcome::Vanished => self.remove(&item.key, before),
            Outcome::Kept(skip) => {
                self.summary.unchanged += before;
                self.keep(item.key.clone(), before_it);
                self.skip(item.key, shown, SkipReason::Read(skip));
            }
        }
    }

    /// Counts a file that was read, and that had `before` documents.
    ///
    /// Which document of a file became which is not known: as many as there were before count as changed, the difference as new
    /// or gone.
    fn count(&mut self, file: FileRecord, before: u64) {
        let now = file.counts.documents;
        self.summary.changed += before.min(now);
        self.summary.added += now.saturating_sub(before);
        self.summary.removed += before.saturating_sub(now);
        self.summary.read_bytes += file.size;
        self.files.insert(file.key.clone(), file);
    }

    fn remove(&mut self, key: &str, before: u64) {
        self.files.remove(key);
        self.summary.removed += before;
    }

    /// Keeps what was left out of files that this update did not look at, and gives what was of those that it did.
    fn keep_of_other_files(&mut self, before: Run, plan: &Plan) -> Before {
        let items: BTreeSet<&str> = plan.items.iter().map(|item| item.key.as_str()).collect();
        let problems = plan.problems.iter();
        let problems: BTreeSet<String> = problems.map(|problem| key_of(&problem.path)).collect();
        let stays = |key: &str| !problems.contains(key) && !plan.is_gone(&path_of(key));
        let mut looked_at = Before::default();
        for file in before.left_out {
            if items.contains(&*file.key) {
                let key = file.key.clone();
                looked_at.0.entry(key).or_default().left_out.push(file);
            } else if stays(&file.key) {
                self.run.left_out.push(file);
            }
        }
        for (key, pages) in before.pages {
            if items.contains(&*key) {
                looked_at.0.entry(key).or_default().pages = pages;
            } else if stays(&key) {
                self.run.pages.insert(key, pages);
            }
        }
        looked_at
    }

    /// Keeps what is known of a file that was not read anew.
    fn keep(&mut self, key: String, before: OfFile) {
        let parts = before.left_out.into_iter().filter(LeftOut::is_part);
        self.run.left_out.extend(parts);
        self.keep_pages(key, before.pages);
    }

    fn keep_pages(&mut self, key: String, pages: Vec<String>) {
        if !pages.is_empty() {
            self.run.pages.insert(key, pages);
        }
    }

    /// Notes what of a file that was read is not.
    fn leave_out_parts(&mut self, key: &str, shown: &str, warnings: &[(String, Warning)]) {
        let mut leave_out = |path: String, reason| {
            self.run.left_out.push(LeftOut {
                key: key.to_owned(),
                path,
                reason,
                is_of_this_run: false,
            });
        };
        let mut n_pages = 0;
        for (_, warning) in warnings {
            match warning {
                Warning::PicturePages(n) => n_pages += n,
                Warning::SkippedInside(path, reason) | Warning::PictureInside(path, reason) => {
                    let reason = SkipReason::Inside {
                        reason: reason.clone(),
                        is_picture: matches!(warning, Warning::PictureInside(..)),
                    };
                    leave_out(format!("{shown}#{path}"), reason);
                }
                _ => {}
            }
        }
        if n_pages > 0 {
            leave_out(shown.to_owned(), SkipReason::Pages(n_pages));
        }
    }

    /// Notes a file that gave no document.
    fn skip(&mut self, key: String, path: String, reason: SkipReason) {
        self.run.left_out.push(LeftOut {
            key,
            path,
            reason,
            is_of_this_run: true,
        });
    }

    /// What the index says of itself after the update; `old` is what it said before.
    pub(super) fn manifest(&self, old: &Manifest, options: &UpdateOptions) -> Manifest {
        // In the order in which they were first given: ids depend on it.
        let mut collections = old.collections.clone();
        for place in &self.places {
            match collections
                .iter_mut()
                .find(|known| known.path == place.path)
            {
                Some(known) => known.name.clone_from(&place.name),
                None => collections.push(place.clone()),
            }
        }
        collections.retain(|place| !self.gone.contains(&place.path));
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
            collections,
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
        let left_out = take(&mut self.run.left_out).into_iter();
        let skipped = left_out.filter(|file| file.is_of_this_run);
        summary.skipped = skipped.map(Skipped::from).collect();
        for file in self.files.values() {
            summary.documents += file.counts.documents;
            summary.passages += file.counts.passages;
            summary.characters += file.counts.characters;
            summary.bytes += file.size;
        }
        summary
    }
}

/// What the last update left of the files that this one looks at.
#[derive(Default)]
struct Before(BTreeMap<String, OfFile>);

/// What the last update left of a file.
#[derive(Default)]
struct OfFile {
    left_out: Vec<LeftOut>,
    pages: Vec<String>,
}

impl Before {
    fn take(&mut self, key: &str) -> OfFile {
        self.0.remove(key).unwrap_or_default()
    }
}

/// Hash of all ids and contents, of the dictionary and the synonyms, hexadecimal.
pub(super) fn fingerprint(files: &BTreeMap<String, FileRecord>, options: [&str; 2]) -> String {
    let mut by_id: Vec<[&str; 3]> = files
        .values()
        .map(|file| [&*file.id, &*file.collection, &*file.hash])
        .collect();
    // By id, not by the path of the file: the same collection in another folder has the same fingerprint.
    by_id.sort_unstable();
    let mut hasher = blake3::Hasher::new();
    for option in options {
        hasher.update(option.as_bytes()).update(b"\0");
    }
    for part in by_id.concat() {
        // No id holds a NUL, so that neighbours can't run into each other.
        hasher.update(part.as_bytes()).update(b"\0");
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(key: &str, id: &str, collection: &str, hash: &str) -> (String, FileRecord) {
        let file = FileRecord {
            key: key.to_owned(),
            id: id.to_owned(),
            collection: collection.to_owned(),
            size: 1,
            mtime: 2,
            hash: hash.to_owned(),
            counts: Counts::default(),
        };
        (file.key.clone(), file)
    }

    fn of(files: &[(String, FileRecord)], options: [&str; 2]) -> String {
        fingerprint(&files.iter().cloned().collect(), options)
    }

    #[test]
    fn a_fingerprint_tells_what_was_indexed_and_how() {
        let files = [file("/a/1", "1", "甲", "ab"), file("/a/2", "2", "甲", "cd")];
        let own = of(&files, ["词", "同义"]);
        assert_eq!(own.len(), 16);
        // Neither where the files are nor when they were written.
        let mut moved = [file("/z/1", "1", "甲", "ab"), file("/b/2", "2", "甲", "cd")];
        moved[0].1.mtime = 99;
        moved[1].1.size = 7;
        assert_eq!(of(&moved, ["词", "同义"]), own);
        let others = [
            [file("/a/1", "1", "甲", "ab"), file("/a/2", "3", "甲", "cd")],
            [file("/a/1", "1", "甲", "ab"), file("/a/2", "2", "乙", "cd")],
            [file("/a/1", "1", "甲", "ab"), file("/a/2", "2", "甲", "ce")],
            // The same bytes one after the other.
            [file("/a/1", "1", "甲a", "b"), file("/a/2", "2", "甲", "cd")],
            [file("/a/1", "1甲", "a", "b"), file("/a/2", "2", "甲", "cd")],
        ];
        for other in others {
            assert_ne!(of(&other, ["词", "同义"]), own, "{other:?}");
        }
        assert_ne!(of(&files[..1], ["词", "同义"]), own);
        for options in [["", "同义"], ["词", ""], ["同义", "词"], ["词同义", ""]] {
            assert_ne!(of(&files, options), own, "{options:?}");
        }
    }

    #[test]
    fn what_was_left_of_a_file_is_given_once() {
        let of_file = OfFile {
            left_out: Vec::new(),
            pages: vec!["一".to_owned()],
        };
        let mut before = Before(BTreeMap::from([("甲".to_owned(), of_file)]));
        assert_eq!(before.take("乙").pages.len(), 0);
        assert_eq!(before.take("甲").pages, ["一"]);
        assert!(before.take("甲").pages.is_empty());
    }
}
