//! Hits as a person reads them.

use std::io::{self, Write};

use xunzhang::document::Part;
use xunzhang::search::{Explanation, Hit, Holds, Neighbour, Place, Searcher, SectionRef};

use super::found::Found;
use super::page::{Asked, Length, Page};
use crate::cli::excerpt::Excerpt;
use crate::cli::messages::{Lang, listed, say};
use crate::cli::paint::Ink;
use crate::cli::section_path::fitted;
use crate::cli::session::Talk;
use crate::cli::terminal::{pad_left, printable, width, wrap};
use crate::cli::wording::lines;

/// Characters of a passage that are shown.
// Five lines of 80 cells: enough to judge a hit, and ten of them can be skimmed.
const PASSAGE: usize = 200;
/// Characters of a neighbouring passage that are shown.
const NEIGHBOUR: usize = 60;
/// Copies that are named.
const COPIES: usize = 3;

/// Prints what a query found: how much there is, then hit by hit.
pub(super) fn print(
    page: &Page,
    asked: &Asked<'_>,
    (searcher, found): (&Searcher<'_>, &Found),
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let results = &found.results;
    if let Some(id) = asked.id {
        let line = format!("{}  {}", printable(id), printable(asked.text));
        writeln!(out, "{}", page.paint.ink(Ink::Title, &line))?;
    }
    // That nothing was found is said once, by a note; among the queries of a file each answer says it.
    let is_told = page.talk >= Talk::Normal && (results.total.passages > 0 || asked.id.is_some());
    if is_told {
        let line = summary(page, found);
        writeln!(out, "{}\n", page.paint.ink(Ink::Faint, &line))?;
    }
    let last = results.hits.last().map_or(1, |hit| hit.rank);
    let printer = Printer {
        page,
        searcher,
        indent: last.to_string().len() + 2,
        has_several_collections: searcher.manifest().has_several_collections(),
    };
    for hit in &results.hits {
        printer.hit(out, hit)?;
        writeln!(out)?;
    }
    Ok(())
}

fn summary(page: &Page, found: &Found) -> String {
    match found.results.total.passages {
        0 => say!(page.lang, "nothing-found"),
        _ => found.totals(page.lang) + &shown(page, found),
    }
}

/// Which ranks are shown, where it is not all of them.
fn shown(page: &Page, found: &Found) -> String {
    let hits = &found.results.hits;
    match (hits.first(), hits.last()) {
        // A page that is not full has the last hit.
        (Some(first), Some(_)) if first.rank == 1 && hits.len() < page.limit => String::new(),
        (Some(first), Some(last)) if first.rank == last.rank => {
            let rank = first.rank;
            say!(page.lang, "search-shown-one", rank)
        }
        (Some(first), Some(last)) => {
            let (first, last) = (first.rank, last.rank);
            say!(page.lang, "search-shown", first, last)
        }
        _ => say!(page.lang, "search-earlier"),
    }
}

struct Printer<'a> {
    page: &'a Page,
    searcher: &'a Searcher<'a>,
    /// Cells before each line but the first of a hit.
    indent: usize,
    has_several_collections: bool,
}

