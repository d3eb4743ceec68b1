"""Reads copydesk's reports with the schema and the programs of others. Usage: consumers.py COPYDESK STORY SCHEMA"""

import json
import pathlib
import subprocess
import sys
import tempfile
import tomllib

import jsonschema
import junitparser

copydesk, story, schema = (pathlib.Path(argument).resolve() for argument in sys.argv[1:])

with tempfile.TemporaryDirectory() as folder:
    sarif, junit, jsonl = (pathlib.Path(folder, name) for name in ("a.sarif", "a.xml", "a.jsonl"))
    outputs = [f"--output=sarif={sarif}", f"--output=junit={junit}", f"--output=jsonl={jsonl}"]
    command = [copydesk, "check", "--no-config", "--quiet", "--date=2018-02-12", *outputs, story.name]
    ended = subprocess.run(command, cwd=story.parent)
    assert ended.returncode == 1, f"exit code {ended.returncode}"

    findings = [json.loads(line) for line in jsonl.read_text().splitlines()]
    failing = [finding for finding in findings if finding["severity"] in ("warning", "error")]
    assert failing, "the story has findings"

    log = json.loads(sarif.read_text())
    validator = jsonschema.Draft7Validator
    validator(json.loads(schema.read_text()), format_checker=validator.FORMAT_CHECKER).validate(log)
    assert len(log["runs"][0]["results"]) == len(findings)

    suites = junitparser.JUnitXml.fromfile(str(junit))
    failures = [case for suite in suites for case in suite if not case.is_passed]
    assert len(failures) == len(failing) == suites.failures, f"{len(failures)} failures, {len(failing)} findings"

    reader = pathlib.Path(sys.executable).with_name("sarif")
    summary = subprocess.run([reader, "summary", sarif], capture_output=True, text=True)
    assert summary.returncode == 0, summary.stderr

# The schemas of settings and rule files accept what the program accepts, and refuse what it refuses.
repository = pathlib.Path(__file__).parents[1]
settings, rules = (
    validator(json.loads((repository / "docs/schema" / name).read_text()))
    for name in ("copydesk.schema.json", "rules.schema.json")
)
for file in sorted(repository.glob("rules/*/*.toml")):
    rules.validate(tomllib.loads(file.read_text()))
pages = [repository / "README.md", repository / "docs/settings.md"]
shown = [page.read_text().split("```toml\n")[1].split("```")[0] for page in pages]
with tempfile.TemporaryDirectory() as folder:
    subprocess.run([copydesk, "init", folder], check=True, stdout=subprocess.DEVNULL)
    shown.append(pathlib.Path(folder, "copydesk.toml").read_text())
for good in (*shown, "", '[rules]\n"own/rule" = "hint"\n'):
    # A date of TOML is a date of Python too, of which a validator knows nothing.
    settings.validate(json.loads(json.dumps(tomllib.loads(good), default=str)))
for bad in ("pack = []", 'packs = ["cor"]', '[rules]\n"words/wordy" = "loud"\n', "[[override]]\nrules = {}\n"):
    assert not settings.is_valid(tomllib.loads(bad)), bad
for bad in ('[[rule]]\nid = "a/b"\n', "[[rules]]\n", "rule = [{ id = 3 }]"):
    assert not rules.is_valid(tomllib.loads(bad)), bad
