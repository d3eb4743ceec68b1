//! SubRip and WebVTT: cues with the time at which they start.

use super::{Piece, Place, label};

/// Reads the cues of a file of subtitles. What is no cue (headers, notes, styles, numbers) is passed over.
pub(super) fn read(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut time: Option<String> = None;
    for (number, line) in text.lines().map(str::trim).enumerate() {
        if line.is_empty() {
            time = None;
            continue;
        }
        if let Some((start, _)) = line.split_once("-->") {
            let start = start.trim();
            // Thousandths of a second say nothing to whoever looks for the place.
            time = Some(start.split(['.', ',']).next().unwrap_or(start).to_owned());
            continue;
        }
        let Some(start) = &time else { continue };
        let (voice, plain) = without_tags(line);
        let plain = plain.trim_start_matches(['-', '–', ' ', '>']);
        let (named, rest) = label(plain);
        let speaker =
            voice.or(named.map(str::to_owned)).or_else(|| pieces.last().and_then(|last| last.speaker.clone()));
        if !rest.is_empty() {
            pieces.push(Piece {
                place: Place::Time(start.clone()),
                line: Some(number + 1),
                text: rest.to_owned(),
                speaker,
                grid: None,
            });
        }
    }
    pieces
}

/// A line without tags such as `<i>` and `<00:14:05.100>`, and the voice that `<v Ana Ruiz>` names.
fn without_tags(line: &str) -> (Option<String>, String) {
    let mut voice = None;
    let mut plain = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, behind)) = rest.split_once('<') {
        plain.push_str(before);
        let Some((tag, behind)) = behind.split_once('>') else {
            plain.push('<');
            rest = behind;
            continue;
        };
        if let Some(name) =
            tag.strip_prefix("v ").or_else(|| tag.strip_prefix("v.").and_then(|t| t.split_once(' ').map(|(_, n)| n)))
        {
            voice = Some(name.trim().to_owned());
        }
        rest = behind;
    }
    plain.push_str(rest);
    let plain = plain.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ");
    (voice, plain.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_keep_their_times() {
        let srt = "1\n00:14:05,120 --> 00:14:08,000\nRUIZ: We keep\nthe ferry.\n\n2\n00:14:09,000 --> 00:14:11,000\n<i>And we pay.</i>\n";
        let read: Vec<(String, String)> = read(srt).into_iter().map(|p| (p.place.to_string(), p.text)).collect();
        let wanted = [("00:14:05", "We keep"), ("00:14:05", "the ferry."), ("00:14:09", "And we pay.")];
        assert_eq!(read, wanted.map(|(time, text)| (time.to_owned(), text.to_owned())));
        let vtt =
            "WEBVTT\n\nNOTE none\n\n00:01.000 --> 00:02.000 align:left\n<v Ana Ruiz>It <00:01.500>stays &amp; works.\n";
        let pieces = super::read(vtt);
        assert_eq!(pieces.len(), 1);
        assert_eq!((pieces[0].text.as_str(), pieces[0].speaker.as_deref()), ("It stays & works.", Some("Ana Ruiz")));
    }
}
