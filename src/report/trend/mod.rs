//! Trends: how often words occur year by year.

mod series;

pub use series::{By, Period, Point, Series, THIN, Trend, TrendLabel, trend};
