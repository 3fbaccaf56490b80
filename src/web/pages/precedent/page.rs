//! What is asked about precedents, and the page as a whole.

use maud::{Markup, html};
use xunzhang::precedent::{Variant, find};
use xunzhang::search::Searcher;

use super::template::template;
use super::timeline::timeline;
use super::view::View;
use crate::cli::commands::precedent::Arguments;
use crate::cli::messages::{Lang, say};
use crate::cli::terminal::printable;
use crate::web::asked::Asked;
use crate::web::pages::form::{chips, exports, filter_fields_beside};
use crate::web::pages::link::question_of;
use crate::web::pages::page::Page;
use crate::web::pages::refused::refused;
use crate::web::parameters::Parameters;
use crate::web::questions::Question;

/// Where the page is.
const PATH: &str = "/precedent";
/// Its own fields.
const OWN: [&str; 3] = ["text", "min-similarity", "min_similarity"];
/// Sources of a variant that are listed.
const SOURCES: usize = 20;
/// Bytes of an address that every browser and proxy takes; longer texts are sent.
const LONGEST: usize = 8_000;

/// The precedents of a text.
pub(in crate::web::pages) fn page(asked: &Asked) -> anyhow::Result<Page> {
    let (lang, parameters) = (asked.lang(), &asked.parameters);
    let text = parameters.get("text").or(parameters.get("q"));
    let form = form(parameters, text, lang);
    let name = lang.text("web-precedent");
    if text.is_none() {
        let main = html! { h1 { (name) } (form) p.hint { (lang.text("web-prec-hint")) } };
        return Ok(Page::new(name, main).below(PATH));
    }
    let question = Question::at("precedent").ok_or(crate::cli::fault::Fault)?;
    let arguments: Arguments = asked.arguments(question, &[])?;
    let options = arguments.options(SOURCES);
    let searcher = Searcher::new(&asked.index);
    let title = lang.text("precedent-page");
    let found = match find(&searcher, &arguments.text(&asked.session)?, &options) {
        Ok(found) => found,
        Err(error) => return Ok(refused(title, &form, &error.into(), lang).below(PATH)),
    };
    let view = View {
        lang,
        filters: question_of(&parameters.without(&["q"])),
        searcher: &searcher,
        options: &options,
        found: &found,
        has_several_collections: searcher.manifest().has_several_collections(),
    };
    let is_linked = parameters.query().len() < LONGEST;
    let main = html! {
        h1.visually-hidden { (title) }
        (form)
        (chips(parameters, PATH, lang))
        @if is_linked {
            div.results-head { p {} div.tools { (exports(parameters, PATH, &["html", "json"], lang)) } }
        }
        (view.sentences()?)
    };
    Ok(Page::new(title, main).below(PATH))
}

fn form(parameters: &Parameters, text: Option<&str>, lang: Lang) -> Markup {
    let least = parameters
        .get("min-similarity")
        .or(parameters.get("min_similarity"));
    html! {
        form.search role="search" action=(PATH) method="get" {
            label for="text" { (lang.text("web-prec-text")) }
            textarea #text name="text" rows="3" placeholder=(lang.text("web-prec-placeholder")) { (text.unwrap_or_default()) }
            div.buttons {
                button type="submit" { (lang.text("web-prec-go")) }
                // An address holds a few thousand characters.
                button.quiet type="submit" formmethod="post" { (lang.text("web-prec-long")) }
            }
            details.filters open[least.is_some()] {
                summary { (lang.text("web-conc-options")) }
                div.fields {
                    div {
                        label for="f-least" { (lang.text("web-prec-similarity")) }
                        input #f-least type="text" inputmode="decimal" name="min-similarity" value=[least] placeholder="0.5" autocomplete="off";
                    }
                }
            }
            (filter_fields_beside(parameters, &OWN, lang))
        }
    }
}

impl View<'_> {
    fn sentences(&self) -> anyhow::Result<Markup> {
        let parts = self.found.sentences.iter().enumerate();
        let parts = parts.map(|(ord, sentence)| {
            let variants = self.found.variants.iter();
            let variants: Vec<&Variant> = variants.filter(|one| one.sentence == ord).collect();
            Ok(html! {
                section.precedents {
                    h2.sentence { bdi { (printable(&sentence.text)) } }
                    @if variants.is_empty() { p.hint role="status" { (self.lang.text("precedent-none")) } }
                    @else {
                        p.hint { (say!(self.lang, "web-prec-variants", n = variants.len())) }
                        ol.hits { @for variant in &variants { li { (self.variant(variant)) } } }
                        (template(self, &sentence.template))
                        (timeline(self, &variants)?)
                    }
                }
            })
        });
        let parts: Vec<Markup> = parts.collect::<anyhow::Result<_>>()?;
        let least = self.options.min_similarity;
        Ok(html! {
            @if self.found.variants.is_empty() {
                p.hint role="status" { (say!(self.lang, "precedent-none-near", least)) }
            }
            @for part in parts { (part) }
        })
    }
}
