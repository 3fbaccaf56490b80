//! The tables of a collection, as SQL sees them.

use std::num::NonZeroUsize;
use std::sync::Arc;

use async_trait::async_trait;
use datafusion::arrow::array::{
    ArrayRef, Float32Builder, Int64Builder, RecordBatch, StringBuilder,
};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::arrow::error::ArrowError;
use datafusion::catalog::{Session, TableFunctionArgs, TableFunctionImpl, TableProvider};
use datafusion::datasource::{MemTable, TableType};
use datafusion::error::{DataFusionError, Result};
use datafusion::logical_expr::Expr;
use datafusion::physical_plan::ExecutionPlan;
use datafusion::prelude::SessionContext;
use datafusion::scalar::ScalarValue;
use serde::{Deserialize, Serialize};
use xunzhang::document::Date;
use xunzhang::index::DocumentRecord;
use xunzhang::query::{Node, parse};
use xunzhang::search::{Hit, ScannedDocument, ScannedPassage, SearchOptions, n_places};

use crate::asking::Cluster;
use crate::leaf;
use crate::operator::ShardExec;
use crate::work::Operation;

/// A table that each shard has rows of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Table {
    /// Every document.
    Documents,
    /// Every passage.
    Passages,
    /// Every passage that holds an occurrence of a query, with their number.
    Occurrences {
        /// The query.
        query: String,
    },
}

/// Rows that are sent together.
const BATCH: usize = 4_096;

/// Hits of `hits('…')` if no number is given.
const HITS: usize = 100;

/// A column: its name, and whether it is a number.
type Column = (&'static str, Kind);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Score,
}

const DOCUMENTS: [Column; 10] = [
    ("id", Kind::Text),
    ("title", Kind::Text),
    ("date", Kind::Text),
    ("year", Kind::Number),
    ("kind", Kind::Text),
    ("issuer", Kind::Text),
    ("collection", Kind::Text),
    ("url", Kind::Text),
    ("passages", Kind::Number),
    ("characters", Kind::Number),
];

const OF_PASSAGE: [Column; 11] = [
    ("document", Kind::Text),
    ("number", Kind::Number),
    ("line", Kind::Number),
    ("part", Kind::Text),
    ("role", Kind::Text),
    ("date", Kind::Text),
    ("year", Kind::Number),
    ("kind", Kind::Text),
    ("issuer", Kind::Text),
    ("collection", Kind::Text),
    ("characters", Kind::Number),
];

const OF_HIT: [Column; 11] = [
    ("rank", Kind::Number),
    ("score", Kind::Score),
    ("document", Kind::Text),
    ("title", Kind::Text),
    ("number", Kind::Number),
    ("line", Kind::Number),
    ("date", Kind::Text),
    ("year", Kind::Number),
    ("kind", Kind::Text),
    ("issuer", Kind::Text),
    ("collection", Kind::Text),
];

const TEXT: Column = ("text", Kind::Text);
const PLACES: Column = ("occurrences", Kind::Number);

impl Table {
    fn columns(&self) -> Vec<Column> {
        match self {
            Self::Documents => DOCUMENTS.to_vec(),
            Self::Passages => OF_PASSAGE.into_iter().chain([TEXT]).collect(),
            Self::Occurrences { .. } => OF_PASSAGE.into_iter().chain([PLACES]).collect(),
        }
    }

    /// All its columns.
    pub fn schema(&self) -> SchemaRef {
        schema(&self.columns())
    }

    /// The names of the columns that are wanted.
    pub(crate) fn wanted(&self, columns: Option<&[usize]>) -> Vec<&'static str> {
        let all = self.columns();
        match columns {
            Some(columns) => columns.iter().map(|&column| all[column].0).collect(),
            None => all.into_iter().map(|(name, _)| name).collect(),
        }
    }
}

