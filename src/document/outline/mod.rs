//! The outline of a report: which lines are headings, of which rank, under which other.
