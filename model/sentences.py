#!/usr/bin/env python3
"""Trains the sentence model: which word belongs between all that is before it in its sentence and all that is after it.

usage: sentences.py TOKENS CLEAN WORK OUT [STEPS]     with PyTorch and NumPy

TOKENS and CLEAN are folders of what `examples/model-tokens.rs` writes. The model learns from TOKENS; these and CLEAN (news that
editors have read, of which nothing is learned) say how sure it must be. WORK keeps what was learned. See `model/README.md`.
"""
import math, os, re, struct, sys
from collections import Counter
import numpy as np, torch, torch.nn as nn, torch.nn.functional as F

WORDS, OUTPUTS = 30_000, 16_000     # known words; words that are weighed
SIZE, STATE = 80, 192               # numbers of a word, and of what is held of the words on one side
ENDINGS = 256                       # classes of unknown words, by their last three letters
NEAR = 4                            # words on either side that the near score looks at
LIST, DRAWN = 24, 12                # words that one is weighed against, at most; so many are drawn for each place
SMALL = ("a an the of to in on for and that is are was were be been have has had with at by from as it not he they who which will would "
         "also up out so about his their its this there when or but if than into more").split()
PREPOSITIONS = ("about above across after against among around as at before behind between by during for from in into of off on onto out "
                "over since through to toward under until up upon with within without").split()
CONJUNCTIONS = "and but or nor so that than as if when while because although though".split()
IRREGULAR = """be am is are was were been being|have has had having|do does did done doing|go goes went gone going|see sees saw seen
take takes took taken taking|give gives gave given giving|come comes came coming|become becomes became|run runs ran running
begin begins began begun|write writes wrote written|speak speaks spoke spoken|break breaks broke broken|choose chooses chose chosen
drive drives drove driven|fall falls fell fallen|know knows knew known|grow grows grew grown|throw throws threw thrown
show shows showed shown|wear wears wore worn|get gets got gotten getting|make makes made making|say says said saying
pay pays paid paying|lead leads led leading|leave leaves left leaving|lose loses lost losing|win wins won winning
find finds found finding|hold holds held holding|build builds built building|send sends sent sending|spend spends spent spending
mean means meant|keep keeps kept|feel feels felt|meet meets met|think thinks thought thinking|bring brings brought|buy buys bought
teach teaches taught|sell sells sold|tell tells told|stand stands stood|sit sits sat|eat eats ate eaten|rise rises rose risen
draw draws drew drawn|fly flies flew flown|hear hears heard|man men|woman women|child children|person people|foot feet
this these|that those|he him his himself|she her hers herself|they them their theirs themselves|we us our ours|i me my mine
who whom whose|a an the|will would|can could|may might|shall should|much many|little less few fewer|good well better best
bad worse worst badly|its it|your you""".replace("\n", "|").split("|")

def sentences(folder):
    """The sentences of a folder: name of the file, and words."""
    for name in sorted(os.listdir(folder)):
        if "no-apostrophes" in name: continue
        # Books are old, and an eighth of them is enough: every second sentence of every fourth paragraph.
        old, paragraph, number = "classic-books" in name, 1, 0
        for line in open(os.path.join(folder, name), encoding="utf-8"):
            words = line.split()
            if not words: paragraph += 1
            elif 3 < len(words) <= 60 and not (old and paragraph % 4):
                number += 1
                if not old or number % 2: yield name, words

def alike(low):
    if not low[0].isdigit() or low == "1": return low
    if low.isdigit() and len(low) == 4: return "<year>"
    return re.sub(r"[0-9]+([,.][0-9]+)*", "#", low)

def split(word):
    """A word of the file in lower case, and whether it has a capital."""
    return (word[1:], True) if word[0] == "^" and len(word) > 1 else (word, False)

