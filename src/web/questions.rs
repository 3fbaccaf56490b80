//! What can be asked over HTTP: commands that read an index, each with its path.

use std::io::Write;
use std::sync::LazyLock;

use clap::{ArgMatches, CommandFactory, FromArgMatches, Parser, Subcommand};

use crate::cli::commands::{
    check, compare, concordance, docs, duplicates, evidence, frame, lineage, outline, precedent,
    report, search, show, similar, status, trend, words,
};
use crate::cli::session::Session;

/// How much work an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Load {
    /// Milliseconds, on one thread.
    Light,
    /// It may read all of the index, on all threads.
    Heavy,
}

/// A question: a command under a path.
#[derive(Debug)]
pub(crate) struct Question {
    /// Its path below `/api/`, and the beginning of its exports' path.
    pub(crate) path: &'static str,
    /// The command and those above it.
    command: &'static [&'static str],
    /// Names of its main parameter, or of both where there are two: what the command line takes without a flag.
    pub(super) main: &'static [&'static str],
    /// Flags that are always given.
    pub(super) given: &'static [&'static str],
    pub(crate) load: Load,
    /// How many hits an answer has by default, and whether it can be requested page by page.
    pub(super) limit: Option<Limit>,
    /// The format of an answer that names none.
    pub(super) format: &'static str,
    /// Whether the text that is asked about is sent as the body.
    pub(crate) has_body: bool,
}

/// How many hits an answer has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limit {
    pub(super) default: u64,
    pub(super) has_pages: bool,
}

const PLAIN: Question = Question {
    path: "",
    command: &[],
    main: &[],
    given: &[],
    load: Load::Light,
    limit: None,
    format: "json",
    has_body: false,
};

/// All questions.
pub(super) const QUESTIONS: [Question; 21] = [
    Question {
        path: "search",
        command: &["search"],
        main: &["q", "query"],
        limit: Some(Limit {
            default: 10,
            has_pages: true,
        }),
        ..PLAIN
    },
    Question {
        path: "count",
        command: &["search"],
        main: &["q", "query"],
        given: &["--count"],
        ..PLAIN
    },
    Question {
        path: "concordance",
        command: &["concordance"],
        main: &["q", "query"],
        ..PLAIN
    },
    Question {
        path: "precedent",
        command: &["precedent"],
        main: &["q", "text"],
        limit: Some(Limit {
            default: 10,
            has_pages: false,
        }),
        has_body: true,
        ..PLAIN
    },
    Question {
        path: "frame",
        command: &["frame"],
        main: &["q", "pattern"],
        ..PLAIN
    },
    Question {
        path: "check",
        command: &["check"],
        main: &["draft"],
        load: Load::Heavy,
        has_body: true,
        ..PLAIN
    },
    Question {
        path: "compare",
        command: &["compare"],
        // Two texts, in this order.
        main: &["old", "new"],
        load: Load::Heavy,
        ..PLAIN
    },
    Question {
        path: "report",
        command: &["report"],
        main: &["q", "keyword", "keywords"],
        load: Load::Heavy,
        ..PLAIN
    },
    Question {
        path: "evidence",
        command: &["evidence"],
        main: &["q", "keyword", "keywords"],
        load: Load::Heavy,
        format: "zip",
        ..PLAIN
    },
    Question {
        path: "trend",
        command: &["trend"],
        main: &["q", "word", "words"],
        ..PLAIN
    },
    Question {
        path: "lineage",
        command: &["lineage"],
        main: &["q", "wording"],
        ..PLAIN
    },
    Question {
        path: "words/top",
        command: &["words", "top"],
        load: Load::Heavy,
        ..PLAIN
    },
    Question {
        path: "words/keyness",
        command: &["words", "keyness"],
        load: Load::Heavy,
        ..PLAIN
    },
    Question {
        path: "words/collocates",
        command: &["words", "collocates"],
        main: &["q", "word"],
        ..PLAIN
    },
    Question {
        path: "words/new",
        command: &["words", "new"],
        load: Load::Heavy,
        ..PLAIN
    },
    Question {
        path: "similar",
        command: &["similar"],
        main: &["q", "document"],
        limit: Some(Limit {
            default: 10,
            has_pages: false,
        }),
        ..PLAIN
    },
    Question {
        path: "duplicates",
        command: &["duplicates"],
        load: Load::Heavy,
        ..PLAIN
    },
    Question {
        path: "show",
        command: &["show"],
        main: &["q", "place", "document"],
        ..PLAIN
    },
    Question {
        path: "outline",
        command: &["outline"],
        main: &["q", "document"],
        ..PLAIN
    },
    Question {
        path: "docs",
        command: &["docs"],
        ..PLAIN
    },
    Question {
        path: "status",
        command: &["status"],
        ..PLAIN
    },
];

