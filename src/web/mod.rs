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
mod listen;
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
mod workers;

pub(crate) use gate::{Gate, pass};
pub(crate) use guard::{Guard, random};
pub(crate) use listen::{Listening, signal};
pub(crate) use opened::Opened;
pub(crate) use parameters::Parameters;
pub(crate) use problem::sentence;
pub(crate) use questions::{Load, Question};
pub(crate) use running::running;
pub(crate) use server::{Options, Server};
pub(crate) use workers::{NotDone, Workers};
