//! The description of the API (OpenAPI 3.1), made of the questions and the definitions of their commands.

use clap::{Arg, ArgAction};
use serde_json::{Map, Value, json};

use super::answer::{JSON, media_of};
use super::parameters::{is_parameter, is_switch};
use super::questions::{QUESTIONS, Question};

/// The whole description.
pub(super) fn description() -> Value {
    let mut paths = Map::new();
    for question in &QUESTIONS {
        paths.insert(format!("/api/{}", question.path), path(question));
    }
    paths.insert(
        "/healthz".to_owned(),
        plain("Whether the server is up, and of which index"),
    );
    paths.insert("/openapi.json".to_owned(), plain("This description"));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "xunzhang",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "The commands of xunzhang over HTTP: parameters are the flags of the command, answers are what it \
                prints with --format json. Errors are problem details (RFC 9457).",
        },
        "paths": paths,
    })
}

fn plain(summary: &str) -> Value {
    json!({"get": {"summary": summary, "responses": {"200": {"description": "JSON", "content": {"application/json": {}}}}}})
}

fn path(question: &Question) -> Value {
    let definition = question.definition();
    let about = definition.get_about().map(ToString::to_string);
    let parameters: Vec<Value> = main(question, definition)
        .into_iter()
        .chain(
            definition
                .get_arguments()
                .filter(|one| is_parameter(one))
                .map(parameter),
        )
        .collect();
    let operation = |method: &str, body: Option<Value>| {
        let mut operation = json!({
            "operationId": format!("{method}_{}", question.path.replace('/', "_")),
            "summary": about,
            "parameters": parameters,
            "responses": responses(question),
        });
        if let (Some(body), Some(fields)) = (body, operation.as_object_mut()) {
            fields.insert("requestBody".to_owned(), body);
        }
        operation
    };
    let body = json!({"content": {
        "application/json": {"schema": {"type": "object"}},
        "application/x-www-form-urlencoded": {"schema": {"type": "object"}},
        "multipart/form-data": {"schema": {"type": "object"}},
        "text/plain": {"schema": {"type": "string"}},
    }});
    json!({"get": operation("get", None), "post": operation("post", Some(body))})
}

fn responses(question: &Question) -> Value {
    let media = media_of(question.format).unwrap_or(JSON);
    let problem =
        json!({"description": "What is wrong", "content": {"application/problem+json": {}}});
    json!({
        "200": {"description": "The answer", "content": {media: {}}},
        "304": {"description": "The answer is that of the given entity tag"},
        "4XX": problem,
        "5XX": problem,
    })
}

/// The parameters that the command takes without a flag, each under its first name.
fn main(question: &Question, definition: &clap::Command) -> Vec<Value> {
    let named = question.main.iter().zip(definition.get_positionals());
    let described = named.map(|(name, argument)| {
        json!({
            "name": name,
            "in": "query",
            "description": help(argument),
            "schema": {"type": "string"},
        })
    });
    described.collect()
}

fn parameter(argument: &Arg) -> Value {
    let name = argument.get_long().unwrap_or_default();
    let values = argument.get_possible_values();
    let values: Vec<&str> = values.iter().map(|value| value.get_name()).collect();
    let one = match (is_switch(argument), values.is_empty()) {
        (true, _) => json!({"type": "boolean"}),
        (false, true) => json!({"type": "string"}),
        (false, false) => json!({"type": "string", "enum": values}),
    };
    let is_list = matches!(argument.get_action(), ArgAction::Append);
    let schema = if is_list {
        json!({"type": "array", "items": one})
    } else {
        one
    };
    json!({"name": name, "in": "query", "description": help(argument), "schema": schema})
}

fn help(argument: &Arg) -> String {
    argument
        .get_help()
        .map(ToString::to_string)
        .unwrap_or_default()
}
