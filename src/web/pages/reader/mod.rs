//! The reader: a whole document beside its outline, with what a query finds in it.

mod bar;
mod hits;
mod page;
mod side;
mod text;
mod view;

pub(super) use page::page;
