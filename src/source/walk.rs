//! temporary
use std::path::{Path, PathBuf};
/// Found.
pub struct Found {
    pub id: String,
    pub path: PathBuf,
    pub size: u64,
    pub mtime: i64,
}
/// Problem.
pub struct Problem {
    pub path: PathBuf,
    pub reason: String,
}
/// Walked.
#[derive(Default)]
pub struct Walked {
    pub files: Vec<Found>,
    pub problems: Vec<Problem>,
}
/// Walk.
pub fn walk(root: &Path) -> Walked {
    let mut out = Walked::default();
    let mut stack = vec![root.to_path_buf()];
    while let Some(dir) = stack.pop() {
        if dir.is_dir() {
            for entry in std::fs::read_dir(&dir).into_iter().flatten().flatten() {
                stack.push(entry.path());
            }
        } else if let Ok(meta) = dir.metadata() {
            let mtime = meta
                .modified()
                .ok()
                .and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok())
                .map_or(0, |d| d.as_nanos() as i64);
            let id = dir
                .strip_prefix(root)
                .ok()
                .filter(|p| !p.as_os_str().is_empty())
                .map(|p| p.to_string_lossy().into_owned())
                .unwrap_or_else(|| {
                    dir.file_name()
                        .unwrap_or_default()
                        .to_string_lossy()
                        .into_owned()
                });
            out.files.push(Found {
                id,
                path: dir.clone(),
                size: meta.len(),
                mtime,
            });
        }
    }
    out.files.sort_by(|a, b| a.path.cmp(&b.path));
    out
}
