//! Prompts, which a person chooses in a client: the two tasks that are done most.

use rmcp::model::{GetPromptResult, Prompt, PromptArgument, PromptMessage, Role};
use serde_json::{Map, Value};

use crate::cli::messages::{Lang, say};

/// Finding precedents of a wording.
const PRECEDENT: &str = "找先例";
/// Verifying the quotations of a draft.
const CITATIONS: &str = "核引文";
/// The argument of the first.
const WORDING: &str = "wording";
/// The argument of the second.
const DRAFT: &str = "draft";

/// All of them.
pub(super) fn all(lang: Lang) -> Vec<Prompt> {
    let argument = |name: &str, about: &'static str| {
        let argument = PromptArgument::new(name).with_description(lang.text(about));
        vec![argument.with_required(true)]
    };
    vec![
        Prompt::new(
            PRECEDENT,
            Some(lang.text("mcp-prompt-precedent")),
            Some(argument(WORDING, "mcp-prompt-wording")),
        ),
        Prompt::new(
            CITATIONS,
            Some(lang.text("mcp-prompt-citations")),
            Some(argument(DRAFT, "mcp-prompt-draft")),
        ),
    ]
}

/// The message of a prompt, filled in.
///
/// # Errors
/// A sentence about its name, or about an argument that is missing.
pub(super) fn filled(
    name: &str,
    arguments: &Map<String, Value>,
    lang: Lang,
) -> Result<GetPromptResult, String> {
    let given = |name: &str| match arguments.get(name).and_then(Value::as_str) {
        Some(text) if !text.trim().is_empty() => Ok(text.to_owned()),
        _ => Err(say!(lang, "mcp-bad-missing", name)),
    };
    let said = match name {
        PRECEDENT => say!(lang, "mcp-prompt-precedent-text", wording = given(WORDING)?),
        CITATIONS => say!(lang, "mcp-prompt-citations-text", draft = given(DRAFT)?),
        _ => {
            let name: String = name.chars().take(80).collect();
            return Err(say!(lang, "mcp-no-prompt", name));
        }
    };
    let message = PromptMessage::new_text(Role::User, said);
    Ok(GetPromptResult::new(vec![message]))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::mcp::tool::object;

    #[test]
    fn a_prompt_holds_what_it_is_given() {
        for lang in [Lang::Zh, Lang::En] {
            for (prompt, argument) in [(PRECEDENT, WORDING), (CITATIONS, DRAFT)] {
                let arguments = object(json!({ (argument): "修水渠" }));
                let filled = filled(prompt, &arguments, lang).expect("a prompt");
                let said = serde_json::to_string(&filled.messages).expect("json");
                assert!(said.contains("修水渠"), "{said}");
                let none = super::filled(prompt, &Map::new(), lang).expect_err("incomplete");
                assert!(none.contains(argument), "{none}");
            }
            assert_eq!(all(lang).len(), 2);
        }
        assert!(filled("别的", &Map::new(), Lang::Zh).is_err());
    }
}
