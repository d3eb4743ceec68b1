#!/usr/bin/env python3
"""Makes forms.txt from the inflections that lemminflect keeps. README.md names it and its licence.

usage: forms.py SOURCES    the folder that holds what README.md says to put there; words.txt must be there already

forms.txt    word, tab, what the word can be: `n` a noun in the singular, `p` in the plural, `m` a noun that is not counted; a verb: `v`
             as it stands in the dictionary, `s` with -s, `d` past, `e` past participle, `g` with -ing; an adjective: `a`, `c`
             comparative, `t` superlative; `r` an adverb
"""
import collections, csv, gzip, os, re, sys

here = os.path.dirname(os.path.abspath(__file__))
source = os.path.join(sys.argv[1], "lemminflect/resources/infl_lu.csv.gz")
known = {}
for line in open(os.path.join(here, "words.txt"), encoding="utf-8"):
    word, marks = line.rstrip("\n").split("\t")
    if not marks.startswith(("n", "r")):
        known[word] = int(marks)

forms = collections.defaultdict(set)
pairs = []
for lemma, kind, *inflections in csv.reader(gzip.open(source, "rt", encoding="utf-8")):
    if not lemma.islower() or not lemma.isascii():
        continue
    columns = [column.split("/") for column in inflections]
    def add(words, letter):
        for word in words:
            if word in known:
                forms[word].add(letter)
    if kind == "noun":
        add([lemma], "n")
        plurals = [word for word in columns[0] if word] if columns else []
        if lemma in plurals and len(plurals) > 1:
            add([lemma], "m")
        # Of those that are not counted, plurals are made by mistake only: they say nothing of the word.
        add([word for word in plurals if word != lemma or len(plurals) == 1], "p")
    elif kind == "verb":
        past, participle, gerund, third = (columns + [[""]] * 4)[:4]
        add([lemma], "v")
        add(past, "d")
        add([word for word in participle if word] or past, "e")
        add(gerund, "g")
        add(third, "s")
    elif kind == "adj":
        add([lemma], "a")
        for column, letter in zip(columns, "ct"):
            add(column, letter)
    elif kind == "adv":
        add([lemma], "r")

# The Lexicon lacks some nouns, as *county*: what has no form there, and whose plural has none either, is taken for one.
NO_NOUNS = set("""your their from one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty this that there
what which who other them you are was were would could should might must shall can may will did does has had her our she they with for and
but not how why when where here then than also just only such every each both either neither none never ever always often upon into onto
""".split())
NOT_NOUNS = re.compile("(any|some|every|no)(one|body|thing)|.*(ate|[iy][sz]e|ify)$")
for word in known:
    plural = word[:-1] + "ies" if re.search("[^aeiou]y$", word) else word + ("es" if re.search("(s|x|z|ch|sh)$", word) else "s")
    if len(word) > 2 and word not in NO_NOUNS and word not in forms and plural in known and plural not in forms and 6 <= known[word] <= 17 and not NOT_NOUNS.match(word):
        pairs.append((word, plural))
for word, plural in pairs:
    forms[word].add("n")
    forms[plural].add("p")

ORDER = "npmvsdegactr"
with open(os.path.join(here, "forms.txt"), "w", encoding="utf-8", newline="\n") as file:
    for word in sorted(forms):
        file.write(f"{word}\t{''.join(sorted(forms[word], key=ORDER.index))}\n")
print(len(forms), "words")
