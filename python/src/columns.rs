//! Columns of a table, made of rows.
//!
//! A table's schema is that of its columns without rows, so that it is written once.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder, StructBuilder, UInt32Builder};
use arrow_array::types::ArrowPrimitiveType;
use arrow_array::{
    ArrayRef, BooleanArray, DictionaryArray, Int32Array, PrimitiveArray, RecordBatch, StringArray,
};
use arrow_schema::{ArrowError, DataType, Field, Fields, Schema, SchemaRef};

/// Columns of the same length.
#[derive(Default)]
pub(crate) struct Columns {
    fields: Vec<Field>,
    arrays: Vec<ArrayRef>,
}

impl Columns {
    /// A column of texts.
    pub(crate) fn text<S: AsRef<str>>(
        self,
        name: &str,
        values: impl Iterator<Item = Option<S>>,
    ) -> Self {
        let values: Vec<Option<S>> = values.collect();
        self.with(name, Arc::new(texts(&values)))
    }

    /// A column of texts that recur, each kept once for a batch.
    pub(crate) fn category<S: AsRef<str>>(
        self,
        name: &str,
        values: impl Iterator<Item = Option<S>>,
    ) -> Self {
        let values: Vec<Option<S>> = values.collect();
        let mut ords = BTreeMap::new();
        let mut distinct = Vec::new();
        let keys = values.iter().map(|value| {
            let text = value.as_ref()?.as_ref();
            Some(*ords.entry(text).or_insert_with(|| {
                distinct.push(Some(text));
                distinct.len() as i32 - 1
            }))
        });
        let keys: Vec<Option<i32>> = keys.collect();
        let column = DictionaryArray::new(Int32Array::from(keys), Arc::new(texts(&distinct)));
        self.with(name, Arc::new(column))
    }

    /// A column of numbers.
    pub(crate) fn number<T: ArrowPrimitiveType>(
        self,
        name: &str,
        values: impl Iterator<Item = Option<T::Native>>,
    ) -> Self {
        let values: Vec<Option<T::Native>> = values.collect();
        self.with(name, Arc::new(PrimitiveArray::<T>::from_iter(values)))
    }

    /// A column of what holds or not.
    pub(crate) fn flag(self, name: &str, values: impl Iterator<Item = Option<bool>>) -> Self {
        let values: Vec<Option<bool>> = values.collect();
        self.with(name, Arc::new(BooleanArray::from(values)))
    }

    /// A column of lists of texts.
    pub(crate) fn texts<S: AsRef<str>>(
        self,
        name: &str,
        rows: impl Iterator<Item = Vec<S>>,
    ) -> Self {
        let mut column = ListBuilder::new(StringBuilder::new());
        for row in rows {
            row.iter()
                .for_each(|text| column.values().append_value(text));
            column.append(true);
        }
        self.with(name, Arc::new(column.finish()))
    }

    /// A column of lists of half-open ranges of characters, `start` and `end`.
    pub(crate) fn spans<'a>(
        self,
        name: &str,
        rows: impl Iterator<Item = &'a [(usize, usize)]>,
    ) -> Self {
        let field = |name| Field::new(name, DataType::UInt32, true);
        let fields = Fields::from(vec![field("start"), field("end")]);
        let mut column = ListBuilder::new(StructBuilder::from_fields(fields, 0));
        for row in rows {
            for &(start, end) in row {
                let span = column.values();
                for (at, value) in [start, end].into_iter().enumerate() {
                    if let Some(numbers) = span.field_builder::<UInt32Builder>(at) {
                        numbers.append_value(value as u32);
                    }
                }
                span.append(true);
            }
            column.append(true);
        }
        self.with(name, Arc::new(column.finish()))
    }

    /// A column of lists of records of texts, such as the edits of a diff.
    pub(crate) fn records<const N: usize>(
        self,
        name: &str,
        names: [&str; N],
        rows: impl Iterator<Item = Vec<[String; N]>>,
    ) -> Self {
        let fields = names.map(|name| Field::new(name, DataType::Utf8, true));
        let fields = Fields::from(fields.to_vec());
        let mut column = ListBuilder::new(StructBuilder::from_fields(fields, 0));
        for row in rows {
            for record in row {
                let values = column.values();
                for (at, text) in record.iter().enumerate() {
                    if let Some(texts) = values.field_builder::<StringBuilder>(at) {
                        texts.append_value(text);
                    }
                }
                values.append(true);
            }
            column.append(true);
        }
        self.with(name, Arc::new(column.finish()))
    }

    /// The columns as a batch.
    ///
    /// # Errors
    /// If the columns differ in length.
    pub(crate) fn batch(self) -> Result<RecordBatch, ArrowError> {
        RecordBatch::try_new(self.schema(), self.arrays)
    }

    /// What the columns are.
    pub(crate) fn schema(&self) -> SchemaRef {
        Arc::new(Schema::new(self.fields.clone()))
    }

    fn with(mut self, name: &str, array: ArrayRef) -> Self {
        // Each may be null: a reader then needs no other code for the few that never are.
        self.fields
            .push(Field::new(name, array.data_type().clone(), true));
        self.arrays.push(array);
        self
    }
}

/// Texts in buffers of their size: grown by doubling, a table that is kept would hold up to twice what is in it.
fn texts<S: AsRef<str>>(values: &[Option<S>]) -> StringArray {
    let lengths = values.iter().flatten().map(|text| text.as_ref().len());
    let mut column = StringBuilder::with_capacity(values.len(), lengths.sum());
    for value in values {
        column.append_option(value.as_ref());
    }
    column.finish()
}
