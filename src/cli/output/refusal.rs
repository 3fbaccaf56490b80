//! Why a file is not written, in both languages: which file, what is wrong, what to do.

use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::cli::language::{Lang, say};

/// A file that is not written.
#[derive(Debug)]
pub(in crate::cli) struct Refusal {
    path: PathBuf,
    why: Why,
}

/// What is wrong with it.
#[derive(Debug)]
pub(super) enum Why {
    /// Its extension is none of these.
    Extension(String),
    /// It is a folder.
    Folder,
    /// Its folder does not exist.
    NoFolder(PathBuf),
    /// It is a device, a pipe or a socket.
    NotAFile,
    /// It is a link to nothing.
    Dangling,
    /// It may not be changed.
    Protected,
    /// It is in the folder of an index.
    InIndex(PathBuf),
    /// The command reads it.
    Input,
    /// The index was built from it.
    Source,
    /// Another output of the command goes to it.
    Twice,
    /// It exists, and is no file of ours with that extension.
    Foreign(&'static str),
    /// It is a file of ours that was changed since.
    Edited,
    /// It appeared or changed while the command ran.
    Changed,
    /// What the system says.
    System(io::Error),
}

impl Refusal {
    pub(super) fn new(path: &Path, why: Why) -> Self {
        Self {
            path: path.into(),
            why,
        }
    }

    /// The sentence in a language, on one line.
    pub(in crate::cli) fn sentence(&self, lang: Lang) -> String {
        let path = self.path.display();
        let why = self.why.sentence(lang);
        say!(lang, "无法写入 {path}：{why}", "cannot write {path}: {why}")
    }
}

impl Why {
    fn sentence(&self, lang: Lang) -> String {
        let plain = |zh: &str, en: &str| lang.pick(zh, en).to_owned();
        match self {
            Self::Extension(known) => say!(
                lang,
                "扩展名应为 {known} 之一",
                "expected an extension of {known}"
            ),
            Self::Folder => plain(
                "这是文件夹；请写出其中的文件名",
                "it is a folder; name a file in it",
            ),
            Self::NoFolder(folder) => {
                let folder = folder.display();
                say!(
                    lang,
                    "没有文件夹 {folder}；请先建立",
                    "there is no folder {folder}; make it first"
                )
            }
            Self::NotAFile => plain(
                "它不是普通文件；要写到标准输出，请去掉 -o，用 --format",
                "it is no ordinary file; leave out -o and use --format to write to standard output",
            ),
            Self::Dangling => plain(
                "它是指向空处的链接；请先删掉链接",
                "it is a link to nothing; remove the link first",
            ),
            Self::Protected => plain(
                "它是只读文件；请换一个名字，或更改它的权限",
                "it is write-protected; give another name, or change its permissions",
            ),
            Self::InIndex(dir) => {
                let dir = dir.display();
                say!(
                    lang,
                    "{dir} 是索引的文件夹；请写到别处",
                    "{dir} holds an index; write to another folder"
                )
            }
            Self::Input => plain(
                "本命令正要读它；请换一个名字",
                "this command reads it; give another name",
            ),
            Self::Source => plain(
                "它是索引的原文；请换一个名字",
                "the index was built from it; give another name",
            ),
            Self::Twice => plain(
                "本命令的另一项输出也写到它；请换一个名字",
                "another output of this command goes there too; give another name",
            ),
            Self::Foreign(extension) => say!(
                lang,
                "已有这个文件，且不是寻章写的 .{extension}；请换一个名字，确要替换则加 --overwrite",
                "it exists and is no .{extension} that xunzhang wrote; give another name, or replace it with --overwrite"
            ),
            Self::Edited => plain(
                "它是寻章写的，但后来改过；请换一个名字，确要替换则加 --overwrite",
                "xunzhang wrote it, but it was changed since; give another name, or replace it with --overwrite",
            ),
            Self::Changed => plain(
                "命令运行期间它有了变动；请看过再运行一次",
                "it changed while the command ran; look at it and run the command again",
            ),
            Self::System(error) => of_system(error, lang),
        }
    }
}

fn of_system(error: &io::Error, lang: Lang) -> String {
    let (zh, en) = match error.kind() {
        ErrorKind::PermissionDenied => (
            "没有权限写到那里；请换一个文件夹，或更改它的权限",
            "its folder may not be written to; use another one, or change its permissions",
        ),
        ErrorKind::ReadOnlyFilesystem => (
            "那里的文件系统是只读的；请换一个文件夹",
            "its file system is read-only; use another folder",
        ),
        ErrorKind::StorageFull => ("磁盘已满", "the disk is full; make room or use another one"),
        ErrorKind::FileTooLarge | ErrorKind::QuotaExceeded => (
            "文件超过了系统允许的大小；请换一个磁盘，或提高限额",
            "it is larger than the system allows; use another disk, or raise the limit",
        ),
        ErrorKind::InvalidFilename => {
            ("文件名太长或不可用", "its name is too long or not possible")
        }
        _ => return error.to_string(),
    };
    lang.pick(zh, en).to_owned()
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence(Lang::En))
    }
}

impl std::error::Error for Refusal {}
