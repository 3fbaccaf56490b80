//! The page and the HTTP API: the commands of the command line, asked for over HTTP on this machine.
//!
//! A request passes the [`guard`], is read as [`parameters`] of one of the [`questions`], and is answered by a worker thread: as
//! the bytes that the command prints ([`answer`]), or as a page ([`pages`]) made of the same results.

mod answer;
mod api;
mod app;
mod asked;
mod assets;
mod build;
mod building;
mod cache;
mod call;
mod events;
mod gate;
mod guard;
mod job_routes;
mod jobs;
mod language;
mod login;
mod openapi;
mod opened;
mod original;
mod outlet;
mod pages;
mod parameters;
mod problem;
mod questions;
mod router;
mod running;
mod sent;
mod server;

pub(crate) use guard::random;
pub(crate) use running::running;
pub(crate) use server::{Options, Server};
