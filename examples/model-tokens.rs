//! Cuts prose into the words that the model is trained on, by the very code that reads stories.
//!
//! Reads one paragraph a line; writes one sentence a line, words in lower case with a space between them, and `^` before
//! one that has a capital. `model/train.rs` reads what this writes.

use std::io::{BufRead, BufWriter, Write, stdin, stdout};

use copydesk::markup::BlockKind;
use copydesk::prose::Paragraph;

fn main() -> std::io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, stdout().lock());
    for line in stdin().lock().lines() {
        let p = Paragraph::new(BlockKind::Paragraph, line?);
        for sentence in &p.sentences {
            for at in sentence.tokens() {
                if p.tokens[at].capital {
                    out.write_all(b"^")?;
                }
                out.write_all(p.low(at).as_bytes())?;
                out.write_all(b" ")?;
            }
            out.write_all(b"\n")?;
        }
        out.write_all(b"\n")?;
    }
    out.flush()
}
