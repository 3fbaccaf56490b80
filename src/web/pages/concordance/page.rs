//! What a concordance is requested with, and the page as a whole.

use maud::{Markup, html};
use xunzhang::query::parse;
use xunzhang::search::{ConcordanceOptions, Searcher};

use super::form::{PATH, concordance_form, orders};
use super::groups::groups;
use super::lines::lines;
use super::spread::spread;
use super::view::View;
use crate::cli::commands::concordance::{Arguments, Shown, totals};
use crate::web::asked::Asked;
use crate::web::pages::form::{chips, exports};
use crate::web::pages::page::Page;
use crate::web::pages::refused::refused;
use crate::web::questions::Question;

/// The concordance of a query.
pub(in crate::web::pages) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let (lang, parameters) = (asked.lang(), &asked.parameters);
    let form = concordance_form(parameters, lang);
    let name = lang.text("web-concordance");
    let query = parameters.get("q").or(parameters.get("query"));
    let Some(query) = query else {
        let main = html! { h1 { (name) } (form) p.hint { (lang.text("web-conc-hint")) } };
        return Ok(Page::new(name, main).below(PATH));
    };
    let title = crate::cli::messages::say!(lang, "concordance-title", query);
    let node = match parse(query) {
        Ok(node) => node,
        Err(error) => return Ok(refused(&title, &form, &error.into(), lang).below(PATH)),
    };
    let question = Question::at("concordance").ok_or(crate::cli::fault::Fault)?;
    let arguments: Arguments = asked.arguments(question, &["offset"])?;
    let options = ConcordanceOptions {
        // The documents of all lines are drawn, whatever number of lines is shown.
        most: None,
        ..arguments.options()
    };
    let searcher = Searcher::new(&asked.index);
    let concordance = searcher.concordance(&node, &options)?;
    let n = arguments.shown(&concordance);
    let offset = parameters
        .get("offset")
        .and_then(|offset| offset.parse().ok());
    let view = View {
        lang,
        parameters,
        searcher: &searcher,
        query,
        node: &node,
        options: &options,
        concordance: &concordance,
        n,
        // Beyond the end is the last page.
        offset: offset.unwrap_or(0).min(n.saturating_sub(1)),
    };
    let main = html! {
        h1.visually-hidden { (title) }
        (form)
        (chips(parameters, PATH, lang))
        (view.results()?)
    };
    Ok(Page::new(title, main).below(PATH))
}

impl View<'_> {
    fn results(&self) -> anyhow::Result<Markup> {
        let lang = self.lang;
        if self.concordance.occurrences == 0 {
            return Ok(html! { p.hint #totals role="status" { (lang.text("nothing-found")) } });
        }
        let shown = Shown {
            query: self.query,
            concordance: self.concordance,
            n: self.n,
        };
        // The page is a matter of the page alone: a file has all lines.
        let exported = self.parameters.without(&["offset"]);
        Ok(html! {
            section.results aria-labelledby="totals" {
                div.results-head {
                    p #totals { (totals(&shown, lang)) }
                    div.tools {
                        (orders(self.parameters, lang))
                        (exports(&exported, PATH, &["xlsx", "csv", "docx", "html", "json"], lang))
                    }
                }
                (groups(self)?)
                (lines(self)?)
                (spread(self)?)
            }
        })
    }
}
