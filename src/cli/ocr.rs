//! Which program for character recognition is on the machine.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use xunzhang::index::{recognized_before, recognized_pages};
use xunzhang::source::ReadOptions;
use xunzhang::source::ocr::{Engine, Pages, Recognizer};

use super::reader;
use super::session::Session;

/// What reads pages that are pictures, and keeps what it read in the index folder; `None` if there is no such program, which
/// is reported with a remedy.
pub(crate) fn recognizer(session: &Session) -> Option<Arc<Recognizer>> {
    with_pages(session, recognized_pages(&session.index))
}

/// Options to read a file that a user names by itself with what reads pages that are pictures; nothing is kept of it.
pub(crate) fn options_of_draft(session: &Session) -> ReadOptions {
    ReadOptions {
        ocr: with_pages(session, recognized_before(&session.index)),
        ..reader::options_of_draft()
    }
}

fn with_pages(session: &Session, pages: Pages) -> Option<Arc<Recognizer>> {
    // Without a program the text of all other pages is still worth reading: this is a note and no error.
    let Some(engine) = rapid_ocr().or_else(tesseract) else {
        session.note(session.lang.text("ocr-no-program"));
        return None;
    };
    Some(Arc::new(Recognizer::new(engine, pages)))
}

/// Python with RapidOCR, whose package holds its models.
fn rapid_ocr() -> Option<Engine> {
    // Looked for and not imported: an import takes seconds.
    const HAS_IT: &str = "import sys, importlib.util as u; sys.exit(not any(u.find_spec(name) for name in ('rapidocr', 'rapidocr_onnxruntime')))";
    // On Windows the program is called `python`.
    let mut pythons = ["python3", "python"].into_iter().filter_map(program);
    pythons
        .find(|python| {
            let mut command = Command::new(python);
            command.args(["-c", HAS_IT]);
            let ran = command
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            ran.is_ok_and(|status| status.success())
        })
        .map(Engine::RapidOcr)
}

fn tesseract() -> Option<Engine> {
    let program = program("tesseract")?;
    let listed = Command::new(&program)
        .arg("--list-langs")
        .stdin(Stdio::null())
        .output()
        .ok()?;
    // Earlier versions list them on standard error.
    let said = [listed.stdout, listed.stderr].concat();
    let has_chinese = String::from_utf8_lossy(&said)
        .lines()
        // Without its Chinese data tesseract takes every character for Latin letters.
        .any(|line| line.trim() == "chi_sim");
    has_chinese.then_some(Engine::Tesseract(program))
}

/// The first file of this name on the path of programs.
fn program(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(&file))
        .find(|path| path.is_file())
}
