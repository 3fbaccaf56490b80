use super::*;
use crate::index::update::collection::Collection;
use crate::index::update::update;

/// What is known, what is given, and what is to be looked at, each as a name and a path below one folder.
struct Case<'a> {
    is_new: bool,
    prune: bool,
    known: &'a [(&'a str, &'a str)],
    given: &'a [(Option<&'a str>, &'a str)],
    expected: &'a [(&'a str, &'a str)],
    is_named: bool,
}

#[track_caller]
fn check(case: &Case) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let root = folder.path().canonicalize().expect("a folder");
    for name in ["甲/资料", "乙/资料", "丙", "corpus"] {
        std::fs::create_dir_all(root.join(name)).expect("a folder");
    }
    std::fs::write(root.join("corpus/一.txt"), "各村整修水渠。\n").expect("a file");
    let dir = root.join("index");
    update(
        &dir,
        &[root.join("corpus")],
        &UpdateOptions::default(),
        &|_| {},
    )
    .expect("an index");
    let places = case.known.iter().map(|(name, path)| CollectionRecord {
        name: (*name).to_owned(),
        path: root.join(path).display().to_string(),
    });
    let base = Base {
        index: Index::open(&dir).expect("the index"),
        is_new: case.is_new,
        places: places.collect(),
    };
    let given = case.given.iter().map(|(name, path)| Collection {
        name: name.map(str::to_owned),
        path: root.join(path),
    });
    let given: Result<Vec<Root>> = given.map(|place| Root::find(&place, case.prune)).collect();
    let (roots, is_named) = base
        .roots(given.expect("places"), case.prune)
        .expect("roots");
    let found: Vec<(&str, &Path)> = roots
        .iter()
        .map(|place| {
            let below = place.absolute.strip_prefix(&root).expect("a path below");
            (place.collection(), below)
        })
        .collect();
    let expected: Vec<(&str, &Path)> = case
        .expected
        .iter()
        .map(|&(name, path)| (name, Path::new(path)))
        .collect();
    assert_eq!((found, is_named), (expected, case.is_named));
}

const TWO: [(&str, &str); 2] = [("资料", "甲/资料"), ("丙", "丙")];
const UPDATE: Case = Case {
    is_new: false,
    prune: false,
    known: &TWO,
    given: &[],
    expected: &TWO,
    is_named: true,
};

#[test]
fn without_any_given_all_known_are_looked_at() {
    check(&UPDATE);
    check(&Case {
        is_new: true,
        ..UPDATE
    });
    check(&Case {
        known: &TWO[..1],
        expected: &TWO[..1],
        is_named: false,
        ..UPDATE
    });
    check(&Case {
        known: &[],
        expected: &[],
        is_named: false,
        ..UPDATE
    });
}

#[test]
fn one_of_two_is_looked_at_alone_and_ids_keep_their_names() {
    check(&Case {
        given: &[(None, "丙")],
        expected: &TWO[1..],
        ..UPDATE
    });
    // A new index has what is given to it and no more.
    check(&Case {
        is_new: true,
        given: &[(None, "丙")],
        expected: &TWO[1..],
        is_named: false,
        ..UPDATE
    });
}

#[test]
fn known_ones_come_in_the_order_in_which_they_were_first_given() {
    check(&Case {
        given: &[(None, "丙"), (None, "甲/资料")],
        ..UPDATE
    });
    check(&Case {
        given: &[(None, "乙/资料"), (None, "丙"), (None, "甲/资料")],
        expected: &[TWO[0], TWO[1], ("资料 (2)", "乙/资料")],
        ..UPDATE
    });
}

#[test]
fn a_second_collection_makes_all_be_looked_at() {
    check(&Case {
        known: &TWO[..1],
        given: &[(None, "丙")],
        ..UPDATE
    });
    // Two places of one name are one collection: ids have no names.
    check(&Case {
        known: &TWO[..1],
        given: &[(Some("资料"), "丙")],
        expected: &[("资料", "丙")],
        is_named: false,
        ..UPDATE
    });
    // A place that is given another name becomes another collection.
    check(&Case {
        given: &[(Some("资料"), "丙")],
        expected: &[TWO[0], ("资料", "丙")],
        is_named: false,
        ..UPDATE
    });
}

#[test]
fn what_is_gone_goes_only_if_it_is_said() {
    const GONE: [(&str, &str); 2] = [("资料", "甲/资料"), ("丁", "丁")];
    check(&Case {
        known: &GONE,
        expected: &GONE,
        ..UPDATE
    });
    // It is looked at to be removed, and what is left needs no names.
    check(&Case {
        prune: true,
        known: &GONE,
        expected: &GONE,
        is_named: false,
        ..UPDATE
    });
    check(&Case {
        prune: true,
        known: &GONE,
        given: &[(None, "甲/资料")],
        expected: &GONE,
        is_named: false,
        ..UPDATE
    });
    check(&Case {
        known: &GONE,
        given: &[(None, "甲/资料")],
        expected: &GONE[..1],
        ..UPDATE
    });
    // The one that is left is looked at too: its ids lose their names.
    check(&Case {
        prune: true,
        known: &GONE,
        given: &[(None, "丁")],
        expected: &GONE,
        is_named: false,
        ..UPDATE
    });
}

#[test]
fn a_place_that_was_never_there_is_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let place = Collection::from(folder.path().join("无"));
    assert!(Root::find(&place, false).is_err());
    assert!(Root::find(&place, true).expect("a place").is_gone());
}

#[test]
fn several_names_are_two_different_ones() {
    for (names, expected) in [
        (&[][..], false),
        (&["甲"], false),
        (&["甲", "甲"], false),
        (&["甲", "甲", "乙"], true),
        (&["", "甲"], true),
    ] {
        assert_eq!(has_several(names.iter().copied()), expected, "{names:?}");
    }
}
