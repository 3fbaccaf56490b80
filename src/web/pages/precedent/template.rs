//! What the variants of a sentence share, and what fills the slots between.

use maud::{Markup, html};
use xunzhang::precedent::{Filler, Part};

use super::view::View;
use crate::cli::messages::say;
use crate::cli::output::columns::grouped;
use crate::cli::terminal::printable;
use crate::web::pages::wording::{inside, phrase};

/// Fillers of a slot that are listed.
const FILLERS: usize = 30;

/// The template; nothing if it is empty.
pub(super) fn template(view: &View<'_>, parts: &[Part]) -> Markup {
    let lang = view.lang;
    if parts.is_empty() {
        return html! {};
    }
    html! {
        div.template {
            h3 { (lang.text("web-prec-template")) }
            p.text {
                @for (ord, part) in numbered(parts) {
                    @match part {
                        Part::Fixed { text } => (printable(text)),
                        Part::Slot { .. } => span.slot { "〔" (ord) "〕" },
                    }
                }
            }
            @for (ord, part) in numbered(parts) {
                @if let Part::Slot { slot } = part {
                    p.fillers {
                        span.faint { (say!(lang, "web-prec-slot", ord)) } " "
                        @for filler in slot.iter().take(FILLERS) { (self::filler(view, parts, ord, filler)) " " }
                    }
                }
            }
        }
    }
}

/// The parts, slots with their number from 1.
fn numbered(parts: &[Part]) -> impl Iterator<Item = (usize, &Part)> {
    let mut slots = 0;
    parts.iter().map(move |part| {
        slots += usize::from(matches!(part, Part::Slot { .. }));
        (slots, part)
    })
}

fn filler(view: &View<'_>, parts: &[Part], ord: usize, filler: &Filler) -> Markup {
    let query = filled(parts, ord, &filler.text);
    let at = view.filters.with("q", &[&query]);
    let text = match filler.text.is_empty() {
        true => view.lang.text("precedent-nothing").to_owned(),
        false => printable(&filler.text),
    };
    html! {
        a.filler href=(at.url("/concordance")) { bdi { (text) } " " span.faint { (grouped(filler.occurrences)) } }
    }
}

/// The template with one slot filled and the others left open, as a query.
fn filled(parts: &[Part], ord: usize, text: &str) -> String {
    let mut out = String::new();
    for (slot, part) in numbered(parts) {
        match part {
            Part::Fixed { text } => out.push_str(inside(&phrase(text))),
            Part::Slot { .. } if slot == ord => out.push_str(inside(&phrase(text))),
            Part::Slot { .. } => out.push_str("*{0,20}"),
        }
    }
    // Nothing is open at an end: there the phrase simply ends.
    let out = out.trim_start_matches("*{0,20}");
    format!("“{}”", out.trim_end_matches("*{0,20}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slot_is_filled_and_the_others_stay_open() {
        let fixed = |text: &str| Part::Fixed { text: text.into() };
        let slot = || Part::Slot { slot: Vec::new() };
        let parts = [slot(), fixed("坚持以"), slot(), fixed("为"), slot()];
        assert_eq!(filled(&parts, 2, "水渠"), "“坚持以水渠为”");
        assert_eq!(filled(&parts, 1, "要"), "“要坚持以*{0,20}为”");
        assert_eq!(filled(&parts, 3, ""), "“坚持以*{0,20}为”");
        assert!(xunzhang::query::parse(&filled(&parts, 1, "要")).is_ok());
    }
}
