//! What the package says as the command line does, in the same files: words have one catalogue, and no copy of it.

#[path = "../../../src/cli/heading.rs"]
pub(crate) mod heading;
pub(crate) mod messages;
#[path = "../../../src/cli/commands/index/size.rs"]
pub(crate) mod size;
#[path = "../../../src/cli/value.rs"]
pub(crate) mod value;
