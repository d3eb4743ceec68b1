//! YAML whose values run on to lines that are not indented.

/// `yaml` with a blank in place of each line break inside a quoted value, or a list in brackets, whose next line is not indented.
/// The standard wants it indented, and what most sites are made with does not mind.
pub(super) fn with_lines_joined(yaml: &str) -> Option<String> {
    let mut joined = yaml.as_bytes().to_vec();
    let (mut at, mut changed) = (0, false);
    while at < yaml.len() {
        let end = yaml[at..].find('\n').map_or(yaml.len(), |len| at + len);
        let line = &yaml[at..end];
        at = end + 1;
        let Some((key, value)) = line.split_once(": ").filter(|(key, _)| !key.contains(['#', '"', '\''])) else {
            continue;
        };
        let value_at = end - value.len() + (value.len() - value.trim_start().len());
        let marks = |mark: &u8| matches!(mark, b'"' | b'\'' | b'[' | b'{');
        let Some(mark) = yaml[value_at..].bytes().next().filter(marks) else { continue };
        let until = yaml[end..].match_indices('\n').nth(MOST_LINES).map_or(yaml.len(), |(len, _)| end + len);
        let rest = &yaml.as_bytes()[value_at + 1..until];
        let close = if matches!(mark, b'[' | b'{') { end_of_flow(rest) } else { end_of_quoted(rest, mark) };
        let close = close.map(|len| value_at + 1 + len);
        let Some(close) = close.filter(|close| *close > end && !key.is_empty()) else { continue };
        for byte in joined.get_mut(end..close)? {
            if matches!(byte, b'\n' | b'\r') {
                (*byte, changed) = (b' ', true);
            }
        }
        at = yaml[close..].find('\n').map_or(yaml.len(), |len| close + len + 1);
    }
    changed.then(|| String::from_utf8(joined).ok())?
}

/// A quoted value on more lines was not closed where it should have been.
const MOST_LINES: usize = 20;

/// How many bytes are before the bracket that closes a list or map in brackets.
fn end_of_flow(value: &[u8]) -> Option<usize> {
    let (mut at, mut open) = (0, 1);
    while let Some(&byte) = value.get(at) {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open -= 1,
            b'"' | b'\'' => at += 1 + end_of_quoted(value.get(at + 1..)?, byte)?,
            _ => {}
        }
        if open == 0 {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// How many bytes are before the mark that closes a value.
fn end_of_quoted(value: &[u8], mark: u8) -> Option<usize> {
    let mut at = 0;
    while let Some(&byte) = value.get(at) {
        match byte {
            b'\\' if mark == b'"' => at += 1,
            _ if byte == mark && mark == b'\'' && value.get(at + 1) == Some(&mark) => at += 1,
            _ if byte == mark => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}
