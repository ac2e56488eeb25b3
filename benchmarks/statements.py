"""Time, memory and quality of merging wordings at scale, on generated quotations with planted variants.

    python benchmarks/statements.py [--quotes 1000000] [--speakers 50000] [--seed 1]
    python benchmarks/statements.py --one-more 12000

Every speaker makes utterances on a few topics; some speakers are quoted thousands of times, most a few times (Zipf's
law). An utterance may be reported again within a week: verbatim, shortened (an end or the middle left out), as a
fragment inside other words, with person and tense shifted, or as a paraphrase (some words kept, others new, the
embedding close). Beside them stand near misses, whose embeddings are as close as those of variants: the claim denied,
another number, another name, another speaker's equal words, the position repeated in other words months later.

Prints, for a tenth and for the whole, the seconds of the merging alone, the peak memory of the process that did it
(which includes what was generated), the share of the planted pairs (an utterance and a report of it) found in one
statement, and the precision: of all pairs within statements, those of one utterance.

With ``--one-more`` a database of one speaker with so many quotations is made, and articles that quote this speaker
again are added one by one: printed are the seconds that linking each takes, and how many quotations belong with it.
"""

import argparse
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

import numpy as np

from quotes.linking.index import save_article
from quotes.linking.link import link, meaning
from quotes.statements.affected import affected_quotations
from quotes.statements.group import StatementQuote, link_statements
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span

SIZE = 384
ADDED = 10  # articles that are added to a database
START = date(2022, 1, 3)
DAYS = 1000
FUNCTION = """the a of to in that is it for on with as are this by be was at from have or an they we i not but what
all were when there can more if no out so up into than them would which some then now do""".split()
FUNCTION = [word for word in FUNCTION if word not in ("no", "not", "more")]
KINDS = ("verbatim", "shortened", "fragment", "shifted", "paraphrase")
SHIFT = {"we": "they", "i": "she", "is": "was", "are": "were", "can": "could", "will": "would", "have": "had"}


class Language:
    """Words that do not exist, a few of them frequent and most rare, as in any language."""

    def __init__(self, rng: np.random.Generator, size: int = 20_000) -> None:
        onsets = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "br", "st", "tr", "pl"]
        vowels, ends = ["a", "e", "i", "o", "u", "ai", "ou"], ["n", "r", "t", "l", "m", "nk", "rt", "x"]

        def syllable() -> str:
            return str(rng.choice(onsets)) + str(rng.choice(vowels))

        found: dict[str, None] = {}
        while len(found) < size:
            word = "".join(syllable() for _ in range(int(rng.integers(1, 4)))) + str(rng.choice(ends))
            found[word] = None
        self.words = np.array(list(found))
        weights = 1 / np.arange(10, size + 10)
        self.weights = np.cumsum(weights / weights.sum())

    def pick(self, rng: np.random.Generator, count: int) -> list[str]:
        """Words by their frequency."""
        return self.words[np.searchsorted(self.weights, rng.random(count))].tolist()


def _vector(rng: np.random.Generator, *parts: tuple[float, np.ndarray]) -> np.ndarray:
    """A unit vector: the weighted parts, and noise of the weight that is left."""
    noise = rng.standard_normal(SIZE).astype(np.float32)
    rest = max(0.0, 1 - sum(weight**2 for weight, _ in parts)) ** 0.5
    vector = rest * noise / np.linalg.norm(noise)
    for weight, part in parts:
        vector = vector + weight * part
    return vector / np.linalg.norm(vector)


