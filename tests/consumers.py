"""Reads copydesk's reports with the schema and the programs of others. Usage: consumers.py COPYDESK STORY SCHEMA"""

import json
import pathlib
import subprocess
import sys
import tempfile

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
