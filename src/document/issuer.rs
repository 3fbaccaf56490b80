//! The body that issued a document, where the text says it.
