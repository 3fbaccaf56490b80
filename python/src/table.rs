//! Rows as Python takes them: an Arrow stream of batches, or JSON with the names of the contract.

use std::ops::Range;
use std::sync::Arc;

use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use serde::Serialize;

use crate::columns::Columns;
use crate::error::failed;

/// Rows of a batch: texts of some megabytes, so that a long table is never in memory as a whole.
const BATCH: usize = 10_000;

/// What a table is made of.
pub(crate) trait Rows: Send + Sync {
    /// Number of rows.
    fn len(&self) -> usize;
    /// Some of the rows as columns.
    fn columns(&self, rows: Range<usize>) -> xunzhang::Result<Columns>;
    /// Some of the rows as a list in JSON.
    fn json(&self, rows: Range<usize>) -> xunzhang::Result<String>;
}

/// Rows that are in memory.
pub(crate) struct List<T> {
    pub(crate) rows: Vec<T>,
    pub(crate) columns: fn(&[T]) -> Columns,
}

impl<T: Serialize + Send + Sync> Rows for List<T> {
    fn len(&self) -> usize {
        self.rows.len()
    }

    fn columns(&self, rows: Range<usize>) -> xunzhang::Result<Columns> {
        Ok((self.columns)(&self.rows[rows]))
    }

    fn json(&self, rows: Range<usize>) -> xunzhang::Result<String> {
        Ok(json(&self.rows[rows]))
    }
}

/// A value as JSON.
pub(crate) fn json(value: &(impl Serialize + ?Sized)) -> String {
    // Plain data with names for keys: there is nothing in it that JSON does not have.
    serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned())
}

/// A table.
#[pyclass(frozen, module = "xunzhang._native")]
pub(crate) struct Table {
    rows: Arc<dyn Rows>,
}

impl Table {
    pub(crate) fn new(rows: impl Rows + 'static) -> Self {
        Self {
            rows: Arc::new(rows),
        }
    }

    pub(crate) fn of<T>(rows: Vec<T>, columns: fn(&[T]) -> Columns) -> Self
    where
        T: Serialize + Send + Sync + 'static,
    {
        Self::new(List { rows, columns })
    }
}

#[pymethods]
impl Table {
    fn __len__(&self) -> usize {
        self.rows.len()
    }

    /// The rows from `start` to before `stop` as a list in JSON.
    fn json(&self, py: Python<'_>, start: usize, stop: usize) -> PyResult<String> {
        let stop = stop.min(self.rows.len());
        let rows = start.min(stop)..stop;
        py.detach(|| self.rows.json(rows))
            .map_err(|error| failed(py, error))
    }

    /// The rows as a stream of the Arrow C interface.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // The protocol lets a producer ignore what it can't give, and there is one schema here.
        drop(requested_schema);
        let rows = Arc::clone(&self.rows);
        let reader = py
            .detach(|| Reader::new(rows))
            .map_err(|error| failed(py, error))?;
        let stream = FFI_ArrowArrayStream::new(Box::new(reader));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }
}

/// Reads a table batch by batch. It is called without the interpreter's lock, and needs none.
struct Reader {
    rows: Arc<dyn Rows>,
    schema: SchemaRef,
    next: usize,
}

impl Reader {
    fn new(rows: Arc<dyn Rows>) -> xunzhang::Result<Self> {
        let schema = rows.columns(0..0)?.schema();
        Ok(Self {
            rows,
            schema,
            next: 0,
        })
    }
}

impl Iterator for Reader {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let (start, n) = (self.next, self.rows.len());
        if start >= n {
            return None;
        }
        self.next = n.min(start + BATCH);
        let columns = self.rows.columns(start..self.next);
        let columns = columns.map_err(|error| ArrowError::ExternalError(Box::new(error)));
        Some(columns.and_then(Columns::batch))
    }
}

impl RecordBatchReader for Reader {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.schema)
    }
}