impl Printer<'_> {
    fn hit(&self, out: &mut dyn Write, hit: &Hit) -> anyhow::Result<()> {
        self.title(out, hit)?;
        self.place(out, hit)?;
        self.path(out, hit)?;
        for neighbour in &hit.before {
            self.neighbour(out, neighbour)?;
        }
        self.passage(out, hit)?;
        for neighbour in &hit.after {
            self.neighbour(out, neighbour)?;
        }
        self.copies(out, hit)?;
        if self.page.explain {
            self.score(out, hit)?;
        }
        Ok(())
    }

    /// Rank, title and date; a hit in the title is marked here, since its passage is not printed again.
    fn title(&self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        let paint = self.page.paint;
        let marks: &[_] = if is_title(hit) {
            &hit.passage.highlights
        } else {
            &hit.title_highlights
        };
        let title = Excerpt::whole(&hit.document.title, marks);
        let rank = pad_left(&hit.rank.to_string(), self.indent - 2);
        write!(out, "{}  ", paint.ink(Ink::Faint, &rank))?;
        let lines = title.lines(self.cells(), paint, Ink::Title);
        let blanks = " ".repeat(self.indent);
        write!(out, "{}", lines.join(&format!("\n{blanks}")))?;
        writeln!(out, "{}", self.date(hit, &title.text))
    }

    /// The date after a title, on a line of its own if it does not fit beside the title's last one.
    fn date(&self, hit: &Hit, title: &str) -> String {
        let date = hit.document.date.map(|date| date.to_string());
        let ocr = hit.passage.ocr.then(|| "OCR".to_owned());
        let known: Vec<String> = [date, ocr].into_iter().flatten().collect();
        if known.is_empty() {
            return String::new();
        }
        let known = known.join("  ");
        let last = wrap(title, self.cells()).pop().unwrap_or_default();
        match width(&title[last]) + 2 + width(&known) <= self.cells() {
            true => format!("  {known}"),
            false => format!("\n{}{known}", " ".repeat(self.indent)),
        }
    }

    /// The place of a hit; in a ranking of documents also the number of other matches.
    fn place(&self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        let place = format!("{}:{}", printable(&hit.document.id), hit.passage.line);
        let mut line = self.page.paint.ink(Ink::Place, &place);
        let document = &hit.document;
        // The id begins with it as well, but there it looks like a folder.
        let collection = Some(&document.collection).filter(|_| self.has_several_collections);
        let known = [collection, document.kind.as_ref(), document.issuer.as_ref()];
        let known: Vec<String> = known
            .into_iter()
            .flatten()
            .map(|name| printable(name))
            .collect();
        if !known.is_empty() {
            let known = self.page.paint.ink(Ink::Faint, &known.join(" · "));
            line = format!("{line}  {known}");
        }
        if let Some(matching) = hit.matching {
            let matching = say!(self.page.lang, "n-passages", n = matching);
            let matching = say!(self.page.lang, "search-here", matching);
            line = format!("{line}  {}", self.page.paint.ink(Ink::Faint, &matching));
        }
        self.write_line(out, &line)
    }

    fn path(&self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        let mut headings: &[SectionRef] = &hit.section;
        // A heading's own passage says what the last step of its path would, as does `第六条` before its own text.
        let is_said = hit.section.last().is_some_and(|last| {
            let label = last.label.as_deref().unwrap_or_default();
            hit.passage.part == Part::Heading
                || (last.title.is_empty() && hit.passage.text.trim_start().starts_with(label))
        });
        if is_said {
            headings = &headings[..headings.len() - 1];
        }
        if headings.is_empty() {
            return Ok(());
        }
        // One line: a path that wraps reads as text of the passage.
        let cells = self.page.path_width.saturating_sub(self.indent).max(8);
        let segments = fitted(headings, &hit.section_highlights, cells);
        for line in lines(&segments, usize::MAX, self.page.paint) {
            self.write_line(out, &line)?;
        }
        Ok(())
    }

    fn passage(&self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        let passage = &hit.passage;
        if is_title(hit) {
            return Ok(());
        }
        let excerpt = match self.page.length {
            Length::Whole => Excerpt::whole(&passage.text, &passage.highlights),
            Length::AroundHits => Excerpt::around(&passage.text, &passage.highlights, PASSAGE),
        };
        for line in excerpt.lines(self.cells(), self.page.paint, Ink::Text) {
            self.write_line(out, &line)?;
        }
        Ok(())
    }

    fn neighbour(&self, out: &mut dyn Write, neighbour: &Neighbour) -> io::Result<()> {
        let excerpt = match self.page.length {
            Length::Whole => Excerpt::whole(&neighbour.text, &[]),
            Length::AroundHits => Excerpt::around(&neighbour.text, &[], NEIGHBOUR),
        };
        for line in excerpt.lines(self.cells() - 2, self.page.paint, Ink::Faint) {
            let bar = self.page.paint.ink(Ink::Faint, "│");
            self.write_line(out, &format!("{bar} {line}"))?;
        }
        Ok(())
    }

    fn copies(&self, out: &mut dyn Write, hit: &Hit) -> anyhow::Result<()> {
        if hit.copies == 0 {
            return Ok(());
        }
        let shown = match self.page.length {
            Length::Whole => hit.copy_sources.len(),
            Length::AroundHits => COPIES,
        };
        let mut places = Vec::new();
        for place in hit.copy_sources.iter().take(shown) {
            places.push(self.line_of(place)?);
        }
        if places.len() < hit.copies {
            places.push("…".to_owned());
        }
        let places = listed(&places, self.page.lang);
        let n = hit.copies;
        let line = say!(self.page.lang, "search-copies", n, places);
        for range in wrap(&line, self.cells()) {
            self.write_line(out, &self.page.paint.ink(Ink::Faint, &line[range]))?;
        }
        Ok(())
    }

    fn line_of(&self, place: &Place) -> xunzhang::Result<String> {
        let found = self
            .searcher
            .passages(&place.document, |number| number == place.number)?;
        let line = found.first().map_or(0, |passage| passage.record.line);
        Ok(format!("{}:{line}", printable(&place.document)))
    }

    fn score(&self, out: &mut dyn Write, hit: &Hit) -> io::Result<()> {
        let mut line = say!(self.page.lang, "search-score", score = hit.score);
        if let Some(explanation) = &hit.explanation {
            line += &explained(explanation, self.page.lang);
        }
        self.write_line(out, &self.page.paint.ink(Ink::Faint, &line))
    }

    fn write_line(&self, out: &mut dyn Write, line: &str) -> io::Result<()> {
        writeln!(out, "{}{line}", " ".repeat(self.indent))
    }

    fn cells(&self) -> usize {
        self.page.width.saturating_sub(self.indent).max(8)
    }
}

/// How a score arose: its parts, what the passage holds, the score of each word.
fn explained(explanation: &Explanation, lang: Lang) -> String {
    let two = |value: f32| format!("{value:.2}");
    let parts = say!(
        lang,
        "search-score-parts",
        retrieved = two(explanation.retrieved),
        added = two(explanation.added),
        units = two(explanation.units),
        coverage = two(explanation.coverage),
        run = two(explanation.run)
    );
    let holds = match explanation.holds {
        Holds::Parts => String::new(),
        Holds::Words => say!(lang, "search-all-words"),
        Holds::Written => say!(lang, "search-as-written"),
    };
    let terms = explanation.parts.iter();
    let terms = terms.map(|part| format!("{} {}", printable(&part.part), two(part.score)));
    let terms = terms.collect::<Vec<_>>().join(", ");
    parts + &holds + &say!(lang, "search-score-terms", parts = terms)
}

/// Whether the passage is its document's title, to the letter.
fn is_title(hit: &Hit) -> bool {
    hit.passage.part == Part::Title && hit.passage.text == hit.document.title
}
