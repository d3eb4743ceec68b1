//! Which file of `src` needs which: no circles, and no arrow from a room to one above it.
//!
//! What is read are the paths in the code (`use` and others), without comments, literals and tests. A name that a folder's
//! `mod.rs` hands on counts as one of the file it comes from; what `mod.rs` defines itself is common ground for the files
//! below it, so arrows from a file to the `mod.rs` of a folder round it do not count.

mod code;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use code::rust_files;

/// Rooms that may read files, look at the clock and know the protocol; all others are the core.
const OUTER: &[&str] = &["cli", "lsp", "report", "project", "walk", "ledgers", "sources", "stamp", "assets", "main"];

/// What the core may not use.
const FORBIDDEN: &[&str] = &[
    "std::fs",
    "std::env",
    "std::process",
    "std::net",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "jiff::Zoned",
    "jiff::Timestamp",
    "tokio",
    "tower_lsp",
    "clap",
];

/// Rooms, which are files or folders of `src`, and those that they may not know.
const BELOW: &[(&str, &[&str])] = &[
    ("text", &["markup", "prose", "story", "rules", "checks", "settings", "analysis", "config"]),
    ("markup", &["prose", "story", "rules", "checks", "settings", "analysis", "config"]),
    ("prose", &["story", "rules", "checks", "settings", "analysis", "config"]),
    ("story", &["rules", "checks", "settings", "analysis", "config"]),
    ("rules", &["checks", "settings", "analysis", "config"]),
    ("settings", &["checks", "analysis", "config", "suppress"]),
    ("checks", &["settings", "analysis", "config", "suppress"]),
    ("config", &["analysis", "suppress"]),
    ("report", &["cli", "lsp"]),
    ("project", &["cli", "lsp"]),
    ("walk", &["cli", "lsp"]),
    ("assets", &["cli", "lsp"]),
    ("lsp", &["cli"]),
];

#[test]
fn there_are_no_circles() {
    let code = Code::read();
    let arrows = code.arrows();
    let circles = circles(&arrows);
    let shown: Vec<String> = circles.iter().map(|circle| shown(circle, &arrows)).collect();
    assert!(circles.is_empty(), "files that need each other:\n{}", shown.join("\n"));
}

#[test]
fn no_room_knows_one_above_it() {
    let code = Code::read();
    let mut wrong = Vec::new();
    for ((from, to), names) in &code.arrows() {
        let known = BELOW.iter().find(|(room, _)| *room == room_of(from)).map_or(&[][..], |(_, known)| known);
        if known.contains(&room_of(to)) {
            wrong.push(format!("{} -> {}: {}", from.display(), to.display(), listed(names)));
        }
    }
    for (file, source) in &code.files {
        for path in &source.paths {
            let inside = ["cli", "lsp"].into_iter().find(|room| {
                room_of(file) != *room && path.len() > 2 && path[1] == **room && code.modules.contains_key(&path[..3])
            });
            wrong.extend(inside.map(|_| format!("{}: {}", file.display(), path.join("::"))));
        }
    }
    assert!(wrong.is_empty(), "rooms that know one above them, or the insides of another:\n{}", wrong.join("\n"));
}

#[test]
fn the_core_reads_no_files_and_no_clock() {
    let code = Code::read();
    let mut wrong = Vec::new();
    for (file, source) in &code.files {
        if OUTER.contains(&room_of(file)) {
            continue;
        }
        for path in &source.paths {
            let path = path.join("::");
            let is_of = |name: &&&str| path == **name || path.starts_with(&format!("{name}::"));
            wrong.extend(FORBIDDEN.iter().find(is_of).map(|_| format!("{}: {path}", file.display())));
        }
    }
    assert!(wrong.is_empty(), "the core has no I/O, no clock and no protocol:\n{}", wrong.join("\n"));
}

/// The first part of a file's path in `src`: the folder, or the name of a file that stands there by itself.
fn room_of(file: &Path) -> &str {
    let first = file.components().next().and_then(|part| part.as_os_str().to_str()).unwrap_or_default();
    first.strip_suffix(".rs").unwrap_or(first)
}

fn listed(names: &BTreeSet<String>) -> String {
    names.iter().cloned().collect::<Vec<_>>().join(", ")
}

fn shown(circle: &[PathBuf], arrows: &Arrows) -> String {
    let inside = arrows.iter().filter(|((from, to), _)| circle.contains(from) && circle.contains(to));
    let lines =
        inside.map(|((from, to), names)| format!("  {} -> {}: {}", from.display(), to.display(), listed(names)));
    lines.collect::<Vec<_>>().join("\n")
}

