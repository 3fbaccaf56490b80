//! What all pages have around their content: head, menu, foot.

use maud::{DOCTYPE, Markup, html};

use super::page::Page;
use crate::cli::messages::Lang;
use crate::web::answer::Answer;
use crate::web::assets::{SCRIPT_URL, STYLE_URL};
use crate::web::parameters::Parameters;

/// The entries of the menu: path and key of the name.
const MENU: [(&str, &str); 8] = [
    ("/search", "web-search"),
    ("/concordance", "web-concordance"),
    ("/precedent", "web-precedent"),
    ("/frame", "web-frame"),
    ("/trend", "web-trend"),
    ("/check", "web-check"),
    ("/report", "web-report"),
    ("/collection", "web-collection"),
];

/// The page as a whole.
pub(in crate::web) fn layout(page: &Page, parameters: &Parameters, lang: Lang) -> Answer {
    // Browsers choose glyphs by the language: without it Han characters may be shown in their Japanese form.
    let code = match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    };
    let whole = html! {
        (DOCTYPE)
        html lang=(code) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                // Under `no-referrer` alone browsers send our own forms with `Origin: null` (Fetch, "append a request Origin header").
                meta name="referrer" content="same-origin";
                title { (page.title) " · 寻章" }
                link rel="stylesheet" href=(*STYLE_URL);
                link rel="icon" href="data:,";
                script type="module" src=(*SCRIPT_URL) {}
                @if let Some(seconds) = page.refresh {
                    // The script follows events instead, which do not move what is read.
                    noscript { meta http-equiv="refresh" content=(seconds); }
                }
            }
            body {
                a.skip href="#main" { (lang.text("web-skip")) }
                (header(page, lang))
                main #main tabindex="-1" {
                    @if !page.notes.is_empty() {
                        ul.notes role="status" { @for note in &page.notes { li { (note) } } }
                    }
                    (page.main)
                }
                (footer(parameters, lang))
                (keys(lang))
            }
        }
    };
    Answer::html(whole.into_string()).with_status(page.status)
}

fn header(page: &Page, lang: Lang) -> Markup {
    html! {
        header.top {
            a.brand href="/" lang="zh-CN" { "寻章" }
            nav aria-label=(lang.text("web-menu")) {
                ul {
                    @for (path, name) in MENU {
                        li {
                            a href=(path) aria-current=[(page.menu == Some(path)).then_some("page")] {
                                (lang.text(name))
                            }
                        }
                    }
                }
            }
        }
    }
}

fn footer(parameters: &Parameters, lang: Lang) -> Markup {
    let (other, name) = match lang {
        Lang::Zh => ("en", "English"),
        Lang::En => ("zh", "中文"),
    };
    html! {
        footer.foot {
            a href="/help" { (lang.text("web-help")) }
            a href=(parameters.with("lang", &[other]).url("")) lang=(if other == "en" { "en" } else { "zh-CN" }) { (name) }
            a href="/openapi.json" { "API" }
            span.version { "xunzhang " (env!("CARGO_PKG_VERSION")) }
        }
    }
}

/// The keys of the script, which opens the list with `?`.
pub(super) const KEYS: [(&str, &str); 9] = [
    ("/", "web-key-box"),
    ("j", "web-key-next"),
    ("k", "web-key-previous"),
    ("o", "web-key-open"),
    ("n", "web-key-next-hit"),
    ("p", "web-key-previous-hit"),
    ("c", "web-key-cite"),
    ("?", "web-key-keys"),
    ("Esc", "web-key-close"),
];

fn keys(lang: Lang) -> Markup {
    html! {
        dialog #keys aria-labelledby="keys-title" {
            h2 #keys-title { (lang.text("web-keys")) }
            dl {
                @for (key, what) in KEYS {
                    div { dt { kbd { (key) } } dd { (lang.text(what)) } }
                }
            }
            form method="dialog" { button { (lang.text("web-close")) } }
        }
        div #told.visually-hidden role="status" aria-live="polite" data-copy=(lang.text("web-copy")) data-copied=(lang.text("web-copied")) {}
    }
}
