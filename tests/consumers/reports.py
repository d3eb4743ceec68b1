"""Every report, opened by what others wrote for reading it: each finding must come out with its file, place, severity
and words, whatever is in the file's name and in the message. Usage: reports.py COPYDESK SARIF-SCHEMA NODE_MODULES
"""

import html.parser
import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

import cmarkgfm
import jsonschema
import junitparser

copydesk, schema, modules = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])
here = pathlib.Path(__file__).parent

MESSAGE = "Say “maps”, \"maps\":\n100% of 😀 é <b> & `c` | a::b, c_d [e](f) *g* $h$ ~i~ #1 @desk \\ end"
RULES = "".join(
    f"""
[[rule]]
id = "house/{severity}"
title = "A {severity}"
check = "phrase"
severity = "{severity}"
message = {json.dumps(message, ensure_ascii=False)}
why = "It is the name that readers know."
phrases = [{{ find = "{find}", use = ["Gale Bay"] }}]
"""
    for severity, find, message in [
        ("error", "the harbor", MESSAGE),
        ("warning", "the bay", "Write it out"),
        ("query", "that shore", "Which one?"),
        ("hint", "some coast", "Perhaps “Gale Bay”"),
    ]
)
NAME = 'night desk, é/a: b, c <d> & "50%" [e]_f_ #2.txt'
# Offsets differ in bytes, UTF-16 units and characters; a finding goes over the end of a line.
STORY = "😀 é: a walk to the harbor, that shore.\r\n\r\nNobody who walked along the pier on that long and windy day saw the bay and the\r\nharbor near some coast.\r\n"
FORMATS = ["jsonl", "json", "sarif", "github", "gitlab", "junit", "checkstyle", "rdjson", "markdown"]


def run(*command, **options):
    """What a program prints; it must end well."""
    ended = subprocess.run(command, capture_output=True, **options)
    assert ended.returncode == 0, f"{command[0]} ended with {ended.returncode}: {ended.stderr.decode()}"
    return ended.stdout


def one_line(text):
    return text.replace("\n", " ")


def same(who, seen, wanted):
    """Fails, and says what is missing and what is too much."""
    seen, wanted = sorted(map(tuple, seen)), sorted(map(tuple, wanted))
    if seen != wanted:
        missing = [one for one in wanted if one not in seen]
        extra = [one for one in seen if one not in wanted]
        sys.exit(f"{who} reads it wrongly; not read: {missing}; read instead: {extra}")


def check(folder):
    """Writes all reports into `folder`, and gives the findings."""
    newsroom = pathlib.Path(folder, "newsroom")
    story = newsroom / NAME
    for file, text in [
        (newsroom / "copydesk.toml", "packs = []\n"),
        (newsroom / ".copydesk/rules/house.toml", RULES),
        (newsroom / "clean.txt", "Nothing.\n"),
        (story, STORY),
    ]:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, newline="")
    outputs = [f"--output={format}={folder}/{format}" for format in FORMATS]
    ended = subprocess.run([copydesk, "check", "--quiet", *outputs, "."], cwd=newsroom)
    assert ended.returncode == 1, f"exit code {ended.returncode}"
    findings = [json.loads(line) for line in pathlib.Path(folder, "jsonl").read_text().splitlines()]
    # What the other reports are compared with is compared with the text itself.
    places = {"error": "the harbor", "warning": "the bay", "query": "that shore", "hint": "some coast"}
    for finding in findings:
        start, end = finding["range"]["start"], finding["range"]["end"]
        marked = STORY.encode()[start["offset"] : end["offset"]].decode().replace("\r\n", " ")
        assert marked == places[finding["severity"]], finding
        line = STORY.split("\r\n")[start["line"] - 1]
        assert marked.startswith(line[start["column"] - 1 :][:4]), finding
        assert finding["file"] == NAME
    found = [finding["severity"] for finding in findings]
    assert found == ["error", "query", "warning", "error", "hint"], found
    return findings


def sentence(finding):
    message = finding["message"]
    return message if message.endswith((".", "?", "!")) else message + "."


def start(finding):
    return finding["range"]["start"]["line"], finding["range"]["start"]["column"]


def violations(folder, parser, report):
    """What Violations Lib reads, which comments on changes for many: file, line, column, severity, rule, message."""
    [jar] = modules.glob("violation-comments-to-github-command-line/build/libs/*[0-9].jar")
    printed = run("java", "-cp", jar, here / "ReadViolations.java", parser, folder, f".*/{report}$")
    return [one.split("\x1f") for one in printed.decode().split("\x1e")[:-1]]


THREE_LEVELS = {"error": "ERROR", "warning": "WARN", "query": "INFO", "hint": "INFO"}
# Of the five levels of Code Climate, Violations Lib takes the upper three for errors.
FIVE_LEVELS = {"error": "ERROR", "warning": "ERROR", "query": "WARN", "hint": "INFO"}


def as_violations(findings, rule, column, words, levels=THREE_LEVELS):
    """What Violations Lib should read: as in `violations`, with what stands before a rule's id."""
    for finding in findings:
        line, at = start(finding)
        level = levels[finding["severity"]]
        yield NAME, str(line), str(at if column else -1), level, rule + finding["rule"], words(sentence(finding))


class Page(html.parser.HTMLParser):
    """Headings, and tables as rows of cells."""

    def __init__(self, text):
        super().__init__()
        self.headings, self.rows, self.unknown = [], [], set()
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag in ("h2", "h3"):
            self.headings.append("")
            self.into = self.headings
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.into = self.rows[-1]
        elif tag == "p":
            self.into = [""]
        elif tag not in ("table", "thead", "tbody", "code"):
            self.unknown.add(tag)

    def handle_data(self, data):
        if data.strip() or data == " ":
            self.into[-1] += data


