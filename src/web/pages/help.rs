//! How to ask: the query language, the pages, the keys.

use maud::html;

use super::layout::KEYS;
use super::page::Page;
use crate::web::asked::Asked;
use crate::web::parameters::Parameters;

/// Forms of the query language, each with the key of what it means.
const FORMS: [(&str, &str); 12] = [
    ("失地农民 安置", "web-form-words"),
    ("“失地农民的安置”", "web-form-phrase"),
    ("“坚持以＊为指导”", "web-form-gap"),
    ("“坚持以＊｛2,8｝为指导”", "web-form-gap-range"),
    ("“（优化｜改善）营商环境”", "web-form-choice"),
    ("+招商 -工厂", "web-form-must"),
    ("招商 AND （就业 OR 创业） NOT 工厂", "web-form-boolean"),
    ("招商 NEAR/10 就业", "web-form-near"),
    ("title:总结 招商", "web-form-title"),
    ("heading:问题 就业", "web-form-heading"),
    ("就业 kind:总结 year:2005..2010", "web-form-fields"),
    ("招商＾2 就业", "web-form-weight"),
];

/// How to ask.
pub(super) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let lang = asked.lang();
    let main = html! {
        h1 { (lang.text("web-help")) }
        p { (lang.text("web-help-exact")) }
        h2 { (lang.text("web-help-language")) }
        div.wide tabindex="0" role="region" aria-label=(lang.text("web-help-language")) {
            table {
                caption.visually-hidden { (lang.text("web-help-language")) }
                tbody {
                    @for (form, key) in FORMS {
                        tr {
                            th scope="row" lang="zh-CN" { a href=(Parameters::default().with("q", &[form]).url("/search")) { (form) } }
                            td { (lang.text(key)) }
                        }
                    }
                }
            }
        }
        h2 { (lang.text("web-keys")) }
        dl.keys {
            @for (key, what) in KEYS { div { dt { kbd { (key) } } dd { (lang.text(what)) } } }
        }
        h2 { "API" }
        p { (lang.text("web-help-api")) " " a href="/openapi.json" { "/openapi.json" } }
    };
    Ok(Page::new(lang.text("web-help"), main))
}
