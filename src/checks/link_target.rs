//! `link-target`: links that lead astray or nowhere: shorteners, tracking, local files, `here` as text, one text for two pages.

use rustc_hash::FxHashMap;

use crate::finding::Applicability;
use crate::lexicon;
use crate::markup::Link;
use crate::rules::{Check, Hit, HitPlace, Rule, Run, choice};
use crate::story::Story;

/// The check of this file, as rules name it.
pub(super) const CHECKS: &[Check] = &[Check::new(
    "link-target",
    Run::Story(run),
    &[choice(
        "fault",
        &["shortener", "tracking", "text", "empty", "local", "two-targets"],
        "shortener, tracking, text (`here`), empty, local or two-targets",
    )],
)];

/// The param `fault` says what is looked for: `shortener`, `tracking`, `text`, `empty`, `local` or `two-targets`.
pub(super) fn run(rule: &Rule, story: &Story, out: &mut Vec<Hit>) {
    let links = &story.document.links;
    let target = |link: &Link| Hit::of(HitPlace::Source(link.target_range.clone())).arg("found", link.target.clone());
    match rule.text("fault").unwrap_or("shortener") {
        "tracking" => {
            for link in links {
                let Some(clean) = without_tracking(&link.target) else { continue };
                let edit = vec![(HitPlace::Source(link.target_range.clone()), clean)];
                out.push(target(link).fix("Remove the tracking parameters", Applicability::Safe, edit));
            }
        }
        "text" => {
            let empty = |link: &&Link| {
                let text = link.text.trim().trim_end_matches(['.', '!', '>', '»']).trim().to_lowercase();
                lexicon::checks::EMPTY_LINK_TEXTS.contains(text.as_str())
            };
            let hit = |link: &Link| Hit::of(HitPlace::Source(link.range.clone())).arg("found", link.text.trim());
            out.extend(links.iter().filter(empty).map(hit));
        }
        "empty" => {
            let leads_nowhere = |link: &&Link| match link.target.trim() {
                "" | "http://" | "https://" => true,
                // A script answers the click on a button or a picture; in a sentence nobody filled the address in.
                "#" => is_in_a_sentence(story, link),
                _ => false,
            };
            let hit = |link: &Link| Hit::of(HitPlace::Source(link.range.clone())).arg("found", link.text.trim());
            out.extend(links.iter().filter(leads_nowhere).map(hit));
        }
        "local" => out.extend(links.iter().filter(|link| is_local(&link.target)).map(target)),
        "two-targets" => two_targets(links, out),
        _ => {
            let short = |link: &&Link| {
                host(&link.target).is_some_and(|host| lexicon::checks::SHORTENERS.contains(host.as_str()))
            };
            out.extend(links.iter().filter(short).map(target));
        }
    }
}

/// Whether the link is some of the words of a block, and not all of it.
fn is_in_a_sentence(story: &Story, link: &Link) -> bool {
    let text = link.text.trim();
    let blocks = &story.document.blocks;
    let at = blocks.partition_point(|block| block.range.end <= link.range.start);
    blocks.get(at).is_some_and(|block| {
        text.contains(char::is_alphanumeric)
            && block.kind.is_body()
            && block.range.start <= link.range.end
            && block.prose.split_whitespace().count() > text.split_whitespace().count() + 2
    })
}

/// The host of a web address, in lower case and without `www.`.
fn host(target: &str) -> Option<String> {
    let rest = target.split_once("://").map(|(_, rest)| rest).or_else(|| target.strip_prefix("//"))?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    Some(host.strip_prefix("www.").map_or(host.clone(), str::to_owned))
}

/// The address without tracking parameters; `None` when it has none.
fn without_tracking(target: &str) -> Option<String> {
    let (address, fragment) = match target.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (target, None),
    };
    let (page, query) = address.split_once('?')?;
    let tracks = |parameter: &&str| {
        let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
        lexicon::checks::TRACKING.iter().any(|known| name == known || known.ends_with('_') && name.starts_with(known))
    };
    // In HTML an address may write its `&` as `&amp;`; it is taken apart and put together the same way.
    let separator = if query.contains("&amp;") { "&amp;" } else { "&" };
    let all: Vec<&str> = query.split(separator).collect();
    let kept: Vec<&str> = all.iter().copied().filter(|parameter| !tracks(parameter)).collect();
    if kept.len() == all.len() {
        return None;
    }
    let query = if kept.is_empty() { String::new() } else { format!("?{}", kept.join(separator)) };
    Some(format!("{page}{query}{}", fragment.map_or(String::new(), |f| format!("#{f}"))))
}

/// A file on somebody's own machine, or a server that only the newsroom reaches.
fn is_local(target: &str) -> bool {
    let low = target.to_ascii_lowercase();
    let bytes = low.as_bytes();
    let drive =
        bytes.len() > 2 && bytes[0].is_ascii_alphabetic() && bytes[1] == b':' && matches!(bytes[2], b'\\' | b'/');
    drive
        || low.starts_with("file:")
        || low.starts_with("\\\\")
        || host(&low).is_some_and(|host| host == "localhost" || host == "127.0.0.1" || host.ends_with(".local"))
}

/// One text that leads to two pages.
fn two_targets(links: &[Link], out: &mut Vec<Hit>) {
    let mut first: FxHashMap<String, &Link> = FxHashMap::default();
    for link in links {
        let text = link.text.trim().to_lowercase();
        if text.chars().filter(|c| c.is_alphanumeric()).count() < 3
            || lexicon::checks::EMPTY_LINK_TEXTS.contains(text.as_str())
        {
            continue;
        }
        let other = *first.entry(text).or_insert(link);
        if other.target != link.target {
            let mut hit = Hit::of(HitPlace::Source(link.range.clone())).arg("found", link.text.trim());
            hit.related.push((HitPlace::Source(other.range.clone()), "leads to another page here".to_owned()));
            out.push(hit);
        }
    }
}
