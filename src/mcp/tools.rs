//! The tools: the questions of this work, each with what it takes.

use super::texts;
use super::tool::{Kind, Parameter, Range, Tool, Work};

const fn range(least: u64, default: u64, most: u64) -> Range {
    Range {
        least,
        default,
        most,
    }
}

const fn question(path: &'static str) -> Work {
    Work::Question { path, skips: false }
}

/// Which documents.
const FILTERS: [Parameter; 5] = [
    Parameter::new("year", Kind::Text).about("mcp-about-year"),
    Parameter::new("kind", Kind::Text).about("mcp-about-kind"),
    Parameter::new("issuer", Kind::Text),
    Parameter::new("collection", Kind::Text),
    Parameter::new("path", Kind::Text),
];

/// Which passages of them.
const SECTION: [Parameter; 1] = [Parameter::new("section", Kind::Text).about("mcp-about-section")];

const QUERY: Parameter = Parameter::main("query", Kind::Text).about("mcp-about-query");

/// All tools.
pub(super) const TOOLS: [Tool; 10] = [
    Tool {
        name: "search",
        about: "mcp-tool-search",
        work: Work::Question {
            path: "search",
            skips: true,
        },
        parameters: &[
            &[
                QUERY,
                Parameter::new("sort", Kind::OneOf(&["score", "date", "-date"])),
                Parameter::new("by", Kind::OneOf(&["passage", "document"])),
                Parameter::new("context", Kind::Whole(range(0, 0, 3))),
            ],
            &SECTION,
            &FILTERS,
        ],
        limit: range(1, 5, 20),
        entries: "hits",
        given: &[],
        text: texts::SEARCH,
    },
    Tool {
        name: "read",
        about: "mcp-tool-read",
        work: question("show"),
        parameters: &[&[
            Parameter::main("place", Kind::Text).about("mcp-about-place"),
            Parameter::new("window", Kind::Whole(range(0, 2, 50))).as_question("context"),
        ]],
        limit: range(1, 200, 1_000),
        entries: "passages",
        given: &[],
        text: texts::READ,
    },
    Tool {
        name: "outline",
        about: "mcp-tool-outline",
        work: question("outline"),
        parameters: &[&[Parameter::main("document", Kind::Text)]],
        limit: range(1, 200, 1_000),
        entries: "headings",
        given: &[],
        text: texts::OUTLINE,
    },
    Tool {
        name: "precedent",
        about: "mcp-tool-precedent",
        work: question("precedent"),
        parameters: &[
            &[
                Parameter::main("text", Kind::Text),
                Parameter::new("min_similarity", Kind::Share).as_question("min-similarity"),
            ],
            &FILTERS,
        ],
        limit: range(1, 5, 10),
        entries: "variants",
        given: &["--sources=3"],
        text: texts::PRECEDENT,
    },
    Tool {
        name: "frame",
        about: "mcp-tool-frame",
        work: question("frame"),
        parameters: &[
            &[Parameter::main("pattern", Kind::Text).about("mcp-about-pattern")],
            &FILTERS,
        ],
        limit: range(1, 10, 100),
        entries: "rows",
        given: &[],
        text: texts::FRAME,
    },
    Tool {
        name: "count",
        about: "mcp-tool-count",
        work: Work::Count,
        parameters: &[
            &[Parameter::main("words", Kind::Texts).about("mcp-about-words")],
            &SECTION,
            &FILTERS,
        ],
        limit: range(1, 20, 50),
        entries: "counts",
        given: &[],
        text: texts::COUNT,
    },
    Tool {
        name: "concordance",
        about: "mcp-tool-concordance",
        work: question("concordance"),
        parameters: &[
            &[
                QUERY,
                Parameter::new(
                    "sort",
                    Kind::OneOf(&["path", "date", "left", "right", "hit"]),
                ),
                Parameter::new("window", Kind::Whole(range(0, 15, 100))),
            ],
            &SECTION,
            &FILTERS,
        ],
        limit: range(1, 20, 200),
        entries: "lines",
        given: &[],
        text: texts::CONCORDANCE,
    },
    Tool {
        name: "check_draft",
        about: "mcp-tool-check",
        work: Work::Check,
        parameters: &[
            &[
                Parameter::main("text", Kind::Text).about("mcp-about-draft"),
                Parameter::new("min_similarity", Kind::Share).as_question("min-similarity"),
                Parameter::new("exclude", Kind::Texts).about("mcp-about-exclude"),
            ],
            &FILTERS,
        ],
        limit: range(1, 20, 200),
        entries: "sentences",
        given: &["--limit=2", "--sources=2", "--documents=5"],
        text: texts::CHECK,
    },
    Tool {
        name: "compare",
        about: "mcp-tool-compare",
        work: question("compare"),
        parameters: &[&[
            Parameter::required("old", Kind::Text).about("mcp-about-old"),
            Parameter::required("new", Kind::Text),
        ]],
        limit: range(1, 30, 500),
        entries: "pairs",
        given: &["--changes"],
        text: texts::COMPARE,
    },
    Tool {
        name: "list_documents",
        about: "mcp-tool-documents",
        work: question("docs"),
        parameters: &[
            &[
                Parameter::new("title", Kind::Text),
                Parameter::new("sort", Kind::OneOf(&["path", "date", "-date"])),
            ],
            &FILTERS,
        ],
        limit: range(1, 20, 200),
        entries: "documents",
        given: &[],
        text: texts::DOCUMENTS,
    },
];

/// The tool of a name.
pub(super) fn named(name: &str) -> Option<&'static Tool> {
    // A constant would be copied for each use.
    static ALL: &[Tool] = &TOOLS;
    ALL.iter().find(|tool| tool.name == name)
}