/// From which file to which other, and the names it needs.
type Arrows = BTreeMap<(PathBuf, PathBuf), BTreeSet<String>>;

/// The files of `src`.
struct Code {
    files: BTreeMap<PathBuf, Source>,
    /// The file of each module.
    modules: HashMap<Vec<String>, PathBuf>,
}

/// What one file says.
#[derive(Default)]
struct Source {
    module: Vec<String>,
    /// Paths with their first segment worked out: `crate::story::Read`, `std::fs`.
    paths: BTreeSet<Vec<String>>,
    /// Names that it hands on, with the paths they stand for; `*` for all names of a module.
    exports: Vec<(String, Vec<String>)>,
}

impl Code {
    fn read() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut texts = BTreeMap::new();
        for path in rust_files(&root) {
            let text = fs::read_to_string(&path).expect("source files can be read");
            let file = path.strip_prefix(&root).expect("it is below").to_owned();
            let tokens = tokens(&text);
            texts.insert(file, tokens);
        }
        Self::of(&texts)
    }

    fn of(texts: &BTreeMap<PathBuf, Vec<String>>) -> Self {
        let modules = texts.keys().map(|file| (module_of(file), file.clone())).collect();
        let mut files: BTreeMap<PathBuf, Source> = BTreeMap::new();
        let mut tests = BTreeSet::new();
        for (file, tokens) in texts {
            let module = module_of(file);
            let (kept, test_modules) = without_tests(tokens);
            tests.extend(test_modules.into_iter().map(|name| [&module[..], &[name]].concat()));
            files.insert(file.clone(), Source::of(module, &kept));
        }
        files.retain(|_, source| !tests.contains(&source.module));
        Self { files, modules }
    }

    /// The file that defines what `path` names, with the name that is used of it.
    fn file_of(&self, path: &[String], depth: usize) -> Option<(&PathBuf, String)> {
        let mut module: Vec<String> = vec!["crate".to_owned()];
        let mut rest = path.strip_prefix(&["crate".to_owned()][..])?;
        while let Some((next, behind)) = rest.split_first() {
            let inner = [&module[..], std::slice::from_ref(next)].concat();
            if !self.modules.contains_key(&inner) {
                break;
            }
            (module, rest) = (inner, behind);
        }
        let file = self.modules.get(&module)?;
        let Some(name) = rest.first() else { return Some((file, "mod".to_owned())) };
        let exports = self.files.get(file).map_or(&[][..], |source| &source.exports);
        let handed_on = exports.iter().find(|(own, _)| own == name).map(|(_, path)| path.clone());
        match handed_on.filter(|_| depth < 8) {
            Some(path) => self.file_of(&[&path[..], &rest[1..]].concat(), depth + 1),
            None => Some((file, name.clone())),
        }
    }

    fn arrows(&self) -> Arrows {
        let mut arrows = Arrows::new();
        for (from, source) in &self.files {
            for path in &source.paths {
                let Some((to, name)) = self.file_of(path, 0) else { continue };
                let is_round = to.ends_with("mod.rs") && from.starts_with(to.parent().expect("it is in a folder"));
                if to != from && !is_round && to != Path::new("lib.rs") && self.files.contains_key(to) {
                    arrows.entry((from.clone(), to.clone())).or_default().insert(name);
                }
            }
        }
        arrows
    }
}

impl Source {
    fn of(module: Vec<String>, tokens: &[String]) -> Self {
        let mut source = Self { module, ..Self::default() };
        let mut at = 0;
        while at < tokens.len() {
            let word = tokens[at].as_str();
            if word == "use" {
                let exported = is_exported(&tokens[..at]);
                let end = at + tokens[at..].iter().position(|token| token == ";").expect("`use` ends");
                let mut all = Vec::new();
                tree(&tokens[at + 1..end], &mut 0, &[], &mut all);
                for (path, name) in all {
                    let path = source.whole_path(&path);
                    if exported {
                        source.exports.push((name, path.clone()));
                    } else {
                        source.paths.insert(path);
                    }
                }
                at = end;
            } else if matches!(word, "crate" | "super" | "self" | "std" | "jiff" | "tokio" | "tower_lsp" | "clap")
                && tokens.get(at + 1).is_some_and(|next| next == "::")
                && at.checked_sub(1).is_none_or(|before| tokens[before] != "::")
            {
                let mut path = vec![word.to_owned()];
                while tokens.get(at + 1).is_some_and(|next| next == "::")
                    && tokens.get(at + 2).is_some_and(|next| is_word(next))
                {
                    path.push(tokens[at + 2].clone());
                    at += 2;
                }
                let path = source.whole_path(&path);
                source.paths.insert(path);
            }
            at += 1;
        }
        source
    }

