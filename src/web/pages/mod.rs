//! The pages, one module each: what is asked, and what is shown of the answer.

mod bars;
mod build;
mod check;
mod cited;
mod collection;
mod concordance;
mod desk;
mod documents;
mod duplicates;
mod facets;
mod form;
mod frame;
mod help;
mod job;
mod job_view;
mod layout;
mod lineage;
mod link;
mod page;
mod passage;
mod precedent;
mod problem;
mod reader;
mod refused;
mod report;
mod routes;
mod search;
mod similar;
mod table;
mod trend;
mod wording;
mod words;

pub(super) use build::Build;
pub(super) use check::file as check_file;
pub(super) use job::{
    file_name as job_file_name, form as job_form, page as job_page, work as job_work,
};
pub(super) use job_view::{Filled, JobView, text as job_text};
pub(super) use layout::layout;
pub(super) use page::Page;
pub(super) use problem::{is_without_index, problem, to_build};
pub(super) use report::file as report_file;
pub(super) use routes::{PAGES, PageRoute, answer};
