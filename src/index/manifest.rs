//! What an index says of itself, written with each commit as the payload of the engine's `meta.json`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::seal::Meta;
use crate::document::Characters;
use crate::source::records::FieldMap;

/// Version of everything that is written: fields, analysis, records. A change of any of them raises it.
pub const FORMAT: u32 = 15;

/// What an index says of itself, written with each commit.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of the format.
    pub format: u32,
    /// Hash of all documents' ids and contents and of the options: equal indexes have equal fingerprints.
    pub fingerprint: String,
    /// The user dictionary.
    pub dictionary: Dictionary,
    /// Words that queries take for each other.
    #[serde(default)]
    pub synonyms: Synonyms,
    /// The places that it was built from, in the order in which they were first given.
    #[serde(default)]
    pub collections: Vec<CollectionRecord>,
    /// Patterns of paths that were left out.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Which columns of records are which field.
    #[serde(default)]
    pub map: FieldMap,
    /// Number of files.
    pub files: u64,
    /// Number of documents.
    pub documents: u64,
    /// Number of passages.
    pub passages: u64,
    /// Number of original characters, and where they are.
    pub characters: Characters,
    /// Bytes of all files.
    pub bytes: u64,
}

/// A place that the index was built from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CollectionRecord {
    /// Name of the collection. Several places may share one.
    pub name: String,
    /// Absolute path.
    pub path: String,
}

/// Files that a user gave when the index was built: words on top of the segmenter's own, or synonyms.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dictionary {
    /// Names of the files.
    pub files: Vec<String>,
    /// Their lines as one text; empty without any.
    pub text: String,
}

/// Words that a user declared to mean the same; only queries read them, so that they can change without a rebuild.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Synonyms {
    /// Names of the files.
    pub files: Vec<String>,
    /// Their lines as one text; empty without any.
    pub text: String,
}

impl Manifest {
    /// Whether documents are of several collections, so that ids begin with their names.
    pub fn has_several_collections(&self) -> bool {
        !self.id_prefixes().is_empty()
    }

    /// The names that ids begin with: those of the collections if there are several, else none.
    pub(crate) fn id_prefixes(&self) -> Vec<String> {
        let names = self.collections.iter().map(|place| place.name.clone());
        let names: BTreeSet<String> = names.collect();
        match names.len() {
            0 | 1 => Vec::new(),
            _ => names.into_iter().collect(),
        }
    }

    /// Whether ids begin with the names of their collections, of which there are several.
    pub fn names_collections(&self) -> bool {
        // Several places of one name are one collection; only different names make ids ambiguous.
        let mut names = self.collections.iter().map(|place| &place.name);
        let first = names.next();
        names.any(|name| Some(name) != first)
    }

    /// The manifest of an index that is yet to be built, with what the user gave to the one `self` describes.
    pub(super) fn for_rebuild(self) -> Self {
        Self {
            format: FORMAT,
            dictionary: self.dictionary,
            synonyms: self.synonyms,
            exclude: self.exclude,
            map: self.map,
            ..Self::default()
        }
    }

    /// The manifest in the bytes of a `meta.json`, of this format or another; `None` if none can be read there, which is
    /// also so of an index that was never committed.
    ///
    /// Of a damaged one of this format nothing is believed. Another format may have sealed it in another way.
    pub(super) fn read(meta: &[u8]) -> Option<Self> {
        let is_damaged = Meta::read(meta) == Meta::Damaged;
        of_unsealed(meta).filter(|manifest| !is_damaged || manifest.format != FORMAT)
    }
}

/// The manifest in the engine's `meta.json`, if this program wrote it; whether it is as it was written is not looked at.
pub(super) fn of_unsealed(meta: &[u8]) -> Option<Manifest> {
    #[derive(Deserialize)]
    struct Commit {
        payload: String,
    }
    let commit: Commit = serde_json::from_slice(meta).ok()?;
    serde_json::from_str(&commit.payload).ok()
}

#[cfg(test)]
mod tests {
    use super::super::seal::Seal;
    use super::*;