    /// `path` from the root of the crate, where it starts with `super` or `self`, or with a module of this file.
    fn whole_path(&self, path: &[String]) -> Vec<String> {
        let mut from = self.module.clone();
        let mut rest = path;
        match path.first().map(String::as_str) {
            Some("crate") => return path.to_vec(),
            Some("self") => rest = &path[1..],
            Some("super") => {}
            Some(word) if EXTERNAL.contains(&word) => return path.to_vec(),
            _ => {}
        }
        while rest.first().is_some_and(|word| word == "super") {
            from.pop();
            rest = &rest[1..];
        }
        [&from[..], rest].concat()
    }
}

/// Crates whose names start paths; any other word that starts one in a `use` is a module of the file itself, or a crate
/// of which nothing here speaks, and then no file has its name.
const EXTERNAL: &[&str] = &["std", "core", "alloc", "tokio", "tower_lsp", "clap", "jiff"];

/// Whether the tokens before `use` say that others see the names.
fn is_exported(before: &[String]) -> bool {
    before.last().is_some_and(|token| token == "pub" || token == ")" && before.iter().rev().take(6).any(|t| t == "pub"))
}

/// The paths of a `use` tree, each with the name it gets.
fn tree(tokens: &[String], at: &mut usize, start: &[String], all: &mut Vec<(Vec<String>, String)>) {
    let mut path = start.to_vec();
    while let Some(token) = tokens.get(*at) {
        *at += 1;
        match token.as_str() {
            "::" => {}
            "{" => {
                while tokens.get(*at).is_some_and(|token| token != "}") {
                    tree(tokens, at, &path, all);
                    if tokens.get(*at).is_some_and(|token| token == ",") {
                        *at += 1;
                    }
                }
                *at += 1;
                return;
            }
            "as" => {
                let name = tokens.get(*at).cloned().unwrap_or_default();
                *at += 1;
                all.push((path, name));
                return;
            }
            word => {
                if word != "self" || path.is_empty() {
                    path.push(word.to_owned());
                }
                if tokens.get(*at).is_none_or(|next| next == "," || next == "}") {
                    let name = path.last().cloned().unwrap_or_default();
                    all.push((path, name));
                    return;
                }
            }
        }
    }
}

/// The tokens without what stands under `#[cfg(test)]` or `#[test]`, and the names of test modules in files of their own.
fn without_tests(tokens: &[String]) -> (Vec<String>, Vec<String>) {
    let (mut kept, mut modules) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < tokens.len() {
        let attribute: Vec<&str> = tokens[at..].iter().take(7).map(String::as_str).collect();
        if attribute != ["#", "[", "cfg", "(", "test", ")", "]"] {
            kept.push(tokens[at].clone());
            at += 1;
            continue;
        }
        at += 7;
        // More attributes, then the item up to its end.
        if let [mod_, name, end, ..] = &tokens[at..]
            && mod_ == "mod"
            && end == ";"
        {
            modules.push(name.clone());
        }
        let mut open = 0;
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token.as_str() {
                "{" | "(" | "[" => open += 1,
                "}" | ")" | "]" => open -= 1,
                ";" if open == 0 => break,
                _ => {}
            }
            if open == 0 && token == "}" {
                break;
            }
        }
    }
    (kept, modules)
}

fn is_word(token: &str) -> bool {
    token.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_')
}

