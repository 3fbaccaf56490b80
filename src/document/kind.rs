//! The kind of a document (文种), from its title.