class Speaker:
    """Generates the quotations of one speaker. An id is ``speaker-utterance-kind-number``."""

    def __init__(self, number: int, count: int, language: Language, seed: int) -> None:
        self.rng = np.random.default_rng((seed, number))
        self.number, self.count, self.language = number, count, language
        self.id = f"speaker-{number}"
        self.voice = _vector(self.rng)
        topics = 1 + count // 12
        self.topics = [
            (_vector(self.rng, (0.3, self.voice)), language.pick(self.rng, 40)) for _ in range(topics)
        ]
        self.made = 0

    def quotes(self) -> Iterator[StatementQuote]:
        """``count`` quotations, a few of them another speaker's words."""
        utterance = 0
        while self.made < self.count:
            yield from self._utterance(utterance)
            utterance += 1

    def _utterance(self, number: int) -> Iterator[StatementQuote]:
        rng = self.rng
        topic, own = self.topics[int(rng.integers(len(self.topics)))]
        words = self._sentence(own)
        vector = _vector(rng, (0.65, topic))
        day = int(rng.integers(DAYS))
        wanted = 1 + min(int(rng.geometric(0.62)) - 1, 5)
        yield from self._give(number, "said", words, "direct", day, vector)
        for _ in range(wanted - 1):
            kind = KINDS[int(rng.integers(len(KINDS)))]
            text, form = self._variant(kind, words)
            close = _vector(rng, (0.9 if kind in ("verbatim", "shifted") else 0.8, vector))
            yield from self._give(number, kind, text, form, day + int(rng.integers(7)), close)
        if rng.random() < 0.2:
            yield from self._near_miss(number, words, vector, day)

    def _sentence(self, own: list[str]) -> list[str]:
        rng = self.rng
        size = int(rng.integers(8, 27))
        words = [FUNCTION[k] for k in rng.integers(len(FUNCTION), size=size)]
        content = rng.random(size) < 0.5
        new = self.language.pick(rng, size)
        topical = rng.random(size) < 0.4
        for at in np.flatnonzero(content):
            words[at] = own[int(rng.integers(len(own)))] if topical[at] else new[at]
        if rng.random() < 0.3:
            words[int(rng.integers(1, size))] = str(int(rng.integers(3, 900)))
        if rng.random() < 0.4:
            at = int(rng.integers(1, size))
            words[at] = new[at].capitalize()
        words.insert(int(rng.integers(1, 4)), "will")
        return words

    def _variant(self, kind: str, words: list[str]) -> tuple[list[str], str]:
        rng, size = self.rng, len(words)
        if kind == "verbatim":
            return words, "direct"
        if kind == "shortened":
            cut = max(2, size // 3)
            at = int(rng.integers(0, size - cut + 1))
            left = words[:at] + (["…"] if 0 < at < size - cut else []) + words[at + cut :]
            return left, "direct"
        if kind == "shifted":
            return [SHIFT.get(word, word) for word in words], "indirect"
        if kind == "fragment":
            length = min(size, int(rng.integers(5, 9)))
            at = int(rng.integers(0, size - length + 1))
            part = words[at : at + length]
            lead = ["the", *self.language.pick(rng, 2), "was"]
            return [*lead, "“" + part[0], *part[1:-1], part[-1] + "”"], "mixed"
        kept = [word for word in words if word not in FUNCTION and word != "will"]
        few = [word for word in kept if word[0].isdigit() or word[0].isupper() or rng.random() < 0.7]
        new = self.language.pick(rng, max(1, len(kept) // 5))
        mixed = few + new
        order = rng.permutation(len(mixed))
        out = []
        for at in order:
            out += [mixed[at], FUNCTION[int(rng.integers(len(FUNCTION)))]]
        return ["that", *out[:-1]], "indirect"

    def _near_miss(
        self, number: int, words: list[str], vector: np.ndarray, day: int
    ) -> Iterator[StatementQuote]:
        rng = self.rng
        kind = ("denied", "number", "name", "speaker", "later")[int(rng.integers(5))]
        close = _vector(rng, (0.9, vector))
        at = words.index("will")
        form = "direct" if rng.random() < 0.5 else "indirect"
        if kind == "denied":
            yield from self._give(
                number, kind, [*words[: at + 1], "not", *words[at + 1 :]], form, day + 1, close
            )
        elif kind in ("number", "name"):
            fits = [k for k, w in enumerate(words) if w[0].isdigit() or w[0].isupper()]
            for k in fits[:1]:
                other = (
                    str(int(words[k]) + 7) if words[k][0].isdigit() else self.language.pick(rng, 1)[0].title()
                )
                if other != words[k]:
                    yield from self._give(
                        number, kind, [*words[:k], other, *words[k + 1 :]], form, day + 1, close
                    )
        elif kind == "speaker":
            yield from self._give(number, kind, words, "direct", day, close, who=f"{self.id}-rival")
        else:
            text, form = self._variant("paraphrase", words)
            yield from self._give(number, kind, text, form, day + 120, close)

    def _give(
        self, number: int, kind: str, words: list[str], form: str, day: int, vector: np.ndarray,
        who: str | None = None,
    ) -> Iterator[StatementQuote]:  # fmt: skip
        if self.made >= self.count:
            return
        self.made += 1
        text = " ".join(words)
        yield StatementQuote(
            id=f"{self.number:05}-{number:05}-{kind}-{self.made:05}",
            article=f"article-{self.number}-{self.made}",
            speaker=who or self.id,
            text=text[0].upper() + text[1:] + ".",
            type=form,  # type: ignore[arg-type]
            published=(START + timedelta(day)).isoformat(),
            embedding=vector.astype(np.float16).tobytes(),
            cue="said",
        )


def generate(quotes: int, speakers: int, seed: int) -> Iterator[StatementQuote]:
    """About ``quotes`` quotations by ``speakers`` speakers."""
    language = Language(np.random.default_rng(seed))
    weights = np.arange(1, speakers + 1) ** -0.7
    counts = np.maximum(1, np.round(quotes * weights / weights.sum()))
    for number, count in enumerate(counts):
        yield from Speaker(number, int(count), language, seed).quotes()


def planted(ident: str) -> str:
    """The utterance that a quotation reports; a near miss is one of its own."""
    speaker, utterance, kind, number = ident.split("-")
    return f"{speaker}-{utterance}" if kind in ("said", *KINDS) else f"{speaker}-{utterance}-{number}"


def measure(quotes: int, speakers: int, seed: int) -> None:
    """Generate, merge, and print one line of figures."""
    rows = list(generate(quotes, speakers, seed))
    before = _peak()
    start, busy = time.perf_counter(), time.process_time()
    statements = link_statements(rows, meaning())
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    of = {quote: statement.id for statement in statements for quote in statement.quotes}
    found: Counter[str] = Counter()
    total: Counter[str] = Counter()
    heads = {planted(row.id): row.id for row in rows if "-said-" in row.id}
    for row in rows:
        kind = row.id.split("-")[2]
        if kind in KINDS:
            total[kind] += 1
            found[kind] += of[row.id] == of[heads[planted(row.id)]]
    right = pairs = 0
    for statement in statements:
        size = len(statement.quotes)
        pairs += size * (size - 1) // 2
        right += sum(n * (n - 1) // 2 for n in Counter(map(planted, statement.quotes)).values())
    by_kind = ", ".join(f"{kind} {found[kind] / max(total[kind], 1):.3f}" for kind in KINDS)
    print(
        f"{len(rows):,} quotations, {len({row.speaker for row in rows}):,} speakers, "
        f"{len(statements):,} statements: {seconds:.0f} s ({busy:.0f} s of CPU), "
        f"peak {_peak():.2f} GB (generated: {before:.2f} GB)\n"
        f"  planted pairs found {found.total() / max(total.total(), 1):.4f} of {total.total():,} ({by_kind}), "
        f"precision {right / max(pairs, 1):.4f} of {pairs:,} pairs",
        flush=True,
    )
    print(f"seconds {busy}", file=sys.stderr)


def one_more(quotes: int, seed: int) -> None:
    """Add articles to a database of one speaker who is quoted so often."""
    rows = list(Speaker(0, quotes, Language(np.random.default_rng(seed)), seed).quotes())
    with TemporaryDirectory() as folder, Store(Path(folder) / "quotes.db", create=True) as store:
        for at in range(0, len(rows) - ADDED, 5):
            _save(store, f"a{at}", rows[at : min(at + 5, len(rows) - ADDED)])
        start = time.process_time()
        link(store)
        print(f"{len(rows) - ADDED:,} quotations of one speaker: {time.process_time() - start:.1f} s of CPU")
        for row in rows[-ADDED:]:
            _save(store, row.id, [row])
            (quote,) = store.lookup.quote_ids_of_article(row.id)
            start = time.process_time()
            link(store)
            seconds = time.process_time() - start
            near, _, _ = affected_quotations(store.linking.statements, [quote], {}, meaning())
            print(f"  one more: {seconds:.2f} s of CPU, {len(near):,} quotations belong with it")


def _save(store: Store, ident: str, rows: list[StatementQuote]) -> None:
    text, quotes = "", []
    for row in rows:
        span = Span(len(text), len(text) + len(row.text), row.text)
        text += row.text + "\n"
        who = Mention("Ines Duarte", "person")
        quotes.append(Quote((span,), row.type, speaker=who, attribution="name", embedding=row.embedding))
    save_article(
        store, Article(ident, text, f"{ident}.txt", published=rows[0].published), quotes, version="b"
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def main() -> None:
    """Measure a tenth and the whole, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quotes", type=int, default=1_000_000)
    parser.add_argument("--speakers", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="store_true", help="not the tenth before it")
    parser.add_argument("--one-more", type=int, metavar="N", help="add to a speaker with N quotations")
    some = parser.parse_args()
    if some.one_more:
        one_more(some.one_more, some.seed)
        return
    if some.only:
        measure(some.quotes, some.speakers, some.seed)
        return
    seconds = []
    for part in (10, 1):
        command = [sys.executable, __file__, "--only", "--seed", str(some.seed)]
        command += ["--quotes", str(some.quotes // part), "--speakers", str(some.speakers // part)]
        done = subprocess.run(command, check=True, stderr=subprocess.PIPE, text=True)
        seconds.append(float(done.stderr.split()[-1]))
    print(f"ten times the quotations cost {seconds[1] / seconds[0]:.1f} times the CPU time")


if __name__ == "__main__":
    main()