fn schema(columns: &[Column]) -> SchemaRef {
    let field = |&(name, kind): &Column| {
        let kind = match kind {
            Kind::Text => DataType::Utf8,
            Kind::Number => DataType::Int64,
            Kind::Score => DataType::Float32,
        };
        // Documents may lack a date, a kind, an issuer.
        Field::new(name, kind, true)
    };
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

/// What a row may have, by name.
#[derive(Default)]
pub(crate) struct Row {
    texts: Vec<(&'static str, String)>,
    numbers: Vec<(&'static str, i64)>,
    score: f32,
}

impl Row {
    pub(crate) fn of_document(document: &DocumentRecord) -> Self {
        let mut row = Self::default();
        row.text("id", Some(&document.id));
        row.text("title", Some(&document.title));
        row.dated(document.date);
        row.named(&document.kind, &document.issuer, &document.collection);
        row.text("url", document.url.as_ref());
        row.numbers.push(("passages", document.passages.into()));
        let characters = document.characters.passages as i64;
        row.numbers.push(("characters", characters));
        row
    }

    /// `None` for a passage without an occurrence of what is looked for.
    pub(crate) fn of_passage(
        document: &ScannedDocument,
        passage: &ScannedPassage<'_>,
        node: Option<&Node>,
        wanted: &[&str],
    ) -> Option<Self> {
        let mut row = Self::default();
        // The text takes longer to read than all columns.
        if node.is_some() || wanted.contains(&TEXT.0) {
            let text = passage.text();
            if let Some(node) = node {
                let places = n_places(node, &text);
                if places == 0 {
                    return None;
                }
                row.numbers.push((PLACES.0, places as i64));
            }
            row.texts.push((TEXT.0, text));
        }
        row.text("document", Some(&document.id));
        row.numbers.push(("number", passage.number.into()));
        row.numbers.push(("line", passage.line.into()));
        row.text("part", Some(&name_of(&passage.part)));
        row.text(
            "role",
            passage.role.map(|role| role.name().to_owned()).as_ref(),
        );
        row.dated(document.date);
        row.named(&document.kind, &document.issuer, &document.collection);
        row.numbers.push(("characters", passage.chars.into()));
        Some(row)
    }

    fn of_hit(hit: &Hit) -> Self {
        let mut row = Self {
            score: hit.score,
            ..Self::default()
        };
        let document = &hit.document;
        row.numbers.push(("rank", hit.rank as i64));
        row.text("document", Some(&document.id));
        row.text("title", Some(&document.title));
        row.numbers.push(("number", hit.passage.number.into()));
        row.numbers.push(("line", hit.passage.line.into()));
        row.dated(document.date);
        row.named(&document.kind, &document.issuer, &document.collection);
        row.text(TEXT.0, Some(&hit.passage.text));
        row
    }

    fn text(&mut self, name: &'static str, value: Option<&String>) {
        self.texts.extend(value.map(|value| (name, value.clone())));
    }

    fn dated(&mut self, date: Option<Date>) {
        if let Some(date) = date {
            self.texts.push(("date", date.to_string()));
            self.numbers.push(("year", date.year.into()));
        }
    }

    fn named(&mut self, kind: &Option<String>, issuer: &Option<String>, collection: &String) {
        self.text("kind", kind.as_ref());
        self.text("issuer", issuer.as_ref());
        self.text("collection", Some(collection));
    }
}

/// A part of a passage by its name in JSON.
fn name_of(part: &impl Serialize) -> String {
    match serde_json::to_value(part) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

/// Rows on their way into a batch.
pub(crate) struct Rows {
    schema: SchemaRef,
    columns: Vec<(&'static str, Builder)>,
    n: usize,
}

enum Builder {
    Text(StringBuilder),
    Number(Int64Builder),
    Score(Float32Builder),
}

impl Rows {
    pub(crate) fn new(table: &Table, wanted: &[&'static str]) -> Self {
        let all = table.columns();
        let column = |name: &&str| all.iter().copied().find(|column| column.0 == *name);
        Self::of(&wanted.iter().filter_map(column).collect::<Vec<_>>())
    }

    fn of(columns: &[Column]) -> Self {
        let builder = |&(name, kind): &Column| {
            let builder = match kind {
                Kind::Text => Builder::Text(StringBuilder::new()),
                Kind::Number => Builder::Number(Int64Builder::new()),
                Kind::Score => Builder::Score(Float32Builder::new()),
            };
            (name, builder)
        };
        Self {
            schema: schema(columns),
            columns: columns.iter().map(builder).collect(),
            n: 0,
        }
    }

    pub(crate) fn extend(&mut self, row: Option<Row>) {
        if let Some(row) = row {
            self.push(&row);
        }
    }

    pub(crate) fn push(&mut self, row: &Row) {
        self.n += 1;
        for (name, builder) in &mut self.columns {
            match builder {
                Builder::Text(texts) => {
                    let own = row.texts.iter().find(|(own, _)| own == name);
                    texts.append_option(own.map(|(_, text)| text));
                }
                Builder::Number(numbers) => {
                    let own = row.numbers.iter().find(|(own, _)| own == name);
                    numbers.append_option(own.map(|(_, number)| *number));
                }
                Builder::Score(scores) => scores.append_value(row.score),
            }
        }
    }

    pub(crate) fn is_full(&self) -> bool {
        self.n == BATCH
    }

    /// The rows so far; `None` without any.
    pub(crate) fn take(&mut self) -> Option<std::result::Result<RecordBatch, ArrowError>> {
        if self.n == 0 {
            return None;
        }
        let options =
            datafusion::arrow::array::RecordBatchOptions::new().with_row_count(Some(self.n));
        self.n = 0;
        let columns = self.columns.iter_mut().map(|(_, builder)| -> ArrayRef {
            match builder {
                Builder::Text(texts) => Arc::new(texts.finish()),
                Builder::Number(numbers) => Arc::new(numbers.finish()),
                Builder::Score(scores) => Arc::new(scores.finish()),
            }
        });
        let columns = columns.collect();
        Some(RecordBatch::try_new_with_options(
            Arc::clone(&self.schema),
            columns,
            &options,
        ))
    }
}

/// A table over all shards.
#[derive(Debug)]
struct ShardTable {
    cluster: Arc<Cluster>,
    table: Table,
}

#[async_trait]
impl TableProvider for ShardTable {
    fn schema(&self) -> SchemaRef {
        self.table.schema()
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        _state: &dyn Session,
        projection: Option<&Vec<usize>>,
        _filters: &[Expr],
        _limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let leaves = self.cluster.leaves();
        let n_leaves = NonZeroUsize::new(leaves.len()).unwrap_or(NonZeroUsize::MIN);
        let source = leaf::source(&leaves, n_leaves)?;
        let operation = Operation::Rows(self.table.clone());
        let exec = ShardExec::new(Arc::new(operation), projection.cloned(), source)?;
        Ok(Arc::new(exec))
    }
}

/// The hits of a query, found when they are read.
#[derive(Debug)]
struct HitTable {
    cluster: Arc<Cluster>,
    query: String,
    limit: usize,
}

fn hit_columns() -> Vec<Column> {
    OF_HIT.into_iter().chain([TEXT]).collect()
}

#[async_trait]
impl TableProvider for HitTable {
    fn schema(&self) -> SchemaRef {
        schema(&hit_columns())
    }

    fn table_type(&self) -> TableType {
        TableType::Base
    }

    async fn scan(
        &self,
        state: &dyn Session,
        projection: Option<&Vec<usize>>,
        filters: &[Expr],
        limit: Option<usize>,
    ) -> Result<Arc<dyn ExecutionPlan>> {
        let options = SearchOptions {
            limit: self.limit,
            ..SearchOptions::default()
        };
        let (cluster, query) = (Arc::clone(&self.cluster), self.query.clone());
        // Asking blocks its thread until all shards have answered.
        let asking = tokio::task::spawn_blocking(move || cluster.search(&query, &options));
        let found = asking
            .await
            .map_err(|error| DataFusionError::External(error.into()))?;
        let found = found.map_err(|error| DataFusionError::External(error.into()))?;
        let mut rows = Rows::of(&hit_columns());
        for hit in &found.hits {
            rows.push(&Row::of_hit(hit));
        }
        let batches = rows.take().transpose()?.into_iter().collect();
        let table = MemTable::try_new(self.schema(), vec![batches])?;
        table.scan(state, projection, filters, limit).await
    }
}

/// `hits('query'[, n])` and `occurrences('query')`.
#[derive(Debug)]
struct Function {
    cluster: Arc<Cluster>,
    name: &'static str,
}

impl TableFunctionImpl for Function {
    fn call_with_args(&self, args: TableFunctionArgs<'_, '_>) -> Result<Arc<dyn TableProvider>> {
        let bad = || {
            let usage = match self.name {
                "hits" => "hits('QUERY'[, NUMBER])",
                _ => "occurrences('QUERY')",
            };
            DataFusionError::Plan(format!("expected {usage}"))
        };
        let mut exprs = args.exprs().iter();
        let query = exprs.next().and_then(text_of).ok_or_else(bad)?;
        parse(&query).map_err(|error| DataFusionError::External(error.into()))?;
        let cluster = Arc::clone(&self.cluster);
        if self.name == "occurrences" {
            if exprs.next().is_some() {
                return Err(bad());
            }
            let table = Table::Occurrences { query };
            return Ok(Arc::new(ShardTable { cluster, table }));
        }
        let limit = match exprs.next() {
            Some(number) => number_of(number).ok_or_else(bad)?,
            None => HITS,
        };
        Ok(Arc::new(HitTable {
            cluster,
            query,
            limit,
        }))
    }
}

fn text_of(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Literal(
            ScalarValue::Utf8(text) | ScalarValue::Utf8View(text) | ScalarValue::LargeUtf8(text),
            _,
        ) => text.clone(),
        _ => None,
    }
}

fn number_of(expr: &Expr) -> Option<usize> {
    match expr {
        Expr::Literal(ScalarValue::Int64(Some(number)), _) => usize::try_from(*number).ok(),
        _ => None,
    }
}

/// Gives the tables and functions of a collection to a session.
///
/// # Errors
/// [`DataFusionError`] if one of the names is taken.
pub fn register(cluster: &Arc<Cluster>, context: &SessionContext) -> Result<()> {
    for (name, table) in [
        ("documents", Table::Documents),
        ("passages", Table::Passages),
    ] {
        let cluster = Arc::clone(cluster);
        context.register_table(name, Arc::new(ShardTable { cluster, table }))?;
    }
    for name in ["hits", "occurrences"] {
        let cluster = Arc::clone(cluster);
        context.register_udtf(name, Arc::new(Function { cluster, name }));
    }
    Ok(())
}
