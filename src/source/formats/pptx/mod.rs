//! PowerPoint presentations of 2007 and later (`.pptx`).

mod chart;
mod read;
mod slide;

pub(super) use read::read;
