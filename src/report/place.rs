//! Names of stories as addresses.

use std::fmt::Write as _;

/// The name of a story as a URI reference (RFC 3986): relative where the path is.
pub fn uri(name: &str) -> String {
    let mut uri = String::from(if name.starts_with('/') { "file://" } else { "" });
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            b'\\' if cfg!(windows) => uri.push('/'),
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_are_escaped() {
        assert_eq!(super::uri("a b/50%: é.txt"), "a%20b/50%25%3A%20%C3%A9.txt");
        assert_eq!(super::uri("/srv/a.txt"), "file:///srv/a.txt");
    }
}
