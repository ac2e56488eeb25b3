"""Time and memory of linking, on generated articles.

    python benchmarks/linking.py [--articles 100000] [--quotations 10] [--seed 1]

Nothing is read by the model: articles, quotations and mentions are made up and stored as `quotes extract` stores
them. Whom an article quotes is drawn by Zipf's law, from people whose given names and surnames are drawn by Zipf's law
as well, so that many share a surname and a few are quoted everywhere; from organisations with acronyms, groups, unnamed
sources, and nobody. An article calls them by full name, with title and surname, or by surname alone.

Prints, from a process of its own: the CPU seconds for linking everything, of speakers and of statements, its peak
memory, and the CPU seconds for storing and linking one article more, several times over.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1"))

from quotes.linking import link as linking
from quotes.linking.index import save_article
from quotes.store.database import Store
from quotes.types import Article, Mention, Quote, Span

GIVEN = """John William James Robert Mary David Michael Maria Richard Thomas Charles Linda Patricia Barbara
Joseph Elizabeth Jennifer Daniel Paul Mark Susan Donald George Margaret Kenneth Dorothy Steven Lisa Nancy Edward
Karen Brian Betty Ronald Helen Anthony Sandra Kevin Donna Carol Jason Ruth Jeff Sharon Michelle Gary Laura Sarah
Kimberly Timothy Jose Deborah Larry Jessica Jeffrey Shirley Frank Cynthia Scott Angela Eric Melissa Stephen Brenda
Andrew Amy Raymond Anna Gregory Rebecca Joshua Virginia Jerry Kathleen Dennis Pamela Walter Martha Patrick Debra
Peter Amanda Harold Stephanie Douglas Carolyn Henry Christine Carl Marie Arthur Janet Ryan Catherine Roger
Frances""".split()
HE = set(
    """John William James Robert David Michael Richard Thomas Charles Joseph Daniel Paul Mark Donald George Kenneth
Steven Edward Brian Ronald Anthony Kevin Jason Jeff Gary Timothy Jose Larry Jeffrey Frank Scott Eric Stephen Andrew
Raymond Gregory Joshua Jerry Dennis Walter Patrick Peter Harold Douglas Henry Carl Arthur Ryan Roger""".split()
)
TITLES = ["President", "Senator", "Mayor", "Governor", "Dr.", "Professor", "Judge", "General", "Secretary"]
ROLES = [
    "lawyer",
    "analyst",
    "spokesperson",
    "economist",
    "director",
    "resident",
    "teacher",
    "coach",
    "critic",
]
PLACES = ["Ohio", "Norden", "Harbour", "Lake", "Northern", "Central", "Pacific", "Royal", "National", "City"]
BODIES = [
    "Council",
    "Bank",
    "Institute",
    "Times",
    "University",
    "Commission",
    "Party",
    "Union",
    "Agency",
    "Court",
]
GROUPS = [
    "Republicans",
    "Democrats",
    "officials",
    "experts",
    "residents",
    "critics",
    "lawmakers",
    "Palestinians",
]
UNNAMED = [
    "an official",
    "a White House official",
    "a person briefed on the talks",
    "a spokesperson",
    "a witness",
]
SYLLABLES = [
    a + b for a in ("b", "d", "f", "gr", "l", "m", "n", "p", "st", "t", "v") for b in ("a", "e", "io", "u")
]
WORDS = [
    a + b + c for a in SYLLABLES for b in SYLLABLES for c in ("", "n", "s", "ring", "ted")
]  # 9,680 of them


class Draw:
    """Draws by Zipf's law: the item of rank r has the weight 1/(r + shift)."""

    def __init__(self, items: Sequence, shift: float = 1.0) -> None:
        self.items, self.sums = items, list(accumulate(1 / (rank + shift) for rank in range(len(items))))

    def one(self, chance: random.Random):
        return self.items[bisect(self.sums, chance.random() * self.sums[-1])]