/// Words and marks, without comments and literals; `::` is one mark.
fn tokens(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&c) = chars.get(at) {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        match c {
            '/' if next == '/' => at += chars[at..].iter().take_while(|c| **c != '\n').count(),
            '/' if next == '*' => at = end_of_comment(&chars, at),
            '"' => at = end_of_string(&chars, at),
            // A character, or a lifetime.
            '\'' if next == '\\' || chars.get(at + 2) == Some(&'\'') => {
                at += if next == '\\' { 3 } else { 2 };
                at += chars[at..].iter().take_while(|c| **c != '\'').count() + 1;
            }
            ':' if next == ':' => {
                tokens.push("::".to_owned());
                at += 2;
            }
            _ if c.is_alphanumeric() || c == '_' => {
                let word: String = chars[at..].iter().take_while(|c| c.is_alphanumeric() || **c == '_').collect();
                at += word.chars().count();
                // `r#type` is a word.
                let mark = chars[at..].iter().find(|c| **c != '#');
                match mark {
                    Some('"') if matches!(word.as_str(), "r" | "br") => at = end_of_raw_string(&chars, at),
                    _ => tokens.push(word),
                }
            }
            _ if c.is_whitespace() => at += 1,
            _ => {
                tokens.push(c.to_string());
                at += 1;
            }
        }
    }
    tokens
}

fn end_of_comment(chars: &[char], mut at: usize) -> usize {
    let mut depth = 0;
    while at < chars.len() {
        match (chars[at], chars.get(at + 1)) {
            ('/', Some('*')) => (depth, at) = (depth + 1, at + 2),
            ('*', Some('/')) => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn end_of_string(chars: &[char], mut at: usize) -> usize {
    at += 1;
    while at < chars.len() && chars[at] != '"' {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

fn end_of_raw_string(chars: &[char], at: usize) -> usize {
    let hashes = chars[at..].iter().take_while(|c| **c == '#').count();
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', hashes)).collect();
    let from = at + hashes + 1;
    let length = chars[from..].windows(end.len()).position(|window| window == end);
    from + length.expect("a raw string ends") + end.len()
}

fn module_of(file: &Path) -> Vec<String> {
    let mut module = vec!["crate".to_owned()];
    for part in file.with_extension("").components() {
        let part = part.as_os_str().to_str().expect("names of files are UTF-8");
        if !matches!(part, "mod" | "lib") {
            module.push(part.to_owned());
        }
    }
    module
}

/// Groups of files that can be reached from each other.
fn circles(arrows: &Arrows) -> Vec<Vec<PathBuf>> {
    let mut next: BTreeMap<&PathBuf, BTreeSet<&PathBuf>> = BTreeMap::new();
    for (from, to) in arrows.keys() {
        next.entry(from).or_default().insert(to);
    }
    let reached = |from: &PathBuf| {
        let (mut seen, mut waiting) = (BTreeSet::new(), vec![from.clone()]);
        while let Some(file) = waiting.pop() {
            for &to in next.get(&file).into_iter().flatten() {
                if seen.insert(to.clone()) {
                    waiting.push(to.clone());
                }
            }
        }
        seen
    };
    let reach: BTreeMap<&PathBuf, BTreeSet<PathBuf>> = next.keys().map(|&file| (file, reached(file))).collect();
    let mut circles: Vec<Vec<PathBuf>> = Vec::new();
    for (&file, reached) in &reach {
        let is_known = circles.iter().any(|circle| circle.contains(file));
        if is_known || !reached.contains(file) {
            continue;
        }
        let back = |other: &&PathBuf| reach.get(*other).is_some_and(|reached| reached.contains(file));
        circles.push(reached.iter().filter(back).cloned().collect());
    }
    circles
}

#[test]
fn circles_and_names_that_are_handed_on_are_seen() {
    let file = |text: &str| tokens(text);
    let texts = BTreeMap::from([
        (PathBuf::from("a/mod.rs"), file("mod inner;\npub use inner::{Deep as Handed, Other};\npub struct Own;")),
        (
            PathBuf::from("a/inner.rs"),
            file("use super::Own; // use crate::b::No;\nfn f() { crate::b::up(\"use x;\") }"),
        ),
        (PathBuf::from("b.rs"), file("use crate::a::{self, Handed};\n#[cfg(test)]\nmod tests { use crate::c::T; }")),
        (PathBuf::from("c.rs"), file("use crate::b;\nconst R: &str = r#\"use crate::a;\"#; fn g<'a>(_: &'a str) {}")),
    ]);
    let arrows = Code::of(&texts).arrows();
    let said: Vec<String> = arrows
        .iter()
        .map(|((from, to), names)| format!("{} {} {}", from.display(), to.display(), listed(names)))
        .collect();
    assert_eq!(said, ["a/inner.rs b.rs up", "b.rs a/inner.rs Deep", "b.rs a/mod.rs mod", "c.rs b.rs mod"]);
    let circles = circles(&arrows);
    assert_eq!(circles, [[PathBuf::from("a/inner.rs"), PathBuf::from("b.rs")]]);
}
