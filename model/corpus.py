#!/usr/bin/env python3
"""Brings the text that the model is trained on into one form: one paragraph a line, UTF-8, no markup.

usage: corpus.py SNAPSHOTS OUT [NAME]      SNAPSHOTS holds git directories by OWNER+NAME/repo; OUT gets one .txt a source

SOURCES.md says what each source is and under which licence. Nothing of the text goes into the repository.
"""
import html, os, re, subprocess, sys

def free_commit(git):
    """The newest commit in which every collection is under CC BY 4.0; later ones have other terms, which do not touch what was given before."""
    log = subprocess.run(["git", "-C", git, "log", "--format=%H", "--", "collections", "LICENSE"], capture_output=True, text=True).stdout.split()
    for commit in log:
        found = subprocess.run(["git", "-C", git, "grep", "-hoE", "creativecommons.org/licenses/[a-z-]+/", commit, "--", "collections"], capture_output=True, text=True).stdout.split()
        if found and all(f.endswith("/by/") for f in found): return commit
    return None

def files(git, wanted, commit="HEAD"):
    """(path, text) of the files of a commit whose path matches `wanted`."""
    paths = subprocess.run(["git", "-C", git, "-c", "core.quotePath=false", "ls-tree", "-r", "--name-only", commit], capture_output=True).stdout.decode("utf-8", "replace").split("\n")
    paths = [p for p in paths if re.search(wanted, p)]
    ask = subprocess.Popen(["git", "-C", git, "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    for path in paths:
        ask.stdin.write(f"{commit}:{path}\n".encode()); ask.stdin.flush()
        head = ask.stdout.readline().split()
        if len(head) != 3 or head[1] != b"blob": continue
        data = ask.stdout.read(int(head[2])); ask.stdout.read(1)
        yield path, data
    ask.stdin.close(); ask.wait()

def decode(data):
    try: return data.decode("utf-8")
    except UnicodeDecodeError: return data.decode("cp1252", "replace")

def tidy(text): return re.sub(r"\s+", " ", text).strip()

def releases(data, lost=False):
    """Paragraphs of a press release; none where an agency wrote it. `lost`: of those, and only of those, whose apostrophes were lost."""
    text = decode(data)
    if re.search(r"\(AP\)|Associated Press Writer|Copyright|\(Reuters\)|All rights reserved", text): return
    words = text.count(" ")
    if (words > 120 and not re.search(r"\w['’]s\b", text)) != lost: return
    if text.count("�") > 2: return
    # Where line breaks were lost, too, a sentence starts right behind another.
    text = re.sub(r"([a-z]{2}[.!?][\"”]?)(?=[A-Z][a-z ])", r"\1\n", text)
    for line in re.split(r"\n", text):
        line = tidy(line)
        if line.count(" ") >= 7 and line[-1:] in '.?!"”\'': yield line

def openstax(data):
    text = decode(data)
    text = re.sub(r"<(m:math|math|metadata|figure|table|equation)\b.*?</\1>", " 5 ", text, flags=re.S)
    for para in re.findall(r"<para\b[^>]*>(.*?)</para>", text, flags=re.S):
        para = tidy(html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<(footnote|newline)\b.*?(</\1>|/>)", " ", para, flags=re.S))))
        if para.count(" ") >= 7: yield para

def books(data):
    text = decode(data)
    for para in re.split(r"\n\s*\n", text):
        para = tidy(re.sub(r"[*_#]+|!?\[([^\]]*)\]\([^)]*\)", r"\1", para))
        if para.count(" ") >= 7 and "gutenberg" not in para.lower() and para[:1].isalpha() | (para[:1] in '"“‘\''): yield para

def main(snapshots, out, only=None):
    os.makedirs(out, exist_ok=True)
    for name in sorted(os.listdir(snapshots)):
        git = os.path.join(snapshots, name, "repo")
        if os.path.isdir(os.path.join(git, ".git")): git = os.path.join(git, ".git")
        if name == "lintool+GrimmerSenatePressReleases":
            parts = [(releases, r"^raw/.*\.txt$", ""), (lambda data: releases(data, True), r"^raw/.*\.txt$", "_no-apostrophes")]
        elif name.startswith("openstax+osbooks-"): parts = [(openstax, r"\.cnxml$", "")]
        elif name == "mlschmitt+classic-books-markdown": parts = [(books, r"/.*\.md$", "")]
        else: continue
        for how, wanted, suffix in parts: extract(git, name, how, wanted, out, suffix, only)

def extract(git, name, how, wanted, out, suffix, only):
    commit = free_commit(git) if how is openstax else "HEAD"
    if only and only not in name + suffix or not commit: return
    seen = set()
    words = 0
    with open(os.path.join(out, name.replace("+", "_") + suffix + ".txt"), "w", encoding="utf-8") as f:
        for path, data in files(git, wanted, commit):
            for para in how(data):
                # Releases are sent out again and again with few words changed.
                key = hash(para)
                if key in seen: continue
                seen.add(key)
                words += para.count(" ") + 1
                f.write(para + "\n")
    print(name + suffix, commit, words, "words", flush=True)

main(*sys.argv[1:])
