//! Trends: how often words occur year by year.

mod first_use;
mod series;

pub use first_use::{FirstUse, Uncertain, first_of, first_use};
pub use series::{By, Period, Point, Series, THIN, Trend, TrendLabel, peak, trend};
