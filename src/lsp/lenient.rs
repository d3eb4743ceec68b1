//! What clients say of themselves that this server cannot read, taken out: one value that nobody knew when the framework was
//! written must not cost the whole conversation.

use serde::Deserialize as _;
use serde_json::{Value, json};
use tower_lsp::ls_types::ClientCapabilities;

/// `capabilities` without what cannot be read of them.
pub fn readable(capabilities: &Value) -> Value {
    let root = |part: Value| part;
    kept(capabilities, &root).unwrap_or_else(|| capabilities.clone())
}

/// What can be read of `part`, which `within` puts where it stands; `None` for nothing.
fn kept(part: &Value, within: &dyn Fn(Value) -> Value) -> Option<Value> {
    let is_read = |part: &Value| ClientCapabilities::deserialize(within(part.clone())).is_ok();
    if is_read(part) {
        return Some(part.clone());
    }
    let rest = match part {
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| {
                Some((key.clone(), kept(value, &|part| within(json!({ key.as_str(): part })))?))
            };
            Value::Object(entries.iter().filter_map(entry).collect())
        }
        Value::Array(items) => {
            Value::Array(items.iter().filter_map(|item| kept(item, &|part| within(json!([part])))).collect())
        }
        _ => return None,
    };
    Some(rest).filter(is_read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_read_goes_and_the_rest_stays() {
        let capabilities = json!({
            "textDocument": {
                "hover": { "contentFormat": ["asciidoc", "markdown"], "dynamicRegistration": true },
                "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix", 5] } } },
                "completion": 7,
            },
            "workspace": { "workspaceEdit": { "failureHandling": "hope", "documentChanges": true } },
            "window": "yes",
        });
        let expected = json!({
            "textDocument": {
                "hover": { "contentFormat": ["markdown"], "dynamicRegistration": true },
                "codeAction": { "codeActionLiteralSupport": { "codeActionKind": { "valueSet": ["quickfix"] } } },
            },
            "workspace": { "workspaceEdit": { "documentChanges": true } },
        });
        assert_eq!(readable(&capabilities), expected);
        assert_eq!(readable(&expected), expected);
        // What is no set of capabilities at all is a mistake, which the framework tells.
        assert_eq!(readable(&json!(7)), json!(7));
    }
}
