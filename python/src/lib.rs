//! The native part of the Python package `xunzhang`.
//!
//! It calls the library and has no logic of its own. Work runs on a thread without the interpreter's lock ([`run`]); answers are
//! tables ([`table`]), of which `rows` has the columns and the JSON. What has words for people takes those of the command line
//! ([`cli`]). The classes that people use are in `python/xunzhang`.

#![warn(clippy::print_stdout, clippy::print_stderr, clippy::exit)]

mod build;
#[allow(
    dead_code,
    unused_imports,
    unused_macros,
    reason = "files of the command line, of which only some is used here"
)]
mod cli;
mod columns;
mod error;
mod filter;
mod index;
mod names;
mod read;
mod report;
mod rows;
mod run;
mod table;
mod words;

/// Indexing makes and drops millions of small strings on several threads.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The native part of the package.
#[pyo3::pymodule]
mod _native {
    #[pymodule_export]
    use crate::build::build;
    #[pymodule_export]
    use crate::filter::Filter;
    #[pymodule_export]
    use crate::index::Index;
    #[pymodule_export]
    use crate::read::read_for_parent;
    #[pymodule_export]
    use crate::report::Report;
    #[pymodule_export]
    use crate::table::Table;
    #[pymodule_export]
    use crate::words::{language, set_language};

    #[pymodule_init]
    fn init(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        use pyo3::types::PyModuleMethods;
        crate::words::choose_by_locale();
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