/// The commands as the command line defines them.
static DEFINITION: LazyLock<clap::Command> = LazyLock::new(Arguments::command);

/// The commands that can be asked for.
#[derive(Parser)]
#[command(
    name = "xunzhang",
    disable_help_flag = true,
    disable_help_subcommand = true
)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Search(search::Arguments),
    Concordance(concordance::Arguments),
    Precedent(precedent::Arguments),
    Frame(frame::Arguments),
    Check(check::Arguments),
    Compare(compare::Arguments),
    Report(report::Arguments),
    Evidence(evidence::Arguments),
    Trend(trend::Arguments),
    Lineage(lineage::Arguments),
    Words(words::Arguments),
    Similar(similar::Arguments),
    Duplicates(duplicates::Arguments),
    Show(show::Arguments),
    Outline(outline::Arguments),
    Docs(docs::Arguments),
    Status(status::Arguments),
}

impl Question {
    /// The question with this path below `/api/`.
    pub(crate) fn at(path: &str) -> Option<&'static Self> {
        QUESTIONS.iter().find(|question| question.path == path)
    }

    /// Whether the command has an argument of this name.
    pub(crate) fn takes(&self, name: &str) -> bool {
        let definition = self.definition();
        let mut all = definition.get_arguments();
        all.any(|argument| argument.get_id() == name)
    }

    /// The parameter that is the text of its body.
    pub(super) fn body_field(&self) -> Option<&'static str> {
        self.has_body.then_some("text")
    }

    /// Whether a format is that of files only: the command writes it with `-o`.
    pub(crate) fn writes_files(&self, format: &str) -> bool {
        let definition = self.definition();
        let mut all = definition.get_arguments();
        let printed = all.find(|argument| argument.get_id() == "format");
        let values = printed.map(clap::Arg::get_possible_values);
        !values.is_some_and(|values| values.iter().any(|value| value.matches(format, true)))
    }

    /// Whether the command writes files by itself; one that does not prints all of its formats.
    pub(super) fn has_files(&self) -> bool {
        self.takes("output")
    }

    /// The command as the command line defines it.
    pub(super) fn definition(&self) -> &'static clap::Command {
        let mut found = &*DEFINITION;
        for name in self.command {
            // Every question names a command: a test parses each.
            found = found.find_subcommand(name).unwrap_or(found);
        }
        found
    }

    /// Reads arguments of the command.
    pub(crate) fn matches(&self, arguments: &[String]) -> clap::error::Result<ArgMatches> {
        let definition = self.definition().clone().no_binary_name(true);
        definition.try_get_matches_from(arguments)
    }

    /// Runs the command; whether anything was found.
    pub(crate) fn run(
        &self,
        arguments: &[String],
        session: &Session,
        out: &mut dyn Write,
    ) -> anyhow::Result<bool> {
        let above = self.command.iter().map(|name| (*name).to_owned());
        let all = above.chain(arguments.iter().cloned());
        // Parsing changes a definition, so that each request has one of its own: of its command alone, since those of all
        // commands take as long to copy as a short answer to make.
        let named = self
            .command
            .first()
            .and_then(|name| DEFINITION.find_subcommand(name));
        let alone = clap::Command::new("xunzhang").no_binary_name(true);
        let matches = alone
            .subcommands(named.cloned())
            .try_get_matches_from(all)?;
        match Arguments::from_arg_matches(&matches)?.command {
            Command::Search(arguments) => arguments.run(session, out),
            Command::Concordance(arguments) => arguments.run(session, out),
            Command::Precedent(arguments) => arguments.run(session, out),
            Command::Frame(arguments) => arguments.run(session, out),
            Command::Check(arguments) => arguments.run(session, out),
            Command::Compare(arguments) => arguments.run(session, out),
            Command::Report(arguments) => arguments.run(session, out),
            Command::Evidence(arguments) => arguments.run(session, out),
            Command::Trend(arguments) => arguments.run(session, out),
            Command::Lineage(arguments) => arguments.run(session, out),
            Command::Words(arguments) => arguments.run(session, out),
            Command::Similar(arguments) => arguments.run(session, out),
            Command::Duplicates(arguments) => arguments.run(session, out),
            Command::Show(arguments) => arguments.run(session, out),
            Command::Outline(arguments) => arguments.run(session, out),
            Command::Docs(arguments) => arguments.run(session, out),
            Command::Status(arguments) => arguments.run(session, out),
        }
    }
}