class Vocabulary:
    def __init__(self, folder):
        all_, small = Counter(), Counter()
        for _, words in sentences(folder):
            for low, capital in map(split, words):
                all_[alike(low)] += 1
                if not capital: small[alike(low)] += 1
        # A name is known only where it is common.
        self.words = [w for w, n in all_.most_common(WORDS * 3 // 2) if small[w] * 3 > n or n > 300][:WORDS]
        self.counts = np.array([all_[w] for w in self.words], dtype=np.float64)
        self.by_word = {w: at for at, w in enumerate(self.words)}
        known = len(self.words)
        self.name, self.owner, self.number, self.first, self.last = (known + ENDINGS + at for at in range(5))
        self.inputs = self.last + 1
        alphabetic = [w for w in self.words if re.fullmatch(r"[a-z]+('[a-z]+)?", w)][:OUTPUTS]
        self.outputs = [""] + alphabetic
        self.output = {w: at for at, w in enumerate(self.outputs)}
        self.output_of = np.zeros(self.inputs, dtype=np.int64)
        for w, at in self.by_word.items(): self.output_of[at] = self.output.get(w, 0)

    def encode(self, words):
        """Inputs, each times two, plus one where the word has a capital inside the sentence; quotation marks are looked through."""
        row = []
        for at, word in enumerate(words):
            low, capital = split(word)
            if low == '"': continue
            capital = capital and at > 0
            input_ = self.by_word.get(alike(low))
            if input_ is None:
                if low[0].isdigit(): input_ = self.number
                elif capital: input_ = self.owner if low.endswith("'s") else self.name
                else: input_ = len(self.words) + self.ending(low)
            row.append(input_ * 2 + capital)
        return row

    @staticmethod
    def ending(low):
        hash_ = 0
        for byte in low[-3:].encode()[-3:]: hash_ = hash_ * 31 + byte & 0xffff
        return hash_ % ENDINGS

def taken_for(vocabulary, confusion):
    """The words that each output is weighed against: listed ones, its forms, and what is one slip away."""
    known = vocabulary.output
    taken = {w: set() for w in vocabulary.outputs[1:]}
    def group(words, most=99):
        words = [w for w in words if w in known and w]
        if len(words) <= most:
            for a in words: taken[a].update(b for b in words if b != a)
    for line in open(confusion):
        if line[0] != "#": group(line.split())
    for line in IRREGULAR: group(line.split())
    stems = {}
    for w in taken: stems.setdefault(stem(w), []).append(w)
    for words in stems.values(): group(words, 14)
    group(PREPOSITIONS); group(CONJUNCTIONS)
    for w in taken:
        if len(w) > 1: taken[w].update(sorted((e for e in edits(w) if e in known and len(e) > 1), key=known.get)[:8])
    lists = [[known[w] for w in SMALL]]
    for w in vocabulary.outputs[1:]:
        lists.append(([0] if w in SMALL else []) + sorted(known[t] for t in taken[w])[:LIST - 1])
    return lists

def stem(w):
    w = w.replace("'s", "")
    for end in ("ing", "ied", "ies", "ed", "es", "ly", "er", "est", "s", "d"):
        if w.endswith(end) and len(w) - len(end) > 2: w = w[:-len(end)]; break
    if w[-1:] in "eyi" and len(w) > 2: w = w[:-1]
    if len(w) > 3 and w[-1] == w[-2] and w[-1] not in "sl": w = w[:-1]
    return w

def edits(w):
    """All that is one slip of the keyboard away."""
    found = set()
    for at in range(len(w) + 1):
        if at < len(w): found.add(w[:at] + w[at + 1:])
        if at + 1 < len(w): found.add(w[:at] + w[at + 1] + w[at] + w[at + 2:])
        for c in "abcdefghijklmnopqrstuvwxyz'":
            found.add(w[:at] + c + w[at:])
            if at < len(w): found.add(w[:at] + c + w[at + 1:])
    return found - {w}

class Net(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.words, self.capital = nn.Embedding(inputs, SIZE), nn.Embedding(2, SIZE)
        self.left, self.right = nn.LSTM(SIZE, STATE, batch_first=True), nn.LSTM(SIZE, STATE, batch_first=True)
        self.mix = nn.Linear(2 * STATE, SIZE)
        self.out, self.bias = nn.Embedding(outputs, SIZE), nn.Embedding(outputs, 1)
        self.near, self.near_bias = nn.Parameter(torch.full((2 * NEAR, SIZE), 0.3)), nn.Parameter(torch.zeros(SIZE))
        for part in (self.words, self.capital, self.out): nn.init.normal_(part.weight, std=0.1)
        nn.init.zeros_(self.bias.weight)

    def states(self, x, lengths):
        """What is held behind each word from the left, and before each from the right; and the vectors of the words."""
        vectors = self.words(x >> 1) + self.capital(x & 1)
        from_left, _ = self.left(vectors)
        at = torch.arange(x.shape[1]).unsqueeze(0)
        back = lengths.unsqueeze(1) - 1 - at
        back = torch.where(back < 0, at, back)
        turned = lambda rows: rows.gather(1, back.unsqueeze(2).expand(-1, -1, rows.shape[2]))
        from_right, _ = self.right(turned(vectors))
        return from_left, turned(from_right), vectors

    def far(self, from_left, from_right): return torch.tanh(self.mix(torch.cat([from_left, from_right], -1)))

    def nearest(self, vectors, rows, left, right):
        sums = self.near_bias
        for at in range(NEAR):
            sums = sums + vectors[rows, (left - at).clamp(min=0)] * self.near[at]
            sums = sums + vectors[rows, (right + at).clamp(max=vectors.shape[1] - 1)] * self.near[NEAR + at]
        return sums

    def scores(self, expected, outputs):
        """`expected` a row a place; `outputs` as many for each."""
        return torch.einsum("nkc,nc->nk", self.out(outputs), expected) + self.bias(outputs).squeeze(-1)

def batch(vocabulary, rows):
    x = np.full((len(rows), max(map(len, rows)) + 2), vocabulary.last * 2, dtype=np.int64)
    for at, row in enumerate(rows): x[at, 0] = vocabulary.first * 2; x[at, 1:1 + len(row)] = row
    return torch.from_numpy(x), torch.tensor([len(row) + 2 for row in rows])

def batches(rows, order, size):
    """Numbers of sentences of like length, some `size` words together."""
    for chunk in np.array_split(order, max(1, len(order) // 20_000)):
        chunk = sorted(chunk, key=lambda at: len(rows[at]))
        part = []
        for at in chunk:
            if part and (len(rows[at]) + 2) * (len(part) + 1) > size: yield part; part = []
            part.append(at)
        if part: yield part

def train(net, vocabulary, lists, rows, steps):
    rng = np.random.default_rng(3)
    table = np.zeros((len(lists), LIST), dtype=np.int64)
    for at, words in enumerate(lists): table[at] = np.resize(words or rng.integers(1, 2000, 4), LIST)
    table, small = torch.from_numpy(table), torch.tensor(lists[0])
    share = np.zeros(len(lists))
    for w, at in vocabulary.by_word.items(): share[vocabulary.output_of[at]] += vocabulary.counts[at] ** 0.75 if vocabulary.output_of[at] else 0
    others = torch.from_numpy(rng.choice(len(lists), size=2_000_000, p=share / share.sum()))
    output_of = torch.from_numpy(vocabulary.output_of)
    work = list(batches(rows, rng.permutation(len(rows)), 3000)); rng.shuffle(work)
    optimizer = torch.optim.Adam(net.parameters(), lr=0.003, betas=(0.9, 0.99))
    for step in range(1, steps + 1):
        # Quick at first, with a second start for the last quarter.
        last = steps * 10 // 13
        rate, done, warm = (0.003, step / (steps * 16 / 15), step / 200) if step <= last else (0.0008, (step - last) / (steps - last), (step - last) / 100)
        for group in optimizer.param_groups: group["lr"] = rate * min(1, warm) * (0.49 + 0.49 * math.cos(math.pi * done) + 0.02)
        x, lengths = batch(vocabulary, [rows[at] for at in work[step % len(work)]])
        from_left, from_right, vectors = net.states(x, lengths)
        target = output_of[x >> 1]
        column = torch.arange(x.shape[1]).unsqueeze(0)
        inside = column < (lengths - 1).unsqueeze(1)
        place = (inside & (column > 0) & (target > 0)).nonzero()
        place = place[torch.rand(len(place)) < 0.6]
        # Between two words no word belongs.
        gap = (inside & (torch.rand(x.shape) < 0.25)).nonzero()
        b = torch.cat([place[:, 0], gap[:, 0]]); left = torch.cat([place[:, 1] - 1, gap[:, 1]]); right = torch.cat([place[:, 1], gap[:, 1]]) + 1
        wanted = torch.cat([target[place[:, 0], place[:, 1]], torch.zeros(len(gap), dtype=torch.long)])
        drawn = table[wanted].gather(1, torch.randint(0, LIST, (len(wanted), DRAWN)))
        drawn[len(place):] = small[torch.randint(0, len(small), (len(gap), DRAWN))]
        choice = torch.cat([wanted.unsqueeze(1), drawn], 1)
        same = choice == wanted.unsqueeze(1); same[:, 0] = False
        right_one = torch.zeros(len(wanted), dtype=torch.long)
        far, near = net.far(from_left[b, left], from_right[b, right]), net.nearest(vectors, b, left, right)
        loss = 0
        for expected, weight in ((far, 1.0), (near, 0.5)):
            loss = loss + weight * F.cross_entropy(net.scores(expected, choice).masked_fill(same, -1e4), right_one)
        # And against common words of all kinds, so that it knows what a sentence is about.
        start = int(torch.randint(0, len(others) - 384, (1,))); some = others[start:start + 384]
        all_ = far @ net.out(some).t() + net.bias(some).squeeze(-1)
        all_ = all_.masked_fill(some.unsqueeze(0) == wanted.unsqueeze(1), -1e4)
        loss = loss + 0.25 * F.cross_entropy(torch.cat([net.scores(far, wanted.unsqueeze(1)), all_], 1), right_one)
        optimizer.zero_grad(set_to_none=True); loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0); optimizer.step()
        if step % 100 == 0: print(step, round(float(loss.detach()), 3), flush=True)

KEPT = 12

def margins(net, vocabulary, lists, rows, most):
    """How often each output is in the sentences, and for each word that it is weighed against the greatest margins in favour of that one."""
    starts = np.cumsum([0] + [len(words) for words in lists])
    top, seen = np.full((starts[-1], KEPT), -99, dtype=np.float32), np.zeros(len(lists), dtype=np.int64)
    table, held = np.zeros((len(lists), LIST), dtype=np.int64), np.zeros((len(lists), LIST), dtype=bool)
    for at, words in enumerate(lists):
        words = words[:LIST]; table[at, :len(words)] = words; held[at, :len(words)] = [w != 0 for w in words]
    words = 0
    for part in batches(rows, np.random.default_rng(9).permutation(len(rows)), 3000):
        x, lengths = batch(vocabulary, [rows[at] for at in part])
        words += int(lengths.sum())
        if words > most: break
        with torch.no_grad():
            from_left, from_right, _ = net.states(x, lengths)
            inner = x[:, 1:-1].reshape(-1)
            output = torch.from_numpy(vocabulary.output_of)[inner >> 1]
            asked = (inner & 1 == 0) & (output > 0)
            expected, output = net.far(from_left[:, :-2], from_right[:, 2:]).reshape(-1, SIZE)[asked], output[asked]
            margin = (net.scores(expected, torch.from_numpy(table)[output]) - net.scores(expected, output.unsqueeze(1))).numpy()
        output = output.numpy()
        np.add.at(seen, output, 1)
        for row, column in zip(*np.nonzero(held[output] & (margin > 0.5))):
            place = top[starts[output[row]] + column]
            if margin[row, column] > place[-1]: place[-1] = margin[row, column]; place[::-1].sort()
    return starts, top, seen

def limits(lists, vocabulary, learned, clean):
    """How much likelier another word must be, in tenths; 255 where it is not told. See model/README.md."""
    (starts, top, seen), (_, top_clean, seen_clean) = learned, clean
    found = np.full(starts[-1], 255, dtype=np.uint8)
    prepositions = {vocabulary.output[w] for w in PREPOSITIONS}
    for output, words in enumerate(lists):
        n, n_clean = int(seen[output]), int(seen_clean[output])
        for at, other in enumerate(words, starts[output]):
            if not output or not other or n < 30 or output in prepositions and other in prepositions: continue
            slips = min(KEPT - 1, 3 + int(n * 1e-4))
            limit = max(max(top[at, slips], 0) + 0.4 + max(0, math.log((slips + 1) / n / 1e-5)), 8)
            if n_clean >= 100: limit = min(limit, max(max(top_clean[at, 0], 0) + 0.6 + max(0, math.log(1 / n_clean / 1e-4)), 9.5))
            if limit < 23: found[at] = round(math.ceil(limit * 10) + 10)
    return found

def pack(net, vocabulary, lists, found):
    """The file: see `src/model/sentences.rs`."""
    part = {name: value.detach().numpy() for name, value in net.state_dict().items()}
    floats = lambda values: np.asarray(values).astype("<f4").tobytes()
    def small(rows):
        scale = np.abs(rows).max(1) / 127; scale[scale == 0] = 1
        return np.clip(np.rint(rows / scale[:, None]), -127, 127).astype(np.int8).tobytes() + floats(scale)
    text = "".join(word + "\n" for word in vocabulary.words).encode()
    out = b"CDS1" + struct.pack("<7I", vocabulary.inputs, len(vocabulary.words), len(vocabulary.outputs), SIZE, STATE, len(text), len(found))
    out += text + np.array([vocabulary.by_word.get(w, 0) for w in vocabulary.outputs], dtype="<u2").tobytes()
    plain, capital = part["capital.weight"]
    out += small(part["words.weight"] + plain) + floats(capital - plain) + floats(part["near"]) + floats(part["near_bias"])
    for side in ("left", "right"):
        out += small(np.concatenate([part[f"{side}.weight_ih_l0"], part[f"{side}.weight_hh_l0"]], 1))
        out += floats(part[f"{side}.bias_ih_l0"] + part[f"{side}.bias_hh_l0"])
    out += small(part["mix.weight"]) + floats(part["mix.bias"]) + small(part["out.weight"]) + floats(part["bias.weight"][:, 0])
    out += np.array([len(words) for words in lists], dtype="<u2").tobytes() + np.array(sum(lists, []), dtype="<u2").tobytes()
    return out + found.tobytes()

def main(tokens, clean, work, out, steps="11700"):
    torch.manual_seed(1)
    vocabulary = Vocabulary(tokens)
    lists = taken_for(vocabulary, os.path.join(os.path.dirname(__file__), "confusion.txt"))
    read = lambda folder: [(name, vocabulary.encode(words)) for name, words in sentences(folder)]
    learned = [(name, row) for name, row in read(tokens) if len(row) > 3]
    net = Net(vocabulary.inputs, len(vocabulary.outputs))
    kept = os.path.join(work, "sentences.pt")
    if os.path.exists(kept): net.load_state_dict(torch.load(kept))
    else:
        train(net, vocabulary, lists, [row for _, row in learned], int(steps))
        torch.save(net.state_dict(), kept)
    today = [row for name, row in learned if "classic-books" not in name]
    # Headlines in capitals are no sentences.
    prose = [vocabulary.encode(words) for _, words in sentences(clean) if sum(w[0] == "^" for w in words) * 2 <= len(words)]
    found = limits(lists, vocabulary, margins(net, vocabulary, lists, today, 9e6), margins(net, vocabulary, lists, prose, 1e9))
    data = pack(net, vocabulary, lists, found)
    open(out, "wb").write(data)
    print(len(data), "bytes,", int((found < 255).sum()), "of", len(found), "pairs told")

main(*sys.argv[1:])
