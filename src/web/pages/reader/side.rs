//! What is beside the text: its outline, and the list of what was found.

use maud::{Markup, html};

use super::text::line_id;
use super::view::View;
use crate::cli::excerpt::Excerpt;
use crate::cli::heading;
use crate::cli::messages::say;
use crate::web::pages::passage::marked;

/// Occurrences that are listed; a common word has thousands in a long document.
const LISTED: usize = 200;
/// Characters of the text around an occurrence.
const AROUND: usize = 32;

/// The headings, each a link to its line.
pub(super) fn outline(view: &View<'_>) -> Markup {
    let lang = view.lang;
    let headings = &view.whole.structure.headings;
    let here = here(view);
    html! {
        // A box that scrolls has to be reached by the keyboard.
        nav.outline aria-label=(lang.text("web-show-outline")) tabindex="0" {
            @if headings.is_empty() { p.faint { (lang.text("web-show-no-outline")) } }
            @else {
                ol {
                    @for (ord, heading) in headings.iter().enumerate() {
                        @let text = heading::printed(heading.label.as_deref(), &heading.title);
                        li.(format!("level-{}", heading.level.clamp(1, 5))) {
                            a href={ "#" (line_id(heading.line)) } aria-current=[(here == Some(ord)).then_some("location")] {
                                (marked(&Excerpt::whole(&text, &[])))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The heading that the place is below.
fn here(view: &View<'_>) -> Option<usize> {
    let number = *view.wanted.numbers.as_ref()?.start();
    let mut passages = view.whole.passages.iter();
    let line = passages.find(|one| one.number == number)?.record.line;
    let before = view.whole.structure.headings.iter();
    before
        .take_while(|heading| heading.line <= line)
        .count()
        .checked_sub(1)
}

/// What was found, as a list.
pub(super) fn list(view: &View<'_>) -> Markup {
    let (lang, stops) = (view.lang, &view.hits.stops);
    if stops.is_empty() {
        return html! { p.hint role="status" { (lang.text("web-show-nothing")) } };
    }
    html! {
        details.found-here {
            summary { (say!(lang, "web-show-hits", n = stops.len())) }
            ol {
                @for (ord, stop) in stops.iter().enumerate().take(LISTED) {
                    @let passage = view.whole.passages.iter().find(|one| one.number == stop.number);
                    li {
                        a href=(view.to_hit(ord)) { (say!(lang, "web-show-line", line = stop.line)) }
                        @if let Some(passage) = passage {
                            " " (marked(&Excerpt::around(&passage.text, &[stop.span], AROUND)))
                        }
                    }
                }
            }
            @if stops.len() > LISTED { p.hint { (say!(lang, "web-show-more-hits", n = stops.len() - LISTED)) } }
        }
    }
}
