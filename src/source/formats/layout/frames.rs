//! Frames: the text of a page in one direction of writing, turned upright.

use super::page::{Aside, direction};
use super::{Glyph, Page, Role, Rule};

/// Text in one direction, as if the page were turned upright.
pub(super) struct Frame {
    pub(super) turn: i16,
    pub(super) height: f32,
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
}

/// Maximum number of directions in which a page is read; drawings write along curves.
const MAX_FRAMES: usize = 24;

/// The frames of a page, upright ones first, then quarter turns, then slanted text.
pub(super) fn split(page: Page) -> (Aside, Vec<Frame>) {
    let mut aside = Aside {
        notes: page.notes,
        ..Aside::default()
    };
    // Nearly every page is upright and has nothing hidden; it is passed on without copying.
    if !page.glyphs.is_empty() && page.glyphs.iter().all(is_plain) {
        let frame = Frame {
            turn: 0,
            height: page.height,
            glyphs: page.glyphs,
            rules: page.rules,
        };
        return (aside, vec![frame]);
    }
    let (mut hidden, mut repeated) = (Runs::default(), Runs::default());
    let mut frames: Vec<Frame> = Vec::new();
    for glyph in page.glyphs {
        match glyph.role {
            _ if !glyph.is_placed() => hidden.add(&glyph),
            Role::Hidden => hidden.add(&glyph),
            Role::Repeated => repeated.add(&glyph),
            _ => add(&mut frames, glyph),
        }
    }
    aside.hidden = hidden.finish();
    aside.repeated = repeated.finish();
    frames.sort_by_key(|frame| (frame.turn % 90 != 0, frame.turn));
    for frame in &mut frames {
        place(frame, page.width, page.height, &page.rules);
    }
    (aside, frames)
}

/// Whether a character is upright and shown.
fn is_plain(glyph: &Glyph) -> bool {
    let is_shown = !matches!(glyph.role, Role::Hidden | Role::Repeated);
    glyph.turn == 0 && is_shown && glyph.is_placed()
}

/// Adds a character to the frame of its direction.
fn add(frames: &mut Vec<Frame>, glyph: Glyph) {
    let known = frames.iter().position(|frame| frame.turn == glyph.turn);
    let at = match known {
        Some(at) => at,
        None if frames.len() < MAX_FRAMES => {
            frames.push(Frame {
                turn: glyph.turn,
                height: 0.0,
                glyphs: Vec::new(),
                rules: Vec::new(),
            });
            frames.len() - 1
        }
        // Too many directions: the rest joins the last frame, so that its characters are not lost.
        None => frames.len() - 1,
    };
    frames[at].glyphs.push(glyph);
}

/// Moves the corner of the turned page to 0.
fn place(frame: &mut Frame, width: f32, height: f32, rules: &[Rule]) {
    let (sine, cosine) = direction(frame.turn);
    let (sine, cosine) = (sine as f32, cosine as f32);
    let corners = [(0.0, 0.0), (width, 0.0), (0.0, height), (width, height)];
    let xs = corners.map(|(x, y)| x * cosine + y * sine);
    let ys = corners.map(|(x, y)| y * cosine - x * sine);
    let least = |all: [f32; 4]| all.into_iter().fold(f32::INFINITY, f32::min);
    let most = |all: [f32; 4]| all.into_iter().fold(f32::NEG_INFINITY, f32::max);
    // Turning moves the page out of the positive quadrant; the smallest corner becomes the origin.
    let (left, top) = (least(xs), least(ys));
    frame.height = most(ys) - top;
    for glyph in &mut frame.glyphs {
        glyph.x0 -= left;
        glyph.x1 -= left;
        glyph.y -= top;
    }
    // Lines drawn for upright text mean nothing to slanted text.
    if frame.turn % 90 == 0 {
        let turned = rules
            .iter()
            .map(|rule| rule.turned(sine, cosine, left, top));
        frame.rules = turned.collect();
    }
}

/// Characters in the order of the file, one text for each row of them.
#[derive(Default)]
struct Runs {
    runs: Vec<String>,
    last: Option<Glyph>,
}

impl Runs {
    fn add(&mut self, glyph: &Glyph) {
        let continues = self.last.is_some_and(|last| {
            let is_level = (last.y - glyph.y).abs() <= 0.5 * glyph.size;
            last.turn == glyph.turn && (is_level || !last.is_placed())
        });
        self.last = Some(*glyph);
        match self.runs.last_mut().filter(|_| continues) {
            Some(run) => run.push(glyph.ch),
            None => self.runs.push(glyph.ch.to_string()),
        }
    }

    fn finish(self) -> Vec<String> {
        let runs = self.runs.into_iter();
        runs.filter(|run| !run.trim().is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::formats::layout::glyph::test_glyph as glyph;

    fn page(glyphs: Vec<Glyph>) -> Page {
        Page {
            width: 200.0,
            height: 300.0,
            glyphs,
            notes: vec!["批注".to_owned()],
            ..Page::default()
        }
    }

    fn text(frame: &Frame) -> String {
        frame.glyphs.iter().map(|glyph| glyph.ch).collect()
    }

    #[test]
    fn each_direction_is_a_frame_upright_ones_first() {
        let turned = |ch, turn| Glyph {
            turn,
            ..glyph(ch, 0.0, 0.0)
        };
        let (aside, frames) = split(page(vec![
            turned('斜', 45),
            turned('侧', 90),
            glyph('正', 0.0, 0.0),
            turned('侧', 90),
        ]));
        let found: Vec<(i16, String)> = frames
            .iter()
            .map(|frame| (frame.turn, text(frame)))
            .collect();
        assert_eq!(
            found,
            [
                (0, "正".to_owned()),
                (90, "侧侧".to_owned()),
                (45, "斜".to_owned())
            ]
        );
        // A page turned by a quarter is as high as it was wide.
        assert_eq!((frames[0].height, frames[1].height), (300.0, 200.0));
        assert_eq!(aside.notes, ["批注"]);
    }

    #[test]
    fn what_is_not_seen_is_set_aside_row_by_row() {
        let with = |role, ch, x, y| Glyph {
            role,
            ..glyph(ch, x, y)
        };
        let lost = Glyph {
            x0: f32::NAN,
            ..glyph('失', 0.0, 50.0)
        };
        let (aside, frames) = split(page(vec![
            with(Role::Hidden, '隐', 0.0, 10.0),
            with(Role::Hidden, '藏', 10.0, 10.0),
            with(Role::Hidden, '二', 0.0, 30.0),
            with(Role::Repeated, '模', 0.0, 10.0),
            lost,
            glyph('正', 0.0, 0.0),
        ]));
        assert_eq!(aside.hidden, ["隐藏", "二", "失"]);
        assert_eq!(aside.repeated, ["模"]);
        assert_eq!(frames.iter().map(text).collect::<String>(), "正");
    }

    #[test]
    fn more_directions_than_a_drawing_has_lose_no_character() {
        let glyphs: Vec<Glyph> = (0..40)
            .map(|turn| Glyph {
                turn: turn * 7 + 1,
                ..glyph('字', 0.0, 0.0)
            })
            .collect();
        let (_, frames) = split(page(glyphs));
        assert_eq!(frames.len(), MAX_FRAMES);
        assert_eq!(
            frames.iter().map(|frame| frame.glyphs.len()).sum::<usize>(),
            40
        );
    }
}
