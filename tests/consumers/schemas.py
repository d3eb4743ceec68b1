"""The schemas of settings and rule files accept what the program accepts, and refuse what it refuses.

Usage: schemas.py COPYDESK
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import tomllib

import jsonschema

copydesk = pathlib.Path(sys.argv[1]).resolve()
repository = pathlib.Path(__file__).parents[2]
settings, rules = (
    jsonschema.Draft7Validator(json.loads((repository / "docs/schema" / name).read_text()))
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
