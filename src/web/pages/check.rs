//! The draft desk.
use maud::html;
use xunzhang::precedent::Check;

use super::job::JobView;
use super::page::Page;
use crate::cli::messages::Lang;
use crate::web::asked::Asked;
use crate::web::jobs::Work;
use crate::web::problem::Problem;
use crate::web::sent::Upload;

pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    Ok(form(asked, None))
}
pub(super) fn form(_asked: &Asked, _problem: Option<&Problem>) -> Page {
    Page::new("", html! {})
}
pub(super) fn work(_asked: &Asked, _upload: Option<&Upload>) -> anyhow::Result<Work> {
    anyhow::bail!("")
}
pub(in crate::web) fn file(
    _check: &Check,
    _e: &str,
    _lang: Lang,
) -> Option<anyhow::Result<Vec<u8>>> {
    None
}
pub(super) fn result(_view: &JobView, _check: &Check) -> Page {
    Page::new("", html! {})
}