    fn manifest(names: &[&str]) -> Manifest {
        let place = |name: &&str| CollectionRecord {
            name: (*name).to_owned(),
            path: format!("/资料/{name}"),
        };
        Manifest {
            format: FORMAT,
            fingerprint: "0123456789abcdef".to_owned(),
            dictionary: Dictionary {
                files: vec!["词.txt".to_owned()],
                text: "青禾镇".to_owned(),
            },
            synonyms: Synonyms {
                files: vec!["同义.txt".to_owned()],
                text: "水渠 渠道".to_owned(),
            },
            collections: names.iter().map(place).collect(),
            exclude: vec!["*.tmp".to_owned()],
            files: 3,
            documents: 4,
            passages: 5,
            bytes: 6,
            ..Manifest::default()
        }
    }

    fn meta(manifest: &Manifest) -> Vec<u8> {
        let payload = serde_json::to_string(manifest).expect("plain data");
        let meta = serde_json::json!({ "segments": [], "opstamp": 3, "payload": payload });
        meta.to_string().into_bytes()
    }

    #[test]
    fn ids_begin_with_names_where_there_are_several() {
        for (names, expected) in [
            (&[][..], false),
            (&["甲"], false),
            (&["甲", "甲", "甲"], false),
            (&["甲", "乙"], true),
            (&["甲", "甲", "乙"], true),
        ] {
            assert_eq!(manifest(names).names_collections(), expected, "{names:?}");
        }
    }

    #[test]
    fn a_rebuild_keeps_what_the_user_gave() {
        let old = Manifest {
            format: FORMAT - 1,
            ..manifest(&["甲"])
        };
        let new = old.clone().for_rebuild();
        assert_eq!(new.format, FORMAT);
        assert_eq!(
            (&new.dictionary, &new.synonyms),
            (&old.dictionary, &old.synonyms)
        );
        assert_eq!((&new.exclude, &new.map), (&old.exclude, &old.map));
        // What was found is found anew.
        assert_eq!(
            (new.files, new.documents, new.passages, new.bytes),
            (0, 0, 0, 0)
        );
        assert!(new.collections.is_empty() && new.fingerprint.is_empty());
    }

    #[test]
    fn a_manifest_is_read_sealed_or_not() {
        let own = manifest(&["甲"]);
        let meta = meta(&own);
        assert_eq!(Manifest::read(&meta).as_ref(), Some(&own));
        let sealed = Seal::default().attach(&meta);
        assert_eq!(Manifest::read(&sealed).as_ref(), Some(&own));
        for other in [
            &b""[..],
            b"{}",
            b"[]",
            br#"{"payload":"x"}"#,
            br#"{"payload":7}"#,
        ] {
            assert_eq!(Manifest::read(other), None);
        }
    }

    #[test]
    fn of_a_damaged_one_of_this_format_nothing_is_believed() {
        let of_format = |format| {
            let own = Manifest {
                format,
                ..manifest(&["甲"])
            };
            let mut sealed = Seal::default().attach(&meta(&own));
            let at = sealed.windows(7).position(|part| part == b"opstamp");
            // The number of the commit: the JSON stays JSON.
            sealed[at.expect("a member") + 9] = b'4';
            Manifest::read(&sealed).map(|manifest| manifest.format)
        };
        assert_eq!(of_format(FORMAT), None);
        // Another version may have sealed it in another way.
        assert_eq!(of_format(FORMAT - 1), Some(FORMAT - 1));
    }

    #[test]
    fn what_an_earlier_version_did_not_write_is_empty() {
        let json = r#"{"format":1,"fingerprint":"","dictionary":{"files":[],"text":""},"files":1,"documents":1,"passages":1,
            "characters":{"read":1,"passages":1,"boilerplate":0},"bytes":1}"#;
        let read: Manifest = serde_json::from_str(json).expect("a manifest");
        assert_eq!(read.synonyms, Synonyms::default());
        assert!(read.collections.is_empty() && read.exclude.is_empty());
        assert_eq!(read.map, FieldMap::default());
    }
}
