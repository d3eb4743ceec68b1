#!/usr/bin/env python3
"""Makes words.txt, corrections.txt and spellings.txt from lists that others keep. README.md names them and their licences.

usage: make.py SOURCES    the folder that holds what README.md says to put there

words.txt        word, tab, marks: `n` a name (known only with its capital), `r` rare (in no list of words in use); then its
                 frequency class: how many times the commonest word halves to its count, 40 where nobody counted it
corrections.txt  misspelling, tab, the words that may be meant, likeliest first
spellings.txt    American spelling, tab, British spelling
"""
import ast, glob, math, os, re, sys

here = os.path.dirname(os.path.abspath(__file__))
sources = sys.argv[1]
PLAIN = re.compile(r"[a-z]+(?:'[a-z]+)?$")
CLASS_UNKNOWN = 40


def lines(path, encoding="utf-8"):
    with open(path, encoding=encoding) as file:
        return [line.strip() for line in file if line.strip()]


def scowl(kinds, varieties, most):
    """Words of SCOWL's lists up to size `most`."""
    found = set()
    for path in glob.glob(os.path.join(sources, "scowl/usr/share/dict/scowl/*")):
        name, size = os.path.basename(path).rsplit(".", 1)
        variety, kind = name.split("-", 1)
        if variety in varieties and kind in kinds and int(size) <= most:
            found.update(lines(path, "iso-8859-1"))
    return found


def bare(word):
    """Without the possessive ending, which readers of words.txt take off themselves."""
    return word[:-2] if word.endswith("'s") else word


VARIETIES = ("english", "american", "british", "british_z", "canadian", "australian",
             "variant_1", "variant_2", "british_variant_1", "british_variant_2")
in_use = {bare(w) for w in scowl(("words", "contractions"), VARIETIES, 70)}
common_nouns = set(in_use)
upper = {bare(w) for w in scowl(("upper", "proper-names", "abbreviations"), VARIETIES, 80)}
rare = {bare(w) for w in scowl(("words",), VARIETIES, 80)}
for path in ("en_us.txt", "en_gb.txt"):
    for word in map(bare, lines(os.path.join(sources, path))):
        (rare if word[:1].islower() else upper).add(word)

counts = {}
for line in lines(os.path.join(sources, "symspellpy/symspellpy/frequency_dictionary_en_82_765.txt"), "utf-8-sig"):
    word, count = line.split()
    counts[word] = max(counts.get(word, 0), int(count))
most = max(counts.values())
# What is counted often enough is in use, whichever list it stands in.
rare -= {w for w in rare if w in counts and counts[w] * 2**16 > most}
in_use |= {w for w in counts if counts[w] * 2**16 > most}

modern = {w for w in lines(os.path.join(here, "modern.txt")) if not w.startswith("#")}
in_use |= {w for w in modern if w[0].islower()}
upper |= {w for w in modern if not w[0].islower()}

words = {}
for word in in_use | rare:
    low = word.lower()
    if PLAIN.match(low) and (len(low) > 1 or low in "aio"):
        words[low] = "" if word in in_use else "r"
for word in upper:
    low = word.lower()
    # Those who counted did so without capitals.
    if PLAIN.match(low) and low not in common_nouns and low not in modern:
        words[low] = "n"


def frequency(word):
    count = counts.get(word) or counts.get(word.replace("'", ""))
    return min(CLASS_UNKNOWN - 1, round(math.log2(most / count))) if count else CLASS_UNKNOWN


def write(name, rows):
    with open(os.path.join(here, name), "w", encoding="utf-8", newline="\n") as file:
        file.writelines(row + "\n" for row in sorted(rows))
    print(name, len(rows))


# Pairs of spellings, by VarCon as typos carries it: [American], [British], [Canadian], [Australian].
text = open(os.path.join(sources, "t/vendor/typos-vars/src/vars_codegen.rs"), encoding="utf-8").read()
entries = [ast.literal_eval(body.replace("&", "")) for body in re.findall(r"VariantsMap\s*=\s*(\[\s*&.*?\]);", text, re.S)]
american = {w for entry in entries for w in entry[0]} | scowl(("words",), ("english", "american"), 70)
# Oxford spelling, with -ize, is British too.
british = {w for entry in entries for w in entry[1]} | scowl(("words",), ("english", "british", "british_z"), 70)
# Spellings that VarCon gives to one side, and good papers print on both.
BOTH = ("judgment", "judgments", "balk", "balked", "balking", "balks", "adviser", "advisers", "advisor", "advisors", "disk", "disks",
        "program", "programs", "inquiry", "inquiries", "airplane", "airplanes", "fetus", "fetuses", "jail", "jails", "hostler")
only_american, only_british = {}, {}
for us, gb, *_ in entries:
    if not us or not gb or set(us) & set(gb) or us[0] in BOTH or gb[0] in BOTH:
        continue
    if us[0] not in british:
        only_american[us[0]] = gb[0]
    if gb[0] not in american:
        only_british[gb[0]] = us[0]
spellings = {f"{us}\t{gb}" for us, gb in only_american.items()} | {f"{us}\t{gb}" for gb, us in only_british.items()}
spellings = {row for row in spellings if all(PLAIN.match(w) for w in row.split("\t"))}
# The first column is only American where it has no mark, the second only British.
marked = set()
for row in spellings:
    us, gb = row.split("\t")
    if us in words and gb in words:
        marked.add(f"{us}{'' if us in only_american else '*'}\t{gb}{'' if gb in only_british else '*'}")
write("spellings.txt", marked)
for us, gb in (row.replace("*", "").split("\t") for row in marked):
    # Whoever counted by one spelling knows how common the other is.
    counts[us] = counts[gb] = max(counts.get(us, 0), counts.get(gb, 0)) or 1

text = open(os.path.join(sources, "t/vendor/typos-dict/src/word_codegen.rs"), encoding="utf-8").read()
corrections = {}
for word, meant in re.findall(r'\(\s*dictgen::InsensitiveStr::\w+\(\s*"([^"]*)",?\s*\),\s*&\[([^\]]*)\],?\s*\)', text):
    corrections[word.lower()] = re.findall(r'"([^"]*)"', meant)
for line in lines(os.path.join(here, "own-corrections.txt")):
    word, meant = line.split("\t")
    corrections[word] = meant.split(", ")
own = {line.split("\t")[0] for line in lines(os.path.join(here, "own-corrections.txt"))}
# Rules that tell more of a word, such as why it is wrong, keep it to themselves.
told = set()
for path in glob.glob(os.path.join(here, "../rules/*/*.toml")):
    told.update(m.lower() for m in re.findall(r'find = "([a-zA-Z]+)"', open(path, encoding="utf-8").read()))
for word in told:
    if corrections.pop(word, None) or word not in words:
        words[word] = "n"
rows = []
for word, meant in corrections.items():
    meant = [w for w in meant if w.lower().replace(" ", "") and all(part.lower() in words for part in re.split(r"[ -]", w))]
    known = word in modern or word in words and "r" not in words[word]
    common = [w for w in meant if frequency(w.split(" ")[0].lower()) <= 18]
    if word in own or PLAIN.match(word) and len(word) > 2 and not known and common and len(meant) <= 4:
        rows.append(f"{word}\t{', '.join(corrections[word] if word in own else meant)}")
        if word in words:
            del words[word]
write("corrections.txt", rows)
write("words.txt", [f"{word}\t{marks}{frequency(word)}" for word, marks in words.items()])