class Archive:
    """Made-up articles."""

    def __init__(self, seed: int, speakers: int) -> None:
        self.chance = chance = random.Random(seed)
        ends = ["son", "er", "ov", "ez", "man", "ski", "", "ton", "ley", "berg"]
        starts = [a + b + c for a in "BCDFGHKLMNPRSTVW" for b in ("a", "e", "i", "o", "u", "ar", "el") for c in
                  ("nd", "rk", "ll", "ss", "v", "mm", "tch", "g")]  # fmt: skip
        surnames = [start + end for start in starts for end in ends]
        chance.shuffle(surnames)
        given, surname = Draw(GIVEN, 5), Draw(surnames, 20)
        self.people = Draw([self.person(given.one(chance), surname.one(chance)) for _ in range(speakers)], 3)
        self.bodies = Draw([self.body() for _ in range(max(50, speakers // 10))], 3)
        self.words = Draw(WORDS, 30)

    def person(self, given: str, surname: str) -> tuple[str, str, str, str, list[str]]:
        chance = self.chance
        middle = chance.choice(["", "", "", "", f" {chance.choice('ABCDEFGHJ')}."])
        pronoun = "he" if given in HE else "she"
        title = chance.choice([*TITLES, *["Mr." if pronoun == "he" else "Ms."] * 6])
        roles = [f"{chance.choice(ROLES)} from {chance.choice(PLACES)}" for _ in range(3)]
        return f"{given}{middle} {surname}", surname, title, pronoun, roles

    def body(self) -> tuple[str, str]:
        chance = self.chance
        words = [chance.choice(PLACES), chance.choice(WORDS).title(), chance.choice(BODIES)]
        return " ".join(words), "".join(word[0] for word in words)

    def mention(self) -> Mention | None:
        """Whom an article quotes, as it calls them."""
        chance, kind = self.chance, self.chance.random()
        if kind < 0.04:
            return None
        if kind < 0.12:
            return Mention(chance.choice(UNNAMED), "unnamed")
        if kind < 0.17:
            return Mention(chance.choice(GROUPS), "group")
        if kind < 0.35:
            name, acronym = self.bodies.one(chance)
            short = chance.random() < 0.2
            return Mention(acronym if short else name, "organisation", None, () if short else (acronym,))
        full, surname, title, pronoun, roles = self.people.one(chance)
        said = pronoun if chance.random() < 0.6 else None
        role = chance.choice(roles) if chance.random() < 0.5 else None
        if chance.random() < 0.06:
            return Mention(chance.choice([surname, f"{title} {surname}"]), "person", role, (), said)
        also = [name for name in (surname, f"{title} {surname}", f"{title} {full}") if chance.random() < 0.5]
        return Mention(full, "person", role, tuple(also), said)

    def article(self, number: int, quotations: int) -> tuple[Article, list[Quote]]:
        chance = self.chance
        cast = [self.mention() for _ in range(max(1, quotations // 2))]
        text, quotes = "", []
        for _ in range(quotations):
            said = " ".join(self.words.one(chance) for _ in range(chance.randint(8, 24)))
            span = Span(len(text), len(text) + len(said), said)
            text += f"{said}\n"
            speaker = chance.choice(cast)
            how = "name" if speaker else "none"
            quotes.append(Quote((span,), "direct", speaker=speaker, attribution=how, confidence=0.9))  # type: ignore[arg-type]
        day = f"20{chance.randint(10, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        return Article(
            f"a{number:07}", text, f"{number}.txt", f"Article {number}", "Courier", None, day
        ), quotes


def fill(path: Path, articles: int, quotations: int, seed: int) -> None:
    """Store made-up articles without linking them."""
    archive = Archive(seed, max(200, articles // 2))
    with Store(path, create=True) as store:
        store.db.execute("pragma synchronous = off")
        for number in range(articles):
            save_article(store, *archive.article(number, quotations), version="benchmark")


def measure(path: Path, articles: int, quotations: int, seed: int, speakers_only: bool) -> None:
    """Link everything, then one article more at a time, and print what it took."""
    spent = [0.0]
    inner = linking._link_statements

    def timed(*values) -> None:
        start = time.process_time()
        if not speakers_only:
            inner(*values)
        spent[0] = time.process_time() - start

    linking._link_statements = timed
    archive = Archive(seed, max(200, articles // 2))
    archive.chance.seed(seed + 1)
    with Store(path, create=True) as store:
        wall, start = time.perf_counter(), time.process_time()
        linking.link(store)
        seconds, wall = time.process_time() - start, time.perf_counter() - wall
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        counts = [
            store.db.execute(f"select count(*) from {name}").fetchone()[0]
            for name in ("mentions", "speakers")
        ]
        print(f"{articles:,} articles, {counts[0]:,} mentions: {counts[1]:,} speakers")
        print(
            f"speakers linked in {seconds - spent[0]:.1f} CPU seconds"
            + ("" if speakers_only else f", statements in {spent[0]:.1f}")
            + f" ({wall:.1f} s by the clock); peak memory {peak:,.0f} MiB",
            flush=True,
        )
        took = []
        for number in range(articles, articles + 20):
            one, said = archive.article(number, quotations)
            start = time.process_time()
            save_article(store, one, said, version="benchmark")
            linking.link(store)
            took.append((time.process_time() - start - spent[0], spent[0]))
        for name, at in (("speakers", 0), ("statements", 1))[: 1 if speakers_only else 2]:
            some = sorted(pair[at] for pair in took)
            print(
                f"one article more, {name}: {some[len(some) // 2]:.3f} CPU seconds in the middle of {len(some)}, "
                f"{some[-1]:.3f} at most"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--quotations", type=int, default=10, help="per article")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--database", type=Path, help="keep the articles here, and use those that are here")
    parser.add_argument("--speakers-only", action="store_true", help="leave the statements out")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    values = (options.articles, options.quotations, options.seed)
    if options.measure:
        measure(options.database, *values, options.speakers_only)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = options.database or Path(folder) / "quotes.db"
        if not path.exists():
            start = time.perf_counter()
            fill(path, *values)
            print(f"stored in {time.perf_counter() - start:.1f} s", flush=True)
        # what was generated is no part of the memory that linking takes
        subprocess.run(
            [sys.executable, __file__, *sys.argv[1:], "--measure", "--database", str(path)], check=True
        )


if __name__ == "__main__":
    main()