with tempfile.TemporaryDirectory() as folder:
    findings = check(folder)
    report = lambda format: pathlib.Path(folder, format).read_text()
    failing = [finding for finding in findings if finding["severity"] in ("warning", "error")]

    assert json.loads(report("json"))["findings"] == findings

    # SARIF: its official schema, and sarif-tools.
    log = json.loads(report("sarif"))
    validator = jsonschema.Draft7Validator
    validator(json.loads(schema.read_text()), format_checker=validator.FORMAT_CHECKER).validate(log)
    reader = pathlib.Path(sys.executable).with_name("sarif")
    pathlib.Path(folder, "a.sarif").write_text(report("sarif"))
    run(reader, "csv", "--output", f"{folder}/sarif.csv", f"{folder}/a.sarif")
    levels = {"error": "error", "warning": "warning", "query": "note", "hint": "note"}
    listed = pathlib.Path(folder, "sarif.csv").read_text()
    for finding in findings:
        wanted = f"{levels[finding['severity']]},{finding['rule']}"
        assert wanted in listed, f"sarif-tools does not list {wanted}: {listed}"
    assert urllib.parse.quote(NAME, safe="/~") in listed or NAME.replace('"', '""') in listed, listed
    # It shows files as they are written there, and the rule's help with the message.
    same(
        "Violations Lib (SARIF)",
        ([urllib.parse.unquote(one[0]), one[1], *one[3:5]] for one in violations(folder, "SARIF", "sarif")),
        ([one[0], one[1], *one[3:5]] for one in as_violations(findings, "", False, str)),
    )

    # JUnit: what does not fail the run is no failure.
    suites = junitparser.JUnitXml.fromfile(f"{folder}/junit")
    failures = [(suite.name, case) for suite in suites for case in suite if not case.is_passed]
    assert len(failures) == suites.failures
    same(
        "junitparser",
        ((name, case.name, case.result[0].type, case.result[0].message) for name, case in failures),
        ((NAME, f"{f['rule']} at {start(f)[0]}:{start(f)[1]}", f["severity"], sentence(f)) for f in failing),
    )

    # Checkstyle and Code Climate.
    same(
        "Violations Lib (Checkstyle)",
        violations(folder, "CHECKSTYLE", "checkstyle"),
        as_violations(findings, "copydesk.", True, str),
    )
    same(
        "Violations Lib (Code Climate)",
        violations(folder, "CODECLIMATE", "gitlab"),
        as_violations(findings, "", False, one_line, FIVE_LEVELS),
    )
    fingerprints = {one["fingerprint"] for one in json.loads(report("gitlab"))}
    assert len(fingerprints) == len(findings), "findings cannot be told apart"

    # Workflow commands: byte for byte what GitHub's own library writes.
    commands = []
    level = {"error": "error", "warning": "warning", "query": "notice", "hint": "notice"}
    for finding in sorted(findings, key=lambda f: ["error", "warning", "query", "hint"].index(f["severity"])):
        (line, column), end = start(finding), finding["range"]["end"]
        properties = {"title": finding["rule"], "file": NAME, "startLine": line, "endLine": end["line"]}
        if line == end["line"]:
            properties |= {"startColumn": column, "endColumn": end["column"]}
        commands.append({"level": level[finding["severity"]], "message": sentence(finding), "properties": properties})
    script = modules / "workflow_commands.mjs"
    script.write_text((here / "workflow_commands.mjs").read_text())
    written = run("node", script, input=json.dumps(commands).encode()).decode()
    assert written == report("github"), f"GitHub's library writes\n{written}and copydesk\n{report('github')}"

    # Reviewdog: the validator of its format, and columns in bytes.
    run(modules / ".bin/rdformat-validator", "--strict", "--no-extra-fields", f"{folder}/rdjson")
    severities = {"error": "ERROR", "warning": "WARNING", "query": "INFO", "hint": "INFO"}
    in_bytes = lambda at: (at["line"], len(STORY.split("\r\n")[at["line"] - 1][: at["column"] - 1].encode()) + 1)
    read = lambda at: (at["line"], at["column"])
    diagnostics = json.loads(report("rdjson"))["diagnostics"]
    same(
        "rdjson",
        (
            (d["location"]["path"], read(d["location"]["range"]["start"]), read(d["location"]["range"]["end"]))
            + (d["severity"], d["code"]["value"], d["message"], [s["text"] for s in d["suggestions"]])
            for d in diagnostics
        ),
        (
            (NAME, in_bytes(f["range"]["start"]), in_bytes(f["range"]["end"]))
            + (severities[f["severity"]], f["rule"], sentence(f), [fix["edits"][0]["text"] for fix in f["fixes"]])
            for f in findings
        ),
    )

    # Markdown: GitHub's own renderer, with its way of making links and names into more than text.
    page = Page(cmarkgfm.github_flavored_markdown_to_html(report("markdown")))
    assert page.headings == ["copydesk", NAME], page.headings
    assert not page.unknown, f"text became {page.unknown}"
    assert page.rows[0] == ["place", "severity", "finding", "rule"], page.rows[0]
    same(
        "cmark-gfm",
        page.rows[1:],
        ((f"{start(f)[0]}:{start(f)[1]}", f["severity"], one_line(sentence(f)), f["rule"]) for f in findings),
    )
    assert "@desk" not in report("markdown") and "#1" not in report("markdown"), "a name or a number becomes a link"
