//! Trends: how often words occur year by year, and how a trend is rendered.

mod render;
mod series;

pub use series::{By, Period, Point, Series, THIN, Trend, TrendLabel, trend};
